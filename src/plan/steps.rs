//! Mốc: the office's own deadlines on the way to that of the plan, and how far a task is along them.
//!
//! What is late is late by the deadline of the plan. What is warned of goes by the next open step.

mod typed;

use chrono::NaiveDate;

use super::status::Calendar;
use super::table::TaskStep;
use super::task::Task;
use super::time::{self, Column, Quarter};
use crate::words::{Lang, Phrase, tr};

pub use typed::{StepError, StepFrame, read_steps, write_steps};

/// How far a task is along its steps.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StepFigures<'a> {
    pub done: usize,
    pub all: usize,
    /// The first that should have been done by now. Nothing in a task whose deadline does not run.
    pub missed: Option<&'a TaskStep>,
    /// The next one that is open: by its day, or the first without one.
    pub next: Option<&'a TaskStep>,
}

impl Task {
    /// The day that the task is listed and warned by: that of the next open step, or the deadline. Of work that is late
    /// or over it is the deadline.
    pub fn next_day(&self, year: i32, today: NaiveDate) -> Option<NaiveDate> {
        let deadline = self.deadline(year);
        let is_late = deadline.is_some_and(|day| day < today);
        let step = self.next_step(today).filter(|_| !is_late && self.status.is_open());
        step.into_iter().chain(deadline).min()
    }

    /// The steps that a column shows. One with a day stands in the first column of the task that does not end before
    /// it, or else in the last; one without stands in each.
    pub fn steps_in(&self, column: Column, year: i32) -> Vec<&TaskStep> {
        let columns = self.columns(year);
        let place = |day: NaiveDate| {
            let ends = columns.iter().map(|column| last_day(*column, year));
            ends.take(columns.len().saturating_sub(1)).position(|end| end >= day)
        };
        let is_here = |step: &&TaskStep| {
            let Some(day) = step.by else { return true };
            place(day).map_or(columns.last(), |at| columns.get(at)) == Some(&column)
        };
        self.steps.iter().filter(is_here).collect()
    }

    /// The figures of all steps; nothing where there is none.
    pub fn step_figures(&self, today: NaiveDate) -> Option<StepFigures<'_>> {
        self.figures_of(&self.steps.iter().collect::<Vec<_>>(), today)
    }

    /// The figures of the steps that a column shows.
    pub fn step_figures_in(&self, column: Column, year: i32, today: NaiveDate) -> Option<StepFigures<'_>> {
        if self.steps.is_empty() {
            return None;
        }
        self.figures_of(&self.steps_in(column, year), today)
    }

    fn figures_of<'a>(&self, steps: &[&'a TaskStep], today: NaiveDate) -> Option<StepFigures<'a>> {
        let all = steps.len();
        let runs = self.status.is_open();
        let open = || steps.iter().copied().filter(|step| runs && step.done.is_none());
        let dated = || open().filter_map(|step| Some((step.by?, step)));
        let missed = dated().filter(|(by, _)| *by < today).min_by_key(|(by, _)| *by);
        let coming = dated().filter(|(by, _)| *by >= today).min_by_key(|(by, _)| *by);
        let figures = StepFigures {
            done: steps.iter().filter(|step| step.done.is_some()).count(),
            all,
            missed: missed.map(|(_, step)| step),
            next: coming.map(|(_, step)| step).or_else(|| open().find(|step| step.by.is_none())),
        };
        (all > 0).then_some(figures)
    }

    /// The steps with this one done on a day, or not done if it was.
    pub fn with_ticked(&self, step: &TaskStep, day: NaiveDate) -> Vec<TaskStep> {
        let is_it = |other: &TaskStep| other.what == step.what && other.by == step.by;
        let at = self.steps.iter().position(|other| other == step);
        let at = at.or_else(|| self.steps.iter().position(is_it));
        let mut steps = self.steps.clone();
        if let Some(step) = at.and_then(|at| steps.get_mut(at)) {
            step.done = if step.done.is_some() { None } else { Some(day) };
        }
        steps
    }

    /// The steps of work that comes round: one for each month or quarter, where its time says so and it has none yet.
    /// They are data of the plan, and named as plans name them.
    pub fn recurring_steps(&self, year: i32) -> Vec<TaskStep> {
        if !self.steps.is_empty() {
            return Vec::new();
        }
        let step = |(what, by): (String, NaiveDate)| TaskStep { what, by: Some(by), done: None };
        time::recurrences(&self.time, year).into_iter().map(step).collect()
    }
}

/// The last day of a column; that of work without an end never comes.
fn last_day(column: Column, year: i32) -> NaiveDate {
    match column {
        Column::Quarter(quarter) => quarter.last_day(year),
        Column::Year => Quarter::Q4.last_day(year),
    }
}

impl TaskStep {
    /// Whether it should have been done by now.
    pub fn is_missed(&self, today: NaiveDate) -> bool {
        self.done.is_none() && self.by.is_some_and(|by| by < today)
    }

