//! `tiendo show`: one task whole.

use std::io;
use std::path::PathBuf;

use serde::Serialize;

use super::arguments::Typed;
use super::json::{self, Object, OfPlan};
use super::log::{self, LogFormat};
use super::plan_file::PlanFile;
use super::rows::TaskRow;
use super::{Call, CliError, Printer, Streams, as_of, printed, resolve};
use crate::plan::{
    Calendar, Entry, Field, FieldOf, Plan, State, Task, TaskId, TaskStep, Value, describe, time,
};
use crate::text;
use crate::words::{self, Lang};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    plan: Option<PathBuf>,
    task: Typed,
    #[arg(long, value_parser = log::FORMATS)]
    format: Option<LogFormat>,
    #[arg(long, value_name = "DATE")]
    pub(super) known_at: Option<Typed>,
}

#[derive(Serialize)]
struct Whole<'a> {
    task: &'a TaskRow<'a>,
    history: Vec<Object>,
}

pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<(), CliError> {
    let file = resolve::open(call, given.plan.as_slice())?;
    let plan = file.as_of_today();
    let task = file.task_in(plan, &given.task)?;
    let row = TaskRow::of(plan, task, call.calendar);
    if let Some(LogFormat::Json) = given.format {
        let history = task.history.iter().map(|entry| log::record(task, entry)).collect();
        let whole = OfPlan::new(&file.store, call.calendar.today, Whole { task: &row, history });
        return Ok(json::print(&whole, streams.out)?);
    }
    let lines = lines(&file, &row, call.calendar, call.lang());
    let indent = lines.iter().map(|(label, _)| text::width(label)).max().unwrap_or_default() + 2;
    for (label, value) in lines {
        write_value(call, streams.out, label, &value, indent)?;
    }
    Ok(streams.out.lines(as_of::told_of_another_day(call, std::slice::from_ref(&file)))?)
}

/// What is known of the task, each under its heading; what is empty is left out.
fn lines(file: &PlanFile, row: &TaskRow, calendar: Calendar, lang: Lang) -> Vec<(&'static str, String)> {
    let task = row.task;
    let mut lines = vec![
        (words::FILE, file.place(&task.id)),
        (TaskId::LABEL, text::clean(&task.id.to_string()).into_owned()),
    ];
    for &field in Field::ALL {
        lines.push((field.label(), value(row, field, calendar, lang)));
        if field == Field::Status {
            lines.push((State::HEADING, row.state.label().say(lang).to_owned()));
        }
    }
    lines.push((Entry::HISTORY, history(&task.history, file.store.plan(), lang)));
    lines.retain(|(_, value)| !value.is_empty());
    lines.into_iter().map(|(label, value)| (label.say(lang), value)).collect()
}

/// What stands in a field, safe to print; agencies and rows one a line, and the deadline also where it follows from a
/// quarter.
fn value(row: &TaskRow, field: Field, calendar: Calendar, lang: Lang) -> String {
    let one_a_line =
        |names: &[String]| names.iter().map(|name| text::line(name)).collect::<Vec<_>>().join("\n");
    match field.of(row.task) {
        Value::Names(names) => one_a_line(&names),
        _ if field == Field::Steps => one_a_line(&steps(row, calendar, lang)),
        _ if field == Field::Due => deadline(row, lang),
        _ if field == Field::Progress => progress(row.task, lang),
        _ if field == Field::Extensions => text::clean(&row.task.extensions_shown(lang)).into_owned(),
        Value::Table(rows) => one_a_line(&rows.told_whole(lang)),
        value => text::clean(&value.shown(lang)).into_owned(),
    }
}

/// Each with its day, and what the calendar says of it.
fn steps(row: &TaskRow, calendar: Calendar, lang: Lang) -> Vec<String> {
    let step = |step: &TaskStep| {
        let told = [step.named(row.year), step.told(calendar, row.year, lang)];
        told.into_iter().filter(|told| !told.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    row.task.steps.iter().map(step).collect()
}

/// All that was told of it, the newest first.
fn progress(task: &Task, lang: Lang) -> String {
    let rows = task.progress_newest_first().into_iter().map(|row| row.whole(lang));
    text::clean(&rows.collect::<Vec<_>>().join("\n")).into_owned()
}

/// The deadline in words, with the days that are left of it while it runs.
fn deadline(row: &TaskRow, lang: Lang) -> String {
    let Some(deadline) = row.deadline else { return time::NO_DEADLINE.say(lang).to_owned() };
    let day = describe::deadline(row.task, row.year, deadline, lang);
    row.days_left.map_or_else(|| day.clone(), |days| format!("{day}, {}", time::days_left(days, lang)))
}

/// Who changed what, oldest first, one change a line.
fn history(entries: &[Entry], plan: &Plan, lang: Lang) -> String {
    let line = |entry: &Entry| format!("{}  {}", printed::head(entry, plan), entry.told(lang));
    entries.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The value beside its label, its further lines under the first.
fn write_value(call: &Call, out: &mut Printer, label: &str, value: &str, indent: usize) -> io::Result<()> {
    let room = call.width().map_or(usize::MAX, |width| width.saturating_sub(indent).max(LEAST));
    let mut head = label;
    for line in value.lines().flat_map(|line| text::wrap(line, room)) {
        out.line(printed::padded(head, indent) + line)?;
        head = "";
    }
    Ok(())
}

/// Values are not wrapped to less than this, however narrow the terminal is.
const LEAST: usize = 16;
