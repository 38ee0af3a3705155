//! One task on a screen of its own, over the view that it was chosen in.

use super::App;
use super::editor::FIELDS;
use super::scroll::{ListLines, Scroll, Step};
use crate::plan::{Field, TaskRef};

#[derive(Debug, Clone)]
pub struct Detail {
    pub task: TaskRef,
    /// The chosen field, by its place in [`FIELDS`].
    pub scroll: Scroll,
}

impl Detail {
    /// With this field chosen.
    pub(super) fn at(task: TaskRef, field: Field) -> Self {
        let row = FIELDS.iter().position(|other| *other == field).unwrap_or_default();
        Self { task, scroll: Scroll { row, first: 0 } }
    }
}

impl App {
    /// Up and down go through the fields, page by page through the tasks.
    pub(super) fn step_detail(&mut self, step: Step) {
        let Some(detail) = &mut self.detail else { return };
        match step {
            Step::PageUp => self.turn(Step::Up),
            Step::PageDown => self.turn(Step::Down),
            step => detail.scroll.step(step, &ListLines { length: FIELDS.len(), visible: FIELDS.len() }),
        }
    }

    /// To the task before or behind, in the order of the view that lies under this one.
    pub(super) fn turn(&mut self, step: Step) {
        (self.view().step)(self, step);
        if let (Some(detail), Some(task)) = (&mut self.detail, self.cursor.task()) {
            detail.task = task.clone();
        }
    }
}
