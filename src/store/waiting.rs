//! Changes that cannot be in the plan's file yet, because somebody is typing in it or the disk is full.
//!
//! They are on the disk before they are promised, and in the plan before they are taken away from here; one that is
//! found in both is told by the history of its task, and not made again.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rustix::fs::{FallocateFlags, fallocate};

use super::lines::{self, Safety};
use super::promise::Promise;
use super::site::Site;
use crate::plan::Plan;

/// A few changes find room even when nothing else does.
const ROOM: u64 = 4096;

/// Whether anything waits, or has waited and is not yet cleared away.
pub(super) fn is_any(site: &Site) -> bool {
    site.waiting().iter().any(|path| fs::metadata(path).is_ok_and(|found| found.len() > 0))
}

/// What waits, and where it was found.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    /// Those that are not in the plan yet, oldest first.
    pub(super) promises: Vec<Promise>,
    files: Vec<PathBuf>,
}

impl Waiting {
    /// What waits to be made on this plan. Where it cannot be read, nothing may be saved past it; but what is kept
    /// from this user waits for another.
    pub(super) fn of(site: &Site, plan: &Plan) -> io::Result<Self> {
        let mut waiting = Self::default();
        for file in site.waiting() {
            match lines::read::<Promise>(&file) {
                Err(error) if error.kind() == ErrorKind::PermissionDenied => continue,
                promises => waiting.promises.extend(Promise::untold(promises?, plan)),
            }
            waiting.files.push(file);
        }
        waiting.promises.sort_by_key(|promise| promise.deed.stamp.at);
        Ok(waiting)
    }

    /// All of them are in the plan now.
    pub(super) fn clear(&self) {
        for file in &self.files {
            // Who may not clear it leaves deeds that are told of in the plan, and those are not made again.
            let _ = empty(file);
        }
    }
}

fn empty(file: &Path) -> io::Result<()> {
    let open = OpenOptions::new().write(true).open(file)?;
    if open.metadata()?.len() > 0 {
        open.set_len(0)?;
        take_room(&open)?;
    }
    Ok(())
}

/// Keeps a deed until it can be made: beside the plan, where everybody finds it, or else at the user's.
pub(super) fn keep(site: &Site, promise: &Promise) -> io::Result<()> {
    let mut last = io::Error::from(io::ErrorKind::PermissionDenied);
    for path in site.waiting() {
        match lines::append(site, &path, std::slice::from_ref(promise), Safety::Synced) {
            Ok(()) => return Ok(()),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Takes room for changes while there is some.
pub(super) fn reserve(site: &Site) {
    let Some(beside) = site.waiting().into_iter().next() else { return };
    if !beside.exists() && lines::append(site, &beside, &[] as &[Promise], Safety::Usual).is_ok() {
        let _ = OpenOptions::new().write(true).open(beside).and_then(|file| take_room(&file));
    }
}

fn take_room(file: &File) -> io::Result<()> {
    Ok(fallocate(file, FallocateFlags::KEEP_SIZE, 0, ROOM)?)
}
