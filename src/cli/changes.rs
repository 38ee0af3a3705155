//! How changes are said: those that a history remembers, and those between two plans.

use super::printed;
use crate::plan::time::write_date;
use crate::plan::{Change, Entry, Plan};
use crate::text;
use crate::words::{Lang, tr};

/// When it was, and who did it: `02/05/2024 09:10  lan`.
pub(super) fn head(entry: &Entry) -> String {
    let at = format!("{} {}", write_date(entry.at.date_naive()), entry.at.format("%H:%M"));
    format!("{at}  {}", text::line(&entry.by))
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
    let title = match change {
        Change::Add { task, .. } | Change::Remove { task, .. } => printed::title(task),
        Change::Edit { task, .. } | Change::Move { task, .. } => {
            plan.task(task).map_or_else(|| text::line(&task.to_string()).into_owned(), printed::title)
        }
        Change::Head(_) => text::line(&plan.title).into_owned(),
    };
    format!("{title}: {}", change.told(lang))
}
