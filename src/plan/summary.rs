//! The figures of a plan, in the classes of the official reports.

mod rate;
mod table;

use super::board::Term;
use super::query::Query;
use super::status::{Calendar, State, Status};
use super::task::Task;
use crate::words::{Lang, Phrase, tr};

pub use rate::Rate;
pub use table::{CountedTask, Grouping, Summary, SummaryGroup, SummaryRow};

/// How many tasks are in each state. Every task is counted once, over however many quarters it runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    states: [usize; State::ALL.len()],
    statuses: [usize; Status::ALL.len()],
    /// Under way, and neither late nor due soon.
    under_way: usize,
    /// Whose deadline is today or has passed, and how many of them are done. No deadline runs for what was set aside.
    come_due: usize,
    done_of_due: usize,
    /// How many tasks were given more time, and how often in all.
    extended: usize,
    extensions: usize,
}

impl Figures {
    /// What is counted.
    pub const UNIT: Phrase = Phrase::new("việc", "tasks");

    /// What the last line of a table is called, and its first column.
    pub const TOTAL: Phrase = Phrase::new("Tổng số", "Total");

    /// Of tasks, each with the year of its plan.
    pub fn of<'a>(tasks: impl IntoIterator<Item = (&'a Task, i32)>, calendar: Calendar) -> Self {
        let mut figures = Self::default();
        for (task, year) in tasks {
            figures.count(task, year, calendar);
        }
        figures
    }

    /// One task more.
    fn count(&mut self, task: &Task, year: i32, calendar: Calendar) {
        let state = State::of(task, year, calendar);
        self.states[state as usize] += 1;
        self.statuses[task.status as usize] += 1;
        let has_time = matches!(state, State::InTime | State::Ongoing);
        self.under_way += usize::from(has_time && task.status == Status::Doing);
        let is_aside = matches!(state, State::Paused | State::Dropped);
        let has_come = task.deadline(year).is_some_and(|deadline| deadline <= calendar.today);
        if has_come && !is_aside {
            self.come_due += 1;
            self.done_of_due += usize::from(task.status == Status::Done);
        }
        let times = task.times_extended();
        self.extended += usize::from(times > 0);
        self.extensions += times;
    }

    pub fn total(&self) -> usize {
        self.statuses.iter().sum()
    }

    pub const fn with_status(&self, status: Status) -> usize {
        self.statuses[status as usize]
    }

    pub const fn in_state(&self, state: State) -> usize {
        self.states[state as usize]
    }

    /// Of a class of the report, or of all of them.
    pub fn in_class(&self, class: Option<ReportClass>) -> usize {
        class.map_or_else(|| self.total(), |it| it.states().iter().map(|state| self.in_state(*state)).sum())
    }

    /// What is under way, and neither late nor due soon.
    pub const fn under_way(&self) -> usize {
        self.under_way
    }

    pub const fn done(&self) -> usize {
        self.with_status(Status::Done)
    }

    pub const fn overdue(&self) -> usize {
        self.in_state(State::Overdue)
    }

    /// What is due today or within the days of warning.
    pub const fn due_soon(&self) -> usize {
        self.in_state(State::DueToday) + self.in_state(State::DueSoon)
    }

    /// How many tasks were given more time.
    pub const fn extended(&self) -> usize {
        self.extended
    }

    /// How often that was, in all.
    pub const fn extensions(&self) -> usize {
        self.extensions
    }

    /// How many were given more time, and how often; nothing where none was.
    pub fn extensions_told(&self, lang: Lang) -> Option<String> {
        let (tasks, times) = (self.extended, self.extensions);
        (tasks > 0).then(|| tr!(lang, "gia hạn {tasks} việc, {times} lần", "{tasks} extended, {times} times"))
    }

    /// What counts as work of the plan in "done of so many": all that was not withdrawn.
    pub fn counted(&self) -> usize {
        self.total() - self.with_status(Status::Dropped)
    }

    /// What is done of all work that has an end and was not set aside.
    pub fn completion(&self) -> Rate {
        let without = [ReportClass::Ongoing, ReportClass::Aside].map(|class| self.in_class(Some(class)));
        Rate { part: self.done(), all: self.total() - without.iter().sum::<usize>() }
    }

    /// What is done of that whose deadline is today or has passed.
    pub const fn completion_of_due(&self) -> Rate {
        Rate { part: self.done_of_due, all: self.come_due }
    }
}

/// A class of the official reports. Every task is in one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportClass {
    OnTime,
    DoneLate,
    InTime,
    Overdue,
    Ongoing,
    Aside,
}

