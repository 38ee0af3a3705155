//! The screen as the terminal shows it, and the few bytes that turn it into the next one.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::pen::{Pen, SHOWN_ON_BLANK, is_single};

/// A frame beyond this many bytes takes long enough to be seen half drawn.
const LARGE_FRAME: usize = 2048;

/// Clearing the rest of a row costs three bytes.
const CLEARING_PAYS: usize = 4;

const BLANK: Cell = Cell::EMPTY;

/// Whether the terminal may be asked (mode 2026) to show a large frame only when all of it has come.
/// Never inside tmux and screen: tmux 3.7 answers the end mark by sending its whole pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synchronized {
    LargeFrames,
    Never,
}

/// What has been sent so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    pub frames: u64,
    pub bytes: u64,
    pub writes: u64,
}

/// A backend that remembers what is on the screen and sends a frame in one write, or nothing where
/// nothing changed. The writer must not buffer lines of its own: see `Output`.
#[derive(Debug)]
pub struct Screen<W: Write> {
    writer: W,
    synchronized: Synchronized,
    /// Of the window.
    size: Size,
    /// Of what was last drawn. It follows the size of the window only when something is drawn, as ratatui's
    /// own buffers do: a window that went and came back in between has the same picture for both.
    laid_out: Size,
    /// What the terminal shows, and what it is to show, row after row.
    shown: Vec<Cell>,
    next: Vec<Cell>,
    /// The rows of `next` that have been drawn on.
    drawn: Vec<bool>,
    must_clear: bool,
    cursor: Cursor,
    pen: Pen,
    sent: Sent,
}

#[derive(Debug, Clone, Copy, Default)]
struct Cursor {
    position: Position,
    visible: bool,
}

impl<W: Write> Screen<W> {
    pub fn new(writer: W, (width, height): (u16, u16), synchronized: Synchronized) -> Self {
        let mut screen = Self {
            writer,
            synchronized,
            size: Size { width, height },
            laid_out: Size::ZERO,
            shown: Vec::new(),
            next: Vec::new(),
            drawn: Vec::new(),
            must_clear: true,
            cursor: Cursor::default(),
            pen: Pen::default(),
            sent: Sent::default(),
        };
        screen.lay_out();
        screen
    }

    /// The window is now this large. All is sent again, also when the size is the one from before: a window
    /// that went and came back has lost what it could not hold.
    pub fn resized(&mut self, width: u16, height: u16) {
        self.size = Size { width, height };
        self.repaint();
    }

    /// Sends everything again with the next frame, because someone else may have written on the terminal.
    pub fn repaint(&mut self) {
        self.must_clear = true;
    }

    pub fn sent(&self) -> Sent {
        self.sent
    }

    pub fn writer(&self) -> &W {
        &self.writer
    }

    pub fn writer_mut(&mut self) -> &mut W {
        &mut self.writer
    }

    fn lay_out(&mut self) {
        if self.laid_out != self.size {
            self.laid_out = self.size;
            self.next = vec![BLANK; self.size.area() as usize];
            self.drawn = vec![true; usize::from(self.size.height)];
            self.pen.set_width(self.size.width);
        }
    }

    fn place(&self, x: u16, y: u16) -> Option<usize> {
        let inside = x < self.laid_out.width && y < self.laid_out.height;
        inside.then(|| usize::from(y) * usize::from(self.laid_out.width) + usize::from(x))
    }

    fn row(&self, y: u16) -> std::ops::Range<usize> {
        let width = usize::from(self.laid_out.width);
        let start = usize::from(y) * width;
        start..start + width
    }

    fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        let Some(place) = self.place(x, y) else { return };
        // ratatui sends the columns behind some emoji as blanks; they would break the emoji in two.
        if self.next[place].symbol() == COVERED && cell.symbol() == " " {
            return;
        }
        let room = self.laid_out.width - x;
        let row_end = self.row(y).end;
        self.drawn[usize::from(y)] = true;
        self.free(place, row_end);
        let (symbol, width) = drawable(cell.symbol(), room);
        self.next[place] = settled(cell, symbol);
        for covered in place + 1..place + width {
            self.free(covered, row_end);
            self.next[covered].set_symbol(COVERED);
        }
    }

    /// Makes room for another character: what is left of a wide one that stood here becomes blank.
    fn free(&mut self, place: usize, row_end: usize) {
        let is_covered = |cell: &Cell| cell.symbol() == COVERED;
        let mut start = place;
        while is_covered(&self.next[start]) {
            start -= 1;
        }
        if start < place {
            self.next[start] = BLANK;
        }
        let behind = &mut self.next[start + 1..row_end];
        behind.iter_mut().take_while(|cell| is_covered(cell)).for_each(|cell| *cell = BLANK);
    }

    fn compose(&mut self) {
        if std::mem::take(&mut self.must_clear) {
            self.pen.clear_screen();
            self.shown = vec![BLANK; self.next.len()];
            self.drawn.fill(true);
        }
        for y in 0..self.laid_out.height {
            if std::mem::take(&mut self.drawn[usize::from(y)]) {
                self.compose_row(y);
            }
        }
        self.compose_cursor();
    }

    fn compose_row(&mut self, y: u16) {
        let row = self.row(y);
        let (shown, next) = (&mut self.shown[row.clone()], &self.next[row]);
        if shown == next {
            return;
        }
        let single = |cells: &[Cell]| cells.iter().all(|cell| is_single(cell.symbol()));
        if single(shown) && single(next) {
            compose_changes(&mut self.pen, y, shown, next);
        } else {
            compose_afresh(&mut self.pen, y, next);
        }
        shown.clone_from_slice(next);
    }

    fn compose_cursor(&mut self) {
        let Size { width, height } = self.laid_out;
        if !self.cursor.visible || width == 0 || height == 0 {
            return self.pen.hide_cursor();
        }
        let Position { x, y } = self.cursor.position;
        self.pen.go(Position { x: x.min(width - 1), y: y.min(height - 1) });
        self.pen.show_cursor();
    }

    fn send(&mut self) -> io::Result<()> {
        let frame = self.pen.written();
        if frame.is_empty() {
            return Ok(());
        }
        self.sent.frames += 1;
        if frame.len() > LARGE_FRAME && self.synchronized == Synchronized::LargeFrames {
            let whole = [b"\x1b[?2026h", frame, b"\x1b[?2026l"].concat();
            write_whole(&mut self.writer, &whole, &mut self.sent)
        } else {
            write_whole(&mut self.writer, frame, &mut self.sent)
        }
    }
}

