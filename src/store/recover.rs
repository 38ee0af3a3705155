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
            rescued.extend(clear(site, leftover)?);
        }
    }
    Ok(rescued)
}

/// A text of our own was never promised to anybody, and the one it replaced is in it. Anything else is what an
/// editor had saved between our reading and our exchange, just before we died.
fn clear(site: &Site, leftover: Leftover) -> io::Result<Option<PathBuf>> {
    if let Some(known) = leftover.known
        && !known.contains(&digest(&read::named(&leftover.path)?))
    {
        return snapshots::rescue_file(site, &leftover.path).map(Some);
    }
    match fs::remove_file(leftover.path) {
        // A lock file in the making is not ours alone: whoever makes it may have come to the end of it just now.
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_else_has_cleared_away_already_is_no_hindrance() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.ron");
        fs::write(&path, "").unwrap();
        let site = Site::of(&path, None).unwrap();
        let gone = Leftover { path: site.new_lock(), known: None };
        assert_eq!(clear(&site, gone).unwrap(), None);
    }
}
