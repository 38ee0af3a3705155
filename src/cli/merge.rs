//! `tiendo merge`: two versions of a plan made one. Git calls it where both sides have changed a plan.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::arguments::{BASE, OURS, THEIRS};
use super::options::STRICT;
use super::{Call, Complaint, Exit, Streams, changes, saying};
use crate::document::Document;
use crate::document::merge::{Merged, merge};
use crate::plan::merge::{Clash, ClashPlace};
use crate::plan::telling;
use crate::plan::{EntryKind, Plan, Value};
use crate::store::git::Git;
use crate::store::{self, StoreError};
use crate::text;
use crate::words::{Lang, Phrase};

/// The result is written over ours. It is always a plan, unless one of the three was none.
pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let [base, ours, theirs] = [BASE, OURS, THEIRS].map(|operand| path(call, operand.name));
    let read = [read_base(&base), store::read_plan(&ours), store::read_plan(&theirs)];
    let [Ok(old), Ok(one), Ok(other)] = &read else {
        say_broken(call, streams, &[&base, &ours, &theirs], &read)?;
        let is_text = |read: &Result<_, StoreError>| matches!(read, Ok(_) | Err(StoreError::Broken(_)));
        // What is too large for a plan, or no file, is too much for git as well.
        return if read.iter().all(is_text) { with_marks(&base, &ours, &theirs) } else { Ok(Exit::Unable) };
    };
    let merged = merge(old, one, other, &call.world.stamp());
    let file = |trouble| Complaint::File { path: ours.clone(), trouble };
    store::write(&ours, merged.document.bytes()).map_err(file)?;
    say_clashes(call, streams.out, &merged)?;
    let is_bad = call.is_given(STRICT.name) && !merged.clashes.is_empty();
    Ok(if is_bad { Exit::Bad } else { Exit::Fine })
}

fn path(call: &Call, name: &str) -> PathBuf {
    call.given.get_one::<PathBuf>(name).cloned().expect("the parser asks for it")
}

/// Where both sides have begun the file, git gives an empty text for what they came of.
fn read_base(path: &Path) -> Result<Document, StoreError> {
    match store::read_text(path)? {
        Some(text) if text.trim().is_empty() => Document::of(&nothing()).map_err(StoreError::Broken),
        _ => store::read_plan(path),
    }
}

fn nothing() -> Plan {
    let (title, number, issuer) = (String::new(), String::new(), String::new());
    let (agencies, tasks) = (Vec::new(), Vec::new());
    Plan { version: 1, title, number, issuer, issued: None, year: 0, agencies, tasks }
}

fn say_broken(
    call: &Call,
    streams: &mut Streams,
    paths: &[&PathBuf; 3],
    read: &[Result<Document, StoreError>; 3],
) -> io::Result<()> {
    let broken = paths.iter().zip(read).filter_map(|(path, read)| Some((path, read.as_ref().err()?)));
    for (path, trouble) in broken {
        writeln!(streams.notes, "{}", call.printable(&saying::trouble(path, trouble, call.lang())))?;
    }
    Ok(())
}

/// Does what git would have done: line by line, with marks where both have changed a line.
fn with_marks(base: &Path, ours: &Path, theirs: &Path) -> Result<Exit, Complaint> {
    let said = Git::at(Path::new(".")).call([Path::new("merge-file"), ours, base, theirs]);
    let said = said.map_err(Complaint::NoGit)?;
    match said.exit {
        // The lines may have come together by themselves, and mended what was broken.
        Some(0) if store::read_plan(ours).is_ok() => Ok(Exit::Fine),
        Some(0..=127) => Ok(Exit::Bad),
        _ => Err(Complaint::Git { doing: MERGING, words: said.notes }),
    }
}

const MERGING: Phrase = Phrase::new("git không gộp được", "git could not merge");

/// What both have set differently. The loser is in the history, or in a comment.
fn say_clashes(call: &Call, out: &mut dyn Write, merged: &Merged) -> io::Result<()> {
    let (plan, lang) = (merged.document.plan(), call.lang());
    let lines = merged.clashes.iter().take(changes::TOLD).map(|it| clash(it, plan, lang));
    lines
        .chain(changes::more(merged.clashes.len(), lang))
        .try_for_each(|line| writeln!(out, "{}", call.printable(&line)))
}

fn clash(clash: &Clash, plan: &Plan, lang: Lang) -> String {
    let (title, label, kind) = match &clash.place {
        ClashPlace::Plan(field) => (String::new(), field.label().say(lang).to_owned(), Some(field.kind())),
        ClashPlace::Task(id, kind) => {
            let title = plan.task(id).map_or_else(|| id.to_string(), saying::title) + ": ";
            match kind {
                EntryKind::Kept => return format!("{title}{}", telling::KEPT.say(lang)),
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
    format!("{title}{label}: {}", telling::from_to(&lost, &kept, lang)) + telling::CLASH.say(lang)
}
