//! A task as it is listed: what the calendar makes of it, and the columns that every form of a list is made of.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::json::Object;
use crate::plan::time::{self, write_date, write_marked_date};
use crate::plan::{
    Calendar, Field, FieldOf, Kind, Plan, Quarter, Signs, State, Status, Task, TaskId, describe,
};
use crate::text;
use crate::words::{Lang, Phrase};

/// A task with what the calendar makes of it.
pub(super) struct TaskRow<'a> {
    /// The place of its plan among those that are listed.
    pub(super) plan: usize,
    /// How its plan is called; empty where there is only one.
    pub(super) plan_name: String,
    pub(super) task: &'a Task,
    pub(super) deadline: Option<NaiveDate>,
    /// The deadline before it was ever moved, if it was.
    pub(super) first_deadline: Option<NaiveDate>,
    /// The year of the plan.
    pub(super) year: i32,
    pub(super) state: State,
    /// While the deadline runs.
    pub(super) days_left: Option<i64>,
}

/// What a list can tell of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ListColumn {
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
pub(super) enum PrintForm {
    Csv,
    Markdown,
    Table(Signs),
}

const PLAN: ListColumn = ListColumn::Plan;
const ID: ListColumn = ListColumn::Id;
const NO: ListColumn = ListColumn::Field(Field::No);
const TITLE: ListColumn = ListColumn::Field(Field::Title);
const LEAD: ListColumn = ListColumn::Field(Field::Lead);
const SUPPORT: ListColumn = ListColumn::Field(Field::Support);
const QUARTERS: ListColumn = ListColumn::Field(Field::Quarters);
const TIME: ListColumn = ListColumn::Field(Field::Time);
const DUE: ListColumn = ListColumn::Field(Field::Due);
const STATUS: ListColumn = ListColumn::Field(Field::Status);
const DONE_ON: ListColumn = ListColumn::Field(Field::DoneOn);
const OUTPUT: ListColumn = ListColumn::Field(Field::Output);
const NOTE: ListColumn = ListColumn::Field(Field::Note);
const DEADLINE: ListColumn = ListColumn::Deadline;
const FIRST: ListColumn = ListColumn::FirstDeadline;
const STATE: ListColumn = ListColumn::State;
const DAYS: ListColumn = ListColumn::DaysLeft;
const ONGOING: ListColumn = ListColumn::Ongoing;

impl PrintForm {
    /// What is new stands last in a spreadsheet, whose columns are known by their letters. Markdown has those of the
    /// progress report. In a table the title comes last and takes what is left of a line.
    pub(super) fn columns(self) -> Vec<ListColumn> {
        match self {
            Self::Csv => with_new_fields(&CSV),
            Self::Markdown => vec![PLAN, NO, TITLE, LEAD, SUPPORT, DEADLINE, OUTPUT, STATE, NOTE],
            Self::Table(_) => vec![STATE, PLAN, NO, ID, FIRST, DEADLINE, DAYS, LEAD, TITLE],
        }
    }
}

const CSV: [ListColumn; 15] = [
    PLAN, ID, NO, TITLE, LEAD, SUPPORT, QUARTERS, TIME, DEADLINE, STATUS, STATE, DONE_ON, OUTPUT, NOTE, FIRST,
];

/// The columns, and behind them the fields of a task that are not among them. A due day is in the deadline.
fn with_new_fields(columns: &[ListColumn]) -> Vec<ListColumn> {
    let fields = Field::ALL.iter().map(|field| ListColumn::Field(*field));
    let new = fields.filter(|field| *field != DUE && !columns.contains(field));
    columns.iter().copied().chain(new).collect()
}

/// In an object for programs, which only ever has more.
const JSON: [ListColumn; 17] = [
    ID, NO, TITLE, LEAD, SUPPORT, QUARTERS, ONGOING, TIME, DEADLINE, DUE, FIRST, STATUS, STATE, DAYS,
    DONE_ON, OUTPUT, NOTE,
];

