//! What is to be shown, as the fewest bytes that a terminal needs for it: where its cursor stands and in which look it
//! writes is remembered.

use std::io::Write as _;

use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

/// What shows on a blank cell as well; bold, italics and the colour of a letter do not.
pub(super) const SHOWN_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// How a character looks. The plain look, on the terminal's own colours, is the default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// Gathers what is to be written. It knows nothing of the terminal until it has cleared the screen.
#[derive(Debug, Default)]
pub(super) struct Encoder {
    bytes: Vec<u8>,
    /// `None` after anything whose width terminals do not agree on. A column equal to `width` is the
    /// state after the last column has been written, when the terminal wraps at the next character.
    at: Option<Position>,
    look: Option<Look>,
    cursor_shown: Option<bool>,
    width: u16,
}

impl Encoder {
    pub(super) fn written(&self) -> &[u8] {
        &self.bytes
    }

    /// The room that the bytes took is kept for the next frame.
    pub(super) fn start_again(&mut self) {
        self.bytes.clear();
    }

    pub(super) fn set_width(&mut self, width: u16) {
        self.width = width;
    }

    /// Begins from nothing: someone else may have written on the terminal.
    pub(super) fn clear_screen(&mut self) {
        self.bytes.extend_from_slice(b"\x1b[m\x1b[H\x1b[2J");
        self.cursor_shown = None;
        self.look = Some(Look::default());
        self.at = Some(Position::ORIGIN);
    }

    /// Clears from here to the end of the row. The cursor must stand on a column, not past the last one.
    pub(super) fn clear_to_end_of_row(&mut self) {
        self.take_empty_ground();
        self.bytes.extend_from_slice(b"\x1b[K");
    }

    /// Clears so many columns from here on, and stays where it is. On the plain ground only: not every terminal clears
    /// to another one.
    pub(super) fn clear_columns(&mut self, columns: u16) {
        self.take_empty_ground();
        self.bytes.extend_from_slice(&counted(columns, 'X'));
    }

    /// The look of a letter does not show where nothing is written.
    fn take_empty_ground(&mut self) {
        if !self.look.is_some_and(|look| look.on_blank() == Look::default()) {
            self.take_look(Look::default());
        }
    }

    pub(super) fn show_cursor(&mut self) {
        if self.cursor_shown.replace(true) != Some(true) {
            self.bytes.extend_from_slice(b"\x1b[?25h");
        }
    }

    pub(super) fn hide_cursor(&mut self) {
        if self.cursor_shown.replace(false) != Some(false) {
            self.bytes.extend_from_slice(b"\x1b[?25l");
        }
    }

    pub(super) fn print(&mut self, cell: &Cell) {
        self.print_before(cell, cell);
    }

    /// Writes a cell. A blank takes on the look of the letter that comes next already, where it looks the same in it.
    pub(super) fn print_before(&mut self, cell: &Cell, letter: &Cell) {
        if !self.suits(cell) {
            let (own, next) = (Look::of(cell), Look::of(letter));
            let is_alike = cell.symbol() == " " && own.on_blank() == next.on_blank();
            self.take_look(if is_alike { next } else { own });
        }
        self.bytes.extend_from_slice(cell.symbol().as_bytes());
        self.at = self
            .at
            .filter(|_| is_single(cell.symbol()))
            .map(|at| Position { x: at.x.saturating_add(1), ..at });
    }

    /// Goes right over cells that stay as they are: by writing them again where that is shorter than moving.
    /// They stand between the cursor and `to`, in the same row.
    pub(super) fn cross(&mut self, cells: &[Cell], to: Position) {
        let length: usize = cells.iter().map(|cell| cell.symbol().len()).sum();
        let step = if cells.len() == 1 { "\x1b[C".len() } else { "\x1b[9C".len() };
        if length <= step && cells.iter().all(|cell| is_single(cell.symbol()) && self.suits(cell)) {
            for cell in cells {
                self.print(cell);
            }
        }
        self.go(to);
    }

    pub(super) fn stands_in_row(&self, y: u16) -> Option<u16> {
        self.at.filter(|at| at.y == y).map(|at| at.x)
    }

