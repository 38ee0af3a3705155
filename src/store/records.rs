//! Files of one record a line, each with its checksum: a record is there whole, or it is not there.

use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use rustix::fs::OFlags;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::digest::digest;
use super::dir::Dir;
use super::lock;
use super::paths::RecordFile;
use super::read;

/// How sure it must be that a record is there after a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Safety {
    /// It is promised to somebody.
    Synced,
    /// As soon as the system finds the time.
    Usual,
}

/// A file of records that is longer is not ours.
pub(super) const LONGEST: u64 = 16 << 20;

/// All records, oldest first. What is no record, such as one that was cut short, is passed over.
pub(super) fn read<T: DeserializeOwned>(kept: &RecordFile) -> io::Result<Vec<T>> {
    Ok(bytes(kept)?.split(|byte| *byte == b'\n').filter_map(parse).collect())
}

/// What is in a file of records.
#[derive(Debug)]
pub(super) struct Records<T> {
    pub(super) known: Vec<T>,
    /// How many are whole and say something that this version does not know.
    pub(super) unknown: usize,
    /// How many were cut short, or were written by another hand.
    pub(super) damaged: usize,
    pub(super) length: u64,
}

/// All records, oldest first, and how many cannot be understood.
pub(super) fn read_all<T: DeserializeOwned>(kept: &RecordFile) -> io::Result<Records<T>> {
    let bytes = bytes(kept)?;
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    let whole: Vec<&str> = lines.iter().filter_map(|line| text(line)).collect();
    let known: Vec<T> = whole.iter().filter_map(|text| ron::from_str(text).ok()).collect();
    let (unknown, damaged) = (whole.len() - known.len(), lines.len() - whole.len());
    Ok(Records { known, unknown, damaged, length: bytes.len() as u64 })
}

/// Takes away the records in the first part of the file, but for those that cannot be understood.
pub(super) fn forget<T: DeserializeOwned>(kept: &RecordFile, length: u64) -> io::Result<File> {
    let (dir, file) = open(kept)?;
    let file = lock::alone(file)?;
    let bytes = read::whole(&file)?;
    let (read, added) = bytes.split_at(bytes.len().min(length as usize));
    let is_unknown = |line: &&[u8]| text(line).is_some_and(|text| ron::from_str::<T>(text).is_err());
    let mut rest: Vec<u8> = Vec::new();
    for line in read.split(|byte| *byte == b'\n').filter(is_unknown) {
        rest.extend(line);
        rest.push(b'\n');
    }
    rest.extend(added);
    if rest.is_empty() {
        file.set_len(0)?;
        return Ok(file);
    }
    dir.replace(&kept.name, &rest, kept.access()?.as_ref())?;
    Ok(open(kept)?.1)
}

/// The last record.
pub(super) fn last<T: DeserializeOwned>(kept: &RecordFile) -> Option<T> {
    let file = opened(kept)?;
    let length = file.metadata().ok()?.len();
    let tail = length.min(TAIL);
    let mut bytes = vec![0; tail as usize];
    file.read_exact_at(&mut bytes, length - tail).ok()?;
    // The first line of the tail may be half a line, which is no record.
    bytes.rsplit(|byte| *byte == b'\n').find_map(parse).or_else(|| read(kept).ok()?.pop())
}

/// Most records are shorter.
const TAIL: u64 = 4096;

fn bytes(kept: &RecordFile) -> io::Result<Vec<u8>> {
    let Some(dir) = kept.dir()? else { return Ok(Vec::new()) };
    Ok(dir.read(&kept.name, LONGEST)?.unwrap_or_default())
}

/// How long the file is; nothing, if there is none that could be read.
pub(super) fn length(kept: &RecordFile) -> u64 {
    opened(kept).and_then(|file| file.metadata().ok()).map_or(0, |found| found.len())
}

/// Whether there is a file that can be used.
pub(super) fn is_there(kept: &RecordFile) -> bool {
    opened(kept).is_some()
}

fn opened(kept: &RecordFile) -> Option<File> {
    kept.dir().ok()??.open(&kept.name, LONGEST).ok()?
}

/// Adds the records, all of them or none. A file that is not there is made, for all who may write the plan if it is
/// beside the plan, and else for its owner.
pub(super) fn append(kept: &RecordFile, records: &[impl Serialize], safety: Safety) -> io::Result<()> {
    let (dir, file) = open(kept)?;
    let length = file.metadata()?.len();
    let bytes = lines(records, ends_amid_a_line(&file, length)?);
    // Where several add at once, each adds behind the other.
    rustix::fs::fcntl_setfl(&file, OFlags::APPEND)?;
    let written = (&file).write_all(&bytes).and_then(|()| match safety {
        Safety::Synced => file.sync_all().and_then(|()| if length == 0 { dir.sync() } else { Ok(()) }),
        Safety::Usual => Ok(()),
    });
    if written.is_err() {
        let _ = file.set_len(length);
    }
    written
}

/// The file, made if need be.
pub(super) fn open(kept: &RecordFile) -> io::Result<(Arc<Dir>, File)> {
    let dir = kept.make_dir()?;
    let access = kept.access()?;
    let file = match &access {
        Some(access) => dir.open_or_make(&kept.name, access, LONGEST)?,
        None => dir.open_or_make_own(&kept.name, LONGEST)?,
    };
    Ok((dir, file))
}

fn ends_amid_a_line(file: &File, length: u64) -> io::Result<bool> {
    let mut last = [b'\n'];
    if length > 0 {
        file.read_exact_at(&mut last, length - 1)?;
    }
    Ok(last != [b'\n'])
}

fn lines(records: &[impl Serialize], after_half_a_line: bool) -> Vec<u8> {
    let mut bytes = if after_half_a_line { vec![b'\n'] } else { Vec::new() };
    for record in records {
        let text = ron::to_string(record).expect("these records have nothing in them that RON cannot say");
        bytes.extend(format!("{:016x} {text}\n", digest(text.as_bytes())).into_bytes());
    }
    bytes
}

fn parse<T: DeserializeOwned>(line: &[u8]) -> Option<T> {
    ron::from_str(text(line)?).ok()
}

/// What a line says, if it is whole.
fn text(line: &[u8]) -> Option<&str> {
    let (sum, text) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    let sum = u64::from_str_radix(sum, 16).ok()?;
    (sum == digest(text.as_bytes())).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::paths::Paths;

    #[test]
    fn a_record_that_was_cut_short_is_none_and_the_next_one_is_whole() {
        let (folder, paths) = Paths::of_an_empty_file();
        let path = folder.path().join(".tiendo/a.ron.log");
        append(&paths.log(), &["một\nhai".to_owned(), "ba".to_owned()], Safety::Synced).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for length in 0..whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            append(&paths.log(), &["bốn".to_owned()], Safety::Usual).unwrap();
            let records: Vec<String> = read(&paths.log()).unwrap();
            assert_eq!(records.last().unwrap(), "bốn", "cut at {length}");
            assert_eq!(last::<String>(&paths.log()).unwrap(), "bốn");
            assert!(
                records.len() <= 3
                    && records[..records.len() - 1].iter().all(|it| "một\nhai ba".contains(it.as_str()))
            );
        }
    }

    #[test]
    fn the_last_record_is_found_however_long_it_is() {
        let (_folder, paths) = Paths::of_an_empty_file();
        let long = "ghi chú ".repeat(2000);
        append(&paths.log(), &["a".to_owned(), long.clone()], Safety::Usual).unwrap();
        assert_eq!(last::<String>(&paths.log()), Some(long));
    }
}
