//! Saving by writing into the plan's own file, where it cannot be replaced: it has a second name, or its folder may
//! not be written, or it has an owner or an access list that a new file would not get.
//!
//! A journal with both texts goes to the disk first, so that a save that is cut short is undone by the next one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{FileExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use rustix::fs::{FallocateFlags, OFlags, fallocate};
use rustix::io::{Errno, retry_on_intr};

use super::Saved;
use super::commit::Written;
use super::digest::digest;
use super::likeness;
use super::lock::Held;
use super::read;
use super::site::Site;
use super::snapshots;

/// Writes a new text over the old one, if that is still there.
pub(super) fn overwrite(site: &Site, held: &Held, old: &[u8], new: &[u8]) -> io::Result<Written> {
    let flags = OFlags::NOFOLLOW.bits() as i32;
    let file = OpenOptions::new().read(true).write(true).custom_flags(flags).open(&site.file)?;
    if !is_same(&file, &held.file)? || read::whole(&file)? != old {
        return Ok(Written::Slipped { rescued: Vec::new() });
    }
    let written = file.metadata()?.modified()?;
    let journal = Journal { old: old.to_vec(), new: new.to_vec() };
    let path = journal.write(site, &held.file)?;
    if let Err(error) = put(&file, old, new) {
        // The journal stays if not even the old text can be put back; then the next save does it.
        put_back(&file, old)?;
        fs::remove_file(path)?;
        return Err(error);
    }
    if file.sync_all().is_err() {
        return Ok(Written::Done(Saved::Unconfirmed));
    }
    let _ = fs::remove_file(path);
    Ok(conclude(site, &file, old, written))
}

/// An editor that replaced the file meanwhile has left us with one that nobody finds any more.
fn conclude(site: &Site, file: &File, old: &[u8], written: SystemTime) -> Written {
    if !read::is_at(file, &site.file).unwrap_or(false) {
        return Written::Slipped { rescued: Vec::new() };
    }
    if site.make_side().is_ok() {
        let _ = snapshots::keep_text(site, old, file, Some(written));
    }
    Written::Done(Saved::Confirmed)
}

fn put(file: &File, old: &[u8], new: &[u8]) -> io::Result<()> {
    if new.len() > old.len() {
        // The room is taken first: a full disk is better noticed before the first byte than after the last.
        match retry_on_intr(|| fallocate(file, FallocateFlags::KEEP_SIZE, 0, new.len() as u64)) {
            Err(Errno::NOTSUP | Errno::NOSYS) => {}
            taken => taken?,
        }
    }
    file.write_all_at(new, 0)?;
    file.set_len(new.len() as u64)
}

fn put_back(file: &File, old: &[u8]) -> io::Result<()> {
    file.write_all_at(old, 0)?;
    file.set_len(old.len() as u64)?;
    file.sync_all()
}

fn is_same(one: &File, other: &File) -> io::Result<bool> {
    let (one, other) = (one.metadata()?, other.metadata()?);
    Ok((one.dev(), one.ino()) == (other.dev(), other.ino()))
}

/// Undoes saves that were cut short. Answers with the texts that somebody else's text now stands in front of.
pub(super) fn recover(site: &Site, held: &Held) -> io::Result<Vec<PathBuf>> {
    let mut rescued = Vec::new();
    for path in site.journals() {
        let Ok(bytes) = read::named(&path) else { continue };
        if let Some(journal) = Journal::parse(&bytes) {
            match journal.undo(site, held)? {
                Undone::Now | Undone::NotNeeded => {}
                Undone::Rescued(text) => rescued.push(text),
                Undone::Left => continue,
            }
        }
        // Who may read the journal may not always remove it; then there is nothing in it for the next one either.
        let _ = fs::remove_file(path);
    }
    Ok(rescued)
}

/// What is needed to undo a save, and to tell whether there is anything to undo.
#[derive(Debug, PartialEq, Eq)]
struct Journal {
    old: Vec<u8>,
    new: Vec<u8>,
}

/// What became of a save that was cut short.
enum Undone {
    Now,
    NotNeeded,
    /// Somebody has saved another text since; the one from before is kept.
    Rescued(PathBuf),
    /// The same, but this user can keep nothing here: the journal waits for one who can.
    Left,
}

const TITLE: &[u8] = b"tiendo journal 1\n";

