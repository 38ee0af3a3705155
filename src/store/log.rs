//! What was saved, deed by deed, in `.tiendo`: enough to notice that an editor has written an older text over it.
//!
//! Each line says from which text to which text the deeds in it have led. What came after what is told by that and by
//! the order of the lines, never by a clock: clocks go back, and two machines have two.
//!
//! The log is no data. It is written after the plan, and not waited for: what a power cut takes of it is the means
//! to notice one overwritten change, and not the change.

use std::collections::{HashMap, HashSet};
use std::io;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::digest::digest;
use super::lines::{self, Safety};
use super::site::Site;
use crate::document::Document;
use crate::plan::{Change, Deed, Field, Plan, Task, TaskId, Why};

/// One save.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Line {
    /// The digest of the text that the deeds were made on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<u64>,
    /// The digest of the text that was saved, or that was found and is to be left as it is.
    text: u64,
    #[serde(default)]
    deeds: Vec<Deed>,
    /// What is missing in that text on purpose.
    #[serde(default)]
    left: Vec<Deed>,
    /// What only the histories in that text tell of: others have set something else without having seen it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    outdone: Vec<Deed>,
    /// What that text lacks of what was saved before, and nobody has decided about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    missing: Vec<Deed>,
}

/// A log that is longer than this becomes the old one.
const LONGEST: u64 = 2 << 20;

/// What was saved.
#[derive(Debug, Default)]
pub(super) struct Save {
    pub(super) deeds: Vec<Deed>,
    /// What is in the histories alone.
    pub(super) outdone: Vec<Deed>,
    /// What is still missing.
    pub(super) missing: Vec<Deed>,
}

/// Writes down that the one text has become the other by this.
pub(super) fn write(site: &Site, from: &[u8], text: &[u8], save: Save) -> io::Result<()> {
    let Save { deeds, outdone, missing } = save;
    let (from, text) = (Some(digest(from)), digest(text));
    append(site, &Line { from, text, deeds, outdone, missing, left: Vec::new() })
}

/// Writes down that the plan has this text now, and is meant not to have these deeds in it.
pub(super) fn leave(site: &Site, text: &[u8], left: Vec<Deed>) -> io::Result<()> {
    append(site, &Line { text: digest(text), left, ..Line::default() })
}

fn append(site: &Site, line: &Line) -> io::Result<()> {
    let log = site.log();
    if lines::length(&log) > LONGEST
        && let Some(dir) = log.dir()?
    {
        dir.rename(&log.name, &site.old_log().name)?;
    }
    lines::append(&log, std::slice::from_ref(line), Safety::Usual)
}

