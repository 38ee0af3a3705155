//! The screen as the terminal shows it, and the few bytes that turn it into the next one.

use std::io::{self, Write};

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::encoder::{Encoder, Look, SHOWN_ON_BLANK, is_single};

/// A frame beyond this many bytes takes long enough to be seen half drawn.
const LARGE_FRAME: usize = 2048;

/// Clearing the rest of a row costs three bytes.
const CLEARING_PAYS: usize = 4;

/// Clearing some columns costs four or five bytes, and crossing them as many.
const INNER_CLEARING_PAYS: usize = 6;
const CROSSED_CLEARING_PAYS: usize = 11;

/// An edge is drawn by itself from so many rows on.
const EDGE_PAYS: usize = 2;

const BLANK: Cell = Cell::EMPTY;

/// Whether the terminal may be asked (mode 2026) to show a large frame only when all of it has come.
/// Never inside tmux and screen: tmux 3.7 answers the end mark by sending its whole pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synchronized {
    LargeFrames,
    Never,
}

/// A screen that remembers what is on it, and sends a frame in one write, or nothing where nothing changed. The writer
/// must not buffer lines of its own: see `Output`.
#[derive(Debug)]
pub struct Screen<W: Write> {
    writer: W,
    synchronized: Synchronized,
    /// What the terminal shows, and what it is to show.
    shown: Buffer,
    next: Buffer,
    must_clear: bool,
    encoder: Encoder,
}

impl<W: Write> Screen<W> {
    pub fn new(writer: W, (width, height): (u16, u16), synchronized: Synchronized) -> Self {
        let mut screen = Self {
            writer,
            synchronized,
            shown: Buffer::default(),
            next: Buffer::default(),
            must_clear: true,
            encoder: Encoder::default(),
        };
        screen.resized(width, height);
        screen
    }

    /// The window is now this large. All is sent again, also when the size is the one from before: a window
    /// that went and came back has lost what it could not hold.
    pub fn resized(&mut self, width: u16, height: u16) {
        let area = Rect { x: 0, y: 0, width, height };
        (self.shown, self.next) = (Buffer::empty(area), Buffer::empty(area));
        self.encoder.set_width(width);
        self.repaint();
    }

    /// Sends everything again with the next frame, because someone else may have written on the terminal.
    pub fn repaint(&mut self) {
        self.must_clear = true;
    }

    pub fn writer_mut(&mut self) -> &mut W {
        &mut self.writer
    }

    /// Draws a frame and sends what has changed. Whoever paints answers where the cursor belongs, if it is to be seen.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Buffer) -> Option<Position>) -> io::Result<()> {
        self.next.reset();
        let cursor = paint(&mut self.next);
        if std::mem::take(&mut self.must_clear) {
            self.encoder.clear_screen();
            self.shown.reset();
        }
        let width = usize::from(self.next.area.width).max(1);
        let rows = self.shown.content.chunks_mut(width).zip(self.next.content.chunks(width));
        compose(&mut self.encoder, &mut rows.collect::<Vec<_>>());
        self.compose_cursor(cursor);
        std::mem::swap(&mut self.shown, &mut self.next);
        let result = self.send();
        self.encoder.start_again();
        // What has come through of a frame that was not sent whole, nobody knows.
        if result.is_err() {
            self.repaint();
        }
        result
    }

    fn compose_cursor(&mut self, cursor: Option<Position>) {
        let Rect { width, height, .. } = self.next.area;
        match cursor {
            Some(Position { x, y }) if width > 0 && height > 0 => {
                self.encoder.go(Position { x: x.min(width - 1), y: y.min(height - 1) });
                self.encoder.show_cursor();
            }
            _ => self.encoder.hide_cursor(),
        }
    }

    fn send(&mut self) -> io::Result<()> {
        let frame = self.encoder.written();
        if frame.is_empty() {
            return Ok(());
        }
        if frame.len() > LARGE_FRAME && self.synchronized == Synchronized::LargeFrames {
            self.writer.write_all(&[b"\x1b[?2026h", frame, b"\x1b[?2026l"].concat())?;
        } else {
            self.writer.write_all(frame)?;
        }
        self.writer.flush()
    }
}

/// What the terminal shows of a row, and what it is to show.
type RowPair<'a> = (&'a mut [Cell], &'a [Cell]);

