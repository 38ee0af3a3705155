//! A task that is given in a meeting: the sentence in which it is said, and the boxes that are filled from it.

use super::editor::NO_TITLE;
use super::form::{FormBox, FormRow, FormSubject, FormWindow};
use super::{App, Effect, OpenPlan, Panel, edits};
use crate::plan::conclusion::Conclusion;
use crate::plan::time::{self, Period};
use crate::plan::{Directory, Draft, Field, PlanKey, Task, TaskId, meeting};
use crate::words::{Lang, Phrase, Spoken, tr};

/// What is read from the sentence, until it is typed otherwise.
const READ: [FormRow; 4] = [
    FormRow::Task(Field::Title),
    FormRow::Task(Field::Lead),
    FormRow::Task(Field::Support),
    FormRow::Task(Field::Time),
];

impl FormWindow {
    fn of_conclusion(plan: PlanKey) -> Self {
        let rows = std::iter::once(FormRow::Sentence).chain(READ);
        let boxes = rows.map(|row| FormBox::of(row, "")).collect();
        Self::new(FormSubject::Conclusion(plan), boxes)
    }

    /// Fills the boxes in which nobody has typed anything else.
    fn fill(&mut self, read: [String; READ.len()]) {
        for (row, text) in READ.into_iter().zip(read) {
            if let Some(it) = self.boxes.iter_mut().find(|it| it.row == row && !it.is_changed()) {
                *it = FormBox::of(row, &text);
            }
        }
    }

    /// Until when the work is.
    pub(super) fn term_hint(&self, year: i32, lang: Lang) -> String {
        const NONE: Phrase = Phrase::new("Không có thời hạn", "No deadline");
        let time = self.text(FormRow::Task(Field::Time));
        match Period::read(&time, year) {
            _ if time.is_empty() => NONE.say(lang).to_owned(),
            Err(why) => why.kept_as_text(lang),
            Ok(period) => period.deadline(year).map_or_else(
                || NONE.say(lang).to_owned(),
                |day| {
                    let day = time::write_marked_date(day, lang);
                    tr!(lang, "Thời hạn {day}", "Deadline {day}")
                },
            ),
        }
    }

    /// Why it is no task yet.
    pub(super) fn refused_title(&self) -> Option<Spoken> {
        let is_given = matches!(self.subject, FormSubject::Conclusion(_));
        (is_given && self.text(FormRow::Task(Field::Title)).is_empty()).then(|| NO_TITLE.spoken())
    }

    /// The task that was given in a plan of this year.
    fn task(&self, id: TaskId, year: i32, directory: &Directory) -> Task {
        let [title, lead, support, time] = READ.map(|row| self.text(row));
        let (lead, support) = (directory.typed(&lead), directory.typed(&support));
        let mut task = Task { id, title, lead, support, ..Task::default() };
        if let Ok(Some(period)) = task.placed_by(&time, year) {
            (task.quarters, task.due) = (period.quarters(), period.due());
        }
        Task { time, ..task }
    }
}

impl App {
    /// Opens the window.
    pub(super) fn conclude(&mut self) {
        if !self.is_read_only(self.current) {
            self.open_form(FormWindow::of_conclusion(self.current));
        }
    }

    /// The window again that was typed in, with all that was typed.
    pub(super) fn conclusion_of_draft(&self, plan: PlanKey, draft: &Draft) -> FormWindow {
        let mut form = FormWindow::of_conclusion(plan).with_texts(&draft.texts);
        form.fill(self.read_sentence(&form.text(FormRow::Sentence)));
        form
    }

    /// Reads the sentence anew while it is typed.
    pub(super) fn read_conclusion(&mut self) {
        let Some(Panel::Form(form)) = &self.panel else { return };
        if form.chosen() != FormRow::Sentence {
            return;
        }
        let read = self.read_sentence(&form.text(FormRow::Sentence));
        if let Some(Panel::Form(form)) = &mut self.panel {
            form.fill(read);
        }
    }

    fn read_sentence(&self, sentence: &str) -> [String; READ.len()] {
        let Some((plan, index)) = self.open().and_then(OpenPlan::read) else {
            return Default::default();
        };
        let read = Conclusion::read(sentence, index.directory(plan), plan.year, self.meeting_day());
        let time = read.time.map_or_else(String::new, |time| time.written(plan.year));
        [read.title, read.lead.join("; "), read.support.join("; "), time]
    }

    /// Adds the task to the plan.
    pub(super) fn give(&mut self, key: PlanKey, form: &FormWindow) -> Option<Effect> {
        let (plan, index) = self.plans[key.0].read()?;
        let id = TaskId::fresh(&plan.tasks, self.seed);
        let task = form.task(id, plan.year, index.directory(plan));
        let (_, beside) = self.place_of_new();
        let task = Task { source: meeting::source(self.meeting_day()), ..task };
        let change = edits::add(plan, beside.as_ref(), task);
        self.seed = self.seed.wrapping_add(1);
        self.commit(key, vec![change])
    }
}
