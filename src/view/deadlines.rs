//! All tasks by deadline, in groups.

use std::ops::Range;

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::{self, Canvas};
use super::theme::Mood;
use super::{card, steps, wording};
use crate::app::{App, DueHead, DueLine};
use crate::plan::board::Term;
use crate::plan::{Item, time};
use crate::text;
use crate::words::Phrase;

/// Cells of the day, of the words on the deadline, and of the number.
const DAY: usize = 5;
const TERM: usize = 12;
const NUMBER: usize = 6;

/// Cells of what tells a task from the others.
const TAIL: usize = 30;
const LEAST_TAIL: usize = 12;

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let rows = app.rows();
    let field = super::frame(app, &rows, canvas);
    let width = app.layout().panel.start.saturating_sub(1).min(canvas.area.width);
    let width = if app.layout().panel.is_empty() { canvas.area.width } else { width };
    let (top, height) = (rows.body.start, rows.body.len() as u16);
    let line = lines(app, &mut canvas.part(0, top, width, height));
    field.or(line)
}

fn lines(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let scroll = app.view().scroll;
    let mut place = None;
    let visible = usize::from(canvas.height());
    let lines = app.due_lines();
    if lines.is_empty() && !app.shown().rows.is_empty() {
        let nothing = Phrase::new("Không có việc nào cần xem lại", "Nothing needs to be looked at");
        canvas.write(2, 0, nothing.say(app.lang), canvas.theme.muted());
    }
    let seen = lines.iter().enumerate().skip(scroll.first).take(visible);
    for (row, (at, line)) in seen.enumerate() {
        let mut part = canvas.row(row as u16);
        match line {
            DueLine::Head(term, count) => head(app, *term, *count, &mut part),
            // The head of the first group in sight stays there while its tasks scroll by.
            DueLine::Task(_) if row == 0 && at != scroll.row => {
                let above = app.due_heads().iter().rev().find(|head| **head < at);
                if let Some(DueLine::Head(term, count)) = above.map(|head| &lines[*head]) {
                    head(app, *term, *count, &mut part);
                }
            }
            DueLine::Task(task) => {
                let item = app.item(*task);
                if at == scroll.row {
                    let style = part.theme.title();
                    part.choose(|part| self::line(app, item, style, part));
                    place = part.position(1, 0);
                } else {
                    part.mood_edge(Mood::of(item, app.calendar));
                    self::line(app, item, part.theme.text(), &mut part);
                }
            }
        }
    }
    let hidden = scroll.first..(scroll.first + visible).min(lines.len());
    out_of_sight(app, &hidden, canvas);
    place
}

/// `↑3 ↓12` at the end of the first line, where that is the head of a group.
fn out_of_sight(app: &App, seen: &Range<usize>, canvas: &mut Canvas) {
    let (length, heads) = (app.due_lines().len(), app.due_heads());
    let before = |line: usize| line - heads.partition_point(|&head| head < line);
    let theme = canvas.theme;
    let mut marks = canvas::out_of_sight(theme, before(seen.start), before(length) - before(seen.end), 0);
    if !marks.is_empty() && app.view().scroll.row != seen.start {
        marks.push((" ".to_owned(), theme.text()));
        canvas.rule_end(&marks);
    }
}

/// `QUÁ HẠN 10 ─────`
fn head(app: &App, head: DueHead, count: usize, canvas: &mut Canvas) {
    let theme = canvas.theme;
    let style = if head == DueHead::Term(Term::Overdue) { theme.words(Mood::Late) } else { theme.title() };
    let label = head.label().say(app.lang).to_uppercase();
    canvas.rule(&[(format!(" {label} "), style), (format!("{count} "), theme.muted())]);
}

/// Sign, deadline and how far it is, number, title; at the end the lead agency, where leads differ.
fn line(app: &App, item: Item<'_>, style: Style, canvas: &mut Canvas) {
    let (task, theme, mood) = (item.task, canvas.theme, Mood::of(item, app.calendar));
    card::marked(app, item, canvas);
    canvas.write(2, 0, theme.sign(task.status), theme.sign_style(mood));
    let mut column = 4;
    if canvas.width() >= 60 {
        let day = item.next_day(app.calendar.today).map_or_else(String::new, time::write_short_date);
        canvas.write(column, 0, &day, theme.muted());
        column += DAY + 1;
    }
    let late = if mood == Mood::Late { format!("{} ", theme.late()) } else { String::new() };
    let mut terms = wording::listed_terms(item, app.calendar, app.lang);
    terms.retain(|term| !term.contains(", "));
    let term = wording::fitting(&terms, TERM - text::width(&late));
    canvas.write(column, 0, &format!("{late}{term}"), theme.words(mood));
    column += TERM + 1;
    let no = if mood.is_over() { theme.over(style) } else { theme.title() };
    let end = canvas.write(column, 0, &text::cut(&text::clean(&task.no), NUMBER + 3), no);
    let end = if app.is_news(item) { canvas.write(end, 0, theme.news(), theme.accent()) } else { end };
    column = (column + NUMBER).max(end) + 1;
    let width = canvas.width().saturating_sub(1);
    let tail = tail(app, item, width.saturating_sub(column));
    let end =
        if tail.is_empty() { width } else { width.saturating_sub(tail_room(width.saturating_sub(column))) };
    canvas.write(end, 0, &tail, theme.muted());
    let step = steps::of_list(item, app.calendar, app.lang).unwrap_or_default();
    let step = text::cut(&text::clean(&step), end.saturating_sub(column) / 2).into_owned();
    let behind = canvas.write(column, 0, &step, steps::style(app, item, theme));
    column = if step.is_empty() { column } else { behind + 2 };
    let room = end.saturating_sub(column + if tail.is_empty() { 0 } else { 2 });
    let title = text::clean(&task.title);
    let style = if mood.is_over() { theme.over(style) } else { style };
    canvas.write_found(column, 0, &text::cut(&title, room), style, &app.shown().needle);
}

/// What tells it from the others, where the title has room enough beside it.
fn tail(app: &App, item: Item<'_>, room: usize) -> String {
    text::cut(&text::clean(&app.tail_of(item)), tail_room(room)).into_owned()
}

/// The cells of a column of its own beside the titles.
fn tail_room(room: usize) -> usize {
    if room / 3 < LEAST_TAIL { 0 } else { (room / 3).min(TAIL) }
}
