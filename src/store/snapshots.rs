//! The earlier texts of a plan, numbered, in `.tiendo`: the last twenty, and all that were never merged.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::likeness;
use super::site::{Site, make_folder_like};

/// How many earlier texts are kept.
const KEPT: usize = 20;

/// What marks a text that is in no later one.
const UNMERGED: &str = "unmerged";

/// Keeps a file that was the plan until now.
pub(super) fn keep_file(site: &Site, file: &Path) -> io::Result<()> {
    let numbers = numbers(site)?;
    fs::rename(file, numbered(site, &numbers, "ron"))?;
    drop_oldest(site, &numbers)
}

/// Keeps a text that was the plan's until now, where the file itself stays the plan.
pub(super) fn keep_text(
    site: &Site,
    text: &[u8],
    like: &File,
    written: Option<SystemTime>,
) -> io::Result<()> {
    let numbers = numbers(site)?;
    write(&numbered(site, &numbers, "ron"), text, like, written)?;
    drop_oldest(site, &numbers)
}

/// Keeps a file that somebody else saved and that is in no later text. It is never dropped.
pub(super) fn rescue_file(site: &Site, file: &Path) -> io::Result<PathBuf> {
    let to = numbered(site, &numbers(site)?, &format!("{UNMERGED}.ron"));
    fs::rename(file, &to)?;
    Ok(to)
}

/// As [`rescue_file`], for a text that is nowhere else.
pub(super) fn rescue_text(site: &Site, text: &[u8], like: &File) -> io::Result<PathBuf> {
    let to = numbered(site, &numbers(site)?, &format!("{UNMERGED}.ron"));
    write(&to, text, like, None)?;
    Ok(to)
}

/// All texts that are kept, with their numbers.
pub(super) fn newest_first(site: &Site) -> Vec<(u64, PathBuf)> {
    let mut texts = oldest_first(site).unwrap_or_default();
    texts.reverse();
    texts
}

/// Whether a text is in no later one.
pub(super) fn is_unmerged(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| Path::new(stem).extension().is_some_and(|it| it == UNMERGED))
}

/// The numbers given so far, lowest first, and the folder made if it is not there.
fn numbers(site: &Site) -> io::Result<Vec<(u64, PathBuf)>> {
    let folder = site.snapshots();
    if !folder.is_dir() {
        make_folder_like(&folder, site.side())?;
    }
    oldest_first(site)
}

fn oldest_first(site: &Site) -> io::Result<Vec<(u64, PathBuf)>> {
    let paths = fs::read_dir(site.snapshots())?.flatten().map(|entry| entry.path());
    let mut numbers: Vec<_> = paths.filter_map(|path| Some((number(&path)?, path))).collect();
    numbers.sort();
    Ok(numbers)
}

fn number(path: &Path) -> Option<u64> {
    path.file_name()?.to_str()?.split('.').next()?.parse().ok()
}

fn numbered(site: &Site, numbers: &[(u64, PathBuf)], ending: &str) -> PathBuf {
    let next = numbers.last().map_or(1, |(last, _)| last + 1);
    site.snapshots().join(format!("{next:08}.{ending}"))
}

/// The numbers are those before the newest text, which is kept in any case.
fn drop_oldest(site: &Site, numbers: &[(u64, PathBuf)]) -> io::Result<()> {
    let merged: Vec<_> = numbers.iter().filter(|(_, path)| !is_unmerged(path)).collect();
    let surplus = (merged.len() + 1).saturating_sub(KEPT);
    for (_, path) in &merged[..surplus] {
        fs::remove_file(site.snapshots().join(path))?;
    }
    Ok(())
}

/// The copy says when the text was written, if that is known, and not when it was copied.
fn write(to: &Path, text: &[u8], like: &File, written: Option<SystemTime>) -> io::Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(to)?;
    // Others may be kept out of a text that they could read in the plan; the plan itself they still can.
    let _ = likeness::take_after(&file, like);
    let filled = fill(&file, text, written);
    if filled.is_err() {
        fs::remove_file(to)?;
    }
    filled
}

fn fill(mut file: &File, text: &[u8], written: Option<SystemTime>) -> io::Result<()> {
    file.write_all(text)?;
    if let Some(written) = written {
        file.set_modified(written)?;
    }
    file.sync_all()
}
