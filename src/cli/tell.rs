//! `tiendo tell`: a line of progress that is added to what was told of a task.

use std::path::PathBuf;

use super::arguments::Typed;
use super::{Call, CliError, Streams, resolve};
use crate::plan::time::{self, Asked};
use crate::plan::{Change, Field, Plan, Progress};
use crate::text;
use crate::words::Phrase;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    plan: Option<PathBuf>,
    task: Typed,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    text: Option<Typed>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    stuck: Option<Typed>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    ask: Option<Typed>,
    #[arg(long, value_name = "DATE")]
    on: Option<Typed>,
    #[arg(long, value_name = "NAME")]
    by: Option<Typed>,
}

pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<(), CliError> {
    let mut file = resolve::open_to_change(call, given.plan.as_slice())?;
    let task = file.task(&given.task)?.clone();
    let row = row(call, given, file.store.plan())?;
    let told = row.whole(call.lang());
    let change = Change::Edit { task: task.id.clone(), edit: task.tell(row) };
    let outcome = file.commit(&task.id, &[change], &call.stamp())?;
    streams.out.line(file.title(outcome.plan.task(&task.id).unwrap_or(&task)))?;
    streams.out.line(format!("  {}:", Field::Progress.label().say(call.lang())))?;
    streams.out.lines(text::clean(&told).lines().map(|line| format!("    {line}")))?;
    Ok(file.remarks(streams.notes, &outcome)?)
}

/// What is told, of today and by the user unless another day or name is given.
fn row(call: &Call, given: &Arguments, plan: &Plan) -> Result<Progress, CliError> {
    let text = |typed: &Option<Typed>| typed.as_deref().map_or("", str::trim).to_owned();
    let by = match text(&given.by) {
        by if by.is_empty() => plan.name_of(&call.stamp().by).to_owned(),
        by => by,
    };
    let row = Progress {
        on: Some(call.calendar.today),
        by,
        text: text(&given.text),
        stuck: text(&given.stuck),
        ask: text(&given.ask),
    };
    if row.is_empty() {
        return Err(call.unable(Phrase::new(
            "tiendo: chưa có gì để ghi: --text, --stuck hoặc --ask",
            "tiendo: nothing is told: --text, --stuck or --ask",
        )));
    }
    let Some(typed) = given.on.as_deref() else { return Ok(row) };
    let read = time::read_past_date(typed, plan.year, call.calendar.today);
    let on = read.map_err(|why| call.wrong_day("on", typed, Asked::Completion, why))?;
    Ok(Progress { on: on.or(row.on), ..row })
}
