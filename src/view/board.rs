//! The board: a column for each quarter, a card for each task.

use std::ops::Range;

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::wording;
use crate::app::App;
use crate::app::layout::{self, CARD_MARGIN, Columns, LanePlace, Layout};
use crate::plan::board::Lane;
use crate::plan::summary::Figures;
use crate::plan::{Column, Item, State};
use crate::text;
use crate::words::{Lang, Phrase};

/// Cells of a column whose head has room for whole words in every language.
const ROOMY: usize = 19;

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let layout = app.layout();
    super::frame(app, &layout.rows, canvas);
    heads(app, &layout, &mut canvas.rows(layout.rows.heads.clone()));
    lanes(app, &layout, canvas)
}

/// The columns with what the tasks in each come to.
fn columns(app: &App) -> impl Iterator<Item = (&Lane, &Figures)> {
    app.shown().board.lanes.iter().zip(&app.shown().lanes)
}

fn heads(app: &App, layout: &Layout, canvas: &mut Canvas) {
    match layout.columns {
        Columns::Side => {
            for ((lane, figures), place) in columns(app).zip(&layout.lanes) {
                side_head(app, lane, figures, &mut canvas.part(place.left, 0, place.width, 1));
            }
        }
        Columns::Tabs => tabs(app, canvas),
    }
}

fn side_head(app: &App, lane: &Lane, figures: &Figures, canvas: &mut Canvas) {
    let style = canvas.theme.heading();
    let width = canvas.width().saturating_sub(1);
    let label = if width < ROOMY { lane.column.short() } else { lane.column.label() };
    canvas.write(0, 0, &" ".repeat(width), style);
    if lane.column == app.cursor.column() {
        canvas.write(0, 0, canvas.theme.mark(), canvas.theme.chosen_mark().patch(style));
    }
    canvas.write(1, 0, &label.say(app.lang).to_uppercase(), style);
    canvas.write_before(width, 0, &progress(figures), style);
}

/// `6/10`: done of what counts in this column.
fn progress(figures: &Figures) -> String {
    format!("{}/{}", figures.done(), figures.counted())
}

/// The quarters in one line, the open one marked; as much of them as there is room for, and no half of a count.
fn tabs(app: &App, canvas: &mut Canvas) {
    let tab = |(lane, figures): (&Lane, &Figures), tabs| {
        let progress = progress(figures);
        let (short, label) = (tab_name(lane.column, app.lang), lane.column.label().say(app.lang));
        match tabs {
            Tabs::Whole => (format!(" {short} {progress} "), format!(" {label} {progress} ")),
            Tabs::Close => (format!(" {short} {progress}"), format!(" {label} {progress} ")),
            Tabs::Short => (format!(" {short} {progress}"), format!(" {short} {progress} ")),
            Tabs::Names => (format!(" {short}"), format!(" {short} {progress} ")),
        }
    };
    let fits = |tabs: &Tabs| {
        let widths = columns(app).map(|column| tab(column, *tabs));
        let widths = widths.map(|(other, here)| (text::width(&other), text::width(&here)));
        // Whichever is open, so that they do not change their look with it.
        let (others, more) = widths.fold((0, 0), |(others, more), (other, here)| {
            (others + other, more.max(here.saturating_sub(other)))
        });
        others + more <= canvas.width()
    };
    let tabs = Tabs::ALL.into_iter().find(fits).unwrap_or(Tabs::Names);
    let mut column = 0;
    for (lane, figures) in columns(app) {
        let (other, here) = tab((lane, figures), tabs);
        let is_here = lane.column == app.cursor.column();
        let style = if is_here { canvas.theme.filter().patch(canvas.theme.title()) } else { Style::new() };
        column = canvas.write(column, 0, if is_here { &here } else { &other }, style);
    }
}

/// How much is told of the quarters in one line.
#[derive(Clone, Copy)]
enum Tabs {
    Whole,
    /// With less room between them.
    Close,
    /// The open one by its short name too.
    Short,
    /// Figures of the open one alone.
    Names,
}

impl Tabs {
    const ALL: [Self; 4] = [Self::Whole, Self::Close, Self::Short, Self::Names];
}

const fn tab_name(column: Column, lang: Lang) -> &'static str {
    match column {
        Column::Quarter(quarter) => quarter.roman(),
        Column::Year => Phrase::new("Năm", "Year").say(lang),
    }
}

fn lanes(app: &App, layout: &Layout, canvas: &mut Canvas) -> Option<Position> {
    let mut cursor = None;
    for (lane, place) in app.shown().board.lanes.iter().zip(&layout.lanes) {
        let body = layout.rows.body.clone();
        let mut canvas = canvas.part(place.left, body.start, place.width, body.end - body.start);
        let found = cards(app, lane, place, &mut canvas);
        cursor = cursor.or(found);
    }
    cursor
}

