//! Every key and what it means. Footer, help, README and tests read this table.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::action::Action;
use crate::plan::{Facet, Field, Status};
use crate::words::{Lang, Phrase};

/// Who is listening to the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mode {
    Plans,
    Board,
    Deadlines,
    Review,
    Summary,
    Task,
    /// The first slide of a meeting: its figures and its order.
    MeetingStart,
    /// A task in a meeting.
    Meeting,
    /// What a meeting has decided.
    MeetingEnd,
    /// The meeting of somebody else, on another screen.
    Follow,
    Help,
    /// A list that is typed to narrow, and of which one is taken.
    Pick,
    /// The same, of which several are taken.
    Several,
    /// The agencies to filter by.
    Filter,
    /// Steps and receipts, which are ticked.
    Ticks,
    Search,
    /// A text field of one line.
    Text,
    /// A text field of several lines.
    Notes,
    /// The window for a later deadline.
    Extension,
    /// The window for what is told of a task that was just set done, as long as nothing is typed in it.
    Completion,
    /// A window with several boxes.
    Form,
    /// The window in which a plan is made.
    NewPlan,
    /// A question.
    Ask,
}

impl Mode {
    pub const ALL: [Self; 23] = [
        Self::Board,
        Self::Task,
        Self::Deadlines,
        Self::Review,
        Self::Summary,
        Self::MeetingStart,
        Self::Meeting,
        Self::MeetingEnd,
        Self::Follow,
        Self::Plans,
        Self::Search,
        Self::Filter,
        Self::Ticks,
        Self::Several,
        Self::Pick,
        Self::Text,
        Self::Notes,
        Self::Form,
        Self::Completion,
        Self::Extension,
        Self::NewPlan,
        Self::Ask,
        Self::Help,
    ];

    pub const fn label(self) -> Phrase {
        match self {
            Self::Plans => Action::Plans.label(),
            Self::Board => Action::Board.label(),
            Self::Deadlines => Action::Deadlines.label(),
            Self::Review => Action::Review.label(),
            Self::Summary => Action::Summary.label(),
            Self::MeetingStart => Phrase::new("Bắt đầu giao ban", "The beginning of a meeting"),
            Self::Meeting => Action::Meeting.label(),
            Self::MeetingEnd => Phrase::new("Kết luận giao ban", "The end of a meeting"),
            Self::Follow => Phrase::new("Màn hình thứ hai", "The second screen"),
            Self::Task => Phrase::new("Một việc", "Task"),
            Self::Help => Action::Help.label(),
            Self::Pick => Phrase::new("Danh sách để chọn", "Lists to choose from"),
            Self::Several => Phrase::new("Danh sách chọn nhiều", "Lists to choose several from"),
            Self::Filter => Phrase::new("Danh sách để lọc", "Lists to filter by"),
            Self::Ticks => Action::Ticks.label(),
            Self::Search => Action::Search.label(),
            Self::Text => Phrase::new("Ô nhập", "Text fields"),
            Self::Notes => Phrase::new("Ô nhập nhiều dòng", "Fields of several lines"),
            Self::Extension => Action::Extend.label(),
            Self::Completion => Phrase::new("Việc vừa hoàn thành", "A task just done"),
            Self::Form => Phrase::new("Cửa sổ nhiều ô", "Windows with several fields"),
            Self::NewPlan => Action::NewPlan.label(),
            Self::Ask => Phrase::new("Câu hỏi", "Questions"),
        }
    }

    /// Whether a typed letter is text there.
    pub fn takes_text(self) -> bool {
        !SCREENS.contains(&self) && !matches!(self, Self::Follow | Self::Ask)
    }
}

/// A key as a terminal reports it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: KeyCode,
    pub ctrl: Ctrl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ctrl {
    Up,
    Held,
}

const fn key(code: KeyCode) -> Key {
    Key { code, ctrl: Ctrl::Up }
}

const fn c(letter: char) -> Key {
    key(KeyCode::Char(letter))
}

const fn f(number: u8) -> Key {
    key(KeyCode::F(number))
}