impl ListColumn {
    pub(super) const fn heading(self, form: PrintForm) -> Phrase {
        match (self, form) {
            (Self::Plan, _) => Phrase::new("Kế hoạch", "Plan"),
            (Self::Id, _) => TaskId::LABEL,
            (Self::Field(Field::No), PrintForm::Markdown) => Phrase::new("STT", "No."),
            (Self::Field(Field::No), PrintForm::Table(_)) => Phrase::new("Số", "No."),
            (Self::Field(Field::Lead), PrintForm::Table(_)) => Field::Lead.short(),
            (Self::Field(Field::Output), PrintForm::Markdown) => {
                Phrase::new("Kết quả thực hiện", "Result so far")
            }
            (Self::Field(field), _) => field.label(),
            (Self::Deadline, PrintForm::Table(_)) => Phrase::new("Hạn", "Deadline"),
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
    pub(super) fn cell(self, row: &TaskRow, form: PrintForm, lang: Lang) -> String {
        let task = row.task;
        let day =
            |day: Option<NaiveDate>, write: &dyn Fn(NaiveDate) -> String| day.map(write).unwrap_or_default();
        match (self, form) {
            (Self::Plan, _) => row.plan_name.clone(),
            (Self::Id, _) => task.id.to_string(),
            (Self::Field(Field::Quarters), _) => task.quarters.to_string(),
            (Self::Field(Field::DoneOn), _) => day(task.done_on, &|day| day.to_string()),
            (Self::Field(Field::Output), PrintForm::Markdown) => result(task, lang),
            (Self::Field(Field::Progress), _) => last_told(task, lang),
            (Self::Field(field), _) => field.value(task, lang),
            (Self::Deadline, PrintForm::Csv) => day(row.deadline, &|day| day.to_string()),
            (Self::Deadline, PrintForm::Markdown) => {
                day(row.deadline, &|deadline| describe::deadline(task, row.year, deadline, lang))
            }
            (Self::Deadline, PrintForm::Table(_)) => day(row.deadline, &|day| write_marked_date(day, lang)),
            (Self::FirstDeadline, PrintForm::Table(_)) => day(row.first_deadline, &write_date),
            (Self::FirstDeadline, _) => day(row.first_deadline, &|day| day.to_string()),
            (Self::DaysLeft, _) => row.days_left.map(|days| time::days_left(days, lang)).unwrap_or_default(),
            (Self::State, PrintForm::Table(signs)) => {
                format!("{} {}", row.sign(signs), row.state.label().say(lang))
            }
            (Self::State, _) => row.progress(lang),
            (Self::Ongoing, _) => String::new(),
        }
    }

    /// What stands there for programs; nothing for a text that is empty.
    fn value(self, row: &TaskRow) -> Value {
        let task = row.task;
        match self {
            Self::Plan => json!(row.plan_name),
            Self::Id => json!(task.id.to_string()),
            Self::Field(Field::Title) => json!(task.title),
            Self::Field(Field::Lead) => json!(task.lead),
            Self::Field(Field::Support) => json!(task.support),
            Self::Field(Field::Quarters) => task.quarters.iter().map(Quarter::number).collect(),
            Self::Field(Field::Due) => json!(task.due),
            Self::Field(Field::Status) => json!(task.status),
            Self::Field(Field::DoneOn) => json!(task.done_on),
            Self::Field(field) if matches!(field.kind(), Kind::Table(_)) => json!(field.of(task)),
            Self::Field(text) => {
                Some(text.value(task, Lang::default())).filter(|text| !text.is_empty()).into()
            }
            Self::Deadline => json!(row.deadline),
            Self::FirstDeadline => json!(row.first_deadline),
            Self::DaysLeft => json!(row.days_left),
            Self::State => json!(row.state),
            Self::Ongoing => json!(task.is_ongoing()),
        }
    }
}

impl<'a> TaskRow<'a> {
    pub(super) fn of(plan: &Plan, task: &'a Task, calendar: Calendar) -> Self {
        let deadline = plan.deadline(task);
        let runs = deadline.filter(|_| task.status.is_open());
        let days_left = runs.map(|deadline| (deadline - calendar.today).num_days());
        let first_deadline = task.first_deadline(plan.year).filter(|first| Some(*first) != deadline);
        let state = plan.state(task, calendar);
        let year = plan.year;
        Self { plan: 0, plan_name: String::new(), year, task, deadline, first_deadline, state, days_left }
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
            (State::Overdue | State::DueToday, Some(days)) => text::capital(&time::days_left(days, lang)),
            (_, Some(days)) => format!("{state}, {}", time::days_left(days, lang)),
            (State::Ongoing, None) if self.task.status == Status::Doing => {
                format!("{state}, {}", self.task.status.short().say(lang))
            }
            (_, None) => state.to_owned(),
        }
    }
}

/// What was told last, with its day and by whom.
fn last_told(task: &Task, lang: Lang) -> String {
    task.last_progress().map(|row| row.whole(lang)).unwrap_or_default()
}

/// The column of a report: what was told last, and the document that proves it.
fn result(task: &Task, lang: Lang) -> String {
    let parts = [last_told(task, lang), task.output.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

impl Serialize for TaskRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let columns = with_new_fields(&JSON);
        Object(columns.iter().map(|column| (column.name(), column.value(self))).collect())
            .serialize(serializer)
    }
}
