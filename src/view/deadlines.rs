//! All tasks by deadline, in groups.

use chrono::NaiveDate;
use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::wording;
use crate::app::{App, DueLine};
use crate::plan::{Item, State, time};
use crate::text;
use crate::words::Lang;

/// Cells of the words on the deadline, and of the number.
const TERM: usize = 19;
const DAY: usize = 10;
const MARKED_DAY: usize = 15;
const NUMBER: usize = 6;

/// As wide a screen has room for the weekdays.
const MARKED: usize = 80;

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let rows = app.rows(0);
    super::frame(app, &rows, canvas);
    lines(app, &mut canvas.rows(rows.body))
}

fn lines(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let scroll = app.view().scroll;
    let mut place = None;
    let seen = app.due_lines().iter().enumerate().skip(scroll.first).take(usize::from(canvas.height()));
    for (row, (at, line)) in seen.enumerate() {
        let row = row as u16;
        match line {
            DueLine::Head(term, count) => {
                let text = format!("{} ({count})", term.label().say(app.lang));
                canvas.write(1, row, &text, canvas.theme.heading());
            }
            DueLine::Task(task) => {
                let is_chosen = at == scroll.row;
                let style = if is_chosen { canvas.theme.chosen() } else { canvas.theme.card() };
                let width = canvas.area.width;
                self::line(app, app.item(*task), style, &mut canvas.part(0, row, width, 1));
                if is_chosen {
                    canvas.write(0, row, canvas.theme.mark(), canvas.theme.chosen_mark());
                    place = canvas.position(1, row);
                }
            }
        }
    }
    place
}

/// Sign, deadline, how far it is, number, title.
fn line(app: &App, item: Item<'_>, style: Style, canvas: &mut Canvas) {
    let (task, theme) = (item.task, canvas.theme);
    canvas.write(1, 0, theme.sign(task.status), theme.sign_style(task.status));
    let mut column = 3;
    if canvas.width() >= 60 {
        // The weekday behind the day, where its column has room for it.
        let (write, room): (fn(NaiveDate, Lang) -> String, _) = match canvas.width() {
            MARKED.. => (time::write_marked_date, MARKED_DAY),
            _ => (|day, _| time::write_date(day), DAY),
        };
        let deadline = item.deadline().map_or_else(String::new, |day| write(day, app.lang));
        canvas.write(column, 0, &deadline, style);
        column += room + 1;
    }
    let state = item.state(app.calendar);
    let late = if state == State::Overdue { format!("{} ", theme.late()) } else { String::new() };
    let mut terms = wording::terms(item, app.calendar, app.lang);
    terms.retain(|term| !term.contains(", "));
    let term = wording::fitting(&terms, TERM - text::width(&late));
    canvas.write(column, 0, &format!("{late}{term}"), theme.state_style(state));
    column += TERM + 1;
    let end = canvas.write(column, 0, &text::cut(&text::clean(&task.no), NUMBER + 3), style);
    let end = if app.is_news(item) { canvas.write(end, 0, theme.news(), theme.warning()) } else { end };
    column = (column + NUMBER).max(end) + 1;
    let title = text::clean(&task.title);
    let title = text::cut(&title, canvas.width().saturating_sub(column + 1));
    canvas.write_found(column, 0, &title, style, &app.shown().needle);
}
