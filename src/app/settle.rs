//! The cursors, put back on their tasks after whatever has happened.

use super::layout::{self, Layout};
use super::{App, Line, View};
use crate::plan::TaskId;

impl App {
    /// Puts the cursor on a task, wherever it stands.
    pub(super) fn select(&mut self, task: &TaskId) {
        let Some(plan) = self.plans.get(self.current).and_then(|open| open.plan.as_ref()) else { return };
        self.cursor.select(plan, task);
        if let Some(detail) = &mut self.detail
            && plan.task(task).is_some()
        {
            detail.task = task.clone();
        }
        self.settle();
        self.follow_cursor();
    }

    /// Puts the list of deadlines on the task that the board is at.
    pub(super) fn follow_cursor(&mut self) {
        let Some(plan) = self.plan() else { return };
        let Some(at) = self.cursor.task().and_then(|task| plan.position(task)) else { return };
        if let Some(row) = self.agenda().iter().position(|line| *line == Line::Task(at)) {
            self.deadlines.row = row;
        }
    }

    /// Puts every cursor back on its task after whatever has happened.
    pub(super) fn settle(&mut self) {
        self.listed.keep(self.plans.len(), self.list_height());
        self.leave_the_gone();
        let Some(plan) = self.plans.get(self.current).and_then(|open| open.plan.as_ref()) else { return };
        if self.view == View::Plans {
            return;
        }
        let board = self.board();
        let mut cursor = self.cursor.clone();
        cursor.follow(plan, &board);
        let layout = Layout::of(self.size, plan, &board, cursor.column());
        cursor.settle(plan, &board, &layout);
        self.cursor = cursor;
        if self.view == View::Deadlines {
            self.settle_deadlines();
        }
        let chosen = self.selected().map(|task| task.id.clone());
        let open = &mut self.plans[self.current];
        open.is_looked_at = true;
        if open.at != chosen {
            // What is chosen is told of until it is left.
            if let Some(left) = &open.at {
                open.news.remove(left);
            }
            open.at = chosen;
        }
    }

    /// Keeps the chosen line of the deadlines on its task, and on a task.
    fn settle_deadlines(&mut self) {
        let Some(plan) = self.plan() else { return };
        let lines = self.agenda();
        let chosen = self.cursor.task().and_then(|task| plan.position(task));
        let row = chosen.and_then(|at| lines.iter().position(|line| *line == Line::Task(at)));
        let mut scroll = self.deadlines;
        scroll.row = row.unwrap_or_else(|| nearest_task(&lines, scroll.row));
        scroll.keep(lines.len(), self.list_height());
        // The head of a group that begins right above is worth a line.
        if scroll.row == 1 {
            scroll.first = 0;
        }
        self.deadlines = scroll;
    }

    /// Lines of a list that stands between header and footer.
    pub fn list_height(&self) -> usize {
        let rows = match self.plan() {
            Some(plan) => layout::Rows::of(self.size, plan, 0).body.len(),
            None => usize::from(self.size.height.saturating_sub(3)),
        };
        rows.max(1)
    }

    /// Opens the board at the quarter that it is now, where the plan is of this year.
    pub(super) fn enter_current_quarter(&mut self) {
        use chrono::Datelike;
        let today = self.calendar.today;
        let Some(plan) = self.plan() else { return };
        if plan.year == today.year() {
            self.cursor.enter(crate::plan::Column::Quarter(crate::plan::Quarter::of(today)));
        }
    }
}

fn nearest_task(lines: &[Line], row: usize) -> usize {
    let is_task = |row: &usize| matches!(lines.get(*row), Some(Line::Task(_)));
    (row..lines.len()).find(is_task).or_else(|| (0..row).rev().find(is_task)).unwrap_or(0)
}
