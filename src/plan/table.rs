//! The lists of rows that a plan and its tasks have: what each row holds, for every other part of the program to read.

use chrono::NaiveDate;
use serde::ser::SerializeMap as _;
use serde::{Deserialize, Serialize, Serializer};

use super::agency::Agency;
use super::merge::{Versions, by_keys, keyed, rows};
use super::time;
use super::value::{Kind, Value};
use crate::words::Phrase;

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Table {
    Agencies,
    Sections,
    People,
    Views,
    Extensions,
    Steps,
    Progress,
    Received,
}

/// What one column of a table holds.
#[derive(Debug, Clone, Copy)]
pub struct TableColumn {
    /// The name in the file.
    pub name: &'static str,
    pub kind: Kind,
    /// How it may look in the file, if it must be there.
    pub example: Option<&'static str>,
}

/// What the rows of a table are.
#[derive(Debug)]
pub struct TableKind {
    /// The name of the struct in the file, which may be left out.
    pub name: &'static str,
    /// What a row is called in a message.
    pub label: Phrase,
    pub columns: &'static [TableColumn],
    /// By so many of its first columns a row is found again in another version of the plan.
    key: usize,
    /// So many of its first columns are told in a history.
    recorded: usize,
}

impl TableKind {
    /// Whether a history tells all of a row.
    pub(super) const fn is_told_whole(&self) -> bool {
        self.recorded == self.columns.len()
    }
}

/// A row of a table.
pub trait TableRow: Clone {
    const TABLE: Table;

    fn cells(self) -> Vec<Value>;
    /// From the cells of a row of the same table.
    fn of_cells(cells: Vec<Value>) -> Self;
}

/// A table as one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRows {
    pub table: Table,
    pub cells: Vec<Vec<Value>>,
}

/// What was known or decided about a task on a day, as an agency or an officer has told it. Never written over.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Progress {
    /// The day that it tells of.
    #[serde(deserialize_with = "time::optional_date")]
    pub on: Option<NaiveDate>,
    /// Who has told it: a body or a person.
    pub by: String,
    /// Kết quả đến nay.
    pub text: String,
    /// Khó khăn, vướng mắc.
    pub stuck: String,
    /// Đề xuất, kiến nghị.
    pub ask: String,
}

/// A later deadline that was granted. The task's `due` and `quarters` stay as printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Extension {
    /// The new deadline.
    #[serde(deserialize_with = "time::optional_date")]
    pub to: Option<NaiveDate>,
    /// The day of the document; without it the extension holds from the first.
    #[serde(deserialize_with = "time::optional_date")]
    pub on: Option<NaiveDate>,
    /// The document that grants it: `Công văn 123/UBND-NC`.
    pub doc: String,
    pub why: String,
}

/// A deadline of the office's own on the way to that of the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename = "Step")]
pub struct TaskStep {
    pub what: String,
    #[serde(deserialize_with = "time::optional_date")]
    pub by: Option<NaiveDate>,
    /// The day on which it was done.
    #[serde(deserialize_with = "time::optional_date")]
    pub done: Option<NaiveDate>,
}

/// That one of several bodies has sent what it was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Receipt {
    pub who: String,
    #[serde(deserialize_with = "time::optional_date")]
    pub on: Option<NaiveDate>,
}

/// A part of the plan, as printed. A task is in the section that stands before the last dot of its number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Section {
    pub no: String,
    pub title: String,
}

/// Somebody who works with the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The name on the server, as histories have it.
    pub login: String,
    pub name: String,
    /// Chức vụ.
    pub title: String,
}

/// A filter with its order, kept under a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename = "View")]
pub struct SavedView {
    pub name: String,
    /// What is shown, in the words of the search field.
    pub query: String,
    pub order: String,
    /// The screen that it opens on.
    pub screen: String,
}

/// Reads the columns of tables off their structs.
macro_rules! tables {
    ($($table:ident of $row:ident as $name:literal, $label:expr, known by $key:literal, told by $told:literal {
        $($at:ident: $kind:ident $(= $example:literal)?),* $(,)?
    })*) => {
        impl Table {
            pub const ALL: &'static [Self] = &[$(Self::$table),*];

            pub const fn kind(self) -> &'static TableKind {
                match self {
                    $(Self::$table => const { &TableKind {
                        name: $name,
                        label: $label,
                        columns: &[$(TableColumn {
                            name: stringify!($at),
                            kind: Kind::$kind,
                            example: tables!(@example $($example)?),
                        }),*],
                        key: $key,
                        recorded: $told,
                    } },)*
                }
            }
        }

        $(
            impl TableRow for $row {
                const TABLE: Table = Table::$table;

                fn cells(self) -> Vec<Value> {
                    vec![$(self.$at.into()),*]
                }

                fn of_cells(cells: Vec<Value>) -> Self {
                    let mut cells = cells.into_iter();
                    $(let $at = cells.next().expect("a cell for each column").into();)*
                    Self { $($at),* }
                }
            }

            impl From<Vec<$row>> for Value {
                fn from(rows: Vec<$row>) -> Self {
                    let cells = rows.into_iter().map(TableRow::cells).collect();
                    Self::Table(TableRows { table: Table::$table, cells })
                }
            }

            impl From<Value> for Vec<$row> {
                /// Only a value of a field of this table gets here: see [`super::change::Edit::new`].
                fn from(value: Value) -> Self {
                    value.into_rows(Table::$table).into_iter().map(TableRow::of_cells).collect()
                }
            }
        )*
    };
    (@example) => { None };
    (@example $example:literal) => { Some($example) };
}

