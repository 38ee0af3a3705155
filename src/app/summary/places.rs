//! Where the parts of the summary stand: the classes of the report above, the table below.

use std::ops::Range;

use crate::app::layout::Size;

/// The rows of the screen, from above, and how many lines a row of the table has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryPlaces {
    pub report: Range<u16>,
    pub form: ReportForm,
    /// The line with the names of the tables, where there is room for one.
    pub rule: Range<u16>,
    pub heads: Range<u16>,
    pub body: Range<u16>,
    /// Right behind the last row of the table; in a roomy window with a line above it.
    pub foot: Range<u16>,
    pub note: Range<u16>,
    /// What the chosen figure is, in words.
    pub told: Range<u16>,
    pub each: usize,
}

impl SummaryPlaces {
    /// Rows of the table that are in sight together.
    pub fn visible(&self) -> usize {
        self.body.len().div_ceil(self.each)
    }
}

/// How much is said of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportForm {
    /// Classes on the left, rates on the right.
    Wide,
    /// Rates below the classes.
    High,
    /// Day and rates.
    Rates,
    /// Both in one line.
    Line,
    None,
}

impl ReportForm {
    const ALL: [Self; 5] = [Self::Wide, Self::High, Self::Rates, Self::Line, Self::None];

    /// Lines, with the blank behind them.
    pub const fn height(self) -> u16 {
        match self {
            Self::Wide => 8,
            Self::High => 12,
            Self::Rates => 5,
            Self::Line => 1,
            Self::None => 0,
        }
    }

    const fn has_width(self, width: u16) -> bool {
        !matches!(self, Self::Wide) || width >= WIDE
    }
}

/// The width from which the rates stand beside the classes.
const WIDE: u16 = 76;

/// The height from which the table has a line for its name, and a note.
const TALL: u16 = 14;

/// So many rows the table has in any case, if the window is not too low for anything: the quarters and the year.
const LEAST: u16 = 5;
const LEAST_LOW: u16 = 4;

impl SummaryPlaces {
    /// For so many rows in a part of the window.
    pub(super) fn of(size: Size, area: Range<u16>, rows: usize) -> Self {
        let height = area.len() as u16;
        let is_tall = height >= TALL;
        let (rule, heads, note) = if is_tall { (1, 2, 2) } else { (0, u16::from(height >= 3), 0) };
        let told = u16::from(height >= 5);
        let foot = if size.is_roomy() { 2 } else { u16::from(height >= 2) };
        let rest = height.saturating_sub(rule + heads + foot + note + told);
        let least = if is_tall { LEAST } else { LEAST_LOW };
        let fits = |form: &&ReportForm| form.has_width(size.width) && form.height() + least <= rest;
        let form = *ReportForm::ALL.iter().find(fits).unwrap_or(&ReportForm::None);
        let room = rest - form.height();
        let each = if size.is_roomy() && rows * 2 <= usize::from(room) { 2 } else { 1 };
        // The line above the foot stands for the blank behind the last row.
        let body = (rows * each + 1).saturating_sub(each).min(usize::from(room)) as u16;
        let mut top = area.start;
        let mut take = |rows: u16| {
            top += rows;
            top - rows..top
        };
        Self {
            report: take(form.height()),
            form,
            rule: take(rule),
            heads: take(heads),
            body: take(body),
            foot: take(foot),
            note: take(note),
            told: area.end - told..area.end,
            each,
        }
    }
}
