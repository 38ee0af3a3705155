//! What the file looks like after a change.

use chrono::NaiveDate;
use tiendo::document::{Document, Place};
use tiendo::plan::check::Spot;
use tiendo::plan::{
    Agency, Change, ChangeError, Conflict, Edit, Field, PlanField, Quarter, Stamp, Status, Task, TaskId,
    Value, Why,
};

use super::{read, stamp, text};

const HOUSE: &str = r#"#![enable(implicit_some)]
// Kế hoạch năm.
Plan(
    title: "t",
    year: 2024,
    tasks: [
        // Mục I.
        (
            id: "a",
            title: "Một", // sửa theo bản gốc
            quarters: [Q1],
            status: Todo,
        ), // xong trước

        // Mục II.
        (
            id: "b",
            title: "Hai",
            lead: ["Sở Nội vụ"],
            status: Todo, // đang chờ
        ),
    ],
)
"#;

fn after(before: &str, changes: impl Fn(&Document) -> Vec<Change>) -> String {
    let mut document = read(before);
    let changes = changes(&document);
    document.make(&changes, &stamp()).expect("the change can be written");
    text(&document).to_owned()
}

fn id(text: &str) -> TaskId {
    TaskId::new(text)
}

fn edit(task: &str, edit: Edit) -> Change {
    Change::Edit { task: id(task), edit }
}

fn done(task: &str) -> Vec<Change> {
    let day = NaiveDate::from_ymd_opt(2024, 5, 20);
    vec![
        edit(task, Edit::new(Field::Status, Status::Todo, Status::Done)),
        edit(task, Edit::new(Field::DoneOn, None, day)),
    ]
}

fn new_task() -> Box<Task> {
    let title = "Ba \"mới\"".to_owned();
    Box::new(Task { id: id("c"), title, quarters: [Quarter::Q2].into_iter().collect(), ..Task::default() })
}

/// Only the lines that differ, as a diff shows them.
fn diff(before: &str, after: &str) -> String {
    let (old, new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let head = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let rest = old[head..].iter().rev().zip(new[head..].iter().rev());
    let foot = rest.take_while(|(one, other)| one == other).count();
    let gone = old[head..old.len() - foot].iter().map(|line| format!("-{line}\n"));
    let come = new[head..new.len() - foot].iter().map(|line| format!("+{line}\n"));
    gone.chain(come).collect()
}

#[test]
fn a_status_move_rewrites_one_word_and_adds_what_it_needs() {
    let new = after(HOUSE, |_| done("b"));
    assert_eq!(
        diff(HOUSE, &new),
        r#"-            status: Todo, // đang chờ
+            status: Done, // đang chờ
+            done_on: "2024-05-20",
+            history: [
+                (at: "2024-05-20T09:10:00+07:00", by: "lan", field: "status", from: "Todo", to: "Done", done_on: "2024-05-20"),
+            ],
"#
    );
}

#[test]
fn history_grows_by_a_line() {
    let once = after(HOUSE, |_| done("b"));
    let twice = after(&once, |_| vec![edit("b", Edit::new(Field::Status, Status::Done, Status::Doing))]);
    assert_eq!(
        diff(&once.replace("status: Done", "status: Doing"), &twice),
        "+                (at: \"2024-05-20T09:10:00+07:00\", by: \"lan\", field: \"status\", from: \"Done\", to: \"Doing\"),\n"
    );
}

#[test]
fn a_row_stays_a_row() {
    let rows = "(title: \"t\", year: 2024, tasks: [\n\t(id: \"a\", title: \"Một\"), // một\n\t(id: \"b\", title: \"Hai\")\n])";
    let new = after(rows, |_| vec![Change::Add { task: new_task(), after: Some(id("b")) }]);
    assert_eq!(
        diff(rows, &new),
        "-\t(id: \"b\", title: \"Hai\")\n+\t(id: \"b\", title: \"Hai\"),\n\
         +\t(id: \"c\", title: \"Ba \\\"mới\\\"\", quarters: [Q2], status: Todo, \
         history: [(at: \"2024-05-20T09:10:00+07:00\", by: \"lan\", field: \"add\")])\n"
    );
    let line = "(title: \"t\", year: 2024, tasks: [(id: \"a\", title: \"Một\"), (id: \"b\")])";
    let renamed = after(line, |_| vec![edit("b", Edit::new(Field::Title, String::new(), "Hai".to_owned()))]);
    assert!(renamed.contains("(id: \"b\", title: \"Hai\", history: [(at: "), "{renamed}");
}

#[test]
fn a_new_task_stands_like_its_neighbours() {
    let new = after(HOUSE, |_| vec![Change::Add { task: new_task(), after: Some(id("a")) }]);
    assert_eq!(
        diff(HOUSE, &new),
        r#"+        (
+            id: "c",
+            title: "Ba \"mới\"",
+            quarters: [Q2],
+            status: Todo,
+            history: [
+                (at: "2024-05-20T09:10:00+07:00", by: "lan", field: "add"),
+            ],
+        ),
+
"#
    );
    let windows = HOUSE.replace('\n', "\r\n");
    let again = after(&windows, |_| vec![Change::Add { task: new_task(), after: Some(id("a")) }]);
    assert_eq!(again, new.replace('\n', "\r\n"));
}

