//! A text field in a window over what it is about, with what the program makes of the text.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::window::{self, WindowPlace};
use crate::app::App;
use crate::app::editor::Editor;
use crate::text;

/// Lines of what the program makes of the text.
const HINT: usize = 3;

pub(super) fn draw(
    app: &App,
    editor: &Editor,
    chosen: Option<Position>,
    canvas: &mut Canvas,
) -> Option<Position> {
    let width = app.field_width();
    let rows = editor.field.rows(width);
    let lines = if editor.is_of_many_lines() { rows.len().max(4) } else { rows.len() };
    let most = usize::from(canvas.height().saturating_sub(4 + HINT as u16)).max(1);
    let lines = lines.min(most);
    let hint = app.hint_of(editor).unwrap_or_default();
    let hint = text::wrap_to(&hint, width, HINT);
    let place = if app.detail.is_some() { WindowPlace::At(chosen) } else { WindowPlace::Bottom };
    let heading = app.heading_of(editor);
    let mut inside = window::open(canvas, place, &heading, (width + 3, lines + hint.len().max(1)));
    let (column, row) = editor.field.place(width);
    let first = (row + 1).saturating_sub(lines);
    let seen = rows.into_iter().skip(first).take(lines).map(|range| &editor.field.text()[range]);
    inside.write_lines(1, 0, &seen.collect::<Vec<_>>(), inside.theme.title());
    inside.write_lines(1, lines as u16, &hint, inside.theme.muted());
    inside.position(column + 1, (row - first) as u16)
}
