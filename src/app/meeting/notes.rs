//! What is to be kept of a meeting outside of the program: for its user, and for those who follow it.

use super::{App, MeetingSlide};
use crate::app::keymap::Mode;
use crate::plan::PlanKey;
use crate::plan::meeting::{Meeting, MeetingPlace};

/// A meeting as it is to be kept. What is none is to be forgotten.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingNote {
    /// For the user, to go on with.
    pub meeting: Option<Meeting>,
    /// For those who follow it on another screen.
    pub place: Option<MeetingPlace>,
}

impl App {
    /// What has become of the meeting since this was last asked, if anything has.
    pub fn take_meeting_note(&mut self) -> Option<(PlanKey, MeetingNote)> {
        let open = self.open()?;
        let place = self.place_to_follow();
        if open.noted.meeting == open.meeting && open.noted.place == place {
            return None;
        }
        let note = MeetingNote { meeting: open.meeting.clone(), place };
        self.plans[self.current.0].noted = note.clone();
        Some((self.current, note))
    }

    /// What is left of it when the screens are closed: the line may have dropped.
    pub fn meeting_left(&self) -> Option<(PlanKey, MeetingNote)> {
        let open = self.open()?;
        let is_open = open.meeting.is_some() && self.is_in(Mode::Meeting);
        is_open.then(|| (self.current, MeetingNote { meeting: open.meeting.clone(), place: None }))
    }

    fn place_to_follow(&self) -> Option<MeetingPlace> {
        let is_held = self.is_in(Mode::Meeting) && self.meeting_slide() != MeetingSlide::Start;
        self.meeting().filter(|_| is_held).map(Meeting::place)
    }

    /// A commit is to be within what is kept, should the program end without a word.
    pub(in crate::app) fn note_again(&mut self) {
        let open = &mut self.plans[self.current.0];
        if open.meeting.is_some() {
            open.noted = MeetingNote::default();
        }
    }
}
