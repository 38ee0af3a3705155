//! The list of the plans that are open, and how one of them is looked at.

use super::cursor::Cursor;
use super::keymap::Mode;
use super::scroll::{ListLines, Scroll, Step};
use super::view::View;
use super::{App, board};
use crate::plan::PlanKey;
use crate::plan::query::Query;

pub(super) const VIEW: View =
    View { mode: Mode::Plans, scroll: Scroll { row: 0, first: 0 }, enter, step, clamp };

fn enter(app: &mut App) {
    app.view_mut().scroll.row = app.current.0;
}

fn step(app: &mut App, step: Step) {
    let (length, height) = (app.plans.len(), app.list_height());
    app.view_mut().scroll.step(step, &ListLines { length, visible: height });
}

fn clamp(app: &mut App) {
    let (length, height) = (app.plans.len(), app.list_height());
    app.view_mut().scroll.keep(&ListLines { length, visible: height });
}

impl App {
    /// Puts the plan that is looked at on its board.
    pub(super) fn begin_on_board(&mut self) {
        self.plans[self.current.0].is_looked_at = true;
        self.enter(Mode::Board);
        board::enter_current_quarter(self);
    }

    /// Opens the chosen plan on its board. One that cannot be read says why.
    pub(super) fn open_plan(&mut self) {
        let chosen = PlanKey(self.view().scroll.row);
        let Some(open) = self.plans.get(chosen.0) else { return };
        if open.plan.is_none() {
            if let Some(trouble) = &open.trouble {
                self.notices.answer(trouble.say(self.lang).to_owned());
            }
            return;
        }
        if self.current != chosen {
            self.cursor = Cursor::default();
            self.query = Query::default();
            self.search = Self::empty_search();
        }
        self.current = chosen;
        self.begin_on_board();
    }
}