    pub(super) fn go(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        let absolute = absolute(to);
        let way = self.at.map(|from| relative(from, to, self.width)).filter(|way| way.len() < absolute.len());
        self.bytes.extend_from_slice(&way.unwrap_or(absolute));
        self.at = Some(to);
    }

    /// Whether the cell would look right if it was written now.
    fn suits(&self, cell: &Cell) -> bool {
        let Some(look) = self.look else { return false };
        if cell.symbol() == " " {
            return look.on_blank() == Look::of(cell).on_blank();
        }
        look == Look::of(cell)
    }

    fn take_look(&mut self, to: Look) {
        if self.look == Some(to) {
            return;
        }
        let afresh = to.codes_afresh();
        let codes = self.look.map(|from| to.codes_from(from)).filter(|it| it.len() <= afresh.len());
        self.bytes.extend_from_slice(b"\x1b[");
        self.bytes.extend_from_slice(codes.unwrap_or(afresh).as_bytes());
        self.bytes.push(b'm');
        self.look = Some(to);
    }
}

impl Look {
    pub(super) fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// What is left of the look on a blank: two looks that agree here draw the same blank.
    fn on_blank(self) -> Self {
        let modifier = self.modifier & SHOWN_ON_BLANK;
        let fg = if modifier.is_empty() { Color::Reset } else { self.fg };
        Self { fg, bg: self.bg, modifier }
    }

    /// The codes that lead here from anywhere; none at all for the plain look, as in `CSI m`.
    fn codes_afresh(self) -> String {
        match self.codes_from(Self::default()) {
            codes if codes.is_empty() => codes,
            codes => format!("0;{codes}"),
        }
    }

    fn codes_from(self, from: Self) -> String {
        let mut codes: Vec<String> = Vec::new();
        let mut held = from.modifier;
        for (modifiers, off) in OFF {
            if (held & modifiers).difference(self.modifier).is_empty() {
                continue;
            }
            codes.push(off.to_string());
            held.remove(modifiers);
        }
        let on = ON.iter().filter(|(modifier, _)| self.modifier.difference(held).contains(*modifier));
        codes.extend(on.map(|(_, code)| code.to_string()));
        if self.fg != from.fg {
            codes.push(color_code(self.fg, 30));
        }
        if self.bg != from.bg {
            codes.push(color_code(self.bg, 40));
        }
        codes.join(";")
    }
}

const ON: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

const OFF: [(Modifier, u8); 7] = [
    (Modifier::BOLD.union(Modifier::DIM), 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), 25),
    (Modifier::REVERSED, 27),
    (Modifier::HIDDEN, 28),
    (Modifier::CROSSED_OUT, 29),
];

/// `base` is 30 for letters and 40 for what is behind them.
fn color_code(color: Color, base: u8) -> String {
    let short = |n: u8| (base + n).to_string();
    match color {
        Color::Reset => short(9),
        Color::Black => short(0),
        Color::Red => short(1),
        Color::Green => short(2),
        Color::Yellow => short(3),
        Color::Blue => short(4),
        Color::Magenta => short(5),
        Color::Cyan => short(6),
        Color::Gray => short(7),
        Color::DarkGray => short(60),
        Color::LightRed => short(61),
        Color::LightGreen => short(62),
        Color::LightYellow => short(63),
        Color::LightBlue => short(64),
        Color::LightMagenta => short(65),
        Color::LightCyan => short(66),
        Color::White => short(67),
        Color::Indexed(n) => format!("{};5;{n}", base + 8),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", base + 8),
    }
}

/// One character, one column wide: after it every terminal stands one column further. A letter followed by
/// combining marks is not such a one, because some terminals give the marks columns of their own.
pub(super) fn is_single(symbol: &str) -> bool {
    if let [byte] = symbol.as_bytes() {
        return (b' '..=b'~').contains(byte);
    }
    let mut chars = symbol.chars();
    let first = chars.next();
    chars.next().is_none() && first.and_then(UnicodeWidthChar::width) == Some(1)
}

