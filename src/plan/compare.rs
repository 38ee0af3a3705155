//! The changes between two plans: what somebody did by hand, on another machine, or in a newer document.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Plan;
use super::change::{Change, Edit};
use super::field::{Field, FieldOf, PlanField};
use super::merge::moved;
use super::task::{Task, TaskId};

/// The changes that make `after` of `before`, in the order in which they can be made. What is recorded of tasks is
/// no change.
pub fn compare(before: &Plan, after: &Plan) -> Vec<Change> {
    let old: HashMap<_, _> = before.tasks.iter().map(|task| (&task.id, task)).collect();
    let new: HashSet<_> = after.tasks.iter().map(|task| &task.id).collect();
    let kept = after.tasks.iter().filter_map(|task| Some((*old.get(&task.id)?, task)));
    let kept = kept.filter(|(old, new)| !Arc::ptr_eq(old, new));
    let edited = kept.flat_map(|(old, new)| Change::edits(&new.id, edits(old, new)));
    let gone = before.tasks.iter().enumerate().filter(|(_, task)| !new.contains(&task.id));
    let gone = gone.map(|(at, task)| Change::Remove {
        task: Box::new(Task::clone(task)),
        after: before.before_place(at),
    });
    let head = PlanField::ALL.iter().map(|&field| Edit::of(field, before, field.of(after)));
    let head = head.filter(|edit| !edit.is_idle()).map(Change::Head);
    head.chain(edited).chain(gone).chain(placed(before, after, &old)).collect()
}

/// The fields in which two versions of a task differ, in the order of the file.
pub fn edits(before: &Task, after: &Task) -> Vec<Edit> {
    let edit = |&field: &Field| Edit::of(field, before, field.of(after));
    Field::ALL.iter().map(edit).filter(|edit| !edit.is_idle()).collect()
}

/// New tasks and those that stand elsewhere, each behind one that is in its place by then.
fn placed(before: &Plan, after: &Plan, old: &HashMap<&TaskId, &Arc<Task>>) -> Vec<Change> {
    let moved = moved(&before.ids(), &after.ids());
    let places: HashMap<_, _> = before.tasks.iter().enumerate().map(|(at, task)| (&task.id, at)).collect();
    let change = |(at, task): (usize, &Arc<Task>)| {
        let behind = after.before_place(at);
        if !old.contains_key(&task.id) {
            return Some(Change::Add { task: Box::new(Task::clone(task)), after: behind });
        }
        let from = before.before_place(places[&task.id]);
        moved.contains(&task.id).then(|| Change::Move { task: task.id.clone(), from, to: behind })
    };
    after.tasks.iter().enumerate().filter_map(change).collect()
}
