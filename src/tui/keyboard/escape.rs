//! Keys such as the arrows are sequences that begin with an escape. A slow line may deliver the escape alone and
//! the rest a little later as letters; here they become one key again.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// Longer than any key's sequence, such as `ESC [ 1 5 ; 5 ~`.
const LONGEST: usize = 8;

/// The keys that may yet turn out to be one.
#[derive(Debug, Default)]
pub(super) struct Escape {
    held: Vec<KeyEvent>,
}

impl Escape {
    /// The keys to be passed on, now that this one has come.
    pub(super) fn accept(&mut self, key: KeyEvent) -> Vec<KeyEvent> {
        if let Some(typed) = behind_escape(key) {
            let mut keys = self.accept(KeyCode::Esc.into());
            keys.extend(self.give_up());
            keys.push(typed);
            return keys;
        }
        if is_escape(key) {
            return std::mem::replace(&mut self.held, vec![key]);
        }
        if self.held.is_empty() {
            return vec![key];
        }
        self.held.push(key);
        let Some(sequence) = self.sequence() else { return self.give_up() };
        if is_unfinished(&sequence) {
            return Vec::new();
        }
        match joined(&sequence) {
            Some(key) => {
                self.held.clear();
                vec![key]
            }
            None => self.give_up(),
        }
    }

    /// The keys that have been waited with, as they came.
    pub(super) fn give_up(&mut self) -> Vec<KeyEvent> {
        std::mem::take(&mut self.held)
    }

    /// What has come after the escape, unless there is a key among it that is not a character.
    fn sequence(&self) -> Option<String> {
        let characters = self.held.iter().skip(1).map(|key| match key.code {
            KeyCode::Char(character) if (key.modifiers - KeyModifiers::SHIFT).is_empty() => Some(character),
            _ => None,
        });
        characters.collect()
    }
}

/// The key that was typed behind an escape, where both have come together. They are the same bytes as the key with
/// Alt, which no command hangs on, and a line that gathers keys must not lose the escape.
fn behind_escape(key: KeyEvent) -> Option<KeyEvent> {
    let is_byte = matches!(key.code, KeyCode::Char(_) | KeyCode::Enter | KeyCode::Tab | KeyCode::Backspace);
    let is_both = is_byte && key.modifiers.contains(KeyModifiers::ALT);
    is_both.then(|| KeyEvent::new(key.code, key.modifiers - KeyModifiers::ALT))
}

fn is_escape(key: KeyEvent) -> bool {
    key.code == KeyCode::Esc && key.modifiers.is_empty()
}

fn is_unfinished(sequence: &str) -> bool {
    match sequence.strip_prefix('[') {
        Some(numbers) => {
            sequence.len() < LONGEST && numbers.chars().all(|it| it.is_ascii_digit() || it == ';')
        }
        None => sequence == "O",
    }
}

/// The key of a sequence, without its escape.
fn joined(sequence: &str) -> Option<KeyEvent> {
    let numbers = sequence.strip_prefix(['[', 'O'])?;
    let last = numbers.chars().last()?;
    let mut numbers = numbers.trim_end_matches(last).split(';').map(|number| number.parse().ok());
    let code = match last {
        '~' => numbered(numbers.next()??)?,
        letter => {
            numbers.next();
            lettered(letter)?
        }
    };
    Some(KeyEvent::new(code, modifiers(numbers.next().flatten())))
}

fn lettered(letter: char) -> Option<KeyCode> {
    Some(match letter {
        'A' => KeyCode::Up,
        'B' => KeyCode::Down,
        'C' => KeyCode::Right,
        'D' => KeyCode::Left,
        'F' => KeyCode::End,
        'H' => KeyCode::Home,
        'P' => KeyCode::F(1),
        'Q' => KeyCode::F(2),
        'R' => KeyCode::F(3),
        'S' => KeyCode::F(4),
        'Z' => KeyCode::BackTab,
        _ => return None,
    })
}

fn numbered(number: u8) -> Option<KeyCode> {
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number - 10),
        17..=21 => KeyCode::F(number - 11),
        23 | 24 => KeyCode::F(number - 12),
        _ => return None,
    })
}

/// One more than the sum of 1 for Shift, 2 for Alt and 4 for Ctrl.
fn modifiers(number: Option<u8>) -> KeyModifiers {
    let bits = number.unwrap_or(1).saturating_sub(1);
    let all = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    all.into_iter().filter(|(bit, _)| bits & bit != 0).map(|(_, modifier)| modifier).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ESC: char = '\x1b';

    fn key(character: char) -> KeyEvent {
        let code = if character == ESC { KeyCode::Esc } else { KeyCode::Char(character) };
        let shifted = character.is_ascii_uppercase();
        KeyEvent::new(code, if shifted { KeyModifiers::SHIFT } else { KeyModifiers::NONE })
    }

    /// What is passed on when these come one by one, and then nothing for a while.
    fn passed_on(characters: &str) -> Vec<KeyEvent> {
        let mut escape = Escape::default();
        let mut keys: Vec<_> = characters.chars().flat_map(|it| escape.accept(key(it))).collect();
        keys.extend(escape.give_up());
        keys
    }

    fn as_typed(characters: &str) -> Vec<KeyEvent> {
        characters.chars().map(key).collect()
    }

    #[test]
    fn an_arrow_that_was_torn_apart_is_an_arrow() {
        assert_eq!(passed_on("\x1b[A"), [KeyCode::Up.into()]);
        assert_eq!(passed_on("\x1bOD"), [KeyCode::Left.into()]);
        assert_eq!(passed_on("a\x1b[Bb"), [key('a'), KeyCode::Down.into(), key('b')]);
        assert_eq!(passed_on("\x1b[5~"), [KeyCode::PageUp.into()]);
        assert_eq!(passed_on("\x1b[24~"), [KeyCode::F(12).into()]);
        assert_eq!(passed_on("\x1b[1;5C"), [KeyEvent::new(KeyCode::Right, KeyModifiers::CONTROL)]);
        assert_eq!(passed_on("\x1b[3;2~"), [KeyEvent::new(KeyCode::Delete, KeyModifiers::SHIFT)]);
    }

    #[test]
    fn what_is_no_key_is_passed_on_as_it_was_typed() {
        for typed in [
            "\x1b",
            "\x1bq",
            "\x1b[",
            "\x1b[1",
            "\x1b[x",
            "\x1bOx",
            "\x1b[99~",
            "\x1b[12345678~",
            "\x1b\x1b",
            "\x1b[\x1b",
            "\x1b~",
        ] {
            assert_eq!(passed_on(typed), as_typed(typed), "{typed:?}");
        }
        assert_eq!(passed_on("\x1b\x1b[A"), [KeyCode::Esc.into(), KeyCode::Up.into()]);
    }

    #[test]
    fn an_escape_that_came_together_with_a_key_is_not_lost() {
        for code in [KeyCode::Char('q'), KeyCode::Char('đ'), KeyCode::Enter, KeyCode::Tab, KeyCode::Backspace]
        {
            let both = KeyEvent::new(code, KeyModifiers::ALT);
            assert_eq!(Escape::default().accept(both), [KeyCode::Esc.into(), code.into()]);
        }
        let with_ctrl = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::ALT | KeyModifiers::CONTROL);
        let ctrl = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        assert_eq!(Escape::default().accept(with_ctrl), [KeyCode::Esc.into(), ctrl]);
    }

    #[test]
    fn a_letter_does_not_wait() {
        assert_eq!(Escape::default().accept(key('j')), [key('j')]);
    }
}
