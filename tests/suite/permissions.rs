//! Nobody loses access because somebody saved: owners, groups, modes, folders, links and umasks, one with the other.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown, symlink};
use std::path::{Path, PathBuf};

use crate::office::*;

#[derive(Debug, Clone, Copy)]
struct Person {
    user: u32,
    group: u32,
}

const OWNER: Person = Person { user: 1001, group: 5000 };
const COLLEAGUE: Person = Person { user: 1002, group: 5000 };
const VISITOR: Person = Person { user: 1003, group: 6000 };
const PEOPLE: [Person; 3] = [OWNER, COLLEAGUE, VISITOR];

const FILES: [u32; 7] = [0o600, 0o640, 0o644, 0o660, 0o664, 0o606, 0o666];
const FOLDERS: [u32; 6] = [0o755, 0o775, 0o2775, 0o777, 0o1777, 0o2770];
const UMASKS: [&str; 4] = ["002", "022", "027", "077"];

/// How the plan is found under its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Plain,
    HardLink,
    Symlink,
}

const NAMES: [Name; 3] = [Name::Plain, Name::HardLink, Name::Symlink];

impl Person {
    /// Reading, writing and searching, as three bits.
    fn access(self, path: &Path) -> u32 {
        let found = fs::metadata(path).unwrap();
        let shift = match (found.uid() == self.user, found.gid() == self.group) {
            (true, _) => 6,
            (_, true) => 3,
            _ => 0,
        };
        found.mode() >> shift & 7
    }
}

#[test]
fn nobody_loses_access_because_somebody_saved() {
    if !is_root() {
        eprintln!("not tested, because one has to be root: whether others keep their access");
        return;
    }
    let every = times(11, 1);
    let (mut cases, mut saves) = (0, 0);
    for file in FILES {
        for folder in FOLDERS {
            for (umask, name) in UMASKS.iter().flat_map(|umask| NAMES.map(|name| (umask, name))) {
                for person in PEOPLE {
                    cases += 1;
                    if cases % every == 0 {
                        saves += usize::from(save_as(person, file, folder, umask, name));
                    }
                }
            }
        }
    }
    println!("permissions: {} cases, {saves} saves", cases / every);
    assert!(saves > 0);
}

/// Whether this person could save. If so, all have what they had, and can save in their turn.
fn save_as(person: Person, file: u32, folder: u32, umask: &str, name: Name) -> bool {
    let office = Office::with(1);
    let shelf = office.path("kế hoạch");
    fs::create_dir(&shelf).unwrap();
    let plan = shelf.join("a.ron");
    fs::rename(&office.plan, &plan).unwrap();
    let named = named(&office, &plan, name);
    for (path, mode) in [(&plan, file), (&shelf, folder)] {
        chown(path, Some(OWNER.user), Some(OWNER.group)).unwrap();
        set_mode(path, mode);
    }
    let before = PEOPLE.map(|person| person.access(&plan));
    let case = format!("{person:?}, file {file:o}, folder {folder:o}, umask {umask}, {name:?}");
    let can_save = |person: Person| {
        let (file, folder) = (person.access(&plan), person.access(&shelf));
        folder & 1 == 1 && file & 6 == 6
    };
    let state = office.path(&format!("state-{}", person.user));
    let mut writer = as_user(&named, person.user, person.group, umask);
    let told = run(writer.env("TIENDO_STATE", &state));
    if !can_save(person) {
        assert!(told.iter().all(|line| line.starts_with("StoreError")), "{case}: {told:?}");
        assert_eq!(note_of(&plan), 0, "{case}");
        return false;
    }
    assert_eq!(told, ["Confirmed 1"], "{case}");
    assert_eq!(PEOPLE.map(|person| person.access(&plan)), before, "{case}");
    assert_linked(&plan, &named, name, &case);
    for (times, next) in PEOPLE.into_iter().filter(|it| can_save(*it)).enumerate() {
        let state = office.path(&format!("state-{}", next.user));
        let told = run(as_user(&named, next.user, next.group, umask).env("TIENDO_STATE", state));
        assert_eq!(told, [format!("Confirmed {}", times + 2)], "{case}, then {next:?}");
        assert_eq!(PEOPLE.map(|person| person.access(&plan)), before, "{case}, then {next:?}");
        assert_linked(&plan, &named, name, &case);
    }
    true
}

fn note_of(plan: &Path) -> usize {
    note(&tiendo::store::Store::open(plan).unwrap(), 0)
}

/// The path by which the plan is opened.
fn named(office: &Office, plan: &Path, name: Name) -> PathBuf {
    let other = office.path("tên khác.ron");
    match name {
        Name::Plain => return plan.to_owned(),
        Name::HardLink => fs::hard_link(plan, &other).unwrap(),
        Name::Symlink => symlink(plan, &other).unwrap(),
    }
    if name == Name::HardLink { plan.to_owned() } else { other }
}

fn assert_linked(plan: &Path, named: &Path, name: Name, case: &str) {
    match name {
        Name::Plain => {}
        Name::HardLink => assert_eq!(fs::metadata(plan).unwrap().nlink(), 2, "{case}"),
        Name::Symlink => assert!(fs::symlink_metadata(named).unwrap().is_symlink(), "{case}"),
    }
}
