//! `tiendo list`: the tasks that are meant, in one of several forms.

use chrono::NaiveDate;

use super::{Call, Complaint, Exit, Streams, agencies, fields, options, which};
use crate::plan::query::{Index, Lateness, Query};
use crate::plan::time;
use crate::plan::{Calendar, Column, Field, Plan, Quarter, State, Status, Task};
use crate::store::Store;
use crate::text::{self, Needle};
use crate::words::{Lang, Phrase};

mod csv;
pub(super) mod json;
mod markdown;
mod table;

/// What is listed, worked out: every form is made of this.
struct Listing<'a> {
    stores: &'a [Store],
    /// How many plans were asked for; not all of them may have opened.
    asked: usize,
    calendar: Calendar,
    lang: Lang,
    rows: Vec<Row<'a>>,
}

/// A task with what the calendar makes of it.
pub(super) struct Row<'a> {
    /// The place of its plan among those that are listed.
    plan: usize,
    pub(super) task: &'a Task,
    pub(super) deadline: Option<NaiveDate>,
    /// The deadline before it was ever moved, if it was.
    first_deadline: Option<NaiveDate>,
    pub(super) state: State,
    /// While the deadline runs.
    pub(super) days_left: Option<i64>,
}

impl<'a> Row<'a> {
    pub(super) fn of(plan: &Plan, task: &'a Task, calendar: Calendar) -> Self {
        let deadline = plan.deadline(task);
        let runs = deadline.filter(|_| task.status.is_open());
        let days_left = runs.map(|deadline| (deadline - calendar.today).num_days());
        let first_deadline = task.first_deadline().filter(|first| Some(*first) != deadline);
        Self { plan: 0, task, deadline, first_deadline, state: plan.state(task, calendar), days_left }
    }
}

/// A list without tasks is an answer like any other, unless the question names what is not there.
pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let (stores, complaints) = which::open_all(call, which::plans(call)?)?;
    let asked = stores.len() + complaints.len();
    for complaint in &complaints {
        complaint.make(call.settings, streams);
    }
    let rows = rows(call, &stores)?;
    let mut listing = Listing { stores: &stores, asked, calendar: call.calendar, lang: call.lang(), rows };
    listing.sort(call.text(options::SORT.name).as_deref());
    match call.text(options::FORMAT.name).as_deref() {
        Some("json") => json::write(&listing, streams.out)?,
        Some("csv") => csv::write(&listing, streams.out)?,
        Some("md") => markdown::write(&listing, streams.out)?,
        _ => table::write(&listing, call, streams)?,
    }
    Ok(if complaints.is_empty() { Exit::Fine } else { Exit::Unable })
}

/// The tasks that are meant, plan by plan. An agency need not be known to all of several plans.
fn rows<'a>(call: &Call, stores: &'a [Store]) -> Result<Vec<Row<'a>>, Complaint> {
    let (mut rows, mut unknown) = (Vec::new(), Vec::new());
    for (at, store) in stores.iter().enumerate() {
        let (plan, index) = (store.plan(), Index::default());
        let meant = match query(call, plan, &index) {
            Ok(query) => query.select(plan, &index, call.calendar),
            Err(complaint @ Complaint::NoAgency { .. }) => {
                unknown.push(complaint);
                continue;
            }
            Err(complaint) => return Err(complaint),
        };
        let row = |&task: &usize| Row { plan: at, ..Row::of(plan, &plan.tasks[task], call.calendar) };
        rows.extend(meant.iter().map(row));
    }
    if unknown.len() == stores.len()
        && let Some(complaint) = unknown.pop()
    {
        return Err(complaint);
    }
    Ok(rows)
}

