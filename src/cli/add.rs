//! `tiendo add`: a new task.

use std::path::PathBuf;

use super::arguments::Typed;
use super::fields::FieldOptions;
use super::plan_file::PlanFile;
use super::{Call, CliError, Streams, resolve, set};
use crate::plan::{Change, Task, TaskId};

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
    let mut file = resolve::open_to_change(call, given.plan.as_slice())?;
    let plan = file.store.plan();
    let blank = Task { id: TaskId::fresh(&plan.tasks, call.environment.seed), ..Task::default() };
    let task = given.fields.wanted(call, plan, &blank)?;
    let after = after(given, &file)?;
    let change = Change::Add { task: Box::new(task.clone()), after };
    let outcome = file.commit(&task.id, &[change], &call.stamp())?;
    // Its number may have been given to another task in this very moment.
    let added = outcome.plan.task(&task.id).unwrap_or(&task);
    streams.out.line(file.title(added))?;
    streams.out.line(task.id.to_string())?;
    set::unplaced(&file, &given.fields, streams.notes, &blank)?;
    Ok(file.remarks(streams.notes, &outcome)?)
}

/// The task that the new one is to stand behind; the last one unless another was named.
fn after(given: &Arguments, file: &PlanFile) -> Result<Option<TaskId>, CliError> {
    match &given.after {
        Some(name) => file.task(name).map(|task| Some(task.id.clone())),
        None => Ok(file.store.plan().last()),
    }
}
