//! The table of the summary: a row for each group, a column for each class, and a foot that counts each task once.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use ratatui::layout::Position;
use ratatui::style::Style;

use super::columns::{LEFT, TableColumns, heading, two_lines};
use super::row_label;
use crate::app::App;
use crate::app::action::Action;
use crate::app::keymap::{self, Mode};
use crate::app::summary::{COLUMNS, SummaryPlaces};
use crate::plan::summary::{Figures, Grouping, Rate, ReportClass, SummaryGroup};
use crate::text;
use crate::view::canvas::{self, Canvas, StyledText, pieces_width};
use crate::view::states;
use crate::view::theme::{Mood, Theme};

/// The table, and what its rows have in common.
struct FigureTable<'a> {
    app: &'a App,
    columns: TableColumns,
    /// As much of the names as there is room for.
    names: Vec<String>,
    /// Tasks of the row with the longest bar.
    most: usize,
}

/// Answers with where the chosen figure stands.
pub(in crate::view) fn draw(app: &App, places: &SummaryPlaces, canvas: &mut Canvas) -> Option<Position> {
    let columns = TableColumns::of(app, places.heads.len(), canvas.theme, canvas.width());
    let tasks = app.summary().rows.iter().map(|row| row.figures.counted());
    let most = tasks.max().unwrap_or_default().max(1);
    let table = FigureTable { app, names: names(app, columns.name), columns, most };
    names_of_tables(app, places, &mut canvas.rows(places.rule.clone()));
    let mut heads = canvas.rows(places.heads.clone());
    table.heads(&mut heads);
    if places.rule.is_empty() {
        heads.write_all(1, 0, &out_of_sight(app, places, heads.theme));
    }
    let place = table.rows(places, canvas);
    let foot = table.foot(&mut canvas.rows(places.foot.clone()));
    note(app, &mut canvas.rows(places.note.clone()));
    place.or(foot)
}

/// Room for the marks at the end of the rule.
const MARKS: usize = 8;