/// Sends the cells that differ. Every cell of the row is one character in one column.
fn compose_changes(pen: &mut Pen, y: u16, shown: &[Cell], next: &[Cell]) {
    let cleared = cleared_tail(shown, next);
    for x in (0..cleared.unwrap_or(next.len())).filter(|&x| shown[x] != next[x]) {
        reach(pen, next, x, y);
        pen.print(&next[x]);
    }
    if let Some(x) = cleared {
        reach(pen, next, x, y);
        pen.clear_to_end_of_row();
    }
}

/// Sends the whole row from an empty one. Terminals differ in what becomes of the halves of a wide character
/// and of marks without a letter, so nothing that stands there is relied on.
fn compose_afresh(pen: &mut Pen, y: u16, next: &[Cell]) {
    pen.go(Position { x: 0, y });
    pen.clear_to_end_of_row();
    for (x, cell) in next.iter().enumerate() {
        if *cell != BLANK && cell.symbol() != COVERED {
            pen.go(Position { x: x as u16, y });
            pen.print(cell);
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

fn reach(pen: &mut Pen, row: &[Cell], x: usize, y: u16) {
    let to = Position { x: x as u16, y };
    match pen.stands_in_row(y) {
        Some(from) if usize::from(from) < x => pen.cross(&row[usize::from(from)..x], to),
        _ => pen.go(to),
    }
}

/// In the columns that the wide character before them reaches over.
const COVERED: &str = "";

/// The cell as it is drawn: without what no one sees on a blank, and without what must not reach a terminal.
fn settled(cell: &Cell, symbol: &str) -> Cell {
    let mut settled = Cell::EMPTY;
    (settled.fg, settled.bg, settled.modifier) = (cell.fg, cell.bg, cell.modifier);
    settled.set_symbol(symbol);
    if symbol == " " {
        settled.modifier &= SHOWN_ON_BLANK;
    }
    if symbol == " " && settled.modifier == Modifier::empty() {
        settled.fg = Color::Reset;
    }
    settled
}

/// The character, and how many columns it takes.
fn drawable(symbol: &str, room: u16) -> (&str, usize) {
    if is_single(symbol) {
        return (symbol, 1);
    }
    if symbol.contains(char::is_control) {
        return ("?", 1);
    }
    match symbol.width() {
        0 => (" ", 1),
        width if width > usize::from(room) => (" ", 1),
        width => (symbol, width),
    }
}

/// `Write::write_all`, with each write counted.
fn write_whole(writer: &mut impl Write, mut rest: &[u8], sent: &mut Sent) -> io::Result<()> {
    while !rest.is_empty() {
        match writer.write(rest) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(count) => {
                sent.writes += 1;
                sent.bytes += count as u64;
                rest = &rest[count..];
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    writer.flush()
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.lay_out();
        content.for_each(|(x, y, cell)| self.put(x, y, cell));
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor.visible = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor.visible = true;
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.position)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.cursor.position = position.into();
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.lay_out();
        let all = 0..self.next.len();
        if region == ClearType::All {
            self.next[all].fill(BLANK);
            self.repaint();
            return Ok(());
        }
        let Position { x, y } = self.cursor.position;
        let Some(cursor) = self.place(x, y) else { return Ok(()) };
        let cleared = match region {
            ClearType::All | ClearType::AfterCursor => cursor..all.end,
            ClearType::BeforeCursor => 0..cursor + 1,
            ClearType::CurrentLine => self.row(y),
            ClearType::UntilNewLine => cursor..self.row(y).end,
        };
        self.next[cleared].fill(BLANK);
        self.drawn.fill(true);
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.size)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.compose();
        let result = self.send();
        self.pen.start_again();
        // What has come through of a frame that was not sent whole, nobody knows.
        if result.is_err() {
            self.repaint();
        }
        result
    }
}
