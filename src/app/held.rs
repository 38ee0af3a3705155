//! Rows that stay where they are although their tasks were changed, until the screen is left.

use std::collections::HashMap;
use std::rc::Rc;

use chrono::NaiveDate;

use super::App;
use super::keymap::Mode;
use crate::plan::{Change, Field, Item, PlanKey, Status, TaskRef};

/// What the place of a task in the list of deadlines goes by: what it was when the user changed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct HeldPlace {
    pub(super) status: Status,
    pub(super) day: Option<NaiveDate>,
}

impl HeldPlace {
    fn of(item: Item<'_>, today: NaiveDate) -> Self {
        Self { status: item.task.status, day: item.next_day(today) }
    }
}

/// The tasks whose rows stay where they are.
pub(super) type Held = Rc<HashMap<TaskRef, HeldPlace>>;

impl App {
    pub(super) fn let_go(&mut self) {
        self.held = Held::default();
    }

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
            let place = self.item_of(&task).map(|item| HeldPlace::of(item, self.calendar.today));
            if let Some(place) = place {
                Rc::make_mut(&mut self.held).entry(task).or_insert(place);
            }
        }
    }

    /// The places of the tasks that stay in sight although the filter would not show them any more.
    pub(super) fn add_held(&self, plan: PlanKey, places: &mut Vec<usize>) {
        let rows = self.held.keys().filter_map(|task| self.row_of(task));
        let of_plan = rows.filter(|row| row.plan == plan).map(|row| row.at);
        let missing: Vec<usize> = of_plan.filter(|at| places.binary_search(at).is_err()).collect();
        places.extend(missing);
        places.sort_unstable();
    }

    /// What the place of a task in the list of deadlines goes by.
    pub(super) fn held_place(&self, item: Item<'_>) -> HeldPlace {
        let held = if self.held.is_empty() { None } else { self.held.get(&item.name()).copied() };
        held.unwrap_or_else(|| HeldPlace::of(item, self.calendar.today))
    }
}
