//! What somebody may put where the program expects a file of its own.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::Path;

use rustix::fs::{CWD, FileType, Mode, makedev, mknodat};

use super::{AN, KHACH, LAN, Person, Shared, give};

/// A thing in the way, and what it would do to somebody who believes in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plant {
    /// A letter of Lan's would be written over.
    LinkToLetter,
    /// Letters would be deleted, or given to others.
    LinkToFolder,
    /// A plan of Lan's own would be read.
    LinkToPlan,
    /// A file would be made in Lan's home.
    LinkToNothing,
    SecondName,
    /// Whoever opens it waits.
    Pipe,
    Socket,
    Folder,
    /// Whoever reads it comes to no end.
    Endless,
    Huge,
    /// What was there, and may not be read any more.
    Locked,
    /// What the program would have written for Lan, had she wanted that; by somebody who may only read the plan.
    ForgedByReader,
    /// The same, by a colleague.
    ForgedByMember,
}

impl Plant {
    pub(super) const ALL: [Self; 13] = [
        Self::LinkToLetter,
        Self::LinkToFolder,
        Self::LinkToPlan,
        Self::LinkToNothing,
        Self::SecondName,
        Self::Pipe,
        Self::Socket,
        Self::Folder,
        Self::Endless,
        Self::Huge,
        Self::Locked,
        Self::ForgedByReader,
        Self::ForgedByMember,
    ];

    /// Puts it there, and takes away what was. A forgery is what has that name in another folder. `false`, if there
    /// is nothing of the kind.
    pub(super) fn put(self, shared: &Shared, at: &Path, model: Option<&Path>) -> bool {
        if matches!(self, Self::ForgedByReader | Self::ForgedByMember) {
            let Some(model) = model.filter(|it| it.is_file()) else { return false };
            remove(at);
            fs::copy(model, at).unwrap();
            give(at, self.planter().owns(0o664));
            return true;
        }
        if self == Self::Locked {
            if !at.is_file() {
                return false;
            }
            give(at, AN.owns(0));
            return true;
        }
        remove(at);
        if self.make(shared, at) && self != Self::SecondName {
            give(at, self.planter().owns(if self == Self::Folder { 0o777 } else { 0o666 }));
        }
        fs::symlink_metadata(at).is_ok()
    }

    const fn planter(self) -> Person {
        if matches!(self, Self::ForgedByReader) { KHACH } else { AN }
    }

    fn make(self, shared: &Shared, at: &Path) -> bool {
        let lans = |name: &str| shared.home(LAN).join(name);
        let node = |kind, device| mknodat(CWD, at, kind, Mode::from(0o666), device).is_ok();
        match self {
            Self::LinkToLetter => symlink(lans("công văn.txt"), at).is_ok(),
            Self::LinkToFolder => symlink(lans("thư"), at).is_ok(),
            Self::LinkToPlan => symlink(lans("riêng.ron"), at).is_ok(),
            Self::LinkToNothing => symlink(lans("mới"), at).is_ok(),
            Self::SecondName => fs::hard_link(lans("công văn.txt"), at).is_ok(),
            Self::Pipe => node(FileType::Fifo, 0),
            Self::Socket => node(FileType::Socket, 0),
            // Some containers do not let one make it.
            Self::Endless => node(FileType::CharacterDevice, makedev(1, 5)),
            Self::Folder => fs::create_dir(at).is_ok() && fs::write(at.join("a"), "").is_ok(),
            Self::Huge => File::create(at).is_ok_and(|file| file.set_len(70 << 20).is_ok()),
            Self::Locked | Self::ForgedByReader | Self::ForgedByMember => false,
        }
    }
}

pub(super) fn remove(at: &Path) {
    match fs::symlink_metadata(at) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(at).unwrap(),
        Ok(_) => fs::remove_file(at).unwrap(),
        Err(_) => {}
    }
}
