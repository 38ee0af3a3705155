//! Every key, read off the key table.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::pen::Pen;
use super::{bars, plain_rows};
use crate::app::App;
use crate::app::keymap::{self, Binding, Mode};
use crate::app::scroll::Scroll;
use crate::plan::{State, Status};
use crate::text;
use crate::words::{Lang, Phrase};

/// Cells of the keys.
const KEYS: usize = 22;

pub(super) fn draw(app: &App, scroll: Scroll, pen: &mut Pen) -> Option<Position> {
    pen.clear();
    let rows = plain_rows(pen);
    let title = Phrase::new("tiendo · Trợ giúp: các phím", "tiendo · Help: the keys").say(app.lang);
    let style = pen.theme.title();
    pen.rows(rows.header).write(1, 0, title, style);
    let mut body = pen.rows(rows.body);
    let lines = lines();
    let first = scroll.first.min(lines.len().saturating_sub(usize::from(body.height())));
    for (row, line) in lines.iter().skip(first).take(usize::from(body.height())).enumerate() {
        self::line(line, row as u16, app.lang, &mut body);
    }
    bars::footer(app, &mut pen.rows(rows.footer));
    pen.position(0, 0)
}

enum Line {
    Signs,
    Head(Mode),
    Key(&'static Binding),
    /// What a sign means.
    Sign(Status),
    Late,
    News,
    Blank,
}

fn lines() -> Vec<Line> {
    let mut lines = vec![Line::Signs];
    lines.extend(Status::ALL.map(Line::Sign));
    lines.extend([Line::Late, Line::News, Line::Blank]);
    for mode in Mode::ALL {
        lines.push(Line::Head(mode));
        lines.extend(keymap::bindings(mode).map(Line::Key));
        lines.push(Line::Blank);
    }
    lines
}

fn line(line: &Line, row: u16, lang: Lang, pen: &mut Pen) {
    match line {
        Line::Head(mode) => {
            let style = pen.theme.title().add_modifier(ratatui::style::Modifier::UNDERLINED);
            pen.write(1, row, mode.label().say(lang), style);
        }
        Line::Key(binding) => {
            let keys: Vec<String> = binding.keys.iter().map(|key| key.label(lang)).collect();
            let style = pen.theme.key();
            pen.write(3, row, &text::cut(&keys.join("  "), KEYS - 4), style);
            pen.write(KEYS, row, binding.action.label().say(lang), Style::new());
        }
        Line::Signs => {
            let style = pen.theme.title().add_modifier(ratatui::style::Modifier::UNDERLINED);
            pen.write(1, row, Phrase::new("Ký hiệu", "Signs").say(lang), style);
        }
        Line::Sign(status) => {
            let (sign, style) = (pen.theme.sign(*status), pen.theme.sign_style(*status));
            pen.write(3, row, sign, style);
            pen.write(KEYS, row, status.label().say(lang), Style::new());
        }
        Line::Late => {
            let (sign, style) = (pen.theme.late(), pen.theme.alarm());
            pen.write(3, row, sign, style);
            pen.write(KEYS, row, State::Overdue.label().say(lang), Style::new());
        }
        Line::News => {
            let (sign, style) = (pen.theme.news(), pen.theme.warning());
            pen.write(3, row, sign, style);
            let told = Phrase::new("Người khác vừa đổi", "Changed by someone else");
            pen.write(KEYS, row, told.say(lang), Style::new());
        }
        Line::Blank => {}
    }
}
