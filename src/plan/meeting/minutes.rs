//! What a meeting has decided, written down: in Markdown, or as plain text.

use std::fmt::Write as _;

use chrono::NaiveDate;

use super::{Decision, Meeting};
use crate::plan::history::{Entry, EntryKind};
use crate::plan::summary::{Figures, ReportClass};
use crate::plan::time::write_date;
use crate::plan::value::Value;
use crate::plan::{Field, Plan, Progress, Task, TaskId};
use crate::text;
use crate::words::{Lang, Phrase, tr};

/// The lines of the minutes, from the top.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Minutes {
    lines: Vec<MinutesLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum MinutesLine {
    Title(String),
    Heading(String),
    Text(String),
    /// A task: its number, and what it is.
    Task(String, String),
    /// Something about the task above it.
    Point(String),
}

/// How the minutes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    Markdown,
    Plain,
}

impl Markup {
    pub const ALL: [Self; 2] = [Self::Markdown, Self::Plain];

    pub const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Plain => "txt",
        }
    }

    /// A text with nothing in it that would be read as a mark.
    fn escaped(self, text: &str) -> String {
        match self {
            Self::Plain => text::line(text).into_owned(),
            Self::Markdown => text::markdown(text),
        }
    }

    /// The same at the beginning of a line, where a number or a dash would begin a list.
    fn paragraph(self, text: &str) -> String {
        let mut escaped = self.escaped(text);
        let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
        let signs: &[char] = if digits == 0 { &['-', '+', '='] } else { &['.', ')'] };
        if self == Self::Markdown && escaped[digits..].starts_with(signs) {
            escaped.insert(digits, '\\');
        }
        escaped
    }
}

impl Minutes {
    /// Of a meeting that this user has held, with the figures of the day on which it ends.
    pub fn of(
        meeting: &Meeting,
        plan: &Plan,
        user: &str,
        (figures, day): (&Figures, NaiveDate),
        lang: Lang,
    ) -> Self {
        let mut minutes = Self::default();
        minutes.head(meeting, plan, lang);
        minutes.figures(figures, day, lang);
        let name = plan.name_of(user);
        minutes.lines.push(MinutesLine::Text(tr!(lang, "Người ghi: {name}", "Written by: {name}")));
        let (new, old): (Vec<_>, Vec<_>) =
            meeting.decisions(plan, user).into_iter().partition(Decision::is_new);
        minutes.decisions(CHANGED, &old, lang);
        minutes.decisions(NEW, &new, lang);
        let is_decided = |id: &&TaskId| old.iter().any(|decision| decision.task.id == **id);
        let (heard, rest): (Vec<_>, Vec<_>) =
            meeting.tasks.iter().filter(|id| !is_decided(id)).partition(|id| meeting.heard.contains(id));
        minutes.numbers(UNCHANGED, &heard, plan, lang);
        minutes.numbers(UNHEARD, &rest, plan, lang);
        minutes
    }

    fn head(&mut self, meeting: &Meeting, plan: &Plan, lang: Lang) {
        let day = write_date(meeting.on);
        self.lines.push(MinutesLine::Title(tr!(lang, "Giao ban ngày {day}", "Meeting of {day}")));
        let name = [plan.number.as_str(), plan.title.as_str()].join(" ");
        self.lines.push(MinutesLine::Text(name.trim().to_owned()));
    }

    fn figures(&mut self, figures: &Figures, day: NaiveDate, lang: Lang) {
        let classes = ReportClass::ALL.map(|class| {
            format!("{} {}", class.label().say(lang).to_lowercase(), figures.in_class(Some(class)))
        });
        let (day, all, classes) = (write_date(day), figures.total(), classes.join("; "));
        self.lines.push(MinutesLine::Text(tr!(
            lang,
            "Số liệu tính đến ngày {day}, khi kết thúc: tổng số {all} việc; {classes}.",
            "Figures as of {day}, at its end: {all} tasks; {classes}."
        )));
        let (rate, of_due) = (figures.completion().told(lang), figures.completion_of_due().told(lang));
        let extensions = figures.extensions_told(lang).map_or_else(String::new, |told| format!("; {told}"));
        self.lines.push(MinutesLine::Text(tr!(
            lang,
            "Tỷ lệ hoàn thành {rate}; tỷ lệ hoàn thành nhiệm vụ đến hạn {of_due}{extensions}.",
            "Rate of completion {rate}; of work that is due {of_due}{extensions}."
        )));
    }

