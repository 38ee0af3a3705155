//! Writing into a part of the screen, and never beyond it.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::theme::{Signs, Theme};
use crate::text::{self, Needle};

/// Writes into its area; what does not fit is not drawn. All text from a file goes through here, and is
/// cleaned of what could harm the terminal.
pub(super) struct Canvas<'a> {
    buffer: &'a mut Buffer,
    pub(super) area: Rect,
    pub(super) theme: Theme,
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

    /// Writes so that the text ends at a column.
    pub(super) fn write_before(&mut self, column: usize, row: u16, text: &str, style: Style) {
        let width = text::width(&self.readable(text));
        if width <= column {
            self.write(column - width, row, text, style);
        }
    }

    /// Fills a row with one sign.
    pub(super) fn rule(&mut self, row: u16, sign: &str) {
        self.rule_in(row, sign, Style::new());
    }

    pub(super) fn rule_in(&mut self, row: u16, sign: &str, style: Style) {
        self.write(0, row, &sign.repeat(self.width()), style);
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
