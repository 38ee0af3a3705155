//! What was told in the footer before, to be read again.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::{bars, plain_rows};
use crate::app::App;
use crate::app::action::Action;
use crate::app::scroll::Scroll;
use crate::text;
use crate::words::Phrase;

/// Cells of the time, and the blank behind it.
const TIME: usize = 6;

pub(super) fn draw(app: &App, scroll: Scroll, canvas: &mut Canvas) -> Option<Position> {
    canvas.clear();
    let rows = plain_rows(canvas);
    let style = canvas.theme.title();
    canvas.rows(rows.header).write(1, 0, Action::Past.label().say(app.lang), style);
    let mut body = canvas.rows(rows.body);
    let width = body.width().saturating_sub(TIME + 2).max(1);
    let mut lines = Vec::new();
    for (at, told) in app.told() {
        let text = text::clean(told).into_owned();
        for (nth, line) in text::wrap(&text, width).enumerate() {
            let time = if nth == 0 { at.format("%H:%M").to_string() } else { String::new() };
            lines.push((time, line.to_owned()));
        }
    }
    if lines.is_empty() {
        lines.push((
            String::new(),
            Phrase::new("Chưa có thông báo nào", "No messages yet").say(app.lang).to_owned(),
        ));
    }
    let height = usize::from(body.height());
    let first = scroll.first.min(lines.len().saturating_sub(height));
    for (row, (time, line)) in lines.iter().skip(first).take(height).enumerate() {
        body.write(1, row as u16, time, Style::new());
        body.write(1 + TIME, row as u16, line, Style::new());
    }
    bars::footer(app, &mut canvas.rows(rows.footer));
    canvas.position(0, 0)
}
