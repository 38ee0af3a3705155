//! The task that the user is at, kept by its name.

use super::layout::Layout;
use super::scroll::{Scroll, Step};
use crate::plan::board::Board;
use crate::plan::{Column, Plan, TaskId};

/// Where the user is on the board. Every column remembers its own place, so that none jumps when another
/// is entered.
#[derive(Debug, Clone)]
pub struct Cursor {
    column: Column,
    spots: [Spot; Column::ALL.len()],
}

/// A place in a column: the task by its name; the row only helps when the task is gone.
#[derive(Debug, Clone, Default)]
struct Spot {
    task: Option<TaskId>,
    scroll: Scroll,
}

/// Left or right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
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
    pub fn task(&self) -> Option<&TaskId> {
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
    pub fn select(&mut self, plan: &Plan, task: &TaskId) {
        let Some(at) = plan.position(task) else { return };
        let columns = plan.tasks[at].columns(plan.year);
        if !columns.contains(&self.column) {
            self.column = columns[0];
        }
        self.spot_mut(self.column).task = Some(task.clone());
    }

    /// Goes along with the chosen task where somebody has given it other quarters.
    pub fn follow(&mut self, plan: &Plan, board: &Board) {
        let Some(at) = self.task().and_then(|task| plan.position(task)) else { return };
        let mut lanes = board.lanes.iter().filter(|lane| lane.tasks.contains(&at)).map(|lane| lane.column);
        let Some(first) = lanes.next() else { return };
        if first == self.column || lanes.any(|column| column == self.column) {
            return;
        }
        self.column = first;
        self.spot_mut(first).task = Some(plan.tasks[at].id.clone());
    }

    /// Finds every column's task again on a board that may have changed.
    pub fn settle(&mut self, plan: &Plan, board: &Board, layout: &Layout) {
        if board.lanes.iter().all(|lane| lane.column != self.column) {
            self.column = Column::ALL[0];
        }
        for (lane, place) in board.lanes.iter().zip(&layout.lanes) {
            let spot = self.spot_mut(lane.column);
            let row_of = |id: &TaskId| lane.tasks.iter().position(|&at| plan.tasks[at].id == *id);
            if let Some(row) = spot.task.as_ref().and_then(row_of) {
                spot.scroll.row = row;
            }
            spot.scroll.keep(lane.tasks.len(), place.visible(plan, lane));
            spot.task = lane.tasks.get(spot.scroll.row).map(|&at| plan.tasks[at].id.clone());
        }
    }

    pub fn step(&mut self, step: Step, plan: &Plan, board: &Board, layout: &Layout) {
        let Some(at) = board.lanes.iter().position(|lane| lane.column == self.column) else { return };
        let lane = &board.lanes[at];
        let spot = self.spot_mut(lane.column);
        spot.scroll.step(step, lane.tasks.len(), layout.lanes[at].visible(plan, lane));
        spot.task = lane.tasks.get(spot.scroll.row).map(|&at| plan.tasks[at].id.clone());
    }

    /// To the next column, to the card at the same height.
    pub fn sideways(&mut self, side: Side, empty: Empty, plan: &Plan, board: &Board, layout: &Layout) {
        let Some(from) = board.lanes.iter().position(|lane| lane.column == self.column) else { return };
        let is_entered = |at: &usize| empty == Empty::Entered || !board.lanes[*at].tasks.is_empty();
        let to = match side {
            Side::Left => (0..from).rev().find(is_entered),
            Side::Right => (from + 1..board.lanes.len()).find(is_entered),
        };
        let Some(to) = to else { return };
        let height = layout.lanes[from].top_of(plan, &board.lanes[from], self.scroll(self.column));
        let lane = &board.lanes[to];
        self.column = lane.column;
        let spot = self.spot_mut(lane.column);
        let row = layout.lanes[to].row_at(plan, lane, spot.scroll.first, height);
        spot.scroll.row = row.min(lane.tasks.len().saturating_sub(1));
        spot.task = lane.tasks.get(spot.scroll.row).map(|&at| plan.tasks[at].id.clone());
    }

    fn spot(&self, column: Column) -> &Spot {
        &self.spots[place(column)]
    }

    fn spot_mut(&mut self, column: Column) -> &mut Spot {
        &mut self.spots[place(column)]
    }
}

fn place(column: Column) -> usize {
    Column::ALL.iter().position(|&other| other == column).expect("all columns are in the list of all")
}
