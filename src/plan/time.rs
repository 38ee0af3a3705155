//! Quarters, the columns of a task, and the days that a plan's words mean.

mod date;
mod error;
mod grammar;
mod item;
mod lead;
mod pattern;
mod period;
mod reading;
mod recurrence;
mod relative;
mod token;
mod zone;

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::words::Phrase;

pub use date::{
    NO_DEADLINE, as_of, days_in_words, days_left, read_date, read_past_date, read_time, weekday,
    weekday_mark, weekday_meant, write_date, write_marked_date, write_marked_short_date, write_moment,
    write_short_date,
};
pub use error::{Asked, TimeError};
pub use period::{Period, Rhythm, read_quarters};
pub use recurrence::recurrences;
pub use zone::{Zone, office_time};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Quarter {
    Q1,
    Q2,
    Q3,
    Q4,
}

impl Quarter {
    pub const ALL: [Self; 4] = [Self::Q1, Self::Q2, Self::Q3, Self::Q4];

    pub fn of(day: NaiveDate) -> Self {
        Self::ALL[day.month0() as usize / 3]
    }

    /// The quarter by its number from 1.
    pub fn numbered(number: usize) -> Option<Self> {
        Self::ALL.get(number.checked_sub(1)?).copied()
    }

    /// From 1.
    pub const fn number(self) -> usize {
        self as usize + 1
    }

    /// The name in the file.
    pub const fn name(self) -> &'static str {
        ["Q1", "Q2", "Q3", "Q4"][self as usize]
    }

    /// As plans print it.
    pub const fn roman(self) -> &'static str {
        ["I", "II", "III", "IV"][self as usize]
    }

    pub fn first_day(self, year: i32) -> NaiveDate {
        day_or_limit(year, self as u32 * 3 + 1, 1)
    }

    pub fn last_day(self, year: i32) -> NaiveDate {
        let last_of_month = [31, 30, 30, 31][self as usize];
        day_or_limit(year, self as u32 * 3 + 3, last_of_month)
    }
}

/// A year that no calendar holds has its days at the end of time rather than a panic.
fn day_or_limit(year: i32, month: u32, day: u32) -> NaiveDate {
    let limit = if year < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(limit)
}

/// A set of quarters. In the file a list: `[Q2, Q3]`.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Quarters(u8);

impl Quarters {
    pub const WHOLE_YEAR: Self = Self(0b1111);

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub const fn is_whole_year(self) -> bool {
        self.0 == Self::WHOLE_YEAR.0
    }

    pub const fn contains(self, quarter: Quarter) -> bool {
        self.0 & (1 << quarter as u8) != 0
    }

    pub fn iter(self) -> impl DoubleEndedIterator<Item = Quarter> {
        Quarter::ALL.into_iter().filter(move |&quarter| self.contains(quarter))
    }

    pub fn last(self) -> Option<Quarter> {
        self.iter().next_back()
    }
}

impl FromIterator<Quarter> for Quarters {
    fn from_iter<I: IntoIterator<Item = Quarter>>(quarters: I) -> Self {
        Self(quarters.into_iter().fold(0, |set, quarter| set | 1 << quarter as u8))
    }
}

/// As a card marks it: `II–III`.
impl fmt::Display for Quarters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let numbers: Vec<_> = self.iter().map(Quarter::number).collect();
        let roman: Vec<_> = self.iter().map(Quarter::roman).collect();
        let is_run = numbers.windows(2).all(|pair| pair[0] + 1 == pair[1]);
        match roman.as_slice() {
            [first, .., last] if is_run => write!(f, "{first}–{last}"),
            _ => f.write_str(&roman.join(", ")),
        }
    }
}

impl fmt::Debug for Quarters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Quarters {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Quarters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<Quarter>::deserialize(deserializer).map(Self::from_iter)
    }
}

/// A column of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    Quarter(Quarter),
    /// Work over the whole year, and work without an end.
    Year,
}

impl Column {
    pub const ALL: [Self; 5] = [
        Self::Quarter(Quarter::Q1),
        Self::Quarter(Quarter::Q2),
        Self::Quarter(Quarter::Q3),
        Self::Quarter(Quarter::Q4),
        Self::Year,
    ];

    /// What is written over it, in full and where it is narrow.
    const HEADS: [[Phrase; 2]; 5] = [
        [Phrase::new("Quý I", "Quarter I"), Phrase::new("Quý I", "Q I")],
        [Phrase::new("Quý II", "Quarter II"), Phrase::new("Quý II", "Q II")],
        [Phrase::new("Quý III", "Quarter III"), Phrase::new("Quý III", "Q III")],
        [Phrase::new("Quý IV", "Quarter IV"), Phrase::new("Quý IV", "Q IV")],
        [Phrase::new("Cả năm", "Whole year"), Phrase::new("Cả năm", "Year")],
    ];

    const fn place(self) -> usize {
        match self {
            Self::Quarter(quarter) => quarter as usize,
            Self::Year => 4,
        }
    }

    pub const fn label(self) -> Phrase {
        Self::HEADS[self.place()][0]
    }

    pub const fn short(self) -> Phrase {
        Self::HEADS[self.place()][1]
    }
}

/// A date that may be left out, or left empty by a hand.
pub(super) fn optional_date<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<NaiveDate>, D::Error> {
    let text = Option::<String>::deserialize(deserializer)?;
    match text.as_deref().map(str::trim) {
        None | Some("") => Ok(None),
        Some(text) => {
            text.parse().map(Some).map_err(|_| D::Error::custom(format_args!("not a date: {text}")))
        }
    }
}
