//! What a change may do to the user's file, and what it may not.

mod again;
mod broken;
mod dice;
mod edits;
mod hands;
mod layouts;
pub(crate) mod merges;

use chrono::DateTime;
use proptest::prelude::*;
use tiendo::document::{ChangeError, Document};
use tiendo::plan::{Change, Entry, Plan, Stamp, Task};

use tiendo::store::Policy;

use crate::office::Office;

use self::dice::Dice;
use self::layouts::Sheet;

/// How many cases of each law. The long form is for the night.
fn cases(short: u32) -> ProptestConfig {
    let is_long = std::env::var_os("TIENDO_LONG").is_some();
    ProptestConfig {
        cases: if is_long { short * 500 } else { short },
        max_shrink_iters: 20_000,
        ..Default::default()
    }
}

fn rolls() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..1200)
}

fn stamp() -> Stamp {
    let at = DateTime::parse_from_rfc3339("2024-05-20T09:10:00+07:00").expect("a time");
    Stamp { at, by: "lan".to_owned(), why: tiendo::plan::Why::Untold, on: None }
}

fn read(text: &str) -> Document {
    Document::read(text.as_bytes().to_vec()).unwrap_or_else(|problem| panic!("{problem:?} in\n{text}"))
}

fn text(document: &Document) -> &str {
    std::str::from_utf8(document.bytes()).expect("text")
}

/// What a plan says of its tasks, but for their histories; the ids as they stand in the file.
fn work(plan: &Plan) -> Vec<(String, Task)> {
    let bare =
        |task: &Task| Task { id: tiendo::plan::TaskId::default(), history: Vec::new(), ..task.clone() };
    plan.tasks.iter().map(|task| (task.id.text().to_owned(), bare(task))).collect()
}

fn histories(plan: &Plan) -> Vec<&[Entry]> {
    plan.tasks.iter().map(|task| task.history.as_slice()).collect()
}

fn recorded(plan: &Plan, made: &[Change]) -> Plan {
    let mut plan = plan.clone();
    let is_there = |change: &&Change| plan.task_of(change).is_some();
    let made: Vec<_> = made.iter().filter(is_there).cloned().collect();
    plan.record(&made, &stamp());
    plan
}

/// A layout, changes, and the document after them.
struct Trial {
    sheet: Sheet,
    before: Document,
    wanted: Plan,
    made: Vec<Change>,
    after: Document,
}

/// None if the rolls came to no change at all.
fn trial(rolls: &[u8]) -> Option<Trial> {
    let mut dice = Dice::new(rolls);
    let sheet = Sheet::roll(&mut dice);
    let before = read(&sheet.text);
    let changes = hands::changes(before.plan(), &mut dice);
    let mut wanted = before.plan().clone();
    wanted.make(&changes).expect("the changes fit the plan");
    let mut after = before.clone();
    let made = after.make(&changes, &stamp()).unwrap_or_else(|refusal| {
        panic!("{refusal:?} of {changes:#?} in\n{}", sheet.text);
    });
    (!made.is_empty()).then_some(Trial { sheet, before, wanted, made, after })
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_text_says_the_plan_that_was_meant(rolls in rolls()) {
        let Some(it) = trial(&rolls) else { return Ok(()) };
        let wanted = recorded(&it.wanted, &it.made);
        prop_assert_eq!(work(it.after.plan()), work(&wanted));
        prop_assert_eq!(histories(it.after.plan()), histories(&wanted));
        let again = read(text(&it.after));
        prop_assert_eq!(again.plan(), it.after.plan(), "\n{}", text(&it.after));
    }

    #[test]
    fn no_comment_is_lost(rolls in rolls()) {
        let Some(it) = trial(&rolls) else { return Ok(()) };
        let removed: Vec<_> = it.made.iter().filter_map(|change| match change {
            Change::Remove { task, .. } => Some(task.id.text()),
            _ => None,
        }).collect();
        for (comment, owner) in &it.sheet.comments {
            let may_go = owner.as_deref().is_some_and(|owner| removed.contains(&owner));
            let times = |text: &str| text.matches(comment.as_str()).count();
            prop_assert!(
                may_go || times(text(&it.after)) == 1,
                "{comment} in\n{}\nafter {:#?}\n{}", it.sheet.text, it.made, text(&it.after)
            );
        }
    }

    #[test]
    fn a_change_and_its_inverse_are_no_change(rolls in rolls()) {
        let Some(mut it) = trial(&rolls) else { return Ok(()) };
        if it.sheet.copies_ids {
            return Ok(());
        }
        let back = it.after.make(&Change::inverses(&it.made), &stamp());
        prop_assert!(back.is_ok(), "{back:?} of {:#?}\nin\n{}", it.made, text(&it.after));
        prop_assert_eq!(work(it.after.plan()), work(it.before.plan()));
    }

    /// Whatever the text looks like: where nothing else has been done since, nothing of the change is left. Where an id
    /// stands twice, the log cannot say which of the two tasks was meant.
    #[test]
    fn a_change_that_is_taken_back_leaves_the_text_byte_for_byte(rolls in rolls()) {
        let Some(it) = trial(&rolls) else { return Ok(()) };
        if it.sheet.copies_ids {
            return Ok(());
        }
        let office = Office::with_text(&it.sheet.text);
        let mut store = office.store();
        let made = store.commit(&it.made, &stamp(), Policy::Ask).expect("it can be saved").made;
        let undo = Stamp { why: tiendo::plan::Why::Undo, ..stamp() };
        let outcome = store.commit(&Change::inverses(&made), &undo, Policy::Ask).expect("it can be saved");
        prop_assert_eq!(outcome.conflict, None);
        prop_assert_eq!(office.text(), it.sheet.text);
    }

    #[test]
    fn what_a_change_is_not_about_keeps_every_byte(rolls in rolls()) {
        let Some(it) = trial(&rolls) else { return Ok(()) };
        let (old, new) = (it.sheet.text.as_str(), text(&it.after));
        for (task, span) in it.before.plan().tasks.iter().zip(&it.sheet.tasks) {
            if !it.made.iter().any(|change| change.is_about(&task.id)) {
                prop_assert!(new.contains(&old[span.clone()]), "{}\n\n{old}\n\n{new}", task.id);
            }
        }
        let [change @ Change::Edit { task, .. }] = it.made.as_slice() else { return Ok(()) };
        let span = &it.sheet.tasks[it.before.plan().position(task).expect("the task")];
        prop_assert!(new.starts_with(&old[..span.start]), "{change:#?}\n{old}\n\n{new}");
        prop_assert!(new.ends_with(&old[span.end..]), "{change:#?}\n{old}\n\n{new}");
    }

    #[test]
    fn a_new_file_says_its_plan(rolls in rolls()) {
        let mut plan = hands::plan(&mut Dice::new(&rolls));
        plan.tell_apart();
        let document = Document::of(&plan).expect("a plan");
        prop_assert_eq!(document.plan(), &plan);
    }
}

#[test]
fn a_conflict_changes_nothing() {
    let document = read("(title: \"t\", year: 2024, tasks: [(id: \"a\", title: \"x\")])");
    let task = document.plan().tasks[0].clone();
    let changes = [
        Change::Move { task: task.id.clone(), from: None, to: None },
        Change::Add { task: Box::new(Task::clone(&task)), after: None },
    ];
    let mut after = document.clone();
    assert!(matches!(after.make(&changes, &stamp()), Err(ChangeError::Conflict(_))));
    assert_eq!((after.bytes(), after.plan()), (document.bytes(), document.plan()));
}
