//! The list for the eye: one task a line, as much of it as the terminal is wide.

use std::borrow::Cow;
use std::io;

use super::{Listing, Row};
use crate::cli::{Call, Streams, saying};
use crate::plan::time::{self, write_date};
use crate::plan::{Field, State, TaskId};
use crate::text;
use crate::words::{Lang, Phrase};

pub(super) fn write(listing: &Listing, call: &Call, streams: &mut Streams) -> io::Result<()> {
    if listing.rows.is_empty() {
        return writeln!(streams.notes, "{}", call.printable(NOTHING.say(listing.lang)));
    }
    let columns = columns(listing, call);
    let headings =
        columns.iter().map(|column| column.cut(column.heading.say(listing.lang))).collect::<Vec<_>>();
    let heading = headings.join(GAP);
    writeln!(streams.out, "{}", within(call.printable(heading.trim_end()), call))?;
    for (at, row) in listing.rows.iter().enumerate() {
        let cells = columns.iter().map(|column| column.cut(&column.cells[at])).collect::<Vec<_>>();
        let line = cells.join(GAP);
        let line = within(call.printable(line.trim_end()), call);
        writeln!(streams.out, "{}", painted(&line, &columns[0], row.state, call))?;
    }
    Ok(())
}

/// The line, cut where a very narrow terminal ends.
fn within<'a>(line: Cow<'a, str>, call: &Call) -> Cow<'a, str> {
    match call.width() {
        Some(width) if text::width(&line) > width => Cow::Owned(text::cut(&line, width).into_owned()),
        _ => line,
    }
}

const NOTHING: Phrase = Phrase::new("không có việc nào", "no tasks");
const GAP: &str = "  ";

struct Column {
    heading: Phrase,
    cells: Vec<String>,
    width: usize,
}

impl Column {
    fn of(heading: Phrase, listing: &Listing, cell: impl Fn(&Row) -> String) -> Self {
        let cells: Vec<String> = listing.rows.iter().map(cell).collect();
        let widest = cells.iter().map(|cell| text::width(cell)).max().unwrap_or_default();
        Self { heading, cells, width: widest.max(text::width(heading.say(listing.lang))) }
    }

    /// The cell, cut or filled up to the column's width.
    fn cut(&self, cell: &str) -> String {
        let cut = text::cut(cell, self.width);
        let blanks = self.width.saturating_sub(text::width(&cut));
        format!("{cut}{}", " ".repeat(blanks))
    }
}

/// The columns that there is room for. The title comes last and takes what is left.
fn columns(listing: &Listing, call: &Call) -> Vec<Column> {
    let lang = listing.lang;
    let mut columns = vec![
        Column::of(State::HEADING, listing, |row| state(row, call)),
        Column::of(NO, listing, |row| text::line(&row.task.no).into_owned()),
        Column::of(ID, listing, |row| text::line(&row.task.id.to_string()).into_owned()),
        Column::of(DEADLINE, listing, |row| row.deadline.map(write_date).unwrap_or_default()),
        Column::of(DAYS, listing, |row| days(row, lang)),
        Column::of(LEAD, listing, |row| saying::names(&row.task.lead)),
        Column::of(Field::Title.label(), listing, |row| text::line(&row.task.title).into_owned()),
    ];
    columns.retain(|column| column.cells.iter().any(|cell| !cell.is_empty()));
    if let Some(width) = call.width() {
        fit(&mut columns, spare(listing), width);
    }
    columns
}

const NO: Phrase = Phrase::new("Số", "No.");
const ID: Phrase = TaskId::LABEL;
const DEADLINE: Phrase = Phrase::new("Hạn", "Deadline");
const DAYS: Phrase = Phrase::new("Số ngày", "Days");
const LEAD: Phrase = Field::Lead.short();

fn state(row: &Row, call: &Call) -> String {
    let sign = saying::sign(row.task.status, row.state, call.settings.signs());
    format!("{sign} {}", row.state.label().say(call.lang()))
}

fn days(row: &Row, lang: Lang) -> String {
    row.days_left.map(|days| time::days_left(days, lang)).unwrap_or_default()
}

/// What may go for want of room, in this order. The ids stay where the numbers do not name one task only.
fn spare(listing: &Listing) -> &'static [Phrase] {
    if listing.has_clear_numbers() { &[ID, DAYS, LEAD] } else { &[DAYS, LEAD] }
}

/// Narrows the agencies, drops what there is no room for, and gives the rest of the line to the title.
fn fit(columns: &mut Vec<Column>, spare: &[Phrase], width: usize) {
    for column in columns.iter_mut().filter(|column| column.heading == LEAD) {
        column.width = column.width.min(LEAST_LEAD.max(width / 5));
    }
    for heading in spare {
        if taken(columns) + LEAST_TITLE > width {
            columns.retain(|column| column.heading != *heading);
        }
    }
    let room = width.saturating_sub(taken(columns)).max(1);
    let title = columns.last_mut().expect("the title is never dropped");
    title.width = title.width.min(room);
}

const LEAST_LEAD: usize = 12;
const LEAST_TITLE: usize = 30;

/// The cells of all columns but the title, with the gaps behind them.
fn taken(columns: &[Column]) -> usize {
    let but_title = &columns[..columns.len() - 1];
    but_title.iter().map(|column| column.width + GAP.len()).sum()
}

/// The line with its state as a badge: both colours are set, so that it can be read on any background.
fn painted(line: &str, first: &Column, state: State, call: &Call) -> String {
    let Some(colours) = badge(state).filter(|_| call.world.can_colour()) else {
        return line.to_owned();
    };
    let label = first.width.min(text::width(line));
    let end = line.char_indices().nth(label).map_or(line.len(), |(at, _)| at);
    let (label, rest) = line.split_at(end);
    let word = label.trim_end();
    format!("\x1b[{colours}m{word}\x1b[0m{}{rest}", &label[word.len()..])
}

const fn badge(state: State) -> Option<&'static str> {
    match state {
        State::Overdue => Some("97;41"),
        State::DueToday | State::DueSoon => Some("30;103"),
        State::DoneLate => Some("30;43"),
        State::DoneOnTime => Some("30;102"),
        State::InTime | State::Ongoing | State::Paused | State::Dropped => None,
    }
}
