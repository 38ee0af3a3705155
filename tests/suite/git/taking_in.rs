//! What an exchange brings into a plan, and what it leaves as it is.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use rustix::fs::{XattrFlags, getxattr, setxattr};
use tiendo::plan::Status;
use tiendo::store::Store;

use super::*;
use crate::office::set_mode;

/// Two machines, of which the second has sent that the first task is under way.
fn with_news(office: &Office) -> [Machine<'_>; 2] {
    let [lan, minh] = office.shared();
    minh.tiendo(&["set", "plan.ron", "a", "--status", "doing"]);
    minh.tiendo(&["sync", "plan.ron"]);
    [lan, minh]
}

#[test]
fn nobody_loses_access_because_of_an_exchange() {
    let office = Office::new();
    let [lan, _minh] = with_news(&office);
    lan.tiendo(&["set", "plan.ron", "b", "--note", "của lan"]);
    let plan = lan.path("plan.ron");
    set_mode(&plan, 0o660);
    setxattr(&plan, c"user.phong", b"1", XattrFlags::empty()).unwrap();
    lan.tiendo(&["sync", "plan.ron"]);
    assert!(lan.text().contains("Doing") && lan.text().contains("của lan"), "{}", lan.text());
    assert_eq!(fs::metadata(&plan).unwrap().permissions().mode() & 0o7777, 0o660);
    assert_eq!(getxattr(&plan, c"user.phong", &mut [0; 8]), Ok(1));
    lan.is_clean();
}

#[test]
fn links_stay_links_when_the_plan_is_exchanged() {
    let office = Office::new();
    let [lan, minh] = with_news(&office);
    let (plan, second, link) = (lan.path("plan.ron"), office.path("second.ron"), office.path("link.ron"));
    fs::hard_link(&plan, &second).unwrap();
    symlink(&plan, &link).unwrap();
    lan.tiendo(&["sync", link.to_str().unwrap()]);
    assert_eq!(fs::metadata(&plan).unwrap().ino(), fs::metadata(&second).unwrap().ino());
    assert_eq!(fs::read(&second).unwrap(), minh.text().into_bytes());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    lan.is_clean();
}

#[test]
fn what_gave_way_to_others_work_is_not_taken_for_overwritten() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    minh.tiendo(&["set", "plan.ron", "b", "--status", "doing"]);
    minh.tiendo(&["sync", "plan.ron"]);
    lan.tiendo(&["remove", "plan.ron", "b", "--yes"]);
    lan.tiendo(&["sync", "plan.ron"]);
    let mut store = Store::open(&lan.path("plan.ron")).unwrap();
    assert_eq!(store.plan().tasks[1].status, Status::Doing, "what somebody works on is not deleted");
    assert_eq!(store.lost_updates(), None);
    lan.write(&lan.text().replace("// Kế hoạch của phòng.", "// Của phòng."));
    assert!(store.refresh().unwrap());
    assert_eq!(store.lost_updates(), None, "nor when somebody edits the text afterwards");
}

#[test]
fn what_was_overwritten_before_is_still_offered_afterwards() {
    let office = Office::new();
    let [lan, _minh] = with_news(&office);
    let stale = lan.text();
    lan.tiendo(&["set", "plan.ron", "c", "--note", "quý"]);
    lan.write(&stale);
    lan.tiendo(&["sync", "plan.ron"]);
    let store = Store::open(&lan.path("plan.ron")).unwrap();
    assert_eq!(store.plan().tasks[0].status, Status::Doing);
    assert_eq!(store.lost_updates().unwrap().deeds.len(), 1);
}

#[test]
fn a_plan_that_does_not_open_is_not_brought_in() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    minh.write(&PLAN.replace("quarters: [Q2]", "quarters: [Q2"));
    minh.git(&["commit", "--quiet", "--all", "-m", "broken"]);
    minh.git(&["push", "--quiet"]);
    let said = lan.try_tiendo(&["sync", "plan.ron"]);
    assert_eq!(said.status.code(), Some(2));
    assert!(notes(&said).starts_with("origin/main:./plan.ron:8:"), "{}", notes(&said));
    assert_eq!(lan.text(), PLAN);
    lan.is_clean();
    minh.write(&PLAN.replace("quarters: [Q2]", "quarters: [Q3]"));
    minh.git(&["commit", "--quiet", "--all", "-m", "mended"]);
    minh.git(&["push", "--quiet"]);
    lan.tiendo(&["sync", "plan.ron"]);
    assert_eq!(lan.text(), minh.text());
}

