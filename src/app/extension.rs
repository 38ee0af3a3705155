//! Gia hạn: a later deadline with its document and its reason, unless it only mends a slip.

use chrono::NaiveDate;

use super::edits;
use super::form::{FormBox, FormRow, FormSubject, FormWindow};
use super::{App, Effect, Original, Panel, Question, Request};
use crate::plan::time::{self, Asked, TimeError};
use crate::plan::{Change, Extension, Field, Task, Why};
use crate::words::{Phrase, Spoken, tr};

/// The boxes, from the top.
const ROWS: [FormRow; 4] = [FormRow::To, FormRow::Doc, FormRow::DocDay, FormRow::Why];

impl App {
    /// The window for an extension of a task: the document is of today, unless another day is typed.
    pub(super) fn extension_form(&self, of: Original) -> FormWindow {
        let today = time::write_date(self.calendar.today);
        let before = |row| if row == FormRow::DocDay { today.as_str() } else { "" };
        let boxes = ROWS.map(|row| FormBox::of(row, before(row)));
        FormWindow::new(FormSubject::Extension(of), boxes.into())
    }

    /// Opens the window for the chosen task, if it has a deadline that can be moved.
    pub(super) fn begin_extension(&mut self) {
        let Some(of) = self.begin_on(Field::Extensions) else { return };
        if !of.task.status.is_open() || self.deadline_of(&of).is_none() {
            self.say(Phrase::new(
                "Chỉ gia hạn được việc chưa xong và có hạn",
                "Only open work with a deadline can be extended",
            ));
            return;
        }
        self.open_form(self.extension_form(of));
    }

    /// A later deadline that was typed asks for its document and its reason, in a window. Other changes are made, and
    /// so is a time that is written anew, which is the plan's own.
    pub(super) fn commit_or_extend(&mut self, of: &Original, changes: Vec<Change>) -> Option<Effect> {
        let due = match changes.as_slice() {
            [change] => change.edit_in(Field::Due),
            _ => None,
        };
        let later = due.and_then(|due| self.later(of, due.after.day()));
        let Some(to) = later.filter(|_| of.task.status.is_open()) else {
            return self.commit(of.plan, corrected(&of.task, changes));
        };
        let form = self.extension_form(of.clone()).with_texts(&[time::write_date(to)]).at(FormRow::Doc);
        self.open_form(form);
        None
    }

    /// The deadline that comes of a due date, if it is later than the one that holds.
    fn later(&self, of: &Original, due: Option<NaiveDate>) -> Option<NaiveDate> {
        let year = self.plan_of(of.plan)?.year;
        let to = Task { due, ..(*of.task).clone() }.printed_deadline(year)?;
        self.deadline_of(of).is_some_and(|from| to > from).then_some(to)
    }

    fn deadline_of(&self, of: &Original) -> Option<NaiveDate> {
        self.plan_of(of.plan)?.deadline(self.as_it_is(of))
    }

    /// The task as others have left it meanwhile.
    fn as_it_is<'a>(&'a self, of: &'a Original) -> &'a Task {
        self.item_of(&of.name()).map_or(&of.task, |item| item.task)
    }

    /// `9: Gia hạn lần 2, hạn đang là 30/06/2024`.
    pub(super) fn extension_of(&self, of: &Original) -> String {
        let no = &of.task.no;
        let from = self.deadline_of(of).map_or_else(String::new, time::write_date);
        match self.as_it_is(of).times_extended() + 1 {
            1 => tr!(self.lang, "{no}: Gia hạn, hạn đang là {from}", "{no}: Extend, now due {from}"),
            nth => tr!(
                self.lang,
                "{no}: Gia hạn lần {nth}, hạn đang là {from}",
                "{no}: Extend again ({nth}), now due {from}"
            ),
        }
    }

    /// Why a day is no extension.
    pub(super) fn refused_extension(
        &self,
        form: &FormWindow,
        typed: Result<Option<NaiveDate>, TimeError>,
    ) -> Option<Spoken> {
        const NO_DAY: Phrase = Phrase::new("Ghi ngày gia hạn đến", "Type the new deadline");
        const NOT_LATER: Phrase = Phrase::new(
            "Phải sau hạn đang có. F3: chỉ đính chính, không phải gia hạn",
            "It must be later than the deadline that holds. F3: only a correction, no extension",
        );
        let from = form.original().and_then(|of| self.deadline_of(of));
        match typed {
            Err(why) => Some(Spoken::of(|lang| why.message(Asked::Deadline, lang))),
            Ok(None) => Some(NO_DAY.spoken()),
            Ok(Some(to)) if from.is_some_and(|from| to <= from) => Some(NOT_LATER.spoken()),
            Ok(_) => None,
        }
    }

