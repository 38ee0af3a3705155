//! The list for spreadsheets and for documents.

use std::io::{self, Write};

use super::Listing;
use crate::cli::as_of;
use crate::cli::printer::{Printer, Recipient};
use crate::cli::rows::{ListColumn, PrintForm};
use crate::text;

/// Commas as in RFC 4180, with the mark by which Excel knows UTF-8.
pub(super) fn csv(listing: &Listing, out: &mut Printer) -> io::Result<()> {
    // Written to memory first, because the table would hide why its reader has gone.
    let mut csv = Vec::new();
    let mut table = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut csv);
    for line in lines(listing, PrintForm::Csv, harmless) {
        table.write_record(line)?;
    }
    table.flush()?;
    drop(table);
    if out.reader() == Recipient::Program {
        out.write_all(BYTE_ORDER_MARK.as_bytes())?;
    }
    out.write_all(&csv)
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A table of Markdown.
pub(super) fn markdown(listing: &Listing, out: &mut Printer) -> io::Result<()> {
    let mut lines = lines(listing, PrintForm::Markdown, text::markdown);
    let rule = lines.next().map(|headings| {
        let rule = vec!["---".to_owned(); headings.len()];
        [headings, rule]
    });
    for line in rule.into_iter().flatten().chain(lines) {
        writeln!(out, "| {} |", line.join(" | "))?;
    }
    let told = as_of::told_of_another_day(listing.call, &listing.opened.files);
    out.lines(told.into_iter().flat_map(|told| [String::new(), text::markdown(&told)]))
}

/// The headings, and behind them the cells of each row, made fit for the form.
fn lines<'a>(
    listing: &'a Listing,
    form: PrintForm,
    fit: fn(&str) -> String,
) -> impl Iterator<Item = Vec<String>> + 'a {
    let mut columns = form.columns();
    columns.retain(|column| *column != ListColumn::Plan || listing.opened.are_several());
    let lang = listing.call.lang();
    let headings = columns.iter().map(|column| column.heading(form).say(lang).to_owned()).collect();
    let cells = listing
        .rows
        .iter()
        .map(move |row| columns.iter().map(|column| fit(&column.cell(row, form, lang))).collect::<Vec<_>>());
    std::iter::once(headings).chain(cells)
}

/// A spreadsheet would run a cell that begins so as a formula (CWE-1236), quoted or not.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.to_owned() }
}
