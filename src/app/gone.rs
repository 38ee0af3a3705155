//! Tasks that somebody else has deleted while they are worked on: what was typed stays, and can bring them back.

use super::editor::{Edited, Editor};
use super::{App, Detail, Effect, OpenPlan, Original, Panel, Question, Request};
use crate::plan::{Change, Conflict, Field, Item, PlanKey, Task, TaskId, TaskRef, describe};
use crate::words::tr;

impl OpenPlan {
    /// The task as it last was, if it is in the plan no more.
    pub fn gone(&self, id: &TaskId) -> Option<&Task> {
        match self.gone.get(id)? {
            Change::Remove { task, .. } if self.plan.as_ref()?.task(id).is_none() => Some(task),
            _ => None,
        }
    }

    /// The same changes, behind the one that brings back the task that they are about, and made on it as it last was.
    fn with_the_gone(&self, changes: &[Change]) -> Vec<Change> {
        let gone =
            changes.iter().filter_map(Change::task).find_map(|id| Some((self.gone(id)?, self.gone.get(id)?)));
        let Some((task, removal)) = gone else { return changes.to_vec() };
        let onto = |change: &Change| match change {
            Change::Edit { task: id, edit } if *id == task.id => {
                Change::Edit { task: id.clone(), edit: edit.onto(task) }
            }
            change => change.clone(),
        };
        std::iter::once(self.in_place(removal.inverse())).chain(changes.iter().map(onto)).collect()
    }

    /// An added task goes to the end of the plan where the one that it was to stand behind is gone.
    fn in_place(&self, change: Change) -> Change {
        let Some(plan) = &self.plan else { return change };
        match change {
            Change::Add { task, after: Some(id) } if plan.task(&id).is_none() => {
                Change::Add { task, after: plan.last() }
            }
            change => change,
        }
    }
}

impl App {
    /// The task that is opened, even if it is in the plan no more.
    pub fn opened(&self) -> Option<Item<'_>> {
        let name = &self.detail.as_ref()?.task;
        let gone = || {
            let (key, open) = (name.plan, &self.plans[name.plan.0]);
            Some(Item { key, plan: open.plan.as_ref()?, task: open.gone(&name.task)? })
        };
        self.item_of(name).or_else(gone)
    }

    /// Closes the task that is opened when it is gone, unless something was typed or chosen that is not saved yet.
    pub(super) fn leave_the_gone(&mut self) {
        let is_held = self.pending.is_some() || self.panel.as_ref().is_some_and(Panel::holds_work);
        let is_gone = self.detail.as_ref().is_some_and(|detail| self.item_of(&detail.task).is_none());
        if is_gone && !is_held && self.open().is_some() {
            let left = self.detail.take().map(|detail| detail.task);
            self.panel = None;
            if let Some(task) = left {
                self.tell_of_the_gone(&task);
            }
        }
    }

    pub(super) fn tell_of_the_gone(&mut self, task: &TaskRef) {
        let who = self.remover(task.plan, &task.task);
        let told = tr!(self.lang, "{who} đã xóa việc đang mở", "{who} has deleted the task that was open");
        self.notices.tell(told);
    }

    /// Who has deleted a task, as far as is known.
    pub(super) fn remover(&self, plan: PlanKey, id: &TaskId) -> String {
        let gone = self.plans[plan.0].removed.iter().find(|task| task.id == *id);
        describe::remover(gone, self.calendar.today, self.lang)
    }

    /// What is said of the text that is typed.
    pub fn hint_of(&self, editor: &Editor) -> Option<String> {
        let plan = self.plan_of(editor.plan())?;
        match &editor.subject {
            Edited::Field(of, _) if plan.task(&of.task.id).is_none() => {
                let who = self.remover(of.plan, &of.task.id);
                Some(tr!(
                    self.lang,
                    "{who} đã xóa việc này. F2: lấy lại việc cùng phần vừa gõ",
                    "{who} has deleted this task. F2: bring it back with your text"
                ))
            }
            _ => editor.hint(plan, self.calendar, self.lang),
        }
    }

    /// What is to be asked before these changes are made, if they are about a task that is gone.
    pub(super) fn about_the_gone(&self, request: &Request) -> Option<Question> {
        let open = &self.plans[request.plan.0];
        let is_added = |id: &TaskId| {
            request.changes.iter().any(|change| matches!(change, Change::Add { task, .. } if task.id == *id))
        };
        let is_edit = |change: &&Change| matches!(change, Change::Edit { .. });
        let edited = request.changes.iter().filter(is_edit).filter_map(Change::task);
        let task = edited.filter(|id| !is_added(id)).find_map(|id| open.gone(id))?;
        Some(Question::Gone(Box::new(task.clone()), request.clone()))
    }

    /// The request, together with the task that it is about.
    pub(super) fn bringing_back(&self, request: &Request) -> Request {
        let changes = self.plans[request.plan.0].with_the_gone(&request.changes);
        Request { changes, ..request.clone() }
    }

    /// Opens the task of a text from the last time, as it was then.
    pub(super) fn open_as_seen(&mut self, seen: &Original, field: Field) {
        let open = &mut self.plans[seen.plan.0];
        let Some(plan) = &open.plan else { return };
        if plan.task(&seen.task.id).is_none() {
            let removal = Change::Remove { task: seen.task.clone(), after: plan.last() };
            open.gone.entry(seen.task.id.clone()).or_insert(removal);
        }
        self.select(&seen.name());
        self.detail = Some(Detail::at(seen.name(), field));
    }

    /// Makes changes in spite of a task that has gone or come meanwhile. Nothing, if there is nothing to be made.
    pub(super) fn make_way(&mut self, conflict: &Conflict, request: Request) -> Option<Effect> {
        let open = &self.plans[request.plan.0];
        let is_wanted = |change: &Change| match (change, conflict) {
            // It is back already, and is edited as it is.
            (Change::Add { task, .. }, Conflict::Taken(id)) => task.id != *id,
            (Change::Add { .. } | Change::Edit { .. }, _) => true,
            _ => false,
        };
        let wanted = request.changes.iter().filter(|change| is_wanted(change));
        let changes: Vec<Change> = wanted.map(|change| open.in_place(change.clone())).collect();
        if !changes.is_empty() {
            self.notices.silence();
        }
        self.commit_request(Request { changes, ..request })
    }
}

impl Panel {
    /// Whether it holds something that is not saved yet and that somebody would miss.
    fn holds_work(&self) -> bool {
        match self {
            Self::Edit(editor) => editor.is_changed() || !matches!(editor.subject, Edited::Field(..)),
            Self::Pick(picker) => picker.subject.is_several(),
            Self::Form(form) => form.is_changed(),
            Self::Ask(question) => {
                !matches!(question, Question::Delete(_) | Question::Missing(_) | Question::Draft(..))
            }
            Self::Search | Self::Help(_) | Self::Past(_) => false,
        }
    }
}
