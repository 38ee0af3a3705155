//! Which tasks: one language for the screen and the shell.

mod index;
mod language;
mod query_error;
mod values;
mod written;

use chrono::NaiveDate;

pub use self::index::Index;
pub use self::language::{QueryContext, QueryKey, has_pairs};
pub use self::query_error::QueryError;
pub use self::values::{COLUMN_WORDS, STATE_WORDS, STATUS_WORDS, ValueWords};
use super::Plan;
use super::agency::is_blank;
use super::facet::{Facet, FacetIndex};
use super::status::{Calendar, State, Status};
use super::task::Task;
use super::time::Column;
use crate::text::Needle;
use crate::words::Phrase;

/// What a task must be to be shown. Kinds narrow each other; several of one kind widen it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub search: Needle,
    pub facets: FacetNames,
    pub columns: Vec<Column>,
    pub statuses: Vec<Status>,
    pub states: Vec<State>,
    pub lateness: Lateness,
    pub due: DueRange,
    /// Extended so often or more.
    pub extended: usize,
}

/// The names that facets must have one of: in the order of [`Facet::ALL`], each with one name at least. An empty name
/// means the tasks that name nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetNames(Vec<(Facet, Vec<String>)>);

impl FacetNames {
    pub fn iter(&self) -> impl Iterator<Item = (Facet, &[String])> {
        self.0.iter().map(|(facet, names)| (*facet, names.as_slice()))
    }

    fn set(&mut self, facet: Facet, names: Vec<String>) {
        self.0.retain(|(known, _)| *known != facet);
        if !names.is_empty() {
            let at = self.0.partition_point(|(known, _)| *known < facet);
            self.0.insert(at, (facet, names));
        }
    }
}

/// Which deadlines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lateness {
    #[default]
    Any,
    Overdue,
    /// Open, not late, and due within so many days.
    Within(u16),
    /// Either: what needs attention.
    OverdueOrWithin(u16),
}

/// The first and the last day of deadlines. What has no deadline is in no range but the one of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DueRange {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Query {
    /// What has these words.
    pub fn of_words(words: &str) -> Self {
        Self { search: Needle::parse(words), ..Self::default() }
    }

    /// Whether every task is shown.
    pub fn is_empty(&self) -> bool {
        self.search.is_empty() && !self.filters()
    }

    /// Whether anything but the search narrows what is shown.
    pub fn filters(&self) -> bool {
        *self != Self { search: self.search.clone(), ..Self::default() }
    }

    /// The names that a facet must be one of; none where it may be any.
    pub fn names(&self, facet: Facet) -> &[String] {
        self.facets.iter().find(|(known, _)| *known == facet).map_or(&[], |(_, names)| names)
    }

    /// The same with other names for a facet; with none it may be any.
    #[must_use]
    pub fn with(mut self, facet: Facet, names: Vec<String>) -> Self {
        self.facets.set(facet, names);
        self
    }

    /// The same with what the other says instead, where it says anything.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        let Self { search, facets, columns, statuses, states, lateness, due, extended } = other;
        let own = facets.0.into_iter().fold(self, |own, (facet, names)| own.with(facet, names));
        Self {
            search: if search.is_empty() { own.search } else { search },
            columns: if columns.is_empty() { own.columns } else { columns },
            statuses: if statuses.is_empty() { own.statuses } else { statuses },
            states: if states.is_empty() { own.states } else { states },
            lateness: if lateness == Lateness::Any { own.lateness } else { lateness },
            due: if due == DueRange::default() { own.due } else { due },
            extended: if extended == 0 { own.extended } else { extended },
            facets: own.facets,
        }
    }

    /// The places of the tasks that are meant, in the order of the plan.
    pub fn select(&self, plan: &Plan, index: &Index, calendar: Calendar) -> Vec<usize> {
        let search = self.search.meant(|needle| index.finds(plan, needle));
        self.select_with(&search, plan, index, calendar)
    }

    /// The same where it is known how the search was meant: see [`Needle::meant`].
    pub fn select_with(&self, search: &Needle, plan: &Plan, index: &Index, calendar: Calendar) -> Vec<usize> {
        if self.is_empty() {
            return (0..plan.tasks.len()).collect();
        }
        let wanted: Vec<NamesWanted> = self
            .facets
            .iter()
            .map(|(facet, names)| NamesWanted::of(names, index.facet(plan, facet)))
            .collect();
        let is_meant = |(at, task): (usize, &Task)| {
            wanted.iter().all(|wanted| wanted.includes(at))
                && self.includes(task, plan, calendar)
                && (search.is_empty() || search.matches(&index.texts_of(plan, at)))
        };
        (0..plan.tasks.len()).filter(|&at| is_meant((at, &plan.tasks[at]))).collect()
    }

    /// Whether quarter, status, deadline and extensions are meant.
    fn includes(&self, task: &Task, plan: &Plan, calendar: Calendar) -> bool {
        let is_in_column = |column: &Column| self.columns.contains(column);
        (self.statuses.is_empty() || self.statuses.contains(&task.status))
            && (self.columns.is_empty() || task.columns(plan.year).iter().any(is_in_column))
            && (self.states.is_empty() || self.states.contains(&plan.state(task, calendar)))
            && self.lateness.includes(task, plan, calendar)
            && self.due.includes(plan.deadline(task))
            && (self.extended == 0 || self.extended <= task.times_extended())
    }
}

/// The names of a facet that a query wants, by their places.
struct NamesWanted<'a> {
    facet: &'a FacetIndex,
    places: Vec<usize>,
    wants_nobody: bool,
}

impl<'a> NamesWanted<'a> {
    fn of(names: &[String], facet: &'a FacetIndex) -> Self {
        let given = names.iter().filter(|name| !is_blank(name));
        let places = given.filter_map(|name| facet.place(name)).collect();
        Self { facet, places, wants_nobody: names.iter().any(|name| is_blank(name)) }
    }

    fn includes(&self, at: usize) -> bool {
        let places = self.facet.of_task(at);
        places.iter().any(|it| self.places.contains(it)) || self.wants_nobody && places.is_empty()
    }
}

impl Lateness {
    fn includes(self, task: &Task, plan: &Plan, calendar: Calendar) -> bool {
        match self {
            Self::Any => true,
            Self::Overdue => plan.state(task, calendar) == State::Overdue,
            Self::OverdueOrWithin(days) => {
                Self::Overdue.includes(task, plan, calendar)
                    || Self::Within(days).includes(task, plan, calendar)
            }
            Self::Within(days) => {
                let calendar = Calendar { warning: days, ..calendar };
                matches!(plan.state(task, calendar), State::DueToday | State::DueSoon)
            }
        }
    }

    /// With another one beside it.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Overdue | Self::OverdueOrWithin(_), Self::Within(days))
            | (Self::Within(days) | Self::OverdueOrWithin(days), Self::Overdue) => {
                Self::OverdueOrWithin(days)
            }
            (_, other) => other,
        }
    }
}

impl DueRange {
    fn includes(self, deadline: Option<NaiveDate>) -> bool {
        let is_meant = |deadline| {
            self.from.is_none_or(|from| from <= deadline) && self.to.is_none_or(|to| deadline <= to)
        };
        self == Self::default() || deadline.is_some_and(is_meant)
    }
}

/// How more could be found, where nothing is.
pub fn wider(needle: &Needle) -> Option<Phrase> {
    let wider = Phrase::new("Gõ không dấu để tìm rộng hơn", "Type without tones to find more");
    needle.has_marks().then_some(wider)
}
