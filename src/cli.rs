//! What can be typed in a shell: the verbs, and which of them runs.

use std::io::{BufRead, Write as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike};
use clap::FromArgMatches as _;

use crate::config::{Config, Palette};
use crate::plan::time::{self, Asked, TimeError};
use crate::plan::{Calendar, Stamp, Why};
use crate::store::StoreError;
use crate::text;
use crate::words::{Lang, Phrase, tr};

mod add;
mod arguments;
mod as_of;
mod check;
mod completions;
mod config;
mod due;
mod environment;
mod error;
mod fields;
mod git_setup;
mod help;
mod json;
mod list;
mod log;
mod man;
mod merge;
mod missing;
mod new;
mod parse_error;
mod plan_file;
mod printed;
mod printer;
mod remove;
mod repository;
mod resolve;
mod restore;
mod rows;
mod set;
mod settings;
mod show;
mod since;
mod summary;
mod sync;
mod tell;

use arguments::{Arguments, Verb};
pub use environment::{Environment, TerminalSettings, User, UserSource, Variables};
pub use error::CliError;
pub use printer::{Printer, Recipient};
use settings::Settings;

/// The verbs and what each does, for whoever tells of them elsewhere.
pub fn verbs() -> impl Iterator<Item = (&'static str, Phrase)> {
    help::VERBS.iter().copied()
}

/// The exit status of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Fine = 0,
    /// The answer is bad: a problem was found, or nothing was where something must be.
    Bad = 1,
    /// Nothing could be done.
    Unable = 2,
}

/// What is left to do once the arguments are understood.
#[derive(Debug)]
pub enum CliAnswer {
    Done(Exit),
    Screens(Screens),
}

/// The screens that were asked for.
#[derive(Debug)]
pub struct Screens {
    /// One opens, several are offered. Where there is none, one can be made.
    pub plans: Vec<PathBuf>,
    /// Where a plan is made if there is no other.
    pub folder: PathBuf,
    /// The only file that was asked for, if it is not there.
    pub missing: Option<MissingPlan>,
    pub lang: Lang,
    pub calendar: Calendar,
    /// Whether `--today` was given: the clock does not move such a day.
    pub is_rehearsed: bool,
    /// Nothing is to be changed.
    pub is_read_only: bool,
    /// Whose meeting is to be followed.
    pub follow: Option<String>,
    pub config: Config,
}

/// A plan that was asked for and is not there: it can be made.
#[derive(Debug)]
pub struct MissingPlan {
    pub path: PathBuf,
    /// What is said if it is not made.
    pub told: String,
}

/// The standard streams.
pub struct Streams<'a, 'b> {
    pub input: &'a mut dyn BufRead,
    pub out: &'a mut Printer<'b>,
    /// Standard error.
    pub notes: &'a mut Printer<'b>,
}

/// What every verb may ask for beside its own arguments.
struct Call<'a> {
    environment: &'a Environment,
    settings: &'a Settings,
    /// What the clock of the office shows.
    now: DateTime<FixedOffset>,
    calendar: Calendar,
    /// The evening on which the file is looked at, if that is another than today's.
    known_at: Option<NaiveDate>,
}

/// Does what was typed, or answers with the screens that are to be opened. Errors have been printed by then.
pub fn run(environment: &Environment, streams: &mut Streams) -> CliAnswer {
    let (settings, remarks) = Settings::of(environment);
    settings.config.timezone.settle();
    streams.out.keep_to(settings.signs());
    streams.notes.keep_to(settings.signs());
    // What is wrong with the settings is no reason to fail, and neither is a closed standard error.
    let _ = streams.notes.lines(remarks.iter().map(|remark| text::clean(remark)));
    let answer = answer(environment, &settings, streams).and_then(|answer| {
        streams.out.flush()?;
        Ok(answer)
    });
    answer.unwrap_or_else(|error| CliAnswer::Done(error.report(streams)))
}

