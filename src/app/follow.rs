//! The meeting of somebody else on another screen: the slide that they are at, and nothing of what they type.

use super::App;
use super::keymap::Mode;
use crate::plan::meeting::MeetingPlace;
use crate::plan::{Item, TaskRef};

/// Whose meeting is followed, and where it is.
#[derive(Debug, Clone)]
pub struct Following {
    pub user: String,
    /// None where there is no meeting.
    pub place: Option<MeetingPlace>,
}

impl App {
    /// Shows the meeting of a user and nothing else.
    #[must_use]
    pub fn following(mut self, user: String) -> Self {
        self.following = Some(Following { user, place: None });
        self.enter(Mode::Meeting);
        self
    }

    pub(super) fn follow_to(&mut self, place: Option<MeetingPlace>) {
        if let Some(following) = &mut self.following {
            following.place = place;
        }
    }

    /// What the plan calls the user whose meeting is followed.
    pub fn followed_name(&self) -> Option<&str> {
        let user = &self.following.as_ref()?.user;
        Some(self.plan().map_or(user, |plan| plan.name_of(user)))
    }

    /// The task that the other is at, if it is in the plan.
    pub(super) fn followed_task(&self) -> Option<Item<'_>> {
        let task = self.following.as_ref()?.place.as_ref()?.task.clone()?;
        self.item_of(&TaskRef { plan: self.current, task })
    }
}
