//! Which tasks: one language for the screen and the shell.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::Plan;
use super::agency::Directory;
use super::status::{Calendar, State, Status};
use super::task::Task;
use super::time::Column;
use crate::text::{self, Haystack, Needle};

/// What a task must be to be shown. Kinds narrow each other; several of one kind widen it.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub search: Needle,
    /// Names as [`Directory::names`] has them.
    pub leads: Vec<String>,
    pub supports: Vec<String>,
    pub columns: Vec<Column>,
    pub statuses: Vec<Status>,
    pub lateness: Lateness,
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

impl Query {
    /// Whether every task is shown.
    pub fn is_empty(&self) -> bool {
        self.search.is_empty() && !self.filters()
    }

    /// Whether anything but the search narrows what is shown.
    pub fn filters(&self) -> bool {
        !(self.leads.is_empty()
            && self.supports.is_empty()
            && self.columns.is_empty()
            && self.statuses.is_empty()
            && self.lateness == Lateness::Any)
    }

    /// The places of the tasks that are meant, in the order of the plan.
    pub fn select(&self, plan: &Plan, index: &Index, calendar: Calendar) -> Vec<usize> {
        if self.is_empty() {
            return (0..plan.tasks.len()).collect();
        }
        // The directory is made by the first filter that asks for it; a search does without.
        let place = |name: &String| index.directory(plan).place(name);
        let leads: Vec<usize> = self.leads.iter().filter_map(place).collect();
        let supports: Vec<usize> = self.supports.iter().filter_map(place).collect();
        let named = |names: &[String], wanted: &[usize]| {
            names.iter().any(|name| place(name).is_some_and(|at| wanted.contains(&at)))
        };
        let is_meant = |(at, task): (usize, &Task)| {
            (self.leads.is_empty() || named(&task.lead, &leads))
                && (self.supports.is_empty() || named(&task.support, &supports))
                && (self.statuses.is_empty() || self.statuses.contains(&task.status))
                && (self.columns.is_empty()
                    || task.columns(plan.year).iter().any(|column| self.columns.contains(column)))
                && self.lateness.includes(task, plan, calendar)
                && (self.search.is_empty() || self.search.matches(&index.texts(plan).of_task(at)))
        };
        (0..plan.tasks.len()).filter(|&at| is_meant((at, &plan.tasks[at]))).collect()
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
}

/// What is kept of a plan so that a key in the search is answered within a frame: folding the text of ten
/// thousand tasks takes longer than that. It is worth nothing once the plan has changed.
#[derive(Debug, Default)]
pub struct Index {
    directory: OnceCell<Directory>,
    texts: OnceCell<Texts>,
}

impl Index {
    pub fn directory(&self, plan: &Plan) -> &Directory {
        self.directory.get_or_init(|| Directory::of([plan]))
    }

    /// Makes ready what the first letter of a search would otherwise have to wait for.
    pub fn prepare(&self, plan: &Plan) {
        self.texts(plan).tasks.iter().for_each(Haystack::prepare);
    }

    fn texts(&self, plan: &Plan) -> &Texts {
        self.texts.get_or_init(|| Texts::of(plan))
    }
}

/// Where a search looks. The names of agencies stand in many tasks, and are made ready once.
#[derive(Debug, Default)]
struct Texts {
    /// Of each task: number, title, output and notes.
    tasks: Vec<Haystack>,
    /// The agencies of each task, by their places in `agencies`.
    places: Vec<Vec<usize>>,
    /// Each name with its initials.
    agencies: Vec<Haystack>,
}

impl Texts {
    fn of(plan: &Plan) -> Self {
        let mut texts = Self::default();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for task in &plan.tasks {
            let Task { no, title, output, note, .. } = &**task;
            texts.tasks.push(Haystack::of([no.as_str(), title, output, note].join("\n")));
            let places = task.lead.iter().chain(&task.support).map(|name| {
                *known.entry(name).or_insert_with(|| {
                    texts.agencies.push(Haystack::of(format!("{name}\n{}", text::initials(name))));
                    texts.agencies.len() - 1
                })
            });
            texts.places.push(places.collect());
        }
        texts
    }

    fn of_task(&self, at: usize) -> impl Iterator<Item = &Haystack> + Clone {
        let agencies = self.places[at].iter().map(|&place| &self.agencies[place]);
        std::iter::once(&self.tasks[at]).chain(agencies)
    }
}
