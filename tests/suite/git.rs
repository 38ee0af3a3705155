//! Two machines that share a plan through git: merge, rebase, cherry-pick, and `tiendo sync`.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;
use tiendo::document::Document;

use crate::document::merges::Trial;
use crate::office::times;

mod crowd;
mod sharing;
mod taking_in;
mod words;

const PLAN: &str = r#"#![enable(implicit_some)]
// Kế hoạch của phòng.
Plan(
    title: "Kế hoạch công tác năm 2024",
    year: 2024,
    tasks: [
        (id: "a", no: "1", title: "Tổng kết năm trước", lead: ["Ban TĐKT"], quarters: [Q1]), // đã lâu
        (id: "b", no: "2", title: "Tổ chức hội nghị sơ kết", quarters: [Q2]),
        (id: "c", no: "3", title: "Báo cáo cuối năm", quarters: [Q4]),
    ],
)
"#;

/// Folders of several machines, and the repository between them.
struct Office {
    folder: TempDir,
}

/// A machine with a copy of the repository.
struct Machine<'a> {
    office: &'a Office,
    name: &'static str,
}

fn finish(command: &mut Command) -> Output {
    command.output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn notes(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

impl Office {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A machine that has begun a repository with this plan.
    fn first(&self, name: &'static str, plan: &str) -> Machine<'_> {
        fs::create_dir(self.path(name)).unwrap();
        let machine = Machine { office: self, name };
        machine.git(&["init", "--quiet", "--initial-branch", "main"]);
        machine.introduce_user();
        machine.write(plan);
        machine.tiendo(&["git-setup", "plan.ron"]);
        machine.git(&["add", "."]);
        machine.git(&["commit", "--quiet", "-m", "base"]);
        machine
    }

    /// Three machines, of which the first two have a copy of the third.
    fn shared(&self) -> [Machine<'_>; 2] {
        let lan = self.first("lan", PLAN);
        lan.git(&["clone", "--quiet", "--bare", ".", "../hub.git"]);
        lan.git(&["remote", "add", "origin", "../hub.git"]);
        lan.git(&["clone", "--quiet", "../hub.git", "../minh"]);
        let minh = Machine { office: self, name: "minh" };
        minh.introduce_user();
        [lan, minh]
    }
}

impl Machine<'_> {
    fn path(&self, name: &str) -> PathBuf {
        self.office.path(self.name).join(name)
    }

    /// A file beside the plan, which each machine has with other words in it.
    fn commit_a_note(&self) {
        fs::write(self.path("note.txt"), self.name).unwrap();
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "-m", "note"]);
    }

    fn introduce_user(&self) {
        self.git(&["config", "user.name", self.name]);
        self.git(&["config", "user.email", "x@example.vn"]);
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path("")).env_clear();
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.env("PATH", path).env("HOME", self.office.folder.path()).env("TERM", "xterm");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_EDITOR", "true").env("LC_ALL", "C");
        command
    }

    fn try_git(&self, words: &[&str]) -> Output {
        finish(self.command("git").args(words))
    }

    /// A call of git that has to go well.
    #[track_caller]
    fn git(&self, words: &[&str]) -> String {
        let output = self.try_git(words);
        assert!(output.status.success(), "git {words:?}: {}{}", out(&output), notes(&output));
        out(&output)
    }

    fn try_tiendo(&self, words: &[&str]) -> Output {
        let program = env!("CARGO_BIN_EXE_tiendo");
        finish(self.command(program).args(words).args(["--lang", "en"]))
    }

    #[track_caller]
    fn tiendo(&self, words: &[&str]) -> String {
        let output = self.try_tiendo(words);
        assert!(output.status.success(), "tiendo {words:?}: {}{}", out(&output), notes(&output));
        out(&output)
    }

    fn write(&self, text: &str) {
        fs::write(self.path("plan.ron"), text).unwrap();
    }

    fn text(&self) -> String {
        fs::read_to_string(self.path("plan.ron")).unwrap()
    }

    fn commit(&self, document: &Document) {
        fs::write(self.path("plan.ron"), document.bytes()).unwrap();
        self.git(&["commit", "--quiet", "--all", "--allow-empty", "-m", "change"]);
    }

    #[track_caller]
    fn is_clean(&self) {
        assert_eq!(self.git(&["status", "--porcelain"]), "");
        assert!(!self.path(".git/MERGE_HEAD").exists());
    }
}

