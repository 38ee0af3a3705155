//! The yearly plan of an office: its tasks, and how it is changed.

pub mod agency;
mod as_of;
pub mod board;
pub mod change;
pub mod check;
pub mod compare;
pub mod conclusion;
pub mod describe;
pub mod due;
mod extend;
pub mod facet;
pub mod field;
pub mod history;
mod item;
mod known_at;
pub mod meeting;
pub mod merge;
pub mod new_plan;
mod progress;
pub mod query;
mod record;
pub mod replay;
pub mod roll;
mod spread;
pub mod status;
pub mod steps;
pub mod summary;
pub mod table;
pub mod task;
pub mod time;
pub mod value;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Deserialize;

pub use agency::{Agency, Directory};
pub use change::{Change, Conflict, Edit};
pub use compare::compare;
pub use facet::Facet;
pub use field::{Field, FieldOf, PlanField};
pub use history::{Entry, EntryKind, Stamp, Why};
pub use item::{Draft, Item, PlanKey, Row, TaskRef};
pub use replay::{ChangeError, Commit, Policy};
pub use status::{Calendar, Signs, State, Status};
pub use table::{
    Extension, Person, Progress, Receipt, SavedView, Section, Table, TableKind, TableRows, TaskStep,
};
pub use task::{Task, TaskId};
pub use time::{Column, Quarter, Quarters};
pub use value::{Kind, Value};

/// One plan, as one file holds it. What can be worked out (late, counts, columns) is not in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename = "Plan")]
pub struct Plan {
    /// The version of the file's format. A newer one still opens: what is unknown is left alone.
    #[serde(default = "first_version")]
    pub version: u32,
    pub title: String,
    /// The number of the document that published the plan, such as `01/KH-HĐTĐKT`.
    #[serde(default)]
    pub number: String,
    #[serde(default)]
    pub issuer: String,
    #[serde(default, deserialize_with = "time::optional_date")]
    pub issued: Option<NaiveDate>,
    pub year: i32,
    #[serde(default)]
    pub agencies: Vec<Agency>,
    #[serde(default)]
    pub sections: Vec<Section>,
    #[serde(default)]
    pub people: Vec<Person>,
    #[serde(default)]
    pub views: Vec<SavedView>,
    /// Shared, so that many versions of a plan cost hardly more than one.
    #[serde(default)]
    pub tasks: Vec<Arc<Task>>,
}

const fn first_version() -> u32 {
    1
}

impl Plan {
    pub fn task(&self, id: &TaskId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == *id).map(Arc::as_ref)
    }

    pub fn position(&self, id: &TaskId) -> Option<usize> {
        self.tasks.iter().position(|task| task.id == *id)
    }

    /// The same where it is probably not far behind a place: changes of many tasks mostly come in the order of the plan.
    pub(crate) fn position_from(&self, id: &TaskId, near: usize) -> Option<usize> {
        let near = near.min(self.tasks.len());
        let is_it = |task: &Arc<Task>| task.id == *id;
        let behind = self.tasks[near..].iter().position(is_it).map(|at| near + at);
        behind.or_else(|| self.tasks[..near].iter().position(is_it))
    }

    /// The task that a person means: its id, or its printed number where only one task has it.
    pub fn named(&self, name: &str) -> Result<&Task, Unnamed> {
        if let Some(task) = self.tasks.iter().find(|task| task.id.to_string() == name) {
            return Ok(task);
        }
        let mut numbered = self.tasks.iter().filter(|task| task.no.eq_ignore_ascii_case(name));
        match (numbered.next(), numbered.next()) {
            (None, _) => Err(Unnamed::Missing),
            (Some(task), None) => Ok(task),
            (Some(first), Some(second)) => Err(Unnamed::Several(
                [first, second].into_iter().chain(numbered).map(|task| task.id.clone()).collect(),
            )),
        }
    }

    /// The task before this one in the plan: what a place in the plan is told by.
    pub fn before(&self, id: &TaskId) -> Option<TaskId> {
        self.before_place(self.position(id)?)
    }

    /// The same for the task in a place.
    pub(crate) fn before_place(&self, at: usize) -> Option<TaskId> {
        Some(self.tasks[at.checked_sub(1)?].id.clone())
    }

    /// The last task of the plan: what stands behind it is told by.
    pub fn last(&self) -> Option<TaskId> {
        self.before_place(self.tasks.len())
    }

    /// The ids of the tasks, in the order of the plan.
    pub(crate) fn ids(&self) -> Vec<TaskId> {
        self.tasks.iter().map(|task| task.id.clone()).collect()
    }

    /// A number that continues the plan's own: one more than the last of the section that this one is of.
    pub fn number_after(&self, no: &str) -> String {
        let (section, _) = section(no);
        let of_section =
            self.tasks.iter().map(|task| self::section(&task.no)).filter(|(other, _)| *other == section);
        let last = of_section.filter_map(|(_, number)| number.parse::<u32>().ok()).max().unwrap_or(0);
        let next = last.saturating_add(1);
        if section.is_empty() { next.to_string() } else { format!("{section}.{next}") }
    }

    /// Whether another task than this one bears its number.
    pub fn is_taken(&self, task: &Task) -> bool {
        !task.no.is_empty() && self.tasks.iter().any(|other| other.no == task.no && other.id != task.id)
    }

    /// The last day of the task, if it has one. An extension wins over a due date, and that over the end of the last quarter.
    pub fn deadline(&self, task: &Task) -> Option<NaiveDate> {
        task.deadline(self.year)
    }

    pub fn state(&self, task: &Task, calendar: Calendar) -> State {
        State::of(task, self.year, calendar)
    }

    /// Tells tasks apart whose ids a person has copied or left out: the second `a` becomes `a~2`, as in a plan that
    /// was just read.
    pub fn tell_apart(&mut self) {
        let mut seen: HashMap<&str, u16> = HashMap::with_capacity(self.tasks.len());
        let mut others = Vec::new();
        for (at, task) in self.tasks.iter().enumerate() {
            let text = task.id.text();
            let count = seen.entry(text).or_default();
            *count += 1;
            if *count > 1 || text.is_empty() {
                others.push((at, TaskId::nth(text, *count)));
            } else if !task.id.is_alone() {
                others.push((at, TaskId::new(text)));
            }
        }
        for (at, id) in others {
            if self.tasks[at].id != id {
                Arc::make_mut(&mut self.tasks[at]).id = id;
            }
        }
    }
}

/// The section that a number stands in, and the number in it: `II.3` is 3 of II.
pub fn section(no: &str) -> (&str, &str) {
    no.rsplit_once('.').unwrap_or(("", no))
}

/// Why a name that a person gave is no task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unnamed {
    Missing,
    Several(Vec<TaskId>),
}
