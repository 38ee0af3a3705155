//! What the file said on the evening of a day, told back from the histories. [`Plan::as_of`] asks another thing: what had
//! happened by then, as is known now.
//!
//! Histories know the fields of tasks. The plan's own fields, the order of the tasks and what a hand has changed in the
//! file are as they are now.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Plan;
use super::field::{Field, FieldOf};
use super::history::{Entry, EntryKind};
use super::status::Status;
use super::task::Task;
use super::value::Value;

impl Plan {
    /// `gone` are tasks that were deleted, each with that at the end of its history: those that were there on the evening
    /// come back.
    #[must_use]
    pub fn known_at(&self, day: NaiveDate, gone: &[Task]) -> Self {
        let year = self.year;
        let known = |task: &Arc<Task>| match task.known_at(day, year) {
            Evening::AsItIs => Some(Arc::clone(task)),
            Evening::Otherwise(task) => Some(Arc::new(*task)),
            Evening::NotThere => None,
        };
        let still_there = |task: &&Task| task.history.iter().any(|entry| entry.is_removal_after(day));
        let gone = gone.iter().filter(still_there).cloned().map(Arc::new);
        let mut plan = self.clone();
        plan.tasks = self.tasks.iter().cloned().chain(gone).filter_map(|task| known(&task)).collect();
        plan
    }
}

/// A task on an evening.
enum Evening {
    AsItIs,
    Otherwise(Box<Task>),
    NotThere,
}

impl Task {
    fn known_at(&self, day: NaiveDate, year: i32) -> Evening {
        let (later, before): (Vec<&Entry>, Vec<&Entry>) =
            self.history.iter().partition(|entry| entry.at.date_naive() > day);
        if later.is_empty() {
            return Evening::AsItIs;
        }
        if before.is_empty() && later.iter().any(|entry| entry.kind == EntryKind::Added) {
            return Evening::NotThere;
        }
        let mut task = Self { history: before.into_iter().cloned().collect(), ..self.clone() };
        for entry in later.into_iter().rev() {
            task.take_back(entry, year);
        }
        Evening::Otherwise(Box::new(task))
    }

    /// Makes it what it was before this entry. Of what cannot be read in the entry it stays as it is.
    fn take_back(&mut self, entry: &Entry, year: i32) {
        match &entry.kind {
            EntryKind::Field(field) => self.take_back_field(*field, entry),
            EntryKind::Extended => self.due = self.due_before(entry, year),
            EntryKind::Added | EntryKind::Removed | EntryKind::Kept | EntryKind::Unknown(_) => {}
        }
    }

    fn take_back_field(&mut self, field: Field, entry: &Entry) {
        let before = match field.of(self) {
            Value::Table(rows) => Some(Value::Table(rows.before(&entry.from, &entry.to))),
            _ => Value::read_recorded(field.kind(), &entry.from),
        };
        if let Some(before) = before {
            field.set(self, before);
        }
        let done = Status::Done.name();
        if field == Field::Status && (entry.from == done || entry.to == done) {
            self.done_on = entry.done_on.parse().ok().filter(|_| entry.from == done);
        }
    }
}

impl Entry {
    fn is_removal_after(&self, day: NaiveDate) -> bool {
        self.kind == EntryKind::Removed && self.at.date_naive() > day
    }
}
