//! The board: a column for each quarter, a card for each task.

use std::ops::Range;

use ratatui::layout::Position;
use ratatui::style::Style;

use super::pen::Pen;
use super::{bars, strip, wording};
use crate::app::App;
use crate::app::layout::{self, CARD_MARGIN, Columns, Layout, Place};
use crate::plan::board::{Board, Lane};
use crate::plan::summary::Figures;
use crate::plan::{Column, Plan, State, Task};
use crate::text::{self, Needle};
use crate::words::{Lang, Phrase};

/// Cells of a column whose head has room for whole words in every language.
const ROOMY: usize = 19;

pub(super) fn draw(app: &App, pen: &mut Pen) -> Option<Position> {
    let plan = app.plan()?;
    let board = app.board();
    let layout = app.layout(plan, &board);
    bars::header(app, &mut pen.rows(layout.rows.header.clone()));
    heads(app, plan, &board, &layout, &mut pen.rows(layout.rows.heads.clone()));
    let place = lanes(app, plan, &board, &layout, pen);
    for row in layout.rows.rule.clone() {
        let line = pen.theme.line();
        pen.rule(row, line);
    }
    strip::draw(app, &mut pen.rows(layout.rows.strip.clone()));
    bars::footer(app, &mut pen.rows(layout.rows.footer.clone()));
    place
}

fn heads(app: &App, plan: &Plan, board: &Board, layout: &Layout, pen: &mut Pen) {
    match layout.columns {
        Columns::Side => {
            for (lane, place) in board.lanes.iter().zip(&layout.lanes) {
                let mut head = pen.part(place.left, 0, place.width, 1);
                side_head(app, plan, lane, &mut head);
            }
        }
        Columns::Tabs => tabs(app, plan, board, pen),
    }
}

fn side_head(app: &App, plan: &Plan, lane: &Lane, pen: &mut Pen) {
    let is_here = lane.column == app.cursor.column();
    let style = pen.theme.title().add_modifier(ratatui::style::Modifier::UNDERLINED);
    let progress = progress(app, plan, lane);
    let width = pen.width().saturating_sub(1);
    let label = if width < ROOMY { lane.column.short() } else { lane.column.label() };
    let label = label.say(app.lang).to_uppercase();
    pen.write(0, 0, &" ".repeat(width), style);
    if is_here {
        let mark = pen.theme.mark();
        pen.write(0, 0, mark, pen.theme.chosen_mark().patch(style));
    }
    pen.write(1, 0, &label, style);
    pen.write_before(width, 0, &progress, style);
}

/// `6/10`: done of what counts in this column.
fn progress(app: &App, plan: &Plan, lane: &Lane) -> String {
    let figures = Figures::of(lane.tasks.iter().map(|&at| &plan.tasks[at]), plan.year, app.calendar);
    format!("{}/{}", figures.done(), figures.counted())
}

