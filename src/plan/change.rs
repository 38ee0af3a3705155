//! A change of the plan as a value: what it expects to find, what it makes of it, and how it is taken back.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Plan;
use super::field::Field;
use super::status::Status;
use super::task::{Task, TaskId};
use super::time::Quarters;

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
}

/// What was there, and what is to be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diff<T> {
    pub before: T,
    pub after: T,
}

impl<T: PartialEq + Clone> Diff<T> {
    pub fn new(before: T, after: T) -> Self {
        Self { before, after }
    }

    /// The whole three-way merge of a field: already as wanted, or as we saw it, or not ours to touch.
    fn apply(&self, value: &mut T) -> Applied {
        if *value == self.after {
            return Applied::Already;
        }
        if *value != self.before {
            return Applied::Not;
        }
        value.clone_from(&self.after);
        Applied::Made
    }

    fn inverse(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }

    fn onto(&self, now: &T) -> Self {
        Self { before: now.clone(), after: self.after.clone() }
    }
}

enum Applied {
    Made,
    Already,
    Not,
}

/// A change of one field of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    No(Diff<String>),
    Title(Diff<String>),
    Lead(Diff<Vec<String>>),
    Support(Diff<Vec<String>>),
    Quarters(Diff<Quarters>),
    Time(Diff<String>),
    Due(Diff<Option<NaiveDate>>),
    Status(Diff<Status>),
    DoneOn(Diff<Option<NaiveDate>>),
    Output(Diff<String>),
    Note(Diff<String>),
}

impl Edit {
    pub const fn field(&self) -> Field {
        match self {
            Self::No(_) => Field::No,
            Self::Title(_) => Field::Title,
            Self::Lead(_) => Field::Lead,
            Self::Support(_) => Field::Support,
            Self::Quarters(_) => Field::Quarters,
            Self::Time(_) => Field::Time,
            Self::Due(_) => Field::Due,
            Self::Status(_) => Field::Status,
            Self::DoneOn(_) => Field::DoneOn,
            Self::Output(_) => Field::Output,
            Self::Note(_) => Field::Note,
        }
    }

    #[must_use]
    pub fn inverse(&self) -> Self {
        match self {
            Self::No(diff) => Self::No(diff.inverse()),
            Self::Title(diff) => Self::Title(diff.inverse()),
            Self::Lead(diff) => Self::Lead(diff.inverse()),
            Self::Support(diff) => Self::Support(diff.inverse()),
            Self::Quarters(diff) => Self::Quarters(diff.inverse()),
            Self::Time(diff) => Self::Time(diff.inverse()),
            Self::Due(diff) => Self::Due(diff.inverse()),
            Self::Status(diff) => Self::Status(diff.inverse()),
            Self::DoneOn(diff) => Self::DoneOn(diff.inverse()),
            Self::Output(diff) => Self::Output(diff.inverse()),
            Self::Note(diff) => Self::Note(diff.inverse()),
        }
    }

    /// The same wish for the field as it is now.
    #[must_use]
    pub fn onto(&self, task: &Task) -> Self {
        match self {
            Self::No(diff) => Self::No(diff.onto(&task.no)),
            Self::Title(diff) => Self::Title(diff.onto(&task.title)),
            Self::Lead(diff) => Self::Lead(diff.onto(&task.lead)),
            Self::Support(diff) => Self::Support(diff.onto(&task.support)),
            Self::Quarters(diff) => Self::Quarters(diff.onto(&task.quarters)),
            Self::Time(diff) => Self::Time(diff.onto(&task.time)),
            Self::Due(diff) => Self::Due(diff.onto(&task.due)),
            Self::Status(diff) => Self::Status(diff.onto(&task.status)),
            Self::DoneOn(diff) => Self::DoneOn(diff.onto(&task.done_on)),
            Self::Output(diff) => Self::Output(diff.onto(&task.output)),
            Self::Note(diff) => Self::Note(diff.onto(&task.note)),
        }
    }

