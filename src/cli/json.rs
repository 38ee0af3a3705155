//! What is printed for programs: an interface that only ever grows.

use std::fmt::Write as _;
use std::io::{self, Write};

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::resolve::OpenedPlans;
use crate::store::Store;
use crate::text;

/// Names and values in this order.
pub(super) struct Object(pub(super) Vec<(&'static str, Value)>);

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// A plan with something of it.
#[derive(Serialize)]
pub(super) struct OfPlan<T> {
    plan: Object,
    today: NaiveDate,
    #[serde(flatten)]
    rest: T,
}

impl<T> OfPlan<T> {
    pub(super) fn new(store: &Store, today: NaiveDate, rest: T) -> Self {
        let plan = store.plan();
        let present = |text: &str| Some(text).filter(|text| !text.is_empty()).into();
        let plan = Object(vec![
            ("title", json!(plan.title)),
            ("number", present(&plan.number)),
            ("issuer", present(&plan.issuer)),
            ("issued", json!(plan.issued)),
            ("year", json!(plan.year)),
            ("path", json!(store.path().to_string_lossy())),
        ]);
        Self { plan, today, rest }
    }
}

/// An object as programs read it, harmless where it is seen.
pub(super) fn print(object: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", escaped(&serde_json::to_string_pretty(object)?))
}

/// What there is of each of the plans that have opened: of one plan an object, of several a list of such objects.
pub(super) fn print_plans<T: Serialize>(
    plans: &OpenedPlans,
    objects: &[OfPlan<T>],
    out: &mut dyn Write,
) -> io::Result<()> {
    match objects {
        [only] if !plans.are_several() => print(only, out),
        objects => print(&objects, out),
    }
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
