//! How files and tasks are called on a line of text.

use std::path::Path;

use crate::plan::Task;
use crate::store::StoreError;
use crate::text;
use crate::words::Lang;

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

/// Number and title of a task, as it is spoken of.
pub(super) fn title(task: &Task) -> String {
    let title = text::line(&task.title);
    match task.no.as_str() {
        "" => title.into_owned(),
        no => format!("{} · {title}", text::line(no)),
    }
}
