//! The list for spreadsheets: commas as in RFC 4180, with the mark by which Excel knows UTF-8.

use std::io::{self, Write};

use chrono::NaiveDate;

use super::{DEADLINE, FIRST_DEADLINE, Listing, PLAN, Row, progress};
use crate::cli::printer::{Printer, Reader};
use crate::plan::{Field, State, TaskId};
use crate::words::{Lang, Phrase};

pub(super) fn write(listing: &Listing, out: &mut Printer) -> io::Result<()> {
    // Written to memory first, because the table would hide why its reader has gone.
    let mut csv = Vec::new();
    write_table(listing, &mut csv)?;
    if out.reader() == Reader::Program {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    }
    out.write_all(&csv)
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

fn write_table(listing: &Listing, csv: &mut Vec<u8>) -> io::Result<()> {
    let mut table = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(csv);
    let lang = listing.lang;
    let plan = listing.is_of_several().then(|| PLAN.say(lang));
    table.write_record(plan.into_iter().chain(COLUMNS.iter().map(|column| column.heading.say(lang))))?;
    for row in &listing.rows {
        let cells = COLUMNS.iter().map(|column| (column.cell)(row, lang));
        table.write_record(listing.plan_of(row).into_iter().chain(cells).map(harmless))?;
    }
    table.flush()
}

struct Column {
    heading: Phrase,
    cell: fn(&Row, Lang) -> String,
}

/// What is new stands last: the columns of a spreadsheet are known by their letters.
const COLUMNS: [Column; 14] = [
    Column { heading: TaskId::LABEL, cell: |row, _| row.task.id.to_string() },
    Column { heading: Field::No.label(), cell: |row, _| row.task.no.clone() },
    Column { heading: Field::Title.label(), cell: |row, _| row.task.title.clone() },
    Column { heading: Field::Lead.label(), cell: |row, _| row.task.lead.join("; ") },
    Column { heading: Field::Support.label(), cell: |row, _| row.task.support.join("; ") },
    Column { heading: Field::Quarters.label(), cell: |row, _| row.task.quarters.to_string() },
    Column { heading: Field::Time.label(), cell: |row, _| row.task.time.clone() },
    Column { heading: DEADLINE, cell: |row, _| day(row.deadline) },
    Column { heading: Field::Status.label(), cell: |row, lang| row.task.status.label().say(lang).to_owned() },
    Column { heading: State::HEADING, cell: progress },
    Column { heading: Field::DoneOn.label(), cell: |row, _| day(row.task.done_on) },
    Column { heading: Field::Output.label(), cell: |row, _| row.task.output.clone() },
    Column { heading: Field::Note.label(), cell: |row, _| row.task.note.clone() },
    Column { heading: FIRST_DEADLINE, cell: |row, _| day(row.first_deadline) },
];

/// Spreadsheets take this for a date whatever their language is.
fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// A spreadsheet would run a cell that begins so as a formula (CWE-1236), quoted or not.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}
