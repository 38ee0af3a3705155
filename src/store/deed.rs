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
                Change::Edit { edit, .. } => Some(entries.any(|entry| self.is_told_as(edit, entry))),
                Change::Add { .. } => {
                    Some(entries.any(|entry| self.is_at(entry) && entry.field == Entry::ADDED))
                }
                Change::Remove { .. } | Change::Move { .. } => None,
            }
        });
        told.reduce(|one, other| one || other)
    }

    fn is_told_as(&self, edit: &Edit, entry: &Entry) -> bool {
        let (_, to) = edit.values();
        self.is_at(entry) && entry.is_of(edit.field()) && (entry.to == to || entry.is_extension())
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
        for change in &Change::whole(&self.changes) {
            for (change, why) in self.over(change, ground.plan(), &find) {
                let stamp = Stamp { why, ..self.stamp.clone() };
                match ground.make(&[change], &stamp) {
                    Err(Refusal::Conflict(_)) => break,
                    result => made.extend(result?),
                }
            }
        }
        if made.is_empty() { Err(refusal) } else { Ok(made) }
    }

    /// The changes that come to the same on the plan as it is now, each with what is recorded beside it.
    fn over(
        &self,
        change: &Change,
        plan: &Plan,
        find: impl Fn(&TaskId) -> Option<Task>,
    ) -> Vec<(Change, Why)> {
        let why = &self.stamp.why;
        match change {
            Change::Edit { task: id, edit } => {
                let edit_over = |task: &Task| self.edit_over(id, edit, task);
                let Some(task) = plan.task(id) else {
                    let Some(task) = find(id) else { return Vec::new() };
                    let after = plan.tasks.last().map(|task| task.id.clone());
                    let edits = edit_over(&task);
                    let back = Change::Add { task: Box::new(task), after };
                    return std::iter::once((back, Why::Clash)).chain(edits).collect();
                };
                edit_over(task)
            }
            Change::Add { task, after } => {
                let mut task = task.clone();
                if plan.task(&task.id).is_some() {
                    task.id = TaskId::fresh(&plan.tasks, self.stamp.at.timestamp() as u64);
                }
                let last = || plan.tasks.last().map(|task| task.id.clone());
                let is_there = after.as_ref().is_none_or(|id| plan.task(id).is_some());
                let after = if is_there { after.clone() } else { last() };
                vec![(Change::Add { task, after }, why.clone())]
            }
            Change::Remove { .. } | Change::Move { .. } => vec![(change.clone(), why.clone())],
        }
    }

    /// The edit from what somebody else has set, marked as a clash if it is another value than was seen. Where a
    /// reason was given, the clash is recorded by itself, so that the reason stands with what it is the reason of.
    fn edit_over(&self, id: &TaskId, edit: &Edit, task: &Task) -> Vec<(Change, Why)> {
        let change = |edit: Edit| Change::Edit { task: id.clone(), edit };
        let why = self.stamp.why.clone();
        let (seen, wanted) = edit.values();
        let onto = edit.onto(task);
        let (now, _) = onto.values();
        match &why {
            _ if now == seen || now == wanted => vec![(change(onto), why)],
            Why::Untold | Why::Clash => vec![(change(onto), Why::Clash)],
            Why::Reason(_) | Why::Extension(_) => {
                vec![(change(edit.inverse().onto(task)), Why::Clash), (change(edit.clone()), why)]
            }
        }
    }
}

impl Entry {
    /// Whether it is about this field. An extension is about the deadline.
    pub(super) fn is_of(&self, field: Field) -> bool {
        self.field == field.name() || field == Field::Due && self.is_extension()
    }

    fn is_extension(&self) -> bool {
        self.field == Self::EXTENDED
    }
}
