//! What can be taken back, and what can be made again.

use crate::plan::{Change, Field, TaskId, Why};

/// Our own changes that are on disk, oldest first.
#[derive(Debug, Default)]
pub(super) struct History {
    done: Vec<Group>,
    undone: Vec<Group>,
}

/// What was made in one go, and why: when it is made again, it is for the same reason.
#[derive(Debug)]
struct Group {
    changes: Vec<Change>,
    why: Why,
}

/// What a commit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Change,
    Undo,
    Redo,
    /// What an older version has overwritten comes back.
    BringBack,
}

impl History {
    /// What was made before the screen was opened.
    pub(super) fn of(own: Vec<(Vec<Change>, Why)>) -> Self {
        let done = own.into_iter().map(|(changes, why)| Group { changes, why }).collect();
        Self { done, undone: Vec::new() }
    }

    /// The changes that take back our last ones.
    pub(super) fn undo(&self) -> Option<(Vec<Change>, Why)> {
        self.done.last().map(|group| (Change::inverses(&group.changes), Why::Undo))
    }

    /// The changes that make again what was taken back last.
    pub(super) fn redo(&self) -> Option<(Vec<Change>, Why)> {
        self.undone.last().map(|group| (Change::inverses(&group.changes), group.why.clone()))
    }

    /// Remembers what was made. A new change ends what could be made again.
    pub(super) fn record(&mut self, purpose: Purpose, changes: Vec<Change>, why: Why) {
        match purpose {
            Purpose::Change | Purpose::BringBack if changes.is_empty() => {}
            Purpose::Change | Purpose::BringBack => {
                self.undone.clear();
                self.done.push(Group { changes, why });
            }
            Purpose::Undo => {
                let why = self.done.pop().map_or(Why::Untold, |group| group.why);
                self.undone.push(Group { changes, why });
            }
            Purpose::Redo => {
                self.undone.pop();
                self.done.push(Group { changes, why });
            }
        }
        self.done.retain(|group| !group.changes.is_empty());
        self.undone.retain(|group| !group.changes.is_empty());
    }

    /// Whether a field of a task was set by us.
    pub(super) fn has_set(&self, task: &TaskId, field: Field) -> bool {
        let is_meant = |change: &Change| match change {
            Change::Edit { task: id, edit } => id == task && edit.field == field,
            _ => false,
        };
        self.done.iter().flat_map(|group| &group.changes).any(is_meant)
    }

    /// Forgets what cannot be taken back or made again, because somebody has changed the same since.
    pub(super) fn forget(&mut self, purpose: Purpose) {
        match purpose {
            Purpose::Change | Purpose::BringBack => {}
            Purpose::Undo => drop(self.done.pop()),
            Purpose::Redo => drop(self.undone.pop()),
        }
    }
}
