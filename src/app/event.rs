//! Which events and effects go together: what comes unasked, and what the keys wait for.

use super::{Effect, Event};

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
