//! Saving by writing into the plan's own file, where it cannot be replaced: it has a second name, or its folder may
//! not be written, or it has an owner or an access list that a new file would not get.
//!
//! A journal with both texts is laid behind the text first, as a comment in the plan's own file: whoever may read the
//! plan can see what it was, and whoever may write it can put it in order, however the save was cut short. While the
//! journal is being written the text in front of it is whole.

use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::time::SystemTime;

use rustix::fs::{FallocateFlags, OFlags, fallocate};
use rustix::io::{Errno, retry_on_intr};

use super::digest::digest;
use super::lock;
use super::paths::{Opened, Paths};
use super::read;
use super::snapshots;
use super::{Saved, Written};

/// Writes a new text over the old one, if that is still there.
pub(super) fn overwrite(paths: &Paths, held: &File, old: &[u8], new: &[u8]) -> io::Result<Written> {
    let opened = paths.opened()?;
    lock::keep_out(held, &opened.access);
    let file = opened.open_plan(OFlags::RDWR)?;
    if !is_same(&file, held)? || read::whole(&file)? != old {
        return Ok(Written::Slipped(None));
    }
    let written = file.metadata()?.modified()?;
    let put = put(&file, &Journal { old: old.to_vec(), new: new.to_vec() })?;
    match put {
        Saved::Confirmed => Ok(conclude(paths, &opened, &file, old, written)),
        saved => Ok(Written::Done(saved)),
    }
}

/// An editor that replaced the file meanwhile has left us with one that nobody finds any more.
fn conclude(paths: &Paths, opened: &Opened, file: &File, old: &[u8], written: SystemTime) -> Written {
    if !opened.is_plan(file).unwrap_or(false) {
        return Written::Slipped(None);
    }
    let _ = snapshots::keep_text(paths, old, Some(written));
    Written::Done(Saved::Confirmed)
}

/// Until the journal is whole the old text stands in front of it, and from then on it says what was there.
fn put(file: &File, journal: &Journal) -> io::Result<Saved> {
    let (old, new) = (&journal.old, &journal.new);
    let behind = [journal.padding(old), journal.text().into_bytes()].concat();
    let noted = take_room(file, old.len() + behind.len()).and_then(|()| {
        file.write_all_at(&behind, old.len() as u64)?;
        file.sync_all()
    });
    if let Err(error) = noted {
        file.set_len(old.len() as u64)?;
        return Err(error);
    }
    let written = file.write_all_at(&[&new[..], &journal.padding(new)].concat(), 0);
    if let Err(error) = written.and_then(|()| file.sync_all()) {
        // The journal stays if not even the old text can be put back; then the next save does it.
        file.write_all_at(&[&old[..], &journal.padding(old)].concat(), 0)?;
        file.set_len(old.len() as u64)?;
        file.sync_all()?;
        return Err(error);
    }
    // With the journal behind it the new text is whole; the next save takes that away.
    let is_tidied = file.set_len(new.len() as u64).and_then(|()| file.sync_all());
    Ok(if is_tidied.is_ok() { Saved::Confirmed } else { Saved::Unconfirmed })
}

/// The room is taken first: a full disk is better noticed before the first byte than after the last.
fn take_room(file: &File, length: usize) -> io::Result<()> {
    match retry_on_intr(|| fallocate(file, FallocateFlags::KEEP_SIZE, 0, length as u64)) {
        Err(Errno::NOTSUP | Errno::NOSYS) => Ok(()),
        taken => Ok(taken?),
    }
}

fn is_same(one: &File, other: &File) -> io::Result<bool> {
    let (one, other) = (one.metadata()?, other.metadata()?);
    Ok((one.dev(), one.ino()) == (other.dev(), other.ino()))
}

/// What the plan says, whatever a save that was cut short has left in its file.
pub(super) fn settled(bytes: Vec<u8>) -> Vec<u8> {
    match Remains::of(&bytes) {
        Some(remains) => remains.text(),
        None => bytes,
    }
}

/// Takes away what a save that was cut short has left in the plan's file.
pub(super) fn recover(paths: &Paths, held: &File) -> io::Result<()> {
    let bytes = read::whole(held)?;
    let Some(remains) = Remains::of(&bytes) else { return Ok(()) };
    let opened = paths.opened()?;
    lock::keep_out(held, &opened.access);
    let file = opened.open_plan(OFlags::RDWR)?;
    if !is_same(&file, held)? || read::whole(&file)? != bytes {
        return Ok(());
    }
    let text = remains.text();
    if let Some(journal) = remains.journal.as_ref().filter(|journal| !journal.is_of(remains.front)) {
        // Somebody has saved another text since, on top of what was left.
        snapshots::rescue_text(paths, &journal.old).map(drop)?;
    }
    let padding = vec![b' '; remains.front.len().saturating_sub(text.len())];
    file.write_all_at(&[&text[..], &padding].concat(), 0)?;
    file.sync_all()?;
    file.set_len(text.len() as u64)?;
    file.sync_all()
}

