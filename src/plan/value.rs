//! What a field holds, as one value: so that one piece of code serves every field.

use chrono::NaiveDate;
use serde::Serialize;

use super::status::Status;
use super::table::{Table, TableRows};
use super::time::{Column, Quarter, Quarters, write_date};
use crate::words::Lang;

/// What one field holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    Text(String),
    Names(Vec<String>),
    Quarters(Quarters),
    Day(Option<NaiveDate>),
    Status(Status),
    Year(i32),
    Flag(bool),
    Table(TableRows),
}

/// What a field may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text without a line break.
    Line,
    /// Text in one line or several.
    Lines,
    Names,
    Quarters,
    Day,
    Status,
    Year,
    /// On, unless the file says otherwise.
    Flag,
    Table(Table),
}

impl Kind {
    pub(super) const fn table(self) -> Option<Table> {
        if let Self::Table(table) = self { Some(table) } else { None }
    }

    /// Whether people write it. The others are chosen from lists.
    pub const fn is_typed(self) -> bool {
        matches!(self, Self::Line | Self::Lines | Self::Day)
    }
}

/// Each type that a field can have, and its variant.
macro_rules! held {
    ($($variant:ident($type:ty)),*) => {$(
        impl From<$type> for Value {
            fn from(held: $type) -> Self {
                Self::$variant(held)
            }
        }

        impl From<Value> for $type {
            /// Only a value of a field of this type gets here: see [`super::change::Edit::new`].
            fn from(value: Value) -> Self {
                match value {
                    Value::$variant(held) => held,
                    other => unreachable!("{other:?} is not what this field holds"),
                }
            }
        }
    )*};
}

held!(
    Text(String),
    Names(Vec<String>),
    Quarters(Quarters),
    Day(Option<NaiveDate>),
    Status(Status),
    Year(i32),
    Flag(bool)
);

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Value {
    pub fn status(&self) -> Option<Status> {
        match self {
            Self::Status(status) => Some(*status),
            _ => None,
        }
    }

    /// The day; none if there is none, or if it is no day at all.
    pub fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => *day,
            _ => None,
        }
    }

    pub fn names(&self) -> Option<&[String]> {
        match self {
            Self::Names(names) => Some(names),
            _ => None,
        }
    }

    /// The rows of this table.
    pub(super) fn into_rows(self, table: Table) -> Vec<Vec<Self>> {
        match self {
            Self::Table(rows) if rows.table == table => rows.cells,
            other => unreachable!("{other:?} is no {table:?}"),
        }
    }

    /// All texts in it.
    pub fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::Text(text) => vec![text],
            Self::Names(names) => names.iter_mut().collect(),
            Self::Table(rows) => rows.cells.iter_mut().flatten().flat_map(Self::texts_mut).collect(),
            Self::Quarters(_) | Self::Day(_) | Self::Status(_) | Self::Year(_) | Self::Flag(_) => Vec::new(),
        }
    }

    /// As a history has it: days as `2024-05-20`, quarters as `Q1, Q2`, names with `; ` between them.
    pub fn recorded(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Names(names) => names.join(NAMES),
            Self::Quarters(quarters) => quarters.iter().map(Quarter::name).collect::<Vec<_>>().join(QUARTERS),
            Self::Day(day) => day.map_or_else(String::new, |day| day.to_string()),
            Self::Status(status) => status.name().to_owned(),
            Self::Year(year) => year.to_string(),
            Self::Flag(is_on) => is_on.to_string(),
            Self::Table(rows) => rows.recorded(),
        }
    }

    /// What a history has of such a value. A status or a day that cannot be read is only text.
    pub fn of_recorded(kind: Kind, text: &str) -> Self {
        let as_text = || Self::Text(text.to_owned());
        match kind {
            Kind::Names => Self::Names(text.split(NAMES).map(str::to_owned).collect()),
            Kind::Quarters => {
                let is_named = |quarter: &Quarter| text.split(QUARTERS).any(|name| name == quarter.name());
                Self::Quarters(Quarter::ALL.into_iter().filter(is_named).collect())
            }
            Kind::Day => text.parse().map_or_else(|_| as_text(), |day| Self::Day(Some(day))),
            Kind::Status => Status::named(text).map_or_else(as_text, Self::Status),
            Kind::Table(table) => Self::Table(TableRows::of_recorded(table, text)),
            Kind::Line | Kind::Lines | Kind::Year | Kind::Flag => as_text(),
        }
    }

    /// The same to be set again; nothing where the text is no value of this kind.
    pub(super) fn read_recorded(kind: Kind, text: &str) -> Option<Self> {
        match (kind, text) {
            (Kind::Names, "") => Some(Self::Names(Vec::new())),
            (Kind::Day, "") => Some(Self::Day(None)),
            (Kind::Flag, _) => text.parse().ok().map(Self::Flag),
            (Kind::Year, _) => text.parse().ok().map(Self::Year),
            (Kind::Day | Kind::Status, _) => {
                Some(Self::of_recorded(kind, text)).filter(|value| !matches!(value, Self::Text(_)))
            }
            _ => Some(Self::of_recorded(kind, text)),
        }
    }

    /// What a cell holds that was left out.
    pub(super) fn nothing(kind: Kind) -> Self {
        match kind {
            Kind::Names => Self::Names(Vec::new()),
            Kind::Quarters => Self::Quarters(Quarters::default()),
            Kind::Day => Self::Day(None),
            Kind::Status => Self::Status(Status::default()),
            Kind::Flag => Self::Flag(true),
            Kind::Line | Kind::Lines | Kind::Year | Kind::Table(_) => Self::Text(String::new()),
        }
    }

    /// As it is shown to people; empty where there is nothing.
    pub fn shown(&self, lang: Lang) -> String {
        match self {
            Self::Quarters(quarters) if quarters.is_whole_year() => Column::Year.label().say(lang).to_owned(),
            Self::Quarters(quarters) => quarters.to_string(),
            Self::Day(day) => day.map_or_else(String::new, write_date),
            Self::Status(status) => status.label().say(lang).to_owned(),
            Self::Table(rows) => rows.shown(lang),
            Self::Text(_) | Self::Names(_) | Self::Year(_) | Self::Flag(_) => self.recorded(),
        }
    }
}

/// What stands between names.
const NAMES: &str = "; ";

/// What stands between quarters in a history.
const QUARTERS: &str = ", ";
