//! The screen's own way of sending frames shows what ratatui's stock backend shows, in a fraction of the bytes.

use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::backend::{Backend as _, CrosstermBackend};
use ratatui::buffer::{Buffer, CellWidth as _};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};
use ratatui::widgets::Widget as _;
use tiendo::tui::screen::{Screen, Synchronized};

use crate::desk::Sent;

const WIDTH: u16 = 24;
const HEIGHT: u16 = 6;

/// A step in drawing a frame.
#[derive(Debug, Clone)]
enum Stroke {
    Text(u16, u16, String, Style),
    Paint(Rect, Style),
    Wipe(Rect),
    /// A line at the left of an area.
    Edge(Rect, Style),
}

#[derive(Debug, Clone)]
struct Drawing {
    /// Whether it begins with an empty screen or with the one before.
    afresh: bool,
    strokes: Vec<Stroke>,
    cursor: Option<(u16, u16)>,
}

fn color() -> impl Strategy<Value = Color> {
    prop_oneof![
        4 => Just(Color::Reset),
        4 => prop::sample::select(vec![Color::Red, Color::Gray, Color::DarkGray, Color::LightBlue, Color::White, Color::Black]),
        1 => any::<u8>().prop_map(Color::Indexed),
        1 => any::<(u8, u8, u8)>().prop_map(|(r, g, b)| Color::Rgb(r, g, b)),
    ]
}

fn modifier() -> impl Strategy<Value = Modifier> {
    // Bold and dim at once is one of the two in the emulator, whichever comes last.
    let weight = prop::sample::select(vec![Modifier::empty(), Modifier::BOLD, Modifier::DIM]);
    let others = vec![Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED];
    (weight, prop::sample::subsequence(others, 0..=2))
        .prop_map(|(weight, others)| others.into_iter().fold(weight, Modifier::union))
}

fn style() -> impl Strategy<Value = Style> {
    prop_oneof![
        Just(Style::reset()),
        (color(), color(), modifier())
            .prop_map(|(fg, bg, modifier)| Style::reset().fg(fg).bg(bg).add_modifier(modifier)),
    ]
}

fn area() -> impl Strategy<Value = Rect> {
    (0..WIDTH, 0..HEIGHT, 1..=WIDTH, 1..=HEIGHT).prop_map(|(x, y, width, height)| Rect {
        x,
        y,
        width: width.min(WIDTH - x),
        height: height.min(HEIGHT - y),
    })
}

fn text(letters: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(letters), 1..30).prop_map(|letters| letters.concat())
}

fn stroke(letters: &'static [&'static str]) -> impl Strategy<Value = Stroke> {
    prop_oneof![
        6 => (0..WIDTH, 0..HEIGHT, text(letters), style()).prop_map(|(x, y, text, style)| Stroke::Text(x, y, text, style)),
        2 => (area(), style()).prop_map(|(area, style)| Stroke::Paint(area, style)),
        1 => area().prop_map(Stroke::Wipe),
        2 => (area(), style()).prop_map(|(area, style)| Stroke::Edge(area, style)),
    ]
}

fn drawings(letters: &'static [&'static str]) -> impl Strategy<Value = Vec<Drawing>> {
    let drawing = (
        any::<bool>(),
        prop::collection::vec(stroke(letters), 0..6),
        prop::option::of((0..WIDTH, 0..HEIGHT)),
    );
    prop::collection::vec(
        drawing.prop_map(|(afresh, strokes, cursor)| Drawing { afresh, strokes, cursor }),
        1..12,
    )
}

const LETTERS: &[&str] = &["a", "b", "ế", "Đ", " ", "  ", "      ", "│", "●"];
const LETTERS_OF_ALL_WIDTHS: &[&str] = &["a", "ế", "e\u{302}\u{301}", " ", "      ", "漢", "字", "│"];

fn drawn(before: &Buffer, drawing: &Drawing) -> Buffer {
    let mut buffer = if drawing.afresh { Buffer::empty(before.area) } else { before.clone() };
    for stroke in &drawing.strokes {
        match stroke {
            Stroke::Text(x, y, text, style) => buffer.set_string(*x, *y, text, *style),
            Stroke::Paint(area, style) => buffer.set_style(*area, *style),
            Stroke::Wipe(area) => area.positions().for_each(|at| buffer[at].reset()),
            Stroke::Edge(area, style) => {
                area.rows().for_each(|row| buffer.set_string(row.x, row.y, "│ ", *style));
            }
        }
    }
    reset_covered(&mut buffer);
    buffer
}

/// What is drawn behind a wide character is lost to ratatui once the character goes, so nothing is.
fn reset_covered(buffer: &mut Buffer) {
    for x in 1..WIDTH {
        for y in 0..HEIGHT {
            if buffer[(x - 1, y)].cell_width() > 1 {
                buffer[(x, y)].reset();
            }
        }
    }
}

fn emulator() -> vt100::Parser {
    let size = |length| NonZeroU16::new(length).unwrap();
    vt100::Parser::new(size(HEIGHT), size(WIDTH), 0)
}

