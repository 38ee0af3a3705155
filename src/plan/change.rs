//! A change of the plan as a value: what it expects to find, what it makes of it, and how it is taken back.

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Plan;
use super::field::{Field, FieldOf, PlanField};
use super::replay::meet;
use super::table::TableRows;
use super::task::{Task, TaskId};
use super::value::Value;

/// One change. Several that belong together are a slice: all of them are made, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    Edit {
        task: TaskId,
        edit: Edit,
    },
    /// A new task behind `after`, or at the head of the plan.
    Add {
        task: Box<Task>,
        after: Option<TaskId>,
    },
    /// The task as it was seen; one that somebody has changed since is not removed.
    Remove {
        task: Box<Task>,
        after: Option<TaskId>,
    },
    /// A task to its place behind `to`, or to the head of the plan.
    Move {
        task: TaskId,
        from: Option<TaskId>,
        to: Option<TaskId>,
    },
    /// A field of the plan itself.
    Head(Edit<PlanField>),
}

/// A change of one field: what was there, and what is to be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "F::Stored", into = "F::Stored", bound = "Self: From<F::Stored>")]
pub struct Edit<F: FieldOf = Field> {
    pub field: F,
    pub before: Value,
    pub after: Value,
}

impl<F: FieldOf> Edit<F> {
    /// Both values are of the type that the field has in its struct.
    pub fn new(field: F, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        Self { field, before: before.into(), after: after.into() }
    }

    /// From what stands there now.
    pub fn of(field: F, owner: &F::Owner, after: impl Into<Value>) -> Self {
        Self { field, before: field.of(owner), after: after.into() }
    }

    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { field: self.field, before: self.after.clone(), after: self.before.clone() }
    }

    /// The same wish for the field as it is now.
    #[must_use]
    pub fn onto(&self, owner: &F::Owner) -> Self {
        Self::of(self.field, owner, self.after.clone())
    }

    /// Writes what the edit makes of the field, whatever stands there.
    pub fn put(&self, owner: &mut F::Owner) {
        self.field.set(owner, self.after.clone());
    }

    /// Whether it leaves the field as it is.
    pub fn is_idle(&self) -> bool {
        self.before == self.after
    }

    /// What was there and what is there, as a history has it.
    pub fn values(&self) -> (String, String) {
        match (&self.before, &self.after) {
            (Value::Table(before), Value::Table(after)) => TableRows::difference(before, after),
            (before, after) => (before.recorded(), after.recorded()),
        }
    }

    /// Makes it where it can be made with what stands there now. The answer is what it came to: nothing, if it is so
    /// already; or that it is against what somebody else has set.
    fn apply(&self, owner: &mut F::Owner) -> Result<Option<Self>, F> {
        let now = self.field.of(owner);
        let after = meet(self.field.row().kind, &self.before, &now, &self.after).ok_or(self.field)?;
        if after == now {
            return Ok(None);
        }
        self.field.set(owner, after.clone());
        Ok(Some(Self { field: self.field, before: now, after }))
    }
}

impl Change {
    /// The task that the change is about; none where it is about the plan itself.
    pub fn task(&self) -> Option<&TaskId> {
        match self {
            Self::Edit { task, .. } | Self::Move { task, .. } => Some(task),
            Self::Add { task, .. } | Self::Remove { task, .. } => Some(&task.id),
            Self::Head(_) => None,
        }
    }

    /// The edits of a task that change something.
    pub fn edits(task: &TaskId, edits: impl IntoIterator<Item = Edit>) -> Vec<Self> {
        let edits = edits.into_iter().filter(|edit| !edit.is_idle());
        edits.map(|edit| Self::Edit { task: task.clone(), edit }).collect()
    }

    /// The tasks that changes are about, each once, in the order of its first change.
    pub fn tasks(changes: &[Self]) -> Vec<&TaskId> {
        let mut seen = HashSet::new();
        changes.iter().filter_map(Self::task).filter(|id| seen.insert(*id)).collect()
    }

    pub fn is_about(&self, id: &TaskId) -> bool {
        self.task() == Some(id)
    }

    /// What it makes of a field of a task, if it is about one.
    fn edit(&self) -> Option<&Edit> {
        if let Self::Edit { edit, .. } = self { Some(edit) } else { None }
    }

    /// The field that it sets; none where it is about the whole task.
    pub fn field(&self) -> Option<Field> {
        self.edit().map(|edit| edit.field)
    }

    /// The edit, if it is one of this field.
    pub fn edit_in(&self, field: Field) -> Option<&Edit> {
        self.edit().filter(|edit| edit.field == field)
    }

    /// What it makes of a field of this task, if it does.
    pub fn edit_of(&self, id: &TaskId) -> Option<&Edit> {
        self.edit().filter(|_| self.is_about(id))
    }

