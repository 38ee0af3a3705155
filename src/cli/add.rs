//! `tiendo add`: a new task.

use std::io::Write as _;

use super::{Call, Complaint, Exit, Streams, fields, set, which};
use crate::plan::{Change, Task, TaskId};
use crate::store::Store;

use super::options::AFTER;

/// Prints where the task stands, and its new id.
pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let mut store = which::open_to_change(call)?;
    let plan = store.plan();
    let blank = Task { id: TaskId::fresh(&plan.tasks, call.world.seed), ..Task::default() };
    let task = fields::wanted(call, plan, &blank)?;
    let after = after(call, &store)?;
    let change = Change::Add { task: Box::new(task.clone()), after };
    let outcome = set::commit(&mut store, &task.id, &[change], &call.world.stamp())?;
    // Its number may have been given to another task in this very moment.
    let added = outcome.plan.task(&task.id).unwrap_or(&task);
    set::say(call, streams.out, &which::place(&store, &task.id), added)?;
    writeln!(streams.out, "{}", task.id)?;
    set::say_unplaced(call, streams.notes, store.plan().year, &blank)?;
    set::remark(call, streams.notes, &store, &outcome)?;
    Ok(Exit::Fine)
}

/// The task that the new one is to stand behind; the last one unless another was named.
fn after(call: &Call, store: &Store) -> Result<Option<TaskId>, Complaint> {
    match call.text(AFTER.name) {
        Some(name) => which::named(&name, store).map(|task| Some(task.id.clone())),
        None => Ok(store.plan().tasks.last().map(|task| task.id.clone())),
    }
}
