//! Which tasks: one language for the screen and the shell.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::rc::Rc;

use super::Plan;
use super::agency::Directory;
use super::status::{Calendar, State, Status};
use super::task::Task;
use super::time::Column;
use crate::text::{Haystack, Needle};
use crate::words::Phrase;

/// What a task must be to be shown. Kinds narrow each other; several of one kind widen it.
#[derive(Debug, Clone, Default)]
pub struct Query {
    pub search: Needle,
    /// Names as the [`Directory`] shows them.
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
        let search = index.meant(plan, &self.search);
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
                && (search.is_empty() || search.matches(&index.texts_of(plan, at)))
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

/// How more could be found, where nothing is.
pub fn wider(needle: &Needle) -> Option<Phrase> {
    let wider = Phrase::new("Gõ không dấu để tìm rộng hơn", "Type without tones to find more");
    needle.has_marks().then_some(wider)
}

/// What is kept of a plan so that a key in the search is answered within a frame: folding the text of ten
/// thousand tasks takes longer than that. It is worth nothing once the plan has changed.
#[derive(Debug, Default)]
pub struct Index {
    directory: OnceCell<Rc<Directory>>,
    texts: OnceCell<Texts>,
}

impl Index {
    pub fn directory(&self, plan: &Plan) -> &Rc<Directory> {
        self.directory.get_or_init(|| Rc::new(Directory::of([plan])))
    }

    /// Makes ready what the first letter of a search would otherwise have to wait for.
    pub fn prepare(&self, plan: &Plan) {
        self.texts(plan).tasks.iter().for_each(Haystack::prepare);
    }

    /// What is searched for, as it was probably meant: see [`Needle::meant`].
    pub fn meant<'a>(&self, plan: &Plan, needle: &'a Needle) -> Cow<'a, Needle> {
        needle.meant(|needle| (0..plan.tasks.len()).any(|at| needle.matches(&self.texts_of(plan, at))))
    }

    /// Where a search looks for a task: its own texts, and all names of its agencies.
    fn texts_of(&self, plan: &Plan, at: usize) -> impl Iterator<Item = &Haystack> + Clone {
        let (texts, bodies) = (self.texts(plan), self.directory(plan).bodies());
        let agencies = texts.places[at].iter().map(|&place| bodies[place].text());
        std::iter::once(&texts.tasks[at]).chain(agencies)
    }

    fn texts(&self, plan: &Plan) -> &Texts {
        self.texts.get_or_init(|| Texts::of(plan, self.directory(plan)))
    }
}

/// The names of agencies stand in many tasks, and are made ready once, in the directory.
#[derive(Debug, Default)]
struct Texts {
    /// Of each task: number, title, output and notes.
    tasks: Vec<Haystack>,
    /// The agencies of each task, by their places in the directory.
    places: Vec<Vec<usize>>,
}

impl Texts {
    fn of(plan: &Plan, directory: &Directory) -> Self {
        let mut texts = Self::default();
        for task in &plan.tasks {
            let Task { no, title, output, note, .. } = &**task;
            texts.tasks.push(Haystack::of([no.as_str(), title, output, note].join("\n")));
            let agencies = task.lead.iter().chain(&task.support);
            texts.places.push(agencies.filter_map(|name| directory.place(name)).collect());
        }
        texts
    }
}
