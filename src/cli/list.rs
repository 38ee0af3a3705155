//! `tiendo list`: the tasks that are meant, in one of several forms.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::agencies::AgencyError;
use super::arguments::{Choices, STATES, STATUSES, Typed};
use super::json::OfPlan;
use super::plan_file::PlanFile;
use super::rows::TaskRow;
use super::{Call, CliError, Exit, Streams, agencies, json, resolve};
use crate::plan::query::{Index, Lateness, Query};
use crate::plan::{Column, Field, Plan, Quarter, State, Status};
use crate::text::Needle;

mod export;
mod number;
mod table;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    plans: Vec<PathBuf>,
    #[arg(long, value_parser = QUARTERS, value_delimiter = ',')]
    quarter: Vec<Column>,
    #[arg(long, value_name = "NAME")]
    lead: Vec<Typed>,
    #[arg(long, value_name = "NAME")]
    support: Vec<Typed>,
    #[arg(long, value_parser = STATUSES, value_delimiter = ',')]
    status: Vec<Status>,
    #[arg(long, value_parser = STATES, value_delimiter = ',')]
    state: Vec<State>,
    #[arg(long)]
    overdue: bool,
    #[arg(long, value_name = "DAYS")]
    due_within: Option<Typed>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    search: Option<Typed>,
    #[arg(long, value_parser = ORDERS)]
    sort: Option<Order>,
    #[arg(long, value_parser = FORMATS)]
    format: Option<ListFormat>,
    #[arg(long, value_name = "DATE")]
    pub(super) known_at: Option<Typed>,
}

const QUARTERS: Choices<Column> = Choices(&[
    (Column::Quarter(Quarter::Q1), &["1", "I", "Q1", "quý I", "quý 1"]),
    (Column::Quarter(Quarter::Q2), &["2", "II", "Q2", "quý II", "quý 2"]),
    (Column::Quarter(Quarter::Q3), &["3", "III", "Q3", "quý III", "quý 3"]),
    (Column::Quarter(Quarter::Q4), &["4", "IV", "Q4", "quý IV", "quý 4"]),
    (Column::Year, &["year", "cả năm", "năm"]),
]);

#[derive(Debug, Clone, Copy)]
enum Order {
    No,
    Due,
    Status,
}

const ORDERS: Choices<Order> =
    Choices(&[(Order::No, &["no"]), (Order::Due, &["due"]), (Order::Status, &["status"])]);

#[derive(Debug, Clone, Copy)]
enum ListFormat {
    Table,
    Json,
    Csv,
    Markdown,
}

const FORMATS: Choices<ListFormat> = Choices(&[
    (ListFormat::Table, &["table"]),
    (ListFormat::Json, &["json"]),
    (ListFormat::Csv, &["csv"]),
    (ListFormat::Markdown, &["md", "markdown"]),
]);

/// What is listed, worked out: every form is made of this.
struct Listing<'a> {
    call: &'a Call<'a>,
    files: &'a [PlanFile<'a>],
    /// How many plans were asked for; not all of them may have opened.
    asked: usize,
    rows: Vec<TaskRow<'a>>,
}

/// A list without tasks is an answer like any other, unless the question names what is not there.
pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<Exit, CliError> {
    let (files, errors) = resolve::open_all(call, &given.plans)?;
    let asked = files.len() + errors.len();
    for error in &errors {
        error.report(streams);
    }
    let mut listing = Listing { call, files: &files, asked, rows: rows(call, given, &files)? };
    listing.name_plans();
    listing.sort(given.sort);
    match given.format.unwrap_or(ListFormat::Table) {
        ListFormat::Json => listing.write_json(streams)?,
        ListFormat::Csv => export::csv(&listing, streams.out)?,
        ListFormat::Markdown => export::markdown(&listing, streams.out)?,
        ListFormat::Table => table::write(&listing, given.search.as_deref().unwrap_or_default(), streams)?,
    }
    Ok(if errors.is_empty() { Exit::Fine } else { Exit::Unable })
}

