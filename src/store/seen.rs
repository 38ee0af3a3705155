//! What a user has seen of a plan, kept in a folder of the user: what others do meanwhile is news.
//!
//! The file holds a map from ids to digests, and below it a line for each time that the user came by something: leaving
//! costs the same in a plan of any size. Opening the plan makes one map of it again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// So many tasks are looked at before it matters that nobody waits for the answer any more.
const AT_ONCE: usize = 256;

impl Seen {
    /// Nothing, if the user has never looked at the plan. `state` is the folder of the user.
    pub fn of(state: &Path, plan: &Path) -> Option<Self> {
        let text = String::from_utf8(user_file::read(&folder(state), &user_file::sign(plan))?).ok()?;
        let mut lines = text.lines();
        let mut seen: Self = ron::from_str(lines.next()?).ok()?;
        // A line that was not written to its end is a mark too many.
        lines
            .filter_map(|line| ron::from_str::<Self>(line).ok())
            .for_each(|more| seen.tasks.extend(more.tasks));
        Some(seen)
    }

    /// All of a plan, as it is. Nothing, if it takes long and is not wanted any more.
    pub fn all(plan: &Plan, is_ending: &AtomicBool) -> Option<Self> {
        Self::default().compared(plan, is_ending, |_, _| false).map(|(_, seen)| seen)
    }

    /// The tasks that say something else by now, where the user is not the last to have changed them; and what the
    /// user has seen, without tasks that are gone. Nothing, if it takes long and is not wanted any more.
    pub fn news(&self, plan: &Plan, user: &str, is_ending: &AtomicBool) -> Option<(Vec<TaskId>, Self)> {
        let is_own = |task: &Task| task.history.last().is_some_and(|entry| entry.by == user);
        self.compared(plan, is_ending, |task, is_other| is_other && !is_own(task))
    }

    fn compared(
        &self,
        plan: &Plan,
        is_ending: &AtomicBool,
        is_news: impl Fn(&Task, bool) -> bool,
    ) -> Option<(Vec<TaskId>, Self)> {
        let (mut news, mut seen) = (Vec::new(), Self::default());
        for some in plan.tasks.chunks(AT_ONCE) {
            for task in some {
                let (id, now) = (task.id.to_string(), said(task));
                let before = self.tasks.get(&id).copied();
                if !is_news(task, before != Some(now)) {
                    seen.tasks.insert(id, now);
                    continue;
                }
                news.push(task.id.clone());
                seen.tasks.extend(before.map(|before| (id, before)));
            }
            if some.len() == AT_ONCE && is_ending.load(Ordering::Relaxed) {
                return None;
            }
        }
        Some((news, seen))
    }

    pub fn keep(&self, state: &Path, plan: &Path) -> Result<(), StoreError> {
        user_file::write(&folder(state), &user_file::sign(plan), &self.line()).map_err(StoreError::Write)
    }

    /// Adds tasks that the user has come by, as they were then.
    pub fn add(tasks: &[Arc<Task>], state: &Path, plan: &Path) -> Result<(), StoreError> {
        let tasks = tasks.iter().map(|task| (task.id.to_string(), said(task))).collect();
        let line = format!("\n{}", Self { tasks }.line());
        user_file::append(&folder(state), &user_file::sign(plan), &line).map_err(StoreError::Write)
    }

    fn line(&self) -> String {
        ron::to_string(self).expect("numbers by ids can be said in RON")
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

    fn all(tasks: &str) -> Seen {
        Seen::all(&plan(tasks), &AtomicBool::new(false)).unwrap()
    }

    fn news(seen: &Seen, plan: &Plan) -> (Vec<String>, Seen) {
        let (news, seen) = seen.news(plan, "lan", &AtomicBool::new(false)).unwrap();
        (news.iter().map(TaskId::to_string).collect(), seen)
    }

    const OWN: &str =
        "history: [(at: \"2024-05-20T09:10:00+07:00\", by: \"lan\", field: \"note\", from: \"\", to: \"x\")]";

    #[test]
    fn what_others_have_changed_or_added_is_news_and_ones_own_is_not() {
        let seen = all("(id: \"a\"), (id: \"b\"), (id: \"c\")");
        let now =
            format!("(id: \"c\", note: \"x\", {OWN}), (id: \"a\"), (id: \"b\", note: \"y\"), (id: \"d\")");
        assert_eq!(news(&seen, &plan(&now)).0, ["b", "d"]);
    }

    #[test]
    fn what_nobody_came_by_stays_news() {
        let now = plan("(id: \"a\", no: \"1\"), (id: \"b\", no: \"2\"), (id: \"c\")");
        let (first, seen) = news(&all("(id: \"a\"), (id: \"b\")"), &now);
        assert_eq!(first, ["a", "b", "c"]);
        assert_eq!(news(&seen, &now).0, ["a", "b", "c"]);
    }

    #[test]
    fn what_one_came_by_is_no_news_any_more() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.ron");
        all("(id: \"a\"), (id: \"b\")").keep(folder.path(), &path).unwrap();
        let now = plan("(id: \"a\", no: \"1\"), (id: \"b\", no: \"2\"), (id: \"c\")");
        for at in [1, 2] {
            Seen::add(&now.tasks[at..=at], folder.path(), &path).unwrap();
        }
        let seen = Seen::of(folder.path(), &path).unwrap();
        assert_eq!(news(&seen, &now).0, ["a"]);
    }

    #[test]
    fn it_is_kept_for_each_plan_and_for_nobody_else() {
        let folder = tempfile::TempDir::new().unwrap();
        let (one, other) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
        let seen = all("(id: \"a\"), (id: \"a\")");
        seen.keep(folder.path(), &one).unwrap();
        assert_eq!(Seen::of(folder.path(), &one), Some(seen));
        assert_eq!(Seen::of(folder.path(), &other), None);
    }

    #[test]
    fn leaving_while_much_is_compared_waits_for_nothing() {
        let many = "(),".repeat(AT_ONCE + 1);
        assert_eq!(Seen::all(&plan(&many), &AtomicBool::new(true)), None);
        assert!(Seen::all(&plan("(id: \"a\")"), &AtomicBool::new(true)).is_some());
    }
}
