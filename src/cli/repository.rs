//! The repository of git that a plan is in, and what is said where git does not do what it was asked for.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

use super::{Call, CliError, printed};
use crate::store::git::{FoundRepository, Git, Said};
use crate::words::Phrase;

/// Git in a folder, with the errors of a verb.
pub(super) struct Repository<'a> {
    pub(super) call: &'a Call<'a>,
    pub(super) git: Git,
}

impl<'a> Repository<'a> {
    pub(super) fn at(call: &'a Call<'a>, folder: &Path) -> Self {
        Self { call, git: Git::at(folder) }
    }

    /// Calls git, whatever comes of it.
    pub(super) fn ask<I: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = I>) -> Result<Said, CliError> {
        self.git.call(words).map_err(|error| no_git(self.call, &error))
    }

    /// A call that has to succeed; else the phrase says what could not be done.
    pub(super) fn expect<I: AsRef<OsStr>>(
        &self,
        doing: Phrase,
        words: impl IntoIterator<Item = I>,
    ) -> Result<Said, CliError> {
        self.expect_with(doing, words, b"")
    }

    /// The same with something to read.
    pub(super) fn expect_with<I: AsRef<OsStr>>(
        &self,
        doing: Phrase,
        words: impl IntoIterator<Item = I>,
        input: &[u8],
    ) -> Result<Said, CliError> {
        expect(self.call, doing, self.git.call_with(words, input).map_err(|error| no_git(self.call, &error))?)
    }
}

/// Words for git, the name of a file last.
pub(super) fn about<'a>(words: &'a [&str], file: &'a OsStr) -> impl Iterator<Item = &'a OsStr> {
    words.iter().map(OsStr::new).chain([file])
}

pub(super) fn expect(call: &Call, doing: Phrase, said: Said) -> Result<Said, CliError> {
    if said.is_fine() {
        return Ok(said);
    }
    let words = if said.notes.is_empty() { said.line() } else { said.notes };
    Err(failed(call, doing, &words))
}

/// Git did not do what it was asked for; in its own words.
pub(super) fn failed(call: &Call, doing: Phrase, words: &str) -> CliError {
    CliError::unable(format!("{}: {words}", call.say(doing)))
}

pub(super) fn no_git(call: &Call, error: &io::Error) -> CliError {
    failed(call, Phrase::new("tiendo: không chạy được git", "tiendo: git cannot be run"), &error.to_string())
}

/// The top folder of the repository that the folder of a plan is in.
pub(super) fn top(call: &Call, folder: &Path, plan: &Path) -> Result<PathBuf, CliError> {
    match Git::at(folder).find().map_err(|error| no_git(call, &error))? {
        FoundRepository::Top(top) => Ok(top),
        FoundRepository::Refused(words) => Err(failed(call, REFUSED, &words)),
        FoundRepository::Nothing => {
            Err(CliError::unable(format!("{}: {}", printed::path(plan), call.say(NO_REPOSITORY))))
        }
    }
}

const REFUSED: Phrase =
    Phrase::new("git từ chối làm việc với kho này", "Git will not work in this repository");
const NO_REPOSITORY: Phrase = Phrase::new(
    "không nằm trong kho git nào; để tạo kho: git init",
    "in no git repository; to make one: git init",
);
