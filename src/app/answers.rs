//! What the answers to questions do, and which questions come up by themselves.

use super::editor::Editor;
use super::edits::is_tick;
use super::form::FormWindow;
use super::history::Purpose;
use super::press::Sight;
use super::question::ClashQuestion;
use super::{App, Draft, Effect, Next, Original, Panel, Pending, Question, Request};
use crate::plan::describe::which_stands;
use crate::plan::merge::dated;
use crate::plan::{Change, Conflict, Edit, Field, PlanKey, Task, TaskRef, Why};
use crate::words::{Spoken, tr};

impl App {
    pub(super) fn ask(&mut self, question: Question) {
        self.panel = Some(Panel::Ask(question));
    }

    /// Asks what nobody has asked for: no key is an answer to it before it could be read.
    pub(super) fn ask_unasked(&mut self, question: Question) {
        self.ask(question);
        self.sight = Sight::Undrawn;
    }

    /// Enter.
    pub(super) fn answer_yes(&mut self, question: Question) -> Option<Effect> {
        match question {
            Question::Delete(task) => self.delete(&task),
            Question::Discard(_) | Question::DiscardForm(_) => None,
            Question::Again(form) => self.extend(&form),
            Question::Meeting(order) => {
                self.begin_anew(order);
                None
            }
            Question::Clash(clash) => self.commit_request(clash.ours),
            Question::Retry(_, request) => self.commit_request(request),
            Question::Gone(task, request) => {
                let request = self.bringing_back(&request);
                self.next = Some(Next::Select(TaskRef { plan: request.plan, task: task.id }));
                self.commit_request(request)
            }
            Question::Missing(plan) => self.bring_back(plan),
            Question::Draft(plan, draft) => Some(self.go_on_with(plan, draft)),
        }
    }

    /// Esc. Whatever was typed is in its field again.
    pub(super) fn answer_no(&mut self, question: Question) {
        match question {
            Question::Discard(editor) => self.panel = Some(Panel::Edit(*editor)),
            Question::DiscardForm(form) | Question::Again(form) => self.panel = Some(Panel::Form(form)),
            Question::Gone(task, request) => self.type_on(Some(&task), &request),
            Question::Clash(clash) => {
                let ClashQuestion { ours, both, .. } = *clash;
                self.type_on(None, &Request { changes: both.unwrap_or(ours.changes), ..ours });
            }
            Question::Retry(_, request) => self.type_on(None, &request),
            Question::Delete(_) | Question::Meeting(_) | Question::Missing(_) | Question::Draft(..) => {}
        }
    }

    /// Makes a change with both texts, where the question is about two.
    pub(super) fn keep_both(&mut self) -> Option<Effect> {
        let Some(Panel::Ask(Question::Clash(clash))) = &self.panel else { return None };
        let request = Request { changes: clash.both.clone()?, ..clash.ours.clone() };
        self.panel = None;
        self.commit_request(request)
    }

    /// What was done is not dropped because it could not be saved this time.
    pub(super) fn offer_again(&mut self, plan: PlanKey, trouble: &Spoken) {
        let Some(Pending { purpose, request }) = self.take_pending(plan) else { return };
        self.next = None;
        if purpose != Purpose::Change || request.changes.is_empty() {
            return;
        }
        let trouble = trouble.say(self.lang);
        let told = if self.typed_edit(&request.changes).is_some() {
            tr!(
                self.lang,
                "Chưa lưu được: {trouble} Enter: thử lại · Esc: sửa tiếp",
                "Not saved: {trouble} Enter: try again · Esc: go on editing"
            )
        } else {
            tr!(
                self.lang,
                "Chưa lưu được: {trouble} Enter: thử lại · Esc: bỏ thay đổi",
                "Not saved: {trouble} Enter: try again · Esc: drop the change"
            )
        };
        self.ask_unasked(Question::Retry(told, request));
    }

    /// Asks whether our changes are to be made over what somebody else has set in the meantime.
    pub(super) fn ask_about(&mut self, conflict: &Conflict, request: Request) -> Option<Effect> {
        let plan = self.plan_of(request.plan)?;
        match conflict {
            Conflict::Edited { task, field: Some(field) } => {
                let theirs = plan.task(task)?;
                let wanted = request.changes.iter().find_map(|change| match change {
                    Change::Edit { task: id, edit } if id == task && edit.field == *field => Some(edit),
                    _ => None,
                })?;
                let changes = Change::onto(&request.changes, plan);
                let both = wanted.beside(theirs, &dated(self.calendar.today, &self.user));
                let both = both.map(|both| with(&changes, &both));
                let told = which_stands(theirs, &wanted.onto(theirs), self.calendar.today, self.lang);
                let ours = Request { changes, ..request };
                self.ask_unasked(Question::Clash(Box::new(ClashQuestion { told, ours, both })));
                None
            }
            Conflict::Edited { field: None, .. } | Conflict::Head(_) => None,
            Conflict::Missing(_) | Conflict::Taken(_) => self.make_way(conflict, request),
        }
    }

