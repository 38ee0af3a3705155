//! Two plans that came of one, made one again: task by task and field by field, so that nobody's work is lost.
//!
//! It does not matter which of the two is ours: both machines come to the same plan.

mod diff3;
mod identity;
mod notes;
mod order;
mod task;

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use super::Plan;
use super::field::{FieldOf, PlanField};
use super::history::{Entry, EntryKind, Stamp};
use super::replay::meet;
use super::task::{Task, TaskId};
pub(crate) use diff3::{Hunk, diff3};
pub(crate) use notes::{dated, joined};
pub(crate) use order::{merged, moved};

/// What became of two plans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    pub plan: Plan,
    pub clashes: Vec<Clash>,
}

/// Something that both have set, and differently. The loser is kept: in the history of the task, if it is one's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    pub place: ClashPlace,
    pub lost: String,
    pub kept: String,
}

/// What both have set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClashPlace {
    Plan(PlanField),
    /// A field of a task, or the task as a whole where one has deleted it.
    Task(TaskId, EntryKind),
}

impl Clash {
    pub(crate) fn of_task(task: &TaskId, kind: impl Into<EntryKind>, lost: &str, kept: &str) -> Self {
        let place = ClashPlace::Task(task.clone(), kind.into());
        Self { place, lost: lost.to_owned(), kept: kept.to_owned() }
    }
}

/// Merges two plans that came of `base`. The stamp is for what nobody can be said to have done, where nobody has done
/// anything else either.
pub fn merge(base: &Plan, ours: &Plan, theirs: &Plan, stamp: &Stamp) -> Merged {
    let three = Three::aligned(base, ours, theirs);
    let mut merged = three.merged(&HashSet::new(), &three.last_moment(stamp));
    merged.plan.tell_apart();
    merged
}

/// Three plans in which the same id is the same task.
#[derive(Debug, Clone)]
pub(crate) struct Three {
    pub(crate) base: Plan,
    pub(crate) ours: Plan,
    pub(crate) theirs: Plan,
}

/// The two that are merged, in an order that does not depend on whose they are. What cannot be decided otherwise is
/// decided for the second, in which something was done last.
struct Pair<'a> {
    first: &'a Plan,
    second: &'a Plan,
}

impl Three {
    pub(crate) fn aligned(base: &Plan, ours: &Plan, theirs: &Plan) -> Self {
        let mut three = Self { base: base.clone(), ours: ours.clone(), theirs: theirs.clone() };
        let Self { base, ours, theirs } = &mut three;
        match age(ours, theirs) {
            Ordering::Greater => identity::align(base, theirs, ours),
            _ => identity::align(base, ours, theirs),
        }
        three
    }

    /// What nobody can be said to have done is told as of the last thing that somebody has: two machines that merge the
    /// same plans at different times then tell the same.
    pub(crate) fn last_moment(&self, stamp: &Stamp) -> Stamp {
        match newest(&self.ours).max(newest(&self.theirs)) {
            Some((at, by)) => Stamp { at, by: by.to_owned(), ..stamp.clone() },
            None => stamp.clone(),
        }
    }

    /// `touched` are the tasks that somebody has changed in the text though not in the plan.
    pub(crate) fn merged(&self, touched: &HashSet<TaskId>, stamp: &Stamp) -> Merged {
        let Self { base, ours, theirs } = self;
        let pair = match age(ours, theirs) {
            Ordering::Greater => Pair { first: theirs, second: ours },
            _ => Pair { first: ours, second: theirs },
        };
        let mut clashes = Vec::new();
        let mut plan = head(base, &pair, &mut clashes);
        plan.tasks = tasks(base, &pair, touched, stamp, &mut clashes);
        Merged { plan, clashes }
    }
}

/// Which plan was changed first; where nobody says, by what is in them.
fn age(one: &Plan, other: &Plan) -> Ordering {
    newest(one).cmp(&newest(other)).then_with(|| {
        let bare = |plan: &Plan| format!("{:?}", Plan { tasks: Vec::new(), ..plan.clone() });
        let different = one.tasks.iter().zip(&other.tasks).find(|(one, other)| one != other);
        let words = |task: &Task| format!("{task:?}");
        let by_task = different.map_or(Ordering::Equal, |(one, other)| words(one).cmp(&words(other)));
        by_task.then(one.tasks.len().cmp(&other.tasks.len())).then_with(|| bare(one).cmp(&bare(other)))
    })
}

/// When something was done, and by whom.
type Moment<'a> = (DateTime<FixedOffset>, &'a str);