#[test]
fn a_task_goes_with_the_comment_on_its_line_and_headings_stay() {
    let new = after(HOUSE, |it| {
        vec![Change::Remove { task: Box::new(Task::clone(&it.plan().tasks[0])), after: None }]
    });
    assert!(new.contains("        // Mục I.\n\n        // Mục II.\n"), "{new}");
    assert!(!new.contains("xong trước") && !new.contains("bản gốc"), "{new}");
}

#[test]
fn a_task_that_is_added_and_removed_leaves_no_trace() {
    for after_which in [None, Some(id("a")), Some(id("b"))] {
        let added = after(HOUSE, |_| vec![Change::Add { task: new_task(), after: after_which.clone() }]);
        let removed = after(&added, |it| {
            let task = it.plan().task(&id("c")).expect("the task").clone();
            vec![Change::Remove { task: Box::new(task), after: None }]
        });
        assert_eq!(removed, HOUSE, "after {after_which:?}");
    }
}

#[test]
fn a_task_moves_as_it_stands() {
    let new = after(HOUSE, |_| vec![Change::Move { task: id("a"), from: None, to: Some(id("b")) }]);
    let task = &HOUSE
        [HOUSE.find("        (\n").expect("a task")..HOUSE.find("\n        // Mục II").expect("a heading")];
    assert_eq!(new, HOUSE.replacen(task, "", 1).replace("    ],\n)", &format!("\n{task}    ],\n)")));
}

#[test]
fn comments_within_a_value_move_in_front_of_it() {
    let before = "(title: \"t\", year: 2024, tasks: [(id: \"a\", due: Some( // gia hạn\n \"2024-05-01\"), lead: [\"A\", /* chính */ \"B\"])])";
    let cleared = after(before, |_| {
        let day = NaiveDate::from_ymd_opt(2024, 5, 1);
        vec![edit("a", Edit::new(Field::Due, day, None))]
    });
    assert!(cleared.contains("due: /* gia hạn */ None, history"), "{cleared}");
    let moved = after(before, |_| {
        let day = |day| NaiveDate::from_ymd_opt(2024, 5, day);
        vec![edit("a", Edit::new(Field::Due, day(1), day(31)))]
    });
    assert!(moved.contains("due: Some( // gia hạn\n \"2024-05-31\"), history"), "{moved}");
    let fewer = after(before, |_| {
        let lead = vec!["A".to_owned(), "B".to_owned()];
        vec![edit("a", Edit::new(Field::Lead, lead, vec!["B".to_owned()]))]
    });
    assert!(fewer.contains("lead: [/* chính */ \"B\"]"), "{fewer}");
}

#[test]
fn the_mark_of_byte_order_and_the_line_endings_stay() {
    let windows = format!("\u{FEFF}{}", HOUSE.replace('\n', "\r\n"));
    let new = after(&windows, |_| done("b"));
    assert!(new.starts_with("\u{FEFF}#![enable"));
    assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
}

#[test]
fn decomposed_text_is_composed_in_the_plan_and_stays_in_the_file() {
    let before =
        "(title: \"So\u{31b}\u{309}\", year: 2024, tasks: [(id: \"a\", title: \"No\u{323}\u{302}i\")])";
    let document = read(before);
    assert_eq!((document.plan().title.as_str(), document.plan().tasks[0].title.as_str()), ("Sở", "Nội"));
    let new =
        after(before, |_| vec![edit("a", Edit::new(Field::Note, String::new(), "vu\u{323}".to_owned()))]);
    assert!(new.starts_with(&before[..before.len() - 3]), "{new}");
    assert!(new.contains("note: \"vụ\""), "{new}");
}

#[test]
fn a_reason_that_was_typed_apart_is_written_composed() {
    let mut document = read(HOUSE);
    let why = Why::Reason("ly\u{301} do\r\nkha\u{301}c".to_owned());
    let made = document.make(&done("b"), &Stamp { by: "La\u{302}n".to_owned(), why, ..stamp() });
    assert!(made.is_ok(), "{made:?}");
    assert!(
        text(&document)
            .contains("by: \"Lân\", field: \"status\", from: \"Todo\", to: \"Done\", note: \"lý do\\nkhác\"")
    );
}

/// The plans that come with the program.
const PLANS: [&str; 4] = ["dien-bien-2023", "ha-giang-2021", "hung-yen-2024", "son-la-2024"];

fn plan_file(name: &str) -> String {
    std::fs::read_to_string(format!("data/{name}.ron")).expect("a plan of the house")
}

