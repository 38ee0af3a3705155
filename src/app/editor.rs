//! A text field that is being filled in, and what comes of it.

use chrono::NaiveDate;

use super::form::OPTIONAL;
use super::hints::{no_day, period_hint, steps_hint};
use super::keymap::Mode;
use super::{App, Draft, Original, Request, edits};
use crate::plan::steps::{StepFrame, read_steps, write_steps};
use crate::plan::time::{self, Asked, TimeError};
use crate::plan::{
    Calendar, Change, Column, Edit, Field, Kind, Plan, PlanKey, Quarters, Status, Task, TaskId, TaskStep, Why,
};
use crate::text;
use crate::words::{Lang, Phrase, tr};

/// A field of text that has the keys.
#[derive(Debug, Clone)]
pub struct Editor {
    pub subject: Edited,
    pub field: text::Field,
    /// The text that the field began with.
    before: String,
}

/// What is written.
#[derive(Debug, Clone)]
pub enum Edited {
    Field(Original, Field),
    /// Why a status is set that is still to be set. It may be left empty.
    Reason(Status, Request),
    /// The day that the plan is to be looked at as of.
    Day(PlanKey),
    /// The name of a saved view: of a new one, or instead of this.
    View(PlanKey, Option<String>),
    /// The title of a new task in a column, in the section of another.
    New {
        plan: PlanKey,
        column: Column,
        after: Option<TaskId>,
    },
}

impl Editor {
    /// `year` is that of the plan.
    pub fn of_field(of: Original, field: Field, year: i32) -> Self {
        let text = written(&of.task, field, year);
        let editor = Self::of(Edited::Field(of, field), &text);
        // A day or a number is written anew, long texts are mended.
        let is_prose = matches!(field, Field::Note | Field::Title | Field::Product | Field::Steps);
        if is_prose { editor } else { Self { field: editor.field.selected(), ..editor } }
    }

    pub(super) fn of_reason(status: Status, request: Request) -> Self {
        Self::of(Edited::Reason(status, request), "")
    }

    pub(super) fn of_day(plan: PlanKey) -> Self {
        Self::of(Edited::Day(plan), "")
    }

    /// The name of what is filtered now, or another for a view.
    pub(super) fn of_view(plan: PlanKey, name: Option<String>) -> Self {
        let before = name.clone().unwrap_or_default();
        Self::of(Edited::View(plan, name), &before)
    }

    pub(super) fn of_new(plan: PlanKey, column: Column, after: Option<TaskId>) -> Self {
        Self::of(Edited::New { plan, column, after }, "")
    }

    /// With this text to begin with.
    fn of(subject: Edited, text: &str) -> Self {
        let empty = Self { subject, field: text::Field::default(), before: String::new() };
        let editor = empty.with_text(text);
        Self { before: editor.field.text().to_owned(), ..editor }
    }

    /// The plan that what is written is for.
    pub const fn plan(&self) -> PlanKey {
        match &self.subject {
            Edited::Field(of, _) => of.plan,
            Edited::Reason(_, request) => request.plan,
            Edited::New { plan, .. } | Edited::Day(plan) | Edited::View(plan, _) => *plan,
        }
    }

    /// Which keys work in the field.
    pub const fn mode(&self) -> Mode {
        if self.is_of_many_lines() { Mode::Notes } else { Mode::Text }
    }

    /// The same with another text in it.
    #[must_use]
    pub fn with_text(self, text: &str) -> Self {
        let lines = if self.is_of_many_lines() { text::Lines::Many } else { text::Lines::One };
        Self { field: text::Field::of(text, lines), ..self }
    }

    pub fn heading(&self, lang: Lang) -> String {
        let heading = match &self.subject {
            Edited::Field(_, field) => field.label(),
            Edited::Reason(status, _) => {
                let reason = Phrase::new("lý do, số văn bản", "reason and document");
                return format!("{}: {}", status.label().say(lang), reason.say(lang));
            }
            Edited::Day(_) => Self::DAY,
            Edited::View(..) => Phrase::new("Tên bộ lọc", "Name of the view"),
            Edited::New { .. } => Phrase::new("Việc mới: nội dung nhiệm vụ", "New task: what is to be done"),
        };
        heading.say(lang).to_owned()
    }

