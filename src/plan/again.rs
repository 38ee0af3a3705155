//! Changes that are made once more, on a task that somebody else has changed meanwhile.

use super::Plan;
use super::change::{Change, Diff, Edit};
use super::field::Field;
use super::merge::joined;
use super::status::Status;
use super::task::{Task, TaskId};

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
        let has = |id: &TaskId, field| {
            changes
                .iter()
                .any(|it| matches!(it, Self::Edit { task, edit } if task == id && edit.field() == field))
        };
        let untold = |change: &Self| match change {
            Self::Edit { task, edit: Edit::Status(diff) }
                if diff.after != Status::Done && !has(task, Field::DoneOn) =>
            {
                Some(Self::Edit { task: task.clone(), edit: Edit::DoneOn(Diff::new(None, None)) })
            }
            Self::Edit { task, edit: Edit::DoneOn(Diff { after: Some(_), .. }) }
                if !has(task, Field::Status) =>
            {
                let done = Diff::new(Status::Done, Status::Done);
                Some(Self::Edit { task: task.clone(), edit: Edit::Status(done) })
            }
            _ => None,
        };
        changes.iter().flat_map(|change| std::iter::once(change.clone()).chain(untold(change))).collect()
    }
}

impl Edit {
    /// The same wishes of one person for a task as it is now, with what goes without saying: see [`Change::whole`].
    pub fn together(edits: &[Self], task: &Task) -> Vec<Self> {
        let change = |edit: &Self| Change::Edit { task: task.id.clone(), edit: edit.clone() };
        let whole = Change::whole(&edits.iter().map(change).collect::<Vec<_>>());
        let onto = whole.iter().filter_map(|change| change.edit_of(&task.id)).map(|edit| edit.onto(task));
        onto.filter(|edit| edit.values().0 != edit.values().1).collect()
    }

    /// What has both texts: ours, and what somebody else has made of the same meanwhile. `heading` stands above ours
    /// where both are lines. None for a field that has no room for two.
    pub fn beside(&self, theirs: &Task, heading: &str) -> Option<Self> {
        match self {
            Self::Note(diff) => {
                let (note, _) = joined(&diff.before, &theirs.note, &diff.after, Some(heading));
                Some(Self::Note(Diff::new(theirs.note.clone(), note)))
            }
            Self::Output(diff) => {
                let added = diff.after.strip_prefix(diff.before.as_str()).unwrap_or(&diff.after);
                let added = added.trim_start_matches([';', ',', ' ']);
                let both = [theirs.output.as_str(), added].into_iter().filter(|text| !text.is_empty());
                let both = both.collect::<Vec<_>>().join("; ");
                Some(Self::Output(Diff::new(theirs.output.clone(), both)))
            }
            _ => None,
        }
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
        let status = |from, to| edit(Edit::Status(Diff::new(from, to)));
        let done_on = |from, to| edit(Edit::DoneOn(Diff::new(from, to)));
        let paused = status(Status::Todo, Status::Paused);
        assert_eq!(Change::whole(std::slice::from_ref(&paused)), [paused, done_on(None, None)]);
        let corrected = done_on(day(12), day(13));
        let is_done = status(Status::Done, Status::Done);
        assert_eq!(Change::whole(std::slice::from_ref(&corrected)), [corrected, is_done]);
        for told in [
            vec![status(Status::Todo, Status::Done), done_on(None, day(12))],
            vec![status(Status::Done, Status::Doing), done_on(day(12), None)],
            vec![edit(Edit::Note(Diff::new(String::new(), "x".into())))],
        ] {
            assert_eq!(Change::whole(&told), told);
        }
    }

    #[test]
    fn a_text_stands_beside_another() {
        let theirs =
            Task { note: "cũ\ncủa hùng".into(), output: "12/BC; 14/BC".into(), ..Task::default() };
        let note = Edit::Note(Diff::new("cũ".into(), "cũ\ncủa lan".into()));
        let both = note.beside(&theirs, "[20/05/2024, lan]").expect("there is room");
        assert_eq!(both.values().1, "cũ\ncủa hùng\n[20/05/2024, lan]\ncủa lan");
        let output = Edit::Output(Diff::new("12/BC".into(), "12/BC, 13/BC".into()));
        let both = output.beside(&theirs, "").expect("there is room");
        assert_eq!(both.values().1, "12/BC; 14/BC; 13/BC");
        let title = Edit::Title(Diff::new("a".into(), "b".into()));
        assert_eq!(title.beside(&theirs, ""), None);
    }
}
