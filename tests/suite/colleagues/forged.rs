//! What is forged by somebody without the right to write the plan is never made, and never in another's name.

use std::fs;
use std::os::unix::fs::symlink;

use super::picture::Picture;
use super::*;
use crate::office::digest;

/// The record of a save in place that was cut short: what was there, and what was to be there.
pub(super) fn journal(old: &[u8], new: &[u8]) -> Vec<u8> {
    let body = [&(old.len() as u64).to_le_bytes()[..], old, new].concat();
    [b"tiendo journal 1\n", &digest(&body).to_le_bytes()[..], &body].concat()
}

/// A folder in which the program has written down what An wishes: a change of a task that waits.
fn workshop(forger: Person, task: &str) -> Option<Shared> {
    let shared = Shared::new(OFFICE)?;
    let plan = shared.plan.to_str().unwrap();
    let text = shared.text().replace("\"t0\"", &format!("\"{task}\""));
    fs::write(&shared.plan, text).unwrap();
    forger.saves(&shared, 1, "trước");
    let text = shared.break_plan();
    let said = forger.call(&shared, &["set", plan, task, "--note", "giả mạo"]);
    assert_eq!(said.exit, Some(0), "{said:?}");
    fs::write(plan, text).unwrap();
    Some(shared)
}

/// Lays what is in the workshop's folder beside the plan, as a file of somebody's.
fn smuggle(workshop: &Shared, shared: &Shared, smuggler: Person) {
    fs::create_dir_all(shared.side()).unwrap();
    give(&shared.side(), smuggler.owns(0o777));
    for path in paths_in(&workshop.side()) {
        let to = shared.side().join(path.strip_prefix(workshop.side()).unwrap());
        if path.is_dir() {
            fs::create_dir_all(&to).unwrap();
        } else {
            fs::copy(&path, &to).unwrap();
        }
        give(&to, smuggler.owns(0o777));
    }
}

/// Everybody looks, and everybody saves who can.
fn everybody_works(shared: &Shared) {
    for person in [LAN, MINH] {
        for verb in LOOKS {
            person.look(shared, verb);
        }
        person.set_note(shared, 5, &format!("{} ghi", person.name));
    }
}

#[test]
fn a_forged_waiting_change_is_never_made() {
    // What lies there may pass for one's own.
    for forger in [LAN, MINH, AN] {
        let Some(workshop) = workshop(forger, "t0") else { return };
        for (owned, smuggler) in [(STICKY_TO_READ, KHACH), (STICKY_TO_READ, AN), (STICKY, KHACH)] {
            let shared = Shared::new(owned).unwrap();
            smuggle(&workshop, &shared, smuggler);
            everybody_works(&shared);
            let what = format!("{owned:?}, as if by {}, laid there by {}", forger.name, smuggler.name);
            assert!(!shared.has_note("giả mạo"), "{what}");
        }
    }
}

/// Who may write the plan can write into it; but nobody makes somebody else do it, and under that one's name.
#[test]
fn nobody_makes_a_colleague_make_a_change() {
    for forger in [LAN, MINH] {
        let Some(workshop) = workshop(forger, "t0") else { return };
        for owned in [OFFICE, STICKY, AT_ANS] {
            let shared = Shared::new(owned).unwrap();
            smuggle(&workshop, &shared, AN);
            everybody_works(&shared);
            assert!(!shared.has_note("giả mạo"), "{owned:?}, as if by {}", forger.name);
        }
    }
}

#[test]
fn a_forged_journal_never_replaces_a_plan() {
    for (owned, smuggler) in
        [(STICKY_TO_READ, AN), (STICKY, KHACH), (TO_LOOK_AT, AN), (AT_ANS, AN), (OFFICE, AN)]
    {
        let Some(shared) = Shared::new(owned) else { return };
        fs::create_dir(shared.side()).unwrap();
        give(&shared.side(), smuggler.owns(0o2777));
        let evil = shared.text().replace("Việc 0", "giả mạo");
        let forged = journal(evil.as_bytes(), format!("{} ", shared.text()).as_bytes());
        let path = shared.side().join("ke-hoach.ron.journal");
        fs::write(&path, forged).unwrap();
        give(&path, smuggler.owns(0o666));
        everybody_works(&shared);
        assert!(!shared.text().contains("giả mạo"), "{owned:?}");
    }
}

/// The change is about a task that the plan does not have; where the program looks for it lies a link to a plan of
/// Lan's own.
#[test]
fn no_task_of_a_private_plan_comes_into_the_shared_one() {
    for (owned, smuggler) in [(OFFICE, AN), (STICKY_TO_READ, AN), (AT_ANS, AN)] {
        for forger in [LAN, AN] {
            let Some(workshop) = workshop(forger, "riêng") else { return };
            let shared = Shared::new(owned).unwrap();
            smuggle(&workshop, &shared, smuggler);
            let texts = shared.side().join("ke-hoach.ron.snap");
            fs::create_dir_all(&texts).unwrap();
            for path in
                paths_in(&shared.side()).iter().filter(|path| path.extension().is_some_and(|it| it == "ron"))
            {
                plants::remove(path);
                symlink(LAN.home(&shared).join("riêng.ron"), path).unwrap();
            }
            let link = texts.join("00000099.ron");
            symlink(LAN.home(&shared).join("riêng.ron"), link).unwrap();
            everybody_works(&shared);
            let copied = Picture::of(&shared.folder, &[]);
            let copied = copied.files_with(PRIVATE);
            assert!(copied.is_empty(), "{owned:?}, as if by {}: {copied:?}", forger.name);
        }
    }
}

/// What only a newer version understands is kept for it.
#[test]
fn what_a_newer_version_lets_wait_outlives_an_older_one() {
    let Some(shared) = Shared::new(OFFICE) else { return };
    LAN.saves(&shared, 0, "trước");
    let text = shared.break_plan();
    assert_eq!(LAN.set_note(&shared, 1, "mai này").exit, Some(0));
    fs::write(&shared.plan, text).unwrap();
    let mut renewed = 0;
    for path in paths_in(shared.root.path()).into_iter().filter(|path| path.is_file()) {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if text.contains("mai này") && path != shared.plan {
            renewed += 1;
            fs::write(&path, text.lines().map(of_tomorrow).collect::<String>()).unwrap();
        }
    }
    assert!(renewed > 0, "the change that waits is not found");
    let mut told = String::new();
    for (person, task) in [(LAN, 2), (MINH, 3), (LAN, 4)] {
        let said = person.set_note(&shared, task, "sau");
        assert_eq!(said.exit, Some(0), "{said:?}");
        told += &said.notes;
    }
    let kept = Picture::of(shared.root.path(), std::slice::from_ref(&shared.plan));
    assert!(!kept.files_with("tomorrow").is_empty(), "it is nowhere any more");
    assert!(!told.is_empty(), "nobody is told");
}

/// A record as a later version may write it, with a field that is not known today.
fn of_tomorrow(line: &str) -> String {
    match line.split_once(' ') {
        Some((sum, record)) if u64::from_str_radix(sum, 16) == Ok(digest(record.as_bytes())) => {
            let record = record.replacen('(', "(tomorrow:\"mai này\",", 1).replace("Note(", "Tomorrow(");
            format!("{:016x} {record}\n", digest(record.as_bytes()))
        }
        _ => format!("{line}\n"),
    }
}
