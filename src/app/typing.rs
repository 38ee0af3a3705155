//! Keys and pastes: which are commands, which are text, and what an input method makes of them.

use crossterm::event::{KeyCode, KeyEvent};

use super::keymap::{self, Ctrl, Key};
use super::{App, Effect, Panel};
use crate::text::{self, Needle};

impl App {
    pub(super) fn press(&mut self, event: KeyEvent) -> Option<Effect> {
        self.notice = None;
        let mode = self.mode();
        let key = Key::of(event);
        if let Some(action) = keymap::meaning(mode, key) {
            return self.act(action);
        }
        if mode.takes_text() {
            return self.type_key(key);
        }
        let meant = keymap::unaccented(key)?;
        self.tell_of_input_method();
        let action = keymap::meaning(mode, meant).filter(|action| action.is_harmless())?;
        self.act(action)
    }

    /// Said once: an input method that is on may delay keys, or send others.
    fn tell_of_input_method(&mut self) {
        if !self.has_heard_of_input_method {
            self.has_heard_of_input_method = true;
            self.say(
                "Bộ gõ tiếng Việt đang bật; phím chữ có thể chậm hoặc sai. Phím mũi tên, F1–F10 luôn đúng",
                "A Vietnamese keyboard is on; letters may come late or changed. Arrows and F1–F10 always work",
            );
        }
    }

    fn type_key(&mut self, key: Key) -> Option<Effect> {
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
        self.notice = None;
        let Some(field) = self.field_mut() else {
            self.say(
                "Ở đây không dán được chữ. F7 để tìm, Enter để mở việc rồi F2 để sửa",
                "Nothing can be pasted here. F7 searches; Enter opens a task and F2 edits it",
            );
            return None;
        };
        if field.insert_str(text) == text::Taken::Part {
            self.say(
                "Chỉ dán được một phần: ô này chỉ nhận một dòng",
                "Only a part was pasted: this field takes one line",
            );
        }
        self.typed();
        None
    }

    /// The text field that has the keys.
    pub(super) fn field_mut(&mut self) -> Option<&mut text::Field> {
        match self.panel.as_mut()? {
            Panel::Search => Some(&mut self.search),
            Panel::Pick(picker) => Some(&mut picker.typed),
            Panel::Edit(editor) => Some(&mut editor.field),
            Panel::Ask(_) | Panel::Help(_) => None,
        }
    }

    /// What follows from another text in the field.
    fn typed(&mut self) {
        match &mut self.panel {
            Some(Panel::Search) => {
                self.query.search = Needle::parse(self.search.text());
                self.seek();
            }
            Some(Panel::Pick(picker)) => picker.narrow(),
            _ => {}
        }
    }

    /// Goes to the nearest column that has something to show, after what is shown has changed.
    pub(super) fn seek(&mut self) {
        let board = self.board();
        let here = board.lanes.iter().position(|lane| lane.column == self.cursor.column()).unwrap_or(0);
        let full = (0..board.lanes.len()).filter(|&at| !board.lanes[at].tasks.is_empty());
        if let Some(nearest) = full.min_by_key(|&at| at.abs_diff(here)) {
            self.cursor.enter(board.lanes[nearest].column);
        }
    }

    /// Columns of text in the field that is edited.
    pub fn field_width(&self) -> usize {
        usize::from(self.size.width.saturating_sub(4)).max(1)
    }
}
