//! The list for the eye: one task a line, as much of it as the terminal is wide.

use std::borrow::Cow;
use std::io::{self, Write as _};

use super::{FIRST_DEADLINE, Listing, PLAN, Row};
use crate::cli::printer::{Colour, Printer};
use crate::cli::{Call, Streams, options, saying};
use crate::config::Palette;
use crate::plan::time::{self, write_date, write_marked_date};
use crate::plan::{Field, State, Status, TaskId, query};
use crate::text::{self, Needle};
use crate::words::{Lang, Phrase};

pub(super) fn write(listing: &Listing, call: &Call, streams: &mut Streams) -> io::Result<()> {
    if listing.rows.is_empty() {
        let nothing = NOTHING.say(listing.lang);
        let search = call.text(options::SEARCH.name).unwrap_or_default();
        let told = match query::wider(&Needle::parse(&search)) {
            Some(wider) => format!("{nothing}. {}", wider.say(listing.lang)),
            None => nothing.to_owned(),
        };
        return writeln!(streams.notes, "{}", call.printable(&told));
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
        write_row(&line, columns[0].width, row, call, streams.out)?;
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
        Column::of(PLAN, listing, |row| listing.plan_of(row).unwrap_or_default()),
        Column::of(NO, listing, |row| text::line(&row.task.no).into_owned()),
        Column::of(ID, listing, |row| text::line(&row.task.id.to_string()).into_owned()),
        Column::of(FIRST_DEADLINE, listing, |row| row.first_deadline.map(write_date).unwrap_or_default()),
        Column::of(DEADLINE, listing, |row| {
            row.deadline.map(|day| write_marked_date(day, lang)).unwrap_or_default()
        }),
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
    if listing.has_clear_numbers() {
        &[ID, DAYS, FIRST_DEADLINE, LEAD]
    } else {
        &[DAYS, FIRST_DEADLINE, LEAD]
    }
}

/// Narrows the agencies and the plans, drops what there is no room for, and gives the rest of the line to the title.
fn fit(columns: &mut Vec<Column>, spare: &[Phrase], width: usize) {
    for column in columns.iter_mut().filter(|column| [LEAD, PLAN].contains(&column.heading)) {
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

/// The line, its first cell in the colours of the board: those of the sign and of what must not be missed.
fn write_row(line: &str, width: usize, row: &Row, call: &Call, out: &mut Printer) -> io::Result<()> {
    let state = row.state;
    if call.can_colour() {
        let sign = line.chars().next().map_or(0, char::len_utf8);
        let end = line.char_indices().nth(width.min(text::width(line))).map_or(line.len(), |(at, _)| at);
        let word = line[..end].trim_end();
        match (colour_of_state(state), colour_of_sign(row.task.status, call)) {
            (Some(colour), _) => out.write_coloured(colour, word)?,
            (None, Some(colour)) => {
                out.write_coloured(colour, &word[..sign])?;
                write!(out, "{}", &word[sign..])?;
            }
            (None, None) => write!(out, "{word}")?,
        }
        return writeln!(out, "{}", &line[word.len()..]);
    }
    writeln!(out, "{line}")
}

const fn colour_of_state(state: State) -> Option<Colour> {
    match state {
        State::Overdue => Some(Colour::Red),
        State::DueToday | State::DueSoon => Some(Colour::Yellow),
        _ => None,
    }
}

fn colour_of_sign(status: Status, call: &Call) -> Option<Colour> {
    match status {
        Status::Done => Some(Colour::Green),
        Status::Doing if call.settings.config.theme == Palette::Light => Some(Colour::Blue),
        Status::Doing => Some(Colour::Cyan),
        Status::Paused => Some(Colour::Yellow),
        Status::Todo | Status::Dropped => None,
    }
}
