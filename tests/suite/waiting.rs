//! Changes that are made while the file cannot be written: they wait, and none is lost or made twice.

use std::fs;
use std::process::{Command, Stdio};

use tiendo::plan::{Change, Diff, Edit, Stamp, Status, Task, TaskId};
use tiendo::store::{Clash, Saved, Store, Trouble};

use crate::office::*;

const HALF: &str = "Plan(title: \"Kế hoạch\", year: 2024, tasks: [(id: ";

/// Somebody is typing in the file; the store has seen it as it was before.
fn broken(tasks: usize) -> (Office, Store, String) {
    let office = Office::with(tasks);
    let store = office.store();
    let text = office.text();
    fs::write(&office.plan, HALF).unwrap();
    (office, store, text)
}

fn status(task: usize, from: Status, to: Status) -> Change {
    Change::Edit { task: id(task), edit: Edit::Status(Diff::new(from, to)) }
}

#[test]
fn a_change_waits_until_the_file_is_a_plan_again() {
    let (office, mut store, text) = broken(1);
    let outcome = store.commit(&count(0, 0), &stamp(), Clash::Ask).unwrap();
    assert!(matches!((outcome.saved, &outcome.hindrance), (Saved::Waiting, Some(Trouble::Broken(_)))));
    assert_eq!((outcome.made.len(), outcome.plan.tasks[0].note.as_str()), (1, "1"));
    let outcome = store.commit(&count(0, 1), &stamp(), Clash::Ask).unwrap();
    assert_eq!((outcome.saved, outcome.plan.tasks[0].note.as_str()), (Saved::Waiting, "2"));
    assert_eq!((store.waiting().len(), store.plan()), (2, &outcome.plan));
    assert_eq!(office.text(), HALF, "nothing is written over it");
    assert!(store.refresh().is_err() && note(&store, 0) == 2, "what waits is shown");

    fs::write(&office.plan, text.replace("Việc 0", "Việc đã đổi tên")).unwrap();
    assert!(store.refresh().unwrap());
    assert_eq!((store.waiting().len(), note(&store, 0)), (0, 2));
    let task = office.store().plan().tasks[0].clone();
    assert_eq!((task.title.as_str(), task.note.as_str(), task.history.len()), ("Việc đã đổi tên", "2", 2));
    assert_eq!(comments(&office.text()), 2);
    assert_eq!(office.leftovers(), [""; 0]);
}

#[test]
fn whoever_comes_first_makes_what_waits() {
    let opened = |office: &Office| drop(office.store());
    let committed = |office: &Office| {
        let mut store = office.store();
        count_once(&mut store, 1).unwrap();
    };
    for come in [opened, committed] {
        let (office, mut store, text) = broken(2);
        store.commit(&count(0, 0), &stamp(), Clash::Ask).unwrap();
        drop(store);
        fs::write(&office.plan, &text).unwrap();
        come(&office);
        assert!(office.text().contains("note: \"1\""));
        assert_eq!(office.store().plan().tasks[0].history.len(), 1);
    }
}

#[test]
fn what_waits_clashes_as_if_nobody_were_there() {
    let (office, mut store, text) = broken(3);
    let plan = store.plan().clone();
    store.commit(&[status(0, Status::Todo, Status::Done)], &stamp(), Clash::Ask).unwrap();
    store.commit(&count(1, 0), &stamp(), Clash::Ask).unwrap();
    let removal = Change::Remove { task: Box::new(Task::clone(&plan.tasks[2])), after: Some(id(1)) };
    store.commit(&[removal], &stamp(), Clash::Ask).unwrap();
    let by_hand = text.replace("\"Việc 0\"", "\"Việc 0\", status: Paused");
    fs::write(&office.plan, by_hand.replace("note: \"0\"), // giữ lại 2", "note: \"khác\"), // giữ lại 2"))
        .unwrap();
    store.refresh().unwrap();
    let plan = office.store().plan().clone();
    assert_eq!(
        (plan.tasks.len(), plan.tasks[1].note.as_str(), plan.tasks[2].note.as_str()),
        (3, "1", "khác")
    );
    let entry = &plan.tasks[0].history[0];
    assert_eq!((plan.tasks[0].status, entry.from.as_str(), entry.clash), (Status::Done, "Paused", true));
}

#[test]
fn a_task_that_was_changed_and_deleted_meanwhile_comes_back() {
    let (office, mut store, text) = broken(2);
    store.commit(&count(0, 0), &stamp(), Clash::Ask).unwrap();
    let without: Vec<&str> = text.lines().filter(|line| !line.contains("\"t0\"")).collect();
    fs::write(&office.plan, without.join("\n")).unwrap();
    let store = office.store();
    let task = store.plan().task(&id(0)).unwrap();
    assert_eq!((task.note.as_str(), task.history[0].clash), ("1", true));
}

#[test]
fn a_conflict_with_what_waits_is_told_at_once() {
    let (_office, mut store, _) = broken(1);
    store.commit(&count(0, 0), &stamp(), Clash::Ask).unwrap();
    let outcome = store.commit(&count(0, 0), &Stamp { by: "minh".into(), ..stamp() }, Clash::Ask).unwrap();
    assert_eq!((outcome.made.len(), outcome.saved), (0, Saved::Nothing), "already so");
    let outcome = store.commit(&count(0, 5), &stamp(), Clash::Ask).unwrap();
    assert!(outcome.conflict.is_some() && store.waiting().len() == 1);
}

