//! The plans to choose from, each with its progress and what is late in it.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::{bars, plain_rows};
use crate::app::action::Action;
use crate::app::{App, OpenPlan};
use crate::plan::State;
use crate::text;

/// Cells of the bar of progress.
const BAR: usize = 10;

/// Cells of a title that the bar leaves alone; the figures leave it half of them.
const TITLE: usize = 20;

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let rows = plain_rows(canvas);
    let title = Action::Plans.label().say(app.lang);
    let style = canvas.theme.title();
    canvas.rows(rows.header.clone()).write(1, 0, &format!("tiendo · {title}"), style);
    let place = lines(app, &mut canvas.rows(rows.body.clone()));
    bars::footer(app, &mut canvas.rows(rows.footer));
    place
}

fn lines(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let mut place = None;
    let each = if canvas.height() as usize >= app.plans.len() * 3 { 3 } else { 1 };
    let visible = (usize::from(canvas.height()) / each).max(1);
    let scroll = app.view().scroll;
    let first = scroll.row.saturating_sub(visible - 1).max(scroll.first.min(scroll.row));
    for (at, open) in app.plans.iter().enumerate().skip(first).take(visible) {
        let top = ((at - first) * each) as u16;
        let is_chosen = at == scroll.row;
        let width = canvas.area.width;
        let mut part = canvas.part(0, top, width, (each as u16).min(2));
        if is_chosen {
            for row in 0..part.height() {
                let (mark, style) = (part.theme.mark(), part.theme.chosen_mark());
                part.write(0, row, mark, style);
            }
            place = part.position(1, 0);
        }
        line(app, open, if is_chosen { part.theme.chosen() } else { Style::new() }, &mut part);
    }
    place
}

/// File, title and figures; in two lines where there is room.
fn line(app: &App, open: &OpenPlan, style: Style, canvas: &mut Canvas) {
    let Some(plan) = &open.plan else {
        file_in_trouble(app, open, 0, style, canvas);
        return;
    };
    let figures = open.index.figures(plan, app.calendar);
    let (full, empty) = canvas.theme.bar();
    let done = if figures.counted() == 0 { 0 } else { figures.done() * BAR / figures.counted() };
    let late = match figures.overdue() {
        0 => String::new(),
        late => {
            format!(
                "  {} {late} {}",
                canvas.theme.late(),
                State::Overdue.label().say(app.lang).to_lowercase()
            )
        }
    };
    let mut told = format!("{}/{}{late}", figures.done(), figures.counted());
    let width = canvas.width().saturating_sub(1);
    let bar = format!("{}{} ", full.repeat(done), empty.repeat(BAR - done));
    let room = |told: &str| width.saturating_sub(text::width(told) + 4);
    if room(&told) >= text::width(&bar) + TITLE {
        told.insert_str(0, &bar);
    }
    if room(&told) < TITLE / 2 {
        told.clear();
    }
    canvas.write(2, 0, &text::cut(&text::clean(&plan.title), room(&told)), style);
    canvas.write_before(width, 0, &told, style);
    if open.trouble.is_some() {
        file_in_trouble(app, open, 1, Style::new(), canvas);
        return;
    }
    let file = [open.path.as_str(), &plan.number].into_iter().filter(|part| !part.is_empty());
    let file = file.collect::<Vec<_>>().join(" · ");
    canvas.write(2, 1, &text::cut(&text::clean(&file), width.saturating_sub(2)), Style::new());
}

/// The file, and what is wrong with it.
fn file_in_trouble(app: &App, open: &OpenPlan, row: u16, style: Style, canvas: &mut Canvas) {
    let trouble = open.trouble.as_ref().map_or("", |trouble| trouble.say(app.lang));
    let column = canvas.write(2, row, &open.path, style);
    let room = canvas.width().saturating_sub(column + 3);
    let alarm = canvas.theme.alarm();
    canvas.write(column + 2, row, &text::cut(trouble, room), alarm);
}
