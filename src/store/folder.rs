//! The other files that the program reads and writes: folders of plans, the configuration, exports.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::likeness::{Likeness, take_after};
use super::trouble::{Trouble, Unfit};
use super::{overwrite, read};
use crate::document::Document;

/// The plans in a folder, by name. A plan in which somebody is just typing is one too.
pub fn find_plans(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    let mut plans: Vec<_> = paths.filter(|path| is_named_like_a_plan(path) && is_plan(path)).collect();
    plans.sort();
    plans
}

fn is_named_like_a_plan(path: &Path) -> bool {
    let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    !is_hidden && path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
}

fn is_plan(path: &Path) -> bool {
    let Ok(bytes) = read::named(path) else { return false };
    let speaks_of_tasks = bytes.windows(6).any(|window| window == b"tasks:");
    speaks_of_tasks || Document::read(bytes).is_ok()
}

/// The text of a file that need not be there, such as the configuration.
pub fn read_text(path: &Path) -> Result<Option<String>, Trouble> {
    match overwrite::steadily(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(Trouble::Read(error))
            if [ErrorKind::NotFound, ErrorKind::NotADirectory].contains(&error.kind()) =>
        {
            Ok(None)
        }
        Err(trouble) => Err(trouble),
    }
}

/// The file or folder itself, behind all symlinks; as it was named where there is none.
pub fn resolved(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// A plan that is not under our care, such as one of the versions that git wants merged.
pub fn read_plan(path: &Path) -> Result<Document, Trouble> {
    Document::read(overwrite::steadily(path)?).map_err(Trouble::Broken)
}

/// Writes a file that is not a plan under our care, such as a report: all of it, or the old one stays.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let path = match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(Trouble::Unfit(Unfit::Folder)),
        // A pipe or a terminal cannot be replaced, and there is nothing in it to be lost.
        Ok(found) if !found.is_file() => return fs::write(path, bytes).map_err(Trouble::Write),
        Ok(_) => fs::canonicalize(path).map_err(Trouble::Write)?,
        Err(_) => path.to_owned(),
    };
    write_by_renaming(&path, bytes).map_err(Trouble::Write)
}

fn write_by_renaming(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = path.with_file_name(new_name(path.file_name().unwrap_or_default()));
    let file = match OpenOptions::new().write(true).create_new(true).open(&new) {
        // The file may be writable where its folder is not.
        Err(error) if error.kind() == ErrorKind::PermissionDenied && path.exists() => {
            return fs::write(path, bytes);
        }
        file => file?,
    };
    let written = fill_and_rename(&file, &new, path, bytes);
    if !matches!(written, Ok(Likeness::Alike)) {
        fs::remove_file(&new)?;
    }
    match written? {
        Likeness::Alike => Ok(()),
        Likeness::Different => fs::write(path, bytes),
    }
}

fn fill_and_rename(mut file: &File, new: &Path, path: &Path, bytes: &[u8]) -> io::Result<Likeness> {
    if let Ok(old) = File::open(path)
        && (old.metadata()?.nlink() > 1 || take_after(file, &old)? == Likeness::Different)
    {
        return Ok(Likeness::Different);
    }
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(new, path)?;
    Ok(Likeness::Alike)
}

/// No other process and no other thread writes under this name.
fn new_name(name: &OsStr) -> std::ffi::OsString {
    let mut new = std::ffi::OsString::from(".");
    new.push(name);
    new.push(format!(".{}-{:?}", std::process::id(), std::thread::current().id()));
    new
}
