//! Notes that two people have written at the same time.

use super::Moment;
use super::diff3::{Hunk, diff3};
use crate::plan::time::write_date;

/// Line by line; where both have written something else, both stay, the second under a heading. Also whether there is
/// such a place.
pub(crate) fn joined(base: &str, first: &str, second: &str, heading: Option<&str>) -> (String, bool) {
    let [base, first, second] = [base, first, second].map(lines_of);
    let mut joined: Vec<String> = Vec::new();
    let mut is_clash = false;
    for hunk in diff3(&base, &first, &second) {
        match hunk {
            Hunk::Agreed(lines)
            | Hunk::Clash { ours: lines, theirs: [], .. }
            | Hunk::Clash { ours: [], theirs: lines, .. } => {
                joined.extend(lines.iter().map(|line| (*line).to_owned()));
            }
            Hunk::Clash { ours, theirs, .. } => {
                is_clash = true;
                joined.extend(ours.iter().map(|line| (*line).to_owned()));
                joined.extend(heading.map(str::to_owned));
                joined.extend(theirs.iter().map(|line| (*line).to_owned()));
            }
        }
    }
    (joined.join("\n"), is_clash)
}

/// None for a note without a word.
fn lines_of(note: &str) -> Vec<&str> {
    if note.is_empty() { Vec::new() } else { note.split('\n').collect() }
}

/// What stands above a part of a note: when it was written, and by whom.
pub(crate) fn day_and_name((at, by): Moment) -> String {
    dated(at.date_naive(), by)
}

/// The same for a day.
pub(crate) fn dated(day: chrono::NaiveDate, by: &str) -> String {
    format!("[{}, {by}]", write_date(day))
}
