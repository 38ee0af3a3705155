//! Tasks in a list, by deadline or by what somebody should look at: its lines, and how the cursor goes through them.

use std::collections::HashMap;

use super::App;
use super::held::HeldPlace;
use super::keymap::Mode;
use super::scroll::{ListLines, Scroll, Step};
use super::view::View;
use crate::plan::board::{Term, by_deadline};
use crate::plan::check::{self, Rule, Severity};
use crate::plan::{Item, PlanKey, Row, TaskId, TaskRef};
use crate::words::Phrase;

/// A line of the list: the head of a group with how many belong below it now, or a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueLine {
    Head(DueHead, usize),
    Task(Row),
}

/// What the tasks of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueHead {
    Term(Term),
    /// A rule of the review that they break.
    Rule(Rule),
}

impl DueHead {
    pub const fn label(self) -> Phrase {
        match self {
            Self::Term(term) => term.label(),
            Self::Rule(rule) => rule.heading(),
        }
    }
}

/// By what the tasks are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DueGrouping {
    Terms,
    Rules,
}

impl DueGrouping {
    pub(super) const COUNT: usize = Self::Rules as usize + 1;
}

pub(super) const VIEW: View =
    View { mode: Mode::Deadlines, scroll: Scroll::TOP, enter: follow_cursor, step, clamp };

/// Rà soát: the same list by the rules of the review.
pub(super) const REVIEW: View = View { mode: Mode::Review, ..VIEW };

impl App {
    pub(super) fn due_grouping(&self) -> DueGrouping {
        if self.is_in(Mode::Review) { DueGrouping::Rules } else { DueGrouping::Terms }
    }

    pub(super) fn make_due_lines(&self, grouping: DueGrouping) -> Vec<DueLine> {
        match grouping {
            DueGrouping::Terms => self.lines_by_term(),
            DueGrouping::Rules => self.lines_by_rule(),
        }
    }

    /// A task stands under each rule that it breaks, in the order of the plan.
    fn lines_by_rule(&self) -> Vec<DueLine> {
        let today = self.calendar.today;
        let mut broken: HashMap<(PlanKey, TaskId), Vec<Rule>> = HashMap::new();
        for (key, _, plan) in self.plans_in_view() {
            for finding in check::review(plan, today, self.lang) {
                if let Some(task) = finding.spot.task() {
                    broken.entry((key, task.clone())).or_default().push(finding.rule);
                }
            }
        }
        let breaks = |row: &Row, rule: Rule| {
            let TaskRef { plan, task } = self.item(*row).name();
            broken.get(&(plan, task)).is_some_and(|rules| rules.contains(&rule))
        };
        let mut lines = Vec::new();
        for rule in Rule::all().filter(|rule| rule.severity() == Severity::Review) {
            let rows: Vec<Row> = self.shown().rows.iter().copied().filter(|row| breaks(row, rule)).collect();
            if !rows.is_empty() {
                lines.push(DueLine::Head(DueHead::Rule(rule), rows.len()));
                lines.extend(rows.into_iter().map(DueLine::Task));
            }
        }
        lines
    }

    fn lines_by_term(&self) -> Vec<DueLine> {
        let today = self.calendar.today;
        let term = |item: Item<'_>| Term::of(item.task.status, item.next_day(today), today);
        let placed = self.shown().rows.iter().map(|row| {
            let HeldPlace { status, day } = self.held_place(self.item(*row));
            (*row, status, day)
        });
        let mut lines = Vec::new();
        for (head, rows) in by_deadline(placed, today) {
            let count = rows.iter().filter(|row| term(self.item(**row)) == head).count();
            lines.push(DueLine::Head(DueHead::Term(head), count));
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

    /// The nearest lines with a task, up to this one and from it on.
    fn due_tasks_around(&self, line: usize) -> [Option<usize>; 2] {
        let is_task = |line: &usize| self.due_row(*line).is_some();
        [(0..=line).rev().find(is_task), (line..self.due_lines().len()).find(is_task)]
    }

    fn put_cursor_on_due(&mut self, line: usize) {
        let chosen = self.due_row(line).map(|row| self.item(row).name());
        if let Some(task) = chosen.filter(|task| self.cursor.task() != Some(task)) {
            self.put_cursor_on(&task);
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
    let [before, behind] = app.due_tasks_around(scroll.row);
    let line = match step {
        Step::Up | Step::PageUp => before.or(behind),
        _ => behind.or(before),
    };
    let Some(line) = line else { return };
    app.view_mut().scroll = Scroll { row: line, ..scroll };
    app.put_cursor_on_due(line);
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
        let [before, behind] = app.due_tasks_around(scroll.row);
        behind.or(before).unwrap_or(0)
    };
    let line = app.due_line_of_cursor(scroll.row).unwrap_or_else(nearest);
    scroll.row = line;
    scroll.keep(&app.due_list());
    // The head of a group that begins right above is worth a line.
    if scroll.row == 1 {
        scroll.first = 0;
    }
    app.view_mut().scroll = scroll;
    // What is in order by now has left the review: a key is about what is chosen there.
    app.put_cursor_on_due(line);
}
