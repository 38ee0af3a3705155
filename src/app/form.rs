//! A window with several boxes: what is typed in each, which of them has the keys, and what was refused.

use std::path::PathBuf;

use super::Original;
use super::keymap::Mode;
use super::scroll::Step;
use crate::plan::{Draft, Extension, Field, PlanField, PlanKey, Progress};
use crate::text;
use crate::words::{self, Lang, Phrase, Spoken};

/// What is said of a box that need not be filled in.
pub(super) const OPTIONAL: Phrase = Phrase::new("Có thể để trống", "May be left empty");

/// Cells of the window, where there is room.
pub const WIDTH: usize = 72;

/// From so many cells on there is room for whole labels.
const ROOMY: usize = 50;

/// A window with several boxes, of which one has the keys.
#[derive(Debug, Clone)]
pub struct FormWindow {
    pub subject: FormSubject,
    pub boxes: Vec<FormBox>,
    /// Which box has the keys.
    pub row: usize,
    /// What was said when the boxes were to be taken, and of which. It stands until that is typed in.
    refusal: Option<(usize, Spoken)>,
}

/// What the boxes are for.
#[derive(Debug, Clone)]
pub enum FormSubject {
    /// A new plan. Where its file goes if no folder is typed.
    Plan(PathBuf),
    /// What is told of a task.
    Progress(Original),
    /// The same, of a task that one key has just set done: whoever has nothing to write goes on as if the window were
    /// not there.
    Completion(Original),
    Extension(Original),
    /// A task that is given in a meeting.
    Conclusion(PlanKey),
}

/// One box, and the text that it began with.
#[derive(Debug, Clone)]
pub struct FormBox {
    pub row: FormRow,
    pub field: text::Field,
    before: String,
}

/// What a box is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormRow {
    Head(PlanField),
    File,
    /// A field of the task; of its progress the result.
    Task(Field),
    Stuck,
    Ask,
    To,
    Doc,
    DocDay,
    Why,
    /// What was decided, as it was said.
    Sentence,
}

impl FormRow {
    pub const fn label(self) -> Phrase {
        match self {
            Self::Head(field) => field.label(),
            Self::File => words::FILE,
            Self::Task(field) => field.label(),
            Self::Stuck => Progress::STUCK,
            Self::Ask => Progress::ASK,
            Self::To => Extension::TO,
            Self::Doc => Extension::DOC,
            Self::DocDay => Extension::ON,
            Self::Why => Extension::WHY,
            Self::Sentence => Phrase::new("Kết luận", "Decided"),
        }
    }

    pub const fn short(self) -> Phrase {
        match self {
            Self::Head(field) => field.short(),
            Self::Task(field) => field.short(),
            Self::Stuck => Progress::STUCK_SHORT,
            row => row.label(),
        }
    }

    /// Its label in a window of so many cells.
    pub const fn name(self, width: usize, lang: Lang) -> &'static str {
        if width < ROOMY { self.short().say(lang) } else { self.label().say(lang) }
    }

    pub const fn is_of_many_lines(self) -> bool {
        matches!(self, Self::Task(Field::Progress) | Self::Stuck | Self::Ask | Self::Sentence)
    }

    const fn lines(self) -> text::Lines {
        if self.is_of_many_lines() { text::Lines::Many } else { text::Lines::One }
    }

    /// Whether a day is typed in it.
    pub const fn is_day(self) -> bool {
        matches!(self, Self::Task(Field::DoneOn) | Self::To | Self::DocDay)
    }
}

impl FormBox {
    /// A day or a year is written anew, and no letter of it is mended.
    pub(super) fn of(row: FormRow, before: &str) -> Self {
        let field = text::Field::of(before, row.lines());
        let is_anew =
            row.is_day() || matches!(row, FormRow::Head(PlanField::Year) | FormRow::Task(Field::Output));
        let before = field.text().to_owned();
        Self { row, field: if is_anew { field.selected() } else { field }, before }
    }

    pub fn is_changed(&self) -> bool {
        self.field.text() != self.before
    }

    pub(super) fn has_begun_empty(&self) -> bool {
        self.before.is_empty()
    }

    /// What was typed, without blanks around it.
    pub(super) fn text(&self) -> String {
        self.field.trimmed()
    }
}

impl FormWindow {
    pub(super) const fn new(subject: FormSubject, boxes: Vec<FormBox>) -> Self {
        Self { subject, boxes, row: 0, refusal: None }
    }

    /// The same with the keys in another box.
    #[must_use]
    pub(super) fn at(self, row: FormRow) -> Self {
        let at = self.boxes.iter().position(|it| it.row == row).unwrap_or(self.row);
        Self { row: at, ..self }
    }

    /// The same with other texts in the boxes.
    #[must_use]
    pub(super) fn with_texts(mut self, texts: &[String]) -> Self {
        for (it, text) in self.boxes.iter_mut().zip(texts) {
            it.field = text::Field::of(text, it.row.lines());
        }
        self
    }

