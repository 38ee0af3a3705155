//! Which plan is meant, and which task of it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::plan_file::PlanFile;
use super::{Call, CliError, Exit, MissingPlan, Streams, help, printed};
use crate::plan::new_plan;
use crate::store::{self, Store, StoreError};
use crate::text;
use crate::words::{Phrase, tr};

/// The plans that were named; else those that are found.
pub(super) fn plans(call: &Call, named: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let plans = named_or_found(call, named);
    if plans.is_empty() { Err(call.unable(NO_PLAN)) } else { Ok(plans) }
}

fn named_or_found(call: &Call, named: &[PathBuf]) -> Vec<PathBuf> {
    if named.is_empty() { found(call) } else { files_of(named) }
}

const NO_PLAN: Phrase = Phrase::new(
    "tiendo: không thấy kế hoạch nào (*.ron) ở đây, trong data/ hoặc trong các thư mục đã cấu hình",
    "tiendo: no plan (*.ron) here, in data/ or in the configured folders",
);

/// The plans of `TIENDO_PLAN`, of the configuration, or of this folder and `data/`.
pub(super) fn found(call: &Call) -> Vec<PathBuf> {
    if let Some(plan) = &call.environment.variables.plan {
        return files(plan);
    }
    let configured = call.settings.config.folders.iter().map(|folder| at_home(folder, call));
    let configured = plans_of(configured);
    if configured.is_empty() { plans_of([".", "data"].map(PathBuf::from)) } else { configured }
}

/// What the screens are to open. On a terminal there may be no plan yet, and one that was asked for can be made.
pub(super) fn to_open(
    call: &Call,
    named: &[PathBuf],
) -> Result<(Vec<PathBuf>, Option<MissingPlan>), CliError> {
    let opened = plans(call, named).and_then(|plans| expect_files(call, &plans).map(|()| plans));
    match (opened, named) {
        (Ok(plans), _) => Ok((plans, None)),
        (Err(error), _) if !call.environment.can_draw() => Err(error),
        (Err(error), [path]) if is_to_be_made(path) => {
            Ok((Vec::new(), Some(MissingPlan { path: path.clone(), told: error.message().to_owned() })))
        }
        (Err(_), _) if named_or_found(call, named).is_empty() => Ok((Vec::new(), None)),
        (Err(error), _) => Err(error),
    }
}

/// A name that nothing has, not even a link, and that a plan may have.
fn is_to_be_made(path: &Path) -> bool {
    let found = path.symlink_metadata().map_err(|error| error.kind());
    matches!(found, Err(ErrorKind::NotFound)) && new_plan::is_file_name(path)
}

/// The folder in which a plan is made, if there is no other: the one that was named, or the first of those in which
/// plans are looked for.
pub(super) fn folder(call: &Call, named: &[PathBuf]) -> PathBuf {
    let variable = call.environment.variables.plan.as_ref();
    let named = named.first().or(variable).filter(|path| path.is_dir()).cloned();
    let configured = || call.settings.config.folders.first().map(|folder| at_home(folder, call));
    named.or_else(configured).unwrap_or_default()
}

/// Refuses names that no file has. One behind a plan may be a verb that has come too late.
pub(super) fn expect_files(call: &Call, plans: &[PathBuf]) -> Result<(), CliError> {
    let Some(at) = plans.iter().position(|path| !path.exists()) else {
        return Ok(());
    };
    let verb = help::VERBS.iter().find(|(name, _)| at > 0 && Path::new(name) == plans[at]);
    let Some((verb, _)) = verb else {
        return Err(call.file_error(&plans[at], &StoreError::Read(ErrorKind::NotFound.into())));
    };
    let plan = printed::path(&plans[0]);
    Err(CliError::unable(tr!(
        call.lang(),
        "tiendo: ghi tệp kế hoạch sau tên lệnh: tiendo {verb} {plan}",
        "tiendo: the plan goes after the command: tiendo {verb} {plan}"
    )))
}

/// The plan that a verb is about, read.
pub(super) fn open<'a>(call: &'a Call, named: &[PathBuf]) -> Result<PlanFile<'a>, CliError> {
    open_at(call, &path(call, named)?, named, Store::open_with)
}

/// The same for a verb that changes it: while somebody is typing in the file, as it last was. The change then waits.
pub(super) fn open_to_change<'a>(call: &'a Call, named: &[PathBuf]) -> Result<PlanFile<'a>, CliError> {
    open_at(call, &path(call, named)?, named, Store::open_as_it_was)
}

