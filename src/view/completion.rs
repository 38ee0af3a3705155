//! The line in which the day and the document of completion are written, in place of the footer.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use crate::app::editor::{Editor, Part};
use crate::app::edits::undo;
use crate::app::{App, Day};
use crate::plan::Status;
use crate::text;
use crate::words::Phrase;

/// Cells of a line that has room for both fields.
const BOTH: usize = 60;

/// Cells of a written day, and one for the cursor.
const DAY: usize = 11;

pub(super) fn draw(app: &App, editor: &Editor, canvas: &mut Canvas) -> Option<Position> {
    let completion = editor.completion()?;
    let width = canvas.area.width;
    if let Some(hint) = app.notice_of_key().map(str::to_owned).or_else(|| app.hint_of(editor)) {
        let mut line = canvas.part(0, canvas.height().saturating_sub(2), width, 1);
        line.clear();
        line.fill(line.theme.bar());
        let room = line.width().saturating_sub(2);
        line.write(1, 0, &text::cut(&hint, room), Style::new());
    }
    let mut line = canvas.part(0, canvas.height().saturating_sub(1), width, 1);
    line.clear();
    line.fill(line.theme.bar());
    let (day, document) = match completion.part {
        Part::Day => (&editor.field, &completion.other),
        Part::Document => (&completion.other, &editor.field),
    };
    let is_wide = line.width() >= BOTH;
    let mut place = None;
    let mut column = 1;
    if is_wide || completion.part == Part::Day {
        let narrow = Phrase::new("Xong ngày ", "Done on ").say(app.lang).to_owned();
        let on = Phrase::new("ngày", "on").say(app.lang);
        let wide = format!("{}: {} {on} ", completion.of.task.no, Status::Done.label().say(app.lang));
        column = line.write(column, 0, if is_wide { &wide } else { &narrow }, line.theme.title());
        let at = (completion.part == Part::Day).then_some(&mut place);
        column = field(day, column, DAY, at, &mut line);
        if app.day == Day::AsOf {
            let as_of = Phrase::new(" (ngày đang xem)", " (the day shown)").say(app.lang);
            column = line.write(column, 0, as_of, Style::new());
        }
        column += 2;
    }
    if is_wide || completion.part == Part::Document {
        let word = Phrase::new("số văn bản", "document").say(app.lang);
        column = line.write(column, 0, &format!("{word}: "), line.theme.title());
        let room = line.width().saturating_sub(column + 1);
        let at = (completion.part == Part::Document).then_some(&mut place);
        column = field(document, column, room, at, &mut line);
    }
    let undo = undo(app.lang);
    if column + 2 + text::width(&undo) < line.width() {
        line.write_before(line.width() - 1, 0, &undo, Style::new());
    }
    place
}

/// Answers with the column behind it. The cursor is put into the field that has the keys.
fn field(
    field: &text::Field,
    column: usize,
    room: usize,
    place: Option<&mut Option<Position>>,
    line: &mut Canvas,
) -> usize {
    let (shown, cursor) = field.window(room);
    let style = if field.is_selected() && place.is_some() { line.theme.reversed() } else { Style::new() };
    if let Some(place) = place {
        *place = line.position(column + cursor, 0);
    }
    line.write(column, 0, shown, style)
}
