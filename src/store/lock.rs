//! Whose turn it is to write a plan.
//!
//! Everybody who may write in the plan's folder queues at one lock file, which is never replaced: the plan's own
//! file is, by every editor, and two locks on two files of one name keep nobody apart. Who may not write there
//! queues at the plan's file, and so do the others after the lock file.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

use super::read;
use super::site::Site;
use super::trouble::Trouble;

/// The turn to write, until it is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    /// `None` where the plan's folder may not be written.
    queue: Option<File>,
    until: Instant,
}

/// The plan's file, open and ours alone among all who ask.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) file: File,
}

impl Turn {
    pub(super) fn wait(site: &Site, patience: Duration) -> Result<Self, Trouble> {
        let until = Instant::now() + patience;
        let queue = match lock_file(site) {
            Ok(file) => Some(within(file, until)?),
            Err(error) if is_no_place(&error) => None,
            // The plan itself is missing, on which the lock file is modelled.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Trouble::Read(error)),
            Err(error) => return Err(Trouble::Write(error)),
        };
        Ok(Self { queue, until })
    }

    /// Whether a new file can be laid beside the plan.
    pub(super) fn is_beside(&self) -> bool {
        self.queue.is_some()
    }

    /// Opens and locks the file that bears the plan's name.
    pub(super) fn hold(&self, site: &Site) -> Result<Held, Trouble> {
        loop {
            let file = within(read::open(&site.file)?, self.until)?;
            if read::is_at(&file, &site.file).map_err(Trouble::Read)? {
                return Ok(Held { file });
            }
            if Instant::now() > self.until {
                return Err(Trouble::Busy);
            }
        }
    }
}

/// A lock for reading, or nothing if a writer does not finish in time.
pub(super) fn shared(file: File, patience: Duration) -> Option<File> {
    match file.try_lock_shared() {
        Err(TryLockError::WouldBlock) => {}
        Ok(()) | Err(TryLockError::Error(_)) => return Some(file),
    }
    waited(file, patience, File::lock_shared)?.ok()
}

/// Waits in the kernel's queue, where nobody starves, but on a thread that can be left behind.
fn within(file: File, until: Instant) -> Result<File, Trouble> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {}
        Ok(()) => return Ok(file),
        Err(TryLockError::Error(error)) if cannot_lock(&error) => return Ok(file),
        Err(TryLockError::Error(error)) => return Err(Trouble::Write(error)),
    }
    let patience = until.saturating_duration_since(Instant::now());
    waited(file, patience, File::lock).ok_or(Trouble::Busy)?.map_err(Trouble::Write)
}

fn waited(file: File, patience: Duration, lock: fn(&File) -> io::Result<()>) -> Option<io::Result<File>> {
    let (done, waiting) = mpsc::channel();
    thread::spawn(move || {
        let locked = loop {
            match lock(&file) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                locked => break locked.map(|()| file),
            }
        };
        // Nobody may be waiting any more; then the file comes back here and is closed, which gives the turn away.
        drop(done.send(locked));
    });
    waiting.recv_timeout(patience).ok()
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
    matches!(error.kind(), NotADirectory | PermissionDenied | ReadOnlyFilesystem)
}

/// The lock file beside the plan, made if it is not there yet.
fn lock_file(site: &Site) -> io::Result<File> {
    let path = site.lock();
    match open_existing(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        opened => return opened,
    }
    site.make_side()?;
    site.make_file(&path)?;
    open_existing(&path)
}

/// Without asking to create it: in a sticky folder that would be refused for somebody else's file.
fn open_existing(path: &Path) -> io::Result<File> {
    let open = |write| {
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits() as i32;
        OpenOptions::new().read(true).write(write).custom_flags(flags).open(path)
    };
    match open(true) {
        // A lock on a file that is open for reading serves as well, but for network file systems.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => open(false),
        opened => opened,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt;

    use super::*;

    const MOMENT: Duration = Duration::from_millis(30);

    #[test]
    fn a_turn_is_not_waited_for_without_end_and_who_gave_up_takes_none() {
        let (_folder, site) = Site::of_an_empty_file();
        let first = Turn::wait(&site, MOMENT).unwrap();
        assert!(matches!(Turn::wait(&site, MOMENT), Err(Trouble::Busy)));
        drop(first);
        // The one who gave up still stands in the queue, and passes the turn on at once.
        assert!(Turn::wait(&site, Duration::from_secs(10)).is_ok());
    }

    #[test]
    fn the_file_itself_is_held_by_one_at_a_time_too() {
        let (_folder, site) = Site::of_an_empty_file();
        let turn = Turn::wait(&site, MOMENT).unwrap();
        let held = turn.hold(&site).unwrap();
        let outsider = Turn { queue: None, until: Instant::now() + MOMENT };
        assert!(matches!(outsider.hold(&site), Err(Trouble::Busy)));
        assert!(shared(read::open(&site.file).unwrap(), MOMENT).is_none());
        drop(held);
        let outsider = Turn { queue: None, until: Instant::now() + Duration::from_secs(10) };
        assert!(outsider.hold(&site).is_ok());
    }

    /// In a container the next process may well have the number of the one that was killed.
    #[test]
    fn a_lock_file_that_was_never_finished_keeps_nobody_from_making_one() {
        let (_folder, site) = Site::of_an_empty_file();
        site.make_side().unwrap();
        std::fs::write(site.new_file(), "").unwrap();
        assert!(Turn::wait(&site, MOMENT).is_ok());
    }

    #[test]
    fn the_lock_file_is_made_once() {
        let (folder, site) = Site::of_an_empty_file();
        drop(Turn::wait(&site, MOMENT).unwrap());
        let made = std::fs::metadata(site.lock()).unwrap().ino();
        drop(Turn::wait(&site, MOMENT).unwrap());
        assert_eq!(std::fs::metadata(site.lock()).unwrap().ino(), made);
        assert_eq!(std::fs::read_to_string(folder.path().join(".tiendo/.gitignore")).unwrap(), "*\n");
    }
}
