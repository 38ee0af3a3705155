//! The tasks as they stand on the board: by quarter, or by deadline.

use chrono::{Datelike, NaiveDate};

use super::Plan;
use super::status::{State, Status};
use super::task::Task;
use super::time::{Column, Quarter};
use crate::words::Phrase;

/// The tasks in columns. Made where it is used; the cursor and the view look at the same one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Board {
    pub lanes: Vec<Lane>,
}

/// A column with its tasks, by their place in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lane {
    pub column: Column,
    pub tasks: Vec<usize>,
}

impl Board {
    /// The tasks of `shown` in their columns. The quarters are always there, the whole year only where the
    /// plan has such work, whatever is shown of it: columns do not come and go with a filter.
    pub fn of(plan: &Plan, shown: &[usize]) -> Self {
        let has_year = plan.tasks.iter().any(|task| task.columns(plan.year).contains(&Column::Year));
        let mut lanes: Vec<Lane> = Column::ALL
            .into_iter()
            .filter(|&column| column != Column::Year || has_year)
            .map(|column| Lane { column, tasks: Vec::new() })
            .collect();
        for &at in shown {
            for column in plan.tasks[at].columns(plan.year) {
                let lane = lanes.iter_mut().find(|lane| lane.column == column);
                lane.expect("a task that has a column has a lane").tasks.push(at);
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
        let Some(deadline) = deadline.filter(|_| status.is_open()) else {
            return match status {
                Status::Done => Self::Done,
                Status::Paused | Status::Dropped => Self::Aside,
                Status::Todo | Status::Doing => Self::Never,
            };
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

/// All tasks by deadline, in groups that are not empty. What is late longest comes first.
/// What a task's place goes by is asked for: its status and its deadline.
pub fn agenda(
    plan: &Plan,
    shown: &[usize],
    today: NaiveDate,
    place: impl Fn(&Task) -> (Status, Option<NaiveDate>),
) -> Vec<(Term, Vec<usize>)> {
    let mut order: Vec<_> = shown
        .iter()
        .map(|&at| {
            let (status, deadline) = place(&plan.tasks[at]);
            (Term::of(status, deadline, today), deadline.unwrap_or(NaiveDate::MAX), at)
        })
        .collect();
    order.sort_unstable();
    let groups = order.chunk_by(|one, other| one.0 == other.0);
    groups.map(|group| (group[0].0, group.iter().map(|&(_, _, at)| at).collect())).collect()
}
