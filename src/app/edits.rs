//! The changes that a wish comes to, and how a change is told to people.

use std::sync::Arc;

use chrono::NaiveDate;

use super::action::Action;
use super::keymap::{self, Mode};
use crate::plan::{Change, Edit, Field, Kind, Plan, Status, Task, TaskId, TaskStep, Value, section, time};
use crate::text;
use crate::words::{Lang, tr};

/// Sets a status. Done takes the day along, and leaves it behind again.
pub(super) fn status(task: &Task, status: Status, today: NaiveDate) -> Vec<Change> {
    if task.status == status {
        return Vec::new();
    }
    let done_on = task.done_on_with(status, today);
    let edits =
        [Edit::new(Field::Status, task.status, status), Edit::new(Field::DoneOn, task.done_on, done_on)];
    Change::edits(&task.id, edits)
}

/// What adds a task to the section that another one is in: behind the last of it, and with the number that follows.
pub(super) fn add(plan: &Plan, beside: Option<&TaskId>, task: Task) -> Change {
    let beside = beside.and_then(|id| plan.task(id));
    let of_section = |other: &&Arc<Task>| beside.is_some_and(|it| section(&other.no).0 == section(&it.no).0);
    let after = plan.tasks.iter().rfind(of_section).map(|task| task.id.clone());
    let no = plan.number_after(beside.map_or("", |task| &task.no));
    Change::Add { task: Box::new(Task { no, ..task }), after }
}

/// The row that an edit of a list has added last, if it has added one.
pub(super) fn added_row<T: PartialEq>(edit: &Edit) -> Option<T>
where
    Vec<T>: From<Value>,
{
    let before = Vec::from(edit.before.clone());
    Vec::from(edit.after.clone()).into_iter().rfind(|row| !before.contains(row))
}

/// What was just made, and how it is taken back: `II.1: Đang thực hiện · Ctrl-Z hoàn tác`.
pub(super) fn said(plan: &Plan, made: &[Change], whence: Option<&str>, lang: Lang) -> Option<String> {
    let change = made.iter().find(|change| is_status(change)).or(made.first())?;
    let (no, tasks) = (number(plan, change), Change::tasks(made).len());
    let what = match change {
        Change::Edit { edit, .. } if tasks > 1 => of_several(tasks, edit, made, lang),
        Change::Add { task, .. } => added(&no, section(&task.no).0, whence, lang),
        Change::Remove { .. } => tr!(lang, "Đã xóa việc {no}", "Task {no} is deleted"),
        Change::Edit { edit, .. } if edit.field == Field::Status => {
            format!("{no}: {}{}", edit.shown(lang).1, done_on(made, lang))
        }
        Change::Edit { edit, .. } if matches!(edit.field.kind(), Kind::Table(_)) => {
            let told = ticked(edit, lang).unwrap_or_else(|| change.told(lang));
            format!("{no}: {}", text::cut(&text::line(&told), LINE))
        }
        Change::Edit { edit, .. } => {
            format!("{no}: {} {}", edit.field.label().say(lang), short(edit, lang))
        }
        Change::Move { .. } => format!("{no}: {}", change.told(lang)),
        Change::Head(_) => change.told(lang),
    };
    Some(format!("{} · {}", what.trim_end(), undo(lang)))
}

/// What was made of several tasks at once.
fn of_several(count: usize, edit: &Edit, made: &[Change], lang: Lang) -> String {
    let value = short(edit, lang);
    let what = match edit.field {
        Field::Status => format!("{value}{}", done_on(made, lang)),
        field => format!("{} {value}", field.label().say(lang)),
    };
    tr!(lang, "Đã đặt {count} việc: {what}", "{count} tasks are set: {what}")
}

/// Cells of a value that is only to be recognized.
const SHORT: usize = 30;

/// Cells of a row of a list: with the number before it and the key behind it, it fits in 80 columns.
const LINE: usize = 50;

fn short(edit: &Edit, lang: Lang) -> String {
    text::cut(&text::line(&edit.shown(lang).1), SHORT).into_owned()
}

/// The key that takes back, with its word.
pub(super) fn undo(lang: Lang) -> String {
    let key = keymap::key_of(Mode::Board, Action::Undo).map_or_else(String::new, |key| key.label(lang));
    format!("{key} {}", Action::Undo.label().say(lang).to_lowercase())
}

fn done_on(made: &[Change], lang: Lang) -> String {
    let day = made.iter().find_map(|change| change.edit_in(Field::DoneOn)?.after.day());
    day.map_or_else(String::new, |day| format!(" {}", Value::Day(Some(day)).shown(lang)))
}

/// Where a new task stands, and where its agencies come from.
fn added(no: &str, section: &str, whence: Option<&str>, lang: Lang) -> String {
    let place = match section {
        "" => tr!(lang, "Đã thêm việc {no} vào cuối", "Task {no} is added last"),
        _ => {
            tr!(lang, "Đã thêm việc {no} cuối mục {section}", "Task {no} is added, last of section {section}")
        }
    };
    whence.map_or_else(|| place.clone(), |whence| format!("{place}, {whence}"))
}

pub(super) fn is_status(change: &Change) -> bool {
    change.edit_in(Field::Status).is_some()
}

/// The number that people call a task by; its id where it has none.
pub(super) fn number(plan: &Plan, change: &Change) -> String {
    let task = match change {
        Change::Add { task, .. } | Change::Remove { task, .. } => Some(&**task),
        _ => plan.task_of(change),
    };
    let no = task.map_or("", |task| task.no.as_str());
    if no.is_empty() { change.task().map(TaskId::to_string).unwrap_or_default() } else { no.to_owned() }
}

/// What a change did, and to how many tasks: `16 · Trạng thái: Chưa thực hiện → Đang thực hiện`.
pub(super) fn told(plan: &Plan, change: &Change, made: &[Change], lang: Lang) -> String {
    let told = change.told(lang);
    match (change, Change::tasks(made).len()) {
        (Change::Head(_), _) => told,
        (_, count @ 2..) => tr!(lang, "{count} việc · {told}", "{count} tasks · {told}"),
        _ => format!("{} · {}", number(plan, change), change.told(lang)),
    }
}

/// Whether an edit of steps does no more than tick some.
pub(super) fn is_tick(edit: &Edit) -> bool {
    let named = |steps: Vec<TaskStep>| steps.into_iter().map(|it| (it.what, it.by)).collect::<Vec<_>>();
    edit.field == Field::Steps && named(edit.before.clone().into()) == named(edit.after.clone().into())
}

/// What a tick has done: `mốc “Dự thảo” xong 20/05/2024`.
fn ticked(edit: &Edit, lang: Lang) -> Option<String> {
    if !is_tick(edit) {
        return None;
    }
    let (before, after): (Vec<TaskStep>, Vec<TaskStep>) =
        (edit.before.clone().into(), edit.after.clone().into());
    let mut others = before.into_iter().zip(after).filter(|(before, after)| before != after);
    let (Some((_, step)), None) = (others.next(), others.next()) else { return None };
    let what = step.what;
    Some(match step.done.map(time::write_date) {
        Some(day) => tr!(lang, "mốc “{what}” xong {day}", "step “{what}” done {day}"),
        None => tr!(lang, "mốc “{what}” chưa xong", "step “{what}” not done"),
    })
}
