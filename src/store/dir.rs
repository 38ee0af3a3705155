//! A folder that the program keeps files in, opened once: everything in it is reached through the open folder, so that
//! no link that somebody puts in the way leads anywhere else.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::{DirBuilder, File, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rustix::fs::{
    AtFlags, CWD, FileType, Mode, OFlags, RenameFlags, mkdirat, openat, renameat, renameat_with, statat,
    unlinkat,
};
use rustix::io::Errno;

use super::access::AccessRights;
use super::read;

/// An open folder, and whose files in it are believed.
#[derive(Debug)]
pub(super) struct Dir {
    pub(super) fd: OwnedFd,
    /// What it is called when the user is told of it. Nothing is opened by this.
    path: PathBuf,
    trust: Trust,
    /// What stood in the way and was given another name.
    moved: Mutex<Vec<PathBuf>>,
}

/// Whose files are used.
#[derive(Debug, Clone)]
pub(super) enum Trust {
    /// Only those of this user.
    Own,
    /// Those of everybody who may write the plan, which has this access.
    Writers(AccessRights),
    /// Whoever has made them: they are no files of ours.
    Anybody,
}

/// Something in a folder of ours that we have not made, or that somebody has made who may not.
#[derive(Debug)]
pub(super) struct InTheWay {
    pub(super) path: PathBuf,
}

impl fmt::Display for InTheWay {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} is in the way", self.path.display())
    }
}

impl std::error::Error for InTheWay {}

/// What every file is opened with: nothing blocks, nothing is followed, nothing is handed on.
const SAFELY: OFlags = OFlags::NOFOLLOW.union(OFlags::NONBLOCK).union(OFlags::CLOEXEC).union(OFlags::NOCTTY);

const FOLDER: OFlags = OFlags::DIRECTORY.union(OFlags::CLOEXEC).union(OFlags::RDONLY);

impl Dir {
    /// A folder of the user's own. Nothing if there is none; an error if it is somebody else's, or others may write
    /// in it.
    pub(super) fn open_own(path: &Path) -> io::Result<Option<Self>> {
        expect_own_links(path)?;
        let fd = match openat(CWD, path, FOLDER, Mode::empty()) {
            Err(Errno::NOENT) => return Ok(None),
            fd => fd?,
        };
        let found = File::from(fd.try_clone()?).metadata()?;
        if found.uid() != rustix::process::geteuid().as_raw() || found.mode() & 0o022 != 0 {
            return Err(in_the_way(path.to_owned()));
        }
        Ok(Some(Self::new(fd, path.to_owned(), Trust::Own)))
    }

    /// The same, made if it is not there.
    pub(super) fn make_own(path: &Path) -> io::Result<Self> {
        expect_own_links(path)?;
        DirBuilder::new().recursive(true).mode(0o700).create(path)?;
        Self::open_own(path)?.ok_or_else(|| ErrorKind::NotFound.into())
    }

    /// Any folder that the user has named.
    pub(super) fn open_named(path: &Path) -> io::Result<Self> {
        let fd = openat(CWD, path, FOLDER, Mode::empty())?;
        Ok(Self::new(fd, path.to_owned(), Trust::Anybody))
    }

    /// Who may use it.
    pub(super) fn access(&self) -> io::Result<AccessRights> {
        AccessRights::of(&File::from(self.fd.try_clone()?))
    }

    fn new(fd: OwnedFd, path: PathBuf, trust: Trust) -> Self {
        Self { fd, path, trust, moved: Mutex::default() }
    }

    pub(super) fn path_of(&self, name: impl AsRef<OsStr>) -> PathBuf {
        self.path.join(name.as_ref())
    }

