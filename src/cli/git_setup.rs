//! `tiendo git-setup`: makes the way in which plans are merged known to a repository of git.

use std::io;
use std::path::{Path, PathBuf};

use super::repository::{self, Repository};
use super::{Call, CliError, Printer, Streams, printed, resolve};
use crate::store::git::is_shared;
use crate::store::{self, Added, StoreError};
use crate::words::{Phrase, tr};

/// Every repository that has one of the plans; without a plan, the one that we are in.
pub(super) fn run(call: &Call, named: &[PathBuf], streams: &mut Streams) -> Result<(), CliError> {
    let plans = match resolve::found(call) {
        found if named.is_empty() && found.is_empty() => vec![PathBuf::from(".")],
        _ => resolve::plans(call, named)?,
    };
    let mut repositories: Vec<PathBuf> = Vec::new();
    for plan in plans {
        let top = repository::top(call, &folder_of(&plan), &plan)?;
        if !repositories.contains(&top) {
            repositories.push(top);
        }
    }
    for top in &repositories {
        let done = set_up(call, top)?;
        let lines = [(done.driver, DRIVER_SET), (done.attributes, ATTRIBUTES_SET)];
        let lines = lines.into_iter().filter_map(|(is_new, line)| is_new.then_some(line));
        let is_known = !(done.driver || done.attributes);
        lines
            .chain(is_known.then_some(ALREADY))
            .try_for_each(|line| streams.out.line_about(top, call.say(line)))?;
        advise_sharing(call, streams.out, top)?;
    }
    Ok(())
}

const ALREADY: Phrase =
    Phrase::new("git đã biết cách gộp kế hoạch từ trước", "git already knows how plans are merged");

fn folder_of(plan: &Path) -> PathBuf {
    let file = store::resolved(plan);
    let folder = if file.is_dir() { Some(file.as_path()) } else { file.parent() };
    folder.unwrap_or(Path::new(".")).to_owned()
}

/// What had to be done in a repository.
#[derive(Debug, Clone, Copy)]
pub(super) struct Done {
    /// Its configuration did not say how to call this program.
    pub(super) driver: bool,
    /// Its `.gitattributes` did not say that plans are to be merged by it.
    pub(super) attributes: bool,
}

pub(super) const DRIVER_SET: Phrase = Phrase::new(
    "đã ghi cách gọi tiendo vào cấu hình git của kho này",
    "the way to call tiendo is in the configuration of this repository",
);
const ATTRIBUTES_SET: Phrase = Phrase::new(
    "đã thêm “*.ron merge=tiendo” vào .gitattributes; hãy ghi tệp này vào git để máy khác cũng có",
    "“*.ron merge=tiendo” is in .gitattributes; commit it, so that others have it too",
);

/// Does what was not done yet. The configuration is this copy's alone; the attributes go to everybody.
pub(super) fn set_up(call: &Call, top: &Path) -> Result<Done, CliError> {
    let driver = set_driver(&Repository::at(call, top), &driver(&call.environment.program))?;
    Ok(Done { driver, attributes: set_attributes(call, top)? })
}

pub(super) const ATTRIBUTES: &str = ".gitattributes";

/// What is merged so. A file of that kind that is no plan is merged as git would have done it.
const RULE: &str = "*.ron merge=tiendo";

/// The line that git gives to a shell.
fn driver(program: &Path) -> String {
    format!("'{}' merge %O %A %B", program.to_string_lossy().replace('\'', r"'\''").replace('%', "%%"))
}

fn set_driver(repository: &Repository, driver: &str) -> Result<bool, CliError> {
    if repository.ask(["config", "--local", "--get", "merge.tiendo.driver"])?.line() == driver {
        return Ok(false);
    }
    for (key, value) in [("merge.tiendo.name", "tiendo"), ("merge.tiendo.driver", driver)] {
        repository.expect(CONFIGURING, ["config", "--local", key, value])?;
    }
    Ok(true)
}

const CONFIGURING: Phrase = Phrase::new("git không nhận cấu hình", "git did not take the configuration");

fn set_attributes(call: &Call, top: &Path) -> Result<bool, CliError> {
    let path = top.join(ATTRIBUTES);
    match store::add_line(top, ATTRIBUTES, RULE) {
        Ok(Added::Now) => Ok(true),
        Ok(Added::Before) => Ok(false),
        Err(error) => Err(call.file_error(&path, &StoreError::Write(error))),
        Ok(Added::NoFile) => {
            let path = printed::path(&path);
            Err(CliError::unable(tr!(
                call.lang(),
                "{path}: là liên kết hoặc không phải tệp riêng nên không được sửa; \
                 hãy thay bằng một tệp thường có dòng “{RULE}”",
                "{path}: is a link or no file of its own, and is left alone; \
                 make it a regular file with the line “{RULE}”"
            )))
        }
    }
}

/// In a repository that several use, what git itself makes has to be theirs too, also when git is called by hand.
fn advise_sharing(call: &Call, out: &mut Printer, top: &Path) -> io::Result<()> {
    let set = Repository::at(call, top).ask(["config", "--get", "core.sharedRepository"]);
    if set.is_ok_and(|said| said.is_fine()) || !is_shared(top) {
        return Ok(());
    }
    let top = printed::path(top);
    let words = call.say(Phrase::new(
        "nhiều người dùng chung kho này; để tệp mà git tạo ra thì cả nhóm dùng được:",
        "several people share this repository; so that the group can use what git makes:",
    ));
    out.line(format!("{top}: {words} git -C '{top}' config core.sharedRepository group"))
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
