//! Whose turn it is to write a plan.
//!
//! Everybody who may write in the plan's folder queues at one lock file, which no editor replaces and which only those
//! can open who may write the plan: whoever may merely read it keeps nobody waiting. Who has no lock file there queues
//! at the plan itself.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use rustix::fs::OFlags;

use super::access::{self, Access};
use super::dir::{self, Dir};
use super::site::Site;
use super::trouble::Trouble;

/// The turn to write, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    /// `None` where there can be no lock file.
    lock: Option<(Arc<Dir>, File)>,
    until: Instant,
}

/// The plan's file, open. Where there is no lock file it is locked itself.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) file: File,
}

/// Who is writing a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    pub name: String,
    pub process: i32,
    /// Since when, where that is known.
    pub since: Option<SystemTime>,
}

/// How long is waited for a turn.
#[derive(Debug, Clone)]
pub(super) struct Patience {
    pub(super) longest: Duration,
    /// Once this is so, only as long as somebody who leaves would wait.
    pub(super) is_leaving: Option<Arc<AtomicBool>>,
}

/// How long somebody who leaves would wait.
const LEAVING: Duration = Duration::from_secs(1);

/// How often it is looked who keeps us waiting.
const LOOK: Duration = Duration::from_millis(100);

/// Who is stopped for so long in the middle of a save has lost the turn.
const STOPPED: Duration = Duration::from_secs(2);

/// How long a writer in place waits for readers of the plan to finish.
const READERS: Duration = Duration::from_secs(1);

impl Turn {
    pub(super) fn wait(site: &Site, patience: &Patience) -> Result<Self, Trouble> {
        let until = Instant::now() + patience.longest;
        let opened = site.opened().map_err(Trouble::Read)?;
        loop {
            let (sidecar, file) = match lock_file(site) {
                Ok(found) => found,
                Err(error) if is_no_place(&error) => return Ok(Self { lock: None, until }),
                // The plan itself is missing, on which the lock file is modelled.
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Trouble::Read(error)),
                Err(error) => return Err(Trouble::Write(error)),
            };
            let has_lost = |holder: i32, waited: Duration| {
                // Who is writing into the plan itself would go on doing so.
                let is_in_place = || opened.plan_inode().is_none_or(|plan| holders(plan).contains(&holder));
                !is_legitimate(holder, &opened.access)
                    || waited > STOPPED && is_stopped(holder) && !is_in_place()
            };
            let displace = || displace(site, &sidecar, &opened.access);
            let file = site.queue.lock(file, until, patience, has_lost, displace)?;
            let _ = sign(&file);
            let turn = Self { lock: Some((sidecar, file)), until };
            // It may have been put aside while it was waited for.
            if turn.is_ours(site) {
                return Ok(turn);
            }
        }
    }

    /// Nobody has gone on without us while we were stopped.
    pub(super) fn is_ours(&self, site: &Site) -> bool {
        self.lock.as_ref().is_none_or(|(sidecar, file)| sidecar.is_at(file, &site.lock()))
    }

    /// The folder in which a new file can be laid beside the plan.
    pub(super) fn sidecar(&self) -> Option<&Dir> {
        self.lock.as_ref().map(|(sidecar, _)| &**sidecar)
    }

    /// Opens the file that bears the plan's name.
    pub(super) fn hold(&self, site: &Site) -> Result<Held, Trouble> {
        let opened = site.opened().map_err(Trouble::Read)?;
        if !self.is_ours(site) {
            return Err(Trouble::Busy(None));
        }
        if self.lock.is_some() {
            return Ok(Held { file: opened.open_plan(OFlags::RDONLY).map_err(Trouble::Read)? });
        }
        loop {
            let file = opened.open_plan(OFlags::RDONLY).map_err(Trouble::Read)?;
            let file = exclusively(file, self.until, &opened.access)?;
            if opened.is_plan(&file).map_err(Trouble::Read)? {
                return Ok(Held { file });
            }
            if Instant::now() > self.until {
                return Err(Trouble::Busy(None));
            }
        }
    }
}

