//! Many who add to the same lists at once: lines of progress, ticks of steps, receipts. All are kept, without a question.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use tiendo::document::Document;
use tiendo::document::merge::merge;
use tiendo::plan::{Change, Edit, Field, Plan, Progress, Receipt, Stamp, Task, TaskId, TaskStep};
use tiendo::store::{Policy, Saved, Store};

use crate::office::{Office, stamp, times};

/// How many add to the lists at once.
pub(crate) const HANDS: usize = 8;

/// What each of them adds, so many times each.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Added {
    Progress,
    Receipt,
    Tick,
}

impl Added {
    pub(crate) const ALL: [Self; 3] = [Self::Progress, Self::Receipt, Self::Tick];
}

fn day(text: &str) -> Option<chrono::NaiveDate> {
    text.parse().ok()
}

pub(crate) fn task(plan: &Plan) -> &Task {
    plan.task(&TaskId::new("a")).unwrap()
}

fn name(hand: usize, time: usize) -> String {
    format!("{hand}-{time}")
}

/// A plan of one task with so many steps for each hand.
pub(crate) fn text(each: usize) -> String {
    let names = (0..HANDS).flat_map(|hand| (0..each).map(move |time| name(hand, time)));
    let step = |name| format!("(what: \"{name}\", by: \"2024-06-30\")");
    let steps = names.map(step).collect::<Vec<_>>().join(", ");
    format!(
        "// của mọi người\n(title: \"P\", year: 2024, tasks: [\n    (id: \"a\", no: \"1\", title: \"A\", steps: [{steps}]), // về a\n])\n"
    )
}

/// What a screen makes of a key, on the plan as it was when it was last read.
pub(crate) fn edit(plan: &Plan, added: Added, hand: usize, time: usize) -> Edit {
    let (task, name, on) = (task(plan), name(hand, time), day("2024-05-20"));
    match added {
        Added::Progress => {
            task.tell(Progress { on, by: format!("Sở {hand}"), text: name, ..Progress::default() })
        }
        Added::Receipt => {
            let mut rows = task.received.clone();
            rows.push(Receipt { who: name, on });
            Edit::of(Field::Received, task, rows)
        }
        Added::Tick => {
            let mut rows: Vec<TaskStep> = task.steps.clone();
            rows.iter_mut().filter(|step| step.what == name).for_each(|step| step.done = on);
            Edit::of(Field::Steps, task, rows)
        }
    }
}

/// Everything that one hand adds, in the order in which it is added.
pub(crate) fn work(each: usize) -> impl Iterator<Item = (Added, usize)> {
    (0..each).flat_map(|time| Added::ALL.map(|added| (added, time)))
}

/// That all of these hands have added is there once, and nothing else.
pub(crate) fn assert_kept(task: &Task, each: usize, adds: impl Fn(Added, usize) -> bool) {
    let wanted = |added| {
        let hands = (0..HANDS).filter(|hand| adds(added, *hand));
        hands.flat_map(|hand| (0..each).map(move |time| name(hand, time))).collect::<BTreeSet<_>>()
    };
    let ticked = task.steps.iter().filter(|step| step.done.is_some());
    let found: [(Added, Vec<&String>); 3] = [
        (Added::Progress, task.progress.iter().map(|row| &row.text).collect()),
        (Added::Receipt, task.received.iter().map(|row| &row.who).collect()),
        (Added::Tick, ticked.map(|step| &step.what).collect()),
    ];
    for (added, found) in found {
        let (count, found) = (found.len(), found.into_iter().cloned().collect());
        assert_eq!((count, &found), (wanted(added).len(), &wanted(added)), "{added:?}");
    }
    assert_eq!(task.steps.len(), HANDS * each);
    assert!(task.history.iter().all(|entry| !entry.clash));
}

fn on_screen(plan: &Path, hand: usize, each: usize) {
    let mut store = Store::open(plan).unwrap();
    for (added, time) in work(each) {
        let edit = edit(store.plan(), added, hand, time);
        let change = Change::Edit { task: TaskId::new("a"), edit };
        let stamp = Stamp { by: format!("h{hand}"), ..stamp() };
        let outcome = store.commit(&[change], &stamp, Policy::Ask).unwrap();
        assert_eq!((outcome.conflict, outcome.saved), (None, Saved::Confirmed));
    }
}

fn by_command(plan: &Path, hand: usize, each: usize) {
    for time in 0..each {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        command.arg("tell").arg(plan).args(["a", "--text", &name(hand, time), "--by", "Sở"]);
        assert!(command.stdout(Stdio::null()).status().unwrap().success());
    }
}

#[test]
fn eight_who_add_to_the_same_lists_are_all_kept() {
    let each = times(3, 250);
    let office = Office::with_text(&text(each));
    let is_screen = |hand: usize| !hand.is_multiple_of(4);
    let begun = Instant::now();
    thread::scope(|scope| {
        for hand in 0..HANDS {
            let plan = &office.plan;
            scope.spawn(move || {
                if is_screen(hand) { on_screen(plan, hand, each) } else { by_command(plan, hand, each) }
            });
        }
    });
    let time = begun.elapsed();
    let plan = office.store().plan().clone();
    assert_kept(task(&plan), each, |added, hand| is_screen(hand) || matches!(added, Added::Progress));
    assert!(office.text().starts_with("// của mọi người\n") && office.text().contains("// về a"));
    assert!(office.leftovers().is_empty());
    println!("{} entries, {} bytes, {time:.1?}", task(&plan).history.len(), office.text().len());
}

/// What two have added to one text while they were apart is in the text that is made of both.
#[test]
fn what_two_have_added_apart_is_merged_without_a_word() {
    let base = Document::read(text(1).into_bytes()).unwrap();
    let by = |hand: usize| {
        let mut document = base.clone();
        for (added, time) in work(1) {
            let edit = edit(document.plan(), added, hand, time);
            document.make(&[Change::Edit { task: TaskId::new("a"), edit }], &stamp()).unwrap();
        }
        document
    };
    let (ours, theirs) = (by(1), by(2));
    let (one, other) = (merge(&base, &ours, &theirs, &stamp()), merge(&base, &theirs, &ours, &stamp()));
    assert!(one.clashes.is_empty());
    assert_eq!(one.document.plan(), other.document.plan());
    assert_kept(task(one.document.plan()), 1, |_, hand| matches!(hand, 1 | 2));
}