/// A file with a journal behind its text, or with the beginning of one.
struct Remains<'a> {
    front: &'a [u8],
    /// Nothing, if it is not whole: then the text in front of it was not touched yet.
    journal: Option<Journal>,
}

impl<'a> Remains<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        if let Some(start) = unwritten(bytes) {
            return Some(Self { front: &bytes[..start], journal: None });
        }
        let end = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let start = end.iter().rposition(|byte| *byte == b'\n')?;
        let line = end[start + 1..].strip_prefix(MARK.as_bytes())?;
        Some(Self { front: &bytes[..start], journal: Journal::parse(line) })
    }

    fn text(&self) -> Vec<u8> {
        match &self.journal {
            Some(journal) if Journal::is_padded(self.front, &journal.new) => journal.new.clone(),
            Some(journal) if journal.is_of(self.front) => journal.old.clone(),
            Some(_) => self.front.to_vec(),
            None => {
                let padding = self.front.iter().rev().take_while(|byte| **byte == b' ').count();
                self.front[..self.front.len() - padding].to_vec()
            }
        }
    }
}

/// Where room begins behind the text that was taken for a journal, and that the power has cut before it was filled: it
/// reads as zeros, perhaps with parts of the journal among them.
fn unwritten(bytes: &[u8]) -> Option<usize> {
    let is_of_journal =
        |byte: &u8| matches!(byte, 0 | b' ' | b'\n' | b'/' | b'-' | b'0'..=b'9' | b'a'..=b'z');
    let behind = bytes.iter().rev().take_while(|byte| is_of_journal(byte)).count();
    let behind = bytes.len() - behind;
    let zero = bytes[behind..].iter().position(|byte| *byte == 0)?;
    let mark =
        bytes[behind..].windows(MARK.len() + 1).position(|it| it[0] == b'\n' && it[1..] == *MARK.as_bytes());
    Some(behind + mark.map_or(zero, |mark| mark.min(zero)))
}

/// What is needed to undo a save, and to tell whether there is anything to undo.
#[derive(Debug, PartialEq, Eq)]
struct Journal {
    old: Vec<u8>,
    new: Vec<u8>,
}

/// What a disk writes whole or not at all, in bytes. Pages of memory are several of these.
const BLOCK: usize = 512;

/// How the line begins that a journal is.
const MARK: &str = "//tiendo-journal ";

impl Journal {
    /// A comment of one line in plain letters, so that the file is a text at every moment while it is written.
    fn text(&self) -> String {
        let (old, new) = (hex(&self.old), hex(&self.new));
        let sum = digest(&[&self.old[..], &self.new].concat());
        format!("\n{MARK}{sum:016x} {old} {new}\n")
    }

    fn parse(line: &[u8]) -> Option<Self> {
        let mut words = std::str::from_utf8(line).ok()?.split(' ');
        let sum = u64::from_str_radix(words.next()?, 16).ok()?;
        let journal = Self { old: unhex(words.next()?)?, new: unhex(words.next()?)? };
        (sum == digest(&[&journal.old[..], &journal.new].concat())).then_some(journal)
    }

    /// How much stands in front of the journal: as much as the longer text, so that each of them has room. No block of
    /// the disk ends between the two strokes with which a comment begins.
    fn front(&self) -> usize {
        let longer = self.old.len().max(self.new.len());
        if (longer + 2).is_multiple_of(BLOCK) { longer + 1 } else { longer }
    }

    /// What makes a text as long as that.
    fn padding(&self, text: &[u8]) -> Vec<u8> {
        vec![b' '; self.front() - text.len()]
    }

    fn is_padded(front: &[u8], text: &[u8]) -> bool {
        front.strip_prefix(text).is_some_and(|rest| rest.iter().all(|byte| *byte == b' '))
    }

