//! What the app is told of the disk, in words for the user where there are any.

use std::collections::BTreeSet;

use crate::app::{Draft, Missing, Saved, Waiting};
use crate::plan::Plan;
use crate::store::{Deed, Outcome, ReadOnly, Store, StoreError, drafts};
use crate::words::{Lang, Phrase, Spoken};

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
    let StoreError::Broken(problem) = trouble else { return Spoken::of(|lang| trouble.message(lang)) };
    let (line, column) = (problem.place.line, problem.place.column);
    Spoken {
        vi: format!("Tệp đang hỏng ở dòng {line}, cột {column}: {}", problem.message(Lang::Vi)),
        en: format!("The file is broken at line {line}, column {column}: {}", problem.message(Lang::En)),
    }
}

/// What an older version has overwritten: how much, whose, and in which tasks.
pub(super) fn missing(deeds: &[Deed], plan: &Plan) -> Option<Missing> {
    let count: usize = deeds.iter().map(|deed| deed.changes.len()).sum();
    let people: BTreeSet<&str> = deeds.iter().map(|deed| deed.stamp.by.as_str()).collect();
    let people = people.into_iter().collect::<Vec<_>>().join(", ");
    let named = |change: &crate::plan::Change| {
        let no = plan.task_of(change).map_or("", |task| &task.no);
        let id = || change.task().map(ToString::to_string).unwrap_or_default();
        if no.is_empty() { id() } else { no.to_owned() }
    };
    let tasks: BTreeSet<String> = deeds.iter().flat_map(|deed| deed.changes.iter().map(named)).collect();
    let tasks = tasks.into_iter().collect::<Vec<_>>().join(", ");
    let told = Spoken {
        vi: format!("Một bản cũ đã ghi đè {count} thay đổi của {people} (việc {tasks})."),
        en: format!("An old version overwrote {count} changes of {people} (task {tasks})."),
    };
    (count > 0).then_some(Missing { count, told })
}

pub(super) fn draft(kept: &drafts::Draft) -> Draft {
    Draft { task: kept.task.clone(), field: kept.field, text: kept.text.clone() }
}