fn screen() -> Screen<Sent> {
    Screen::new(Sent::default(), (WIDTH, HEIGHT), Synchronized::LargeFrames)
}

/// Draws a frame, and answers with its bytes.
fn sent(screen: &mut Screen<Sent>, after: &Buffer, cursor: Option<(u16, u16)>) -> Vec<u8> {
    let paint = |buffer: &mut Buffer| {
        buffer.clone_from(after);
        cursor.map(Position::from)
    };
    screen.draw(paint).unwrap();
    std::mem::take(&mut screen.writer_mut().bytes)
}

fn sent_by_stock(before: &Buffer, after: &Buffer) -> Vec<u8> {
    crossterm::style::force_color_output(true);
    let mut bytes = Vec::new();
    CrosstermBackend::new(&mut bytes).draw(before.diff_iter(after)).unwrap();
    bytes
}

/// What is seen of a cell. On a blank, the colour of the letter and its weight are not.
fn look(screen: &vt100::Screen, x: u16, y: u16) -> impl PartialEq + std::fmt::Debug {
    let cell = screen.cell(y, x).unwrap();
    let glyph = if cell.has_contents() { cell.contents() } else { " " };
    let (blank, inverse) = (glyph == " ", cell.inverse());
    let seen_fg = !blank || inverse || cell.underline();
    let fg = if seen_fg { cell.fgcolor() } else { vt100::Color::Default };
    let weight = if blank { (false, false, false) } else { (cell.bold(), cell.dim(), cell.italic()) };
    (glyph.to_string(), fg, cell.bgcolor(), weight, cell.underline(), inverse)
}

fn assert_same(ours: &vt100::Screen, stock: &vt100::Screen, frame: usize) {
    for (x, y) in Rect::new(0, 0, WIDTH, HEIGHT).positions().map(|at| (at.x, at.y)) {
        assert_eq!(look(ours, x, y), look(stock, x, y), "column {x}, row {y} of frame {frame}");
    }
}

/// Runs the drawings through ours, checks each frame with `check`, which gets the frame before and after.
fn run(drawings: &[Drawing], mut check: impl FnMut(usize, &vt100::Screen, &Buffer, &Buffer)) {
    let (mut ours, mut terminal) = (screen(), emulator());
    let mut before = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
    for (frame, drawing) in drawings.iter().enumerate() {
        let after = drawn(&before, drawing);
        terminal.process(&sent(&mut ours, &after, drawing.cursor));
        assert_eq!(terminal.screen().hide_cursor(), drawing.cursor.is_none());
        if let Some((x, y)) = drawing.cursor {
            assert_eq!(terminal.screen().cursor_position(), (y, x));
        }
        check(frame, terminal.screen(), &before, &after);
        before = after;
    }
}

proptest! {
    #[test]
    fn every_frame_looks_as_the_stock_backend_draws_it(drawings in drawings(LETTERS)) {
        let mut stock = emulator();
        run(&drawings, |frame, ours, before, after| {
            stock.process(&sent_by_stock(before, after));
            assert_same(ours, stock.screen(), frame);
        });
    }

    /// The stock backend leaves halves of wide characters behind, so what was drawn is the measure.
    #[test]
    fn wide_characters_leave_nothing_behind(drawings in drawings(LETTERS_OF_ALL_WIDTHS)) {
        run(&drawings, |frame, ours, _, after| {
            let mut whole = emulator();
            whole.process(&sent(&mut screen(), after, None));
            assert_same(ours, whole.screen(), frame);
        });
    }

    #[test]
    fn a_repaint_needs_nothing_of_what_was_there(drawings in drawings(LETTERS_OF_ALL_WIDTHS)) {
        let (mut ours, mut terminal) = (screen(), emulator());
        let mut before = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for drawing in &drawings {
            let after = drawn(&before, drawing);
            terminal.process(&sent(&mut ours, &after, drawing.cursor));
            before = after;
        }
        let mut spoilt = emulator();
        spoilt.process(b"\x1b[7;31mSomeone else wrote here.\x1b[3;3H\x1b[?25l");
        ours.repaint();
        spoilt.process(&sent(&mut ours, &before, Some((0, 0))));
        assert_same(spoilt.screen(), terminal.screen(), drawings.len());
        assert!(!spoilt.screen().hide_cursor());
    }

    #[test]
    fn a_frame_that_changes_nothing_sends_nothing(drawings in drawings(LETTERS_OF_ALL_WIDTHS)) {
        let mut ours = screen();
        let mut before = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        let mut frames = 0;
        for drawing in &drawings {
            let after = drawn(&before, drawing);
            frames += usize::from(!sent(&mut ours, &after, drawing.cursor).is_empty());
            prop_assert_eq!(sent(&mut ours, &after, drawing.cursor), b"");
            before = after;
        }
        prop_assert_eq!(ours.writer_mut().writes, frames);
    }
}

fn line(text: &str) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
    buffer.set_string(0, 0, text, Style::new());
    buffer
}