/// The tasks that are meant, plan by plan. An agency need not be known to all of several plans.
fn rows<'a>(call: &Call, given: &Arguments, files: &'a [PlanFile<'a>]) -> Result<Vec<TaskRow<'a>>, CliError> {
    let (mut rows, mut unknown) = (Vec::new(), Vec::new());
    let lateness = lateness(call, given)?;
    for (at, file) in files.iter().enumerate() {
        let (plan, index) = (file.as_of_today(), Index::default());
        let query = match query(call, given, plan, &index) {
            Ok(query) => Query { lateness, ..query },
            Err(AgencyError::Unknown(error)) => {
                unknown.push(error);
                continue;
            }
            Err(AgencyError::Ambiguous(error)) => return Err(error),
        };
        let meant = query.select(plan, &index, call.calendar);
        let row = |task: usize| TaskRow { plan: at, ..TaskRow::of(plan, &plan.tasks[task], call.calendar) };
        rows.extend(meant.into_iter().map(row));
    }
    let is_known_to_none = unknown.len() == files.len();
    unknown.pop().filter(|_| is_known_to_none).map_or(Ok(rows), Err)
}

fn query(call: &Call, given: &Arguments, plan: &Plan, index: &Index) -> Result<Query, AgencyError> {
    let agencies = |typed: &[Typed], field| {
        let named = |name: &Typed| agencies::named(call, name, field, plan, index.directory(plan));
        typed.iter().map(named).collect::<Result<Vec<_>, _>>()
    };
    Ok(Query {
        search: given.search.as_deref().map(Needle::parse).unwrap_or_default(),
        leads: agencies(&given.lead, Field::Lead)?,
        supports: agencies(&given.support, Field::Support)?,
        columns: given.quarter.clone(),
        statuses: given.status.clone(),
        states: given.state.clone(),
        lateness: Lateness::Any,
    })
}

fn lateness(call: &Call, given: &Arguments) -> Result<Lateness, CliError> {
    let Some(typed) = &given.due_within else {
        return Ok(if given.overdue { Lateness::Overdue } else { Lateness::Any });
    };
    let days = call.read_days("due-within", typed);
    days.map(if given.overdue { Lateness::OverdueOrWithin } else { Lateness::Within })
}

impl Listing<'_> {
    /// Tasks that are alike in the order that was asked for stay as they are in the plan.
    fn sort(&mut self, order: Option<Order>) {
        match order {
            Some(Order::No) => {
                let figures = number::figures_of(self.rows.iter().map(|row| row.task.no.as_str()));
                self.rows.sort_by_cached_key(|row| number::key(&row.task.no, figures));
            }
            Some(Order::Due) => self.rows.sort_by_key(|row| row.deadline.unwrap_or(NaiveDate::MAX)),
            Some(Order::Status) => self.rows.sort_by_key(|row| row.task.status),
            None => {}
        }
    }

    /// Whether a number names one task only of each plan, so that the ids need not be shown.
    fn has_clear_numbers(&self) -> bool {
        self.files.iter().all(|file| {
            let mut numbers: Vec<&str> =
                file.store.plan().tasks.iter().map(|task| task.no.as_str()).collect();
            numbers.sort_unstable();
            !numbers.contains(&"") && numbers.windows(2).all(|pair| pair[0] != pair[1])
        })
    }

    const fn is_of_several(&self) -> bool {
        self.asked > 1
    }

    /// Has each row tell its plan where there are several.
    fn name_plans(&mut self) {
        if self.is_of_several() {
            for row in &mut self.rows {
                row.plan_name = resolve::plan_name(self.files, row.plan);
            }
        }
    }

    /// One plan is an object, and several are a list of such objects.
    fn write_json(&self, streams: &mut Streams) -> std::io::Result<()> {
        let object = |(at, file): (usize, &PlanFile)| {
            let tasks: Vec<&TaskRow> = self.rows.iter().filter(|row| row.plan == at).collect();
            OfPlan::new(&file.store, self.call.calendar.today, Tasks { tasks })
        };
        let objects: Vec<_> = self.files.iter().enumerate().map(object).collect();
        match objects.as_slice() {
            [only] if !self.is_of_several() => json::print(only, streams.out),
            objects => json::print(&objects, streams.out),
        }
    }
}

#[derive(serde::Serialize)]
struct Tasks<'a> {
    tasks: Vec<&'a TaskRow<'a>>,
}
