//! The fields of a task as they are typed in options.

use chrono::NaiveDate;
use clap::builder::TypedValueParser as _;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, value_parser};

use super::arguments::{STATUSES, Typed};
use super::{Call, CliError};
use crate::plan::steps::{StepFrame, read_steps};
use crate::plan::time::{self, Asked, Period, Rhythm, TimeError};
use crate::plan::{Directory, Field, FieldOf, Kind, Plan, Quarters, Status, Table, Task, TaskStep, agency};
use crate::text;
use crate::words::{Lang, Phrase};

/// The fields that were named and what was typed for each, several values with a semicolon between them. The options
/// are read off the table of fields, so that each has one.
#[derive(Debug, Clone, Default)]
pub(super) struct FieldOptions(Vec<(Field, String)>);

impl Args for FieldOptions {
    fn augment_args(command: Command) -> Command {
        command.args(typed().map(argument))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for FieldOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let typed = typed().filter_map(|field| {
            let values = matches.get_many::<Typed>(option(field))?;
            Some((field, values.map(|typed| &**typed).collect::<Vec<_>>().join(";")))
        });
        Ok(Self(typed.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// What can be typed as a whole: of the lists only the steps.
fn typed() -> impl Iterator<Item = Field> {
    let is_typed = |field: &Field| !matches!(field.kind(), Kind::Table(_)) || *field == Field::Steps;
    Field::ALL.iter().copied().filter(is_typed)
}

fn argument(field: Field) -> Arg {
    let arg = Arg::new(option(field)).long(option(field)).value_parser(value_parser!(Typed));
    match field.kind() {
        _ if field == Field::No => arg.value_name("NUMBER"),
        Kind::Names => arg.value_name("NAME").action(ArgAction::Append),
        Kind::Quarters => arg.value_name("QUARTERS"),
        Kind::Day => arg.value_name("DATE"),
        Kind::Status => arg.value_parser(STATUSES.map(|status| Typed::from(status.name()))),
        // The lines of Vietnamese lists begin with a dash.
        _ => arg.value_name("TEXT").allow_hyphen_values(true),
    }
}

/// The field's option: its name in the file, with the shell's dash.
const fn option(field: Field) -> &'static str {
    match field {
        Field::DoneOn => "done-on",
        other => other.name(),
    }
}

impl FieldOptions {
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn text(&self, field: Field) -> Option<&str> {
        self.0.iter().find(|(typed, _)| *typed == field).map(|(_, text)| text.as_str())
    }

    /// The task as the options want it. Done takes today unless a day is given; what is no longer done has no day
    /// of completion.
    pub(super) fn wanted(&self, call: &Call, plan: &Plan, task: &Task) -> Result<Task, CliError> {
        let mut wanted = task.clone();
        // A time that cannot be read is only text; see `unplaced`.
        let time = self.text(Field::Time).unwrap_or(&task.time);
        if let Some(period) = task.placed_by(time, plan.year).ok().flatten() {
            wanted.quarters = period.quarters();
            wanted.due = period.due();
        }
        for (field, typed) in &self.0 {
            set(&mut wanted, *field, typed, call, plan)?;
        }
        if wanted.title.trim().is_empty() {
            return Err(call.unable(Phrase::new(
                "tiendo: thiếu nội dung nhiệm vụ: --title CHỮ",
                "tiendo: the task itself is missing: --title TEXT",
            )));
        }
        let has_day = self.text(Field::DoneOn).is_some() && wanted.done_on.is_some();
        if has_day && wanted.status != Status::Done {
            return Err(call.unable(Phrase::new(
                "tiendo: --done-on chỉ dùng cho việc đã hoàn thành; thêm --status done",
                "tiendo: --done-on is for tasks that are done; add --status done",
            )));
        }
        Ok(wanted)
    }

    /// What is to be said of a time that puts the task nowhere, unless the call says itself where it stands.
    pub(super) fn unplaced(&self, year: i32, before: &Task, lang: Lang) -> Option<String> {
        let time = self.text(Field::Time).filter(|time| !time.trim().is_empty() && *time != before.time)?;
        if self.text(Field::Quarters).or(self.text(Field::Due)).is_some() {
            return None;
        }
        match Period::read(time, year).map(Period::rhythm) {
            Ok(Rhythm::Recurring) => Rhythm::Recurring.told().map(|told| told.say(lang).to_owned()),
            Ok(_) => None,
            Err(why) => Some(why.kept_as_text(lang)),
        }
    }
}

/// Puts what was typed into the task.
fn set(task: &mut Task, field: Field, typed: &str, call: &Call, plan: &Plan) -> Result<(), CliError> {
    let value = match field.kind() {
        Kind::Names => {
            let before = field.of(task);
            names(field, typed, before.names().unwrap_or_default(), call, plan)?.into()
        }
        Kind::Quarters => quarters(typed, call, plan.year)?.into(),
        Kind::Day => day(field, typed, call, plan.year)?.into(),
        Kind::Status => {
            let status = Status::named(typed).unwrap_or(task.status);
            task.done_on = task.done_on_with(status, call.calendar.today);
            status.into()
        }
        Kind::Table(Table::Steps) => steps(task, typed, call, plan)?.into(),
        Kind::Line | Kind::Lines | Kind::Year | Kind::Flag | Kind::Table(_) => typed.into(),
    };
    field.set(task, value);
    Ok(())
}

/// A list without steps is `none`, or empty.
fn steps(task: &Task, typed: &str, call: &Call, plan: &Plan) -> Result<Vec<TaskStep>, CliError> {
    if is_none(typed) {
        return Ok(Vec::new());
    }
    let frame = StepFrame::of(task, plan.year, call.calendar.today);
    let read = read_steps(typed, frame);
    read.map_err(|why| {
        CliError::unable(format!("tiendo: --{}: {}", option(Field::Steps), why.message(call.lang())))
    })
}

/// The agencies by the names that the plan has for them, as on the screen.
fn names(
    field: Field,
    typed: &str,
    before: &[String],
    call: &Call,
    plan: &Plan,
) -> Result<Vec<String>, CliError> {
    let after = Directory::of([plan]).typed(typed);
    match agency::refused(field, before, &after) {
        Some(why) => Err(CliError::unable(format!("tiendo: --{}: {}", option(field), call.say(why)))),
        None => Ok(after),
    }
}

/// A day of the plan's year; `none` and an empty text clear the field.
fn day(field: Field, typed: &str, call: &Call, year: i32) -> Result<Option<NaiveDate>, CliError> {
    if is_none(typed) {
        return Ok(None);
    }
    let (read, asked) = match field {
        Field::DoneOn => (time::read_past_date(typed, year, call.calendar.today), Asked::Completion),
        _ => (time::read_date(typed, year, call.calendar.today), Asked::Deadline),
    };
    read.map_err(|why| call.wrong_day(option(field), typed, asked, why))
}

fn quarters(typed: &str, call: &Call, year: i32) -> Result<Quarters, CliError> {
    if is_none(typed) {
        return Ok(Quarters::default());
    }
    let option = option(Field::Quarters);
    time::read_quarters(typed, year).map_err(|why| match why {
        TimeError::Unknown | TimeError::Unfinished => call.wrong_value(option, typed, call.say(QUARTERS)),
        why => call.wrong_day(option, typed, Asked::Time, why),
    })
}

const QUARTERS: Phrase = Phrase::new(
    "cần các quý: 2; II-III; 1,4; cả năm; hoặc none cho việc thường xuyên",
    "expected quarters: 2; II-III; 1,4; year; or none for ongoing work",
);

fn is_none(typed: &str) -> bool {
    matches!(text::fold(typed.trim()).as_str(), "" | "none" | "khong" | "-")
}
