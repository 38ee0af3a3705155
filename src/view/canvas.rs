//! Writing into a part of the screen, and never beyond it.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use super::theme::{Mood, Selection, Signs, Theme};
use crate::text::{self, Needle};

/// Writes into its area; what does not fit is not drawn. All text from a file goes through here, and is
/// cleaned of what could harm the terminal.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    pub(super) area: Rect,
    pub(super) theme: Theme,
}

/// The column in which a heading begins.
const HEADING: usize = 1;

/// A text and how it is written.
pub(super) type StyledText = (String, Style);

/// Cells of pieces one behind the other.
pub(super) fn pieces_width(pieces: &[StyledText]) -> usize {
    pieces.iter().map(|(text, _)| text::width(text)).sum()
}

/// `↑1 ↓5 ▲2`: how much is out of sight above and below, and how many tasks of that are late.
pub(super) fn out_of_sight(theme: Theme, above: usize, below: usize, late: usize) -> Vec<StyledText> {
    let (up, down) = theme.arrows();
    let counts = [
        (up, above, theme.accent()),
        (down, below, theme.accent()),
        (theme.late(), late, theme.words(Mood::Late)),
    ];
    let told = counts.into_iter().filter(|(_, count, _)| *count > 0);
    told.map(|(sign, count, style)| (format!(" {sign}{count}"), style)).collect()
}

impl<'a> Canvas<'a> {
    pub(super) fn new(buffer: &'a mut Buffer, theme: Theme) -> Self {
        let area = buffer.area;
        Self { buffer, area, theme }
    }

