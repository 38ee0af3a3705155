//! What each call prints, and how it exits: the program itself, in a folder of its own.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

mod check;
mod config;
mod edits;
mod hostile;
mod injection;
mod lists;
mod log;
mod more;
mod mornings;
mod new;
mod quarter;
mod restore;
mod steps;
mod summary;
mod tell;
mod terminal;
mod times;
mod understanding;

/// A plan small enough to be read here. Today is 20 May 2024 in every call, unless it says otherwise.
const PLAN: &str = r#"#![enable(implicit_some)]
// Kế hoạch của phòng.
Plan(
    version: 1,
    title: "Kế hoạch công tác năm 2024",
    number: "01/KH-SNV",
    issuer: "Sở Nội vụ",
    issued: "2024-01-10",
    year: 2024,
    agencies: [
        (name: "Ban TĐKT", full: "Ban Thi đua - Khen thưởng", aliases: ["Ban Thi đua Khen thưởng"]),
    ],
    tasks: [
        (id: "a", no: "1", title: "Tổng kết năm trước", lead: ["Ban TĐKT"], quarters: [Q1]), // đã lâu
        (
            id: "b",
            no: "2",
            title: "Tổ chức hội nghị sơ kết",
            lead: ["Ban Thi đua - Khen thưởng"],
            support: ["Sở Tài chính", "Văn phòng UBND tỉnh"],
            quarters: [Q2, Q3],
            time: "Quý II, III",
            due: "2024-05-24",
            status: Doing,
        ),
        (id: "c", no: "3", title: "Báo cáo | cuối năm", lead: ["Sở Tài chính"], quarters: [Q4]),
        (id: "d", no: "4", title: "Trực điện thoại", lead: ["Văn phòng UBND tỉnh"]),
        (id: "e", no: "5", title: "Gửi kế hoạch", lead: ["Sở Tư pháp"], quarters: [Q1], status: Done, done_on: "2024-04-02"),
    ],
)
"#;

/// A folder with a plan in it, gone after the test.
struct Desk {
    folder: TempDir,
}

/// What a call came to.
#[derive(Debug)]
struct Said {
    out: String,
    notes: String,
    exit: i32,
}

impl Desk {
    fn new() -> Self {
        Self::with("plan.ron", PLAN)
    }

    fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn with(name: &str, text: &str) -> Self {
        let desk = Self::empty();
        desk.write(name, text);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        command.args(words).current_dir(self.folder.path()).env_clear();
        command.env("HOME", self.folder.path()).env("TERM", "xterm");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Calls the program as of 20 May 2024.
    fn call(&self, words: &[&str]) -> Said {
        finish(self.command(words).args(["--today", "2024-05-20"]))
    }

    /// Calls it in English.
    fn english(&self, words: &[&str]) -> Said {
        finish(self.command(words).args(["--today", "2024-05-20", "--lang", "en"]))
    }
}

fn finish(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { out: text(output.stdout), notes: text(output.stderr), exit: output.status.code().unwrap() }
}

impl Said {
    /// The one assertion of these tests: what is printed, what is complained of, and the exit status.
    #[track_caller]
    fn is(&self, out: &str, notes: &str, exit: i32) {
        assert_eq!((self.out.as_str(), self.notes.as_str(), self.exit), (out, notes, exit));
    }

    /// What was printed by a call that went well.
    #[track_caller]
    fn fine(self) -> String {
        assert_eq!((self.notes.as_str(), self.exit), ("", 0), "{}", self.out);
        self.out
    }

    #[track_caller]
    fn json(self) -> Value {
        serde_json::from_str(&self.fine()).unwrap()
    }
}

/// The ids of the tasks that a list has, in its order.
fn ids(desk: &Desk, words: &[&str]) -> String {
    let json = desk.call(&[&["list", "--format", "json"], words].concat()).json();
    let tasks = json["tasks"].as_array().unwrap();
    tasks.iter().map(|task| task["id"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
}
