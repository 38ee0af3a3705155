//! Where the columns of the summary's table stand, and what stands over them.

use std::ops::Range;

use super::{row_label, sign};
use crate::app::App;
use crate::app::summary::COLUMNS;
use crate::plan::summary::Figures;
use crate::text;
use crate::view::theme::Theme;
use crate::words::Lang;

/// The column in which names begin.
pub(super) const LEFT: usize = 2;

/// Cells of the rate with the blanks before it.
const RATE: usize = 11;

/// Cells before a bar, and of the shortest bar, of one that is long enough, and of the longest.
const BEFORE_BAR: usize = 2;
const LEAST_BAR: usize = 10;
const BAR: usize = 24;
const MOST_BAR: usize = 60;

/// What stands behind the figures, the best first: cells of rate and bar, and those that names have beside them.
const FORMS: [(usize, usize, usize); 3] =
    [(RATE, BEFORE_BAR + LEAST_BAR, 18), (0, BEFORE_BAR + LEAST_BAR, 18), (0, 0, LEAST_NAME)];

const LEAST_NAME: usize = 10;

/// Cells by which the columns of figures may be set apart.
const MOST_AIR: usize = 3;

/// As much of the table as there is room for.
pub(super) struct TableColumns {
    pub(super) name: usize,
    /// Each by its place in [`COLUMNS`], with its cells.
    pub(super) figures: Vec<(usize, Range<usize>)>,
    pub(super) headings: Headings,
    /// Behind its last cell.
    pub(super) rate: Option<usize>,
    pub(super) bar: Option<Range<usize>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Headings {
    Words,
    Signs,
}

impl TableColumns {
    pub(super) fn of(app: &App, lines: usize, theme: Theme, width: usize) -> Self {
        let room = width.saturating_sub(LEFT + 1);
        let cells = |headings| (0..COLUMNS.len()).map(move |at| cells(app, at, headings, theme));
        let words: Vec<usize> = cells(Headings::Words).collect();
        let taken = words.iter().sum::<usize>();
        let fits = |(rate, bar, name): &&(usize, usize, usize)| taken + rate + bar + name <= room;
        match FORMS.iter().find(fits).filter(|_| lines > 1) {
            Some((rate, bar, _)) => Self::wide(longest_name(app), &words, [*rate, *bar], room),
            None => Self::narrow(app, &cells(Headings::Signs).collect::<Vec<_>>(), room),
        }
    }

    /// Words over the figures. What names do not need sets the columns apart, and makes the bars longer.
    fn wide(longest: usize, cells: &[usize], [rate, bar]: [usize; 2], room: usize) -> Self {
        let rest = room - cells.iter().sum::<usize>() - rate - bar;
        let name = longest.min(rest);
        let air = air(rest - name, if bar > 0 { BAR - LEAST_BAR } else { 0 });
        let mut end = LEFT + name;
        let mut take = |cells: usize| {
            end += cells + air;
            end - cells..end
        };
        let figures = cells.iter().enumerate().map(|(at, cells)| (at, take(*cells))).collect();
        let rate = (rate > 0).then(|| take(rate).end);
        let start = end + BEFORE_BAR;
        let bar = (bar > 0).then(|| start..(LEFT + room).min(start + MOST_BAR));
        Self { name, figures, headings: Headings::Words, rate, bar }
    }

    /// Signs over the figures, and of the columns as many as there is room for: the chosen one, then those that have
    /// something to count.
    fn narrow(app: &App, cells: &[usize], room: usize) -> Self {
        let foot = &app.shown().figures;
        let mut shown: Vec<usize> = (0..COLUMNS.len()).collect();
        let taken = |shown: &[usize]| shown.iter().map(|at| cells[*at]).sum::<usize>();
        while taken(&shown) + LEAST_NAME > room {
            let spare = |at: &&usize| **at != app.chosen_figure().1;
            let empty = shown.iter().rev().filter(spare).find(|at| foot.in_class(COLUMNS[**at]) == 0);
            let Some(gone) = empty.or_else(|| shown.iter().rev().find(spare)).copied() else { break };
            shown.retain(|at| *at != gone);
        }
        let name = room.saturating_sub(taken(&shown));
        let mut left = LEFT + name;
        let figures = shown.into_iter().map(|at| {
            left += cells[at];
            (at, left - cells[at]..left)
        });
        Self { name, figures: figures.collect(), headings: Headings::Signs, rate: None, bar: None }
    }
}

/// Cells of the longest name, out of sight or not: the columns stay where they are while the rows scroll.
fn longest_name(app: &App) -> usize {
    let names = app.summary().rows.iter().map(|row| row_label(app, Some(&row.group)));
    names
        .map(|name| text::width(&name))
        .max()
        .unwrap_or_default()
        .max(text::width(Figures::TOTAL.say(app.lang)))
}

/// Cells between the columns: one at first, more when the bars are long enough.
fn air(free: usize, bar: usize) -> usize {
    let each = COLUMNS.len() + 1;
    let more = |free: usize| (1 + free.saturating_sub(bar) / each).min(MOST_AIR);
    free.checked_sub(each).map_or(0, more)
}

/// Cells that a column takes, with one before it for the mark of the chosen figure.
fn cells(app: &App, at: usize, headings: Headings, theme: Theme) -> usize {
    let heading = heading(at, headings, theme, app.lang);
    let heading = heading.iter().map(|line| text::width(line)).max().unwrap_or_default();
    let figure = app.shown().figures.in_class(COLUMNS[at]).to_string();
    1 + heading.max(figure.len())
}

/// A word a line, or a sign.
pub(super) fn heading(at: usize, headings: Headings, theme: Theme, lang: Lang) -> Vec<String> {
    match (COLUMNS[at], headings) {
        (None, Headings::Words) => two_lines(Figures::TOTAL.say(lang)),
        (Some(class), Headings::Words) => two_lines(class.short().say(lang)),
        (None, Headings::Signs) => vec![theme.sum().to_owned()],
        (Some(class), Headings::Signs) => vec![sign(class, theme)],
    }
}

pub(super) fn two_lines(words: &str) -> Vec<String> {
    let lines = words.rsplit_once(' ').map_or_else(|| vec![words], |(first, last)| vec![first, last]);
    lines.into_iter().map(str::to_owned).collect()
}
