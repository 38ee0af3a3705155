//! An index of git beside its own, so that the plan is committed alone and with the text that was read.

use std::ffi::{OsStr, OsString};

use super::super::CliError;
use super::super::repository::{Repository, about, no_git};
use super::{COMMITTING, Checkout};
use crate::store::git::{Git, OwnIndex};

pub(super) struct GitIndex<'a> {
    checkout: &'a Checkout<'a>,
    repository: Repository<'a>,
    /// The file of the index is there as long as this is.
    _file: OwnIndex,
}

impl<'a> GitIndex<'a> {
    /// All that is committed, if anything is.
    pub(super) fn of(checkout: &'a Checkout<'a>) -> Result<Self, CliError> {
        let call = checkout.call;
        let (git, file) = Git::at(&checkout.top).with_own_index().map_err(|error| no_git(call, &error))?;
        let index = Self { checkout, repository: Repository { call, git }, _file: file };
        if checkout.revision("HEAD")?.is_some() {
            index.repository.expect(COMMITTING, ["read-tree", "HEAD"])?;
        }
        Ok(index)
    }

    /// Adds the plan with this text, and whatever else is to be committed as it is.
    pub(super) fn add(&self, text: &[u8]) -> Result<(), CliError> {
        let Self { checkout, repository, .. } = self;
        let words = about(&["hash-object", "-w", "--stdin", "--path"], &checkout.name);
        let object = checkout.expect_with(COMMITTING, words, text)?.line();
        // As git has it; a plan is nothing to be run.
        let listed = checkout.ask(about(&["ls-files", "--stage", "--"], &checkout.name))?;
        let mode = if listed.out.starts_with(b"100755") { "100755" } else { "100644" };
        let mut entry = OsString::from(format!("{mode},{object},"));
        entry.push(checkout.expect(COMMITTING, ["rev-parse", "--show-prefix"])?.path());
        entry.push(&checkout.name);
        repository.expect(COMMITTING, about(&["update-index", "--add", "--cacheinfo"], &entry))?;
        let others: Vec<_> = checkout.paths.iter().filter(|path| **path != checkout.name).collect();
        if !others.is_empty() {
            let words = ["add", "--"].map(OsStr::new).into_iter();
            repository.expect(COMMITTING, words.chain(others.into_iter().map(OsString::as_os_str)))?;
        }
        Ok(())
    }

    /// Whether there is anything in it that is not committed.
    pub(super) fn differs(&self) -> Result<bool, CliError> {
        Ok(!self.repository.ask(["diff-index", "--cached", "--quiet", "HEAD", "--"])?.is_fine())
    }

    /// No line of the message is a comment, whatever it begins with.
    pub(super) fn commit(&self, message: &str) -> Result<(), CliError> {
        let words = ["commit", "--quiet", "--cleanup=whitespace", "--file=-"];
        self.repository.expect_with(COMMITTING, words, message.as_bytes()).map(drop)
    }
}