/// The quarters in one line, the open one marked; as much of them as there is room for, and no half of a count.
fn tabs(app: &App, plan: &Plan, board: &Board, pen: &mut Pen) {
    let tab = |lane: &Lane, tabs| {
        let progress = progress(app, plan, lane);
        let (short, label) = (tab_name(lane.column, app.lang), lane.column.label().say(app.lang));
        match tabs {
            Tabs::Whole => (format!(" {short} {progress} "), format!(" {label} {progress} ")),
            Tabs::Close => (format!(" {short} {progress}"), format!(" {label} {progress} ")),
            Tabs::Short => (format!(" {short} {progress}"), format!(" {short} {progress} ")),
            Tabs::Names => (format!(" {short}"), format!(" {short} {progress} ")),
        }
    };
    let fits = |tabs: &Tabs| {
        let widths = board.lanes.iter().map(|lane| tab(lane, *tabs));
        let widths = widths.map(|(other, here)| (text::width(&other), text::width(&here)));
        // Whichever is open, so that they do not change their look with it.
        let (others, more) = widths.fold((0, 0), |(others, more), (other, here)| {
            (others + other, more.max(here.saturating_sub(other)))
        });
        others + more <= pen.width()
    };
    let tabs = Tabs::ALL.into_iter().find(fits).unwrap_or(Tabs::Names);
    let mut column = 0;
    for lane in &board.lanes {
        let (other, here) = tab(lane, tabs);
        let is_here = lane.column == app.cursor.column();
        let style = if is_here { pen.theme.filter().patch(pen.theme.title()) } else { Style::new() };
        column = pen.write(column, 0, if is_here { &here } else { &other }, style);
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

fn lanes(app: &App, plan: &Plan, board: &Board, layout: &Layout, pen: &mut Pen) -> Option<Position> {
    let mut cursor = None;
    for (lane, place) in board.lanes.iter().zip(&layout.lanes) {
        let body = layout.rows.body.clone();
        let mut pen = pen.part(place.left, body.start, place.width, body.end - body.start);
        let found = cards(app, plan, lane, place, &mut pen);
        cursor = cursor.or(found);
    }
    cursor
}

fn cards(app: &App, plan: &Plan, lane: &Lane, place: &Place, pen: &mut Pen) -> Option<Position> {
    let scroll = app.cursor.scroll(lane.column);
    let is_here = lane.column == app.cursor.column();
    let needle = app.needle();
    let cards = place.cards(plan, lane, scroll.first);
    let mut cursor = None;
    for &(row, top, height) in &cards {
        let task = &plan.tasks[lane.tasks[row]];
        let is_chosen = is_here && row == scroll.row;
        let (width, rows) = (pen.area.width, top..top + height);
        let mut part = pen.part(0, rows.start, width, rows.end - rows.start);
        card(app, plan, task, is_chosen.then_some(()), &needle, &mut part);
        if is_chosen {
            cursor = part.position(1, 0);
        }
    }
    let seen = cards.first().map_or(0, |card| card.0)..cards.last().map_or(0, |card| card.0 + 1);
    if seen.len() < lane.tasks.len() {
        more(app, seen, lane.tasks.len(), pen);
    }
    cursor
}

/// How many cards are out of sight above and below.
fn more(app: &App, seen: Range<usize>, length: usize, pen: &mut Pen) {
    let mut parts = Vec::new();
    if seen.start > 0 {
        parts.push(format!("{} {}", seen.start, Phrase::new("trên", "above").say(app.lang)));
    }
    if seen.end < length {
        parts.push(format!("{} {}", length - seen.end, Phrase::new("dưới", "below").say(app.lang)));
    }
    let row = pen.height().saturating_sub(1);
    let hidden = format!("{} {}", length - seen.len(), Phrase::new("nữa", "more").say(app.lang));
    let texts = [format!("… {}", parts.join(", ")), format!("… {hidden}")];
    pen.write(1, row, wording::fitting(&texts, pen.width().saturating_sub(2)), Style::new());
}

fn card(app: &App, plan: &Plan, task: &Task, chosen: Option<()>, needle: &Needle, pen: &mut Pen) {
    let theme = pen.theme;
    let style = if chosen.is_some() { theme.chosen() } else { theme.card() };
    if chosen.is_some() {
        for row in 0..pen.height() {
            pen.write(0, row, theme.mark(), theme.chosen_mark());
        }
    }
    let width = pen.width().saturating_sub(usize::from(CARD_MARGIN));
    let span = headline(app, plan, task, style, width, pen);
    let title = match span {
        Some(span) => format!("{span} {}", task.title),
        None => task.title.clone(),
    };
    let lines = usize::from(pen.height().saturating_sub(1));
    let indent = usize::from(layout::indent(pen.area.width));
    let width = width.saturating_sub(indent).max(1);
    for (row, line) in text::wrap_to(&text::clean(&title), width, lines).iter().enumerate() {
        pen.write_found(1 + indent, row as u16 + 1, line, theme.card(), needle);
    }
}

/// Sign, number and deadline. Answers with the quarters of a task that stands in several, where they found
/// no room in the line.
fn headline(
    app: &App,
    plan: &Plan,
    task: &Task,
    style: Style,
    width: usize,
    pen: &mut Pen,
) -> Option<String> {
    let theme = pen.theme;
    let column = pen.write(1, 0, theme.sign(task.status), theme.sign_style(task.status));
    let number = text::clean(&task.no).into_owned();
    let column = pen.write(column + 1, 0, &number, style);
    let is_news = app.open().is_some_and(|open| open.news.contains_key(&task.id));
    let column = if is_news { pen.write(column, 0, theme.news(), theme.warning()) } else { column };
    let state = plan.state(task, app.calendar);
    let room = (width + 1).saturating_sub(column + 1);
    let mut terms = wording::terms(plan, task, app.calendar, app.lang);
    if state == State::Overdue {
        let signed = |term: &String| [format!("{} {term}", theme.late()), format!("{}{term}", theme.late())];
        terms = terms.iter().flat_map(signed).collect();
    }
    let shortest = terms.last().map_or(0, |term| text::width(term));
    let columns = task.columns(plan.year);
    let span = (columns.len() > 1).then(|| task.quarters.to_string());
    let in_line = span.as_ref().filter(|span| text::width(span) + 1 + shortest <= room);
    let column = in_line.map_or(column, |span| pen.write(column + 1, 0, span, style));
    let is_told_there = in_line.is_some();
    let room = (width + 1).saturating_sub(column + 1);
    let term = match (wording::fitting(&terms, room), state) {
        // Late work is told to be late in the narrowest column, if only by its sign.
        ("", State::Overdue) => theme.late(),
        (term, _) => term,
    };
    if column + text::width(term) <= width + 1 {
        pen.write_before(width + 1, 0, term, theme.state_style(state));
    }
    span.filter(|_| !is_told_there)
}