fn answer(
    environment: &Environment,
    settings: &Settings,
    streams: &mut Streams,
) -> Result<CliAnswer, CliError> {
    let parsed = help::command(settings.lang).try_get_matches_from_mut(&environment.arguments);
    let arguments = match parsed.and_then(|matches| Arguments::from_arg_matches(&matches)) {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() => {
            return Err(CliError::unable(format!("tiendo: {}", parse_error::message(&error, settings.lang))));
        }
        Err(help) => {
            streams.out.line(help.render().to_string().trim_end())?;
            return Ok(CliAnswer::Done(Exit::Fine));
        }
    };
    let now = time::office_time(environment.now);
    let mut call =
        Call { environment, settings, now, calendar: Calendar::new(now.date_naive()), known_at: None };
    call.calendar.warning = settings.config.warning_days;
    call.look_at(&arguments)?;
    if call.known_at.is_some() {
        streams.notes.line(call.say(as_of::OF_HISTORY))?;
    }
    match arguments.verb {
        Some(verb) => call.run(verb, streams).map(CliAnswer::Done),
        None => call.screens(&arguments).map(CliAnswer::Screens),
    }
}

impl Call<'_> {
    /// Settles which day it is looked at as of, and what was known then. What was known on an evening is told of that day.
    fn look_at(&mut self, arguments: &Arguments) -> Result<(), CliError> {
        let today = arguments.today.as_ref().map(|typed| self.read_day("today", typed)).transpose()?;
        // An evening without a year is one of the year that is looked at.
        self.calendar.today = today.unwrap_or(self.calendar.today);
        let known_at = arguments.verb.as_ref().and_then(Verb::known_at);
        self.known_at = known_at.map(|typed| self.read_day("known-at", typed)).transpose()?;
        self.calendar.today = today.or(self.known_at).unwrap_or(self.calendar.today);
        Ok(())
    }

    /// Who changes something now, and about which day.
    fn stamp(&self) -> Stamp {
        Stamp { on: Some(self.calendar.today), ..self.stamp_of_now() }
    }

    /// Who changes something now.
    fn stamp_of_now(&self) -> Stamp {
        let at = self.now.with_nanosecond(0).unwrap_or(self.now);
        Stamp { at, by: self.environment.user.name.clone(), why: Why::Untold, on: None }
    }

    fn run(&self, verb: Verb, streams: &mut Streams) -> Result<Exit, CliError> {
        match verb {
            Verb::List(given) => return list::run(self, &given, streams),
            Verb::Log(given) => return log::run(self, &given, streams),
            Verb::Merge(given) => return merge::run(self, &given, streams),
            Verb::Check(given) => return check::run(self, &given, streams),
            Verb::Missing(given) => return missing::run(self, &given, streams),
            Verb::Due(given) => return due::run(self, &given, streams),
            Verb::Summary(given) => return summary::run(self, &given, streams),
            Verb::Since(given) => return since::run(self, &given, streams),
            Verb::Show(given) => show::run(self, &given, streams)?,
            Verb::Set(given) => set::run(self, &given, streams)?,
            Verb::Tell(given) => tell::run(self, &given, streams)?,
            Verb::New(given) => new::run(self, &given, streams)?,
            Verb::Add(given) => add::run(self, &given, streams)?,
            Verb::Remove(given) => remove::run(self, &given, streams)?,
            Verb::Restore(given) => restore::run(self, &given, streams)?,
            Verb::Sync { plan } => sync::run(self, plan.as_slice(), streams)?,
            Verb::GitSetup { plans } => git_setup::run(self, &plans, streams)?,
            Verb::Config => config::run(self, streams)?,
            Verb::Completions { shell } => completions::run(self, shell, streams)?,
            Verb::Man => man::run(self, streams)?,
        }
        Ok(Exit::Fine)
    }

    fn screens(&self, arguments: &Arguments) -> Result<Screens, CliError> {
        let (plans, missing) = resolve::to_open(self, &arguments.plans)?;
        if arguments.follow.is_some() && plans.len() != 1 {
            return Err(self.unable(ONE_TO_FOLLOW));
        }
        if !self.environment.can_draw() {
            return Err(self.unable(NO_TERMINAL));
        }
        Ok(Screens {
            plans,
            folder: resolve::folder(self, &arguments.plans),
            missing,
            lang: self.lang(),
            calendar: self.calendar,
            is_rehearsed: arguments.today.is_some(),
            is_read_only: arguments.read_only || arguments.follow.is_some(),
            follow: arguments.follow.as_deref().map(str::to_owned),
            config: self.settings.config.clone(),
        })
    }

    const fn lang(&self) -> Lang {
        self.settings.lang
    }

    const fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.settings.lang)
    }

    /// Nothing could be done, and why.
    fn unable(&self, why: Phrase) -> CliError {
        CliError::unable(self.say(why))
    }

    /// The cells of a line, where lines are read on a terminal.
    fn width(&self) -> Option<usize> {
        self.environment.terminal.width.filter(|_| self.environment.terminal.is_output)
    }

    fn can_colour(&self) -> bool {
        self.environment.can_colour() && self.settings.config.theme != Palette::Mono
    }

    /// The number of days behind an option.
    fn read_days(&self, option: &str, typed: &str) -> Result<u16, CliError> {
        let expected =
            Phrase::new("cần số ngày, từ 0 đến 65535", "expected a number of days, from 0 to 65535");
        typed.trim().parse().map_err(|_| self.wrong_value(option, typed, self.say(expected)))
    }

    /// The day behind an option. One that is no day, or none at all, is refused.
    fn read_day(&self, option: &str, typed: &str) -> Result<NaiveDate, CliError> {
        self.day(typed).map_err(|why| self.wrong_day(option, typed, Asked::Today, why))
    }

    fn day(&self, typed: &str) -> Result<NaiveDate, TimeError> {
        let read = time::read_date(typed, self.calendar.today.year(), self.calendar.today);
        read.and_then(|day| day.ok_or(TimeError::Unknown))
    }

    /// What is behind an option is no day.
    fn wrong_day(&self, option: &str, typed: &str, asked: Asked, why: TimeError) -> CliError {
        self.wrong_value(option, typed, &self.no_day(asked, why))
    }

    /// Why it is none, within a sentence. Nothing more is typed in a shell, so that none is unfinished.
    fn no_day(&self, asked: Asked, why: TimeError) -> String {
        let why = if why == TimeError::Unfinished { TimeError::Unknown } else { why };
        why.within(asked, self.lang())
    }

    /// What is behind an option is not what it takes.
    fn wrong_value(&self, option: &str, typed: &str, expected: &str) -> CliError {
        CliError::unable(tr!(
            self.lang(),
            "tiendo: “{typed}” không dùng được cho --{option}: {expected}",
            "tiendo: “{typed}” is not a value for --{option}: {expected}"
        ))
    }

    /// A file that could not be read or written. One that is not there may have been meant as a verb.
    fn file_error(&self, path: &Path, error: &StoreError) -> CliError {
        let message = printed::error(path, error, self.lang());
        let is_missing =
            matches!(error, StoreError::Read(error) if error.kind() == std::io::ErrorKind::NotFound);
        let verb = text::nearest(&printed::path(path), help::VERBS.iter().map(|(name, _)| *name));
        CliError::unable(match verb.filter(|_| is_missing) {
            None => message,
            Some(verb) => tr!(
                self.lang(),
                "{message} Có phải là lệnh “{verb}”?",
                "{message} Did you mean the verb “{verb}”?"
            ),
        })
    }
}

const ONE_TO_FOLLOW: Phrase =
    Phrase::new("tiendo: --follow cần đúng một kế hoạch", "tiendo: --follow takes exactly one plan");

const NO_TERMINAL: Phrase = Phrase::new(
    "tiendo: không phải terminal nên không mở được bảng; để in danh sách: tiendo list",
    "tiendo: this is not a terminal, so the board cannot be drawn; to print the tasks: tiendo list",
);
