//! Changes that were saved and then overwritten by an editor with an older text.
//!
//! They are offered until somebody decides, and remembered meanwhile: the next save makes a text in which one can
//! no longer see how they went missing. Whoever sets the same field again without having seen them decides nothing:
//! then two have set it, and both are kept.

use std::collections::HashSet;
use std::io;

use serde::{Deserialize, Serialize};

use super::lines::{self, Safety};
use super::log::{self, Later};
use super::promise::Promise;
use super::site::{Kept, Site};
use crate::plan::{Change, Deed, Edit, Entry, Field, FieldOf, Plan, Stamp, Status, Task, TaskId};

/// What was saved and is not in the plan any more, though nobody has set it back in so many words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing {
    /// Who changed what and when, oldest first.
    pub deeds: Vec<Deed>,
    /// The part of them in whose place others have set something since, without having seen it. What they have set
    /// stays, and this comes into the histories, marked.
    pub outdone: Vec<Deed>,
}

/// What became of it when it was brought back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled {
    /// It is in the plan again, or at least in its histories where somebody has gone on from it.
    pub back: Vec<Deed>,
    /// It is in the histories, marked: others have set something else.
    pub outdone: Vec<Deed>,
    /// It could not be made: a task that was deleted, and that somebody was working on.
    pub refused: Vec<Deed>,
}

/// All that is missing in this text.
pub(super) fn in_text(site: &Site, text: &[u8], plan: &Plan) -> Missing {
    let mut deeds = remembered(site);
    deeds.retain(|deed| deed.is_told_in(plan) != Some(true));
    let unheard = log::unheard_of(site, text, plan);
    let new = log::without(&unheard.deeds, &deeds);
    deeds.extend(new);
    if deeds.is_empty() {
        return Missing::default();
    }
    let (later, gone) = (log::later_than(site, &deeds, &unheard), log::gone_before(site, &unheard));
    Losses { plan, deeds: &deeds, later: &later, gone: &gone }.missing()
}

/// The part of these deeds that the plan still does not have.
pub(super) fn still(deeds: &[Deed], plan: &Plan) -> Vec<Deed> {
    let later = vec![Later::new(); deeds.len()];
    Losses { plan, deeds, later: &later, gone: &HashSet::new() }.missing().deeds
}

/// A deed as it is remembered.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    changes: Vec<Change>,
    stamp: Stamp,
    /// It need not be remembered any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_settled: bool,
}

/// Keeps in mind what is missing, before a save covers the traces; and no more what is there again.
pub(super) fn remember(site: &Site, missing: &[Deed], plan: &Plan) -> io::Result<()> {
    let known = remembered(site);
    let mut records: Vec<Record> = Vec::new();
    let is_back = |deed: &&Deed| deed.is_told_in(plan) == Some(true);
    records.extend(known.iter().filter(is_back).map(|deed| Record::of(deed.clone(), true)));
    let new = log::without(missing, &known);
    records.extend(new.into_iter().map(|deed| Record::of(deed, false)));
    if records.is_empty() {
        return Ok(());
    }
    lines::append(&site.missing(), &records, Safety::Usual)?;
    clear_if_settled(site)
}

/// The first of them are those that the first version let wait beside the plan, where anybody who may write the plan
/// could have put them: they are made only if somebody wants it.
fn remembered(site: &Site) -> Vec<Deed> {
    let waiting: Vec<Promise> = lines::read(&site.waiting_beside()).unwrap_or_default();
    let mut deeds: Vec<Deed> = waiting.into_iter().map(|promise| promise.deed).collect();
    for Record { changes, stamp, is_settled } in lines::read(&site.missing()).unwrap_or_default() {
        let deed = Deed { changes, stamp };
        if is_settled {
            deeds = log::without(&deeds, &[deed]);
        } else {
            deeds.push(deed);
        }
    }
    deeds
}

/// Somebody has decided.
pub(super) fn forget(site: &Site) -> io::Result<()> {
    let records: Vec<_> = remembered(site).into_iter().map(|deed| Record::of(deed, true)).collect();
    if !records.is_empty() {
        lines::append(&site.missing(), &records, Safety::Usual)?;
    }
    remove(&site.waiting_beside())?;
    clear_if_settled(site)
}

