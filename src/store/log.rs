//! What was saved, commit by commit, in `.tiendo`: enough to notice that an editor has written an older text over it.
//!
//! Each line says from which text to which text the commits in it have led: see [`super::lineage`].
//!
//! The log is no data. It is written after the plan, and not waited for: what a power cut takes of it is the means
//! to notice one overwritten change, and not the change.

use std::collections::HashMap;
use std::io;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::digest::digest;
use super::paths::Paths;
use super::records::{self, Safety};
use crate::document::Document;
use crate::plan::{Change, Commit, Plan, Task, TaskId, Why};

/// One save, or one decision about what is lost.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Line {
    /// The digest of the text that the commits were made on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<u64>,
    /// Where a hand has made that text: the digest of the one that it was made from, as its histories tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) base: Option<u64>,
    /// The digest of the text that was saved, or that was found and is to be left as it is.
    pub(super) text: u64,
    /// Called as in the first version, whose logs are read.
    #[serde(default, rename = "deeds")]
    pub(super) commits: Vec<Commit>,
    /// What was saved before, and is not to be in the plan: somebody has decided so.
    #[serde(default)]
    pub(super) left: Vec<Commit>,
    /// What was saved before, and is in this text without being made: its histories tell of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) outdone: Vec<Commit>,
    /// What the text lacks of all that was saved before. Only earlier versions wrote this.
    #[serde(default, skip_serializing)]
    pub(super) missing: Vec<Commit>,
    /// Whether the text lacks nothing that was saved before. Earlier versions did not write this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) is_whole: Option<bool>,
}

impl Line {
    /// What a text has that was saved with this line.
    pub(super) fn has(&self) -> impl DoubleEndedIterator<Item = &Commit> {
        self.outdone.iter().chain(&self.commits)
    }
}

/// How the name of the log before this one ends.
const OLD_LOG: &str = "log.old";

/// A log that is longer than this becomes the old one.
const LONGEST: u64 = 2 << 20;

/// All lines, oldest first.
pub(super) fn lines(paths: &Paths) -> Vec<Line> {
    let read = |kept| records::read(&kept).unwrap_or_default();
    [paths.kept(OLD_LOG), paths.log()].into_iter().flat_map(read).collect()
}

/// The last line.
pub(super) fn last(paths: &Paths) -> Option<Line> {
    records::last(&paths.log())
}

/// Adds a line. Of the changes that are lost, and that nobody has decided about, none goes away with the old log.
pub(super) fn append(paths: &Paths, line: &Line, lost: &[Commit]) -> io::Result<()> {
    let log = paths.log();
    if records::length(&log) > LONGEST
        && let Some(dir) = log.dir()?
    {
        let kept: Vec<Commit> =
            records::read::<Line>(&log)?.into_iter().flat_map(|line| line.commits).collect();
        let carried = without(lost, &kept).into_iter();
        let carried =
            carried.map(|commit| Line { commits: vec![commit], is_whole: Some(false), ..Line::default() });
        records::append(&log, &carried.collect::<Vec<_>>(), Safety::Usual)?;
        dir.rename(&log.name, &paths.kept(OLD_LOG).name)?;
    }
    records::append(&log, std::slice::from_ref(line), Safety::Usual)
}

/// All that was ever made, the last first. What cannot be read is as good as not there.
fn commits_newest_first(paths: &Paths) -> impl Iterator<Item = Commit> {
    lines(paths).into_iter().rev().flat_map(|line| line.commits.into_iter().rev())
}

/// The text that was saved last, if it was made from this one and can be made from it again.
pub(super) fn last_saved(paths: &Paths, before: &Document) -> Option<Document> {
    let save = last(paths)?;
    let mut document = before.clone();
    for commit in &save.commits {
        document.make(&commit.changes, &commit.stamp).ok()?;
    }
    (digest(document.bytes()) == save.text).then_some(document)
}

/// What the user has made on that day and could take back, oldest first: with why it was made, and without what was
/// taken back already. What was overwritten and brought back was made once.
pub(super) fn own(paths: &Paths, user: &str, day: NaiveDate) -> Vec<(Vec<Change>, Why)> {
    let is_own = |commit: &Commit| commit.stamp.by == user && commit.stamp.at.date_naive() == day;
    let commits: Vec<Commit> = commits_newest_first(paths).filter(is_own).collect();
    let mut own: Vec<Commit> = Vec::new();
    for commit in commits.into_iter().rev() {
        if commit.stamp.why != Why::Undo {
            own.retain(|other| (other.stamp.at, &other.changes) != (commit.stamp.at, &commit.changes));
            own.push(commit);
        } else if let Some(at) = own.iter().rposition(|other| commit.takes_back(other)) {
            own.remove(at);
        }
    }
    own.into_iter().map(|commit| (commit.changes, commit.stamp.why)).collect()
}

/// The digest of the text from before these changes took back what was made on it, if the text is now as that commit had
/// left it.
pub(super) fn before(paths: &Paths, text: &[u8], back: &[Change]) -> Option<u64> {
    let now = digest(text);
    let is_meant = |line: &Line| match line.commits.as_slice() {
        [commit] => line.text == now && Change::inverses(&commit.changes) == back,
        _ => false,
    };
    lines(paths).iter().rev().find(|line| is_meant(line))?.from
}

/// Who saved each text, by its digest, as far as is known. Of two who saved the same, the later one.
pub(super) fn hands(paths: &Paths) -> HashMap<u64, String> {
    let mut hands = HashMap::new();
    for line in lines(paths).iter().rev() {
        if let Some(commit) = line.commits.last() {
            hands.entry(line.text).or_insert_with(|| commit.stamp.by.clone());
        }
    }
    hands
}

/// The tasks that were deleted and are not in this plan, each as it went, the last one first. Nothing is known of what
/// a hand has taken out of the text, nor of what is older than the log.
pub(super) fn removed(paths: &Paths, plan: &Plan) -> Vec<Task> {
    let mut removed: Vec<Task> = Vec::new();
    for commit in commits_newest_first(paths) {
        for change in commit.changes.into_iter().rev() {
            if let Change::Remove { task, .. } = change
                && plan.task(&task.id).is_none()
                && removed.iter().all(|other| other.id != task.id)
            {
                removed.push(task.removed(&commit.stamp));
            }
        }
    }
    removed
}

/// A task as it was when it was last deleted.
pub(super) fn as_it_went(paths: &Paths, id: &TaskId) -> Option<Task> {
    let mut changes = commits_newest_first(paths).flat_map(|commit| commit.changes);
    changes.find_map(|change| match change {
        Change::Remove { task, .. } if task.id == *id => Some(*task),
        _ => None,
    })
}

/// The commits without the changes that are in the others.
pub(super) fn without(commits: &[Commit], others: &[Commit]) -> Vec<Commit> {
    let rest = commits.iter().map(|commit| commit.without(others));
    rest.filter(|commit| !commit.changes.is_empty()).collect()
}
