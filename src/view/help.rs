//! Every key, read off the key table.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::theme::{Mood, Theme};
use super::window::{self, WindowPlace};
use crate::app::App;
use crate::app::action::Action;
use crate::app::keymap::{self, Mode};
use crate::app::scroll::Scroll;
use crate::plan::{State, Status};
use crate::text;
use crate::words::Phrase;

/// Cells of the keys.
const KEYS: usize = 22;

/// The width from which the lines stand in two columns, and the widest window.
const TWO_COLUMNS: usize = 100;
const WIDEST: usize = 130;

pub(super) fn draw(app: &App, scroll: Scroll, canvas: &mut Canvas) -> Option<Position> {
    let lines = lines(app, canvas.theme);
    let (all, rows) = (canvas.width(), usize::from(canvas.height()));
    let columns = if all >= TWO_COLUMNS { 2 } else { 1 };
    let title = Phrase::new("Trợ giúp: các phím", "Help: the keys").say(app.lang);
    let mut inside = window::open(canvas, WindowPlace::Top, title, (all.min(WIDEST), rows));
    let (width, height) = (inside.area.width / columns, usize::from(inside.height()));
    let first = scroll.first.min(lines.len().saturating_sub(height * usize::from(columns)));
    for column in 0..columns {
        let lines = lines.iter().skip(first + usize::from(column) * height);
        let mut part = inside.part(column * width, 0, width, height as u16);
        for (row, line) in lines.take(height).enumerate() {
            self::line(line, row as u16, &mut part);
        }
    }
    inside.position(0, 0)
}

fn line(line: &HelpLine, row: u16, canvas: &mut Canvas) {
    match line {
        HelpLine::Head(head) => drop(canvas.write(1, row, head, canvas.theme.title())),
        HelpLine::Told(sign, style, told) => {
            canvas.write(3, row, &text::cut(sign, KEYS - 4), *style);
            let room = canvas.width().saturating_sub(KEYS + 1);
            canvas.write(KEYS, row, &text::cut(told, room), canvas.theme.text());
        }
        HelpLine::Blank => {}
    }
}

enum HelpLine {
    Head(&'static str),
    /// Keys or a sign, and what they mean.
    Told(String, Style, &'static str),
    Blank,
}

/// What people do every day, by its key on the board.
const DAILY: [(Action, Phrase); 11] = [
    (
        Action::Set(Status::Done),
        Phrase::new("Việc đã xong: ghi ngày, số văn bản", "A task is done: day, document"),
    ),
    (Action::Advance, Phrase::new("Bắt đầu làm; lần nữa là xong", "Begin a task; once more and it is done")),
    (
        Action::SetBecause,
        Phrase::new("Tạm dừng, không thực hiện: kèm lý do", "On hold, withdrawn: with a reason"),
    ),
    (
        Action::Edit,
        Phrase::new("Sửa, gia hạn, ghi chú: chọn ô rồi sửa", "Edit, extend, note: choose a field"),
    ),
    (Action::New, Phrase::new("Thêm việc vào quý đang chọn", "Add a task to this quarter")),
    (Action::Undo, Phrase::new("Lấy lại điều vừa làm", "Take back what was done last")),
    (Action::Leads, Phrase::new("Chỉ việc của một vài cơ quan", "Only the tasks of some agencies")),
    (Action::Deadlines, Phrase::new("Việc nào quá hạn, sắp đến hạn", "What is late, what is due soon")),
    (
        Action::Summary,
        Phrase::new("Quý nào, cơ quan nào làm đến đâu", "Which quarter, which agency stands where"),
    ),
    (Action::Search, Phrase::new("Tìm việc, không cần gõ dấu", "Find a task, tones are optional")),
    (Action::Palette, Phrase::new("Mọi lệnh khác, tìm theo tên", "Everything else, by its name")),
];

fn lines(app: &App, theme: Theme) -> Vec<HelpLine> {
    let lang = app.lang;
    let sign = |sign: &str, style, told: Phrase| HelpLine::Told(sign.to_owned(), style, told.say(lang));
    let mut lines =
        vec![HelpLine::Head(Phrase::new("Hằng ngày, trên bảng", "Every day, on the board").say(lang))];
    lines.extend(DAILY.iter().filter_map(|(action, told)| {
        let key = keymap::key_of(Mode::Board, *action)?;
        Some(HelpLine::Told(key.label(lang), theme.accent(), told.say(lang)))
    }));
    lines.extend([HelpLine::Blank, HelpLine::Head(Phrase::new("Ký hiệu", "Signs").say(lang))]);
    lines.extend(
        Status::ALL.map(|it| sign(theme.sign(it), theme.sign_style(Mood::of_status(it)), it.label())),
    );
    lines.push(sign(theme.late(), theme.words(Mood::Late), State::Overdue.label()));
    lines.push(sign(theme.soon(), theme.words(Mood::Soon), State::DueSoon.label()));
    let news = Phrase::new("Người khác vừa đổi", "Changed by someone else");
    lines.push(sign(theme.news(), theme.accent(), news));
    // The screen that one comes from is what one asks about.
    let here = app.mode_below();
    let others = Mode::ALL.into_iter().filter(|mode| *mode != here);
    for mode in std::iter::once(here).chain(others) {
        lines.extend([HelpLine::Blank, HelpLine::Head(mode.label().say(lang))]);
        lines.extend(keymap::bindings(mode).map(|binding| {
            let keys: Vec<String> = binding.keys.iter().map(|key| key.label(lang)).collect();
            HelpLine::Told(keys.join("  "), theme.accent(), binding.action.label().say(lang))
        }));
    }
    lines.push(HelpLine::Blank);
    lines
}