    /// What an empty box for a day means.
    pub(super) fn no_day_hint(&self, row: FormRow) -> String {
        const CORRECTION: Phrase = Phrase::new(
            "Ví dụ: 30/6, cuối quý 3, +15. F3: chỉ đính chính, không phải gia hạn",
            "For instance 30/6, end of Q3, +15. F3: only a correction, no extension",
        );
        const UNDATED: Phrase =
            Phrase::new("Trống: có hiệu lực ngay từ đầu", "Empty: it holds from the first");
        if row == FormRow::To { CORRECTION } else { UNDATED }.say(self.lang).to_owned()
    }

    /// Grants it. A second extension is asked about once more.
    pub(super) fn take_extension(&mut self, form: Box<FormWindow>) -> Option<Effect> {
        if form.original().is_some_and(|of| self.as_it_is(of).times_extended() > 0) {
            self.ask(Question::Again(form));
            return None;
        }
        self.extend(&form)
    }

    pub(super) fn asked_again(&self, form: &FormWindow) -> String {
        let Some(of) = form.original() else { return String::new() };
        let nth = self.as_it_is(of).times_extended() + 1;
        let to = form.text(FormRow::To);
        tr!(
            self.lang,
            "Gia hạn lần {nth}, đến {to}? Enter: gia hạn · Esc: sửa tiếp",
            "Extension {nth}, to {to}? Enter: extend · Esc: go on editing"
        )
    }

    pub(super) fn extend(&mut self, form: &FormWindow) -> Option<Effect> {
        let of = form.original()?;
        let extension = Extension {
            to: self.day_of(form, FormRow::To),
            doc: form.text(FormRow::Doc),
            on: self.day_of(form, FormRow::DocDay),
            why: form.text(FormRow::Why),
        };
        // What older plans remember of extensions is all in the file, whichever day is shown.
        let open = &self.plans[of.plan.0];
        let task = open.in_file.as_ref().and_then(|plan| plan.task(&of.task.id)).unwrap_or(&of.task);
        let edits = task.extend(extension, open.plan.as_ref()?.year);
        self.commit(of.plan, Change::edits(&task.id, edits))
    }

    /// Sets the later deadline as the correction of a slip. What was typed beside it stays with it as its reason.
    pub(super) fn correct(&mut self) -> Option<Effect> {
        let Some(Panel::Form(form)) = &self.panel else { return None };
        let (of, day) = (form.original()?.clone(), self.day_of(form, FormRow::To)?);
        let said = [form.text(FormRow::Doc), form.text(FormRow::Why)].into_iter().filter(|it| !it.is_empty());
        let reason = said.collect::<Vec<_>>().join(", ");
        let why = if reason.is_empty() { Why::Untold } else { Why::Reason(reason) };
        let edit = of.task.correct_deadline(Some(day));
        self.panel = None;
        self.commit_request(Request { plan: of.plan, changes: Change::edits(&of.task.id, [edit]), why })
    }

    /// The window again that these changes of a task were typed in.
    pub(super) fn extension_typed(&self, of: &Original, changes: &[Change]) -> Option<FormWindow> {
        let edit = changes.iter().find_map(|change| change.edit_in(Field::Extensions))?;
        let it = edits::added_row::<Extension>(edit)?;
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, time::write_date);
        Some(self.extension_form(of.clone()).with_texts(&[day(it.to), it.doc, day(it.on), it.why]))
    }
}

/// Another day in the place of the deadline that holds now, which may be that of an extension. A time that is written
/// anew goes by itself.
fn corrected(task: &Task, changes: Vec<Change>) -> Vec<Change> {
    if changes.len() > 1 {
        return changes;
    }
    let correction = |change: Change| match change.edit_in(Field::Due) {
        Some(due) => Change::Edit { task: task.id.clone(), edit: task.correct_deadline(due.after.day()) },
        None => change,
    };
    changes.into_iter().map(correction).collect()
}
