//! A task as it is listed: what the calendar makes of it, and the columns that every form of a list is made of.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::plan::time::{self, write_date, write_marked_date};
use crate::plan::{Calendar, Field, Plan, Quarter, Signs, State, Status, Task, TaskId, telling};
use crate::words::{Lang, Phrase};

/// A task with what the calendar makes of it.
pub(super) struct Row<'a> {
    /// The place of its plan among those that are listed.
    pub(super) plan: usize,
    /// How its plan is called; empty where there is only one.
    pub(super) plan_name: String,
    pub(super) task: &'a Task,
    pub(super) deadline: Option<NaiveDate>,
    /// The deadline before it was ever moved, if it was.
    pub(super) first_deadline: Option<NaiveDate>,
    pub(super) state: State,
    /// While the deadline runs.
    pub(super) days_left: Option<i64>,
}

/// What a list can tell of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Plan,
    Id,
    Field(Field),
    /// The last day, whether it was written down or follows from a quarter.
    Deadline,
    /// The deadline before it was ever moved.
    FirstDeadline,
    DaysLeft,
    State,
    Ongoing,
}

/// The form that a list is printed in, for people or for spreadsheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Csv,
    Markdown,
    Table(Signs),
}

/// What is new stands last: the columns of a spreadsheet are known by their letters.
const CSV: [Column; 15] = [
    Column::Plan,
    Column::Id,
    Column::Field(Field::No),
    Column::Field(Field::Title),
    Column::Field(Field::Lead),
    Column::Field(Field::Support),
    Column::Field(Field::Quarters),
    Column::Field(Field::Time),
    Column::Deadline,
    Column::Field(Field::Status),
    Column::State,
    Column::Field(Field::DoneOn),
    Column::Field(Field::Output),
    Column::Field(Field::Note),
    Column::FirstDeadline,
];

/// Those of the progress report.
const MARKDOWN: [Column; 9] = [
    Column::Plan,
    Column::Field(Field::No),
    Column::Field(Field::Title),
    Column::Field(Field::Lead),
    Column::Field(Field::Support),
    Column::Deadline,
    Column::Field(Field::Output),
    Column::State,
    Column::Field(Field::Note),
];

/// The title comes last and takes what is left of a line.
const TABLE: [Column; 9] = [
    Column::State,
    Column::Plan,
    Column::Field(Field::No),
    Column::Id,
    Column::FirstDeadline,
    Column::Deadline,
    Column::DaysLeft,
    Column::Field(Field::Lead),
    Column::Field(Field::Title),
];

/// The names in an object for programs, which only ever become more.
const JSON: [(&str, Column); 17] = [
    ("id", Column::Id),
    ("no", Column::Field(Field::No)),
    ("title", Column::Field(Field::Title)),
    ("lead", Column::Field(Field::Lead)),
    ("support", Column::Field(Field::Support)),
    ("quarters", Column::Field(Field::Quarters)),
    ("ongoing", Column::Ongoing),
    ("time", Column::Field(Field::Time)),
    ("deadline", Column::Deadline),
    ("due", Column::Field(Field::Due)),
    ("first_deadline", Column::FirstDeadline),
    ("status", Column::Field(Field::Status)),
    ("state", Column::State),
    ("days_left", Column::DaysLeft),
    ("done_on", Column::Field(Field::DoneOn)),
    ("output", Column::Field(Field::Output)),
    ("note", Column::Field(Field::Note)),
];

impl Form {
    pub(super) fn columns(self) -> Vec<Column> {
        match self {
            Self::Csv => CSV.to_vec(),
            Self::Markdown => MARKDOWN.to_vec(),
            Self::Table(_) => TABLE.to_vec(),
        }
    }
}

impl Column {
    pub(super) const fn heading(self, form: Form) -> Phrase {
        match (self, form) {
            (Self::Plan, _) => Phrase::new("Kế hoạch", "Plan"),
            (Self::Id, _) => TaskId::LABEL,
            (Self::Field(Field::No), Form::Markdown) => Phrase::new("STT", "No."),
            (Self::Field(Field::No), Form::Table(_)) => Phrase::new("Số", "No."),
            (Self::Field(Field::Lead), Form::Table(_)) => Field::Lead.short(),
            (Self::Field(field), _) => field.label(),
            (Self::Deadline, Form::Table(_)) => Phrase::new("Hạn", "Deadline"),
            (Self::Deadline, _) => Phrase::new("Thời hạn", "Deadline"),
            (Self::FirstDeadline, _) => Phrase::new("Hạn đầu", "First deadline"),
            (Self::DaysLeft, _) => Phrase::new("Số ngày", "Days"),
            (Self::State, _) => State::HEADING,
            (Self::Ongoing, _) => State::Ongoing.label(),
        }
    }