    pub const fn is_of_many_lines(&self) -> bool {
        matches!(&self.subject, Edited::Field(_, Field::Note))
    }

    /// What would be lost if the terminal went away now.
    pub(super) fn draft(&self) -> Option<Draft> {
        let (task, field) = match &self.subject {
            _ if !self.is_changed() => return None,
            Edited::Field(of, field) => (Some(of), *field),
            Edited::New { .. } => (None, Field::Title),
            Edited::Reason(..) | Edited::Day(_) | Edited::View(..) => return None,
        };
        Some(Draft { task: task.map(|of| of.task.clone()), field, texts: vec![self.field.text().to_owned()] })
    }

    /// The changes that a reason is being written for, with as much of it as there is.
    pub(super) fn reasoned(&self) -> Option<Request> {
        match &self.subject {
            Edited::Reason(_, request) => Some(Request { why: Why::Reason(self.text()), ..request.clone() }),
            _ => None,
        }
    }

    /// What was typed, without blanks around it.
    pub(super) fn text(&self) -> String {
        self.field.trimmed()
    }

    /// Whether anything would be lost by leaving.
    pub fn is_changed(&self) -> bool {
        self.field.text() != self.before
    }

    /// What the program makes of what was typed so far, while it is typed.
    pub fn hint(&self, plan: &Plan, calendar: Calendar, lang: Lang) -> Option<String> {
        Some(match &self.subject {
            Edited::Field(of, field @ (Field::Due | Field::DoneOn)) => {
                self.date_hint(&of.task, *field, plan, calendar, lang)
            }
            Edited::Day(_) => self.looked_at_hint(plan, calendar, lang),
            Edited::Reason(..) if !self.is_changed() => OPTIONAL.say(lang).to_owned(),
            Edited::Field(of, Field::Steps) => steps_hint(self.steps(&of.task, plan, calendar, lang), lang),
            Edited::Field(_, Field::Time) if self.text().is_empty() => return None,
            Edited::Field(_, Field::Time) => match time::read_time(self.field.text(), plan.year) {
                Ok(period) => period_hint(period, plan.year, lang),
                Err(begun @ TimeError::Unfinished) => begun.message(Asked::Time, lang),
                Err(why) => why.kept_as_text(lang),
            },
            _ => return None,
        })
    }

    fn date_hint(&self, task: &Task, field: Field, plan: &Plan, calendar: Calendar, lang: Lang) -> String {
        match date(&self.field, field, plan, calendar.today, lang) {
            Ok(Some(day)) => {
                format!("= {}{}", day_hint(day, calendar.today, lang), self.weekday_meant(lang))
            }
            Ok(None) => no_day(task, field, plan, lang),
            Err(trouble) => trouble,
        }
    }

    /// What else was perhaps meant by a month, and how that is typed.
    fn weekday_meant(&self, lang: Lang) -> String {
        let Some((month, weekday)) = time::weekday_meant(self.field.text()) else { return String::new() };
        let weekday = weekday.say(lang);
        let typed = weekday.to_lowercase();
        tr!(
            lang,
            " (tháng {month}; {weekday} thì gõ “{typed}”)",
            " (month {month}; for {weekday} type “{weekday}”)"
        )
    }

    /// The changes that what was typed comes to; none if it is what stood there.
    pub fn changes(&self, plan: &Plan, calendar: Calendar, lang: Lang) -> Result<Vec<Edit>, String> {
        let Edited::Field(Original { task, .. }, field) = &self.subject else { return Ok(Vec::new()) };
        if !self.is_changed() {
            return Ok(Vec::new());
        }
        let text = self.text();
        let day = || date(&self.field, *field, plan, calendar.today, lang);
        let edits = match field {
            Field::Title if text.is_empty() => return Err(NO_TITLE.say(lang).to_owned()),
            Field::Time => of_time(task, text, plan.year),
            Field::DoneOn => of_done_on(task, day()?),
            Field::Steps => vec![Edit::of(Field::Steps, task, self.steps(task, plan, calendar, lang)?)],
            _ if field.kind() == Kind::Day => vec![Edit::of(*field, task, day()?)],
            _ if field.is_typed() => vec![Edit::of(*field, task, text)],
            _ => Vec::new(),
        };
        Ok(edits)
    }

