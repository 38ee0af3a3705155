//! What people set of a task, and what the calendar makes of it.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::task::Task;
use crate::words::Phrase;

/// What a person sets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    #[default]
    #[serde(alias = "todo", alias = "TODO")]
    Todo,
    #[serde(alias = "doing", alias = "DOING")]
    Doing,
    #[serde(alias = "done", alias = "DONE")]
    Done,
    #[serde(alias = "paused", alias = "PAUSED")]
    Paused,
    #[serde(alias = "dropped", alias = "DROPPED")]
    Dropped,
}

impl Status {
    pub const ALL: [Self; 5] = [Self::Todo, Self::Doing, Self::Done, Self::Paused, Self::Dropped];

    /// The name in the file and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Todo => "Todo",
            Self::Doing => "Doing",
            Self::Done => "Done",
            Self::Paused => "Paused",
            Self::Dropped => "Dropped",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    pub const fn label(self) -> Phrase {
        match self {
            Self::Todo => Phrase::new("Chưa thực hiện", "Not started"),
            Self::Doing => Phrase::new("Đang thực hiện", "In progress"),
            Self::Done => Phrase::new("Đã hoàn thành", "Done"),
            Self::Paused => Phrase::new("Tạm dừng", "On hold"),
            Self::Dropped => Phrase::new("Không thực hiện", "Withdrawn"),
        }
    }

    /// The word beside a count, where there is no room for the label.
    pub const fn short(self) -> Phrase {
        match self {
            Self::Todo => Phrase::new("chưa", "to do"),
            Self::Doing => Phrase::new("đang làm", "doing"),
            Self::Done => Phrase::new("xong", "done"),
            Self::Paused => Phrase::new("tạm dừng", "on hold"),
            Self::Dropped => Phrase::new("không thực hiện", "withdrawn"),
        }
    }

    /// The sign of the status: each has its own shape, one cell wide, in the fonts of `PuTTY`.
    pub const fn sign(self, signs: Signs) -> &'static str {
        let (unicode, ascii) = match self {
            Self::Todo => ("○", "."),
            Self::Doing => ("►", ">"),
            Self::Done => ("●", "*"),
            Self::Paused => ("■", "="),
            Self::Dropped => ("×", "x"),
        };
        signs.choose(unicode, ascii)
    }

    /// One step on, from nothing done to done. A task that was set aside is taken up again.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Todo | Self::Paused => Self::Doing,
            Self::Doing | Self::Done => Self::Done,
            Self::Dropped => Self::Todo,
        }
    }

    #[must_use]
    pub const fn previous(self) -> Self {
        match self {
            Self::Todo | Self::Doing | Self::Dropped => Self::Todo,
            Self::Done | Self::Paused => Self::Doing,
        }
    }

    /// Whether the deadline runs: work that may still become late.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Todo | Self::Doing)
    }
}

/// The characters that signs are made of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Signs {
    #[default]
    Unicode,
    /// For terminals whose fonts have no more: text without tones, signs of ASCII.
    Ascii,
}

impl Signs {
    /// The sign of lateness.
    pub const fn late(self) -> &'static str {
        self.choose("▲", "^")
    }

    pub const fn choose(self, unicode: &'static str, ascii: &'static str) -> &'static str {
        match self {
            Self::Unicode => unicode,
            Self::Ascii => ascii,
        }
    }
}

/// The day as of which the plan is looked at, and how many days before a deadline the warning begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    pub today: NaiveDate,
    pub warning: u16,
}

impl Calendar {
    /// The warning days of an office that has set none.
    pub const WARNING: u16 = 7;

    pub const fn new(today: NaiveDate) -> Self {
        Self { today, warning: Self::WARNING }
    }

    /// Whether a day is near enough, or past.
    pub fn warns_of(self, deadline: NaiveDate) -> bool {
        let last = self.today.checked_add_days(Days::new(self.warning.into()));
        last.is_none_or(|last| deadline <= last)
    }
}

/// What the calendar says of a task: worked out, never stored. The names are those in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum State {
    DoneOnTime,
    DoneLate,
    Overdue,
    DueToday,
    DueSoon,
    InTime,
    Ongoing,
    Paused,
    Dropped,
}

impl State {
    /// What stands above the states of tasks.
    pub const HEADING: Phrase = Phrase::new("Tiến độ", "Progress");

    pub const ALL: [Self; 9] = [
        Self::DoneOnTime,
        Self::DoneLate,
        Self::Overdue,
        Self::DueToday,
        Self::DueSoon,
        Self::InTime,
        Self::Ongoing,
        Self::Paused,
        Self::Dropped,
    ];

    /// Done without a day of completion, as by a hand in the file, counts as on time.
    pub fn of(task: &Task, year: i32, calendar: Calendar) -> Self {
        let deadline = task.deadline(year);
        match (task.status, deadline) {
            (Status::Paused, _) => Self::Paused,
            (Status::Dropped, _) => Self::Dropped,
            (Status::Done, deadline) => match (task.done_on, deadline) {
                (Some(done), Some(deadline)) if done > deadline => Self::DoneLate,
                _ => Self::DoneOnTime,
            },
            (_, None) => Self::Ongoing,
            (_, Some(deadline)) if deadline < calendar.today => Self::Overdue,
            (_, Some(deadline)) if deadline == calendar.today => Self::DueToday,
            (_, Some(deadline)) if calendar.warns_of(deadline) => Self::DueSoon,
            _ if task.next_step(calendar.today).is_some_and(|day| calendar.warns_of(day)) => Self::DueSoon,
            _ => Self::InTime,
        }
    }

    pub const fn label(self) -> Phrase {
        match self {
            Self::DoneOnTime => Phrase::new("Hoàn thành đúng hạn", "Done on time"),
            Self::DoneLate => Phrase::new("Hoàn thành quá hạn", "Done late"),
            Self::Overdue => Phrase::new("Quá hạn", "Overdue"),
            Self::DueToday => Phrase::new("Đến hạn hôm nay", "Due today"),
            Self::DueSoon => Phrase::new("Sắp đến hạn", "Due soon"),
            Self::InTime => Phrase::new("Trong hạn", "Within the deadline"),
            Self::Ongoing => Phrase::new("Thường xuyên", "Ongoing"),
            Self::Paused => Status::Paused.label(),
            Self::Dropped => Status::Dropped.label(),
        }
    }
}