    /// A canvas for a part of this one's area.
    pub(super) fn part(&mut self, left: u16, top: u16, width: u16, height: u16) -> Canvas<'_> {
        let wanted =
            Rect { x: self.area.x.saturating_add(left), y: self.area.y.saturating_add(top), width, height };
        let area = wanted.intersection(self.area);
        // An intersection of rectangles that do not touch keeps a place, but no size.
        Canvas { buffer: self.buffer, area, theme: self.theme }
    }

    /// One of its rows.
    pub(super) fn row(&mut self, row: u16) -> Canvas<'_> {
        self.part(0, row, self.area.width, 1)
    }

    pub(super) fn rows(&mut self, rows: std::ops::Range<u16>) -> Canvas<'_> {
        let (width, height) = (self.area.width, rows.end.saturating_sub(rows.start));
        self.part(0, rows.start, width, height)
    }

    pub(super) fn width(&self) -> usize {
        usize::from(self.area.width)
    }

    pub(super) fn height(&self) -> u16 {
        self.area.height
    }

    /// Writes from a column of a row of the area; answers with the column behind the text.
    pub(super) fn write(&mut self, column: usize, row: u16, text: &str, style: Style) -> usize {
        if row >= self.area.height || column >= self.width() {
            return column;
        }
        let text = self.readable(text);
        let (x, y) = (self.area.x + column as u16, self.area.y + row);
        let (end, _) = self.buffer.set_stringn(x, y, &text, self.width() - column, style);
        usize::from(end - self.area.x)
    }

    /// Writes as [`Self::write`], with what a search has found marked.
    pub(super) fn write_found(
        &mut self,
        column: usize,
        row: u16,
        text: &str,
        style: Style,
        needle: &Needle,
    ) -> usize {
        let mark = style.patch(self.theme.found());
        let (mut column, mut from) = (column, 0);
        for found in needle.found_in(text) {
            column = self.write(column, row, &text[from..found.start], style);
            column = self.write(column, row, &text[found.clone()], mark);
            from = found.end;
        }
        self.write(column, row, &text[from..], style)
    }

    /// Writes lines one below the other.
    pub(super) fn write_lines(&mut self, column: usize, top: u16, lines: &[impl AsRef<str>], style: Style) {
        for (row, line) in (top..).zip(lines) {
            self.write(column, row, line.as_ref(), style);
        }
    }

    /// Writes so that the text ends at a column.
    pub(super) fn write_before(&mut self, column: usize, row: u16, text: &str, style: Style) {
        let width = text::width(&self.readable(text));
        if width <= column {
            self.write(column - width, row, text, style);
        }
    }

    /// Writes pieces one behind the other, and answers with the column behind them.
    pub(super) fn write_all(&mut self, mut column: usize, row: u16, pieces: &[StyledText]) -> usize {
        for (text, style) in pieces {
            column = self.write(column, row, text, *style);
        }
        column
    }

    /// Writes pieces so that they end at a column, if they have room there.
    pub(super) fn write_all_before(&mut self, column: usize, row: u16, pieces: &[StyledText]) {
        let width = pieces_width(pieces);
        if width <= column {
            self.write_all(column - width, row, pieces);
        }
    }

    /// Draws a line over the first row, with a heading in it. Answers with the column behind the heading.
    pub(super) fn rule(&mut self, heading: &[StyledText]) -> usize {
        let (line, style) = (self.theme.line(), self.theme.rule());
        self.write(0, 0, &line.repeat(self.width()), style);
        let cells = (pieces_width(heading) as u16).min(self.area.width.saturating_sub(HEADING as u16));
        self.part(HEADING as u16, 0, cells, 1).clear();
        self.write_all(HEADING, 0, heading)
    }

    /// Writes what stands at the end of the line over the first row.
    pub(super) fn rule_end(&mut self, told: &[StyledText]) {
        let end = self.width().saturating_sub(HEADING);
        let start = end.saturating_sub(pieces_width(told));
        self.part(start as u16, 0, (end - start) as u16, 1).clear();
        self.write_all(start, 0, told);
    }

    /// Gives the whole area a style, and leaves what is written there.
    pub(super) fn fill(&mut self, style: Style) {
        self.buffer.set_style(self.area, style);
    }

    /// Draws what is chosen: with its edge, and so that it is found at once. What draws leaves the first column free.
    pub(super) fn choose<T>(&mut self, draw: impl FnOnce(&mut Canvas<'_>) -> T) -> T {
        let (width, height) = (self.area.width, self.area.height);
        self.fill(self.theme.surface());
        let answer = draw(self);
        let reversed = match self.theme.selection() {
            Selection::Surface => 0,
            Selection::FirstLine => height.min(1),
            Selection::Whole => height,
        };
        self.part(1, 0, width.saturating_sub(1), reversed).reverse();
        self.edge(self.theme.mark(), self.theme.accent());
        answer
    }

    /// Draws the edge of what stands in the area, down its first column.
    pub(super) fn edge(&mut self, sign: &str, style: Style) {
        for row in 0..self.height() {
            self.write(0, row, sign, style);
        }
    }

    /// Draws the edge of what is not chosen: a column can be read by its edges alone.
    pub(super) fn mood_edge(&mut self, mood: Mood) {
        let style = match mood {
            Mood::Todo | Mood::Dropped => self.theme.rule(),
            mood => self.theme.sign_style(mood),
        };
        self.edge(self.theme.edge(), style);
    }

    /// Exchanges ground and text, without colours: signs and words say the same.
    fn reverse(&mut self) {
        let style = Style::new()
            .fg(Color::Reset)
            .bg(Color::Reset)
            .remove_modifier(Modifier::DIM)
            .add_modifier(Modifier::REVERSED);
        self.fill(style);
    }

    /// A window over what is there: emptied, with a frame and a heading in it. Answers with what is inside.
    pub(super) fn window(&mut self, area: Rect, heading: &str) -> Canvas<'_> {
        let mut frame = self.part(area.x, area.y, area.width, area.height);
        frame.clear();
        frame.fill(frame.theme.window());
        let (width, height) = (frame.width(), frame.height());
        let style = frame.theme.muted();
        let (top, side, bottom) = frame.theme.frame();
        for row in 0..height {
            frame.write(0, row, side, style);
            frame.write(width.saturating_sub(1), row, side, style);
        }
        for (row, [left, line, right]) in [(0, top), (height.saturating_sub(1), bottom)] {
            frame.write(0, row, &format!("{left}{}{right}", line.repeat(width.saturating_sub(2))), style);
        }
        let heading = text::cut(&format!(" {heading} "), width.saturating_sub(4)).into_owned();
        let mut cells = frame.part(2, 0, text::width(&heading) as u16, 1);
        cells.clear();
        cells.fill(cells.theme.window());
        cells.write(0, 0, &heading, cells.theme.title());
        let (width, height) = (area.width.saturating_sub(2), area.height.saturating_sub(2));
        self.part(area.x + 1, area.y + 1, width, height)
    }

    /// Empties the area, for what lies over something else.
    pub(super) fn clear(&mut self) {
        for y in self.area.top()..self.area.bottom() {
            for x in self.area.left()..self.area.right() {
                if let Some(cell) = self.buffer.cell_mut(Position { x, y }) {
                    cell.reset();
                }
            }
        }
    }

    /// The place on the screen of a column and a row, if it is in the area.
    pub(super) fn position(&self, column: usize, row: u16) -> Option<Position> {
        let is_inside = column < self.width() && row < self.area.height;
        is_inside.then(|| Position { x: self.area.x + column as u16, y: self.area.y + row })
    }

    fn readable<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let clean = text::clean(text);
        if self.theme.signs == Signs::Unicode {
            return clean;
        }
        Cow::Owned(text::to_ascii(&clean).into_owned())
    }
}
