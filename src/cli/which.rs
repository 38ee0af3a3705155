//! Which plan is meant, and which task of it.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::{Call, Complaint, VERBS, saying};
use crate::document::Place;
use crate::plan::check::Spot;
use crate::plan::{Task, TaskId, Unnamed};
use crate::store::{self, Store, StoreError};
use crate::text;

use super::arguments::{ID, PLAN, PLANS};

/// The plans that were named; else those of `TIENDO_PLAN`, of the configuration, or of this folder and `data/`.
pub(super) fn plans(call: &Call) -> Result<Vec<PathBuf>, Complaint> {
    let named = call.given.get_many::<PathBuf>(PLANS.name).into_iter().flatten();
    let named: Vec<PathBuf> = named.flat_map(|path| files(path)).collect();
    match (named.is_empty(), call.given.contains_id(PLANS.name)) {
        (false, _) => Ok(named),
        (true, true) => Err(Complaint::NoPlan),
        (true, false) => unnamed(call),
    }
}

/// Refuses names that no file has. One behind a plan may be a verb that has come too late.
pub(super) fn expect_files(plans: &[PathBuf]) -> Result<(), Complaint> {
    let Some(at) = plans.iter().position(|path| !path.exists()) else {
        return Ok(());
    };
    let path = plans[at].clone();
    let verb = VERBS.iter().find(|verb| Path::new(verb.name) == path);
    Err(match (verb, plans.first()) {
        (Some(verb), Some(plan)) if at > 0 => {
            Complaint::PlanBeforeVerb { plan: plan.clone(), verb: verb.name }
        }
        _ => Complaint::File { path, trouble: StoreError::Read(ErrorKind::NotFound.into()) },
    })
}

/// The plan that a verb is about, read.
pub(super) fn open(call: &Call) -> Result<Store, Complaint> {
    open_at(call, path(call)?)
}

/// The same for a verb that changes it: while somebody is typing in the file, as it last was. The change then waits.
pub(super) fn open_to_change(call: &Call) -> Result<Store, Complaint> {
    let path = path(call)?;
    Store::open_as_it_was(&path, call.world.state_folder().as_deref())
        .map_err(|trouble| unopened(call, path, trouble))
}

/// All of several plans, and why some of them do not open. One alone has to.
pub(super) fn open_all(
    call: &Call,
    mut paths: Vec<PathBuf>,
) -> Result<(Vec<Store>, Vec<Complaint>), Complaint> {
    if paths.len() == 1 {
        return Ok((vec![open_at(call, paths.remove(0))?], Vec::new()));
    }
    let (mut stores, mut complaints) = (Vec::new(), Vec::new());
    for path in paths {
        match open_at(call, path) {
            Ok(store) => stores.push(store),
            Err(complaint) => complaints.push(complaint),
        }
    }
    Ok((stores, complaints))
}

/// How one of several plans is called: by its file alone, if no two are called so.
pub(super) fn plan_name(stores: &[Store], at: usize) -> String {
    let path = stores[at].path();
    let name = |store: &Store| store.path().file_name().map(OsStr::to_owned);
    let is_clear = stores.iter().filter(|store| name(store) == name(&stores[at])).count() == 1;
    let name = path.file_name().filter(|_| is_clear).map_or(path, Path::new);
    text::line(&name.to_string_lossy()).into_owned()
}

fn open_at(call: &Call, path: PathBuf) -> Result<Store, Complaint> {
    Store::open_with(&path, call.world.state_folder().as_deref())
        .map_err(|trouble| unopened(call, path, trouble))
}

/// Why a plan does not open. Nobody has typed the name that a variable has.
fn unopened(call: &Call, path: PathBuf, trouble: StoreError) -> Complaint {
    let is_named = call.given.try_contains_id(PLAN.name).unwrap_or(false)
        || call.given.try_contains_id(PLANS.name).unwrap_or(false);
    match &call.world.variables.plan {
        Some(plan) if !is_named && path.starts_with(plan) => Complaint::Variable { path, trouble },
        _ => Complaint::File { path, trouble },
    }
}

/// Its path.
pub(super) fn path(call: &Call) -> Result<PathBuf, Complaint> {
    match call.given.get_one::<PathBuf>(PLAN.name) {
        Some(named) => only(files(named)),
        None => only(unnamed(call)?),
    }
}

/// The plans and the task that were named, either of which may have been left out. What stands last is a plan if it is
/// called like one, or stands alone and is there.
pub(super) fn plans_with_task(call: &Call) -> Result<(Vec<PathBuf>, Option<String>), Complaint> {
    let mut named: Vec<PathBuf> =
        call.given.get_many::<PathBuf>(PLANS.name).into_iter().flatten().cloned().collect();
    let is_alone = named.len() == 1;
    let is_task = |path: &mut PathBuf| {
        let is_called_so = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
        !(is_called_so || path.is_dir() || is_alone && path.exists())
    };
    let task = named.pop_if(is_task).map(|name| text::nfc(&name.to_string_lossy()).into_owned());
    let plans =
        if named.is_empty() { unnamed(call)? } else { named.iter().flat_map(|it| files(it)).collect() };
    if plans.is_empty() { Err(Complaint::NoPlan) } else { Ok((plans, task)) }
}

/// The task that was named.
pub(super) fn task<'a>(call: &Call, store: &'a Store) -> Result<&'a Task, Complaint> {
    let name = call.text(ID.name).expect("the parser asks for it");
    named(&name, store)
}

/// The task that has this id or this number.
pub(super) fn named<'a>(name: &str, store: &'a Store) -> Result<&'a Task, Complaint> {
    store.plan().named(name.trim()).map_err(|unnamed| match unnamed {
        Unnamed::Missing => match store.blocked_by() {
            // Whoever is typing in the file may have just added it.
            Some(StoreError::Broken(problem)) => Complaint::File {
                path: store.path().to_owned(),
                trouble: StoreError::Broken(problem.clone()),
            },
            _ => Complaint::NoTask { path: store.path().to_owned(), name: name.to_owned() },
        },
        Unnamed::Several(tasks) => {
            let tasks = tasks.into_iter().map(|id| (place(store, &id), id)).collect();
            Complaint::SeveralTasks { name: name.to_owned(), tasks }
        }
    })
}

/// Where a task stands: `path:line:column`.
pub(super) fn place(store: &Store, task: &TaskId) -> String {
    let Place { line, column } = store.document().place(&Spot::Task(task.clone()));
    format!("{}:{line}:{column}", saying::path(store.path()))
}

fn only(mut plans: Vec<PathBuf>) -> Result<PathBuf, Complaint> {
    match plans.len() {
        0 => Err(Complaint::NoPlan),
        1 => Ok(plans.remove(0)),
        _ => Err(Complaint::SeveralPlans(plans)),
    }
}

fn unnamed(call: &Call) -> Result<Vec<PathBuf>, Complaint> {
    if let Some(plan) = &call.world.variables.plan {
        return Ok(files(plan));
    }
    let configured = call.settings.config.folders.iter().map(|folder| at_home(folder, call));
    let configured = plans_of(configured);
    let found = if configured.is_empty() { plans_of([".", "data"].map(PathBuf::from)) } else { configured };
    if found.is_empty() { Err(Complaint::NoPlan) } else { Ok(found) }
}

/// The plans in all of the folders. One that cannot be read has none.
fn plans_of(folders: impl IntoIterator<Item = PathBuf>) -> Vec<PathBuf> {
    folders.into_iter().flat_map(|folder| store::find_plans(&folder)).map(bare).collect()
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
    match (folder.strip_prefix("~"), &call.world.variables.home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => folder.to_owned(),
    }
}
