//! `tiendo remove`: a task taken out of the plan.

use std::io::{self, Write as _};
use std::path::PathBuf;

use super::arguments::Typed;
use super::{Call, CliError, Streams, printed, resolve};
use crate::plan::{Change, Task};
use crate::text;
use crate::words::{Phrase, tr};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    plan: Option<PathBuf>,
    task: Typed,
    #[arg(long)]
    yes: bool,
}

/// Prints where the task stood, and its id. Asks first, unless told not to; where nobody can answer, that is a no.
pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<(), CliError> {
    let mut file = resolve::open_to_change(call, given.plan.as_slice())?;
    let task = file.task(&given.task)?.clone();
    if !given.yes && !call.environment.terminal.is_input {
        return Err(CliError::bad(call.say(Phrase::new(
            "tiendo: chưa xóa; để xóa mà không hỏi: --yes",
            "tiendo: not deleted; to delete without asking: --yes",
        ))));
    }
    if !given.yes && !is_confirmed(call, streams, &task)? {
        return Err(CliError::bad(call.say(Phrase::new("Không xóa.", "Not deleted."))));
    }
    let (title, after) = (file.title(&task), file.store.plan().before(&task.id));
    let change = Change::Remove { task: Box::new(task.clone()), after };
    let outcome = file.commit(&task.id, &[change], &call.stamp())?;
    streams.out.line(title)?;
    streams.out.line(format!("  {}", call.say(REMOVED)))?;
    Ok(file.remarks(streams.notes, &outcome)?)
}

const REMOVED: Phrase = Phrase::new("đã xóa", "deleted");
fn is_confirmed(call: &Call, streams: &mut Streams, task: &Task) -> io::Result<bool> {
    let title = printed::title(task);
    let question = tr!(call.lang(), "Xóa việc {title}? [c/K] ", "Delete task {title}? [y/N] ");
    let question = streams.notes.printable(&question).into_owned();
    write!(streams.notes, "{question}")?;
    streams.notes.flush()?;
    let mut answer = String::new();
    streams.input.read_line(&mut answer)?;
    Ok(matches!(text::fold(answer.trim()).as_str(), "c" | "co" | "y" | "yes"))
}