fn cards(app: &App, lane: &Lane, place: &LanePlace, canvas: &mut Canvas) -> Option<Position> {
    let scroll = app.cursor.scroll(lane.column);
    let is_here = lane.column == app.cursor.column();
    let cards = place.cards(app, lane, scroll.first);
    let mut cursor = None;
    for &(row, top, height) in &cards {
        let item = app.item(lane.rows[row]);
        let width = canvas.area.width;
        let mut part = canvas.part(0, top, width, height);
        if is_here && row == scroll.row {
            for row in 0..part.height() {
                part.write(0, row, part.theme.mark(), part.theme.chosen_mark());
            }
            card(app, item, part.theme.chosen(), &mut part);
            cursor = part.position(1, 0);
        } else {
            card(app, item, part.theme.card(), &mut part);
        }
    }
    let seen = cards.first().map_or(0, |card| card.0)..cards.last().map_or(0, |card| card.0 + 1);
    if seen.len() < lane.rows.len() {
        more(app, seen, lane.rows.len(), canvas);
    }
    cursor
}

/// How many cards are out of sight above and below.
fn more(app: &App, seen: Range<usize>, length: usize, canvas: &mut Canvas) {
    let mut parts = Vec::new();
    if seen.start > 0 {
        parts.push(format!("{} {}", seen.start, Phrase::new("trên", "above").say(app.lang)));
    }
    if seen.end < length {
        parts.push(format!("{} {}", length - seen.end, Phrase::new("dưới", "below").say(app.lang)));
    }
    let row = canvas.height().saturating_sub(1);
    let hidden = format!("{} {}", length - seen.len(), Phrase::new("nữa", "more").say(app.lang));
    let texts = [format!("… {}", parts.join(", ")), format!("… {hidden}")];
    canvas.write(1, row, wording::fitting(&texts, canvas.width().saturating_sub(2)), Style::new());
}

fn card(app: &App, item: Item<'_>, style: Style, canvas: &mut Canvas) {
    let width = canvas.width().saturating_sub(usize::from(CARD_MARGIN));
    let title = match headline(app, item, style, width, canvas) {
        Some(span) => format!("{span} {}", item.task.title),
        None => item.task.title.clone(),
    };
    let lines = usize::from(canvas.height().saturating_sub(1));
    let indent = usize::from(layout::indent(canvas.area.width));
    let width = width.saturating_sub(indent).max(1);
    for (row, line) in text::wrap_to(&text::clean(&title), width, lines).iter().enumerate() {
        canvas.write_found(1 + indent, row as u16 + 1, line, canvas.theme.card(), &app.shown().needle);
    }
}

/// Sign, number and deadline. Answers with the quarters of a task that stands in several, where they found
/// no room in the line.
fn headline(app: &App, item: Item<'_>, style: Style, width: usize, canvas: &mut Canvas) -> Option<String> {
    let task = item.task;
    let theme = canvas.theme;
    let column = canvas.write(1, 0, theme.sign(task.status), theme.sign_style(task.status));
    let column = canvas.write(column + 1, 0, &task.no, style);
    let column =
        if app.is_news(item) { canvas.write(column, 0, theme.news(), theme.warning()) } else { column };
    let state = item.state(app.calendar);
    let room = (width + 1).saturating_sub(column + 1);
    let mut terms = wording::terms(item, app.calendar, app.lang);
    if state == State::Overdue {
        let signed = |term: &String| [format!("{} {term}", theme.late()), format!("{}{term}", theme.late())];
        terms = terms.iter().flat_map(signed).collect();
    }
    let shortest = terms.last().map_or(0, |term| text::width(term));
    let columns = task.columns(item.plan.year);
    let span = (columns.len() > 1).then(|| task.quarters.to_string());
    let in_line = span.as_ref().filter(|span| text::width(span) + 1 + shortest <= room);
    let (column, left_over) = match in_line {
        Some(span) => (canvas.write(column + 1, 0, span, style), None),
        None => (column, span),
    };
    let room = (width + 1).saturating_sub(column + 1);
    let term = match (wording::fitting(&terms, room), state) {
        // Late work is told to be late in the narrowest column, if only by its sign.
        ("", State::Overdue) => theme.late(),
        (term, _) => term,
    };
    if column + text::width(term) <= width + 1 {
        canvas.write_before(width + 1, 0, term, theme.state_style(state));
    }
    left_over
}
