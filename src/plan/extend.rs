//! Gia hạn: a later deadline that was granted. The deadline of the plan stays as printed beside it.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::Plan;
use super::change::{Change, Edit};
use super::field::Field;
use super::history::{Entry, Why};
use super::table::Extension;
use super::task::Task;

impl Plan {
    /// Changes that move the deadline of a task on with a reason, as an extension of it, by a document and its day.
    #[must_use]
    pub fn granted(&self, changes: Vec<Change>, why: &Why, by: &Extension) -> (Vec<Change>, Why) {
        let Why::Extension(reason) = why else { return (changes, why.clone()) };
        let granted = |change: Change| {
            let extended = change.edit_in(Field::Due).zip(self.task_of(&change));
            let Some((due, task)) = extended.filter(|(due, _)| due.after.day().is_some()) else {
                return vec![change];
            };
            let extension = Extension { to: due.after.day(), why: reason.clone(), ..by.clone() };
            Change::edits(&task.id, task.extend(extension, self.year))
        };
        (changes.into_iter().flat_map(granted).collect(), Why::Untold)
    }
}

impl Task {
    /// The deadline as the plan has printed it: its due date, or the end of its last quarter.
    pub fn printed_deadline(&self, year: i32) -> Option<NaiveDate> {
        self.due.or_else(|| self.last_day_of_quarters(year))
    }

    /// The due date from before an extension of older plans, which told of the deadline: none where that was the end of
    /// the quarters.
    pub(super) fn due_before(&self, extension: &Entry, year: i32) -> Option<NaiveDate> {
        let deadline = extension.from.parse().ok();
        deadline.filter(|_| deadline != self.last_day_of_quarters(year))
    }

    pub(super) fn last_day_of_quarters(&self, year: i32) -> Option<NaiveDate> {
        Some(self.quarters.last()?.last_day(year))
    }

    /// The deadline of the extension that was granted last, if one was: of several on one day, the last of the list.
    pub fn extended_deadline(&self) -> Option<NaiveDate> {
        let granted = self.extensions.iter().filter(|extension| extension.to.is_some());
        granted.max_by_key(|extension| extension.on)?.to
    }

    /// What older plans remember of extensions: entries of the history, with the new deadline in `due`. Once the task
    /// has a list of its own, they are told there.
    pub(super) fn granted_before(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.history.iter().filter(|entry| self.extensions.is_empty() && entry.is_extension())
    }

    /// The extensions, oldest first, wherever they are remembered.
    pub fn granted(&self) -> Cow<'_, [Extension]> {
        if !self.extensions.is_empty() {
            return Cow::Borrowed(&self.extensions);
        }
        let row = |entry: &Entry| Extension {
            to: entry.to.parse().ok(),
            on: Some(entry.office_day()),
            doc: String::new(),
            why: entry.note.clone(),
        };
        self.granted_before().map(row).collect()
    }

    /// How often it was extended.
    pub fn times_extended(&self) -> usize {
        if self.extensions.is_empty() { self.granted_before().count() } else { self.extensions.len() }
    }

    /// The deadline before it was ever extended, if it was.
    pub fn first_deadline(&self, year: i32) -> Option<NaiveDate> {
        if !self.extensions.is_empty() {
            return self.printed_deadline(year);
        }
        self.granted_before().next().and_then(|entry| entry.from.parse().ok())
    }

    /// What grants it one more extension. What an older plan remembers comes into the list with it, and the printed
    /// deadline back to its place.
    pub fn extend(&self, extension: Extension, year: i32) -> Vec<Edit> {
        let mut edits = Vec::new();
        if let Some(first) = self.granted_before().next() {
            edits.push(Edit::of(Field::Due, self, self.due_before(first, year)));
        }
        let mut extensions = self.granted().into_owned();
        extensions.push(extension);
        edits.push(Edit::of(Field::Extensions, self, extensions));
        edits.retain(|edit| !edit.is_idle());
        edits
    }

    /// What mends a slip in the deadline that holds now.
    pub fn correct_deadline(&self, due: Option<NaiveDate>) -> Edit {
        let last = self.extended_deadline();
        let mut extensions = self.extensions.clone();
        match extensions.iter_mut().rev().find(|extension| last.is_some() && extension.to == last) {
            Some(extension) if due.is_some() => {
                extension.to = due;
                Edit::of(Field::Extensions, self, extensions)
            }
            _ => Edit::of(Field::Due, self, due),
        }
    }
}
