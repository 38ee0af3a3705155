//! The table of the summary: a row for each group, a column for each class, and a foot that counts each task once.

use std::ops::Range;

use ratatui::layout::Position;
use ratatui::style::Style;

use super::{TOTAL, row_label, sign};
use crate::app::App;
use crate::app::action::Action;
use crate::app::keymap::{self, Mode};
use crate::app::summary::{COLUMNS, SummaryPlaces};
use crate::plan::summary::{Figures, Grouping, ReportClass, SummaryGroup};
use crate::text;
use crate::view::canvas::{Canvas, StyledText, pieces_width};
use crate::view::states;
use crate::view::theme::{Mood, Theme};
use crate::words::{Lang, Phrase};

/// The column in which names begin.
const LEFT: usize = 2;

/// Cells of the rate with the blanks before it, and of the shortest and the longest bar.
const RATE: usize = 12;
const LEAST_BAR: usize = 10;
const BAR: usize = 24;
const MOST_BAR: usize = 60;

/// Cells that names have before there is a rate, and before there is a bar.
const NAME: usize = 18;
const LEAST_NAME: usize = 10;

/// Cells by which the columns of figures may be set apart.
const MOST_AIR: usize = 3;

const RATE_HEADING: Phrase = Phrase::new("tỷ lệ xong", "rate done");

