//! `tiendo remove`: a task taken out of the plan.

use std::io::{self, Write as _};

use super::{Call, Complaint, Exit, Streams, saying, set, which};
use crate::plan::{Change, Task};
use crate::text;
use crate::words::{Lang, Phrase};

use super::options::YES;

/// Prints where the task stood, and its id. Asks first, unless told not to; where nobody can answer, that is a no.
pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let mut store = which::open_to_change(call)?;
    let task = which::task(call, &store)?.clone();
    if !call.is_given(YES.name) {
        expect_yes(call, streams, &task)?;
    }
    let place = which::place(&store, &task.id);
    let after = store.plan().before(&task.id);
    let change = Change::Remove { task: Box::new(task.clone()), after };
    let outcome = set::commit(&mut store, &task.id, &[change], &call.world.stamp())?;
    set::say(call, streams.out, &place, &task)?;
    writeln!(streams.out, "  {}", REMOVED.say(call.lang()))?;
    set::remark(call, streams.notes, &store, &outcome)?;
    Ok(Exit::Fine)
}

const REMOVED: Phrase = Phrase::new("đã xóa", "deleted");

fn expect_yes(call: &Call, streams: &mut Streams, task: &Task) -> Result<(), Complaint> {
    if !call.world.terminal.is_input {
        return Err(Complaint::NotConfirmed);
    }
    if is_confirmed(call, streams, task)? { Ok(()) } else { Err(Complaint::Declined) }
}

fn is_confirmed(call: &Call, streams: &mut Streams, task: &Task) -> io::Result<bool> {
    let title = saying::title(task);
    let question = match call.lang() {
        Lang::Vi => format!("Xóa việc {title}? [c/K] "),
        Lang::En => format!("Delete task {title}? [y/N] "),
    };
    write!(streams.notes, "{}", call.printable(&question))?;
    streams.notes.flush()?;
    let mut answer = String::new();
    streams.input.read_line(&mut answer)?;
    Ok(matches!(text::fold(answer.trim()).as_str(), "c" | "co" | "y" | "yes"))
}
