//! The other files that the program reads and writes: folders of plans, the configuration, exports.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::access::AccessRights;
use super::dir::{self, Dir};
use super::metadata::{Copied, copy_metadata};
use super::store_error::{StoreError, UnfitFile};
use super::{read, source};
use crate::document::Document;
use crate::plan::new_plan;

/// The plans in a folder, by name. A plan in which somebody is just typing is one too.
pub fn find_plans(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.flatten().map(|entry| entry.path());
    let mut plans: Vec<_> = paths.filter(|path| new_plan::is_file_name(path) && is_plan(path)).collect();
    plans.sort();
    plans
}

fn is_plan(path: &Path) -> bool {
    let Ok(bytes) = source::named(path) else { return false };
    let speaks_of_tasks = bytes.windows(6).any(|window| window == b"tasks:");
    speaks_of_tasks || Document::read(bytes).is_ok()
}

/// The text of a file that need not be there, such as the configuration.
pub fn read_text(path: &Path) -> Result<Option<String>, StoreError> {
    match source::steadily(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(StoreError::Read(error))
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
pub fn read_plan(path: &Path) -> Result<Document, StoreError> {
    Document::read(source::steadily(path)?).map_err(StoreError::Broken)
}

/// Writes a file that is not a plan under our care, such as a report: all of it, or the old one stays.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let path = match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(StoreError::Unfit(UnfitFile::Folder)),
        // A pipe or a terminal cannot be replaced, and there is nothing in it to be lost.
        Ok(found) if !found.is_file() => return fs::write(path, bytes).map_err(StoreError::Write),
        Ok(_) => fs::canonicalize(path).map_err(StoreError::Write)?,
        Err(_) => path.to_owned(),
    };
    lay_or_overwrite(&path, bytes).map_err(StoreError::Write)
}

/// The folder that a file is in, or is to be in.
pub(super) fn folder_of(path: &Path) -> io::Result<Dir> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    Dir::open_named(folder.unwrap_or(Path::new(".")))
}

fn lay_or_overwrite(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = File::open(path).ok();
    if let Some(old) = &old
        && old.metadata()?.nlink() > 1
    {
        return fs::write(path, bytes);
    }
    let (folder, name) = (folder_of(path)?, path.file_name().unwrap_or_default());
    let laid = folder.lay(&dir::unique(name), name, bytes, |file| match &old {
        None => folder.access()?.give(file),
        Some(old) if copy_metadata(file, old)? == Copied::Alike => Ok(()),
        Some(_) => Err(ErrorKind::PermissionDenied.into()),
    });
    match laid {
        // The file may be writable where its folder is not, or a new file would not get all that the old one has.
        Err(error) if error.kind() == ErrorKind::PermissionDenied && path.exists() => fs::write(path, bytes),
        laid => laid.map(drop),
    }
}

/// What came of adding a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    Now,
    /// It was there.
    Before,
    /// What has the name is a link, or no file of its own: it is left alone.
    NoFile,
}

/// No hand writes more lines than this.
const LONGEST_LINES: u64 = 1 << 20;

/// Adds a line to a file in the folder, such as git's attributes, or makes the file. Blanks in the line may be any.
/// Whoever may use the folder may use what is new in it, whatever this user's umask is.
pub fn add_line(folder: &Path, name: &str, line: &str) -> io::Result<Added> {
    let folder = Dir::open_named(folder)?;
    let old = match folder.open(name, LONGEST_LINES) {
        Err(error) if dir::is_in_the_way(&error) => return Ok(Added::NoFile),
        old => old?,
    };
    let (mut text, access) = match &old {
        Some(old) => (read::whole(old)?, AccessRights::of(old)?),
        None => (Vec::new(), folder.access()?),
    };
    let words = |line: &[u8]| String::from_utf8_lossy(line).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.split(|&byte| byte == b'\n').any(|it| words(it) == words(line.as_bytes())) {
        return Ok(Added::Before);
    }
    if !text.is_empty() && !text.ends_with(b"\n") {
        text.push(b'\n');
    }
    text.extend_from_slice(line.as_bytes());
    text.push(b'\n');
    folder.replace(name.as_ref(), &text, Some(&access))?;
    Ok(Added::Now)
}