/// Where the columns of the table stand.
struct TableColumns {
    name: usize,
    /// Each by its place in [`COLUMNS`], with its cells.
    figures: Vec<(usize, Range<usize>)>,
    headings: Headings,
    /// Behind its last cell.
    rate: Option<usize>,
    bar: Option<Range<usize>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Headings {
    Words,
    Signs,
}

pub(in crate::view) fn draw(app: &App, places: &SummaryPlaces, canvas: &mut Canvas) -> Option<Position> {
    let columns = TableColumns::of(app, places, canvas.theme, canvas.width());
    names_of_tables(app, places, &mut canvas.rows(places.rule.clone()));
    let mut heads = canvas.rows(places.heads.clone());
    columns.heads(app, &mut heads);
    if places.rule.is_empty() {
        let marks = out_of_sight(app, places, heads.theme);
        heads.write_all(1, 0, &marks);
    }
    let rows = &app.summary().rows;
    let chosen = app.chosen_figure();
    let mut cursor = None;
    for (at, row) in rows.iter().enumerate().skip(app.view().scroll.first) {
        let top = places.body.start + ((at - app.view().scroll.first) * places.each) as u16;
        if top >= places.body.end {
            break;
        }
        let is_here = chosen.0 == Some(&row.group);
        let mut part = canvas.rows(top..top + 1);
        let place = columns.row(app, Some(&row.group), &row.figures, is_here.then_some(chosen.1), &mut part);
        cursor = cursor.or(place);
    }
    let end = places.foot.end;
    if places.foot.len() > 1 {
        canvas.rows(places.foot.clone()).rule(&[]);
    }
    let here = chosen.0.is_none().then_some(chosen.1);
    let mut foot = canvas.rows(end.saturating_sub(1).max(places.foot.start)..end);
    let place = columns.row(app, None, &app.shown().figures, here, &mut foot);
    note(app, &mut canvas.rows(places.note.clone()));
    cursor.or(place)
}

/// `─ THEO QUÝ ─ Theo cơ quan chủ trì ───── F6 ─`
fn names_of_tables(app: &App, places: &SummaryPlaces, canvas: &mut Canvas) {
    let theme = canvas.theme;
    let mut names: Vec<StyledText> = Vec::new();
    for grouping in Grouping::ALL {
        let is_here = grouping == app.grouping();
        let style = if is_here { theme.here() } else { theme.muted() };
        names.push((format!(" {} ", grouping.label().say(app.lang)), style));
        names.push((theme.line().to_owned(), theme.rule()));
    }
    names.pop();
    let end = canvas.rule(&names);
    let mut marks = out_of_sight(app, places, theme);
    if let Some(key) = keymap::key_of(Mode::Summary, Action::NextGrouping) {
        marks.push((format!(" {} ", key.label(app.lang)), theme.accent()));
    }
    if end + pieces_width(&marks) + 2 < canvas.width() {
        canvas.rule_end(&marks);
    }
}

/// `↑1 ↓5 ▲2`: how many rows are out of sight above and below, and how many tasks of theirs are late.
fn out_of_sight(app: &App, places: &SummaryPlaces, theme: Theme) -> Vec<StyledText> {
    let (rows, first) = (&app.summary().rows, app.view().scroll.first);
    let seen = first..(first + places.body.len() / places.each).min(rows.len());
    let outside = rows.iter().enumerate().filter(|(at, _)| !seen.contains(at));
    let late = outside.map(|(_, row)| row.figures.overdue()).sum();
    let (up, down) = theme.arrows();
    let counts = [
        (up, seen.start, theme.accent()),
        (down, rows.len() - seen.end, theme.accent()),
        (theme.late(), late, theme.words(Mood::Late)),
    ];
    let told = counts.into_iter().filter(|(_, count, _)| *count > 0);
    told.map(|(sign, count, style)| (format!(" {sign}{count}"), style)).collect()
}

/// Why the foot is less than the rows together, where it is.
fn note(app: &App, canvas: &mut Canvas) {
    if !app.summary().counts_twice(&app.shown().figures) {
        return;
    }
    let room = canvas.width().saturating_sub(LEFT + 1).max(1);
    let note = app.grouping().note().say(app.lang);
    for (row, line) in text::wrap_to(note, room, usize::from(canvas.height())).iter().enumerate() {
        canvas.write(LEFT, row as u16, line, canvas.theme.muted());
    }
}

impl TableColumns {
    /// As much of the table as there is room for: words over the figures, rates, bars.
    fn of(app: &App, places: &SummaryPlaces, theme: Theme, width: usize) -> Self {
        let rows = app.summary().rows.iter();
        let names = rows.map(|row| text::width(&row_label(app, Some(&row.group))));
        let longest = names.max().unwrap_or_default().max(text::width(TOTAL.say(app.lang)));
        let room = width.saturating_sub(LEFT + 1);
        let cells =
            |headings| (0..COLUMNS.len()).map(|at| cells(app, at, headings, theme)).collect::<Vec<_>>();
        let words = cells(Headings::Words);
        let taken = words.iter().sum::<usize>();
        let has_words = places.heads.len() > 1 && taken + LEAST_NAME <= room;
        if !has_words {
            return Self::narrow(app, &cells(Headings::Signs), room);
        }
        let with_bar = taken + LEAST_BAR + 2;
        let has_bar = with_bar + NAME <= room;
        let has_rate = with_bar + RATE + NAME <= room;
        let rest = room - taken - if has_bar { LEAST_BAR + 2 } else { 0 } - if has_rate { RATE } else { 0 };
        let name = longest.min(rest);
        let air = air(rest - name, if has_bar { BAR - LEAST_BAR } else { 0 });
        let mut left = LEFT + name;
        let mut take = |cells: usize| {
            left += cells;
            left - cells..left
        };
        let figures = words.iter().enumerate().map(|(at, cells)| {
            let end = take(cells + air).end;
            (at, end - cells..end)
        });
        let figures = figures.collect();
        let rate = has_rate.then(|| take(RATE + air).end);
        let bar = has_bar.then(|| {
            let start = take(2).end;
            start..start + MOST_BAR.min(width.saturating_sub(start + 1))
        });
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

    /// What stands over the columns, at the end of each.
    fn heads(&self, app: &App, canvas: &mut Canvas) {
        let (theme, height) = (canvas.theme, canvas.height());
        for (at, cells) in &self.figures {
            let is_here = app.chosen_figure().1 == *at;
            let style = if is_here { theme.accent() } else { theme.muted() };
            let lines = heading(*at, self.headings, theme, app.lang);
            for (line, row) in lines.iter().rev().zip((0..height).rev()) {
                canvas.write_before(cells.end, row, line, style);
            }
        }
        if let Some(end) = self.rate {
            let words = RATE_HEADING.say(app.lang).rsplitn(2, ' ');
            for (word, row) in words.zip((0..height).rev()) {
                canvas.write_before(end, row, word, theme.muted());
            }
        }
    }

    /// Cells of the bar of a row: the longest is that of the row with the most tasks, and the foot has all.
    fn bar_of(&self, app: &App, group: Option<&SummaryGroup>, figures: &Figures) -> usize {
        let cells = self.bar.as_ref().map_or(0, Range::len);
        let most =
            app.summary().rows.iter().map(|row| row.figures.counted()).max().unwrap_or_default().max(1);
        if group.is_none() { cells } else { (figures.counted() * cells).div_ceil(most) }
    }

    /// A row; where one of its figures is chosen, answers with where that stands.
    fn row(
        &self,
        app: &App,
        group: Option<&SummaryGroup>,
        figures: &Figures,
        chosen: Option<usize>,
        canvas: &mut Canvas,
    ) -> Option<Position> {
        let theme = canvas.theme;
        let style = if group.is_none() || chosen.is_some() { theme.title() } else { theme.text() };
        if chosen.is_some() {
            canvas.fill(theme.surface());
            canvas.write(0, 0, theme.mark(), theme.accent());
        }
        let name = row_label(app, group);
        canvas.write(LEFT, 0, &text::cut(&name, self.name), style);
        if let Some(end) = self.rate {
            canvas.write_before(end, 0, &figures.completion().percent(app.lang), style);
        }
        if let Some(bar) = &self.bar {
            states::draw_told(figures, bar.start, 0, self.bar_of(app, group, figures), canvas);
        }
        let mut cursor = None;
        for (at, cells) in &self.figures {
            let (text, style) = figure(figures, COLUMNS[*at], style, theme);
            if chosen == Some(*at) {
                cursor = choose(cells, canvas);
                canvas.write_before(cells.end, 0, &text, theme.here());
            } else {
                canvas.write_before(cells.end, 0, &text, style);
            }
        }
        cursor
    }
}

/// Marks the cells of the chosen figure, so that they are found without colour too.
fn choose(cells: &Range<usize>, canvas: &mut Canvas) -> Option<Position> {
    let width = cells.len() as u16;
    let mut part = canvas.part(cells.start as u16, 0, width, 1);
    part.fill(part.theme.here());
    part.write(0, 0, part.theme.mark(), part.theme.here());
    part.position(1, 0)
}

/// A figure and how it is written: what is late stands out, and nothing is a dot.
fn figure(figures: &Figures, class: Option<ReportClass>, style: Style, theme: Theme) -> (String, Style) {
    match (figures.in_class(class), class) {
        (0, _) => ("·".to_owned(), theme.muted()),
        (count, Some(ReportClass::Overdue)) => (count.to_string(), theme.words(Mood::Late)),
        (count, _) => (count.to_string(), style),
    }
}

/// Cells between the columns: one at first, more when the bars have room.
fn air(free: usize, bar: usize) -> usize {
    let each = COLUMNS.len() + 1;
    match free.checked_sub(each) {
        None => 0,
        Some(free) => (1 + free.saturating_sub(bar) / each).min(MOST_AIR),
    }
}

/// Cells that a column takes, with one before it for the mark of the chosen figure.
fn cells(app: &App, at: usize, headings: Headings, theme: Theme) -> usize {
    let heading = heading(at, headings, theme, app.lang);
    let heading = heading.iter().map(|line| text::width(line)).max().unwrap_or_default();
    let figure = app.shown().figures.in_class(COLUMNS[at]).to_string();
    1 + heading.max(figure.len())
}

/// A word a line, or a sign.
fn heading(at: usize, headings: Headings, theme: Theme, lang: Lang) -> Vec<String> {
    match (COLUMNS[at], headings) {
        (None, Headings::Words) => two_lines(TOTAL.say(lang)),
        (Some(class), Headings::Words) => two_lines(class.short().say(lang)),
        (None, Headings::Signs) => vec![theme.sum().to_owned()],
        (Some(class), Headings::Signs) => vec![sign(class, theme)],
    }
}

fn two_lines(words: &str) -> Vec<String> {
    words.splitn(2, ' ').map(str::to_owned).collect()
}
