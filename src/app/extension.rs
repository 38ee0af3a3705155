//! A deadline that is moved to a later day: an extension with its reason, unless it only mends a slip.

use chrono::NaiveDate;

use super::editor::{Cause, Editor};
use super::{App, Draft, Effect, Original, Panel, Request};
use crate::plan::{Change, Field, Plan, Task, Why, time};
use crate::words::{Lang, tr};

/// From which deadline to which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extending {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// How often it was moved before.
    pub times: usize,
}

impl Extending {
    /// Nothing, unless an edit moves the deadline of open work to a later day.
    pub(super) fn of(plan: &Plan, task: &Task, changes: &[Change]) -> Option<Self> {
        let due = changes.iter().find_map(|change| change.edit_in(Field::Due))?.after.day();
        if !task.status.is_open() {
            return None;
        }
        let from = plan.deadline(task)?;
        let to = Task { due, ..task.clone() }.printed_deadline(plan.year).filter(|to| *to > from)?;
        Some(Self { from, to, times: task.granted().len() })
    }

    /// What is extended, for the heading of the reason's field.
    pub(super) fn told(self, lang: Lang) -> String {
        let days = format!("{} → {}", time::write_short_date(self.from), time::write_short_date(self.to));
        match self.times + 1 {
            1 => tr!(lang, "Gia hạn {days}", "Extended {days}"),
            nth => tr!(lang, "Gia hạn lần {nth}, {days}", "Extended again ({nth}), {days}"),
        }
    }
}

impl Editor {
    /// The changes that this is the reason's field of, if they move a deadline.
    pub(super) fn extended(&self) -> Option<Request> {
        self.reasoned().filter(|request| matches!(request.why, Why::Extension(_)))
    }
}

impl App {
    /// A later deadline asks for its reason, in a field that is open at once. Other changes are made.
    pub(super) fn commit_or_extend(&mut self, of: &Original, changes: Vec<Change>) -> Option<Effect> {
        let Some(extension) = Extending::of(self.plan_of(of.plan)?, &of.task, &changes) else {
            return self.commit(of.plan, corrected(&of.task, changes));
        };
        let request = Request { plan: of.plan, changes, why: Why::Untold };
        self.panel = Some(Panel::Edit(Editor::of_reason(Cause::Extended(extension), request)));
        None
    }

    /// Back to the field in which the later deadline was typed.
    pub(super) fn leave_extension(&mut self, editor: &Editor) {
        if let Some(request) = editor.extended() {
            self.type_on(None, &Request { why: Why::Untold, ..request });
        }
    }

    /// Sets the later deadline as the correction of a slip. What was typed stays with it as its reason.
    pub(super) fn correct(&mut self) -> Option<Effect> {
        let Some(Panel::Edit(editor)) = &self.panel else { return None };
        let request = editor.extended()?;
        self.panel = None;
        let task = self.plan_of(request.plan)?.task_of(request.changes.first()?)?;
        let changes = corrected(task, request.changes.clone());
        let why = match request.why {
            Why::Extension(reason) if !reason.is_empty() => Why::Reason(reason),
            _ => Why::Untold,
        };
        self.commit_request(Request { changes, why, ..request })
    }

    /// The later deadline as it could be typed again, where nothing has been said of its reason yet: it may still be
    /// only a correction.
    pub(super) fn draft_of_extension(&self, editor: &Editor) -> Option<Draft> {
        let Request { plan, changes, .. } = editor.extended()?;
        let edit = self.typed_edit(&changes)?;
        let task = self.plan_of(plan)?.task_of(changes.first()?)?;
        let (field, text) = (edit.field, edit.shown(Lang::Vi).1);
        (!editor.is_changed()).then(|| Draft { task: Some(Box::new(task.clone())), field, text })
    }
}

/// Another day in the place of the deadline that holds now, which may be that of an extension. A time that is written
/// anew goes by itself.
fn corrected(task: &Task, changes: Vec<Change>) -> Vec<Change> {
    if changes.len() > 1 {
        return changes;
    }
    let correction = |change: Change| match change.edit_in(Field::Due) {
        Some(due) => Change::Edit { task: task.id.clone(), edit: task.correct_deadline(due.after.day()) },
        None => change,
    };
    changes.into_iter().map(correction).collect()
}
