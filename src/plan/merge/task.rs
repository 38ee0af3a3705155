//! A task that two people have changed.

use super::notes::{day_and_name, joined};
use super::{Clash, Moment, moment, rows};
use crate::plan::field::{Field, FieldOf};
use crate::plan::history::{Entry, EntryKind, Stamp};
use crate::plan::replay::meet;
use crate::plan::task::Task;
use crate::plan::value::{Kind, Value};

/// What comes of two versions of a task. What only one side has set is as that side has set it.
pub(super) fn merged(
    base: &Task,
    first: &Task,
    second: &Task,
    stamp: &Stamp,
    clashes: &mut Vec<Clash>,
) -> Task {
    let history = histories(&base.history, &first.history, &second.history);
    let task = Task { history, ..base.clone() };
    let mut merge = Merge { base, first, second, stamp, task, clashes, entries: Vec::new(), status: None };
    merge.fields();
    let Merge { mut task, entries, .. } = merge;
    record(&mut task, entries);
    task
}

/// A task that one has deleted and the other has changed: it stays, and says why.
pub(super) fn kept(base: &Task, left: &Task, stamp: &Stamp, clashes: &mut Vec<Clash>) -> Task {
    let mut task = left.clone();
    let newest = left.history.iter().filter(|entry| !base.history.contains(entry)).map(moment).max();
    let entry = Entry::clash(EntryKind::Kept, "", "", &stamped(stamp, newest));
    record(&mut task, vec![entry]);
    clashes.push(Clash::of_task(&task.id, EntryKind::Kept, "", ""));
    task
}

/// The stamp as of a moment, if there is one.
fn stamped(stamp: &Stamp, moment: Option<Moment>) -> Stamp {
    match moment {
        Some((at, by)) => Stamp { at, by: by.to_owned(), ..stamp.clone() },
        None => stamp.clone(),
    }
}

fn record(task: &mut Task, entries: Vec<Entry>) {
    for entry in entries {
        if !task.history.contains(&entry) {
            task.history.push(entry);
            task.history.sort_by_key(|entry| entry.at);
        }
    }
}

/// Everything that either remembers, in the order of time. What one of them has taken out since is taken out: an entry
/// that went on, or that came to nothing.
fn histories(base: &[Entry], first: &[Entry], second: &[Entry]) -> Vec<Entry> {
    let [base, first, second] = [base, first, second].map(|entries| entries.iter().collect::<Vec<_>>());
    let mut all = rows(&base, &first, &second);
    if all != first && all != second {
        all.sort_by_key(|entry| entry.at);
    }
    all.into_iter().cloned().collect()
}

struct Merge<'a> {
    base: &'a Task,
    first: &'a Task,
    second: &'a Task,
    stamp: &'a Stamp,
    task: Task,
    clashes: &'a mut Vec<Clash>,
    entries: Vec<Entry>,
    /// Whose status it is, where they differ: the day of completion goes with it.
    status: Option<Side>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    First,
    Second,
}

impl Merge<'_> {
    fn fields(&mut self) {
        for &field in Field::ALL {
            let [base, first, second] = [self.base, self.first, self.second].map(|task| field.of(task));
            match (first == base, second == base) {
                (true, true) => {}
                (false, true) => self.one(Side::First, field, first),
                (true, false) => self.one(Side::Second, field, second),
                (false, false) => match meet(field.kind(), &base, &first, &second) {
                    Some(value) => field.set(&mut self.task, value),
                    None if field.kind() == Kind::Lines => self.lines(field),
                    None => self.clash(field, first, second),
                },
            }
        }
    }

    /// The field was set by one alone.
    fn one(&mut self, side: Side, field: Field, value: Value) {
        match (field, self.status) {
            (Field::Status, _) => self.status = Some(side),
            // The status that it was the day of has given way.
            (Field::DoneOn, Some(winner)) if winner != side && self.entries.iter().any(Entry::is_status) => {
                return self.lose(field, &value, &field.of(self.base), winner);
            }
            _ => {}
        }
        field.set(&mut self.task, value);
    }

    /// The field was set by both, and differently: the later one stands.
    fn clash(&mut self, field: Field, first: Value, second: Value) {
        let is_first_later = self.when(field, Side::First) > self.when(field, Side::Second);
        let later = if is_first_later { Side::First } else { Side::Second };
        let winner = self.status.filter(|_| field == Field::DoneOn).unwrap_or(later);
        if field == Field::Status {
            self.status = Some(winner);
        }
        let (kept, lost) = if winner == Side::First { (first, second) } else { (second, first) };
        self.lose(field, &lost, &kept, winner);
        field.set(&mut self.task, kept);
    }

    /// Keeps what had to give way, as of the moment when the other was set.
    fn lose(&mut self, field: Field, lost: &Value, kept: &Value, winner: Side) {
        let stamp = stamped(self.stamp, self.when(field, winner));
        let (lost, kept) = (lost.recorded(), kept.recorded());
        self.entries.push(Entry::clash(field, &lost, &kept, &stamp));
        self.clashes.push(Clash::of_task(&self.task.id, field, &lost, &kept));
    }

    /// When the side has last set the field.
    fn when(&self, field: Field, side: Side) -> Option<Moment<'_>> {
        let history = &if side == Side::First { self.first } else { self.second }.history;
        let is_it = |entry: &&Entry| entry.is_of(field);
        history.iter().filter(is_it).filter(|entry| !self.base.history.contains(entry)).map(moment).max()
    }

    /// Where both have written in one place, both texts stay, and somebody should look at what has come of it.
    fn lines(&mut self, field: Field) {
        let [base, first, second] = [self.base, self.first, self.second].map(|it| field.recorded_of(it));
        let heading = self.when(field, Side::Second).map(day_and_name);
        let both = Value::Text(joined(&base, &first, &second, heading.as_deref()).0);
        self.lose(field, &Value::Text(first), &both, Side::Second);
        field.set(&mut self.task, both);
    }
}