const fn ctrl(letter: char) -> Key {
    Key { code: KeyCode::Char(letter), ctrl: Ctrl::Held }
}

/// Alt and Enter, and Ctrl-J, which is Enter where no line can be begun.
const ALT_ENTER: Key = ctrl('j');

impl Key {
    /// The key that was pressed. Some terminals send Ctrl-H for Backspace and Ctrl-J for Enter.
    pub fn of(event: KeyEvent) -> Self {
        let is_ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
        match event.code {
            KeyCode::Char('h') if is_ctrl => key(KeyCode::Backspace),
            KeyCode::Char('m') if is_ctrl => key(KeyCode::Enter),
            KeyCode::Enter if event.modifiers.contains(KeyModifiers::ALT) => ALT_ENTER,
            KeyCode::Char(letter) if is_ctrl => ctrl(letter.to_ascii_lowercase()),
            code => key(code),
        }
    }

    pub fn label(self, lang: Lang) -> String {
        match self.code {
            KeyCode::Char(' ') => "Space".to_owned(),
            _ if self == ALT_ENTER => "Alt-Enter".to_owned(),
            KeyCode::Char(letter) if self.ctrl == Ctrl::Held => {
                format!("Ctrl-{}", letter.to_ascii_uppercase())
            }
            KeyCode::Char(letter) => letter.to_string(),
            KeyCode::F(number) => format!("F{number}"),
            KeyCode::Up => Action::Up.label().say(lang).to_owned(),
            KeyCode::Down => Action::Down.label().say(lang).to_owned(),
            KeyCode::Left => Phrase::new("Trái", "Left").say(lang).to_owned(),
            KeyCode::Right => Phrase::new("Phải", "Right").say(lang).to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
            KeyCode::BackTab => "Shift-Tab".to_owned(),
            code => format!("{code:?}"),
        }
    }
}

/// Some keys, where they work, and what they mean there.
#[derive(Debug, Clone, Copy)]
pub struct Binding {
    pub modes: &'static [Mode],
    pub keys: &'static [Key],
    pub action: Action,
    pub listed: Listed,
}

/// Where a binding is told of. All are in the help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// In the footer too, in the order of the table.
    Footer,
    Help,
}

use Listed::{Footer, Help as Quiet};
use Mode::{
    Ask, Board, Completion, Deadlines, Extension, Filter, Follow, Form, Help, Meeting, MeetingEnd,
    MeetingStart, NewPlan, Notes, Pick, Plans, Review, Search, Several, Summary, Task, Text, Ticks,
};

/// What shows tasks, and what shows a plan.
const LISTED: &[Mode] = &[Board, Deadlines, Review];
const VIEWS: &[Mode] = &[Board, Deadlines, Review, Summary];
const WORK: &[Mode] = &[Board, Deadlines, Review, Task, Meeting];
const PLANNED: &[Mode] = &[Board, Deadlines, Review, Task];
const MEETINGS: &[Mode] = &[MeetingStart, Meeting, MeetingEnd];
const CHANGED: &[Mode] = &[Board, Deadlines, Review, Summary, Task, Meeting, MeetingEnd];
const TAKEN_BACK: &[Mode] = &[Board, Deadlines, Review, Summary, Task, Meeting, MeetingEnd, Ticks];
const SCREENS: &[Mode] = &[Board, Plans, Deadlines, Review, Summary, Task, MeetingStart, Meeting, MeetingEnd];
const LISTS: &[Mode] = &[Help, Pick, Several, Filter, Ticks, Search];
const FIELDS: &[Mode] = &[Pick, Several, Filter, Ticks, Search, Text, Notes, Extension, Form, NewPlan, Help];
const WINDOWS: &[Mode] = &[Form, Completion, Extension, NewPlan];
const LEFT_BY_ESC: &[Mode] =
    &[Pick, Several, Filter, Search, Text, Notes, Extension, Completion, Form, NewPlan, Ask];

const fn bind(modes: &'static [Mode], keys: &'static [Key], action: Action, listed: Listed) -> Binding {
    Binding { modes, keys, action, listed }
}

