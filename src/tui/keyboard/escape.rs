//! Keys such as the arrows, and what the terminal answers, are sequences that begin with an escape. A slow line may
//! deliver the escape alone and the rest a little later as letters; here they become one key again, or an answer,
//! which nobody has typed.
//!
//! Only what can still become one of these is held back, for as long as [`Escape::patience`] has it. What turns out
//! otherwise is passed on as it was typed. From its colour on, an answer can be nothing else: of one that stays
//! unfinished nothing is passed on. crossterm makes one escape of two that it reads together, so an escape that was
//! typed right before an answer goes with it.

use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{PATIENCE, TOGETHER};
use crate::tui::ground::{self, Reply};
use crate::view::theme::Ground;

/// Longer than any key's sequence, such as `ESC [ 1 5 ; 5 ~`.
const LONGEST: usize = 8;

/// For how long the rest of an answer is waited for. Nobody types an escape and `]`, so it is long enough for a line
/// that has lost a piece and sends it again.
const REST: Duration = Duration::from_secs(2);

/// For how long an escape alone is held while an answer may be on its way: no longer than a user overlooks.
const AWAITED: Duration = Duration::from_millis(250);

/// For how long after the question an answer may be on its way. It may come twice.
const ON_ITS_WAY: Duration = Duration::from_secs(5);

/// The mark for an answer in its two forms.
const MARKS: [&str; 2] = ["\x1b]", "\u{9d}"];

/// What is left of it where the escape has been passed on, or where it is a single byte, which crossterm drops.
const REMNANTS: [&str; 2] = ["]", ""];

/// The keys that may yet turn out to be one, or an answer.
#[derive(Debug, Default)]
pub(super) struct Escape {
    held: Vec<KeyEvent>,
    /// The last key that was passed on. The rest of an answer may come when its escape had to be passed on.
    last: Option<KeyEvent>,
    /// What the last answer said, until it is fetched.
    ground: Option<Ground>,
    awaited_until: Option<Instant>,
}

impl Escape {
    /// The terminal may have been asked for its ground, at this time.
    pub(super) fn new(asked: Option<Instant>) -> Self {
        Self { awaited_until: asked.map(|asked| asked + ON_ITS_WAY), ..Self::default() }
    }

    /// The keys to be passed on, now that this one has come.
    pub(super) fn accept(&mut self, key: KeyEvent) -> Vec<KeyEvent> {
        let pressed = match behind_escape(key) {
            Some(typed) => vec![KeyCode::Esc.into(), typed],
            None => vec![key],
        };
        let keys = pressed.into_iter().flat_map(|key| self.hold(key)).collect();
        self.passed(keys)
    }

    /// The keys that have been waited with, as they came, if it has been quiet for long enough.
    pub(super) fn quiet(&mut self, lasting: Duration) -> Vec<KeyEvent> {
        if self.patience().is_some_and(|patience| patience <= lasting) { self.give_up() } else { Vec::new() }
    }

    /// The keys that have been waited with, as they came. An answer that was begun is not among them.
    pub(super) fn give_up(&mut self) -> Vec<KeyEvent> {
        self.end_answer();
        let keys = std::mem::take(&mut self.held);
        self.passed(keys)
    }

    /// How long it must be quiet before what is held is passed on. Behind the mark for an answer, also where its escape
    /// has been passed on: [`REST`]. An escape alone: [`AWAITED`] in the first moments, later [`PATIENCE`], as the
    /// beginning of a key. `]` and digits, which anybody types: only within what has come together, so not at all.
    pub(super) fn patience(&self) -> Option<Duration> {
        let text = text(&self.held).unwrap_or_default();
        let is_sure = matches!(answer(&text), Reply::Coming(_));
        let is_marked = MARKS.iter().any(|mark| text.starts_with(mark));
        let is_behind_escape = text.starts_with(']') && self.last.is_some_and(is_escape);
        Some(match text.as_str() {
            "" => return None,
            _ if is_sure || is_marked || is_behind_escape => REST,
            "\x1b" if self.awaited_until.is_some_and(|until| Instant::now() < until) => AWAITED,
            escaped if escaped.starts_with('\x1b') => PATIENCE,
            _ => TOGETHER,
        })
    }

