//! What Esc leaves where no window is open: one thing at a time, and the footer says which.

use crossterm::event::KeyCode;

use super::App;
use super::action::Action;
use super::keymap::{self, Ctrl, Key, Mode};
use crate::words::Phrase;

/// What has been put before the plan as it is today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnTop {
    Task,
    Marks,
    /// The tasks that a figure of the summary counts.
    Figure,
    Search,
    Filter,
    Day,
}

const ESC: Key = Key { code: KeyCode::Esc, ctrl: Ctrl::Up };

impl App {
    /// What lies on top.
    fn on_top(&self) -> Option<OnTop> {
        let held = [
            (OnTop::Task, self.detail.is_some()),
            (OnTop::Marks, self.has_marks()),
            (OnTop::Figure, self.has_opened_figure()),
            (OnTop::Search, !self.search.is_empty()),
            (OnTop::Filter, !self.query.is_empty()),
            (OnTop::Day, self.looks_at_another_day()),
        ];
        held.into_iter().find(|(_, is_held)| *is_held).map(|(what, _)| what)
    }

    /// Leaves what lies on top; where nothing does, the view, and then the plan.
    pub(super) fn leave(&mut self) {
        match self.on_top() {
            Some(OnTop::Task) => self.detail = None,
            Some(OnTop::Marks) => self.unmark(),
            Some(OnTop::Figure) => self.enter(Mode::Summary),
            Some(OnTop::Search) => self.clear_search(),
            Some(OnTop::Filter) => self.clear_filter(),
            Some(OnTop::Day) => self.look_at_today(),
            None if !self.is_in(Mode::Board) && self.open().is_some() => self.enter(Mode::Board),
            None if self.plans.len() > 1 => self.enter(Mode::Plans),
            None => {}
        }
    }

    /// What Esc does here that nobody would guess, and its key.
    pub fn told_leaving(&self) -> Option<(Key, Phrase)> {
        let is_back = self.panel.is_none() && keymap::meaning(self.mode(), ESC) == Some(Action::Back);
        let told = match self.on_top().filter(|_| is_back)? {
            OnTop::Task => return None,
            OnTop::Marks => Phrase::new("Bỏ đánh dấu", "Unmark"),
            OnTop::Figure => Action::Summary.label(),
            OnTop::Search => Phrase::new("Bỏ tìm", "Clear search"),
            OnTop::Filter => Phrase::new("Bỏ lọc", "Clear filter"),
            OnTop::Day => Phrase::new("Về hôm nay", "Back to today"),
        };
        Some((ESC, told))
    }
}
