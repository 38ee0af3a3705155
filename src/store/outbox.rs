//! Changes that cannot be in the plan's file yet, because somebody is typing in it or the disk is full.
//!
//! They are on the disk before they are promised, in a folder of the user's own, so that nobody else can have them made
//! in this user's name; and they are in the plan before they are taken away from here. One that is found in both is
//! told by the history of its task, and not made again.

use std::fs::File;
use std::io::{self, ErrorKind};

use rustix::fs::{FallocateFlags, fallocate};

use super::backups::lost_task;
use super::paths::Paths;
use super::promise::Promise;
use super::records::{self, Records, Safety};
use super::store_error::{ReadOnly, StoreError};
use super::{Outcome, Saved, Store, lock, snapshots};
use crate::document::ChangeError;
use crate::plan::{Commit, Plan, Policy, TaskId};

/// A few changes find room even when nothing else does.
const ROOM: u64 = 4096;

/// Whether anything waits, or has waited and is not yet cleared away.
pub(super) fn is_any(paths: &Paths) -> bool {
    records::length(&paths.waiting()) > 0
}

/// What waits of this user.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    /// Those that are not in the plan yet, oldest first.
    pub(super) promises: Vec<Promise>,
    /// How many only a later version of the program understands.
    pub(super) unknown: usize,
    /// How much of the file was read.
    length: u64,
}

impl Outbox {
    /// What waits to be made on this plan. Where it cannot be read, nothing may be saved past it.
    pub(super) fn of(paths: &Paths, plan: &Plan) -> io::Result<Self> {
        let Records { known, unknown, length, .. } = records::read_all::<Promise>(&paths.waiting())?;
        let mut promises = Promise::untold(known, plan);
        promises.sort_by_key(|promise| promise.commit.stamp.at);
        Ok(Self { promises, unknown, length })
    }

    /// All of them are in the plan now. What another program of this user has added meanwhile, and what only a later
    /// version understands, stays.
    pub(super) fn clear(&self, paths: &Paths) {
        if self.length > 0 {
            // What cannot be cleared away is told of in the plan, and is not made again.
            let _ =
                records::forget::<Promise>(&paths.waiting(), self.length).and_then(|file| take_room(&file));
        }
    }
}

/// Keeps a commit until it can be made.
pub(super) fn keep(paths: &Paths, promise: &Promise) -> io::Result<()> {
    let (_, file) = records::open(&paths.waiting())?;
    let _alone = lock::alone(file)?;
    records::append(&paths.waiting(), std::slice::from_ref(promise), Safety::Synced)
}

/// Takes room for changes while there is some. Whether there is a place for them.
pub(super) fn reserve(paths: &Paths) -> bool {
    if records::is_there(&paths.waiting()) {
        return true;
    }
    let file = records::open(&paths.waiting());
    if let Ok((_, file)) = &file {
        // Without room some may find no room later.
        let _ = take_room(file);
    }
    file.is_ok()
}

fn take_room(file: &File) -> io::Result<()> {
    Ok(fallocate(file, FallocateFlags::KEEP_SIZE, 0, ROOM)?)
}

/// What passes by itself or by somebody's hand, while the change is kept.
pub(super) fn takes(trouble: &StoreError) -> bool {
    match trouble {
        StoreError::Broken(_) | StoreError::ReadOnly(ReadOnly::Disk) | StoreError::Busy(_) => true,
        StoreError::Write(error) => matches!(
            error.kind(),
            ErrorKind::StorageFull
                | ErrorKind::QuotaExceeded
                | ErrorKind::FileTooLarge
                | ErrorKind::ReadOnlyFilesystem
        ),
        _ => false,
    }
}

impl Store {
    /// Accepts a change that cannot be saved yet, on the plan as it last was. It is kept as it was made there.
    pub(super) fn put_out(
        &mut self,
        commit: &Commit,
        policy: Policy,
        trouble: StoreError,
    ) -> Result<Outcome, StoreError> {
        self.show_waiting();
        let mut plan = self.plan().clone();
        let find = |id: &TaskId| lost_task(&self.paths, &[], id);
        let made = match commit.make_on(&mut plan, policy, find) {
            Ok(made) => made,
            Err(ChangeError::Conflict(conflict)) => {
                return Ok(Outcome { conflict: Some(conflict), blocked_by: Some(trouble), ..self.unsaved() });
            }
            Err(ChangeError::Unwritable) => return Err(trouble),
        };
        let commit = commit.with(made);
        if commit.changes.is_empty() {
            return Ok(Outcome { blocked_by: Some(trouble), ..self.unsaved() });
        }
        if !is_any(&self.paths) {
            // What the change was made on: should its task be gone when the file is a plan again, it is found here.
            let _ = snapshots::keep_text(&self.paths, self.document.bytes(), None);
        }
        let made = commit.changes.clone();
        let kept = Promise::of(commit, self.plan()).map(|promise| keep(&self.paths, &promise));
        if !matches!(kept, Some(Ok(()))) {
            return Err(trouble);
        }
        self.awaited = Some(plan);
        Ok(Outcome { made, saved: Saved::Waiting, blocked_by: Some(trouble), ..self.unsaved() })
    }

    /// Shows the plan with what waits for it, also where another process has let it wait.
    pub(super) fn show_waiting(&mut self) {
        let outbox = Outbox::of(&self.paths, self.document.plan()).unwrap_or_default();
        let mut plan = self.document.plan().clone();
        for promise in &outbox.promises {
            let (commit, lost) = promise.on(&plan);
            let find = |id: &TaskId| lost_task(&self.paths, &lost, id);
            // What cannot be made even so will be found out when it is its turn to be saved.
            let _ = commit.make_on(&mut plan, Policy::LaterWins, find);
        }
        self.awaited = (!outbox.promises.is_empty()).then_some(plan);
    }
}
