//! What is kept of a plan, so that what is asked of it again is not worked out again.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::plan::agency::Directory;
use crate::plan::facet::FacetIndex;
use crate::plan::summary::Figures;
use crate::plan::{Calendar, Column, Facet, Field, Plan, Task, TaskId};
use crate::text::{Haystack, Needle};

/// What is kept of a plan so that a key costs the same in a plan of any size. Each part is made when it is first asked
/// for; all of it is worth nothing once the plan has changed.
#[derive(Debug, Default)]
pub struct Index {
    directory: OnceCell<Rc<Directory>>,
    facets: [OnceCell<FacetIndex>; Facet::ALL.len()],
    /// Where a search looks for each task.
    texts: OnceCell<Vec<OnceCell<TaskText>>>,
    /// How much of the texts was made ready for a search: all without marks, then all with them.
    ready: Cell<usize>,
    places: OnceCell<HashMap<TaskId, usize>>,
    whole_year: OnceCell<usize>,
    longest_title: OnceCell<Option<usize>>,
    longest_told: OnceCell<Option<usize>>,
    figures: Cell<Option<(Calendar, Figures)>>,
}

impl Index {
    pub fn directory(&self, plan: &Plan) -> &Rc<Directory> {
        self.directory.get_or_init(|| Rc::new(Directory::of([plan])))
    }

    pub fn facet(&self, plan: &Plan, facet: Facet) -> &FacetIndex {
        self.facets[facet as usize].get_or_init(|| FacetIndex::of(facet, plan, self.directory(plan)))
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
        let longest = self.longest_title.get_or_init(|| longest(plan, |_| true));
        plan.tasks.get((*longest)?).map(Arc::as_ref)
    }

    /// The same among those of which something was told.
    pub fn longest_told<'a>(&self, plan: &'a Plan) -> Option<&'a Task> {
        let longest = self.longest_told.get_or_init(|| longest(plan, |task| !task.progress.is_empty()));
        plan.tasks.get((*longest)?).map(Arc::as_ref)
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
    pub(super) fn texts_of(&self, plan: &Plan, at: usize) -> impl Iterator<Item = &Haystack> + Clone {
        let (text, bodies) = (self.text(plan, at), self.directory(plan).bodies());
        std::iter::once(&text.own).chain(text.agencies.iter().map(|&place| bodies[place].text()))
    }

    fn text(&self, plan: &Plan, at: usize) -> &TaskText {
        let texts = self.texts.get_or_init(|| vec![OnceCell::new(); plan.tasks.len()]);
        texts[at].get_or_init(|| TaskText::of(&plan.tasks[at], self.directory(plan)))
    }
}

/// Of the tasks that are meant, the one whose number and title take the most room.
fn longest(plan: &Plan, is_meant: impl Fn(&Task) -> bool) -> Option<usize> {
    let meant = (0..plan.tasks.len()).filter(|&at| is_meant(&plan.tasks[at]));
    meant.max_by_key(|&at| plan.tasks[at].title.len() + plan.tasks[at].no.len())
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
