//! A task as it is listed: what the calendar makes of it, and the columns that every form of a list is made of.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::json::Object;
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

const PLAN: Column = Column::Plan;
const ID: Column = Column::Id;
const NO: Column = Column::Field(Field::No);
const TITLE: Column = Column::Field(Field::Title);
const LEAD: Column = Column::Field(Field::Lead);
const SUPPORT: Column = Column::Field(Field::Support);
const QUARTERS: Column = Column::Field(Field::Quarters);
const TIME: Column = Column::Field(Field::Time);
const DUE: Column = Column::Field(Field::Due);
const STATUS: Column = Column::Field(Field::Status);
const DONE_ON: Column = Column::Field(Field::DoneOn);
const OUTPUT: Column = Column::Field(Field::Output);
const NOTE: Column = Column::Field(Field::Note);
const DEADLINE: Column = Column::Deadline;
const FIRST: Column = Column::FirstDeadline;
const STATE: Column = Column::State;
const DAYS: Column = Column::DaysLeft;
const ONGOING: Column = Column::Ongoing;

impl Form {
    /// What is new stands last in a spreadsheet, whose columns are known by their letters. Markdown has those of the
    /// progress report. In a table the title comes last and takes what is left of a line.
    pub(super) fn columns(self) -> Vec<Column> {
        match self {
            Self::Csv => with_new_fields(&CSV),
            Self::Markdown => vec![PLAN, NO, TITLE, LEAD, SUPPORT, DEADLINE, OUTPUT, STATE, NOTE],
            Self::Table(_) => vec![STATE, PLAN, NO, ID, FIRST, DEADLINE, DAYS, LEAD, TITLE],
        }
    }
}

const CSV: [Column; 15] = [
    PLAN, ID, NO, TITLE, LEAD, SUPPORT, QUARTERS, TIME, DEADLINE, STATUS, STATE, DONE_ON, OUTPUT, NOTE, FIRST,
];

/// The columns, and behind them the fields of a task that are not among them. A due day is in the deadline.
fn with_new_fields(columns: &[Column]) -> Vec<Column> {
    let fields = Field::ALL.iter().map(|field| Column::Field(*field));
    let new = fields.filter(|field| *field != DUE && !columns.contains(field));
    columns.iter().copied().chain(new).collect()
}

/// In an object for programs, which only ever has more.
const JSON: [Column; 17] = [
    ID, NO, TITLE, LEAD, SUPPORT, QUARTERS, ONGOING, TIME, DEADLINE, DUE, FIRST, STATUS, STATE, DAYS,
    DONE_ON, OUTPUT, NOTE,
];

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

    /// The name in an object for programs.
    const fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Id => "id",
            Self::Field(field) => field.name(),
            Self::Deadline => "deadline",
            Self::FirstDeadline => "first_deadline",
            Self::DaysLeft => "days_left",
            Self::State => "state",
            Self::Ongoing => "ongoing",
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
        let columns = with_new_fields(&JSON);
        Object(columns.iter().map(|column| (column.name(), column.value(self))).collect())
            .serialize(serializer)
    }
}
