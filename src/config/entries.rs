//! The settings of a configuration as they stand in its text, each by itself: one that is wrong costs no other.

use std::fmt;

use ron::value::RawValue;
use serde::de::{DeserializeSeed, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::place_of;
use crate::document::Place;

/// `name: value`, with the offsets of both in bytes.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) name: &'a str,
    pub(super) at: usize,
    pub(super) place: Place,
    pub(super) value: &'a str,
    pub(super) value_at: usize,
}

/// The settings, and where the text stops being readable, if it does.
pub(super) fn of(text: &str) -> (Vec<Entry<'_>>, Option<Place>) {
    let mut entries = Vec::new();
    if is_blank(text) {
        return (entries, None);
    }
    let broken = read(text, &mut entries).err();
    let place = broken.map(|error| Place { line: error.span.start.line, column: error.span.start.col });
    (entries, place)
}

fn read<'a>(text: &'a str, entries: &mut Vec<Entry<'a>>) -> Result<(), ron::error::SpannedError> {
    let mut deserializer = ron::Deserializer::from_str(text)?;
    Entries { text, entries }
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| deserializer.span_error(error))
}

/// Whether nothing but comments is there: a file that somebody has only begun.
fn is_blank(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with("//"))
}

/// Collects what is read, so that it is kept when the text breaks off.
struct Entries<'a, 'e> {
    text: &'a str,
    entries: &'e mut Vec<Entry<'a>>,
}

impl<'a> DeserializeSeed<'a> for Entries<'a, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'a>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_struct("Config", &[], self)
    }
}

impl<'a> Visitor<'a> for Entries<'a, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("settings in parentheses")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        let offset = |part: &str| part.as_ptr() as usize - self.text.as_ptr() as usize;
        while let Some(Name(name)) = map.next_key()? {
            let value = map.next_value::<&RawValue>()?.trim().get_ron();
            let at = offset(name);
            let place = place_of(self.text, at);
            self.entries.push(Entry { name, at, place, value, value_at: offset(value) });
        }
        Ok(())
    }
}

/// The name of a setting, borrowed from the text.
struct Name<'a>(&'a str);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrowed;
        impl<'de> Visitor<'de> for Borrowed {
            type Value = Name<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a setting")
            }
            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
                Ok(Name(name))
            }
        }
        deserializer.deserialize_identifier(Borrowed)
    }
}
