//! Changes that were saved and then overwritten by an editor with an older text.
//!
//! They are offered until somebody decides, and remembered meanwhile: the next save makes a text in which one can
//! no longer see how they went missing.

use std::fs;
use std::io;

use super::deed::Deed;
use super::lines::{self, Safety};
use super::log;
use super::site::Site;
use crate::plan::{Change, Field, Plan, Stamp, Task, TaskId};

/// What was saved and is not in the plan any more, though nobody has set it back in so many words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Who changed what and when, oldest first.
    pub deeds: Vec<Deed>,
}

/// All that is missing in this text.
pub(super) fn in_text(site: &Site, text: &[u8], plan: &Plan) -> Vec<Deed> {
    let mut deeds = remembered(site);
    let unheard = log::unheard_of(site, text, plan);
    deeds.extend(log::without(unheard, &deeds));
    lost(&deeds, plan)
}

/// Keeps in mind what is missing, before a save covers the traces.
pub(super) fn remember(site: &Site, deeds: &[Deed]) -> io::Result<()> {
    let new = log::without(deeds.to_vec(), &remembered(site));
    if new.is_empty() {
        return Ok(());
    }
    lines::append(site, &site.missing(), &new, Safety::Usual)
}

fn remembered(site: &Site) -> Vec<Deed> {
    lines::read(&site.missing()).unwrap_or_default()
}

/// Somebody has decided.
pub(super) fn forget(site: &Site) -> io::Result<()> {
    match fs::remove_file(site.missing()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The part of the deeds that the plan does not have.
fn lost(deeds: &[Deed], plan: &Plan) -> Vec<Deed> {
    let all: Vec<(&Stamp, &Change)> =
        deeds.iter().flat_map(|deed| deed.changes.iter().map(|change| (&deed.stamp, change))).collect();
    let moves = lost_moves(&all, plan);
    let is_lost = |change: &&Change| moves.contains(change) || is_lost(change, &all, plan);
    if !all.iter().any(|(_, change)| is_lost(change)) {
        return Vec::new();
    }
    let is_wanted = |change: &&Change| is_lost(change) || is_passing_anchor(change.task(), &all, plan);
    let lost = deeds.iter().map(|deed| Deed {
        changes: deed.changes.iter().filter(is_wanted).cloned().collect(),
        stamp: deed.stamp.clone(),
    });
    lost.filter(|deed| !deed.changes.is_empty()).collect()
}

fn is_lost(change: &Change, all: &[(&Stamp, &Change)], plan: &Plan) -> bool {
    let there = plan.task(change.task());
    match change {
        Change::Add { task, .. } => there.is_none() && is_to_be(&task.id, all) == Some(true),
        Change::Remove { task, .. } => there.is_some() && is_to_be(&task.id, all) == Some(false),
        Change::Move { .. } => false,
        Change::Edit { task, edit } => match there {
            Some(there) => is_lost_in(there, edit.field(), all),
            // What was taken out of the text by hand is not put back in parts.
            None => is_to_be(task, all) == Some(true),
        },
    }
}

/// Whether a task came and went, and another was put behind it meanwhile: without it, that one's place is not found.
fn is_passing_anchor(id: &TaskId, all: &[(&Stamp, &Change)], plan: &Plan) -> bool {
    plan.task(id).is_none()
        && is_to_be(id, all) == Some(false)
        && all.iter().any(|(_, change)| match change {
            Change::Add { after: place, .. } | Change::Move { to: place, .. } => place.as_ref() == Some(id),
            Change::Edit { .. } | Change::Remove { .. } => false,
        })
}

/// Whether a task is there in the end, if these changes have a say in it.
fn is_to_be(id: &TaskId, all: &[(&Stamp, &Change)]) -> Option<bool> {
    all.iter().rev().find_map(|(_, change)| match change {
        Change::Add { task, .. } if task.id == *id => Some(true),
        Change::Remove { task, .. } if task.id == *id => Some(false),
        _ => None,
    })
}

/// The last value that was set is not there, and nobody has set another since.
fn is_lost_in(task: &Task, field: Field, all: &[(&Stamp, &Change)]) -> bool {
    let last = all.iter().rev().find_map(|(stamp, change)| match change {
        Change::Edit { task: id, edit } if *id == task.id && edit.field() == field => Some((stamp, edit)),
        _ => None,
    });
    last.is_some_and(|(stamp, edit)| {
        let (now, wanted) = edit.onto(task).values();
        now != wanted && !task.history.iter().any(|entry| entry.is_of(field) && entry.at > stamp.at)
    })
}

/// The moves of tasks that stand in their old places, once everything that came before is as it was.
fn lost_moves<'a>(all: &[(&Stamp, &'a Change)], plan: &Plan) -> Vec<&'a Change> {
    if !all.iter().any(|(_, change)| matches!(change, Change::Move { .. })) {
        return Vec::new();
    }
    let mut then = plan.clone();
    let mut lost = Vec::new();
    for (_, change) in all {
        if let Change::Move { task, from, .. } = change {
            if then.before(task) != *from || then.task(task).is_none() {
                continue;
            }
            lost.push(*change);
        }
        if !matches!(change, Change::Edit { .. }) {
            // A task that is there already, or that is gone, is in the way of nothing.
            let _ = then.make(std::slice::from_ref(change));
        }
    }
    lost
}