    /// What stood in the way and was given another name, since this was last asked.
    pub(super) fn moved(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *self.moved.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A folder in an open one. Nothing if there is none.
    pub(super) fn sub(at: &OwnedFd, path: &Path, trust: Trust) -> io::Result<Option<Self>> {
        let name = path.file_name().unwrap_or_default();
        let fd = match openat(at, name, FOLDER | OFlags::NOFOLLOW, Mode::empty()) {
            Err(Errno::NOENT) => return Ok(None),
            Err(Errno::NOTDIR | Errno::LOOP) => return Err(in_the_way(path.to_owned())),
            fd => fd?,
        };
        let owner = File::from(fd.try_clone()?).metadata()?.uid();
        let folder = Self::new(fd, path.to_owned(), trust);
        let is_of_the_folder_above =
            || Ok::<_, io::Error>(File::from(at.try_clone()?).metadata()?.uid() == owner);
        if folder.trusts(owner) || is_of_the_folder_above()? {
            Ok(Some(folder))
        } else {
            Err(in_the_way(path.to_owned()))
        }
    }

    /// The same, made with the group and the permissions of the one that it is in. Until it has them it bears another
    /// name, and is used only while it is empty and this user's: nothing else can have been put in its place.
    pub(super) fn make_sub(at: &OwnedFd, path: &Path, trust: Trust) -> io::Result<Self> {
        if let Some(folder) = Self::sub(at, path, trust.clone())? {
            return Ok(folder);
        }
        let name = path.file_name().unwrap_or_default();
        let new = unique(name);
        mkdirat(at, &new, Mode::RWXU)?;
        let made =
            furnish(at, &new).and_then(|()| Ok(renameat_with(at, &new, at, name, RenameFlags::NOREPLACE)?));
        if let Err(error) = made {
            let _ = unlinkat(at, &new, AtFlags::REMOVEDIR);
            if is_unsupported(&error) {
                // Renamed otherwise, it could take the place of one that somebody else has just made. Where others are
                // quick enough to use it before it has its access, it stays this user's.
                let _ = mkdirat(at, name, Mode::RWXU).map(|()| furnish(at, name));
            } else if ![ErrorKind::AlreadyExists, ErrorKind::DirectoryNotEmpty].contains(&error.kind()) {
                return Err(error);
            }
        }
        Self::sub(at, path, trust)?.ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn trusts(&self, owner: u32) -> bool {
        match &self.trust {
            Trust::Own => owner == rustix::process::geteuid().as_raw(),
            Trust::Writers(access) => access.may_write(owner),
            Trust::Anybody => true,
        }
    }

    /// A file for reading. Nothing if there is none.
    pub(super) fn open(&self, name: impl AsRef<OsStr>, longest: u64) -> io::Result<Option<File>> {
        self.open_as(name.as_ref(), OFlags::RDONLY, longest)
    }

    /// The bytes of a file. Nothing if there is none.
    pub(super) fn read(&self, name: impl AsRef<OsStr>, longest: u64) -> io::Result<Option<Vec<u8>>> {
        self.open(name, longest)?.map(|file| read::whole(&file)).transpose()
    }

    /// A file for reading and writing, as it is. Nothing if there is none.
    pub(super) fn open_to_write(&self, name: impl AsRef<OsStr>, longest: u64) -> io::Result<Option<File>> {
        self.open_as(name.as_ref(), OFlags::RDWR, longest)
    }

    /// A file for reading and writing: made, if it is not there, and with this access in any case. What is there and
    /// cannot be used is given another name.
    pub(super) fn open_or_make(&self, name: &OsStr, access: &AccessRights, longest: u64) -> io::Result<File> {
        let file = self.open_or_make_as_it_is(name, access, longest)?;
        if access.is_given(&file)? {
            return Ok(file);
        }
        // Somebody else's, who may write the plan as well: the same in a file of ours, for those who may.
        self.replace(name, &read::whole(&file)?, Some(access))?;
        self.open_or_make_as_it_is(name, access, longest)
    }

    /// The same; but a file that this user may not give another access keeps the one it has.
    pub(super) fn open_or_make_as_it_is(
        &self,
        name: &OsStr,
        access: &AccessRights,
        longest: u64,
    ) -> io::Result<File> {
        for _ in 0..ATTEMPTS {
            match self.open_to_write(name, longest) {
                Ok(None) => match self.make_named(name, access) {
                    // Somebody was quicker, or has cleared away what was not finished yet.
                    Err(error) if [ErrorKind::AlreadyExists, ErrorKind::NotFound].contains(&error.kind()) => {
                    }
                    made => return made,
                },
                Ok(Some(file)) => {
                    let _ = access.give(&file);
                    return Ok(file);
                }
                Err(error) if is_in_the_way(&error) => self.set_aside(name)?,
                Err(error) => return Err(error),
            }
        }
        Err(in_the_way(self.path_of(name)))
    }

    /// The same for a file that is this user's alone.
    pub(super) fn open_or_make_own(&self, name: &OsStr, longest: u64) -> io::Result<File> {
        match self.open_to_write(name, longest) {
            Err(error) if is_in_the_way(&error) => self.set_aside(name)?,
            Ok(Some(file)) => return Ok(file),
            Err(error) => return Err(error),
            Ok(None) => {}
        }
        self.make(name)
    }

    fn open_as(&self, name: &OsStr, how: OFlags, longest: u64) -> io::Result<Option<File>> {
        let file = match openat(&self.fd, name, how | SAFELY, Mode::empty()) {
            Err(Errno::NOENT) => return Ok(None),
            // A link, a folder, a socket, a pipe without a reader, a device that is not there.
            Err(Errno::LOOP | Errno::ISDIR | Errno::NXIO | Errno::NODEV) => {
                return Err(in_the_way(self.path_of(name)));
            }
            Err(error @ (Errno::ACCESS | Errno::PERM)) => {
                let found = statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW)?;
                let is_regular = FileType::from_raw_mode(found.st_mode) == FileType::RegularFile;
                let is_ours = is_regular && found.st_nlink == 1 && self.trusts(found.st_uid);
                return Err(if is_ours { error.into() } else { in_the_way(self.path_of(name)) });
            }
            file => File::from(file?),
        };
        let found = file.metadata()?;
        // One that has lost its name in this moment has none.
        let is_fit =
            found.is_file() && found.nlink() <= 1 && self.trusts(found.uid()) && found.len() <= longest;
        if is_fit { Ok(Some(file)) } else { Err(in_the_way(self.path_of(name))) }
    }

    /// Whatever regular file has this name, whoever has made it: somebody else's text that has come out of an exchange.
    pub(super) fn open_any(&self, name: &OsStr) -> io::Result<File> {
        let file = open_at(&self.fd, name, OFlags::RDONLY)?;
        if file.metadata()?.is_file() { Ok(file) } else { Err(in_the_way(self.path_of(name))) }
    }

    /// Whether the name still means the file that is open.
    pub(super) fn is_at(&self, file: &File, name: &OsStr) -> bool {
        is_at(&self.fd, file, name).unwrap_or(false)
    }

    /// An empty file that nobody but this user has, under a name that nothing bears.
    pub(super) fn make(&self, name: &OsStr) -> io::Result<File> {
        let how = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL;
        Ok(File::from(openat(&self.fd, name, how | SAFELY, Mode::RUSR | Mode::WUSR)?))
    }

    /// An empty file that has its access before it has its name.
    pub(super) fn make_named(&self, name: &OsStr, access: &AccessRights) -> io::Result<File> {
        let new = unique(name);
        let file = self.make(&new)?;
        let named = access
            .give(&file)
            .and_then(|()| Ok(renameat_with(&self.fd, &new, &self.fd, name, RenameFlags::NOREPLACE)?));
        let Err(error) = named else { return Ok(file) };
        let _ = self.remove(&new);
        if !is_unsupported(&error) {
            return Err(error);
        }
        // Renamed otherwise, it could take the place of one that somebody else has just made.
        let file = self.make(name)?;
        access.give(&file).map(|()| file)
    }

    /// Puts a whole file in the place of another: all of it is on the disk, or the old one stays.
    pub(super) fn replace(
        &self,
        name: &OsStr,
        bytes: &[u8],
        access: Option<&AccessRights>,
    ) -> io::Result<()> {
        let give = |file: &File| access.map_or(Ok(()), |access| access.give(file));
        self.lay(&unique(name), name, bytes, give).and_then(|_| self.sync())
    }

    /// The only way in which a whole file is made: it is filled under a name that nothing bears, finished with what else
    /// it is to have, synced, and then given its name. Answers with the file, which is still open.
    pub(super) fn lay(
        &self,
        new: &OsStr,
        name: &OsStr,
        bytes: &[u8],
        finish: impl FnOnce(&File) -> io::Result<()>,
    ) -> io::Result<File> {
        let mut file = self.make(new)?;
        let laid = file.write_all(bytes).and_then(|()| finish(&file));
        let laid = laid.and_then(|()| file.sync_all()).and_then(|()| self.rename(new, name));
        if laid.is_err() {
            let _ = self.remove(new);
        }
        laid.map(|()| file)
    }

    /// What cannot be used keeps its content and loses its name; the user is told.
    pub(super) fn set_aside(&self, name: &OsStr) -> io::Result<()> {
        let mut aside = name.to_owned();
        aside.push(".aside");
        let aside = unique(&aside);
        self.rename(name, &aside).map_err(|_| in_the_way(self.path_of(name)))?;
        self.moved.lock().unwrap_or_else(PoisonError::into_inner).push(self.path_of(aside));
        Ok(())
    }

    pub(super) fn rename(&self, from: impl AsRef<OsStr>, to: impl AsRef<OsStr>) -> io::Result<()> {
        Ok(renameat(&self.fd, from.as_ref(), &self.fd, to.as_ref())?)
    }

    /// A file, or a folder with nothing in it.
    pub(super) fn clear(&self, name: &OsStr) -> io::Result<()> {
        match unlinkat(&self.fd, name, AtFlags::empty()) {
            Err(Errno::ISDIR) => Ok(unlinkat(&self.fd, name, AtFlags::REMOVEDIR)?),
            removed => Ok(removed?),
        }
    }

    pub(super) fn remove(&self, name: impl AsRef<OsStr>) -> io::Result<()> {
        Ok(unlinkat(&self.fd, name.as_ref(), AtFlags::empty())?)
    }

    pub(super) fn has(&self, name: &OsStr) -> bool {
        statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW).is_ok()
    }

