//! `tiendo since`: every difference between an earlier state of a plan and what is known now.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::arguments::Typed;
use super::json::{self, Object, OfPlan};
use super::log::{self, LogFormat};
use super::plan_file::PlanFile;
use super::{Call, CliError, Exit, Streams, as_of, printed, resolve};
use crate::plan::time::write_date;
use crate::plan::{Change, Edit, FieldOf, Plan, Value, compare};
use crate::store;
use crate::text;
use crate::words::{Lang, tr};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[arg(value_name = "DATE|FILE")]
    then: PathBuf,
    plan: Option<PathBuf>,
    #[arg(long, value_parser = log::FORMATS)]
    format: Option<LogFormat>,
    #[arg(long, value_name = "DATE")]
    pub(super) known_at: Option<Typed>,
}

/// What a plan is compared with.
enum Then {
    Evening(NaiveDate),
    File(PathBuf),
}

#[derive(Serialize)]
struct Differences {
    since: String,
    changes: Vec<Json>,
}

pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<Exit, CliError> {
    let file = resolve::open(call, given.plan.as_slice())?;
    let then = then(call, &given.then)?;
    let before = match &then {
        Then::Evening(day) => file.known_at(*day),
        Then::File(path) => read(call, path)?,
    };
    let changes = compare(&before, file.known());
    match given.format {
        Some(LogFormat::Json) => {
            let since = then.name();
            let changes = changes.iter().map(|change| object(change, &before, file.known())).collect();
            let told = OfPlan::new(&file.store, call.calendar.today, Differences { since, changes });
            json::print(&told, streams.out)?;
        }
        _ => write(call, &file, &before, &changes, &then, streams)?,
    }
    Ok(if changes.is_empty() { Exit::Fine } else { Exit::Bad })
}

/// A file that is there is meant, and else a day.
fn then(call: &Call, named: &Path) -> Result<Then, CliError> {
    if named.is_file() {
        return Ok(Then::File(named.to_owned()));
    }
    let typed = text::nfc(&named.to_string_lossy()).into_owned();
    if Path::new(&typed).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")) {
        return read(call, named).map(|_| Then::File(named.to_owned()));
    }
    call.read_day("since", &typed).map(Then::Evening)
}

fn read(call: &Call, path: &Path) -> Result<Plan, CliError> {
    let document = store::read_plan(path).map_err(|error| call.file_error(path, &error))?;
    Ok(document.plan().clone())
}

impl Then {
    fn name(&self) -> String {
        match self {
            Self::Evening(day) => day.to_string(),
            Self::File(path) => path.to_string_lossy().into_owned(),
        }
    }

    fn told(&self, lang: Lang) -> String {
        match self {
            Self::Evening(day) => {
                tr!(lang, "Thay đổi từ tối {}", "Changes since the evening of {}", write_date(*day))
            }
            Self::File(path) => tr!(lang, "Thay đổi so với {}", "Changes since {}", printed::path(path)),
        }
    }
}

/// What was done to one task stands under its title.
fn write(
    call: &Call,
    file: &PlanFile,
    before: &Plan,
    changes: &[Change],
    then: &Then,
    streams: &mut Streams,
) -> Result<(), CliError> {
    let lang = call.lang();
    if matches!(then, Then::Evening(_)) && call.known_at.is_none() {
        streams.notes.line(call.say(as_of::OF_HISTORY))?;
    }
    let (plan, heading) = (file.known(), then.told(lang));
    let path = printed::path(file.store.path());
    if changes.is_empty() {
        return Ok(streams.out.line(tr!(
            lang,
            "{path}: không có gì khác",
            "{path}: nothing is different"
        ))?);
    }
    let tasks = Change::tasks(changes);
    let count = tasks.len();
    let heading = tr!(lang, "{heading}: {count} việc", "{heading}: {count} tasks");
    streams.out.lines(printed::hanging("", &heading))?;
    let head = changes.iter().filter(|change| change.task().is_none());
    streams.out.lines(head.flat_map(|change| lines(change, lang)))?;
    for id in tasks {
        let task = plan.task(id).or_else(|| before.task(id));
        let title = task.map_or_else(|| text::line(&id.to_string()).into_owned(), printed::title);
        streams.out.line("")?;
        streams.out.lines(printed::hanging("", &title))?;
        let own = changes.iter().filter(|change| change.is_about(id));
        streams.out.lines(own.flat_map(|change| lines(change, lang)))?;
    }
    Ok(())
}

/// A change in lines of a mail. Rows are told whole, one a line.
fn lines(change: &Change, lang: Lang) -> Vec<String> {
    let rows = match change {
        Change::Edit { edit, .. } => rows_told(edit, lang),
        Change::Head(edit) => rows_told(edit, lang),
        _ => None,
    };
    let told = rows.unwrap_or_else(|| vec![change.told(lang)]);
    told.iter().flat_map(|line| printed::hanging("  ", line)).collect()
}

fn rows_told<F: FieldOf>(edit: &Edit<F>, lang: Lang) -> Option<Vec<String>> {
    let (Value::Table(before), Value::Table(after)) = (&edit.before, &edit.after) else { return None };
    let label = edit.field.row().label.say(lang);
    let told = |sign: char, rows: Vec<String>| {
        rows.into_iter().map(move |row| format!("{label}: {sign} {}", text::line(&row))).collect::<Vec<_>>()
    };
    let (went, came) = (before.without(after), after.without(before));
    let told = [told('−', went.told_whole(lang)), told('+', came.told_whole(lang))].concat();
    // Rows that stand in another order are told as every other field.
    (!told.is_empty()).then_some(told)
}

fn object(change: &Change, before: &Plan, after: &Plan) -> Json {
    let task = change.task().and_then(|id| after.task(id).or_else(|| before.task(id)));
    let mut object = vec![
        ("task", json!(change.task().map(ToString::to_string))),
        ("no", json!(task.map(|task| &task.no))),
        ("title", json!(task.map(|task| &task.title))),
    ];
    match change {
        Change::Edit { edit, .. } => object.extend(values(edit, "edited")),
        Change::Head(edit) => object.extend(values(edit, "head")),
        Change::Add { .. } => object.push(("change", json!("added"))),
        Change::Remove { .. } => object.push(("change", json!("removed"))),
        Change::Move { .. } => object.push(("change", json!("moved"))),
    }
    json!(Object(object))
}

fn values<F: FieldOf>(edit: &Edit<F>, change: &str) -> [(&'static str, Json); 4] {
    [
        ("change", json!(change)),
        ("field", json!(edit.field.row().name)),
        ("from", json!(edit.before)),
        ("to", json!(edit.after)),
    ]
}