fn remove(kept: &Kept) -> io::Result<()> {
    match kept.dir()?.map(|dir| dir.remove(&kept.name)) {
        Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// A record that a newer version has written is not decided about, and stays.
fn clear_if_settled(site: &Site) -> io::Result<()> {
    let missing = site.missing();
    let kept = lines::read_all::<Record>(&missing)?;
    if kept.unknown + kept.damaged > 0 || !remembered(site).is_empty() {
        return Ok(());
    }
    remove(&missing)
}

impl Record {
    fn of(deed: Deed, is_settled: bool) -> Self {
        Self { changes: deed.changes, stamp: deed.stamp, is_settled }
    }
}

/// What may be lost of a plan.
struct Losses<'a> {
    plan: &'a Plan,
    /// Oldest first.
    deeds: &'a [Deed],
    /// What came after each of them.
    later: &'a [Later],
    /// What was deleted before all of them.
    gone: &'a HashSet<TaskId>,
}

impl<'a> Losses<'a> {
    /// The part of the deeds that the plan does not have.
    fn missing(&self) -> Missing {
        let moves = self.moves();
        let is_lost = |change: &Change| moves.contains(&change) || self.is_lost(change);
        if !self.changes().any(is_lost) {
            return Missing::default();
        }
        let (mut missing, mut outdone) = (Vec::new(), Vec::new());
        for (deed, later) in self.deeds.iter().zip(self.later) {
            let wanted = deed
                .changes
                .iter()
                .filter(|it| is_lost(it) || it.task().is_some_and(|id| self.is_passing_anchor(id)));
            let wanted: Vec<Change> = wanted.cloned().collect();
            let is_outdone = |change: &&Change| self.is_outdone(change, later);
            outdone.push((wanted.iter().filter(is_outdone).cloned().collect(), deed));
            missing.push((wanted, deed));
        }
        let deeds = |parts: Vec<(Vec<Change>, &Deed)>| {
            let deeds = parts.into_iter().map(|(changes, deed)| Deed { changes, stamp: deed.stamp.clone() });
            deeds.filter(|deed| !deed.changes.is_empty()).collect()
        };
        Missing { deeds: deeds(missing), outdone: deeds(outdone) }
    }

    fn changes(&self) -> impl DoubleEndedIterator<Item = &'a Change> {
        self.deeds.iter().flat_map(|deed| &deed.changes)
    }

    fn is_lost(&self, change: &Change) -> bool {
        let there = self.plan.task_of(change);
        match change {
            Change::Head(edit) => !edit.is_idle() && edit.field.of(self.plan) == edit.before,
            Change::Add { task, .. } => there.is_none() && self.is_to_be(&task.id) == Some(true),
            Change::Remove { task, .. } => there.is_some() && self.is_to_be(&task.id) == Some(false),
            Change::Move { .. } => false,
            Change::Edit { task, edit } => match there {
                Some(there) => self.is_lost_in(there, edit.field),
                // What was taken out of the text by hand is not put back in parts.
                None => match self.last_removal(task) {
                    Some(removed) => self.is_to_be(task) == Some(true) || self.is_unseen(edit, removed),
                    None => self.is_to_be(task) == Some(true) || self.gone.contains(task),
                },
            },
        }
    }

    /// Whether a task came and went, and another was put behind it meanwhile: without it, that one's place is not found.
    fn is_passing_anchor(&self, id: &TaskId) -> bool {
        self.plan.task(id).is_none()
            && self.is_to_be(id) == Some(false)
            && self.changes().any(|change| match change {
                Change::Add { after: place, .. } | Change::Move { to: place, .. } => {
                    place.as_ref() == Some(id)
                }
                Change::Edit { .. } | Change::Remove { .. } | Change::Head(_) => false,
            })
    }

    /// Whether a task is there in the end, if these changes have a say in it.
    fn is_to_be(&self, id: &TaskId) -> Option<bool> {
        self.changes().rev().find_map(|change| match change {
            Change::Add { task, .. } if task.id == *id => Some(true),
            Change::Remove { task, .. } if task.id == *id => Some(false),
            _ => None,
        })
    }

    /// The task as it went when it was deleted last, by a change that the text has or lacks.
    fn last_removal(&self, id: &TaskId) -> Option<&'a Task> {
        let key = (id.clone(), None);
        let heard = || self.later.iter().find_map(|later| later.get(&key));
        let unheard = self.changes().rev().find(|it| it.is_about(id) && matches!(it, Change::Remove { .. }));
        match unheard.or_else(heard)? {
            Change::Remove { task, .. } => Some(task),
            Change::Add { .. } | Change::Edit { .. } | Change::Move { .. } | Change::Head(_) => None,
        }
    }

    /// Whoever deleted the task had not seen what was made of it, and nobody has gone on from that.
    fn is_unseen(&self, edit: &Edit, removed: &Task) -> bool {
        let (field, (_, to)) = (edit.field, edit.values());
        let is_told = |entry: &Entry| entry.is_of(field) && (entry.to == to || entry.from == to);
        let mut edits = self.changes().filter_map(|change| change.edit_of(&removed.id));
        let is_gone_on_from = edits.any(|other| other.field == field && other.values().0 == to);
        field.recorded_of(removed) != to && !removed.history.iter().any(is_told) && !is_gone_on_from
    }

    /// The last value that was set is not there, and what was set has not come to nothing; or one before it was set over
    /// by somebody who had not seen it, and no history tells of it.
    fn is_lost_in(&self, task: &Task, field: Field) -> bool {
        let edits_of = |deed: &'a Deed| {
            let edits = deed.changes.iter().filter_map(|it| it.edit_of(&task.id));
            edits.filter(|it| it.field == field).map(move |edit| (deed, edit, edit.values()))
        };
        let steps: Vec<_> = self.deeds.iter().flat_map(edits_of).collect();
        let ([(_, _, (from, _)), .., (_, _, (_, to))] | [(_, _, (from, to))]) = steps.as_slice() else {
            return false;
        };
        let now = field.recorded_of(task);
        let mut breaks = steps.windows(2).filter(|pair| pair[0].2.1 != pair[1].2.0).peekable();
        let is_unbroken = breaks.peek().is_none();
        let is_told = |deed: &Deed, edit: &Edit| {
            task.history.iter().any(|entry| entry.at == deed.stamp.at && entry.tells_of(edit))
        };
        let is_unseen = breaks.any(|pair| pair[0].2.1 != now && !is_told(pair[0].0, pair[0].1));
        now != *to && !(is_unbroken && from == to) || is_unseen
    }

    /// Whether others have set the same since; or the status, which a day of completion and the document go with.
    fn is_outdone(&self, change: &Change, later: &Later) -> bool {
        let Change::Edit { task, edit } = change else { return false };
        let is_later = |field: Field| later.contains_key(&(task.clone(), Some(field)));
        let is_lost = |field: Field| self.plan.task(task).is_some_and(|there| self.is_lost_in(there, field));
        if self.plan.task(task).is_none() {
            // It was deleted by somebody who had not seen this, which brings it back.
            return false;
        }
        let is_of_status = [Field::Status, Field::DoneOn, Field::Output].contains(&edit.field);
        if !is_of_status || !(is_lost(Field::Status) || is_lost(Field::DoneOn)) {
            return is_later(edit.field);
        }
        let is_document_later = is_lost(Field::Output) && is_later(Field::Output);
        is_later(Field::Status) || is_later(Field::DoneOn) || is_document_later || self.is_day_alone(task)
    }

    /// A day of completion that would come back to a task that is not done.
    fn is_day_alone(&self, id: &TaskId) -> bool {
        let mut edits = self.changes().filter_map(|change| change.edit_of(id));
        let last = edits.rfind(|edit| edit.field == Field::DoneOn);
        let has_day = last.is_some_and(|edit| edit.after.day().is_some());
        self.plan.task(id).is_some_and(|task| {
            has_day && task.status != Status::Done && !self.is_lost_in(task, Field::Status)
        })
    }

    /// The moves of tasks that stand in their old places, once everything that came before is as it was.
    fn moves(&self) -> Vec<&'a Change> {
        if !self.changes().any(|change| matches!(change, Change::Move { .. })) {
            return Vec::new();
        }
        let mut then = self.plan.clone();
        let mut lost = Vec::new();
        for change in self.changes() {
            if let Change::Move { task, from, .. } = change {
                if then.before(task) != *from || then.task(task).is_none() {
                    continue;
                }
                lost.push(change);
            }
            if !matches!(change, Change::Edit { .. }) {
                // A task that is there already, or that is gone, is in the way of nothing.
                let _ = then.make(std::slice::from_ref(change));
            }
        }
        lost
    }
}
