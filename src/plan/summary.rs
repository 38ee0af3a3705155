//! The figures of a plan, in the classes of the official reports.

use super::status::{Calendar, State, Status};
use super::task::Task;
use crate::words::Phrase;

/// How many tasks are in each state. Every task is counted once, over however many quarters it runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    states: [usize; State::COUNT],
    statuses: [usize; Status::ALL.len()],
    /// Under way, and neither late nor due soon.
    under_way: usize,
}

impl Figures {
    /// What is counted.
    pub const UNIT: Phrase = Phrase::new("việc", "tasks");

    /// Of tasks, each with the year of its plan.
    pub fn of<'a>(tasks: impl IntoIterator<Item = (&'a Task, i32)>, calendar: Calendar) -> Self {
        let mut figures = Self::default();
        for (task, year) in tasks {
            let state = State::of(task, year, calendar);
            figures.states[state as usize] += 1;
            let has_time = matches!(state, State::InTime | State::Ongoing);
            figures.under_way += usize::from(has_time && task.status == Status::Doing);
            figures.statuses[task.status as usize] += 1;
        }
        figures
    }

    pub fn total(&self) -> usize {
        self.statuses.iter().sum()
    }

    pub const fn with_status(&self, status: Status) -> usize {
        self.statuses[status as usize]
    }

    pub const fn in_state(&self, state: State) -> usize {
        self.states[state as usize]
    }

    /// What is under way, and neither late nor due soon.
    pub const fn under_way(&self) -> usize {
        self.under_way
    }

    pub const fn done(&self) -> usize {
        self.with_status(Status::Done)
    }

    pub const fn overdue(&self) -> usize {
        self.in_state(State::Overdue)
    }

    /// What is due today or within the days of warning.
    pub const fn due_soon(&self) -> usize {
        self.in_state(State::DueToday) + self.in_state(State::DueSoon)
    }

    /// What counts as work of the plan in "done of so many": all that was not withdrawn.
    pub fn counted(&self) -> usize {
        self.total() - self.with_status(Status::Dropped)
    }
}
