//! `tiendo sync`: a plan exchanged with other machines through git, and what came of it in words.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

mod index;
mod merging;

use super::complaint::NotInGit;
use super::git_setup::{self, ATTRIBUTES, Step, call_git, expect};
use super::{Call, Complaint, Exit, Streams, changes, which};
use crate::document::Document;
use crate::plan::{Change, Plan, compare};
use crate::store::git::{self, Git, Said};
use crate::store::{self, Store, StoreError};
use crate::text;
use crate::words::{Lang, Phrase};
use index::Index;

/// How often somebody else may be quicker.
const ATTEMPTS: u32 = 20;

/// Commits the plan, takes in what others have sent, and sends. Where the network fails, the plan is committed and the
/// repository is as clean as before.
pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let mut desk = Desk::of(call, which::open(call)?)?;
    let _alone = desk.git.alone();
    let branch = desk.branch()?;
    let steps = git_setup::set_up(call, &desk.top)?;
    git_setup::say_driver(call, streams.out, &desk.top, &steps)?;
    desk.take_attributes(&steps)?;
    desk.commit(streams.out)?;
    let remote = desk.remote(&branch)?;
    desk.fetch(&remote)?;
    let mut attempt = 1;
    loop {
        match desk.exchange(&remote, streams)? {
            Exchanged::Done => return Ok(Exit::Fine),
            Exchanged::Overtaken(complaint) if attempt == ATTEMPTS => return Err(complaint),
            Exchanged::Overtaken(_) => git::stand_back(attempt),
        }
        attempt += 1;
        desk.commit(streams.out)?;
    }
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

/// The plan in its repository.
struct Desk<'a> {
    call: &'a Call<'a>,
    store: Store,
    name: OsString,
    /// What is committed: the plan, and the attributes if nobody else is working on them.
    paths: Vec<OsString>,
    git: Git,
    /// The top folder of the repository.
    top: PathBuf,
}

/// The other repository, and the branch in it that ours goes with.
struct Remote {
    name: String,
    branch: String,
}

/// What one attempt to exchange came to.
enum Exchanged {
    Done,
    /// Somebody has changed the plan, or sent something, in this very moment.
    Overtaken(Complaint),
}

impl<'a> Desk<'a> {
    fn of(call: &'a Call<'a>, store: Store) -> Result<Self, Complaint> {
        let folder = store.file().parent().unwrap_or(Path::new("/"));
        let top = git_setup::top(folder)?.ok_or_else(|| Complaint::NoRepository(store.path().to_owned()))?;
        let (git, name) = (Git::at(folder), store.file().file_name().unwrap_or_default().to_owned());
        Ok(Self { call, store, git, paths: vec![name.clone()], name, top })
    }

    /// Lets the attributes go with the plan, if they are new.
    fn take_attributes(&mut self, steps: &[Step]) -> Result<(), Complaint> {
        let is_untracked =
            call_git(&Git::at(&self.top), &["ls-files", "--error-unmatch", ATTRIBUTES])?.exit == Some(1);
        if is_untracked || steps.contains(&Step::Attributes) {
            self.paths.push(self.top.join(ATTRIBUTES).into_os_string());
        }
        Ok(())
    }

    fn git(&self, words: &[&str]) -> Result<Said, Complaint> {
        call_git(&self.git, words)
    }

    /// The branch that we are on; but not in the middle of a merge.
    fn branch(&self) -> Result<String, Complaint> {
        for head in ["MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD"] {
            if self.revision(head)?.is_some() {
                return Err(Complaint::Unfinished);
            }
        }
        let said = self.git(&["symbolic-ref", "--quiet", "--short", "HEAD"])?;
        if said.is_fine() { Ok(said.line()) } else { Err(Complaint::Unfinished) }
    }

    fn revision(&self, name: &str) -> Result<Option<String>, Complaint> {
        let said = self.git(&["rev-parse", "--quiet", "--verify", name])?;
        Ok(said.is_fine().then(|| said.line()))
    }

