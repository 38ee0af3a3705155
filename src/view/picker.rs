//! A list to choose from, over the view that it belongs to.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::pen::Pen;
use super::{bars, plain_rows, wording};
use crate::app::App;
use crate::app::action::Action;
use crate::app::picker::{Answer, Candidate, Mark, Picker, Role, Subject};
use crate::plan::Field;
use crate::text::{self, Needle};
use crate::words::{Lang, Phrase};

pub(super) fn draw(app: &App, picker: &Picker, pen: &mut Pen) -> Option<Position> {
    pen.clear();
    let rows = plain_rows(pen);
    let place = heading(app, picker, &mut pen.rows(rows.header));
    items(app, picker, &mut pen.rows(rows.body));
    bars::footer(app, &mut pen.rows(rows.footer));
    place
}

fn heading(app: &App, picker: &Picker, pen: &mut Pen) -> Option<Position> {
    let style = pen.theme.title();
    pen.write(1, 0, title(&picker.subject).say(app.lang), style);
    let long = Phrase::new("Gõ để lọc: ", "Type to filter: ").say(app.lang);
    let word = bars::prompt(long, Phrase::new("Lọc: ", "Filter: ").say(app.lang), pen.width());
    let column = pen.write(1, 1, word, Style::new());
    let (text, cursor) = picker.typed.window(pen.width().saturating_sub(column + 1));
    pen.write(column, 1, text, style);
    pen.position(column + cursor, 1)
}

const fn title(subject: &Subject) -> Phrase {
    match subject {
        Subject::Command => Action::Palette.label(),
        Subject::Filter(Role::Lead) => {
            Phrase::new("Lọc theo cơ quan chủ trì (F4: phối hợp)", "Filter by lead agency (F4: cooperating)")
        }
        Subject::Filter(Role::Support) => {
            Phrase::new("Lọc theo cơ quan phối hợp (F4: chủ trì)", "Filter by cooperating agency (F4: lead)")
        }
        Subject::Status(_) => Field::Status.label(),
        Subject::StatusBecause(_) => Action::SetBecause.label(),
        Subject::Quarters(_) => Phrase::new("Quý: Tab để chọn nhiều quý", "Quarters: Tab marks several"),
        Subject::Agencies(_, Role::Lead) => Field::Lead.label(),
        Subject::Agencies(_, Role::Support) => Field::Support.label(),
    }
}

fn items(app: &App, picker: &Picker, pen: &mut Pen) {
    let shown = picker.shown();
    if shown.is_empty() {
        pen.write(1, 0, &wording::nothing_found(app.lang, &picker.needle()), Style::new());
    }
    let needle = picker.needle();
    let mut scroll = picker.scroll;
    scroll.keep(shown.len(), usize::from(pen.height()));
    for (nth, row) in shown.iter().enumerate().skip(scroll.first).take(usize::from(pen.height())) {
        let is_chosen = nth == scroll.row;
        let width = pen.area.width;
        let mut part = pen.part(0, (nth - scroll.first) as u16, width, 1);
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

fn add(lang: Lang, names: &[String], style: Style, pen: &mut Pen) {
    let text = format!("{} “{}”", Phrase::new("Thêm", "Add").say(lang), names.join("”, “"));
    let room = pen.width().saturating_sub(2);
    pen.write(1, 0, &text::cut(&text::clean(&text), room), style);
}

fn item(picker: &Picker, item: &Candidate, style: Style, needle: &Needle, pen: &mut Pen) {
    let mut column = 1;
    if picker.subject.is_several() {
        let mark = if item.mark == Mark::On { pen.theme.check() } else { " " };
        column = pen.write(column, 0, &format!("[{mark}]"), style) + 1;
    }
    let width = pen.width().saturating_sub(1);
    let room = width.saturating_sub(column + text::width(&item.detail) + 2);
    let label = match picker.other_name(item, needle) {
        Some(other) => format!("{} ({other})", item.label),
        None => item.label.clone(),
    };
    pen.write_found(column, 0, &text::cut(&text::clean(&label), room), style, needle);
    pen.write_before(width, 0, &item.detail, Style::new());
}
