//! A list to choose from, over the view that it belongs to.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::{bars, plain_rows, wording};
use crate::app::App;
use crate::app::action::Action;
use crate::app::picker::{Answer, Candidate, Choice, Picker, Role};
use crate::plan::Field;
use crate::text::{self, Needle};
use crate::words::{Lang, Phrase};

pub(super) fn draw(app: &App, picker: &Picker, canvas: &mut Canvas) -> Option<Position> {
    canvas.clear();
    let rows = plain_rows(canvas);
    let place = heading(app, picker, &mut canvas.rows(rows.header));
    items(app, picker, &mut canvas.rows(rows.body));
    bars::footer(app, &mut canvas.rows(rows.footer));
    place
}

fn heading(app: &App, picker: &Picker, canvas: &mut Canvas) -> Option<Position> {
    let style = canvas.theme.title();
    canvas.write(1, 0, title(&picker.subject).say(app.lang), style);
    let long = Phrase::new("Gõ để lọc: ", "Type to filter: ").say(app.lang);
    let word = bars::prompt(long, Phrase::new("Lọc: ", "Filter: ").say(app.lang), canvas.width());
    let column = canvas.write(1, 1, word, Style::new());
    let (text, cursor) = picker.typed.window(canvas.width().saturating_sub(column + 1));
    canvas.write(column, 1, text, style);
    canvas.position(column + cursor, 1)
}

const fn title(subject: &Choice) -> Phrase {
    match subject {
        Choice::Command => Action::Palette.label(),
        Choice::Filter(Role::Lead) => {
            Phrase::new("Lọc theo cơ quan chủ trì (F4: phối hợp)", "Filter by lead agency (F4: cooperating)")
        }
        Choice::Filter(Role::Support) => {
            Phrase::new("Lọc theo cơ quan phối hợp (F4: chủ trì)", "Filter by cooperating agency (F4: lead)")
        }
        Choice::Status(_) => Field::Status.label(),
        Choice::StatusBecause(_) => Action::SetBecause.label(),
        Choice::Quarters(_) => Phrase::new("Quý: Tab để chọn nhiều quý", "Quarters: Tab marks several"),
        Choice::Agencies(_, Role::Lead) => Field::Lead.label(),
        Choice::Agencies(_, Role::Support) => Field::Support.label(),
    }
}

fn items(app: &App, picker: &Picker, canvas: &mut Canvas) {
    let shown = picker.shown();
    if shown.is_empty() {
        canvas.write(1, 0, &wording::nothing_found(app.lang, &picker.needle()), Style::new());
    }
    let needle = picker.needle();
    let mut scroll = picker.scroll;
    scroll.keep(shown.len(), usize::from(canvas.height()));
    for (nth, row) in shown.iter().enumerate().skip(scroll.first).take(usize::from(canvas.height())) {
        let is_chosen = nth == scroll.row;
        let width = canvas.area.width;
        let mut part = canvas.part(0, (nth - scroll.first) as u16, width, 1);
        if is_chosen {
            let (mark, style) = (part.theme.mark(), part.theme.chosen_mark());
            part.write(0, 0, mark, style);
        }
        let style = if is_chosen { part.theme.chosen() } else { Style::new() };
        match row {
            Answer::Listed(at) => item(picker, &picker.items[*at], style, &needle, &mut part),
            Answer::New(names) => add(app.lang, names, style, &mut part),
        }
    }
}

fn add(lang: Lang, names: &[String], style: Style, canvas: &mut Canvas) {
    let text = format!("{} “{}”", Phrase::new("Thêm", "Add").say(lang), names.join("”, “"));
    let room = canvas.width().saturating_sub(2);
    canvas.write(1, 0, &text::cut(&text::clean(&text), room), style);
}

fn item(picker: &Picker, item: &Candidate, style: Style, needle: &Needle, canvas: &mut Canvas) {
    let mut column = 1;
    if picker.subject.is_several() {
        let mark = if item.is_marked { canvas.theme.check() } else { " " };
        column = canvas.write(column, 0, &format!("[{mark}]"), style) + 1;
    }
    let width = canvas.width().saturating_sub(1);
    let room = width.saturating_sub(column + text::width(&item.detail) + 2);
    let label = match picker.other_name(item, needle) {
        Some(other) => format!("{} ({other})", item.label),
        None => item.label.clone(),
    };
    canvas.write_found(column, 0, &text::cut(&text::clean(&label), room), style, needle);
    canvas.write_before(width, 0, &item.detail, Style::new());
}