    /// `dự thảo 30/04`; the year is said where it is not that of the plan.
    pub fn named(&self, year: i32) -> String {
        let day = self.by.map(|by| typed::write_day(by, year));
        let named = [Some(self.what.as_str()).filter(|what| !what.is_empty()), day.as_deref()];
        named.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// All of it in one line: `Dự thảo 30/04/2024, xong 28/04/2024`.
    pub(super) fn line(&self, lang: Lang) -> String {
        let by = self.by.map(time::write_date);
        let named = [self.what.clone()].into_iter().chain(by).filter(|part| !part.is_empty());
        let named = named.collect::<Vec<_>>().join(" ");
        match self.done.map(time::write_date) {
            Some(day) => tr!(lang, "{named}, xong {day}", "{named}, done {day}"),
            None => named,
        }
    }

    /// What the calendar says of it: `xong 28/04`, `mốc trễ 3 ngày`, `còn 5 ngày`.
    pub fn told(&self, calendar: Calendar, year: i32, lang: Lang) -> String {
        match (self.done, self.by) {
            (Some(done), _) => {
                let day = typed::write_day(done, year);
                tr!(lang, "xong {day}", "done {day}")
            }
            (None, None) => String::new(),
            (None, Some(by)) => match (by - calendar.today).num_days() {
                days @ ..=-1 => format!("{} {}", MISSED.say(lang), time::days_in_words(-days, lang)),
                days => time::days_left(days, lang),
            },
        }
    }
}

/// What a step is called.
pub const STEP: Phrase = Phrase::new("mốc", "step");

/// That a step was not done by its day. It is not counted as overdue.
pub const MISSED: Phrase = Phrase::new("mốc trễ", "step missed");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Quarters, Status};

    pub(super) fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    pub(super) fn step(what: &str, by: &str, done: &str) -> TaskStep {
        TaskStep { what: what.into(), by: by.parse().ok(), done: done.parse().ok() }
    }

    fn task(quarters: &[Quarter], steps: Vec<TaskStep>) -> Task {
        Task { quarters: quarters.iter().copied().collect::<Quarters>(), steps, ..Task::default() }
    }

    fn names(steps: &[&TaskStep]) -> String {
        steps.iter().map(|step| step.what.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_column_shows_the_steps_of_its_quarter() {
        let steps = vec![
            step("sớm", "2024-01-31", ""),
            step("hai", "2024-06-30", ""),
            step("ba", "2024-07-01", ""),
            step("sau", "2024-11-05", ""),
            step("khi-có", "", ""),
        ];
        let task = task(&[Quarter::Q2, Quarter::Q3], steps);
        let shown = |quarter| names(&task.steps_in(Column::Quarter(quarter), 2024));
        assert_eq!(shown(Quarter::Q2), "sớm hai khi-có");
        assert_eq!(shown(Quarter::Q3), "ba sau khi-có");
    }

    #[test]
    fn figures_tell_what_is_done_missed_and_next() {
        let steps = vec![
            step("a", "2024-05-01", "2024-04-28"),
            step("b", "2024-05-10", ""),
            step("c", "2024-05-20", ""),
            step("d", "", ""),
        ];
        let mut task = task(&[Quarter::Q2], steps);
        let figures = task.step_figures(day("2024-05-20")).unwrap();
        assert_eq!((figures.done, figures.all), (1, 4));
        let what = |step: Option<&TaskStep>| step.map(|step| step.what.clone());
        assert_eq!((what(figures.missed), what(figures.next)), (Some("b".into()), Some("c".into())));
        let later = task.step_figures(day("2024-06-01")).unwrap();
        assert_eq!((what(later.missed), what(later.next)), (Some("b".into()), Some("d".into())));
        task.status = Status::Done;
        let figures = task.step_figures(day("2024-05-20")).unwrap();
        assert_eq!((figures.missed, figures.next), (None, None));
        assert_eq!(Task::default().step_figures(day("2024-05-20")), None);
    }

    #[test]
    fn the_next_day_is_that_of_a_step_or_the_deadline() {
        let mut task = task(&[Quarter::Q2], vec![step("a", "2024-05-10", ""), step("b", "2024-06-01", "")]);
        let next = |task: &Task, today: &str| task.next_day(2024, day(today));
        assert_eq!(next(&task, "2024-05-10"), Some(day("2024-05-10")));
        assert_eq!(next(&task, "2024-05-11"), Some(day("2024-06-01")));
        assert_eq!(next(&task, "2024-06-02"), Some(day("2024-06-30")));
        task.steps[1].by = Some(day("2024-08-01"));
        assert_eq!(next(&task, "2024-07-01"), Some(day("2024-06-30")), "it is late");
        task.status = Status::Paused;
        assert_eq!(next(&task, "2024-05-01"), Some(day("2024-06-30")));
    }

    #[test]
    fn a_tick_is_taken_back_by_another() {
        let twins = vec![step("a", "2024-05-10", ""), step("a", "2024-06-10", "")];
        let mut task = task(&[Quarter::Q2], twins.clone());
        task.steps = task.with_ticked(&twins[1], day("2024-05-20"));
        assert_eq!(task.steps, [twins[0].clone(), step("a", "2024-06-10", "2024-05-20")]);
        assert_eq!(task.with_ticked(&task.steps[1], day("2024-05-21")), twins);
    }
}
