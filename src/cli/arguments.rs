//! What can be typed behind the program's name, as types. What is said of it in the help is in [`super::help`].

use std::ffi::{OsStr, OsString};
use std::ops::Deref;
use std::path::PathBuf;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Parser, Subcommand};
use clap_complete::Shell;

use super::{
    add, check, completions, due, list, log, merge, missing, new, remove, restore, set, show, since, summary,
    tell,
};
use crate::plan::query::{STATE_WORDS, STATUS_WORDS};
use crate::plan::{State, Status};
use crate::text;
use crate::words::Lang;

/// A call of the program.
#[derive(Debug, Parser)]
#[command(name = "tiendo", version)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
    pub(super) plans: Vec<PathBuf>,
    #[arg(long, global = true, value_name = "DATE")]
    pub(super) today: Option<Typed>,
    /// The screens show, and change nothing.
    #[arg(long)]
    pub(super) read_only: bool,
    /// They show the meeting of this user.
    #[arg(long, value_name = "NAME")]
    pub(super) follow: Option<Typed>,
    /// It is read before everything else: see [`typed_lang`].
    #[arg(id = "lang", long, global = true, value_parser = LANGS)]
    _lang: Option<Lang>,
}

/// The word behind the program's name, in the order of the help.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    New(new::Arguments),
    List(list::Arguments),
    Show(show::Arguments),
    Due(due::Arguments),
    Summary(summary::Arguments),
    Since(since::Arguments),
    Set(set::Arguments),
    Tell(tell::Arguments),
    Add(add::Arguments),
    Remove(remove::Arguments),
    Restore(restore::Arguments),
    Missing(missing::Arguments),
    Log(log::Arguments),
    Sync {
        plan: Option<PathBuf>,
    },
    GitSetup {
        plans: Vec<PathBuf>,
    },
    Merge(merge::Arguments),
    Check(check::Arguments),
    Config,
    Completions {
        #[arg(value_parser = completions::SHELLS)]
        shell: Shell,
    },
    Man,
}

impl Verb {
    /// The evening behind `--known-at`.
    pub(super) const fn known_at(&self) -> Option<&Typed> {
        match self {
            Self::List(given) => given.known_at.as_ref(),
            Self::Show(given) => given.known_at.as_ref(),
            Self::Due(given) => given.known_at.as_ref(),
            Self::Since(given) => given.known_at.as_ref(),
            Self::Summary(given) => given.known_at.as_ref(),
            _ => None,
        }
    }
}

/// What was typed, its marks composed as they are in plans (Unicode NFC).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed(String);

impl From<&str> for Typed {
    fn from(typed: &str) -> Self {
        Self(text::nfc(typed).into_owned())
    }
}

impl Deref for Typed {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

/// The values of an argument, each with the words that mean it: first its name, then what else may be typed. Tones
/// and upper case do not count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choices<T: 'static>(pub(super) &'static [(T, &'static [&'static str])]);

const LANGS: Choices<Lang> = Choices(&[(Lang::Vi, &["vi"]), (Lang::En, &["en"])]);

pub(super) const STATUSES: Choices<Status> = Choices(&STATUS_WORDS);
pub(super) const STATES: Choices<State> = Choices(&STATE_WORDS);

impl<T> Choices<T> {
    fn names(&self) -> Vec<String> {
        self.0.iter().map(|(_, words)| words[0].to_owned()).collect()
    }
}

impl<T: Copy + Send + Sync> TypedValueParser for Choices<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, typed: &OsStr) -> Result<T, clap::Error> {
        let typed = typed.to_string_lossy();
        let folded = text::fold(typed.trim());
        let is_meant = |words: &[&str]| words.iter().any(|word| text::fold(word) == folded);
        if let Some((value, _)) = self.0.iter().find(|(_, words)| is_meant(words)) {
            return Ok(*value);
        }
        let names = self.names();
        let nearest = text::nearest(&typed, names.iter().map(String::as_str)).map(str::to_owned);
        let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
        let argument = argument.map(ToString::to_string).unwrap_or_default();
        error.insert(ContextKind::InvalidArg, ContextValue::String(argument));
        error.insert(ContextKind::InvalidValue, ContextValue::String(typed.into_owned()));
        error.insert(ContextKind::ValidValue, ContextValue::Strings(names));
        if let Some(nearest) = nearest {
            error.insert(ContextKind::SuggestedValue, ContextValue::String(nearest));
        }
        Err(error)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.names().into_iter().map(PossibleValue::new)))
    }
}

/// The language typed in `--lang`, read before everything else so that all is said in it.
pub(super) fn typed_lang(arguments: &[OsString]) -> Option<Lang> {
    let words: Vec<_> =
        arguments.iter().map(|word| word.to_string_lossy()).take_while(|word| word != "--").collect();
    let behind = words.windows(2).filter(|pair| pair[0] == "--lang").map(|pair| pair[1].as_ref());
    let joined = words.iter().filter_map(|word| word.strip_prefix("--lang="));
    behind.chain(joined).find_map(|code| Lang::parse(&code.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_can_be_typed() {
        assert_eq!(STATUSES.0.iter().map(|(status, _)| *status).collect::<Vec<_>>(), Status::ALL);
    }

    #[test]
    fn every_state_can_be_typed_as_it_is_called_in_json_and_on_the_screen() {
        assert_eq!(STATES.0.iter().map(|(state, _)| *state).collect::<Vec<_>>(), State::ALL);
        let folded = |text: &str| text::fold(text);
        for (state, words) in STATES.0 {
            let words: Vec<String> = words.iter().map(|word| folded(word)).collect();
            for told in [format!("{state:?}"), state.label().vi.to_owned()] {
                assert!(words.contains(&folded(&told)), "{told} in {words:?}");
            }
        }
    }

    #[test]
    fn the_language_is_known_before_the_rest_is_understood() {
        let typed = |words: &str| typed_lang(&words.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(typed("tiendo list --lang en --nonsense"), Some(Lang::En));
        assert_eq!(typed("tiendo --lang=VI list"), Some(Lang::Vi));
        assert_eq!(typed("tiendo list --lang xx"), None);
        assert_eq!(typed("tiendo list -- --lang en"), None);
    }
}
