//! `tiendo list`: the tasks that are meant, in one of several forms.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::arguments::{Choices, STATES, STATUSES, Typed};
use super::json::OfPlan;
use super::plan_file::PlanFile;
use super::resolve::OpenedPlans;
use super::rows::TaskRow;
use super::{Call, CliError, Exit, Streams, json, resolve};
use crate::plan::query::{COLUMN_WORDS, Index, Lateness, Query, QueryContext, QueryError};
use crate::plan::{Column, Facet, Plan, SavedView, State, Status};
use crate::text;
use crate::words::{Lang, tr};

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
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    query: Option<Typed>,
    #[arg(long, value_name = "NAME")]
    view: Option<Typed>,
    #[arg(long, value_parser = ORDERS)]
    sort: Option<Order>,
    #[arg(long, value_parser = FORMATS)]
    format: Option<ListFormat>,
    #[arg(long, value_name = "DATE")]
    pub(super) known_at: Option<Typed>,
}

const QUARTERS: Choices<Column> = Choices(&COLUMN_WORDS);

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
    opened: &'a OpenedPlans<'a>,
    rows: Vec<TaskRow<'a>>,
}

/// A list without tasks is an answer like any other, unless the question names what is not there.
pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<Exit, CliError> {
    let opened = resolve::open_all(call, &given.plans, streams)?;
    let rows = rows(call, given, &opened.files)?;
    let mut listing = Listing { call, opened: &opened, rows };
    listing.name_plans();
    listing.sort(given.sort.or_else(|| order_of_view(given, &opened.files)));
    match given.format.unwrap_or(ListFormat::Table) {
        ListFormat::Json => listing.write_json(streams)?,
        ListFormat::Csv => export::csv(&listing, streams.out)?,
        ListFormat::Markdown => export::markdown(&listing, streams.out)?,
        ListFormat::Table => table::write(&listing, given.search.as_deref().unwrap_or_default(), streams)?,
    }
    Ok(opened.exit())
}

/// The tasks that are meant, plan by plan. An agency need not be known to all of several plans.
fn rows<'a>(call: &Call, given: &Arguments, files: &'a [PlanFile<'a>]) -> Result<Vec<TaskRow<'a>>, CliError> {
    let (mut rows, mut unknown) = (Vec::new(), Vec::new());
    let lateness = lateness(call, given)?;
    for (at, file) in files.iter().enumerate() {
        let (plan, index) = (file.as_of_today(), Index::default());
        let query = match query(call, given, lateness, plan, &index) {
            Ok(query) => query,
            Err(ListError::Unknown(error)) => {
                unknown.push(error);
                continue;
            }
            Err(ListError::Wrong(error)) => return Err(error),
        };
        let meant = query.select(plan, &index, call.calendar);
        let row = |task: usize| TaskRow { plan: at, ..TaskRow::of(plan, &plan.tasks[task], call.calendar) };
        rows.extend(meant.into_iter().map(row));
    }
    let is_known_to_none = unknown.len() == files.len();
    unknown.pop().filter(|_| is_known_to_none).map_or(Ok(rows), Err)
}

/// Why a plan cannot be asked so.
enum ListError {
    /// It has no such name: another plan may.
    Unknown(CliError),
    Wrong(CliError),
}

impl ListError {
    /// A query that stands behind an option of its own tells where in it something is wrong.
    fn of(error: &QueryError, typed: Option<&str>, lang: Lang) -> Self {
        let message = error.message(lang);
        let told = match typed {
            None => format!("tiendo: {message}"),
            Some(typed) => {
                let at = typed[..error.range().start].chars().count() + 1;
                tr!(
                    lang,
                    "tiendo: --query, ký tự {at}: {message}",
                    "tiendo: --query, character {at}: {message}"
                )
            }
        };
        match error {
            QueryError::Name { .. } if error.is_unknown_name() => Self::Unknown(CliError::bad(told)),
            QueryError::Name { .. } => Self::Wrong(CliError::bad(told)),
            _ => Self::Wrong(CliError::unable(told)),
        }
    }
}

/// What the view says, over it what the query says, and over that the options, which are names for parts of it.
fn query(
    call: &Call,
    given: &Arguments,
    lateness: Lateness,
    plan: &Plan,
    index: &Index,
) -> Result<Query, ListError> {
    let (lang, user) = (call.lang(), call.environment.user.name.as_str());
    let context = QueryContext { plan, index, calendar: call.calendar, user };
    let view = match &given.view {
        None => Query::default(),
        Some(name) => {
            let view = view(call, name, plan)?;
            Query::parse(&view.query, &context).map_err(|error| ListError::of(&error, None, lang))?
        }
    };
    let typed = given.query.as_deref().unwrap_or_default();
    let typed = Query::parse(typed, &context).map_err(|error| ListError::of(&error, Some(typed), lang))?;
    let names = |facet: Facet, typed: &[Typed]| {
        let named = |typed: &Typed| match index.facet(plan, facet).named(typed) {
            Ok(value) => Ok(value.name.clone()),
            Err(why) => Err(ListError::of(&QueryError::name(0..0, facet, typed, why), None, lang)),
        };
        typed.iter().map(named).collect::<Result<Vec<_>, _>>()
    };
    let options = Query::of_words(given.search.as_deref().unwrap_or_default())
        .with(Facet::Lead, names(Facet::Lead, &given.lead)?)
        .with(Facet::Support, names(Facet::Support, &given.support)?);
    let options = Query {
        columns: given.quarter.clone(),
        statuses: given.status.clone(),
        states: given.state.clone(),
        lateness,
        ..options
    };
    Ok(view.over(typed).over(options))
}

/// The saved view of this name, with or without tones.
fn view<'a>(call: &Call, name: &str, plan: &'a Plan) -> Result<&'a SavedView, ListError> {
    let is_it = |view: &&SavedView| view.name == name;
    let is_like = |view: &&SavedView| text::fold(&view.name) == text::fold(name);
    let found = plan.views.iter().find(is_it).or_else(|| plan.views.iter().find(is_like));
    found.ok_or_else(|| {
        let message = tr!(call.lang(), "kế hoạch không có bộ lọc “{name}”", "the plan has no view “{name}”");
        ListError::Unknown(CliError::bad(format!("tiendo: {message}")))
    })
}

