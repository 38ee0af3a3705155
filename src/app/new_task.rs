//! A new task: where it goes, and what it takes from where it stands.

use super::editor::Editor;
use super::{App, Effect, Next, Panel};
use crate::plan::TaskId;
use crate::words::{Phrase, Spoken};

impl App {
    pub(super) fn begin_task(&mut self) {
        if self.is_read_only() {
            return;
        }
        let after = self.last_of_column();
        self.panel = Some(Panel::Edit(Editor::of_new(self.cursor.column(), after)));
    }

    /// The task that a new one stands behind: the chosen one, or the last of the plan.
    fn last_of_column(&self) -> Option<TaskId> {
        let chosen = self.selected().map(|task| task.id.clone());
        chosen.or_else(|| self.plan()?.tasks.last().map(|task| task.id.clone()))
    }

    pub(super) fn add(&mut self, editor: Editor) -> Option<Effect> {
        let plan = self.plan()?;
        let id = TaskId::fresh(&plan.tasks, self.seed);
        let (lead, whence) = self.likely_lead();
        match editor.new_task(plan, id.clone(), lead) {
            Ok(change) => {
                self.seed = self.seed.wrapping_add(1);
                self.next = Some(Next::Open(id, whence));
                self.commit(vec![change])
            }
            Err(trouble) => {
                self.notices.answer(trouble);
                self.panel = Some(Panel::Edit(editor));
                None
            }
        }
    }

    /// The lead agency of a new task: the one that is filtered by, or that of the task beside it. And which it is.
    fn likely_lead(&self) -> (Vec<String>, Option<Spoken>) {
        let filter = Phrase::new("cơ quan theo bộ lọc", "agency as filtered");
        match (self.query.leads.as_slice(), self.selected()) {
            ([lead], _) => (vec![lead.clone()], Some(filter.spoken())),
            (_, Some(task)) if !task.lead.is_empty() => {
                let (vi, en) = ("cơ quan như việc", "agency as in");
                let told = Spoken { vi: format!("{vi} {}", task.no), en: format!("{en} {}", task.no) };
                (task.lead.clone(), Some(told))
            }
            _ => (Vec::new(), None),
        }
    }
}
