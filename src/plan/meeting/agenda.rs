//! In which order a meeting goes through the work that is open.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Meeting, given_on, last_before};
use crate::plan::facet::Facet;
use crate::plan::summary::Grouping;
use crate::plan::time::write_date;
use crate::plan::{Calendar, Column, Field, Item, State, Status, Task, section};
use crate::text::{self, SortKey};
use crate::words::{Lang, Phrase};

/// What comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MeetingOrder {
    /// What is late longest, then what is due soon, what is stuck, and the rest by deadline.
    #[default]
    Late,
    Lead,
    Section,
    Quarter,
    /// As it stands in the plan.
    Printed,
}

/// What the place of a task goes by. What the last meeting has decided comes first in any order.
type AgendaKey = (Reverse<bool>, usize, SortKey, NaiveDate);

impl MeetingOrder {
    pub const ALL: [Self; 5] = [Self::Late, Self::Lead, Self::Section, Self::Quarter, Self::Printed];

    /// The name in a saved view.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Lead => "lead",
            Self::Section => "section",
            Self::Quarter => "quarter",
            Self::Printed => "no",
        }
    }

    pub const fn label(self) -> Phrase {
        match self {
            Self::Late => Phrase::new("Quá hạn trước", "Overdue first"),
            Self::Lead => Grouping::By(Facet::Lead).label(),
            Self::Section => Grouping::By(Facet::Section).label(),
            Self::Quarter => Grouping::Quarter.label(),
            Self::Printed => Phrase::new("Như trong kế hoạch", "As in the plan"),
        }
    }

    /// The tasks that a meeting goes through, of those that are given: what is done or withdrawn is not talked about.
    pub fn arrange<'a>(self, items: impl Iterator<Item = Item<'a>>, calendar: Calendar) -> Vec<Item<'a>> {
        let is_open = |item: &Item<'_>| !matches!(item.task.status, Status::Done | Status::Dropped);
        let mut items: Vec<Item<'a>> = items.filter(is_open).collect();
        let last = items.first().and_then(|item| last_before(item.plan, calendar.today));
        items.sort_by_cached_key(|item| self.key(*item, last, calendar));
        items
    }

    fn key(self, item: Item<'_>, last: Option<NaiveDate>, calendar: Calendar) -> AgendaKey {
        let is_of_last = last.is_some() && given_on(item.task) == last;
        let (rank, name) = match self {
            Self::Late => (urgency(item, calendar), String::new()),
            Self::Lead => (0, item.task.lead.first().cloned().unwrap_or_default()),
            Self::Section => (place_of_section(item), String::new()),
            Self::Quarter => (place_of_column(item), String::new()),
            Self::Printed => return (Reverse(is_of_last), 0, SortKey::default(), NaiveDate::MIN),
        };
        (Reverse(is_of_last), rank, text::order(&name), day(item, calendar))
    }

    /// What the task is talked about under: `Quá hạn`, the agency, the section or the quarter.
    pub fn heading(self, item: Item<'_>, calendar: Calendar, lang: Lang) -> String {
        let (task, state) = (item.task, item.state(calendar).label());
        match self {
            Self::Late | Self::Printed => match given_on(task).filter(|day| *day < calendar.today) {
                Some(day) => {
                    format!("{} {} · {}", Meeting::LABEL.say(lang), write_date(day), state.say(lang))
                }
                None => state.say(lang).to_owned(),
            },
            Self::Lead => task.lead.join("; "),
            Self::Section => section_of(item),
            Self::Quarter => Field::Quarters.value(task, lang),
        }
    }
}

/// What is to be talked about first has the lowest number.
fn urgency(item: Item<'_>, calendar: Calendar) -> usize {
    match item.state(calendar) {
        State::Overdue => 0,
        State::DueToday | State::DueSoon => 1,
        _ if is_stuck(item.task) => 2,
        State::Paused => 5,
        State::Ongoing => 4,
        _ => 3,
    }
}

/// Whether the last that was told of it is a difficulty.
fn is_stuck(task: &Task) -> bool {
    task.last_progress().is_some_and(|line| !line.stuck.is_empty())
}

/// The day by which something is to be done next.
fn day(item: Item<'_>, calendar: Calendar) -> NaiveDate {
    let days = [item.deadline(), item.task.next_step(calendar.today)];
    days.into_iter().flatten().min().unwrap_or(NaiveDate::MAX)
}

/// The place of the first task of its section in the plan.
fn place_of_section(item: Item<'_>) -> usize {
    let (no, _) = section(&item.task.no);
    item.plan.tasks.iter().position(|task| section(&task.no).0 == no).unwrap_or_default()
}

fn place_of_column(item: Item<'_>) -> usize {
    let columns = item.task.columns(item.plan.year);
    Column::ALL.iter().position(|column| columns.contains(column)).unwrap_or_default()
}

/// `II. Công tác khen thưởng`
fn section_of(item: Item<'_>) -> String {
    let (no, _) = section(&item.task.no);
    match item.plan.sections.iter().find(|section| section.no == no) {
        Some(section) => format!("{no}. {}", section.title),
        None => no.to_owned(),
    }
}
