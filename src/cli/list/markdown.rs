//! The list as a Markdown table, in the columns of the progress report.

use std::io::{self, Write};

use super::{Listing, Row, progress};
use crate::cli::saying;
use crate::plan::time::write_date;
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
    Column { heading: Phrase::new("Nội dung nhiệm vụ", "Task"), cell: |row, _| row.task.title.clone() },
    Column {
        heading: Phrase::new("Cơ quan chủ trì", "Lead agency"),
        cell: |row, _| row.task.lead.join("; "),
    },
    Column {
        heading: Phrase::new("Cơ quan phối hợp", "Cooperating agencies"),
        cell: |row, _| row.task.support.join("; "),
    },
    Column {
        heading: Phrase::new("Thời hạn", "Deadline"),
        cell: |row, _| row.deadline.map(write_date).unwrap_or_default(),
    },
    Column {
        heading: Phrase::new("Kết quả thực hiện", "Result so far"),
        cell: |row, _| row.task.output.clone(),
    },
    Column { heading: Phrase::new("Tiến độ", "Progress"), cell: progress },
    Column { heading: Phrase::new("Ghi chú", "Note"), cell: |row, _| row.task.note.clone() },
];

/// The text as it stands, whatever signs of Markdown or HTML are in it.
fn escaped(cell: &str) -> String {
    let mut escaped = String::with_capacity(cell.len());
    for c in saying::line(cell).chars() {
        if matches!(c, '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' | '!') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
