//! Who has been shut out of a plan reads nothing of it any more, wherever it stands.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{XattrFlags, getxattr, removexattr, setxattr};

use super::*;

const SECRET: &str = "chuyện mật";

/// The kinds of work that leave something beside a plan.
fn work(shared: &Shared, person: Person, note: &str) {
    person.saves(shared, 0, note);
    let older = shared.text();
    person.saves(shared, 1, &format!("{note} bị ghi đè"));
    fs::write(&shared.plan, older).unwrap();
    person.saves(shared, 2, &format!("{note} lại"));
    let text = shared.break_plan();
    let said = person.set_note(shared, 3, &format!("{note} chờ"));
    // It is refused where the earlier texts are somebody's who has no right to the plan any more.
    assert!(matches!(said.exit, Some(0 | 2)), "{}, {note}: {said:?}", person.name);
    fs::write(&shared.plan, text).unwrap();
}

fn files(shared: &Shared) -> Vec<PathBuf> {
    paths_in(&shared.side())
        .into_iter()
        .filter(|path| path.is_file() && !path.ends_with(".gitignore"))
        .collect()
}

fn is_wider(path: &Path, plan: &Path) -> bool {
    let mode = |path| fs::metadata(path).unwrap().mode() & 0o777;
    // A list of further people, who need not be there.
    let listed = |path| getxattr(path, LIST, &mut [0; 256][..]).is_ok();
    mode(path) & !mode(plan) != 0 || (listed(path) && !listed(plan))
}

const LIST: &str = "system.posix_acl_access";

fn wider(shared: &Shared) -> Vec<String> {
    let wider = files(shared).into_iter().filter(|path| is_wider(path, &shared.plan));
    wider.map(|path| format!("{} is wider than the plan", path.display())).collect()
}

#[test]
fn nothing_beside_a_plan_is_wider_than_the_plan() {
    for (before, after) in [(0o664, 0o600), (0o666, 0o640), (0o644, 0o600), (0o664, 0o660)] {
        let Some(shared) = Shared::new([(LAN, 0o755), (LAN, before)]) else { return };
        work(&shared, LAN, "trước");
        set_mode(&shared.plan, after);
        LAN.saves(&shared, 0, "sau khi khép lại");
        assert_none(&wider(&shared));
        work(&shared, LAN, SECRET);
        assert_none(&wider(&shared));
    }
}

/// Also where others have left files that Lan may not change.
#[test]
fn no_secret_comes_into_a_file_that_others_may_read() {
    for owned in [OFFICE, STICKY] {
        let Some(shared) = Shared::new(owned) else { return };
        work(&shared, MINH, "trước");
        work(&shared, LAN, "trước nữa");
        // It may belong to the last one who saved.
        give(&shared.plan, LAN.owns(0o600));
        work(&shared, LAN, SECRET);
        let open = files(&shared).into_iter().filter(|path| is_wider(path, &shared.plan));
        let has = |path: &PathBuf| fs::read_to_string(path).is_ok_and(|text| text.contains(SECRET));
        let telling: Vec<PathBuf> = open.filter(has).collect();
        assert!(telling.is_empty(), "{owned:?}: {telling:?}");
    }
}

#[test]
fn who_is_taken_off_the_access_list_reads_nothing_new() {
    let Some(shared) = Shared::new([(LAN, 0o755), (LAN, 0o600)]) else { return };
    if setxattr(&shared.plan, LIST, &list_with(KHACH), XattrFlags::empty()).is_err() {
        eprintln!("not tested, because the file system has no access lists: who is taken off one");
        return;
    }
    work(&shared, LAN, "trước");
    removexattr(&shared.plan, LIST).unwrap();
    set_mode(&shared.plan, 0o600);
    work(&shared, LAN, SECRET);
    assert_none(&wider(&shared));
}

/// `u::rw-,u:…:rw-,g::---,m::rw-,o::---` as the kernel keeps it.
fn list_with(person: Person) -> Vec<u8> {
    let entry = |tag: u16, allowed: u16, who: u32| {
        [&tag.to_le_bytes()[..], &allowed.to_le_bytes(), &who.to_le_bytes()].concat()
    };
    let nobody = u32::MAX;
    let entries = [
        entry(1, 6, nobody),
        entry(2, 6, person.user),
        entry(4, 0, nobody),
        entry(16, 6, nobody),
        entry(32, 0, nobody),
    ];
    [2_u32.to_le_bytes().to_vec(), entries.concat()].concat()
}

#[test]
fn colleagues_in_a_group_keep_their_access_whatever_their_umask() {
    for umask in ["002", "022", "027", "077"] {
        let Some(shared) = Shared::new([(LAN, 0o2770), (LAN, 0o660)]) else { return };
        let mut inodes = vec![fs::metadata(&shared.plan).unwrap().ino()];
        for (task, person) in [LAN, MINH, AN, LAN].into_iter().enumerate() {
            let script = format!("umask {umask}; exec \"$@\"");
            let (plan, task) = (shared.plan.to_str().unwrap(), format!("t{task}"));
            let words = ["set", plan, &task, "--note", "đã ghi"];
            let said = finish(&mut person.command(&shared, &["sh", "-c", &script, "sh"], &words));
            assert_eq!(said.exit, Some(0), "{}, umask {umask}: {said:?}", person.name);
            let plan = fs::metadata(&shared.plan).unwrap();
            assert_eq!((plan.mode() & 0o7777, plan.gid()), (0o660, STAFF));
            assert!(!inodes.contains(&plan.ino()), "each finds the others' lock, and lays a new file beside");
            inodes.push(plan.ino());
        }
        let strange = |path: &PathBuf| path.to_str().unwrap().contains(".aside.");
        assert!(!files(&shared).iter().any(strange), "{:?}", files(&shared));
    }
}
