//! `tiendo merge`: two versions of a plan made one. Git calls it where both sides have changed a plan.

use std::path::{Path, PathBuf};

use super::repository::no_git;
use super::{Call, CliError, Exit, Streams, printed};
use crate::document::Document;
use crate::document::merge::merge;
use crate::plan::describe;
use crate::plan::merge::{Clash, ClashPlace};
use crate::plan::{EntryKind, Plan, Value};
use crate::store::git::Git;
use crate::store::{self, StoreError};
use crate::text;
use crate::words::{Lang, Phrase};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    base: PathBuf,
    ours: PathBuf,
    theirs: PathBuf,
    #[arg(long)]
    strict: bool,
}

/// The result is written over ours. It is always a plan, unless one of the three was none.
pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<Exit, CliError> {
    let Arguments { base, ours, theirs, strict } = given;
    let read = [read_base(base), store::read_plan(ours), store::read_plan(theirs)];
    let [Ok(old), Ok(one), Ok(other)] = &read else {
        let broken = [base, ours, theirs].into_iter().zip(&read);
        let broken = broken.filter_map(|(path, read)| Some((path, read.as_ref().err()?)));
        streams.notes.lines(broken.map(|(path, error)| printed::error(path, error, call.lang())))?;
        let is_text = |read: &Result<_, StoreError>| matches!(read, Ok(_) | Err(StoreError::Broken(_)));
        // What is too large for a plan, or no file, is too much for git as well.
        return if read.iter().all(is_text) { with_marks(call, given) } else { Ok(Exit::Unable) };
    };
    let merged = merge(old, one, other, &call.stamp_of_now());
    store::write(ours, merged.document.bytes()).map_err(|error| call.file_error(ours, &error))?;
    // What both have set differently. The loser is in the history, or in a comment.
    let plan = merged.document.plan();
    let clashes = merged.clashes.iter().take(printed::MOST).map(|it| clash(it, plan, call.lang()));
    streams.out.lines(clashes.chain(printed::more(merged.clashes.len(), call.lang())))?;
    let is_bad = *strict && !merged.clashes.is_empty();
    Ok(if is_bad { Exit::Bad } else { Exit::Fine })
}

/// Where both sides have begun the file, git gives an empty text for what they came of.
fn read_base(path: &Path) -> Result<Document, StoreError> {
    match store::read_text(path)? {
        Some(text) if text.trim().is_empty() => {
            Document::of(&Plan { version: 1, ..Plan::default() }).map_err(StoreError::Broken)
        }
        _ => store::read_plan(path),
    }
}

/// Does what git would have done: line by line, with marks where both have changed a line.
fn with_marks(call: &Call, Arguments { base, ours, theirs, .. }: &Arguments) -> Result<Exit, CliError> {
    let words = [Path::new("merge-file"), ours, base, theirs];
    let said = Git::at(Path::new(".")).call(words).map_err(|error| no_git(call, &error))?;
    match said.exit {
        // The lines may have come together by themselves, and mended what was broken.
        Some(0) if store::read_plan(ours).is_ok() => Ok(Exit::Fine),
        Some(0..=127) => Ok(Exit::Bad),
        _ => Err(CliError::unable(format!("{}: {}", call.say(MERGING), said.notes))),
    }
}

const MERGING: Phrase = Phrase::new("git không gộp được", "git could not merge");

fn clash(clash: &Clash, plan: &Plan, lang: Lang) -> String {
    let (title, label, kind) = match &clash.place {
        ClashPlace::Plan(field) => (String::new(), field.label().say(lang).to_owned(), Some(field.kind())),
        ClashPlace::Task(id, kind) => {
            let title = plan.task(id).map_or_else(|| id.to_string(), printed::title) + ": ";
            match kind {
                EntryKind::Kept => return format!("{title}{}", describe::KEPT.say(lang)),
                EntryKind::Field(field) => (title, field.label().say(lang).to_owned(), Some(field.kind())),
                other => (title, text::line(other.name()).into_owned(), None),
            }
        }
    };
    let said = |value: &str| match kind {
        Some(kind) => Value::of_recorded(kind, value).shown(lang),
        None => text::line(value).into_owned(),
    };
    let (lost, kept) = (said(&clash.lost), said(&clash.kept));
    format!("{title}{label}: {}", describe::from_to(&lost, &kept, lang)) + describe::CLASH.say(lang)
}
