//! What was told before, to be read again, in a window.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::window::{self, WindowPlace};
use crate::app::App;
use crate::app::action::Action;
use crate::app::scroll::Scroll;
use crate::text;
use crate::words::Phrase;

/// Cells of the time, and the blank behind it.
const TIME: usize = 6;

/// Cells of a message.
const WIDEST: usize = 80;

pub(super) fn draw(app: &App, scroll: Scroll, canvas: &mut Canvas) -> Option<Position> {
    let width = canvas.width().saturating_sub(TIME + 6).clamp(1, WIDEST);
    let mut lines = Vec::new();
    for (at, told) in app.told() {
        let text = text::clean(told).into_owned();
        for (nth, line) in text::wrap(&text, width).enumerate() {
            let time = if nth == 0 { at.format("%H:%M").to_string() } else { String::new() };
            lines.push((time, line.to_owned()));
        }
    }
    if lines.is_empty() {
        let nothing = Phrase::new("Chưa có thông báo nào", "No messages yet");
        lines.push((String::new(), nothing.say(app.lang).to_owned()));
    }
    let heading = Action::Past.label().say(app.lang);
    let mut inside = window::open(canvas, WindowPlace::Top, heading, (width + TIME + 2, lines.len()));
    let height = usize::from(inside.height());
    let first = scroll.first.min(lines.len().saturating_sub(height));
    for (row, (time, line)) in lines.iter().skip(first).take(height).enumerate() {
        inside.write(1, row as u16, time, inside.theme.muted());
        inside.write(1 + TIME, row as u16, line, inside.theme.text());
    }
    inside.position(0, 0)
}