/// Sends what differs, row by row. The edges that begin in a row go before it: what they stand beside follows in their
/// ground.
fn compose(encoder: &mut Encoder, rows: &mut [RowPair<'_>]) {
    for top in 0..rows.len() {
        compose_edges(encoder, top, &mut rows[top..]);
        let (shown, next) = &rows[top];
        if *shown != *next {
            compose_row(encoder, top as u16, &drawn(shown), &drawn(next));
        }
    }
}

/// Sends the edges that are new from the first of these rows on, each down to its end: to change the look in every row
/// would take more.
fn compose_edges(encoder: &mut Encoder, top: usize, rows: &mut [RowPair<'_>]) {
    for x in edges(rows[0].0, rows[0].1) {
        let edge = rows[0].1[x].clone();
        let goes_on = |(shown, next): &&RowPair<'_>| {
            next[x] == edge && shown[x] != edge && is_plain(shown) && is_plain(next)
        };
        let length = rows.iter().take_while(goes_on).count();
        if length < EDGE_PAYS {
            continue;
        }
        for (y, (shown, _)) in rows.iter_mut().enumerate().take(length) {
            encoder.go(Position { x: x as u16, y: (top + y) as u16 });
            encoder.print(&edge);
            shown[x] = edge.clone();
        }
    }
}

/// The columns of a row in which something new stands alone, in another look than what follows.
fn edges(shown: &[Cell], next: &[Cell]) -> Vec<usize> {
    if shown == next {
        return Vec::new();
    }
    let is_blank = |x: usize| next.get(x).is_none_or(|cell| cell.symbol() == " ");
    let stands_alone = |x: usize| !is_blank(x) && is_blank(x + 1) && (x == 0 || is_blank(x - 1));
    let is_apart = |x: usize| next.get(x + 2).is_some_and(|cell| Look::of(cell) != Look::of(&next[x]));
    (0..next.len()).filter(|&x| shown[x] != next[x] && stands_alone(x) && is_apart(x)).collect()
}

/// Whether every cell of the row is one character in one column.
fn is_plain(row: &[Cell]) -> bool {
    row.iter().all(|cell| is_single(cell.symbol()))
}

/// Sends a row in which something is another.
fn compose_row(encoder: &mut Encoder, y: u16, shown: &[Cell], next: &[Cell]) {
    if shown == next {
    } else if is_plain(shown) && is_plain(next) {
        compose_changes(encoder, y, shown, next);
    } else {
        compose_afresh(encoder, y, next);
    }
}

/// Sends the cells that differ in a plain row.
fn compose_changes(encoder: &mut Encoder, y: u16, shown: &[Cell], next: &[Cell]) {
    let tail = cleared_tail(shown, next);
    let end = tail.unwrap_or(next.len());
    let changed = |from: usize| (from..end).filter(|&x| shown[x] != next[x]);
    let mut from = 0;
    while let Some(x) = changed(from).next() {
        reach(encoder, next, x, y);
        from = x + 1;
        let blank_to = changed(x).take_while(|&it| next[x..=it].iter().all(|cell| *cell == BLANK)).last();
        if let Some(last) = blank_to.filter(|last| clearing_pays(last - x + 1, changed(last + 1).next())) {
            from = last + 1;
            encoder.clear_columns((from - x) as u16);
        } else {
            let letter = changed(x).find(|&x| next[x].symbol() != " ").unwrap_or(x);
            encoder.print_before(&next[x], &next[letter]);
        }
    }
    if let Some(x) = tail {
        reach(encoder, next, x, y);
        encoder.clear_to_end_of_row();
    }
}

/// Whether clearing so many columns is shorter than writing blanks: the cursor has to cross them where more follows in
/// the row.
fn clearing_pays(columns: usize, following: Option<usize>) -> bool {
    columns >= if following.is_some() { CROSSED_CLEARING_PAYS } else { INNER_CLEARING_PAYS }
}

/// Sends the whole row from an empty one. Terminals differ in what becomes of the halves of a wide character
/// and of marks without a letter, so nothing that stands there is relied on.
fn compose_afresh(encoder: &mut Encoder, y: u16, next: &[Cell]) {
    encoder.go(Position { x: 0, y });
    encoder.clear_to_end_of_row();
    for (x, cell) in next.iter().enumerate() {
        if *cell != BLANK && cell.symbol() != COVERED {
            encoder.go(Position { x: x as u16, y });
            encoder.print(cell);
        }
    }
}

/// The column from which the row is to be blank, where clearing it is shorter than writing blanks.
fn cleared_tail(shown: &[Cell], next: &[Cell]) -> Option<usize> {
    let blank_from = next.iter().rposition(|cell| *cell != BLANK).map_or(0, |last| last + 1);
    let changed = |x: &usize| shown[*x] != next[*x];
    let first = (blank_from..next.len()).find(changed)?;
    let last = (first..next.len()).rfind(changed)?;
    (last - first + 1 >= CLEARING_PAYS).then_some(first)
}

fn reach(encoder: &mut Encoder, row: &[Cell], x: usize, y: u16) {
    let to = Position { x: x as u16, y };
    match encoder.stands_in_row(y) {
        Some(from) if usize::from(from) < x => encoder.cross(&row[usize::from(from)..x], to),
        _ => encoder.go(to),
    }
}

/// In the columns that the wide character before them reaches over.
const COVERED: &str = "";

/// A row as it is drawn: without what no one sees on a blank, without what must not reach a terminal, and with nothing
/// behind a wide character.
fn drawn(row: &[Cell]) -> Vec<Cell> {
    let mut cells = Vec::with_capacity(row.len());
    while let Some(cell) = row.get(cells.len()) {
        let (symbol, width) = drawable(cell.symbol(), row.len() - cells.len());
        let mut drawn = BLANK;
        (drawn.fg, drawn.bg, drawn.modifier) = (cell.fg, cell.bg, cell.modifier);
        if symbol == " " {
            drawn.modifier &= SHOWN_ON_BLANK;
        }
        if symbol == " " && drawn.modifier == Modifier::empty() {
            drawn.fg = Color::Reset;
        }
        drawn.set_symbol(symbol);
        cells.push(drawn.clone());
        drawn.set_symbol(COVERED);
        cells.resize(cells.len() + width - 1, drawn);
    }
    cells
}

/// The character, and how many columns it takes.
fn drawable(symbol: &str, room: usize) -> (&str, usize) {
    if is_single(symbol) {
        return (symbol, 1);
    }
    if symbol.contains(char::is_control) {
        return ("?", 1);
    }
    match symbol.width() {
        0 => (" ", 1),
        width if width > room => (" ", 1),
        width => (symbol, width),
    }
}