/// The ways in which git brings two lines of work together.
#[derive(Debug, Clone, Copy)]
enum Way {
    Merge,
    Rebase,
    CherryPick,
}

impl Way {
    const ALL: [Self; 3] = [Self::Merge, Self::Rebase, Self::CherryPick];

    const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Merge => &["merge", "--quiet", "--no-edit", "theirs"],
            Self::Rebase => &["rebase", "--quiet", "theirs"],
            Self::CherryPick => &["cherry-pick", "--allow-empty", "--keep-redundant-commits", "theirs"],
        }
    }
}

/// Bytes that are the same in every run (xorshift).
fn rolls(seed: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15 ^ (seed as u64 + 1).wrapping_mul(0xd134_2543_de82_ef95);
    let mut roll = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    };
    (0..1200).map(|_| roll()).collect()
}

#[test]
fn git_brings_the_work_of_two_together() {
    for seed in 0..times(12, 100) {
        let trial = Trial::roll(&rolls(seed));
        let way = Way::ALL[seed % 3];
        let office = Office::new();
        let machine = office.first("lan", std::str::from_utf8(trial.base.bytes()).unwrap());
        machine.git(&["checkout", "--quiet", "-b", "theirs"]);
        machine.commit(&trial.theirs.document);
        machine.git(&["checkout", "--quiet", "main"]);
        machine.commit(&trial.ours.document);
        machine.git(way.words());
        machine.is_clean();
        let merged = Document::read(machine.text().into_bytes()).unwrap();
        assert_eq!(trial.lost(&merged), Vec::<String>::new(), "{way:?} of {seed}");
    }
}

#[test]
fn setting_up_twice_changes_nothing() {
    let office = Office::new();
    let machine = office.first("lan", PLAN);
    let attributes = fs::read_to_string(machine.path(".gitattributes")).unwrap();
    assert_eq!(attributes, "*.ron merge=tiendo\n");
    let config = fs::read_to_string(machine.path(".git/config")).unwrap();
    assert!(
        machine.tiendo(&["git-setup", "plan.ron"]).ends_with(": git already knows how plans are merged\n")
    );
    assert_eq!(fs::read_to_string(machine.path(".git/config")).unwrap(), config);
    assert_eq!(fs::read_to_string(machine.path(".gitattributes")).unwrap(), attributes);
    machine.tiendo(&["set", "plan.ron", "a", "--status", "doing"]);
    machine.git(&["checkout", "--", "plan.ron"]);
    machine.is_clean();
}

#[test]
fn without_a_repository_there_is_nothing_to_set_up() {
    let office = Office::new();
    fs::create_dir(office.path("lan")).unwrap();
    let machine = Machine { office: &office, name: "lan" };
    machine.write(PLAN);
    for verb in ["git-setup", "sync"] {
        let said = machine.try_tiendo(&[verb, "plan.ron"]);
        assert_eq!(notes(&said), "plan.ron: in no git repository; to make one: git init\n");
        assert_eq!(said.status.code(), Some(2));
    }
}

