//! What is told of a task: a line of progress that is added, with the day and the document where the task is done. A
//! task that one key has set done opens the same window.

use chrono::NaiveDate;
use crossterm::event::KeyCode;

use super::action::Action;
use super::editor::of_done_on;
use super::edits::{self, undo};
use super::form::{FormBox, FormRow, FormSubject, FormWindow};
use super::keymap::{self, Ctrl, Key, Mode};
use super::{App, Effect, Next, Original};
use crate::plan::{Change, Edit, Field, Progress, Status, Task, TaskRef};
use crate::words::Lang;

/// The boxes, from the top: the first two only for what is done.
const ROWS: [FormRow; 5] = [DONE_ON, FormRow::Task(Field::Output), RESULT, FormRow::Stuck, FormRow::Ask];
const DONE_ON: FormRow = FormRow::Task(Field::DoneOn);

const RESULT: FormRow = FormRow::Task(Field::Progress);

/// How many of the boxes there are for a task.
fn count(task: &Task) -> usize {
    if task.status == Status::Done { ROWS.len() } else { 3 }
}

impl FormWindow {
    /// The last boxes of the window for a task, so many of them. What is done is done today, unless it has a day.
    pub(super) fn of_progress(of: Original, count: usize, today: NaiveDate) -> Self {
        let task = Task { done_on: of.task.done_on_with(Status::Done, today), ..(*of.task).clone() };
        let before = |row| match row {
            FormRow::Task(field @ (Field::DoneOn | Field::Output)) => field.value(&task, Lang::Vi),
            _ => String::new(),
        };
        let rows = &ROWS[ROWS.len().saturating_sub(count)..];
        let boxes = rows.iter().map(|row| FormBox::of(*row, &before(*row))).collect();
        Self::new(FormSubject::Progress(of), boxes).at(RESULT)
    }

    fn of_completion(of: Original, field: Field, today: NaiveDate) -> Self {
        let mut form = Self::of_progress(of.clone(), ROWS.len(), today).at(FormRow::Task(field));
        // What is done is seldom held up any more, and the window comes by itself.
        form.boxes.retain(|it| !matches!(it.row, FormRow::Stuck | FormRow::Ask));
        form.subject = FormSubject::Completion(of);
        form
    }

    fn told(&self) -> Progress {
        Progress {
            text: self.text(RESULT),
            stuck: self.text(FormRow::Stuck),
            ask: self.text(FormRow::Ask),
            ..Progress::default()
        }
    }
}

impl App {
    /// Opens the window in which progress is told.
    pub(super) fn begin_progress(&mut self) {
        let Some(of) = self.begin_on(Field::Progress) else { return };
        let count = count(&of.task);
        self.open_form(FormWindow::of_progress(of, count, self.calendar.today));
    }

    pub(super) fn told_of(&self, of: &Original) -> String {
        format!("{}: {}", of.task.no, Action::Tell.label().say(self.lang))
    }

    pub(super) fn completed_of(&self, of: &Original) -> String {
        format!("{}: {} · {}", of.task.no, Status::Done.label().say(self.lang), undo(self.lang))
    }

    /// Adds what was told to what was told before; nothing, if nothing was.
    pub(super) fn take_progress(&mut self, form: &FormWindow) -> Option<Effect> {
        let of = form.original()?;
        let told = form.told();
        let mut edits = Vec::new();
        if !told.is_empty() {
            let (on, by) = (Some(self.calendar.today), self.own_name(of.plan));
            edits.push(of.task.tell(Progress { on, by, ..told }));
        }
        if form.boxes.iter().any(|it| it.row == DONE_ON) {
            // Without a day it would not be done.
            let day = self.day_of(form, DONE_ON).filter(|day| Some(*day) != of.task.done_on);
            edits.extend(day.map(|day| of_done_on(&of.task, Some(day))).unwrap_or_default());
            edits.push(Edit::of(Field::Output, &of.task, form.text(FormRow::Task(Field::Output))));
        }
        self.commit(of.plan, Change::edits(&of.task.id, edits))
    }

    /// The window again that these changes of a task were typed in.
    pub(super) fn progress_typed(&self, of: &Original, changes: &[Change]) -> Option<FormWindow> {
        let edit = changes.iter().find_map(|change| change.edit_in(Field::Progress))?;
        let told = edits::added_row::<Progress>(edit)?;
        let text = |field| {
            let edit = changes.iter().find_map(|change| change.edit_in(field));
            edit.map_or_else(|| field.value(&of.task, Lang::Vi), |edit| edit.shown(Lang::Vi).1)
        };
        let texts = [text(Field::DoneOn), text(Field::Output), told.text, told.stuck, told.ask];
        let is_done = changes.iter().any(|change| change.edit_in(Field::Status).is_some());
        let count = if is_done { ROWS.len() } else { count(&of.task) };
        let texts = &texts[ROWS.len() - count..];
        Some(FormWindow::of_progress(of.clone(), count, self.calendar.today).with_texts(texts))
    }

    /// Sets a task done today; then the day can be set right, the document be named and the result be told.
    pub(super) fn complete(&mut self, of: &Original, field: Field) -> Option<Effect> {
        if of.task.status != Status::Done {
            let is_alone = !self.goes_to_all_marked(of.plan, &of.task.id);
            self.next = is_alone.then(|| Next::Complete(of.name(), field));
            return self.commit(of.plan, edits::status(&of.task, Status::Done, self.calendar.today));
        }
        if !self.is_read_only(of.plan) {
            self.open_completion(of.clone(), field);
        }
        None
    }

    fn open_completion(&mut self, of: Original, field: Field) {
        self.open_form(FormWindow::of_completion(of, field, self.calendar.today));
    }

    /// Opens the window, if the task was set done.
    pub(super) fn ask_for_completion(&mut self, name: &TaskRef, field: Field, made: &[Change]) {
        let is_done = |change: &Change| {
            let status = change.edit_of(&name.task).and_then(|edit| edit.after.status());
            status == Some(Status::Done)
        };
        if let Some(of) = self.item_of(name).map(Original::of)
            && made.iter().any(is_done)
        {
            self.open_completion(of, field);
            // The window says it.
            self.notices.silence();
        }
    }

    /// Whether a key is meant for what lies under the window of completion, in which nothing was written yet.
    pub(super) fn is_meant_for_below(&self, key: Key) -> bool {
        let is_fresh = self.mode() == Mode::Completion;
        let is_text = match key.code {
            KeyCode::Char(letter) if key.ctrl == Ctrl::Up => !matches!(letter, ' ' | '='),
            KeyCode::Char(letter) => matches!(letter, 'u' | 'w' | 'a' | 'e'),
            KeyCode::Backspace | KeyCode::Delete => true,
            _ => false,
        };
        is_fresh && !is_text && keymap::meaning(Mode::Completion, key).is_none()
    }
}
