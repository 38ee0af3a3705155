//! Where things stand on the screen: the figures that the cursor and the view share.
//!
//! ```text
//! header    number and title of the plan                  today, user
//! totals    counts                                        filter
//! heads     QUÝ I   6/10   QUÝ II   0/11   …
//! body      cards          cards
//! ─────────────────────────────────────────────────────────────────
//! strip     the whole title of the chosen task, its agencies and deadline
//! footer    keys
//! ```
//!
//! The strip is as high as the longest title of the plan asks for, whichever task is chosen,
//! so that nothing jumps when the selection moves.

use std::cell::OnceCell;
use std::ops::Range;

use super::App;
use super::scroll::Scroll;
use crate::plan::board::Lane;
use crate::plan::{Column, Task};
use crate::text;

/// The terminal window in cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    pub width: u16,
    pub height: u16,
}

/// The narrowest column in which words still fit. Below it one quarter is shown, the others as tabs.
const NARROWEST: u16 = 14;

/// Lines of a card in a column that does not fit: one for number and deadline, two for the title.
const CARD: u16 = 3;

/// The rows of the screen, from above.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows {
    pub header: Range<u16>,
    /// The heads of the columns, or the tabs.
    pub heads: Range<u16>,
    pub body: Range<u16>,
    pub rule: Range<u16>,
    pub strip: Range<u16>,
    pub footer: Range<u16>,
}

impl Rows {
    /// For a view with column heads or without. The strip takes so many rows, where there is room for it.
    fn of(size: Size, strip: u16, heads: u16) -> Self {
        let height = size.height;
        let header = match height {
            0..=2 => 0,
            3..=11 => 1,
            _ => 2,
        };
        let heads = if height >= 4 { heads } else { 0 };
        let footer = u16::from(height >= 6);
        let rule = u16::from(height >= 9);
        let free = height.saturating_sub(header + heads + footer + rule);
        let strip = if height < 7 { 0 } else { strip.min(free / 2) };
        let mut top = 0;
        let mut take = |rows: u16| {
            let from = top;
            top += rows;
            from..top
        };
        Self {
            header: take(header),
            heads: take(heads),
            body: take(free - strip),
            rule: take(rule),
            strip: take(strip),
            footer: take(footer),
        }
    }
}

impl App {
    /// The rows of a view with column heads or without.
    pub fn rows(&self, heads: u16) -> Rows {
        Rows::of(self.size, self.layout().strip, heads)
    }

    /// Rows for the longest title of the plan, and two for what else is to be told of a task.
    fn strip_height(&self) -> u16 {
        let width = usize::from(self.size.width.saturating_sub(2)).max(1);
        // Of a title that is longer than the window, only so much matters.
        let most = usize::from(self.size.height);
        let lines = |task: &Task| text::wrap(&strip_title(&task.no, &task.title), width).take(most).count();
        let longest = self.open().and_then(|open| open.index.longest_title(open.plan.as_ref()?));
        (longest.map_or(1, lines) as u16).saturating_add(2)
    }
}

/// What the strip says first: the number and the whole title.
pub fn strip_title(no: &str, title: &str) -> String {
    if no.is_empty() { title.to_owned() } else { format!("{no} · {title}") }
}

/// Where the columns and their cards stand.
#[derive(Debug)]
pub struct Layout {
    size: Size,
    /// The column that the cursor is in.
    column: Column,
    /// Rows that the strip asks for.
    strip: u16,
    pub rows: Rows,
    /// One for each lane of the board, in the same order.
    pub lanes: Vec<LanePlace>,
    pub columns: Columns,
}

/// Whether the columns stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    Side,
    Tabs,
}

/// Where a column stands. How high its cards are is asked only by those who draw them or go across.
#[derive(Debug)]
pub struct LanePlace {
    pub left: u16,
    /// With the gap to the next column; 0 for a column behind its tab.
    pub width: u16,
    height: u16,
    cards: OnceCell<Cards>,
}

/// The heights of the cards.
#[derive(Debug, Clone)]
enum Cards {
    /// All fit: each as high as it needs, with what is free shared out evenly.
    Fit { heights: Vec<u16>, gap: u16 },
    /// Too many: all of one height, so many in sight.
    Paged { height: u16, visible: usize },
}