fn sent_for(before: &str, after: &str) -> String {
    let mut screen = screen();
    sent(&mut screen, &line(before), None);
    String::from_utf8(sent(&mut screen, &line(after), None)).unwrap()
}

#[test]
fn a_shorter_text_clears_the_rest_of_its_row() {
    assert_eq!(sent_for("a text that was long", "a text"), "\x1b[13D\x1b[K");
}

/// Clearing columns is known to every terminal, and on the plain ground it is the same in all of them.
#[test]
fn blanks_inside_a_row_are_cleared_where_that_is_shorter() {
    let row = |inside: &str| format!("ab{inside}cd|");
    assert_eq!(sent_for(&row("xxxxxxxxxxxx"), &row(&" ".repeat(12))), "\x1b[15D\x1b[12X");
    assert_eq!(sent_for(&row("xxxx"), &row("    ")), "\x1b[7D    ");
    let both = sent_for(&row("xxxxxxxxxxxx"), "ab            cd-");
    assert_eq!(both, "\x1b[15D\x1b[12X\x1b[14C-", "what follows is reached over the cleared columns");
}

#[test]
fn a_ground_of_its_own_is_written_and_not_cleared() {
    let mut screen = screen();
    let mut after = line("");
    sent(&mut screen, &after, None);
    after.set_style(Rect::new(0, 0, WIDTH, 1), Style::new().bg(Color::Indexed(236)));
    let bytes = String::from_utf8(sent(&mut screen, &after, None)).unwrap();
    assert!(bytes.contains(&" ".repeat(WIDTH.into())) && !bytes.contains(['X', 'K']), "{bytes:?}");
}

#[test]
fn a_blank_takes_on_the_look_of_the_letter_behind_it() {
    let mut screen = screen();
    let mut after = line("");
    sent(&mut screen, &after, None);
    let ground = Style::new().bg(Color::Indexed(236));
    after.set_string(0, 0, " ", ground);
    after.set_string(1, 0, "a", ground.fg(Color::Indexed(80)).add_modifier(Modifier::BOLD));
    assert_eq!(sent(&mut screen, &after, None), b"\x1b[1;38;5;80;48;5;236m a");
}

#[test]
fn a_letter_in_between_is_sent_again_rather_than_stepped_over() {
    assert_eq!(sent_for("-a-b-", "+a+b+"), "\r+a+b+");
}

#[test]
fn a_control_character_never_reaches_the_terminal() {
    let mut after = line("");
    for (x, control) in ["\x1b", "\u{9b}31m", "a\x07"].into_iter().enumerate() {
        // Only the fields are set, as a widget could do it: ratatui's own ways complain of such symbols.
        after.content[x].set_symbol(control);
    }
    let mut screen = screen();
    let bytes = String::from_utf8(sent(&mut screen, &after, None)).unwrap();
    assert!(bytes.ends_with("???\x1b[?25l"), "{bytes:?}");
}

#[test]
fn only_a_large_frame_is_synchronized_and_only_where_that_is_wanted() {
    let full = |synchronized| {
        let mut screen = Screen::new(Sent::default(), (200, 50), synchronized);
        let empty = Buffer::empty(Rect::new(0, 0, 200, 50));
        let mut small = empty.clone();
        small.set_string(0, 0, "small", Style::new());
        let full = Buffer::filled(empty.area, "x".chars().next().unwrap().into());
        let small = sent(&mut screen, &small, None);
        (small, sent(&mut screen, &full, None))
    };
    let begins = |bytes: &[u8]| bytes.starts_with(b"\x1b[?2026h") && bytes.ends_with(b"\x1b[?2026l");
    let (small, large) = full(Synchronized::LargeFrames);
    assert!(!begins(&small) && begins(&large));
    let (small, large) = full(Synchronized::Never);
    assert!(!begins(&small) && !begins(&large));
}

/// A window that went and came back before anything was drawn has lost what it could not hold.
#[test]
fn a_window_of_any_size_is_drawn_afresh() {
    let mut screen = screen();
    let mut emulator = emulator();
    let windows: [&[(u16, u16)]; 6] =
        [&[(WIDTH, HEIGHT)], &[(10, 3)], &[(30, 9)], &[(12, 4), (30, 9)], &[(0, 0)], &[(1, 1)]];
    for sizes in windows {
        for &(width, height) in sizes {
            screen.resized(width, height);
            let length = |length: u16| NonZeroU16::new(length.max(1)).unwrap();
            emulator.screen_mut().set_size(length(height), length(width));
        }
        emulator.process(b"\x1b[H\x1b[7mwhat a window leaves");
        let paint = |buffer: &mut Buffer| {
            "Kế hoạch năm 2024".render(buffer.area, buffer);
            None
        };
        screen.draw(paint).unwrap();
        emulator.process(&std::mem::take(&mut screen.writer_mut().bytes));
        let width = usize::from(sizes[sizes.len() - 1].0);
        let expected: String = "Kế hoạch năm 2024".chars().take(width).collect();
        assert_eq!(emulator.screen().contents(), expected.trim_end(), "{sizes:?}");
    }
}
