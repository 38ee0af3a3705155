//! Who changed what of a task, and when.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::change::Edit;
use super::field::Field;
use super::status::Status;
use super::task::Task;

/// One line of a task's history: who changed what, when, from what to what, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename = "Entry")]
pub struct Entry {
    pub at: DateTime<FixedOffset>,
    #[serde(default)]
    pub by: String,
    #[serde(default, rename = "field")]
    pub kind: EntryKind,
    #[serde(default)]
    pub from: String,
    #[serde(default)]
    pub to: String,
    #[serde(default)]
    pub note: String,
    /// Two people set the field at the same time: `from` is what one of them wanted and did not get.
    #[serde(default)]
    pub clash: bool,
    /// The day of completion, where the status became done with it, or was done with it until then.
    #[serde(default)]
    pub done_on: String,
    /// The day from which a status holds, where it was set about another day than that of `at`.
    #[serde(default)]
    pub on: String,
}

/// What an entry tells of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum EntryKind {
    /// A field was changed.
    Field(Field),
    /// The whole task is new.
    Added,
    /// The deadline was moved, not corrected: from the one deadline to the other.
    Extended,
    /// The whole task is gone. Only a task that is in no plan has such an entry.
    Removed,
    /// One has deleted the task and another was working on it: it stays.
    Kept,
    /// A field that this version of the program does not know, by its name in the file.
    Unknown(String),
}

impl EntryKind {
    /// Those that are about no single field, and what stands for the field in the file.
    const EVENTS: [(Self, &'static str); 4] =
        [(Self::Added, "add"), (Self::Extended, "extend"), (Self::Removed, "remove"), (Self::Kept, "keep")];

    /// What stands in the file.
    pub fn name(&self) -> &str {
        match self {
            Self::Field(field) => field.name(),
            Self::Unknown(name) => name,
            event => Self::EVENTS.iter().find(|(known, _)| known == event).map_or("", |(_, name)| name),
        }
    }

    pub const fn field(&self) -> Option<Field> {
        match self {
            Self::Field(field) => Some(*field),
            _ => None,
        }
    }
}

impl From<String> for EntryKind {
    fn from(name: String) -> Self {
        let event = Self::EVENTS.into_iter().find(|(_, known)| *known == name).map(|(event, _)| event);
        Field::named(&name).map(Self::Field).or(event).unwrap_or(Self::Unknown(name))
    }
}

impl From<EntryKind> for String {
    fn from(kind: EntryKind) -> Self {
        kind.name().to_owned()
    }
}

impl From<Field> for EntryKind {
    fn from(field: Field) -> Self {
        Self::Field(field)
    }
}

impl Default for EntryKind {
    fn default() -> Self {
        Self::Unknown(String::new())
    }
}

/// Who is about to change something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// To the second.
    pub at: DateTime<FixedOffset>,
    /// The login name of the real user.
    pub by: String,
    pub why: Why,
    /// The day that it is set about, where that is not the day of `at`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
}

/// What is recorded beside a change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Why {
    #[default]
    Untold,
    Reason(String),
    /// The deadline is moved, with the reason and the document that allows it. Correcting one is not an extension.
    Extension(String),
    /// It was made over what somebody else had set at the same time.
    Clash,
    /// It takes back what its maker has made: what was recorded of that goes with it.
    Undo,
}

impl Entry {
    pub(super) fn new(kind: impl Into<EntryKind>, stamp: &Stamp) -> Self {
        Self { at: stamp.at, by: stamp.by.clone(), kind: kind.into(), ..Self::default() }
    }

    pub(super) fn of(edit: &Edit, stamp: &Stamp) -> Self {
        let (from, to) = edit.values();
        Self { from, to, ..Self::new(edit.field, stamp) }
    }

    /// What one of two has set and did not get, and what stands instead.
    pub(crate) fn clash(kind: impl Into<EntryKind>, lost: &str, kept: &str, stamp: &Stamp) -> Self {
        Self { from: lost.to_owned(), to: kept.to_owned(), clash: true, ..Self::new(kind, stamp) }
    }

    pub fn is_status(&self) -> bool {
        self.kind == EntryKind::Field(Field::Status)
    }

    /// Whether it is about this field. An extension is about the deadline, and a status that came or went with a day of
    /// completion is about that too.
    pub fn is_of(&self, field: Field) -> bool {
        self.kind == EntryKind::Field(field)
            || field == Field::Due && self.is_extension()
            || field == Field::DoneOn && self.is_status() && !self.done_on.is_empty()
    }

    /// Whether it tells that this edit has led to where it is now.
    pub fn tells_of(&self, edit: &Edit) -> bool {
        let to = edit.after.recorded();
        match edit.field {
            Field::DoneOn if self.is_status() => to == self.day(),
            field => self.is_of(field) && (self.to == to || self.is_extension()),
        }
    }

    pub(super) fn is_extension(&self) -> bool {
        self.kind == EntryKind::Extended
    }

    /// The day of completion that an entry about the status has led to.
    pub(super) fn day(&self) -> &str {
        if self.to == Status::Done.name() { &self.done_on } else { "" }
    }
}

impl Task {
    /// The task as it went, with who deleted it in its history.
    #[must_use]
    pub fn removed(mut self, stamp: &Stamp) -> Self {
        self.history.push(Entry::new(EntryKind::Removed, stamp));
        self
    }
}

pub(super) fn iso(day: NaiveDate) -> String {
    day.to_string()
}
