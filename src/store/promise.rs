//! A commit that is to be made later, on a text that hands may have changed by then.
//!
//! Where a hand has copied an id or left it out, a task is told by its place among those that bear the same; but
//! places change, and so may the ids. What such a task said is kept with the commit, and it is found again by that.

use serde::{Deserialize, Serialize};

use crate::plan::{Change, Commit, Plan, Task, TaskId};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Promise {
    /// Called as in the first version, whose changes may still wait.
    #[serde(rename = "deed")]
    pub(super) commit: Commit,
    /// The tasks in it whose ids do not tell which they are.
    namesakes: Vec<Namesake>,
}

/// A task that bears the same id as another, or none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Namesake {
    /// As it was just before the commit, but for its history. It is called as in the commit.
    task: Task,
    /// Its id as it stands in the file.
    id: String,
    /// How many tasks that bear it stand before this one.
    nth: usize,
}

impl Promise {
    /// A commit that was made on this plan, which is in no file yet. None, if it could not be made later: a task that
    /// comes back under an id that others bear.
    pub(super) fn of(commit: Commit, plan: &Plan) -> Option<Self> {
        let comes_back = |change: &Change| matches!(change, Change::Add { task, .. } if !task.id.is_alone());
        if commit.changes.iter().any(comes_back) {
            return None;
        }
        let mut namesakes: Vec<Namesake> = Vec::new();
        for id in commit.changes.iter().flat_map(ids) {
            if namesakes.iter().all(|namesake| namesake.task.id != *id) {
                namesakes.extend(Namesake::of(id, plan));
            }
        }
        Some(Self { commit, namesakes })
    }

    /// Those of a file that are not in the plan yet. They are made in the order of the file: what came before one that
    /// the histories tell of has been made as well, though they may tell of no more than where it has led to.
    pub(super) fn untold(promises: Vec<Self>, plan: &Plan) -> Vec<Self> {
        let told = promises.iter().rposition(|promise| promise.is_told_in(plan)).map_or(0, |at| at + 1);
        promises.into_iter().skip(told).collect()
    }

    /// Whether the histories of the plan tell of it.
    fn is_told_in(&self, plan: &Plan) -> bool {
        let told = self.commit.is_told_by(|id| match self.namesake(id) {
            Some(namesake) => namesake.bearers(plan),
            None => plan.task(id).into_iter().collect(),
        });
        told == Some(true)
    }

    /// The commit with the ids that the tasks have in this plan, and those that are not found in it, under new ids.
    pub(super) fn on(&self, plan: &Plan) -> (Commit, Vec<Task>) {
        let (mut commit, mut lost) = (self.commit.clone(), Vec::new());
        for (seed, namesake) in (commit.stamp.at.timestamp() as u64..).zip(&self.namesakes) {
            let id = namesake.found_in(plan).map_or_else(
                || {
                    let id = TaskId::fresh(&plan.tasks, seed);
                    lost.push(Task { id: id.clone(), ..namesake.task.clone() });
                    id
                },
                |task| task.id.clone(),
            );
            let is_meant = |other: &&mut TaskId| **other == namesake.task.id;
            commit.changes.iter_mut().flat_map(ids_mut).filter(is_meant).for_each(|it| it.clone_from(&id));
        }
        (commit, lost)
    }

    fn namesake(&self, id: &TaskId) -> Option<&Namesake> {
        self.namesakes.iter().find(|namesake| namesake.task.id == *id)
    }
}

impl Namesake {
    /// Nothing for a task that has its id for itself.
    fn of(id: &TaskId, plan: &Plan) -> Option<Self> {
        let task = plan.task(id)?;
        let bearers = bearers(id.text(), plan);
        if id.is_alone() && bearers.len() == 1 {
            return None;
        }
        let nth = bearers.iter().position(|bearer| bearer.id == *id)?;
        let task = Task { history: Vec::new(), ..task.clone() };
        Some(Self { task, id: id.text().to_owned(), nth })
    }

    fn bearers<'a>(&self, plan: &'a Plan) -> Vec<&'a Task> {
        bearers(&self.id, plan)
    }

    /// The one that says just the same; else the one in its place, if it is called the same; else the only one that
    /// is, also under another id.
    fn found_in<'a>(&self, plan: &'a Plan) -> Option<&'a Task> {
        let bearers = self.bearers(plan);
        let is_same =
            |task: &&Task| Task { id: self.task.id.clone(), ..(*task).clone() }.is_same_work(&self.task);
        let is_like = |task: &&Task| task.title == self.task.title && task.no == self.task.no;
        only(bearers.iter().copied().filter(is_same))
            .or_else(|| bearers.get(self.nth).copied().filter(is_like))
            .or_else(|| only(bearers.iter().copied().filter(is_like)))
            .or_else(|| only(tasks(plan).filter(is_like)))
    }
}

fn bearers<'a>(id: &str, plan: &'a Plan) -> Vec<&'a Task> {
    tasks(plan).filter(|task| task.id.text() == id).collect()
}

fn tasks(plan: &Plan) -> impl Iterator<Item = &Task> {
    plan.tasks.iter().map(|task| &**task)
}

fn only<'a>(mut tasks: impl Iterator<Item = &'a Task>) -> Option<&'a Task> {
    tasks.next().filter(|_| tasks.next().is_none())
}

/// The task that a change is about, and those that tell its places.
fn ids(change: &Change) -> Vec<&TaskId> {
    let places = match change {
        Change::Edit { .. } | Change::Head(_) => [None, None],
        Change::Add { after, .. } | Change::Remove { after, .. } => [after.as_ref(), None],
        Change::Move { from, to, .. } => [from.as_ref(), to.as_ref()],
    };
    change.task().into_iter().chain(places.into_iter().flatten()).collect()
}

fn ids_mut(change: &mut Change) -> Vec<&mut TaskId> {
    match change {
        Change::Edit { task, .. } => vec![task],
        Change::Head(_) => Vec::new(),
        Change::Add { task, after } | Change::Remove { task, after } => {
            std::iter::once(&mut task.id).chain(after).collect()
        }
        Change::Move { task, from, to } => std::iter::once(task).chain(from).chain(to).collect(),
    }
}
