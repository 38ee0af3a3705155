//! The fields of a task as they are typed in options.

use chrono::NaiveDate;

use super::{Call, Complaint};
use crate::plan::time::{self, Asked, Period, Rhythm, TimeError};
use crate::plan::{Directory, Field, Plan, Quarters, Status, Task, agency};
use crate::text;
use crate::words::{Lang, Phrase, Spoken};

/// The task as the options want it. Done takes today unless a day is given; what is no longer done has no day
/// of completion.
pub(super) fn wanted(call: &Call, plan: &Plan, task: &Task) -> Result<Task, Complaint> {
    let year = plan.year;
    let text = |field: Field, now: &str| call.text(option(field)).unwrap_or_else(|| now.to_owned());
    let time = text(Field::Time, &task.time);
    // A time that cannot be read is only text; see `unplaced`.
    let place = task.placed_by(&time, year).ok().flatten();
    let wanted = Task {
        no: text(Field::No, &task.no),
        title: text(Field::Title, &task.title),
        lead: names(call, Field::Lead, plan, &task.lead)?,
        support: names(call, Field::Support, plan, &task.support)?,
        quarters: quarters(call, year)?.unwrap_or_else(|| place.map_or(task.quarters, Period::quarters)),
        time,
        due: day(call, Field::Due, year, place.map_or(task.due, Period::due))?,
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

/// The agencies by the names that the plan has for them, as on the screen.
fn names(call: &Call, field: Field, plan: &Plan, before: &[String]) -> Result<Vec<String>, Complaint> {
    if !is_given(call, field) {
        return Ok(before.to_vec());
    }
    let after = Directory::of([plan]).typed(&call.texts(option(field)).join(";"));
    match agency::refused(field, before, &after) {
        Some(why) => Err(Complaint::Refused(format!("--{}: {}", option(field), why.say(call.lang())))),
        None => Ok(after),
    }
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
    let (read, asked) = match field {
        Field::DoneOn => (time::read_past_date(&typed, year, call.calendar.today), Asked::Completion),
        _ => (time::read_date(&typed, year, call.calendar.today), Asked::Deadline),
    };
    read.map_err(|why| Complaint::Day { option: option(field), asked, found: typed, why })
}

fn quarters(call: &Call, year: i32) -> Result<Option<Quarters>, Complaint> {
    let option = option(Field::Quarters);
    let Some(found) = call.text(option) else {
        return Ok(None);
    };
    if is_none(&found) {
        return Ok(Some(Quarters::default()));
    }
    time::read_quarters(&found, year).map(Some).map_err(|why| match why {
        TimeError::Unknown | TimeError::Unfinished => Complaint::Value { option, found, expected: QUARTERS },
        why => Complaint::Day { option, asked: Asked::Time, found, why },
    })
}

const QUARTERS: Phrase = Phrase::new(
    "cần các quý: 2; II-III; 1,4; cả năm; hoặc none cho việc thường xuyên",
    "expected quarters: 2; II-III; 1,4; year; or none for ongoing work",
);

/// What is to be said of a time that puts the task nowhere, unless the call says itself where it stands.
pub(super) fn unplaced(call: &Call, year: i32, before: &Task) -> Option<Spoken> {
    let time =
        call.text(option(Field::Time)).filter(|time| !time.trim().is_empty() && *time != before.time)?;
    if is_given(call, Field::Quarters) || is_given(call, Field::Due) {
        return None;
    }
    let told = |lang| match Period::read(&time, year) {
        Ok(period) => Some(period.rhythm())
            .filter(|rhythm| *rhythm == Rhythm::Recurring)?
            .told()
            .map(|told| told.say(lang).to_owned()),
        Err(why) => Some(why.kept_as_text(lang)),
    };
    Some(Spoken { vi: told(Lang::Vi)?, en: told(Lang::En)? })
}

fn is_none(typed: &str) -> bool {
    matches!(text::fold(typed.trim()).as_str(), "" | "none" | "khong" | "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::options::STATUSES;

    #[test]
    fn every_status_can_be_typed() {
        let named: Vec<Status> = STATUSES.iter().map(|choice| status_named(choice.name)).collect();
        assert_eq!(named, Status::ALL);
    }
}