#[test]
fn a_plan_that_was_moved_away_stays_until_somebody_looks() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    minh.git(&["mv", "plan.ron", "2024.ron"]);
    minh.git(&["commit", "--quiet", "-m", "moved"]);
    minh.git(&["push", "--quiet"]);
    let said = lan.try_tiendo(&["sync", "plan.ron"]);
    assert_eq!(said.status.code(), Some(2));
    assert!(notes(&said).ends_with("To merge by hand: git merge origin/main\n"), "{}", notes(&said));
    assert_eq!(lan.text(), PLAN);
    lan.is_clean();
}

#[test]
fn a_plan_in_a_folder_comes_with_the_files_around_it() {
    let office = Office::new();
    let lan = office.first("lan", PLAN);
    fs::create_dir(lan.path("năm 2024")).unwrap();
    lan.git(&["mv", "plan.ron", "năm 2024/kế hoạch.ron"]);
    lan.git(&["commit", "--quiet", "-m", "moved"]);
    lan.git(&["clone", "--quiet", "--bare", ".", "../hub.git"]);
    lan.git(&["remote", "add", "origin", "../hub.git"]);
    lan.git(&["clone", "--quiet", "../hub.git", "../minh"]);
    let minh = Machine { office: &office, name: "minh" };
    minh.introduce_user();
    fs::write(minh.path("note.txt"), "x").unwrap();
    minh.git(&["add", "note.txt"]);
    minh.git(&["commit", "--quiet", "-m", "note"]);
    for (machine, task) in [(&minh, "a"), (&lan, "b")] {
        machine.tiendo(&["set", "năm 2024/kế hoạch.ron", task, "--status", "doing"]);
        machine.tiendo(&["sync", "năm 2024/kế hoạch.ron"]);
        machine.is_clean();
    }
    let text = fs::read_to_string(lan.path("năm 2024/kế hoạch.ron")).unwrap();
    assert_eq!(text.matches("status: Doing").count(), 2, "{text}");
    assert_eq!(fs::read_to_string(lan.path("note.txt")).unwrap(), "x");
    assert!(lan.git(&["log", "-1", "--format=%s"]).starts_with("Merge origin/main"));
}

#[test]
fn what_lies_in_the_way_of_another_file_stops_the_exchange_before_the_plan() {
    let office = Office::new();
    let [lan, minh] = with_news(&office);
    fs::write(minh.path("note.txt"), "minh").unwrap();
    minh.git(&["add", "note.txt"]);
    minh.git(&["commit", "--quiet", "-m", "note"]);
    minh.git(&["push", "--quiet"]);
    fs::write(lan.path("note.txt"), "lan").unwrap();
    let said = lan.try_tiendo(&["sync", "plan.ron"]);
    assert_eq!(said.status.code(), Some(2));
    assert!(notes(&said).contains("note.txt"), "{}", notes(&said));
    assert_eq!((lan.text().as_str(), lan.git(&["status", "--porcelain"]).as_str()), (PLAN, "?? note.txt\n"));
}

#[test]
fn a_plan_that_git_is_to_ignore_is_not_replaced() {
    let office = Office::new();
    let [lan, _minh] = with_news(&office);
    lan.git(&["rm", "--quiet", "--cached", "plan.ron"]);
    fs::write(lan.path(".gitignore"), "plan.ron\n").unwrap();
    lan.git(&["add", ".gitignore"]);
    lan.git(&["commit", "--quiet", "-m", "ignored"]);
    let said = lan.try_tiendo(&["sync", "plan.ron"]);
    assert_eq!(said.status.code(), Some(2));
    assert!(notes(&said).starts_with("Could not be committed: "), "{}", notes(&said));
    assert_eq!(lan.text(), PLAN);
}

#[test]
fn an_old_git_is_told_from_a_merge_that_fails() {
    let office = Office::new();
    let [lan, _minh] = with_news(&office);
    lan.tiendo(&["set", "plan.ron", "b", "--note", "x"]);
    let folder = office.path("bin");
    fs::create_dir(&folder).unwrap();
    let git = "#!/bin/sh\nfor word; do [ \"$word\" = merge-tree ] && exit 129; done\nPATH=${PATH#*:} exec git \"$@\"\n";
    fs::write(folder.join("git"), git).unwrap();
    set_mode(&folder.join("git"), 0o755);
    let mut command = lan.command(env!("CARGO_BIN_EXE_tiendo"));
    let path = std::env::var_os("PATH").unwrap();
    let paths = std::iter::once(folder).chain(std::env::split_paths(&path));
    command.env("PATH", std::env::join_paths(paths).unwrap()).args(["sync", "plan.ron", "--lang", "en"]);
    let said = finish(&mut command);
    let complaint = "Committed here, but to merge it with theirs takes git 2.38 or later: git version 2.";
    assert!(notes(&said).starts_with(complaint), "{}", notes(&said));
    lan.is_clean();
}