impl ReportClass {
    /// In the order of the reports.
    pub const ALL: [Self; 6] =
        [Self::OnTime, Self::DoneLate, Self::InTime, Self::Overdue, Self::Ongoing, Self::Aside];

    pub const fn states(self) -> &'static [State] {
        match self {
            Self::OnTime => &[State::DoneOnTime],
            Self::DoneLate => &[State::DoneLate],
            Self::InTime => &[State::DueToday, State::DueSoon, State::InTime],
            Self::Overdue => &[State::Overdue],
            Self::Ongoing => &[State::Ongoing],
            Self::Aside => &[State::Paused, State::Dropped],
        }
    }

    /// The query that leaves only what is in this class.
    #[must_use]
    pub fn narrow(self, query: &Query) -> Query {
        let is_left = |state: &State| query.states.is_empty() || query.states.contains(state);
        Query { states: self.states().iter().copied().filter(is_left).collect(), ..query.clone() }
    }

    pub const fn label(self) -> Phrase {
        match self {
            Self::OnTime => State::DoneOnTime.label(),
            Self::DoneLate => State::DoneLate.label(),
            Self::InTime => Phrase::new("Chưa hoàn thành, trong hạn", "Not done, in time"),
            Self::Overdue => Phrase::new("Chưa hoàn thành, quá hạn", "Not done, overdue"),
            Self::Ongoing => State::Ongoing.label(),
            Self::Aside => Term::Aside.label(),
        }
    }

    /// The words over its column in a table.
    pub const fn short(self) -> Phrase {
        match self {
            Self::OnTime => Phrase::new("đúng hạn", "on time"),
            // Work that is done is not called overdue, however narrow the column.
            Self::DoneLate => Phrase::new("xong muộn", "done late"),
            Self::InTime => Phrase::new("trong hạn", "in time"),
            Self::Overdue => Phrase::new("quá hạn", "overdue"),
            Self::Ongoing => Phrase::new("thường xuyên", "ongoing"),
            Self::Aside => Phrase::new("dừng, bỏ", "set aside"),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::plan::{Extension, Quarter, Quarters};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn task(status: Status, due: Option<NaiveDate>, done_on: Option<NaiveDate>) -> Task {
        let quarters: Quarters = due.map(Quarter::of).into_iter().collect();
        Task { quarters, due, status, done_on, ..Task::default() }
    }

    fn figures(tasks: &[Task]) -> Figures {
        let calendar = Calendar::new(day("2024-05-20"));
        Figures::of(tasks.iter().map(|task| (task, 2024)), calendar)
    }

    #[test]
    fn every_state_is_in_one_class() {
        let mut states: Vec<State> =
            ReportClass::ALL.iter().flat_map(|class| class.states()).copied().collect();
        states.sort_unstable();
        let count = states.len();
        states.dedup();
        assert_eq!((states.len(), count), (State::ALL.len(), State::ALL.len()));
    }

    #[test]
    fn rates_have_the_bases_of_the_reports() {
        let [past, today, later] = ["2024-03-31", "2024-05-20", "2024-12-31"].map(|text| Some(day(text)));
        let tasks = [
            task(Status::Done, past, past),
            task(Status::Done, past, today),
            task(Status::Done, later, today),
            task(Status::Doing, past, None),
            task(Status::Todo, today, None),
            task(Status::Todo, later, None),
            // No deadline runs for these.
            task(Status::Todo, None, None),
            task(Status::Paused, past, None),
            task(Status::Dropped, past, None),
        ];
        let figures = figures(&tasks);
        let classes = ReportClass::ALL.map(|class| figures.in_class(Some(class)));
        assert_eq!(classes, [2, 1, 2, 1, 1, 2]);
        assert_eq!(figures.completion(), Rate { part: 3, all: 6 });
        assert_eq!(figures.completion_of_due(), Rate { part: 2, all: 4 });
    }

    #[test]
    fn tasks_that_were_extended_and_their_extensions_are_counted() {
        let extended =
            |times: usize| Task { extensions: vec![Extension::default(); times], ..Task::default() };
        let figures = figures(&[extended(0), extended(1), extended(3)]);
        assert_eq!((figures.extended(), figures.extensions()), (2, 4));
        assert_eq!(figures.extensions_told(Lang::Vi).as_deref(), Some("gia hạn 2 việc, 4 lần"));
        assert_eq!(Figures::default().extensions_told(Lang::Vi), None);
    }

    #[test]
    fn work_without_an_end_that_is_done_counts_as_done() {
        let figures = figures(&[task(Status::Done, None, Some(day("2024-05-02")))]);
        assert_eq!(figures.completion(), Rate { part: 1, all: 1 });
        assert_eq!(figures.completion_of_due(), Rate { part: 0, all: 0 });
    }
}