fn absolute(to: Position) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(8);
    let (row, column) = (u32::from(to.y) + 1, u32::from(to.x) + 1);
    match (row, column) {
        (1, 1) => write!(bytes, "\x1b[H"),
        (_, 1) => write!(bytes, "\x1b[{row}H"),
        _ => write!(bytes, "\x1b[{row};{column}H"),
    }
    .expect("a vector takes every byte");
    bytes
}

/// The way along rows and columns. From past the last column it must begin with a carriage return, because
/// there the terminals differ in what a step is.
fn relative(from: Position, to: Position, width: u16) -> Vec<u8> {
    let from_start = [b"\r".to_vec(), vertical(from.y, to.y), forward(to.x)].concat();
    if from.x >= width {
        return from_start;
    }
    let aside = if to.x < from.x { back(from.x - to.x) } else { forward(to.x - from.x) };
    let straight = [vertical(from.y, to.y), aside].concat();
    if straight.len() <= from_start.len() { straight } else { from_start }
}

fn vertical(from: u16, to: u16) -> Vec<u8> {
    if to >= from { repeated_or_counted(b'\n', to - from, 'B') } else { counted(from - to, 'A') }
}

fn back(columns: u16) -> Vec<u8> {
    repeated_or_counted(b'\x08', columns, 'D')
}

fn forward(columns: u16) -> Vec<u8> {
    counted(columns, 'C')
}

fn repeated_or_counted(control: u8, count: u16, command: char) -> Vec<u8> {
    if usize::from(count) <= counted(count, command).len() {
        vec![control; usize::from(count)]
    } else {
        counted(count, command)
    }
}

fn counted(count: u16, command: char) -> Vec<u8> {
    match count {
        0 => Vec::new(),
        1 => format!("\x1b[{command}").into_bytes(),
        _ => format!("\x1b[{count}{command}").into_bytes(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(fg: Color, modifier: Modifier) -> Look {
        Look { fg, bg: Color::Reset, modifier }
    }

    fn pen_at(x: u16, y: u16) -> Encoder {
        Encoder { at: Some(Position { x, y }), look: Some(Look::default()), width: 80, ..Encoder::default() }
    }

    fn way(from: (u16, u16), to: (u16, u16)) -> String {
        let mut encoder = pen_at(from.0, from.1);
        encoder.go(to.into());
        String::from_utf8(encoder.bytes).unwrap()
    }

    #[test]
    fn the_shortest_way_is_taken() {
        assert_eq!(way((5, 5), (5, 5)), "");
        assert_eq!(way((5, 5), (6, 5)), "\x1b[C");
        assert_eq!(way((5, 5), (30, 5)), "\x1b[25C");
        assert_eq!(way((5, 5), (3, 5)), "\x08\x08");
        assert_eq!(way((50, 5), (0, 5)), "\r");
        assert_eq!(way((50, 5), (0, 6)), "\r\n");
        assert_eq!(way((50, 5), (50, 7)), "\n\n");
        assert_eq!(way((50, 5), (50, 3)), "\x1b[2A");
        assert_eq!(way((50, 5), (0, 0)), "\x1b[H");
        assert_eq!(way((80, 5), (0, 6)), "\r\n", "past the last column");
        assert_eq!(way((80, 5), (79, 5)), "\r\x1b[79C", "never a step back from past the last column");
    }

    #[test]
    fn a_look_changes_by_what_differs() {
        let bold = look(Color::Reset, Modifier::BOLD);
        let red_bold = look(Color::Red, Modifier::BOLD);
        let dim_bold = look(Color::Reset, Modifier::BOLD | Modifier::DIM);
        assert_eq!(red_bold.codes_from(bold), "31");
        assert_eq!(bold.codes_from(dim_bold), "22;1", "one code ends both");
        assert_eq!(red_bold.codes_afresh(), "0;1;31");
        assert_eq!(Look::default().codes_afresh(), "");
        assert_eq!(color_code(Color::White, 40), "107");
        assert_eq!(color_code(Color::Rgb(1, 2, 3), 40), "48;2;1;2;3");
    }

    #[test]
    fn a_letter_with_combining_marks_is_not_trusted_to_be_one_column() {
        assert!(is_single("ế") && is_single("│") && is_single(" "));
        assert!(!is_single("e\u{302}\u{301}") && !is_single("漢") && !is_single(""));
    }
}
