//! Many hands on one plan file: threads, processes, editors that do not queue, and crashes.

use std::fs;
use std::io::{BufRead, BufReader};
use std::thread;
use std::time::Duration;

use tiendo::plan::{Change, Conflict, Edit, Field, Task, TaskId};
use tiendo::store::{Clash, Saved, Store, StoreError};

use crate::office::*;

#[test]
fn many_threads_lose_nothing() {
    let office = Office::with(8);
    let each = times(15, 250);
    thread::scope(|scope| {
        for task in 0..8 {
            let mut store = office.store();
            scope.spawn(move || count_on(&mut store, task, each));
        }
    });
    assert_eq!((0..8).map(|task| office.note(task)).sum::<usize>(), 8 * each);
    assert!(
        office.store().plan().tasks.iter().all(|task| task.history.len() == each),
        "each is in the history"
    );
    assert_eq!(comments(&office.text()), 16);
    assert!(office.leftovers().is_empty());
}

#[test]
fn tasks_added_at_the_same_place_are_all_there() {
    let office = Office::with(1);
    let each = times(10, 100);
    thread::scope(|scope| {
        for hand in 0..4 {
            let mut store = office.store();
            scope.spawn(move || (0..each).for_each(|nth| add(&mut store, &format!("h{hand}-{nth}"))));
        }
    });
    let store = office.store();
    let added = |id: String| store.plan().task(&TaskId::new(id)).is_some();
    assert!((0..4).all(|hand| (0..each).all(|nth| added(format!("h{hand}-{nth}")))));
    assert_eq!((store.plan().tasks.len(), comments(&office.text())), (4 * each + 1, 2));
}

/// Each screen has given its new task the next number, as it saw the plan.
#[test]
fn tasks_that_several_add_at_once_have_numbers_of_their_own() {
    let text = plan_text(2).replace("id: \"t0\",", "id: \"t0\", no: \"II.1\",");
    let office = Office::with_text(&text.replace("id: \"t1\",", "id: \"t1\", no: \"III.1\","));
    let mut screens: Vec<Store> = (0..4).map(|_| office.store()).collect();
    let new = |hand: usize, no: &str| Task {
        id: TaskId::new(format!("h{hand}")),
        no: no.into(),
        title: "Việc mới".into(),
        ..Task::default()
    };
    for (hand, store) in screens.iter_mut().enumerate() {
        let no = store.plan().number_after(if hand == 3 { "III.1" } else { "II.1" });
        let change = Change::Add { task: Box::new(new(hand, &no)), after: Some(id(0)) };
        let outcome = store.commit(&[change], &stamp(), Clash::Ask).unwrap();
        assert_eq!((outcome.conflict, outcome.made.len()), (None, 1));
    }
    let plan = office.store().plan().clone();
    let number = |hand: usize| plan.task(&TaskId::new(format!("h{hand}"))).unwrap().no.clone();
    assert_eq!([0, 1, 2, 3].map(number), ["II.2", "II.3", "II.4", "III.2"]);

    // Whoever writes down a number that is there already means it.
    let change = Change::Add { task: Box::new(new(9, "II.2")), after: Some(id(0)) };
    office.store().commit(&[change], &stamp(), Clash::Ask).unwrap();
    assert_eq!(office.store().plan().task(&TaskId::new("h9")).unwrap().no, "II.2");
}

fn add(store: &mut Store, name: &str) {
    let task = Task { id: TaskId::new(name), title: "Việc mới".into(), ..Task::default() };
    let outcome = store
        .commit(&[Change::Add { task: Box::new(task), after: Some(id(0)) }], &stamp(), Clash::Ask)
        .unwrap();
    assert_eq!((outcome.made.len(), outcome.saved), (1, Saved::Confirmed));
}

#[test]
fn many_processes_lose_nothing() {
    let office = Office::with(4);
    let each = times(25, 500);
    let mut children: Vec<_> = (0..4).map(|task| writer(&office.plan, task, each).spawn().unwrap()).collect();
    for child in &mut children {
        assert_eq!(lines(child).len(), each);
        assert!(child.wait().unwrap().success());
    }
    assert_eq!((0..4).map(|task| office.note(task)).collect::<Vec<_>>(), [each; 4]);
    assert_eq!(comments(&office.text()), 8);
}

#[test]
fn many_processes_on_a_file_with_two_names_lose_nothing() {
    let office = Office::with(4);
    let other = office.path("tên khác.ron");
    fs::hard_link(&office.plan, &other).unwrap();
    let each = times(15, 250);
    let plan = |task| if task % 2 == 0 { &office.plan } else { &other };
    let mut children: Vec<_> = (0..4).map(|task| writer(plan(task), task, each).spawn().unwrap()).collect();
    for child in &mut children {
        assert_eq!(lines(child).len(), each);
        child.wait().unwrap();
    }
    assert_eq!((0..4).map(|task| office.note(task)).collect::<Vec<_>>(), [each; 4]);
    assert_eq!(inode(&office.plan), inode(&other));
}

