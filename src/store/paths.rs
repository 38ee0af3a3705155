//! Where a plan lies, and the places beside it and at the user's that the program keeps for itself.
//!
//! Nothing beside the plan is data: whoever deletes `.tiendo` loses the earlier texts and no more. What is still to be
//! made for a user is in that user's own folder, where nobody else can put anything.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustix::fs::{CWD, Mode, OFlags, openat};

use super::access::AccessRights;
use super::digest::digest;
use super::dir::{self, Dir, Trust};
use super::queue::Queue;

#[derive(Debug, Clone)]
pub(super) struct Paths {
    /// The file itself, every symlink resolved: what is saved is saved next to it, and the links stay links.
    pub(super) file: PathBuf,
    /// The plan's name, short enough for an ending.
    name: OsString,
    /// A folder of the user's own, for changes that cannot be saved yet.
    state: Option<PathBuf>,
    /// The plan's folder while a save is under way: all of it happens in this one.
    opened: Option<Arc<Opened>>,
    pub(super) queue: Queue,
}

/// The folder of a plan, open, and who may write the plan.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) folder: OwnedFd,
    path: PathBuf,
    /// The plan's name in the folder.
    pub(super) plan: OsString,
    pub(super) access: AccessRights,
    sidecar: OnceLock<Arc<Dir>>,
}

/// A file of ours, beside the plan or at the user's.
#[derive(Debug, Clone)]
pub(super) struct RecordFile {
    place: RecordPlace,
    pub(super) name: OsString,
}

#[derive(Debug, Clone)]
enum RecordPlace {
    Beside(Paths),
    Own(Option<PathBuf>),
}

/// A new text that is still being written: nobody's but ours, and never yet in the plan's place.
const PART: &str = "part";
/// A whole text that is about to be, or was, exchanged with the plan's.
const SWAP: &str = "swap-";
/// The folder of the earlier texts.
const SNAPSHOTS: &str = "snap";
/// What the files are called that all have who have the plan; the first is only for those who may write it.
const SHARED: [&str; 5] = ["lock", "log", "log.old", "missing", "waiting"];

impl Paths {
    pub(super) fn of(path: &Path, state: Option<&Path>) -> io::Result<Self> {
        Ok(Self::new(fs::canonicalize(path)?, state.map(Path::to_owned)))
    }

    /// The same for another file.
    pub(super) fn at(&self, file: PathBuf) -> Self {
        Self::new(file, self.state.clone())
    }

    fn new(file: PathBuf, state: Option<PathBuf>) -> Self {
        let name = short(file.file_name().unwrap_or_default());
        Self { file, name, state, opened: None, queue: Queue::default() }
    }

    /// The same with its folder open: whatever is done with it is done in this folder.
    pub(super) fn pinned(&self) -> io::Result<Self> {
        Ok(Self { opened: Some(self.opened()?), ..self.clone() })
    }

    /// The plan's folder as it is now, or as it was when it was pinned.
    pub(super) fn opened(&self) -> io::Result<Arc<Opened>> {
        match &self.opened {
            Some(opened) => Ok(Arc::clone(opened)),
            None => Opened::of(&self.file).map(Arc::new),
        }
    }

    /// The folder beside the plan, whether it is there or not.
    pub(super) fn sidecar_path(&self) -> PathBuf {
        self.file.parent().unwrap_or(Path::new("/")).join(SIDECAR)
    }

    pub(super) fn beside(&self, ending: &str) -> OsString {
        let mut name = self.name.clone();
        name.push(".");
        name.push(ending);
        name
    }

    pub(super) fn lock(&self) -> OsString {
        self.beside("lock")
    }

    /// A name for a text that is being written.
    pub(super) fn part(&self) -> OsString {
        dir::unique(&self.beside(PART))
    }

    /// The name says which two texts are exchanged, so that after a crash it can be told whose the other is.
    pub(super) fn swap(&self, old: &[u8], new: &[u8]) -> OsString {
        self.beside(&format!("{SWAP}{:016x}-{:016x}", digest(old), digest(new)))
    }

    pub(super) fn snapshots(&self) -> OsString {
        self.beside(SNAPSHOTS)
    }

    /// A file of records that all have who have the plan.
    pub(super) fn kept(&self, ending: &str) -> RecordFile {
        RecordFile { place: RecordPlace::Beside(self.clone()), name: self.beside(ending) }
    }

    /// What was saved, and by whom.
    pub(super) fn log(&self) -> RecordFile {
        self.kept("log")
    }

    /// The changes of this user that cannot be saved yet.
    pub(super) fn waiting(&self) -> RecordFile {
        self.kept_by_user("waiting")
    }

    pub(super) fn kept_by_user(&self, kind: &str) -> RecordFile {
        let name = format!("{kind}-{:016x}", digest(self.file.as_os_str().as_bytes()));
        RecordFile { place: RecordPlace::Own(self.state.clone()), name: name.into() }
    }

    /// The names of what those have who may read the plan.
    pub(super) fn shared(&self) -> impl Iterator<Item = OsString> {
        SHARED.iter().skip(1).map(|ending| self.beside(ending))
    }

    /// The unfinished texts of saves that were cut short.
    pub(super) fn leftovers(&self, sidecar: &Dir) -> Vec<Leftover> {
        let names = sidecar.names().unwrap_or_default();
        names.into_iter().filter_map(|name| self.leftover(name)).collect()
    }

