//! A deadline that is moved to a later day: an extension with its reason, unless it only mends a slip.

use chrono::NaiveDate;

use super::editor::{Cause, Editor};
use super::{App, Draft, Effect, Panel};
use crate::plan::{Change, Field, Plan, Task, Why, time};
use crate::words::Lang;

/// From which deadline to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// How often it was moved before.
    pub times: usize,
}

impl Extension {
    /// Nothing, unless an edit moves the deadline of open work to a later day.
    pub(super) fn of(plan: &Plan, task: &Task, changes: &[Change]) -> Option<Self> {
        let due = changes.iter().find_map(|change| change.edit_in(Field::Due))?.after.day();
        let from = plan.deadline(task).filter(|_| task.status.is_open())?;
        let to = plan.deadline(&Task { due, ..task.clone() }).filter(|to| *to > from)?;
        Some(Self { from, to, times: task.extensions().count() })
    }

    /// What is extended, for the heading of the reason's field.
    pub(super) fn told(self, lang: Lang) -> String {
        let days = format!("{} → {}", time::write_short_date(self.from), time::write_short_date(self.to));
        match (lang, self.times) {
            (Lang::Vi, 0) => format!("Gia hạn {days}"),
            (Lang::En, 0) => format!("Extended {days}"),
            (Lang::Vi, times) => format!("Gia hạn lần {}, {days}", times + 1),
            (Lang::En, times) => format!("Extended again ({}), {days}", times + 1),
        }
    }
}

impl Editor {
    /// The changes that this is the reason's field of, if they move a deadline.
    fn extended(&self) -> Option<&Vec<Change>> {
        self.reasoned().filter(|(_, why)| matches!(why, Why::Extension(_))).map(|(changes, _)| changes)
    }

    pub(super) fn is_of_extension(&self) -> bool {
        self.extended().is_some()
    }
}

impl App {
    /// A later deadline asks for its reason, in a field that is open at once. Other changes are made.
    pub(super) fn commit_or_extend(&mut self, task: &Task, changes: Vec<Change>) -> Option<Effect> {
        let Some(extension) = Extension::of(self.plan()?, task, &changes) else {
            return self.commit(changes);
        };
        self.panel = Some(Panel::Edit(Editor::of_reason(Cause::Extended(extension), changes)));
        None
    }

    /// Back to the field in which the later deadline was typed.
    pub(super) fn leave_extension(&mut self, editor: &Editor) {
        if let Some(changes) = editor.extended() {
            self.type_on(None, changes, &Why::Untold);
        }
    }

    /// Sets the later deadline as the correction of a slip. What was typed stays with it as its reason.
    pub(super) fn correct(&mut self) -> Option<Effect> {
        let Some(Panel::Edit(editor)) = &self.panel else { return None };
        let Some((changes, Why::Extension(reason))) = editor.reasoned() else { return None };
        let changes = changes.clone();
        self.panel = None;
        self.commit_because(if reason.is_empty() { Why::Untold } else { Why::Reason(reason) }, changes)
    }

    /// The later deadline as it could be typed again, where nothing has been said of its reason yet: it may still be
    /// only a correction.
    pub(super) fn draft_of_extension(&self, editor: &Editor) -> Option<Draft> {
        let changes = editor.extended().filter(|_| !editor.is_changed())?;
        let edit = self.typed_edit(changes)?;
        let task = self.plan()?.task_of(changes.first()?)?;
        Some(Draft { task: Some(Box::new(task.clone())), field: edit.field, text: edit.shown(Lang::Vi).1 })
    }
}
