//! A task is set done by one key; a line in place of the footer then takes the real day and the document. Whoever has
//! nothing to write there goes on as if it were not there.

use crossterm::event::KeyCode;

use super::editor::{Editor, Part};
use super::keymap::{self, Ctrl, Key, Mode};
use super::{App, Effect, Next, Original, Panel, edits};
use crate::plan::{Change, Status, TaskRef};

impl App {
    /// Sets a task done today; then the day can be set right and the document be named.
    pub(super) fn complete(&mut self, of: &Original, part: Part) -> Option<Effect> {
        if of.task.status != Status::Done {
            let is_alone = !self.goes_to_all_marked(of.plan, &of.task.id);
            self.next = is_alone.then(|| Next::Complete(of.name(), part));
            return self.commit(of.plan, edits::status(&of.task, Status::Done, self.calendar.today));
        }
        if !self.is_read_only(of.plan) {
            self.panel = Some(Panel::Edit(Editor::of_completion(of.clone(), part)));
        }
        None
    }

    /// Opens the line, if the task was set done.
    pub(super) fn ask_for_completion(&mut self, name: &TaskRef, part: Part, made: &[Change]) {
        let is_done = |change: &Change| {
            let status = change.edit_of(&name.task).and_then(|edit| edit.after.status());
            status == Some(Status::Done)
        };
        if let Some(of) = self.item_of(name).map(Original::of)
            && made.iter().any(is_done)
        {
            self.panel = Some(Panel::Edit(Editor::of_completion(of, part)));
            // The line says it.
            self.notices.silence();
        }
    }

    pub(super) fn change_part(&mut self) {
        if let Some(Panel::Edit(editor)) = &mut self.panel {
            editor.change_part();
        }
    }

    /// Whether a key is meant for what lies under the line of completion, in which nothing was written yet.
    pub(super) fn is_meant_for_below(&self, key: Key) -> bool {
        let is_fresh = matches!(&self.panel, Some(Panel::Edit(editor)) if editor.is_fresh_completion());
        let is_text = match key.code {
            KeyCode::Char(letter) if key.ctrl == Ctrl::Up => !matches!(letter, ' ' | '='),
            KeyCode::Char(letter) => matches!(letter, 'u' | 'w' | 'a' | 'e'),
            KeyCode::Backspace | KeyCode::Delete => true,
            _ => false,
        };
        is_fresh && !is_text && keymap::meaning(Mode::Completion, key).is_none()
    }
}
