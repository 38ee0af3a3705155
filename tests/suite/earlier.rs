//! What earlier versions have left on disks opens, and nothing in it is lost: `tests/earlier` has folders of plans with
//! their `.tiendo`, a configuration, and what was in a folder of a user's own.
//!
//! In `first` and `second` somebody has changed tasks a, b and c and deleted e; an editor has written an older text over
//! b and e; and a change of d waits. The first version let it wait beside the plan, later ones in the user's own folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use tiendo::plan::{Change, Edit, Field, Plan, Status, TaskId};
use tiendo::store::{Backups, Policy, Store};

use crate::office::{Office, copy_file, copy_folder, digest, stamp};

fn kept(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/earlier").join(name)
}

/// A folder as it was left, at the home of whoever has left it.
fn left(name: &str) -> Office {
    let folder = TempDir::new().unwrap();
    copy_folder(&kept(name), folder.path(), copy_file);
    let plan = folder.path().join("ke-hoach.ron");
    let office = Office { folder, plan };
    if name == "second" {
        put(&office, "waiting", &format!("waiting-{}", of_path(&office.plan)));
    }
    office
}

/// Lays what was kept into the user's own folder.
fn put(office: &Office, kept_as: &str, name: &str) {
    let path = office.state().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::copy(kept("state").join(kept_as), path).unwrap();
}

/// What the program answers in the folder.
fn said(office: &Office, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_tiendo"))
        .args(arguments)
        .current_dir(office.folder.path())
        .env_clear()
        .env("HOME", office.folder.path())
        .env("LANG", "vi_VN.UTF-8")
        .output()
        .unwrap();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

/// What stands for a path, or a text, in the names of files.
fn sign(bytes: &[u8]) -> String {
    format!("{:016x}", digest(bytes))
}

fn of_path(path: &Path) -> String {
    sign(fs::canonicalize(path).unwrap().as_os_str().as_encoded_bytes())
}

#[test]
fn what_was_overwritten_and_what_waited_is_offered_and_brought_back() {
    let office = left("office");
    let offered = said(&office, &["restore", "ke-hoach.ron"]);
    for lost in ["mất rồi", "Đang thực hiện", "Hội nghị sơ kết sáu tháng"] {
        assert!(offered.contains(lost), "{lost} is not in\n{offered}");
    }
    said(&office, &["restore", "ke-hoach.ron", "--missing"]);
    let text = office.text();
    for there in
        ["mất rồi", "status: Doing", "Hội nghị sơ kết sáu tháng", "sau đó", "12/BC-SNV", "// chờ thông báo"]
    {
        assert!(text.contains(there), "{there} is not in\n{text}");
    }
    assert!(!said(&office, &["restore", "ke-hoach.ron"]).contains("--missing"), "it is offered no more");
}

#[test]
fn every_earlier_text_is_there_with_its_hand() {
    let office = left("office");
    let texts = said(&office, &["restore", "ke-hoach.ron"]);
    let rows = texts.lines().filter(|line| line.contains("root")).count();
    assert!(rows >= 6 + 3, "six texts by their hands, and three changes\n{texts}");
    said(&office, &["restore", "ke-hoach.ron", "--to", "5a7ee39b"]);
    assert!(office.text().contains("mất rồi"), "{}", office.text());
}

fn tiendo_reads(text: &[u8]) -> bool {
    tiendo::document::Document::read(text.to_vec()).is_ok()
}

#[test]
fn a_save_that_was_cut_short_is_undone() {
    let office = left("cut-short");
    let old = office.text();
    // The beginning of the new text stands over the old one.
    let journal = fs::read(office.path(".tiendo/ke-hoach.ron.journal")).unwrap();
    let new = &journal["tiendo journal 1\n".len() + 16 + old.len()..];
    let half = &new[..old.len()];
    assert!(half != old.as_bytes() && !tiendo_reads(half));
    fs::write(&office.plan, half).unwrap();
    fs::hard_link(&office.plan, office.path("hai-ten.ron")).unwrap();
    let answer = said(&office, &["set", "ke-hoach.ron", "d", "--note", "sau đó"]);
    let text = office.text();
    assert!(text.contains("sau đó") && !text.contains("cắt ngang"), "{answer}\n{text}");
    assert!(!office.path(".tiendo/ke-hoach.ron.journal").exists());
}

#[test]
fn a_configuration_holds_as_before() {
    let office = left("office");
    fs::create_dir_all(office.path(".config/tiendo")).unwrap();
    fs::copy(kept("config.ron"), office.path(".config/tiendo/config.ron")).unwrap();
    let answer = said(&office, &["list", "ke-hoach.ron"]);
    assert!(answer.is_ascii() && answer.contains("In progress") || answer.contains("Done"), "{answer}");
    assert!(!answer.contains("config.ron"), "nothing in it is refused\n{answer}");
}

#[test]
fn text_that_was_being_typed_and_what_was_seen_are_found_again() {
    let office = left("office");
    let (sign_of_plan, draft) = (of_path(&office.plan), fs::read(kept("state/draft")).unwrap());
    put(&office, "draft", &format!("drafts/{sign_of_plan}-{}", sign(&draft)));
    put(&office, "seen", &format!("seen/{sign_of_plan}"));
    let (state, plan) = (office.state(), fs::canonicalize(&office.plan).unwrap());
    let drafts = tiendo::store::drafts::find(&state, &plan);
    assert_eq!(drafts.iter().map(tiendo::plan::Draft::text).collect::<Vec<_>>(), ["đã kýdang go do dang"]);
    assert!(tiendo::store::seen::Seen::of(&state, &plan).is_some());
}

fn rename(id: &str, from: &str, to: &str) -> Change {
    let edit = Edit::new(Field::Title, from, to);
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
    store.lost_updates().map_or(0, |missing| missing.commits.len())
}

#[test]
fn what_earlier_versions_have_kept_comes_back() {
    for (version, is_beside) in [("first", true), ("second", false)] {
        let office = left(version);
        let text = office.text();
        let mut store = office.back();
        assert_eq!(made(store.plan()), [false, !is_beside, false], "{version}");
        assert_eq!(offered(&store), if is_beside { 3 } else { 2 }, "{version}");
        // Others go on meanwhile.
        store.commit(&[rename("a", "Việc một", "Việc 1")], &stamp(), Policy::Ask).unwrap();
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
        let office = left(version);
        office.back().leave_lost_updates().unwrap();
        assert_eq!((office.store().lost_updates(), office.leftovers()), (None, Vec::new()), "{version}");
        fs::write(&office.plan, office.text() + "// ghi tay\n").unwrap();
        assert_eq!(office.store().lost_updates(), None, "{version}");
    }
}

#[test]
fn the_texts_of_earlier_versions_can_be_brought_back() {
    for version in ["first", "second"] {
        let office = left(version);
        let past = Backups::of(&office.plan, None).unwrap();
        let texts = past.texts();
        let oldest = texts.last().unwrap();
        assert_eq!((oldest.number, oldest.by.as_deref()), (1, None), "{version}");
        assert!(texts[..4].iter().all(|text| text.by.as_deref() == Some("root")), "{version}");
        past.bring_back(oldest).unwrap();
        assert_eq!(office.store().lost_updates(), None, "{version}: it was on purpose");
    }
}