    /// What stands there for people, in their language. Days are as spreadsheets take them whatever their language is.
    pub(super) fn cell(self, row: &Row, form: Form, lang: Lang) -> String {
        let task = row.task;
        let day =
            |day: Option<NaiveDate>, write: &dyn Fn(NaiveDate) -> String| day.map(write).unwrap_or_default();
        match (self, form) {
            (Self::Plan, _) => row.plan_name.clone(),
            (Self::Id, _) => task.id.to_string(),
            (Self::Field(Field::Quarters), _) => task.quarters.to_string(),
            (Self::Field(Field::DoneOn), _) => day(task.done_on, &|day| day.to_string()),
            (Self::Field(field), _) => field.value(task, lang),
            (Self::Deadline, Form::Csv) => day(row.deadline, &|day| day.to_string()),
            (Self::Deadline, Form::Markdown) => {
                day(row.deadline, &|deadline| telling::deadline(task, deadline, lang))
            }
            (Self::Deadline, Form::Table(_)) => day(row.deadline, &|day| write_marked_date(day, lang)),
            (Self::FirstDeadline, Form::Table(_)) => day(row.first_deadline, &write_date),
            (Self::FirstDeadline, _) => day(row.first_deadline, &|day| day.to_string()),
            (Self::DaysLeft, _) => row.days_left.map(|days| time::days_left(days, lang)).unwrap_or_default(),
            (Self::State, Form::Table(signs)) => {
                format!("{} {}", row.sign(signs), row.state.label().say(lang))
            }
            (Self::State, _) => row.progress(lang),
            (Self::Ongoing, _) => String::new(),
        }
    }

    /// What stands there for programs; nothing for a text that is empty.
    fn value(self, row: &Row) -> Value {
        let task = row.task;
        match self {
            Self::Plan => json!(row.plan_name),
            Self::Id => json!(task.id.to_string()),
            Self::Field(Field::Title) => json!(task.title),
            Self::Field(Field::Lead) => json!(task.lead),
            Self::Field(Field::Support) => json!(task.support),
            Self::Field(Field::Quarters) => task.quarters.iter().map(Quarter::number).collect(),
            Self::Field(Field::Due) => json!(task.due),
            Self::Field(Field::Status) => json!(task.status.name()),
            Self::Field(Field::DoneOn) => json!(task.done_on),
            Self::Field(text) => {
                Some(text.value(task, Lang::default())).filter(|text| !text.is_empty()).into()
            }
            Self::Deadline => json!(row.deadline),
            Self::FirstDeadline => json!(row.first_deadline),
            Self::DaysLeft => json!(row.days_left),
            Self::State => json!(row.state.name()),
            Self::Ongoing => json!(task.is_ongoing()),
        }
    }
}

impl<'a> Row<'a> {
    pub(super) fn of(plan: &Plan, task: &'a Task, calendar: Calendar) -> Self {
        let deadline = plan.deadline(task);
        let runs = deadline.filter(|_| task.status.is_open());
        let days_left = runs.map(|deadline| (deadline - calendar.today).num_days());
        let first_deadline = task.first_deadline().filter(|first| Some(*first) != deadline);
        let state = plan.state(task, calendar);
        Self { plan: 0, plan_name: String::new(), task, deadline, first_deadline, state, days_left }
    }

    /// The shape of the state: told apart without colour, and drawn by the fonts of old terminals.
    fn sign(&self, signs: Signs) -> &'static str {
        match self.state {
            State::Overdue => signs.choose("▲", "!"),
            _ => self.task.status.sign(signs),
        }
    }

    /// How the progress is said where there is room for a few words: `quá hạn 3 ngày`, `Hoàn thành đúng hạn`.
    fn progress(&self, lang: Lang) -> String {
        let state = self.state.label().say(lang);
        match (self.state, self.days_left) {
            (State::Overdue | State::DueToday, Some(days)) => capital(&time::days_left(days, lang)),
            (_, Some(days)) => format!("{state}, {}", time::days_left(days, lang)),
            (State::Ongoing, None) if self.task.status == Status::Doing => {
                format!("{state}, {}", self.task.status.short().say(lang))
            }
            (_, None) => state.to_owned(),
        }
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(JSON.iter().map(|(name, column)| (name, column.value(self))))
    }
}
