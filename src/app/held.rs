//! Rows that stay where they are although their tasks were changed, until the screen is left.

use chrono::NaiveDate;

use super::{App, Line};
use crate::plan::board::{Term, agenda};
use crate::plan::{Change, Field, Plan, Status, Task, TaskId};

/// A task, and what its place in the list of deadlines goes by: what it was when the user changed it.
#[derive(Debug)]
pub(super) struct Held {
    task: TaskId,
    status: Status,
    deadline: Option<NaiveDate>,
}

impl App {
    /// Keeps the rows of the tasks that we are changing: whoever goes through a list task by task must not lose the
    /// place.
    pub(super) fn hold(&mut self, at: usize, made: &[Change]) {
        let Some(plan) = self.plans[at].plan.as_ref().filter(|_| at == self.current) else { return };
        let moves =
            |change: &&Change| matches!(change.field(), Some(Field::Status | Field::Due | Field::Quarters));
        for change in made.iter().filter(moves) {
            let is_held = self.held.iter().any(|held| change.is_about(&held.task));
            if let Some(task) = plan.task_of(change).filter(|_| !is_held) {
                let (task, status, deadline) = (task.id.clone(), task.status, plan.deadline(task));
                self.held.push(Held { task, status, deadline });
            }
        }
    }

    /// The places of the tasks that stay in sight although the filter would not show them any more.
    pub(super) fn with_held(&self, plan: &Plan, mut shown: Vec<usize>) -> Vec<usize> {
        let held = self.held.iter().filter_map(|held| plan.position(&held.task));
        let missing: Vec<usize> = held.filter(|at| shown.binary_search(at).is_err()).collect();
        shown.extend(missing);
        shown.sort_unstable();
        shown
    }

    /// The lines of the list of deadlines. A head counts what belongs below it now.
    pub fn agenda(&self) -> Vec<Line> {
        let Some(plan) = self.plan() else { return Vec::new() };
        let today = self.calendar.today;
        let now = |task: &Task| (task.status, plan.deadline(task));
        let place = |task: &Task| {
            let held = self.held.iter().find(|held| held.task == task.id);
            held.map_or_else(|| now(task), |held| (held.status, held.deadline))
        };
        let groups = agenda(plan, &self.shown(), today, place);
        let lines = groups.into_iter().flat_map(|(term, tasks)| {
            let is_meant = |at: &&usize| {
                let (status, deadline) = now(&plan.tasks[**at]);
                Term::of(status, deadline, today) == term
            };
            let head = Line::Head(term, tasks.iter().filter(is_meant).count());
            std::iter::once(head).chain(tasks.into_iter().map(Line::Task))
        });
        lines.collect()
    }
}
