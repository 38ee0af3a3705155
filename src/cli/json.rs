//! What is printed for programs: an interface that only ever grows.

use std::fmt::Write as _;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde::Serialize;

use crate::store::Store;
use crate::text;

/// A plan with something of it.
#[derive(Serialize)]
pub(super) struct OfPlan<'a, T> {
    plan: Head<'a>,
    today: NaiveDate,
    #[serde(flatten)]
    rest: T,
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

impl<'a, T> OfPlan<'a, T> {
    pub(super) fn new(store: &'a Store, today: NaiveDate, rest: T) -> Self {
        let plan = store.plan();
        let present = |text: &'a str| Some(text).filter(|text| !text.is_empty());
        let head = Head {
            title: &plan.title,
            number: present(&plan.number),
            issuer: present(&plan.issuer),
            issued: plan.issued,
            year: plan.year,
            path: store.path().to_string_lossy().into_owned(),
        };
        Self { plan: head, today, rest }
    }
}

/// An object as programs read it, harmless where it is seen.
pub(super) fn print(object: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", escaped(&serde_json::to_string_pretty(object)?))
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