impl Journal {
    /// Beside the plan if possible, so that anybody can undo; else in the user's own folder.
    fn write(&self, site: &Site, plan: &File) -> io::Result<PathBuf> {
        let mut last = io::Error::from(io::ErrorKind::PermissionDenied);
        for path in site.journals() {
            let folder = path.parent().expect("a journal lies in a folder");
            match site.make_folder(folder).and_then(|()| self.write_to(&path, folder, plan)) {
                Ok(()) => return Ok(path),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    fn write_to(&self, path: &Path, folder: &Path, plan: &File) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        let written = file.write_all(&self.bytes()).and_then(|()| {
            // Who may read the plan may read the journal, if that can be had: then anybody can undo.
            let _ = likeness::take_after(&file, plan);
            file.sync_all()?;
            File::open(folder)?.sync_all()
        });
        if written.is_err() {
            fs::remove_file(path)?;
        }
        written
    }

    fn bytes(&self) -> Vec<u8> {
        let length = (self.old.len() as u64).to_le_bytes();
        let body = [&length[..], &self.old, &self.new].concat();
        [TITLE, &digest(&body).to_le_bytes(), &body].concat()
    }

    /// Nothing, if the journal is not whole: then the plan was not touched yet.
    fn parse(bytes: &[u8]) -> Option<Self> {
        let (sum, body) = bytes.strip_prefix(TITLE)?.split_first_chunk::<8>()?;
        if *sum != digest(body).to_le_bytes() {
            return None;
        }
        let (length, texts) = body.split_first_chunk::<8>()?;
        let (old, new) = texts.split_at_checked(u64::from_le_bytes(*length) as usize)?;
        Some(Self { old: old.to_vec(), new: new.to_vec() })
    }

    fn undo(self, site: &Site, held: &Held) -> io::Result<Undone> {
        let found = read::whole(&held.file)?;
        if found == self.new || found == self.old {
            return Ok(Undone::NotNeeded);
        }
        if self.is_between(&found) {
            let file = OpenOptions::new().write(true).open(&site.file)?;
            put_back(&file, &self.old)?;
            return Ok(Undone::Now);
        }
        let kept = site.make_side().and_then(|()| snapshots::rescue_text(site, &self.old, &held.file));
        Ok(kept.map_or(Undone::Left, Undone::Rescued))
    }

    /// Whether a text is made of nothing but these two, or of room that was never filled.
    fn is_between(&self, found: &[u8]) -> bool {
        found.len() <= self.old.len().max(self.new.len())
            && found.iter().enumerate().all(|(at, byte)| {
                *byte == 0 || self.old.get(at) == Some(byte) || self.new.get(at) == Some(byte)
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal() -> Journal {
        Journal { old: b"(tasks: [])".to_vec(), new: b"(tasks: [(id: \"a\")])".to_vec() }
    }

    #[test]
    fn a_journal_is_read_as_it_was_written() {
        assert_eq!(Journal::parse(&journal().bytes()), Some(journal()));
    }

    #[test]
    fn a_journal_that_is_not_whole_is_none() {
        let bytes = journal().bytes();
        for length in 0..bytes.len() {
            assert_eq!(Journal::parse(&bytes[..length]), None);
        }
    }

    #[test]
    fn half_a_save_is_told_from_another_text() {
        let journal = journal();
        for cut in 0..journal.new.len() {
            let mut half = journal.new[..cut].to_vec();
            half.extend(journal.old.iter().skip(cut));
            assert!(journal.is_between(&half));
        }
        assert!(!journal.is_between(b"(tasks: {})"));
    }

    /// A plan that holds `text`, after a save in place of `journal()` was cut short.
    fn cut_short(text: &[u8]) -> (tempfile::TempDir, Vec<PathBuf>) {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.ron");
        fs::write(&path, text).unwrap();
        let site = Site::of(&path, None).unwrap();
        let held = Held { file: File::open(&path).unwrap() };
        let left = journal().write(&site, &held.file).unwrap();
        let rescued = recover(&site, &held).unwrap();
        assert!(!left.exists());
        (folder, rescued)
    }

    #[test]
    fn half_a_save_is_undone() {
        let mut half = journal().new;
        half.truncate(10);
        let (folder, rescued) = cut_short(&half);
        assert_eq!(fs::read(folder.path().join("a.ron")).unwrap(), journal().old);
        assert!(rescued.is_empty());
    }

    #[test]
    fn a_whole_save_stays() {
        let (folder, rescued) = cut_short(&journal().new);
        assert_eq!(fs::read(folder.path().join("a.ron")).unwrap(), journal().new);
        assert!(rescued.is_empty());
    }

    #[test]
    fn what_somebody_saved_since_stays_and_the_old_text_is_kept() {
        let (folder, rescued) = cut_short(b"(tasks: {})");
        assert_eq!(fs::read(folder.path().join("a.ron")).unwrap(), b"(tasks: {})");
        assert_eq!(fs::read(&rescued[0]).unwrap(), journal().old);
    }
}
