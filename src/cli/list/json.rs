//! The list for programs: one object, an interface that only ever grows.

use std::fmt::Write as _;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use super::{Listing, Row};
use crate::plan::{Quarter, Task};
use crate::store::Store;
use crate::text;

#[derive(Serialize)]
struct Object<'a> {
    plan: Head<'a>,
    today: NaiveDate,
    tasks: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Head<'a> {
    title: &'a str,
    number: Option<&'a str>,
    issuer: Option<&'a str>,
    issued: Option<NaiveDate>,
    year: i32,
    path: String,
}

#[derive(Serialize)]
struct Line<'a> {
    id: String,
    no: Option<&'a str>,
    title: &'a str,
    lead: &'a [String],
    support: &'a [String],
    quarters: Vec<usize>,
    ongoing: bool,
    time: Option<&'a str>,
    deadline: Option<NaiveDate>,
    due: Option<NaiveDate>,
    first_deadline: Option<NaiveDate>,
    status: &'static str,
    state: &'static str,
    days_left: Option<i64>,
    done_on: Option<NaiveDate>,
    output: Option<&'a str>,
    note: Option<&'a str>,
}

/// One plan is an object, and several are a list of such objects.
pub(super) fn write(listing: &Listing, out: &mut dyn Write) -> io::Result<()> {
    let object = |(at, store)| Object {
        plan: head(store),
        today: listing.calendar.today,
        tasks: listing.rows.iter().filter(|row| row.plan == at).map(line).collect(),
    };
    let objects: Vec<_> = listing.stores.iter().enumerate().map(object).collect();
    match objects.as_slice() {
        [only] if !listing.is_of_several() => print(only, out),
        objects => print(&objects, out),
    }
}

/// One task whole, and what else is known of it.
pub(in crate::cli) fn write_task(
    store: &Store,
    row: &Row,
    today: NaiveDate,
    history: &impl Serialize,
    out: &mut dyn Write,
) -> io::Result<()> {
    print(&Whole { plan: head(store), today, task: line(row), history }, out)
}

#[derive(Serialize)]
struct Whole<'a, H> {
    plan: Head<'a>,
    today: NaiveDate,
    task: Line<'a>,
    history: &'a H,
}

/// An object as programs read it, harmless where it is seen.
pub(in crate::cli) fn print(object: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", escaped(&serde_json::to_string_pretty(object)?))
}

fn head(store: &Store) -> Head<'_> {
    let plan = store.plan();
    Head {
        title: &plan.title,
        number: present(&plan.number),
        issuer: present(&plan.issuer),
        issued: plan.issued,
        year: plan.year,
        path: store.path().to_string_lossy().into_owned(),
    }
}

fn line<'a>(row: &Row<'a>) -> Line<'a> {
    let task: &'a Task = row.task;
    Line {
        id: task.id.to_string(),
        no: present(&task.no),
        title: &task.title,
        lead: &task.lead,
        support: &task.support,
        quarters: task.quarters.iter().map(Quarter::number).collect(),
        ongoing: task.is_ongoing(),
        time: present(&task.time),
        deadline: row.deadline,
        due: task.due,
        first_deadline: row.first_deadline,
        status: task.status.name(),
        state: row.state.name(),
        days_left: row.days_left,
        done_on: task.done_on,
        output: present(&task.output),
        note: present(&task.note),
    }
}

fn present(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

/// JSON lets most characters through that act on a terminal; here they stand as numbers, which mean the same.
/// Line breaks between the values are the only ones that are not within a text.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if !text::is_hidden(c) {
            escaped.push(c);
            continue;
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            write!(escaped, "\\u{unit:04x}").expect("a string takes all that is written");
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_a_number() {
        let hostile = "a\u{202e}b\u{9b}c\u{e0001}d";
        let json = escaped(&serde_json::to_string(hostile).unwrap());
        assert_eq!(json, "\"a\\u202eb\\u009bc\\udb40\\udc01d\"");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
    }
}