    /// Whether a text is made of nothing but these two, or of room that was never filled.
    fn is_of(&self, front: &[u8]) -> bool {
        let has = |text: &[u8], at: usize, byte: u8| text.get(at).map_or(byte == b' ', |it| *it == byte);
        front.len() <= self.front()
            && front
                .iter()
                .enumerate()
                .all(|(at, byte)| *byte == 0 || has(&self.old, at, *byte) || has(&self.new, at, *byte))
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|it| char::from(DIGITS[usize::from(it)]))
        .collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some((digit(pair[0])? << 4 | digit(*pair.get(1)?)?) as u8)).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn journals() -> [Journal; 3] {
        let (short, long) = ("(tasks: [])\n", "(tasks: [(id: \"một\")])\n");
        let of = |old: &str, new: &str| Journal { old: old.into(), new: new.into() };
        [of(short, long), of(long, short), of("(tasks: []) // hết", short)]
    }

    /// Every state that the file can be in, if the save stops after any number of bytes.
    fn states(journal: &Journal) -> Vec<Vec<u8>> {
        let (old, new) = (&journal.old, &journal.new);
        let noted = [&old[..], &journal.padding(old), journal.text().as_bytes()].concat();
        let written = [&new[..], &journal.padding(new)].concat();
        let halves = (0..=written.len()).map(|cut| [&written[..cut], &noted[cut..]].concat());
        (old.len()..noted.len()).map(|cut| noted[..cut].to_vec()).chain(halves).chain([new.clone()]).collect()
    }

    #[test]
    fn whenever_a_save_stops_the_file_says_the_old_or_the_new() {
        for journal in journals() {
            for state in states(&journal) {
                let said = settled(state.clone());
                let said = String::from_utf8(said).unwrap();
                let is_old =
                    said.trim_end_matches(' ').starts_with(std::str::from_utf8(&journal.old).unwrap());
                assert!(is_old || said.as_bytes() == journal.new, "{said}");
            }
        }
    }

    /// The disk had taken the room for the journal and not yet filled it, or only some blocks of it.
    #[test]
    fn whatever_part_of_the_journal_the_power_has_cut_the_old_text_is_there() {
        for room in 0..BLOCK {
            let old = format!("(tasks: [{}])\n", "1, ".repeat(room));
            let journal = Journal { old: old.clone().into(), new: "(tasks: [2])".into() };
            let noted =
                [old.as_bytes(), &journal.padding(old.as_bytes()), journal.text().as_bytes()].concat();
            let edges = (old.len()..=noted.len()).filter(|at| at.is_multiple_of(BLOCK) || *at == noted.len());
            let edges: Vec<usize> = std::iter::once(old.len()).chain(edges).collect();
            for (nth, from) in edges.iter().enumerate() {
                for to in &edges[nth + 1..] {
                    let mut cut = noted.clone();
                    cut[*from..*to].fill(0);
                    let read = |text: &[u8]| ron::de::from_bytes::<ron::Value>(text).unwrap();
                    assert_eq!(read(&settled(cut)), read(old.as_bytes()), "{from}..{to} of {room}");
                }
            }
        }
    }

    #[test]
    fn until_the_journal_is_whole_every_reader_finds_the_old_text() {
        for room in 0..2 * BLOCK {
            let old = format!("(tasks: []){}\n", " ".repeat(room));
            let journal = Journal { old: old.clone().into(), new: "(tasks: [1])".into() };
            let noted =
                [old.as_bytes(), &journal.padding(old.as_bytes()), journal.text().as_bytes()].concat();
            for cut in
                (old.len()..noted.len()).filter(|cut| cut.is_multiple_of(BLOCK) || *cut > journal.front() + 3)
            {
                let read = |text| ron::from_str::<ron::Value>(text).unwrap();
                assert_eq!(read(std::str::from_utf8(&noted[..cut]).unwrap()), read(&old));
            }
        }
    }

    #[test]
    fn the_next_save_takes_away_what_was_left() {
        for journal in journals() {
            for state in states(&journal) {
                let (_folder, paths) = Paths::of_an_empty_file();
                fs::write(&paths.file, &state).unwrap();
                let said = settled(state);
                recover(&paths, &File::open(&paths.file).unwrap()).unwrap();
                assert_eq!(fs::read(&paths.file).unwrap(), said);
            }
        }
    }

    #[test]
    fn what_somebody_saved_since_stays_and_the_old_text_is_kept() {
        let [journal, ..] = journals();
        let (folder, paths) = Paths::of_an_empty_file();
        fs::write(&paths.file, ["(tasks: {})", &journal.text()].concat()).unwrap();
        recover(&paths, &File::open(&paths.file).unwrap()).unwrap();
        assert_eq!(fs::read_to_string(&paths.file).unwrap(), "(tasks: {})");
        let kept = folder.path().join(".tiendo/a.ron.snap/00000001.unmerged.ron");
        assert_eq!(fs::read(kept).unwrap(), journal.old);
    }

    #[test]
    fn a_save_leaves_the_new_text_and_nothing_else() {
        for journal in journals() {
            let (_folder, paths) = Paths::of_an_empty_file();
            fs::write(&paths.file, &journal.old).unwrap();
            let held = File::open(&paths.file).unwrap();
            let written = overwrite(&paths, &held, &journal.old, &journal.new).unwrap();
            assert!(matches!(written, Written::Done(Saved::Confirmed)));
            assert_eq!(fs::read(&paths.file).unwrap(), journal.new);
        }
    }
}
