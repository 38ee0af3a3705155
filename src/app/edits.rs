//! The changes that a wish comes to, and how a change is told to people.

use chrono::NaiveDate;

use crate::plan::{Change, Diff, Edit, Entry, Field, Plan, Status, Task, TaskId};
use crate::words::{Lang, Phrase};

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
    let named = |task: &Task| if task.no.is_empty() { task.id.to_string() } else { task.no.clone() };
    let name = plan.task(change.task()).map_or_else(|| change.task().to_string(), named);
    match change {
        Change::Edit { edit, .. } => {
            let (from, to) = shown(edit, lang);
            let nothing = Phrase::new("(trống)", "(empty)").say(lang);
            let or_nothing = |text: String| if text.is_empty() { nothing.to_owned() } else { text };
            format!("{name} · {}: {} → {}", edit.field().label().say(lang), or_nothing(from), or_nothing(to))
        }
        Change::Add { task, .. } => {
            format!("{} {}", Phrase::new("thêm việc", "added").say(lang), named(task))
        }
        Change::Remove { task, .. } => {
            format!("{} {}", Phrase::new("xóa việc", "deleted").say(lang), named(task))
        }
        Change::Move { .. } => format!("{} {name}", Phrase::new("chuyển chỗ việc", "moved").say(lang)),
    }
}

/// Both values of an edit as people read them.
pub(super) fn shown(edit: &Edit, lang: Lang) -> (String, String) {
    let mut task = Task::default();
    let value = |task: &Task| edit.field().value(task, lang);
    edit.inverse().put(&mut task);
    let from = value(&task);
    edit.put(&mut task);
    (from, value(&task))
}

/// What somebody else has made of a field, who and when.
pub(super) fn clash(plan: &Plan, task: &TaskId, field: Field, lang: Lang) -> String {
    let Some(task) = plan.task(task) else { return String::new() };
    let who = last_hand(task, Some(field), lang);
    let (label, value) = (field.label().say(lang), field.value(task, lang));
    match lang {
        Lang::Vi => format!("{who} vừa đặt {label} là “{value}”."),
        Lang::En => format!("{who} has just set {label} to “{value}”."),
    }
}

/// Who changed a task, or one field of it, last, and when.
pub(super) fn last_hand(task: &Task, field: Option<Field>, lang: Lang) -> String {
    let is_meant = |entry: &&Entry| field.is_none_or(|field| entry.field == field.name());
    let entry = task.history.iter().rev().find(is_meant).filter(|entry| !entry.by.is_empty());
    entry.map_or_else(
        || Phrase::new("Người khác", "Someone else").say(lang).to_owned(),
        |entry| format!("{} ({})", entry.by, entry.at.format("%H:%M %d/%m")),
    )
}
