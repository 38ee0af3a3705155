//! How days, deadlines, states and files are said on a line of text.

use std::borrow::Cow;
use std::path::Path;

use chrono::NaiveDate;

use crate::plan::time;
use crate::plan::{Conflict, Field, Plan, State, Status, Task};
use crate::store::Trouble;
use crate::text;
use crate::words::{Lang, Phrase};

pub(super) fn days_left(days: i64, lang: Lang) -> String {
    match (lang, days) {
        (Lang::Vi, 0) => "hôm nay".to_owned(),
        (Lang::En, 0) => "today".to_owned(),
        (Lang::Vi, 1..) => format!("còn {days} ngày"),
        (Lang::En, 1) => "1 day left".to_owned(),
        (Lang::En, 1..) => format!("{days} days left"),
        (Lang::Vi, _) => format!("quá hạn {} ngày", -days),
        (Lang::En, -1) => "1 day overdue".to_owned(),
        (Lang::En, _) => format!("{} days overdue", -days),
    }
}

/// A file's name, safe to print.
pub(super) fn path(path: &Path) -> String {
    text::clean(&path.to_string_lossy()).into_owned()
}

/// What is wrong with a file, and where in it that can be told; safe to print.
pub(super) fn trouble(file: &Path, trouble: &Trouble, lang: Lang) -> String {
    let name = path(file);
    let told = match trouble {
        Trouble::Broken(problem) => {
            let (line, column) = (problem.place.line, problem.place.column);
            format!("{name}:{line}:{column}: {}", problem.message(lang))
        }
        other => format!("{name}: {}", other.message(lang)),
    };
    text::clean(&told).into_owned()
}

/// A text of the plan in one line, safe to print.
pub(super) fn line(of_plan: &str) -> Cow<'_, str> {
    let clean = text::clean(of_plan);
    if clean.contains('\n') {
        Cow::Owned(clean.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        clean
    }
}

pub(super) fn names(agencies: &[String]) -> String {
    line(&agencies.join("; ")).into_owned()
}

/// Number and title of a task, as it is spoken of.
pub(super) fn title(task: &Task) -> String {
    let title = line(&task.title);
    match task.no.as_str() {
        "" => title.into_owned(),
        no => format!("{} · {title}", line(no)),
    }
}

/// What stands in a field of a task, in words and safe to print; nothing where nothing does.
pub(super) fn value(task: &Task, field: Field, lang: Lang) -> String {
    text::clean(&field.value(task, lang)).into_owned()
}

/// The shape of a state: told apart without colour, and drawn by the fonts of old terminals.
pub(super) const fn sign(status: Status, state: State, set: Signs) -> char {
    let (drawn, ascii) = match (state, status) {
        (State::DoneOnTime | State::DoneLate, _) => ('●', '*'),
        (State::Overdue, _) => ('▲', '!'),
        (State::Paused, _) => ('■', '='),
        (State::Dropped, _) => ('×', 'x'),
        (_, Status::Doing) => ('►', '>'),
        _ => ('○', '.'),
    };
    match set {
        Signs::Drawn => drawn,
        Signs::Ascii => ascii,
    }
}

/// Which characters may be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    Drawn,
    Ascii,
}

/// `before → after`, with a word for what is empty.
pub(super) fn from_to(from: &str, to: &str, lang: Lang) -> String {
    let named = |value: &str| if value.is_empty() { EMPTY.say(lang).to_owned() } else { value.to_owned() };
    format!("{} → {}", named(from), named(to))
}

/// The deadline in words, with the days that are left of it while it runs.
pub(super) fn deadline(plan: &Plan, task: &Task, days: Option<i64>, lang: Lang) -> String {
    match (plan.deadline(task), days) {
        (None, _) => NO_DEADLINE.say(lang).to_owned(),
        (Some(deadline), None) => dated(deadline, lang),
        (Some(deadline), Some(days)) => format!("{}, {}", dated(deadline, lang), days_left(days, lang)),
    }
}

/// A day, with its weekday where offices are closed then.
fn dated(day: NaiveDate, lang: Lang) -> String {
    if time::is_weekend(day) {
        return format!("{} ({})", time::write_date(day), time::weekday_mark(day).say(lang));
    }
    time::write_date(day)
}

const NO_DEADLINE: Phrase = Phrase::new("không hạn", "no deadline");

/// Why a change was not made.
pub(super) fn conflict(conflict: &Conflict, lang: Lang) -> String {
    match (lang, conflict) {
        (Lang::Vi, Conflict::Edited { field: Some(field), .. }) => {
            format!("có người khác vừa sửa “{}”; chưa ghi gì", field.label().say(lang))
        }
        (Lang::En, Conflict::Edited { field: Some(field), .. }) => {
            format!("someone else has just changed “{}”; nothing was written", field.label().say(lang))
        }
        (Lang::Vi, Conflict::Edited { field: None, .. }) => {
            "có người khác vừa sửa việc này; chưa xóa".to_owned()
        }
        (Lang::En, Conflict::Edited { field: None, .. }) => {
            "someone else has just changed this task; it was not deleted".to_owned()
        }
        (Lang::Vi, Conflict::Missing(id)) => format!("có người khác vừa xóa việc {id}; chưa ghi gì"),
        (Lang::En, Conflict::Missing(id)) => {
            format!("someone else has just deleted task {id}; nothing was written")
        }
        (Lang::Vi, Conflict::Taken(id)) => format!("mã {id} vừa có việc khác dùng; chưa ghi gì"),
        (Lang::En, Conflict::Taken(id)) => format!("the id {id} has just been taken; nothing was written"),
    }
}
const EMPTY: Phrase = Phrase::new("(trống)", "(empty)");
