//! Which task of one plan is which of another, where their ids do not say.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Moment;
use super::moment;
use crate::plan::Plan;
use crate::plan::history::EntryKind;
use crate::plan::task::{Task, TaskId};

/// Changes ids so that the same id is the same task in all three.
pub(super) fn align(base: &mut Plan, first: &mut Plan, second: &mut Plan) {
    align_copies([base, first, second]);
    part_newcomers(base, first, second);
}

/// Tasks that have no id, or the same as others, are told by their titles instead of by their places.
fn align_copies(plans: [&mut Plan; 3]) {
    let all = plans.iter().flat_map(|plan| &plan.tasks);
    let copies: HashSet<String> =
        all.filter(|task| !task.id.is_alone()).map(|task| task.id.text().to_owned()).collect();
    let mut known: HashMap<(String, String, u16), u16> = HashMap::new();
    let mut given: HashMap<String, u16> = HashMap::new();
    for plan in plans {
        let mut seen: HashMap<(String, String), u16> = HashMap::new();
        for task in plan.tasks.iter_mut().filter(|task| copies.contains(task.id.text())) {
            let (id, title) = (task.id.text().to_owned(), task.title.clone());
            let times = seen.entry((id.clone(), title.clone())).or_default();
            *times += 1;
            let number = *known.entry((id.clone(), title, *times)).or_insert_with(|| {
                let number = given.entry(id.clone()).or_default();
                *number += 1;
                *number
            });
            Arc::make_mut(task).id = TaskId::nth(&id, number);
        }
    }
}

/// Two machines may have given the same id to two tasks. The later one gets another, the same on every machine.
fn part_newcomers(base: &Plan, first: &mut Plan, second: &mut Plan) {
    let old: HashSet<_> = base.tasks.iter().map(|task| &task.id).collect();
    let places: HashMap<_, _> =
        first.tasks.iter().enumerate().map(|(at, task)| (task.id.clone(), at)).collect();
    let both = second.tasks.iter().enumerate().filter(|(_, task)| !old.contains(&task.id));
    let both = both.filter_map(|(at, task)| Some((*places.get(&task.id)?, at)));
    let pairs: Vec<_> =
        both.filter(|&(one, other)| !are_one(&first.tasks[one], &second.tasks[other])).collect();
    if pairs.is_empty() {
        return;
    }
    let mut taken: Vec<_> = [base, first, second].iter().flat_map(|plan| plan.tasks.clone()).collect();
    for (one, other) in pairs {
        let (one, other) = (&mut first.tasks[one], &mut second.tasks[other]);
        let later = if added(one) > added(other) { one } else { other };
        Arc::make_mut(later).id = TaskId::fresh(&taken, seed(later));
        taken.push(Arc::clone(later));
    }
}

/// Whether two new tasks of one id are the same, as where one machine has had it from the other.
fn are_one(one: &Task, other: &Task) -> bool {
    one.title == other.title || (added(one).is_some() && added(one) == added(other))
}

fn added(task: &Task) -> Option<Moment<'_>> {
    task.history.iter().find(|entry| entry.kind == EntryKind::Added).map(moment)
}

/// A number from what the task says (FNV-1a), so that every machine draws the same id.
fn seed(task: &Task) -> u64 {
    let bytes = task.id.text().bytes().chain(task.title.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