fn moment(entry: &Entry) -> Moment<'_> {
    (entry.at, entry.by.as_str())
}

fn newest(plan: &Plan) -> Option<Moment<'_>> {
    plan.tasks.iter().flat_map(|task| &task.history).map(moment).max()
}

/// The plan's own fields, without tasks.
fn head(base: &Plan, pair: &Pair, clashes: &mut Vec<Clash>) -> Plan {
    let version = pair.first.version.max(pair.second.version);
    let mut plan = Plan { version, tasks: Vec::new(), ..base.clone() };
    for &field in PlanField::ALL {
        let [base, first, second] = [base, pair.first, pair.second].map(|plan| field.of(plan));
        let value =
            if second == base { Some(first.clone()) } else { meet(field.kind(), &base, &first, &second) };
        let value = value.unwrap_or_else(|| {
            let (lost, kept) = (first.recorded(), second.recorded());
            clashes.push(Clash { place: ClashPlace::Plan(field), lost, kept });
            second
        });
        field.set(&mut plan, value);
    }
    plan
}

/// What one has deleted while the other was working on it stays.
fn tasks(
    base: &Plan,
    pair: &Pair,
    touched: &HashSet<TaskId>,
    stamp: &Stamp,
    clashes: &mut Vec<Clash>,
) -> Vec<Arc<Task>> {
    let rows = [base, pair.first, pair.second].map(|plan| plan.ids().into_iter().zip(&plan.tasks).collect());
    let merge = |id: &TaskId, versions: Versions<&Arc<Task>>| match versions {
        [Some(base), Some(first), Some(second)] if second == base || second == first => Arc::clone(first),
        [Some(base), Some(first), Some(second)] if first == base => Arc::clone(second),
        [base, Some(first), Some(second)] => {
            let nothing = || Arc::new(Task { id: id.clone(), ..Task::default() });
            Arc::new(task::merged(&base.map_or_else(nothing, Arc::clone), first, second, stamp, clashes))
        }
        [Some(base), Some(left), None] | [Some(base), None, Some(left)] => {
            Arc::new(task::kept(base, left, stamp, clashes))
        }
        [_, first, second] => Arc::clone(first.or(second).expect(IN_ONE_OF_THEM)),
    };
    by_keys(rows, |id| touched.contains(id), merge)
}

const IN_ONE_OF_THEM: &str = "the order has only what is in one of them";

/// Things by what they are known by.
pub(super) type Keyed<K, V> = Vec<(K, V)>;

/// Base, first and second, as far as it is in them.
pub(super) type Versions<V> = [Option<V>; 3];

/// Merges what has the same key, in an order that keeps to both. What only one has taken out stays if it is touched, or
/// if the other has changed it.
pub(super) fn by_keys<K: Clone + Eq + Hash, V: Copy + PartialEq, M>(
    rows: [Keyed<K, V>; 3],
    is_touched: impl Fn(&K) -> bool,
    mut merge: impl FnMut(&K, Versions<V>) -> M,
) -> Vec<M> {
    let keys = |row: &Keyed<K, V>| row.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>();
    let [base, first, second] = rows.each_ref().map(keys);
    let by_key: [HashMap<K, V>; 3] = rows.map(|row| row.into_iter().collect());
    let versions = |key: &K| by_key.each_ref().map(|row| row.get(key).copied());
    let stays = |key: &K| {
        let [base, first, second] = versions(key);
        is_touched(key) || first.or(second) != base
    };
    merged(&base, &first, &second, stays).iter().map(|key| merge(key, versions(key))).collect()
}

/// Rows as sets, in an order that keeps to both.
pub(super) fn rows<K: Clone + Eq + Hash>(base: &[K], first: &[K], second: &[K]) -> Vec<K> {
    let [base, first, second] = [base, first, second].map(counted);
    merged(&base, &first, &second, |_| false).into_iter().map(|(key, _)| key).collect()
}

/// Things by what each of them is known by, and by how many times that has been there.
pub(super) fn keyed<'a, K: Clone + Eq + Hash, V>(keys: &[K], things: &'a [V]) -> Keyed<(K, usize), &'a V> {
    counted(keys).into_iter().zip(things).collect()
}

/// Each thing with how many of the same stand before it, so that none is there twice.
fn counted<K: Clone + Eq + Hash>(keys: &[K]) -> Vec<(K, usize)> {
    let mut counts = HashMap::new();
    let count = |key: &K| {
        let count: &mut usize = counts.entry(key.clone()).or_default();
        *count += 1;
        (key.clone(), *count)
    };
    keys.iter().map(count).collect()
}