    /// A call about what is to be committed.
    fn git_on_paths(&self, words: &[&str]) -> Result<Said, Complaint> {
        let words = words.iter().copied().chain(["--"]).map(OsString::from);
        let said = self.git.call(words.chain(self.paths.iter().cloned())).map_err(Complaint::NoGit)?;
        expect(said, COMMITTING)
    }

    /// A plan that git is told to leave alone is one that is not committed.
    fn is_changed(&self) -> Result<bool, Complaint> {
        let words = ["status", "--porcelain", "--ignored", "--untracked-files=all"];
        Ok(!self.git_on_paths(&words)?.out.is_empty())
    }

    /// The plan and nothing else of what may lie about in the repository.
    fn commit(&self, out: &mut dyn Write) -> Result<(), Complaint> {
        if self.is_changed()?
            && let Some(message) = self.commit_now()?
        {
            self.say(out, COMMITTED, message.lines().filter(|line| !line.is_empty()))?;
        }
        self.expect_in_git()
    }

    /// Git is given the text that we have read, and reads the file itself no more: nobody has to wait for its filters,
    /// its hooks or a password. Answers with what git was told, if there was anything left to commit.
    fn commit_now(&self) -> Result<Option<String>, Complaint> {
        // Git says itself what it would not take, such as a file that it is to ignore.
        self.git_on_paths(&["add", "--dry-run"])?;
        let document = store::read_plan(self.store.file()).map_err(|trouble| self.trouble(trouble))?;
        let committed = self.version("HEAD")?;
        let index = Index::of(self)?;
        index.take(document.bytes())?;
        if committed.is_some() && !index.differs()? {
            return Ok(None);
        }
        let committed = committed.and_then(|text| Document::read(text).ok());
        let message = self.message(committed.as_ref().map(Document::plan), document.plan());
        index.commit(&message)?;
        self.git_on_paths(&["reset", "--quiet", "HEAD"])?;
        Ok(Some(message))
    }

    /// That git has nothing to do does not say that it has the plan.
    fn expect_in_git(&self) -> Result<(), Complaint> {
        let missing = |why| Err(Complaint::NotInGit { path: self.store.path().to_owned(), why });
        if self.version("HEAD")?.is_none() {
            return missing(NotInGit::NeverAdded);
        }
        let words = ["ls-files", "-v", "--"].map(OsStr::new).into_iter().chain([self.name.as_os_str()]);
        let said = self.git.call(words).map_err(Complaint::NoGit)?;
        // A small letter for what is assumed to be unchanged, an S for what is not looked for.
        match said.out.first() {
            Some(b'a'..=b'z' | b'S') => missing(NotInGit::LeftAlone),
            _ => Ok(()),
        }
    }

    fn trouble(&self, trouble: StoreError) -> Complaint {
        Complaint::File { path: self.store.path().to_owned(), trouble }
    }

    /// The text of the plan in a commit, as git would lay it down here; if there is one.
    fn version(&self, commit: &str) -> Result<Option<Vec<u8>>, Complaint> {
        let name = self.name_in(commit);
        let words = ["cat-file", "--filters"].map(OsStr::new).into_iter().chain([name.as_os_str()]);
        let said = self.git.call(words).map_err(Complaint::NoGit)?;
        Ok(said.is_fine().then_some(said.out))
    }

    fn name_in(&self, commit: &str) -> OsString {
        let mut name = OsString::from(format!("{commit}:./"));
        name.push(&self.name);
        name
    }

    /// What git is told of the changes: a line that sums them up, and each of them.
    fn message(&self, before: Option<&Plan>, after: &Plan) -> String {
        let lang = self.call.lang();
        let Some(before) = before else {
            return format!("{}: {}", NEW.say(lang), text::cut(&text::line(&after.title), LINE));
        };
        let changes = compare(before, after);
        let lines = told(&changes, after, lang);
        match (lines.as_slice(), lang) {
            ([], _) => format!("{}: {}", EDITED.say(lang), text::cut(&text::line(&after.title), LINE)),
            ([line], _) if text::width(line) <= SUBJECT => line.clone(),
            ([line], _) => format!("{}\n\n{line}", text::cut(line, SUBJECT)),
            (lines, Lang::Vi) => format!("Kế hoạch: {} thay đổi\n\n{}", changes.len(), lines.join("\n")),
            (lines, Lang::En) => format!("Plan: {} changes\n\n{}", changes.len(), lines.join("\n")),
        }
    }

