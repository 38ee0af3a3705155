//! What a user has seen of a plan, kept in a folder of the user: what others do meanwhile is news.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::digest::digest;
use super::store_error::StoreError;
use super::user_file;
use crate::plan::{Plan, Task, TaskId};

/// The tasks of a plan as they were when the user saw them last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seen {
    /// What each task said, by its id.
    tasks: BTreeMap<String, u64>,
}

impl Seen {
    /// Nothing, if the user has never left the plan. `state` is the folder of the user.
    pub fn of(state: &Path, plan: &Path) -> Option<Self> {
        ron::de::from_bytes(&user_file::read(&folder(state), &user_file::sign(plan))?).ok()
    }

    /// The tasks that say something else by now, where the user is not the last to have changed them.
    pub fn news(&self, plan: &Plan, user: &str) -> Vec<TaskId> {
        let is_own = |task: &Task| task.history.last().is_some_and(|entry| entry.by == user);
        let is_news =
            |task: &&Task| !is_own(task) && self.tasks.get(&task.id.to_string()) != Some(&said(task));
        plan.tasks.iter().map(|task| &**task).filter(is_news).map(|task| task.id.clone()).collect()
    }

    /// The plan as it is, but for the tasks that are still news: those stay as they were seen before, if they were.
    #[must_use]
    pub fn after(&self, plan: &Plan, news: &HashSet<TaskId>) -> Self {
        let seen = |task: &Task| match (task.id.to_string(), news.contains(&task.id)) {
            (id, false) => Some((id, said(task))),
            (id, true) => self.tasks.get(&id).map(|before| (id, *before)),
        };
        Self { tasks: plan.tasks.iter().filter_map(|task| seen(task)).collect() }
    }

    pub fn keep(&self, state: &Path, plan: &Path) -> Result<(), StoreError> {
        if Self::of(state, plan).as_ref() == Some(self) {
            return Ok(());
        }
        let text = ron::to_string(self).expect("numbers by ids can be said in RON");
        user_file::write(&folder(state), &user_file::sign(plan), &text).map_err(StoreError::Write)
    }
}

fn said(task: &Task) -> u64 {
    digest(ron::to_string(task).expect("a task can be said in RON").as_bytes())
}

fn folder(state: &Path) -> PathBuf {
    state.join("seen")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn plan(tasks: &str) -> Plan {
        let text = format!("(title: \"t\", year: 2024, tasks: [{tasks}])");
        Document::read(text.into_bytes()).unwrap().plan().clone()
    }

    fn news(seen: &Seen, plan: &Plan) -> Vec<String> {
        seen.news(plan, "lan").iter().map(TaskId::to_string).collect()
    }

    const OWN: &str =
        "history: [(at: \"2024-05-20T09:10:00+07:00\", by: \"lan\", field: \"note\", from: \"\", to: \"x\")]";

    #[test]
    fn what_others_have_changed_or_added_is_news_and_ones_own_is_not() {
        let seen = Seen::default().after(&plan("(id: \"a\"), (id: \"b\"), (id: \"c\")"), &HashSet::new());
        let now =
            format!("(id: \"c\", note: \"x\", {OWN}), (id: \"a\"), (id: \"b\", note: \"y\"), (id: \"d\")");
        assert_eq!(news(&seen, &plan(&now)), ["b", "d"]);
    }

    #[test]
    fn what_nobody_came_by_stays_news() {
        let seen = Seen::default().after(&plan("(id: \"a\"), (id: \"b\")"), &HashSet::new());
        let now = plan("(id: \"a\", no: \"1\"), (id: \"b\", no: \"2\"), (id: \"c\")");
        let unseen = HashSet::from(["b", "c"].map(TaskId::new));
        assert_eq!(news(&seen.after(&now, &unseen), &now), ["b", "c"]);
    }

    #[test]
    fn it_is_kept_for_each_plan_and_for_nobody_else() {
        let folder = tempfile::TempDir::new().unwrap();
        let (one, other) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
        let seen = Seen::default().after(&plan("(id: \"a\"), (id: \"a\")"), &HashSet::new());
        seen.keep(folder.path(), &one).unwrap();
        assert_eq!(Seen::of(folder.path(), &one), Some(seen));
        assert_eq!(Seen::of(folder.path(), &other), None);
    }
}
