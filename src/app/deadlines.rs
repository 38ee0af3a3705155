//! The list of deadlines: its lines, and how the cursor goes through them.

use super::App;
use super::keymap::Mode;
use super::scroll::{ListLines, Scroll, Step};
use super::view::View;
use crate::plan::board::{Term, by_deadline};
use crate::plan::{Item, Row};

/// A line of the list: the head of a group with how many belong below it now, or a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueLine {
    Head(Term, usize),
    Task(Row),
}

pub(super) const VIEW: View =
    View { mode: Mode::Deadlines, scroll: Scroll { row: 0, first: 0 }, enter: follow_cursor, step, clamp };

impl App {
    pub(super) fn make_due_lines(&self) -> Vec<DueLine> {
        let today = self.calendar.today;
        let term = |item: Item<'_>| Term::of(item.task.status, item.next_day(today), today);
        let placed = self.shown().rows.iter().map(|row| {
            let (status, deadline) = self.held_place(self.item(*row));
            (*row, status, deadline)
        });
        let mut lines = Vec::new();
        for (head, rows) in by_deadline(placed, today) {
            let count = rows.iter().filter(|row| term(self.item(**row)) == head).count();
            lines.push(DueLine::Head(head, count));
            lines.extend(rows.into_iter().map(DueLine::Task));
        }
        lines
    }

    fn due_list(&self) -> ListLines {
        ListLines { length: self.due_lines().len(), visible: self.list_height() }
    }

    fn due_row(&self, line: usize) -> Option<Row> {
        match self.due_lines().get(line)? {
            DueLine::Task(row) => Some(*row),
            DueLine::Head(..) => None,
        }
    }

    /// The line of the task that the cursor is on. Mostly it is where it was.
    fn due_line_of_cursor(&self, expected: usize) -> Option<usize> {
        let row = self.row_of(self.cursor.task()?)?;
        if self.due_row(expected) == Some(row) {
            return Some(expected);
        }
        self.due_lines().iter().position(|line| *line == DueLine::Task(row))
    }
}

fn step(app: &mut App, step: Step) {
    let mut scroll = app.view().scroll;
    scroll.step(step, &app.due_list());
    let is_task = |line: &usize| app.due_row(*line).is_some();
    let behind = || (scroll.row..app.due_lines().len()).find(is_task);
    let before = || (0..=scroll.row).rev().find(is_task);
    let line = match step {
        Step::Up | Step::PageUp => before().or_else(behind),
        _ => behind().or_else(before),
    };
    let Some(line) = line else { return };
    let Some(task) = app.due_row(line).map(|row| app.item(row).name()) else { return };
    app.view_mut().scroll = Scroll { row: line, ..scroll };
    app.put_cursor_on(&task);
}

/// Puts the list on the task that the board is at.
pub(super) fn follow_cursor(app: &mut App) {
    if let Some(line) = app.due_line_of_cursor(app.view().scroll.row) {
        app.view_mut().scroll.row = line;
    }
}

/// Keeps the chosen line on its task, and on a task.
fn clamp(app: &mut App) {
    let mut scroll = app.view().scroll;
    let nearest = || {
        let is_task = |line: &usize| app.due_row(*line).is_some();
        let behind = (scroll.row..app.due_lines().len()).find(is_task);
        behind.or_else(|| (0..scroll.row).rev().find(is_task)).unwrap_or(0)
    };
    let line = app.due_line_of_cursor(scroll.row).unwrap_or_else(nearest);
    scroll.row = line;
    scroll.keep(&app.due_list());
    // The head of a group that begins right above is worth a line.
    if scroll.row == 1 {
        scroll.first = 0;
    }
    app.view_mut().scroll = scroll;
}
