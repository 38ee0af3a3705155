//! `tiendo missing`: who has not sent yet what a task asks of a collective body.

use std::path::PathBuf;

use serde::Serialize;

use super::arguments::Typed;
use super::json::{self, OfPlan};
use super::log::{self, LogFormat};
use super::{Call, CliError, Exit, Streams, resolve};
use crate::plan::Directory;
use crate::plan::roll::{Member, RollCall};
use crate::text;
use crate::words::tr;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    plan: Option<PathBuf>,
    task: Typed,
    #[arg(long, value_parser = log::FORMATS)]
    format: Option<LogFormat>,
}

#[derive(Serialize)]
struct Roll<'a> {
    task: &'a str,
    members: usize,
    received: Vec<Received<'a>>,
    /// Those who are reminded of it.
    missing: &'a [&'a str],
    not_urged: &'a [&'a str],
}

#[derive(Serialize)]
struct Received<'a> {
    who: &'a str,
    on: Option<chrono::NaiveDate>,
}

/// Bad while somebody is missing.
pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<Exit, CliError> {
    let file = resolve::open(call, given.plan.as_slice())?;
    let plan = file.as_of_today();
    let task = file.task_in(plan, &given.task)?;
    let roll = RollCall::of(plan, task, &Directory::of([plan])).ok_or_else(|| {
        let (place, no) = (file.place(&task.id), text::line(&given.task).into_owned());
        CliError::unable(tr!(
            call.lang(),
            "{place}: việc {no} không có cơ quan nào ghi thành viên (members) để điểm danh",
            "{place}: no agency of task {no} has members to call"
        ))
    })?;
    let [missing, not_urged] = roll.missing();
    let exit = if missing.is_empty() && not_urged.is_empty() { Exit::Fine } else { Exit::Bad };
    if let Some(LogFormat::Json) = given.format {
        let received = roll.members.iter().filter_map(received).collect();
        let members = roll.members.len();
        let roll = Roll { task: task.id.text(), members, received, missing: &missing, not_urged: &not_urged };
        json::print(&OfPlan::new(&file.store, call.calendar.today, roll), streams.out)?;
        return Ok(exit);
    }
    streams.out.lines(missing.iter().map(|name| text::line(name)))?;
    // Apart from those who are to be reminded, so that the list can be used as it is.
    let label = call.say(RollCall::NOT_URGED);
    streams.notes.lines(not_urged.iter().map(|name| format!("{label}: {}", text::line(name))))?;
    Ok(exit)
}

fn received<'a>(member: &Member<'a>) -> Option<Received<'a>> {
    member.receipt.map(|receipt| Received { who: member.name, on: receipt.on })
}
