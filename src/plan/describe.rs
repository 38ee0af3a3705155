//! How changes are told to people: with the same words on the screen and in the shell.

use chrono::NaiveDate;

use super::Plan;
use super::change::{Change, Conflict, Edit};
use super::field::{Field, FieldOf};
use super::history::{Entry, EntryKind};
use super::status::Status;
use super::table::{Extension, Progress, ROWS, Table, TableColumn, TableRow as _, TableRows, TaskStep};
use super::task::{Task, TaskId};
use super::time::{write_date, write_marked_date};
use super::value::Value;
use crate::text;
use crate::words::{Lang, Phrase, tr};

/// What stands behind a change that was made against somebody else's.
pub const CLASH: Phrase = Phrase::new(" · hai người sửa khác nhau", " · set by two");

/// What is told of a task that an edit has kept from being deleted.
pub const KEPT: Phrase = Phrase::new(
    "Giữ lại: có người xóa khi người khác đang sửa",
    "Kept: deleted while someone else was changing it",
);

const ADDED: Phrase = Phrase::new("Thêm việc", "Task added");
const REMOVED: Phrase = Phrase::new("Xóa việc", "Task deleted");
const MOVED: Phrase = Phrase::new("Đổi vị trí", "Moved");
const EXTENDED: Phrase = Phrase::new("Gia hạn", "Deadline extended");
pub const EMPTY: Phrase = Phrase::new("(trống)", "(empty)");
const SOMEBODY: Phrase = Phrase::new("Người khác", "Someone else");

/// `before → after` in one line that is safe to print, with a word for what is empty.
pub fn from_to(from: &str, to: &str, lang: Lang) -> String {
    let named = |value| match text::line(value) {
        value if value.is_empty() => EMPTY.say(lang).to_owned(),
        value => value.into_owned(),
    };
    format!("{} → {}", named(from), named(to))
}

/// The deadline, and the one before it was ever moved: `30/06/2024, gia hạn đến 31/08/2024 (T7)`.
pub fn deadline(task: &Task, year: i32, deadline: NaiveDate, lang: Lang) -> String {
    let last = write_marked_date(deadline, lang);
    match task.first_deadline(year) {
        Some(first) if first != deadline => {
            format!("{}, {} {last}", write_date(first), until(task.times_extended(), lang))
        }
        _ => last,
    }
}

fn until(times: usize, lang: Lang) -> String {
    match times {
        ..2 => Phrase::new("gia hạn đến", "extended to").say(lang).to_owned(),
        times => tr!(lang, "gia hạn lần {times} đến", "extended {times} times to"),
    }
}

impl Entry {
    /// What stands above the entries.
    pub const HISTORY: Phrase = Phrase::new("Lịch sử thay đổi", "History of changes");

    /// What was done: `Trạng thái: Chưa thực hiện → Đang thực hiện (lý do)`.
    pub fn told(&self, lang: Lang) -> String {
        let what = match &self.kind {
            EntryKind::Field(field) => self.values(field.label().say(lang), *field, lang),
            EntryKind::Extended => self.values(EXTENDED.say(lang), Field::Due, lang),
            EntryKind::Added => ADDED.say(lang).to_owned(),
            EntryKind::Removed => REMOVED.say(lang).to_owned(),
            EntryKind::Kept => KEPT.say(lang).to_owned(),
            EntryKind::Unknown(name) => {
                format!("{}: {}", text::line(name), from_to(&self.from, &self.to, lang))
            }
        };
        let note =
            if self.note.is_empty() { String::new() } else { format!(" ({})", text::line(&self.note)) };
        let is_clash = self.clash && self.kind != EntryKind::Kept;
        format!("{what}{note}{}", if is_clash { CLASH.say(lang) } else { "" })
    }

    /// When it was; the day only where that is not today.
    fn time(&self, today: NaiveDate) -> String {
        let format = if self.office_day() == today { "%H:%M" } else { "%H:%M %d/%m" };
        self.at_office().format(format).to_string()
    }

