//! An index of git beside its own, so that the plan is committed alone and with the text that was read.

use std::ffi::{OsStr, OsString};

use super::super::Complaint;
use super::super::git_setup::{call_git, expect};
use super::{COMMITTING, Desk};
use crate::store::git::{Git, OwnIndex, Said};

pub(super) struct Index<'a> {
    desk: &'a Desk<'a>,
    git: OwnIndex,
}

impl<'a> Index<'a> {
    /// All that is committed, if anything is.
    pub(super) fn of(desk: &'a Desk<'a>) -> Result<Self, Complaint> {
        let git = Git::at(&desk.top).with_own_index().map_err(Complaint::NoGit)?;
        let index = Self { desk, git };
        if desk.revision("HEAD")?.is_some() {
            index.call(["read-tree", "HEAD"])?;
        }
        Ok(index)
    }

    /// The plan with this text, and whatever else is to be committed as it is.
    pub(super) fn take(&self, text: &[u8]) -> Result<(), Complaint> {
        let desk = self.desk;
        let words = ["hash-object", "-w", "--stdin", "--path"].map(OsStr::new);
        let words = words.into_iter().chain([desk.name.as_os_str()]);
        let object = desk.git.call_with(words, text).map_err(Complaint::NoGit)?;
        let object = expect(object, COMMITTING)?.line();
        let mut entry = OsString::from(format!("{},{object},", self.mode()?));
        entry.push(expect(desk.git(&["rev-parse", "--show-prefix"])?, COMMITTING)?.path());
        entry.push(&desk.name);
        self.call([OsStr::new("update-index"), "--add".as_ref(), "--cacheinfo".as_ref(), &entry])?;
        let others = desk.paths.iter().filter(|path| **path != desk.name).cloned().collect::<Vec<_>>();
        if !others.is_empty() {
            self.call(["add", "--"].map(OsString::from).into_iter().chain(others))?;
        }
        Ok(())
    }

    /// As git has it; a plan is nothing to be run.
    fn mode(&self) -> Result<&'static str, Complaint> {
        let words = ["ls-files", "--stage", "--"].map(OsStr::new).into_iter();
        let said = self.desk.git.call(words.chain([self.desk.name.as_os_str()])).map_err(Complaint::NoGit)?;
        Ok(if said.out.starts_with(b"100755") { "100755" } else { "100644" })
    }

    /// Whether there is anything in it that is not committed.
    pub(super) fn differs(&self) -> Result<bool, Complaint> {
        Ok(!call_git(&self.git, &["diff-index", "--cached", "--quiet", "HEAD", "--"])?.is_fine())
    }

    /// No line of the message is a comment, whatever it begins with.
    pub(super) fn commit(&self, message: &str) -> Result<(), Complaint> {
        let words = ["commit", "--quiet", "--cleanup=whitespace", "--file=-"];
        let said = self.git.call_with(words, message.as_bytes()).map_err(Complaint::NoGit)?;
        expect(said, COMMITTING).map(drop)
    }

    fn call<I: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = I>) -> Result<Said, Complaint> {
        expect(self.git.call(words).map_err(Complaint::NoGit)?, COMMITTING)
    }
}
