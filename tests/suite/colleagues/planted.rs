//! Every file that the program has beside a plan, and every kind of thing that can lie in its place.

use std::fs;
use std::path::{Path, PathBuf};

use super::picture::Picture;
use super::plants::Plant;
use super::*;
use crate::office::times;

/// What is beside a plan only while somebody saves in one way or the other, or was before.
const PASSING: [&str; 7] = [
    "lock",
    "part",
    "journal",
    "log.old",
    "new.1-ThreadId(1)",
    "swap-0000000000000001-0000000000000002",
    "snap/99999999.ron",
];

/// What nobody has set.
const FORGED: &str = "giả mạo";

/// A plan at which people have worked: with a history, an overwritten change, and changes that wait.
fn worked_at(owned: [Owned; 2], note: &str) -> Option<Shared> {
    let shared = Shared::new(owned)?;
    for (task, person) in [AN, LAN, MINH].into_iter().enumerate() {
        person.saves(&shared, task, &format!("{note} {task}"));
    }
    let older = shared.text();
    LAN.saves(&shared, 3, &format!("{note} 3"));
    fs::write(&shared.plan, older).unwrap();
    AN.saves(&shared, 0, &format!("{note} 0 lại"));
    let text = shared.break_plan();
    for (person, task) in [(LAN, 4), (MINH, 5)] {
        // Where it is not known what the plan last was, it is refused.
        let said = person.set_note(&shared, task, &format!("{note} {task}"));
        assert!(owned != OFFICE || said.exit == Some(0), "{said:?}");
    }
    fs::write(&shared.plan, text).unwrap();
    Some(shared)
}

/// The names of all that is there, from the folder of the plan, and of what may be.
fn names(shared: &Shared) -> Vec<PathBuf> {
    let name = |path: PathBuf| path.strip_prefix(&shared.folder).unwrap().to_owned();
    let there: Vec<PathBuf> = paths_in(&shared.side()).into_iter().map(name).collect();
    let plan = shared.plan.file_name().unwrap().to_str().unwrap();
    let passing = PASSING.iter().map(|ending| Path::new(".tiendo").join(format!("{plan}.{ending}")));
    let mut names: Vec<PathBuf> = std::iter::once(".tiendo".into()).chain(there).chain(passing).collect();
    // Of many earlier texts, one is as good as the other.
    names.retain(|name| !name.ends_with("00000002.ron") && !name.ends_with("00000003.ron"));
    names.sort();
    names.dedup();
    names
}

/// One thing in one place.
struct Case {
    shared: Shared,
    at: PathBuf,
    told: String,
    homes: Picture,
}

impl Case {
    fn of(worked_at: &Shared, forged: &Shared, name: &Path, plant: Plant) -> Option<Self> {
        let shared = worked_at.copy();
        let at = shared.folder.join(name);
        if !at.parent().unwrap().is_dir() || !plant.put(&shared, &at, Some(&forged.folder.join(name))) {
            return None;
        }
        let homes = Self::homes(&shared);
        Some(Self { at, told: format!("{plant:?} as {}", name.display()), homes, shared })
    }

    /// But for what the program keeps there for their owners.
    fn homes(shared: &Shared) -> Picture {
        let own = EVERYBODY.map(|person| person.home(shared).join(".local"));
        Picture::of(&shared.root.path().join("nhà"), &own)
    }

    fn look(&self, faults: &mut Vec<String>) {
        let looks = &LOOKS[..times(2, LOOKS.len())];
        let before = Picture::of(self.shared.root.path(), &[]);
        for verb in looks {
            let said = LAN.look(&self.shared, verb);
            if said.exit.is_none_or(|exit| exit == 2) {
                faults.push(format!("{}, {verb}: {said:?}", self.told));
            }
            if [&said.out, &said.notes].iter().any(|text| text.contains(PRIVATE) && *verb != "restore") {
                faults.push(format!("{}, {verb} tells what is private: {said:?}", self.told));
            }
        }
        let changes = before.changes(&Picture::of(self.shared.root.path(), &[]));
        faults.extend(changes.iter().map(|it| format!("{}, after looking: {it}", self.told)));
    }

    fn save(&self, faults: &mut Vec<String>) {
        for (person, note) in [(LAN, "Lan ghi"), (MINH, "Minh ghi"), (LAN, "Lan lại ghi")] {
            let before = self.shared.text();
            let said = person.set_note(&self.shared, 0, note);
            let is_told = match said.exit {
                Some(0) => self.shared.has_note(note),
                Some(_) => said.names(&self.at) && self.shared.text() == before,
                None => false,
            };
            if !is_told {
                faults.push(format!("{}, {} saves: {said:?}", self.told, person.name));
            }
        }
    }

    fn conclude(&self, faults: &mut Vec<String>) {
        let changes = self.homes.changes(&Self::homes(&self.shared));
        faults.extend(changes.iter().map(|it| format!("{}, in a home: {it}", self.told)));
        if self.shared.text().contains(FORGED) {
            faults.push(format!("{}: a forged change is made", self.told));
        }
        let common = Picture::of(&self.shared.folder, std::slice::from_ref(&self.at));
        let copied = common.files_with(PRIVATE);
        faults.extend(copied.iter().map(|it| format!("{}: copied to {}", self.told, it.display())));
    }
}

/// Every kind in every place; in a hurry, some of each.
fn cases(owned: [Owned; 2], every: usize, mut try_it: impl FnMut(&Case)) {
    let (Some(worked_at), Some(forged)) = (self::worked_at(owned, "thật"), self::worked_at(owned, FORGED))
    else {
        return;
    };
    let (mut seen, mut tried) = (0, 0);
    for name in names(&worked_at) {
        for plant in Plant::ALL {
            seen += 1;
            if seen % every == 0
                && let Some(case) = Case::of(&worked_at, &forged, &name, plant)
            {
                try_it(&case);
                tried += 1;
            }
        }
    }
    println!("{tried} things planted");
    assert!(tried > 5);
}

#[test]
fn whatever_lies_beside_a_plan_looking_changes_nothing() {
    let mut faults = Vec::new();
    cases(OFFICE, times(5, 1), |case| case.look(&mut faults));
    assert_none(&faults);
}

#[test]
fn whatever_lies_beside_a_plan_one_can_save_or_is_told_what_is_in_the_way() {
    let mut faults = Vec::new();
    for owned in FOLDERS {
        cases(owned, times(16, 1), |case| {
            case.save(&mut faults);
            case.conclude(&mut faults);
        });
    }
    assert_none(&faults);
}

#[test]
fn whatever_lies_beside_a_plan_the_board_opens_and_can_be_left() {
    let mut faults = Vec::new();
    cases(OFFICE, times(23, 1), |case| {
        let own = LAN.home(&case.shared).join(".local");
        let before = Picture::of(case.shared.root.path(), std::slice::from_ref(&own));
        let exit = LAN.looks_at_the_board(&case.shared);
        if exit != 0 {
            faults.push(format!("{}: it ends with {exit}", case.told));
        }
        let changes = before.changes(&Picture::of(case.shared.root.path(), std::slice::from_ref(&own)));
        faults.extend(changes.iter().map(|it| format!("{}, after the board: {it}", case.told)));
    });
    assert_none(&faults);
}
