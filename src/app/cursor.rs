//! The task that the user is at, kept by its name.

use super::App;
use super::layout::Layout;
use super::scroll::{Scroll, Step};
use crate::plan::board::Lane;
use crate::plan::{Column, TaskRef};

/// Where the user is on the board. Every column remembers its own place, so that none jumps when another
/// is entered.
#[derive(Debug, Clone)]
pub struct Cursor {
    column: Column,
    spots: [CursorSpot; Column::ALL.len()],
}

/// A place in a column: the task by its name; the row only helps when the task is gone.
#[derive(Debug, Clone, Default)]
struct CursorSpot {
    task: Option<TaskRef>,
    scroll: Scroll,
}

/// Left or right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CursorSide {
    Left,
    Right,
}

/// Whether a column without tasks is gone to, or passed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    Entered,
    Passed,
}

impl Default for Cursor {
    fn default() -> Self {
        Self { column: Column::ALL[0], spots: Default::default() }
    }
}

impl Cursor {
    pub fn task(&self) -> Option<&TaskRef> {
        self.spot(self.column).task.as_ref()
    }

    pub const fn column(&self) -> Column {
        self.column
    }

    /// The chosen row of a column and the first one in sight.
    pub fn scroll(&self, column: Column) -> Scroll {
        self.spot(column).scroll
    }

    /// Puts the cursor into a column, where it was when the column was left.
    pub fn enter(&mut self, column: Column) {
        self.column = column;
    }

    /// Puts the cursor on a task, in the column it is in if the task stands there.
    pub(super) fn select(&mut self, name: &TaskRef, app: &App) {
        let Some(item) = app.item_of(name) else { return };
        let columns = item.task.columns(item.plan.year);
        if !columns.contains(&self.column) {
            self.column = columns[0];
        }
        self.spot_mut(self.column).task = Some(name.clone());
    }

    /// Goes along with the chosen task where somebody has given it other quarters.
    pub(super) fn follow(&mut self, app: &App) {
        let Some(row) = self.task().and_then(|task| app.row_of(task)) else { return };
        let here = self.lane(app).map(|lane| &lane.rows);
        if here
            .is_some_and(|rows| rows.get(self.scroll(self.column).row) == Some(&row) || rows.contains(&row))
        {
            return;
        }
        let mut lanes = app.shown().board.lanes.iter();
        if let Some(lane) = lanes.find(|lane| lane.rows.contains(&row)) {
            self.column = lane.column;
            self.spot_mut(lane.column).task = Some(app.item(row).name());
        }
    }

    /// Finds every column's task again on a board that may have changed.
    pub(super) fn clamp(&mut self, app: &App, layout: &Layout) {
        let lanes = &app.shown().board.lanes;
        if lanes.iter().all(|lane| lane.column != self.column) {
            self.column = Column::ALL[0];
        }
        for (lane, place) in lanes.iter().zip(&layout.lanes) {
            let spot = self.spot_mut(lane.column);
            if let Some(row) = spot.task.as_ref().and_then(|task| app.row_of(task))
                && lane.rows.get(spot.scroll.row) != Some(&row)
                && let Some(at) = lane.rows.iter().position(|other| *other == row)
            {
                spot.scroll.row = at;
            }
            spot.scroll.keep(&place.heights(app, lane));
            spot.take_task(lane, app);
        }
    }

    pub(super) fn step(&mut self, step: Step, app: &App, layout: &Layout) {
        let lanes = &app.shown().board.lanes;
        let Some(at) = lanes.iter().position(|lane| lane.column == self.column) else { return };
        let (lane, spot) = (&lanes[at], self.spot_mut(lanes[at].column));
        spot.scroll.step(step, &layout.lanes[at].heights(app, lane));
        spot.take_task(lane, app);
    }

    /// To the next column, to the card at the same height.
    pub(super) fn sideways(&mut self, side: CursorSide, empty: Empty, app: &App, layout: &Layout) {
        let lanes = &app.shown().board.lanes;
        let Some(from) = lanes.iter().position(|lane| lane.column == self.column) else { return };
        let is_entered = |at: &usize| empty == Empty::Entered || !lanes[*at].rows.is_empty();
        let to = match side {
            CursorSide::Left => (0..from).rev().find(is_entered),
            CursorSide::Right => (from + 1..lanes.len()).find(is_entered),
        };
        let Some(to) = to else { return };
        let height = layout.lanes[from].top_of(app, &lanes[from], self.scroll(self.column));
        let lane = &lanes[to];
        self.column = lane.column;
        let spot = self.spot_mut(lane.column);
        // The band below the quarters has no height in common with them.
        if layout.lanes[from].shape == layout.lanes[to].shape {
            spot.scroll.row = layout.lanes[to].row_at(app, lane, spot.scroll.first, height);
        }
        spot.scroll.keep(&layout.lanes[to].heights(app, lane));
        spot.take_task(lane, app);
    }

    /// The column that the cursor is in.
    pub(super) fn lane<'a>(&self, app: &'a App) -> Option<&'a Lane> {
        app.shown().board.lanes.iter().find(|lane| lane.column == self.column)
    }

    fn spot(&self, column: Column) -> &CursorSpot {
        &self.spots[place(column)]
    }

    fn spot_mut(&mut self, column: Column) -> &mut CursorSpot {
        &mut self.spots[place(column)]
    }
}

impl CursorSpot {
    /// The task that stands in the chosen row now.
    fn take_task(&mut self, lane: &Lane, app: &App) {
        let row = lane.rows.get(self.scroll.row);
        if row.copied() != self.task.as_ref().and_then(|task| app.row_of(task)) {
            self.task = row.map(|row| app.item(*row).name());
        }
    }
}

fn place(column: Column) -> usize {
    Column::ALL.iter().position(|&other| other == column).expect("all columns are in the list of all")
}
