//! Reading a file whole, and refusing what is no file for a plan.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;

use super::trouble::{Trouble, Unfit};
use crate::document::LARGEST;

pub(super) const LONGEST: u64 = LARGEST as u64;

/// Opens a regular file, and nothing that could block or be endless.
pub(super) fn open(path: &Path) -> Result<File, Trouble> {
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY;
    let file =
        OpenOptions::new().read(true).custom_flags(flags.bits() as i32).open(path).map_err(|error| {
            match fs::metadata(path) {
                Ok(found) if !found.is_file() && !found.is_dir() => Trouble::Unfit(Unfit::Device),
                _ => Trouble::Read(error),
            }
        })?;
    let found = file.metadata().map_err(Trouble::Read)?;
    match found {
        found if found.is_dir() => Err(Trouble::Unfit(Unfit::Folder)),
        found if !found.is_file() => Err(Trouble::Unfit(Unfit::Device)),
        found if found.len() > LONGEST => Err(Trouble::Unfit(Unfit::TooLong)),
        _ => Ok(file),
    }
}

/// The whole text of an open file.
pub(super) fn whole(file: &File) -> io::Result<Vec<u8>> {
    let length = file.metadata()?.len().min(LONGEST);
    // One byte more, so that the end is seen without asking for more room; and if it grows meanwhile, all of it.
    let mut bytes = Vec::with_capacity(length as usize + 1);
    let mut file = file;
    file.rewind()?;
    file.take(LONGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LONGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// The whole text of the file of that name, as it is at this moment.
pub(super) fn named(path: &Path) -> io::Result<Vec<u8>> {
    match open(path) {
        Ok(file) => whole(&file),
        Err(Trouble::Read(error)) => Err(error),
        Err(_) => Err(io::ErrorKind::InvalidData.into()),
    }
}
