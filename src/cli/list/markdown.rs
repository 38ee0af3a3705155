//! The list as a Markdown table, in the columns of the progress report.

use std::io::{self, Write};

use super::{DEADLINE, Listing, Row, progress};
use crate::plan::time::write_date;
use crate::plan::{Field, State};
use crate::text;
use crate::words::{Lang, Phrase};

pub(super) fn write(listing: &Listing, out: &mut dyn Write) -> io::Result<()> {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    writeln!(
        out,
        "{}",
        line(COLUMNS.iter().map(|column| column.heading.say(listing.lang).to_owned()).collect())
    )?;
    writeln!(out, "{}", line(COLUMNS.iter().map(|_| "---".to_owned()).collect()))?;
    for row in &listing.rows {
        writeln!(
            out,
            "{}",
            line(COLUMNS.iter().map(|column| escaped(&(column.cell)(row, listing.lang))).collect())
        )?;
    }
    Ok(())
}

struct Column {
    heading: Phrase,
    cell: fn(&Row, Lang) -> String,
}

const COLUMNS: [Column; 8] = [
    Column { heading: Phrase::new("STT", "No."), cell: |row, _| row.task.no.clone() },
    Column { heading: Field::Title.label(), cell: |row, _| row.task.title.clone() },
    Column { heading: Field::Lead.label(), cell: |row, _| row.task.lead.join("; ") },
    Column { heading: Field::Support.label(), cell: |row, _| row.task.support.join("; ") },
    Column { heading: DEADLINE, cell: |row, _| row.deadline.map(write_date).unwrap_or_default() },
    Column { heading: Field::Output.label(), cell: |row, _| row.task.output.clone() },
    Column { heading: State::HEADING, cell: progress },
    Column { heading: Field::Note.label(), cell: |row, _| row.task.note.clone() },
];

/// The text as it stands, whatever signs of Markdown or HTML are in it.
fn escaped(cell: &str) -> String {
    let mut escaped = String::with_capacity(cell.len());
    for c in text::line(cell).chars() {
        if matches!(c, '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' | '!') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
