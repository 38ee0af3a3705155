//! Where a change meets a plan that has moved on since it was meant: the only place that decides what comes of it.
//!
//! Saving beside others, what waits, what is brought back, "all the same", undo and merging go by it.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::Plan;
use super::change::{Change, Conflict, Edit};
use super::field::{Field, FieldOf};
use super::history::{Stamp, Why};
use super::merge::{joined, rows};
use super::status::Status;
use super::table::TableRows;
use super::task::{Task, TaskId};
use super::value::{Kind, Value};

/// Changes that were made together, with who made them and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    pub changes: Vec<Change>,
    pub stamp: Stamp,
}

/// What to do where somebody else has set the same field meanwhile, and the two cannot be joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Make nothing, and answer with the conflict: the user decides.
    Ask,
    /// Nobody is there to be asked. The later one wins, and the other is in the task's history, marked.
    LaterWins,
}

/// Why changes were not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeError {
    Conflict(Conflict),
    /// The text is laid out in a way that the change could not be written into it safely.
    Unwritable,
}

/// What changes are made on: a plan, or one with its text.
pub trait ReplayTarget {
    fn plan(&self) -> &Plan;

    /// Makes all of the changes and records them, or none.
    fn make(&mut self, changes: &[Change], stamp: &Stamp) -> Result<Vec<Change>, ChangeError>;
}

/// A plan that is shown and is in no file.
impl ReplayTarget for Plan {
    fn plan(&self) -> &Plan {
        self
    }

    fn make(&mut self, changes: &[Change], stamp: &Stamp) -> Result<Vec<Change>, ChangeError> {
        let made = Self::make(self, changes).map_err(ChangeError::Conflict)?;
        self.record(&made, stamp);
        Ok(made)
    }
}

/// What comes of a field that two have set, each of them on what stood there at `base`: `now` stands there, and `wanted`
/// is to stand there. Names and agencies are joined as sets, and lines as far as the two wrote in different places.
/// None, if one of the two has to give way.
pub(super) fn meet(kind: Kind, base: &Value, now: &Value, wanted: &Value) -> Option<Value> {
    if wanted == now || now == base {
        return Some(wanted.clone());
    }
    match (kind, base, now, wanted) {
        (Kind::Names, Value::Names(base), Value::Names(now), Value::Names(wanted)) => {
            // Two who each leave one of two names do not mean that none is left.
            Some(rows(base, now, wanted)).filter(|names| !names.is_empty()).map(Value::Names)
        }
        (Kind::Table(_), Value::Table(base), Value::Table(now), Value::Table(wanted)) => {
            Some(Value::Table(TableRows::merged(base, now, wanted)))
        }
        (Kind::Lines, Value::Text(base), Value::Text(now), Value::Text(wanted)) => {
            let (text, is_clash) = joined(base, now, wanted, None);
            (!is_clash).then_some(Value::Text(text))
        }
        _ => None,
    }
}

impl Commit {
    /// Makes it, whatever somebody else has set meanwhile: an edit wins over another and over a removal, and
    /// nothing that was edited is removed. `find` knows tasks that were removed. Answers with what was made, and
    /// with the first conflict if nothing could be.
    pub fn make_on(
        &self,
        target: &mut impl ReplayTarget,
        policy: Policy,
        find: impl Fn(&TaskId) -> Option<Task>,
    ) -> Result<Vec<Change>, ChangeError> {
        let refusal = match target.make(&self.changes, &self.stamp) {
            Err(refusal @ ChangeError::Conflict(_)) if policy == Policy::LaterWins => refusal,
            result => return result,
        };
        let mut made = Vec::new();
        for (nth, change) in self.changes.iter().enumerate() {
            for (changes, why) in self.over(nth, change, target.plan(), &find) {
                let stamp = Stamp { why, ..self.stamp.clone() };
                match target.make(&changes, &stamp) {
                    Err(ChangeError::Conflict(_)) => break,
                    result => made.extend(result?),
                }
            }
        }
        if made.is_empty() { Err(refusal) } else { Ok(made) }
    }

