//! A change of one task, made to others as well.

use chrono::NaiveDate;

use super::Plan;
use super::change::{Change, Edit};
use super::field::{Field, FieldOf};
use super::history::Why;
use super::replay::meet;
use super::table::Extension;
use super::task::{Task, TaskId};
use super::value::Kind;

/// The fields that several tasks may be given together. What is each task's own is not among them: number, title, note.
const SHARED: [Field; 13] = [
    Field::Lead,
    Field::Support,
    Field::Officer,
    Field::Leader,
    Field::Source,
    Field::Quarters,
    Field::Due,
    Field::Extensions,
    Field::Steps,
    Field::Status,
    Field::DoneOn,
    Field::Output,
    Field::Progress,
];

impl Field {
    pub fn is_shared(self) -> bool {
        SHARED.contains(&self)
    }
}

impl Plan {
    /// Edits of one task as edits of all that are meant with it: a field gets the same value, a list the same new rows,
    /// a deadline the same day. Other changes stay as they are.
    #[must_use]
    pub fn spread(&self, changes: &[Change], why: &Why, is_meant: impl Fn(&TaskId) -> bool) -> Vec<Change> {
        let Some((seen, edits)) = self.shared_edits(changes).filter(|(seen, _)| is_meant(&seen.id)) else {
            return changes.to_vec();
        };
        let wish = Wish { seen, edits, why, year: self.year };
        let meant = self.tasks.iter().filter(|task| is_meant(&task.id));
        meant.flat_map(|task| wish.for_task(task)).collect()
    }

    /// The edits, if all changes are such of the shared fields of one task.
    fn shared_edits<'a>(&'a self, changes: &'a [Change]) -> Option<(&'a Task, Vec<&'a Edit>)> {
        let seen = self.task_of(changes.first()?)?;
        let shared = |change: &'a Change| change.edit_of(&seen.id).filter(|edit| edit.field.is_shared());
        Some((seen, changes.iter().map(shared).collect::<Option<_>>()?))
    }
}

/// What was wished for one task.
struct Wish<'a> {
    seen: &'a Task,
    edits: Vec<&'a Edit>,
    why: &'a Why,
    year: i32,
}

impl Wish<'_> {
    fn for_task(&self, task: &Task) -> Vec<Change> {
        if task.id != self.seen.id && self.is_so_already(task) {
            return Vec::new();
        }
        let edits = self.edits.iter().flat_map(|edit| match edit {
            edit if task.id == self.seen.id => vec![(*edit).clone()],
            edit => self.other(task, edit),
        });
        Change::edits(&task.id, edits)
    }

    /// A task that has the status keeps its day; one that is not open, or has longer time, is not extended.
    fn is_so_already(&self, task: &Task) -> bool {
        let edit_in = |field: Field| self.edits.iter().find(|edit| edit.field == field);
        let has_status = edit_in(Field::Status).is_some_and(|edit| edit.after.status() == Some(task.status));
        let extended = edit_in(Field::Due).filter(|_| matches!(self.why, Why::Extension(_)));
        let to = extended.and_then(|edit| edit.after.day()).or_else(|| self.granted().and_then(|it| it.to));
        let is_late_enough =
            |to| !task.status.is_open() || task.deadline(self.year).is_none_or(|it| it >= to);
        has_status || to.is_some_and(is_late_enough)
    }

    /// The extension that comes into the list, if one does.
    fn granted(&self) -> Option<Extension> {
        let edit = self.edits.iter().find(|edit| edit.field == Field::Extensions)?;
        let [before, after]: [Vec<Extension>; 2] = [edit.before.clone().into(), edit.after.clone().into()];
        after.iter().rfind(|it| !before.contains(it) && after.len() > before.len()).cloned()
    }

    fn corrected_deadline(&self, edit: &Edit) -> Option<NaiveDate> {
        let mut corrected = self.seen.clone();
        edit.put(&mut corrected);
        corrected.deadline(self.year)
    }

    fn other(&self, task: &Task, edit: &Edit) -> Vec<Edit> {
        match edit.field {
            Field::Due if matches!(self.why, Why::Extension(_)) => {
                vec![Edit::of(Field::Due, task, edit.after.clone())]
            }
            // What a grant brings back to its place is of the first task alone.
            Field::Due if self.granted().is_some() => Vec::new(),
            Field::Due => vec![task.correct_deadline(edit.after.day())],
            Field::Extensions => {
                let corrected = || vec![task.correct_deadline(self.corrected_deadline(edit))];
                self.granted().map_or_else(corrected, |extension| task.extend(extension, self.year))
            }
            field => {
                let is_joined = match (field.kind(), edit.before.names(), edit.after.names()) {
                    (Kind::Table(_), ..) => true,
                    // Names that were all exchanged are others for all tasks; else some come and some go.
                    (_, Some(before), Some(after)) => {
                        before.is_empty() || before.iter().any(|name| after.contains(name))
                    }
                    _ => false,
                };
                let joined = || meet(field.kind(), &edit.before, &field.of(task), &edit.after);
                let after = is_joined.then(joined).flatten();
                vec![Edit::of(field, task, after.unwrap_or_else(|| edit.after.clone()))]
            }
        }
    }
}
