//! A window with several boxes: a line or more for each, and below them what is wrong with the chosen one.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::theme::Mood;
use super::window::{self, WindowPlace};
use super::wording;
use crate::app::App;
use crate::app::form::{FormBox, FormRow, FormSubject, FormWindow, WIDTH};
use crate::text;

/// Lines for what is said of the chosen box.
const SAID: usize = 2;

/// Lines of a box with several, unless it has the keys.
const FEW_LINES: usize = 3;

/// A line of the window: which box it belongs to, and which row of its text it shows.
type BoxLine = (usize, usize);

pub(super) fn draw(
    app: &App,
    form: &FormWindow,
    chosen: Option<Position>,
    canvas: &mut Canvas,
) -> Option<Position> {
    let place = match form.subject {
        FormSubject::Plan(_) => WindowPlace::Top,
        // The slide stays in sight.
        FormSubject::Conclusion(_) => WindowPlace::Bottom,
        _ if app.detail.is_some() => WindowPlace::Bottom,
        _ => WindowPlace::At(chosen),
    };
    let heading = app.form_heading(form);
    let wanted = lines(app, form, WIDTH.min(canvas.width().saturating_sub(2))).len();
    let mut inside = window::open(canvas, place, &heading, (WIDTH, wanted + 1 + SAID));
    let height = usize::from(inside.height());
    let lines = lines(app, form, inside.width());
    let said = SAID.min(height.saturating_sub(1));
    let visible = lines.len().min(height - said);
    let room = form.room(inside.width(), app.lang);
    let (_, row) = form.boxes[form.row].field.place(room);
    let cursor = lines.iter().position(|line| *line == (form.row, row));
    let cursor = cursor.or_else(|| lines.iter().position(|(at, _)| *at == form.row)).unwrap_or(0);
    let first = (cursor + 1).saturating_sub(visible);
    let mut place = None;
    for (at, line) in lines.iter().enumerate().skip(first).take(visible) {
        let mut part = inside.row((at - first) as u16);
        if line.0 == form.row {
            let at = part.choose(|part| draw_line(app, form, *line, part));
            place = at.or(place);
        } else {
            draw_line(app, form, *line, &mut part);
        }
    }
    let blank = usize::from(height > visible + said);
    say(app, form, &mut inside.rows((visible + blank) as u16..height as u16));
    place
}

/// The lines of all boxes: one for a box of one line, and for each of the others as many as its text has.
fn lines(app: &App, form: &FormWindow, width: usize) -> Vec<BoxLine> {
    let room = form.room(width, app.lang);
    let lines = |(at, it): (usize, &FormBox)| {
        let most = if at == form.row { usize::MAX } else { FEW_LINES };
        let count = if it.row.is_of_many_lines() { it.field.rows(room).len().min(most) } else { 1 };
        (0..count).map(move |row| (at, row))
    };
    form.boxes.iter().enumerate().flat_map(lines).collect()
}

/// Answers with where the cursor is, if the line has it.
fn draw_line(app: &App, form: &FormWindow, (at, row): BoxLine, canvas: &mut Canvas) -> Option<Position> {
    let (theme, it) = (canvas.theme, &form.boxes[at]);
    let is_chosen = at == form.row;
    let is_wrong = app.wrong_in(form, at).is_some();
    if is_wrong && !is_chosen {
        canvas.write(0, 0, theme.late(), theme.words(Mood::Late));
    }
    let label = if is_wrong { theme.words(Mood::Late) } else { theme.muted() };
    if row == 0 {
        canvas.write(2, 0, it.row.name(canvas.width(), app.lang), label);
    }
    let column = 4 + form.labels(canvas.width(), app.lang);
    let room = form.room(canvas.width(), app.lang);
    let style = match (is_chosen, it.field.is_selected()) {
        (true, true) => theme.reversed(),
        (true, false) => theme.title(),
        _ => theme.text(),
    };
    if it.field.is_empty() {
        canvas.write(column, 0, &text::cut(&stand_in(form, at), room), theme.muted());
    }
    let (shown, cursor) = part_of(it, row, room);
    canvas.write(column, 0, shown, style);
    cursor.filter(|_| is_chosen).and_then(|cursor| canvas.position(column + cursor, 0))
}

/// What one line shows of a box, and where the cursor is in it.
fn part_of(it: &FormBox, row: usize, room: usize) -> (&str, Option<usize>) {
    if !it.row.is_of_many_lines() {
        let (shown, cursor) = it.field.window(room);
        return (shown, Some(cursor));
    }
    let (column, cursor_row) = it.field.place(room);
    let shown = it.field.rows(room).into_iter().nth(row).map_or("", |range| &it.field.text()[range]);
    (shown, (row == cursor_row).then_some(column))
}

/// What is shown where nothing was typed.
fn stand_in(form: &FormWindow, at: usize) -> String {
    match form.boxes[at].row {
        FormRow::File => text::clean(&form.file().to_string_lossy()).into_owned(),
        _ if at == form.row => String::new(),
        _ => wording::NOTHING.to_owned(),
    }
}

fn say(app: &App, form: &FormWindow, canvas: &mut Canvas) {
    let theme = canvas.theme;
    let (said, style) = match app.wrong_in(form, form.row) {
        Some(why) => (format!("{} {}", theme.late(), why.say(app.lang)), theme.words(Mood::Late)),
        None => (app.hint_in(form), theme.muted()),
    };
    let said = text::clean(&said).into_owned();
    let lines = text::wrap_to(&said, canvas.width().saturating_sub(3).max(1), SAID);
    canvas.write_lines(2, 0, &lines, style);
}
