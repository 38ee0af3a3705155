//! `tiendo sync`: a plan exchanged with other machines through git, and what came of it in words.

use std::ffi::{OsStr, OsString};
use std::io;
use std::ops::Deref;
use std::path::{Path, PathBuf};

mod index;
mod merging;

use super::git_setup::{self, ATTRIBUTES, DRIVER_SET, Done};
use super::plan_file::PlanFile;
use super::repository::{self, Repository, about, failed};
use super::{Call, CliError, Printer, Streams, printed, resolve};
use crate::document::Document;
use crate::plan::{Change, Plan, compare};
use crate::store;
use crate::store::git;
use crate::text;
use crate::words::{Lang, Phrase, tr};
use index::GitIndex;

/// Commits the plan, takes in what others have sent, and sends. Where the network fails, the plan is committed and the
/// repository is as clean as before.
pub(super) fn run(call: &Call, plan: &[PathBuf], streams: &mut Streams) -> Result<(), CliError> {
    let mut checkout = Checkout::of(resolve::open(call, plan)?)?;
    let _alone = checkout.git.alone();
    let branch = checkout.branch()?;
    let done = git_setup::set_up(call, &checkout.top)?;
    if done.driver {
        streams.out.line_about(&checkout.top, call.say(DRIVER_SET))?;
    }
    checkout.add_attributes(done)?;
    checkout.commit(streams.out)?;
    let remote = checkout.remote(&branch)?;
    checkout.fetch(&remote)?;
    let mut backoff = git::Backoff::default();
    while let Some(error) = checkout.exchange(&remote, streams)? {
        if !backoff.wait() {
            return Err(error);
        }
        checkout.commit(streams.out)?;
    }
    Ok(())
}

const FETCHING: Phrase = Phrase::new(
    "Đã ghi vào git trên máy này, nhưng chưa nhận về được",
    "Committed here, but nothing could be fetched",
);
const COMMITTING: Phrase = Phrase::new("Chưa ghi được vào git", "Could not be committed");
const PUSHING: Phrase = Phrase::new(
    "Đã ghi vào git trên máy này, nhưng chưa gửi đi được",
    "Committed here, but it could not be pushed",
);
const UNFINISHED: Phrase = Phrase::new(
    "tiendo: kho git còn việc gộp làm dở; hãy làm cho xong (xem git status) rồi thử lại",
    "tiendo: a merge or rebase is under way in the repository; end it (git status), then try again",
);
const NO_REMOTE: Phrase = Phrase::new(
    "tiendo: kho git này chưa nối với kho nào khác nên chưa gửi đi đâu; để nối: git remote add origin …",
    "tiendo: the repository has no remote, so nothing was sent; to add one: git remote add origin …",
);
const NEVER_ADDED: Phrase = Phrase::new(
    "kế hoạch chưa có trong git nên chưa được trao đổi; để thêm: git add -f",
    "the plan is not in git, so it was not exchanged; to add it: git add -f",
);
const LEFT_ALONE: Phrase = Phrase::new(
    "git đang được đặt để bỏ qua tệp này nên thay đổi chưa được trao đổi; để bỏ thiết lập đó: \
     git update-index --no-assume-unchanged --no-skip-worktree",
    "git was told to leave this file alone, so its changes were not exchanged; to take that back: \
     git update-index --no-assume-unchanged --no-skip-worktree",
);

/// The plan in its repository.
struct Checkout<'a> {
    /// Seen from the folder of the plan.
    repository: Repository<'a>,
    file: PlanFile<'a>,
    name: OsString,
    /// What is committed: the plan, and the attributes if nobody else is working on them.
    paths: Vec<OsString>,
    /// The top folder of the repository.
    top: PathBuf,
}

impl<'a> Deref for Checkout<'a> {
    type Target = Repository<'a>;

    fn deref(&self) -> &Repository<'a> {
        &self.repository
    }
}

/// The other repository, and the branch in it that ours goes with.
struct Remote {
    name: String,
    branch: String,
}

impl<'a> Checkout<'a> {
    fn of(file: PlanFile<'a>) -> Result<Self, CliError> {
        let folder = file.store.file().parent().unwrap_or(Path::new("/"));
        let top = repository::top(file.call, folder, file.store.path())?;
        let repository = Repository::at(file.call, folder);
        let name = file.store.file().file_name().unwrap_or_default().to_owned();
        Ok(Self { repository, file, paths: vec![name.clone()], name, top })
    }

