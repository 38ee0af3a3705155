//! The fields of a task as they are typed in options.

use chrono::NaiveDate;

use super::{Call, Complaint};
use crate::plan::time::{self, Period};
use crate::plan::{Field, Quarter, Quarters, Status, Task};
use crate::text;
use crate::words::Phrase;

/// The task as the options want it. Done takes today unless a day is given; what is no longer done has no day
/// of completion.
pub(super) fn wanted(call: &Call, year: i32, task: &Task) -> Result<Task, Complaint> {
    let text = |field: Field, now: &str| call.text(option(field)).unwrap_or_else(|| now.to_owned());
    let wanted = Task {
        no: text(Field::No, &task.no),
        title: text(Field::Title, &task.title),
        lead: names(call, Field::Lead).unwrap_or_else(|| task.lead.clone()),
        support: names(call, Field::Support).unwrap_or_else(|| task.support.clone()),
        quarters: quarters(call, year)?.unwrap_or(task.quarters),
        time: text(Field::Time, &task.time),
        due: day(call, Field::Due, year, task.due)?,
        status: status(call).unwrap_or(task.status),
        done_on: done_on(call, year, task)?,
        output: text(Field::Output, &task.output),
        note: text(Field::Note, &task.note),
        ..task.clone()
    };
    if wanted.title.trim().is_empty() {
        return Err(Complaint::NoTitle);
    }
    if is_given(call, Field::DoneOn) && wanted.done_on.is_some() && wanted.status != Status::Done {
        return Err(Complaint::NotDone);
    }
    Ok(wanted)
}

/// Whether any field was named.
pub(super) fn are_given(call: &Call) -> bool {
    Field::ALL.into_iter().any(|field| is_given(call, field))
}

/// The field's option: its name in the file, with the shell's dash.
const fn option(field: Field) -> &'static str {
    match field {
        Field::DoneOn => "done-on",
        other => other.name(),
    }
}

fn is_given(call: &Call, field: Field) -> bool {
    call.given.contains_id(option(field))
}

/// Agencies are separated by semicolons only: commas occur inside their names.
fn names(call: &Call, field: Field) -> Option<Vec<String>> {
    let typed = call.texts(option(field));
    let names = typed.iter().flat_map(|typed| typed.split([';', '\n'])).map(str::trim);
    is_given(call, field).then(|| names.filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

fn status(call: &Call) -> Option<Status> {
    call.text(option(Field::Status)).map(|name| status_named(&name))
}

/// The status that a word of [`super::options::STATUSES`] stands for.
pub(super) fn status_named(name: &str) -> Status {
    let is_meant = |status: &Status| status.name().eq_ignore_ascii_case(name);
    Status::ALL.into_iter().find(is_meant).expect("the parser lets only these words through")
}

fn done_on(call: &Call, year: i32, task: &Task) -> Result<Option<NaiveDate>, Complaint> {
    let untold = status(call).map_or(task.done_on, |status| task.done_on_with(status, call.calendar.today));
    day(call, Field::DoneOn, year, untold)
}

/// A day of the plan's year, or the one that holds untold; `none` and an empty text clear the field.
fn day(
    call: &Call,
    field: Field,
    year: i32,
    untold: Option<NaiveDate>,
) -> Result<Option<NaiveDate>, Complaint> {
    let Some(typed) = call.text(option(field)) else {
        return Ok(untold);
    };
    if is_none(&typed) {
        return Ok(None);
    }
    let read = time::read_date(&typed, year, call.calendar.today);
    read.map_err(|why| Complaint::Day { option: option(field), found: typed, why })
}

fn quarters(call: &Call, year: i32) -> Result<Option<Quarters>, Complaint> {
    let Some(typed) = call.text(option(Field::Quarters)) else {
        return Ok(None);
    };
    let read = read_quarters(&typed, year).map(Some);
    read.ok_or(Complaint::Value { option: option(Field::Quarters), found: typed, expected: QUARTERS })
}

const QUARTERS: Phrase = Phrase::new(
    "cần các quý: 2; II-III; 1,4; cả năm; hoặc none cho việc thường xuyên",
    "expected quarters: 2; II-III; 1,4; year; or none for ongoing work",
);

/// Numbers and stretches of them, or a time as plans write it.
fn read_quarters(typed: &str, year: i32) -> Option<Quarters> {
    if is_none(typed) {
        return Some(Quarters::default());
    }
    if matches!(text::fold(typed.trim()).as_str(), "year" | "ca nam" | "all") {
        return Some(Quarters::WHOLE_YEAR);
    }
    let parts = typed.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let stretches: Option<Vec<Quarters>> = parts.map(stretch).collect();
    let counted = stretches.map(|stretches| stretches.into_iter().flat_map(Quarters::iter).collect());
    counted
        .or_else(|| Period::read(typed, year).map(Period::quarters))
        .filter(|quarters: &Quarters| !quarters.is_empty())
}

/// `2`, `II`, `Q2`, `II-III`.
fn stretch(part: &str) -> Option<Quarters> {
    let mut ends = part.split(['-', '–']).map(quarter);
    let first = ends.next()??;
    let last = ends.next().unwrap_or(Some(first))?;
    let quarters = Quarter::ALL.into_iter().filter(|quarter| (first..=last).contains(quarter));
    ends.next().is_none().then(|| quarters.collect())
}

fn quarter(word: &str) -> Option<Quarter> {
    let is_meant = |quarter: &Quarter| {
        let number = quarter.number().to_string();
        [number.as_str(), quarter.roman(), quarter.name()].iter().any(|name| name.eq_ignore_ascii_case(word))
    };
    Quarter::ALL.into_iter().find(is_meant)
}

fn is_none(typed: &str) -> bool {
    matches!(text::fold(typed.trim()).as_str(), "" | "none" | "khong" | "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::options::STATUSES;

    #[test]
    fn quarters_are_read_as_people_write_them() {
        use Quarter::{Q1, Q2, Q3, Q4};
        let read = |typed| read_quarters(typed, 2024).map(|quarters| quarters.iter().collect::<Vec<_>>());
        assert_eq!(read("2"), Some(vec![Q2]));
        assert_eq!(read("II-III"), Some(vec![Q2, Q3]));
        assert_eq!(read("q1, q4"), Some(vec![Q1, Q4]));
        assert_eq!(read("Quý II, III"), Some(vec![Q2, Q3]));
        assert_eq!(read("cả năm"), Some(vec![Q1, Q2, Q3, Q4]));
        assert_eq!(read("none"), Some(vec![]));
        assert_eq!(read("5"), None);
        assert_eq!(read("III-I"), None);
    }

    #[test]
    fn every_status_can_be_typed() {
        let named: Vec<Status> = STATUSES.iter().map(|choice| status_named(choice.name)).collect();
        assert_eq!(named, Status::ALL);
    }
}
