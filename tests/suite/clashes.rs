//! The same thing changed by two people at once, where nobody is there to be asked.

use tiendo::plan::{Change, Conflict, Edit, Entry, Field, Plan, Stamp, Status, Task, Why};
use tiendo::store::{Outcome, Policy, Saved};

use crate::office::*;

fn note_edit(from: &str, to: &str) -> Change {
    Change::Edit { task: id(0), edit: Edit::new(Field::Note, from, to) }
}

fn status(from: Status, to: Status) -> Change {
    Change::Edit { task: id(0), edit: Edit::new(Field::Status, from, to) }
}

/// Commits on an old view of the plan.
fn over(office: &Office, changes: &[Change], why: Why) -> Outcome {
    let stamp = Stamp { by: "minh".into(), why, ..stamp() };
    office.store().commit(changes, &stamp, Policy::LaterWins).unwrap()
}

fn told(entry: &Entry) -> (&str, &str, &str, bool) {
    (&entry.by, &entry.from, &entry.to, entry.clash)
}

fn history(plan: &Plan) -> Vec<(&str, &str, &str, bool)> {
    plan.task(&id(0)).unwrap().history.iter().map(told).collect()
}

#[test]
fn the_later_one_wins_and_the_other_is_in_the_history_marked() {
    let office = Office::with(1);
    count_once(&mut office.store(), 0).unwrap();
    let outcome =
        over(&office, &[note_edit("0", "của minh"), status(Status::Todo, Status::Doing)], Why::Untold);
    assert_eq!((outcome.conflict, outcome.saved), (None, Saved::Confirmed));
    assert_eq!(outcome.plan.tasks[0].note, "của minh");
    assert_eq!(
        history(&outcome.plan),
        [("lan", "0", "1", false), ("minh", "1", "của minh", true), ("minh", "Todo", "Doing", false)]
    );
    assert_eq!(office.store().plan(), &outcome.plan);
    let back = Change::inverses(&outcome.made);
    let undone = office.store().commit(&back, &stamp(), Policy::Ask).unwrap();
    assert_eq!((undone.plan.tasks[0].note.as_str(), undone.plan.tasks[0].status), ("1", Status::Todo));
}

#[test]
fn a_reason_stays_with_what_it_is_the_reason_of() {
    let office = Office::with(1);
    office.store().commit(&[status(Status::Todo, Status::Doing)], &stamp(), Policy::Ask).unwrap();
    let reason = Why::Reason("theo công văn 12".into());
    let outcome = over(&office, &[status(Status::Todo, Status::Paused)], reason);
    assert_eq!(
        history(&outcome.plan),
        [("lan", "Todo", "Doing", false), ("minh", "Doing", "Todo", true), ("minh", "Todo", "Paused", false)]
    );
    assert_eq!(outcome.plan.tasks[0].history[2].note, "theo công văn 12");
}

#[test]
fn the_day_goes_with_the_status_that_it_was_the_day_of() {
    let office = Office::with(1);
    let day = "2024-05-12".parse().ok();
    let done_on = |from, to| Change::Edit { task: id(0), edit: Edit::new(Field::DoneOn, from, to) };
    let done = [status(Status::Todo, Status::Done), done_on(None, day)];
    office.store().commit(&done, &stamp(), Policy::Ask).unwrap();
    let outcome = over(&office, &[status(Status::Todo, Status::Paused)], Why::Untold);
    let task = &outcome.plan.tasks[0];
    assert_eq!((task.status, task.done_on), (Status::Paused, None));
    let last = task.history.last().unwrap();
    assert_eq!((told(last), last.done_on.as_str()), (("minh", "Done", "Paused", true), "2024-05-12"));
}

#[test]
fn what_another_has_set_to_the_same_is_no_clash() {
    let office = Office::with(1);
    count_once(&mut office.store(), 0).unwrap();
    let outcome = over(&office, &[note_edit("0", "1")], Why::Untold);
    assert_eq!((outcome.made.len(), outcome.saved, outcome.conflict), (0, Saved::Nothing, None));
}

fn removal(plan: &Plan) -> Change {
    Change::Remove { task: Box::new(Task::clone(&plan.tasks[0])), after: None }
}

#[test]
fn an_edit_wins_over_a_removal_whichever_comes_first() {
    let office = Office::with(2);
    let before = office.store().plan().clone();
    office.store().commit(&[removal(&before)], &stamp(), Policy::Ask).unwrap();
    let outcome = over(&office, &[note_edit("0", "cần làm")], Why::Untold);
    let back = outcome.plan.task(&id(0)).unwrap();
    assert_eq!((back.note.as_str(), back.title.as_str()), ("cần làm", "Việc 0"));
    assert!(back.history[0].clash, "the task came back against somebody's will");

    let refused = over(&office, &[removal(&before)], Why::Untold);
    assert_eq!(refused.conflict, Some(Conflict::Edited { task: id(0), field: None }));
    assert_eq!((refused.saved, refused.plan), (Saved::Nothing, outcome.plan));
}

#[test]
fn a_new_task_finds_another_id_and_another_place() {
    let office = Office::with(2);
    let task = |title: &str| Box::new(Task { id: id(0), title: title.into(), ..Task::default() });
    let add = Change::Add { task: task("Việc mới"), after: Some(tiendo::plan::TaskId::new("đã xóa")) };
    let outcome = over(&office, &[add], Why::Untold);
    assert_eq!(outcome.plan.tasks.len(), 3);
    assert_eq!(outcome.plan.tasks[2].title, "Việc mới");
    assert_ne!(outcome.plan.tasks[2].id, id(0));
}

#[test]
fn to_ask_makes_nothing() {
    let office = Office::with(1);
    count_once(&mut office.store(), 0).unwrap();
    let text = office.text();
    let changes = [status(Status::Todo, Status::Done), note_edit("0", "2")];
    let outcome = office.store().commit(&changes, &stamp(), Policy::Ask).unwrap();
    assert!(outcome.conflict.is_some() && outcome.made.is_empty());
    assert_eq!(office.text(), text);
}

/// Done by the one, stopped by the other who had not seen it: the day of completion goes with the status.
#[test]
fn no_day_of_completion_stays_on_a_task_that_is_not_done() {
    for why in [Why::Untold, Why::Reason("theo công văn 12".into())] {
        let office = Office::with(1);
        let day = Edit::new(Field::DoneOn, None, Some(stamp().at.date_naive()));
        let done = [status(Status::Todo, Status::Done), Change::Edit { task: id(0), edit: day }];
        office.store().commit(&done, &stamp(), Policy::Ask).unwrap();
        let outcome = over(&office, &[status(Status::Todo, Status::Paused)], why);
        let task = &outcome.plan.tasks[0];
        assert_eq!((task.status, task.done_on), (Status::Paused, None));
        assert!(task.history.iter().any(|entry| entry.clash && entry.by == "minh"), "{:?}", task.history);
    }
}
