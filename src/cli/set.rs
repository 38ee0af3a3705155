//! `tiendo set`: a task changed as it would be on the screen.

use std::io;
use std::path::PathBuf;

use super::arguments::Typed;
use super::fields::FieldOptions;
use super::plan_file::PlanFile;
use super::{Call, CliError, Printer, Streams, resolve};
use crate::plan::time::write_date;
use crate::plan::{Change, Extension, Field, Stamp, Task, Why, compare, describe};
use crate::store::Outcome;
use crate::text;
use crate::words::{Phrase, tr};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    plan: Option<PathBuf>,
    task: Typed,
    #[command(flatten)]
    fields: FieldOptions,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    reason: Option<Typed>,
    #[arg(long)]
    extend: bool,
    #[arg(long, value_name = "TEXT", requires = "extend")]
    doc: Option<Typed>,
    #[arg(long, value_name = "DATE", requires = "extend")]
    doc_date: Option<Typed>,
}

pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<(), CliError> {
    if given.fields.is_empty() {
        return Err(call.unable(Phrase::new(
            "tiendo: chưa cho biết sửa mục nào; xem tiendo set --help",
            "tiendo: nothing to set; see tiendo set --help",
        )));
    }
    let mut file = resolve::open_to_change(call, given.plan.as_slice())?;
    let task = file.task(&given.task)?.clone();
    let wanted = given.fields.wanted(call, file.store.plan(), &task)?;
    let changes = Change::edits(&task.id, compare::edits(&task, &wanted));
    let why = why(call, given)?;
    if changes.is_empty() {
        streams.out.line(file.title(&task))?;
        streams.out.line(format!("  {}", call.say(UNCHANGED)))?;
        return Ok(file.hindered(streams.notes, file.store.blocked_by())?);
    }
    refuse_no_extension(&file, given, &task, &wanted)?;
    let extension = Extension {
        on: given
            .doc_date
            .as_deref()
            .map_or(Ok(call.calendar.today), |typed| call.read_day("doc-date", typed))?
            .into(),
        doc: given.doc.as_deref().unwrap_or_default().trim().to_owned(),
        ..Extension::default()
    };
    let (changes, why) = file.store.plan().granted(changes, &why, &extension);
    let stamp = Stamp { why, ..call.stamp() };
    let outcome = file.commit(&task.id, &changes, &stamp)?;
    report(&file, streams.out, &outcome, &task)?;
    unplaced(&file, &given.fields, streams.notes, &task)?;
    Ok(file.remarks(streams.notes, &outcome)?)
}

const UNCHANGED: Phrase = Phrase::new("không có gì thay đổi", "nothing has changed");

/// What the history is to say beside the change.
fn why(call: &Call, given: &Arguments) -> Result<Why, CliError> {
    let reason = given.reason.as_deref().map(str::to_owned);
    if !given.extend {
        return Ok(reason.map_or(Why::Untold, Why::Reason));
    }
    match given.fields.text(Field::Due) {
        Some(_) => Ok(Why::Extension(reason.unwrap_or_default())),
        None => Err(call.unable(Phrase::new(
            "tiendo: --extend là gia hạn: cần có --due với hạn mới",
            "tiendo: --extend extends the deadline: it needs --due with the new day",
        ))),
    }
}

/// An extension grants more time; another day is a correction.
fn refuse_no_extension(
    file: &PlanFile,
    given: &Arguments,
    task: &Task,
    wanted: &Task,
) -> Result<(), CliError> {
    let (plan, lang) = (file.store.plan(), file.call.lang());
    let held = plan.deadline(task).filter(|_| given.extend);
    let Some((held, to)) = held.zip(wanted.due).filter(|(held, to)| to <= held) else { return Ok(()) };
    let (held, to) = (write_date(held), write_date(to));
    Err(CliError::unable(tr!(
        lang,
        "tiendo: --extend: {to} không sau hạn đang có {held}; nếu chỉ là đính chính thì bỏ --extend",
        "tiendo: --extend: {to} is not later than the deadline that holds, {held}; leave out --extend for a correction"
    )))
}

/// A time that is only text must not pass for one that is kept to.
pub(super) fn unplaced(
    file: &PlanFile,
    fields: &FieldOptions,
    notes: &mut Printer,
    before: &Task,
) -> io::Result<()> {
    let message = fields.unplaced(file.store.plan().year, before, file.call.lang());
    notes.lines(message.map(|message| format!("--time: {}", text::line(&message))))
}

/// What is now otherwise, from what to what.
fn report(file: &PlanFile, out: &mut Printer, outcome: &Outcome, before: &Task) -> io::Result<()> {
    let after = outcome.plan.task(&before.id).unwrap_or(before);
    let lang = file.call.lang();
    out.line(file.title(after))?;
    let edits = outcome.made.iter().filter_map(|change| match change {
        Change::Edit { edit, .. } => Some(edit.field),
        _ => None,
    });
    out.lines(edits.map(|field| {
        let value = |task: &Task| text::line(&field.value(task, lang)).into_owned();
        let change = describe::from_to(&value(before), &value(after), lang);
        format!("  {}: {change}", field.label().say(lang))
    }))
}
