//! What saves that were cut short have left behind, and what becomes of it.

use std::fs;
use std::io;
use std::path::PathBuf;

use super::digest::digest;
use super::lock::{Held, Turn};
use super::overwrite;
use super::read;
use super::site::{Leftover, Site};
use super::snapshots;

/// Whether there is anything to be put in order. It may also belong to a save that is under way.
pub(super) fn is_needed(site: &Site) -> bool {
    site.journals().iter().any(|journal| journal.exists()) || !site.leftovers().is_empty()
}

/// Puts everything in order. Answers with the texts of others that were found and are in no plan.
pub(super) fn recover(site: &Site, turn: &Turn, held: &Held) -> io::Result<Vec<PathBuf>> {
    let mut rescued = overwrite::recover(site, held)?;
    if turn.is_beside() {
        for leftover in site.leftovers() {
            rescued.extend(clear(site, &leftover)?);
        }
    }
    Ok(rescued)
}

/// What its maker has taken away meanwhile is nothing to recover.
fn clear(site: &Site, leftover: &Leftover) -> io::Result<Option<PathBuf>> {
    match take_away(site, leftover) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        taken => taken,
    }
}

/// A text of our own was never promised to anybody, and the one it replaced is in it. Anything else is what an
/// editor had saved between our reading and our exchange, just before we died.
fn take_away(site: &Site, leftover: &Leftover) -> io::Result<Option<PathBuf>> {
    if let Some(known) = leftover.known
        && !known.contains(&digest(&read::named(&leftover.path)?))
    {
        return snapshots::rescue_file(site, &leftover.path).map(Some);
    }
    fs::remove_file(&leftover.path).map(|()| None)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever was second at making the lock file takes away what he has made of it, and waits for no turn to do so.
    #[test]
    fn a_leftover_that_is_gone_meanwhile_is_nothing_to_recover() {
        let (_folder, site) = Site::of_an_empty_file();
        site.make_side().unwrap();
        for path in [site.new_file(), site.part(), site.swap(b"old", b"new")] {
            fs::write(&path, "").unwrap();
            let [leftover] = site.leftovers().try_into().unwrap();
            fs::remove_file(path).unwrap();
            assert_eq!(clear(&site, &leftover).unwrap(), None);
        }
    }
}
