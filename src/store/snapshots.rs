//! The earlier texts of a plan, numbered, in `.tiendo`: the last twenty, and all that were never merged.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

use super::access::AccessRights;
use super::dir::{self, Dir, Trust};
use super::paths::Paths;
use super::read;

/// How many earlier texts are kept.
const KEPT: usize = 20;

/// How the names of texts end, and of those that are in no later one.
const ENDING: &str = ".ron";
const UNMERGED: &str = ".unmerged.ron";

/// The digits of a number.
const DIGITS: usize = 8;

/// The folder of the earlier texts.
#[derive(Debug)]
pub(super) struct Snapshots {
    dir: Dir,
}

/// An earlier text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Text {
    pub(super) number: u64,
    pub(super) name: OsString,
}

impl Text {
    fn of(name: OsString) -> Option<Self> {
        let (digits, ending) = name.to_str()?.split_at_checked(DIGITS)?;
        let is_text =
            [ENDING, UNMERGED].contains(&ending) && digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.parse().ok().filter(|_| is_text)?;
        Some(Self { number, name })
    }

    fn is_unfinished(name: &OsStr) -> bool {
        let parts = name.to_str().and_then(|name| name.rsplit_once('.'));
        parts.is_some_and(|(name, ending)| ending.len() == 16 && Self::of(name.into()).is_some())
    }

    /// Whether the text is in no later one.
    pub(super) fn is_unmerged(&self) -> bool {
        self.name.as_bytes().ends_with(UNMERGED.as_bytes())
    }
}

impl Snapshots {
    /// What is kept of a plan, if anything is.
    pub(super) fn of(paths: &Paths) -> Option<Self> {
        let opened = paths.opened().ok()?;
        let sidecar = opened.sidecar().ok()??;
        let trust = Trust::Writers(opened.access.clone());
        let dir = Dir::sub(&sidecar.fd, &sidecar.path_of(paths.snapshots()), trust).ok()??;
        Some(Self { dir })
    }

    fn make(paths: &Paths) -> io::Result<Self> {
        let opened = paths.opened()?;
        let sidecar: Arc<Dir> = opened.make_sidecar()?;
        let trust = Trust::Writers(opened.access.clone());
        let path = sidecar.path_of(paths.snapshots());
        let dir = match Dir::make_sub(&sidecar.fd, &path, trust.clone()) {
            Err(error) if dir::is_in_the_way(&error) => {
                sidecar.set_aside(&paths.snapshots())?;
                Dir::make_sub(&sidecar.fd, &path, trust)?
            }
            made => made?,
        };
        Ok(Self { dir })
    }

    /// The texts, newest first.
    pub(super) fn newest_first(&self) -> Vec<Text> {
        let names = self.dir.names().unwrap_or_default();
        let mut texts: Vec<Text> = names.into_iter().filter_map(Text::of).collect();
        texts.sort();
        texts.reverse();
        texts
    }

    /// Nothing, if it is none that somebody has kept who may write the plan.
    pub(super) fn read(&self, text: &Text) -> Option<Vec<u8>> {
        self.dir.read(&text.name, read::LONGEST).ok()?
    }

    /// When it was written.
    pub(super) fn written(&self, text: &Text) -> Option<SystemTime> {
        self.dir.open(&text.name, read::LONGEST).ok()??.metadata().ok()?.modified().ok()
    }

    fn next(&self, ending: &str) -> OsString {
        let last = self.newest_first().first().map_or(0, |text| text.number);
        format!("{:0DIGITS$}{ending}", last + 1).into()
    }

    fn drop_oldest(&self) -> io::Result<()> {
        let texts = self.newest_first().into_iter().filter(|text| !text.is_unmerged()).skip(KEPT);
        // What was never finished bears a name with another ending behind it.
        let unfinished = self.dir.names()?.into_iter().filter(|name| Text::is_unfinished(name));
        texts.map(|text| text.name).chain(unfinished).try_for_each(|name| self.dir.remove(name))
    }

    /// Who may not read the plan any more may not read what it was.
    fn narrow(&self, access: &AccessRights) {
        for text in self.newest_first() {
            let Ok(Some(file)) = self.dir.open(&text.name, read::LONGEST) else { continue };
            if !access.is_given(&file).unwrap_or(true) && access.give(&file).is_err() {
                // The same in a file of this user's, where it was somebody else's.
                let written = file.metadata().and_then(|found| found.modified()).ok();
                let _ = read::whole(&file).and_then(|bytes| self.lay(&text.name, &bytes, access, written));
            }
        }
    }

    /// The text in a file that says when it was written, if that is known, and not when it was copied. Others may be
    /// kept out of a text that they could read in the plan; the plan itself they still can.
    fn lay(
        &self,
        name: &OsStr,
        text: &[u8],
        access: &AccessRights,
        written: Option<SystemTime>,
    ) -> io::Result<()> {
        let laid = self.dir.lay(&dir::unique(name), name, text, |file| {
            let _ = access.give(file);
            written.map_or(Ok(()), |written| file.set_modified(written))
        });
        laid.map(drop)
    }
}

/// Keeps a file that was the plan until now. It is in `sidecar`.
pub(super) fn keep_file(paths: &Paths, sidecar: &Dir, file: &OsStr) -> io::Result<()> {
    let texts = Snapshots::make(paths)?;
    let name = texts.next(ENDING);
    rustix::fs::renameat(&sidecar.fd, file, &texts.dir.fd, &name)?;
    texts.narrow(&paths.opened()?.access);
    texts.drop_oldest()
}

/// Keeps a text that was the plan's until now, where the file itself stays the plan.
pub(super) fn keep_text(paths: &Paths, text: &[u8], written: Option<SystemTime>) -> io::Result<()> {
    let (texts, access) = (Snapshots::make(paths)?, paths.opened()?.access.clone());
    texts.lay(&texts.next(ENDING), text, &access, written)?;
    texts.narrow(&access);
    texts.drop_oldest()
}

/// Keeps a file that somebody else saved and that is in no later text. It is never dropped.
pub(super) fn rescue_file(paths: &Paths, sidecar: &Dir, file: &OsStr) -> io::Result<PathBuf> {
    let texts = Snapshots::make(paths)?;
    let name = texts.next(UNMERGED);
    rustix::fs::renameat(&sidecar.fd, file, &texts.dir.fd, &name)?;
    Ok(texts.dir.path_of(name))
}

/// As [`rescue_file`], for a text that is nowhere else.
pub(super) fn rescue_text(paths: &Paths, text: &[u8]) -> io::Result<PathBuf> {
    let texts = Snapshots::make(paths)?;
    let name = texts.next(UNMERGED);
    texts.lay(&name, text, &paths.opened()?.access, None)?;
    Ok(texts.dir.path_of(name))
}
