//! What was told before, to be read again, in a window.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::window::{self, WindowPlace};
use super::{picker, wording};
use crate::app::action::Action;
use crate::app::{App, TextWindow};
use crate::text;
use crate::words::Phrase;

/// Cells of the time, and the blank behind it.
const TIME: usize = 6;

/// Cells of a message.
const WIDEST: usize = 80;

pub(super) fn draw(app: &App, narrowed: &TextWindow, canvas: &mut Canvas) -> Option<Position> {
    let width = canvas.width().saturating_sub(TIME + 6).clamp(1, WIDEST);
    let mut lines = Vec::new();
    let texts: Vec<&str> = app.told().map(|(_, told)| told.as_str()).collect();
    let needle = narrowed.needle(&texts);
    for (at, told) in app.told().filter(|(_, told)| needle.matches_text(told)) {
        let text = text::clean(told).into_owned();
        for (nth, line) in text::wrap(&text, width).enumerate() {
            let time = if nth == 0 { at.format("%H:%M").to_string() } else { String::new() };
            lines.push((time, line.to_owned()));
        }
    }
    if lines.is_empty() {
        let nothing = Phrase::new("Chưa có thông báo nào", "No messages yet").say(app.lang).to_owned();
        let nothing = if texts.is_empty() { nothing } else { wording::nothing_found(app.lang, &needle) };
        lines.push((String::new(), nothing));
    }
    let heading = Action::Past.label().say(app.lang);
    let mut inside = window::open(canvas, WindowPlace::Top, heading, (width + TIME + 2, lines.len() + 1));
    let place = picker::typing(app, &narrowed.typed, &mut inside);
    let height = usize::from(inside.height()).saturating_sub(1);
    let first = narrowed.first.min(lines.len().saturating_sub(height));
    for (row, (time, line)) in lines.iter().skip(first).take(height).enumerate() {
        let row = row as u16 + 1;
        inside.write(1, row, time, inside.theme.muted());
        inside.write_found(1 + TIME, row, line, inside.theme.text(), &needle);
    }
    place
}
