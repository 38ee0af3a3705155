//! A task of the plan.

use std::fmt;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::history::Entry;
use super::more::{self, OtherColumn};
use super::status::Status;
use super::table::{Extension, Progress, Receipt, TaskStep};
use super::time::{self, Column, Period, Quarter, Quarters, Rhythm, TimeError};
use crate::words::Phrase;

/// One row of the plan. Every field but `id` and `title` may be left out of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "Task")]
pub struct Task {
    /// Unique in the file and never used again.
    #[serde(default)]
    pub id: TaskId,
    /// The number as printed, with its section where numbers start anew: `III.1`.
    #[serde(default)]
    pub no: String,
    #[serde(default)]
    pub title: String,
    /// Sản phẩm: what the plan expects to come of it.
    #[serde(default)]
    pub product: String,
    /// Cơ quan chủ trì; several where the plan names several.
    #[serde(default)]
    pub lead: Vec<String>,
    /// Cơ quan phối hợp.
    #[serde(default)]
    pub support: Vec<String>,
    /// Người phụ trách.
    #[serde(default)]
    pub officer: String,
    /// Lãnh đạo chỉ đạo.
    #[serde(default)]
    pub leader: String,
    /// Văn bản giao: the document that has given it; empty for what this plan has given.
    #[serde(default)]
    pub source: String,
    /// The quarters that it stands in; all four is the whole year, none is ongoing work.
    #[serde(default)]
    pub quarters: Quarters,
    /// The time as printed.
    #[serde(default)]
    pub time: String,
    /// The last day, where the document is more exact than a quarter.
    #[serde(default, deserialize_with = "time::optional_date")]
    pub due: Option<NaiveDate>,
    /// The deadlines that were granted after that of the plan. See [`Task::granted`].
    #[serde(default)]
    pub extensions: Vec<Extension>,
    /// Mốc: the office's own deadlines on the way.
    #[serde(default)]
    pub steps: Vec<TaskStep>,
    #[serde(default)]
    pub status: Status,
    /// The day on which the work was really done, not the day on which somebody said so.
    #[serde(default, deserialize_with = "time::optional_date")]
    pub done_on: Option<NaiveDate>,
    /// The document that proves the result.
    #[serde(default)]
    pub output: String,
    /// Kết quả đến nay: what was told of it, as it came.
    #[serde(default)]
    pub progress: Vec<Progress>,
    /// Đã nhận của: who of several bodies has sent what was asked for.
    #[serde(default)]
    pub received: Vec<Receipt>,
    #[serde(default)]
    pub note: String,
    /// What the document has a column for and the program no field.
    #[serde(default, with = "more")]
    pub more: Vec<OtherColumn>,
    /// What was changed, oldest first.
    #[serde(default)]
    pub history: Vec<Entry>,
}

impl Task {
    /// See [`super::Plan::deadline`].
    pub fn deadline(&self, year: i32) -> Option<NaiveDate> {
        self.extended_deadline().or_else(|| self.printed_deadline(year))
    }

    /// The day of the next step that is not done, from this day on. A step that was missed is not waited for.
    pub fn next_step(&self, today: NaiveDate) -> Option<NaiveDate> {
        let open = self.steps.iter().filter(|step| step.done.is_none());
        open.filter_map(|step| step.by).filter(|by| *by >= today).min()
    }

    /// Work without an end: it stands in no quarter and has no due date.
    pub fn is_ongoing(&self) -> bool {
        self.quarters.is_empty() && self.due.is_none() && self.extended_deadline().is_none()
    }

    /// The columns that the task stands in: each of its quarters, or the whole year.
    /// A task with nothing but a due date stands in the quarter of that day.
    pub fn columns(&self, year: i32) -> Vec<Column> {
        match self.due {
            _ if self.quarters.is_whole_year() => vec![Column::Year],
            Some(due) if self.quarters.is_empty() && due.year() == year => {
                vec![Column::Quarter(Quarter::of(due))]
            }
            _ if self.quarters.is_empty() => vec![Column::Year],
            _ => self.quarters.iter().map(Column::Quarter).collect(),
        }
    }

    /// The day of completion that comes with a status: done takes the day along, anything else leaves it behind.
    pub fn done_on_with(&self, status: Status, today: NaiveDate) -> Option<NaiveDate> {
        match status {
            Status::Done => self.done_on.or(Some(today)),
            _ => None,
        }
    }

    /// Where a time puts the task that is written anew. One that is not new, or comes round, puts it nowhere.
    pub fn placed_by(&self, time: &str, year: i32) -> Result<Option<Period>, TimeError> {
        if time == self.time || time.trim().is_empty() {
            return Ok(None);
        }
        let is_place = |period: &Period| period.rhythm() != Rhythm::Recurring;
        Period::read(time, year).map(|period| Some(period).filter(is_place))
    }

    /// Whether both are the same but for what is recorded of them.
    pub fn is_same_work(&self, other: &Self) -> bool {
        let bare = |task: &Self| Self { history: Vec::new(), ..task.clone() };
        bare(self) == bare(other)
    }
}

/// What names a task in its file. Where a hand has copied an id, the second that bears it is told by its place.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId {
    text: String,
    /// 0 for an id that is alone in its file.
    nth: u16,
}

impl TaskId {
    pub const LABEL: Phrase = Phrase::new("Mã", "Id");

    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), nth: 0 }
    }

    pub(super) fn nth(text: &str, nth: u16) -> Self {
        Self { text: text.to_owned(), nth }
    }

    /// The id as it stands in the file; empty where it was left out.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn is_alone(&self) -> bool {
        self.nth == 0
    }

    /// An id that no task of these has: five letters and digits without look-alikes, drawn from `seed`.
    /// Not a counter, because two machines would count to the same number.
    pub fn fresh(tasks: &[Arc<Task>], mut seed: u64) -> Self {
        const LETTERS: &[u8] = b"0123456789abcdefghjkmnpqrstvwxyz";
        loop {
            seed = mixed(seed);
            let letter = |at: u32| char::from(LETTERS[(seed >> (5 * at)) as usize % LETTERS.len()]);
            let id = Self::new((0..5).map(letter).collect::<String>());
            if tasks.iter().all(|task| task.id != id) {
                return id;
            }
        }
    }
}

/// One step of the `SplitMix64` generator (Steele, Lea and Flood, 2014).
const fn mixed(seed: u64) -> u64 {
    let z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.nth {
            0 => f.write_str(&self.text),
            nth => write!(f, "{}~{nth}", self.text),
        }
    }
}

impl Serialize for TaskId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TaskId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}