    /// The task that is told of.
    pub(super) const fn original(&self) -> Option<&Original> {
        match &self.subject {
            FormSubject::Plan(_) | FormSubject::Conclusion(_) => None,
            FormSubject::Progress(of) | FormSubject::Completion(of) | FormSubject::Extension(of) => Some(of),
        }
    }

    pub(super) fn plan(&self) -> Option<PlanKey> {
        match self.subject {
            FormSubject::Conclusion(plan) => Some(plan),
            _ => self.original().map(|of| of.plan),
        }
    }

    pub fn mode(&self) -> Mode {
        match self.subject {
            FormSubject::Plan(_) => Mode::NewPlan,
            FormSubject::Completion(_) if self.is_fresh() => Mode::Completion,
            FormSubject::Progress(_) | FormSubject::Completion(_) | FormSubject::Conclusion(_) => Mode::Form,
            FormSubject::Extension(_) => Mode::Extension,
        }
    }

    /// Whether nothing was typed yet, and nothing is being written on.
    pub(super) fn is_fresh(&self) -> bool {
        let field = &self.boxes[self.row].field;
        !self.is_changed() && (field.is_selected() || field.is_empty())
    }

    /// Cells of the longest label in a window of so many.
    pub fn labels(&self, width: usize, lang: Lang) -> usize {
        self.boxes.iter().map(|it| text::width(it.row.name(width, lang))).max().unwrap_or(0)
    }

    /// Cells of a line of text in a window of so many.
    pub fn room(&self, width: usize, lang: Lang) -> usize {
        width.min(WIDTH).saturating_sub(5 + self.labels(width, lang)).max(1)
    }

    pub fn chosen(&self) -> FormRow {
        self.boxes[self.row].row
    }

    pub(super) fn field_mut(&mut self) -> &mut text::Field {
        &mut self.boxes[self.row].field
    }

    /// What stands in each box.
    pub(super) fn texts(&self) -> Vec<String> {
        self.boxes.iter().map(|it| it.field.text().to_owned()).collect()
    }

    /// The same, where it was typed.
    fn texts_typed(&self) -> Vec<String> {
        let typed = |it: &FormBox| if it.is_changed() { it.text() } else { String::new() };
        self.boxes.iter().map(typed).collect()
    }

    /// All that was typed, to be known again by.
    pub(super) fn text_typed(&self) -> String {
        let typed = self.boxes.iter().filter(|it| it.is_changed()).map(FormBox::text);
        typed.collect::<Vec<_>>().join(" · ")
    }

    /// What was typed in a box; nothing, if there is no such box.
    pub(super) fn text(&self, row: FormRow) -> String {
        self.boxes.iter().find(|it| it.row == row).map(FormBox::text).unwrap_or_default()
    }

    /// Whether anything would be lost by leaving.
    pub fn is_changed(&self) -> bool {
        self.boxes.iter().any(FormBox::is_changed)
    }

    /// Through the lines of a box, and from its ends to the next one; `cells` is the room of a line.
    pub(super) fn step(&mut self, step: Step, cells: usize) {
        let is_of_many_lines = self.chosen().is_of_many_lines();
        let field = self.field_mut();
        let mut enter_line = || if step == Step::Up { field.up(cells) } else { field.down(cells) };
        if !is_of_many_lines || !enter_line() {
            let last = self.boxes.len() - 1;
            self.row = if step == Step::Up { self.row.saturating_sub(1) } else { (self.row + 1).min(last) };
        }
    }

    /// To the next box, and from the last to the first.
    pub(super) fn next(&mut self) {
        self.row = (self.row + 1) % self.boxes.len();
    }

    pub(super) fn previous(&mut self) {
        self.row = (self.row + self.boxes.len() - 1) % self.boxes.len();
    }

    /// What was said of the box holds no more once something is typed in it.
    pub(super) fn typed(&mut self) {
        let row = self.row;
        self.refusal.take_if(|(at, _)| *at == row);
    }

    pub(super) fn refuse(&mut self, row: usize, why: Spoken) {
        self.row = row;
        self.refusal = Some((row, why));
    }

    pub(super) fn refusal(&self, row: usize) -> Option<Spoken> {
        self.refusal.as_ref().filter(|(at, _)| *at == row).map(|(_, why)| why.clone())
    }

    /// What would be lost if the terminal went away now.
    pub(super) fn draft(&self) -> Option<(PlanKey, Draft)> {
        if let FormSubject::Conclusion(plan) = self.subject {
            let draft = Draft { task: None, field: Field::Source, texts: self.texts_typed() };
            return self.is_changed().then_some((plan, draft));
        }
        let of = self.original().filter(|_| self.is_changed())?;
        let field = if matches!(self.subject, FormSubject::Extension(_)) {
            Field::Extensions
        } else {
            Field::Progress
        };
        Some((of.plan, Draft { task: Some(of.task.clone()), field, texts: self.texts() }))
    }
}
