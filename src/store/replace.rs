//! Saving by laying a new file in the plan's place: the way that no crash and no reader ever sees half of.

use std::ffi::OsStr;
use std::fs::File;
use std::io;

use rustix::fs::{OFlags, RenameFlags, renameat, renameat_with};
use rustix::io::Errno;

use super::dir::Dir;
use super::metadata::{Copied, copy_metadata};
use super::paths::{Opened, Paths};
use super::read;
use super::snapshots;
use super::{Saved, Written};

/// Why the plan's file cannot be replaced.
#[derive(Debug)]
pub(super) enum ReplaceError {
    /// It has to stay the same file, and to be written in place.
    MustStay,
    Failed(io::Error),
}

/// One replacement: where it happens.
struct SwapPlace<'a> {
    paths: &'a Paths,
    sidecar: &'a Dir,
    opened: &'a Opened,
}

/// Puts a new text in the place of the old one, if that is still there.
pub(super) fn replace(
    paths: &Paths,
    sidecar: &Dir,
    held: &File,
    old: &[u8],
    new: &[u8],
) -> Result<Written, ReplaceError> {
    let opened = paths.opened().map_err(ReplaceError::Failed)?;
    let place = SwapPlace { paths, sidecar, opened: &opened };
    let swap = paths.swap(old, new);
    place.write_beside(&swap, held, new)?;
    match place.exchange(&swap, old, new) {
        Ok(written) => Ok(written),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            place.rename(held, &swap, old).map_err(|error| place.discard(&swap, error))
        }
        Err(error) => Err(place.discard(&swap, error.into())),
    }
}

impl SwapPlace<'_> {
    /// The new text in a file of its own, on the disk for certain, and like the plan's file in everything else.
    fn write_beside(&self, swap: &OsStr, held: &File, new: &[u8]) -> Result<(), ReplaceError> {
        let mut likeness = Copied::Alike;
        let finish = |file: &File| {
            likeness = copy_metadata(file, held)?;
            let is_whole = read::whole(file)? == new;
            is_whole
                .then_some(())
                .ok_or_else(|| io::Error::other("the disk gave back something else than was written"))
        };
        self.sidecar.lay(&self.paths.part(), swap, new, finish).map_err(ReplaceError::of)?;
        match likeness {
            Copied::Alike => Ok(()),
            Copied::Different => {
                let _ = self.sidecar.remove(swap);
                Err(ReplaceError::MustStay)
            }
        }
    }

    /// Exchanges the two files and looks at what came out. If that is not what we had read, an editor has saved in
    /// between, and goes back to its place; and if it saved once more meanwhile, then that one does. So the last text
    /// that somebody else saved always has the plan's name in the end, and ours is made anew on top of it.
    fn exchange(&self, swap: &OsStr, old: &[u8], new: &[u8]) -> rustix::io::Result<Written> {
        let (mut put, mut expected) = (new.to_vec(), old.to_vec());
        self.rename_to_plan(swap, RenameFlags::EXCHANGE)?;
        for times in 1.. {
            let Ok(out) = self.sidecar.open_any(swap).and_then(|file| read::whole(&file)) else {
                // What came out stays under its name until the next save can read it.
                return Ok(Written::Done(Saved::Unconfirmed));
            };
            if out == expected {
                return Ok(self.conclude(swap, times));
            }
            (put, expected) = (out, put);
            if self.rename_to_plan(swap, RenameFlags::EXCHANGE).is_err() {
                break;
            }
        }
        Ok(self.put_back(swap))
    }

    fn rename_to_plan(&self, swap: &OsStr, how: RenameFlags) -> rustix::io::Result<()> {
        renameat_with(&self.sidecar.fd, swap, &self.opened.folder, &self.opened.plan, how)
    }

    /// After one exchange the plan's name is ours; after two, ours came out again; after more, an editor's text did
    /// that is older than the one in its place and not known to be in it.
    fn conclude(&self, swap: &OsStr, times: u32) -> Written {
        match times {
            1 => {
                let saved = self.confirm();
                // What is left under that name is cleared away by the next save.
                let _ = snapshots::keep_file(self.paths, self.sidecar, swap);
                Written::Done(saved)
            }
            2 => {
                let _ = self.sidecar.remove(swap);
                Written::Slipped(None)
            }
            _ => self.rescue(swap),
        }
    }

    fn rescue(&self, swap: &OsStr) -> Written {
        let rescued = snapshots::rescue_file(self.paths, self.sidecar, swap);
        Written::Slipped(rescued.ok())
    }

    /// Somebody took the plan away at the very moment when that text was to go back: it does, unless a newer one
    /// has come, and else it is kept.
    fn put_back(&self, swap: &OsStr) -> Written {
        match self.rename_to_plan(swap, RenameFlags::NOREPLACE) {
            Ok(()) => Written::Slipped(None),
            Err(_) => self.rescue(swap),
        }
    }

    /// For file systems without exchange: looks once more, and renames at once.
    fn rename(&self, held: &File, swap: &OsStr, old: &[u8]) -> io::Result<Written> {
        let written = held.metadata()?.modified()?;
        let _ = snapshots::keep_text(self.paths, old, Some(written));
        if read::whole(&self.opened.open_plan(OFlags::RDONLY)?)? != old {
            self.sidecar.remove(swap)?;
            return Ok(Written::Slipped(None));
        }
        renameat(&self.sidecar.fd, swap, &self.opened.folder, &self.opened.plan)?;
        Ok(Written::Done(self.confirm()))
    }

    /// The new name is in force; whether it is on the disk too, the folder says.
    fn confirm(&self) -> Saved {
        match rustix::fs::fsync(&self.opened.folder) {
            // Some file systems cannot sync a folder; that is no failure.
            Ok(()) | Err(Errno::INVAL | Errno::NOTSUP) => Saved::Confirmed,
            Err(_) => Saved::Unconfirmed,
        }
    }

    fn discard(&self, name: &OsStr, error: io::Error) -> ReplaceError {
        let _ = self.sidecar.remove(name);
        ReplaceError::of(error)
    }
}

impl ReplaceError {
    /// A folder that may not be written or lies elsewhere, a sticky one, a file that something is mounted on.
    fn of(error: io::Error) -> Self {
        let hindered = [Errno::ACCESS, Errno::PERM, Errno::XDEV, Errno::BUSY, Errno::NAMETOOLONG];
        let is_hindered = Errno::from_io_error(&error).is_some_and(|errno| hindered.contains(&errno));
        if is_hindered { Self::MustStay } else { Self::Failed(error) }
    }
}