/// `─ THEO QUÝ ─ Theo cơ quan chủ trì ───── F6 ─`
fn names_of_tables(app: &App, places: &SummaryPlaces, canvas: &mut Canvas) {
    let theme = canvas.theme;
    let mut names: Vec<StyledText> = Vec::new();
    let groupings = app.groupings();
    let told = |grouping: &Grouping| grouping.label().say(app.lang);
    let whole: usize = groupings.iter().map(|grouping| text::width(told(grouping)) + 3).sum();
    for grouping in &groupings {
        let is_here = *grouping == app.grouping();
        let style = if is_here { theme.here() } else { theme.muted() };
        // Where not all have room, the others are called by their short names.
        let name = match grouping {
            Grouping::By(facet) if !is_here && whole > canvas.width().saturating_sub(MARKS) => {
                facet.short().say(app.lang)
            }
            _ => told(grouping),
        };
        names.push((format!(" {name} "), style));
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
    let seen = first..(first + places.visible()).min(rows.len());
    let outside = rows.iter().enumerate().filter(|(at, _)| !seen.contains(at));
    let late = outside.map(|(_, row)| row.figures.overdue()).sum();
    canvas::out_of_sight(theme, seen.start, rows.len() - seen.end, late)
}

/// Why the foot is less than the rows together, where it is.
fn note(app: &App, canvas: &mut Canvas) {
    if !app.summary().counts_twice(&app.shown().figures) {
        return;
    }
    let room = canvas.width().saturating_sub(LEFT + 1).max(1);
    let note = app.grouping().note().say(app.lang);
    let lines = text::wrap_to(note, room, usize::from(canvas.height()));
    canvas.write_lines(LEFT, 0, &lines, canvas.theme.muted());
}

impl FigureTable<'_> {
    /// At the end of each column, the chosen one in the accent.
    fn heads(&self, canvas: &mut Canvas) {
        let (theme, chosen) = (canvas.theme, self.app.chosen_figure().1);
        for (at, cells) in &self.columns.figures {
            let style = if *at == chosen { theme.accent() } else { theme.muted() };
            let lines = heading(*at, self.columns.headings, theme, self.app.lang);
            self::head(&lines, cells.end, style, canvas);
        }
        if let Some(end) = self.columns.rate {
            self::head(&two_lines(Rate::HEADING.say(self.app.lang)), end, theme.muted(), canvas);
        }
    }

    fn rows(&self, places: &SummaryPlaces, canvas: &mut Canvas) -> Option<Position> {
        let first = self.app.view().scroll.first;
        let mut place = None;
        let rows = self.app.summary().rows.iter().zip(&self.names).skip(first);
        for ((row, name), top) in rows.zip(places.body.clone().step_by(places.each)) {
            let mut part = canvas.row(top);
            let here = self.row(Some(&row.group), name, &row.figures, &mut part);
            place = place.or(here);
        }
        place
    }

    /// What all tasks come to, below a line where there is room for one.
    fn foot(&self, canvas: &mut Canvas) -> Option<Position> {
        let height = canvas.height();
        if height > 1 {
            canvas.rule(&[]);
        }
        let name = row_label(self.app, None);
        let name = text::cut(&name, self.columns.name);
        let mut part = canvas.rows(height.saturating_sub(1)..height);
        self.row(None, &name, &self.app.shown().figures, &mut part)
    }

    /// Name, figures, rate and bar. Where one of the figures is chosen, answers with where that stands.
    fn row(
        &self,
        group: Option<&SummaryGroup>,
        name: &str,
        figures: &Figures,
        canvas: &mut Canvas,
    ) -> Option<Position> {
        let (theme, columns) = (canvas.theme, &self.columns);
        let (here, column) = self.app.chosen_figure();
        let is_here = here == group;
        if is_here {
            canvas.fill(theme.surface());
            canvas.write(0, 0, theme.mark(), theme.accent());
        }
        let style = if is_here || group.is_none() { theme.title() } else { theme.text() };
        canvas.write(LEFT, 0, name, style);
        let mut place = None;
        for (at, cells) in &columns.figures {
            let (told, mut style) = figure(figures, COLUMNS[*at], style, theme);
            if is_here && *at == column {
                place = choose(cells, canvas);
                style = theme.here();
            }
            canvas.write_before(cells.end, 0, &told, style);
        }
        if let Some(end) = columns.rate {
            canvas.write_before(end, 0, &figures.completion().percent(self.app.lang), style);
        }
        if let Some(bar) = &columns.bar {
            // The foot has all of the room, for it is no part of anything.
            let tasks = if group.is_none() { self.most } else { figures.counted() };
            let cells = (tasks * bar.len()).div_ceil(self.most);
            states::draw_told(figures, bar.start, 0, cells, canvas);
        }
        place
    }
}

/// The names in so many cells. Those that would be cut to the same keep their ends.
fn names(app: &App, cells: usize) -> Vec<String> {
    let whole: Vec<String> = app.summary().rows.iter().map(|row| row_label(app, Some(&row.group))).collect();
    let cut: Vec<Cow<str>> = whole.iter().map(|name| text::cut(name, cells)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &cut {
        *counts.entry(name).or_default() += 1;
    }
    let is_alone = |name: &str| counts[name] == 1;
    let told = whole.iter().zip(&cut);
    told.map(
        |(name, cut)| {
            if is_alone(cut) { cut.to_string() } else { text::cut_within(name, cells).into_owned() }
        },
    )
    .collect()
}

/// Lines that end at a column, the last one in the last row.
fn head(lines: &[String], end: usize, style: Style, canvas: &mut Canvas) {
    for (line, row) in lines.iter().rev().zip((0..canvas.height()).rev()) {
        canvas.write_before(end, row, line, style);
    }
}

/// Marks the cells of the chosen figure, so that they are found without colour too.
fn choose(cells: &Range<usize>, canvas: &mut Canvas) -> Option<Position> {
    let width = cells.len() as u16;
    let mut part = canvas.part(cells.start as u16, 0, width, 1);
    part.fill(part.theme.here());
    part.write(0, 0, part.theme.mark(), part.theme.here().patch(part.theme.accent()));
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
