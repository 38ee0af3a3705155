//! Who changed what of a task, and when.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::change::Edit;
use super::field::Field;
use super::status::Status;
use super::task::Task;
use super::time::{Quarter, Quarters};

/// One line of a task's history: who changed what, when, from what to what, and why.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename = "Entry")]
pub struct Entry {
    pub at: DateTime<FixedOffset>,
    #[serde(default)]
    pub by: String,
    /// The field by its name in the file, or [`Entry::ADDED`].
    #[serde(default)]
    pub field: String,
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
}

impl Entry {
    /// What stands for the field where the whole task is new.
    pub const ADDED: &'static str = "add";

    /// What stands for the field where the deadline was moved, not corrected: from the one deadline to the other.
    pub const EXTENDED: &'static str = "extend";

    /// What stands for the field where the whole task is gone. Only a task that is in no plan has such an entry.
    pub const REMOVED: &'static str = "remove";

    /// What stands for the field where one has deleted the task and another was working on it: it stays.
    pub const KEPT: &'static str = "keep";
}

/// Who is about to change something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// To the second.
    pub at: DateTime<FixedOffset>,
    /// The login name of the real user.
    pub by: String,
    pub why: Why,
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
    pub(super) fn named(field: &str, stamp: &Stamp) -> Self {
        Self {
            at: stamp.at,
            by: stamp.by.clone(),
            field: field.to_owned(),
            from: String::new(),
            to: String::new(),
            note: String::new(),
            clash: false,
            done_on: String::new(),
        }
    }

    pub(super) fn of(edit: &Edit, stamp: &Stamp) -> Self {
        let (from, to) = edit.values();
        Self { from, to, ..Self::named(edit.field().name(), stamp) }
    }

    /// Whether it is about this field. An extension is about the deadline, and a status that came or went with a day of
    /// completion is about that too.
    pub fn is_of(&self, field: Field) -> bool {
        self.field == field.name()
            || field == Field::Due && self.is_extension()
            || field == Field::DoneOn && self.field == Field::Status.name() && !self.done_on.is_empty()
    }

    /// Whether it tells that this edit has led to where it is now.
    pub fn tells_of(&self, edit: &Edit) -> bool {
        let (_, to) = edit.values();
        match edit.field() {
            Field::DoneOn if self.field == Field::Status.name() => to == self.day(),
            field => self.is_of(field) && (self.to == to || self.is_extension()),
        }
    }

    pub fn is_extension(&self) -> bool {
        self.field == Self::EXTENDED
    }

    /// The day of completion that an entry about the status has led to.
    pub(super) fn day(&self) -> &str {
        if self.to == Status::Done.name() { &self.done_on } else { "" }
    }
}

impl Task {
    /// The deadlines that were moved, oldest first. The first of them begins at the first deadline.
    pub fn extensions(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.history.iter().filter(|entry| entry.is_extension())
    }

    /// The task as it went, with who deleted it in its history.
    #[must_use]
    pub fn removed(mut self, stamp: &Stamp) -> Self {
        self.history.push(Entry::named(Entry::REMOVED, stamp));
        self
    }

    /// The deadline before it was ever moved, if it was.
    pub fn first_deadline(&self) -> Option<NaiveDate> {
        self.extensions().next().and_then(|entry| entry.from.parse().ok())
    }
}

impl Field {
    /// What a task has there, as a history would have it.
    pub fn recorded_of(self, task: &Task) -> String {
        match self {
            Self::No => task.no.clone(),
            Self::Title => task.title.clone(),
            Self::Lead => task.lead.join("; "),
            Self::Support => task.support.join("; "),
            Self::Quarters => names_of(task.quarters),
            Self::Time => task.time.clone(),
            Self::Due => task.due.map_or_else(String::new, iso),
            Self::Status => task.status.name().to_owned(),
            Self::DoneOn => task.done_on.map_or_else(String::new, iso),
            Self::Output => task.output.clone(),
            Self::Note => task.note.clone(),
        }
    }
}

impl Edit {
    /// What was there and what is there, as the file would have it.
    pub fn values(&self) -> (String, String) {
        let (mut before, mut after) = (Task::default(), Task::default());
        self.inverse().put(&mut before);
        self.put(&mut after);
        (self.field().recorded_of(&before), self.field().recorded_of(&after))
    }
}

fn names_of(quarters: Quarters) -> String {
    quarters.iter().map(Quarter::name).collect::<Vec<_>>().join(", ")
}

pub(super) fn iso(day: NaiveDate) -> String {
    day.to_string()
}
