//! What was saved, deed by deed, in `.tiendo`: enough to notice that an editor has written an older text over it.
//!
//! The log is no data. It is written after the plan, and not waited for: what a power cut takes of it is the means
//! to notice one overwritten change, and not the change.

use std::fs;
use std::io;

use serde::{Deserialize, Serialize};

use super::deed::Deed;
use super::digest::digest;
use super::lines::{self, Safety};
use super::site::Site;
use crate::document::Document;
use crate::plan::{Change, Plan, Task};

/// One save.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    /// The digest of the text that was saved, or that was found and is to be left as it is.
    text: u64,
    #[serde(default)]
    deeds: Vec<Deed>,
    /// What is missing in that text on purpose.
    #[serde(default)]
    left: Vec<Deed>,
}

/// A log that is longer than this becomes the old one.
const LONGEST: u64 = 2 << 20;

/// Writes down that the plan has this text now, and these deeds in it.
pub(super) fn write(site: &Site, text: &[u8], deeds: Vec<Deed>) -> io::Result<()> {
    append(site, &Line { text: digest(text), deeds, left: Vec::new() })
}

/// Writes down that the plan has this text now, and is meant not to have these deeds in it.
pub(super) fn leave(site: &Site, text: &[u8], left: Vec<Deed>) -> io::Result<()> {
    append(site, &Line { text: digest(text), deeds: Vec::new(), left })
}

fn append(site: &Site, line: &Line) -> io::Result<()> {
    let path = site.log();
    if fs::metadata(&path).is_ok_and(|found| found.len() > LONGEST) {
        fs::rename(&path, site.old_log())?;
    }
    lines::append(site, &path, std::slice::from_ref(line), Safety::Usual)
}

/// The text that was saved last, if it was made from this one and can be made from it again.
pub(super) fn last_saved(site: &Site, before: &Document) -> Option<Document> {
    let save: Line = lines::last(&site.log())?;
    let mut document = before.clone();
    for deed in &save.deeds {
        document.make(&deed.changes, &deed.stamp).ok()?;
    }
    (digest(document.bytes()) == save.text).then_some(document)
}

/// The deeds that were saved and of which nothing is told in this text, oldest first, back to the newest one that
/// is: the text was made from the one which that deed had led to. A text that we have saved lacks none.
pub(super) fn unheard_of(site: &Site, text: &[u8], plan: &Plan) -> Vec<Deed> {
    let path = site.log();
    if lines::last::<Line>(&path).is_none_or(|last| last.text == digest(text)) {
        return Vec::new();
    }
    let (mut unheard, mut left) = (Vec::new(), Vec::new());
    let saves = [path, site.old_log()].into_iter().flat_map(|path| lines::newest_first::<Line>(&path));
    'saves: for line in saves {
        left.extend(line.left);
        for deed in line.deeds.into_iter().rev() {
            if deed.is_told_in(plan) == Some(true) {
                break 'saves;
            }
            unheard.push(deed);
        }
    }
    unheard.reverse();
    without(unheard, &left)
}

/// The tasks that were deleted and are not in this plan, each as it went, the last one first. Nothing is known of what
/// a hand has taken out of the text, nor of what is older than the log.
pub(super) fn removed(site: &Site, plan: &Plan) -> Vec<Task> {
    let mut removed: Vec<Task> = Vec::new();
    let saves = [site.log(), site.old_log()].into_iter().flat_map(|path| lines::newest_first::<Line>(&path));
    for deed in saves.flat_map(|save| save.deeds.into_iter().rev()) {
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

/// The deeds without the changes that are in the others.
pub(super) fn without(deeds: Vec<Deed>, others: &[Deed]) -> Vec<Deed> {
    let rest = deeds.into_iter().map(|Deed { mut changes, stamp }| {
        for other in others.iter().filter(|other| other.stamp == stamp) {
            changes.retain(|change| !other.changes.contains(change));
        }
        Deed { changes, stamp }
    });
    rest.filter(|deed| !deed.changes.is_empty()).collect()
}
