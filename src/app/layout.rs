//! Where things stand on the screen: the figures that the cursor and the view share.
//!
//! ```text
//! header    number and title of the plan                  today, user
//! totals    a bar of states, counts                            filter
//! heads     QUÝ I   6/10   QUÝ II   0/11   …                  │ panel: all
//! body      cards          cards                              │ of the chosen
//! ── CẢ NĂM ─ 0/1 ────────────────────────────────────────────│ task, in a wide
//! band      a line for each task of the whole year            │ window
//! ── 15 ──────────────────────────────────────────────────────────────
//! strip     the whole title of the chosen task, its agencies and deadline
//! footer    keys
//! ```
//!
//! The strip is as high as the longest title of the plan asks for, and the band as the plan has work of the whole year,
//! whichever task is chosen and whatever is filtered: nothing jumps when the selection moves.

use std::cell::{OnceCell, RefCell};
use std::ops::Range;

use super::keymap::Mode;
use super::scroll::{Heights, Scroll};
use super::{App, OpenPlan};
use crate::plan::board::Lane;
use crate::plan::{Column, Item, Row, Task};
use crate::text;

/// The terminal window in cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    pub width: u16,
    pub height: u16,
}

impl Size {
    /// From here on there is room for air: between the cards, and around the heads of the columns.
    pub const fn is_roomy(self) -> bool {
        self.height >= 30
    }

    /// Cells of the panel on the right, with the line before it; 0 where the window is too narrow for one.
    pub fn panel(self) -> u16 {
        if self.width < 150 || self.height < 20 { 0 } else { (self.width / 4).clamp(44, 60) }
    }
}

/// The narrowest column in which words still fit. Below it one quarter is shown, the others as tabs.
const NARROWEST: u16 = 14;

/// Up to here there is no room for a list of cards and all of one task.
const LOW: u16 = 12;

/// Cells between two columns.
const GAP: u16 = 2;

/// The width from which a card has a last line for what tells it from the others.
const WITH_TAIL: u16 = 26;

/// Lines of the longest title for which a card makes room when all cards of its column fit.
const WHOLE_TITLE: u16 = 6;

/// The rows of the screen, from above.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    pub header: Range<u16>,
    /// The heads of the columns, or the tabs.
    pub heads: Range<u16>,
    pub body: Range<u16>,
    /// The work of the whole year, under its rule.
    pub band: Range<u16>,
    pub rule: Range<u16>,
    pub strip: Range<u16>,
    pub footer: Range<u16>,
}

/// What stands above the body of a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heads {
    Columns,
    None,
}

/// Rows that a view would like to have.
#[derive(Debug, Clone, Copy)]
struct Wishes {
    heads: Heads,
    strip: u16,
    /// Tasks of the whole year.
    band: usize,
}

impl Rows {
    fn of(size: Size, wishes: Wishes) -> Self {
        let height = size.height;
        let header = match height {
            0..=2 => 0,
            3..=11 => 1,
            _ => 2,
        };
        let air = u16::from(size.is_roomy());
        let heads = if height >= 4 && wishes.heads == Heads::Columns { 1 + air } else { 0 };
        let below_heads = if heads > 0 { air } else { 0 };
        let footer = u16::from(height >= 6);
        let rule = u16::from(height >= 9 && size.panel() == 0 && wishes.strip > 0);
        let free = height.saturating_sub(header + air + heads + below_heads + footer + rule);
        let strip = if height < 7 || size.panel() > 0 { 0 } else { wishes.strip.min(free / 2) };
        let band = Self::band(wishes.band, free - strip);
        let mut top = 0;
        let mut take = |before: u16, rows: u16| {
            let from = top + before;
            top = from + rows;
            from..top
        };
        Self {
            header: take(0, header),
            heads: take(air, heads),
            body: take(below_heads, free - strip - band),
            band: take(0, band),
            rule: take(0, rule),
            strip: take(0, strip),
            footer: take(0, footer),
        }
    }

    /// Rows for so many tasks of the whole year, with the rule above them: half of what there is at most.
    fn band(tasks: usize, free: u16) -> u16 {
        if tasks == 0 { 0 } else { (tasks.min(100) as u16 + 1).min(free / 2) }
    }

    /// Whether the work of the whole year has a line, and the quarters have room for a card.
    fn has_room_for_band(&self) -> bool {
        self.band.len() >= 2 && self.body.len() >= 3
    }
}

impl App {
    /// The rows of a view that is no board.
    pub fn rows(&self) -> Rows {
        let strip = if self.is_in(Mode::Summary) { 0 } else { self.layout().strip };
        Rows::of(self.size, Wishes { heads: Heads::None, strip, band: 0 })
    }

