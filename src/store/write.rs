//! One attempt to save, and how often and how long it is tried.

use std::fs::File;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::thread;
use std::time::{Duration, Instant};

use super::Written;
use super::lock::QueueLock;
use super::overwrite;
use super::paths::Paths;
use super::replace::{self, ReplaceError};
use super::store_error::StoreError;

/// How long to wait for the lock while others save.
pub(super) const LOCK_TIMEOUT: Duration = Duration::from_secs(20);

/// How long to try again when an editor, which does not queue, saves at the same moment as we.
const RETRY_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a file may be missing or half written while an editor is saving it.
const EDITOR_TIMEOUT: Duration = Duration::from_millis(300);

/// Replaces the file, or writes into it where it has to stay the same one.
pub(super) fn write(
    paths: &Paths,
    lock: &QueueLock,
    held: &File,
    old: &[u8],
    new: &[u8],
) -> Result<Written, StoreError> {
    let has_one_name = held.metadata().map_err(StoreError::Write)?.nlink() == 1;
    if has_one_name && let Some(sidecar) = lock.sidecar() {
        match replace::replace(paths, sidecar, held, old, new) {
            Err(ReplaceError::MustStay) => {}
            Err(ReplaceError::Failed(error)) => return Err(StoreError::Write(error)),
            Ok(written) => return Ok(written),
        }
    }
    overwrite::overwrite(paths, held, old, new).map_err(StoreError::Write)
}

/// Tries again for as long as an editor keeps being quicker.
pub(super) fn retry_until_saved<T>(
    mut attempt: impl FnMut() -> Result<Option<T>, StoreError>,
) -> Result<T, StoreError> {
    let until = Instant::now() + RETRY_TIMEOUT;
    for times in 1.. {
        if let Some(outcome) = retry_while_editor_saves(&mut attempt)? {
            return Ok(outcome);
        }
        if Instant::now() > until {
            break;
        }
        // Longer and longer, so that two programs do not step on each other's toes in time.
        thread::sleep(Duration::from_millis(5 * times.min(20)));
    }
    Err(StoreError::Busy(None))
}

/// Tries again for as long as an editor may be in the middle of saving.
pub(super) fn retry_while_editor_saves<T>(
    mut attempt: impl FnMut() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    let until = Instant::now() + EDITOR_TIMEOUT;
    loop {
        match attempt() {
            Err(trouble) if may_pass(&trouble) && Instant::now() < until => {
                thread::sleep(Duration::from_millis(10));
            }
            result => return result,
        }
    }
}

/// What that looks like: the file is gone, or half of it is there.
fn may_pass(trouble: &StoreError) -> bool {
    match trouble {
        StoreError::Broken(_) => true,
        StoreError::Read(error) => error.kind() == ErrorKind::NotFound,
        _ => false,
    }
}
