//! A text field that is being filled in, and what comes of it.

use chrono::NaiveDate;

use super::Draft;
use super::extension::Extension;
use crate::plan::time::{self, Asked, NotADate, Period};
use crate::plan::{Calendar, Change, Column, Diff, Edit, Field, Plan, Quarters, Status, Task, TaskId, Why};
use crate::text;
use crate::words::{Lang, Phrase, Spoken};

/// The fields of a task in the order in which people look at them.
pub const FIELDS: [Field; 11] = [
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

/// A field of text that has the keys.
#[derive(Debug, Clone)]
pub struct Editor {
    pub subject: Subject,
    pub field: text::Field,
    /// The text that the field began with.
    before: String,
}

/// What is written.
#[derive(Debug, Clone)]
pub enum Subject {
    /// A field of a task as it was when the editing began. That value is what the change expects to find.
    Field(Box<Task>, Field),
    /// Why changes are made that are still to be made.
    Reason(Cause, Vec<Change>),
    /// The title of a new task in a column, behind another.
    New { column: Column, after: Option<TaskId> },
}

/// What a reason is asked for. It may be left empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    Status(Status),
    Extended(Extension),
}

impl Cause {
    fn heading(self, lang: Lang) -> String {
        let what = match self {
            Self::Status(status) => status.label().say(lang).to_owned(),
            Self::Extended(extension) => extension.told(lang),
        };
        let reason = Phrase::new("lý do, số văn bản", "reason and document");
        format!("{what}: {}", reason.say(lang))
    }

    const fn why(self, reason: String) -> Why {
        match self {
            Self::Status(_) => Why::Reason(reason),
            Self::Extended(_) => Why::Extension(reason),
        }
    }
}

impl Editor {
    pub fn of_field(task: &Task, field: Field) -> Self {
        let lines = match field {
            Field::Note => text::Lines::Many,
            _ => text::Lines::One,
        };
        let subject = Subject::Field(Box::new(task.clone()), field);
        let field = text::Field::of(&field.value(task, Lang::Vi), lines);
        let before = field.text().to_owned();
        Self { subject, field, before }
    }

    pub fn of_reason(cause: Cause, changes: Vec<Change>) -> Self {
        let field = text::Field::of("", text::Lines::One);
        Self { subject: Subject::Reason(cause, changes), field, before: String::new() }
    }

    pub fn of_new(column: Column, after: Option<TaskId>) -> Self {
        let field = text::Field::of("", text::Lines::One);
        Self { subject: Subject::New { column, after }, field, before: String::new() }
    }

    /// The same with another text in it.
    #[must_use]
    pub fn with_text(self, text: &str) -> Self {
        Self { field: text::Field::of(text, self.lines()), ..self }
    }

    pub fn heading(&self, lang: Lang) -> String {
        let heading = match &self.subject {
            Subject::Field(_, field) => field.label(),
            Subject::Reason(cause, _) => return cause.heading(lang),
            Subject::New { .. } => Phrase::new("Việc mới: nội dung nhiệm vụ", "New task: what is to be done"),
        };
        heading.say(lang).to_owned()
    }

    pub const fn is_of_many_lines(&self) -> bool {
        matches!(&self.subject, Subject::Field(_, Field::Note))
    }

    pub fn lines(&self) -> text::Lines {
        if self.is_of_many_lines() { text::Lines::Many } else { text::Lines::One }
    }

    /// What would be lost if the terminal went away now.
    pub(super) fn draft(&self) -> Option<Draft> {
        let text = self.field.text().to_owned();
        match &self.subject {
            _ if !self.is_changed() => None,
            Subject::Field(task, field) => Some(Draft { task: Some(task.clone()), field: *field, text }),
            Subject::New { .. } => Some(Draft { task: None, field: Field::Title, text }),
            Subject::Reason(..) => None,
        }
    }

    /// The changes that a reason is being written for, with as much of it as there is.
    pub(super) fn reasoned(&self) -> Option<(&Vec<Change>, Why)> {
        match &self.subject {
            Subject::Reason(cause, changes) => Some((changes, cause.why(self.text()))),
            Subject::Field(..) | Subject::New { .. } => None,
        }
    }