tables! {
    Agencies of Agency as "Agency", Phrase::new("cơ quan", "an agency"), known by 1, told by 1 {
        name: Line = "name: \"…\"", full: Line, aliases: Names, members: Names, urge: Flag, mail: Line,
    }
    Sections of Section as "Section", Phrase::new("mục", "a section"), known by 1, told by 2 { no: Line, title: Line }
    People of Person as "Person", Phrase::new("người dùng", "a person"), known by 1, told by 2 {
        login: Line, name: Line, title: Line,
    }
    Views of SavedView as "View", Phrase::new("bộ lọc đã lưu", "a saved view"), known by 1, told by 1 {
        name: Line, query: Line, order: Line, screen: Line,
    }
    Extensions of Extension as "Extension", Phrase::new("lần gia hạn", "an extension"), known by 4, told by 3 {
        to: Day, on: Day, doc: Line, why: Line,
    }
    Steps of TaskStep as "Step", Phrase::new("mốc", "a step"), known by 1, told by 3 { what: Line, by: Day, done: Day }
    Progress of Progress as "Progress", Phrase::new("dòng tiến độ", "a line of progress"), known by 5, told by 2 {
        on: Day, by: Line, text: Lines, stuck: Lines, ask: Lines,
    }
    Received of Receipt as "Receipt", Phrase::new("nơi đã gửi", "who has sent"), known by 1, told by 2 { who: Line, on: Day }
}

impl Table {
    /// A row whose first columns a history tells. The others are as they are in this row, or empty.
    fn row_as_told(self, told: &str, row: Vec<Value>) -> Vec<Value> {
        let kind = self.kind();
        let (mut told, mut rest) = (told.split(CELLS), row.into_iter().skip(kind.recorded));
        let told = kind.columns[..kind.recorded].iter().map(|column| {
            let told = told.next().unwrap_or_default();
            Value::read_recorded(column.kind, told).unwrap_or_else(|| Value::nothing(column.kind))
        });
        let rest = kind.columns[kind.recorded..]
            .iter()
            .map(|column| rest.next().unwrap_or_else(|| Value::nothing(column.kind)));
        told.chain(rest).collect()
    }
}

/// What stands between the cells of a row in a history.
const CELLS: &str = " | ";

/// What stands between rows.
pub(super) const ROWS: &str = "; ";