#[test]
fn tasks_that_were_added_wait_too() {
    let (office, mut store, text) = broken(1);
    let task = Task { id: TaskId::new("mới"), title: "Việc\nmới".into(), ..Task::default() };
    store.commit(&[Change::Add { task: Box::new(task), after: Some(id(0)) }], &stamp(), Clash::Ask).unwrap();
    let edit = Edit::Lead(Diff::new(Vec::new(), vec!["Sở Nội vụ".into(), "Ban TĐKT".into()]));
    store.commit(&[Change::Edit { task: TaskId::new("mới"), edit }], &stamp(), Clash::Ask).unwrap();
    fs::write(&office.plan, text).unwrap();
    let plan = office.store().plan().clone();
    assert_eq!(
        (plan.tasks.len(), plan.tasks[1].title.as_str(), plan.tasks[1].lead.len()),
        (2, "Việc\nmới", 2)
    );
    assert_eq!(office.store().plan().tasks[1].history.len(), 2);
}

/// As after a crash between the save and the clearing.
#[test]
fn what_is_found_in_the_plan_is_not_made_again() {
    let (office, mut store, text) = broken(1);
    store.commit(&count(0, 0), &stamp(), Clash::Ask).unwrap();
    let waiting = office.path(".tiendo/kế hoạch.ron.waiting");
    let kept = fs::read(&waiting).unwrap();
    fs::write(&office.plan, text).unwrap();
    store.refresh().unwrap();
    let hers = Change::Edit { task: id(0), edit: Edit::Note(Diff::new("1".into(), "0".into())) };
    let after = Stamp { at: stamp().at + chrono::TimeDelta::seconds(9), ..stamp() };
    store.commit(&[hers], &after, Clash::Ask).unwrap();
    fs::write(&waiting, kept).unwrap();
    let store = office.store();
    assert_eq!((note(&store, 0), store.plan().tasks[0].history.len()), (0, 2));
    assert_eq!(fs::metadata(&waiting).unwrap().len(), 0);
}

fn sh(script: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", script, "sh"]).args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().unwrap().success()
}

/// A disk of its own, for which one has to be root.
struct Disk(Office);

impl Disk {
    fn with(kilobytes: usize) -> Option<Self> {
        let office = Office::with(1);
        let disk = office.path("đĩa");
        fs::create_dir(&disk).unwrap();
        let mount = format!("mount -t tmpfs -o size={kilobytes}k none \"$1\"");
        if !sh(&mount, &[disk.to_str().unwrap()]) {
            eprintln!("not tested, because no disk can be mounted: a full disk, a read-only disk");
            return None;
        }
        let plan = disk.join("kế hoạch.ron");
        fs::write(&plan, plan_text(40)).unwrap();
        Some(Self(Office { plan, ..office }))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        sh("umount \"$1\"", &[self.0.path("đĩa").to_str().unwrap()]);
    }
}

#[test]
fn a_change_waits_on_a_full_disk_and_is_saved_when_there_is_room() {
    let Some(disk) = Disk::with(96) else { return };
    let office = &disk.0;
    let mut store = office.store();
    count_once(&mut store, 0).unwrap();
    let ballast = office.path("đĩa/đầy");
    let full = sh("cat /dev/zero > \"$1\"", &[ballast.to_str().unwrap()]);
    assert!(!full, "the disk takes no more");
    let text = office.text();
    for times in 1..4 {
        let outcome = store.commit(&count(0, times), &stamp(), Clash::Ask).unwrap();
        assert!(matches!(outcome.hindrance, Some(Trouble::Write(_))) && outcome.saved == Saved::Waiting);
    }
    assert_eq!((office.text(), note(&store, 0)), (text, 4));
    assert_eq!(note(&office.store(), 0), 4, "a colleague sees it too");
    fs::remove_file(ballast).unwrap();
    assert!(store.refresh().unwrap());
    assert!(office.text().contains("note: \"4\""));
    assert_eq!(office.store().plan().tasks[0].history.len(), 4);
}

#[test]
fn a_disk_that_becomes_read_only_keeps_nobody_from_working() {
    let Some(disk) = Disk::with(1024) else { return };
    let office = &disk.0;
    let state = office.path("của lan");
    let mut store = Store::open_with(&office.plan, Some(&state)).unwrap();
    count_once(&mut store, 0).unwrap();
    let text = office.text();
    let mounted = office.path("đĩa");
    let mounted = mounted.to_str().unwrap();
    assert!(sh("mount -o remount,ro \"$1\"", &[mounted]));
    let outcome = store.commit(&count(0, 1), &stamp(), Clash::Ask).unwrap();
    assert!(matches!(outcome.hindrance, Some(Trouble::ReadOnly(_))) && outcome.saved == Saved::Waiting);
    assert_eq!((office.text(), note(&store, 0)), (text, 2));
    assert!(sh("mount -o remount,rw \"$1\"", &[mounted]));
    let store = Store::open_with(&office.plan, Some(&state)).unwrap();
    assert_eq!((note(&store, 0), office.note(0)), (2, 2));
}

/// No file may grow beyond four blocks, as with a quota; the process is told so rather than killed.
#[test]
fn a_change_waits_where_a_quota_is_used_up() {
    let office = Office::with(60);
    count_once(&mut office.store(), 0).unwrap();
    let text = office.text();
    let writer = writer(&office.plan, 0, 3);
    let mut command = Command::new("/bin/sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh"]).arg(writer.get_program());
    command.args(writer.get_args()).envs(writer.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let told = run(command.stdout(Stdio::piped()).stderr(Stdio::null()));
    assert_eq!(told, ["Waiting 2", "Waiting 3", "Waiting 4"]);
    assert_eq!(office.text(), text);
    assert_eq!(office.note(0), 4);
    assert_eq!(office.store().plan().tasks[0].history.len(), 4);
}
