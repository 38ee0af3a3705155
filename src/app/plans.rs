//! The list of the plans that are open, the most urgent first, and how one of them is looked at.

use super::keymap::Mode;
use super::scroll::{ListLines, Scroll, Step};
use super::view::View;
use super::{App, Begin, OpenPlan};
use crate::plan::PlanKey;

pub(super) const VIEW: View = View { mode: Mode::Plans, scroll: Scroll::TOP, enter, step, clamp };

/// Lines behind the plans: a new one.
const OTHERS: usize = 1;

fn enter(app: &mut App) {
    app.listed = app.by_urgency();
    let current = app.listed.iter().position(|key| *key == app.current);
    app.view_mut().scroll.row = current.unwrap_or_default();
}

fn lines(app: &App) -> ListLines {
    ListLines { length: app.listed.len() + OTHERS, visible: app.list_height() }
}

fn step(app: &mut App, step: Step) {
    let lines = lines(app);
    app.view_mut().scroll.step(step, &lines);
}

fn clamp(app: &mut App) {
    let lines = lines(app);
    app.view_mut().scroll.keep(&lines);
}

impl App {
    /// The list with nothing looked at before: the most urgent plan is chosen. A plan that is asked for and not there is
    /// begun at once.
    pub(super) fn begin_on_list(&mut self) {
        self.current = self.by_urgency().first().copied().unwrap_or_default();
        self.enter(Mode::Plans);
        if matches!(self.begin, Begin::Missing(_)) {
            self.begin_plan();
        }
    }

    /// The plans with late work first, then those with work due soon; else as they were named.
    fn by_urgency(&self) -> Vec<PlanKey> {
        let mut keys: Vec<PlanKey> = (0..self.plans.len()).map(PlanKey).collect();
        keys.sort_by_key(|key| self.urgency(*key));
        keys
    }

    fn urgency(&self, key: PlanKey) -> u8 {
        let Some((plan, index)) = self.plans[key.0].read() else { return 2 };
        let figures = index.figures(plan, self.calendar);
        match (figures.overdue(), figures.due_soon()) {
            (1.., _) => 0,
            (_, 1..) => 1,
            _ => 2,
        }
    }

    /// The plans in the order of the list.
    pub fn listed(&self) -> impl Iterator<Item = &OpenPlan> {
        self.listed.iter().map(|key| &self.plans[key.0])
    }

    /// Puts the plan that is looked at on its board.
    pub(super) fn begin_on_board(&mut self) {
        self.plans[self.current.0].is_looked_at = true;
        self.enter(Mode::Board);
        if let Some(column) = self.current_column() {
            self.cursor.enter(column);
        }
    }

    /// Opens the chosen plan on its board. One that cannot be read says why.
    pub(super) fn open_plan(&mut self) {
        let Some(chosen) = self.listed.get(self.view().scroll.row).copied() else {
            self.begin_plan();
            return;
        };
        let open = &self.plans[chosen.0];
        if open.plan.is_some() {
            self.look_at(chosen);
        } else if let Some(trouble) = &open.trouble {
            self.notices.answer(trouble.say(self.lang).to_owned());
        }
    }
}
