//! The lock that whoever writes a plan has.
//!
//! Everybody who may write in the plan's folder queues at one lock file, which no editor replaces and which only those
//! can open who may write the plan: whoever may merely read it keeps nobody waiting. Who has no lock file there queues
//! at the plan itself.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

use super::access::AccessRights;
use super::dir::{self, Dir};
use super::paths::Paths;
use super::queue::{Patience, holders, try_lock, user_of, writer};
use super::store_error::StoreError;

/// The lock to write, until it is dropped.
#[derive(Debug)]
pub(super) struct QueueLock {
    /// `None` where there can be no lock file.
    lock: Option<(Arc<Dir>, File)>,
    until: Instant,
}

/// Who is stopped for so long in the middle of a save has lost the lock.
const STOPPED: Duration = Duration::from_secs(2);

/// How long a writer in place waits for readers of the plan to finish.
const READERS: Duration = Duration::from_secs(1);

impl QueueLock {
    pub(super) fn wait(paths: &Paths, patience: &Patience) -> Result<Self, StoreError> {
        let until = Instant::now() + patience.longest;
        let opened = paths.opened().map_err(StoreError::Read)?;
        loop {
            let (sidecar, file) = match lock_file(paths) {
                Ok(found) => found,
                Err(error) if is_no_place(&error) => return Ok(Self { lock: None, until }),
                // The plan itself is missing, on which the lock file is modelled.
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(StoreError::Read(error)),
                Err(error) => return Err(StoreError::Write(error)),
            };
            let has_lost = |holder: i32, waited: Duration| {
                // Who is writing into the plan itself would go on doing so.
                let is_in_place = || opened.plan_inode().is_none_or(|plan| holders(plan).contains(&holder));
                !is_legitimate(holder, &opened.access)
                    || waited > STOPPED && is_stopped(holder) && !is_in_place()
            };
            let displace = || displace(paths, &sidecar, &opened.access);
            let file = paths.queue.lock(file, until, patience, has_lost, displace)?;
            let _ = sign(&file);
            let lock = Self { lock: Some((sidecar, file)), until };
            // It may have been put aside while it was waited for.
            if lock.is_ours(paths) {
                return Ok(lock);
            }
        }
    }

    /// Nobody has gone on without us while we were stopped.
    pub(super) fn is_ours(&self, paths: &Paths) -> bool {
        self.lock.as_ref().is_none_or(|(sidecar, file)| sidecar.is_at(file, &paths.lock()))
    }

    /// The folder in which a new file can be laid beside the plan.
    pub(super) fn sidecar(&self) -> Option<&Dir> {
        self.lock.as_ref().map(|(sidecar, _)| &**sidecar)
    }

    /// Opens the file that bears the plan's name. Where there is no lock file it is locked itself, until it is closed.
    pub(super) fn hold(&self, paths: &Paths) -> Result<File, StoreError> {
        let opened = paths.opened().map_err(StoreError::Read)?;
        if !self.is_ours(paths) {
            return Err(StoreError::Busy(None));
        }
        if self.lock.is_some() {
            return opened.open_plan(OFlags::RDONLY).map_err(StoreError::Read);
        }
        loop {
            let file = opened.open_plan(OFlags::RDONLY).map_err(StoreError::Read)?;
            let file = exclusively(file, self.until, &opened.access)?;
            if opened.is_plan(&file).map_err(StoreError::Read)? {
                return Ok(file);
            }
            if Instant::now() > self.until {
                return Err(StoreError::Busy(None));
            }
        }
    }
}

/// Keeps other writers in place out, if they and the readers give way in time: who can only read has no say.
pub(super) fn keep_out(plan: &File, access: &AccessRights) {
    if let Ok(plan) = plan.try_clone() {
        // The lock belongs to all copies of an open file.
        let _ = exclusively(plan, Instant::now() + READERS, access);
    }
}

/// A file that nobody else has locked but those who may not write the plan.
fn exclusively(file: File, until: Instant, access: &AccessRights) -> Result<File, StoreError> {
    let inode = file.metadata().map_err(StoreError::Read)?.ino();
    while !try_lock(&file)? {
        let holders = holders(inode);
        // Who has given the lock back since is none of them: then it is there to be taken.
        if !holders.is_empty() && !holders.iter().any(|holder| is_legitimate(*holder, access)) {
            break;
        }
        if Instant::now() > until {
            return Err(StoreError::Busy(writer(inode, None)));
        }
        thread::sleep(Duration::from_millis(5));
    }
    Ok(file)
}

/// A lock for reading, or nothing if a writer does not finish in time.
pub(super) fn shared(file: File, patience: Duration) -> Option<File> {
    wait_until(Instant::now() + patience, || !matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
        .then_some(file)
}

/// A file of this user's own, locked against the other programs of this user.
pub(super) fn alone(file: File) -> io::Result<File> {
    // Where there are no locks, what is added at the same moment may be lost, and is not promised then.
    let is_locked = || !matches!(file.try_lock(), Err(TryLockError::WouldBlock));
    if wait_until(Instant::now() + READERS, is_locked) {
        Ok(file)
    } else {
        Err(io::ErrorKind::WouldBlock.into())
    }
}

/// Whether it came to be so before the time was over.
pub(super) fn wait_until(end: Instant, mut is_so: impl FnMut() -> bool) -> bool {
    while !is_so() {
        if Instant::now() > end {
            return false;
        }
        thread::sleep(Duration::from_millis(5));
    }
    true
}

/// Whether this user cannot have a lock file beside the plan at all.
fn is_no_place(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, PermissionDenied, ReadOnlyFilesystem};
    dir::is_in_the_way(error) || matches!(error.kind(), NotADirectory | PermissionDenied | ReadOnlyFilesystem)
}

