//! Keys as they come: which were read together and when, and whether somebody could have seen what they act on.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent};

use super::action::Action;
use super::keymap::{Ctrl, Key};

/// For so long nobody has read what has just appeared, and for so long after its last letter a text goes on.
pub const MOMENT: Duration = Duration::from_millis(500);

/// A key that was pressed.
#[derive(Debug, Clone)]
pub struct Press {
    pub key: KeyEvent,
    /// When it was read. Keys that were read together have the same time.
    pub at: Instant,
    /// The characters that were read together with this one, with no other key between them, and how many stand before.
    characters: Arc<str>,
    nth: usize,
}

impl Press {
    /// Keys that were read together. Backspaces stand among letters: input methods take letters back with them.
    pub fn together(at: Instant, keys: &[KeyEvent]) -> Vec<Self> {
        let is_typed = |key: &KeyEvent| character(*key).is_some() || key.code == KeyCode::Backspace;
        let runs = keys.chunk_by(|one, other| is_typed(one) == is_typed(other));
        let presses = runs.flat_map(|run| {
            let characters: Arc<str> =
                run.iter().filter_map(|key| character(*key)).collect::<String>().into();
            run.iter().enumerate().map(move |(nth, key)| Self {
                key: *key,
                at,
                characters: Arc::clone(&characters),
                nth,
            })
        });
        presses.collect()
    }

    /// Whether it is one letter as only an input method sends it.
    pub(super) fn is_changed_letter(&self) -> bool {
        let mut characters = self.characters.chars();
        matches!((characters.next(), characters.next()), (Some(letter), None) if !letter.is_ascii())
    }
}

fn character(key: KeyEvent) -> Option<char> {
    match Key::of(key) {
        Key { code: KeyCode::Char(character), ctrl: Ctrl::Up } => Some(character),
        _ => None,
    }
}

/// What the keys that have come so far were.
#[derive(Debug, Default)]
pub(super) struct PressReading {
    last: Option<Instant>,
    /// When a character last came that belonged to a text, where no field was open for it.
    text_at: Option<Instant>,
    /// The read that such a text was in. What stands behind it was typed without seeing what became of it.
    text: Option<Instant>,
    /// When a letter was pressed that leaves the program, if nothing has come since.
    pub(super) leaving: Option<Instant>,
}

impl PressReading {
    /// Whether this is the first key of a read.
    pub(super) fn is_first(&mut self, press: &Press) -> bool {
        self.last.replace(press.at) != Some(press.at)
    }

    /// Whether a key is text that was typed where no field is open, or came right behind such: a letter that is no
    /// command, several characters with such a letter among them, and everything that is typed a moment later. But a
    /// text may stand behind the command that opens a field for it.
    pub(super) fn is_text(&mut self, press: &Press, meaning: impl Fn(char) -> Option<Action>) -> bool {
        if self.text == Some(press.at) {
            return true;
        }
        let Some(character) = character(press.key) else { return false };
        let is_word = |letter: char| letter.is_alphabetic() && meaning(letter).is_none();
        let opens_field = press.nth == 0 && meaning(character).is_some_and(Action::opens_field);
        let is_several = press.characters.chars().nth(1).is_some();
        if is_several && !opens_field && press.characters.chars().any(is_word) {
            self.text = Some(press.at);
        }
        let goes_on = self.text_at.is_some_and(|text_at| press.at < text_at + MOMENT);
        let is_text = goes_on || self.text.is_some_and(|text| text == press.at) || is_word(character);
        if is_text {
            self.text_at = Some(press.at);
        }
        is_text
    }
}

/// Whether what has the keys has come by itself, and since when it can be seen.
#[derive(Debug, Default)]
pub(super) enum Sight {
    /// Long enough, or the user has asked for it.
    #[default]
    Seen,
    Undrawn,
    Drawn(Instant),
}

impl Sight {
    pub(super) fn drawn(&mut self, at: Instant) {
        if matches!(self, Self::Undrawn) {
            *self = Self::Drawn(at);
        }
    }

    /// Whether a key that was read at this time may be meant for what is there.
    pub(super) fn is_seen(&mut self, at: Instant) -> bool {
        let is_seen = match self {
            Self::Seen => true,
            Self::Undrawn => false,
            Self::Drawn(drawn) => at >= *drawn + MOMENT,
        };
        if is_seen {
            *self = Self::Seen;
        }
        is_seen
    }
}
