//! What goes over the line to the terminal: a slow connection feels every byte.

use crossterm::event::KeyCode;
use tiendo::app::Effect;
use tiendo::document::Document;
use tiendo::plan::{Column, Status};
use tiendo::view::theme::{Palette, Theme};

use crate::desk::Desk;
use crate::plans::{self, Wording};

/// As many tasks as a large office has, and far more than any; in the colours of a ground that is known, and of one that
/// is not.
const DESKS: [(usize, Palette); 4] =
    [(80, Palette::Dark), (10_000, Palette::Dark), (80, Palette::Sixteen), (10_000, Palette::Sixteen)];

fn median(bytes: &[usize]) -> usize {
    let mut bytes = bytes.to_vec();
    bytes.sort_unstable();
    bytes[bytes.len() / 2]
}

fn told(bytes: &[usize]) -> String {
    let most = bytes.iter().max().copied().unwrap_or_default();
    format!("{} B in the middle of {}, {most} B at most", median(bytes), bytes.len())
}

/// Nothing is drawn yet.
fn desk(tasks: usize, palette: Palette) -> Desk {
    let desk = Desk::with(plans::plan(tasks, Wording::Printed));
    Desk { theme: Theme { palette, ..desk.theme }, ..desk }
}

fn drawn(tasks: usize, palette: Palette) -> Desk {
    let mut desk = desk(tasks, palette);
    desk.draw();
    desk
}

/// As many bytes as that, and where the ground is known so many more: there the chosen card and the one before it are
/// sent whole, for the ground under them has become another.
fn most(bytes: usize, more: usize, palette: Palette) -> usize {
    if palette == Palette::Dark { bytes + more } else { bytes }
}

/// Through all the columns, down and up, sideways in between.
fn moves() -> impl Iterator<Item = KeyCode> {
    let column = [KeyCode::Down, KeyCode::Down, KeyCode::Down, KeyCode::Up].repeat(6);
    let columns = [KeyCode::Right, KeyCode::Right, KeyCode::Right, KeyCode::Right, KeyCode::Left];
    columns.into_iter().flat_map(move |side| std::iter::once(side).chain(column.clone()))
}

#[test]
fn the_first_frame_is_short() {
    for (tasks, palette) in DESKS {
        let bytes = desk(tasks, palette).draw().len();
        println!("first frame, {palette:?}, {tasks} tasks: {bytes} B");
        assert!(bytes <= most(6_300, 1_000, palette), "{palette:?}, {tasks} tasks: {bytes} B");
    }
}

#[test]
fn a_move_of_the_selection_is_short() {
    for (tasks, palette) in DESKS {
        let mut desk = drawn(tasks, palette);
        let (mut steps, mut scrolls) = (Vec::new(), Vec::new());
        for key in moves() {
            let firsts = firsts(&desk);
            let bytes = desk.press(key).len();
            let kind = if self::firsts(&desk) == firsts { &mut steps } else { &mut scrolls };
            kind.extend((bytes > 0).then_some(bytes));
        }
        let told = format!("{palette:?}, {tasks} tasks: {}; with a scroll: {}", told(&steps), told(&scrolls));
        println!("move, {told}");
        let fits = median(&steps) <= most(640, 120, palette) && median(&scrolls) <= 1_000;
        assert!(fits, "{told}");
        assert!(scrolls.len() * 10 <= (steps.len() + scrolls.len()) * 3, "{told}");
    }
}

/// The first card in sight of every column.
fn firsts(desk: &Desk) -> [usize; Column::ALL.len()] {
    Column::ALL.map(|column| desk.app.cursor.scroll(column).first)
}

/// Begun is the common step. When it is done, its day comes to the card and to the strip. What was done and how it is
/// taken back is said in the footer each time: some 60 bytes. What is done opens a window for day, document and result
/// over the board.
#[test]
fn a_change_of_status_is_short() {
    for (tasks, palette) in DESKS {
        let plan = plans::plan(tasks, Wording::Printed);
        let mut document = Document::of(&plan).expect("what is written can be read");
        let mut desk = drawn(tasks, palette);
        let (mut begun, mut done) = (Vec::new(), Vec::new());
        for _ in 0..20 {
            desk.press(KeyCode::Down);
            while let Some(effect @ Effect::Commit(..)) = desk.tell(KeyCode::Char(' ')) {
                let before = desk.app.selected().map(|item| item.task.status);
                let bytes = desk.commit(&mut document, effect).len();
                if before == Some(Status::Todo) { &mut begun } else { &mut done }.push(bytes);
                if before != Some(Status::Todo) {
                    break;
                }
            }
        }
        let told = format!("{palette:?}, {tasks} tasks: begun {}; done {}", told(&begun), told(&done));
        println!("status, {told}");
        let fits = median(&begun) <= most(190, 110, palette) && median(&done) <= most(1300, 160, palette);
        assert!(fits, "{told}");
    }
}

#[test]
fn a_key_without_effect_sends_nothing() {
    for (tasks, palette) in DESKS {
        let mut desk = drawn(tasks, palette);
        for key in [KeyCode::Home, KeyCode::Up, KeyCode::Left, KeyCode::F(12), KeyCode::Char('6')] {
            desk.press(key);
            assert_eq!(desk.press(key), b"", "{key:?}, {palette:?}, {tasks} tasks");
        }
    }
}

/// A second drawing of the same, as when a clock has ticked or a file was looked at.
#[test]
fn a_screen_that_has_not_changed_sends_nothing() {
    for (tasks, palette) in DESKS {
        let mut desk = drawn(tasks, palette);
        assert_eq!(desk.draw(), b"", "{palette:?}, {tasks} tasks");
    }
}

#[test]
fn every_frame_is_one_write() {
    let mut desk = drawn(80, Palette::Dark);
    let frames = 1 + moves().filter(|&key| !desk.press(key).is_empty()).count();
    assert_eq!(desk.screen.writer_mut().writes, frames);
}

#[test]
fn twenty_queued_moves_are_one_short_frame() {
    for (tasks, palette) in DESKS {
        let mut desk = drawn(tasks, palette);
        (0..20).for_each(|_| assert_eq!(desk.tell(KeyCode::Down), None));
        let bytes = desk.draw().len();
        println!("20 moves, {palette:?}, {tasks} tasks: {bytes} B");
        assert!(bytes <= 1_200, "{palette:?}, {tasks} tasks: {bytes} B");
    }
}