fn query(call: &Call, plan: &Plan, index: &Index) -> Result<Query, Complaint> {
    let agencies = |option: &str, field| {
        let typed = call.texts(option).into_iter();
        let named = |name: String| agencies::named(&name, field, plan, index.directory(plan));
        typed.map(named).collect::<Result<Vec<_>, _>>()
    };
    Ok(Query {
        search: call.text(options::SEARCH.name).as_deref().map(Needle::parse).unwrap_or_default(),
        leads: agencies(options::LEAD.name, Field::Lead)?,
        supports: agencies(options::SUPPORT.name, Field::Support)?,
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
    let is_overdue = call.is_given(options::OVERDUE.name);
    let Some(typed) = call.text(options::DUE_WITHIN.name) else {
        return Ok(if is_overdue { Lateness::Overdue } else { Lateness::Any });
    };
    let days = typed.trim().parse();
    let days = days.map(if is_overdue { Lateness::OverdueOrWithin } else { Lateness::Within });
    days.map_err(|_| Complaint::Value { option: options::DUE_WITHIN.name, found: typed, expected: DAYS })
}

const DAYS: Phrase = Phrase::new("cần số ngày, từ 0 đến 65535", "expected a number of days, from 0 to 65535");

impl Listing<'_> {
    /// Tasks that are alike in the order that was asked for stay as they are in the plan.
    fn sort(&mut self, order: Option<&str>) {
        match order {
            Some("no") => {
                let figures = figures_of(self.rows.iter().map(|row| row.task.no.as_str()));
                self.rows.sort_by_cached_key(|row| number_key(&row.task.no, figures));
            }
            Some("due") => self.rows.sort_by_key(|row| row.deadline.unwrap_or(NaiveDate::MAX)),
            Some("status") => self.rows.sort_by_key(|row| row.task.status),
            _ => {}
        }
    }

    /// Whether a number names one task only of each plan, so that the ids need not be shown.
    fn has_clear_numbers(&self) -> bool {
        self.stores.iter().all(|store| {
            let mut numbers: Vec<&str> = store.plan().tasks.iter().map(|task| task.no.as_str()).collect();
            numbers.sort_unstable();
            !numbers.contains(&"") && numbers.windows(2).all(|pair| pair[0] != pair[1])
        })
    }

    const fn is_of_several(&self) -> bool {
        self.asked > 1
    }

    /// How the plan of a row is called where there are several: no longer than tells them apart.
    fn plan_of(&self, row: &Row) -> Option<String> {
        self.is_of_several().then(|| which::plan_name(self.stores, row.plan))
    }
}

/// Part by part, so that 2 comes before 10, and IV before IX; a task without a number comes last.
fn number_key(no: &str, figures: Figures) -> (bool, Vec<(u64, text::SortKey)>) {
    (no.is_empty(), parts(no).map(|part| (value(part, figures), text::order(part))).collect())
}

fn parts(no: &str) -> impl Iterator<Item = &str> {
    no.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

/// How small letters are read that may be Roman figures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Figures {
    Letters,
    Roman,
}

/// Small letters that go from a to i are letters; where there is an ii as well, i is a figure.
fn figures_of<'a>(numbers: impl Iterator<Item = &'a str>) -> Figures {
    let is_small_roman = |part: &str| {
        part.len() > 1 && part.chars().all(char::is_lowercase) && roman(&part.to_uppercase()).is_some()
    };
    let mut parts = numbers.flat_map(parts);
    if parts.any(is_small_roman) { Figures::Roman } else { Figures::Letters }
}

/// The number that a part begins with, be it in Arabic or in Roman figures; words come after all numbers.
fn value(part: &str, figures: Figures) -> u64 {
    let arabic = part.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok();
    let roman = || if figures == Figures::Roman { roman(&part.to_uppercase()) } else { roman(part) };
    arabic.or_else(roman).unwrap_or(u64::MAX)
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

/// What stands above the plans where there are several.
pub(super) const PLAN: Phrase = Phrase::new("Kế hoạch", "Plan");

/// The deadline before it was ever moved.
const FIRST_DEADLINE: Phrase = Phrase::new("Hạn đầu", "First deadline");

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
        let sorted = |mut numbers: Vec<&'static str>| {
            let figures = figures_of(numbers.iter().copied());
            numbers.sort_by_cached_key(|no| number_key(no, figures));
            numbers
        };
        for (numbers, expected) in [
            ("10,,2,IX.1,IV.12,IV.3,2a,2.1,I", "I,2,2.1,2a,IV.3,IV.12,IX.1,10,"),
            ("X,VIII,V,IX,IV,II,I", "I,II,IV,V,VIII,IX,X"),
            ("x,viii,v,ix,iv,ii,i", "i,ii,iv,v,viii,ix,x"),
            ("l,i,h,g,đ,d,a", "a,d,đ,g,h,i,l"),
        ] {
            assert_eq!(sorted(numbers.split(',').collect()).join(","), expected);
        }
    }
}
