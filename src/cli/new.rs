//! `tiendo new`: the file of a new plan, without tasks.

use std::path::{Path, PathBuf};

use super::arguments::Typed;
use super::{Call, CliError, Streams, printed};
use crate::plan::{Plan, PlanField};
use crate::store;
use crate::words::tr;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    file: PathBuf,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    title: Option<Typed>,
    #[arg(long, value_name = "YEAR", allow_hyphen_values = true)]
    year: Option<Typed>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    number: Option<Typed>,
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    issuer: Option<Typed>,
    #[arg(long, value_name = "DATE")]
    issued: Option<Typed>,
}

/// Says what was made, and how to go on.
pub(super) fn run(call: &Call, given: &Arguments, streams: &mut Streams) -> Result<(), CliError> {
    let plan = plan(call, given)?;
    store::create(&given.file, &plan).map_err(|error| call.file_error(&given.file, &error))?;
    let (path, Plan { title, year, .. }) = (printed::path(&given.file), &plan);
    let lang = call.lang();
    streams.out.line(tr!(
        lang,
        "{path}: đã lập “{title}”, năm {year}",
        "{path}: “{title}”, {year}, is made"
    ))?;
    let path = in_shell(&given.file);
    Ok(streams.out.line(tr!(
        lang,
        "Mở bảng: tiendo {path} · Thêm việc: tiendo add {path} --title …",
        "Open the board: tiendo {path} · Add a task: tiendo add {path} --title …"
    ))?)
}

fn plan(call: &Call, given: &Arguments) -> Result<Plan, CliError> {
    let this_year = call.now.format("%Y").to_string();
    let text = |typed: &Option<Typed>| typed.as_deref().unwrap_or_default().to_owned();
    let typed = [
        (PlanField::Title, text(&given.title)),
        (PlanField::Number, text(&given.number)),
        (PlanField::Issuer, text(&given.issuer)),
        (PlanField::Year, given.year.as_deref().map_or(this_year, str::to_owned)),
    ];
    let begun = Plan::begin(typed.iter().map(|(field, text)| (*field, text.as_str())));
    let mut plan = begun.map_err(|(field, why)| {
        CliError::unable(format!("tiendo: --{}: {}", field.name(), why.say(call.lang())))
    })?;
    if let Some(typed) = &given.issued {
        plan.issued = Some(call.read_day(PlanField::Issued.name(), typed)?);
    }
    Ok(plan)
}

/// The path as a shell takes it.
fn in_shell(path: &Path) -> String {
    let path = printed::path(path);
    let is_plain = path.chars().all(|letter| letter.is_alphanumeric() || "./_-".contains(letter));
    if is_plain { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
}
