//! A text field over the view that it belongs to, with what the program makes of the text.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::bars;
use super::canvas::Canvas;
use crate::app::App;
use crate::app::editor::Editor;
use crate::text;

pub(super) fn draw(app: &App, editor: &Editor, canvas: &mut Canvas) -> Option<Position> {
    let plan = app.plan_of(editor.plan())?;
    let width = app.field_width();
    let rows = editor.field.rows(width);
    let lines = if editor.is_of_many_lines() { rows.len().max(4) } else { rows.len() };
    let most = usize::from(canvas.height().saturating_sub(4)).max(1);
    let lines = lines.min(most) as u16;
    let height = lines + 4;
    let top = canvas.height().saturating_sub(height);
    let area = canvas.area.width;
    let mut canvas = canvas.part(0, top, area, height);
    canvas.clear();
    let line = canvas.theme.line();
    canvas.rule(0, line);
    let style = canvas.theme.title();
    let heading = text::cut(&editor.heading(app.lang), canvas.width().saturating_sub(4)).into_owned();
    canvas.write(1, 0, &format!(" {heading} "), style);
    let (column, row) = editor.field.place(width);
    let first = (row + 1).saturating_sub(usize::from(lines));
    for (at, range) in rows.iter().enumerate().skip(first).take(usize::from(lines)) {
        canvas.write(2, (at - first) as u16 + 1, &editor.field.text()[range.clone()], style);
    }
    if let Some(hint) = editor.hint(plan, app.calendar, app.lang) {
        let room = canvas.width().saturating_sub(3);
        canvas.write(2, lines + 1, &text::cut(&hint, room), Style::new());
    }
    canvas.rule(lines + 2, line);
    let place = canvas.position(column + 2, (row - first) as u16 + 1);
    bars::footer(app, &mut canvas.rows(lines + 3..lines + 4));
    place
}