impl Patience {
    pub(super) const fn of(longest: Duration) -> Self {
        Self { longest, is_leaving: None }
    }

    fn is_over(&self, since: Instant, until: Instant) -> bool {
        let now = Instant::now();
        let is_leaving = self.is_leaving.as_ref().is_some_and(|it| it.load(Ordering::Relaxed));
        now >= until || is_leaving && now > since + LEAVING
    }
}

/// Keeps other writers in place out, if they and the readers give way in time: who can only read has no say.
pub(super) fn keep_out(plan: &File, access: &Access) {
    if let Ok(plan) = plan.try_clone() {
        // The lock belongs to all copies of an open file.
        let _ = exclusively(plan, Instant::now() + READERS, access);
    }
}

/// A file that nobody else has locked but those who may not write the plan.
fn exclusively(file: File, until: Instant, access: &Access) -> Result<File, Trouble> {
    let inode = file.metadata().map_err(Trouble::Read)?.ino();
    loop {
        match try_lock(&file)? {
            true => return Ok(file),
            false if !holders(inode).iter().any(|holder| is_legitimate(*holder, access)) => return Ok(file),
            false if Instant::now() > until => return Err(Trouble::Busy(writer(inode, None))),
            false => thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// A lock for reading, or nothing if a writer does not finish in time.
pub(super) fn shared(file: File, patience: Duration) -> Option<File> {
    let until = Instant::now() + patience;
    loop {
        match file.try_lock_shared() {
            Ok(()) | Err(TryLockError::Error(_)) => return Some(file),
            Err(TryLockError::WouldBlock) if Instant::now() > until => return None,
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(5)),
        }
    }
}

/// A file of this user's own, locked against the other programs of this user.
pub(super) fn alone(file: File) -> io::Result<File> {
    let until = Instant::now() + READERS;
    loop {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) if Instant::now() > until => {
                return Err(io::ErrorKind::WouldBlock.into());
            }
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(5)),
            // Where there are no locks, what is added at the same moment may be lost, and is not promised then.
            Ok(()) | Err(TryLockError::Error(_)) => return Ok(file),
        }
    }
}

fn try_lock(file: &File) -> Result<bool, Trouble> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) if cannot_lock(&error) => Ok(true),
        Err(TryLockError::Error(error)) => Err(Trouble::Write(error)),
    }
}

/// Some network file systems have no locks, or none on files open for reading. The comparison after the exchange
/// still keeps writers from each other's texts there.
fn cannot_lock(error: &io::Error) -> bool {
    use rustix::io::Errno;
    let errors = [Errno::NOTSUP, Errno::NOSYS, Errno::NOLCK, Errno::BADF, Errno::INVAL];
    errors.iter().any(|known| error.raw_os_error() == Some(known.raw_os_error()))
}

/// Whether this user cannot have a lock file beside the plan at all.
fn is_no_place(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, PermissionDenied, ReadOnlyFilesystem};
    dir::is_in_the_way(error) || matches!(error.kind(), NotADirectory | PermissionDenied | ReadOnlyFilesystem)
}

/// The lock file beside the plan, made if it is not there yet, for those who may write the plan.
fn lock_file(site: &Site) -> io::Result<(Arc<Dir>, File)> {
    let opened = site.opened()?;
    let sidecar = opened.make_sidecar()?;
    let file = sidecar.open_or_make_as_it_is(&site.lock(), &opened.access.of_writers(), LONGEST)?;
    Ok((sidecar, file))
}

/// A lock file has one line in it.
const LONGEST: u64 = 4096;

