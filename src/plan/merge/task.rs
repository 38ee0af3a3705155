//! A task that two people have changed.

use std::collections::HashMap;

use super::notes::{day_and_name, joined};
use super::{Clash, Moment, moment, names};
use crate::plan::change::Edit;
use crate::plan::compare::edits;
use crate::plan::field::Field;
use crate::plan::history::{Entry, Stamp};
use crate::plan::task::Task;

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
    let (at, by) = newest.unwrap_or((stamp.at, &stamp.by));
    let nothing = String::new;
    let entry = Entry {
        at,
        by: by.to_owned(),
        field: Entry::KEPT.to_owned(),
        from: nothing(),
        to: nothing(),
        note: nothing(),
        clash: true,
        done_on: nothing(),
    };
    record(&mut task, vec![entry]);
    let id = Some(task.id.clone());
    clashes.push(Clash { task: id, field: Entry::KEPT.to_owned(), lost: nothing(), kept: nothing() });
    task
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
    let [in_base, in_first, in_second] = [base, first, second].map(counts);
    let of = |counts: &HashMap<&Entry, usize>, entry: &Entry| counts.get(entry).copied().unwrap_or_default();
    let wanted = |entry: &Entry| {
        let (one, other) = (of(&in_first, entry), of(&in_second, entry));
        if one.min(other) < of(&in_base, entry) { one.min(other) } else { one.max(other) }
    };
    let has_own = |entries: &[Entry], others: &HashMap<&Entry, usize>| {
        entries.iter().any(|entry| of(others, entry) < wanted(entry))
    };
    let (is_first_behind, is_second_behind) = (!has_own(first, &in_second), !has_own(second, &in_first));
    let order = if is_first_behind { [second, first] } else { [first, second] };
    let (mut all, mut taken) = (Vec::with_capacity(first.len() + 1), HashMap::new());
    for entry in order.into_iter().flatten() {
        let count: &mut usize = taken.entry(entry).or_default();
        *count += 1;
        if *count <= wanted(entry) {
            all.push(entry.clone());
        }
    }
    if !is_first_behind && !is_second_behind {
        all.sort_by_key(|entry| entry.at);
    }
    all
}

fn counts(entries: &[Entry]) -> HashMap<&Entry, usize> {
    let mut counts = HashMap::with_capacity(entries.len());
    for entry in entries {
        *counts.entry(entry).or_default() += 1;
    }
    counts
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
        let (by_first, by_second) = (edits(self.base, self.first), edits(self.base, self.second));
        for field in Field::ALL {
            let of = |edits: &[Edit]| edits.iter().find(|edit| edit.field() == field).cloned();
            match (of(&by_first), of(&by_second)) {
                (None, None) => {}
                (Some(one), Some(other)) if one == other => one.put(&mut self.task),
                (Some(one), Some(other)) => self.both(&one, &other),
                (Some(edit), None) => self.one(Side::First, &edit),
                (None, Some(edit)) => self.one(Side::Second, &edit),
            }
        }
    }

    fn one(&mut self, side: Side, edit: &Edit) {
        match (edit.field(), self.status) {
            (Field::Status, _) => self.status = Some(side),
            // The status that it was the day of has given way.
            (Field::DoneOn, Some(winner)) if winner != side && self.has_status_clash() => {
                let (now, lost) = edit.values();
                return self.lose(edit.field(), lost, now, winner);
            }
            _ => {}
        }
        edit.put(&mut self.task);
    }

    fn has_status_clash(&self) -> bool {
        self.entries.iter().any(|entry| entry.field == Field::Status.name())
    }

    /// The field was set by both, and differently.
    fn both(&mut self, one: &Edit, other: &Edit) {
        let (base, first, second) = (self.base, self.first, self.second);
        match one.field() {
            Field::Lead => self.task.lead = names(&base.lead, &first.lead, &second.lead),
            Field::Support => self.task.support = names(&base.support, &first.support, &second.support),
            Field::Note => self.notes(),
            field => self.clash(field, one, other),
        }
    }

    fn clash(&mut self, field: Field, one: &Edit, other: &Edit) {
        let later = if self.when(field, Side::First) > self.when(field, Side::Second) {
            Side::First
        } else {
            Side::Second
        };
        let winner = self.status.filter(|_| field == Field::DoneOn).unwrap_or(later);
        if field == Field::Status {
            self.status = Some(winner);
        }
        let (won, lost) = if winner == Side::First { (one, other) } else { (other, one) };
        won.put(&mut self.task);
        self.lose(field, lost.values().1, won.values().1, winner);
    }

    /// Keeps what had to give way, as of the moment when the other was set.
    fn lose(&mut self, field: Field, lost: String, kept: String, winner: Side) {
        let (at, by) = self.when(field, winner).unwrap_or((self.stamp.at, &self.stamp.by));
        let (by, name) = (by.to_owned(), field.name().to_owned());
        let (from, to, [note, done_on]) = (lost.clone(), kept.clone(), [const { String::new() }; 2]);
        self.entries.push(Entry { at, by, field: name.clone(), from, to, note, clash: true, done_on });
        self.clashes.push(Clash { task: Some(self.task.id.clone()), field: name, lost, kept });
    }

    /// When the side has last set the field.
    fn when(&self, field: Field, side: Side) -> Option<Moment<'_>> {
        let history = &if side == Side::First { self.first } else { self.second }.history;
        let is_it = |entry: &&Entry| entry.is_of(field);
        history.iter().filter(is_it).filter(|entry| !self.base.history.contains(entry)).map(moment).max()
    }

    /// Where both have written in one place, somebody should look at what has come of it.
    fn notes(&mut self) {
        let [base, first, second] = [self.base, self.first, self.second].map(|task| task.note.as_str());
        let heading = self.when(Field::Note, Side::Second).map(day_and_name);
        let (note, is_clash) = joined(base, first, second, heading.as_deref());
        if is_clash {
            self.lose(Field::Note, self.first.note.clone(), note.clone(), Side::Second);
        }
        self.task.note = note;
    }
}