    fn values(&self, label: &str, field: Field, lang: Lang) -> String {
        let [from, to] = [&self.from, &self.to].map(|text| Value::of_recorded(field.kind(), text));
        let day = self.done_on.parse().ok().map(write_date);
        let shown = |value: &Value| match &day {
            Some(day) if value.status() == Some(Status::Done) => format!("{} ({day})", value.shown(lang)),
            _ => value.shown(lang),
        };
        let told = names_told(&from, &to, lang).unwrap_or_else(|| from_to(&shown(&from), &shown(&to), lang));
        format!("{label}: {told}")
    }
}

/// Of names and rows what has come and what has gone: `+ Sở Y tế; − Sở Nội vụ`. Nothing, if neither: they are in another order.
fn names_told(before: &Value, after: &Value, lang: Lang) -> Option<String> {
    let only = |names: &[String], others: &[String]| {
        names.iter().filter(|name| !others.contains(name)).cloned().collect::<Vec<_>>()
    };
    let (went, came) = match (before, after) {
        (Value::Names(before), Value::Names(after)) => (only(before, after), only(after, before)),
        (Value::Table(before), Value::Table(after)) => {
            (before.without(after).told(lang), after.without(before).told(lang))
        }
        _ => return None,
    };
    let told = |sign: char, names: Vec<String>| {
        let names = names.into_iter().filter(|name| !name.is_empty());
        names.map(|name| format!("{sign} {}", text::line(&name))).collect::<Vec<_>>()
    };
    let told = [told('+', came), told('−', went)].concat();
    (!told.is_empty()).then(|| told.join("; "))
}

impl TableRows {
    /// As it is shown in one line.
    pub(super) fn shown(&self, lang: Lang) -> String {
        self.told(lang).join(ROWS)
    }

    /// Each row as it is shown in a line. A history does not have all of a row.
    pub(super) fn told(&self, lang: Lang) -> Vec<String> {
        let row = |(row, first): (&Vec<Value>, &[Value])| {
            in_words(self.table, row, lang).unwrap_or_else(|| row_told(self.table, first, lang))
        };
        self.cells.iter().zip(self.first_columns()).map(row).collect()
    }

    /// Each row with all that is in it.
    pub fn told_whole(&self, lang: Lang) -> Vec<String> {
        let row = |row: &Vec<Value>| {
            in_words(self.table, row, lang).unwrap_or_else(|| row_told(self.table, row, lang))
        };
        self.cells.iter().map(row).collect()
    }
}

fn row_told(table: Table, cells: &[Value], lang: Lang) -> String {
    let shown = cells.iter().map(|cell| cell.shown(lang)).filter(|cell| !cell.is_empty());
    shown.collect::<Vec<_>>().join(if table == Table::More { ": " } else { " · " })
}

/// A row of several days and texts in the words in which it is shown elsewhere. Nothing, if it holds what is no day.
fn in_words(table: Table, cells: &[Value], lang: Lang) -> Option<String> {
    let cell = |(at, column): (usize, &TableColumn)| match cells.get(at).map(Value::recorded) {
        Some(told) if !told.is_empty() => Value::read_recorded(column.kind, &told),
        _ => Some(Value::nothing(column.kind)),
    };
    let row = || table.kind().columns.iter().enumerate().map(cell).collect::<Option<Vec<_>>>();
    match table {
        Table::Extensions => Some(Extension::of_cells(row()?).shown(lang)),
        Table::Progress => Some(Progress::of_cells(row()?).line(lang)),
        Table::Steps => Some(TaskStep::of_cells(row()?).line(lang)),
        _ => None,
    }
}

/// A value as the history has it, in words where the file has names.
pub fn recorded(field: Field, value: &str, lang: Lang) -> String {
    Value::of_recorded(field.kind(), value).shown(lang)
}

