//! Keys and pastes: which are commands, which are text, and what an input method makes of them.

use std::borrow::Cow;
use std::time::Instant;

use crossterm::event::KeyCode;

use super::action::Action;
use super::keymap::{self, Ctrl, Key};
use super::picker::{Choice, Picker};
use super::press::MOMENT;
use super::{App, Effect, Panel, Press};
use crate::text;
use crate::words::Phrase;

/// Longer lines are hard to read.
const WIDEST_FIELD: usize = 90;

impl App {
    pub(super) fn press(&mut self, press: &Press) -> Option<Effect> {
        if self.reading.is_first(press) {
            self.notices.press();
        }
        self.reading.leaving = None;
        let key = Key::of(press.key);
        if self.is_meant_for_below(key) {
            self.panel = None;
        }
        let mode = self.mode();
        let action = keymap::meaning(mode, key);
        if action == Some(Action::Quit) && key.ctrl == Ctrl::Held {
            return self.act(Action::Quit);
        }
        if !self.sight.is_seen(press.at) {
            return None;
        }
        if mode.takes_text() {
            return match action {
                Some(action) => self.act(action),
                None => self.type_key(key),
            };
        }
        if self.reading.is_text(press, |letter| keymap::meaning_of(mode, letter)) {
            self.tell_of_text(press);
            return None;
        }
        if action == Some(Action::Quit) && matches!(key.code, KeyCode::Char(_)) {
            self.reading.leaving = Some(press.at);
            return None;
        }
        self.act(action?)
    }

    /// When the program is to be left, if nothing more comes. A letter that leaves may be the first of a word, as in
    /// *quý*.
    pub fn leaves_at(&self) -> Option<Instant> {
        self.reading.leaving.map(|leaving| leaving + MOMENT)
    }

    /// What was typed where no field is open does nothing. Said once: an input method that is on may delay keys, or
    /// send others.
    fn tell_of_text(&mut self, press: &Press) {
        if press.is_changed_letter() && self.notices.is_silent() && !self.has_heard_of_input_method {
            self.has_heard_of_input_method = true;
            self.say(Phrase::new(
                "Bộ gõ tiếng Việt đang bật; phím chữ có thể chậm hoặc sai. Phím mũi tên, F1–F10 luôn dùng được",
                "A Vietnamese keyboard is on; letters may come late or changed. Arrows and F1–F10 always work",
            ));
        } else if self.notices.is_silent() {
            self.say(Phrase::new(
                "Chưa mở ô nhập nào: chữ vừa gõ không có tác dụng. F2 để sửa, F7 để tìm",
                "No field is open: what was typed does nothing. F2 edits, F7 searches",
            ));
        }
    }

    fn type_key(&mut self, key: Key) -> Option<Effect> {
        if let (Some(Panel::Pick(picker)), KeyCode::Char(digit)) = (&mut self.panel, key.code)
            && picker.choose_numbered(digit)
        {
            return self.accept();
        }
        let field = self.field_mut()?;
        match (key.code, key.ctrl) {
            (KeyCode::Char(letter), Ctrl::Up) => {
                field.insert(letter);
            }
            (KeyCode::Char('w'), Ctrl::Held) => field.delete_word_before(),
            (KeyCode::Char('u'), Ctrl::Held) => field.clear_before(),
            (KeyCode::Char('a'), Ctrl::Held) | (KeyCode::Home, _) => field.home(),
            (KeyCode::Char('e'), Ctrl::Held) | (KeyCode::End, _) => field.end(),
            (KeyCode::Backspace, _) => field.backspace(),
            (KeyCode::Delete, _) => field.delete(),
            (KeyCode::Left, _) => field.left(),
            (KeyCode::Right, _) => field.right(),
            _ => return None,
        }
        self.typed();
        None
    }

    /// A paste is text. Where no text is taken it does nothing, whatever letters are in it.
    pub(super) fn paste(&mut self, text: &str) -> Option<Effect> {
        self.notices.press();
        let text = self.as_names(text);
        let Some(field) = self.field_mut() else {
            self.say(Phrase::new(
                "Ở đây không dán được chữ. F7 để tìm, Enter để mở việc rồi F2 để sửa",
                "Nothing can be pasted here. F7 searches; Enter opens a task and F2 edits it",
            ));
            return None;
        };
        if field.insert_str(&text) == text::Taken::Part {
            self.say(Phrase::new("Chỉ dán được một phần: quá dài", "Only a part was pasted: it is too long"));
        }
        self.typed();
        None
    }

    /// Where the names of agencies are typed, lines are names, as in plans.
    fn as_names<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match &self.panel {
            Some(Panel::Pick(Picker { subject: Choice::Agencies(..), .. })) => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                Cow::Owned(lines.collect::<Vec<_>>().join("; "))
            }
            _ => Cow::Borrowed(text),
        }
    }

    /// The text field that has the keys.
    pub(super) fn field_mut(&mut self) -> Option<&mut text::Field> {
        match self.panel.as_mut()? {
            Panel::Search => Some(&mut self.search),
            Panel::Pick(picker) => Some(&mut picker.typed),
            Panel::Edit(editor) => Some(&mut editor.field),
            Panel::Form(form) => Some(form.field_mut()),
            Panel::Help(window) | Panel::Past(window) => Some(&mut window.typed),
            Panel::Ask(_) => None,
        }
    }

    /// What follows from another text in the field.
    fn typed(&mut self) {
        match &mut self.panel {
            Some(Panel::Search) => self.search_typed(),
            Some(Panel::Pick(picker)) => {
                picker.narrow();
                self.try_filter();
            }
            Some(Panel::Form(form)) => {
                form.typed();
                self.read_conclusion();
            }
            Some(Panel::Help(window) | Panel::Past(window)) => window.first = 0,
            _ => {}
        }
    }

    /// Columns of text in the field that is edited.
    pub fn field_width(&self) -> usize {
        let width = match self.size.panel() {
            panel @ 1.. if self.detail.is_some() => panel,
            _ => self.size.width,
        };
        usize::from(width.saturating_sub(7)).clamp(1, WIDEST_FIELD)
    }
}
