//! A new task: where it goes, and what it takes from where it stands.

use super::editor::Editor;
use super::{App, Effect, Next, Panel};
use crate::plan::{Facet, Plan, PlanKey, Task, TaskId, TaskRef};
use crate::words::{Phrase, tr};

impl App {
    pub(super) fn begin_task(&mut self) {
        if self.is_read_only(self.current) {
            return;
        }
        let (plan, after) = self.place_of_new();
        self.panel = Some(Panel::Edit(Editor::of_new(plan, self.cursor.column(), after)));
    }

    /// The task that a new one stands behind: the chosen one, or the last of the plan.
    pub(super) fn place_of_new(&self) -> (PlanKey, Option<TaskId>) {
        match self.selected() {
            Some(item) => (item.key, Some(item.task.id.clone())),
            None => (self.current, self.plan().and_then(Plan::last)),
        }
    }

    pub(super) fn add(&mut self, editor: Editor) -> Option<Effect> {
        let key = editor.plan();
        let plan = self.plan_of(key)?;
        let id = TaskId::fresh(&plan.tasks, self.seed);
        let (lead, whence) = self.likely_lead();
        match editor.new_task(plan, id.clone(), lead) {
            Ok(change) => {
                self.seed = self.seed.wrapping_add(1);
                self.next = Some(Next::Open(TaskRef { plan: key, task: id }, whence));
                self.commit(key, vec![change])
            }
            Err(why) => self.refuse(editor, why.say(self.lang).to_owned()),
        }
    }

    /// The lead agency of a new task: the one that is filtered by, or that of the task beside it. And which it is.
    fn likely_lead(&self) -> (Vec<String>, Option<String>) {
        let filter = Phrase::new("cơ quan theo bộ lọc", "agency as filtered");
        match (self.query.names(Facet::Lead), self.selected().map(|item| item.task)) {
            ([lead], _) => (vec![lead.clone()], Some(filter.say(self.lang).to_owned())),
            (_, Some(Task { lead, no, .. })) if !lead.is_empty() => {
                (lead.clone(), Some(tr!(self.lang, "cơ quan như việc {no}", "agency as in {no}")))
            }
            _ => (Vec::new(), None),
        }
    }
}
