//! The window in which a task is given: the sentence, and beneath it what is read from it while it is typed.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::window::{self, WindowPlace};
use crate::app::action::Action;
use crate::app::{App, CONCLUSION_ROWS, ConclusionForm, ConclusionRow};
use crate::text;

/// Cells of the window, where there is room.
const WIDTH: usize = 100;

pub(super) fn draw(app: &App, form: &ConclusionForm, canvas: &mut Canvas) -> Option<Position> {
    let heading = Action::Conclude.label().say(app.lang);
    let mut inside = window::open(canvas, WindowPlace::Bottom, heading, (WIDTH, CONCLUSION_ROWS.len() + 1));
    let width = inside.area.width;
    let visible = CONCLUSION_ROWS.len().min(usize::from(inside.height()).saturating_sub(1).max(1));
    let first = (form.row + 1).saturating_sub(visible);
    let mut place = None;
    for row in first..first + visible {
        let mut part = inside.part(0, (row - first) as u16, width, 1);
        if row == form.row {
            place = part.choose(|part| line(app, form, row, part));
        } else {
            line(app, form, row, &mut part);
        }
    }
    let year = app.plan().map_or(0, |plan| plan.year);
    let hint = form.hint(year, app.lang);
    let hint = text::cut(&hint, usize::from(width).saturating_sub(3)).into_owned();
    inside.write(2, visible as u16, &hint, inside.theme.muted());
    place
}

/// Answers with where the cursor is, if the line has the keys.
fn line(app: &App, form: &ConclusionForm, row: usize, canvas: &mut Canvas) -> Option<Position> {
    let (theme, field, is_chosen) = (canvas.theme, &form.fields[row], row == form.row);
    let labels = CONCLUSION_ROWS.iter().map(|row| text::width(row.label().say(app.lang)));
    let column = 3 + labels.max().unwrap_or_default() + 1;
    canvas.write(2, 0, CONCLUSION_ROWS[row].label().say(app.lang), theme.muted());
    let room = canvas.width().saturating_sub(column + 1);
    if !is_chosen {
        let text = text::cut(&text::clean(field.text()), room).into_owned();
        let style = if matches!(CONCLUSION_ROWS[row], ConclusionRow::Sentence) {
            theme.muted()
        } else {
            theme.text()
        };
        canvas.write(column, 0, if text.is_empty() { "–" } else { &text }, style);
        return None;
    }
    let (shown, cursor) = field.window(room);
    canvas.write(column, 0, shown, theme.title());
    canvas.position(column + cursor, 0)
}