    /// The names in it.
    pub(super) fn names(&self) -> io::Result<Vec<OsString>> {
        names(&self.fd)
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::fsync(&self.fd)?)
    }
}

/// A link on the way that is neither this user's nor the system's may lead into any folder of this user's.
fn expect_own_links(path: &Path) -> io::Result<()> {
    let own = [0, rustix::process::geteuid().as_raw()];
    let is_others = |part: &&Path| {
        part.symlink_metadata().is_ok_and(|found| found.is_symlink() && !own.contains(&found.uid()))
    };
    path.ancestors().find(is_others).map_or(Ok(()), |link| Err(in_the_way(link.to_owned())))
}

/// Whether the file system does not know how to rename only where nothing has the name.
pub(super) fn is_unsupported(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP))
}

/// Somebody who goes on planting things is not waited for.
const ATTEMPTS: usize = 8;

fn names(folder: &OwnedFd) -> io::Result<Vec<OsString>> {
    let mut names = Vec::new();
    for entry in rustix::fs::Dir::read_from(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_bytes();
        if ![b".".as_slice(), b".."].contains(&name) {
            names.push(OsStr::from_bytes(name).to_owned());
        }
    }
    Ok(names)
}

/// Gives a new folder the group and the permissions of the one that it is in.
fn furnish(at: &OwnedFd, new: &OsStr) -> io::Result<()> {
    let fd = openat(at, new, FOLDER | OFlags::NOFOLLOW, Mode::empty())?;
    let (folder, model) = (File::from(fd.try_clone()?), File::from(at.try_clone()?).metadata()?);
    let found = folder.metadata()?;
    if found.uid() != rustix::process::geteuid().as_raw() || !names(&fd)?.is_empty() {
        return Err(ErrorKind::PermissionDenied.into());
    }
    if found.gid() != model.gid() {
        // A group that the user is not in cannot be given; then the folder is the user's, and others save in place.
        let _ = fchown(&folder, None, Some(model.gid()));
    }
    folder.set_permissions(Permissions::from_mode(model.mode() & 0o7777))
}

