//! Waiting for a lock that somebody else has, and who that is.

use std::fs::{self, File, TryLockError};
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use rustix::io::Errno;

use super::access;
use super::store_error::{StoreError, Writer};

/// How long the lock is waited for.
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

/// Where this process waits for a lock: in the kernel's queue, so that nobody starves, on one thread, however often
/// it gives up waiting.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue(Arc<QueueWaiting>);

#[derive(Debug, Default)]
struct QueueWaiting {
    state: Mutex<QueueState>,
    changed: Condvar,
}

#[derive(Debug, Default)]
enum QueueState {
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
    pub(super) fn lock(
        &self,
        file: File,
        until: Instant,
        patience: &Patience,
        has_lost: impl Fn(i32, Duration) -> bool,
        displace: impl Fn() -> io::Result<File>,
    ) -> Result<File, StoreError> {
        if try_lock(&file)? {
            return Ok(file);
        }
        let (inode, since) = (file.metadata().map_err(StoreError::Write)?.ino(), Instant::now());
        let own = file.try_clone().map_err(StoreError::Write)?;
        let mut state = self.0.enter(inode, file);
        loop {
            state = self.0.changed.wait_timeout(state, LOOK).map_or_else(|it| it.into_inner().0, |it| it.0);
            match std::mem::take(&mut *state) {
                QueueState::Locked(locked) => return locked.map_err(StoreError::Write),
                QueueState::Idle => return Err(StoreError::Busy(None)),
                blocked @ QueueState::Blocked { .. } => *state = blocked,
            }
            let holders = holders(inode);
            let is_displaced =
                !holders.is_empty() && holders.iter().all(|holder| has_lost(*holder, since.elapsed()));
            if is_displaced || patience.is_over(since, until) {
                *state = QueueState::Blocked { inode, is_wanted: false };
                drop(state);
                if is_displaced {
                    return displace().map_err(StoreError::Write);
                }
                return Err(StoreError::Busy(writer(inode, Some(&own))));
            }
        }
    }
}

impl QueueWaiting {
    /// Has a thread wait for the lock, if none does.
    fn enter(self: &Arc<Self>, inode: u64, file: File) -> MutexGuard<'_, QueueState> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let is_blocked = matches!(*state, QueueState::Blocked { inode: other, .. } if other == inode);
        *state = QueueState::Blocked { inode, is_wanted: true };
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
            QueueState::Blocked { inode: wanted, is_wanted: true } if wanted == inode => {
                *state = QueueState::Locked(locked);
            }
            // Nobody waits any more: the file is closed, which frees the lock.
            QueueState::Blocked { inode: wanted, .. } if wanted == inode => *state = QueueState::Idle,
            _ => {}
        }
        drop(state);
        self.changed.notify_all();
    }
}

pub(super) fn try_lock(file: &File) -> Result<bool, StoreError> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) if cannot_lock(&error) => Ok(true),
        Err(TryLockError::Error(error)) => Err(StoreError::Write(error)),
    }
}

/// Some network file systems have no locks, or none on files open for reading. The comparison after the exchange
/// still keeps writers from each other's texts there.
fn cannot_lock(error: &io::Error) -> bool {
    let known = [Errno::NOTSUP, Errno::NOSYS, Errno::NOLCK, Errno::BADF, Errno::INVAL];
    Errno::from_io_error(error).is_some_and(|error| known.contains(&error))
}

/// The processes that have locked a file. The system does not tell everybody everything.
pub(super) fn holders(inode: u64) -> Vec<i32> {
    let locks = fs::read_to_string("/proc/locks").unwrap_or_default();
    let holder = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let is_meant = words.get(1) == Some(&"FLOCK")
            && words.get(5).and_then(|file| file.rsplit(':').next()?.parse().ok()) == Some(inode);
        words.get(4).filter(|_| is_meant)?.parse().ok()
    };
    locks.lines().filter_map(holder).collect()
}

pub(super) fn user_of(process: i32) -> Option<u32> {
    fs::metadata(format!("/proc/{process}")).ok().map(|found| found.uid())
}

pub(super) fn writer(inode: u64, signed: Option<&File>) -> Option<Writer> {
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
