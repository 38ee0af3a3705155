//! A change of a task made on the disk, and what is said of it: what `set`, `add` and `remove` have in common.

use std::io;

use super::{Call, CliError, Printer, printed, resolve};
use crate::plan::{Change, Stamp, Task, TaskId};
use crate::store::{Clash, Outcome, Store, Trouble};
use crate::text;

/// Makes the changes on disk, also over what somebody else has set in this moment: that is in the history then.
/// What cannot be made even so is an answer, and nothing has been written then.
pub(super) fn commit(
    call: &Call,
    store: &mut Store,
    task: &TaskId,
    changes: &[Change],
    stamp: &Stamp,
) -> Result<Outcome, CliError> {
    let outcome = store.commit(changes, stamp, Clash::Override);
    let outcome = outcome.map_err(|error| call.file_error(store.path(), &error))?;
    match &outcome.conflict {
        Some(conflict) => {
            let message = conflict.told(&outcome.plan, call.lang());
            Err(CliError::bad(format!("{}: {message}", resolve::place(store, task))))
        }
        None => Ok(outcome),
    }
}

/// Which task is spoken of.
pub(super) fn name_task(out: &mut Printer, place: &str, task: &Task) -> io::Result<()> {
    out.line(format!("{place}: {}", printed::title(task)))
}

/// What else is to be known of a save.
pub(super) fn remarks(call: &Call, notes: &mut Printer, store: &Store, outcome: &Outcome) -> io::Result<()> {
    broken(call, notes, store, outcome.hindrance.as_ref())?;
    notes.lines(outcome.remarks().iter().map(|remark| text::line(remark.say(call.lang()))))
}

/// Where the file is no plan at the moment, it is told where it stops being one.
pub(super) fn broken(
    call: &Call,
    notes: &mut Printer,
    store: &Store,
    hindrance: Option<&Trouble>,
) -> io::Result<()> {
    match hindrance {
        Some(error @ Trouble::Broken(_)) => notes.line(printed::error(store.path(), error, call.lang())),
        _ => Ok(()),
    }
}
