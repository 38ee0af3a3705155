//! Changes together with who made them and when: what the log keeps, what waits, and what is brought back.

use serde::{Deserialize, Serialize};

use crate::document::{Document, Refusal};
use crate::plan::{Change, Edit, Entry, Field, Plan, Stamp, Task, TaskId, Why};

/// Changes that were made together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    pub changes: Vec<Change>,
    pub stamp: Stamp,
}

/// What to do where somebody else has set the same field meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clash {
    /// Make nothing, and answer with the conflict: the user decides.
    Ask,
    /// Nobody is there to be asked. The later one wins, and the other is in the task's history, marked.
    Override,
}

impl Deed {
    /// Whether the histories of the plan tell of it. They tell of edits and of new tasks, and of nothing else.
    pub(super) fn is_told_in(&self, plan: &Plan) -> Option<bool> {
        self.is_told_by(|id| plan.task(id).into_iter().collect())
    }

    /// The same, where the histories that could tell of a change are those of these tasks.
    pub(super) fn is_told_by<'a>(&self, tasks: impl Fn(&TaskId) -> Vec<&'a Task>) -> Option<bool> {
        let told = self.changes.iter().filter_map(|change| {
            let mut entries = tasks(change.task()).into_iter().flat_map(|task| &task.history);
            match change {
                Change::Edit { edit, .. } => {
                    Some(entries.any(|entry| self.is_at(entry) && entry.tells_of(edit)))
                }
                Change::Add { .. } => {
                    Some(entries.any(|entry| self.is_at(entry) && entry.field == Entry::ADDED))
                }
                Change::Remove { .. } | Change::Move { .. } => None,
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

    /// The part of it that is in none of the others.
    #[must_use]
    pub fn without(&self, others: &[Self]) -> Self {
        let others = others.iter().filter(|other| other.stamp == self.stamp);
        let is_other = |change: &&Change| others.clone().all(|other| !other.changes.contains(change));
        Self { changes: self.changes.iter().filter(is_other).cloned().collect(), stamp: self.stamp.clone() }
    }

    /// The part of it that can be found in the plan.
    pub(super) fn part_in(mut self, plan: &Plan) -> Self {
        let is_in = |change: &Change| match (change, plan.task(change.task())) {
            (Change::Edit { edit, .. }, Some(task)) => {
                let is_there = edit.field().recorded_of(task) == edit.values().1;
                is_there || task.history.iter().any(|it| it.at == self.stamp.at && it.tells_of(edit))
            }
            (Change::Add { .. } | Change::Move { .. }, there) => there.is_some(),
            (Change::Remove { .. }, there) => there.is_none(),
            (Change::Edit { .. }, None) => false,
        };
        let changes = self.changes.iter().filter(|change| is_in(change)).cloned().collect();
        self.changes = changes;
        self
    }

    /// Whether a change is in both, made at the same time by the same person.
    pub(super) fn shares_with(&self, other: &Self) -> bool {
        self.stamp == other.stamp && self.changes.iter().any(|change| other.changes.contains(change))
    }

    /// Whether it takes back what the other has made, or the rest of it.
    pub(super) fn takes_back(&self, other: &Self) -> bool {
        let back = Change::inverses(&other.changes);
        !self.changes.is_empty() && self.changes.iter().all(|change| back.contains(change))
    }

    fn is_at(&self, entry: &Entry) -> bool {
        entry.at == self.stamp.at
    }
}

/// What changes can be made on, one deed after the other.
pub(super) trait Ground {
    fn plan(&self) -> &Plan;
    fn make(&mut self, changes: &[Change], stamp: &Stamp) -> Result<Vec<Change>, Refusal>;
}

impl Ground for Document {
    fn plan(&self) -> &Plan {
        self.plan()
    }

    fn make(&mut self, changes: &[Change], stamp: &Stamp) -> Result<Vec<Change>, Refusal> {
        self.make(changes, stamp)
    }
}

/// A plan that is shown and is in no file.
impl Ground for Plan {
    fn plan(&self) -> &Plan {
        self
    }

    fn make(&mut self, changes: &[Change], stamp: &Stamp) -> Result<Vec<Change>, Refusal> {
        let made = Self::make(self, changes).map_err(Refusal::Conflict)?;
        self.record(&made, stamp);
        Ok(made)
    }
}

impl Deed {
    /// Makes it, whatever somebody else has set meanwhile: an edit wins over another and over a removal, and
    /// nothing that was edited is removed. `find` knows tasks that were removed. Answers with what was made, and
    /// with the first conflict if nothing could be.
    pub(super) fn make_on(
        &self,
        ground: &mut impl Ground,
        clash: Clash,
        find: impl Fn(&TaskId) -> Option<Task>,
    ) -> Result<Vec<Change>, Refusal> {
        let refusal = match ground.make(&self.changes, &self.stamp) {
            Err(refusal @ Refusal::Conflict(_)) if clash == Clash::Override => refusal,
            result => return result,
        };
        let mut made = Vec::new();
        for (nth, change) in self.changes.iter().enumerate() {
            for (changes, why) in self.over(nth, change, ground.plan(), &find) {
                let stamp = Stamp { why, ..self.stamp.clone() };
                match ground.make(&changes, &stamp) {
                    Err(Refusal::Conflict(_)) => break,
                    result => made.extend(result?),
                }
            }
        }
        if made.is_empty() { Err(refusal) } else { Ok(made) }
    }

    /// The changes that come to the same on the plan as it is now, each group with what is recorded beside it. All edits
    /// of a task come with the first of them.
    fn over(
        &self,
        nth: usize,
        change: &Change,
        plan: &Plan,
        find: impl Fn(&TaskId) -> Option<Task>,
    ) -> Vec<(Vec<Change>, Why)> {
        let why = &self.stamp.why;
        match change {
            Change::Edit { task: id, .. } => {
                if self.changes[..nth].iter().any(|other| other.edit_of(id).is_some()) {
                    return Vec::new();
                }
                let Some(task) = plan.task(id) else {
                    let Some(task) = find(id) else { return Vec::new() };
                    let after = plan.tasks.last().map(|task| task.id.clone());
                    let edits = self.edits_over(id, &task);
                    let back = Change::Add { task: Box::new(task), after };
                    return std::iter::once((vec![back], Why::Clash)).chain(edits).collect();
                };
                self.edits_over(id, task)
            }
            Change::Add { task, after } => {
                let mut task = task.clone();
                if plan.task(&task.id).is_some() {
                    task.id = TaskId::fresh(&plan.tasks, self.stamp.at.timestamp() as u64);
                }
                let last = || plan.tasks.last().map(|task| task.id.clone());
                let is_there = after.as_ref().is_none_or(|id| plan.task(id).is_some());
                let after = if is_there { after.clone() } else { last() };
                vec![(vec![Change::Add { task, after }], why.clone())]
            }
            Change::Remove { .. } | Change::Move { .. } => vec![(vec![change.clone()], why.clone())],
        }
    }

    /// The edits from what somebody else has set, marked as a clash where it is another value than was seen; status and
    /// day of completion in one go. Where a reason was given, the clash is recorded by itself, so that the reason stands
    /// with what it is the reason of.
    fn edits_over(&self, id: &TaskId, task: &Task) -> Vec<(Vec<Change>, Why)> {
        let seen: Vec<Edit> = self.changes.iter().filter_map(|change| change.edit_of(id)).cloned().collect();
        let is_of_status = |edit: &Edit| matches!(edit.field(), Field::Status | Field::DoneOn);
        let changes = |edits: Vec<Edit>| -> Vec<Change> {
            edits.into_iter().map(|edit| Change::Edit { task: id.clone(), edit }).collect()
        };
        let is_clash = |edit: &Edit| {
            let same = seen.iter().find(|other| other.field() == edit.field());
            same.is_none_or(|seen| seen.values().0 != edit.values().0)
        };
        let mut groups = Vec::new();
        for edits in
            Edit::together(&seen, task).chunk_by(|one, other| is_of_status(one) && is_of_status(other))
        {
            let why = &self.stamp.why;
            if !edits.iter().any(is_clash) {
                groups.push((changes(edits.to_vec()), why.clone()));
                continue;
            }
            match why {
                Why::Untold | Why::Clash | Why::Undo => groups.push((changes(edits.to_vec()), Why::Clash)),
                Why::Reason(_) | Why::Extension(_) => {
                    let is_meant = |seen: &&Edit| edits.iter().any(|edit| edit.field() == seen.field());
                    let meant: Vec<Edit> = seen.iter().filter(is_meant).cloned().collect();
                    let back: Vec<Edit> = meant.iter().map(Edit::inverse).collect();
                    groups.push((changes(Edit::together(&back, task)), Why::Clash));
                    groups.push((changes(meant), why.clone()));
                }
            }
        }
        groups
    }
}