/// No letter opens a text field: it would stay in the input method's word and spoil the first word typed.
/// No action hangs on a letter alone, and none on a vowel, on `d`, `w` or brackets.
pub const KEYMAP: &[Binding] = &[
    bind(&[Text, Form, Extension, Completion], &[key(KeyCode::Enter), f(2)], Action::Accept, Footer),
    bind(&[Extension], &[f(3)], Action::Correct, Footer),
    bind(&[Ask], &[f(2)], Action::KeepBoth, Quiet),
    bind(&[Ask], &[f(8)], Action::Drop, Quiet),
    bind(&[NewPlan], &[key(KeyCode::Enter)], Action::NextField, Footer),
    bind(WINDOWS, &[key(KeyCode::Tab)], Action::NextBox, Footer),
    bind(WINDOWS, &[key(KeyCode::BackTab)], Action::PreviousBox, Quiet),
    bind(&[Notes, NewPlan], &[f(2)], Action::Accept, Footer),
    bind(&[Form], &[ALT_ENTER], Action::Newline, Quiet),
    bind(&[Notes], &[key(KeyCode::Enter)], Action::Newline, Footer),
    bind(&[Search, Pick, Several, Filter, Ask], &[key(KeyCode::Enter)], Action::Accept, Footer),
    bind(&[Several, Filter], &[key(KeyCode::Tab), key(KeyCode::Insert)], Action::Mark, Footer),
    bind(&[Ticks], &[c(' ')], Action::Tick, Footer),
    bind(&[Ticks], &[key(KeyCode::Enter), key(KeyCode::Tab)], Action::Mark, Footer),
    bind(&[Ticks], &[f(2)], Action::Edit, Footer),
    bind(&[Ticks], &[key(KeyCode::Esc), f(10)], Action::Back, Footer),
    bind(&[Filter], &[f(4)], Action::NextFacet, Footer),
    bind(LEFT_BY_ESC, &[key(KeyCode::Esc), f(10)], Action::Cancel, Footer),
    bind(&[MeetingStart], &[key(KeyCode::Enter), key(KeyCode::Right)], Action::Begin, Footer),
    bind(&[Meeting], &[key(KeyCode::Enter)], Action::Hear, Footer),
    bind(&[MeetingEnd], &[f(2)], Action::WriteMinutes, Footer),
    bind(SCREENS, &[f(1), c('?')], Action::Help, Footer),
    bind(&[Task], &[key(KeyCode::Enter), f(2)], Action::Edit, Footer),
    bind(&[Meeting, MeetingEnd], &[key(KeyCode::Left), c('h')], Action::PreviousTask, Quiet),
    bind(WORK, &[c(' ')], Action::Advance, Footer),
    bind(WORK, &[c('.')], Action::Tell, Footer),
    bind(WORK, &[c('-')], Action::Retreat, Quiet),
    bind(WORK, &[c('1')], Action::Set(Status::Todo), Quiet),
    bind(WORK, &[c('2')], Action::Set(Status::Doing), Quiet),
    bind(WORK, &[c('3')], Action::Set(Status::Done), Quiet),
    bind(WORK, &[c('4')], Action::Set(Status::Paused), Quiet),
    bind(WORK, &[c('5')], Action::Set(Status::Dropped), Quiet),
    bind(WORK, &[c('=')], Action::SetBecause, Quiet),
    bind(&[Plans, Board], &[key(KeyCode::Enter)], Action::Open, Footer),
    bind(&[Plans], &[key(KeyCode::Insert), c('+')], Action::NewPlan, Footer),
    bind(&[Deadlines, Review], &[key(KeyCode::Enter)], Action::Card, Footer),
    bind(&[Summary], &[key(KeyCode::Enter)], Action::Tasks, Footer),
    bind(&[Summary], &[f(6)], Action::NextGrouping, Footer),
    bind(&[Meeting, MeetingEnd], &[key(KeyCode::Insert), c('+')], Action::Conclude, Footer),
    bind(&[Meeting], &[f(5)], Action::EditField(Field::Due), Footer),
    bind(&[Meeting], &[f(6)], Action::EditField(Field::Officer), Footer),
    bind(&[Meeting], &[f(4)], Action::EditField(Field::Lead), Footer),
    bind(&[Meeting, MeetingEnd], &[f(7), c('/')], Action::FindTask, Footer),
    bind(&[Meeting], &[key(KeyCode::Right), c('l')], Action::NextTask, Footer),
    bind(&[Follow], &[f(1), c('?')], Action::Help, Footer),
    bind(&[Follow], &[f(10), key(KeyCode::Esc), c('q')], Action::Quit, Footer),
    bind(&[Board, Deadlines, Review, Meeting], &[f(2)], Action::Edit, Quiet),
    bind(VIEWS, &[f(3), key(KeyCode::Tab)], Action::NextView, Quiet),
    bind(VIEWS, &[f(4)], Action::Filter(Facet::Lead), Footer),
    bind(VIEWS, &[c('0')], Action::ClearFilter, Quiet),
    bind(WORK, &[c('*')], Action::NextNews, Quiet),
    bind(LISTED, &[c(',')], Action::MarkTask, Quiet),
    bind(LISTED, &[ctrl('a')], Action::MarkAll, Quiet),
    bind(VIEWS, &[f(7), c('/')], Action::Search, Footer),
    bind(WORK, &[c(';')], Action::Ticks, Quiet),
    bind(&[Board, Review, Summary], &[f(5)], Action::Deadlines, Footer),
    bind(&[Deadlines], &[f(5)], Action::Board, Footer),
    bind(SCREENS, &[f(9), c(':')], Action::Palette, Footer),
    bind(LISTED, &[f(6)], Action::Summary, Footer),
    bind(VIEWS, &[f(8)], Action::Meeting, Quiet),
    bind(MEETINGS, &[f(8), key(KeyCode::Esc), f(10), c('q')], Action::StopMeeting, Footer),
    bind(CHANGED, &[f(12)], Action::Offers, Quiet),
    bind(CHANGED, &[ctrl('t'), c('@')], Action::AsOf, Quiet),
    bind(TAKEN_BACK, &[ctrl('z')], Action::Undo, Quiet),
    bind(TAKEN_BACK, &[ctrl('y')], Action::Redo, Quiet),
    bind(LISTED, &[key(KeyCode::Insert), c('+')], Action::New, Quiet),
    bind(PLANNED, &[key(KeyCode::Delete)], Action::Delete, Quiet),
    bind(LISTED, &[c('<')], Action::MoveUp, Quiet),
    bind(LISTED, &[c('>')], Action::MoveDown, Quiet),
    bind(VIEWS, &[key(KeyCode::Esc)], Action::Back, Quiet),
    bind(&[Task], &[key(KeyCode::Esc), f(10), c('q')], Action::Back, Footer),
    bind(&[Help], &[key(KeyCode::Esc), f(10)], Action::Back, Footer),
    bind(&[Plans, Board, Deadlines, Review, Summary], &[f(10), c('q')], Action::Quit, Footer),
    bind(SCREENS, &[key(KeyCode::Up), c('k')], Action::Up, Quiet),
    bind(SCREENS, &[key(KeyCode::Down), c('j')], Action::Down, Quiet),
    bind(FIELDS, &[key(KeyCode::Up)], Action::Up, Quiet),
    bind(FIELDS, &[key(KeyCode::Down)], Action::Down, Quiet),
    bind(&[Board, Summary, Task], &[key(KeyCode::Left), c('h')], Action::Left, Quiet),
    bind(&[Board, Summary, Task], &[key(KeyCode::Right), c('l')], Action::Right, Quiet),
    bind(SCREENS, &[key(KeyCode::PageUp)], Action::PageUp, Quiet),
    bind(SCREENS, &[key(KeyCode::PageDown)], Action::PageDown, Quiet),
    bind(SCREENS, &[key(KeyCode::Home)], Action::First, Quiet),
    bind(SCREENS, &[key(KeyCode::End)], Action::Last, Quiet),
    bind(LISTS, &[key(KeyCode::PageUp)], Action::PageUp, Quiet),
    bind(LISTS, &[key(KeyCode::PageDown)], Action::PageDown, Quiet),
    bind(&[Help], &[key(KeyCode::Home)], Action::First, Quiet),
    bind(&[Help], &[key(KeyCode::End)], Action::Last, Quiet),
    bind(&Mode::ALL, &[ctrl('c')], Action::Quit, Quiet),
];

