//! What the app is told of the disk, in words for the user where there are any.

use std::collections::BTreeSet;

use crate::app::{Missing, Saved, Waiting};
use crate::plan::Plan;
use crate::store::{Commit, Outcome, ReadOnly, Store, StoreError};
use crate::words::{Phrase, Spoken, tr};

pub(super) const READ_ONLY: Phrase = ReadOnly::File.message();

pub(super) fn saved(outcome: Outcome, store: &Store) -> Saved {
    let remark = outcome.remarks().into_iter().next();
    let waiting = outcome.blocked_by.as_ref().map(|blocked_by| waiting(store, blocked_by));
    Saved { plan: outcome.plan, made: outcome.made, conflict: outcome.conflict, remark, waiting }
}

/// How much waits for the file, and what for.
pub(super) fn waiting(store: &Store, blocked_by: &StoreError) -> Waiting {
    // A status and its day are one change to whoever has pressed one key.
    let count = store.waiting().len();
    Waiting { count, why: trouble(blocked_by) }
}

/// Why something could not be read or saved, and where the text stops being a plan.
pub(super) fn trouble(trouble: &StoreError) -> Spoken {
    Spoken::of(|lang| {
        let StoreError::Broken(problem) = trouble else { return trouble.message(lang) };
        let (line, column, why) = (problem.place.line, problem.place.column, problem.message(lang));
        tr!(
            lang,
            "Tệp đang hỏng ở dòng {line}, cột {column}: {why}",
            "The file is broken at line {line}, column {column}: {why}"
        )
    })
}

/// What an older version has overwritten: how much, whose, and in which tasks.
pub(super) fn missing(commits: &[Commit], plan: &Plan) -> Option<Missing> {
    let count: usize = commits.iter().map(|commit| commit.changes.len()).sum();
    let people: BTreeSet<&str> = commits.iter().map(|commit| commit.stamp.by.as_str()).collect();
    let people = people.into_iter().collect::<Vec<_>>().join(", ");
    let named = |change: &crate::plan::Change| {
        let no = plan.task_of(change).map_or("", |task| &task.no);
        let id = || change.task().map(ToString::to_string).unwrap_or_default();
        if no.is_empty() { id() } else { no.to_owned() }
    };
    let tasks: BTreeSet<String> =
        commits.iter().flat_map(|commit| commit.changes.iter().map(named)).collect();
    let tasks = tasks.into_iter().collect::<Vec<_>>().join(", ");
    let told = Spoken::of(|lang| {
        tr!(
            lang,
            "Một bản cũ đã ghi đè {count} thay đổi của {people} (việc {tasks}).",
            "An old version overwrote {count} changes of {people} (task {tasks})."
        )
    });
    (count > 0).then_some(Missing { count, told })
}
