//! The board: how its cursor moves.

use std::rc::Rc;

use chrono::Datelike as _;

use super::cursor::{Cursor, CursorSide, Empty};
use super::keymap::Mode;
use super::layout::Layout;
use super::scroll::{Scroll, Step};
use super::view::View;
use super::{App, TaskRef};
use crate::plan::{Column, Quarter};

pub(super) const VIEW: View = View { mode: Mode::Board, scroll: Scroll::TOP, enter: |_| {}, step, clamp };

fn step(app: &mut App, step: Step) {
    app.with_cursor(|cursor, app, layout| cursor.step(step, app, layout));
}

/// Keeps the cursor on its task, whichever view shows it.
pub(super) fn clamp(app: &mut App) {
    app.with_cursor(|cursor, app, _| cursor.follow(app));
    app.with_cursor(Cursor::clamp);
}

impl App {
    /// The quarter that it is now, where the plan is of this year.
    pub fn current_column(&self) -> Option<Column> {
        let today = self.calendar.today;
        let is_of_this_year = self.plan()?.year == today.year();
        is_of_this_year.then(|| Column::Quarter(Quarter::of(today)))
    }

    /// Where the columns and their cards stand. Measured when what is shown or the window has changed.
    pub fn layout(&self) -> Rc<Layout> {
        let known = self.layout.borrow().clone();
        if let Some(layout) = known.filter(|layout| layout.is_for(self.size, self.cursor.column())) {
            return layout;
        }
        let layout = Rc::new(Layout::of(self, self.cursor.column()));
        self.layout.replace(Some(Rc::clone(&layout)));
        layout
    }

    /// The cursor goes by what the app shows, so it is taken out while it moves.
    fn with_cursor(&mut self, act: impl FnOnce(&mut Cursor, &Self, &Layout)) {
        let mut cursor = self.cursor.clone();
        act(&mut cursor, self, &self.layout());
        self.cursor = cursor;
    }

    pub(super) fn sideways(&mut self, side: CursorSide) {
        if self.detail.is_some() {
            self.turn(if side == CursorSide::Left { Step::Up } else { Step::Down });
            return;
        }
        if self.is_in(Mode::Summary) {
            self.next_column(side);
            return;
        }
        // What is filtered is to be found; in a plan without a filter an empty quarter is where a task is added.
        let empty = if self.query.is_empty() { Empty::Entered } else { Empty::Passed };
        self.with_cursor(|cursor, app, layout| cursor.sideways(side, empty, app, layout));
    }

    pub(super) fn put_cursor_on(&mut self, task: &TaskRef) {
        self.with_cursor(|cursor, app, _| cursor.select(task, app));
    }

    /// Puts the cursor on a task, wherever it stands, and every view with it.
    pub(super) fn select(&mut self, task: &TaskRef) {
        self.put_cursor_on(task);
        self.show_in_meeting(task);
        if let (true, Some(detail)) = (self.item_of(task).is_some(), &mut self.detail) {
            detail.task = task.clone();
        }
        self.clamp_cursors();
    }

    /// Goes to the nearest column that has something to show, after what is shown has changed.
    pub(super) fn seek(&mut self) {
        self.let_go();
        self.work_out();
        let lanes = &self.shown.board.lanes;
        let here = lanes.iter().position(|lane| lane.column == self.cursor.column()).unwrap_or(0);
        let full = (0..lanes.len()).filter(|&at| !lanes[at].rows.is_empty());
        if let Some(nearest) = full.min_by_key(|&at| at.abs_diff(here)) {
            self.cursor.enter(lanes[nearest].column);
        }
    }
}
