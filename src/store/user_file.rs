//! Files in a folder of the user's own, each about one plan.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::digest::digest;
use super::dir::Dir;
use super::read;

/// Writes a whole file, or leaves the old one. It is on the disk afterwards, and nobody else can read it.
pub(super) fn write(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    Dir::make_own(folder)?.replace(name.as_ref(), text.as_bytes(), None)
}

/// A file as it was written. Nothing, where there is none, or somebody else has put it there.
pub(super) fn read(folder: &Path, name: &str) -> Option<Vec<u8>> {
    Dir::open_own(folder).ok()??.read(name, read::LONGEST).ok()?
}

/// What stands for a plan in the names of such files: the same, however the plan is named.
pub(super) fn sign(plan: &Path) -> String {
    let real = fs::canonicalize(plan).unwrap_or_else(|_| plan.to_owned());
    format!("{:016x}", digest(real.as_os_str().as_bytes()))
}
