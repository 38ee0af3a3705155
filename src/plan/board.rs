//! The tasks as they stand on the board: by quarter, or by deadline.

use chrono::{Datelike, NaiveDate};

use super::item::Row;
use super::status::{State, Status};
use super::task::Task;
use super::time::{Column, Quarter};
use crate::words::Phrase;

/// The tasks in columns. The cursor and the view look at the same one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Board {
    pub lanes: Vec<Lane>,
}

/// A column with its tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    pub column: Column,
    pub rows: Vec<Row>,
}

impl Board {
    /// Tasks, each with the year of its plan, in the columns that they stand in.
    pub fn of<'a>(columns: &[Column], tasks: impl Iterator<Item = (Row, &'a Task, i32)>) -> Self {
        let lane = |&column: &Column| Lane { column, rows: Vec::new() };
        let mut lanes: Vec<Lane> = columns.iter().map(lane).collect();
        for (row, task, year) in tasks {
            for column in task.columns(year) {
                let lane = lanes.iter_mut().find(|lane| lane.column == column);
                lane.expect("a task that has a column has a lane").rows.push(row);
            }
        }
        Self { lanes }
    }
}

/// When something has to be done, seen from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    Overdue,
    Today,
    Week,
    Month,
    Quarter,
    Later,
    Never,
    Done,
    Aside,
}

impl Term {
    pub fn of(status: Status, deadline: Option<NaiveDate>, today: NaiveDate) -> Self {
        let deadline = match (status, deadline) {
            (Status::Done, _) => return Self::Done,
            (Status::Paused | Status::Dropped, _) => return Self::Aside,
            (Status::Todo | Status::Doing, None) => return Self::Never,
            (Status::Todo | Status::Doing, Some(deadline)) => deadline,
        };
        let is_this_year = deadline.year() == today.year();
        match (deadline - today).num_days() {
            ..=-1 => Self::Overdue,
            0 => Self::Today,
            1..=7 => Self::Week,
            _ if is_this_year && deadline.month() == today.month() => Self::Month,
            _ if is_this_year && Quarter::of(deadline) == Quarter::of(today) => Self::Quarter,
            _ => Self::Later,
        }
    }

    pub const fn label(self) -> Phrase {
        match self {
            Self::Overdue => State::Overdue.label(),
            Self::Today => State::DueToday.label(),
            Self::Week => Phrase::new("Trong 7 ngày tới", "Within 7 days"),
            Self::Month => Phrase::new("Trong tháng này", "This month"),
            Self::Quarter => Phrase::new("Trong quý này", "This quarter"),
            Self::Later => Phrase::new("Sau quý này", "Later"),
            Self::Never => Phrase::new("Không hạn", "No deadline"),
            Self::Done => Status::Done.label(),
            Self::Aside => Phrase::new("Tạm dừng, không thực hiện", "On hold, withdrawn"),
        }
    }
}

/// Tasks by deadline, in groups that are not empty. What is late longest comes first. The place of a task goes by
/// its status and its deadline.
pub fn by_deadline(
    tasks: impl Iterator<Item = (Row, Status, Option<NaiveDate>)>,
    today: NaiveDate,
) -> Vec<(Term, Vec<Row>)> {
    let mut order: Vec<_> = tasks
        .map(|(row, status, deadline)| {
            (Term::of(status, deadline, today), deadline.unwrap_or(NaiveDate::MAX), row)
        })
        .collect();
    order.sort_unstable();
    let groups = order.chunk_by(|one, other| one.0 == other.0);
    groups.map(|group| (group[0].0, group.iter().map(|&(_, _, row)| row).collect())).collect()
}
