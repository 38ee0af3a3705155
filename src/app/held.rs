//! Rows that stay where they are although their tasks were changed, until the screen is left.

use chrono::NaiveDate;

use super::App;
use super::keymap::Mode;
use crate::plan::{Change, Field, Item, PlanKey, Status, TaskRef};

/// A task, and what its place in the list of deadlines goes by: what it was when the user changed it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    task: TaskRef,
    status: Status,
    day: Option<NaiveDate>,
}

impl App {
    /// Keeps the rows of the tasks that we are changing: whoever goes through a list task by task must not lose the
    /// place.
    pub(super) fn hold(&mut self, plan: PlanKey, made: &[Change]) {
        let moves = |change: &&Change| {
            matches!(
                change.field(),
                Some(Field::Status | Field::Due | Field::Extensions | Field::Quarters | Field::Steps)
            )
        };
        // The figures count what the filter leaves, and nothing else.
        if plan != self.current || self.is_in(Mode::Summary) {
            return;
        }
        for id in made.iter().filter(moves).filter_map(Change::task) {
            let task = TaskRef { plan, task: id.clone() };
            if self.held.iter().any(|held| held.task == task) {
                continue;
            }
            if let Some(item) = self.item_of(&task) {
                let (status, day) = (item.task.status, item.next_day(self.calendar.today));
                self.held.push(Held { task, status, day });
            }
        }
    }

    /// The places of the tasks that stay in sight although the filter would not show them any more.
    pub(super) fn add_held(&self, plan: PlanKey, places: &mut Vec<usize>) {
        let rows = self.held.iter().filter_map(|held| self.row_of(&held.task));
        let of_plan = rows.filter(|row| row.plan == plan).map(|row| row.at);
        let missing: Vec<usize> = of_plan.filter(|at| places.binary_search(at).is_err()).collect();
        places.extend(missing);
        places.sort_unstable();
    }

    /// What the place of a task in the list of deadlines goes by.
    pub(super) fn held_place(&self, item: Item<'_>) -> (Status, Option<NaiveDate>) {
        let is_it = |held: &&Held| held.task.plan == item.key && held.task.task == item.task.id;
        let held = self.held.iter().find(is_it);
        let now = || (item.task.status, item.next_day(self.calendar.today));
        held.map_or_else(now, |held| (held.status, held.day))
    }
}
