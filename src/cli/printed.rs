//! How files, tasks and changes are called on a line of text.

use std::path::Path;

use crate::plan::time::write_moment;
use crate::plan::{Change, Entry, Plan, Task};
use crate::store::StoreError;
use crate::text;
use crate::words::{Lang, tr};

/// A file's name, safe to print.
pub(super) fn path(path: &Path) -> String {
    text::clean(&path.to_string_lossy()).into_owned()
}

/// What is wrong with a file, and where in it that can be told; safe to print.
pub(super) fn error(file: &Path, error: &StoreError, lang: Lang) -> String {
    let name = path(file);
    let message = error.message(lang);
    let message = match error {
        StoreError::Broken(problem) => {
            format!("{name}:{}:{}: {message}", problem.place.line, problem.place.column)
        }
        _ => format!("{name}: {message}"),
    };
    text::clean(&message).into_owned()
}

/// The text, filled up to so many cells.
pub(super) fn padded(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(text::width(text));
    format!("{text}{}", " ".repeat(blanks))
}

/// Cells of a line in a mail.
const MAIL: usize = 78;

/// A text in lines of a mail: the first behind these signs, the others under its beginning.
pub(super) fn hanging(before: &str, text: &str) -> Vec<String> {
    let indent = text::width(before).max(2);
    let lines = text::wrap(text, MAIL - indent).enumerate();
    lines
        .map(|(nth, line)| if nth == 0 { format!("{before}{line}") } else { padded("", indent) + line })
        .collect()
}

/// Number and title of a task, as it is spoken of.
pub(super) fn title(task: &Task) -> String {
    let title = text::line(&task.title);
    match task.no.as_str() {
        "" => title.into_owned(),
        no => format!("{} · {title}", text::line(no)),
    }
}

/// When it was, and who did it: `02/05/2024 09:10  Trần Thị Lan`.
pub(super) fn head(entry: &Entry, plan: &Plan) -> String {
    format!("{}  {}", write_moment(entry.at), text::line(plan.name_of(&entry.by)))
}

/// So many of a kind are printed at once, each on a line: as many as somebody may want to read.
pub(super) const MOST: usize = 100;

/// How many there are besides.
pub(super) fn more(all: usize, lang: Lang) -> Option<String> {
    let more = all.checked_sub(MOST).filter(|&more| more > 0)?;
    Some(tr!(lang, "… và {more} thay đổi khác", "… and {more} more"))
}

/// A change of a plan, the task first. The plan is for the titles of tasks.
pub(super) fn change(change: &Change, plan: &Plan, lang: Lang) -> String {
    let of = match change {
        Change::Add { task, .. } | Change::Remove { task, .. } => title(task),
        Change::Edit { task, .. } | Change::Move { task, .. } => {
            plan.task(task).map_or_else(|| text::line(&task.to_string()).into_owned(), title)
        }
        Change::Head(_) => text::line(&plan.title).into_owned(),
    };
    format!("{of}: {}", change.told(lang))
}
