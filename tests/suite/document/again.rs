//! A text that is read again after somebody has changed it: as if it had been read anew, and faster.

use std::sync::Arc;

use proptest::prelude::*;
use tiendo::document::Document;
use tiendo::plan::{Change, Edit, Field};

use super::broken::{PARTS, mutated};
use super::dice::Dice;
use super::layouts::Sheet;
use super::{cases, hands, read, rolls, stamp, text};

/// What hands do to the list of tasks: tasks are copied, taken out, exchanged, with their commas or without; and
/// something is put in between.
fn rearranged(sheet: &Sheet, dice: &mut Dice) -> Vec<u8> {
    let mut text = sheet.text.clone();
    let Some(last) = sheet.tasks.len().checked_sub(1) else { return text.into_bytes() };
    let one = sheet.tasks[dice.roll(last + 1)].clone();
    let other = sheet.tasks[dice.roll(last + 1)].clone();
    let with_comma = one.start..text[one.end..].find(',').map_or(one.end, |at| one.end + at + 1);
    match dice.roll(7) {
        0 => text.replace_range(with_comma, ""),
        1 => text.replace_range(one, ""),
        2 => text.insert_str(other.start, &format!("{}, ", &sheet.text[one])),
        3 => text.insert_str(other.end, &format!(", {}", &sheet.text[one])),
        4 => text.replace_range(one, &sheet.text[other]),
        5 => text.insert_str(one.start, dice.pick::<&str>(PARTS)),
        _ => text.insert_str(one.end, dice.pick::<&str>(PARTS)),
    }
    text.into_bytes()
}

/// Reads a text both ways.
fn compare(known: &Document, bytes: &[u8]) -> Result<Option<Document>, TestCaseError> {
    let (again, anew) = (known.read_again(bytes.to_vec()), Document::read(bytes.to_vec()));
    let (mut again, mut anew) = match (again, anew) {
        (Ok(again), Ok(anew)) => (again, anew),
        (again, anew) => {
            prop_assert_eq!(again.err(), anew.err(), "{}", String::from_utf8_lossy(bytes));
            return Ok(None);
        }
    };
    prop_assert_eq!(again.plan(), anew.plan(), "{}", text(&anew));
    prop_assert_eq!(again.bytes(), anew.bytes());
    let result = again.clone();
    // What is known of the places must be right as well.
    if let Some(task) = anew.plan().tasks.last().cloned() {
        let edit = Edit::new(Field::Note, task.note.clone(), format!("{} thêm", task.note));
        let changes = [Change::Edit { task: task.id.clone(), edit }];
        let made = [&mut again, &mut anew].map(|it| it.make(&changes, &stamp()));
        prop_assert_eq!(&made[0], &made[1], "{}", text(&result));
        prop_assert_eq!(text(&again), text(&anew));
    }
    Ok(Some(result))
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn reading_again_is_reading_anew(
        rolls in rolls(),
        damages in prop::collection::vec(prop::collection::vec(any::<u8>(), 20), 1..4),
    ) {
        let sheet = Sheet::roll(&mut Dice::new(&rolls));
        let first = read(&sheet.text);
        let mut known = first.clone();
        for damage in &damages {
            let mut dice = Dice::new(damage);
            let bytes = match dice.roll(3) {
                0 => rearranged(&sheet, &mut dice),
                1 => mutated(text(&known), &mut dice),
                _ => {
                    let mut other = known.clone();
                    let changes = hands::changes(known.plan(), &mut dice);
                    drop(other.make(&changes, &stamp()));
                    other.bytes().to_vec()
                }
            };
            if let Some(document) = compare(&known, &bytes)? {
                // And the way back.
                compare(&document, known.bytes())?;
                known = document;
            }
        }
        compare(&known, first.bytes())?;
    }
}

#[test]
fn what_is_nested_as_deep_as_can_be_is_the_same_either_way() {
    let with = |depth: usize| {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        format!(
            "(title: \"t\", year: 2024, tasks: [(id: \"a\"), (id: \"b\", x: {open}1{close}), (id: \"c\")])"
        )
    };
    let known = read(&with(1));
    let read_of = |depth: usize| compare(&known, with(depth).as_bytes()).expect("both ways are the same");
    let deepest = (1..140).filter(|&depth| read_of(depth).is_some()).max();
    assert!(deepest.is_some_and(|depth| (30..130).contains(&depth)), "{deepest:?}");
}

#[test]
fn only_the_tasks_around_a_change_are_parsed_again() {
    let tasks = |middle: &str| {
        format!("(title: \"t\", year: 2024, tasks: [\n  (id: \"a\"),\n  {middle}\n  (id: \"z\"),\n], )")
    };
    let known = read(&tasks("(id: \"b\", no: \"1\"), // ghi chú"));
    for middle in [
        "(id: \"b\", no: \"2\"), // ghi chú",
        "(id: \"b\", no: \"1\"), // ghi chú khác",
        "(id: \"b\", no: \"1\"), (id: \"c\"), // ghi chú",
        "",
    ] {
        let again = known.read_again(tasks(middle).into_bytes()).expect("it is a plan");
        let (before, after) = (&known.plan().tasks, &again.plan().tasks);
        assert!(Arc::ptr_eq(&before[0], &after[0]), "{middle}");
        assert_eq!(again.plan(), read(text(&again)).plan());
    }
}