    /// What was typed, composed and without blanks around it.
    fn text(&self) -> String {
        text::nfc(self.field.text().trim()).into_owned()
    }

    /// Whether anything would be lost by leaving.
    pub fn is_changed(&self) -> bool {
        self.field.text() != self.before
    }

    /// What the program makes of what was typed so far, while it is typed.
    pub fn hint(&self, plan: &Plan, calendar: Calendar, lang: Lang) -> Option<String> {
        match &self.subject {
            Subject::Field(task, _) if plan.task(&task.id).is_none() => Some(
                Phrase::new(
                    "Người khác đã xóa việc này. F2: lấy lại việc cùng phần vừa gõ",
                    "Someone has deleted this task. F2: bring it back with your text",
                )
                .say(lang)
                .to_owned(),
            ),
            Subject::Field(task, field @ (Field::Due | Field::DoneOn)) => {
                Some(match self.date(*field, plan, calendar.today) {
                    Ok(Some(day)) => {
                        format!("= {}{}", told_day(day, calendar.today, lang), self.weekday_meant(lang))
                    }
                    Ok(None) => no_day(task, *field, plan).say(lang).to_owned(),
                    Err(trouble) => trouble.say(lang).to_owned(),
                })
            }
            Subject::Reason(Cause::Extended(_), _) => Some(
                Phrase::new(
                    "Có thể để trống. Tab: chỉ đính chính, không phải gia hạn",
                    "May be left empty. Tab: only a correction, no extension",
                )
                .say(lang)
                .to_owned(),
            ),
            Subject::Field(_, Field::Time) if self.text().is_empty() => None,
            Subject::Field(_, Field::Time) => Some(match time::read_time(self.field.text(), plan.year) {
                Ok(period) => told_period(period, plan.year, lang),
                Err(begun @ NotADate::Unfinished) => begun.message(Asked::Time, lang),
                Err(why) => why.kept_as_text(lang),
            }),
            Subject::Reason(..) if !self.is_changed() => {
                Some(Phrase::new("Có thể để trống", "May be left empty").say(lang).to_owned())
            }
            _ => None,
        }
    }

    fn date(&self, field: Field, plan: &Plan, today: NaiveDate) -> Result<Option<NaiveDate>, Spoken> {
        let text = self.field.text();
        let (read, asked) = match field {
            Field::DoneOn => (time::read_past_date(text, plan.year, today), Asked::Completion),
            _ => (time::read_date(text, plan.year, today), Asked::Deadline),
        };
        read.map_err(|trouble| Spoken::of(|lang| trouble.message(asked, lang)))
    }

    /// What else was perhaps meant by a month, and how that is typed.
    fn weekday_meant(&self, lang: Lang) -> String {
        let Some((month, weekday)) = time::weekday_meant(self.field.text()) else { return String::new() };
        let weekday = weekday.say(lang);
        match lang {
            Lang::Vi => format!(" (tháng {month}; {weekday} thì gõ “{}”)", weekday.to_lowercase()),
            Lang::En => format!(" (month {month}; for {weekday} type “{weekday}”)"),
        }
    }

    /// The changes that what was typed comes to; none if it is what stood there.
    pub fn changes(&self, plan: &Plan, calendar: Calendar) -> Result<Vec<Edit>, Spoken> {
        let Subject::Field(task, field) = &self.subject else { return Ok(Vec::new()) };
        if !self.is_changed() {
            return Ok(Vec::new());
        }
        let text = self.text();
        let edits = match field {
            Field::No => vec![Edit::No(Diff::new(task.no.clone(), text))],
            Field::Title if text.is_empty() => return Err(no_title()),
            Field::Title => vec![Edit::Title(Diff::new(task.title.clone(), text))],
            Field::Time => of_time(task, text, plan.year),
            Field::Due => vec![Edit::Due(Diff::new(task.due, self.date(*field, plan, calendar.today)?))],
            Field::DoneOn => of_done_on(task, self.date(*field, plan, calendar.today)?),
            Field::Output => vec![Edit::Output(Diff::new(task.output.clone(), text))],
            Field::Note => vec![Edit::Note(Diff::new(task.note.clone(), text))],
            Field::Lead | Field::Support | Field::Quarters | Field::Status => Vec::new(),
        };
        Ok(edits)
    }

