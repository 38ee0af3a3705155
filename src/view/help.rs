//! Every key, read off the key table.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::theme::{Mood, Theme};
use super::window::{self, WindowPlace};
use super::{picker, wording};
use crate::app::action::Action;
use crate::app::keymap::{self, Mode};
use crate::app::{App, TextWindow};
use crate::plan::{Facet, State, Status};
use crate::text::{self, Needle};
use crate::words::{Lang, Phrase};

/// Cells of the keys, and of the shorter ones that are told where there is little room.
const KEYS: usize = 22;
const FEW_KEYS: usize = 13;

const fn keys(width: usize) -> usize {
    if width < 50 { FEW_KEYS } else { KEYS }
}

/// The width from which the lines stand in two columns, and the widest window.
const TWO_COLUMNS: usize = 100;
const WIDEST: usize = 130;

pub(super) fn draw(app: &App, narrowed: &TextWindow, canvas: &mut Canvas) -> Option<Position> {
    let all_lines = lines(app, canvas.theme);
    let texts: Vec<&str> = all_lines.iter().flat_map(HelpLine::texts).collect();
    let needle = narrowed.needle(&texts);
    let lines = found(&all_lines, &needle);
    // What is found stands under its head.
    let columns = if canvas.width() >= TWO_COLUMNS && needle.is_empty() { 2 } else { 1 };
    let title = Phrase::new("Trợ giúp: các phím", "Help: the keys").say(app.lang);
    let size = (canvas.width().min(WIDEST), lines.len().div_ceil(columns).max(1) + 1);
    let mut inside = window::open(canvas, WindowPlace::Top, title, size);
    let place = picker::typing(app, &narrowed.typed, &mut inside);
    let (width, height) = (inside.width() / columns, usize::from(inside.height()).saturating_sub(1));
    if lines.is_empty() {
        let nothing = wording::nothing_found(app.lang, &needle);
        inside.write(2, 1, &nothing, inside.theme.muted());
    }
    let first = narrowed.first.min(lines.len().saturating_sub(height * columns));
    for column in 0..columns {
        let lines = lines.iter().skip(first + column * height);
        let mut part = inside.part((column * width) as u16, 1, width as u16, height as u16);
        for (row, line) in lines.take(height).enumerate() {
            self::line(line, row as u16, &needle, &mut part);
        }
    }
    place
}

/// The lines that are found, under their heads.
fn found<'a>(lines: &'a [HelpLine], needle: &Needle) -> Vec<&'a HelpLine> {
    if needle.is_empty() {
        return lines.iter().collect();
    }
    let is_found = |line: &&HelpLine| line.texts().into_iter().any(|text| needle.matches_text(text));
    let sections = lines.split(|line| matches!(line, HelpLine::Blank));
    let sections = sections.filter_map(|section| {
        let (head, told) = section.split_first()?;
        let told: Vec<&HelpLine> = told.iter().filter(is_found).collect();
        (!told.is_empty()).then(|| std::iter::once(head).chain(told))
    });
    sections.flatten().collect()
}

fn line(line: &HelpLine, row: u16, needle: &Needle, canvas: &mut Canvas) {
    match line {
        HelpLine::Head(head) => drop(canvas.write(1, row, head, canvas.theme.title())),
        HelpLine::Told(sign, style, told) => {
            let keys = keys(canvas.width());
            canvas.write(3, row, &text::cut(sign, keys - 4), *style);
            let room = canvas.width().saturating_sub(keys + 1);
            canvas.write_found(keys, row, &text::cut(told, room), canvas.theme.text(), needle);
        }
        HelpLine::Blank => {}
    }
}