/// Puts another lock file in the place of one that is held by nobody who has a right to it.
fn displace(site: &Site, sidecar: &Dir, access: &Access) -> io::Result<File> {
    let new = dir::unique(&site.lock());
    let file = sidecar.make(&new)?;
    let placed = access.of_writers().give(&file).and_then(|()| {
        file.try_lock().map_err(io::Error::from)?;
        sidecar.rename(&new, site.lock())
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

/// The processes that have locked a file. The system does not tell everybody everything.
fn holders(inode: u64) -> Vec<i32> {
    let locks = fs::read_to_string("/proc/locks").unwrap_or_default();
    let holder = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_meant = words.get(1) == Some(&"FLOCK")
            && words.get(5).and_then(|file| file.rsplit(':').next()?.parse().ok()) == Some(inode);
        words.get(4).filter(|_| is_meant)?.parse().ok()
    };
    locks.lines().filter_map(holder).collect()
}

fn user_of(process: i32) -> Option<u32> {
    fs::metadata(format!("/proc/{process}")).ok().map(|found| found.uid())
}

/// Whether a process that holds a lock may hold it. Of whom nothing is known, that is supposed.
fn is_legitimate(process: i32, access: &Access) -> bool {
    user_of(process).is_none_or(|user| access.may_write(user))
}

/// Stopped by a key, a signal or a debugger.
fn is_stopped(process: i32) -> bool {
    let status = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    status.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with(['T', 't']))
}

fn writer(inode: u64, signed: Option<&File>) -> Option<Writer> {
    let process = holders(inode).into_iter().find(|process| *process > 0)?;
    let name = access::name(user_of(process)?);
    Some(Writer { name, process, since: signed.and_then(|file| since(file, process)) })
}

fn since(file: &File, process: i32) -> Option<SystemTime> {
    let mut line = [0; 16];
    let length = file.read_at(&mut line, 0).ok()?;
    let signer: i32 = std::str::from_utf8(&line[..length]).ok()?.trim_end().parse().ok()?;
    file.metadata().ok().filter(|_| signer == process)?.modified().ok()
}

/// Where this process waits for a lock: in the kernel's queue, so that nobody starves, on one thread, however often
/// it gives up waiting.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue(Arc<Waiting>);

#[derive(Debug, Default)]
struct Waiting {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
enum State {
    /// No thread waits.
    #[default]
    Idle,
    /// A thread waits for the lock on the file with this inode.
    Blocked {
        inode: u64,
        is_wanted: bool,
    },
    Locked(io::Result<File>),
}

impl Queue {
    fn lock(
        &self,
        file: File,
        until: Instant,
        patience: &Patience,
        has_lost: impl Fn(i32, Duration) -> bool,
        displace: impl Fn() -> io::Result<File>,
    ) -> Result<File, Trouble> {
        if try_lock(&file)? {
            return Ok(file);
        }
        let (inode, since) = (file.metadata().map_err(Trouble::Write)?.ino(), Instant::now());
        let own = file.try_clone().map_err(Trouble::Write)?;
        let mut state = self.0.enter(inode, file);
        loop {
            state = self.0.changed.wait_timeout(state, LOOK).map_or_else(|it| it.into_inner().0, |it| it.0);
            match std::mem::take(&mut *state) {
                State::Locked(locked) => return locked.map_err(Trouble::Write),
                State::Idle => return Err(Trouble::Busy(None)),
                blocked @ State::Blocked { .. } => *state = blocked,
            }
            let holders = holders(inode);
            let is_displaced =
                !holders.is_empty() && holders.iter().all(|holder| has_lost(*holder, since.elapsed()));
            if is_displaced || patience.is_over(since, until) {
                *state = State::Blocked { inode, is_wanted: false };
                drop(state);
                if is_displaced {
                    return displace().map_err(Trouble::Write);
                }
                return Err(Trouble::Busy(writer(inode, Some(&own))));
            }
        }
    }
}

impl Waiting {
    /// Has a thread wait for the lock, if none does.
    fn enter(self: &Arc<Self>, inode: u64, file: File) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let is_blocked = matches!(*state, State::Blocked { inode: other, .. } if other == inode);
        *state = State::Blocked { inode, is_wanted: true };
        if !is_blocked {
            let waiting = Arc::clone(self);
            thread::spawn(move || waiting.block(inode, file));
        }
        state
    }

    fn block(&self, inode: u64, file: File) {
        let locked = loop {
            match file.lock() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                locked => break locked.map(|()| file),
            }
        };
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match *state {
            State::Blocked { inode: wanted, is_wanted: true } if wanted == inode => {
                *state = State::Locked(locked);
            }
            // Nobody waits any more: the file is closed, which gives the turn away.
            State::Blocked { inode: wanted, .. } if wanted == inode => *state = State::Idle,
            _ => {}
        }
        drop(state);
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Patience = Patience::of(Duration::from_millis(30));
    const LONG: Patience = Patience::of(Duration::from_secs(10));

    fn open(site: &Site) -> File {
        site.opened().unwrap().open_plan(OFlags::RDONLY).unwrap()
    }

    #[test]
    fn a_turn_is_not_waited_for_without_end_and_who_gave_up_takes_none() {
        let (_folder, site) = Site::of_an_empty_file();
        let first = Turn::wait(&site, &MOMENT).unwrap();
        let other = site.at(site.file.clone());
        for _ in 0..3 {
            let Err(Trouble::Busy(Some(writer))) = Turn::wait(&other, &MOMENT) else {
                panic!("it is not our turn")
            };
            assert_eq!(writer.process, std::process::id() as i32);
            assert!(writer.since.is_some());
        }
        drop(first);
        // The one who gave up still stands in the queue, and passes the turn on at once.
        assert!(Turn::wait(&site, &LONG).is_ok());
        assert!(Turn::wait(&other, &LONG).is_ok());
    }

    #[test]
    fn the_file_itself_is_held_by_one_at_a_time_where_there_is_no_lock_file() {
        let (_folder, site) = Site::of_an_empty_file();
        let turn = |patience: Duration| Turn { lock: None, until: Instant::now() + patience };
        let held = turn(MOMENT.longest).hold(&site).unwrap();
        assert!(matches!(turn(MOMENT.longest).hold(&site), Err(Trouble::Busy(_))));
        assert!(shared(open(&site), MOMENT.longest).is_none());
        drop(held);
        assert!(turn(LONG.longest).hold(&site).is_ok());
    }

    /// In a container the next process may well have the number of the one that was killed.
    #[test]
    fn a_lock_file_that_was_never_finished_keeps_nobody_from_making_one() {
        let (_folder, site) = Site::of_an_empty_file();
        let sidecar = site.opened().unwrap().make_sidecar().unwrap();
        drop(sidecar.make(&dir::unique(&site.lock())).unwrap());
        assert!(Turn::wait(&site, &MOMENT).is_ok());
    }

    #[test]
    fn the_lock_file_is_made_once() {
        let (folder, site) = Site::of_an_empty_file();
        let path = folder.path().join(".tiendo/a.ron.lock");
        drop(Turn::wait(&site, &MOMENT).unwrap());
        let made = std::fs::metadata(&path).unwrap().ino();
        drop(Turn::wait(&site, &MOMENT).unwrap());
        assert_eq!(std::fs::metadata(&path).unwrap().ino(), made);
        assert_eq!(std::fs::read_to_string(folder.path().join(".tiendo/.gitignore")).unwrap(), "*\n");
    }

    /// As after somebody was stopped with the turn in hand and another went on.
    #[test]
    fn who_has_lost_the_turn_saves_nothing_with_it() {
        let (_folder, site) = Site::of_an_empty_file();
        let first = Turn::wait(&site, &MOMENT).unwrap();
        let opened = site.opened().unwrap();
        let _other = displace(&site, &opened.make_sidecar().unwrap(), &opened.access).unwrap();
        assert!(matches!(first.hold(&site), Err(Trouble::Busy(_))));
    }
}
