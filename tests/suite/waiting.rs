//! Changes that are made while the file cannot be written: they wait, and none is lost or made twice.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use tiendo::plan::{Change, Edit, Field, Stamp, Status, Task, TaskId};
use tiendo::store::{Policy, Saved, Store, StoreError};

use crate::office::*;
use crate::pty::Launch;

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
    Change::Edit { task: id(task), edit: Edit::new(Field::Status, from, to) }
}

#[test]
fn a_change_waits_until_the_file_is_a_plan_again() {
    let (office, mut store, text) = broken(1);
    let outcome = store.commit(&count(0, 0), &stamp(), Policy::Ask).unwrap();
    assert!(matches!((outcome.saved, &outcome.blocked_by), (Saved::Waiting, Some(StoreError::Broken(_)))));
    assert_eq!((outcome.made.len(), outcome.plan.tasks[0].note.as_str()), (1, "1"));
    let outcome = store.commit(&count(0, 1), &stamp_later(1), Policy::Ask).unwrap();
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
fn what_waits_is_saved_when_its_maker_comes_back_or_saves_something_else() {
    let opened = |office: &Office| drop(office.back());
    let committed = |office: &Office| {
        let mut store = office.store();
        count_once(&mut store, 1).unwrap();
    };
    for come in [opened, committed] {
        let (office, mut store, text) = broken(2);
        store.commit(&count(0, 0), &stamp(), Policy::Ask).unwrap();
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
    store.commit(&[status(0, Status::Todo, Status::Done)], &stamp(), Policy::Ask).unwrap();
    store.commit(&count(1, 0), &stamp(), Policy::Ask).unwrap();
    let removal = Change::Remove { task: Box::new(Task::clone(&plan.tasks[2])), after: Some(id(1)) };
    store.commit(&[removal], &stamp(), Policy::Ask).unwrap();
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
    store.commit(&count(0, 0), &stamp(), Policy::Ask).unwrap();
    let without: Vec<&str> = text.lines().filter(|line| !line.contains("\"t0\"")).collect();
    fs::write(&office.plan, without.join("\n")).unwrap();
    let store = office.back();
    let task = store.plan().task(&id(0)).unwrap();
    assert_eq!((task.note.as_str(), task.history[0].clash), ("1", true));
}

#[test]
fn a_conflict_with_what_waits_is_told_at_once() {
    let (_office, mut store, _) = broken(1);
    store.commit(&count(0, 0), &stamp(), Policy::Ask).unwrap();
    let outcome = store.commit(&count(0, 0), &Stamp { by: "minh".into(), ..stamp() }, Policy::Ask).unwrap();
    assert_eq!((outcome.made.len(), outcome.saved), (0, Saved::Nothing), "already so");
    let outcome = store.commit(&count(0, 5), &stamp(), Policy::Ask).unwrap();
    assert!(outcome.conflict.is_some() && store.waiting().len() == 1);
    assert!(matches!(outcome.blocked_by, Some(StoreError::Broken(_))), "the file is still broken");
}

#[test]
fn tasks_that_were_added_wait_too() {
    let (office, mut store, text) = broken(1);
    let task = Task { id: TaskId::new("mới"), title: "Việc\nmới".into(), ..Task::default() };
    store.commit(&[Change::Add { task: Box::new(task), after: Some(id(0)) }], &stamp(), Policy::Ask).unwrap();
    let edit =
        Edit::new(Field::Lead, Vec::<String>::new(), ["Sở Nội vụ", "Ban TĐKT"].map(str::to_owned).to_vec());
    store.commit(&[Change::Edit { task: TaskId::new("mới"), edit }], &stamp(), Policy::Ask).unwrap();
    fs::write(&office.plan, text).unwrap();
    let plan = office.back().plan().clone();
    assert_eq!(
        (plan.tasks.len(), plan.tasks[1].title.as_str(), plan.tasks[1].lead.len()),
        (2, "Việc\nmới", 2)
    );
    assert_eq!(office.store().plan().tasks[1].history.len(), 2);
}

/// A line of the plan was copied, and its copy given another title but no other id; and one has none at all.
fn copied(task: &str) -> (Office, Store, String) {
    let text = plan_text(4).replace("id: \"t1\"", "id: \"t0\"").replace("id: \"t2\", ", "");
    let office = Office::with_text(&text);
    let mut store = office.store();
    fs::write(&office.plan, HALF).unwrap();
    let id = store.plan().tasks.iter().find(|it| it.title == task).unwrap().id.clone();
    let edit = Edit::new(Field::Note, "0", "1");
    let outcome = store.commit(&[Change::Edit { task: id, edit }], &stamp(), Policy::Ask).unwrap();
    assert_eq!((outcome.saved, store.waiting().len()), (Saved::Waiting, 1));
    assert_eq!(notes(&store), [(task.to_owned(), "1".to_owned())]);
    (office, store, text)
}

/// The tasks whose notes have been counted up.
fn notes(store: &Store) -> Vec<(String, String)> {
    let counted = store.plan().tasks.iter().filter(|task| task.note != "0");
    counted.map(|task| (task.title.clone(), task.note.clone())).collect()
}

/// What hands do to a text with copied ids while somebody's change waits for it.
#[test]
fn a_change_to_a_task_with_a_copied_id_finds_it_again() {
    type Hand = fn(&str) -> String;
    let line = |text: &str, word: &str| -> String {
        text.lines().find(|line| line.contains(word)).unwrap().to_owned() + "\n"
    };
    let copy_in_front =
        |text: &str, word: &str| text.replace("tasks: [\n", &format!("tasks: [\n{}", line(text, word)));
    let hands: [Hand; 6] = [
        str::to_owned,
        |text| text.replace("id: \"t0\", title: \"Việc 1\"", "id: \"mới\", title: \"Việc 1\""),
        |text| text.replace("id: \"t0\", title: \"Việc 0\"", "id: \"mới\", title: \"Việc 0\""),
        |text| text.replace("(title: \"Việc 2\"", "(id: \"mới\", title: \"Việc 2\""),
        |text| text.replace("Việc 3", "Việc khác"),
        |text| text.replace("id: \"t3\"", "id: \"t0\""),
    ];
    let mended = |task: &str, by_hand: &dyn Fn(&str) -> String| {
        let (office, mut store, text) = copied(task);
        fs::write(&office.plan, by_hand(&text)).unwrap();
        assert!(store.refresh().unwrap());
        assert_eq!(notes(&office.store()), [(task.to_owned(), "1".to_owned())], "{}", office.text());
        assert_eq!(office.store().plan().tasks.iter().map(|task| task.history.len()).sum::<usize>(), 1);
    };
    let tasks = ["Việc 0", "Việc 1", "Việc 2"];
    thread::scope(|scope| {
        for task in tasks {
            scope.spawn(move || hands.iter().for_each(|hand| mended(task, hand)));
            for other in tasks.into_iter().filter(|other| *other != task) {
                scope.spawn(move || {
                    mended(task, &|text| text.replace(&line(text, other), ""));
                    mended(task, &|text| copy_in_front(text, other));
                });
            }
        }
    });
}

/// Nobody can say any more which task was meant: it is there once more, with the change, and marked.
#[test]
fn a_change_to_a_task_that_is_not_found_again_is_not_dropped() {
    for task in ["Việc 0", "Việc 1", "Việc 2"] {
        let hands: [&dyn Fn(&str) -> String; 2] = [&|text| text.replace(task, "Tên khác"), &|text| {
            text.lines().filter(|line| !line.contains(task)).flat_map(|line| [line, "\n"]).collect()
        }];
        for hand in hands {
            let (office, mut store, text) = copied(task);
            fs::write(&office.plan, hand(&text)).unwrap();
            assert!(store.refresh().unwrap());
            let store = office.store();
            assert_eq!(notes(&store), [(task.to_owned(), "1".to_owned())], "{}", office.text());
            let back = store.plan().tasks.last().unwrap();
            assert!(back.title == task && back.id.is_alone() && back.history[0].clash, "{back:?}");
            assert_eq!(store.waiting(), []);
        }
    }
}

#[test]
fn several_changes_to_copies_are_made_one_after_the_other() {
    let (office, mut store, text) = copied("Việc 1");
    let [first, second] = [0, 1].map(|at| Task::clone(&store.plan().tasks[at]));
    let title = Edit::new(Field::Title, "Việc 1", "Tên mới");
    let due = Edit::new(Field::Output, String::new(), "12/BC");
    let id = second.id;
    let changes = [
        Change::Move { task: first.id.clone(), from: None, to: Some(store.plan().tasks[3].id.clone()) },
        Change::Edit { task: id.clone(), edit: title },
        Change::Remove { task: Box::new(first), after: Some(store.plan().tasks[3].id.clone()) },
        Change::Edit { task: id, edit: due },
    ];
    for change in changes {
        let outcome = store.commit(&[change], &stamp(), Policy::Ask).unwrap();
        assert_eq!((outcome.conflict, outcome.saved), (None, Saved::Waiting));
    }
    fs::write(&office.plan, text).unwrap();
    store.refresh().unwrap();
    let store = office.store();
    let told: Vec<_> =
        store.plan().tasks.iter().map(|task| (task.title.as_str(), task.output.as_str())).collect();
    assert_eq!(told, [("Tên mới", "12/BC"), ("Việc 2", ""), ("Việc 3", "")]);
    assert_eq!(store.plan().tasks[0].history.len(), 3);
}

/// It would be there under an id of its own, of which the screen knows nothing.
#[test]
fn a_copy_that_was_deleted_does_not_come_back_before_the_file_is_mended() {
    let (_office, mut store, _) = copied("Việc 1");
    let (copy, before) = (Task::clone(&store.plan().tasks[1]), store.plan().tasks[0].id.clone());
    let remove = Change::Remove { task: Box::new(copy), after: Some(before) };
    let outcome = store.commit(&[remove], &stamp(), Policy::Ask).unwrap();
    assert_eq!((outcome.made.len(), outcome.saved), (1, Saved::Waiting));
    let refused = store.commit(&Change::inverses(&outcome.made), &stamp(), Policy::Ask);
    assert!(matches!(refused, Err(StoreError::Broken(_))));
    assert_eq!((store.waiting().len(), store.plan().tasks.len()), (2, 3));
}

/// The file in which the changes wait.
fn waiting(office: &Office) -> std::path::PathBuf {
    let entries = fs::read_dir(office.state()).unwrap().map(|entry| entry.unwrap().path());
    let is_meant =
        |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().starts_with("waiting-");
    entries.into_iter().find(is_meant).unwrap()
}

#[test]
fn a_change_to_a_copy_is_not_made_twice_after_a_crash() {
    let (office, mut store, text) = copied("Việc 1");
    let waiting = waiting(&office);
    let kept = fs::read(&waiting).unwrap();
    fs::write(&office.plan, text).unwrap();
    store.refresh().unwrap();
    let by_hand = office.text().replace("Việc 1", "Tên khác");
    fs::write(&office.plan, &by_hand).unwrap();
    fs::write(&waiting, kept).unwrap();
    assert_eq!(office.back().plan().tasks.len(), 4);
    assert_eq!(office.text(), by_hand);
}

/// The first version let changes wait beside the plan, where others could have put them: they are made if one wants it.
#[test]
fn what_an_older_version_let_wait_is_offered() {
    let (office, mut store, text) = broken(1);
    store.commit(&count(0, 0), &stamp(), Policy::Ask).unwrap();
    fs::rename(waiting(&office), office.path(".tiendo/kế hoạch.ron.waiting")).unwrap();
    fs::write(&office.plan, text).unwrap();
    let mut store = office.back();
    assert_eq!((note(&store, 0), store.lost_updates().unwrap().commits.len()), (0, 1));
    store.bring_back().unwrap();
    assert_eq!((office.note(0), office.store().lost_updates(), office.leftovers()), (1, None, Vec::new()));
}

/// As after a crash between the save and the clearing.
#[test]
fn what_is_found_in_the_plan_is_not_made_again() {
    let (office, mut store, text) = broken(1);
    store.commit(&count(0, 0), &stamp(), Policy::Ask).unwrap();
    let waiting = waiting(&office);
    let kept = fs::read(&waiting).unwrap();
    fs::write(&office.plan, text).unwrap();
    store.refresh().unwrap();
    let hers = Change::Edit { task: id(0), edit: Edit::new(Field::Note, "1", "0") };
    let after = Stamp { by: "minh".into(), ..stamp() };
    store.commit(&[hers], &after, Policy::Ask).unwrap();
    fs::write(&waiting, kept).unwrap();
    let store = office.back();
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
        let outcome = store.commit(&count(0, times), &stamp_later(times), Policy::Ask).unwrap();
        assert!(matches!(outcome.blocked_by, Some(StoreError::Write(_))) && outcome.saved == Saved::Waiting);
    }
    assert_eq!((office.text(), note(&store, 0)), (text, 4));
    assert_eq!(note(&office.store(), 0), 4, "who comes back sees it");
    assert_eq!(note(&Store::open(&office.plan).unwrap(), 0), 1, "and nobody else does");
    fs::remove_file(ballast).unwrap();
    assert!(store.refresh().unwrap());
    assert!(office.text().contains("note: \"4\""));
    assert_eq!(office.store().plan().tasks[0].history.len(), 4);
}

/// The home is on another disk than the plan.
fn launch(office: &Office) -> Launch {
    Launch::on(&office.plan).variable("HOME", office.folder.path().to_str().unwrap())
}

/// No file has changed that could be watched, and nobody presses a key.
#[test]
fn what_waits_on_the_screen_is_saved_by_itself_when_there_is_room() {
    let Some(disk) = Disk::with(96) else { return };
    let office = &disk.0;
    count_once(&mut office.store(), 0).unwrap();
    let ballast = office.path("đĩa/đầy");
    let mut terminal = launch(office).start();
    terminal.wait_for("F10 Thoát");
    sh("cat /dev/zero > \"$1\"", &[ballast.to_str().unwrap()]);
    let text = office.text();
    terminal.send("\x1b[C\x1b[C\x1b[C ").wait_for("Hết chỗ").wait_for("1 thay đổi đang chờ ghi");
    assert_eq!(office.text(), text);
    fs::remove_file(ballast).unwrap();
    terminal.wait_for("Đã ghi vào tệp 1 thay đổi đang chờ").wait_until_gone("chờ ghi");
    assert!(office.text().contains("status: Doing"));
    assert_eq!(terminal.send("q").end(), 0);
}

/// What waits already when somebody comes back is told of, and saved as soon as it can be.
#[test]
fn what_was_left_waiting_is_told_on_the_screen_and_saved() {
    let Some(disk) = Disk::with(96) else { return };
    let office = &disk.0;
    count_once(&mut office.store(), 0).unwrap();
    let ballast = office.path("đĩa/đầy");
    sh("cat /dev/zero > \"$1\"", &[ballast.to_str().unwrap()]);
    count_on_waiting(office, 2);
    let mut terminal = launch(office).start();
    terminal.wait_for("Hết chỗ").wait_for("2 thay đổi đang chờ ghi");
    // Until what was begun at the start is done.
    while terminal.sent_in(Duration::from_millis(500)) > 0 {}
    fs::remove_file(ballast).unwrap();
    terminal.wait_for("Đã ghi vào tệp 2 thay đổi đang chờ");
    assert!(office.text().contains("note: \"3\""));
}

fn count_on_waiting(office: &Office, times: usize) {
    let mut store = office.store();
    (0..times).for_each(|_| assert_eq!(count_once(&mut store, 0).unwrap(), Saved::Waiting));
}

/// Nobody has to wait with opening the plan until somebody else has ended typing.
#[test]
fn a_broken_file_opens_as_it_last_was() {
    let office = Office::with(3);
    count_on(&mut office.store(), 0, 2);
    let good = office.text();
    let broken = good.replace("title: \"Việc 1", "title \"Việc 1");
    fs::write(&office.plan, &broken).unwrap();
    let mut terminal = Launch::on(&office.plan).start();
    terminal.wait_for("Tệp đang hỏng ở dòng ");
    terminal.send("\x1b[C\x1b[C\x1b[C ").wait_for("Tệp đang hỏng").wait_for("1 thay đổi đang chờ ghi");
    assert_eq!(office.text(), broken);
    fs::write(&office.plan, good.replace("Việc 1", "Tên khác")).unwrap();
    terminal.wait_for("Đã ghi vào tệp 1 thay đổi đang chờ").wait_until_gone("Tệp đang hỏng");
    let store = office.store();
    let task = &store.plan().tasks[0];
    assert_eq!((task.status, task.note.as_str(), task.history.len()), (Status::Doing, "2", 3));
    assert_eq!(store.plan().tasks[1].title, "Tên khác");
    assert_eq!(terminal.send("q").end(), 0);
    assert!(!terminal.text().contains("chờ ghi"), "{}", terminal.text());
}

#[test]
fn whoever_leaves_while_changes_wait_is_told_so() {
    let office = Office::with(1);
    let mut terminal = Launch::on(&office.plan).start();
    terminal.wait_for("F10 Thoát");
    fs::write(&office.plan, HALF).unwrap();
    // A status with its day is one change to whoever has pressed one key.
    terminal.send("\x1b[C\x1b[C\x1b[C3").wait_for("Tệp đang hỏng").wait_for("1 thay đổi đang chờ ghi");
    assert_eq!(terminal.send("\x1b[21~").send("\x1b[21~").end(), 0);
    assert!(terminal.text().contains("1 thay đổi chờ ghi vào tệp; sẽ ghi khi mở lại"), "{}", terminal.text());
}

#[test]
fn the_list_of_plans_tells_which_one_is_broken() {
    let office = Office::with(1);
    count_on(&mut office.store(), 0, 1);
    fs::write(&office.plan, HALF).unwrap();
    fs::write(office.path("khác.ron"), plan_text(1)).unwrap();
    let mut terminal = Launch::on(office.folder.path()).start();
    terminal.wait_for("Kế hoạch").wait_for("kế hoạch.ron  Tệp đang hỏng ở dòng 1");
    terminal.send("\x1b[B\r").wait_for("Việc 0");
}

/// The last save is in no earlier text, but in the log; a text that was typed since is in neither.
#[test]
fn the_last_plan_that_is_known_is_the_last_that_was_saved() {
    let office = Office::with(2);
    let known = || Store::open_as_it_was(&office.plan, None).map(|store| store.plan().clone());
    fs::write(&office.plan, HALF).unwrap();
    assert!(matches!(known(), Err(StoreError::Broken(_))), "nothing is known of it");
    for names in [1, 2] {
        fs::write(&office.plan, plan_text(2)).unwrap();
        if names == 2 {
            fs::hard_link(&office.plan, office.path("tên khác.ron")).unwrap();
        }
        let mut store = office.store();
        for _ in 0..3 {
            count_on(&mut store, 1, 1);
            let text = office.text();
            fs::write(&office.plan, HALF).unwrap();
            assert_eq!(known().unwrap(), *store.plan());
            fs::write(&office.plan, text).unwrap();
        }
    }
    fs::write(&office.plan, office.text().replace("Việc 0", "Tên khác")).unwrap();
    count_on(&mut office.store(), 1, 1);
    fs::write(&office.plan, HALF).unwrap();
    assert_eq!(known().unwrap().tasks[0].title, "Tên khác");
    assert!(Store::open(&office.plan).is_err(), "who only reads is told that it is broken");
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
    let outcome = store.commit(&count(0, 1), &stamp(), Policy::Ask).unwrap();
    assert!(matches!(outcome.blocked_by, Some(StoreError::ReadOnly(_))) && outcome.saved == Saved::Waiting);
    assert_eq!((office.text(), note(&store, 0)), (text, 2));
    assert!(sh("mount -o remount,rw \"$1\"", &[mounted]));
    let mut store = Store::open_with(&office.plan, Some(&state)).unwrap();
    store.refresh().unwrap();
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
    assert_eq!(note(&office.back(), 0), 4);
    assert_eq!(office.store().plan().tasks[0].history.len(), 4);
}
