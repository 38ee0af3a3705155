//! Tables for other programs: each row an object.

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};

use super::{Table, TableRows};
use crate::plan::value::Value;

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