    fn leftover(&self, name: OsString) -> Option<Leftover> {
        let number = |text: &str| (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok())?;
        if name.to_str().and_then(|name| number(name.strip_prefix(IGNORE)?.strip_prefix('.')?)).is_some() {
            return Some(Leftover { name, known: None });
        }
        let ending = name.as_bytes().strip_prefix(self.name.as_bytes())?.strip_prefix(b".")?;
        let ending = std::str::from_utf8(ending).ok()?;
        if let Some((old, new)) = ending.strip_prefix(SWAP).and_then(|texts| texts.split_once('-')) {
            return Some(Leftover { known: Some([number(old)?, number(new)?]), name });
        }
        let (ours, unique) = ending.rsplit_once('.').unwrap_or((ending, ""));
        let is_unfinished = ending == PART
            || number(unique).is_some() && (ours == PART || ours == SNAPSHOTS || SHARED.contains(&ours));
        is_unfinished.then_some(Leftover { name, known: None })
    }
}

impl Opened {
    fn of(file: &Path) -> io::Result<Self> {
        let path = file.parent().unwrap_or(Path::new("/")).to_owned();
        let flags = OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::RDONLY;
        let folder = openat(CWD, &path, flags, Mode::empty())?;
        let plan = file.file_name().unwrap_or_default().to_owned();
        let access = AccessRights::of(&dir::open_at(&folder, &plan, OFlags::RDONLY)?)?;
        Ok(Self { folder, path, plan, access, sidecar: OnceLock::new() })
    }

    pub(super) fn open_plan(&self, how: OFlags) -> io::Result<File> {
        dir::open_at(&self.folder, &self.plan, how)
    }

    /// The number of the plan's file, if it is there.
    pub(super) fn plan_inode(&self) -> Option<u64> {
        Some(self.open_plan(OFlags::RDONLY).ok()?.metadata().ok()?.ino())
    }

    /// Whether the plan's name still means the file that is open.
    pub(super) fn is_plan(&self, file: &File) -> io::Result<bool> {
        dir::is_at(&self.folder, file, &self.plan)
    }

    /// `.tiendo` in the plan's folder, if there is one.
    pub(super) fn sidecar(&self) -> io::Result<Option<Arc<Dir>>> {
        if let Some(sidecar) = self.sidecar.get() {
            return Ok(Some(Arc::clone(sidecar)));
        }
        let found = Dir::sub(&self.folder, &self.path.join(SIDECAR), Trust::Writers(self.access.clone()))?;
        Ok(found.map(|sidecar| Arc::clone(self.sidecar.get_or_init(|| Arc::new(sidecar)))))
    }

    /// The same, made if it is not there. Whoever may write the plan's folder may write this one.
    pub(super) fn make_sidecar(&self) -> io::Result<Arc<Dir>> {
        let sidecar = if let Some(sidecar) = self.sidecar()? {
            sidecar
        } else {
            let trust = Trust::Writers(self.access.clone());
            let sidecar = Dir::make_sub(&self.folder, &self.path.join(SIDECAR), trust)?;
            Arc::clone(self.sidecar.get_or_init(|| Arc::new(sidecar)))
        };
        if !sidecar.has(IGNORE.as_ref()) {
            sidecar.replace(IGNORE.as_ref(), b"*\n", Some(&self.access))?;
        }
        Ok(sidecar)
    }
}

const SIDECAR: &str = ".tiendo";

/// Says to git that nothing in there is for it.
const IGNORE: &str = ".gitignore";

impl RecordFile {
    /// The folder that it is in, if that is there.
    pub(super) fn dir(&self) -> io::Result<Option<Arc<Dir>>> {
        match &self.place {
            RecordPlace::Beside(paths) => paths.opened()?.sidecar(),
            RecordPlace::Own(Some(state)) => Ok(Dir::open_own(state)?.map(Arc::new)),
            RecordPlace::Own(None) => Ok(None),
        }
    }

    /// The same, made if it is not there.
    pub(super) fn make_dir(&self) -> io::Result<Arc<Dir>> {
        match &self.place {
            RecordPlace::Beside(paths) => paths.opened()?.make_sidecar(),
            RecordPlace::Own(Some(state)) => Dir::make_own(state).map(Arc::new),
            RecordPlace::Own(None) => Err(ErrorKind::NotFound.into()),
        }
    }

    /// Who is to have it: beside the plan those who have the plan, and else this user alone.
    pub(super) fn access(&self) -> io::Result<Option<AccessRights>> {
        match &self.place {
            RecordPlace::Beside(paths) => Ok(Some(paths.opened()?.access.clone())),
            RecordPlace::Own(_) => Ok(None),
        }
    }
}

/// A file that a save has left behind when it was cut short.
#[derive(Debug)]
pub(super) struct Leftover {
    pub(super) name: OsString,
    /// The digests of the two texts that it can be without being anybody else's. `None`: it is ours for certain.
    pub(super) known: Option<[u64; 2]>,
}

/// File names have at most 255 bytes, and the longest ending has 39.
fn short(name: &OsStr) -> OsString {
    const ROOM: usize = 200;
    if name.len() <= ROOM {
        return name.to_owned();
    }
    let mut short = name.as_bytes()[..ROOM - 17].to_vec();
    short.extend(format!("~{:016x}", digest(name.as_bytes())).into_bytes());
    OsString::from_vec(short)
}

#[cfg(test)]
impl Paths {
    /// In a folder that goes away with the answer.
    pub(super) fn of_an_empty_file() -> (tempfile::TempDir, Self) {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.ron");
        fs::write(&path, "").unwrap();
        let paths = Self::of(&path, None).unwrap();
        (folder, paths)
    }
}