impl Change {
    /// What becomes of the task: `Trạng thái: Chưa thực hiện → Đang thực hiện`.
    pub fn told(&self, lang: Lang) -> String {
        match self {
            Self::Edit { edit, .. } => edit.told(lang),
            Self::Head(edit) => edit.told(lang),
            Self::Add { .. } => ADDED.say(lang).to_owned(),
            Self::Remove { .. } => REMOVED.say(lang).to_owned(),
            Self::Move { .. } => MOVED.say(lang).to_owned(),
        }
    }
}

impl<F: FieldOf> Edit<F> {
    /// Which field, and from what to what; of names, which came and which went.
    fn told(&self, lang: Lang) -> String {
        let (from, to) = self.shown(lang);
        let told = names_told(&self.before, &self.after, lang).unwrap_or_else(|| from_to(&from, &to, lang));
        format!("{}: {told}", self.field.row().label.say(lang))
    }

    /// Both values as people read them.
    pub fn shown(&self, lang: Lang) -> (String, String) {
        (self.before.shown(lang), self.after.shown(lang))
    }
}

impl Conflict {
    /// Why a change was not made: what somebody else has made of the task, on the plan as it is now.
    pub fn told(&self, plan: &Plan, lang: Lang) -> String {
        match (self, lang) {
            (Self::Edited { task, field: Some(field) }, _) => set_by_another(plan, task, *field, lang),
            (Self::Edited { task, field: None }, _) => {
                let who = plan.task(task).map_or_else(String::new, |task| last_hand(task, None, lang));
                tr!(
                    lang,
                    "{who} vừa sửa việc này; chưa xóa",
                    "{who} has just changed this task; it was not deleted"
                )
            }
            (Self::Head(field), _) => {
                let (label, value) = (field.label().say(lang), field.of(plan).shown(lang));
                tr!(
                    lang,
                    "Người khác vừa đặt {label} là “{value}”.",
                    "Someone else has just set {label} to “{value}”."
                )
            }
            (Self::Missing(_), Lang::Vi) => "Người khác vừa xóa việc này; chưa đổi gì".to_owned(),
            (Self::Missing(_), Lang::En) => {
                "Someone else has just deleted this task; nothing was changed".to_owned()
            }
            (Self::Taken(id), Lang::Vi) => format!("Mã {id} vừa có việc khác dùng; chưa thêm"),
            (Self::Taken(id), Lang::En) => format!("The id {id} has just been taken; nothing was added"),
        }
    }
}

/// What others have made of a task, as these entries of its history tell: `minh 14:49: Đã hoàn thành → Tạm dừng
/// (theo CV 5)`. What no history tells was changed in the file itself.
pub fn told_news(plan: &Plan, entries: &[Entry], fields: &[Field], today: NaiveDate, lang: Lang) -> String {
    let is_meant = |entry: &&Entry| {
        fields.is_empty() || fields.iter().any(|field| entry.kind == EntryKind::Field(*field))
    };
    let is_status = |entry: &&Entry| entry.is_status();
    let is_whole = |entry: &&Entry| !matches!(entry.kind, EntryKind::Field(_));
    let (meant, whole) = (|| entries.iter().rev().filter(is_meant), entries.iter().rev().find(is_whole));
    let Some(entry) = meant().find(is_status).or_else(|| meant().next()).or(whole) else {
        let names: Vec<&str> = fields.iter().map(|field| field.label().say(lang)).collect();
        let by_hand = Phrase::new("sửa trong tệp", "changed in the file").say(lang);
        return format!("{by_hand}: {}", names.join(", "));
    };
    let time = entry.time(today);
    // The status is known by its words.
    let label = format!("{}: ", Field::Status.label().say(lang));
    let told = entry.told(lang);
    let told = if is_status(&entry) { told.strip_prefix(&label).unwrap_or(&told) } else { &told };
    let by = if entry.by.is_empty() { SOMEBODY.say(lang) } else { plan.name_of(&entry.by) };
    format!("{by} {time}: {told}")
}

