//! Somebody's save is killed: it costs the others nothing, not even until that one comes back.

use super::*;
use crate::office::times;

/// What changes something on the disk, or is done to it.
const STEPS: [&str; 11] = [
    "openat",
    "write",
    "pwrite64",
    "fsync",
    "fallocate",
    "ftruncate",
    "fchmod",
    "rename",
    "renameat2",
    "unlink",
    "unlinkat",
];

/// Kills a save at one of its steps. `false`, if it has fewer of them.
fn kill_amid(shared: &Shared, way: &Way, step: &str, at: usize) -> bool {
    let inject = format!("inject={step}:signal=KILL:when={at}");
    let before = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", &inject];
    finish(&mut way.killed.limited(shared, (4_000_000, 60), &before, &way.words(shared))).exit.is_none()
}

/// How often a whole save does each of them.
fn counts(shared: &Shared, way: &Way) -> [usize; STEPS.len()] {
    let log = way.killed.home(shared).join("vết");
    let trace = format!("trace={}", STEPS.join(","));
    let before = ["strace", "-f", "-qq", "-o", log.to_str().unwrap(), "-e", &trace];
    let said = finish(&mut way.killed.limited(shared, (4_000_000, 60), &before, &way.words(shared)));
    assert_eq!(said.exit, Some(0), "{said:?}");
    let told = fs::read_to_string(log).unwrap();
    STEPS.map(|step| told.lines().filter(|line| line.contains(&format!(" {step}("))).count())
}

/// A way to save, by whom, and who works on afterwards.
struct Way {
    owned: [Owned; 2],
    killed: Person,
    others: [Person; 2],
    /// The plan has another name, so that it stays the same file.
    is_linked: bool,
    /// A task is deleted, so that the text gets shorter.
    is_shorter: bool,
}

const WAYS: [Way; 6] = [
    // In a folder where one removes only what is one's own.
    Way {
        owned: [(LAN, 0o1777), (LAN, 0o664)],
        killed: AN,
        others: [LAN, MINH],
        is_linked: false,
        is_shorter: false,
    },
    // In a folder of one's own, with a plan that others may write.
    Way { owned: AT_ANS, killed: AN, others: [LAN, MINH], is_linked: false, is_shorter: false },
    // In a folder of somebody else's, with no more right than to write the plan.
    Way {
        owned: [(LAN, 0o755), (LAN, 0o664)],
        killed: AN,
        others: [MINH, LAN],
        is_linked: false,
        is_shorter: false,
    },
    Way {
        owned: [(LAN, 0o755), (LAN, 0o664)],
        killed: AN,
        others: [MINH, LAN],
        is_linked: false,
        is_shorter: true,
    },
    Way { owned: OFFICE, killed: AN, others: [MINH, LAN], is_linked: true, is_shorter: false },
    Way { owned: OFFICE, killed: AN, others: [MINH, LAN], is_linked: false, is_shorter: false },
];

impl Way {
    fn words<'a>(&self, shared: &'a Shared) -> Vec<&'a str> {
        let plan = shared.plan.to_str().unwrap();
        if self.is_shorter {
            return vec!["remove", plan, "t5", "--yes"];
        }
        vec!["set", plan, "t0", "--note", "dở dang"]
    }

    fn shared(&self) -> Option<Shared> {
        let shared = Shared::new(self.owned)?;
        if self.is_linked {
            fs::hard_link(&shared.plan, shared.folder.join("tên khác.ron")).unwrap();
        }
        self.killed.saves(&shared, 1, "đã ghi");
        Some(shared)
    }

    fn faults_after(&self, shared: &Shared, what: &str, faults: &mut Vec<String>) {
        // Before anybody could mend it.
        let said = KHACH.look(shared, "list");
        if said.exit != Some(0) {
            faults.push(format!("{what}: a reader sees no plan: {said:?}"));
        }
        for (task, person) in self.others.into_iter().enumerate() {
            let note = format!("{} ghi tiếp", person.name);
            let said = person.set_note(shared, 2 + task, &note);
            if said.exit != Some(0) || !shared.has_note(&note) {
                faults.push(format!("{what}: {} cannot save: {said:?}", person.name));
            }
        }
        if !shared.has_note("đã ghi") {
            faults.push(format!("{what}: an earlier change is gone"));
        }
        let said = self.killed.set_note(shared, 0, "trở lại");
        if said.exit != Some(0) {
            faults.push(format!("{what}: who was killed cannot save any more: {said:?}"));
        }
    }
}

#[test]
fn a_killed_save_keeps_nobody_from_saving_and_the_plan_opens_for_all() {
    if !has_strace() {
        return;
    }
    let (mut faults, mut killed) = (Vec::new(), 0);
    for (number, way) in WAYS.iter().enumerate() {
        let Some(shared) = way.shared() else { return };
        for (step, count) in STEPS.into_iter().zip(counts(&shared, way)) {
            // In a hurry, the last ones: those of the save, and not of the start of the process.
            for at in count.saturating_sub(times(1, count)) + 1..=count {
                let shared = way.shared().unwrap();
                if kill_amid(&shared, way, step, at) {
                    killed += 1;
                    way.faults_after(&shared, &format!("way {number}, killed at {step} {at}"), &mut faults);
                }
            }
        }
    }
    println!("killed {killed} saves");
    assert!(killed > 20, "only {killed} saves were killed");
    assert_none(&faults);
}