#[test]
fn a_status_move_in_a_plan_of_the_house_touches_one_line_and_the_history() {
    for name in PLANS {
        let before = plan_file(name);
        let document = read(&before);
        assert_eq!(document.remarks(), []);
        for task in &document.plan().tasks {
            let status = Edit::new(Field::Status, task.status, Status::Paused);
            let new = after(&before, |_| vec![Change::Edit { task: task.id.clone(), edit: status.clone() }]);
            let changed = diff(&before, &new);
            assert_eq!(changed.matches("\n-").count(), 0, "{changed}");
            assert!(changed.starts_with("-            status: "), "{changed}");
            assert_eq!(changed.lines().count(), 5, "{changed}");
        }
    }
}

#[test]
fn a_new_file_looks_like_the_plans_of_the_house() {
    for name in PLANS {
        let file = plan_file(name);
        // What may be left out is left out; the published plans say it where the document does.
        let is_kept = |line: &&str| !line.trim_start().starts_with("//") && line.trim() != "quarters: [],";
        let bare: String = file.split_inclusive('\n').filter(is_kept).collect();
        assert_eq!(diff(&bare, &Document::write_new(read(&file).plan())), "", "{name}");
    }
}

#[test]
fn everything_has_its_place() {
    let document = read(HOUSE);
    let place = |spot: Spot| {
        let Place { line, column } = document.place(&spot);
        (line, column)
    };
    assert_eq!(place(Spot::Plan("year")), (5, 5));
    assert_eq!(place(Spot::Plan("number")), (3, 1), "what is not there stands in the plan");
    assert_eq!(place(Spot::Agency(0)), (3, 1));
    assert_eq!(place(Spot::Task(id("b"))), (16, 9));
    assert_eq!(place(Spot::Field(id("b"), Field::Lead)), (19, 13));
    assert_eq!(place(Spot::Field(id("b"), Field::Due)), (16, 9), "what is not there stands in the task");
}

/// The house's own layout, a row in one line, and a last field without a comma.
#[test]
fn what_is_taken_back_leaves_no_empty_field_behind_though_others_have_worked_meanwhile() {
    let texts = [
        "(title: \"t\", year: 2024, tasks: [\n    (id: \"a\", title: \"A\", status: Todo), // A\n    (id: \"b\", title: \"B\"),\n])\n",
        "(title: \"t\", year: 2024, tasks: [\n    (\n        id: \"a\",\n        title: \"A\",\n        status: Todo\n    ),\n    (id: \"b\", title: \"B\"),\n])\n",
    ];
    let edit = |task: &str, edit| Change::Edit { task: TaskId::new(task), edit };
    let done = [
        edit("a", Edit::new(Field::Status, Status::Todo, Status::Done)),
        edit("a", Edit::new(Field::DoneOn, None, Some(stamp().at.date_naive()))),
        edit("a", Edit::new(Field::Output, String::new(), "12/BC")),
    ];
    let note = edit("b", Edit::new(Field::Note, String::new(), "x"));
    for text in texts {
        let (mut both, mut only) = (read(text), read(text));
        let made = both.make(&done, &stamp()).unwrap();
        let minh = Stamp { by: "minh".into(), ..stamp() };
        for document in [&mut both, &mut only] {
            document.make(std::slice::from_ref(&note), &minh).unwrap();
        }
        both.make(&Change::inverses(&made), &Stamp { why: Why::Undo, ..stamp() }).unwrap();
        assert_eq!(super::text(&both), super::text(&only));
    }
}

#[test]
fn the_plans_own_fields_change_like_those_of_a_task() {
    let body = |name: &str| Agency { name: name.to_owned(), ..Agency::default() };
    let head = |document: &Document, field, after: Value| {
        vec![Change::Head(Edit::of(field, document.plan(), after))]
    };
    let issuer = after(HOUSE, |it| head(it, PlanField::Issuer, "UBND tỉnh".into()));
    assert_eq!(diff(HOUSE, &issuer), "+    issuer: \"UBND tỉnh\",\n");
    let title = after(HOUSE, |it| head(it, PlanField::Title, "Kế hoạch 2024".into()));
    assert_eq!(diff(HOUSE, &title), "-    title: \"t\",\n+    title: \"Kế hoạch 2024\",\n");

    // What is no list can only be as one of two wants it; bodies of two come together.
    let mut document = read(HOUSE);
    let seen = document.clone();
    for name in ["Sở Nội vụ", "Sở Y tế"] {
        let add = head(&seen, PlanField::Agencies, vec![body(name)].into());
        assert_eq!(document.make(&add, &stamp()).map(|made| made.len()), Ok(1));
    }
    assert_eq!(document.plan().agencies, [body("Sở Nội vụ"), body("Sở Y tế")]);
    let year = |year: i32| head(&seen, PlanField::Year, year.into());
    document.make(&year(2025), &stamp()).expect("nobody else has set it");
    let refused = document.make(&year(2026), &stamp());
    assert_eq!(refused, Err(ChangeError::Conflict(Conflict::Head(PlanField::Year))));
    assert!(text(&document).starts_with("#![enable(implicit_some)]\n// Kế hoạch năm.\nPlan("));
}
