//! What others have committed, brought into a plan on which people go on working.
//!
//! Git only computes: it takes a file away before it lays the new one down, gives that one the permissions of any new
//! file, and knows nothing of whose turn it is. The plan is saved as every change of it is, and git finds it done.

use std::collections::HashMap;
use std::path::Path;

use super::super::repository::{about, expect, failed};
use super::super::{CliError, Streams, printed};
use super::{Checkout, LINE, lines};
use crate::document::Document;
use crate::plan::{Entry, compare};
use crate::store::StoreError;
use crate::text;
use crate::words::{Lang, Phrase};

/// What one commit has made of the plan of another.
struct Incoming {
    before: Document,
    after: Document,
}

impl Checkout<'_> {
    /// Merges what was fetched from `there`. Answers with an error if somebody else has committed in this very moment.
    pub(super) fn merge(
        &mut self,
        theirs: &str,
        there: &str,
        streams: &mut Streams,
    ) -> Result<Option<CliError>, CliError> {
        let ours = self.expect(MERGING, ["rev-parse", "--verify", "HEAD"])?.line();
        if self.is_in(theirs, &ours)? {
            return Ok(None);
        }
        let is_ahead = self.is_in(&ours, theirs)?;
        let merged = if is_ahead { theirs.to_owned() } else { self.merged(&ours, theirs, there)? };
        let news = self.news(&ours, &merged, there)?;
        self.stage(&ours, &merged)?;
        let stamp = self.call.stamp_of_now();
        match self.file.store.take_in(&news.before, &news.after, &stamp) {
            Ok(outcome) => self.file.remarks(streams.notes, &outcome)?,
            Err(error) => {
                self.reset_to(&ours)?;
                return Err(self.file.error(&error));
            }
        }
        let words = ["merge", "--quiet", "--ff-only", "--no-autostash", &merged];
        if let Err(error) = self.expect(MERGING, words) {
            return Ok(Some(error));
        }
        let lines = news.lines(self.call.lang());
        let heading = if lines.is_empty() { NO_NEWS } else { CAME };
        self.say(streams.out, heading, lines.iter().map(String::as_str))?;
        Ok(None)
    }

    /// Whether all that is in the one commit is in the other.
    fn is_in(&self, one: &str, other: &str) -> Result<bool, CliError> {
        Ok(self.ask(["merge-base", "--is-ancestor", one, other])?.is_fine())
    }

    /// A new commit of both, in no branch yet.
    fn merged(&self, ours: &str, theirs: &str, there: &str) -> Result<String, CliError> {
        let words = ["merge-tree", "--write-tree", "--no-messages", "--name-only", "-z", ours, theirs];
        let said = self.ask(words)?;
        let out = String::from_utf8_lossy(&said.out).into_owned();
        let mut parts = out.split_terminator('\0');
        // The programs that git calls to merge files may have had something to say before.
        let tree = parts.next().and_then(|first| first.lines().last()).unwrap_or_default();
        match said.exit {
            Some(0) => {}
            // The files that were changed by both in one place, and are no plans.
            Some(1) => return Err(self.by_hand(&parts.collect::<Vec<_>>().join(", "), there)),
            Some(USAGE) => {
                return Err(failed(self.call, OLD, &self.ask(["--version"])?.line()));
            }
            _ => expect(self.call, MERGING, said).map(drop)?,
        }
        let message = format!("Merge {there}");
        let words = ["commit-tree", "-p", ours, "-p", theirs, "-m", &message, tree];
        Ok(self.expect(MERGING, words)?.line())
    }

    fn by_hand(&self, why: &str, there: &str) -> CliError {
        let words = format!("{why}\n{} git merge {there}", self.call.say(BY_HAND));
        failed(self.call, MERGING, &words)
    }

    /// What the merge makes of the plan. One that does not open, or is not there, stays where it is.
    fn news(&self, ours: &str, merged: &str, there: &str) -> Result<Incoming, CliError> {
        let read = |commit: &str| {
            let gone = || self.by_hand(self.call.say(GONE), there);
            let text = self.version(commit)?.ok_or_else(gone)?;
            let file = |error| self.call.file_error(Path::new(&self.name_in(there)), &error);
            match Document::read(text.clone()) {
                Ok(document) if document.bytes() == text => Ok(document),
                Ok(_) => Err(file(StoreError::Unwritable)),
                Err(problem) => Err(file(StoreError::Broken(problem))),
            }
        };
        Ok(Incoming { before: read(ours)?, after: read(merged)? })
    }

    /// Tells git that the plan is as in the merged commit, whatever lies on the disk, and asks whether it could lay
    /// down the rest. If not, all is as before.
    fn stage(&self, ours: &str, merged: &str) -> Result<(), CliError> {
        self.reset_to(merged)?;
        // What was touched and not changed is no obstacle.
        self.ask(["update-index", "-q", "--refresh"])?;
        let tried = self.ask(["read-tree", "--dry-run", "-m", "-u", ours, merged])?;
        if !tried.is_fine() {
            self.reset_to(ours)?;
        }
        expect(self.call, MERGING, tried).map(drop)
    }

    /// The plan as git has it in mind for the next commit; on the disk it stays as it is.
    fn reset_to(&self, commit: &str) -> Result<(), CliError> {
        self.expect(MERGING, about(&["reset", "--quiet", commit, "--"], &self.name)).map(drop)
    }
}

impl Incoming {
    /// What is otherwise since others' work came in, and where both had set the same thing.
    fn lines(&self, lang: Lang) -> Vec<String> {
        let (before, after) = (self.before.plan(), self.after.plan());
        let changes = compare(before, after);
        let mut lines = lines(&changes, after, lang);
        let known: HashMap<_, _> = before.tasks.iter().map(|task| (&task.id, task)).collect();
        for task in &after.tasks {
            let old = known.get(&task.id).map(|task| task.history.as_slice()).unwrap_or_default();
            let clashes = task.history.iter().filter(|entry| entry.clash && !old.contains(entry));
            let line = |it: &Entry| format!("{}: {}", printed::title(task), it.told(lang));
            lines.extend(clashes.map(|it| text::cut(&line(it), LINE).into_owned()));
        }
        lines
    }
}

/// With this, git answers to words that it does not know.
const USAGE: i32 = 129;

const MERGING: Phrase = Phrase::new(
    "Đã ghi vào git trên máy này, nhưng chưa gộp được với bên kia",
    "Committed here, but it could not be merged with theirs",
);
const OLD: Phrase = Phrase::new(
    "Đã ghi vào git trên máy này, nhưng cần git 2.38 trở lên để gộp với bên kia",
    "Committed here, but to merge it with theirs takes git 2.38 or later",
);
const BY_HAND: Phrase = Phrase::new("Hãy tự gộp bằng lệnh:", "To merge by hand:");
const GONE: Phrase = Phrase::new(
    "bên kia đã xóa hoặc chuyển tệp kế hoạch đi chỗ khác",
    "they have deleted or moved the file of the plan",
);
const CAME: Phrase = Phrase::new("Nhận về:", "Came in:");
const NO_NEWS: Phrase =
    Phrase::new("Nhận về: kế hoạch này không có gì mới", "Came in: nothing new in this plan");
