//! Which tasks: one language for the screen and the shell.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::Plan;
use super::agency::{self, Directory};
use super::field::Field;
use super::status::{Calendar, State, Status};
use super::summary::Figures;
use super::task::{Task, TaskId};
use super::time::Column;
use crate::text::{Haystack, Needle};
use crate::words::Phrase;

/// What a task must be to be shown. Kinds narrow each other; several of one kind widen it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub search: Needle,
    /// Names as the [`Directory`] shows them; an empty one means the tasks that name nobody.
    pub leads: Vec<String>,
    pub supports: Vec<String>,
    pub columns: Vec<Column>,
    pub statuses: Vec<Status>,
    pub states: Vec<State>,
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
            && self.states.is_empty()
            && self.lateness == Lateness::Any)
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
        let directory = index.directory(plan);
        let (leads, supports) = (Named::of(&self.leads, directory), Named::of(&self.supports, directory));
        let is_meant = |(at, task): (usize, &Task)| {
            leads.includes(&task.lead)
                && supports.includes(&task.support)
                && (self.statuses.is_empty() || self.statuses.contains(&task.status))
                && (self.states.is_empty() || self.states.contains(&plan.state(task, calendar)))
                && (self.columns.is_empty()
                    || task.columns(plan.year).iter().any(|column| self.columns.contains(column)))
                && self.lateness.includes(task, plan, calendar)
                && (search.is_empty() || search.matches(&index.texts_of(plan, at)))
        };
        (0..plan.tasks.len()).filter(|&at| is_meant((at, &plan.tasks[at]))).collect()
    }
}

/// The agencies that a query names, by their places in the directory.
struct Named<'a> {
    is_any: bool,
    wants_nobody: bool,
    places: Vec<usize>,
    directory: &'a Directory,
}

impl<'a> Named<'a> {
    fn of(names: &[String], directory: &'a Directory) -> Self {
        let wants_nobody = names.iter().any(|name| agency::is_blank(name));
        Self { is_any: names.is_empty(), wants_nobody, places: directory.places(names), directory }
    }

    fn includes(&self, names: &[String]) -> bool {
        if self.is_any {
            return true;
        }
        let places = self.directory.places(names);
        places.iter().any(|at| self.places.contains(at)) || self.wants_nobody && places.is_empty()
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

/// What is kept of a plan so that a key costs the same in a plan of any size. Each part is made when it is first asked
/// for; all of it is worth nothing once the plan has changed.
#[derive(Debug, Default)]
pub struct Index {
    directory: OnceCell<Rc<Directory>>,
    /// Where a search looks for each task.
    texts: OnceCell<Vec<OnceCell<TaskText>>>,
    /// How much of the texts was made ready for a search: all without marks, then all with them.
    ready: Cell<usize>,
    places: OnceCell<HashMap<TaskId, usize>>,
    whole_year: OnceCell<usize>,
    longest_title: OnceCell<usize>,
    has_progress: OnceCell<bool>,
    figures: Cell<Option<(Calendar, Figures)>>,
}

impl Index {
    pub fn directory(&self, plan: &Plan) -> &Rc<Directory> {
        self.directory.get_or_init(|| Rc::new(Directory::of([plan])))
    }

    /// As [`Plan::position`], without looking at every task.
    pub fn position(&self, plan: &Plan, id: &TaskId) -> Option<usize> {
        self.places.get_or_init(|| plan.ids().into_iter().zip(0..).collect()).get(id).copied()
    }

    /// How many tasks of the plan stand in the column of the whole year.
    pub fn whole_year(&self, plan: &Plan) -> usize {
        let is_whole_year = |task: &&Arc<Task>| task.columns(plan.year).contains(&Column::Year);
        *self.whole_year.get_or_init(|| plan.tasks.iter().filter(is_whole_year).count())
    }

    /// The task whose number and title take the most room.
    pub fn longest_title<'a>(&self, plan: &'a Plan) -> Option<&'a Task> {
        let length = |&at: &usize| plan.tasks[at].title.len() + plan.tasks[at].no.len();
        let longest = || (0..plan.tasks.len()).max_by_key(length).unwrap_or(0);
        plan.tasks.get(*self.longest_title.get_or_init(longest)).map(Arc::as_ref)
    }

    /// Whether anything was told of any task.
    pub fn has_progress(&self, plan: &Plan) -> bool {
        *self.has_progress.get_or_init(|| plan.tasks.iter().any(|task| !task.progress.is_empty()))
    }

    /// The figures of the whole plan.
    pub fn figures(&self, plan: &Plan, calendar: Calendar) -> Figures {
        match self.figures.get() {
            Some((known, figures)) if known == calendar => figures,
            _ => {
                let figures = Figures::of(plan.tasks.iter().map(|task| (&**task, plan.year)), calendar);
                self.figures.set(Some((calendar, figures)));
                figures
            }
        }
    }

    /// Makes ready a little of what the letters of a search will need; whether there is more. Folding the texts of ten
    /// thousand tasks takes longer than a frame.
    pub fn prepare(&self, plan: &Plan) -> bool {
        let (from, count) = (self.ready.get(), plan.tasks.len());
        let end = (from + AT_ONCE).min(2 * count);
        for at in from..end {
            let text = &self.text(plan, at % count).own;
            if at < count { text.prepare() } else { text.prepare_marks() }
        }
        self.ready.set(end);
        end < 2 * count
    }

    /// Whether a search finds anything.
    pub fn finds(&self, plan: &Plan, needle: &Needle) -> bool {
        (0..plan.tasks.len()).any(|at| needle.matches(&self.texts_of(plan, at)))
    }

    /// Where a search looks for a task: its own texts, and all names of its agencies.
    fn texts_of(&self, plan: &Plan, at: usize) -> impl Iterator<Item = &Haystack> + Clone {
        let (text, bodies) = (self.text(plan, at), self.directory(plan).bodies());
        std::iter::once(&text.own).chain(text.agencies.iter().map(|&place| bodies[place].text()))
    }

    fn text(&self, plan: &Plan, at: usize) -> &TaskText {
        let texts = self.texts.get_or_init(|| vec![OnceCell::new(); plan.tasks.len()]);
        texts[at].get_or_init(|| TaskText::of(&plan.tasks[at], self.directory(plan)))
    }
}

/// So many texts are made ready at once: it takes less than a millisecond.
const AT_ONCE: usize = 200;

/// The names of agencies stand in many tasks, and are made ready once, in the directory.
#[derive(Debug, Clone)]
struct TaskText {
    /// What people write of it.
    own: Haystack,
    /// The agencies, by their places in the directory.
    agencies: Vec<usize>,
}

impl TaskText {
    fn of(task: &Task, directory: &Directory) -> Self {
        let searched = Field::ALL.iter().filter(|field| field.is_searched());
        let fields = searched.map(|field| field.recorded_of(task));
        let told = task.progress_texts().map(str::to_owned);
        let own = Haystack::of(fields.chain(told).collect::<Vec<_>>().join("\n"));
        let names = task.lead.iter().chain(&task.support);
        Self { own, agencies: names.filter_map(|name| directory.place(name)).collect() }
    }
}
