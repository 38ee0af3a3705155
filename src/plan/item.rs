//! A task where several plans are open: which plan it is in stands beside it.

use chrono::NaiveDate;

use super::{Calendar, Field, Plan, State, Task, TaskId, TaskStep};

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

impl<'a> Item<'a> {
    pub fn name(&self) -> TaskRef {
        TaskRef { plan: self.key, task: self.task.id.clone() }
    }

    pub fn deadline(&self) -> Option<NaiveDate> {
        self.plan.deadline(self.task)
    }

    pub fn state(&self, calendar: Calendar) -> State {
        self.plan.state(self.task, calendar)
    }

    /// The state by the deadline alone: where only a step is near, the task is in time.
    pub fn deadline_state(&self, calendar: Calendar) -> State {
        match self.state(calendar) {
            State::DueSoon if !self.deadline().is_some_and(|day| calendar.warns_of(day)) => State::InTime,
            state => state,
        }
    }

    /// The day that lists go by: see [`Task::next_day`].
    pub fn next_day(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.task.next_day(self.plan.year, today)
    }

    /// The step that lists go by, where that is not the deadline.
    pub fn listed_step(&self, today: NaiveDate) -> Option<&'a TaskStep> {
        let day = self.next_day(today).filter(|day| Some(*day) != self.deadline())?;
        self.task.steps.iter().find(|step| step.done.is_none() && step.by == Some(day))
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
