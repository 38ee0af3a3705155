//! `tiendo log`: who changed what, in the whole plan or in one task.

use std::io::{self, Write};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use super::options::{BY, LOG_FORMAT, SINCE};
use super::{Call, Complaint, Exit, Streams, changes, list, read_day, saying, which};
use crate::plan::{Entry, Task, TaskId};
use crate::store::Store;
use crate::text;
use crate::words::Phrase;

/// Newest first: what has just happened is what is asked for most.
pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let (plans, name) = which::plans_with_task(call)?;
    let (stores, complaints) = which::open_all(call, plans)?;
    for complaint in &complaints {
        complaint.make(call.settings, streams);
    }
    let removed: Vec<Vec<Task>> = stores.iter().map(Store::removed).collect();
    let tasks = name.map(|name| named(&name, &stores, &removed)).transpose()?;
    let asked = Asked::of(call, tasks)?;
    let lines = lines(&stores, &removed, &asked);
    if call.text(LOG_FORMAT.name).as_deref() == Some("json") {
        let records: Vec<_> = lines.iter().map(|line| Located::of(line, &stores)).collect();
        list::json::print(&records, streams.out)?;
    } else if lines.is_empty() {
        say_nothing(call, &stores, &asked, streams.out)?;
    } else {
        write_lines(call, &lines, &stores, &asked, streams.out)?;
    }
    Ok(if complaints.is_empty() { Exit::Fine } else { Exit::Unable })
}

/// Which changes are meant.
struct Asked {
    /// Of each plan the task that is meant, if one is.
    tasks: Option<Vec<Option<TaskId>>>,
    since: Option<NaiveDate>,
    /// As it is compared.
    by: Option<String>,
}

struct Line<'a> {
    plan: usize,
    task: &'a Task,
    entry: &'a Entry,
}

impl Asked {
    fn of(call: &Call, tasks: Option<Vec<Option<TaskId>>>) -> Result<Self, Complaint> {
        let since = call.text(SINCE.name);
        let since = since.map(|typed| read_day(SINCE.name, &typed, call.calendar.today)).transpose()?;
        Ok(Self { tasks, since, by: call.text(BY.name).map(|name| text::fold(name.trim())) })
    }

    fn includes(&self, line: &Line) -> bool {
        let is_task = |tasks: &Vec<Option<TaskId>>| tasks[line.plan].as_ref() == Some(&line.task.id);
        self.tasks.as_ref().is_none_or(is_task)
            && self.since.is_none_or(|since| since <= line.entry.at.date_naive())
            && self.by.as_ref().is_none_or(|by| *by == text::fold(line.entry.by.trim()))
    }
}

/// The task of each plan that is called so, be it one that was deleted. One plan at least has it.
fn named(name: &str, stores: &[Store], removed: &[Vec<Task>]) -> Result<Vec<Option<TaskId>>, Complaint> {
    let is_meant =
        |task: &&Task| task.id.to_string() == name.trim() || task.no.eq_ignore_ascii_case(name.trim());
    let (mut tasks, mut missing) = (Vec::new(), Vec::new());
    for (store, removed) in stores.iter().zip(removed) {
        tasks.push(match (which::named(name, store), removed.iter().find(is_meant)) {
            (Ok(task), _) | (Err(Complaint::NoTask { .. }), Some(task)) => Some(task.id.clone()),
            (Err(complaint @ Complaint::NoTask { .. }), None) => {
                missing.push(complaint);
                None
            }
            (Err(complaint), _) => return Err(complaint),
        });
    }
    match missing.pop() {
        Some(complaint) if missing.len() + 1 == stores.len() => Err(complaint),
        _ => Ok(tasks),
    }
}

