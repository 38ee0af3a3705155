//! How days, deadlines, states and files are said on a line of text.

use std::path::Path;

use crate::plan::time;
use crate::plan::{Field, Plan, State, Status, Task, telling};
use crate::store::StoreError;
use crate::text;
use crate::words::{Lang, Phrase};

/// A file's name, safe to print.
pub(super) fn path(path: &Path) -> String {
    text::clean(&path.to_string_lossy()).into_owned()
}

/// What is wrong with a file, and where in it that can be told; safe to print.
pub(super) fn trouble(file: &Path, trouble: &StoreError, lang: Lang) -> String {
    let name = path(file);
    let told = match trouble {
        StoreError::Broken(problem) => {
            let (line, column) = (problem.place.line, problem.place.column);
            format!("{name}:{line}:{column}: {}", problem.message(lang))
        }
        other => format!("{name}: {}", other.message(lang)),
    };
    text::clean(&told).into_owned()
}

pub(super) fn names(agencies: &[String]) -> String {
    text::line(&agencies.join("; ")).into_owned()
}

/// Number and title of a task, as it is spoken of.
pub(super) fn title(task: &Task) -> String {
    let title = text::line(&task.title);
    match task.no.as_str() {
        "" => title.into_owned(),
        no => format!("{} · {title}", text::line(no)),
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

/// The deadline in words, with the days that are left of it while it runs.
pub(super) fn deadline(plan: &Plan, task: &Task, days: Option<i64>, lang: Lang) -> String {
    let Some(deadline) = plan.deadline(task) else { return NO_DEADLINE.say(lang).to_owned() };
    let day = telling::deadline(task, deadline, lang);
    days.map_or_else(|| day.clone(), |days| format!("{day}, {}", time::days_left(days, lang)))
}

const NO_DEADLINE: Phrase = Phrase::new("không hạn", "no deadline");