impl Layout {
    /// For a cursor in this column.
    pub(super) fn of(app: &App, column: Column) -> Self {
        let (size, strip, lanes) = (app.size, app.strip_height(), &app.shown().board.lanes);
        let rows = Rows::of(size, strip, 1);
        let count = lanes.len() as u16;
        let columns = if size.width / count.max(1) < NARROWEST { Columns::Tabs } else { Columns::Side };
        let height = rows.body.end - rows.body.start;
        let edge = |at: usize| (usize::from(size.width) * at / usize::from(count.max(1))) as u16;
        let lanes = lanes.iter().enumerate().map(|(at, lane)| {
            let (left, width) = match columns {
                Columns::Side => (edge(at), edge(at + 1) - edge(at)),
                Columns::Tabs if lane.column == column => (0, size.width),
                Columns::Tabs => (0, 0),
            };
            LanePlace { left, width, height, cards: OnceCell::new() }
        });
        Self { size, column, strip, rows, lanes: lanes.collect(), columns }
    }

    /// Whether it is right for a window of this size and a cursor in this column.
    pub(super) fn is_for(&self, size: Size, column: Column) -> bool {
        self.size == size && (self.columns == Columns::Side || self.column == column)
    }
}

/// Cells by which titles stand under the number, in columns that can spare them.
pub const fn indent(width: u16) -> u16 {
    if width >= 24 { 2 } else { 0 }
}

/// Cells of a column that no title is written into: the mark on the left and the gap on the right.
pub const CARD_MARGIN: u16 = 2;

impl Cards {
    fn of<'a>(titles: impl ExactSizeIterator<Item = &'a str>, width: usize, rows: u16) -> Self {
        let count = titles.len();
        if count * usize::from(CARD - 1) > usize::from(rows) {
            return Self::paged(rows);
        }
        let most = usize::from(rows);
        let needs: Vec<u16> =
            titles.map(|title| text::wrap(title, width).take(most).count().max(1) as u16).collect();
        let total = |lines: u16, gap: u16| needs.iter().map(|&need| 1 + need.min(lines) + gap).sum::<u16>();
        let longest = needs.iter().copied().max().unwrap_or(1);
        let roomy = (2..=longest.max(2)).rev().find(|&lines| total(lines, 1) <= rows + 1);
        let tight = || (2..=longest.max(2)).rev().find(|&lines| total(lines, 0) <= rows);
        let Some((lines, gap)) = roomy.map(|lines| (lines, 1)).or_else(|| tight().map(|lines| (lines, 0)))
        else {
            return Self::paged(rows);
        };
        Self::Fit { heights: needs.iter().map(|&need| 1 + need.min(lines)).collect(), gap }
    }

    /// One row is kept for how many cards are out of sight.
    fn paged(rows: u16) -> Self {
        let free = rows.saturating_sub(1).max(1);
        let height = CARD.min(free);
        Self::Paged { height, visible: usize::from(free / height) }
    }
}

impl LanePlace {
    /// How many cards are in sight at once.
    pub fn visible(&self, app: &App, lane: &Lane) -> usize {
        let count = lane.rows.len();
        if count * usize::from(CARD) <= usize::from(self.height) {
            return count;
        }
        match *self.heights(app, lane) {
            Cards::Fit { ref heights, .. } => heights.len(),
            Cards::Paged { visible, .. } => visible,
        }
    }

    fn heights(&self, app: &App, lane: &Lane) -> &Cards {
        self.cards.get_or_init(|| self.measure(app, lane))
    }

    fn measure(&self, app: &App, lane: &Lane) -> Cards {
        let width = usize::from(self.width.saturating_sub(CARD_MARGIN + indent(self.width))).max(1);
        let titles = lane.rows.iter().map(|row| app.item(*row).task.title.as_str());
        Cards::of(titles, width, self.height)
    }

    /// The cards in sight: row of the lane, top from the body's first row, height.
    pub fn cards(&self, app: &App, lane: &Lane, first: usize) -> Vec<(usize, u16, u16)> {
        match *self.heights(app, lane) {
            Cards::Fit { ref heights, gap } => {
                let tops = heights.iter().scan(0, |top, &height| {
                    let here = *top;
                    *top += height + gap;
                    Some((here, height))
                });
                tops.enumerate().map(|(row, (top, height))| (row, top, height)).collect()
            }
            Cards::Paged { height, visible } => (first..lane.rows.len().min(first + visible))
                .enumerate()
                .map(|(at, row)| (row, at as u16 * height, height))
                .collect(),
        }
    }

    /// How many rows down the body the chosen card begins.
    pub fn top_of(&self, app: &App, lane: &Lane, scroll: Scroll) -> u16 {
        let cards = self.cards(app, lane, scroll.first);
        cards.iter().find(|(row, ..)| *row == scroll.row).map_or(0, |&(_, top, _)| top)
    }

    /// The row of the card that covers a height of the body, or the last one above it.
    pub fn row_at(&self, app: &App, lane: &Lane, first: usize, height: u16) -> usize {
        let cards = self.cards(app, lane, first);
        cards.iter().rev().find(|(_, top, _)| *top <= height).map_or(first, |&(row, ..)| row)
    }
}
