//! The list for the eye: one task a line, as much of it as the terminal is wide.

use std::io::{self, Write as _};

use super::Listing;
use crate::cli::printer::{Colour, Printer};
use crate::cli::rows::{ListColumn, PrintForm, TaskRow};
use crate::cli::{Call, Streams, as_of, printed};
use crate::config::Palette;
use crate::plan::{Field, State, Status, query};
use crate::text::{self, Needle};
use crate::words::Phrase;

pub(super) fn write(listing: &Listing, search: &str, streams: &mut Streams) -> io::Result<()> {
    let call = listing.call;
    if listing.rows.is_empty() {
        let nothing = call.say(Phrase::new("không có việc nào", "no tasks"));
        return match query::wider(&Needle::parse(search)) {
            Some(wider) => streams.notes.line(format!("{nothing}. {}", call.say(wider))),
            None => streams.notes.line(nothing),
        };
    }
    let columns = shown(listing);
    let heading = line(columns.iter().map(|column| column.cut(column.heading)), call, streams.out);
    writeln!(streams.out, "{heading}")?;
    for (at, row) in listing.rows.iter().enumerate() {
        let line = line(columns.iter().map(|column| column.cut(&column.cells[at])), call, streams.out);
        write_row(&line, columns[0].width, row, call, streams.out)?;
    }
    streams.out.lines(as_of::told_of_another_day(call, &listing.opened.files))
}

/// The cells behind each other, cut where a very narrow terminal ends.
fn line(cells: impl Iterator<Item = String>, call: &Call, out: &Printer) -> String {
    let line = cells.collect::<Vec<_>>().join(GAP);
    let line = out.printable(line.trim_end());
    text::cut(&line, call.width().unwrap_or(usize::MAX)).into_owned()
}

const GAP: &str = "  ";

/// A column, and what stands in it.
struct FilledColumn {
    column: ListColumn,
    heading: &'static str,
    cells: Vec<String>,
    width: usize,
}

impl FilledColumn {
    /// The cell, cut or filled up to the column's width.
    fn cut(&self, cell: &str) -> String {
        printed::padded(&text::cut(cell, self.width), self.width)
    }
}

/// The columns that there is room for.
fn shown(listing: &Listing) -> Vec<FilledColumn> {
    let call = listing.call;
    let form = PrintForm::Table(call.settings.signs());
    let shown = |column: ListColumn| {
        let heading = call.say(column.heading(form));
        let text = |row| text::line(&column.cell(row, form, call.lang())).into_owned();
        let cells: Vec<String> = listing.rows.iter().map(text).collect();
        let widths = cells.iter().map(|cell| text::width(cell));
        let width = widths.chain([text::width(heading)]).max().unwrap_or_default();
        FilledColumn { column, heading, cells, width }
    };
    let mut columns: Vec<FilledColumn> = form.columns().into_iter().map(shown).collect();
    columns.retain(|column| column.cells.iter().any(|cell| !cell.is_empty()));
    if let Some(width) = call.width() {
        fit(&mut columns, spare(listing), width);
    }
    columns
}

/// What may go for want of room, in this order. The ids stay where the numbers do not name one task only.
fn spare(listing: &Listing) -> &'static [ListColumn] {
    if listing.has_clear_numbers() { &SPARE } else { &SPARE[1..] }
}

const LEAD: ListColumn = ListColumn::Field(Field::Lead);
const SPARE: [ListColumn; 4] = [ListColumn::Id, ListColumn::DaysLeft, ListColumn::FirstDeadline, LEAD];

/// Narrows the agencies and the plans, drops what there is no room for, and gives the rest of the line to the title.
fn fit(columns: &mut Vec<FilledColumn>, spare: &[ListColumn], width: usize) {
    for column in columns.iter_mut().filter(|column| [LEAD, ListColumn::Plan].contains(&column.column)) {
        column.width = column.width.min(LEAST_LEAD.max(width / 5));
    }
    for spare in spare {
        if taken(columns) + LEAST_TITLE > width {
            columns.retain(|column| column.column != *spare);
        }
    }
    let room = width.saturating_sub(taken(columns)).max(1);
    let title = columns.last_mut().expect("the title is never dropped");
    title.width = title.width.min(room);
}

const LEAST_LEAD: usize = 12;
const LEAST_TITLE: usize = 30;

/// The cells of all columns but the title, with the gaps behind them.
fn taken(columns: &[FilledColumn]) -> usize {
    let but_title = &columns[..columns.len() - 1];
    but_title.iter().map(|column| column.width + GAP.len()).sum()
}

/// The line, its first cell in the colours of the board: all of it if it must not be missed, else its sign.
fn write_row(line: &str, width: usize, row: &TaskRow, call: &Call, out: &mut Printer) -> io::Result<()> {
    let end = line.char_indices().nth(width.min(text::width(line))).map_or(line.len(), |(at, _)| at);
    let state = line[..end].trim_end();
    let sign = &state[..state.chars().next().map_or(0, char::len_utf8)];
    let (colour, coloured) = match (row.state, row.task.status) {
        (State::Overdue, _) => (Colour::RED, state),
        (State::DueToday | State::DueSoon, _) => (Colour::YELLOW, state),
        (_, Status::Done) => (Colour::GREEN, sign),
        (_, Status::Doing) if call.settings.config.theme == Palette::Light => (Colour::BLUE, sign),
        (_, Status::Doing) => (Colour::CYAN, sign),
        (_, Status::Paused) => (Colour::YELLOW, sign),
        (_, Status::Todo | Status::Dropped) => return writeln!(out, "{line}"),
    };
    if !call.can_colour() {
        return writeln!(out, "{line}");
    }
    out.write_coloured(colour, coloured)?;
    writeln!(out, "{}", &line[coloured.len()..])
}
