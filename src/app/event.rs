//! What comes of effects: which events the keys wait for, what comes unasked, and what a commit came to.

use super::{Effect, Event};
use crate::plan::{Change, Conflict, Plan};
use crate::words::Spoken;

impl Event {
    /// Whether it may put something else on the screen than the user has asked for.
    pub(super) fn comes_by_itself(&self) -> bool {
        match self {
            Self::Loaded(..) | Self::Failed(..) | Self::Missing(..) => true,
            Self::Saved(_, saved) => saved.conflict.is_some(),
            _ => false,
        }
    }

    /// Whether it is what has come of an effect that the keys waited for.
    pub fn ends_saving(&self) -> bool {
        matches!(
            self,
            Self::Saved(..)
                | Self::Failed(..)
                | Self::Made(..)
                | Self::NotMade(_)
                | Self::Written(_)
                | Self::NotWritten(_)
        )
    }
}

impl Effect {
    /// Whether what is typed next waits for what comes of it.
    pub fn is_saving(&self) -> bool {
        matches!(self, Self::Commit(..) | Self::BringBack(_) | Self::Make(..) | Self::WriteMinutes(..))
    }
}

/// What came of a commit.
#[derive(Debug)]
pub struct Saved {
    pub plan: Plan,
    pub made: Vec<Change>,
    pub conflict: Option<Conflict>,
    /// What else the user should know of it.
    pub remark: Option<Spoken>,
    pub waiting: Option<Waiting>,
}

/// Changes that are safe on the disk, but not in the plan's file yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub count: usize,
    pub why: Spoken,
}