    /// Lets the attributes go with the plan, if they are new.
    fn add_attributes(&mut self, done: Done) -> Result<(), CliError> {
        let listed = Repository::at(self.call, &self.top).ask(["ls-files", "--error-unmatch", ATTRIBUTES])?;
        if listed.exit == Some(1) || done.attributes {
            self.paths.push(self.top.join(ATTRIBUTES).into_os_string());
        }
        Ok(())
    }

    /// The branch that we are on; but not in the middle of a merge.
    fn branch(&self) -> Result<String, CliError> {
        for head in ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD"] {
            if self.revision(head)?.is_some() {
                return Err(self.call.unable(UNFINISHED));
            }
        }
        let branch = self.ask(["symbolic-ref", "--quiet", "--short", "HEAD"])?.answer();
        branch.ok_or_else(|| self.call.unable(UNFINISHED))
    }

    fn revision(&self, name: &str) -> Result<Option<String>, CliError> {
        Ok(self.ask(["rev-parse", "--quiet", "--verify", name])?.answer())
    }

    /// A call about what is to be committed.
    fn expect_on_paths(&self, words: &[&str]) -> Result<git::Said, CliError> {
        let words = words.iter().map(OsStr::new).chain([OsStr::new("--")]);
        self.expect(COMMITTING, words.chain(self.paths.iter().map(OsString::as_os_str)))
    }

    /// The plan and nothing else of what may lie about in the repository. A plan that git is told to leave alone is
    /// one that is not committed.
    fn commit(&self, out: &mut Printer) -> Result<(), CliError> {
        let words = ["status", "--porcelain", "--ignored", "--untracked-files=all"];
        let is_changed = !self.expect_on_paths(&words)?.out.is_empty();
        if is_changed && let Some(message) = self.commit_now()? {
            self.say(
                out,
                Phrase::new("Đã ghi vào git:", "Committed:"),
                message.lines().filter(|line| !line.is_empty()),
            )?;
        }
        self.expect_in_git()
    }

    /// Git is given the text that we have read, and reads the file itself no more: nobody has to wait for its filters,
    /// its hooks or a password. Answers with what git was told, if there was anything left to commit.
    fn commit_now(&self) -> Result<Option<String>, CliError> {
        // Git says itself what it would not take, such as a file that it is to ignore.
        self.expect_on_paths(&["add", "--dry-run"])?;
        let document = store::read_plan(self.file.store.file()).map_err(|error| self.file.error(&error))?;
        let committed = self.version("HEAD")?;
        let index = GitIndex::of(self)?;
        index.add(document.bytes())?;
        if committed.is_some() && !index.differs()? {
            return Ok(None);
        }
        let committed = committed.and_then(|text| Document::read(text).ok());
        let message = self.message(committed.as_ref().map(Document::plan), document.plan());
        index.commit(&message)?;
        self.expect_on_paths(&["reset", "--quiet", "HEAD"])?;
        Ok(Some(message))
    }

    /// That git has nothing to do does not say that it has the plan, or looks at it.
    fn expect_in_git(&self) -> Result<(), CliError> {
        let why = if self.version("HEAD")?.is_none() {
            NEVER_ADDED
        } else {
            // A small letter for what is assumed to be unchanged, an S for what is not looked for.
            match self.ask(about(&["ls-files", "-v", "--"], &self.name))?.out.first() {
                Some(b'a'..=b'z' | b'S') => LEFT_ALONE,
                _ => return Ok(()),
            }
        };
        let path = printed::path(self.file.store.path());
        Err(CliError::unable(format!("{path}: {} '{path}'", self.call.say(why))))
    }

    /// The text of the plan in a commit, as git would lay it down here; if there is one.
    fn version(&self, commit: &str) -> Result<Option<Vec<u8>>, CliError> {
        let found = self.ask(about(&["cat-file", "--filters"], &self.name_in(commit)))?;
        Ok(found.is_fine().then_some(found.out))
    }

    fn name_in(&self, commit: &str) -> OsString {
        let mut name = OsString::from(format!("{commit}:./"));
        name.push(&self.name);
        name
    }

    /// What git is told of the changes: a line that sums them up, and each of them.
    fn message(&self, before: Option<&Plan>, after: &Plan) -> String {
        let lang = self.call.lang();
        let titled =
            |what: Phrase| format!("{}: {}", what.say(lang), text::cut(&text::line(&after.title), LINE));
        let Some(before) = before else { return titled(Phrase::new("Thêm kế hoạch", "New plan")) };
        let changes = compare(before, after);
        let (count, lines) = (changes.len(), lines(&changes, after, lang));
        match lines.as_slice() {
            [] => titled(Phrase::new("Sửa tệp kế hoạch", "Plan file edited")),
            [line] if text::width(line) <= SUBJECT => line.clone(),
            [line] => format!("{}\n\n{line}", text::cut(line, SUBJECT)),
            lines => {
                let lines = lines.join("\n");
                tr!(lang, "Kế hoạch: {count} thay đổi\n\n{lines}", "Plan: {count} changes\n\n{lines}")
            }
        }
    }

    /// As the branch is joined to it; else the only other repository that there is, or `origin`.
    fn remote(&self, branch: &str) -> Result<Remote, CliError> {
        let of_branch = |key: &str| {
            Ok::<_, CliError>(self.ask(["config", "--get", &format!("branch.{branch}.{key}")])?.answer())
        };
        if let (Some(name), Some(there)) = (of_branch("remote")?, of_branch("merge")?) {
            let branch = there.strip_prefix("refs/heads/").unwrap_or(&there).to_owned();
            return Ok(Remote { name, branch });
        }
        let names = self.ask(["remote"])?.line();
        let names: Vec<&str> = names.lines().collect();
        let name = match names.as_slice() {
            [name] => Some(*name),
            names => names.iter().copied().find(|name| *name == "origin"),
        };
        let name = name.ok_or_else(|| CliError::bad(self.call.say(NO_REMOTE)))?;
        Ok(Remote { name: name.to_owned(), branch: branch.to_owned() })
    }

    fn fetch(&self, remote: &Remote) -> Result<(), CliError> {
        self.expect(FETCHING, ["fetch", "--quiet", &remote.name]).map(drop)
    }

    /// Takes in what was fetched, says what came, and sends. Answers with an error if somebody has changed the plan, or
    /// sent something, in this very moment.
    fn exchange(&mut self, remote: &Remote, streams: &mut Streams) -> Result<Option<CliError>, CliError> {
        let there = format!("{}/{}", remote.name, remote.branch);
        let tracking = format!("refs/remotes/{there}");
        let theirs = self.revision(&tracking)?;
        if let Some(theirs) = &theirs
            && let Some(error) = self.merge(theirs, &there, streams)?
        {
            return Ok(Some(error));
        }
        if theirs == self.revision("HEAD")? {
            streams
                .out
                .line(self.call.say(Phrase::new("Hai bên đã khớp nhau.", "Both sides are the same.")))?;
            return Ok(None);
        }
        let refs = format!("HEAD:refs/heads/{}", remote.branch);
        let pushed = self.ask(["push", "--quiet", "--set-upstream", &remote.name, &refs])?;
        if pushed.is_fine() {
            streams.out.line(self.call.say(Phrase::new("Đã gửi đi.", "Pushed.")))?;
            return Ok(None);
        }
        let error = failed(self.call, PUSHING, &pushed.notes);
        self.fetch(remote)?;
        let is_overtaken = self.revision(&tracking)? != theirs;
        if is_overtaken { Ok(Some(error)) } else { Err(error) }
    }

    fn say<'l>(
        &self,
        out: &mut Printer,
        heading: Phrase,
        lines: impl IntoIterator<Item = &'l str>,
    ) -> io::Result<()> {
        out.line(heading.say(self.call.lang()))?;
        out.lines(lines.into_iter().map(|line| format!("  {line}")))
    }
}

/// Changes as they are told, each on a line: as many as somebody may want to read, and how many there are besides.
fn lines(changes: &[Change], plan: &Plan, lang: Lang) -> Vec<String> {
    let line = |it| text::cut(&printed::change(it, plan, lang), LINE).into_owned();
    let mut lines: Vec<_> = changes.iter().take(printed::MOST).map(line).collect();
    lines.extend(printed::more(changes.len(), lang));
    lines
}

/// The first line of a message may be so long, and any other.
const SUBJECT: usize = 72;
const LINE: usize = 300;
