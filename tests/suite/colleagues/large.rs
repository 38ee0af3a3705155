//! What somebody has made huge beside a plan costs the others neither time nor memory.

use std::fmt::Write as _;

use super::forged::journal;
use super::*;
use crate::office::digest;
use crate::office::times;

/// In kilobytes and in seconds of a processor: some times what a call takes beside an empty folder.
const MODEST: (u32, u32) = (220_000, 3);

fn line(record: &str) -> String {
    format!("{:016x} {record}\n", digest(record.as_bytes()))
}

/// What is laid beside the plan, by its ending.
fn huge(shared: &Shared) -> Vec<(&'static str, Vec<u8>)> {
    let text = shared.text();
    let long = |record: &str, bytes: usize| line(record).repeat(bytes / (record.len() + 18)).into_bytes();
    let commit = "(changes:[Edit(task:\"t0\",edit:Note((before:\"0\",after:\"1\")))],stamp:(at:\"2024-05-20T08:00:00+07:00\",by:\"lan\",why:Untold))";
    let save = format!("(text:1,commits:[{commit}],left:[])");
    let promise = format!("(commit:{commit},namesakes:[])");
    let mut many = String::new();
    for number in 0..60_000 {
        many += &line(&promise.replace("\"t0\"", &format!("\"t{number}\"")));
    }
    vec![
        ("log", vec![b'\n'; 48 << 20]),
        ("log.old", vec![b'\n'; 48 << 20]),
        ("log", long(&save, 24 << 20)),
        ("log", [long(&save, 24 << 20), b"\n".repeat(1 << 20)].concat()),
        ("missing", long(commit, 24 << 20)),
        ("missing", vec![b'\n'; 60 << 20]),
        ("waiting", long(&promise, 24 << 20)),
        ("waiting", many.into_bytes()),
        ("waiting", vec![b'\n'; 60 << 20]),
        ("journal", journal(&vec![b' '; 30 << 20], &vec![b' '; 30 << 20])),
        ("journal", journal(text.as_bytes(), &vec![b' '; 60 << 20])),
        ("part", vec![b' '; 60 << 20]),
        ("swap-0000000000000001-0000000000000002", vec![b' '; 60 << 20]),
        ("snap/00000002.ron", vec![b' '; 60 << 20]),
        ("snap/00000003.ron", [text.as_bytes(), &vec![b'\n'; 60 << 20]].concat()),
    ]
}

#[test]
fn huge_files_beside_a_plan_cost_little_time_and_memory() {
    let Some(model) = Shared::new(OFFICE) else { return };
    LAN.saves(&model, 0, "trước");
    let mut faults = Vec::new();
    for (ending, bytes) in huge(&model).into_iter().step_by(times(2, 1)) {
        let shared = model.copy();
        let path = shared.side().join(format!("ke-hoach.ron.{ending}"));
        fs::write(&path, &bytes).unwrap();
        give(&path, AN.owns(0o664));
        let start: String = String::from_utf8_lossy(&bytes[..bytes.len().min(30)]).into_owned();
        let plan = shared.plan.to_str().unwrap();
        let verbs = LOOKS.iter().filter(|verb| **verb != "show").take(times(1, LOOKS.len()));
        let mut calls: Vec<Vec<&str>> = verbs.map(|verb| vec![*verb, plan]).collect();
        calls
            .extend([vec!["set", plan, "t1", "--note", "mới"], vec!["set", plan, "t2", "--note", "mới nữa"]]);
        for call in calls {
            let said = finish(&mut LAN.limited(&shared, MODEST, &[], &call));
            if said.exit.is_none_or(|exit| exit == 101 || exit == 2 && !said.names(&path)) {
                let mut fault = String::new();
                write!(fault, "{ending}, {} bytes of {start:?}, {}: {said:?}", bytes.len(), call[0]).unwrap();
                faults.push(fault.chars().take(400).collect());
            }
        }
    }
    assert_none(&faults);
}

/// Names without end in the folder of earlier texts, or in the folder for all.
#[test]
fn a_folder_full_of_files_costs_little_time() {
    let Some(shared) = Shared::new(OFFICE) else { return };
    LAN.saves(&shared, 0, "trước");
    for number in 0..3000 {
        for name in
            [format!("ke-hoach.ron.snap/{:08}.ron", number + 100), format!("ke-hoach.ron.new.{number}")]
        {
            let path = shared.side().join(name);
            fs::write(&path, shared.text()).unwrap();
            give(&path, AN.owns(0o664));
        }
    }
    let plan = shared.plan.to_str().unwrap();
    for call in [&["list", plan][..], &["log", plan], &["check", plan], &["set", plan, "t1", "--note", "mới"]]
    {
        let said = finish(&mut LAN.limited(&shared, MODEST, &[], call));
        assert!(matches!(said.exit, Some(0 | 1)), "{call:?}: {said:?}");
    }
}