    fn decisions(&mut self, heading: Phrase, decisions: &[Decision<'_>], lang: Lang) {
        if decisions.is_empty() {
            return;
        }
        self.lines.push(MinutesLine::Heading(format!("{} ({})", heading.say(lang), decisions.len())));
        for Decision { task, entries } in decisions {
            let no = if task.no.is_empty() { "–" } else { &task.no };
            self.lines.push(MinutesLine::Task(no.to_owned(), task.title.clone()));
            let points = entries.iter().flat_map(|entry| entry.told_whole(task, lang));
            self.lines.extend(points.map(MinutesLine::Point));
        }
    }

    /// Tasks by their numbers alone; one that has none by its title.
    fn numbers(&mut self, heading: Phrase, tasks: &[&TaskId], plan: &Plan, lang: Lang) {
        let number =
            |task: &Task| if task.no.is_empty() { format!("“{}”", task.title) } else { task.no.clone() };
        let numbers: Vec<String> = tasks.iter().filter_map(|id| plan.task(id)).map(number).collect();
        if !numbers.is_empty() {
            self.lines.push(MinutesLine::Heading(format!("{} ({})", heading.say(lang), numbers.len())));
            self.lines.push(MinutesLine::Text(numbers.join(", ")));
        }
    }

    pub fn written(&self, markup: Markup) -> String {
        let mut text = String::new();
        for line in &self.lines {
            line.write(markup, &mut text);
        }
        text
    }
}

impl MinutesLine {
    fn write(&self, markup: Markup, text: &mut String) {
        let escaped = |told: &str| markup.escaped(told);
        let written = match (self, markup) {
            (Self::Title(told), Markup::Markdown) => writeln!(text, "# {}", escaped(told)),
            (Self::Title(told), Markup::Plain) => writeln!(text, "{}", escaped(told).to_uppercase()),
            (Self::Heading(told), Markup::Markdown) => writeln!(text, "\n## {}", escaped(told)),
            (Self::Heading(told), Markup::Plain) => writeln!(text, "\n{}", escaped(told).to_uppercase()),
            (Self::Text(told), _) => writeln!(text, "\n{}", markup.paragraph(told)),
            (Self::Task(no, title), Markup::Markdown) => {
                writeln!(text, "\n**{}** {}\n", escaped(no), escaped(title))
            }
            (Self::Task(no, title), Markup::Plain) => writeln!(text, "\n{}  {}", escaped(no), escaped(title)),
            (Self::Point(told), _) => writeln!(text, "- {}", escaped(told)),
        };
        written.expect("a string takes all");
    }
}

impl Entry {
    /// What was done, one thing in a line: as in a history, but with all that was said of progress, and what a new task
    /// is.
    pub fn told_whole(&self, task: &Task, lang: Lang) -> Vec<String> {
        match &self.kind {
            EntryKind::Added => vec![self.told(lang)].into_iter().chain(what_is_given(task, lang)).collect(),
            EntryKind::Field(Field::Progress) => {
                let lines = self.lines_of_progress(task);
                let told = lines.into_iter().flat_map(|line| told_progress(line, lang)).collect::<Vec<_>>();
                if told.is_empty() { vec![self.told(lang)] } else { told }
            }
            _ => vec![self.told(lang)],
        }
    }

    /// The lines that came with it, found again by the day and by who has told them.
    fn lines_of_progress<'a>(&self, task: &'a Task) -> Vec<&'a Progress> {
        let Value::Table(rows) = Value::of_recorded(Field::Progress.kind(), &self.to) else {
            return Vec::new();
        };
        let is_meant = |line: &&Progress| {
            let cells = [Value::Day(line.on), Value::Text(line.by.clone())].map(|cell| cell.shown(Lang::Vi));
            rows.cells.iter().any(|row| row.iter().map(|told| told.shown(Lang::Vi)).eq(cells.iter().cloned()))
        };
        task.progress.iter().filter(is_meant).collect()
    }
}

/// `Kết quả đến nay: …`, and a line each for what is in the way and what is asked for.
fn told_progress(line: &Progress, lang: Lang) -> Vec<String> {
    let parts =
        [(Field::Progress.label(), &line.text), (Progress::STUCK, &line.stuck), (Progress::ASK, &line.ask)];
    let told = parts.into_iter().filter(|(_, text)| !text.is_empty());
    told.map(|(label, text)| format!("{}: {}", label.say(lang), text::line(text))).collect()
}

fn what_is_given(task: &Task, lang: Lang) -> Vec<String> {
    let fields = [Field::Lead, Field::Support, Field::Officer, Field::Time, Field::Due, Field::Source];
    let told = fields.into_iter().map(|field| (field, field.value(task, lang)));
    let told = told.filter(|(_, value)| !value.is_empty());
    told.map(|(field, value)| format!("{}: {}", field.label().say(lang), text::line(&value))).collect()
}

const CHANGED: Phrase = Phrase::new("Kết luận từng việc", "Decided, task by task");
const NEW: Phrase = Phrase::new("Việc mới giao", "New tasks");
pub const UNCHANGED: Phrase = Phrase::new("Không có gì mới", "Nothing new");
const UNHEARD: Phrase = Phrase::new("Chưa xem xét", "Not gone through");
