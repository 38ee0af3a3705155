//! One task on a screen of its own, over the view that it was chosen in: which of its fields have a line there.

use super::App;
use super::scroll::Step;
use crate::plan::{Field, Task, TaskRef};
use crate::words::Lang;

/// The task that is opened, and which of its lines is chosen.
#[derive(Debug, Clone)]
pub struct Detail {
    pub task: TaskRef,
    /// The chosen line, by its name: others come and go.
    pub row: DetailRow,
}

/// A line of the task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailRow {
    Field(Field),
    /// What is empty, in one line: it leads to a list of it.
    More,
}

/// The fields in the order in which people look at them.
const FIELDS: [Field; 19] = [
    Field::Title,
    Field::Status,
    Field::Due,
    Field::Extensions,
    Field::Steps,
    Field::Progress,
    Field::Quarters,
    Field::Time,
    Field::Lead,
    Field::Support,
    Field::Officer,
    Field::Leader,
    Field::Product,
    Field::Received,
    Field::DoneOn,
    Field::Output,
    Field::Note,
    Field::Source,
    Field::No,
];

/// Those that have a line also where nothing is in them.
const ALWAYS: [Field; 11] = [
    Field::Title,
    Field::Status,
    Field::Due,
    Field::Quarters,
    Field::Time,
    Field::Lead,
    Field::Support,
    Field::DoneOn,
    Field::Output,
    Field::Note,
    Field::No,
];

/// All fields: what is not told of above stands behind, as in the file.
fn fields() -> impl Iterator<Item = Field> {
    FIELDS.into_iter().chain(Field::ALL.iter().copied().filter(|field| !FIELDS.contains(field)))
}

impl DetailRow {
    /// The lines of a task, of which one is chosen and has a line in any case.
    pub fn all(task: &Task, chosen: Option<Self>) -> Vec<Self> {
        let is_shown = |row: &Self| match row {
            Self::Field(field) => ALWAYS.contains(field) || chosen == Some(*row) || is_filled(*field, task),
            Self::More => !Self::offered(task).is_empty(),
        };
        fields().map(Self::Field).chain([Self::More]).filter(is_shown).collect()
    }

    /// The fields that are empty and can be added.
    pub fn offered(task: &Task) -> Vec<Field> {
        let is_offered = |field: &Field| !ALWAYS.contains(field) && !is_filled(*field, task);
        let typed = set_fields().filter(is_offered);
        Some(Field::Progress).into_iter().filter(is_offered).chain(typed).collect()
    }
}

fn is_filled(field: Field, task: &Task) -> bool {
    !field.value(task, Lang::Vi).is_empty()
}

/// The fields that have a text, a day or a choice to be set.
pub(super) fn set_fields() -> impl Iterator<Item = Field> {
    let is_list = |field: &Field| matches!(field, Field::Extensions | Field::Progress | Field::More);
    fields().filter(move |field| !is_list(field))
}

impl Detail {
    pub(super) const fn of(task: TaskRef) -> Self {
        Self::at(task, Field::Title)
    }

    /// With this field chosen.
    pub(super) const fn at(task: TaskRef, field: Field) -> Self {
        Self { task, row: DetailRow::Field(field) }
    }
}

impl App {
    /// Up and down go through the fields, page by page through the tasks.
    pub(super) fn step_detail(&mut self, step: Step) {
        match step {
            Step::PageUp => self.turn(Step::Up),
            Step::PageDown => self.turn(Step::Down),
            step => self.step_row(step),
        }
    }

    fn step_row(&mut self, step: Step) {
        let (Some(detail), Some(item)) = (&self.detail, self.opened()) else { return };
        let rows = DetailRow::all(item.task, Some(detail.row));
        let here = rows.iter().position(|row| *row == detail.row).unwrap_or_default();
        let to = match step {
            Step::Up => here.saturating_sub(1),
            Step::First => 0,
            Step::Last => rows.len() - 1,
            _ => (here + 1).min(rows.len() - 1),
        };
        if let Some(detail) = &mut self.detail {
            detail.row = rows[to];
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
