//! What can be taken back, and what can be made again.

use crate::plan::Change;

/// Our own changes that are on disk, oldest first, each a group that was made in one go.
#[derive(Debug, Default)]
pub(super) struct History {
    done: Vec<Vec<Change>>,
    undone: Vec<Vec<Change>>,
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
    /// The changes that take back our last ones.
    pub(super) fn undo(&self) -> Option<Vec<Change>> {
        self.done.last().map(|changes| Change::inverses(changes))
    }

    /// The changes that make again what was taken back last.
    pub(super) fn redo(&self) -> Option<Vec<Change>> {
        self.undone.last().map(|changes| Change::inverses(changes))
    }

    /// Remembers what was made. A new change ends what could be made again.
    pub(super) fn record(&mut self, purpose: Purpose, made: Vec<Change>) {
        match purpose {
            Purpose::Change | Purpose::BringBack if made.is_empty() => {}
            Purpose::Change | Purpose::BringBack => {
                self.undone.clear();
                self.done.push(made);
            }
            Purpose::Undo => {
                self.done.pop();
                self.undone.push(made);
            }
            Purpose::Redo => {
                self.undone.pop();
                self.done.push(made);
            }
        }
        self.done.retain(|changes| !changes.is_empty());
        self.undone.retain(|changes| !changes.is_empty());
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