/// Whether ours is to stand over what somebody else has set: in one line of 80 columns, and the field is the one that
/// is being changed.
pub fn which_stands(theirs: &Task, ours: &Edit, today: NaiveDate, lang: Lang) -> String {
    let field = ours.field;
    let who = hand(theirs, Some(field), lang, |entry| entry.time(today));
    let [theirs, ours] = [field.value(theirs, lang), ours.shown(lang).1].map(|value| {
        let value = if value.is_empty() { EMPTY.say(lang) } else { &value };
        text::cut(&text::line(value), CLASHING).into_owned()
    });
    match (field, lang) {
        (Field::Note | Field::Output, Lang::Vi) => {
            format!("{who}: “{theirs}”. F2: giữ cả hai · Enter: chỉ “{ours}” · Esc: sửa tiếp")
        }
        (Field::Note | Field::Output, Lang::En) => {
            format!("{who} set “{theirs}”. F2: keep both · Enter: only “{ours}” · Esc: go on editing")
        }
        (field, Lang::Vi) if field.is_typed() => {
            format!("{who}: “{theirs}”. Enter: vẫn “{ours}” · Esc: sửa tiếp")
        }
        (field, Lang::En) if field.is_typed() => {
            format!("{who} set “{theirs}”. Enter: still “{ours}” · Esc: go on editing")
        }
        (_, Lang::Vi) => format!("{who}: “{theirs}”. Enter: vẫn “{ours}” · Esc: không"),
        (_, Lang::En) => format!("{who} set “{theirs}”. Enter: still “{ours}” · Esc: leave"),
    }
}

/// So much of a value is enough to know it again.
const CLASHING: usize = 16;

/// What somebody else has made of a field, who and when.
fn set_by_another(plan: &Plan, task: &TaskId, field: Field, lang: Lang) -> String {
    let Some(task) = plan.task(task) else { return String::new() };
    let who = last_hand(task, Some(field), lang);
    let (label, value) = (field.label().say(lang), field.value(task, lang));
    tr!(lang, "{who} vừa đặt {label} là “{value}”.", "{who} has just set {label} to “{value}”.")
}

/// Who changed a task, or one field of it, last, and when.
fn last_hand(task: &Task, field: Option<Field>, lang: Lang) -> String {
    hand(task, field, lang, |entry| entry.at_office().format("%H:%M %d/%m").to_string())
}

/// Who has deleted a task, and when, as its history tells: `hùng (09:10)`.
pub fn remover(gone: Option<&Task>, today: NaiveDate, lang: Lang) -> String {
    let hand = |task| hand(task, None, lang, |entry| entry.time(today));
    gone.map_or_else(|| SOMEBODY.say(lang).to_owned(), hand)
}

fn hand(task: &Task, field: Option<Field>, lang: Lang, when: impl Fn(&Entry) -> String) -> String {
    let is_meant = |entry: &&Entry| field.is_none_or(|field| entry.kind == EntryKind::Field(field));
    let entry = task.history.iter().rev().find(is_meant).filter(|entry| !entry.by.is_empty());
    entry.map_or_else(|| SOMEBODY.say(lang).to_owned(), |entry| format!("{} ({})", entry.by, when(entry)))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn a_clash_about_a_status_is_asked_about_in_one_line_of_80_columns() {
        let at = DateTime::parse_from_rfc3339("2024-05-20T09:10:00+07:00").unwrap();
        let pairs = Status::ALL.into_iter().flat_map(|theirs| Status::ALL.map(|ours| (theirs, ours)));
        for (theirs, ours) in pairs.filter(|(theirs, ours)| theirs != ours) {
            let (by, kind, to) = ("nguyenv".to_owned(), Field::Status.into(), theirs.name().to_owned());
            let history = vec![Entry { at, by, kind, to, ..Entry::default() }];
            let task = Task { status: theirs, history, ..Task::default() };
            let ours = Edit::new(Field::Status, theirs, ours);
            for lang in [Lang::Vi, Lang::En] {
                let told = which_stands(&task, &ours, at.date_naive(), lang);
                assert!(told.contains("nguyenv (09:10)") && text::width(&told) <= 78, "{told}");
            }
        }
    }
}
