//! Who changed what of a task, and when.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Plan;
use super::change::{Change, Diff, Edit};
use super::task::Task;
use super::time::{Quarter, Quarters};

/// One line of a task's history: who changed what, when, from what to what, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
}

impl Plan {
    /// Writes into the tasks' histories that these changes were made. Places in the plan are not recorded.
    pub fn record(&mut self, made: &[Change], stamp: &Stamp) {
        let bearer = self.bearer(made);
        for (nth, change) in made.iter().enumerate() {
            let Some(at) = self.position(change.task()) else { continue };
            let mut entry = match change {
                Change::Edit { edit, .. } => Entry::of(edit, stamp),
                Change::Add { .. } => Entry::named(Entry::ADDED, stamp),
                Change::Remove { .. } | Change::Move { .. } => continue,
            };
            match (&stamp.why, change) {
                (Why::Extension(reason), Change::Edit { edit: Edit::Due(diff), .. }) => {
                    self.extend(&mut entry, at, diff, reason);
                }
                (Why::Reason(reason), _) if bearer == Some(nth) => entry.note.clone_from(reason),
                (Why::Clash, _) => entry.clash = true,
                _ => {}
            }
            Arc::make_mut(&mut self.tasks[at]).history.push(entry);
        }
    }

    /// Which of the changes a reason stands with: it is said once for those that belong together, beside the status if
    /// that is changed, and only where something is recorded.
    fn bearer(&self, made: &[Change]) -> Option<usize> {
        let is_recorded = |change: &Change| {
            let is_kept = matches!(change, Change::Edit { .. } | Change::Add { .. });
            is_kept && self.position(change.task()).is_some()
        };
        let is_status = |change: &Change| matches!(change, Change::Edit { edit: Edit::Status(_), .. });
        let status = made.iter().position(|change| is_status(change) && is_recorded(change));
        status.or_else(|| made.iter().position(is_recorded))
    }

    /// An extension goes from deadline to deadline, also where the first is the end of a quarter.
    fn extend(&self, entry: &mut Entry, at: usize, due: &Diff<Option<NaiveDate>>, reason: &str) {
        let task = &self.tasks[at];
        let end = || task.quarters.last().map(|quarter| quarter.last_day(self.year));
        Entry::EXTENDED.clone_into(&mut entry.field);
        entry.from = due.before.or_else(end).map_or_else(String::new, iso);
        entry.to = due.after.or_else(end).map_or_else(String::new, iso);
        reason.clone_into(&mut entry.note);
    }
}

impl Entry {
    fn named(field: &str, stamp: &Stamp) -> Self {
        Self {
            at: stamp.at,
            by: stamp.by.clone(),
            field: field.to_owned(),
            from: String::new(),
            to: String::new(),
            note: String::new(),
            clash: false,
        }
    }

    fn of(edit: &Edit, stamp: &Stamp) -> Self {
        let (from, to) = edit.values();
        Self { from, to, ..Self::named(edit.field().name(), stamp) }
    }
}

impl Task {
    /// The deadlines that were moved, oldest first. The first of them begins at the first deadline.
    pub fn extensions(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.history.iter().filter(|entry| entry.field == Entry::EXTENDED)
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

impl Edit {
    /// What was there and what is there, as the file would have it.
    pub fn values(&self) -> (String, String) {
        match self {
            Self::No(diff) | Self::Title(diff) | Self::Time(diff) | Self::Output(diff) | Self::Note(diff) => {
                both(diff, String::clone)
            }
            Self::Lead(diff) | Self::Support(diff) => both(diff, |names| names.join("; ")),
            Self::Quarters(diff) => both(diff, |quarters| names_of(*quarters)),
            Self::Due(diff) | Self::DoneOn(diff) => both(diff, |day| day.map_or_else(String::new, iso)),
            Self::Status(diff) => both(diff, |status| status.name().to_owned()),
        }
    }
}

fn both<T>(diff: &Diff<T>, write: impl Fn(&T) -> String) -> (String, String) {
    (write(&diff.before), write(&diff.after))
}

fn names_of(quarters: Quarters) -> String {
    quarters.iter().map(Quarter::name).collect::<Vec<_>>().join(", ")
}

fn iso(day: NaiveDate) -> String {
    day.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Status, TaskId};

    fn plan() -> Plan {
        let tasks = ["a", "b"].map(|id| Arc::new(Task { id: TaskId::new(id), ..Task::default() })).to_vec();
        let (title, number, issuer) = (String::new(), String::new(), String::new());
        Plan { version: 1, title, number, issuer, issued: None, year: 2024, agencies: Vec::new(), tasks }
    }

    /// The fields beside which the reason stands, when these changes are made with one.
    fn reasoned(changes: &[Change]) -> Vec<String> {
        let mut plan = plan();
        let made = plan.make(changes).expect("the changes fit");
        let at = "2024-05-20T09:10:00+07:00".parse().expect("a time");
        plan.record(&made, &Stamp { at, by: "lan".into(), why: Why::Reason("theo công văn 12".into()) });
        let entries = plan.tasks.iter().flat_map(|task| &task.history);
        entries.filter(|entry| entry.note == "theo công văn 12").map(|entry| entry.field.clone()).collect()
    }

    #[test]
    fn a_reason_stands_once_and_with_the_status_if_that_is_changed() {
        let (task, b) = (TaskId::new("a"), TaskId::new("b"));
        let edit = |edit| Change::Edit { task: task.clone(), edit };
        let note = edit(Edit::Note(Diff::new(String::new(), "x".into())));
        let status = edit(Edit::Status(Diff::new(Status::Todo, Status::Paused)));
        let moved = Change::Move { task: task.clone(), from: None, to: Some(b.clone()) };
        let gone = Change::Remove { task: Box::new(Task { id: b, ..Task::default() }), after: None };
        assert_eq!(reasoned(&[note.clone(), status.clone()]), ["status"]);
        assert_eq!(reasoned(&[moved.clone(), note.clone()]), ["note"]);
        assert_eq!(reasoned(&[gone.clone(), note.clone(), status]), ["status"]);
        assert_eq!(reasoned(&[moved, gone]), Vec::<String>::new(), "nothing remembers what is gone");
        assert_eq!(reasoned(&[note]), ["note"]);
    }
}