fn lines<'a>(stores: &'a [Store], removed: &'a [Vec<Task>], asked: &Asked) -> Vec<Line<'a>> {
    let of_plan = |(plan, (store, removed)): (usize, (&'a Store, &'a Vec<Task>))| {
        let tasks = store.plan().tasks.iter().map(Arc::as_ref).chain(removed.iter().rev());
        // What was done in the same second stands in the order in which it was done, but newest first.
        tasks
            .rev()
            .flat_map(move |task| task.history.iter().rev().map(move |entry| Line { plan, task, entry }))
    };
    let lines = stores.iter().zip(removed).enumerate().flat_map(of_plan);
    let mut lines: Vec<_> = lines.filter(|line| asked.includes(line)).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.entry.at));
    lines
}

fn say_nothing(call: &Call, stores: &[Store], asked: &Asked, out: &mut dyn Write) -> io::Result<()> {
    let words = if asked.since.is_some() || asked.by.is_some() { NOTHING_SUCH } else { NOTHING };
    stores.iter().try_for_each(|store| {
        let line = format!("{}: {}", saying::path(store.path()), words.say(call.lang()));
        writeln!(out, "{}", call.printable(&line))
    })
}

const NOTHING: Phrase = Phrase::new("chưa có thay đổi nào được ghi lại", "no change is recorded yet");
const NOTHING_SUCH: Phrase = Phrase::new("không có thay đổi nào như vậy", "there is no such change");

fn write_lines(
    call: &Call,
    lines: &[Line],
    stores: &[Store],
    asked: &Asked,
    out: &mut dyn Write,
) -> io::Result<()> {
    let heads = filled(lines.iter().map(|line| changes::head(line.entry)).collect());
    let plan = |line: &Line| match stores {
        [_] => String::new(),
        _ => which::plan_name(stores, line.plan),
    };
    let plans = filled(lines.iter().map(plan).collect());
    for (line, (head, plan)) in lines.iter().zip(heads.iter().zip(&plans)) {
        // One task need not be named in every line, and the others are known by the beginnings of their titles.
        let task = match asked.tasks {
            Some(_) => String::new(),
            None => format!("{}: ", text::cut(&saying::title(line.task), TITLE)),
        };
        let what = line.entry.told(call.lang());
        writeln!(out, "{}", call.printable(&format!("{head}{plan}{task}{what}")))?;
    }
    Ok(())
}

/// Cells of a title in a line that is about something else.
const TITLE: usize = 50;

/// The cells of a column, all as wide as the widest and a gap behind them; a column of nothing is none.
fn filled(cells: Vec<String>) -> Vec<String> {
    let room = cells.iter().map(|cell| text::width(cell)).max().unwrap_or_default();
    let gap = if room == 0 { 0 } else { 2 };
    cells.into_iter().map(|cell| format!("{cell}{}", " ".repeat(room + gap - text::width(&cell)))).collect()
}

/// A change, and the file of the plan that it was made in.
#[derive(Serialize)]
struct Located<'a> {
    #[serde(flatten)]
    record: Record<'a>,
    plan: String,
}

impl<'a> Located<'a> {
    fn of(line: &Line<'a>, stores: &[Store]) -> Self {
        let path = stores[line.plan].path();
        Self { record: record(line.task, line.entry), plan: path.to_string_lossy().into_owned() }
    }
}

#[derive(Serialize)]
pub(super) struct Record<'a> {
    at: String,
    by: &'a str,
    task: String,
    no: &'a str,
    title: &'a str,
    field: &'a str,
    from: &'a str,
    to: &'a str,
    note: &'a str,
    clash: bool,
    done_on: &'a str,
}

pub(super) fn record<'a>(task: &'a Task, entry: &'a Entry) -> Record<'a> {
    Record {
        at: entry.at.to_rfc3339(),
        by: &entry.by,
        task: task.id.to_string(),
        no: &task.no,
        title: &task.title,
        field: entry.kind.name(),
        from: &entry.from,
        to: &entry.to,
        note: &entry.note,
        clash: entry.clash,
        done_on: &entry.done_on,
    }
}