enum HelpLine {
    Head(&'static str),
    /// Keys or a sign, and what they mean.
    Told(String, Style, String),
    Blank,
}

impl HelpLine {
    /// What it is found by: what the key does, and the key.
    fn texts(&self) -> [&str; 2] {
        match self {
            Self::Told(sign, _, told) => [told, sign],
            Self::Head(_) | Self::Blank => ["", ""],
        }
    }
}

/// What people do every day, by its key on the board.
const DAILY: [(Action, Phrase); 15] = [
    (
        Action::Tell,
        Phrase::new("Ghi kết quả, khó khăn, kiến nghị", "Write down result, difficulty, proposal"),
    ),
    (
        Action::Set(Status::Done),
        Phrase::new("Việc đã xong: ghi ngày, số văn bản", "A task is done: day, document"),
    ),
    (Action::Advance, Phrase::new("Bắt đầu làm; lần nữa là xong", "Begin a task; once more and it is done")),
    (
        Action::SetBecause,
        Phrase::new("Tạm dừng, không thực hiện: kèm lý do", "On hold, withdrawn: with a reason"),
    ),
    (Action::Ticks, Phrase::new("Mốc đã xong, đơn vị đã gửi", "Steps that are done, who has sent")),
    (Action::MarkTask, Phrase::new("Đánh dấu để đặt nhiều việc một lượt", "Mark tasks, to set all at once")),
    (Action::Edit, Phrase::new("Sửa, ghi chú: chọn ô rồi sửa", "Edit, note: choose a field")),
    (Action::New, Phrase::new("Thêm việc vào quý đang chọn", "Add a task to this quarter")),
    (Action::Undo, Phrase::new("Lấy lại điều vừa làm", "Take back what was done last")),
    (
        Action::Filter(Facet::Lead),
        Phrase::new("Chỉ việc của một vài cơ quan", "Only the tasks of some agencies"),
    ),
    (Action::Deadlines, Phrase::new("Việc nào quá hạn, sắp đến hạn", "What is late, what is due soon")),
    (
        Action::Summary,
        Phrase::new("Quý nào, cơ quan nào làm đến đâu", "Which quarter, which agency stands where"),
    ),
    (Action::Search, Phrase::new("Tìm việc, không cần gõ dấu", "Find a task, tones are optional")),
    (Action::AsOf, Phrase::new("Kế hoạch ở một ngày trước đó", "The plan as of an earlier day")),
    (Action::Palette, Phrase::new("Mọi lệnh khác, tìm theo tên", "Everything else, by its name")),
];

/// The screen that one comes from is what one asks about; the board's keys are told by what they are for.
fn lines(app: &App, theme: Theme) -> Vec<HelpLine> {
    let (here, lang) = (app.mode_below(), app.lang);
    let keys = |mode| keys_in(mode, theme, lang);
    let mut lines = if here == Mode::Board { Vec::new() } else { keys(here) };
    lines.extend(daily(theme, lang));
    lines.extend(signs(theme, lang));
    lines.extend(if here == Mode::Board { keys(here) } else { Vec::new() });
    let others = Mode::ALL.into_iter().filter(|mode| *mode != here);
    lines.extend(others.flat_map(keys));
    lines
}

/// A head, what is told under it, and a blank line.
fn section(head: Phrase, told: impl Iterator<Item = HelpLine>, lang: Lang) -> Vec<HelpLine> {
    std::iter::once(HelpLine::Head(head.say(lang))).chain(told).chain([HelpLine::Blank]).collect()
}

fn daily(theme: Theme, lang: Lang) -> Vec<HelpLine> {
    let told = DAILY.iter().filter_map(|(action, told)| {
        let key = keymap::key_of(Mode::Board, *action)?;
        Some(HelpLine::Told(key.label(lang), theme.accent(), told.say(lang).to_owned()))
    });
    section(Phrase::new("Hằng ngày, trên bảng", "Every day, on the board"), told, lang)
}

fn signs(theme: Theme, lang: Lang) -> Vec<HelpLine> {
    let sign =
        |sign: &str, style, told: Phrase| HelpLine::Told(sign.to_owned(), style, told.say(lang).to_owned());
    let status =
        Status::ALL.map(|it| sign(theme.sign(it), theme.sign_style(Mood::of_status(it)), it.label()));
    let others = [
        sign(theme.late(), theme.words(Mood::Late), State::Overdue.label()),
        sign(theme.soon(), theme.words(Mood::Soon), State::DueSoon.label()),
        sign(theme.news(), theme.accent(), Phrase::new("Người khác vừa đổi", "Changed by someone else")),
    ];
    section(Phrase::new("Ký hiệu", "Signs"), status.into_iter().chain(others), lang)
}

fn keys_in(mode: Mode, theme: Theme, lang: Lang) -> Vec<HelpLine> {
    let told = keymap::bindings(mode).map(|binding| {
        let keys: Vec<String> = binding.keys.iter().map(|key| key.label(lang)).collect();
        HelpLine::Told(keys.join("  "), theme.accent(), binding.action.named(lang))
    });
    section(mode.label(), told, lang)
}
