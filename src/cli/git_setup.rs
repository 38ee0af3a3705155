//! `tiendo git-setup`: makes the way in which plans are merged known to a repository of git.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::arguments::PLANS;
use super::{Call, Complaint, Exit, Streams, saying, which};
use crate::store::git::{Found, Git, Said, is_shared};
use crate::store::{self, Added, StoreError};
use crate::words::{Lang, Phrase};

/// Every repository that has one of the plans; without a plan, the one that we are in.
pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let plans = match which::plans(call) {
        Err(Complaint::NoPlan) if !call.given.contains_id(PLANS.name) => vec![PathBuf::from(".")],
        plans => plans?,
    };
    let mut repositories: Vec<PathBuf> = Vec::new();
    for plan in plans {
        let top = top(&folder_of(&plan))?.ok_or(Complaint::NoRepository(plan))?;
        if !repositories.contains(&top) {
            repositories.push(top);
        }
    }
    for top in &repositories {
        let done = set_up(call, top)?;
        say(call, streams.out, top, &done)?;
        say_shared(call, streams.out, top)?;
    }
    Ok(Exit::Fine)
}

fn folder_of(plan: &Path) -> PathBuf {
    let file = store::resolved(plan);
    let folder = if file.is_dir() { Some(file.as_path()) } else { file.parent() };
    folder.unwrap_or(Path::new(".")).to_owned()
}

/// The top folder of the repository that the folder is in, if it is in one.
pub(super) fn top(folder: &Path) -> Result<Option<PathBuf>, Complaint> {
    match Git::at(folder).find().map_err(Complaint::NoGit)? {
        Found::Top(top) => Ok(Some(top)),
        Found::Nothing => Ok(None),
        Found::Refused(words) => Err(Complaint::Git { doing: REFUSED, words }),
    }
}

const REFUSED: Phrase =
    Phrase::new("git từ chối làm việc với kho này", "Git will not work in this repository");

/// What had to be done in a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Its configuration did not say how to call this program.
    Driver,
    /// Its `.gitattributes` did not say that plans are to be merged by it.
    Attributes,
}

/// Does what was not done yet. The configuration is this copy's alone; the attributes go to everybody.
pub(super) fn set_up(call: &Call, top: &Path) -> Result<Vec<Step>, Complaint> {
    let git = Git::at(top);
    let mut done = Vec::new();
    if set_driver(&git, &driver(&call.world.program))? {
        done.push(Step::Driver);
    }
    if set_attributes(top)? {
        done.push(Step::Attributes);
    }
    Ok(done)
}

pub(super) const ATTRIBUTES: &str = ".gitattributes";

/// What is merged so. A file of that kind that is no plan is merged as git would have done it.
pub(super) const RULE: &str = "*.ron merge=tiendo";

/// The line that git gives to a shell.
fn driver(program: &Path) -> String {
    format!("'{}' merge %O %A %B", program.to_string_lossy().replace('\'', r"'\''").replace('%', "%%"))
}

fn set_driver(git: &Git, driver: &str) -> Result<bool, Complaint> {
    if call_git(git, &["config", "--local", "--get", "merge.tiendo.driver"])?.line() == driver {
        return Ok(false);
    }
    for (key, value) in [("merge.tiendo.name", "tiendo"), ("merge.tiendo.driver", driver)] {
        expect(call_git(git, &["config", "--local", key, value])?, CONFIGURING)?;
    }
    Ok(true)
}

fn set_attributes(top: &Path) -> Result<bool, Complaint> {
    let path = || top.join(ATTRIBUTES);
    match store::add_line(top, ATTRIBUTES, RULE) {
        Ok(Added::Now) => Ok(true),
        Ok(Added::Before) => Ok(false),
        Ok(Added::NoFile) => Err(Complaint::NoAttributes(path())),
        Err(error) => Err(Complaint::File { path: path(), trouble: StoreError::Write(error) }),
    }
}

pub(super) fn call_git(git: &Git, words: &[&str]) -> Result<Said, Complaint> {
    git.call(words).map_err(Complaint::NoGit)
}

/// A call that has to succeed.
pub(super) fn expect(said: Said, doing: Phrase) -> Result<Said, Complaint> {
    if said.is_fine() {
        return Ok(said);
    }
    let words = if said.notes.is_empty() { said.line() } else { said.notes };
    Err(Complaint::Git { doing, words })
}

const CONFIGURING: Phrase = Phrase::new("git không nhận cấu hình", "git did not take the configuration");

/// Says that the configuration was changed, if it was.
pub(super) fn say_driver(call: &Call, out: &mut dyn Write, top: &Path, done: &[Step]) -> io::Result<()> {
    if done.contains(&Step::Driver) { say(call, out, top, &[Step::Driver]) } else { Ok(()) }
}

/// What was done, or that nothing had to be.
fn say(call: &Call, out: &mut dyn Write, top: &Path, done: &[Step]) -> io::Result<()> {
    let top = saying::path(top);
    if done.is_empty() {
        return writeln!(out, "{top}: {}", call.printable(ALREADY.say(call.lang())));
    }
    for step in done {
        writeln!(out, "{top}: {}", call.printable(step.told(call.lang())))?;
    }
    Ok(())
}

/// In a repository that several use, what git itself makes has to be theirs too, also when git is called by hand.
fn say_shared(call: &Call, out: &mut dyn Write, top: &Path) -> io::Result<()> {
    let git = Git::at(top);
    let is_told = git.call(["config", "--get", "core.sharedRepository"]).is_ok_and(|said| said.is_fine());
    if is_told || !is_shared(top) {
        return Ok(());
    }
    let top = saying::path(top);
    let words = SHARED.say(call.lang());
    let line = format!("{top}: {words} git -C '{top}' config core.sharedRepository group");
    writeln!(out, "{}", call.printable(&line))
}

const SHARED: Phrase = Phrase::new(
    "nhiều người dùng chung kho này; để tệp mà git tạo ra thì cả nhóm dùng được:",
    "several people share this repository; so that the group can use what git makes:",
);

const ALREADY: Phrase =
    Phrase::new("git đã biết cách gộp kế hoạch từ trước", "git already knows how plans are merged");

impl Step {
    const fn told(self, lang: Lang) -> &'static str {
        let phrase = match self {
            Self::Driver => Phrase::new(
                "đã ghi cách gọi tiendo vào cấu hình git của kho này",
                "the way to call tiendo is in the configuration of this repository",
            ),
            Self::Attributes => Phrase::new(
                "đã thêm “*.ron merge=tiendo” vào .gitattributes; hãy ghi tệp này vào git để máy khác cũng có",
                "“*.ron merge=tiendo” is in .gitattributes; commit it, so that others have it too",
            ),
        };
        phrase.say(lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_may_be_anywhere() {
        let path = Path::new("/a b/it's 100%/tiendo");
        assert_eq!(driver(path), r"'/a b/it'\''s 100%%/tiendo' merge %O %A %B");
    }
}