/// The plans that were asked for, as far as they open.
pub(super) struct OpenedPlans<'a> {
    pub(super) files: Vec<PlanFile<'a>>,
    pub(super) asked: usize,
}

impl OpenedPlans<'_> {
    pub(super) const fn are_several(&self) -> bool {
        self.asked > 1
    }

    /// Fine, if all of them have opened.
    pub(super) const fn exit(&self) -> Exit {
        if self.files.len() == self.asked { Exit::Fine } else { Exit::Unable }
    }
}

/// All of the plans that were named. Why some of them do not open is said; one alone has to.
pub(super) fn open_all<'a>(
    call: &'a Call,
    named: &[PathBuf],
    streams: &mut Streams,
) -> Result<OpenedPlans<'a>, CliError> {
    let paths = plans(call, named)?;
    let mut files = Vec::new();
    for path in &paths {
        match open_at(call, path, named, Store::open_with) {
            Ok(file) => files.push(file),
            Err(error) if paths.len() == 1 => return Err(error),
            Err(error) => drop(error.report(streams)),
        }
    }
    Ok(OpenedPlans { files, asked: paths.len() })
}

/// How one of several plans is called: by its file alone, if no two are called so.
pub(super) fn plan_name(files: &[PlanFile], at: usize) -> String {
    let path = files[at].store.path();
    let is_clear = files.iter().filter(|file| file.store.path().file_name() == path.file_name()).count() == 1;
    let name = path.file_name().filter(|_| is_clear).map_or(path, Path::new);
    text::line(&name.to_string_lossy()).into_owned()
}

/// Opens a plan, or says why it does not open. Nobody has typed the name that a variable has.
fn open_at<'a>(
    call: &'a Call,
    path: &Path,
    named: &[PathBuf],
    open: fn(&Path, Option<&Path>) -> Result<Store, StoreError>,
) -> Result<PlanFile<'a>, CliError> {
    match open(path, call.environment.state_folder().as_deref()) {
        Ok(store) => Ok(PlanFile::of(call, store)),
        Err(error) => Err(match &call.environment.variables.plan {
            Some(plan) if named.is_empty() && path.starts_with(plan) => {
                CliError::unable(format!("TIENDO_PLAN: {}", printed::error(path, &error, call.lang())))
            }
            _ => call.file_error(path, &error),
        }),
    }
}

/// The path of the plan that a verb is about.
pub(super) fn path(call: &Call, named: &[PathBuf]) -> Result<PathBuf, CliError> {
    let mut plans = plans(call, named)?;
    if plans.len() == 1 {
        return Ok(plans.remove(0));
    }
    let heading = call.say(SEVERAL_PLANS).to_owned();
    let list = |message, plan: &PathBuf| format!("{message}\n  {}", printed::path(plan));
    Err(CliError::unable(plans.iter().fold(heading, list)))
}

const SEVERAL_PLANS: Phrase =
    Phrase::new("tiendo: có nhiều kế hoạch, hãy ghi rõ:", "tiendo: there are several plans, name one:");

/// The plans and the task that were named, either of which may have been left out. What stands last is a plan if it is
/// called like one, or stands alone and is there.
pub(super) fn split_task(named: &[PathBuf]) -> (&[PathBuf], Option<String>) {
    let is_plan = |path: &Path| {
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
            || path.is_dir()
            || named.len() == 1 && path.exists()
    };
    match named.split_last() {
        Some((last, plans)) if !is_plan(last) => {
            (plans, Some(text::nfc(&last.to_string_lossy()).into_owned()))
        }
        _ => (named, None),
    }
}

/// The plans in all of the folders. One that cannot be read has none.
fn plans_of(folders: impl IntoIterator<Item = PathBuf>) -> Vec<PathBuf> {
    folders.into_iter().flat_map(|folder| store::find_plans(&folder)).map(bare).collect()
}

fn files_of(paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.iter().flat_map(|path| files(path)).collect()
}

/// The plans in a folder, or the file itself.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() { store::find_plans(path) } else { vec![path.to_owned()] }
}

/// `plan.ron` rather than `./plan.ron`.
fn bare(path: PathBuf) -> PathBuf {
    path.strip_prefix(".").map(Path::to_owned).unwrap_or(path)
}

/// The folder, with the home folder for a leading `~`.
fn at_home(folder: &Path, call: &Call) -> PathBuf {
    match (folder.strip_prefix("~"), &call.environment.variables.home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => folder.to_owned(),
    }
}
