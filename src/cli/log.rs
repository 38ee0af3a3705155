//! `tiendo log`: who changed what, in the whole plan or in one task.

use std::io::{self, Write};
use std::sync::Arc;

use serde::Serialize;

use super::options::LOG_FORMAT;
use super::{Call, Complaint, Exit, Streams, changes, list, saying, which};
use crate::plan::{Entry, Plan, Task, TaskId};
use crate::store::Store;
use crate::text;
use crate::words::Phrase;

/// Newest first: what has just happened is what is asked for most.
pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let (store, name) = which::open_with_task(call)?;
    let removed = store.removed();
    let task = name.map(|name| named(&name, &store, &removed)).transpose()?;
    let lines = lines(store.plan(), &removed, task.as_ref());
    if call.text(LOG_FORMAT.name).as_deref() == Some("json") {
        write_json(&lines, streams.out)?;
    } else if lines.is_empty() {
        let line = format!("{}: {}", saying::path(store.path()), NOTHING.say(call.lang()));
        writeln!(streams.out, "{}", call.printable(&line))?;
    } else {
        write_lines(call, &lines, task.as_ref(), streams.out)?;
    }
    Ok(Exit::Fine)
}

const NOTHING: Phrase = Phrase::new("chưa có thay đổi nào được ghi lại", "no change is recorded yet");

struct Line<'a> {
    task: &'a Task,
    entry: &'a Entry,
}

/// A task of the plan, or one that was deleted.
fn named(name: &str, store: &Store, removed: &[Task]) -> Result<TaskId, Complaint> {
    let is_meant =
        |task: &&Task| task.id.to_string() == name.trim() || task.no.eq_ignore_ascii_case(name.trim());
    match (which::named(name, store), removed.iter().find(is_meant)) {
        (Err(Complaint::NoTask { .. }), Some(task)) => Ok(task.id.clone()),
        (named, _) => named.map(|task| task.id.clone()),
    }
}

fn lines<'a>(plan: &'a Plan, removed: &'a [Task], id: Option<&TaskId>) -> Vec<Line<'a>> {
    let tasks = plan.tasks.iter().map(Arc::as_ref).chain(removed.iter().rev());
    let tasks = tasks.filter(|task| id.is_none_or(|id| task.id == *id));
    // What was done in the same second stands in the order in which it was done, but newest first.
    let lines = tasks.rev().flat_map(|task| task.history.iter().rev().map(move |entry| Line { task, entry }));
    let mut lines: Vec<_> = lines.collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.entry.at));
    lines
}

fn write_lines(call: &Call, lines: &[Line], id: Option<&TaskId>, out: &mut dyn Write) -> io::Result<()> {
    let heads: Vec<_> = lines.iter().map(|line| changes::head(line.entry)).collect();
    let room = heads.iter().map(|head| text::width(head)).max().unwrap_or_default();
    for (line, head) in lines.iter().zip(&heads) {
        let gap = " ".repeat(room - text::width(head));
        // One task need not be named in every line.
        let task = if id.is_some() { String::new() } else { format!("{}: ", saying::title(line.task)) };
        let what = line.entry.told(call.lang());
        writeln!(out, "{}", call.printable(&format!("{head}{gap}  {task}{what}")))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Record<'a> {
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

fn write_json(lines: &[Line], out: &mut dyn Write) -> io::Result<()> {
    let records: Vec<_> = lines.iter().map(record).collect();
    writeln!(out, "{}", list::json::escaped(&serde_json::to_string_pretty(&records)?))
}

fn record<'a>(Line { task, entry }: &Line<'a>) -> Record<'a> {
    Record {
        at: entry.at.to_rfc3339(),
        by: &entry.by,
        task: task.id.to_string(),
        no: &task.no,
        title: &task.title,
        field: &entry.field,
        from: &entry.from,
        to: &entry.to,
        note: &entry.note,
        clash: entry.clash,
        done_on: &entry.done_on,
    }
}
