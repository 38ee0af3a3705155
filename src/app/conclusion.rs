//! A task that is given in a meeting: the sentence in which it is said, and the boxes that are filled from it.

use super::editor::{NO_TITLE, last_of_section};
use super::form::{FormBox, FormRow, FormSubject, FormWindow};
use super::{App, Effect, Panel};
use crate::plan::conclusion::Conclusion;
use crate::plan::time::{self, Period};
use crate::plan::{Change, Draft, Field, Plan, PlanKey, Task, TaskId, meeting};
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

    /// The task that was given, behind the others of its section.
    fn task(
        &self,
        plan: &Plan,
        after: Option<&TaskId>,
        id: TaskId,
        names: impl Fn(&str) -> Vec<String>,
    ) -> Task {
        let [title, lead, support, time] = READ.map(|row| self.text(row));
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
            self.panel = Some(Panel::Form(Box::new(FormWindow::of_conclusion(self.current))));
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
        let on = self.meeting().map_or(self.calendar.today, |meeting| meeting.on);
        let Some((open, plan)) = self.open().and_then(|open| Some((open, open.plan.as_ref()?))) else {
            return Default::default();
        };
        let read = Conclusion::read(sentence, open.index.directory(plan), plan.year, on);
        let time = read.time.map_or_else(String::new, |time| time.written(plan.year));
        [read.title, read.lead.join("; "), read.support.join("; "), time]
    }

    /// Adds the task to the plan.
    pub(super) fn give(&mut self, key: PlanKey, form: &FormWindow) -> Option<Effect> {
        let on = self.meeting().map_or(self.calendar.today, |meeting| meeting.on);
        let open = &self.plans[key.0];
        let plan = open.plan.as_ref()?;
        let directory = open.index.directory(plan);
        let beside = self.selected().map(|item| item.task.id.clone());
        let after = beside.or_else(|| Some(plan.tasks.last()?.id.clone()));
        let id = TaskId::fresh(&plan.tasks, self.seed);
        let task = form.task(plan, after.as_ref(), id, |typed| directory.typed(typed));
        let after = last_of_section(plan, after.as_ref());
        let task = Box::new(Task { source: meeting::source(on), ..task });
        self.seed = self.seed.wrapping_add(1);
        self.commit(key, vec![Change::Add { task, after }])
    }
}
