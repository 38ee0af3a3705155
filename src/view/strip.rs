//! The strip below a view: the whole title of the chosen task, and what else one asks of it first.

use ratatui::style::Style;

use super::pen::Pen;
use super::wording;
use crate::app::App;
use crate::app::layout::strip_title;
use crate::plan::{Field, State, Status};
use crate::text;
use crate::words::{Lang, Phrase};

pub(super) fn draw(app: &App, pen: &mut Pen) {
    let Some(plan) = app.plan() else { return };
    let Some(task) = app.selected() else {
        let text = if app.query.is_empty() {
            Phrase::new("Ở đây chưa có việc. Insert để thêm", "No task here. Insert adds one")
        } else {
            Phrase::new("Không có kết quả. Esc để bỏ lọc", "Nothing found. Esc clears the filter")
        };
        pen.write(1, 0, text.say(app.lang), Style::new());
        return;
    };
    let width = pen.width().saturating_sub(2).max(1);
    let height = usize::from(pen.height());
    let facts = if height > 3 { 2 } else { usize::from(height > 1) };
    let title = text::clean(&strip_title(&task.no, &task.title)).into_owned();
    let lines = text::wrap_to(&title, width, height - facts);
    for (row, line) in lines.iter().enumerate() {
        pen.write(1, row as u16, line, pen.theme.title());
    }
    let state = plan.state(task, app.calendar);
    // Below every title at the same place, where the eye finds them and where less has to be sent.
    let mut row = (height - facts) as u16;
    if facts > 1 {
        let agencies = agencies(&task.lead, &task.support, app.lang);
        pen.write(1, row, &text::cut(&text::clean(&agencies), width), Style::new());
        row += 1;
    }
    if facts > 0 {
        let column = pen.write(1, row, pen.theme.sign(task.status), pen.theme.sign_style(task.status));
        let end = pen.write(column + 1, row, task.status.label().say(app.lang), Style::new());
        // What follows stays where it is when the status changes, and need not be sent again.
        let column = end.max(column + 1 + text::width(Status::Todo.label().say(app.lang)));
        let late = if state == State::Overdue { format!("{} ", pen.theme.late()) } else { String::new() };
        let column = pen.write(column, row, " · ", Style::new());
        let room = pen.width().saturating_sub(column + text::width(&late));
        let sentences = wording::sentences(plan, task, app.calendar, app.lang);
        let sentence = wording::fitting(&sentences, room);
        let column = pen.write(column, row, &format!("{late}{sentence}"), pen.theme.state_style(state));
        let rest = rest(app, task);
        let room = pen.width().saturating_sub(column + 1);
        if room > 8 {
            pen.write(column, row, &text::cut(&text::clean(&rest), room), Style::new());
        }
    }
}

fn agencies(lead: &[String], support: &[String], lang: Lang) -> String {
    let mut parts = Vec::new();
    for (names, field) in [(lead, Field::Lead), (support, Field::Support)] {
        if !names.is_empty() {
            parts.push(format!("{}: {}", field.short().say(lang), names.join("; ")));
        }
    }
    parts.join(" · ")
}

/// The time as printed, and what was written down of the result.
fn rest(app: &App, task: &crate::plan::Task) -> String {
    let mut rest = vec![String::new()];
    if !task.time.is_empty() {
        rest.push(task.time.clone());
    }
    for (field, text) in [(Field::Output, &task.output), (Field::Note, &task.note)] {
        if let Some(line) = text.lines().next() {
            rest.push(format!("{}: {line}", field.label().say(app.lang)));
        }
    }
    rest.join(" · ")
}