    /// The changes that come to the same on the plan as it is now, each group with what is recorded beside it. All edits
    /// of a task come with the first of them.
    fn over(
        &self,
        nth: usize,
        change: &Change,
        plan: &Plan,
        find: impl Fn(&TaskId) -> Option<Task>,
    ) -> Vec<(Vec<Change>, Why)> {
        let why = &self.stamp.why;
        match change {
            Change::Edit { task: id, .. } => {
                if self.changes[..nth].iter().any(|other| other.edit_of(id).is_some()) {
                    return Vec::new();
                }
                let Some(task) = plan.task(id) else {
                    let Some(task) = find(id) else { return Vec::new() };
                    let after = plan.last();
                    let edits = self.edits_over(id, &task);
                    let back = Change::Add { task: Box::new(task), after };
                    return std::iter::once((vec![back], Why::Clash)).chain(edits).collect();
                };
                self.edits_over(id, task)
            }
            Change::Add { task, after } => {
                let mut task = task.clone();
                if plan.task(&task.id).is_some() {
                    task.id = TaskId::fresh(&plan.tasks, self.stamp.at.timestamp() as u64);
                }
                let last = || plan.last();
                let is_there = after.as_ref().is_none_or(|id| plan.task(id).is_some());
                let after = if is_there { after.clone() } else { last() };
                vec![(vec![Change::Add { task, after }], why.clone())]
            }
            Change::Head(edit) => vec![(vec![Change::Head(edit.onto(plan))], why.clone())],
            Change::Remove { .. } | Change::Move { .. } => vec![(vec![change.clone()], why.clone())],
        }
    }

    /// The edits from what somebody else has set, marked as a clash where one of the two has to give way; status and day
    /// of completion in one go. Where a reason was given, the clash is recorded by itself, so that the reason stands with
    /// what it is the reason of.
    fn edits_over(&self, id: &TaskId, task: &Task) -> Vec<(Vec<Change>, Why)> {
        let seen: Vec<Edit> = self.changes.iter().filter_map(|change| change.edit_of(id)).cloned().collect();
        let is_of_status = |met: &Met| matches!(met.edit.field, Field::Status | Field::DoneOn);
        let changes = |edits: &mut dyn Iterator<Item = Edit>| -> Vec<Change> {
            edits.map(|edit| Change::Edit { task: id.clone(), edit }).collect()
        };
        let mut groups = Vec::new();
        for met in Met::all(&seen, task).chunk_by(|one, other| is_of_status(one) && is_of_status(other)) {
            let edits = || met.iter().map(|met| met.edit.clone());
            let why = &self.stamp.why;
            if !met.iter().any(|met| met.is_clash) {
                groups.push((changes(&mut edits()), why.clone()));
                continue;
            }
            match why {
                Why::Untold | Why::Clash | Why::Undo => groups.push((changes(&mut edits()), Why::Clash)),
                Why::Reason(_) | Why::Extension(_) => {
                    let is_meant = |seen: &&Edit| met.iter().any(|met| met.edit.field == seen.field);
                    let meant: Vec<Edit> = seen.iter().filter(is_meant).cloned().collect();
                    let back: Vec<Edit> = meant.iter().map(Edit::inverse).collect();
                    let back = Met::all(&back, task).into_iter().map(|met| met.edit);
                    groups.push((changes(&mut { back }), Why::Clash));
                    groups.push((changes(&mut meant.into_iter()), why.clone()));
                }
            }
        }
        groups
    }
}

/// An edit as it is made on a task that somebody else has changed meanwhile.
struct Met {
    edit: Edit,
    /// What stands in the task now has to give way.
    is_clash: bool,
}

impl Met {
    /// The same wishes of one person for a task as it is now, with what goes without saying: see [`Change::whole`]. What
    /// is so already is left out.
    fn all(edits: &[Edit], task: &Task) -> Vec<Self> {
        let change = |edit: &Edit| Change::Edit { task: task.id.clone(), edit: edit.clone() };
        let whole = Change::whole(&edits.iter().map(change).collect::<Vec<_>>());
        let met = whole.iter().filter_map(|change| change.edit_of(&task.id)).map(|edit| {
            let joined = meet(edit.field.kind(), &edit.before, &edit.field.of(task), &edit.after);
            let is_clash = joined.is_none();
            let edit = Edit::of(edit.field, task, joined.unwrap_or_else(|| edit.after.clone()));
            Self { edit, is_clash }
        });
        met.filter(|met| !met.edit.is_idle()).collect()
    }
}

