//! `tiendo show`: one task whole.

use std::io::{self, Write};

use super::{Call, Complaint, Exit, Streams, changes, list, log, options, saying, which};
use crate::plan::{Entry, Field, State, Task, TaskId};
use crate::store::Store;
use crate::text;
use crate::words::{Lang, Phrase};

pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let store = which::open(call)?;
    let task = which::task(call, &store)?;
    if call.text(options::LOG_FORMAT.name).as_deref() == Some("json") {
        let row = list::Row::of(store.plan(), task, call.calendar);
        let history: Vec<_> = task.history.iter().map(|entry| log::record(task, entry)).collect();
        list::json::write_task(&store, &row, call.calendar.today, &history, streams.out)?;
        return Ok(Exit::Fine);
    }
    let lines = lines(call, &store, task);
    let indent = lines.iter().map(|(label, _)| text::width(label)).max().unwrap_or_default() + 2;
    for (label, value) in lines {
        write_line(call, streams.out, &label, &value, indent)?;
    }
    Ok(Exit::Fine)
}

/// What is known of the task, each under its heading; what is empty is left out.
fn lines(call: &Call, store: &Store, task: &Task) -> Vec<(String, String)> {
    let (plan, lang) = (store.plan(), call.lang());
    let row = list::Row::of(plan, task, call.calendar);
    let line = |label: Phrase, value: String| (label.say(lang).to_owned(), value);
    let field = |field: Field| line(field.label(), saying::value(task, field, lang));
    let mut lines = vec![
        line(FILE, which::place(store, &task.id)),
        line(TaskId::LABEL, text::clean(&task.id.to_string()).into_owned()),
        field(Field::No),
        field(Field::Title),
        line(Field::Lead.label(), one_a_line(&task.lead)),
        line(Field::Support.label(), one_a_line(&task.support)),
        field(Field::Quarters),
        field(Field::Time),
        line(Field::Due.label(), saying::deadline(plan, task, row.days_left, lang)),
        field(Field::Status),
        line(State::HEADING, row.state.label().say(lang).to_owned()),
        field(Field::DoneOn),
        field(Field::Output),
        field(Field::Note),
        line(Entry::HISTORY, history(&task.history, lang)),
    ];
    lines.retain(|(_, value)| !value.is_empty());
    lines
}

const FILE: Phrase = Phrase::new("Tệp", "File");

fn one_a_line(agencies: &[String]) -> String {
    agencies.iter().map(|name| text::line(name)).collect::<Vec<_>>().join("\n")
}

/// Who changed what, oldest first, one change a line.
fn history(entries: &[Entry], lang: Lang) -> String {
    entries
        .iter()
        .map(|entry| format!("{}  {}", changes::head(entry), entry.told(lang)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The value beside its label, its further lines under the first.
fn write_line(call: &Call, out: &mut dyn Write, label: &str, value: &str, indent: usize) -> io::Result<()> {
    let room = call.width().map_or(usize::MAX, |width| width.saturating_sub(indent).max(LEAST));
    let mut head = label;
    for line in value.lines().flat_map(|line| text::wrap(line, room)) {
        let gap = " ".repeat(indent - text::width(head));
        writeln!(out, "{}", call.printable(&format!("{head}{gap}{line}")))?;
        head = "";
    }
    Ok(())
}

/// Values are not wrapped to less than this, however narrow the terminal is.
const LEAST: usize = 16;
