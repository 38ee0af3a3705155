//! Changes together with who made them and when: what the log keeps, what waits, and what is brought back.

use crate::plan::{Change, Commit, Entry, EntryKind, FieldOf, Plan, Task, TaskId, Why};

impl Commit {
    /// Whether the histories of the plan tell of it. They tell of edits and of new tasks, and of nothing else.
    pub(super) fn is_told_in(&self, plan: &Plan) -> Option<bool> {
        self.is_told_by(|id| plan.task(id).into_iter().collect())
    }

    /// The same, where the histories that could tell of a change are those of these tasks.
    pub(super) fn is_told_by<'a>(&self, tasks: impl Fn(&TaskId) -> Vec<&'a Task>) -> Option<bool> {
        let told = self.changes.iter().filter_map(|change| {
            let mut entries = tasks(change.task()?).into_iter().flat_map(|task| &task.history);
            match change {
                Change::Edit { edit, .. } => {
                    Some(entries.any(|entry| self.is_at(entry) && entry.tells_of(edit)))
                }
                Change::Add { .. } => {
                    Some(entries.any(|entry| self.is_at(entry) && entry.kind == EntryKind::Added))
                }
                Change::Remove { .. } | Change::Move { .. } | Change::Head(_) => None,
            }
        });
        told.reduce(|one, other| one || other)
    }

    /// The new tasks in it whose numbers nobody has in this plan.
    pub(super) fn free_numbers(&self, plan: &Plan) -> Vec<TaskId> {
        let added = self.changes.iter().filter_map(|change| match change {
            Change::Add { task, .. } if !plan.is_taken(task) => Some(task.id.clone()),
            _ => None,
        });
        added.collect()
    }

    /// The same with other numbers for those of these new tasks whose numbers somebody has taken in this plan.
    #[must_use]
    pub(super) fn numbered(mut self, free: &[TaskId], plan: &Plan) -> Self {
        for change in &mut self.changes {
            if let Change::Add { task, .. } = change
                && free.contains(&task.id)
                && plan.is_taken(task)
            {
                task.no = plan.number_after(&task.no);
            }
        }
        self
    }

    /// Other changes by the same person, at the same time and for the same reason.
    pub(super) fn with(&self, changes: Vec<Change>) -> Self {
        Self { changes, stamp: self.stamp.clone() }
    }

    /// The changes in it that are meant.
    pub(super) fn part(&self, is_meant: impl Fn(&Change) -> bool) -> Self {
        self.with(self.changes.iter().filter(|change| is_meant(change)).cloned().collect())
    }

    /// The part of it that is in none of the others.
    #[must_use]
    pub fn without(&self, others: &[Self]) -> Self {
        let others = others.iter().filter(|other| other.stamp == self.stamp);
        self.part(|change| others.clone().all(|other| !other.changes.contains(change)))
    }

    /// The part of it that can be found in the plan.
    pub(super) fn part_in(&self, plan: &Plan) -> Self {
        self.part(|change| match (change, plan.task_of(change)) {
            (Change::Edit { edit, .. }, Some(task)) => {
                let is_there = edit.field.recorded_of(task) == edit.values().1;
                is_there || task.history.iter().any(|it| it.at == self.stamp.at && it.tells_of(edit))
            }
            (Change::Add { .. } | Change::Move { .. }, there) => there.is_some(),
            (Change::Remove { .. }, there) => there.is_none(),
            (Change::Head(edit), _) => edit.field.of(plan) == edit.after,
            (Change::Edit { .. }, None) => false,
        })
    }

    /// The same as a clash, if the histories of the plan tell of it as one.
    pub(super) fn marked_in(mut self, plan: &Plan) -> Self {
        let is_marked = |change: &Change| {
            let Change::Edit { edit, .. } = change else { return false };
            let mut entries = plan.task_of(change).into_iter().flat_map(|task| &task.history);
            entries.any(|entry| entry.clash && self.is_at(entry) && entry.tells_of(edit))
        };
        if self.stamp.why == Why::Untold && self.changes.iter().any(is_marked) {
            self.stamp.why = Why::Clash;
        }
        self
    }

    /// Whether it takes back what the other has made, or the rest of it.
    pub(super) fn takes_back(&self, other: &Self) -> bool {
        let back = Change::inverses(&other.changes);
        !self.changes.is_empty() && self.changes.iter().all(|change| back.contains(change))
    }

    fn is_at(&self, entry: &Entry) -> bool {
        entry.at == self.stamp.at && entry.by == self.stamp.by
    }
}
