//! The changes that a wish comes to, and how a change is told to people.

use chrono::NaiveDate;

use crate::plan::{Change, Diff, Edit, Plan, Status, Task};
use crate::words::Lang;

/// Sets a status. Done takes the day along, and leaves it behind again.
pub(super) fn status(task: &Task, status: Status, today: NaiveDate) -> Vec<Change> {
    if task.status == status {
        return Vec::new();
    }
    let done_on = task.done_on_with(status, today);
    let edits =
        [Edit::Status(Diff::new(task.status, status)), Edit::DoneOn(Diff::new(task.done_on, done_on))];
    of(task, edits)
}

/// The edits of a task that change something.
pub(super) fn of(task: &Task, edits: impl IntoIterator<Item = Edit>) -> Vec<Change> {
    let edits = edits.into_iter().filter(|edit| edit.values().0 != edit.values().1);
    edits.map(|edit| Change::Edit { task: task.id.clone(), edit }).collect()
}

/// What a change did: `16 · Trạng thái: Chưa thực hiện → Đang thực hiện`.
pub(super) fn told(plan: &Plan, change: &Change, lang: Lang) -> String {
    let task = match change {
        Change::Add { task, .. } | Change::Remove { task, .. } => Some(&**task),
        Change::Edit { task, .. } | Change::Move { task, .. } => plan.task(task),
    };
    let name = task.map_or("", |task| task.no.as_str());
    let told = change.told(lang);
    if name.is_empty() { format!("{} · {told}", change.task()) } else { format!("{name} · {told}") }
}
