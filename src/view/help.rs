//! Every key, read off the key table.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::theme::Theme;
use super::{bars, plain_rows};
use crate::app::App;
use crate::app::keymap::{self, Mode};
use crate::app::scroll::Scroll;
use crate::plan::{State, Status};
use crate::text;
use crate::words::{Lang, Phrase};

/// Cells of the keys.
const KEYS: usize = 22;

pub(super) fn draw(app: &App, scroll: Scroll, canvas: &mut Canvas) -> Option<Position> {
    canvas.clear();
    let rows = plain_rows(canvas);
    let title = Phrase::new("tiendo · Trợ giúp: các phím", "tiendo · Help: the keys").say(app.lang);
    let style = canvas.theme.title();
    canvas.rows(rows.header).write(1, 0, title, style);
    let mut body = canvas.rows(rows.body);
    let lines = lines(app.lang, body.theme);
    let first = scroll.first.min(lines.len().saturating_sub(usize::from(body.height())));
    for (row, line) in lines.iter().skip(first).take(usize::from(body.height())).enumerate() {
        match line {
            HelpLine::Head(head) => drop(body.write(1, row as u16, head, body.theme.heading())),
            HelpLine::Told(sign, style, told) => {
                body.write(3, row as u16, &text::cut(sign, KEYS - 4), *style);
                body.write(KEYS, row as u16, told, Style::new());
            }
            HelpLine::Blank => {}
        }
    }
    bars::footer(app, &mut canvas.rows(rows.footer));
    canvas.position(0, 0)
}

enum HelpLine {
    Head(&'static str),
    /// Keys or a sign, and what they mean.
    Told(String, Style, &'static str),
    Blank,
}

fn lines(lang: Lang, theme: Theme) -> Vec<HelpLine> {
    let sign = |sign: &str, style, told: Phrase| HelpLine::Told(sign.to_owned(), style, told.say(lang));
    let mut lines = vec![HelpLine::Head(Phrase::new("Ký hiệu", "Signs").say(lang))];
    lines.extend(Status::ALL.map(|it| sign(theme.sign(it), theme.sign_style(it), it.label())));
    lines.push(sign(theme.late(), theme.alarm(), State::Overdue.label()));
    let news = Phrase::new("Người khác vừa đổi", "Changed by someone else");
    lines.push(sign(theme.news(), theme.warning(), news));
    for mode in Mode::ALL {
        lines.extend([HelpLine::Blank, HelpLine::Head(mode.label().say(lang))]);
        lines.extend(keymap::bindings(mode).map(|binding| {
            let keys: Vec<String> = binding.keys.iter().map(|key| key.label(lang)).collect();
            HelpLine::Told(keys.join("  "), theme.key(), binding.action.label().say(lang))
        }));
    }
    lines.push(HelpLine::Blank);
    lines
}