fn lateness(call: &Call, given: &Arguments) -> Result<Lateness, CliError> {
    let Some(typed) = &given.due_within else {
        return Ok(if given.overdue { Lateness::Overdue } else { Lateness::Any });
    };
    let days = call.read_days("due-within", typed);
    days.map(if given.overdue { Lateness::OverdueOrWithin } else { Lateness::Within })
}

/// The order that the view keeps.
fn order_of_view(given: &Arguments, files: &[PlanFile]) -> Option<Order> {
    let name = given.view.as_deref()?;
    let views = files.iter().flat_map(|file| &file.as_of_today().views);
    let kept = views.filter(|view| text::fold(&view.name) == text::fold(name)).map(|view| &view.order);
    kept.filter_map(|kept| ORDERS.0.iter().find(|(_, words)| words.contains(&kept.as_str())))
        .map(|row| row.0)
        .next()
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
        self.opened.files.iter().all(|file| {
            let mut numbers: Vec<&str> =
                file.store.plan().tasks.iter().map(|task| task.no.as_str()).collect();
            numbers.sort_unstable();
            !numbers.contains(&"") && numbers.windows(2).all(|pair| pair[0] != pair[1])
        })
    }

    /// Has each row tell its plan where there are several.
    fn name_plans(&mut self) {
        if self.opened.are_several() {
            for row in &mut self.rows {
                row.plan_name = resolve::plan_name(&self.opened.files, row.plan);
            }
        }
    }

    fn write_json(&self, streams: &mut Streams) -> std::io::Result<()> {
        let object = |(at, file): (usize, &PlanFile)| {
            let tasks: Vec<&TaskRow> = self.rows.iter().filter(|row| row.plan == at).collect();
            OfPlan::new(&file.store, self.call.calendar.today, Tasks { tasks })
        };
        let objects: Vec<_> = self.opened.files.iter().enumerate().map(object).collect();
        json::print_plans(self.opened, &objects, streams.out)
    }
}

#[derive(serde::Serialize)]
struct Tasks<'a> {
    tasks: Vec<&'a TaskRow<'a>>,
}
