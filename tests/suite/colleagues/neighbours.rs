//! Two plans in one folder whose names are alike: each has its own, and nothing of it is the other's.

use std::collections::BTreeMap;
use std::fs;

use super::*;
use crate::office::times;

/// Endings that make a plan's name look like something of another plan's.
const ENDINGS: [&str; 16] = [
    ".new.ron",
    ".new",
    ".part",
    ".part.ron",
    ".swap-0000000000000001-0000000000000002",
    ".swap-1-2.ron",
    ".log",
    ".log.old",
    ".lock",
    ".lock.ron",
    ".snap",
    ".snap.ron",
    ".waiting",
    ".missing",
    ".journal",
    ".1.ron",
];

/// All files beside the plans with what is in them, but for what belongs to no plan.
fn beside(shared: &Shared) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = paths_in(&shared.side()).into_iter().filter(|path| path.is_file());
    files
        .filter(|path| !path.ends_with(".gitignore"))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

/// Everything that leaves something beside a plan.
fn work(shared: &Shared, plan: &Path, note: &str) {
    let set = |task, note: &str| {
        let said = LAN.set_note_in(shared, plan, task, note);
        assert_eq!(said.exit, Some(0), "{}: {said:?}", plan.display());
    };
    set(0, note);
    let older = fs::read(plan).unwrap();
    set(1, &format!("{note} bị ghi đè"));
    fs::write(plan, older).unwrap();
    set(2, &format!("{note} lại"));
    let text = fs::read(plan).unwrap();
    fs::write(plan, "Plan(").unwrap();
    set(3, &format!("{note} chờ"));
    fs::write(plan, text).unwrap();
    for verb in LOOKS.iter().filter(|verb| **verb != "show") {
        LAN.call(shared, &[verb, plan.to_str().unwrap()]);
    }
}

#[test]
fn plans_with_names_alike_do_not_touch_what_is_each_others() {
    let mut faults = Vec::new();
    for name in &["ke-hoach", "ke-hoach.ron"][..times(1, 2)] {
        for ending in ENDINGS {
            for is_longer_first in &[true, false][..times(1, 2)] {
                let Some(shared) = Shared::named(OFFICE, name) else { return };
                let other = shared.folder.join(format!("{name}{ending}"));
                shared.write_plan(&other, &plan_text(6), OFFICE[1]);
                let (first, second) =
                    if *is_longer_first { (&other, &shared.plan) } else { (&shared.plan, &other) };
                work(&shared, first, "của kế hoạch này");
                let before = beside(&shared);
                work(&shared, second, "của kế hoạch kia");
                let after = beside(&shared);
                let touched = before.iter().filter(|(path, bytes)| after.get(*path) != Some(*bytes));
                let what = format!("{} after {}", second.display(), first.display());
                faults.extend(
                    touched.map(|(path, _)| format!("{what}: {} is not what it was", path.display())),
                );
                LAN.set_note_in(&shared, first, 5, "sau cùng");
                if !fs::read_to_string(first).unwrap().contains("của kế hoạch này chờ") {
                    faults.push(format!("{what}: what waited for it is gone"));
                }
            }
        }
    }
    assert_none(&faults);
}
