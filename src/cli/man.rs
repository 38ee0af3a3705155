//! `tiendo man`: the manual page, of the same table as the help, with headings in the user's language.

use std::io::{self, Write};

use clap::{Arg, Command};

use super::help::{self, NAME};
use super::{Call, CliError, Streams};
use crate::words::{Lang, Phrase};

pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<(), CliError> {
    let mut command = help::command(call.lang());
    command.build();
    Ok(write_page(&command, call.lang(), streams.out)?)
}

fn write_page(command: &Command, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, ".TH TIENDO 1 \"{WRITTEN}\" \"tiendo {}\"", env!("CARGO_PKG_VERSION"))?;
    heading(NAME, lang, out)?;
    // Readers of such pages, as `apropos`, take one sentence here, without its stop.
    let about = about(command);
    let first = about.split_once(". ").map_or(about.as_str(), |(first, _)| first);
    writeln!(out, "tiendo \\- {first}")?;
    heading(Phrase::new("CÁCH DÙNG", "SYNOPSIS"), lang, out)?;
    writeln!(out, "{}", escaped(help::PROGRAM_USAGE.say(lang)))?;
    arguments(command, out)?;
    heading(Phrase::new("LỆNH", "VERBS"), lang, out)?;
    for verb in command.get_subcommands() {
        write_verb(verb, out)?;
    }
    heading(Phrase::new("GHI CHÚ", "NOTES"), lang, out)?;
    let notes = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    for line in notes.lines() {
        writeln!(out, ".PP\n{}", escaped(line))?;
    }
    Ok(())
}

/// The day of the page: that of the version, and not of the call.
const WRITTEN: &str = "2026-11-21";

fn heading(words: Phrase, lang: Lang, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, ".SH {}", words.say(lang))
}

fn write_verb(verb: &Command, out: &mut dyn Write) -> io::Result<()> {
    let usage = verb.get_overridden_usage().map(ToString::to_string).unwrap_or_default();
    writeln!(out, ".SS {}", escaped(&usage))?;
    writeln!(out, "{}.", about(verb))?;
    arguments(verb, out)
}

/// The arguments of a command. What holds everywhere is said once, for the program.
fn arguments(command: &Command, out: &mut dyn Write) -> io::Result<()> {
    let is_root = command.has_subcommands();
    let is_own = |arg: &&Arg| is_root || !arg.is_global_set();
    for arg in command.get_arguments().filter(is_own) {
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        writeln!(out, ".TP\n{}\n{}", label(arg), escaped(&help))?;
    }
    Ok(())
}

fn label(arg: &Arg) -> String {
    let values = arg.get_value_names().unwrap_or_default().join(" ");
    let value = format!("\\fI{}\\fR", escaped(&values));
    let short = arg.get_short().map(|short| format!("\\fB\\-{short}\\fR, ")).unwrap_or_default();
    match arg.get_long() {
        None => value,
        Some(long) if values.is_empty() || !arg.get_action().takes_values() => {
            format!("{short}\\fB\\-\\-{}\\fR", escaped(long))
        }
        Some(long) => format!("{short}\\fB\\-\\-{}\\fR {value}", escaped(long)),
    }
}

fn about(command: &Command) -> String {
    escaped(&command.get_about().map(ToString::to_string).unwrap_or_default())
}

/// The text with nothing in it that roff would take for a request.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}
