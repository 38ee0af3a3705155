//! All that can be known of files and folders, to be compared with what it is later.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::paths_in;

/// Longer files are told by their times.
const READ: u64 = 1 << 20;

/// A folder and everything in it.
#[derive(Debug)]
pub(super) struct Picture {
    of: PathBuf,
    found: BTreeMap<PathBuf, Found>,
}

#[derive(Debug, PartialEq, Eq)]
struct Found {
    owner: (u32, u32),
    /// The kind of file as well.
    mode: u32,
    length: u64,
    written: (i64, i64),
    content: Content,
}

#[derive(Debug, PartialEq, Eq)]
enum Content {
    Text(String),
    Link(PathBuf),
    Other,
}

impl Picture {
    /// What is in `but` is left out.
    pub(super) fn of(folder: &Path, but: &[PathBuf]) -> Self {
        let paths = std::iter::once(folder.to_owned()).chain(paths_in(folder));
        let paths = paths.filter(|path| !but.iter().any(|it| path.starts_with(it)));
        let found = paths.map(|path| {
            let found = Found::at(&path);
            (path, found)
        });
        Self { of: folder.to_owned(), found: found.collect() }
    }

    /// What is otherwise in a later one, a file a line.
    pub(super) fn changes(&self, later: &Self) -> Vec<String> {
        let all: Vec<_> =
            self.found.keys().chain(later.found.keys().filter(|it| !self.found.contains_key(*it))).collect();
        all.into_iter().filter_map(|path| self.change(later, path)).collect()
    }

    fn change(&self, later: &Self, path: &Path) -> Option<String> {
        let told = match (self.found.get(path), later.found.get(path)) {
            (Some(before), Some(after)) if before == after => return None,
            (Some(before), Some(after)) => before.told(after),
            (Some(_), None) => "is gone".to_owned(),
            (None, _) => "is new".to_owned(),
        };
        Some(format!("{} {told}", path.strip_prefix(&self.of).unwrap_or(path).display()))
    }

    /// The files in which this stands. What has a second name is no copy, wherever that is.
    pub(super) fn files_with(&self, text: &str) -> Vec<&PathBuf> {
        let has = |found: &Found| matches!(&found.content, Content::Text(content) if content.contains(text));
        let is_alone = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.nlink() == 1);
        self.found.iter().filter(|(path, found)| has(found) && is_alone(path)).map(|it| it.0).collect()
    }
}

impl Found {
    fn at(path: &Path) -> Self {
        let found = fs::symlink_metadata(path).unwrap();
        Self {
            owner: (found.uid(), found.gid()),
            mode: found.mode(),
            // Of a folder it is the room for its entries, which are told one by one.
            length: if found.is_dir() { 0 } else { found.len() },
            written: (found.mtime(), found.mtime_nsec()),
            content: Content::of(path, &found),
        }
    }

    /// What became of it, the most telling first.
    fn told(&self, after: &Self) -> String {
        if self.mode != after.mode {
            return format!("had the mode {:o}, has {:o}", self.mode, after.mode);
        }
        if self.owner != after.owner {
            return format!("belonged to {:?}, belongs to {:?}", self.owner, after.owner);
        }
        if self.content == after.content && self.length == after.length {
            return "was written at another time".to_owned();
        }
        format!("had {} bytes, has {}", self.length, after.length)
    }
}

impl Content {
    fn of(path: &Path, found: &Metadata) -> Self {
        if found.is_symlink() {
            return Self::Link(fs::read_link(path).unwrap());
        }
        if !found.is_file() || found.len() > READ {
            return Self::Other;
        }
        Self::Text(String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned())
    }
}