/// What a key means in a mode.
pub fn meaning(mode: Mode, key: Key) -> Option<Action> {
    let is_meant = |binding: &&Binding| binding.modes.contains(&mode) && binding.keys.contains(&key);
    let meant = KEYMAP.iter().find(is_meant).map(|binding| binding.action);
    let is_enter = meant.is_none() && key == ALT_ENTER;
    if is_enter { self::meaning(mode, self::key(KeyCode::Enter)) } else { meant }
}

/// The bindings of a mode, in the order of the table.
pub fn bindings(mode: Mode) -> impl Iterator<Item = &'static Binding> {
    KEYMAP.iter().filter(move |binding| binding.modes.contains(&mode))
}

/// The key to name beside an action in a list of commands.
pub fn key_of(mode: Mode, action: Action) -> Option<Key> {
    bindings(mode).find(|binding| binding.action == action).map(|binding| binding.keys[0])
}

/// What a character means in a mode.
pub(super) fn meaning_of(mode: Mode, character: char) -> Option<Action> {
    meaning(mode, c(character))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_means_two_things_in_one_mode() {
        for mode in Mode::ALL {
            let mut seen = HashSet::new();
            for binding in bindings(mode) {
                for key in binding.keys {
                    assert!(seen.insert(*key), "{key:?} in {mode:?}");
                }
            }
        }
    }

    #[test]
    fn no_action_hangs_on_a_key_that_an_input_method_changes() {
        let is_safe = |key: &Key| match key.code {
            KeyCode::Char(letter) => key.ctrl == Ctrl::Held || !letter.is_ascii_alphabetic(),
            _ => true,
        };
        for binding in KEYMAP {
            assert!(binding.keys.iter().any(is_safe), "{:?}", binding.action);
            for key in binding.keys {
                if let KeyCode::Char(letter) = key.code {
                    assert!(key.ctrl == Ctrl::Held || !"aeiouydw[]{}AEIOUYDW".contains(letter), "{letter}");
                }
            }
        }
    }

    #[test]
    fn no_letter_or_digit_opens_a_text_field() {
        let opens_text = [
            Action::Search,
            Action::Palette,
            Action::Filter(Facet::Lead),
            Action::Edit,
            Action::New,
            Action::NewPlan,
            Action::Open,
            Action::Tell,
        ];
        for binding in KEYMAP.iter().filter(|binding| opens_text.contains(&binding.action)) {
            for key in binding.keys {
                let is_word = matches!(key.code, KeyCode::Char(letter) if letter.is_alphanumeric());
                assert!(!is_word, "{key:?}");
            }
        }
    }

    #[test]
    fn no_question_is_answered_by_a_character() {
        let keys = bindings(Mode::Ask).flat_map(|binding| binding.keys);
        let is_character = |key: &&Key| matches!(key.code, KeyCode::Char(_)) && key.ctrl == Ctrl::Up;
        assert_eq!(keys.filter(is_character).count(), 0);
    }

    #[test]
    fn nothing_is_deleted_by_a_letter() {
        for binding in KEYMAP.iter().filter(|binding| binding.action == Action::Delete) {
            assert_eq!(binding.keys, [key(KeyCode::Delete)]);
        }
    }

    #[test]
    fn every_escape_has_a_second_key() {
        for binding in KEYMAP.iter().filter(|binding| binding.keys.contains(&key(KeyCode::Esc))) {
            let is_board = binding.modes.contains(&Mode::Board);
            assert!(binding.keys.len() > 1 || is_board, "{:?}", binding.modes);
        }
    }
}
