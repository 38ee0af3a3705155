//! What the app is told of the disk, in words for the user where there are any.

use crate::app::{Saved, Waiting};
use crate::store::{Outcome, ReadOnly, Store, StoreError, WAITING};
use crate::words::{Phrase, Spoken, tr};

pub(super) const READ_ONLY: Phrase = ReadOnly::File.message();

pub(super) fn saved(outcome: Outcome, store: &Store) -> Saved {
    // That it waits stands in the head for as long as it does.
    let remark = outcome.remarks().into_iter().find(|remark| *remark != WAITING.spoken());
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
