//! `tiendo set`: a task changed as it would be on the screen.

use std::io::{self, Write};

use super::options::{EXTEND, REASON};
use super::{Call, Complaint, Exit, Streams, fields, saying, which};
use crate::plan::telling;
use crate::plan::{Change, Edit, Field, Plan, Stamp, Task, TaskId, Why, compare};
use crate::store::{Clash, Outcome, Store, StoreError};
use crate::text;
use crate::words::{Phrase, Spoken};

pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    if !fields::are_given(call) {
        return Err(Complaint::NothingToSet);
    }
    let mut store = which::open_to_change(call)?;
    let task = which::task(call, &store)?.clone();
    let wanted = fields::wanted(call, store.plan(), &task)?;
    let changes = changes(&task, &wanted);
    if changes.is_empty() {
        say(call, streams.out, &which::place(&store, &task.id), &task)?;
        writeln!(streams.out, "  {}", UNCHANGED.say(call.lang()))?;
        say_broken(call, streams.notes, &store, store.blocked_by())?;
        return Ok(Exit::Fine);
    }
    let stamp = Stamp { why: why(call)?, ..call.world.stamp() };
    let outcome = commit(&mut store, &task.id, &changes, &stamp)?;
    report(call, streams.out, &store, &outcome, &task)?;
    say_unplaced(call, streams.notes, store.plan().year, &task)?;
    remark(call, streams.notes, &store, &outcome)?;
    Ok(Exit::Fine)
}

/// What the history is to say beside the change.
fn why(call: &Call) -> Result<Why, Complaint> {
    let reason = call.text(REASON.name);
    if !call.is_given(EXTEND.name) {
        return Ok(reason.map_or(Why::Untold, Why::Reason));
    }
    if call.text(Field::Due.name()).is_none() {
        return Err(Complaint::NothingToExtend);
    }
    Ok(Why::Extension(reason.unwrap_or_default()))
}

fn changes(task: &Task, wanted: &Task) -> Vec<Change> {
    let change = |edit: Edit| Change::Edit { task: task.id.clone(), edit };
    compare::edits(task, wanted).into_iter().map(change).collect()
}

/// Makes the changes on disk, also over what somebody else has set in this moment: that is in the history then.
/// What cannot be made even so is an answer, and nothing has been written then.
pub(super) fn commit(
    store: &mut Store,
    task: &TaskId,
    changes: &[Change],
    stamp: &Stamp,
) -> Result<Outcome, Complaint> {
    let outcome = store.commit(changes, stamp, Clash::Override);
    let outcome = outcome.map_err(|trouble| Complaint::File { path: store.path().to_owned(), trouble })?;
    match outcome.conflict {
        Some(conflict) => {
            let told = Spoken::of(|lang| conflict.told(&outcome.plan, lang));
            Err(Complaint::Conflict { place: which::place(store, task), told })
        }
        None => Ok(outcome),
    }
}

/// A time that is only text must not pass for one that is kept to.
pub(super) fn say_unplaced(call: &Call, notes: &mut dyn Write, year: i32, before: &Task) -> io::Result<()> {
    match fields::unplaced(call, year, before) {
        Some(told) => writeln!(notes, "--time: {}", call.printable(&text::line(told.say(call.lang())))),
        None => Ok(()),
    }
}

/// What else is to be known of a save.
pub(super) fn remark(call: &Call, notes: &mut dyn Write, store: &Store, outcome: &Outcome) -> io::Result<()> {
    say_broken(call, notes, store, outcome.blocked_by.as_ref())?;
    outcome
        .remarks()
        .iter()
        .try_for_each(|remark| writeln!(notes, "{}", call.printable(&text::line(remark.say(call.lang())))))
}

/// Where the file is no plan at the moment, it is told where it stops being one.
fn say_broken(
    call: &Call,
    notes: &mut dyn Write,
    store: &Store,
    blocked_by: Option<&StoreError>,
) -> io::Result<()> {
    match blocked_by {
        Some(trouble @ StoreError::Broken(_)) => {
            let problem = saying::trouble(store.path(), trouble, call.lang());
            writeln!(notes, "{}", call.printable(&problem))
        }
        _ => Ok(()),
    }
}

/// What is now otherwise, from what to what.
fn report(
    call: &Call,
    out: &mut dyn Write,
    store: &Store,
    outcome: &Outcome,
    before: &Task,
) -> io::Result<()> {
    let after = task_in(&outcome.plan, before);
    say(call, out, &which::place(store, &after.id), after)?;
    for change in &outcome.made {
        if let Change::Edit { edit, .. } = change {
            say_edit(call, out, edit.field, before, after)?;
        }
    }
    Ok(())
}

fn task_in<'a>(plan: &'a Plan, before: &'a Task) -> &'a Task {
    plan.task(&before.id).unwrap_or(before)
}

fn say_edit(call: &Call, out: &mut dyn Write, field: Field, before: &Task, after: &Task) -> io::Result<()> {
    let value = |task: &Task| text::line(&field.value(task, call.lang())).into_owned();
    let change = telling::from_to(&value(before), &value(after), call.lang());
    writeln!(out, "{}", call.printable(&format!("  {}: {change}", field.label().say(call.lang()))))
}

/// Which task is spoken of.
pub(super) fn say(call: &Call, out: &mut dyn Write, place: &str, task: &Task) -> io::Result<()> {
    writeln!(out, "{}", call.printable(&format!("{place}: {}", saying::title(task))))
}

const UNCHANGED: Phrase = Phrase::new("không có gì thay đổi", "nothing has changed");
