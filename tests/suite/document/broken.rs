//! Texts that are no plans: what is said of them, and that nothing worse happens.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use tiendo::document::{Document, Place};
use tiendo::plan::{Change, Edit, Field};
use tiendo::words::Lang;

use super::dice::Dice;
use super::layouts::Sheet;
use super::{cases, rolls, stamp};

fn problem(text: &str) -> (usize, usize, String) {
    let problem = Document::read(text.as_bytes().to_vec()).expect_err(text);
    assert!(!problem.message(Lang::Vi).is_empty());
    let Place { line, column } = problem.place;
    (line, column, problem.message(Lang::En))
}

/// A sound plan with one place to break.
fn with(task: &str) -> String {
    format!("Plan(\n  title: \"t\",\n  year: 2024,\n  tasks: [\n    (\n{task}\n    ),\n  ],\n)\n")
}

/// What stands in the file, where the problem is, and words that its message has.
const WHOLE: &[(&str, usize, usize, &str)] = &[
    ("", 1, 1, "empty"),
    ("\u{FEFF} // chưa có gì\n", 1, 1, "empty"),
    ("title: \"x\"", 1, 1, "a plan begins with Plan("),
    ("[1]", 1, 1, "found [1]"),
    ("Plan(", 1, 5, "not closed to the end of the file; add )"),
    ("Task(title: \"x\")", 1, 1, "found the name Task, expected Plan"),
    ("(title: \"t\", year: 2024))", 1, 25, "closes nothing"),
    ("(title: \"t\", year: 2024), x", 1, 25, "ended before this"),
    ("(title: \"t\", year: 2024, tasks: [(id: \"a\")", 1, 33, "the [ that opens here is not closed"),
    ("(title: \"t\", year: 2024.5)", 1, 20, "expected a whole number"),
    ("(title: \"t\", year: \"2024\")", 1, 20, "did you mean 2024?"),
    ("(title: \"t\")", 1, 1, "lacks the field year; add year: 2024"),
    ("(title: \"t\", title: \"u\", year: 1)", 1, 14, "twice"),
    ("\u{FEFF}#![enable(foo)] (title: \"t\", year: 1)", 1, 11, "foo"),
    ("(title: \"t\", year: 1, agencies: [(full: \"x\")])", 1, 34, "an agency lacks the field name"),
    ("(title: \"t\", year: 1, tasks: (id: \"a\"))", 1, 30, "expected a list"),
];

/// The same for what stands in a task, from line 6 of the file.
const TASKS: &[(&str, usize, usize, &str)] = &[
    ("title: \"abc,\nno: \"1\",\nlead: [\"A\"],", 6, 8, "the text that opens here is never closed"),
    ("title: \"abc,\nlead: [\"A\", \"B\"],", 6, 8, "the text that opens here is never closed"),
    ("title: \"abc\nno: \"\",", 6, 8, "the text that opens here is never closed"),
    ("title: \"abc,", 6, 8, "the text that opens here is never closed"),
    ("/* abc\nid: \"a\",", 6, 1, "the comment that opens here is never closed"),
    ("lead: [\"A\",\nsupport: [\"B\"],", 6, 7, "the [ that opens here is not closed: line 7, column 1"),
    ("id: \"a\",\n    (\n id: \"b\",\n ),", 5, 5, "the ( that opens here is not closed: line 7, column 5"),
    ("id: \"a\"]", 5, 5, "the ( that opens here is not closed: line 6, column 8"),
    ("<<<<<<< HEAD\nid: \"a\",\n=======\nid: \"b\",\n>>>>>>> x", 6, 1, "git has left two versions"),
    ("title: “abc”,", 6, 8, "found “"),
    ("title:\u{A0}\"abc\",", 6, 7, "U+00A0"),
    ("title: 'abc',", 6, 8, "double quotes"),
    ("title: \"abc\"\nno: \"1\"", 6, 13, "a comma is missing"),
    ("title: \"a\" no: \"1\",", 6, 11, "a comma is missing"),
    ("quarters: [Q1 Q2],", 6, 14, "a comma is missing"),
    ("title: \"a \"b\" c\",", 6, 11, "within the text has to be \\\""),
    ("title: \"a\", , no: \"1\",", 6, 13, "out of place"),
    ("title: \"abc\";", 6, 13, "found ;"),
    ("title = \"abc\",", 6, 7, "after title a colon"),
    ("title \"abc\",", 6, 6, "after title a colon"),
    ("title: ,", 6, 1, "title has no value"),
    ("title: Sở Nội vụ,", 6, 8, "double quotes: \"Sở …\""),
    ("title: Sở,", 6, 8, "did you mean \"Sở\"?"),
    ("\"abc\",", 6, 1, "the name of the field is missing"),
    ("title: \"C:\\Users\",", 6, 11, "write it twice"),
    ("no: 5,", 6, 5, "did you mean \"5\"?"),
    ("status: Doin,", 6, 9, "did you mean Doing?"),
    ("status: \"Done\",", 6, 9, "did you mean Done?"),
    ("status: Đang thực hiện,", 6, 9, "did you mean Doing?"),
    ("status: xong,", 6, 9, "did you mean Done?"),
    ("quarters: Q1,", 6, 11, "did you mean [Q1]?"),
    ("quarters: [1, 2],", 6, 12, "did you mean Q1?"),
    ("quarters: [Q5],", 6, 12, "expected one of Q1, Q2, Q3, Q4"),
    ("due: \"30/6/2024\",", 6, 6, "did you mean \"2024-06-30\"?"),
    ("due: 2024-06-30,", 6, 6, "did you mean \"2024-06-30\"?"),
    (
        "due: \"2024-02-30\",",
        6,
        6,
        "expected a day such as \"2024-06-30\" (year-month-day); month 2 of 2024 has 29 days",
    ),
    ("more: \"x\",", 6, 7, "expected names and texts in braces"),
    ("more: {\"Kinh phí\": 50},", 6, 20, "more: found 50,"),
    ("more: {\"a\": \"b\"\n \"c\": \"d\"},", 7, 2, "more: found \"c\","),
    ("more: {\"a\": \"b\\q\"},", 6, 15, "write it twice"),
    ("lead: \"Sở Nội vụ\",", 6, 7, "did you mean [\"Sở Nội vụ\"]?"),
    ("history: [(by: \"x\")],", 6, 11, "lacks the field at"),
    ("history: [(at: \"2024\")],", 6, 16, "expected a moment"),
];

