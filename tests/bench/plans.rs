//! Plans of any size, made of the words of the real ones, and the same each time.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use tiendo::document::Document;
use tiendo::plan::{Agency, Entry, Field, Plan, Quarter, Quarters, Status, Task, TaskId};

const YEAR: i32 = 2024;

/// The day on which the plans are looked at.
pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(YEAR, 5, 20).expect("a day of the calendar")
}

/// What the tasks say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wording {
    /// Title and agencies as they are printed in a row of a real plan.
    Printed,
    /// A title of 100 to 300 characters, where half of the printed ones have less than 110, and agencies at random.
    Long,
}

/// A plan of so many tasks, as text in the layout of the house. A hundred thousand tasks with long titles would be
/// more than the 64 MB that a plan may have.
pub(crate) fn text(tasks: usize) -> String {
    let wording = if tasks < 100_000 { Wording::Long } else { Wording::Printed };
    Document::write_new(&plan(tasks, wording))
}

pub(crate) fn plan(tasks: usize, wording: Wording) -> Plan {
    let words = Words::of_real_plans();
    let mut dice = Dice(tasks as u64);
    Plan {
        version: 1,
        title: format!("Kế hoạch công tác năm {YEAR} gồm {tasks} việc"),
        number: "01/KH-UBND".to_owned(),
        issuer: "Ủy ban nhân dân tỉnh".to_owned(),
        issued: NaiveDate::from_ymd_opt(YEAR, 1, 15),
        year: YEAR,
        agencies: words.agencies.clone(),
        tasks: (1..=tasks).map(|no| Arc::new(task(no, wording, &words, &mut dice))).collect(),
        ..Plan::default()
    }
}

/// What the real plans say.
struct Words {
    agencies: Vec<Agency>,
    rows: Vec<Arc<Task>>,
    titles: Vec<Vec<String>>,
    /// Agencies as they are printed in tasks, in all their spellings.
    leads: Vec<String>,
    supports: Vec<String>,
}

const REAL: [&str; 4] = ["hung-yen-2024.ron", "son-la-2024.ron", "ha-giang-2021.ron", "dien-bien-2023.ron"];

impl Words {
    fn of_real_plans() -> Self {
        let plans = REAL.map(real_plan);
        let mut agencies: Vec<Agency> = Vec::new();
        for agency in plans.iter().flat_map(|plan| &plan.agencies) {
            if agencies.iter().all(|known| known.name != agency.name) {
                agencies.push(agency.clone());
            }
        }
        let rows: Vec<_> = plans.into_iter().flat_map(|plan| plan.tasks).collect();
        let words = |row: &Arc<Task>| row.title.split_whitespace().map(str::to_owned).collect();
        Self {
            agencies,
            titles: rows.iter().map(words).collect(),
            leads: rows.iter().flat_map(|row| row.lead.clone()).collect(),
            supports: rows.iter().flat_map(|row| row.support.clone()).collect(),
            rows,
        }
    }
}

fn real_plan(file: &str) -> Plan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    Document::read(bytes).unwrap_or_else(|problem| panic!("{file}: {problem:?}")).plan().clone()
}

fn task(no: usize, wording: Wording, words: &Words, dice: &mut Dice) -> Task {
    let status = status(dice);
    let quarters = quarters(dice);
    let day = |dice: &mut Dice| NaiveDate::from_yo_opt(YEAR, 1 + dice.roll(360) as u32);
    let (title, lead, support) = said(wording, words, dice);
    Task {
        id: TaskId::new(format!("v{no}")),
        no: no.to_string(),
        title,
        lead,
        support,
        quarters,
        time: if quarters.is_whole_year() { "Cả năm".to_owned() } else { format!("Quý {quarters}") },
        due: if dice.once_in(5) { day(dice) } else { None },
        status,
        done_on: if status == Status::Done { day(dice) } else { None },
        output: if status == Status::Done && dice.once_in(2) {
            format!("{no}/BC-SNV")
        } else {
            String::new()
        },
        note: if dice.once_in(10) { stretch(words, dice).join(" ") } else { String::new() },
        history: history(status, dice),
        ..Task::default()
    }
}

/// Title, lead and supporting agencies.
fn said(wording: Wording, words: &Words, dice: &mut Dice) -> (String, Vec<String>, Vec<String>) {
    match wording {
        Wording::Printed => {
            let row = Task::clone(dice.pick::<Arc<Task>>(&words.rows));
            (row.title, row.lead, row.support)
        }
        Wording::Long => {
            let title = long_title(words, dice);
            let lead = several(1 + dice.roll(5) / 4, &words.leads, dice);
            (title, lead, several(dice.roll(4), &words.supports, dice))
        }
    }
}

/// Stretches of real titles, 100 to 300 characters long together.
fn long_title(words: &Words, dice: &mut Dice) -> String {
    let least = 100 + dice.roll(140);
    let mut title = String::new();
    while title.chars().count() < least {
        for word in stretch(words, dice) {
            title += if title.is_empty() { "" } else { " " };
            title += word;
        }
    }
    title.chars().take(300).collect()
}

/// Some words as they follow each other in a real title.
fn stretch<'a>(words: &'a Words, dice: &mut Dice) -> &'a [String] {
    let title = dice.pick(&words.titles);
    let from = dice.roll(title.len());
    let length = 3 + dice.roll(8);
    &title[from..title.len().min(from + length)]
}

fn several(count: usize, names: &[String], dice: &mut Dice) -> Vec<String> {
    (0..count).map(|_| dice.pick(names).clone()).collect()
}

fn status(dice: &mut Dice) -> Status {
    *dice.pick(&[
        Status::Todo,
        Status::Todo,
        Status::Todo,
        Status::Doing,
        Status::Doing,
        Status::Done,
        Status::Done,
        Status::Done,
        Status::Paused,
        Status::Dropped,
    ])
}

/// Mostly one, sometimes two in a row, the whole year, or none.
fn quarters(dice: &mut Dice) -> Quarters {
    let first = dice.roll(4);
    match dice.roll(20) {
        0 => Quarters::default(),
        1 | 2 => Quarters::WHOLE_YEAR,
        3..=5 => [Quarter::ALL[first], Quarter::ALL[(first + 1) % 4]].into_iter().collect(),
        _ => [Quarter::ALL[first]].into_iter().collect(),
    }
}

/// How the status came to be; nothing where nobody has touched the task.
fn history(status: Status, dice: &mut Dice) -> Vec<Entry> {
    let steps: &[Status] = match status {
        Status::Todo => &[],
        Status::Doing => &[Status::Doing],
        Status::Done => &[Status::Doing, Status::Done],
        Status::Paused => &[Status::Doing, Status::Paused],
        Status::Dropped => &[Status::Dropped],
    };
    let begin: DateTime<FixedOffset> = "2024-01-20T08:30:00+07:00".parse().expect("a time");
    let mut before = Status::Todo;
    let mut day = 0;
    let mut entry = |&status: &Status| {
        day += 1 + dice.roll(40) as u64;
        let (from, to) = (before.name().to_owned(), status.name().to_owned());
        before = status;
        let by = (*dice.pick(&["lan", "minh", "hà"])).to_owned();
        Entry { at: begin + Days::new(day), by, kind: Field::Status.into(), from, to, ..Entry::default() }
    };
    steps.iter().map(&mut entry).collect()
}

/// Numbers that look thrown and are the same each time: `SplitMix64` (Steele, Lea and Flood, 2014).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides as u64) as usize
    }

    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.roll(times) == 0
    }

    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.roll(choices.len())]
    }
}
