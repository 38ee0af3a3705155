//! What saves that were cut short have left behind, and what becomes of it.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use super::digest::digest;
use super::dir::Dir;
use super::lock::QueueLock;
use super::paths::{Leftover, Paths};
use super::read;
use super::records;
use super::snapshots;
use super::{first_journal, overwrite};

/// Puts everything in order. Answers with the texts of others that were found and are in no plan.
pub(super) fn recover(paths: &Paths, lock: &QueueLock, held: &File) -> io::Result<Vec<PathBuf>> {
    let mut rescued = first_journal::recover(paths, held)?;
    overwrite::recover(paths, held)?;
    let Some(sidecar) = lock.sidecar() else { return Ok(rescued) };
    narrow(paths, sidecar);
    // What its maker has taken away meanwhile is nothing to recover; and what may not be removed is in nobody's way.
    let taken =
        paths.leftovers(sidecar).into_iter().filter_map(|leftover| take_away(paths, sidecar, &leftover).ok());
    rescued.extend(taken.flatten());
    Ok(rescued)
}

/// Who may not read the plan any more reads none of what is kept beside it.
fn narrow(paths: &Paths, sidecar: &Dir) {
    let Ok(opened) = paths.opened() else { return };
    for name in paths.shared().filter(|name| sidecar.has(name)) {
        // What cannot be used is given another name when it is to be used.
        let _ = sidecar.open_or_make(&name, &opened.access, records::LONGEST);
    }
}

/// A text of our own was never promised to anybody, and the one it replaced is in it. Anything else is what an
/// editor had saved between our reading and our exchange, just before we died.
fn take_away(paths: &Paths, sidecar: &Dir, leftover: &Leftover) -> io::Result<Option<PathBuf>> {
    if let Some(known) = leftover.known {
        let text = sidecar.open_any(&leftover.name).and_then(|file| read::whole(&file));
        let is_others = text.is_ok_and(|text| !known.contains(&digest(&text)));
        if is_others {
            return snapshots::rescue_file(paths, sidecar, &leftover.name).map(Some);
        }
    }
    sidecar.clear(&leftover.name).map(|()| None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leave(sidecar: &Dir, name: &std::ffi::OsStr) {
        drop(sidecar.make(name).unwrap());
    }

    /// Whoever was second at making the lock file takes away what was made of it, and does so without the lock.
    #[test]
    fn a_leftover_that_is_gone_meanwhile_is_nothing_to_recover() {
        let (_folder, paths) = Paths::of_an_empty_file();
        let sidecar = paths.opened().unwrap().make_sidecar().unwrap();
        for name in [super::super::dir::unique(&paths.lock()), paths.part(), paths.swap(b"old", b"new")] {
            leave(&sidecar, &name);
            let [leftover] = paths.leftovers(&sidecar).try_into().unwrap();
            sidecar.remove(&name).unwrap();
            assert_eq!(take_away(&paths, &sidecar, &leftover).unwrap_err().kind(), io::ErrorKind::NotFound);
        }
    }

    /// Another plan may be called as if it were a file of this one.
    #[test]
    fn the_files_of_another_plan_are_no_leftovers() {
        let (folder, paths) = Paths::of_an_empty_file();
        let sidecar = paths.opened().unwrap().make_sidecar().unwrap();
        let own = [
            "lock",
            "log",
            "log.old",
            "missing",
            "part",
            "swap-0000000000000001-0000000000000002",
            "new.ron",
        ];
        for ending in own {
            for unique in ["", ".0123456789abcdef"] {
                let other = paths.at(folder.path().join(format!("a.ron.{ending}{unique}")));
                leave(&sidecar, &other.lock());
                leave(&sidecar, &other.log().name);
            }
        }
        assert!(paths.leftovers(&sidecar).is_empty(), "{:?}", paths.leftovers(&sidecar));
    }
}