#[test]
fn a_version_that_is_no_plan_is_merged_as_git_would() {
    let office = Office::new();
    let machine = office.first("lan", PLAN);
    machine.git(&["checkout", "--quiet", "-b", "theirs"]);
    machine.write(&PLAN.replace("quarters: [Q2]", "quarters: [Q2"));
    machine.git(&["commit", "--quiet", "--all", "-m", "broken"]);
    machine.git(&["checkout", "--quiet", "main"]);
    machine.write(&PLAN.replace("quarters: [Q2]", "quarters: [Q3]"));
    machine.git(&["commit", "--quiet", "--all", "-m", "whole"]);
    let said = machine.try_git(&["merge", "theirs"]);
    assert_eq!(said.status.code(), Some(1));
    assert!(machine.text().contains("<<<<<<<"), "{}", machine.text());
}

#[test]
fn two_begin_the_same_file() {
    let office = Office::new();
    let machine = office.first("lan", PLAN);
    let begun = |id: &str| {
        format!(
            "(title: \"Mới\", year: 2024, tasks: [\n    (id: \"{id}\", title: \"Việc {id}\"), // của {id}\n])\n"
        )
    };
    machine.git(&["checkout", "--quiet", "-b", "theirs"]);
    fs::write(machine.path("new.ron"), begun("x")).unwrap();
    machine.git(&["add", "."]);
    machine.git(&["commit", "--quiet", "-m", "x"]);
    machine.git(&["checkout", "--quiet", "main"]);
    fs::write(machine.path("new.ron"), begun("y")).unwrap();
    machine.git(&["add", "."]);
    machine.git(&["commit", "--quiet", "-m", "y"]);
    machine.git(&["merge", "--quiet", "--no-edit", "theirs"]);
    let text = fs::read_to_string(machine.path("new.ron")).unwrap();
    assert!(["id: \"x\"", "id: \"y\"", "// của x", "// của y"].iter().all(|it| text.contains(it)), "{text}");
    Document::read(text.into_bytes()).unwrap();
}

#[test]
fn a_strict_merge_tells_a_clash() {
    let office = Office::new();
    let machine = office.first("lan", PLAN);
    let version = |name: &str, title: &str| {
        fs::write(machine.path(name), PLAN.replace("Báo cáo cuối năm", title)).unwrap();
    };
    version("base", "Báo cáo cuối năm");
    version("ours", "Báo cáo năm");
    version("theirs", "Báo cáo quý");
    let said = machine.try_tiendo(&["merge", "base", "ours", "theirs", "--strict"]);
    assert_eq!(said.status.code(), Some(1));
    assert!(out(&said).contains("Task: Báo cáo") && out(&said).contains(" · set by two"), "{}", out(&said));
    version("ours", "Báo cáo năm");
    let said = machine.try_tiendo(&["merge", "base", "ours", "theirs"]);
    assert_eq!(said.status.code(), Some(0));
    let text = fs::read_to_string(machine.path("ours")).unwrap();
    assert!(
        text.contains("Báo cáo năm") && text.contains("Báo cáo quý") && text.contains("clash: true"),
        "{text}"
    );
    let said = machine.try_tiendo(&["merge", "base", "nothing", "theirs"]);
    assert_eq!(said.status.code(), Some(2));
}

#[test]
fn two_machines_come_together() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    assert_eq!(lan.tiendo(&["sync", "plan.ron"]), "Both sides are the same.\n");
    lan.tiendo(&["set", "plan.ron", "a", "--status", "doing"]);
    let said = lan.tiendo(&["sync", "plan.ron"]);
    let change = "1 · Tổng kết năm trước: Status: Not started → In progress";
    assert_eq!(said, format!("Committed:\n  {change}\nPushed.\n"));
    assert_eq!(lan.git(&["log", "-1", "--format=%s"]).trim_end(), change);
    minh.tiendo(&["set", "plan.ron", "a", "--note", "đã gửi"]);
    minh.tiendo(&["set", "plan.ron", "b", "--status", "paused", "--reason", "chờ"]);
    let said = minh.tiendo(&["sync", "plan.ron"]);
    let lines: Vec<&str> = said.lines().collect();
    assert!(
        lines[0].ends_with("the way to call tiendo is in the configuration of this repository"),
        "{said}"
    );
    assert_eq!(lines[1..3], ["Committed:", "  Plan: 2 changes"]);
    assert_eq!(lines[5..], ["Came in:", &format!("  {change}"), "Pushed."], "{said}");
    let said = lan.tiendo(&["sync", "plan.ron"]);
    assert!(
        said.contains("Note: (empty) → đã gửi") && said.contains("Status: Not started → On hold"),
        "{said}"
    );
    assert_eq!(lan.text(), minh.text());
    assert!(lan.text().contains("// đã lâu"));
    lan.is_clean();
    minh.is_clean();
}