fn newest_first(site: &Site) -> impl Iterator<Item = Line> + use<> {
    [site.log(), site.old_log()].into_iter().flat_map(|path| lines::newest_first::<Line>(&path))
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

/// What was saved and is not in a text.
#[derive(Debug, Default)]
pub(super) struct Unheard {
    /// Oldest first.
    pub(super) deeds: Vec<Deed>,
    /// How many of the last saves the text has not heard of.
    saves: usize,
}

/// The deeds of the saves that came after the one which this text was made from. A text that was saved, or that a save
/// has begun with, is known again. Of any other it is told by its histories: it was made from the newest save of which
/// they tell. A text that we have saved last lacks nothing.
pub(super) fn unheard_of(site: &Site, text: &[u8], plan: &Plan) -> Unheard {
    let found = digest(text);
    if lines::last::<Line>(&site.log()).is_none_or(|last| last.text == found) {
        return Unheard::default();
    }
    let (mut lines, mut base) = (Vec::new(), None);
    for line in newest_first(site) {
        if line.text == found {
            base = Some(line.missing);
            break;
        }
        let is_next = line.from == Some(found);
        lines.push(line);
        if is_next {
            base = lines.last().map(|line| line.missing.clone());
            break;
        }
    }
    let lacking = base.unwrap_or_else(|| {
        let told = lines.iter().position(|line| line.is_told_in(plan)).unwrap_or(lines.len());
        let lacking = lines.get(told).map(|line| line.missing.clone());
        lines.truncate(told);
        lacking.unwrap_or_default()
    });
    let saves = lines.len();
    let mut left: Vec<Deed> = Vec::new();
    // What others had outdone, or what was missing already, was made before what came then.
    let mut deeds = lacking;
    deeds.retain(|deed| deed.is_told_in(plan) != Some(true));
    for line in lines.iter().rev() {
        left.extend(line.left.iter().cloned());
        deeds.extend(without(&line.outdone, &deeds));
    }
    let before = deeds.clone();
    for line in lines.into_iter().rev() {
        deeds.extend(without(&line.deeds, &before));
    }
    Unheard { deeds: without(&deeds, &left), saves }
}

impl Line {
    /// By the last of its deeds of which histories tell: those before it may be as old as the text, and have come back
    /// with this save.
    fn is_told_in(&self, plan: &Plan) -> bool {
        let told = |deeds: &[Deed]| deeds.iter().rev().find_map(|deed| deed.is_told_in(plan));
        let parts = [told(&self.outdone), told(&self.deeds)];
        parts.contains(&Some(true)) && !parts.contains(&Some(false))
    }
}

/// What later saves have set that the text has heard of.
pub(super) type Later = HashMap<(TaskId, Option<Field>), Change>;

/// For each of the deeds, which the text lacks: what others have set since, who cannot have seen it. A task that was
/// deleted stands there without a field. Where the log no longer has the deed, all that it has came later.
pub(super) fn later_than(site: &Site, deeds: &[Deed], unheard: &Unheard) -> Vec<Later> {
    let mut found: Vec<Option<Later>> = deeds.iter().map(|_| None).collect();
    let mut later = Later::new();
    for (nth, line) in newest_first(site).enumerate() {
        for (deed, found) in deeds.iter().zip(&mut found) {
            if found.is_none() && line.deeds.iter().any(|other| other.shares_with(deed)) {
                *found = Some(later.clone());
            }
        }
        if found.iter().all(Option::is_some) {
            break;
        }
        if nth >= unheard.saves {
            let heard = line.deeds.into_iter().filter(|deed| deeds.iter().all(|it| !it.shares_with(deed)));
            for change in heard.flat_map(|deed| deed.changes) {
                if let Some(id) = change.task() {
                    later.insert((id.clone(), change.field()), change);
                }
            }
        }
    }
    found.into_iter().map(|found| found.unwrap_or_else(|| later.clone())).collect()
}

/// The tasks that a text lacks because they were deleted before it was made, and not by the hand that wrote it.
pub(super) fn gone_before(site: &Site, unheard: &Unheard) -> HashSet<TaskId> {
    let heard = newest_first(site).skip(unheard.saves);
    let changes =
        heard.flat_map(|line| line.deeds.into_iter().rev()).flat_map(|deed| deed.changes.into_iter().rev());
    let (mut gone, mut known) = (HashSet::new(), HashSet::new());
    for change in changes {
        let (id, is_there) = match change {
            Change::Add { task, .. } => (task.id, true),
            Change::Remove { task, .. } => (task.id, false),
            Change::Edit { .. } | Change::Move { .. } | Change::Head(_) => continue,
        };
        if known.insert(id.clone()) && !is_there {
            gone.insert(id);
        }
    }
    gone
}

/// What the user has made on that day and could take back, oldest first: with why it was made, and without what was
/// taken back already. What was overwritten and brought back was made once.
pub(super) fn own(site: &Site, user: &str, day: NaiveDate) -> Vec<(Vec<Change>, Why)> {
    let is_own = |deed: &Deed| deed.stamp.by == user && deed.stamp.at.date_naive() == day;
    let mut deeds: Vec<Deed> = newest_first(site).flat_map(|line| line.deeds.into_iter().rev()).collect();
    deeds.retain(is_own);
    let mut own: Vec<Deed> = Vec::new();
    for deed in deeds.into_iter().rev() {
        if deed.stamp.why != Why::Undo {
            own.retain(|other| *other != deed);
            own.push(deed);
        } else if let Some(at) = own.iter().rposition(|other| deed.takes_back(other)) {
            own.remove(at);
        }
    }
    own.into_iter().map(|deed| (deed.changes, deed.stamp.why)).collect()
}

/// The digest of the text from before these changes took back what was made on it, if the text is now as that deed had
/// left it.
pub(super) fn before(site: &Site, text: &[u8], back: &[Change]) -> Option<u64> {
    let now = digest(text);
    let is_meant = |line: &Line| match line.deeds.as_slice() {
        [deed] => line.text == now && Change::inverses(&deed.changes) == back,
        _ => false,
    };
    newest_first(site).find(is_meant)?.from
}

/// Who saved each text, by its digest, as far as is known. Of two who saved the same, the later one.
pub(super) fn hands(site: &Site) -> HashMap<u64, String> {
    let mut hands = HashMap::new();
    for line in newest_first(site) {
        if let Some(deed) = line.deeds.last() {
            hands.entry(line.text).or_insert_with(|| deed.stamp.by.clone());
        }
    }
    hands
}

/// The tasks that were deleted and are not in this plan, each as it went, the last one first. Nothing is known of what
/// a hand has taken out of the text, nor of what is older than the log.
pub(super) fn removed(site: &Site, plan: &Plan) -> Vec<Task> {
    let mut removed: Vec<Task> = Vec::new();
    for deed in newest_first(site).flat_map(|save| save.deeds.into_iter().rev()) {
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
pub(super) fn as_it_went(site: &Site, id: &TaskId) -> Option<Task> {
    let deeds = newest_first(site).flat_map(|save| save.deeds.into_iter().rev());
    let mut changes = deeds.flat_map(|deed| deed.changes);
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
