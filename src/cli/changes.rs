//! How changes are said: those that a history remembers, and those between two plans.

use super::saying;
use crate::plan::time::write_date;
use crate::plan::{Change, Entry, Field, Plan, Status, TaskId};
use crate::words::{Lang, Phrase};

/// When it was, and who did it: `02/05/2024 09:10  lan`.
pub(super) fn head(entry: &Entry) -> String {
    let at = format!("{} {}", write_date(entry.at.date_naive()), entry.at.format("%H:%M"));
    format!("{at}  {}", saying::line(&entry.by))
}

/// What was done: `Trạng thái: Chưa thực hiện → Đang thực hiện (lý do)`.
pub(super) fn entry(entry: &Entry, lang: Lang) -> String {
    let field = Field::ALL.into_iter().find(|field| field.name() == entry.field);
    let what = match (field, entry.field.as_str()) {
        (Some(field), _) => values(field.label(), field, entry, lang),
        (None, Entry::EXTENDED) => values(EXTENDED, Field::Due, entry, lang),
        (None, Entry::ADDED) => ADDED.say(lang).to_owned(),
        (None, Entry::KEPT) => KEPT.say(lang).to_owned(),
        (None, name) => {
            let change = saying::from_to(&saying::line(&entry.from), &saying::line(&entry.to), lang);
            format!("{}: {change}", saying::line(name))
        }
    };
    let note = match entry.note.as_str() {
        "" => String::new(),
        note => format!(" ({})", saying::line(note)),
    };
    let is_clash = entry.clash && entry.field != Entry::KEPT;
    let clash = if is_clash { CLASH.say(lang) } else { "" };
    format!("{what}{note}{clash}")
}

fn values(label: Phrase, field: Field, entry: &Entry, lang: Lang) -> String {
    let (from, to) = (recorded(field, &entry.from, lang), recorded(field, &entry.to, lang));
    format!("{}: {}", label.say(lang), saying::from_to(&from, &to, lang))
}

const ADDED: Phrase = Phrase::new("thêm việc", "task added");
const EXTENDED: Phrase = Phrase::new("Gia hạn", "Deadline extended");
pub(super) const KEPT: Phrase = Phrase::new(
    "giữ lại: có người xóa khi người khác đang sửa",
    "kept: deleted while someone else was changing it",
);
pub(super) const CLASH: Phrase = Phrase::new(" · hai người sửa khác nhau", " · set by two");

/// A value as the history has it, in words where the file has names.
pub(super) fn recorded(field: Field, value: &str, lang: Lang) -> String {
    let status = Status::ALL.into_iter().find(|status| status.name() == value);
    let day = value.parse().ok().map(write_date);
    match (field, status, day) {
        (Field::Status, Some(status), _) => status.label().say(lang).to_owned(),
        (Field::Due | Field::DoneOn, _, Some(day)) => day,
        _ => saying::line(value).into_owned(),
    }
}

/// A change of a plan, the task first. The plan is for the titles of tasks.
pub(super) fn change(change: &Change, plan: &Plan, lang: Lang) -> String {
    let title =
        |id: &TaskId| plan.task(id).map_or_else(|| saying::line(&id.to_string()).into_owned(), saying::title);
    match change {
        Change::Edit { task, edit } => {
            let (from, to) = edit.values();
            let value = |value: &str| recorded(edit.field(), value, lang);
            let change = saying::from_to(&value(&from), &value(&to), lang);
            format!("{}: {}: {change}", title(task), edit.field().label().say(lang))
        }
        Change::Add { task, .. } => format!("{}: {}", saying::title(task), ADDED.say(lang)),
        Change::Remove { task, .. } => format!("{}: {}", saying::title(task), REMOVED.say(lang)),
        Change::Move { task, .. } => format!("{}: {}", title(task), MOVED.say(lang)),
    }
}

const REMOVED: Phrase = Phrase::new("xóa việc", "task deleted");
const MOVED: Phrase = Phrase::new("đổi chỗ", "moved");
