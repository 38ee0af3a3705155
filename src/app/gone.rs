//! Tasks that somebody else has deleted while they are worked on: what was typed stays, and can bring them back.

use super::editor::Subject;
use super::scroll::Scroll;
use super::{App, Detail, Effect, OpenPlan, Panel, Question};
use crate::plan::{Change, Conflict, Task, TaskId, Why};

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
                Change::Add { task, after: plan.tasks.last().map(|task| task.id.clone()) }
            }
            change => change,
        }
    }
}

impl App {
    /// The task that is opened, even if it is in the plan no more.
    pub fn opened(&self) -> Option<&Task> {
        let (plan, detail) = (self.plan()?, self.detail.as_ref()?);
        plan.task(&detail.task).or_else(|| self.open()?.gone(&detail.task))
    }

    /// Closes the task that is opened when it is gone, unless something was typed or chosen that is not saved yet.
    pub(super) fn leave_the_gone(&mut self) {
        let is_held = self.pending.is_some() || self.panel.as_ref().is_some_and(Panel::holds_work);
        let (Some(plan), Some(detail)) = (self.plan(), &self.detail) else { return };
        if !is_held && plan.task(&detail.task).is_none() {
            (self.detail, self.panel) = (None, None);
            self.tell("Người khác đã xóa việc đang mở", "Someone has deleted the task that was open");
        }
    }

    /// What is to be asked before these changes are made, if they are about a task that is gone.
    pub(super) fn about_the_gone(&self, changes: &[Change], why: &Why) -> Option<Question> {
        let is_added = |id: &TaskId| {
            changes.iter().any(|change| matches!(change, Change::Add { task, .. } if task.id == *id))
        };
        let edited =
            changes.iter().filter(|change| matches!(change, Change::Edit { .. })).filter_map(Change::task);
        let task = edited.filter(|id| !is_added(id)).find_map(|id| self.open()?.gone(id))?;
        Some(Question::Gone(Box::new(task.clone()), changes.to_vec(), why.clone()))
    }

    /// The changes, together with the task that they are about.
    pub(super) fn bringing_back(&self, changes: &[Change]) -> Vec<Change> {
        self.open().map_or_else(Vec::new, |open| open.with_the_gone(changes))
    }

    /// Opens the task of a text from the last time, as it was then.
    pub(super) fn open_as_seen(&mut self, seen: &Task, row: usize) {
        let open = &mut self.plans[self.current];
        let Some(plan) = &open.plan else { return };
        if plan.task(&seen.id).is_none() {
            let after = plan.tasks.last().map(|task| task.id.clone());
            let removal = Change::Remove { task: Box::new(seen.clone()), after };
            open.gone.entry(seen.id.clone()).or_insert(removal);
        }
        self.select(&seen.id);
        self.detail = Some(Detail { task: seen.id.clone(), scroll: Scroll { row, first: 0 } });
    }

    /// Makes changes in spite of a task that has gone or come meanwhile. Nothing, if there is nothing to be made.
    pub(super) fn make_way(&mut self, conflict: &Conflict, changes: &[Change], why: Why) -> Option<Effect> {
        let open = self.open()?;
        let is_wanted = |change: &Change| match (change, conflict) {
            // It is back already, and is edited as it is.
            (Change::Add { task, .. }, Conflict::Taken(id)) => task.id != *id,
            (Change::Add { .. } | Change::Edit { .. }, _) => true,
            _ => false,
        };
        let changes: Vec<Change> = changes
            .iter()
            .filter(|change| is_wanted(change))
            .map(|change| open.in_place(change.clone()))
            .collect();
        if !changes.is_empty() {
            self.notices.silence();
        }
        self.commit_because(why, changes)
    }
}

impl Panel {
    /// Whether it holds something that is not saved yet and that somebody would miss.
    fn holds_work(&self) -> bool {
        match self {
            Self::Edit(editor) if editor.completion().is_some() => editor.is_changed(),
            Self::Edit(editor) => editor.is_changed() || !matches!(editor.subject, Subject::Field(..)),
            Self::Pick(picker) => picker.subject.is_several(),
            Self::Ask(question) => {
                !matches!(question, Question::Delete(_) | Question::Missing(_) | Question::Draft(_))
            }
            Self::Search | Self::Help(_) | Self::Past(_) => false,
        }
    }
}
