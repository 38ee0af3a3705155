//! `tiendo add`: a new task.

use std::path::PathBuf;

use super::arguments::Typed;
use super::fields::FieldOptions;
use super::{Call, CliError, Streams, resolve, saved, set};
use crate::plan::{Change, Task, TaskId};
use crate::store::Store;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    plan: Option<PathBuf>,
    #[command(flatten)]
    fields: FieldOptions,
    #[arg(long, value_name = "TASK")]
    after: Option<Typed>,
}

/// Prints where the task stands, and its new id.
pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<(), CliError> {
    let mut store = resolve::open_to_change(call, given.plan.as_slice())?;
    let plan = store.plan();
    let blank = Task { id: TaskId::fresh(&plan.tasks, call.environment.seed), ..Task::default() };
    let task = given.fields.wanted(call, plan, &blank)?;
    let after = after(call, given, &store)?;
    let change = Change::Add { task: Box::new(task.clone()), after };
    let outcome = saved::commit(call, &mut store, &task.id, &[change], &call.environment.stamp())?;
    // Its number may have been given to another task in this very moment.
    let added = outcome.plan.task(&task.id).unwrap_or(&task);
    saved::name_task(streams.out, &resolve::place(&store, &task.id), added)?;
    streams.out.line(task.id.to_string())?;
    set::unplaced(call, &given.fields, streams.notes, &store, &blank)?;
    Ok(saved::remarks(call, streams.notes, &store, &outcome)?)
}

/// The task that the new one is to stand behind; the last one unless another was named.
fn after(call: &Call, given: &Arguments, store: &Store) -> Result<Option<TaskId>, CliError> {
    match &given.after {
        Some(name) => resolve::task(call, store, name).map(|task| Some(task.id.clone())),
        None => Ok(store.plan().tasks.last().map(|task| task.id.clone())),
    }
}
