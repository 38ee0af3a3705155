//! What was true on a day, as is known now: the one rule that every screen, list and figure goes by.
//!
//! Reports are cut on one day and collected until a later one: what is recorded after the cut about days before it
//! counts, and what happened after it does not (Thông tư 06/2025/TT-TTCP).

use std::sync::Arc;

use chrono::NaiveDate;

use super::Plan;
use super::change::{Change, Edit};
use super::field::{Field, FieldOf};
use super::history::{Entry, EntryKind};
use super::replay::meet;
use super::status::Status;
use super::table::Table;
use super::task::{Task, TaskId};
use super::value::Value;

impl Plan {
    /// The plan with what had happened by the end of a day. Tasks of which nothing happened later are shared.
    #[must_use]
    pub fn as_of(&self, day: NaiveDate) -> Self {
        let year = self.year;
        let task = |task: &Arc<Task>| task.as_of(day, year).map_or_else(|| Arc::clone(task), Arc::new);
        Self { tasks: self.tasks.iter().map(task).collect(), ..self.clone() }
    }

    /// Changes that were meant on what a day shows of this plan, as changes of the plan itself. What is done by now may not
    /// have been on that day: the day of completion goes with the status all the same.
    #[must_use]
    pub fn meant(&self, shown: &Self, changes: &[Change]) -> Vec<Change> {
        let mut near = 0;
        let mut meant = |change: Change| self.meant_one(shown, &change, &mut near).unwrap_or(change);
        let is_idle = |change: &Change| matches!(change, Change::Edit { edit, .. } if edit.is_idle());
        let changes = Change::whole(changes).into_iter();
        changes.map(&mut meant).filter(|change| !is_idle(change)).collect()
    }

    /// Nothing where it is meant as it is.
    fn meant_one(&self, shown: &Self, change: &Change, near: &mut usize) -> Option<Change> {
        let id = change.task()?;
        let (at, seen_at) = (self.position_from(id, *near)?, shown.position_from(id, *near)?);
        *near = at;
        let (shown, task) = (&*shown.tasks[seen_at], &*self.tasks[at]);
        match change {
            Change::Edit { edit, .. } => {
                let (seen, now) = (edit.field.of(shown), edit.field.of(task));
                let is_otherwise = edit.before == seen && seen != now;
                let after = || meet(edit.field.kind(), &seen, &now, &edit.after);
                let after = is_otherwise.then(|| after().unwrap_or_else(|| edit.after.clone()))?;
                Some(Change::Edit { task: task.id.clone(), edit: Edit::new(edit.field, now, after) })
            }
            Change::Remove { task: seen, after } if **seen == *shown => {
                Some(Change::Remove { task: Box::new(task.clone()), after: after.clone() })
            }
            _ => None,
        }
    }

    /// The tasks about which something was written down after a day that had happened by then.
    pub fn recorded_after(&self, day: NaiveDate) -> impl Iterator<Item = &TaskId> {
        let is_meant = move |entry: &Entry| entry.office_day() > day && entry.tells_of_day_by(day);
        let tasks = self.tasks.iter().filter(move |task| task.history.iter().any(is_meant));
        tasks.map(|task| &task.id)
    }
}

impl Task {
    /// Nothing where it is as it was.
    fn as_of(&self, day: NaiveDate, year: i32) -> Option<Self> {
        let is_later = |on: Option<NaiveDate>| on.is_some_and(|on| on > day);
        let status = self.status_on(day);
        let is_otherwise = status != self.status
            || self.extensions.iter().any(|it| is_later(it.on))
            || self.granted_before().any(|entry| entry.office_day() > day)
            || self.steps.iter().any(|it| is_later(it.done))
            || self.progress.iter().any(|it| is_later(it.on))
            || self.received.iter().any(|it| is_later(it.on));
        if !is_otherwise {
            return None;
        }
        let mut task = self.clone();
        task.status = status;
        task.done_on = self.done_on.filter(|_| status == Status::Done);
        task.due = self.due_on(day, year);
        task.extensions.retain(|it| !is_later(it.on));
        task.history.retain(|entry| !(entry.is_extension() && entry.office_day() > day));
        task.progress.retain(|it| !is_later(it.on));
        task.received.retain(|it| !is_later(it.on));
        for step in task.steps.iter_mut().filter(|step| is_later(step.done)) {
            step.done = None;
        }
        Some(task)
    }

    /// Done goes by the day of completion. Of the others the one counts that was set last about a day until then, as it
    /// does in the file. Where none was, what stood there before the first was set.
    fn status_on(&self, day: NaiveDate) -> Status {
        if self.status == Status::Done && self.done_on.is_none_or(|done| done <= day) {
            return Status::Done;
        }
        let set = || self.history.iter().filter_map(|entry| Some((entry.status_day(), entry.status_set()?)));
        let is_settled = self.status != Status::Done && set().all(|(on, _)| on <= day);
        if is_settled {
            return self.status;
        }
        let last = set().rfind(|(on, status)| *on <= day && *status != Status::Done);
        let before_all = || {
            let first = self.history.iter().find(|entry| entry.is_status())?;
            Status::named(&first.from).filter(|status| *status != Status::Done)
        };
        let unless_done = if self.status == Status::Done { Status::Todo } else { self.status };
        last.map(|(_, status)| status).or_else(before_all).unwrap_or(unless_done)
    }

    /// The due date where the deadline was moved in the manner of older plans, which have no list of extensions.
    fn due_on(&self, day: NaiveDate, year: i32) -> Option<NaiveDate> {
        let mut granted = self.granted_before();
        let later = granted.find(|entry| entry.office_day() > day);
        later.map_or(self.due, |entry| self.due_before(entry, year))
    }
}

impl Entry {
    /// The status that it tells of; nothing where it is one that was not got.
    fn status_set(&self) -> Option<Status> {
        self.is_status().then(|| Status::named(&self.to)).flatten()
    }

    /// The day from which the status was that.
    fn status_day(&self) -> NaiveDate {
        self.on.parse().unwrap_or_else(|_| self.office_day())
    }

    /// Whether it tells of something that happened on a day, and by the end of this one.
    fn tells_of_day_by(&self, day: NaiveDate) -> bool {
        match self.kind {
            EntryKind::Field(Field::Status) if self.to == Status::Done.name() => {
                self.done_on.parse().is_ok_and(|done: NaiveDate| done <= day)
            }
            EntryKind::Field(Field::Status) => self.on.parse().is_ok_and(|on: NaiveDate| on <= day),
            EntryKind::Field(Field::DoneOn) => self.to.parse().is_ok_and(|done: NaiveDate| done <= day),
            EntryKind::Field(field) => match Value::of_recorded(field.kind(), &self.to) {
                Value::Table(rows) => {
                    let happened = |row: &Vec<Value>| happened_on(rows.table, row);
                    rows.cells.iter().filter_map(happened).any(|on| on <= day)
                }
                _ => false,
            },
            _ => false,
        }
    }
}

/// The day that a row tells of, by the first columns of its table.
fn happened_on(table: Table, row: &[Value]) -> Option<NaiveDate> {
    let column = match table {
        Table::Progress => 0,
        Table::Extensions | Table::Received => 1,
        Table::Steps => 2,
        Table::Agencies | Table::Sections | Table::People | Table::Views | Table::More => return None,
    };
    row.get(column)?.day()
}