    /// As the branch is joined to it; else the only other repository that there is, or `origin`.
    fn remote(&self, branch: &str) -> Result<Remote, Complaint> {
        let of_branch = |key: &str| {
            let said = self.git(&["config", "--get", &format!("branch.{branch}.{key}")])?;
            Ok::<_, Complaint>(said.is_fine().then(|| said.line()))
        };
        if let (Some(name), Some(there)) = (of_branch("remote")?, of_branch("merge")?) {
            let branch = there.strip_prefix("refs/heads/").unwrap_or(&there).to_owned();
            return Ok(Remote { name, branch });
        }
        let names = self.git(&["remote"])?.line();
        let names: Vec<&str> = names.lines().collect();
        let name = match names.as_slice() {
            [name] => Some(*name),
            names => names.iter().copied().find(|name| *name == "origin"),
        };
        let name = name.ok_or(Complaint::NoRemote)?.to_owned();
        Ok(Remote { name, branch: branch.to_owned() })
    }

    fn fetch(&self, remote: &Remote) -> Result<(), Complaint> {
        expect(self.git(&["fetch", "--quiet", &remote.name])?, FETCHING).map(drop)
    }

    /// Takes in what was fetched, says what came, and sends.
    fn exchange(&mut self, remote: &Remote, streams: &mut Streams) -> Result<Exchanged, Complaint> {
        let there = format!("{}/{}", remote.name, remote.branch);
        let tracking = format!("refs/remotes/{there}");
        let theirs = self.revision(&tracking)?;
        if let Some(theirs) = &theirs
            && let Some(complaint) = self.take_in(theirs, &there, streams)?
        {
            return Ok(Exchanged::Overtaken(complaint));
        }
        let out = &mut *streams.out;
        if theirs == self.revision("HEAD")? {
            self.say(out, SAME, [])?;
            return Ok(Exchanged::Done);
        }
        let refs = format!("HEAD:refs/heads/{}", remote.branch);
        let sent = self.git(&["push", "--quiet", "--set-upstream", &remote.name, &refs])?;
        if sent.is_fine() {
            self.say(out, SENT, [])?;
            return Ok(Exchanged::Done);
        }
        let complaint = Complaint::Git { doing: PUSHING, words: sent.notes };
        self.fetch(remote)?;
        let is_overtaken = self.revision(&tracking)? != theirs;
        if is_overtaken { Ok(Exchanged::Overtaken(complaint)) } else { Err(complaint) }
    }

    fn say<'l>(
        &self,
        out: &mut dyn Write,
        heading: Phrase,
        lines: impl IntoIterator<Item = &'l str>,
    ) -> io::Result<()> {
        writeln!(out, "{}", self.call.printable(heading.say(self.call.lang())))?;
        lines.into_iter().try_for_each(|line| writeln!(out, "  {}", self.call.printable(line)))
    }
}

/// Changes as they are told, each on a line: as many as somebody may want to read, and how many there are besides.
fn told(changes: &[Change], plan: &Plan, lang: Lang) -> Vec<String> {
    let line = |it| text::cut(&changes::change(it, plan, lang), LINE).into_owned();
    let mut lines: Vec<_> = changes.iter().take(changes::TOLD).map(line).collect();
    lines.extend(changes::more(changes.len(), lang));
    lines
}

/// The first line of a message may be so long, and any other.
const SUBJECT: usize = 72;
const LINE: usize = 300;

const NEW: Phrase = Phrase::new("Thêm kế hoạch", "New plan");
const EDITED: Phrase = Phrase::new("Sửa tệp kế hoạch", "Plan file edited");
const COMMITTED: Phrase = Phrase::new("Đã ghi vào git:", "Committed:");
const SENT: Phrase = Phrase::new("Đã gửi đi.", "Pushed.");
const SAME: Phrase = Phrase::new("Hai bên đã khớp nhau.", "Both sides are the same.");
