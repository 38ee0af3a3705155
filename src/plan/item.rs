//! A task where several plans are open: which plan it is in stands beside it.

use chrono::NaiveDate;

use super::{Calendar, Field, Plan, State, Task, TaskId};

/// One of the plans that are open. It keeps its key as long as the program runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlanKey(pub usize);

/// A task by its name, which it keeps when its plan is read again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TaskRef {
    pub plan: PlanKey,
    pub task: TaskId,
}

/// A task by its place. Worth nothing any more once the plan has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    pub plan: PlanKey,
    pub at: usize,
}

/// A task with the plan that it is in: what a view draws.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    pub key: PlanKey,
    pub plan: &'a Plan,
    pub task: &'a Task,
}

impl Item<'_> {
    pub fn name(&self) -> TaskRef {
        TaskRef { plan: self.key, task: self.task.id.clone() }
    }

    pub fn deadline(&self) -> Option<NaiveDate> {
        self.plan.deadline(self.task)
    }

    pub fn state(&self, calendar: Calendar) -> State {
        self.plan.state(self.task, calendar)
    }
}

/// Text that was being typed when the line dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The task as it was seen. None for one that was still to be added.
    pub task: Option<Box<Task>>,
    /// What was typed into; of what has several boxes the list that a row was for.
    pub field: Field,
    /// Of each box.
    pub texts: Vec<String>,
}

impl Draft {
    /// All of it, to be known again by.
    pub fn text(&self) -> String {
        let texts = self.texts.iter().filter(|text| !text.trim().is_empty());
        texts.map(String::as_str).collect::<Vec<_>>().join(" · ")
    }
}
