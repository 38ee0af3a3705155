//! What the answers to questions do, and which questions come up by themselves.

use super::editor::{Cause, Editor};
use super::extension::Extension;
use super::history::Purpose;
use super::press::Sight;
use super::question::Clash;
use super::{App, Draft, Effect, Next, Panel, Question};
use crate::plan::merge::dated;
use crate::plan::telling::which_stands;
use crate::plan::{Change, Conflict, Edit, Field, Task, Why};
use crate::words::{Lang, Spoken};

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
            Question::Discard(_) => None,
            Question::Clash(clash) => self.commit_because(clash.why, clash.ours),
            Question::Retry(_, changes, why) => self.commit_because(why, changes),
            Question::Gone(task, changes, why) => {
                let changes = self.bringing_back(&changes);
                self.next = Some(Next::Select(task.id));
                self.commit_because(why, changes)
            }
            Question::Missing(at) => self.bring_back(at),
            Question::Draft(draft) => Some(self.go_on_with(draft)),
        }
    }

    /// Esc. Whatever was typed is in its field again.
    pub(super) fn answer_no(&mut self, question: Question) {
        match question {
            Question::Discard(editor) => self.panel = Some(Panel::Edit(*editor)),
            Question::Gone(task, changes, why) => self.type_on(Some(&task), &changes, &why),
            Question::Clash(clash) => {
                let Clash { ours, both, why, .. } = *clash;
                self.type_on(None, &both.unwrap_or(ours), &why);
            }
            Question::Retry(_, changes, why) => self.type_on(None, &changes, &why),
            Question::Delete(_) | Question::Missing(_) | Question::Draft(_) => {}
        }
    }

    /// Makes a change with both texts, where the question is about two.
    pub(super) fn keep_both(&mut self) -> Option<Effect> {
        match self.panel.take() {
            Some(Panel::Ask(Question::Clash(clash))) if clash.both.is_some() => {
                self.commit_because(clash.why, clash.both?)
            }
            panel => {
                self.panel = panel;
                None
            }
        }
    }

    /// What was done is not dropped because it could not be saved this time.
    pub(super) fn offer_again(&mut self, trouble: &Spoken) {
        let Some(pending) = self.pending.take().filter(|pending| pending.purpose == Purpose::Change) else {
            return;
        };
        if pending.changes.is_empty() {
            return;
        }
        let is_typed = self.typed_edit(&pending.changes).is_some();
        let told = if is_typed {
            Spoken {
                vi: format!("Chưa lưu được: {} Enter: thử lại · Esc: sửa tiếp", trouble.vi),
                en: format!("Not saved: {} Enter: try again · Esc: go on editing", trouble.en),
            }
        } else {
            Spoken {
                vi: format!("Chưa lưu được: {} Enter: thử lại · Esc: bỏ thay đổi", trouble.vi),
                en: format!("Not saved: {} Enter: try again · Esc: drop the change", trouble.en),
            }
        };
        self.ask_unasked(Question::Retry(told, pending.changes, pending.why));
    }

    /// Asks whether our changes are to be made over what somebody else has set in the meantime.
    pub(super) fn ask_about(&mut self, conflict: &Conflict, changes: &[Change], why: Why) -> Option<Effect> {
        let plan = self.plan()?;
        match conflict {
            Conflict::Edited { task, field: Some(field) } => {
                let theirs = plan.task(task)?;
                let wanted = changes.iter().find_map(|change| match change {
                    Change::Edit { task: id, edit } if id == task && edit.field == *field => Some(edit),
                    _ => None,
                })?;
                let ours = Change::onto(changes, plan);
                let both = wanted.beside(theirs, &dated(self.calendar.today, &self.user));
                let both = both.map(|both| with(&ours, &both));
                let over = wanted.onto(theirs);
                let told = Spoken::of(|lang| which_stands(theirs, &over, self.calendar.today, lang));
                self.ask_unasked(Question::Clash(Box::new(Clash { told, ours, both, why })));
                None
            }
            Conflict::Edited { field: None, .. } | Conflict::Head(_) => None,
            Conflict::Missing(_) | Conflict::Taken(_) => self.make_way(conflict, changes, why),
        }
    }

    /// Back to the field where something was typed, with the text in it. What was chosen from a list is let go.
    pub(super) fn type_on(&mut self, task: Option<&Task>, changes: &[Change], why: &Why) {
        let plan = self.plan();
        let Some(task) = task.or_else(|| plan?.task_of(changes.first()?)) else {
            self.type_new_on(changes);
            return;
        };
        let editor = match why {
            Why::Reason(reason) | Why::Extension(reason) if !reason.is_empty() => self
                .cause_of(task, changes)
                .map(|cause| Editor::of_reason(cause, changes.to_vec()).with_text(reason)),
            _ => self
                .typed_edit(changes)
                .map(|edit| Editor::of_field(task, edit.field).with_text(&edit.shown(Lang::Vi).1)),
        };
        self.panel = editor.map(Panel::Edit);
    }

    fn type_new_on(&mut self, changes: &[Change]) {
        if let Some(Change::Add { task, after }) = changes.first() {
            let editor = Editor::of_new(self.cursor.column(), after.clone()).with_text(&task.title);
            self.panel = Some(Panel::Edit(editor));
        }
    }

    /// What a reason for these changes was asked for.
    fn cause_of(&self, task: &Task, changes: &[Change]) -> Option<Cause> {
        let status = changes.iter().find_map(|change| change.edit_in(Field::Status)?.after.status());
        status.map(Cause::Status).or_else(|| Extension::of(self.plan()?, task, changes).map(Cause::Extended))
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
            Change::Edit { edit, .. } => edit.field.is_typed().then_some(edit),
            _ => None,
        })
    }

    /// What is to be made all the same if nobody is there any more to answer: a status that was set while its reason
    /// was being asked for or written, and a change that somebody else's stands against, which is then marked.
    pub fn unanswered(&self) -> Option<Effect> {
        let (changes, why) = match self.panel.as_ref()? {
            Panel::Ask(Question::Clash(clash)) => (clash.both.as_ref().unwrap_or(&clash.ours), Why::Clash),
            Panel::Ask(Question::Gone(_, changes, _)) => (changes, Why::Clash),
            Panel::Ask(Question::Retry(_, changes, why)) => (changes, why.clone()),
            panel => {
                let editor = panel.editor()?;
                if self.draft_of_extension(editor).is_some() {
                    return None;
                }
                editor.reasoned()?
            }
        };
        Some(Effect::Commit(self.current, self.bringing_back(changes), why))
    }

    /// What is being typed now, to be kept if the terminal goes away. Which plan it is for comes first.
    pub fn draft(&self) -> Option<(usize, Draft)> {
        let editor = self.panel.as_ref()?.editor()?;
        let draft = editor.draft().or_else(|| self.draft_of_extension(editor))?;
        Some((self.current, draft))
    }

    pub(super) fn asked_about_the_gone(&self, task: &Task, changes: &[Change]) -> String {
        let no = &task.no;
        match (self.typed_edit(changes), self.lang) {
            (Some(_), Lang::Vi) => {
                format!("Người khác đã xóa việc {no}. Lấy lại cùng phần vừa gõ? Enter: có · Esc: gõ tiếp")
            }
            (Some(_), Lang::En) => {
                format!(
                    "Someone has deleted task {no}. Bring it back with your text? Enter: yes · Esc: go on"
                )
            }
            (None, Lang::Vi) => {
                format!("Người khác đã xóa việc {no}. Lấy lại để đổi như vậy? Enter: có · Esc: không")
            }
            (None, Lang::En) => {
                format!("Someone has deleted task {no}. Bring it back to change it so? Enter: yes · Esc: no")
            }
        }
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