#[test]
fn the_later_of_two_stands_and_the_other_is_told() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    lan.write(&PLAN.replace("quarters: [Q4]", "quarters: [Q4], status: Doing, history: [(at: \"2024-05-20T09:00:00+07:00\", by: \"lan\", field: \"status\", from: \"Todo\", to: \"Doing\")]"));
    minh.write(&PLAN.replace("quarters: [Q4]", "quarters: [Q4], status: Dropped, history: [(at: \"2024-05-20T08:00:00+07:00\", by: \"minh\", field: \"status\", from: \"Todo\", to: \"Dropped\")]"));
    lan.tiendo(&["sync"]);
    let said = minh.tiendo(&["sync"]);
    assert!(said.contains("3 · Báo cáo cuối năm: Status: Withdrawn → In progress · set by two"), "{said}");
    let log = minh.tiendo(&["log", "plan.ron", "c"]);
    let told: Vec<&str> = log.lines().collect();
    assert_eq!(
        told,
        [
            "20/05/2024 09:00  lan   Status: Withdrawn → In progress · set by two",
            "20/05/2024 09:00  lan   Status: Not started → In progress",
            "20/05/2024 08:00  minh  Status: Not started → Withdrawn",
        ]
    );
}

#[test]
fn a_network_that_fails_leaves_nothing_half_done() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    lan.tiendo(&["set", "plan.ron", "a", "--status", "doing"]);
    fs::rename(office.path("hub.git"), office.path("away.git")).unwrap();
    let said = lan.try_tiendo(&["sync", "plan.ron"]);
    assert_eq!(said.status.code(), Some(2));
    assert!(notes(&said).starts_with("Committed here, but nothing could be fetched: "), "{}", notes(&said));
    lan.is_clean();
    fs::rename(office.path("away.git"), office.path("hub.git")).unwrap();
    assert_eq!(lan.tiendo(&["sync", "plan.ron"]), "Pushed.\n");
    assert!(minh.tiendo(&["sync", "plan.ron"]).contains("Came in:\n  1 · Tổng kết năm trước"));
}

#[test]
fn without_another_repository_the_plan_is_committed() {
    let office = Office::new();
    let lan = office.first("lan", PLAN);
    lan.tiendo(&["set", "plan.ron", "a", "--status", "doing"]);
    fs::write(lan.path("draft.txt"), "x").unwrap();
    lan.git(&["add", "draft.txt"]);
    let said = lan.try_tiendo(&["sync", "plan.ron"]);
    assert_eq!(said.status.code(), Some(1));
    assert!(notes(&said).starts_with("tiendo: the repository has no remote"), "{}", notes(&said));
    assert_eq!(lan.git(&["status", "--porcelain"]), "A  draft.txt\n", "what else is staged stays so");
}

#[test]
fn what_else_cannot_be_merged_is_left_to_people() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    for machine in [&lan, &minh] {
        machine.commit_a_note();
        machine.tiendo(&["set", "plan.ron", "a", "--note", machine.name]);
    }
    lan.tiendo(&["sync", "plan.ron"]);
    let said = minh.try_tiendo(&["sync", "plan.ron"]);
    assert_eq!(said.status.code(), Some(2));
    assert!(notes(&said).contains("note.txt"), "{}", notes(&said));
    minh.is_clean();
}
