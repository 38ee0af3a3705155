//! A task on the board: as a card of its column, or as a line of the band.

use ratatui::style::Style;

use super::canvas::Canvas;
use super::theme::{Mood, Theme};
use super::{steps, wording};
use crate::app::App;
use crate::app::layout::INDENT;
use crate::plan::{Column, Item, State};
use crate::text;
use crate::words::Lang;

/// Cells of a line's deadline.
const TERM: usize = 20;

/// That what is done next is done to this task as well: a sign beside its edge.
pub(super) fn marked(app: &App, item: Item<'_>, canvas: &mut Canvas) {
    if app.is_marked(item) {
        canvas.write(1, 0, canvas.theme.marked(), canvas.theme.accent());
    }
}

/// Number and deadline, the title, and what tells it from the others.
pub(super) fn draw(app: &App, item: Item<'_>, column: Column, style: Style, canvas: &mut Canvas) {
    let mood = Mood::of(item, app.calendar);
    marked(app, item, canvas);
    let start = usize::from(INDENT);
    let end = number(app, item, start, style, canvas);
    span_and_term(app, item, column, end, canvas);
    let title_style = if mood.is_over() { canvas.theme.over(style) } else { style };
    let room = canvas.width().saturating_sub(start).max(1);
    let has_last_line = app.layout().has_tail() && app.has_last_line(item, column);
    let lines = usize::from(canvas.height()).saturating_sub(1 + usize::from(has_last_line));
    let title = text::clean(&item.task.title).into_owned();
    let needle = &app.shown().needle;
    let mut row = 1;
    for line in text::wrap_to(&title, room, lines) {
        canvas.write_found(start, row, &line, title_style, needle);
        row += 1;
    }
    if has_last_line {
        last_line(app, item, column, &mut canvas.part(start as u16, row, room as u16, 1));
    }
}

/// How far the task is along its steps, and what tells it from the others.
fn last_line(app: &App, item: Item<'_>, column: Column, canvas: &mut Canvas) {
    let (theme, room) = (canvas.theme, canvas.width());
    let terms = steps::card_terms(app, item, column, theme);
    let steps = wording::fitting(&terms, room);
    let end = canvas.write(0, 0, steps, steps::card_style(app, item, column, theme));
    let start = if steps.is_empty() { 0 } else { end + GAP };
    let left = room.saturating_sub(start);
    if left < LEAST_TAIL {
        return;
    }
    let tail = app.tail_of(item);
    let tail = text::cut(&text::clean(&tail), left).into_owned();
    canvas.write_found(start, 0, &tail, theme.muted(), &app.shown().needle);
}

/// Cells between the steps and what stands behind them.
const GAP: usize = 2;

/// Cells in which that still says something.
const LEAST_TAIL: usize = 6;

/// What the deadline is to say, and the steps where they come before it.
fn terms(
    app: &App,
    item: Item<'_>,
    (said_above, column): (Column, Column),
    theme: Theme,
) -> (Vec<String>, Style) {
    let steps = steps::card_terms(app, item, column, theme);
    let state = item.deadline_state(app.calendar);
    if !steps.is_empty() && !matches!(state, State::Overdue | State::DueToday | State::DueSoon) {
        return (steps, steps::card_style(app, item, column, theme));
    }
    deadline_terms(app, item, said_above, theme)
}

fn deadline_terms(app: &App, item: Item<'_>, said_above: Column, theme: Theme) -> (Vec<String>, Style) {
    let calendar = app.calendar;
    let style = theme.words(Mood::of_deadline(item, calendar));
    (wording::card_terms(item, said_above, theme, calendar, app.lang), style)
}

/// Sign and number, and whether somebody else has changed it. Answers with the column behind them.
fn number(app: &App, item: Item<'_>, column: usize, style: Style, canvas: &mut Canvas) -> usize {
    let (theme, task, mood) = (canvas.theme, item.task, Mood::of(item, app.calendar));
    let column = canvas.write(column, 0, theme.sign(task.status), theme.sign_style(mood).patch(style)) + 1;
    let style = if mood.is_over() { theme.over(style) } else { theme.title() };
    let column = canvas.write(column, 0, &task.no, style);
    if !app.is_news(item) {
        return column;
    }
    canvas.write(column, 0, theme.news(), theme.accent())
}

/// The quarters of a task that stands in several, and at the end of the line what there is to say of its deadline.
fn span_and_term(app: &App, item: Item<'_>, column: Column, end: usize, canvas: &mut Canvas) {
    let (theme, width) = (canvas.theme, canvas.width());
    let said_above = if app.layout().is_without_strip() { Column::Year } else { column };
    let (terms, style) = if app.layout().has_tail() {
        deadline_terms(app, item, said_above, theme)
    } else {
        self::terms(app, item, (said_above, column), theme)
    };
    let room = width.saturating_sub(end + 1);
    let before = before_term(item, &terms, room, app.lang);
    let spanned = if before.is_empty() { 0 } else { text::width(&before) + 1 };
    let term = wording::fitting(&terms, room.saturating_sub(spanned));
    canvas.write(end + 1, 0, &before, theme.muted());
    canvas.write_before(width, 0, term, style);
}

/// The quarters, and how often the deadline was extended: once where there is room for all, oftener before the quarters.
fn before_term(item: Item<'_>, terms: &[String], room: usize, lang: Lang) -> String {
    let is_spanned = item.task.columns(item.plan.year).len() > 1;
    let span = if is_spanned { item.task.quarters.to_string() } else { String::new() };
    let times = item.task.times_extended();
    let extended = wording::extended(times, lang);
    let both = format!("{span} {extended}").trim().to_owned();
    let width = |term: Option<&String>| term.map_or(0, |term| text::width(term) + 1);
    let fits = |text: &String, term: usize| text::width(text) + term <= room;
    let (longest, shortest) = (width(terms.first()), width(terms.last()));
    let ways = match times {
        0 | 1 => vec![(both, longest), (span, shortest)],
        _ => vec![(both, shortest), (extended, shortest), (wording::extended_short(times, lang), shortest)],
    };
    ways.into_iter().find(|(text, term)| fits(text, *term)).map(|(text, _)| text).unwrap_or_default()
}

/// Number, title and deadline in one line.
pub(super) fn line(app: &App, item: Item<'_>, style: Style, canvas: &mut Canvas) {
    let (theme, mood) = (canvas.theme, Mood::of(item, app.calendar));
    marked(app, item, canvas);
    let column = number(app, item, usize::from(INDENT), style, canvas) + 1;
    let width = canvas.width();
    let (terms, term_style) = terms(app, item, (Column::Year, Column::Year), theme);
    let term = wording::fitting(&terms, TERM.min(width / 3).min(width.saturating_sub(column)));
    canvas.write_before(width, 0, term, term_style);
    let room = width.saturating_sub(column + text::width(term) + 2);
    let title = text::clean(&item.task.title);
    let style = if mood.is_over() { theme.over(style) } else { style };
    canvas.write_found(column, 0, &text::cut(&title, room), style, &app.shown().needle);
}
