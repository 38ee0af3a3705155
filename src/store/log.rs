//! What was saved, deed by deed, in `.tiendo`: enough to notice that an editor has written an older text over it.
//!
//! Each line says from which text to which text the deeds in it have led: see [`super::lineage`].
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
use crate::plan::{Change, Deed, Plan, Task, TaskId, Why};

/// One save, or one decision about what is lost.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Line {
    /// The digest of the text that the deeds were made on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) from: Option<u64>,
    /// Where a hand has made that text: the digest of the one that it was made from, as its histories tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) base: Option<u64>,
    /// The digest of the text that was saved, or that was found and is to be left as it is.
    pub(super) text: u64,
    #[serde(default)]
    pub(super) deeds: Vec<Deed>,
    /// What was saved before, and is not to be in the plan: somebody has decided so.
    #[serde(default)]
    pub(super) left: Vec<Deed>,
    /// What was saved before, and is in this text without being made: its histories tell of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) outdone: Vec<Deed>,
    /// What the text lacks of all that was saved before. Only earlier versions wrote this.
    #[serde(default, skip_serializing)]
    pub(super) missing: Vec<Deed>,
    /// Whether the text lacks nothing that was saved before. Earlier versions did not write this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) is_whole: Option<bool>,
}

impl Line {
    /// What a text has that was saved with this line.
    pub(super) fn has(&self) -> impl DoubleEndedIterator<Item = &Deed> {
        self.outdone.iter().chain(&self.deeds)
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
pub(super) fn append(paths: &Paths, line: &Line, lost: &[Deed]) -> io::Result<()> {
    let log = paths.log();
    if records::length(&log) > LONGEST
        && let Some(dir) = log.dir()?
    {
        let kept: Vec<Deed> = records::read::<Line>(&log)?.into_iter().flat_map(|line| line.deeds).collect();
        let carried = without(lost, &kept).into_iter();
        let carried =
            carried.map(|deed| Line { deeds: vec![deed], is_whole: Some(false), ..Line::default() });
        records::append(&log, &carried.collect::<Vec<_>>(), Safety::Usual)?;
        dir.rename(&log.name, &paths.kept(OLD_LOG).name)?;
    }
    records::append(&log, std::slice::from_ref(line), Safety::Usual)
}

/// All that was ever made, the last first. What cannot be read is as good as not there.
fn deeds_newest_first(paths: &Paths) -> impl Iterator<Item = Deed> {
    lines(paths).into_iter().rev().flat_map(|line| line.deeds.into_iter().rev())
}

/// The text that was saved last, if it was made from this one and can be made from it again.
pub(super) fn last_saved(paths: &Paths, before: &Document) -> Option<Document> {
    let save = last(paths)?;
    let mut document = before.clone();
    for deed in &save.deeds {
        document.make(&deed.changes, &deed.stamp).ok()?;
    }
    (digest(document.bytes()) == save.text).then_some(document)
}

/// What the user has made on that day and could take back, oldest first: with why it was made, and without what was
/// taken back already. What was overwritten and brought back was made once.
pub(super) fn own(paths: &Paths, user: &str, day: NaiveDate) -> Vec<(Vec<Change>, Why)> {
    let is_own = |deed: &Deed| deed.stamp.by == user && deed.stamp.at.date_naive() == day;
    let deeds: Vec<Deed> = deeds_newest_first(paths).filter(is_own).collect();
    let mut own: Vec<Deed> = Vec::new();
    for deed in deeds.into_iter().rev() {
        if deed.stamp.why != Why::Undo {
            own.retain(|other| (other.stamp.at, &other.changes) != (deed.stamp.at, &deed.changes));
            own.push(deed);
        } else if let Some(at) = own.iter().rposition(|other| deed.takes_back(other)) {
            own.remove(at);
        }
    }
    own.into_iter().map(|deed| (deed.changes, deed.stamp.why)).collect()
}

/// The digest of the text from before these changes took back what was made on it, if the text is now as that deed had
/// left it.
pub(super) fn before(paths: &Paths, text: &[u8], back: &[Change]) -> Option<u64> {
    let now = digest(text);
    let is_meant = |line: &Line| match line.deeds.as_slice() {
        [deed] => line.text == now && Change::inverses(&deed.changes) == back,
        _ => false,
    };
    lines(paths).iter().rev().find(|line| is_meant(line))?.from
}

/// Who saved each text, by its digest, as far as is known. Of two who saved the same, the later one.
pub(super) fn hands(paths: &Paths) -> HashMap<u64, String> {
    let mut hands = HashMap::new();
    for line in lines(paths).iter().rev() {
        if let Some(deed) = line.deeds.last() {
            hands.entry(line.text).or_insert_with(|| deed.stamp.by.clone());
        }
    }
    hands
}

/// The tasks that were deleted and are not in this plan, each as it went, the last one first. Nothing is known of what
/// a hand has taken out of the text, nor of what is older than the log.
pub(super) fn removed(paths: &Paths, plan: &Plan) -> Vec<Task> {
    let mut removed: Vec<Task> = Vec::new();
    for deed in deeds_newest_first(paths) {
        for change in deed.changes.into_iter().rev() {
            if let Change::Remove { task, .. } = change
                && plan.task(&task.id).is_none()
                && removed.iter().all(|other| other.id != task.id)
            {
                removed.push(task.removed(&deed.stamp));
            }
        }
    }
    removed
}

/// A task as it was when it was last deleted.
pub(super) fn as_it_went(paths: &Paths, id: &TaskId) -> Option<Task> {
    let mut changes = deeds_newest_first(paths).flat_map(|deed| deed.changes);
    changes.find_map(|change| match change {
        Change::Remove { task, .. } if task.id == *id => Some(*task),
        _ => None,
    })
}

/// The deeds without the changes that are in the others.
pub(super) fn without(deeds: &[Deed], others: &[Deed]) -> Vec<Deed> {
    let rest = deeds.iter().map(|deed| deed.without(others));
    rest.filter(|deed| !deed.changes.is_empty()).collect()
}
