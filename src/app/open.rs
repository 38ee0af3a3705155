//! A plan file that is open.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::history::History;
use super::{App, Draft, MeetingNote, Waiting};
use crate::plan::meeting::Meeting;
use crate::plan::query::Index;
use crate::plan::{Change, Commit, Entry, Field, Plan, PlanKey, Task, TaskId, Why};
use crate::words::{Lang, Spoken};

/// A plan file that is open.
#[derive(Debug, Default)]
pub struct OpenPlan {
    /// The path as the user gave it.
    pub path: String,
    /// The last plan that could be read, as of the day that is looked at.
    pub plan: Option<Plan>,
    /// The same as the file has it.
    pub(super) in_file: Option<Plan>,
    /// Of how many tasks something was written down after the day that is looked at, and had happened by then.
    pub recorded_later: usize,
    /// Goes up whenever the plan becomes another.
    pub(super) version: u64,
    pub index: Index,
    /// What is wrong with the file now.
    pub trouble: Option<Spoken>,
    pub access: Access,
    /// The changes that wait to be written into the file.
    pub waiting: Option<Waiting>,
    /// What was saved and is missing now: an older version has overwritten it.
    pub missing: Vec<Commit>,
    /// What was being typed when the line dropped, oldest first.
    pub drafts: Vec<Draft>,
    /// The tasks that others have changed since the user last came by.
    pub news: HashMap<TaskId, News>,
    /// The tasks that were news until the user came by.
    pub(super) came_by: HashSet<TaskId>,
    /// Whether it was put on the screen, and nobody has asked yet.
    pub(super) is_looked_at: bool,
    /// The task that the user is at. It is no news any more when the user goes on.
    pub(super) at: Option<TaskId>,
    /// How the tasks went that were in the plan since it was opened.
    pub(super) gone: HashMap<TaskId, Change>,
    /// Those of them of which it is known who has deleted them, with that in their history.
    pub(super) removed: Vec<Task>,
    pub(super) history: History,
    pub(super) marks: HashSet<TaskId>,
    /// The meeting that is held, or was stopped before its end.
    pub meeting: Option<Meeting>,
    /// What the world was told of it last.
    pub(super) noted: MeetingNote,
}

/// What others have made of a task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// How much of the task's history was known; nothing where the user was away.
    pub known: Option<usize>,
    /// How long the history was then: what the user has done since is no news.
    pub until: usize,
    /// The fields that are others than before.
    pub fields: Vec<Field>,
}

impl News {
    /// What the history of the task tells of it.
    pub fn entries<'a>(&self, task: &'a Task) -> &'a [Entry] {
        let until = self.until.min(task.history.len());
        task.history.get(self.known.unwrap_or(until.saturating_sub(1))..until).unwrap_or_default()
    }

    /// The same task was changed again.
    fn and(&mut self, later: &Self) {
        self.until = later.until;
        for field in &later.fields {
            if !self.fields.contains(field) {
                self.fields.push(*field);
            }
        }
    }
}

/// Whether the file may be changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Access {
    #[default]
    Write,
    ReadOnly,
}

impl OpenPlan {
    pub fn new(path: String, plan: Plan, access: Access) -> Self {
        Self { path, plan: Some(plan.clone()), in_file: Some(plan), access, ..Self::default() }
    }

    /// The plan with what is kept of it, if it could be read.
    pub fn read(&self) -> Option<(&Plan, &Index)> {
        Some((self.plan.as_ref()?, &self.index))
    }

    /// With what the user has made before, and can take back.
    #[must_use]
    pub fn with_own_changes(self, own: Vec<(Vec<Change>, Why)>) -> Self {
        Self { history: History::of(own), ..self }
    }

    /// With a meeting that was stopped before its end.
    #[must_use]
    pub fn with_meeting(self, meeting: Option<Meeting>) -> Self {
        let noted = MeetingNote { meeting: meeting.clone(), place: None };
        Self { meeting, noted, ..self }
    }

    /// A file that could not be read.
    pub fn broken(path: String, trouble: Spoken) -> Self {
        Self { path, trouble: Some(trouble), access: Access::ReadOnly, ..Self::default() }
    }