    /// Writes what the edit makes of the field, whatever stands there.
    pub fn put(&self, task: &mut Task) {
        match self {
            Self::No(diff) => task.no.clone_from(&diff.after),
            Self::Title(diff) => task.title.clone_from(&diff.after),
            Self::Lead(diff) => task.lead.clone_from(&diff.after),
            Self::Support(diff) => task.support.clone_from(&diff.after),
            Self::Quarters(diff) => task.quarters = diff.after,
            Self::Time(diff) => task.time.clone_from(&diff.after),
            Self::Due(diff) => task.due = diff.after,
            Self::Status(diff) => task.status = diff.after,
            Self::DoneOn(diff) => task.done_on = diff.after,
            Self::Output(diff) => task.output.clone_from(&diff.after),
            Self::Note(diff) => task.note.clone_from(&diff.after),
        }
    }

    fn apply(&self, task: &mut Task) -> Applied {
        match self {
            Self::No(diff) => diff.apply(&mut task.no),
            Self::Title(diff) => diff.apply(&mut task.title),
            Self::Lead(diff) => diff.apply(&mut task.lead),
            Self::Support(diff) => diff.apply(&mut task.support),
            Self::Quarters(diff) => diff.apply(&mut task.quarters),
            Self::Time(diff) => diff.apply(&mut task.time),
            Self::Due(diff) => diff.apply(&mut task.due),
            Self::Status(diff) => diff.apply(&mut task.status),
            Self::DoneOn(diff) => diff.apply(&mut task.done_on),
            Self::Output(diff) => diff.apply(&mut task.output),
            Self::Note(diff) => diff.apply(&mut task.note),
        }
    }
}

impl Change {
    /// The task that the change is about.
    pub fn task(&self) -> &TaskId {
        match self {
            Self::Edit { task, .. } | Self::Move { task, .. } => task,
            Self::Add { task, .. } | Self::Remove { task, .. } => &task.id,
        }
    }

    /// The field that it sets; none where it is about the whole task.
    pub fn field(&self) -> Option<Field> {
        match self {
            Self::Edit { edit, .. } => Some(edit.field()),
            Self::Add { .. } | Self::Remove { .. } | Self::Move { .. } => None,
        }
    }

    /// What it makes of a field of this task, if it does.
    pub fn edit_of(&self, id: &TaskId) -> Option<&Edit> {
        match self {
            Self::Edit { task, edit } if task == id => Some(edit),
            _ => None,
        }
    }

    #[must_use]
    pub fn inverse(&self) -> Self {
        match self.clone() {
            Self::Edit { task, edit } => Self::Edit { task, edit: edit.inverse() },
            Self::Add { task, after } => Self::Remove { task, after },
            Self::Remove { task, after } => Self::Add { task, after },
            Self::Move { task, from, to } => Self::Move { task, from: to, to: from },
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
    /// The task, or the one it was to stand behind, is gone.
    Missing(TaskId),
    /// The id is already another task's.
    Taken(TaskId),
}

impl Plan {
    /// Makes all of the changes, or none of them. Answers with those that had an effect, as they were made:
    /// what somebody else had already done is not among them, so that taking back never takes theirs.
    pub fn make(&mut self, changes: &[Change]) -> Result<Vec<Change>, Conflict> {
        let mut made = Vec::with_capacity(changes.len());
        for change in changes {
            match self.make_one(change) {
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
        for change in made.iter().rev() {
            self.make_one(&change.inverse()).expect("a change that was just made can be taken back");
        }
    }

    fn make_one(&mut self, change: &Change) -> Result<Option<Change>, Conflict> {
        match change {
            Change::Edit { task, edit } => self.edit(task, edit),
            Change::Add { task, after } => self.add(task, after.as_ref()),
            Change::Remove { task, .. } => self.remove(task),
            Change::Move { task, to, .. } => self.place(task, to.as_ref()),
        }
    }

    fn edit(&mut self, id: &TaskId, edit: &Edit) -> Result<Option<Change>, Conflict> {
        let at = self.expect_task(id)?;
        match edit.apply(Arc::make_mut(&mut self.tasks[at])) {
            Applied::Made => Ok(Some(Change::Edit { task: id.clone(), edit: edit.clone() })),
            Applied::Already => Ok(None),
            Applied::Not => Err(Conflict::Edited { task: id.clone(), field: Some(edit.field()) }),
        }
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

    fn expect_task(&self, id: &TaskId) -> Result<usize, Conflict> {
        self.position(id).ok_or_else(|| Conflict::Missing(id.clone()))
    }

    fn behind(&self, after: Option<&TaskId>) -> Result<usize, Conflict> {
        after.map_or(Ok(0), |id| self.expect_task(id).map(|at| at + 1))
    }
}