impl Change {
    /// The same wishes for the plan as it is now. What is not in it any more is left out.
    pub fn onto(changes: &[Self], plan: &Plan) -> Vec<Self> {
        let onto = |change| match change {
            Self::Edit { task, edit } => {
                plan.task(&task).map(|now| Self::Edit { edit: edit.onto(now), task: task.clone() })
            }
            change => Some(change),
        };
        Self::whole(changes).into_iter().filter_map(onto).collect()
    }

    /// The changes, with what went without saying on the task as it was seen: a status and the day of completion belong
    /// together, so that no day stays on a task that is not done, whatever somebody else has set meanwhile.
    pub fn whole(changes: &[Self]) -> Vec<Self> {
        let told = changes.iter().filter_map(|it| Some((it.task()?, it.field()?)));
        let told: HashSet<(&TaskId, Field)> = told.collect();
        let untold = |change: &Self| {
            let Self::Edit { task, edit } = change else { return None };
            let idle = |field, value: Value| {
                let edit = Edit::new(field, value.clone(), value);
                (!told.contains(&(task, field))).then(|| Self::Edit { task: task.clone(), edit })
            };
            match edit.field {
                Field::Status if edit.after != Value::Status(Status::Done) => {
                    idle(Field::DoneOn, Value::Day(None))
                }
                Field::DoneOn if edit.after.day().is_some() => {
                    idle(Field::Status, Value::Status(Status::Done))
                }
                _ => None,
            }
        };
        changes.iter().flat_map(|change| std::iter::once(change.clone()).chain(untold(change))).collect()
    }
}

impl Edit {
    /// What has both texts: ours, and what somebody else has made of the same meanwhile. `heading` stands above ours
    /// where both are lines. None for a field that has no room for two.
    pub fn beside(&self, theirs: &Task, heading: &str) -> Option<Self> {
        let now = self.field.recorded_of(theirs);
        let (before, after) = self.values();
        let both = match self.field {
            field if field.kind() == Kind::Lines => joined(&before, &now, &after, Some(heading)).0,
            Field::Output => {
                let added = after.strip_prefix(before.as_str()).unwrap_or(&after);
                let added = added.trim_start_matches([';', ',', ' ']);
                let both = [now.as_str(), added].into_iter().filter(|text| !text.is_empty());
                both.collect::<Vec<_>>().join("; ")
            }
            _ => return None,
        };
        Some(Self::of(self.field, theirs, both))
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn edit(edit: Edit) -> Change {
        Change::Edit { task: TaskId::new("a"), edit }
    }

    fn day(day: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2024, 5, day)
    }

    #[test]
    fn status_and_day_go_together() {
        let status = |from, to| edit(Edit::new(Field::Status, from, to));
        let done_on = |from, to| edit(Edit::new(Field::DoneOn, from, to));
        let paused = status(Status::Todo, Status::Paused);
        assert_eq!(Change::whole(std::slice::from_ref(&paused)), [paused, done_on(None, None)]);
        let corrected = done_on(day(12), day(13));
        let is_done = status(Status::Done, Status::Done);
        assert_eq!(Change::whole(std::slice::from_ref(&corrected)), [corrected, is_done]);
        for told in [
            vec![status(Status::Todo, Status::Done), done_on(None, day(12))],
            vec![status(Status::Done, Status::Doing), done_on(day(12), None)],
            vec![edit(Edit::new(Field::Note, String::new(), "x"))],
        ] {
            assert_eq!(Change::whole(&told), told);
        }
    }

    #[test]
    fn a_text_stands_beside_another() {
        let theirs =
            Task { note: "cũ\ncủa hùng".into(), output: "12/BC; 14/BC".into(), ..Task::default() };
        let note = Edit::new(Field::Note, "cũ", "cũ\ncủa lan");
        let both = note.beside(&theirs, "[20/05/2024, lan]").expect("there is room");
        assert_eq!(both.values().1, "cũ\ncủa hùng\n[20/05/2024, lan]\ncủa lan");
        let output = Edit::new(Field::Output, "12/BC", "12/BC, 13/BC");
        let both = output.beside(&theirs, "").expect("there is room");
        assert_eq!(both.values().1, "12/BC; 14/BC; 13/BC");
        let title = Edit::new(Field::Title, "a", "b");
        assert_eq!(title.beside(&theirs, ""), None);
    }
}