    /// Rows for the longest title of the plan, as far as the window can spare them, and two for what else is to be told
    /// of a task; one more for what was told last, unless it has room beside the title.
    fn strip_height(&self) -> u16 {
        let width = usize::from(self.size.width.saturating_sub(4)).max(1);
        let most = match self.size.height {
            ..24 => 2,
            24..30 => 3,
            30.. => 5,
        };
        let lines = |task: &Task| text::wrap(&text::clean(&task.title), width).take(most).count();
        let read = self.open().and_then(OpenPlan::read);
        let longest = read.and_then(|(plan, index)| index.longest_title(plan));
        let told = read.filter(|_| self.size.height >= 24);
        let told = told.and_then(|(plan, index)| index.longest_told(plan));
        let (title, told) = (longest.map_or(1, lines), told.map_or(0, |task| lines(task) + 1));
        title.max(told) as u16 + 2
    }
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
    /// The columns of the screen that the panel takes, without the line before it.
    pub panel: Range<u16>,
}

/// Whether the columns stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Columns {
    /// The quarters side by side, and the whole year as a band below them.
    Side,
    Tabs,
}

/// Where a column stands, and how its cards are built.
#[derive(Debug)]
pub struct LanePlace {
    pub left: u16,
    /// 0 for a column behind its tab.
    pub width: u16,
    /// The rows of the screen.
    pub rows: Range<u16>,
    pub shape: TaskShape,
    /// Whether the cards say what a strip would say.
    is_alone: bool,
    gap: u16,
    lines: OnceCell<u16>,
    /// Lines that each title takes, 0 where it was not asked for.
    titles: RefCell<Vec<u8>>,
}

/// What a task is drawn as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskShape {
    Card,
    /// One line of the band.
    Line,
}

impl Layout {
    /// For a cursor in this column.
    pub(super) fn of(app: &App, column: Column) -> Self {
        let (size, strip, lanes) = (app.size, app.strip_height(), &app.shown().board.lanes);
        let wishes = Wishes { heads: Heads::Columns, strip, band: app.shown().whole_year };
        let mut rows = Rows::of(size, wishes);
        let width = size.width - size.panel();
        let has_band = wishes.band == 0 || rows.has_room_for_band();
        let is_side = has_band && width / 4 >= NARROWEST;
        let columns = if is_side { Columns::Side } else { Columns::Tabs };
        if !is_side {
            // On the smallest screens the card says all that the strip would say again.
            let strip = if size.height <= LOW { 0 } else { strip };
            rows = Rows::of(size, Wishes { band: 0, strip, ..wishes });
        }
        let places = lanes.iter().enumerate().map(|(at, lane)| {
            let (left, width, shape) = match (columns, lane.column) {
                (Columns::Side, Column::Year) => (1, width.saturating_sub(2), TaskShape::Line),
                (Columns::Side, Column::Quarter(_)) => side(at as u16, width),
                (Columns::Tabs, open) if open == column => (0, width, TaskShape::Card),
                (Columns::Tabs, _) => (0, 0, TaskShape::Card),
            };
            let rows = match shape {
                TaskShape::Card => rows.body.clone(),
                TaskShape::Line => rows.band.start + 1..rows.band.end,
            };
            let is_alone = !is_side && size.height <= LOW;
            LanePlace { is_alone, ..LanePlace::new(left, width, rows, shape, lane.rows.len(), size) }
        });
        let places = places.collect();
        let panel = size.width.min(width + 1)..size.width;
        Self { size, column, strip, rows, lanes: places, columns, panel }
    }

    /// Whether it is right for a window of this size and a cursor in this column.
    pub(super) fn is_for(&self, size: Size, column: Column) -> bool {
        self.size == size && (self.columns == Columns::Side || self.column == column)
    }
}

/// Where a quarter stands among four.
const fn side(at: u16, width: u16) -> (u16, u16, TaskShape) {
    let each = (width - 2 - 3 * GAP) / 4;
    (1 + at * (each + GAP), each, TaskShape::Card)
}

/// Cells of a card before its title: the edge, and a blank.
pub const INDENT: u16 = 2;

impl Layout {
    /// Whether a card has to say what a strip would say.
    pub fn is_without_strip(&self) -> bool {
        self.lanes.iter().any(|place| place.is_alone)
    }

    /// Whether the cards have a last line for what tells one from the others.
    pub fn has_tail(&self) -> bool {
        self.lanes.iter().any(LanePlace::has_tail)
    }
}