    /// The new task that was named, with what can be taken from where it stands.
    pub fn new_task(&self, plan: &Plan, id: TaskId, lead: Vec<String>) -> Result<Change, Spoken> {
        let Subject::New { column, after } = &self.subject else { return Err(no_title()) };
        let title = self.text();
        if title.is_empty() {
            return Err(no_title());
        }
        let quarters = match column {
            Column::Quarter(quarter) => Quarters::from_iter([*quarter]),
            Column::Year => Quarters::WHOLE_YEAR,
        };
        let time = column.label().say(Lang::Vi).to_owned();
        let before = after.as_ref().and_then(|id| plan.task(id));
        let no = plan.number_after(before.map_or("", |task| &task.no));
        let task = Task { id, no, title, lead, quarters, time, ..Task::default() };
        Ok(Change::Add { task: Box::new(task), after: after.clone() })
    }
}

fn no_title() -> Spoken {
    Spoken {
        vi: "Việc phải có nội dung; Esc để hủy".to_owned(),
        en: "A task must have a title; Esc leaves".to_owned(),
    }
}

/// A time that can be read puts the task where it says. One that cannot is only text.
fn of_time(task: &Task, text: String, year: i32) -> Vec<Edit> {
    let period = task.placed_by(&text, year);
    let mut edits = vec![Edit::Time(Diff::new(task.time.clone(), text))];
    if let Ok(Some(period)) = period {
        edits.push(Edit::Quarters(Diff::new(task.quarters, period.quarters())));
        edits.push(Edit::Due(Diff::new(task.due, period.due())));
    }
    edits
}

/// A day of completion makes the task done; without one it is not.
fn of_done_on(task: &Task, day: Option<NaiveDate>) -> Vec<Edit> {
    let status = match (day, task.status) {
        (Some(_), _) => Status::Done,
        (None, Status::Done) => Status::Doing,
        (None, status) => status,
    };
    vec![Edit::Status(Diff::new(task.status, status)), Edit::DoneOn(Diff::new(task.done_on, day))]
}

fn told_day(day: NaiveDate, today: NaiveDate, lang: Lang) -> String {
    let off = (day - today).num_days();
    let distance = match (lang, off) {
        (Lang::Vi, 0) => "hôm nay".to_owned(),
        (Lang::Vi, 1..) => format!("còn {off} ngày"),
        (Lang::Vi, _) => format!("{} ngày trước", -off),
        (Lang::En, 0) => "today".to_owned(),
        (Lang::En, 1..) => format!("in {}", time::days_in_words(off, lang)),
        (Lang::En, _) => format!("{} ago", time::days_in_words(-off, lang)),
    };
    format!("{} {}, {distance}", time::weekday(day).say(lang), time::write_date(day))
}

/// What an empty date means.
fn no_day(task: &Task, field: Field, plan: &Plan) -> Spoken {
    let end = task.quarters.last().map(|quarter| time::write_date(quarter.last_day(plan.year)));
    match (field, end) {
        (Field::DoneOn, _) => {
            Spoken { vi: "Trống: chưa hoàn thành".into(), en: "Empty: not done".into() }
        }
        (_, Some(end)) => Spoken {
            vi: format!("Trống: hạn là cuối quý, {end}. Ví dụ: 30/6, 15/03/2024, cuối tháng 5"),
            en: format!("Empty: due at the end of the quarter, {end}. For instance 30/6, 15/03/2024"),
        },
        _ => Spoken { vi: "Trống: không hạn".into(), en: "Empty: no deadline".into() },
    }
}

fn told_period(period: Period, year: i32, lang: Lang) -> String {
    let Some(deadline) = period.deadline(year) else {
        return period.rhythm().told().map_or_else(String::new, |told| format!("= {}", told.say(lang)));
    };
    let task = Task { quarters: period.quarters(), due: period.due(), ..Task::default() };
    let columns = Field::Quarters.value(&task, lang);
    let quarter =
        if period.quarters().is_whole_year() { "" } else { Phrase::new("Quý ", "Quarter ").say(lang) };
    let due = Phrase::new("hạn", "due").say(lang);
    format!("= {quarter}{columns}, {due} {}", time::write_date(deadline))
}