/// A file in an open folder, with nothing that blocks and no link followed.
pub(super) fn open_at(folder: &OwnedFd, name: &OsStr, how: OFlags) -> io::Result<File> {
    Ok(File::from(openat(folder, name, how | SAFELY, Mode::empty())?))
}

/// Whether a name in an open folder means an open file.
pub(super) fn is_at(folder: &OwnedFd, file: &File, name: &OsStr) -> io::Result<bool> {
    let (open, named) = (file.metadata()?, statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?);
    Ok((open.dev(), open.ino()) == (named.st_dev, named.st_ino))
}

/// A name that nobody can foresee.
pub(super) fn unique(name: &OsStr) -> OsString {
    let mut unique = name.to_owned();
    unique.push(format!(".{:016x}", random()));
    unique
}

fn random() -> u64 {
    let mut bytes = [0; 8];
    let filled = File::open("/dev/urandom").and_then(|mut file| file.read_exact(&mut bytes));
    // Without that device it is merely a name that no other process has.
    filled.map_or(u64::from(std::process::id()), |()| u64::from_ne_bytes(bytes))
}

pub(super) fn in_the_way(path: PathBuf) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, InTheWay { path })
}

pub(super) fn is_in_the_way(error: &io::Error) -> bool {
    what_is_in_the_way(error).is_some()
}

/// The path of what is in the way, if that is the error.
pub(super) fn what_is_in_the_way(error: &io::Error) -> Option<&Path> {
    error.get_ref()?.downcast_ref::<InTheWay>().map(|it| it.path.as_path())
}
