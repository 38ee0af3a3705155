//! What somebody has to be reminded of: what is late, what is due, and steps that were missed.

use chrono::{Days, NaiveDate};

use super::Plan;
use super::table::TaskStep;
use super::task::Task;
use crate::words::Phrase;

/// Why a task is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    Overdue,
    Today,
    Within,
    /// A deadline of the office's own has passed; that of the plan has not.
    Missed,
}

impl Urgency {
    pub const ALL: [Self; 4] = [Self::Overdue, Self::Today, Self::Within, Self::Missed];

    /// The name in JSON.
    pub const fn name(self) -> &'static str {
        ["overdue", "today", "within", "missed"][self as usize]
    }
}

/// One reminder.
#[derive(Debug, Clone, Copy)]
pub struct Reminder<'a> {
    pub plan: &'a Plan,
    pub task: &'a Task,
    pub urgency: Urgency,
    /// The day that has passed or is near.
    pub day: NaiveDate,
    /// The step whose day that is; nothing for the task's own deadline.
    pub step: Option<&'a TaskStep>,
}

/// What the day of a reminder is called, where it is not that of a step.
pub const DEADLINE: Phrase = Phrase::new("hạn", "deadline");

impl Plan {
    /// The reminders of a day, those that are late longest first. The plan is as of that day.
    pub fn reminders(&self, today: NaiveDate, within: u16) -> Vec<Reminder<'_>> {
        let last = today.checked_add_days(Days::new(within.into())).unwrap_or(NaiveDate::MAX);
        let open = self.tasks.iter().filter(|task| task.status.is_open());
        let reminders = open.flat_map(|task| self.reminders_of(task, today));
        let mut reminders: Vec<_> = reminders.filter(|reminder| reminder.day <= last).collect();
        reminders.sort_by_key(|reminder| (reminder.urgency, reminder.day));
        reminders
    }

    /// A step is not told beside a deadline that has passed already.
    fn reminders_of<'a>(&'a self, task: &'a Task, today: NaiveDate) -> Vec<Reminder<'a>> {
        let deadline = self.deadline(task);
        let own = deadline.map(|day| (day, None));
        let is_late = deadline.is_some_and(|day| day < today);
        let steps = task.steps.iter().filter(|step| step.done.is_none() && !is_late);
        let days = own.into_iter().chain(steps.filter_map(|step| Some((step.by?, Some(step)))));
        let reminder = |(day, step): (NaiveDate, Option<&'a TaskStep>)| {
            let urgency = match day {
                _ if day == today => Urgency::Today,
                _ if day > today => Urgency::Within,
                _ if step.is_some() => Urgency::Missed,
                _ => Urgency::Overdue,
            };
            Reminder { plan: self, task, urgency, day, step }
        };
        days.map(reminder).collect()
    }
}
