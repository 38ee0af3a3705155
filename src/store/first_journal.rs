//! The journal that the first version wrote beside the plan before it wrote into the plan's own file: what a save of that
//! version has left half done is undone. This version keeps its journal in the plan's file.

use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::PathBuf;
use std::sync::Arc;

use rustix::fs::OFlags;

use super::digest::digest;
use super::dir::Dir;
use super::paths::{Paths, RecordFile};
use super::{lock, read, snapshots};
use crate::document::{Document, LARGEST};

/// Undoes such a save, wherever its journal lies. Answers with old texts that somebody else's text stands in front of by
/// now; each is kept in a file of its own.
pub(super) fn recover(paths: &Paths, held: &File) -> io::Result<Vec<PathBuf>> {
    let mut rescued = Vec::new();
    for kept in paths.first_journals() {
        let Some((dir, bytes)) = own(&kept) else { continue };
        if let Some(journal) = FirstJournal::parse(&bytes) {
            rescued.extend(journal.undo(paths, held)?);
        }
        // Who may read it may not always remove it; then there is nothing in it for the next one either.
        let _ = dir.remove(&kept.name);
    }
    Ok(rescued)
}

/// A journal that this user has written. Whoever may write the plan could have laid another there; that one's writer undoes
/// it with the next save.
fn own(kept: &RecordFile) -> Option<(Arc<Dir>, Vec<u8>)> {
    let dir = kept.dir().ok()??;
    let file = dir.open(&kept.name, LONGEST).ok()??;
    let is_own = file.metadata().ok()?.uid() == rustix::process::geteuid().as_raw();
    let bytes = if is_own { read::whole(&file).ok() } else { None };
    Some((dir, bytes?))
}

/// The plan as it was before such a save, if this is what the save has left of it.
pub(super) fn last_plan(paths: &Paths, found: &[u8]) -> Option<Document> {
    paths.first_journals().iter().find_map(|kept| {
        let (_, bytes) = own(kept)?;
        let journal = FirstJournal::parse(&bytes).filter(|journal| journal.is_between(found))?;
        Document::read(journal.old.to_vec()).ok()
    })
}

/// Both texts, and room for the title.
const LONGEST: u64 = 3 * LARGEST as u64;

/// Both texts of a save.
struct FirstJournal<'a> {
    old: &'a [u8],
    new: &'a [u8],
}

const TITLE: &[u8] = b"tiendo journal 1\n";

impl<'a> FirstJournal<'a> {
    /// A title, the digest of what follows, the length of the old text (both 8 bytes, little-endian), and both texts.
    /// Nothing, if it is not whole: then the plan was not touched yet.
    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let (sum, body) = bytes.strip_prefix(TITLE)?.split_first_chunk::<8>()?;
        let (length, texts) = body.split_first_chunk::<8>().filter(|_| *sum == digest(body).to_le_bytes())?;
        let (old, new) = texts.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        Some(Self { old, new })
    }

    fn undo(&self, paths: &Paths, held: &File) -> io::Result<Option<PathBuf>> {
        let found = read::whole(held)?;
        if found == self.new || found == self.old {
            return Ok(None);
        }
        if !self.is_between(&found) {
            return snapshots::rescue_text(paths, self.old).map(Some);
        }
        let opened = paths.opened()?;
        lock::keep_out(held, &opened.access);
        let file = opened.open_plan(OFlags::RDWR)?;
        file.write_all_at(self.old, 0)?;
        file.set_len(self.old.len() as u64)?;
        file.sync_all()?;
        Ok(None)
    }

    /// Whether a text is made of nothing but these two, or of room that was never filled.
    fn is_between(&self, found: &[u8]) -> bool {
        found.len() <= self.old.len().max(self.new.len())
            && found.iter().enumerate().all(|(at, byte)| {
                *byte == 0 || self.old.get(at) == Some(byte) || self.new.get(at) == Some(byte)
            })
    }
}

impl Paths {
    /// Beside the plan, or in the folder of the user.
    fn first_journals(&self) -> [RecordFile; 2] {
        [self.kept("journal"), self.kept_by_user("journal")]
    }
}
