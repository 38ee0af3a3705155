//! What goes over the line to the terminal: a slow connection feels every byte.

use crossterm::event::KeyCode;
use tiendo::app::Effect;
use tiendo::document::Document;
use tiendo::plan::{Column, Status};

use crate::desk::Desk;
use crate::plans::{self, Wording};

/// As many tasks as a large office has, and far more than any.
const SIZES: [usize; 2] = [80, 10_000];

fn median(bytes: &[usize]) -> usize {
    let mut bytes = bytes.to_vec();
    bytes.sort_unstable();
    bytes[bytes.len() / 2]
}

fn told(bytes: &[usize]) -> String {
    let most = bytes.iter().max().copied().unwrap_or_default();
    format!("{} B in the middle of {}, {most} B at most", median(bytes), bytes.len())
}

fn drawn(tasks: usize) -> Desk {
    let mut desk = Desk::with(plans::plan(tasks, Wording::Printed));
    desk.draw();
    desk
}

/// Through all the columns, down and up, sideways in between.
fn moves() -> impl Iterator<Item = KeyCode> {
    let column = [KeyCode::Down, KeyCode::Down, KeyCode::Down, KeyCode::Up].repeat(6);
    let columns = [KeyCode::Right, KeyCode::Right, KeyCode::Right, KeyCode::Right, KeyCode::Left];
    columns.into_iter().flat_map(move |side| std::iter::once(side).chain(column.clone()))
}

#[test]
fn the_first_frame_is_short() {
    for tasks in SIZES {
        let bytes = Desk::with(plans::plan(tasks, Wording::Printed)).draw().len();
        println!("first frame, {tasks} tasks: {bytes} B");
        assert!(bytes <= 8_000, "{tasks} tasks: {bytes} B");
    }
}

#[test]
fn a_move_of_the_selection_is_short() {
    for tasks in SIZES {
        let mut desk = drawn(tasks);
        let (mut steps, mut scrolls) = (Vec::new(), Vec::new());
        for key in moves() {
            let firsts = firsts(&desk);
            let bytes = desk.press(key).len();
            let kind = if self::firsts(&desk) == firsts { &mut steps } else { &mut scrolls };
            kind.extend((bytes > 0).then_some(bytes));
        }
        let told = format!("{tasks} tasks: {}; with a scroll: {}", told(&steps), told(&scrolls));
        println!("move, {told}");
        assert!(median(&steps) <= 700 && median(&scrolls) <= 1_400, "{told}");
        assert!(scrolls.len() * 3 <= steps.len() + scrolls.len(), "{told}");
    }
}

/// The first card in sight of every column.
fn firsts(desk: &Desk) -> [usize; Column::ALL.len()] {
    Column::ALL.map(|column| desk.app.cursor.scroll(column).first)
}

/// Begun is the common step. When it is done, its day comes to the card and to the strip. What was done and how it is
/// taken back is said in the footer each time: some 60 bytes, and 110 with the fields for day and document.
#[test]
fn a_change_of_status_is_short() {
    for tasks in SIZES {
        let plan = plans::plan(tasks, Wording::Printed);
        let mut document = Document::of(&plan).expect("what is written can be read");
        let mut desk = drawn(tasks);
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
        let told = format!("{tasks} tasks: begun {}; done {}", told(&begun), told(&done));
        println!("status, {told}");
        assert!(median(&begun) <= 200 && median(&done) <= 500, "{told}");
    }
}

#[test]
fn a_key_without_effect_sends_nothing() {
    for tasks in SIZES {
        let mut desk = drawn(tasks);
        for key in [KeyCode::Home, KeyCode::Up, KeyCode::Left, KeyCode::F(12), KeyCode::Char('6')] {
            desk.press(key);
            assert_eq!(desk.press(key), b"", "{key:?}, {tasks} tasks");
        }
    }
}

#[test]
fn every_frame_is_one_write() {
    let mut desk = drawn(80);
    let frames = 1 + moves().filter(|&key| !desk.press(key).is_empty()).count();
    assert_eq!(desk.screen.writer_mut().writes, frames);
}

#[test]
fn twenty_queued_moves_are_one_short_frame() {
    for tasks in SIZES {
        let mut desk = drawn(tasks);
        (0..20).for_each(|_| assert_eq!(desk.tell(KeyCode::Down), None));
        let bytes = desk.draw().len();
        println!("20 moves, {tasks} tasks: {bytes} B");
        assert!(bytes <= 1_500, "{tasks} tasks: {bytes} B");
    }
}
