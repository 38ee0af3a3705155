//! Many who add to the same lists at once: lines of progress, ticks of steps, receipts. All are kept, without a question.

use std::collections::HashSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use tiendo::document::Document;
use tiendo::document::merge::merge;
use tiendo::plan::{Change, Edit, Field, Plan, Progress, Receipt, Stamp, Task, TaskId, TaskStep};
use tiendo::store::{Policy, Saved, Store};

use crate::office::{Office, stamp, times};

const HANDS: usize = 8;

fn day(text: &str) -> Option<chrono::NaiveDate> {
    text.parse().ok()
}

fn task(plan: &Plan) -> &Task {
    plan.task(&TaskId::new("a")).unwrap()
}

/// A plan of one task with a step for each hand.
fn text() -> String {
    let step = |hand| format!("(what: \"Mốc {hand}\", by: \"2024-06-30\")");
    let steps = (0..HANDS).map(step).collect::<Vec<_>>().join(", ");
    format!(
        "// của mọi người\n(title: \"P\", year: 2024, tasks: [\n    (id: \"a\", no: \"1\", title: \"A\", steps: [{steps}]), // về a\n])\n"
    )
}

/// What a screen makes of a key, on the plan as it was when it was last read.
fn edit(plan: &Plan, hand: usize, time: usize) -> Edit {
    let task = task(plan);
    match time % 3 {
        0 => {
            let text = format!("{hand}-{time}");
            task.tell(Progress {
                on: day("2024-05-20"),
                by: format!("Sở {hand}"),
                text,
                ..Progress::default()
            })
        }
        1 => {
            let mut rows = task.received.clone();
            rows.push(Receipt { who: format!("{hand}-{time}"), on: day("2024-05-20") });
            Edit::of(Field::Received, task, rows)
        }
        _ => {
            let mut rows: Vec<TaskStep> = task.steps.clone();
            rows[hand].done = day("2024-05-20");
            Edit::of(Field::Steps, task, rows)
        }
    }
}

fn on_screen(plan: &Path, hand: usize, times: usize) {
    let mut store = Store::open(plan).unwrap();
    for time in 0..times {
        let edit = edit(store.plan(), hand, time);
        if edit.is_idle() {
            continue;
        }
        let change = Change::Edit { task: TaskId::new("a"), edit };
        let stamp = Stamp { by: format!("h{hand}"), ..stamp() };
        let outcome = store.commit(&[change], &stamp, Policy::Ask).unwrap();
        assert_eq!((outcome.conflict, outcome.saved), (None, Saved::Confirmed));
    }
}

fn by_command(plan: &Path, hand: usize, times: usize) {
    for time in (0..times).step_by(3) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        command.arg("tell").arg(plan).args(["a", "--text", &format!("{hand}-{time}"), "--by", "Sở"]);
        assert!(command.stdout(Stdio::null()).status().unwrap().success());
    }
}

#[test]
fn eight_who_add_to_the_same_lists_are_all_kept() {
    let office = Office::with_text(&text());
    let each = times(9, 250);
    let is_screen = |hand: usize| !hand.is_multiple_of(4);
    thread::scope(|scope| {
        for hand in 0..HANDS {
            let plan = &office.plan;
            scope.spawn(move || {
                if is_screen(hand) { on_screen(plan, hand, each) } else { by_command(plan, hand, each) }
            });
        }
    });
    let plan = office.store().plan().clone();
    let task = task(&plan);
    let at = |rest: usize, hand: usize| {
        (0..each).filter(move |time| time % 3 == rest).map(move |time| format!("{hand}-{time}"))
    };
    let wanted: HashSet<String> = (0..HANDS).flat_map(|hand| at(0, hand)).collect();
    let told: Vec<String> = task.progress.iter().map(|row| row.text.clone()).collect();
    assert_eq!((told.len(), told.into_iter().collect()), (wanted.len(), wanted));
    let wanted: HashSet<String> =
        (0..HANDS).filter(|hand| is_screen(*hand)).flat_map(|hand| at(1, hand)).collect();
    let received: Vec<String> = task.received.iter().map(|row| row.who.clone()).collect();
    assert_eq!((received.len(), received.into_iter().collect()), (wanted.len(), wanted));
    let ticked: Vec<bool> = task.steps.iter().map(|step| step.done.is_some()).collect();
    assert_eq!(ticked, (0..HANDS).map(is_screen).collect::<Vec<_>>());
    assert!(task.history.iter().all(|entry| !entry.clash));
    assert!(office.text().starts_with("// của mọi người\n") && office.text().contains("// về a"));
    assert!(office.leftovers().is_empty());
}

/// What two have added to one text while they were apart is in the text that is made of both.
#[test]
fn what_two_have_added_apart_is_merged_without_a_word() {
    let base = Document::read(text().into_bytes()).unwrap();
    let by = |hand: usize| {
        let mut document = Document::read(text().into_bytes()).unwrap();
        for time in 0..3 {
            let edit = edit(document.plan(), hand, time);
            document.make(&[Change::Edit { task: TaskId::new("a"), edit }], &stamp()).unwrap();
        }
        document
    };
    let (ours, theirs) = (by(1), by(2));
    let (one, other) = (merge(&base, &ours, &theirs, &stamp()), merge(&base, &theirs, &ours, &stamp()));
    assert!(one.clashes.is_empty());
    assert_eq!(one.document.plan(), other.document.plan());
    let task = task(one.document.plan());
    let done: Vec<bool> = task.steps.iter().take(4).map(|step| step.done.is_some()).collect();
    assert_eq!((task.progress.len(), task.received.len()), (2, 2));
    assert_eq!(done, [false, true, true, false]);
}
