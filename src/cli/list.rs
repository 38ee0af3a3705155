//! `tiendo list`: the tasks that are meant, in one of several forms.

use std::path::Path;

use chrono::NaiveDate;

use super::{Call, Complaint, Exit, Streams, agencies, fields, options, which};
use crate::plan::query::{Index, Lateness, Query};
use crate::plan::time;
use crate::plan::{Calendar, Column, Plan, Quarter, State, Status, Task};
use crate::text::{self, Needle};
use crate::words::{Lang, Phrase};

mod csv;
pub(super) mod json;
mod markdown;
mod table;

/// What is listed, worked out: every form is made of this.
struct Listing<'a> {
    plan: &'a Plan,
    path: &'a Path,
    calendar: Calendar,
    lang: Lang,
    rows: Vec<Row<'a>>,
}

/// A task with what the calendar makes of it.
pub(super) struct Row<'a> {
    pub(super) task: &'a Task,
    pub(super) deadline: Option<NaiveDate>,
    pub(super) state: State,
    /// While the deadline runs.
    pub(super) days_left: Option<i64>,
}

impl<'a> Row<'a> {
    pub(super) fn of(plan: &Plan, task: &'a Task, calendar: Calendar) -> Self {
        let deadline = plan.deadline(task);
        let runs = deadline.filter(|_| task.status.is_open());
        let days_left = runs.map(|deadline| (deadline - calendar.today).num_days());
        Self { task, deadline, state: plan.state(task, calendar), days_left }
    }
}

/// A list without tasks is an answer like any other, unless the question names what is not there.
pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let store = which::open(call)?;
    let plan = store.plan();
    let index = Index::default();
    let meant = query(call, plan, &index)?.select(plan, &index, call.calendar);
    let rows = meant.iter().map(|&at| Row::of(plan, &plan.tasks[at], call.calendar)).collect();
    let mut listing = Listing { plan, path: store.path(), calendar: call.calendar, lang: call.lang(), rows };
    listing.sort(call.text(options::SORT.name).as_deref());
    match call.text(options::FORMAT.name).as_deref() {
        Some("json") => json::write(&listing, streams.out)?,
        Some("csv") => csv::write(&listing, streams.out)?,
        Some("md") => markdown::write(&listing, streams.out)?,
        _ => table::write(&listing, call, streams)?,
    }
    Ok(Exit::Fine)
}

fn query(call: &Call, plan: &Plan, index: &Index) -> Result<Query, Complaint> {
    let agencies = |option: &str| {
        let typed = call.texts(option).into_iter();
        typed.map(|name| agencies::named(&name, plan, index.directory(plan))).collect::<Result<Vec<_>, _>>()
    };
    Ok(Query {
        search: call.text(options::SEARCH.name).as_deref().map(Needle::parse).unwrap_or_default(),
        leads: agencies(options::LEAD.name)?,
        supports: agencies(options::SUPPORT.name)?,
        columns: call.texts(options::QUARTER.name).iter().map(|name| column(name)).collect(),
        statuses: call.texts(options::STATUS.name).iter().map(|name| fields::status_named(name)).collect(),
        lateness: lateness(call)?,
    })
}

fn column(name: &str) -> Column {
    let quarter = name.parse().ok().and_then(Quarter::numbered);
    quarter.map_or(Column::Year, Column::Quarter)
}

fn lateness(call: &Call) -> Result<Lateness, Complaint> {
    if call.is_given(options::OVERDUE.name) {
        return Ok(Lateness::Overdue);
    }
    let Some(typed) = call.text(options::DUE_WITHIN.name) else {
        return Ok(Lateness::Any);
    };
    let days = typed.trim().parse().map(Lateness::Within);
    days.map_err(|_| Complaint::Value { option: options::DUE_WITHIN.name, found: typed, expected: DAYS })
}

const DAYS: Phrase = Phrase::new("cần số ngày, từ 0 đến 65535", "expected a number of days, from 0 to 65535");

impl Listing<'_> {
    /// Tasks that are alike in the order that was asked for stay as they are in the plan.
    fn sort(&mut self, order: Option<&str>) {
        match order {
            Some("no") => self.rows.sort_by_cached_key(|row| number_key(&row.task.no)),
            Some("due") => self.rows.sort_by_key(|row| row.deadline.unwrap_or(NaiveDate::MAX)),
            Some("status") => self.rows.sort_by_key(|row| row.task.status),
            _ => {}
        }
    }

    /// Whether a number names one task only, so that the ids need not be shown.
    fn has_clear_numbers(&self) -> bool {
        let mut numbers: Vec<&str> = self.plan.tasks.iter().map(|task| task.no.as_str()).collect();
        numbers.sort_unstable();
        !numbers.contains(&"") && numbers.windows(2).all(|pair| pair[0] != pair[1])
    }
}

/// Part by part, so that 2 comes before 10, and IV before IX; a task without a number comes last.
fn number_key(no: &str) -> (bool, Vec<(u64, text::SortKey)>) {
    let parts = no.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    (no.is_empty(), parts.map(|part| (value(part), text::order(part))).collect())
}

/// The number that a part begins with, be it in Arabic or in Roman figures; words come after all numbers.
fn value(part: &str) -> u64 {
    let figures = part.trim_end_matches(|c: char| !c.is_ascii_digit());
    figures.parse().ok().or_else(|| roman(part)).unwrap_or(u64::MAX)
}

/// A letter counts against the sum where a greater one follows it.
fn roman(part: &str) -> Option<u64> {
    let value = |letter: char| match letter {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let values: Vec<i64> = part.chars().map(value).collect::<Option<_>>()?;
    let signed = values.iter().enumerate().map(|(at, &value)| match values.get(at + 1) {
        Some(&next) if next > value => -value,
        _ => value,
    });
    u64::try_from(signed.sum::<i64>()).ok()
}

/// The last day, whether it was written down or follows from a quarter.
const DEADLINE: Phrase = Phrase::new("Thời hạn", "Deadline");

/// How the progress of a row is said where there is room for a few words: `quá hạn 3 ngày`, `Hoàn thành đúng hạn`.
fn progress(row: &Row, lang: Lang) -> String {
    let state = row.state.label().say(lang);
    match (row.state, row.days_left) {
        (State::Overdue | State::DueToday, Some(days)) => capital(&time::days_left(days, lang)),
        (_, Some(days)) => format!("{state}, {}", time::days_left(days, lang)),
        (_, None) if row.state == State::Ongoing && row.task.status == Status::Doing => {
            format!("{state}, {}", row.task.status.short().say(lang))
        }
        (_, None) => state.to_owned(),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_sorted_by_their_value() {
        let mut numbers = ["10", "", "2", "IX.1", "IV.12", "IV.3", "2a", "2.1", "I"];
        numbers.sort_by_cached_key(|no| number_key(no));
        assert_eq!(numbers, ["I", "2", "2.1", "2a", "IV.3", "IV.12", "IX.1", "10", ""]);
    }
}
