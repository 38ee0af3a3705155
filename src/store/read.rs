//! Reading an open file whole.

use std::fs::File;
use std::io::{self, Read, Seek};

use crate::document::LARGEST;

pub(super) const LONGEST: u64 = LARGEST as u64;

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
