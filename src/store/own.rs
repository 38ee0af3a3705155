//! Files in a folder of the user's own, each about one plan.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use super::digest::digest;

/// Writes a whole file, or leaves the old one. It is on the disk afterwards, and nobody else can read it.
pub(super) fn write(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let new = folder.join(format!(".{name}-{}", std::process::id()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&new, folder.join(name))?;
    File::open(folder)?.sync_all()
}

/// What stands for a plan in the names of such files: the same, however the plan is named.
pub(super) fn sign(plan: &Path) -> String {
    let real = fs::canonicalize(plan).unwrap_or_else(|_| plan.to_owned());
    format!("{:016x}", digest(real.as_os_str().as_bytes()))
}