/// Kills a process again and again, at moments spread over the time that a save takes.
fn kill_at_random(office: &Office, rounds: usize) {
    for round in 0..rounds {
        let before = office.note(0);
        let mut child = writer(&office.plan, 0, 1000).spawn().unwrap();
        let mut told = BufReader::new(child.stdout.take().unwrap()).lines();
        // The first save tells that the process has started.
        let first = told.by_ref().map_while(Result::ok).find(|line| line.starts_with("Confirmed")).unwrap();
        assert_eq!(first, format!("Confirmed {}", before + 1));
        thread::sleep(Duration::from_micros((round * 173 % 3000) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let whole = told.map_while(Result::ok).filter(|line| line.starts_with("Confirmed "));
        let promised = whole.last().map_or(before + 1, |line| line[10..].parse().unwrap());
        let kept = office.note(0);
        assert!(kept == promised || kept == promised + 1, "promised {promised}, kept {kept}");
        assert_eq!(comments(&office.text()), 2);
    }
    count_once(&mut office.store(), 0).unwrap();
    assert_eq!(office.leftovers(), [""; 0]);
}

#[test]
fn a_process_killed_while_saving_leaves_the_old_plan_or_the_new_one() {
    kill_at_random(&Office::with(1), times(20, 500));
}

#[test]
fn a_process_killed_while_saving_in_place_leaves_the_old_plan_or_the_new_one() {
    let office = Office::with(1);
    fs::hard_link(&office.plan, office.path("tên khác.ron")).unwrap();
    kill_at_random(&office, times(20, 500));
}

#[test]
fn a_change_of_the_same_field_is_a_conflict_and_nothing_is_written() {
    let office = Office::with(1);
    let (mut mine, mut hers) = (office.store(), office.store());
    count_once(&mut hers, 0).unwrap();
    let (text, file) = (office.text(), inode(&office.plan));
    let edit = Edit::new(Field::Note, "0", "khác");
    let outcome = mine.commit(&[Change::Edit { task: id(0), edit }], &stamp(), Clash::Ask).unwrap();
    assert!(matches!(outcome.conflict, Some(Conflict::Edited { .. })));
    assert_eq!((outcome.made.len(), outcome.saved), (0, Saved::Nothing));
    assert_eq!(outcome.plan.tasks[0].note, "1");
    assert_eq!((office.text(), inode(&office.plan)), (text, file));
}

#[test]
fn somebody_elses_save_is_seen() {
    let office = Office::with(1);
    let (mut mine, mut hers) = (office.store(), office.store());
    assert!(!mine.refresh().unwrap());
    count_once(&mut hers, 0).unwrap();
    assert!(mine.refresh().unwrap());
    assert_eq!(note(&mine, 0), 1);
    assert!(!mine.refresh().unwrap());
}

#[test]
fn a_reader_never_sees_half_a_save() {
    for names in [1, 2] {
        let office = Office::with(3000);
        if names == 2 {
            fs::hard_link(&office.plan, office.path("tên khác.ron")).unwrap();
        }
        let mut store = office.store();
        let mut child = writer(&office.plan, 0, times(15, 200)).spawn().unwrap();
        let mut seen = 0;
        while child.try_wait().unwrap().is_none() {
            seen += usize::from(store.refresh().unwrap());
        }
        assert!(seen > 0, "the reader has read while the writer wrote");
        assert_eq!(lines(&mut child).len(), times(15, 200));
    }
}

#[test]
fn half_a_file_is_never_written_over() {
    let office = Office::with(1);
    let mut store = office.store();
    let text = office.text();
    let half = &text[..text.len() / 2];
    fs::write(&office.plan, half).unwrap();
    assert!(matches!(store.refresh(), Err(StoreError::Broken(_))));
    assert_eq!(office.text(), half);
    assert_eq!(note(&store, 0), 0, "the last plan that was one stays");
    fs::write(&office.plan, text).unwrap();
    assert!(store.refresh().unwrap(), "the banner has to go");
    count_once(&mut store, 0).unwrap();
}

#[test]
fn a_file_that_an_editor_has_taken_away_for_a_moment_is_waited_for() {
    let office = Office::with(1);
    let mut store = office.store();
    let away = office.path("kế hoạch.ron~");
    fs::rename(&office.plan, &away).unwrap();
    thread::scope(|scope| {
        let saved = scope.spawn(|| count_once(&mut store, 0));
        thread::sleep(Duration::from_millis(30));
        fs::rename(&away, &office.plan).unwrap();
        assert_eq!(saved.join().unwrap().unwrap(), Saved::Confirmed);
    });
}

#[test]
fn a_text_found_after_a_crash_is_kept_if_it_is_somebody_elses() {
    let office = Office::with(1);
    let mut store = office.store();
    count_once(&mut store, 0).unwrap();
    let beside = |name: &str| office.path(".tiendo").join(format!("kế hoạch.ron.{name}"));
    fs::write(beside("part"), "half of our own").unwrap();
    fs::write(beside("swap-0000000000000001-0000000000000002"), "an editor's").unwrap();
    let outcome = store.commit(&count(0, 1), &stamp(), Clash::Ask).unwrap();
    assert_eq!(outcome.rescued.len(), 1);
    assert_eq!(fs::read_to_string(&outcome.rescued[0]).unwrap(), "an editor's");
    assert_eq!(office.leftovers(), [""; 0]);
    count_on(&mut store, 0, 30);
    assert!(outcome.rescued[0].exists(), "it is never dropped");
}
