//! A year of a thousand changes by several hands under a false clock: what is said of each day in the end is what was
//! said on its evening, and what is worked out anew from what the program prints for others.

use std::sync::Arc;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, TimeDelta};
use tiendo::plan::due::Urgency;
use tiendo::plan::summary::{Figures, ReportClass};
use tiendo::plan::{
    Calendar, Change, Edit, Extension, Field, FieldOf, Plan, Progress, Quarter, Quarters, Receipt, Stamp,
    Status, Task, TaskId, TaskStep, Value, Why,
};

use crate::office::{Office, times};
use crate::plans::Dice;

mod oracle;

const YEAR: i32 = 2024;
const HANDS: [&str; 3] = ["lan", "minh", "hùng"];

/// The plan on the evening of a day.
struct Evening {
    day: NaiveDate,
    plan: Plan,
    figures: Figures,
}

struct Year {
    plan: Plan,
    /// What was deleted, each as it went.
    gone: Vec<Task>,
    now: DateTime<FixedOffset>,
    dice: Dice,
    /// What was done lately, by whom, and about which day.
    done: Vec<(&'static str, Vec<Change>, NaiveDate)>,
    evenings: Vec<Evening>,
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn edit_of(task: &Task, edit: Edit) -> Change {
    Change::Edit { task: task.id.clone(), edit }
}

fn figures(plan: &Plan, day: NaiveDate) -> Figures {
    let plan = plan.as_of(day);
    Figures::of(plan.tasks.iter().map(|task| (&**task, plan.year)), Calendar::new(day))
}

impl Year {
    fn new(seed: u64) -> Self {
        let task = |nth: usize| {
            let quarters = Quarters::from_iter(Quarter::numbered(nth % 5));
            let due = nth.is_multiple_of(3).then(|| day("2024-02-10") + Days::new(nth as u64 * 7));
            let (id, title) = (TaskId::new(format!("t{nth}")), format!("Việc {nth}"));
            let lead = vec!["Sở Nội vụ".to_owned()];
            Arc::new(Task { id, no: nth.to_string(), title, lead, quarters, due, ..Task::default() })
        };
        let tasks = (1..=40).map(task).collect();
        let plan =
            Plan { version: 1, title: "Kế hoạch".to_owned(), year: YEAR, tasks, ..Plan::default() };
        let now = "2024-01-01T08:00:00+07:00".parse().expect("a time");
        Self { plan, gone: Vec::new(), now, dice: Dice(seed), done: Vec::new(), evenings: Vec::new() }
    }

    fn today(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// Today, or one of so many days before.
    fn lately(&mut self, days: usize) -> NaiveDate {
        self.today() - Days::new(self.dice.roll(days) as u64)
    }

    fn some_task(&mut self) -> Task {
        Task::clone(&self.plan.tasks[self.dice.roll(self.plan.tasks.len())])
    }

    /// Each day of the year has some changes, and an evening.
    fn live(&mut self, changes: usize) {
        let days = 366;
        for nth in 0..days {
            let count = changes * (nth + 1) / days - changes * nth / days;
            for _ in 0..count + self.dice.roll(2) {
                self.now += TimeDelta::minutes(1 + self.dice.roll(20) as i64);
                self.work();
            }
            let (day, plan) = (self.today(), self.plan.clone());
            self.evenings.push(Evening { day, figures: figures(&plan, day), plan });
            self.now = self.now - self.now.time().signed_duration_since("08:00:00".parse().expect("a time"))
                + TimeDelta::days(1);
            self.forget();
        }
    }

    /// What a session that is left open can still take back. What was deleted is brought back on the same day only.
    fn forget(&mut self) {
        let is_removal = |change: &Change| matches!(change, Change::Remove { .. });
        self.done.retain(|(_, changes, _)| !changes.iter().any(is_removal));
        let old = self.done.len().saturating_sub(5);
        self.done.drain(..old);
    }

    /// Somebody does something.
    fn work(&mut self) {
        let by = *self.dice.pick(&HANDS);
        let task = self.some_task();
        let today = self.today();
        let (changes, why, on) = match self.dice.roll(16) {
            0..=3 => (self.status(&task, today), self.reason(), today),
            4 => {
                let on = self.lately(20);
                (status_edits(&task, Status::Done, on), Why::Untold, today)
            }
            5 | 6 => {
                let on = self.lately(40);
                let shown = self.plan.as_of(on);
                let seen = shown.task(&task.id).expect("it is in the plan").clone();
                let changes = self.status(&seen, on);
                (self.plan.meant(&shown, &changes), Why::Untold, on)
            }
            7 | 8 => (self.extension(&task), Why::Untold, today),
            9 => (vec![self.progress(&task)], Why::Untold, today),
            10 | 11 => (vec![self.step(&task)], Why::Untold, today),
            12 => (vec![self.other(&task)], self.reason(), today),
            13 => return self.undo(by),
            14 => (vec![self.new_task()], Why::Untold, today),
            _ => {
                let after = self.plan.before(&task.id);
                (vec![Change::Remove { task: Box::new(task), after }], Why::Untold, today)
            }
        };
        self.make(by, &changes, why, on);
    }

    fn reason(&mut self) -> Why {
        if self.dice.once_in(4) { Why::Reason("theo công văn".to_owned()) } else { Why::Untold }
    }

    fn make(&mut self, by: &'static str, changes: &[Change], why: Why, on: NaiveDate) {
        let stamp = Stamp { at: self.now, by: by.to_owned(), why, on: Some(on) };
        let made = self.plan.make(changes).expect("nobody stands against it");
        self.plan.record(&made, &stamp);
        self.note_gone(&made, &stamp);
        if !made.is_empty() {
            self.done.push((by, made, on));
        }
    }

    /// The last that this hand has done, if nobody has gone on from there.
    fn undo(&mut self, by: &'static str) {
        let Some(at) = self.done.iter().rposition(|(other, ..)| *other == by) else { return };
        let (_, changes, on) = self.done.remove(at);
        let Ok(made) = self.plan.make(&Change::inverses(&changes)) else { return };
        let stamp = Stamp { at: self.now, by: by.to_owned(), why: Why::Undo, on: Some(on) };
        self.plan.record(&made, &stamp);
        self.note_gone(&made, &stamp);
    }

    fn note_gone(&mut self, made: &[Change], stamp: &Stamp) {
        for change in made {
            match change {
                Change::Remove { task, .. } => self.gone.push(task.clone().removed(stamp)),
                Change::Add { task, .. } => self.gone.retain(|gone| gone.id != task.id),
                _ => {}
            }
        }
    }

    fn status(&mut self, task: &Task, on: NaiveDate) -> Vec<Change> {
        let status = *self.dice.pick(&Status::ALL);
        status_edits(task, status, on)
    }

    fn extension(&mut self, task: &Task) -> Vec<Change> {
        let Some(deadline) = task.deadline(YEAR) else { return Vec::new() };
        let to = Some(deadline + Days::new(1 + self.dice.roll(60) as u64));
        let (on, doc) = (Some(self.lately(15)), "12/UBND; 13/UBND".to_owned());
        let extension = Extension { to, on, doc, why: "chờ ý kiến".to_owned() };
        task.extend(extension, YEAR).into_iter().map(|edit| edit_of(task, edit)).collect()
    }

    fn progress(&mut self, task: &Task) -> Change {
        let (on, by) = (Some(self.lately(10)), "Sở Nội vụ".to_owned());
        let text = format!("Đã làm bước {}", self.dice.roll(9));
        let mut lines = task.progress.clone();
        match lines.first_mut().filter(|_| self.dice.once_in(4)) {
            Some(line) => line.text = text,
            None => lines.push(Progress { on, by, text, ..Progress::default() }),
        }
        edit_of(task, Edit::of(Field::Progress, task, lines))
    }

    /// A new step, or one that is done, or that is not to be done any more.
    fn step(&mut self, task: &Task) -> Change {
        let mut steps = task.steps.clone();
        let done = Some(self.lately(8));
        let at = self.dice.roll(steps.len() + 1);
        match steps.get_mut(at) {
            Some(_) if self.dice.once_in(4) => drop(steps.remove(at)),
            Some(step) if step.done.is_some() => step.done = None,
            Some(step) => step.done = done,
            None => {
                let what = format!("Mốc {}; trình | ký", self.dice.roll(1000));
                let by = Some(self.today() + Days::new(self.dice.roll(90) as u64));
                steps.push(TaskStep { what, by, done: None });
            }
        }
        edit_of(task, Edit::of(Field::Steps, task, steps))
    }

    fn other(&mut self, task: &Task) -> Change {
        let text = format!("ghi {}", self.dice.roll(100));
        let edit = match self.dice.roll(5) {
            0 => Edit::of(Field::Note, task, text),
            1 => Edit::of(Field::Output, task, text),
            2 => Edit::of(Field::Quarters, task, Quarters::from_iter(Quarter::numbered(self.dice.roll(5)))),
            3 => {
                let mut received = task.received.clone();
                received.push(Receipt { who: text, on: Some(self.lately(5)) });
                Edit::of(Field::Received, task, received)
            }
            _ => {
                let due = day("2024-01-15") + Days::new(self.dice.roll(345) as u64);
                task.correct_deadline(Some(due).filter(|_| self.dice.roll(5) > 0))
            }
        };
        edit_of(task, edit)
    }

    fn new_task(&mut self) -> Change {
        let id = TaskId::fresh(&self.plan.tasks, self.dice.roll(1_000_000) as u64);
        let due = self.today() + Days::new(self.dice.roll(60) as u64);
        let due = Some(due).filter(|due| due.year() == YEAR);
        let task = Task { id, title: "Việc phát sinh".to_owned(), due, ..Task::default() };
        Change::Add { task: Box::new(task), after: None }
    }
}

fn status_edits(task: &Task, status: Status, on: NaiveDate) -> Vec<Change> {
    let done_on: Value = task.done_on_with(status, on).into();
    let edits = [Edit::of(Field::Status, task, status), Edit::of(Field::DoneOn, task, done_on)];
    edits.into_iter().filter(|edit| !edit.is_idle()).map(|edit| edit_of(task, edit)).collect()
}

/// What is compared of a task: all but the texts that no history tells, and the places of rows in their lists.
fn facts(task: &Task) -> String {
    let mut facts = Vec::new();
    for field in Field::ALL {
        match field.of(task) {
            Value::Table(rows) => {
                let mut rows: Vec<String> = rows.recorded_rows();
                rows.sort();
                facts.push(format!("{}: {rows:?}", field.name()));
            }
            value => facts.push(format!("{}: {}", field.name(), value.recorded())),
        }
    }
    facts.join("\n")
}

fn years(check: impl Fn(u64, &Year)) {
    for seed in 1..=times(3, 100) as u64 {
        let mut year = Year::new(seed);
        year.live(1000);
        check(seed, &year);
    }
}

#[test]
fn what_was_known_on_an_evening_is_what_stood_in_the_file() {
    years(|seed, year| {
        for evening in &year.evenings {
            let known = year.plan.known_at(evening.day, &year.gone);
            let mut then: Vec<String> = evening.plan.tasks.iter().map(|task| facts(task)).collect();
            let mut now: Vec<String> = known.tasks.iter().map(|task| facts(task)).collect();
            then.sort();
            now.sort();
            let differs = then.iter().zip(&now).find(|(then, now)| then != now);
            assert_eq!(differs, None, "seed {seed}, {}", evening.day);
            assert_eq!(then.len(), now.len(), "seed {seed}, {}", evening.day);
            assert_eq!(figures(&known, evening.day), evening.figures, "seed {seed}, {}", evening.day);
        }
    });
}

#[test]
fn what_had_happened_by_a_day_is_what_the_oracle_works_out() {
    years(|seed, year| {
        let office = Office::with_text(&tiendo::document::Document::write_new(&year.plan));
        let oracle = oracle::Oracle::of(&office, year.evenings.last().expect("a year has days").day);
        for evening in &year.evenings {
            let figures = figures(&year.plan, evening.day);
            assert_eq!(oracle.figures(evening.day), oracle::shown(&figures), "seed {seed}, {}", evening.day);
        }
    });
}

#[test]
fn no_day_of_completion_stays_on_what_is_not_done() {
    years(|seed, year| {
        for evening in &year.evenings {
            let is_odd = |task: &&Arc<Task>| task.done_on.is_some() != (task.status == Status::Done);
            let odd = evening.plan.tasks.iter().find(is_odd);
            assert_eq!(odd, None, "seed {seed}, {}", evening.day);
        }
    });
}

/// Also where the plan was looked at as of a later day before.
#[test]
fn a_day_adds_up_and_is_the_same_however_it_is_come_to() {
    years(|seed, year| {
        for evening in year.evenings.iter().step_by(5) {
            let day = evening.day;
            let plan = year.plan.as_of(day);
            let told = figures(&plan, day);
            let classes: usize = ReportClass::ALL.into_iter().map(|class| told.in_class(Some(class))).sum();
            assert_eq!((classes, told.total()), (plan.tasks.len(), plan.tasks.len()), "seed {seed}, {day}");
            let later = year.plan.as_of(day + Days::new(30));
            assert_eq!(figures(&later, day), told, "seed {seed}, {day}");
            let late = plan.reminders(day, 0).iter().filter(|it| it.urgency == Urgency::Overdue).count();
            assert_eq!(late, told.overdue(), "seed {seed}, {day}");
        }
    });
}

/// Who writes down today what happened until yesterday is told of as of yesterday, and nobody else.
#[test]
fn what_is_recorded_later_is_told() {
    let mut year = Year::new(1);
    year.now += TimeDelta::days(100);
    let (yesterday, today) = (year.today() - Days::new(1), year.today());
    let task = |nth: usize| Task::clone(&year.plan.tasks[nth]);
    let tasks = [task(0), task(1), task(2), task(3)];
    let progress = |task: &Task, on| {
        let line = Progress { on: Some(on), text: "Đã gửi".to_owned(), ..Progress::default() };
        vec![edit_of(task, Edit::of(Field::Progress, task, vec![line]))]
    };
    year.make("lan", &status_edits(&tasks[0], Status::Done, yesterday), Why::Untold, today);
    year.make("lan", &status_edits(&tasks[1], Status::Done, today), Why::Untold, today);
    year.make("lan", &progress(&tasks[2], yesterday), Why::Untold, today);
    year.make("lan", &progress(&tasks[3], today), Why::Untold, today);
    let later: Vec<String> = year.plan.recorded_after(yesterday).map(ToString::to_string).collect();
    assert_eq!(later, ["t1", "t3"]);
    assert_eq!(year.plan.recorded_after(today).count(), 0);
}
