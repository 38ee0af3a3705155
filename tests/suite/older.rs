//! What earlier versions have left beside a plan opens, and nothing in it is lost.
//!
//! In each folder of `tests/folders` somebody has changed tasks a, b and c and deleted e; an editor has written an older
//! text over b and e; and a change of d waits. The first version let it wait beside the plan, later ones in a folder of
//! the user's own.

use std::fs;
use std::path::Path;

use tiendo::plan::{Change, Plan, Status, TaskId};
use tiendo::store::{Backups, Clash, Store};

use crate::office::*;

fn office(version: &str) -> Office {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/folders").join(version);
    let office = Office::with_text(&fs::read_to_string(from.join("plan.ron")).unwrap());
    copy(&from.join("beside"), &office.path(".tiendo"));
    if let Ok(waiting) = fs::read(from.join("waiting")) {
        let text = office.text();
        let mut store = office.store();
        fs::write(&office.plan, "Plan(").unwrap();
        store.commit(&[rename("a", "Việc một", "x")], &stamp(), Clash::Ask).unwrap();
        for entry in fs::read_dir(office.state()).unwrap() {
            fs::write(entry.unwrap().path(), &waiting).unwrap();
        }
        fs::write(&office.plan, text).unwrap();
    }
    office
}

/// The plan in the folder has another name.
fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap().replace("plan.ron", "kế hoạch.ron");
        if entry.path().is_dir() {
            copy(&entry.path(), &to.join(name));
        } else {
            fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}

fn rename(id: &str, from: &str, to: &str) -> Change {
    let edit = tiendo::plan::Edit::new(tiendo::plan::Field::Title, from, to);
    Change::Edit { task: TaskId::new(id), edit }
}

/// Whether the changes of b, d and e are in the plan.
fn made(plan: &Plan) -> [bool; 3] {
    let task = |id| plan.task(&TaskId::new(id));
    [
        task("b").is_some_and(|task| task.status == Status::Doing),
        task("d").is_some_and(|task| task.note == "ghi bốn"),
        task("e").is_none(),
    ]
}

fn offered(store: &Store) -> usize {
    store.lost_updates().map_or(0, |missing| missing.deeds.len())
}

#[test]
fn what_earlier_versions_have_kept_comes_back() {
    for (version, is_beside) in [("first", true), ("second", false)] {
        let office = office(version);
        let text = office.text();
        let mut store = office.back();
        assert_eq!(made(store.plan()), [false, !is_beside, false], "{version}");
        assert_eq!(offered(&store), if is_beside { 3 } else { 2 }, "{version}");
        // Others go on meanwhile.
        store.commit(&[rename("a", "Việc một", "Việc 1")], &stamp(), Clash::Ask).unwrap();
        assert_eq!(offered(&office.store()), if is_beside { 3 } else { 2 }, "{version}");

        let outcome = store.bring_back().unwrap();
        assert_eq!(made(&outcome.plan), [true; 3], "{version}");
        assert_eq!(outcome.plan.task(&TaskId::new("a")).unwrap().title, "Việc 1");
        assert_eq!((office.store().lost_updates(), office.leftovers()), (None, Vec::new()), "{version}");
        assert!(store.removed().iter().any(|task| task.title == "Việc năm"), "{version}");
        let day = "2026-11-21".parse().unwrap();
        assert!(store.own_changes("root", day).len() >= 4, "{version}");

        fs::write(&office.plan, text).unwrap();
        assert_eq!(offered(&office.store()), 4, "{version}: that text is known, and what it lacks");
    }
}

#[test]
fn what_earlier_versions_have_kept_can_be_left() {
    for version in ["first", "second"] {
        let office = office(version);
        office.back().leave_lost_updates().unwrap();
        assert_eq!((office.store().lost_updates(), office.leftovers()), (None, Vec::new()), "{version}");
        fs::write(&office.plan, office.text() + "// ghi tay\n").unwrap();
        assert_eq!(office.store().lost_updates(), None, "{version}");
    }
}

#[test]
fn the_texts_of_earlier_versions_can_be_brought_back() {
    for version in ["first", "second"] {
        let office = office(version);
        let past = Backups::of(&office.plan, None).unwrap();
        let texts = past.texts();
        let oldest = texts.last().unwrap();
        assert_eq!((oldest.number, oldest.by.as_deref()), (1, None), "{version}");
        assert!(texts[..4].iter().all(|text| text.by.as_deref() == Some("root")), "{version}");
        past.bring_back(oldest).unwrap();
        assert_eq!(office.store().lost_updates(), None, "{version}: it was on purpose");
    }
}
