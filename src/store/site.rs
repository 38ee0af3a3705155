//! Where a plan lies, and the places beside it that the program keeps for itself.
//!
//! Nothing in those places is data: whoever deletes `.tiendo` loses the earlier texts and no more.

use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::digest::digest;

#[derive(Debug, Clone)]
pub(super) struct Site {
    /// The file itself, every symlink resolved: what is saved is saved next to it, and the links stay links.
    pub(super) file: PathBuf,
    /// `.tiendo` in the plan's folder.
    side: PathBuf,
    /// The plan's name, short enough for an ending.
    name: OsString,
    /// A folder of the user's own, for plans in folders that he may not write.
    state: Option<PathBuf>,
}

/// A new text that is still being written: nobody's but ours, and never yet in the plan's place.
const PART: &str = "part";
/// A whole text that is about to be, or was, exchanged with the plan's.
const SWAP: &str = "swap-";
/// A file in the making that all those will have who have the plan.
const NEW: &str = "new.";

impl Site {
    pub(super) fn of(path: &Path, state: Option<&Path>) -> io::Result<Self> {
        Ok(Self::new(fs::canonicalize(path)?, state.map(Path::to_owned)))
    }

    /// The same for another file.
    pub(super) fn at(&self, file: PathBuf) -> Self {
        Self::new(file, self.state.clone())
    }

    fn new(file: PathBuf, state: Option<PathBuf>) -> Self {
        let side = file.parent().unwrap_or(Path::new("/")).join(".tiendo");
        let name = short(file.file_name().unwrap_or_default());
        Self { file, side, name, state }
    }

    pub(super) fn folder(&self) -> &Path {
        self.file.parent().unwrap_or(Path::new("/"))
    }

    pub(super) fn side(&self) -> &Path {
        &self.side
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.beside("lock")
    }

    pub(super) fn part(&self) -> PathBuf {
        self.beside(PART)
    }

    /// The name says which two texts are exchanged, so that after a crash it can be told whose the other is.
    pub(super) fn swap(&self, old: &[u8], new: &[u8]) -> PathBuf {
        self.beside(&format!("{SWAP}{:016x}-{:016x}", digest(old), digest(new)))
    }

    pub(super) fn snapshots(&self) -> PathBuf {
        self.beside("snap")
    }

    /// What was saved, and by whom.
    pub(super) fn log(&self) -> PathBuf {
        self.beside("log")
    }

    pub(super) fn old_log(&self) -> PathBuf {
        self.beside("log.old")
    }

    /// The changes that an editor has overwritten and that nobody has decided about.
    pub(super) fn missing(&self) -> PathBuf {
        self.beside("missing")
    }

    /// Where the journal of a save in place may be.
    pub(super) fn journals(&self) -> Vec<PathBuf> {
        self.beside_or_own("journal")
    }

    /// Where the changes may be that cannot be saved yet.
    pub(super) fn waiting(&self) -> Vec<PathBuf> {
        self.beside_or_own("waiting")
    }

    /// Beside the plan, so that everybody finds it, or at the user's.
    fn beside_or_own(&self, ending: &str) -> Vec<PathBuf> {
        let own = format!("{ending}-{:016x}", digest(self.file.as_os_str().as_bytes()));
        let own = self.state.iter().map(|state| state.join(&own));
        std::iter::once(self.beside(ending)).chain(own).collect()
    }

    /// The unfinished texts of saves that were cut short.
    pub(super) fn leftovers(&self) -> Vec<Leftover> {
        let Ok(entries) = fs::read_dir(&self.side) else { return Vec::new() };
        entries.flatten().filter_map(|entry| self.leftover(&entry.file_name())).collect()
    }

