//! A task that is given in a meeting: the sentence in which it is said, and the fields that are read from it.

use super::editor::{NO_TITLE, last_of_section};
use super::scroll::Step;
use super::{App, Effect, Panel, Question};
use crate::plan::conclusion::Conclusion;
use crate::plan::time::{self, Period};
use crate::plan::{Change, Field, Plan, Task, TaskId, meeting};
use crate::text;
use crate::words::{Lang, Phrase, tr};

/// A row of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConclusionRow {
    /// What was said.
    Sentence,
    /// What was read from it, until it is typed otherwise.
    Read(Field),
}

/// The rows, from the top.
pub const CONCLUSION_ROWS: [ConclusionRow; 5] = [
    ConclusionRow::Sentence,
    ConclusionRow::Read(Field::Title),
    ConclusionRow::Read(Field::Lead),
    ConclusionRow::Read(Field::Support),
    ConclusionRow::Read(Field::Time),
];

const SENTENCE: usize = 0;
const TIME: usize = 4;

/// A task that is being given.
#[derive(Debug, Clone)]
pub struct ConclusionForm {
    pub fields: [text::Field; CONCLUSION_ROWS.len()],
    /// Which row has the keys.
    pub row: usize,
    /// What was last read from the sentence, row by row. What is otherwise was typed.
    read: [String; CONCLUSION_ROWS.len()],
}

impl ConclusionRow {
    pub const fn label(self) -> Phrase {
        match self {
            Self::Sentence => Phrase::new("Kết luận", "Decided"),
            Self::Read(field) => field.short(),
        }
    }
}

impl ConclusionForm {
    fn empty() -> Self {
        let fields = CONCLUSION_ROWS.map(|_| text::Field::of("", text::Lines::One));
        Self { fields, row: SENTENCE, read: Default::default() }
    }

    pub fn field_mut(&mut self) -> &mut text::Field {
        &mut self.fields[self.row]
    }

    /// Whether anything would be lost by leaving.
    pub fn is_changed(&self) -> bool {
        self.fields.iter().any(|field| !field.is_empty())
    }

    pub(super) fn step(&mut self, step: Step) {
        self.row = match step {
            Step::Up => self.row.saturating_sub(1),
            _ => (self.row + 1).min(CONCLUSION_ROWS.len() - 1),
        };
    }

    /// To the next row, and from the last one around to the first.
    pub(super) fn next(&mut self) {
        self.row = (self.row + 1) % CONCLUSION_ROWS.len();
    }

    /// Fills what nobody has typed otherwise with what is read from the sentence.
    fn fill(&mut self, read: [String; CONCLUSION_ROWS.len()]) {
        for (row, text) in read.into_iter().enumerate().skip(1) {
            if self.fields[row].text() == self.read[row] {
                self.fields[row] = text::Field::of(&text, text::Lines::One);
            }
            self.read[row] = text;
        }
    }

    /// What was typed for a field, composed and without blanks around it.
    fn text(&self, row: usize) -> String {
        text::nfc(self.fields[row].text().trim()).into_owned()
    }

    /// What is said of the time: until when it is.
    pub fn hint(&self, year: i32, lang: Lang) -> String {
        const NONE: Phrase = Phrase::new("Không có thời hạn", "No deadline");
        let time = self.text(TIME);
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

    /// The sentence, or else the title.
    fn typed(&self) -> String {
        let sentence = self.text(SENTENCE);
        if sentence.is_empty() { self.text(SENTENCE + 1) } else { sentence }
    }

    /// The task that was given, behind the others of its section.
    fn task(
        &self,
        plan: &Plan,
        after: Option<&TaskId>,
        id: TaskId,
        names: impl Fn(&str) -> Vec<String>,
    ) -> Task {
        let [_, title, lead, support, time] = [0, 1, 2, 3, 4].map(|row| self.text(row));
        let before = after.and_then(|id| plan.task(id));
        let no = plan.number_after(before.map_or("", |task| &task.no));
        let (lead, support) = (names(&lead), names(&support));
        let mut task = Task { id, no, title, lead, support, ..Task::default() };
        if let Ok(Some(period)) = task.placed_by(&time, plan.year) {
            (task.quarters, task.due) = (period.quarters(), period.due());
        }
        Task { time, ..task }
    }
}

impl App {
    /// Opens the window.
    pub(super) fn conclude(&mut self) {
        if !self.is_read_only(self.current) {
            self.panel = Some(Panel::Conclusion(Box::new(ConclusionForm::empty())));
        }
    }

    /// Reads the sentence anew while it is typed.
    pub(super) fn read_conclusion(&mut self) {
        let Some(Panel::Conclusion(form)) = &self.panel else { return };
        if form.row != SENTENCE {
            return;
        }
        let read = self.read_sentence(form.fields[SENTENCE].text());
        if let Some(Panel::Conclusion(form)) = &mut self.panel {
            form.fill(read);
        }
    }

    fn read_sentence(&self, sentence: &str) -> [String; CONCLUSION_ROWS.len()] {
        let on = self.meeting().map_or(self.calendar.today, |meeting| meeting.on);
        let Some((open, plan)) = self.open().and_then(|open| Some((open, open.plan.as_ref()?))) else {
            return Default::default();
        };
        let read = Conclusion::read(sentence, open.index.directory(plan), plan.year, on);
        let time = read.time.map_or_else(String::new, |time| time.written(plan.year));
        [String::new(), read.title, read.lead.join("; "), read.support.join("; "), time]
    }

    /// What was typed, if the terminal goes away.
    pub(super) fn typed_conclusion(&self) -> Option<String> {
        let (Panel::Conclusion(form) | Panel::Ask(Question::DiscardConclusion(form))) =
            self.panel.as_ref()?
        else {
            return None;
        };
        Some(form.typed()).filter(|typed| !typed.is_empty())
    }

    /// Adds the task to the plan.
    pub(super) fn give(&mut self, form: Box<ConclusionForm>) -> Option<Effect> {
        let (key, on) = (self.current, self.meeting().map_or(self.calendar.today, |meeting| meeting.on));
        let open = self.open()?;
        let plan = open.plan.as_ref()?;
        let directory = open.index.directory(plan);
        let beside = self.selected().map(|item| item.task.id.clone());
        let after = beside.or_else(|| Some(plan.tasks.last()?.id.clone()));
        let id = TaskId::fresh(&plan.tasks, self.seed);
        let task = form.task(plan, after.as_ref(), id, |typed| directory.typed(typed));
        if task.title.is_empty() {
            self.say(NO_TITLE);
            self.panel = Some(Panel::Conclusion(form));
            return None;
        }
        let after = last_of_section(plan, after.as_ref());
        let task = Box::new(Task { source: meeting::source(on), ..task });
        self.seed = self.seed.wrapping_add(1);
        self.commit(key, vec![Change::Add { task, after }])
    }
}