impl LanePlace {
    fn new(left: u16, width: u16, rows: Range<u16>, shape: TaskShape, count: usize, size: Size) -> Self {
        let gap = u16::from(shape == TaskShape::Card && size.is_roomy());
        let titles = RefCell::new(vec![0; if width == 0 { 0 } else { count }]);
        Self { left, width, rows, shape, is_alone: false, gap, lines: OnceCell::new(), titles }
    }

    /// Whether a card has a last line for what tells it from the others.
    const fn has_tail(&self) -> bool {
        matches!(self.shape, TaskShape::Card) && self.width >= WITH_TAIL
    }

    /// As the scrolling sees it.
    pub(super) fn heights<'a>(&'a self, app: &'a App, lane: &'a Lane) -> CardHeights<'a> {
        CardHeights { place: self, app, lane }
    }

    /// The cards in sight: row of the lane, top from the first row of the lane, height.
    pub fn cards(&self, app: &App, lane: &Lane, first: usize) -> Vec<(usize, u16, u16)> {
        let (heights, mut top) = (self.heights(app, lane), 0);
        let room = self.rows.len() as u16;
        let mut cards = Vec::new();
        for row in first..first + heights.visible(first) {
            let height = self.height(app, lane, row).min(room.saturating_sub(top));
            cards.push((row, top, height));
            top += height + self.gap;
        }
        cards
    }

    /// How many rows down the body the chosen card begins.
    pub(super) fn top_of(&self, app: &App, lane: &Lane, scroll: Scroll) -> u16 {
        let cards = self.cards(app, lane, scroll.first);
        cards.iter().find(|(row, ..)| *row == scroll.row).map_or(0, |&(_, top, _)| top)
    }

    /// The row of the card that covers a height of the body, or the last one above it.
    pub(super) fn row_at(&self, app: &App, lane: &Lane, first: usize, height: u16) -> usize {
        let cards = self.cards(app, lane, first);
        cards.iter().rev().find(|(_, top, _)| *top <= height).map_or(first, |&(row, ..)| row)
    }

    /// Rows of a card without the gap behind it.
    fn height(&self, app: &App, lane: &Lane, row: usize) -> u16 {
        match self.shape {
            TaskShape::Line => 1,
            TaskShape::Card => {
                let item = app.item(lane.rows[row]);
                1 + self.title(row, item).min(self.lines(app, lane)) + self.tail(app, item, lane.column)
            }
        }
    }

    fn tail(&self, app: &App, item: Item<'_>, column: Column) -> u16 {
        u16::from(self.has_tail() && app.has_last_line(item, column))
    }

    /// Lines that the title takes where it has room.
    fn title(&self, row: usize, item: Item<'_>) -> u16 {
        let known = self.titles.borrow().get(row).copied().unwrap_or(0);
        if known > 0 {
            return u16::from(known);
        }
        let width = usize::from(self.width.saturating_sub(INDENT)).max(1);
        let title = text::clean(&item.task.title);
        let lines = text::wrap(&title, width).take(usize::from(WHOLE_TITLE)).count().max(1);
        if let Some(place) = self.titles.borrow_mut().get_mut(row) {
            *place = lines as u8;
        }
        lines as u16
    }

    /// Lines of a title at most: all of them, if all cards fit with whole titles.
    fn lines(&self, app: &App, lane: &Lane) -> u16 {
        let usual = match self.rows.len() {
            _ if self.is_alone => WHOLE_TITLE,
            ..6 => 1,
            6..26 => 2,
            _ if self.width < WITH_TAIL => 3,
            _ => 2,
        };
        *self.lines.get_or_init(|| {
            let room = self.rows.len() as u16;
            if lane.rows.len() * 2 > usize::from(room) {
                return usual;
            }
            let parts = lane.rows.iter().enumerate().map(|(row, it): (usize, &Row)| {
                let item = app.item(*it);
                (self.title(row, item), 1 + self.tail(app, item, lane.column) + self.gap)
            });
            let parts: Vec<(u16, u16)> = parts.collect();
            let fits = |most: &u16| {
                let rows: u16 = parts.iter().map(|(title, rest)| title.min(most) + rest).sum();
                rows <= room + self.gap
            };
            (usual..=WHOLE_TITLE).rev().find(fits).unwrap_or(usual)
        })
    }
}

/// The heights of the cards of a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct CardHeights<'a> {
    place: &'a LanePlace,
    app: &'a App,
    lane: &'a Lane,
}

impl Heights for CardHeights<'_> {
    fn length(&self) -> usize {
        self.lane.rows.len()
    }

    fn room(&self) -> usize {
        self.place.rows.len() + usize::from(self.place.gap)
    }

    fn height(&self, row: usize) -> usize {
        usize::from(self.place.height(self.app, self.lane, row) + self.place.gap)
    }
}
