//! The window in which a plan is made: a line for each field, and below them what is wrong with the chosen one.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::theme::Mood;
use super::window::{self, WindowPlace};
use crate::app::App;
use crate::app::new_plan::{FORM_ROWS, FormRow, PlanForm};
use crate::text;
use crate::words::Lang;

/// Cells of the window, where there is room.
const WIDTH: usize = 72;

/// From so many cells on there is room for whole labels.
const ROOMY: usize = 50;

/// Lines for what is said of the chosen field.
const SAID: usize = 2;

pub(super) fn draw(app: &App, form: &PlanForm, canvas: &mut Canvas) -> Option<Position> {
    let (heading, rows) = (app.form_heading(), FORM_ROWS.len());
    let mut inside = window::open(canvas, WindowPlace::Top, &heading, (WIDTH, rows + 1 + SAID));
    let (width, height) = (inside.area.width, usize::from(inside.height()));
    let said = SAID.min(height.saturating_sub(1));
    let visible = rows.min(height - said);
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
    let blank = usize::from(height > visible + said);
    say(app, form, &mut inside.rows((visible + blank) as u16..height as u16));
    place
}

/// Answers with where the cursor is, if the line has the keys.
fn line(app: &App, form: &PlanForm, row: usize, canvas: &mut Canvas) -> Option<Position> {
    let (theme, field) = (canvas.theme, &form.fields[row]);
    let is_chosen = row == form.row;
    let is_wrong = form.wrong(row).is_some();
    if is_wrong && !is_chosen {
        canvas.write(0, 0, theme.late(), theme.words(Mood::Late));
    }
    let label = if is_wrong { theme.words(Mood::Late) } else { theme.muted() };
    canvas.write(2, 0, name(FORM_ROWS[row], canvas.width(), app.lang), label);
    let column = 4 + labels(canvas.width(), app.lang);
    let room = canvas.width().saturating_sub(column + 1);
    let (shown, cursor) = field.window(room);
    let style = match (is_chosen, field.is_selected()) {
        (true, true) => theme.reversed(),
        (true, false) => theme.title(),
        _ => theme.text(),
    };
    if field.is_empty() {
        canvas.write(column, 0, &text::cut(&stand_in(form, row), room), theme.muted());
    }
    canvas.write(column, 0, shown, style);
    canvas.position(column + cursor, 0).filter(|_| is_chosen)
}

/// What is shown where nothing was typed.
fn stand_in(form: &PlanForm, row: usize) -> String {
    match FORM_ROWS[row] {
        FormRow::File => text::clean(&form.file().to_string_lossy()).into_owned(),
        FormRow::Head(_) if row == form.row => String::new(),
        FormRow::Head(_) => "–".to_owned(),
    }
}

fn name(row: FormRow, width: usize, lang: Lang) -> &'static str {
    if width < ROOMY { row.short(lang) } else { row.label(lang) }
}

/// Cells of the longest label.
fn labels(width: usize, lang: Lang) -> usize {
    FORM_ROWS.iter().map(|row| text::width(name(*row, width, lang))).max().unwrap_or(0)
}

fn say(app: &App, form: &PlanForm, canvas: &mut Canvas) {
    let theme = canvas.theme;
    let (said, style) = match form.wrong(form.row) {
        Some(why) => (format!("{} {}", theme.late(), why.say(app.lang)), theme.words(Mood::Late)),
        None => (form.hint(app.lang), theme.muted()),
    };
    let said = text::clean(&said).into_owned();
    let lines = text::wrap_to(&said, canvas.width().saturating_sub(3).max(1), SAID);
    for (row, line) in lines.iter().enumerate() {
        canvas.write(2, row as u16, line, style);
    }
}
