//! Changes that cannot be in the plan's file yet, because somebody is typing in it or the disk is full.
//!
//! They are on the disk before they are promised, in a folder of the user's own, so that nobody else can have them made
//! in this user's name; and they are in the plan before they are taken away from here. One that is found in both is
//! told by the history of its task, and not made again.

use std::fs::File;
use std::io;

use rustix::fs::{FallocateFlags, fallocate};

use super::lines::{self, Records, Safety};
use super::lock;
use super::promise::Promise;
use super::site::Site;
use crate::plan::Plan;

/// A few changes find room even when nothing else does.
const ROOM: u64 = 4096;

/// Whether anything waits, or has waited and is not yet cleared away.
pub(super) fn is_any(site: &Site) -> bool {
    lines::length(&site.waiting()) > 0
}

/// What waits of this user.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    /// Those that are not in the plan yet, oldest first.
    pub(super) promises: Vec<Promise>,
    /// How many only a later version of the program understands.
    pub(super) unknown: usize,
    /// How much of the file was read.
    length: u64,
}

impl Waiting {
    /// What waits to be made on this plan. Where it cannot be read, nothing may be saved past it.
    pub(super) fn of(site: &Site, plan: &Plan) -> io::Result<Self> {
        let Records { known, unknown, length, .. } = lines::read_all::<Promise>(&site.waiting())?;
        let mut promises = Promise::untold(known, plan);
        promises.sort_by_key(|promise| promise.deed.stamp.at);
        Ok(Self { promises, unknown, length })
    }

    /// All of them are in the plan now. What another program of this user has added meanwhile, and what only a later
    /// version understands, stays.
    pub(super) fn clear(&self, site: &Site) {
        if self.length > 0 {
            // What cannot be cleared away is told of in the plan, and is not made again.
            let _ = lines::forget::<Promise>(&site.waiting(), self.length).and_then(|file| take_room(&file));
        }
    }
}

/// Keeps a deed until it can be made.
pub(super) fn keep(site: &Site, promise: &Promise) -> io::Result<()> {
    let (_, file) = lines::open(&site.waiting())?;
    let _alone = lock::alone(file)?;
    lines::append(&site.waiting(), std::slice::from_ref(promise), Safety::Synced)
}

/// Takes room for changes while there is some. Whether there is a place for them.
pub(super) fn reserve(site: &Site) -> bool {
    if lines::is_there(&site.waiting()) {
        return true;
    }
    let file = lines::open(&site.waiting());
    if let Ok((_, file)) = &file {
        // Without room some may find no room later.
        let _ = take_room(file);
    }
    file.is_ok()
}

fn take_room(file: &File) -> io::Result<()> {
    Ok(fallocate(file, FallocateFlags::KEEP_SIZE, 0, ROOM)?)
}
