//! What the boxes of a window come to: what is wrong with them, what is said of them, and what taking them does.

use chrono::NaiveDate;

use super::action::Action;
use super::editor::day_hint;
use super::form::{FormRow, FormSubject, FormWindow, OPTIONAL};
use super::{App, Day, Draft, Effect, Original, Panel};
use crate::plan::time::{self, Asked, TimeError};
use crate::plan::{Field, PlanKey};
use crate::words::{Phrase, Spoken, tr};

const TO_COME: Phrase =
    Phrase::new("Văn bản không thể có ngày sau hôm nay", "A document cannot be dated after today");

impl App {
    pub(super) fn open_form(&mut self, form: FormWindow) {
        self.panel = Some(Panel::Form(Box::new(form)));
    }

    pub fn form_heading(&self, form: &FormWindow) -> String {
        match &form.subject {
            FormSubject::Plan(_) => self.plan_heading(),
            FormSubject::Progress(of) => self.told_of(of),
            FormSubject::Completion(of) => self.completed_of(of),
            FormSubject::Extension(of) => self.extension_of(of),
            FormSubject::Conclusion(_) => Action::Conclude.label().say(self.lang).to_owned(),
        }
    }

    /// Enter in the window of a new plan: to the next box, and from the last one on to what comes of them.
    pub(super) fn next_field(&mut self) -> Option<Effect> {
        match &mut self.panel {
            Some(Panel::Form(form)) if form.row + 1 < form.boxes.len() => form.next(),
            _ => return self.accept(),
        }
        None
    }

    pub(super) fn turn_box(&mut self, action: Action) {
        match &mut self.panel {
            Some(Panel::Form(form)) if action == Action::NextBox => form.next(),
            Some(Panel::Form(form)) => form.previous(),
            _ => {}
        }
    }

    /// Takes what is in the boxes. What is wrong with one of them is said there.
    pub(super) fn take_form(&mut self, mut form: Box<FormWindow>) -> Option<Effect> {
        let wrong = (0..form.boxes.len()).find_map(|row| Some((row, self.refused_in(&form, row)?)));
        let is_refused = wrong.is_some();
        if let Some((row, why)) = wrong {
            form.refuse(row, why);
        }
        if is_refused || form.plan().is_some_and(|plan| self.is_read_only(plan)) {
            self.panel = Some(Panel::Form(form));
            return None;
        }
        match form.subject {
            FormSubject::Plan(_) => self.make_plan(form),
            FormSubject::Progress(_) | FormSubject::Completion(_) => self.take_progress(&form),
            FormSubject::Extension(_) => self.take_extension(form),
            FormSubject::Conclusion(plan) => self.give(plan, &form),
        }
    }

    /// What is wrong with a box. One in which nothing was typed yet is wrong only once it was to be taken.
    pub fn wrong_in(&self, form: &FormWindow, row: usize) -> Option<Spoken> {
        let while_typed = || {
            let is_begun =
                form.boxes[row].row.is_day() && self.day_in(form, row) == Err(TimeError::Unfinished);
            (form.boxes[row].is_changed() && !is_begun).then(|| self.refused_in(form, row)).flatten()
        };
        form.refusal(row).or_else(while_typed)
    }

    /// Why a box cannot be taken as it is.
    fn refused_in(&self, form: &FormWindow, row: usize) -> Option<Spoken> {
        match form.boxes[row].row {
            FormRow::Head(field) => field.typed(form.boxes[row].field.text()).err(),
            FormRow::File => form.refused_file(),
            FormRow::Task(Field::Title) => form.refused_title(),
            FormRow::To => self.refused_extension(form, self.day_in(form, row)),
            FormRow::Task(Field::DoneOn) | FormRow::DocDay => match self.day_in(form, row).err()? {
                TimeError::AfterToday(_) if form.boxes[row].row == FormRow::DocDay => Some(TO_COME.spoken()),
                why => Some(Spoken::of(|lang| why.message(Asked::Completion, lang))),
            },
            _ => None,
        }
    }

    /// The day that was typed in a box.
    fn day_in(&self, form: &FormWindow, row: usize) -> Result<Option<NaiveDate>, TimeError> {
        let (it, today) = (&form.boxes[row], self.calendar.today);
        let year = form.plan().map_or(0, |plan| self.year_of(plan));
        match it.row {
            FormRow::To => time::read_date(it.field.text(), year, today),
            _ => time::read_past_date(it.field.text(), year, today),
        }
    }

    /// The day in the box that is for this; nothing where there is none.
    pub(super) fn day_of(&self, form: &FormWindow, row: FormRow) -> Option<NaiveDate> {
        let at = form.boxes.iter().position(|it| it.row == row)?;
        self.day_in(form, at).ok().flatten()
    }

    /// What can be said of the box that has the keys, if nothing is wrong with it.
    pub fn hint_in(&self, form: &FormWindow) -> String {
        const AS_OF: Phrase = Phrase::new("Ngày đang xem", "The day shown");
        let (it, row) = (&form.boxes[form.row], form.row);
        match (&form.subject, it.row) {
            (FormSubject::Plan(_), _) => form.plan_hint(self.lang),
            (FormSubject::Conclusion(plan), _) => form.term_hint(self.year_of(*plan), self.lang),
            (_, FormRow::Task(Field::DoneOn)) if !it.is_changed() => match self.day {
                Day::AsOf => AS_OF.say(self.lang).to_owned(),
                Day::Real => String::new(),
            },
            (_, FormRow::Task(Field::Progress)) => self.told_before(form),
            (_, day) if day.is_day() => match self.day_in(form, row) {
                Ok(Some(day)) => format!("= {}", day_hint(day, self.calendar.today, self.lang)),
                Ok(None) => self.no_day_hint(day),
                Err(why) => why.message(Asked::Deadline, self.lang),
            },
            _ => OPTIONAL.say(self.lang).to_owned(),
        }
    }

    /// What was told of the task before, so that it is not told again.
    fn told_before(&self, form: &FormWindow) -> String {
        let Some(last) = form.original().and_then(|of| of.task.last_progress()) else {
            return Phrase::new("Alt-Enter: xuống dòng", "Alt-Enter: new line").say(self.lang).to_owned();
        };
        let told = last.line(self.lang);
        tr!(self.lang, "Lần trước, {told}", "Before, {told}")
    }

    /// The window again that texts were typed in for a task, with them.
    pub(super) fn form_of_draft(&self, of: Original, draft: &Draft) -> Option<FormWindow> {
        let form = match draft.field {
            Field::Extensions => self.extension_form(of),
            Field::Progress => FormWindow::of_progress(of, draft.texts.len(), self.calendar.today),
            _ => return None,
        };
        Some(form.with_texts(&draft.texts))
    }

    /// The name by which a plan knows the user.
    pub(super) fn own_name(&self, plan: PlanKey) -> String {
        self.plan_of(plan).map_or(self.user.as_str(), |plan| plan.name_of(&self.user)).to_owned()
    }
}
