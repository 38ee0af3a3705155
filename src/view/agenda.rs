//! All tasks by deadline, in groups.

use chrono::NaiveDate;
use ratatui::layout::Position;
use ratatui::style::Style;

use super::pen::Pen;
use super::{bars, strip, wording};
use crate::app::layout::Rows;
use crate::app::{App, Line};
use crate::plan::{Plan, State, time};
use crate::text::{self, Needle};
use crate::words::Lang;

/// Cells of the words on the deadline, and of the number.
const TERM: usize = 19;
const DAY: usize = 10;
const MARKED_DAY: usize = 15;
const NUMBER: usize = 6;

/// As wide a screen has room for the weekdays.
const MARKED: usize = 80;

pub(super) fn draw(app: &App, pen: &mut Pen) -> Option<Position> {
    let plan = app.plan()?;
    let rows = Rows::of(app.size, plan, 0);
    bars::header(app, &mut pen.rows(rows.header.clone()));
    let place = lines(app, plan, &mut pen.rows(rows.body.clone()));
    for row in rows.rule.clone() {
        let line = pen.theme.line();
        pen.rule(row, line);
    }
    strip::draw(app, &mut pen.rows(rows.strip.clone()));
    bars::footer(app, &mut pen.rows(rows.footer.clone()));
    place
}

fn lines(app: &App, plan: &Plan, pen: &mut Pen) -> Option<Position> {
    let scroll = app.deadlines;
    let lines = app.agenda();
    let needle = app.needle();
    let mut place = None;
    for (row, (at, line)) in
        lines.iter().enumerate().skip(scroll.first).take(usize::from(pen.height())).enumerate()
    {
        let row = row as u16;
        match line {
            Line::Head(term, count) => {
                let text = format!("{} ({count})", term.label().say(app.lang));
                let style = pen.theme.title().add_modifier(ratatui::style::Modifier::UNDERLINED);
                pen.write(1, row, &text, style);
            }
            Line::Task(task) => {
                let is_chosen = at == scroll.row;
                let style = if is_chosen { pen.theme.chosen() } else { pen.theme.card() };
                let width = pen.area.width;
                self::line(app, plan, *task, style, &needle, &mut pen.part(0, row, width, 1));
                if is_chosen {
                    let (mark, style) = (pen.theme.mark(), pen.theme.chosen_mark());
                    pen.write(0, row, mark, style);
                    place = pen.position(1, row);
                }
            }
        }
    }
    place
}

/// Sign, deadline, how far it is, number, title.
fn line(app: &App, plan: &Plan, at: usize, style: Style, needle: &Needle, pen: &mut Pen) {
    let task = &plan.tasks[at];
    let theme = pen.theme;
    pen.write(1, 0, theme.sign(task.status), theme.sign_style(task.status));
    let mut column = 3;
    if pen.width() >= 60 {
        // The weekday behind the day, where its column has room for it.
        let (write, room): (fn(NaiveDate, Lang) -> String, _) = match pen.width() {
            MARKED.. => (time::write_marked_date, MARKED_DAY),
            _ => (|day, _| time::write_date(day), DAY),
        };
        let deadline = plan.deadline(task).map_or_else(String::new, |day| write(day, app.lang));
        pen.write(column, 0, &deadline, style);
        column += room + 1;
    }
    let state = plan.state(task, app.calendar);
    let terms = wording::terms(plan, task, app.calendar, app.lang);
    let late = if state == State::Overdue { format!("{} ", theme.late()) } else { String::new() };
    let terms: Vec<String> = terms.iter().filter(|term| !term.contains(", ")).cloned().collect();
    let term = wording::fitting(&terms, TERM - text::width(&late));
    pen.write(column, 0, &format!("{late}{term}"), theme.state_style(state));
    column += TERM + 1;
    let number = text::cut(&text::clean(&task.no), NUMBER + 3).into_owned();
    let end = pen.write(column, 0, &number, style);
    let is_news = app.open().is_some_and(|open| open.news.contains_key(&task.id));
    let end = if is_news { pen.write(end, 0, theme.news(), theme.warning()) } else { end };
    column = (column + NUMBER).max(end) + 1;
    let title = text::clean(&task.title).into_owned();
    pen.write_found(column, 0, &text::cut(&title, pen.width().saturating_sub(column + 1)), style, needle);
}
