//! A meeting that goes through a plan task by task: in which order, how far it is, and what was decided in it.

mod agenda;
mod minutes;

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use super::Plan;
use super::history::{Entry, EntryKind};
use super::task::{Task, TaskId};
use crate::words::Phrase;

pub use agenda::MeetingOrder;
pub use minutes::{Markup, Minutes, UNCHANGED};

/// A meeting about a plan, as its user keeps it until it is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    pub on: NaiveDate,
    pub order: MeetingOrder,
    /// What is gone through. The order stays as it was when the meeting began.
    pub tasks: Vec<TaskId>,
    /// The place of the task that it is at; behind the last one it is at its end.
    pub at: usize,
    /// What was gone through, and nothing more was to be said of it.
    pub heard: Vec<TaskId>,
    pub sittings: Vec<Sitting>,
}

/// From when to when it was held, by the clock of the wall. It may be stopped and gone on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sitting {
    pub from: NaiveDateTime,
    /// None as long as it goes on.
    pub until: Option<NaiveDateTime>,
}

/// Where the user of a meeting is in it, for those who follow it on another screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingPlace {
    /// None at the beginning and at the end.
    pub task: Option<TaskId>,
    pub nth: usize,
    pub all: usize,
    /// What the task is talked about under.
    #[serde(default)]
    pub order: MeetingOrder,
}

/// What a user has done with a task in a meeting.
#[derive(Debug, Clone)]
pub struct Decision<'a> {
    pub task: &'a Task,
    pub entries: Vec<&'a Entry>,
}

impl Decision<'_> {
    /// Whether the task was given in the meeting.
    pub fn is_new(&self) -> bool {
        self.entries.iter().any(|entry| entry.kind == EntryKind::Added)
    }
}

impl Sitting {
    /// Histories tell the time to the second.
    fn has(&self, entry: &Entry) -> bool {
        let at = entry.at_office().naive_local();
        at.and_utc().timestamp() >= self.from.and_utc().timestamp()
            && self.until.is_none_or(|until| at <= until)
    }
}

impl Meeting {
    pub const LABEL: Phrase = Phrase::new("Giao ban", "Meeting");

    pub const fn new(on: NaiveDate, order: MeetingOrder, tasks: Vec<TaskId>) -> Self {
        Self { on, order, tasks, at: 0, heard: Vec::new(), sittings: Vec::new() }
    }

    /// The task that it is at; none at its end.
    pub fn task(&self) -> Option<&TaskId> {
        self.tasks.get(self.at)
    }

    pub const fn is_at_end(&self) -> bool {
        self.at >= self.tasks.len()
    }

    /// Whether it was begun and broken off, so that its minutes are still to be written.
    pub const fn is_unfinished(&self) -> bool {
        self.at > 0 && !self.is_at_end()
    }

    /// Goes on with it. A sitting that the program did not live to end is over.
    pub fn begin_sitting(&mut self, from: NaiveDateTime) {
        self.end_sitting(from);
        self.sittings.push(Sitting { from, until: None });
    }

    /// Nothing, if the last sitting has ended already.
    pub fn end_sitting(&mut self, until: NaiveDateTime) {
        if let Some(sitting) = self.sittings.last_mut() {
            sitting.until.get_or_insert(until);
        }
    }

    /// Nothing more is to be said of the task that it is at.
    pub fn hear(&mut self) {
        if let Some(task) = self.tasks.get(self.at)
            && !self.heard.contains(task)
        {
            self.heard.push(task.clone());
        }
    }

    /// Leaves out tasks that are no longer in the plan; whether the one that it is at is among them.
    pub fn leave_the_gone(&mut self, plan: &Plan) -> bool {
        let is_there = |id: &TaskId| plan.task(id).is_some();
        let is_gone = self.task().is_some_and(|id| !is_there(id));
        self.at = self.tasks.iter().take(self.at).filter(|id| is_there(id)).count();
        self.tasks.retain(is_there);
        is_gone
    }

    pub fn place(&self) -> MeetingPlace {
        let (nth, all) = (self.at + 1, self.tasks.len());
        MeetingPlace { task: self.task().cloned(), nth, all, order: self.order }
    }

    /// What a user has done while it was held, in the order of the plan.
    pub fn decisions<'a>(&self, plan: &'a Plan, user: &str) -> Vec<Decision<'a>> {
        let is_of = |entry: &&Entry| entry.by == user && self.sittings.iter().any(|it| it.has(entry));
        let of_task =
            |task: &'a Task| Decision { task, entries: task.history.iter().filter(is_of).collect() };
        let all = plan.tasks.iter().map(|task| of_task(task));
        all.filter(|decision| !decision.entries.is_empty()).collect()
    }
}

/// What stands as the source of a task that was given in a meeting, in the language of the plans.
pub fn source(on: NaiveDate) -> String {
    format!("{} {}/{}/{}", Meeting::LABEL.vi, on.day(), on.month(), on.year())
}

/// The day of the meeting in which a task was given.
fn given_on(task: &Task) -> Option<NaiveDate> {
    let day = task.source.strip_prefix(Meeting::LABEL.vi)?.trim();
    NaiveDate::parse_from_str(day, "%d/%m/%Y").ok()
}

/// The day of the last meeting before this day in which a task was given.
fn last_before(plan: &Plan, on: NaiveDate) -> Option<NaiveDate> {
    plan.tasks.iter().filter_map(|task| given_on(task)).filter(|day| *day < on).max()
}
