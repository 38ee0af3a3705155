//! An index of git beside its own, so that the plan is committed alone and with the text that was read.

use std::ffi::{OsStr, OsString};

use super::super::repository::{about, expect, no_git};
use super::super::{Call, CliError};
use super::{COMMITTING, Checkout};
use crate::store::git::{Git, OwnIndex, Said};

pub(super) struct Index<'a> {
    checkout: &'a Checkout<'a>,
    git: OwnIndex,
}

impl<'a> Index<'a> {
    /// All that is committed, if anything is.
    pub(super) fn of(checkout: &'a Checkout<'a>) -> Result<Self, CliError> {
        let git = Git::at(&checkout.top).with_own_index().map_err(|error| no_git(checkout.call, &error))?;
        let index = Self { checkout, git };
        if checkout.revision("HEAD")?.is_some() {
            index.expect(["read-tree", "HEAD"])?;
        }
        Ok(index)
    }

    /// Adds the plan with this text, and whatever else is to be committed as it is.
    pub(super) fn add(&self, text: &[u8]) -> Result<(), CliError> {
        let checkout = self.checkout;
        let words = about(&["hash-object", "-w", "--stdin", "--path"], &checkout.name);
        let object = call_with(checkout.call, &checkout.git, words, text)?.line();
        let mut entry = OsString::from(format!("{},{object},", self.mode()?));
        entry.push(checkout.expect(COMMITTING, ["rev-parse", "--show-prefix"])?.path());
        entry.push(&checkout.name);
        self.expect([OsStr::new("update-index"), "--add".as_ref(), "--cacheinfo".as_ref(), &entry])?;
        let others: Vec<_> = checkout.paths.iter().filter(|path| **path != checkout.name).cloned().collect();
        if !others.is_empty() {
            self.expect(["add", "--"].map(OsString::from).into_iter().chain(others))?;
        }
        Ok(())
    }

    /// As git has it; a plan is nothing to be run.
    fn mode(&self) -> Result<&'static str, CliError> {
        let listed = self.checkout.ask(about(&["ls-files", "--stage", "--"], &self.checkout.name))?;
        Ok(if listed.out.starts_with(b"100755") { "100755" } else { "100644" })
    }

    /// Whether there is anything in it that is not committed.
    pub(super) fn differs(&self) -> Result<bool, CliError> {
        Ok(!self.ask(["diff-index", "--cached", "--quiet", "HEAD", "--"])?.is_fine())
    }

    /// No line of the message is a comment, whatever it begins with.
    pub(super) fn commit(&self, message: &str) -> Result<(), CliError> {
        let words = ["commit", "--quiet", "--cleanup=whitespace", "--file=-"];
        call_with(self.checkout.call, &self.git, words, message.as_bytes()).map(drop)
    }

    fn ask<I: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = I>) -> Result<Said, CliError> {
        self.git.call(words).map_err(|error| no_git(self.checkout.call, &error))
    }

    fn expect<I: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = I>) -> Result<Said, CliError> {
        expect(self.checkout.call, COMMITTING, self.ask(words)?)
    }
}

/// A call that is given something to read, and has to succeed.
fn call_with<I: AsRef<OsStr>>(
    call: &Call,
    git: &Git,
    words: impl IntoIterator<Item = I>,
    input: &[u8],
) -> Result<Said, CliError> {
    expect(call, COMMITTING, git.call_with(words, input).map_err(|error| no_git(call, &error))?)
}