    /// What the terminal has answered since this was last asked for.
    pub(super) fn take_ground(&mut self) -> Option<Ground> {
        self.ground.take()
    }

    fn hold(&mut self, key: KeyEvent) -> Vec<KeyEvent> {
        self.held.push(key);
        match text(&self.held).map_or(Meaning::None, |text| meaning(&text)) {
            Meaning::Unfinished => Vec::new(),
            Meaning::Key(key) => {
                self.held.clear();
                vec![key]
            }
            Meaning::Answer(ground) => {
                self.held.clear();
                self.ground = Some(ground);
                Vec::new()
            }
            Meaning::None => self.begin_again(key),
        }
    }

    /// This key does not go on with what is held, but it may begin another.
    fn begin_again(&mut self, key: KeyEvent) -> Vec<KeyEvent> {
        self.held.pop();
        if self.held.is_empty() {
            return vec![key];
        }
        let mut keys = if self.end_answer() { Vec::new() } else { std::mem::take(&mut self.held) };
        keys.extend(self.hold(key));
        keys
    }

    /// Lets go of an answer that goes no further, and tells whether there was one. An escape behind it was perhaps
    /// typed, and stays.
    fn end_answer(&mut self) -> bool {
        let Reply::Coming(ground) = answer(&text(&self.held).unwrap_or_default()) else { return false };
        self.ground = ground.or(self.ground);
        self.held = self.held.pop().filter(|key| is_escape(*key)).into_iter().collect();
        true
    }

    fn passed(&mut self, keys: Vec<KeyEvent>) -> Vec<KeyEvent> {
        self.last = keys.last().copied().or(self.last);
        keys
    }
}

/// What has been held.
enum Meaning {
    Unfinished,
    Key(KeyEvent),
    Answer(Ground),
    None,
}

fn meaning(text: &str) -> Meaning {
    match text.strip_prefix('\x1b') {
        Some(sequence) if !sequence.starts_with(']') => key_meaning(sequence),
        _ => match answer(text) {
            Reply::Begun | Reply::Coming(_) => Meaning::Unfinished,
            Reply::Whole(ground) => Meaning::Answer(ground),
            Reply::Not => Meaning::None,
        },
    }
}

/// What has come after an escape.
fn key_meaning(sequence: &str) -> Meaning {
    if sequence.is_empty() || is_unfinished(sequence) {
        return Meaning::Unfinished;
    }
    joined(sequence).map_or(Meaning::None, Meaning::Key)
}

fn answer(text: &str) -> Reply {
    let rest = MARKS.iter().chain(&REMNANTS).find_map(|mark| text.strip_prefix(mark));
    ground::read(rest.unwrap_or(text))
}

