//! Saving by laying a new file in the plan's place: the way that no crash and no reader ever sees half of.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, OFlags, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::Saved;
use super::commit::Written;
use super::likeness::{Likeness, take_after};
use super::lock::Held;
use super::read;
use super::site::Site;
use super::snapshots;

/// Why the plan's file cannot be replaced.
#[derive(Debug)]
pub(super) enum Hindrance {
    /// It has to stay the same file, and to be written in place.
    MustStay,
    Failed(io::Error),
}

/// Puts a new text in the place of the old one, if that is still there.
pub(super) fn replace(site: &Site, held: &Held, old: &[u8], new: &[u8]) -> Result<Written, Hindrance> {
    // The lock on the new file stays until all is done: it bears the plan's name before it is sure to keep it.
    let (_file, swap) = write_beside(site, held, old, new)?;
    match exchange(site, &swap, old, new) {
        Ok(written) => Ok(written),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
            rename(site, held, &swap, old).map_err(|error| discard(&swap, error))
        }
        Err(error) => Err(discard(&swap, error.into())),
    }
}

/// The new text in a file of its own, on the disk for certain, and like the plan's file in everything else.
fn write_beside(site: &Site, held: &Held, old: &[u8], new: &[u8]) -> Result<(File, PathBuf), Hindrance> {
    let (part, swap) = (site.part(), site.swap(old, new));
    let flags = OFlags::NOFOLLOW.bits() as i32;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true).mode(0o600).custom_flags(flags);
    let file = options.open(&part).map_err(Hindrance::of)?;
    match fill(&file, held, new).and_then(|likeness| fs::rename(&part, &swap).map(|()| likeness)) {
        Ok(Likeness::Alike) => Ok((file, swap)),
        Ok(Likeness::Different) => {
            let _ = fs::remove_file(&swap);
            Err(Hindrance::MustStay)
        }
        Err(error) => Err(discard(&part, error)),
    }
}

fn fill(mut file: &File, held: &Held, new: &[u8]) -> io::Result<Likeness> {
    // Nobody else knows the file yet, so that only a file system without locks refuses.
    let _ = file.try_lock();
    file.write_all(new)?;
    let likeness = take_after(file, &held.file)?;
    file.sync_all()?;
    if read::whole(file)? != new {
        return Err(io::Error::other("the disk gave back something else than was written"));
    }
    Ok(likeness)
}

/// Exchanges the two files and looks at what came out. If that is not what we had read, an editor has saved in
/// between, and goes back to its place; and if it saved once more meanwhile, then that one does. So the last text
/// that somebody else saved always has the plan's name in the end, and ours is made anew on top of it.
fn exchange(site: &Site, swap: &Path, old: &[u8], new: &[u8]) -> rustix::io::Result<Written> {
    let (mut put, mut expected) = (new.to_vec(), old.to_vec());
    renameat_with(CWD, swap, CWD, &site.file, RenameFlags::EXCHANGE)?;
    for times in 1.. {
        let Ok(out) = read::named(swap) else {
            // What came out stays under its name until the next save can read it.
            return Ok(Written::Done(Saved::Unconfirmed));
        };
        if out == expected {
            return Ok(conclude(site, swap, times));
        }
        (put, expected) = (out, put);
        if renameat_with(CWD, swap, CWD, &site.file, RenameFlags::EXCHANGE).is_err() {
            break;
        }
    }
    Ok(put_back(site, swap))
}

/// After one exchange the plan's name is ours; after two, ours came out again; after more, an editor's text did
/// that is older than the one in its place and not known to be in it.
fn conclude(site: &Site, swap: &Path, times: u32) -> Written {
    match times {
        1 => {
            let saved = confirm(site);
            // What is left under that name is cleared away by the next save.
            let _ = snapshots::keep_file(site, swap);
            Written::Done(saved)
        }
        2 => {
            let _ = fs::remove_file(swap);
            Written::Slipped { rescued: Vec::new() }
        }
        _ => Written::Slipped { rescued: snapshots::rescue_file(site, swap).into_iter().collect() },
    }
}

/// Somebody took the plan away at the very moment when his own text was to go back: it does, unless a newer one
/// has come, and else it is kept.
fn put_back(site: &Site, swap: &Path) -> Written {
    match renameat_with(CWD, swap, CWD, &site.file, RenameFlags::NOREPLACE) {
        Ok(()) => Written::Slipped { rescued: Vec::new() },
        Err(_) => Written::Slipped { rescued: snapshots::rescue_file(site, swap).into_iter().collect() },
    }
}

/// For file systems without exchange: looks once more, and renames at once.
fn rename(site: &Site, held: &Held, swap: &Path, old: &[u8]) -> io::Result<Written> {
    let written = held.file.metadata()?.modified()?;
    let _ = snapshots::keep_text(site, old, &held.file, Some(written));
    if read::named(&site.file)? != old {
        fs::remove_file(swap)?;
        return Ok(Written::Slipped { rescued: Vec::new() });
    }
    fs::rename(swap, &site.file)?;
    Ok(Written::Done(confirm(site)))
}

/// The new name is in force; whether it is on the disk too, the folder says.
fn confirm(site: &Site) -> Saved {
    let synced = File::open(site.folder()).and_then(|folder| folder.sync_all());
    match synced {
        Ok(()) => Saved::Confirmed,
        // Some file systems cannot sync a folder; that is no failure.
        Err(error) if [Errno::INVAL, Errno::NOTSUP].iter().any(|it| is(&error, *it)) => Saved::Confirmed,
        Err(_) => Saved::Unconfirmed,
    }
}

fn discard(file: &Path, error: io::Error) -> Hindrance {
    let _ = fs::remove_file(file);
    Hindrance::of(error)
}

impl Hindrance {
    /// A folder that may not be written or lies elsewhere, a sticky one, a file that something is mounted on.
    fn of(error: io::Error) -> Self {
        let hindered = [Errno::ACCESS, Errno::PERM, Errno::XDEV, Errno::BUSY, Errno::NAMETOOLONG];
        if hindered.iter().any(|it| is(&error, *it)) { Self::MustStay } else { Self::Failed(error) }
    }
}

fn is(error: &io::Error, errno: Errno) -> bool {
    error.raw_os_error() == Some(errno.raw_os_error())
}
