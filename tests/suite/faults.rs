//! A save that is killed, or refused something, at each of its steps. Needs `strace`; without it these tests pass.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};

use tiendo::store::Saved;

use crate::office::*;

/// What a save may be refused, and the steps that can be.
const REFUSALS: [(&str, &[&str]); 6] = [
    (
        "ENOSPC",
        &[
            "openat",
            "write",
            "pwrite64",
            "fallocate",
            "fsync",
            "mkdirat",
            "renameat",
            "renameat2",
            "fsetxattr",
        ],
    ),
    (
        "EIO",
        &[
            "read",
            "pread64",
            "write",
            "pwrite64",
            "fsync",
            "ftruncate",
            "renameat",
            "renameat2",
            "unlinkat",
            "getdents64",
        ],
    ),
    ("EACCES", &["openat", "mkdirat", "renameat", "renameat2", "unlinkat", "fchown", "fchmod", "statx"]),
    ("EDQUOT", &["openat", "write", "pwrite64", "fallocate", "fsync", "mkdirat", "renameat2"]),
    ("EINVAL", &["renameat2", "fsync", "flock", "fallocate", "flistxattr", "utimensat"]),
    (
        "EINTR",
        &["openat", "read", "pread64", "write", "pwrite64", "fsync", "flock", "fallocate", "renameat2"],
    ),
];

/// The steps that change something on the disk: the ones to be killed at when time is short.
const TELLING: [&str; 9] =
    ["write", "pwrite64", "fsync", "renameat", "renameat2", "unlinkat", "ftruncate", "fallocate", "fchmod"];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    First,
    Replace,
    InPlace,
    /// The change has to wait, because somebody is typing in the file.
    Wait,
    /// A change has waited, and is made first.
    Settle,
}

/// What somebody is typing.
const HALF: &str = "Plan(title: \"Kế hoạch\", year: 2024, tasks: [(id: ";

impl Way {
    const ALL: [Self; 5] = [Self::First, Self::Replace, Self::InPlace, Self::Wait, Self::Settle];

    fn office(self) -> Office {
        let office = Office::with(2);
        if self == Self::InPlace {
            fs::hard_link(&office.plan, office.path("tên khác.ron")).unwrap();
        }
        if self != Self::First {
            count_once(&mut office.store(), 1).unwrap();
        }
        fs::write(office.path("giữ"), office.text()).unwrap();
        if self == Self::Settle {
            let mut store = office.store();
            fs::write(&office.plan, HALF).unwrap();
            assert_eq!(count_once(&mut store, 1).unwrap(), Saved::Waiting);
            fs::copy(office.path("giữ"), &office.plan).unwrap();
        }
        office
    }

    fn strace(self, office: &Office, arguments: &[&str]) -> Command {
        let mut writer = writer(&office.plan, 0, 1);
        writer.env("RUST_TEST_THREADS", "1");
        if self == Self::Wait {
            writer.env("TIENDO_TYPING", HALF);
        }
        let mut command = Command::new("strace");
        command.args(["-f", "-qq"]).args(arguments).arg(writer.get_program()).args(writer.get_args());
        command.envs(writer.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        command
    }

    /// How often one thread makes each call.
    fn calls(self) -> BTreeMap<String, usize> {
        let office = self.office();
        let log = office.path("strace.log");
        let told = if self == Self::Wait { "Waiting 1" } else { "Confirmed 1" };
        assert_eq!(run(&mut self.strace(&office, &["-o", log.to_str().unwrap()])), [told]);
        let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
        for line in fs::read_to_string(log).unwrap().lines() {
            let (thread, call) = line.split_once(' ').unwrap();
            if let Some((name, _)) = call.trim().split_once('(') {
                *counts.entry((thread.to_owned(), name.to_owned())).or_default() += 1;
            }
        }
        let mut most = BTreeMap::new();
        for ((_, name), count) in counts {
            let known = most.entry(name).or_insert(0);
            *known = count.max(*known);
        }
        most
    }

    /// The plan is the old one or the new one, each change is in it once, the next save works, and nothing is left
    /// lying about. Answers with the changes that are there.
    fn check(self, office: &Office, what: &str) -> usize {
        if office.text() == HALF {
            fs::copy(office.path("giữ"), &office.plan).unwrap();
        }
        let mut store = office.back();
        let kept = note(&store, 0);
        assert!(kept <= 1, "{what}: {kept}");
        assert_eq!(store.plan().tasks[0].history.len(), kept, "{what}");
        let promised = [0, 1, 1, 1, 2][self as usize];
        assert_eq!((note(&store, 1), store.plan().tasks[1].history.len()), (promised, promised), "{what}");
        assert_eq!(comments(&office.text()), 4, "{what}");
        count_once(&mut store, 0).unwrap();
        assert_eq!(office.note(0), kept + 1, "{what}");
        assert_eq!((office.leftovers(), office.store().lost_updates()), (Vec::new(), None), "{what}");
        kept
    }
}

fn has_strace() -> bool {
    let traced =
        Command::new("strace").args(["-qq", "true"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let is_there = traced.is_ok_and(|status| status.success());
    if !is_there {
        eprintln!("not tested, because there is no strace: a save that is killed or refused something");
    }
    is_there
}

fn is_promised(told: &[String]) -> bool {
    told.iter().any(|line| ["Confirmed", "Unconfirmed", "Waiting"].iter().any(|it| line.starts_with(it)))
}

#[test]
fn a_save_killed_at_any_step_leaves_the_old_plan_or_the_new_one() {
    if !has_strace() {
        return;
    }
    let mut steps = 0;
    for way in Way::ALL {
        for (name, count) in way.calls() {
            let is_telling = TELLING.contains(&name.as_str());
            // In a hurry, the last ones: those of the save, and not of the start of the process.
            let first =
                if is_telling { count.saturating_sub(times(4, count)) } else { count - times(0, count) };
            for at in first + 1..=count {
                let office = way.office();
                let kill = format!("inject={name}:signal=KILL:when={at}");
                let told = run(&mut way.strace(&office, &["-e", &kill]));
                let kept = way.check(&office, &format!("{way:?} {kill}"));
                assert!(!is_promised(&told) || kept == 1, "{way:?} {kill}: {told:?}");
                steps += 1;
            }
        }
    }
    println!("killed at {steps} steps");
    assert!(steps > 40, "only {steps} steps were found");
}

#[test]
fn a_save_that_is_refused_something_says_the_truth() {
    if !has_strace() {
        return;
    }
    let mut steps = 0;
    for way in Way::ALL {
        let calls = way.calls();
        for (error, names) in REFUSALS {
            for name in names {
                let count = calls.get(*name).copied().unwrap_or(0);
                // The last ones are the save's; those before them are the start of the process.
                for at in count.saturating_sub(times(1, 40)) + 1..=count {
                    refuse(way, &format!("inject={name}:error={error}:when={at}"));
                    steps += 1;
                }
            }
        }
    }
    println!("refused {steps} steps");
    assert!(steps > 60, "only {steps} steps were found");
}

fn refuse(way: Way, injection: &str) {
    let office = way.office();
    let told = run(&mut way.strace(&office, &["-e", injection]));
    let what = format!("{way:?} {injection}: {told:?}");
    let kept = way.check(&office, &what);
    let is_refused = told.iter().any(|line| line.starts_with("StoreError"));
    assert!(!is_promised(&told) || kept == 1, "said to be saved, and is not: {what}");
    assert!(!is_refused || kept == 0, "said not to be saved, and is: {what}");
}