    #[must_use]
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Self::Edit { task, edit } => Self::Edit { task, edit: edit.inverse() },
            Self::Add { task, after } => Self::Remove { task, after },
            Self::Remove { task, after } => Self::Add { task, after },
            Self::Move { task, from, to } => Self::Move { task, from: to, to: from },
            Self::Head(edit) => Self::Head(edit.inverse()),
        }
    }

    /// The changes that take these back, in the order in which they must be made.
    pub fn inverses(changes: &[Self]) -> Vec<Self> {
        changes.iter().rev().map(Self::inverse).collect()
    }
}

/// Why a change was not made. Not an error: an answer, with what stands there now to be read in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Conflict {
    /// Somebody has changed the same field, or the task that was to be removed.
    Edited { task: TaskId, field: Option<Field> },
    /// Somebody has changed the same field of the plan itself.
    Head(PlanField),
    /// The task, or the one it was to stand behind, is gone.
    Missing(TaskId),
    /// The id is already another task's.
    Taken(TaskId),
}

impl Plan {
    /// Makes all of the changes, or none of them. Answers with those that had an effect, as they were made:
    /// what somebody else had already done is not among them, so that taking back never takes theirs.
    pub fn make(&mut self, changes: &[Change]) -> Result<Vec<Change>, Conflict> {
        let (mut made, mut near) = (Vec::with_capacity(changes.len()), 0);
        for change in changes {
            match self.make_one(change, &mut near) {
                Ok(effect) => made.extend(effect),
                Err(conflict) => {
                    self.take_back(&made);
                    return Err(conflict);
                }
            }
        }
        Ok(made)
    }

    fn take_back(&mut self, made: &[Change]) {
        let mut near = 0;
        for change in made.iter().rev() {
            self.make_one(&change.inverse(), &mut near)
                .expect("a change that was just made can be taken back");
        }
    }

    /// Makes one, where the one before it was about the task in a place.
    fn make_one(&mut self, change: &Change, near: &mut usize) -> Result<Option<Change>, Conflict> {
        match change {
            Change::Edit { task, edit } => self.edit(task, edit, near),
            Change::Add { task, after } => self.add(task, after.as_ref()),
            Change::Remove { task, .. } => self.remove(task),
            Change::Move { task, to, .. } => self.place(task, to.as_ref()),
            Change::Head(edit) => edit.apply(self).map(|made| made.map(Change::Head)).map_err(Conflict::Head),
        }
    }

    fn edit(&mut self, id: &TaskId, edit: &Edit, near: &mut usize) -> Result<Option<Change>, Conflict> {
        let at = self.position_from(id, *near).ok_or_else(|| Conflict::Missing(id.clone()))?;
        *near = at;
        let made = edit.apply(Arc::make_mut(&mut self.tasks[at]));
        let made = made.map_err(|field| Conflict::Edited { task: id.clone(), field: Some(field) })?;
        Ok(made.map(|edit| Change::Edit { task: id.clone(), edit }))
    }

    fn add(&mut self, task: &Task, after: Option<&TaskId>) -> Result<Option<Change>, Conflict> {
        if self.position(&task.id).is_some() {
            return Err(Conflict::Taken(task.id.clone()));
        }
        let at = self.behind(after)?;
        self.tasks.insert(at, Arc::new(task.clone()));
        Ok(Some(Change::Add { task: Box::new(task.clone()), after: after.cloned() }))
    }

    fn remove(&mut self, task: &Task) -> Result<Option<Change>, Conflict> {
        let at = self.expect_task(&task.id)?;
        if !self.tasks[at].is_same_work(task) {
            return Err(Conflict::Edited { task: task.id.clone(), field: None });
        }
        let after = self.before(&task.id);
        let task = Box::new(Arc::unwrap_or_clone(self.tasks.remove(at)));
        Ok(Some(Change::Remove { task, after }))
    }

    fn place(&mut self, id: &TaskId, to: Option<&TaskId>) -> Result<Option<Change>, Conflict> {
        let at = self.expect_task(id)?;
        let from = self.before(id);
        if to == Some(id) || to == from.as_ref() {
            return Ok(None);
        }
        let target = self.behind(to)?;
        let task = self.tasks.remove(at);
        self.tasks.insert(if target > at { target - 1 } else { target }, task);
        Ok(Some(Change::Move { task: id.clone(), from, to: to.cloned() }))
    }

    /// The task that a change is about, if it is in the plan.
    pub fn task_of(&self, change: &Change) -> Option<&Task> {
        self.task(change.task()?)
    }

    fn expect_task(&self, id: &TaskId) -> Result<usize, Conflict> {
        self.position(id).ok_or_else(|| Conflict::Missing(id.clone()))
    }

    fn behind(&self, after: Option<&TaskId>) -> Result<usize, Conflict> {
        after.map_or(Ok(0), |id| self.expect_task(id).map(|at| at + 1))
    }
}