#[test]
fn what_is_wrong_is_said_where_it_was_opened() {
    let in_tasks = TASKS.iter().map(|&(task, line, column, words)| (with(task), line, column, words));
    let whole = WHOLE.iter().map(|&(text, line, column, words)| (text.to_owned(), line, column, words));
    for (text, line, column, words) in whole.chain(in_tasks) {
        let (found_line, found_column, message) = problem(&text);
        assert_eq!((found_line, found_column), (line, column), "{message} in\n{text}");
        assert!(message.contains(words), "{message} in\n{text}");
    }
}

#[test]
fn old_encodings_are_told_with_their_line() {
    let mut bytes = b"(\n  title: \"K".to_vec();
    bytes.extend(b"\xD5 ho\xB9ch\")");
    let problem = Document::read(bytes).expect_err("no text");
    assert_eq!(problem.place, Place { line: 2, column: 12 });
    assert!(problem.message(Lang::Vi).contains("TCVN3/VNI"));
    let problem = Document::read(b"\xFF\xFE(\0)\0".to_vec()).expect_err("no text");
    assert!(problem.message(Lang::En).contains("UTF-16"));
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let problem = Document::read(vec![b' '; (64 << 20) + 1]).expect_err("too large");
    assert!(problem.message(Lang::En).contains("64 MB"));
}

/// A thousand times what any of these takes: a busy machine may stall, and what is quadratic takes longer yet.
const SOON: Duration = Duration::from_secs(5);

/// Reads a text; whatever it is, that ends soon. A plan must take a change.
fn attempt(bytes: &[u8]) -> Result<(), TestCaseError> {
    let start = Instant::now();
    match Document::read(bytes.to_vec()) {
        Err(problem) => {
            prop_assert!(!problem.message(Lang::Vi).is_empty() && !problem.message(Lang::En).is_empty());
        }
        Ok(mut document) => {
            document.remarks();
            for task in document.plan().tasks.clone() {
                let title = Edit::new(Field::Title, task.title.clone(), format!("{} mới", task.title));
                let made = document.make(&[Change::Edit { task: task.id.clone(), edit: title }], &stamp());
                prop_assert!(made.is_ok(), "{made:?} in\n{}", String::from_utf8_lossy(bytes));
            }
        }
    }
    prop_assert!(start.elapsed() < SOON, "{}", String::from_utf8_lossy(bytes));
    Ok(())
}

/// What mutations put in.
pub(super) const PARTS: &[&str] = &[
    "\"", "'", "(", ")", "[", "]", "{", "}", ",", ":", "/*", "*/", "//", "\n", "\r", "\\", "r#", "#", "b",
    "r", " ", "\u{2028}", "\u{A0}", "“", "<<<<<<< ", "Some(", "x: ", "\0", "é", "None", "1", "-", ".",
    "\"a\"",
];

pub(super) fn mutated(text: &str, dice: &mut Dice) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.roll(4) {
        let place = (dice.roll(256) << 8 | dice.roll(256)) % (bytes.len() + 1);
        match dice.roll(4) {
            0 if place < bytes.len() => drop(bytes.remove(place)),
            1 => bytes.truncate(place.max(bytes.len() / 2)),
            2 if place < bytes.len() => bytes[place] = dice.roll(256) as u8,
            _ => {
                let part = dice.pick(PARTS).bytes();
                bytes.splice(place..place, part).for_each(drop);
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_damaged_file_is_told_or_understood(rolls in rolls(), damage in prop::collection::vec(any::<u8>(), 20)) {
        let sheet = Sheet::roll(&mut Dice::new(&rolls));
        attempt(&mutated(&sheet.text, &mut Dice::new(&damage)))?;
    }

    #[test]
    fn no_garbage_breaks_the_reader(
        parts in prop::collection::vec(prop::sample::select(PARTS), 0..60),
        bytes in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        attempt(parts.concat().as_bytes())?;
        attempt(format!("(title: \"\", year: 1, tasks: [({})])", parts.concat()).as_bytes())?;
        attempt(&bytes)?;
    }
}

#[test]
fn no_depth_and_no_length_is_too_much() {
    let many = |part: &str| part.repeat(200_000);
    for text in
        ["(", "[", "{", "Some(", "/*", "\"\\", "r#", "#", "'", "[[]", "a:", "\"\"", "\u{301}", "b'", "(x:("]
    {
        attempt(many(text).as_bytes()).expect(text);
        let text = format!("(title: \"\", year: 1, tasks: [(x: {}", many(text));
        attempt(text.as_bytes()).expect("an end");
    }
    let deep = format!("(title: \"\", year: 1, x: {}{})", many("["), many("]"));
    let message = Document::read(deep.into_bytes()).expect_err("too deep").message(Lang::En);
    assert!(message.contains("nested too deep"), "{message}");
}