/// The characters that crossterm has made keys of, unless there is another key among them. A bell is Ctrl-G.
fn text(keys: &[KeyEvent]) -> Option<String> {
    let character = |key: &KeyEvent| match (key.code, key.modifiers - KeyModifiers::SHIFT) {
        (KeyCode::Esc, KeyModifiers::NONE) => Some('\x1b'),
        (KeyCode::Char('g'), KeyModifiers::CONTROL) => Some('\x07'),
        (KeyCode::Char(character), KeyModifiers::NONE) => Some(character),
        _ => None,
    };
    keys.iter().map(character).collect()
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
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

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

    /// The keys that crossterm makes of what it reads at once.
    fn read(piece: &str) -> Vec<KeyEvent> {
        let (mut keys, mut characters) = (Vec::new(), piece.chars());
        while let Some(first) = characters.next() {
            keys.push(match (first, if first == ESC { characters.next() } else { None }) {
                ('\x07', _) | (_, Some('\x07')) => KeyEvent::new(KeyCode::Char('g'), KeyModifiers::CONTROL),
                (_, Some(behind)) if behind != ESC => KeyEvent::new(KeyCode::Char(behind), KeyModifiers::ALT),
                (alone, _) => key(alone),
            });
        }
        keys
    }

    /// What is passed on of pieces with such a silence behind each.
    fn passed_on_of(escape: &mut Escape, pieces: &[&str], silence: Duration) -> Vec<KeyEvent> {
        let mut passed = Vec::new();
        for piece in pieces {
            passed.extend(read(piece).into_iter().flat_map(|key| escape.accept(key)));
            for lasting in [TOGETHER, PATIENCE, AWAITED].into_iter().filter(|it| *it <= silence) {
                passed.extend(escape.quiet(lasting));
            }
        }
        passed
    }

    const COLOURS: [&str; 5] =
        ["rgb:ffff/ffff/ffff", "rgb:FFFF/FFFF/DDDD", "rgb:f/f/f", "rgb:ff/ff/ff", "rgba:ffff/ffff/ffff/ffff"];
    const ENDS: [&str; 3] = ["\x07", "\x1b\\", "\u{9c}"];

    fn answers() -> Vec<String> {
        let ends = |start: String| ENDS.map(|end| format!("{start}{end}"));
        let coloured = |mark: &str| COLOURS.map(|colour| ends(format!("{mark}11;{colour}"))).concat();
        MARKS.map(coloured).concat()
    }

    /// Whole, in two pieces wherever it can be cut, and each character by itself.
    fn torn(answer: &str) -> Vec<Vec<&str>> {
        let cuts = answer.char_indices().skip(1).map(|(at, _)| answer.split_at(at));
        let mut all: Vec<Vec<&str>> = cuts.map(|(before, after)| vec![before, after]).collect();
        all.extend([vec![answer], answer.split("").filter(|it| !it.is_empty()).collect()]);
        all
    }

    #[test]
    fn an_answer_that_is_awaited_is_taken_out_wherever_it_is_torn() {
        for answer in answers() {
            for pieces in torn(&answer) {
                let mut escape = Escape::new(Some(Instant::now()));
                assert_eq!(passed_on_of(&mut escape, &pieces, PATIENCE), [], "{pieces:?}");
                assert_eq!(
                    (escape.take_ground(), escape.patience()),
                    (Some(Ground::Light), None),
                    "{pieces:?}"
                );
            }
        }
    }

    /// An escape alone is a key when nothing is awaited, but what comes behind it is an answer all the same.
    #[test]
    fn an_answer_that_nobody_awaits_any_more_is_no_text_wherever_it_is_torn() {
        for answer in answers() {
            for pieces in torn(&answer) {
                let mut escape = Escape::default();
                let alone = if pieces[0] == "\x1b" { vec![key(ESC)] } else { vec![] };
                assert_eq!(passed_on_of(&mut escape, &pieces, AWAITED), alone, "{pieces:?}");
                assert_eq!(
                    (escape.take_ground(), escape.patience()),
                    (Some(Ground::Light), None),
                    "{pieces:?}"
                );
            }
        }
    }

    /// crossterm drops controls that are one byte.
    #[test]
    fn an_answer_without_its_mark_or_its_end_is_taken_out_where_it_comes_at_once() {
        for answer in ["11;rgb:ffff/ffff/ffff\x07", "]11;rgb:ffff/ffff/ffff\x1b\\"] {
            let mut escape = Escape::default();
            assert_eq!(passed_on_of(&mut escape, &[answer], TOGETHER), [], "{answer:?}");
            assert_eq!(escape.take_ground(), Some(Ground::Light), "{answer:?}");
        }
        let mut escape = Escape::default();
        assert_eq!(passed_on_of(&mut escape, &["11;rgb:ffff/ffff/ffff"], AWAITED), []);
        assert_eq!((escape.take_ground(), escape.patience()), (None, Some(REST)));
        assert_eq!((escape.quiet(REST), escape.take_ground()), (vec![], Some(Ground::Light)));
        for typed in ["q", "\x1bq"] {
            let keys = passed_on_of(&mut escape, &["11;rgb:0000/0000/0000", typed], PATIENCE);
            assert_eq!((keys, escape.take_ground()), (as_typed(typed), Some(Ground::Dark)));
        }
        let doubled = ["11;rgb:0000/0000/0000", "\x1b", "]11;rgb:ffff/ffff/ffff\x07"];
        assert_eq!(passed_on_of(&mut escape, &doubled, PATIENCE), []);
        assert_eq!(escape.take_ground(), Some(Ground::Light));
    }

    #[test]
    fn an_answer_that_stays_unfinished_is_no_text_and_swallows_nothing() {
        let mut escape = Escape::default();
        assert_eq!(passed_on_of(&mut escape, &["\x1b]11;rgb:ff", "q"], PATIENCE), [key('q')]);
        assert_eq!(passed_on_of(&mut escape, &["\x1b]11;rgb:ff"], AWAITED), []);
        assert_eq!((escape.quiet(REST), escape.take_ground()), (vec![], None));
        assert_eq!(passed_on_of(&mut escape, &["/"], TOGETHER), [key('/')]);
    }

    #[test]
    fn what_an_answer_begins_with_is_typed_without_waiting() {
        for typed in ["]", "1", "11", "11;", "]1", "g", "\\"] {
            let mut escape = Escape::new(Some(Instant::now()));
            assert_eq!(passed_on_of(&mut escape, &[typed], TOGETHER), as_typed(typed), "{typed:?}");
        }
        let mut escape = Escape::default();
        assert_eq!(passed_on_of(&mut escape, &["\x1b"], PATIENCE), [key(ESC)]);
        assert_eq!(passed_on_of(&mut escape, &["1"], TOGETHER), [key('1')]);
    }

    #[test]
    fn an_escape_and_a_bracket_are_passed_on_with_the_next_key_or_in_the_end() {
        for pieces in [["\x1b]", "q"], ["\x1b", "]q"]] {
            assert_eq!(passed_on_of(&mut Escape::default(), &pieces, AWAITED), as_typed("\x1b]q"));
        }
        for pieces in [["\x1b]", "1"], ["\x1b", "]1"]] {
            let mut escape = Escape::default();
            let mut keys = passed_on_of(&mut escape, &pieces, AWAITED);
            keys.extend(escape.quiet(REST));
            assert_eq!(keys, as_typed("\x1b]1"));
        }
    }

    #[test]
    fn an_escape_alone_waits_longer_only_while_an_answer_is_awaited() {
        let long_ago = Instant::now().checked_sub(ON_ITS_WAY);
        for (asked, patience) in [(None, PATIENCE), (long_ago, PATIENCE), (Some(Instant::now()), AWAITED)] {
            let mut escape = Escape::new(asked);
            escape.accept(key(ESC));
            assert_eq!(escape.patience(), Some(patience));
        }
        assert!(Instant::now().checked_sub(ON_ITS_WAY).is_some());
    }

    const TYPED: [&str; 16] =
        ["\x1b", "]", "1", ";", "r", "g", "b", ":", "f", "/", "\\", "đ", "A", "\x07", "\x1b]", "\x1bq"];

    /// What is typed, each by itself: keys that an answer is made of among them.
    fn typed() -> impl Strategy<Value = Vec<&'static str>> {
        vec(select(&TYPED), 0..6)
    }

    fn cut(answer: &str, cuts: &[Index]) -> Vec<String> {
        let places: Vec<usize> = answer.char_indices().map(|(at, _)| at).collect();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| *cut.get(&places)).collect();
        cuts.extend([0, answer.len()]);
        cuts.sort_unstable();
        cuts.windows(2).map(|pair| answer[pair[0]..pair[1]].to_owned()).collect()
    }

    /// The keys as they would be passed on if nothing but keys ever came.
    fn keys_of(typed: &[&str]) -> Vec<KeyEvent> {
        let both = |key| behind_escape(key).map_or(vec![key], |behind| vec![KeyCode::Esc.into(), behind]);
        typed.iter().flat_map(|piece| read(piece)).flat_map(both).collect()
    }

    proptest! {
        #[test]
        fn the_keys_that_come_out_are_those_that_were_typed(
            typed in [typed(), typed(), typed()],
            answers in [0, 1].map(|_| (select(answers()), vec(any::<Index>(), 0..5))),
            silence in select(&[TOGETHER, PATIENCE]),
        ) {
            let [first, second] = answers.map(|(answer, cuts)| cut(&answer, &cuts));
            let [first, second] = [&first, &second].map(|it| it.iter().map(String::as_str).collect::<Vec<_>>());
            let [before, between, after] = &typed;
            let mut escape = Escape::new(Some(Instant::now()));
            let pieces = [before, &first, between, &second, after].map(Vec::as_slice).concat();
            let mut passed = passed_on_of(&mut escape, &pieces, silence);
            passed.extend(escape.quiet(REST));
            prop_assert_eq!(passed, keys_of(&typed.concat()));
            prop_assert_eq!((escape.take_ground(), escape.patience()), (Some(Ground::Light), None));
        }
    }
}
