//! Opening and reading what a path names, and refusing what is no file for a plan.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use rustix::fs::OFlags;

use super::lock;
use super::overwrite::settled;
use super::read::{LONGEST, whole};
use super::store_error::{StoreError, UnfitFile};

/// Opens a regular file, and nothing that could block or be endless.
pub(super) fn open(path: &Path) -> Result<File, StoreError> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let file =
        OpenOptions::new().read(true).custom_flags(flags.bits() as i32).open(path).map_err(|error| {
            match fs::metadata(path) {
                Ok(found) if !found.is_file() && !found.is_dir() => StoreError::Unfit(UnfitFile::Device),
                _ => StoreError::Read(error),
            }
        })?;
    let found = file.metadata().map_err(StoreError::Read)?;
    match found {
        found if found.is_dir() => Err(StoreError::Unfit(UnfitFile::Folder)),
        found if !found.is_file() => Err(StoreError::Unfit(UnfitFile::Device)),
        found if found.len() > LONGEST => Err(StoreError::Unfit(UnfitFile::TooLong)),
        _ => Ok(file),
    }
}

/// The whole text of the file of that name, as it is at this moment.
pub(super) fn named(path: &Path) -> io::Result<Vec<u8>> {
    match open(path) {
        Ok(file) => whole(&file),
        Err(StoreError::Read(error)) => Err(error),
        Err(_) => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// How long a reader lets a writer finish before it looks anyway.
const READER_TIMEOUT: Duration = Duration::from_millis(500);

/// The whole text of the file of that name, but not while one of us is writing in it.
pub(super) fn steadily(path: &Path) -> Result<Vec<u8>, StoreError> {
    let file = open(path)?;
    let file = lock::shared(file, READER_TIMEOUT).map_or_else(|| open(path), Ok)?;
    whole(&file).map(settled).map_err(StoreError::Read)
}
