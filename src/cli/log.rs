//! `tiendo log`: who changed what, in the whole plan or in one task.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use serde_json::json;

use super::arguments::{Choices, Typed};
use super::json::{self, Object};
use super::plan_file::PlanFile;
use super::{Call, CliError, Exit, Streams, printed, resolve};
use crate::plan::{Entry, Plan, Task, TaskId, Unnamed};
use crate::text;
use crate::words::Phrase;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "PLAN|TASK")]
    plans: Vec<PathBuf>,
    #[arg(long, value_name = "DATE")]
    since: Option<Typed>,
    #[arg(long, value_name = "NAME")]
    by: Option<Typed>,
    #[arg(long, value_parser = FORMATS)]
    format: Option<LogFormat>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum LogFormat {
    Text,
    Json,
}

pub(super) const FORMATS: Choices<LogFormat> =
    Choices(&[(LogFormat::Text, &["text"]), (LogFormat::Json, &["json"])]);

/// Newest first: what has just happened is what is asked for most.
pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<Exit, CliError> {
    let (named, task) = resolve::split_task(&given.plans);
    let opened = resolve::open_all(call, named, streams)?;
    let files = &opened.files;
    let removed: Vec<Vec<Task>> = files.iter().map(|file| file.store.removed()).collect();
    let filter = Filter {
        tasks: task.map(|name| tasks_named(&name, files, &removed)).transpose()?,
        since: given.since.as_deref().map(|typed| call.read_day("since", typed)).transpose()?,
        by: given.by.as_deref().map(|name| text::fold(name.trim())),
    };
    let lines = lines(files, &removed, &filter);
    if let Some(LogFormat::Json) = given.format {
        let records = lines.iter().map(|line| {
            let mut record = record(line.task, line.entry);
            record.0.push(("plan", json!(files[line.plan].store.path().to_string_lossy())));
            record
        });
        json::print(&records.collect::<Vec<_>>(), streams.out)?;
    } else if lines.is_empty() {
        let is_narrowed = filter.since.is_some() || filter.by.is_some();
        let nothing = call.say(if is_narrowed { NOTHING_SUCH } else { NOTHING });
        let line = |file: &PlanFile| format!("{}: {nothing}", printed::path(file.store.path()));
        streams.out.lines(files.iter().map(line))?;
    } else {
        streams.out.lines(printed_lines(call, &lines, files, &filter))?;
    }
    Ok(opened.exit())
}

const NOTHING: Phrase = Phrase::new("chưa có thay đổi nào được ghi lại", "no change is recorded yet");
const NOTHING_SUCH: Phrase = Phrase::new("không có thay đổi nào như vậy", "there is no such change");

/// Which changes are meant.
struct Filter {
    /// Of each plan the task that is meant, if one is.
    tasks: Option<Vec<Option<TaskId>>>,
    since: Option<NaiveDate>,
    /// As it is compared.
    by: Option<String>,
}

struct LogLine<'a> {
    plan: usize,
    task: &'a Task,
    entry: &'a Entry,
}

impl Filter {
    fn includes(&self, line: &LogLine, plan: &Plan) -> bool {
        let names = [line.entry.by.as_str(), plan.name_of(&line.entry.by)];
        let is_task = |tasks: &Vec<Option<TaskId>>| tasks[line.plan].as_ref() == Some(&line.task.id);
        self.tasks.as_ref().is_none_or(is_task)
            && self.since.is_none_or(|since| since <= line.entry.at.date_naive())
            && self.by.as_ref().is_none_or(|by| names.iter().any(|name| *by == text::fold(name.trim())))
    }
}

/// The task of each plan that is called so, be it one that was deleted. One plan at least has it.
fn tasks_named(
    name: &str,
    files: &[PlanFile],
    removed: &[Vec<Task>],
) -> Result<Vec<Option<TaskId>>, CliError> {
    let is_meant =
        |task: &&Task| task.id.to_string() == name.trim() || task.no.eq_ignore_ascii_case(name.trim());
    let of_plan = |(file, removed): (&PlanFile, &Vec<Task>)| {
        let task = match file.store.plan().named(name.trim()) {
            Err(Unnamed::Missing) => removed.iter().find(is_meant),
            _ => Some(file.task(name)?),
        };
        Ok::<_, CliError>(task.map(|task| task.id.clone()))
    };
    let tasks = files.iter().zip(removed).map(of_plan).collect::<Result<Vec<_>, _>>()?;
    match files.last() {
        Some(last) if tasks.iter().all(Option::is_none) => Err(last.no_task(name)),
        _ => Ok(tasks),
    }
}

fn lines<'a>(files: &'a [PlanFile], removed: &'a [Vec<Task>], filter: &Filter) -> Vec<LogLine<'a>> {
    let of_plan = |(plan, (file, removed)): (usize, (&'a PlanFile, &'a Vec<Task>))| {
        let tasks = file.store.plan().tasks.iter().map(Arc::as_ref).chain(removed.iter().rev());
        // What was done in the same second stands in the order in which it was done, but newest first.
        tasks
            .rev()
            .flat_map(move |task| task.history.iter().rev().map(move |entry| LogLine { plan, task, entry }))
    };
    let lines = files.iter().zip(removed).enumerate().flat_map(of_plan);
    let mut lines: Vec<_> =
        lines.filter(|line| filter.includes(line, files[line.plan].store.plan())).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.entry.at));
    lines
}

/// One task need not be named in every line, and the others are known by the beginnings of their titles.
fn printed_lines(call: &Call, lines: &[LogLine], files: &[PlanFile], filter: &Filter) -> Vec<String> {
    let heads: Vec<_> =
        lines.iter().map(|line| printed::head(line.entry, files[line.plan].store.plan())).collect();
    let is_of_one_plan = files.len() == 1;
    let plan =
        |line: &LogLine| if is_of_one_plan { String::new() } else { resolve::plan_name(files, line.plan) };
    let plans: Vec<_> = lines.iter().map(plan).collect();
    let (heads, plans) = (filled(&heads), filled(&plans));
    let columns = lines.iter().zip(heads.iter().zip(&plans));
    let line = |(line, (head, plan)): (&LogLine, (&String, &String))| {
        let task = match filter.tasks {
            Some(_) => String::new(),
            None => format!("{}: ", text::cut(&printed::title(line.task), TITLE)),
        };
        format!("{head}{plan}{task}{}", line.entry.told(call.lang()))
    };
    columns.map(line).collect()
}

/// Cells of a title in a line that is about something else.
const TITLE: usize = 50;

/// The cells of a column, all as wide as the widest and a gap behind them; a column of nothing is none.
fn filled(cells: &[String]) -> Vec<String> {
    let room = cells.iter().map(|cell| text::width(cell)).max().unwrap_or_default();
    let gap = if room == 0 { 0 } else { 2 };
    cells.iter().map(|cell| printed::padded(cell, room + gap)).collect()
}

/// A change, for programs.
pub(super) fn record(task: &Task, entry: &Entry) -> Object {
    Object(vec![
        ("at", json!(entry.at.to_rfc3339())),
        ("by", json!(entry.by)),
        ("task", json!(task.id.to_string())),
        ("no", json!(task.no)),
        ("title", json!(task.title)),
        ("field", json!(entry.kind.name())),
        ("from", json!(entry.from)),
        ("to", json!(entry.to)),
        ("note", json!(entry.note)),
        ("clash", json!(entry.clash)),
        ("done_on", json!(entry.done_on)),
        ("on", json!(entry.on)),
    ])
}