    fn leftover(&self, name: &OsStr) -> Option<Leftover> {
        let ending = name.as_bytes().strip_prefix(self.name.as_bytes())?.strip_prefix(b".")?;
        let ending = std::str::from_utf8(ending).ok()?;
        let path = self.side.join(name);
        if ending == PART || ending.starts_with(NEW) {
            return Some(Leftover { path, known: None });
        }
        let (old, new) = ending.strip_prefix(SWAP)?.split_once('-')?;
        let number = |text| u64::from_str_radix(text, 16).ok();
        Some(Leftover { path, known: Some([number(old)?, number(new)?]) })
    }

    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.name.clone();
        name.push(".");
        name.push(ending);
        self.side.join(name)
    }

    /// Makes sure that one of the folders is there in which something can be kept.
    pub(super) fn make_folder(&self, folder: &Path) -> io::Result<()> {
        if folder == self.side() {
            return self.make_side();
        }
        DirBuilder::new().recursive(true).mode(0o700).create(folder)
    }

    /// Makes an empty file in `.tiendo`, unless it is there. It is made under a name that one thread of one process
    /// has: once it bears its own, whoever may write the plan may write it, whatever the umask of the one who came
    /// first.
    pub(super) fn make_file(&self, path: &Path) -> io::Result<()> {
        let new = self.new_file();
        // What bears this thread's name already is what a dead one has left.
        let _ = fs::remove_file(&new);
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
        let made = self.fit_to_plan(&file).and_then(|()| publish(&new, path));
        if made.is_err() {
            // Whoever was first and has his turn by now may have cleared it away already.
            let _ = fs::remove_file(&new);
        }
        match made {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            made => made,
        }
    }

    /// The name that one thread of one process has.
    pub(super) fn new_file(&self) -> PathBuf {
        self.beside(&format!("{NEW}{}-{:?}", std::process::id(), std::thread::current().id()))
    }

    /// Lets all those have a new file beside the plan who have the plan.
    fn fit_to_plan(&self, file: &File) -> io::Result<()> {
        let plan = fs::metadata(&self.file)?;
        if file.metadata()?.gid() != plan.gid() {
            // Without the group, the others still come in by the bits for everybody, or lock the plan's file alone.
            let _ = std::os::unix::fs::fchown(file, None, Some(plan.gid()));
        }
        file.set_permissions(Permissions::from_mode(plan.mode() & 0o666))
    }

    /// Makes sure that `.tiendo` is there and is a folder. Whoever may write the plan's folder may write this one.
    pub(super) fn make_side(&self) -> io::Result<()> {
        match fs::symlink_metadata(&self.side) {
            Ok(found) if found.is_dir() => return Ok(()),
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            Err(_) => {}
        }
        make_folder_like(&self.side, self.folder())?;
        fs::write(self.side.join(".gitignore"), "*\n")
    }
}

/// A file that a save has left behind when it was cut short.
#[derive(Debug)]
pub(super) struct Leftover {
    pub(super) path: PathBuf,
    /// The digests of the two texts that it can be without being anybody else's. `None`: it is ours for certain.
    pub(super) known: Option<[u64; 2]>,
}

fn publish(new: &Path, path: &Path) -> io::Result<()> {
    match renameat_with(CWD, new, CWD, path, RenameFlags::NOREPLACE) {
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS) => {
            fs::hard_link(new, path)?;
            // It may have been cleared away by whoever has locked the other name by now.
            let _ = fs::remove_file(new);
            Ok(())
        }
        renamed => Ok(renamed?),
    }
}

/// Makes a folder with the group and the permissions of another.
pub(super) fn make_folder_like(folder: &Path, model: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(()),
        made => made?,
    }
    let model = fs::metadata(model)?;
    if fs::metadata(folder)?.gid() != model.gid() {
        // A group that the user is not in cannot be given; then the folder is his alone, and others save in place.
        let _ = std::os::unix::fs::chown(folder, None, Some(model.gid()));
    }
    fs::set_permissions(folder, Permissions::from_mode(model.mode() & 0o7777))
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
impl Site {
    /// In a folder that goes away with the answer.
    pub(super) fn of_an_empty_file() -> (tempfile::TempDir, Self) {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.ron");
        fs::write(&path, "").unwrap();
        let site = Self::of(&path, None).unwrap();
        (folder, site)
    }
}
