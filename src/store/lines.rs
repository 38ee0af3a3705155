//! Files of one record a line, each with its checksum: a record is there whole, or it is not there.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::digest::digest;
use super::read;
use super::site::Site;

/// How sure it must be that a record is there after a power cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Safety {
    /// It is promised to somebody.
    Synced,
    /// As soon as the system finds the time.
    Usual,
}

/// All records, oldest first. What is no record, such as one that was cut short, is passed over.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> io::Result<Vec<T>> {
    let bytes = match read::named(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        bytes => bytes?,
    };
    Ok(bytes.split(|byte| *byte == b'\n').filter_map(parse).collect())
}

/// Each is parsed only when it is asked for. What cannot be read is as good as not there.
pub(super) fn newest_first<T: DeserializeOwned>(path: &Path) -> impl Iterator<Item = T> + use<T> {
    let bytes = read::named(path).unwrap_or_default();
    let lines: Vec<Vec<u8>> = bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    lines.into_iter().rev().filter_map(|line| parse(&line))
}

/// The last record.
pub(super) fn last<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    let tail = length.min(TAIL);
    let mut bytes = vec![0; tail as usize];
    file.read_exact_at(&mut bytes, length - tail).ok()?;
    // The first line of the tail may be half a line, which is no record.
    bytes.rsplit(|byte| *byte == b'\n').find_map(parse).or_else(|| newest_first(path).next())
}

/// Most records are shorter.
const TAIL: u64 = 4096;

/// Adds the records, all of them or none. A file that is not there is made, for all who may write the plan if it is
/// beside the plan, and else for its owner.
pub(super) fn append(site: &Site, path: &Path, records: &[impl Serialize], safety: Safety) -> io::Result<()> {
    let file = open(site, path)?;
    let length = file.metadata()?.len();
    let bytes = lines(records, ends_amid_a_line(&file, length)?);
    let written = (&file).write_all(&bytes).and_then(|()| match safety {
        Safety::Synced => file.sync_all(),
        Safety::Usual => Ok(()),
    });
    if written.is_err() {
        let _ = file.set_len(length);
    }
    written
}

fn open(site: &Site, path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits() as i32;
    options.read(true).append(true).mode(0o600).custom_flags(flags);
    match options.open(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        opened => return opened,
    }
    let folder = path.parent().unwrap_or(Path::new("/"));
    site.make_folder(folder)?;
    if folder == site.side() {
        site.make_file(path)?;
    }
    let file = options.create(true).open(path)?;
    File::open(folder)?.sync_all()?;
    Ok(file)
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
    let (sum, text) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    let sum = u64::from_str_radix(sum, 16).ok()?;
    (sum == digest(text.as_bytes())).then(|| ron::from_str(text).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_that_was_cut_short_is_none_and_the_next_one_is_whole() {
        let (_folder, site) = Site::of_an_empty_file();
        let path = site.log();
        append(&site, &path, &["một\nhai".to_owned(), "ba".to_owned()], Safety::Synced).unwrap();
        let whole = std::fs::read(&path).unwrap();
        for length in 0..whole.len() {
            std::fs::write(&path, &whole[..length]).unwrap();
            append(&site, &path, &["bốn".to_owned()], Safety::Usual).unwrap();
            let records: Vec<String> = read(&path).unwrap();
            assert_eq!(records.last().unwrap(), "bốn", "cut at {length}");
            assert_eq!(last::<String>(&path).unwrap(), "bốn");
            assert!(
                records.len() <= 3
                    && records[..records.len() - 1].iter().all(|it| "một\nhai ba".contains(it.as_str()))
            );
        }
    }

    #[test]
    fn the_last_record_is_found_however_long_it_is() {
        let (_folder, site) = Site::of_an_empty_file();
        let long = "ghi chú ".repeat(2000);
        append(&site, &site.log(), &["a".to_owned(), long.clone()], Safety::Usual).unwrap();
        assert_eq!(last::<String>(&site.log()), Some(long));
    }
}