    /// Back to the field where something was typed, with the text in it. What was chosen from a list is let go.
    pub(super) fn type_on(&mut self, task: Option<&Task>, request: &Request) {
        let Request { plan, changes, why } = request;
        let content = self.plan_of(*plan);
        let Some(task) = task.or_else(|| content?.task_of(changes.first()?)) else {
            self.type_new_on(request);
            return;
        };
        let of = Original { plan: *plan, task: Box::new(task.clone()) };
        let form = self.progress_typed(&of, changes).or_else(|| self.extension_typed(&of, changes));
        if let Some(form) = form {
            self.open_form(form);
            return;
        }
        let status = changes.iter().find_map(|change| change.edit_in(Field::Status)?.after.status());
        let editor = match (why, status) {
            (Why::Reason(reason), Some(status)) if !reason.is_empty() => {
                Some(Editor::of_reason(status, request.clone()).with_text(reason))
            }
            _ => self
                .typed_edit(changes)
                .map(|edit| self.editor_of_field(of, edit.field).with_text(&self.typed_again(*plan, edit))),
        };
        self.panel = editor.map(Panel::Edit);
    }

    fn type_new_on(&mut self, request: &Request) {
        if let Some(Change::Add { task, after }) = request.changes.first() {
            let editor = Editor::of_new(request.plan, self.cursor.column(), after.clone());
            self.panel = Some(Panel::Edit(editor.with_text(&task.title)));
        }
    }

    /// The edit that was typed, where it was not chosen from a list. A task that is done today may have been so by one key.
    pub(super) fn typed_edit<'a>(&self, changes: &'a [Change]) -> Option<&'a Edit> {
        changes.iter().find_map(|change| match change {
            Change::Edit { edit, .. }
                if edit.field == Field::DoneOn
                    && edit.after.day().is_none_or(|day| day == self.calendar.today) =>
            {
                None
            }
            Change::Edit { edit, .. } => {
                let is_told = matches!(edit.field, Field::Progress | Field::Extensions);
                (is_told || edit.field.is_typed() && !is_tick(edit)).then_some(edit)
            }
            _ => None,
        })
    }

    /// What is to be made all the same if nobody is there any more to answer: a status that was set while its reason
    /// was being asked for or written, and a change that somebody else's stands against, which is then marked.
    pub fn unanswered(&self) -> Option<Effect> {
        let request = match self.panel.as_ref()? {
            Panel::Ask(Question::Clash(clash)) => {
                let changes = clash.both.as_ref().unwrap_or(&clash.ours.changes).clone();
                Request { plan: clash.ours.plan, changes, why: Why::Clash }
            }
            Panel::Ask(Question::Gone(_, request)) => Request { why: Why::Clash, ..request.clone() },
            Panel::Ask(Question::Retry(_, request)) => request.clone(),
            panel => panel.editor()?.reasoned()?,
        };
        Some(self.effect_of(&self.bringing_back(&request)))
    }

    /// What is being typed now and for which plan, to be kept if the terminal goes away.
    pub fn draft(&self) -> Option<(PlanKey, Draft)> {
        let of_editor = |editor: &Editor| Some((editor.plan(), editor.draft()?));
        let panel = self.panel.as_ref()?;
        panel.form().map_or_else(|| panel.editor().and_then(of_editor), FormWindow::draft)
    }

    pub(super) fn asked_about_the_gone(&self, task: &Task, request: &Request) -> String {
        let (no, who) = (&task.no, self.remover(request.plan, &task.id));
        if self.typed_edit(&request.changes).is_some() {
            return tr!(
                self.lang,
                "{who} đã xóa việc {no}. Lấy lại cùng phần vừa gõ? Enter: có · Esc: gõ tiếp",
                "{who} has deleted task {no}. Bring it back with your text? Enter: yes · Esc: go on"
            );
        }
        tr!(
            self.lang,
            "{who} đã xóa việc {no}. Lấy lại để đổi như vậy? Enter: có · Esc: không",
            "{who} has deleted task {no}. Bring it back to change it so? Enter: yes · Esc: no"
        )
    }
}

impl Panel {
    /// The field that is filled in, also behind the question whether that is to be thrown away.
    fn editor(&self) -> Option<&Editor> {
        match self {
            Self::Edit(editor) => Some(editor),
            Self::Ask(Question::Discard(editor)) => Some(editor),
            _ => None,
        }
    }

    /// The window with several boxes, also behind a question about it.
    pub(super) fn form(&self) -> Option<&FormWindow> {
        match self {
            Self::Form(form) | Self::Ask(Question::DiscardForm(form) | Question::Again(form)) => Some(form),
            _ => None,
        }
    }
}

/// The changes with another edit of the same field.
fn with(changes: &[Change], other: &Edit) -> Vec<Change> {
    let replaced = |change: &Change| match change {
        Change::Edit { task, edit } if edit.field == other.field => {
            Change::Edit { task: task.clone(), edit: other.clone() }
        }
        change => change.clone(),
    };
    changes.iter().map(replaced).collect()
}
