//! A window of text over the view: it is scrolled, and typed to narrow.

use super::scroll::Step;
use crate::text::{Field, Needle};

/// What is typed in such a window, and which line is the first in sight.
#[derive(Debug, Clone, Default)]
pub struct TextWindow {
    pub typed: Field,
    pub first: usize,
}

impl TextWindow {
    pub(super) fn step(&mut self, step: Step, page: usize) {
        self.first = match step {
            Step::Up => self.first.saturating_sub(1),
            Step::Down => self.first + 1,
            Step::PageUp => self.first.saturating_sub(page),
            Step::PageDown => self.first + page,
            Step::First => 0,
            Step::Last => usize::MAX / 2,
        };
    }

    /// What is looked for among texts: marks count only where something is found with them.
    pub fn needle(&self, texts: &[&str]) -> Needle {
        let is_found = |needle: &Needle| texts.iter().any(|text| needle.matches_text(text));
        Needle::parse(self.typed.text()).meant(is_found).into_owned()
    }
}
