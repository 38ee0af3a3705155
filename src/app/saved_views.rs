//! Filters that are kept in the plan under a name, for everybody: saved, opened, renamed and deleted by commands.

use std::rc::Rc;

use super::action::ViewDeed;
use super::editor::Editor;
use super::keymap::Mode;
use super::picker::{Candidate, Choice, PickValue, Picker};
use super::{App, Effect, Panel};
use crate::plan::query::Query;
use crate::plan::{Change, Edit, PlanField, PlanKey, SavedView};
use crate::words::Phrase;

/// The screens that a view may open on, by their names in the file. Another one opens on the board.
const SCREENS: [(&str, Mode); 4] = [
    ("board", Mode::Board),
    ("deadlines", Mode::Deadlines),
    ("summary", Mode::Summary),
    ("meeting", Mode::Meeting),
];

const NO_VIEW: Phrase = Phrase::new("Chưa có bộ lọc nào được lưu", "No view is saved yet");

/// Why a name is none for a view.
const TAKEN: Phrase = Phrase::new("Đã có bộ lọc tên này", "There is a view of this name already");
const UNNAMED: Phrase = Phrase::new("Bộ lọc phải có tên; Esc để hủy", "A view must have a name; Esc leaves");
const DELETED: Phrase = Phrase::new("Bộ lọc này đã bị xóa", "This view was deleted");

impl App {
    fn views(&self) -> &[SavedView] {
        self.plan().map_or(&[], |plan| &plan.views)
    }

    /// A command for each view.
    pub(super) fn view_commands(&self) -> Vec<Candidate> {
        let word = Phrase::new("Bộ lọc", "View").say(self.lang);
        let command = |view: &SavedView| {
            Candidate::new(format!("{word}: {}", view.name), PickValue::View(view.name.clone()))
        };
        self.views().iter().map(command).collect()
    }

    /// Asks under which name the filter is to be kept.
    pub(super) fn ask_for_view_name(&mut self) {
        if self.query.is_empty() {
            self.say(Phrase::new(
                "Chưa lọc gì: F4 hoặc F7 trước, rồi lưu",
                "Nothing is filtered: F4 or F7 first, then save",
            ));
        } else if !self.is_read_only(self.current) {
            self.panel = Some(Panel::Edit(Editor::of_view(self.current, None)));
        }
    }

    pub(super) fn pick_view(&mut self, deed: ViewDeed) {
        let name = |view: &SavedView| Candidate::of_name(&view.name);
        let items: Vec<Candidate> = self.views().iter().map(name).collect();
        if items.is_empty() {
            self.say(NO_VIEW);
        } else if !self.is_read_only(self.current) {
            self.panel = Some(Panel::Pick(Picker::of(Choice::View(deed), items, Rc::default())));
        }
    }

    pub(super) fn take_view(&mut self, deed: ViewDeed, picker: &Picker) -> Option<Effect> {
        let PickValue::Name(name) = &picker.chosen()?.value else { return None };
        match deed {
            ViewDeed::Rename => {
                self.panel = Some(Panel::Edit(Editor::of_view(self.current, Some(name.clone()))));
                None
            }
            ViewDeed::Delete => {
                let left = self.views().iter().filter(|view| view.name != *name).cloned().collect();
                self.commit_views(self.current, left)
            }
        }
    }

    /// Opens a view by its name: what it leaves, on its screen.
    pub(super) fn open_view(&mut self, name: &str) {
        let Some(view) = self.views().iter().find(|view| view.name == name).cloned() else { return };
        let read = self.query_context().map(|context| Query::parse(&view.query, &context));
        match read {
            Some(Ok(query)) => {
                let screen = SCREENS.iter().find(|(screen, _)| *screen == view.screen);
                self.narrow_to(query);
                match screen.map_or(Mode::Board, |(_, mode)| *mode) {
                    Mode::Meeting => {
                        self.enter(Mode::Board);
                        self.open_meeting_in(&view.order);
                    }
                    mode => {
                        self.enter(mode);
                        self.seek();
                    }
                }
            }
            Some(Err(error)) => {
                let told = error.message_of_view(name, self.lang);
                self.notices.answer(told);
            }
            None => {}
        }
    }

    /// Keeps what is filtered now under the name that was typed, or gives a view that name. One of the same name is
    /// replaced.
    pub(super) fn name_view(
        &mut self,
        plan: PlanKey,
        before: Option<&str>,
        editor: Editor,
    ) -> Option<Effect> {
        let name = editor.text();
        let place = |name: &str| self.views().iter().position(|view| view.name == name);
        let at = place(before.unwrap_or(&name));
        let is_other = before.is_some_and(|before| before != name);
        let why = match before {
            _ if is_other && place(&name).is_some() => Some(TAKEN),
            _ if name.is_empty() => Some(UNNAMED),
            Some(_) if at.is_none() => Some(DELETED),
            _ => None,
        };
        if let Some(why) = why {
            return self.refuse(editor, why.say(self.lang).to_owned());
        }
        let mut views = self.views().to_vec();
        match (before, at) {
            (Some(_), Some(at)) => views[at].name = name,
            (None, Some(at)) => views[at] = self.view_now(name),
            (_, None) => views.push(self.view_now(name)),
        }
        self.commit_views(plan, views)
    }

    /// What is filtered now, and the screen that it is looked at on.
    fn view_now(&self, name: String) -> SavedView {
        let screen = SCREENS.iter().find(|(_, mode)| self.is_in(*mode));
        let screen = screen.map_or("", |(screen, _)| screen).to_owned();
        let order = self.chosen_order().map_or_else(String::new, |order| order.name().to_owned());
        SavedView { name, query: self.query.written(), order, screen }
    }

    fn commit_views(&mut self, key: PlanKey, views: Vec<SavedView>) -> Option<Effect> {
        let edit = Edit::of(PlanField::Views, self.plan_of(key)?, views);
        self.commit(key, vec![Change::Head(edit)])
    }
}