    /// The steps that were typed, or why they are none.
    fn steps(
        &self,
        task: &Task,
        plan: &Plan,
        calendar: Calendar,
        lang: Lang,
    ) -> Result<Vec<TaskStep>, String> {
        let frame = StepFrame::of(task, plan.year, calendar.today);
        read_steps(&self.text(), frame).map_err(|why| why.message(lang))
    }

    /// The new task that was named, with what can be taken from where it stands.
    pub fn new_task(&self, plan: &Plan, id: TaskId, lead: Vec<String>) -> Result<Change, Phrase> {
        let Edited::New { column, after, .. } = &self.subject else { return Err(NO_TITLE) };
        let title = self.text();
        if title.is_empty() {
            return Err(NO_TITLE);
        }
        let quarters = match column {
            Column::Quarter(quarter) => Quarters::from_iter([*quarter]),
            Column::Year => Quarters::WHOLE_YEAR,
        };
        let time = column.label().say(Lang::Vi).to_owned();
        let task = Task { id, title, lead, quarters, time, ..Task::default() };
        Ok(edits::add(plan, after.as_ref(), task))
    }
}

/// What a task has in a field, as it is typed.
fn written(task: &Task, field: Field, year: i32) -> String {
    match field {
        Field::Steps => write_steps(&task.steps, year),
        // Of an extended task the deadline that holds is written anew.
        Field::Due => task.extended_deadline().or(task.due).map_or_else(String::new, time::write_date),
        _ => field.value(task, Lang::Vi),
    }
}

impl App {
    pub(super) fn editor_of_field(&self, of: Original, field: Field) -> Editor {
        let year = self.year_of(of.plan);
        Editor::of_field(of, field, year)
    }

    /// What an edit was typed as.
    pub(super) fn typed_again(&self, plan: PlanKey, edit: &Edit) -> String {
        match edit.field {
            Field::Steps => write_steps(&Vec::<TaskStep>::from(edit.after.clone()), self.year_of(plan)),
            _ => edit.shown(Lang::Vi).1,
        }
    }
}

pub(super) const NO_TITLE: Phrase =
    Phrase::new("Việc phải có nội dung; Esc để hủy", "A task must have a title; Esc leaves");

pub(super) fn date(
    typed: &text::Field,
    field: Field,
    plan: &Plan,
    today: NaiveDate,
    lang: Lang,
) -> Result<Option<NaiveDate>, String> {
    let (read, asked) = match field {
        Field::DoneOn => (time::read_past_date(typed.text(), plan.year, today), Asked::Completion),
        _ => (time::read_date(typed.text(), plan.year, today), Asked::Deadline),
    };
    read.map_err(|trouble| trouble.message(asked, lang))
}

/// A time that can be read puts the task where it says. One that cannot is only text.
fn of_time(task: &Task, text: String, year: i32) -> Vec<Edit> {
    let period = task.placed_by(&text, year);
    let mut edits = vec![Edit::new(Field::Time, task.time.clone(), text)];
    if let Ok(Some(period)) = period {
        edits.push(Edit::new(Field::Quarters, task.quarters, period.quarters()));
        edits.push(Edit::new(Field::Due, task.due, period.due()));
    }
    edits
}

/// A day of completion makes the task done; without one it is not.
pub(super) fn of_done_on(task: &Task, day: Option<NaiveDate>) -> Vec<Edit> {
    let status = match (day, task.status) {
        (Some(_), _) => Status::Done,
        (None, Status::Done) => Status::Doing,
        (None, status) => status,
    };
    vec![Edit::new(Field::Status, task.status, status), Edit::new(Field::DoneOn, task.done_on, day)]
}

pub(super) fn day_hint(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let off = (day - today).num_days();
    let (far, days) = (off.abs(), time::days_in_words(off.abs(), lang));
    let distance = match off {
        0 => time::days_left(0, lang),
        1.. => tr!(lang, "còn {far} ngày", "in {days}"),
        _ => tr!(lang, "{far} ngày trước", "{days} ago"),
    };
    format!("{} {}, {distance}", time::weekday(day).say(lang), time::write_date(day))
}