/// The lock file beside the plan, made if it is not there yet, for those who may write the plan.
fn lock_file(paths: &Paths) -> io::Result<(Arc<Dir>, File)> {
    let opened = paths.opened()?;
    let sidecar = opened.make_sidecar()?;
    let file = sidecar.open_or_make_as_it_is(&paths.lock(), &opened.access.of_writers(), LONGEST)?;
    Ok((sidecar, file))
}

/// A lock file has one line in it.
const LONGEST: u64 = 4096;

/// Puts another lock file in the place of one that is held by nobody who has a right to it.
fn displace(paths: &Paths, sidecar: &Dir, access: &AccessRights) -> io::Result<File> {
    let new = dir::unique(&paths.lock());
    let file = sidecar.make(&new)?;
    let placed = access.of_writers().give(&file).and_then(|()| {
        file.try_lock().map_err(io::Error::from)?;
        sidecar.rename(&new, paths.lock())
    });
    if placed.is_err() {
        let _ = sidecar.remove(&new);
    }
    placed.map(|()| file)
}

/// Writes down who has the lock, for those who wait: the time of the file says since when.
fn sign(file: &File) -> io::Result<()> {
    let line = format!("{}\n", std::process::id());
    file.write_all_at(line.as_bytes(), 0)?;
    file.set_len(line.len() as u64)
}

/// Whether a process that holds a lock may hold it. Of whom nothing is known, that is supposed.
fn is_legitimate(process: i32, access: &AccessRights) -> bool {
    user_of(process).is_none_or(|user| access.may_write(user))
}

/// Stopped by a key, a signal or a debugger.
fn is_stopped(process: i32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    status.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with(['T', 't']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Patience = Patience::of(Duration::from_millis(30));
    const LONG: Patience = Patience::of(Duration::from_secs(10));

    fn open(paths: &Paths) -> File {
        paths.opened().unwrap().open_plan(OFlags::RDONLY).unwrap()
    }

    #[test]
    fn a_turn_is_not_waited_for_without_end_and_who_gave_up_takes_none() {
        let (_folder, paths) = Paths::of_an_empty_file();
        let first = QueueLock::wait(&paths, &MOMENT).unwrap();
        let other = paths.at(paths.file.clone());
        for _ in 0..3 {
            let Err(StoreError::Busy(Some(writer))) = QueueLock::wait(&other, &MOMENT) else {
                panic!("it is not our turn")
            };
            assert_eq!(writer.process, std::process::id() as i32);
            assert!(writer.since.is_some());
        }
        drop(first);
        // The one who gave up still stands in the queue, and passes the lock on at once.
        assert!(QueueLock::wait(&paths, &LONG).is_ok());
        assert!(QueueLock::wait(&other, &LONG).is_ok());
    }

    #[test]
    fn the_file_itself_is_held_by_one_at_a_time_where_there_is_no_lock_file() {
        let (_folder, paths) = Paths::of_an_empty_file();
        let turn = |patience: Duration| QueueLock { lock: None, until: Instant::now() + patience };
        let held = turn(MOMENT.longest).hold(&paths).unwrap();
        assert!(matches!(turn(MOMENT.longest).hold(&paths), Err(StoreError::Busy(_))));
        assert!(shared(open(&paths), MOMENT.longest).is_none());
        drop(held);
        assert!(turn(LONG.longest).hold(&paths).is_ok());
    }

    /// In a container the next process may well have the number of the one that was killed.
    #[test]
    fn a_lock_file_that_was_never_finished_keeps_nobody_from_making_one() {
        let (_folder, paths) = Paths::of_an_empty_file();
        let sidecar = paths.opened().unwrap().make_sidecar().unwrap();
        drop(sidecar.make(&dir::unique(&paths.lock())).unwrap());
        assert!(QueueLock::wait(&paths, &MOMENT).is_ok());
    }

    #[test]
    fn the_lock_file_is_made_once() {
        let (folder, paths) = Paths::of_an_empty_file();
        let path = folder.path().join(".tiendo/a.ron.lock");
        drop(QueueLock::wait(&paths, &MOMENT).unwrap());
        let made = std::fs::metadata(&path).unwrap().ino();
        drop(QueueLock::wait(&paths, &MOMENT).unwrap());
        assert_eq!(std::fs::metadata(&path).unwrap().ino(), made);
        assert_eq!(std::fs::read_to_string(folder.path().join(".tiendo/.gitignore")).unwrap(), "*\n");
    }

    /// As after somebody was stopped with the lock in hand and another went on.
    #[test]
    fn who_has_lost_the_turn_saves_nothing_with_it() {
        let (_folder, paths) = Paths::of_an_empty_file();
        let first = QueueLock::wait(&paths, &MOMENT).unwrap();
        let opened = paths.opened().unwrap();
        let _other = displace(&paths, &opened.make_sidecar().unwrap(), &opened.access).unwrap();
        assert!(matches!(first.hold(&paths), Err(StoreError::Busy(_))));
    }
}
