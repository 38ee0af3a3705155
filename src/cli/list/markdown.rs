//! The list as a Markdown table, in the columns of the progress report.

use std::io::{self, Write};

use super::{DEADLINE, Listing, PLAN, Row, progress};
use crate::plan::{Field, State, telling};
use crate::text;
use crate::words::{Lang, Phrase};

pub(super) fn write(listing: &Listing, out: &mut dyn Write) -> io::Result<()> {
    let lang = listing.lang;
    let plan = listing.is_of_several().then(|| PLAN.say(lang).to_owned());
    let headings = COLUMNS.iter().map(|column| column.heading.say(lang).to_owned());
    let headings: Vec<_> = plan.into_iter().chain(headings).collect();
    write_line(&headings, out)?;
    write_line(&vec!["---".to_owned(); headings.len()], out)?;
    for row in &listing.rows {
        let cells = COLUMNS.iter().map(|column| (column.cell)(row, lang));
        let cells: Vec<_> = listing.plan_of(row).into_iter().chain(cells).map(|it| escaped(&it)).collect();
        write_line(&cells, out)?;
    }
    Ok(())
}

fn write_line(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {} |", cells.join(" | "))
}

/// The last deadline, marked, and the first one where it was moved.
fn deadline(row: &Row, lang: Lang) -> String {
    row.deadline.map(|deadline| telling::deadline(row.task, deadline, lang)).unwrap_or_default()
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
    Column { heading: DEADLINE, cell: deadline },
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