    /// Takes in the plan as it is on disk now; what is other than before and not of our making is news, and is told.
    pub(super) fn replace(&mut self, plan: Plan, ours: &[Change], day: NaiveDate) -> Vec<(TaskId, News)> {
        let mut fresh = Vec::new();
        if let Some(before) = &self.in_file {
            let known: HashMap<_, _> = before.tasks.iter().map(|task| (&task.id, task)).collect();
            let ours: HashSet<&TaskId> = ours.iter().filter_map(Change::task).collect();
            let is_news = |task: &&Arc<Task>| known.get(&task.id) != Some(task) && !ours.contains(&task.id);
            let none = Task::default();
            fresh.extend(plan.tasks.iter().filter(is_news).map(|task| {
                let before = known.get(&task.id).map_or(&none, |before| &***before);
                let (known, until) = (Some(before.history.len()), task.history.len());
                (task.id.clone(), News { known, until, fields: other_fields(before, task) })
            }));
            for (id, news) in &fresh {
                let known = self.news.entry(id.clone());
                known.and_modify(|known| known.and(news)).or_insert_with(|| news.clone());
            }
            let there: HashSet<&TaskId> = plan.tasks.iter().map(|task| &task.id).collect();
            let gone = before.tasks.iter().filter(|task| !there.contains(&task.id));
            self.gone.extend(gone.map(|task| (task.id.clone(), removal(before, task))));
        }
        self.news.retain(|id, _| plan.task(id).is_some());
        self.in_file = Some(plan);
        self.look_as_of(day);
        (self.trouble, self.waiting) = (None, None);
        fresh
    }

    /// Others have changed these while the user was away.
    pub(super) fn hear_of(&mut self, tasks: Vec<TaskId>) {
        let plan = self.in_file.as_ref();
        let length =
            |id: &TaskId| plan.and_then(|plan| plan.task(id)).map_or(usize::MAX, |task| task.history.len());
        let news = |id: &TaskId| News { known: None, until: length(id), fields: Vec::new() };
        let news: Vec<_> = tasks.into_iter().map(|id| (id.clone(), news(&id))).collect();
        self.news.extend(news);
    }

    /// Shows the plan as of a day.
    pub(super) fn look_as_of(&mut self, day: NaiveDate) {
        self.plan = self.in_file.as_ref().map(|plan| plan.as_of(day));
        self.recorded_later = self.in_file.as_ref().map_or(0, |plan| plan.recorded_after(day).count());
        self.version += 1;
        self.index = Index::default();
        self.unmark_the_gone();
    }

    /// Says what cannot be written into the file yet, and why.
    pub(crate) fn wait(&mut self, waiting: Option<Waiting>) {
        self.trouble = waiting.as_ref().map(|waiting| waiting.why.clone());
        self.waiting = waiting.filter(|waiting| waiting.count > 0);
    }
}

impl App {
    /// Shows the plans with what had happened by the end of a day.
    pub(super) fn look_as_of(&mut self, day: NaiveDate) {
        self.calendar.today = day;
        self.plans.iter_mut().for_each(|open| open.look_as_of(day));
    }

    /// The plans that were put on the screen since this was last asked.
    pub fn take_looked_at(&mut self) -> Vec<PlanKey> {
        let looked_at = self.plans.iter_mut().map(|open| std::mem::take(&mut open.is_looked_at));
        looked_at.enumerate().filter_map(|(at, is_it)| is_it.then_some(PlanKey(at))).collect()
    }

    /// Of each plan the tasks that were news until the user came by, as they are now.
    pub fn came_by(&self) -> impl Iterator<Item = (PlanKey, Vec<Arc<Task>>)> {
        self.plans.iter().enumerate().filter_map(|(at, open)| {
            let plan = open.in_file.as_ref()?;
            let left = open.came_by.iter().filter(|id| !open.news.contains_key(id));
            let here = open.at.iter().filter(|id| open.news.contains_key(id));
            let tasks = left.chain(here).filter_map(|id| open.index.position(plan, id));
            let tasks: Vec<_> = tasks.map(|at| Arc::clone(&plan.tasks[at])).collect();
            (!tasks.is_empty()).then_some((PlanKey(at), tasks))
        })
    }
}

fn other_fields(before: &Task, after: &Task) -> Vec<Field> {
    let is_other = |field: &Field| field.value(before, Lang::Vi) != field.value(after, Lang::Vi);
    Field::ALL.iter().copied().filter(is_other).collect()
}

fn removal(plan: &Plan, task: &Task) -> Change {
    Change::Remove { task: Box::new(task.clone()), after: plan.before(&task.id) }
}
