//! What the first version has left on disks opens, and nothing in it is lost: `tests/earlier` has a folder of an office
//! with its `.tiendo`, a save that was cut short, a configuration, and what was in a folder of a user's own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::office::{copy_file, copy_folder, digest};

struct Left {
    home: TempDir,
}

impl Left {
    /// A folder as it was left, in a home of its own.
    fn folder(name: &str) -> Self {
        let home = TempDir::new().unwrap();
        copy_folder(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/earlier").join(name),
            home.path(),
            copy_file,
        );
        Self { home }
    }

    fn plan(&self) -> PathBuf {
        self.home.path().join("ke-hoach.ron")
    }

    fn text(&self) -> String {
        fs::read_to_string(self.plan()).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_tiendo"))
            .args(arguments)
            .current_dir(self.home.path())
            .env_clear()
            .env("HOME", self.home.path())
            .env("LANG", "vi_VN.UTF-8")
            .output()
            .unwrap()
    }

    #[track_caller]
    fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = [output.stdout, output.stderr].concat();
        String::from_utf8(said).unwrap()
    }

    fn state(&self, name: &str) -> PathBuf {
        self.home.path().join(".local/state/tiendo").join(name)
    }
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
    let left = Left::folder("office");
    let offered = left.said(&["restore", "ke-hoach.ron"]);
    for lost in ["mất rồi", "Đang thực hiện", "Hội nghị sơ kết sáu tháng"] {
        assert!(offered.contains(lost), "{lost} is not in\n{offered}");
    }
    left.said(&["restore", "ke-hoach.ron", "--missing"]);
    let text = left.text();
    for there in
        ["mất rồi", "status: Doing", "Hội nghị sơ kết sáu tháng", "sau đó", "12/BC-SNV", "// chờ thông báo"]
    {
        assert!(text.contains(there), "{there} is not in\n{text}");
    }
    assert!(!left.said(&["restore", "ke-hoach.ron"]).contains("--missing"), "it is offered no more");
}

#[test]
fn every_earlier_text_is_there_with_its_hand() {
    let left = Left::folder("office");
    let texts = left.said(&["restore", "ke-hoach.ron"]);
    let rows = texts.lines().filter(|line| line.contains("21/11/2026") && line.contains("root")).count();
    assert!(rows >= 6 + 3, "six texts by their hands, and three changes\n{texts}");
    left.said(&["restore", "ke-hoach.ron", "--to", "5a7ee39b"]);
    assert!(left.text().contains("mất rồi"), "{}", left.text());
}

fn tiendo_reads(text: &[u8]) -> bool {
    tiendo::document::Document::read(text.to_vec()).is_ok()
}

#[test]
fn a_save_that_was_cut_short_is_undone() {
    let left = Left::folder("cut-short");
    let old = left.text();
    // The beginning of the new text stands over the old one.
    let journal = fs::read(left.home.path().join(".tiendo/ke-hoach.ron.journal")).unwrap();
    let new = &journal["tiendo journal 1\n".len() + 16 + old.len()..];
    let half = &new[..old.len()];
    assert!(half != old.as_bytes() && !tiendo_reads(half));
    fs::write(left.plan(), half).unwrap();
    fs::hard_link(left.plan(), left.home.path().join("hai-ten.ron")).unwrap();
    let said = left.said(&["set", "ke-hoach.ron", "d", "--note", "sau đó"]);
    let text = left.text();
    assert!(text.contains("sau đó") && !text.contains("cắt ngang"), "{said}\n{text}");
    assert!(!left.home.path().join(".tiendo/ke-hoach.ron.journal").exists());
}

#[test]
fn a_configuration_holds_as_before() {
    let left = Left::folder("office");
    fs::create_dir_all(left.home.path().join(".config/tiendo")).unwrap();
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/earlier/config.ron");
    fs::copy(config, left.home.path().join(".config/tiendo/config.ron")).unwrap();
    let said = left.said(&["list", "ke-hoach.ron"]);
    assert!(said.is_ascii() && said.contains("In progress") || said.contains("Done"), "{said}");
    assert!(!said.contains("config.ron"), "nothing in it is refused\n{said}");
}

#[test]
fn text_that_was_being_typed_and_what_was_seen_are_found_again() {
    let left = Left::folder("office");
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/earlier/state");
    let draft = fs::read(kept.join("draft")).unwrap();
    let plan = of_path(&left.plan());
    for (folder, name) in [("drafts", format!("{plan}-{}", sign(&draft))), ("seen", plan)] {
        fs::create_dir_all(left.state(folder)).unwrap();
        fs::copy(kept.join(folder.trim_end_matches('s')), left.state(folder).join(name)).unwrap();
    }
    let state = left.state("");
    let plan = fs::canonicalize(left.plan()).unwrap();
    let drafts = tiendo::store::drafts::find(&state, &plan);
    assert_eq!(drafts.iter().map(|draft| draft.text.as_str()).collect::<Vec<_>>(), ["đã kýdang go do dang"]);
    assert!(tiendo::store::seen::Seen::of(&state, &plan).is_some());
}