impl TableRows {
    /// The rows of this that are not in the other, as often as they are here.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let mut left = other.cells.clone();
        let is_here_only = |row: &&Vec<Value>| match left.iter().position(|it| it == *row) {
            Some(at) => {
                left.swap_remove(at);
                false
            }
            None => true,
        };
        Self { table: self.table, cells: self.cells.iter().filter(is_here_only).cloned().collect() }
    }

    /// What a history tells of a list that was changed: the rows that went, and those that came.
    pub(super) fn difference(before: &Self, after: &Self) -> (String, String) {
        (before.without(after).recorded(), after.without(before).recorded())
    }

    /// As a history has it: of each row its first columns.
    pub(super) fn recorded(&self) -> String {
        self.recorded_rows().join(ROWS)
    }

    /// A sign that stands between rows or cells is another one within a cell, so that a history can be told back.
    pub fn recorded_rows(&self) -> Vec<String> {
        let cell = |cell: &Value| cell.recorded().replace(ROWS, ", ").replace(CELLS, " / ");
        let row = |cells: &[Value]| {
            let cells: Vec<String> = cells.iter().map(cell).collect();
            cells.join(CELLS).trim_end_matches([' ', '|']).to_owned()
        };
        self.first_columns().map(row).collect()
    }

    /// The rows as they were before some went and others came, as a history tells it. A row that took the place of
    /// another keeps the cells that no history tells.
    pub(super) fn before(&self, went: &str, came: &str) -> Self {
        let mut recorded: Vec<Option<String>> = self.recorded_rows().into_iter().map(Some).collect();
        let mut came = came.split(ROWS).filter_map(|row| {
            let at = recorded.iter().rposition(|it| it.as_deref() == Some(row))?;
            recorded[at] = None;
            Some(at)
        });
        let mut cells: Vec<Option<Vec<Value>>> = self.cells.iter().cloned().map(Some).collect();
        for told in went.split(ROWS).filter(|row| !row.is_empty()) {
            let at = came.next().unwrap_or(cells.len());
            cells.resize(cells.len().max(at + 1), None);
            let row = cells[at].take().unwrap_or_default();
            cells[at] = Some(self.table.row_as_told(told, row));
        }
        for at in came {
            cells[at] = None;
        }
        Self { table: self.table, cells: cells.into_iter().flatten().collect() }
    }

    /// What a history has of rows: of each its first columns.
    pub(super) fn of_recorded(table: Table, text: &str) -> Self {
        let columns = table.kind().columns;
        let cells = |row: &str| {
            let mut cells = row.split(CELLS);
            let cell =
                |column: &TableColumn| Value::of_recorded(column.kind, cells.next().unwrap_or_default());
            columns[..table.kind().recorded].iter().map(cell).collect()
        };
        Self { table, cells: text.split(ROWS).filter(|row| !row.is_empty()).map(cells).collect() }
    }

    pub(super) fn first_columns(&self) -> impl Iterator<Item = &[Value]> {
        let columns = self.table.kind().recorded;
        self.cells.iter().map(move |row| &row[..columns.min(row.len())])
    }

    /// What each row is known by.
    fn keys(&self) -> Vec<Vec<String>> {
        let key = self.table.kind().key;
        self.cells.iter().map(|row| row[..key].iter().map(Value::recorded).collect()).collect()
    }

    /// The rows that are in the one or the other, in an order that keeps to both. Of a row that both have changed each
    /// cell stands as the one has it that has changed it; where both have, as the second has it.
    pub(super) fn merged(base: &Self, first: &Self, second: &Self) -> Self {
        let table = base.table;
        let keyed = [base, first, second].map(|rows| keyed(&rows.keys(), &rows.cells));
        let row = |versions: Versions<&Vec<Value>>| match versions {
            [base, Some(first), Some(second)] => {
                let mut row = merged_row(base, first, second);
                if table == Table::Agencies {
                    keep_full_name(base, &mut row, first, second);
                }
                row
            }
            [_, first, second] => first.or(second).cloned().unwrap_or_default(),
        };
        Self { table, cells: by_keys(keyed, |_| false, |_, versions| row(versions)) }
    }
}

fn merged_row(base: Option<&Vec<Value>>, first: &[Value], second: &[Value]) -> Vec<Value> {
    let is_unset = |cell: &Value| cell.recorded().is_empty();
    let cell = |(at, (first, second)): (usize, (&Value, &Value))| {
        let base = base.map(|row| &row[at]);
        match (first, second) {
            (Value::Names(first), Value::Names(second)) => {
                let base = base.and_then(Value::names).unwrap_or_default();
                Value::Names(rows(base, first, second))
            }
            // Who was first to say that it is done, or has come, is right.
            (Value::Day(Some(one)), Value::Day(Some(other))) if base.is_none_or(is_unset) => {
                Value::Day(Some(*one.min(other)))
            }
            _ if base.map_or_else(|| is_unset(second), |base| base == second) => first.clone(),
            _ => second.clone(),
        }
    };
    first.iter().zip(second).enumerate().map(cell).collect()
}

/// A full name of a body that had to give way is still a name of it.
fn keep_full_name(base: Option<&Vec<Value>>, row: &mut [Value], first: &[Value], second: &[Value]) {
    let base = base.map(|row| row[FULL].recorded()).unwrap_or_default();
    let mut lost = [first, second].map(|row| row[FULL].recorded()).into_iter();
    let lost = lost.find(|full| *full != base && *full != row[FULL].recorded() && !full.is_empty());
    if let (Some(lost), Value::Names(aliases)) = (lost, &mut row[ALIASES])
        && !aliases.contains(&lost)
    {
        aliases.push(lost);
    }
}

/// The columns of a body.
const FULL: usize = 1;
const ALIASES: usize = 2;

impl Serialize for TableRows {
    /// Each row as an object.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.cells.iter().map(|row| RowObject(self.table, row)))
    }
}

/// A row of a table, for other programs: a text that is empty is nothing.
struct RowObject<'a>(Table, &'a [Value]);

impl Serialize for RowObject<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let columns = self.0.kind().columns;
        let mut object = serializer.serialize_map(Some(columns.len()))?;
        for (column, cell) in columns.iter().zip(self.1) {
            match cell {
                Value::Text(text) if text.is_empty() => object.serialize_entry(column.name, &None::<()>)?,
                cell => object.serialize_entry(column.name, cell)?,
            }
        }
        object.end()
    }
}
