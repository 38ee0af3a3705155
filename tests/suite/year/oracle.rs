//! What was true on a day, worked out of what the program prints for other programs, and of nothing else.

use std::collections::{BTreeMap, HashMap};
use std::process::Command;

use chrono::{Days, Months, NaiveDate};
use serde_json::Value;
use tiendo::plan::State;
use tiendo::plan::summary::Figures;

use crate::office::Office;

/// How many tasks are in each state, by its name.
pub(super) type Counts = BTreeMap<String, usize>;

pub(super) struct Oracle {
    tasks: Vec<Value>,
    /// What was set as the status of each task, oldest first.
    set: HashMap<String, Vec<Value>>,
}

impl Oracle {
    pub(super) fn of(office: &Office, last: NaiveDate) -> Self {
        let said = |verb: &str| -> Value {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
            command.arg(verb).arg(&office.plan).args(["--format", "json", "--today", &last.to_string()]);
            serde_json::from_slice(&command.output().unwrap().stdout).unwrap()
        };
        let mut set: HashMap<String, Vec<Value>> = HashMap::new();
        for entry in said("log").as_array().unwrap().iter().rev().filter(|entry| entry["field"] == "status") {
            set.entry(text(&entry["task"]).to_owned()).or_default().push(entry.clone());
        }
        Self { tasks: said("list")["tasks"].as_array().unwrap().clone(), set }
    }

    pub(super) fn figures(&self, day: NaiveDate) -> Counts {
        let mut counts = Counts::new();
        for task in &self.tasks {
            *counts.entry(self.state(task, day).to_owned()).or_default() += 1;
        }
        counts
    }

    fn state(&self, task: &Value, day: NaiveDate) -> &'static str {
        let soon = |on: NaiveDate| on <= day + Days::new(7);
        match (self.status(task, day), deadline(task, day)) {
            ("Paused", _) => "Paused",
            ("Dropped", _) => "Dropped",
            ("Done", end) if end.is_some_and(|end| date(&task["done_on"]).is_some_and(|on| on > end)) => {
                "DoneLate"
            }
            ("Done", _) => "DoneOnTime",
            (_, None) => "Ongoing",
            (_, Some(end)) if end < day => "Overdue",
            (_, Some(end)) if end == day => "DueToday",
            (_, Some(end)) if soon(end) || next_step(task, day).is_some_and(soon) => "DueSoon",
            _ => "InTime",
        }
    }

    /// Done goes by its day; of the others the last counts that was set by then.
    fn status<'a>(&'a self, task: &'a Value, day: NaiveDate) -> &'a str {
        let is_done = task["status"] == "Done";
        if is_done && date(&task["done_on"]).is_none_or(|on| on <= day) {
            return "Done";
        }
        let set = self.set.get(text(&task["id"])).map_or(&[][..], Vec::as_slice);
        let on =
            |entry: &Value| date(&entry["on"]).or_else(|| text(&entry["at"])[..10].parse().ok()).unwrap();
        let last = set.iter().rfind(|entry| on(entry) <= day && entry["to"] != "Done");
        match (last, set.first()) {
            (Some(last), _) => text(&last["to"]),
            (None, Some(first)) if first["from"] != "Done" => text(&first["from"]),
            _ if is_done => "Todo",
            _ => text(&task["status"]),
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn date(value: &Value) -> Option<NaiveDate> {
    text(value).parse().ok()
}

fn rows<'a>(task: &'a Value, list: &str) -> impl Iterator<Item = &'a Value> {
    task[list].as_array().unwrap().iter()
}

fn deadline(task: &Value, day: NaiveDate) -> Option<NaiveDate> {
    let granted = rows(task, "extensions").filter(|row| date(&row["on"]).is_none_or(|on| on <= day));
    let quarter = rows(task, "quarters").last().map(|quarter| {
        let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
        first + Months::new(3 * quarter.as_u64().unwrap() as u32) - Days::new(1)
    });
    granted
        .max_by_key(|row| date(&row["on"]))
        .and_then(|row| date(&row["to"]))
        .or(date(&task["due"]))
        .or(quarter)
}

fn next_step(task: &Value, day: NaiveDate) -> Option<NaiveDate> {
    let open = rows(task, "steps").filter(|step| date(&step["done"]).is_none_or(|done| done > day));
    open.filter_map(|step| date(&step["by"])).filter(|by| *by >= day).min()
}

/// The same of figures of ours.
pub(super) fn shown(figures: &Figures) -> Counts {
    let states = [
        State::DoneOnTime,
        State::DoneLate,
        State::Overdue,
        State::DueToday,
        State::DueSoon,
        State::InTime,
        State::Ongoing,
        State::Paused,
        State::Dropped,
    ];
    let counts = states.map(|state| (format!("{state:?}"), figures.in_state(state)));
    counts.into_iter().filter(|(_, count)| *count > 0).collect()
}
