//! A plan file that is open.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::history::History;
use super::{Draft, Waiting};
use crate::plan::query::Index;
use crate::plan::{Change, Plan, Task, TaskId};
use crate::words::Spoken;

/// A plan file that is open.
#[derive(Debug)]
pub struct OpenPlan {
    /// The path as the user gave it.
    pub path: String,
    /// The last plan that could be read.
    pub plan: Option<Plan>,
    pub index: Index,
    /// What is wrong with the file now.
    pub trouble: Option<Spoken>,
    pub access: Access,
    /// The changes that wait to be written into the file.
    pub waiting: Option<Waiting>,
    /// What was being typed when the line dropped, oldest first.
    pub drafts: Vec<Draft>,
    /// The tasks that others have changed since the user last came by.
    pub news: HashSet<TaskId>,
    pub(super) history: History,
}

/// Whether the file may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Write,
    ReadOnly,
}

impl OpenPlan {
    pub fn new(path: String, plan: Plan, access: Access) -> Self {
        Self {
            path,
            plan: Some(plan),
            index: Index::default(),
            trouble: None,
            access,
            news: HashSet::new(),
            waiting: None,
            drafts: Vec::new(),
            history: History::default(),
        }
    }

    /// A file that could not be read.
    pub fn broken(path: String, trouble: Spoken) -> Self {
        let history = History::default();
        let access = Access::ReadOnly;
        Self {
            path,
            plan: None,
            index: Index::default(),
            trouble: Some(trouble),
            access,
            news: HashSet::new(),
            waiting: None,
            drafts: Vec::new(),
            history,
        }
    }

    /// Takes in the plan as it is on disk now; what is other than before and not of our making is news.
    pub(super) fn replace(&mut self, plan: Plan, ours: &[Change]) {
        if let Some(before) = &self.plan {
            let known: HashMap<_, _> = before.tasks.iter().map(|task| (&task.id, task)).collect();
            let is_news = |task: &&Arc<Task>| {
                known.get(&task.id) != Some(task) && ours.iter().all(|change| *change.task() != task.id)
            };
            self.news.extend(plan.tasks.iter().filter(is_news).map(|task| task.id.clone()));
        }
        self.news.retain(|id| plan.task(id).is_some());
        self.plan = Some(plan);
        self.index = Index::default();
        (self.trouble, self.waiting) = (None, None);
    }
}
