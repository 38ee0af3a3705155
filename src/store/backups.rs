//! The earlier texts of a plan: which there are, and bringing one back.

use std::collections::HashMap;
use std::path::Path;
use std::time::SystemTime;

use super::digest::digest;
use super::lock::QueueLock;
use super::log::Line;
use super::lost_updates::Lost;
use super::paths::Paths;
use super::queue::Patience;
use super::recover;
use super::snapshots::Snapshots;
use super::store_error::{ReadOnly, StoreError};
use super::write::{LOCK_TIMEOUT, retry_until_saved, retry_while_editor_saves, write};
use super::{Saved, Written, log, read, source};
use crate::document::Document;
use crate::plan::{Change, Entry, Plan, Task, TaskId, compare};

/// What a plan's file has been, whether or not it is a plan at the moment.
#[derive(Debug)]
pub struct Backups {
    paths: Paths,
    now: Vec<u8>,
}

/// An earlier text of a plan.
#[derive(Debug, Clone)]
pub struct Backup {
    pub number: u64,
    /// Tells the text from all others.
    pub hash: u64,
    /// When it was written.
    pub at: SystemTime,
    /// Who made the last change in it, unless that was made with another program.
    pub by: Option<String>,
    /// Somebody saved it at a moment when another text won; it is in no later one.
    pub is_unmerged: bool,
    /// What it was saved for: the plan, and the changes from the text before it to this one; as far as that is known.
    pub news: Option<(Plan, Vec<Change>)>,
    /// What bringing it back would change; not known while one of the two is no plan.
    pub difference: Option<Difference>,
    text: Vec<u8>,
}

/// The figures of what is otherwise than in the plan as it is now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Difference {
    /// Tasks that it has and the plan now does not have.
    pub back: usize,
    /// Tasks that only the plan now has.
    pub gone: usize,
    /// Tasks that are not the same.
    pub other: usize,
}

impl Backups {
    pub fn of(path: &Path, state: Option<&Path>) -> Result<Self, StoreError> {
        drop(source::open(path)?);
        let paths = Paths::of(path, state).map_err(StoreError::Read)?;
        let now = source::steadily(&paths.file)?;
        Ok(Self { paths, now })
    }

    /// The texts that are kept, newest first.
    pub fn texts(&self) -> Vec<Backup> {
        let plan = |bytes: &[u8]| Document::read(bytes.to_vec()).ok().map(|it| it.plan().clone());
        let now = plan(&self.now);
        let Some(snapshots) = Snapshots::of(&self.paths) else { return Vec::new() };
        let kept = snapshots.newest_first().into_iter();
        let kept: Vec<_> = kept.filter_map(|text| Some((snapshots.read(&text)?, text))).collect();
        let plans: Vec<_> = kept.iter().map(|(bytes, _)| plan(bytes)).collect();
        let hands = log::hands(&self.paths);
        let texts = kept.into_iter().enumerate().filter_map(|(at, (bytes, text))| {
            let older = plans[at + 1..].iter().flatten().next();
            let (hash, told) = (digest(&bytes), plans[at].as_ref());
            Some(Backup {
                number: text.number,
                hash,
                at: snapshots.written(&text)?,
                by: hands.get(&hash).cloned().or_else(|| last_hand(told?, older)),
                is_unmerged: text.is_unmerged(),
                news: told.zip(older).map(|(plan, older)| (plan.clone(), compare(older, plan))),
                difference: told.zip(now.as_ref()).map(|(then, now)| Difference::of(then, now)),
                text: bytes,
            })
        });
        texts.collect()
    }

    /// Puts an earlier text in the place of the present one, which is kept like all others.
    pub fn bring_back(&self, earlier: &Backup) -> Result<Saved, StoreError> {
        if rustix::fs::access(&self.paths.file, rustix::fs::Access::WRITE_OK).is_err() {
            return Err(StoreError::ReadOnly(ReadOnly::File));
        }
        let new = earlier.text.clone();
        let plan = Document::read(new.clone()).map_err(StoreError::Broken)?;
        let paths = self.paths.pinned().map_err(StoreError::Read)?;
        let lock = retry_while_editor_saves(|| QueueLock::wait(&paths, &Patience::of(LOCK_TIMEOUT)))?;
        let saved = retry_until_saved(|| {
            let held = lock.hold(&paths)?;
            recover::recover(&paths, &lock, &held).map_err(StoreError::Write)?;
            let old = read::whole(&held).map_err(StoreError::Read)?;
            if old == new {
                return Ok(Some(Saved::Nothing));
            }
            match write(&paths, &lock, &held, &old, &new)? {
                Written::Done(saved) => Ok(Some(saved)),
                Written::Slipped(_) => Ok(None),
            }
        })?;
        // What is not in it is not in it on purpose.
        let lost = Lost::in_text(&paths, &new, plan.plan());
        let line = Line { left: lost.missing.commits.clone(), is_whole: Some(true), ..Line::default() };
        let _ = lost.log(&paths, &new, &new, line);
        Ok(saved)
    }
}

/// The last text of the file that was a plan, as far as is known: the newest that is kept, and what was saved after
/// it, if the log still knows that.
pub(super) fn last_plan(paths: &Paths) -> Option<Document> {
    let snapshots = Snapshots::of(paths)?;
    let texts = snapshots.newest_first().into_iter().filter(|text| !text.is_unmerged());
    let mut plans = texts.filter_map(|text| Document::read(snapshots.read(&text)?).ok());
    let kept = plans.next()?;
    Some(log::last_saved(paths, &kept).unwrap_or(kept))
}

/// One of these, or the task as it was in the latest of the earlier texts that have it.
pub(super) fn lost_task(paths: &Paths, lost: &[Task], id: &TaskId) -> Option<Task> {
    if let Some(task) = lost.iter().find(|task| task.id == *id) {
        return Some(task.clone());
    }
    let kept = Snapshots::of(paths).and_then(|snapshots| {
        snapshots.newest_first().iter().find_map(|text| {
            let document = Document::read(snapshots.read(text)?).ok()?;
            document.plan().task(id).cloned()
        })
    });
    kept.or_else(|| log::as_it_went(paths, id))
}

/// Whose the newest line of all histories is, if it is not in the older text as well.
fn last_hand(plan: &Plan, older: Option<&Plan>) -> Option<String> {
    let newest = |plan: &Plan| entries(plan).max_by_key(|entry| entry.at).cloned();
    let last = newest(plan)?;
    (older.and_then(newest).as_ref() != Some(&last)).then_some(last.by)
}

fn entries(plan: &Plan) -> impl Iterator<Item = &Entry> {
    plan.tasks.iter().flat_map(|task| &task.history)
}

impl Difference {
    fn of(then: &Plan, now: &Plan) -> Self {
        let tasks: HashMap<_, _> = now.tasks.iter().map(|task| (&task.id, task)).collect();
        let mut difference = Self::default();
        let mut both = 0;
        for task in &then.tasks {
            match tasks.get(&task.id) {
                None => difference.back += 1,
                Some(now) => {
                    both += 1;
                    difference.other += usize::from(!task.is_same_work(now));
                }
            }
        }
        difference.gone = now.tasks.len() - both;
        difference
    }
}
