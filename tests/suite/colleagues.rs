//! Several people at one plan in a shared folder, one of whom is careless, or means the others ill: what that never
//! costs them. One has to be root to be several people; without that, these tests say so and check nothing.

use std::fs;
use std::io;
use std::os::unix::fs::lchown;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::office::{plan_text, set_mode};
use crate::pty::Launch;

mod accounts;
mod clocks;
mod forged;
mod homes;
mod interrupted;
mod large;
mod links;
mod looking;
mod modes;
mod mounts;
mod neighbours;
mod picture;
mod planted;
mod plants;
mod promises;
mod turns;

/// Only a call that would never end takes so long.
const DEADLINE: Duration = Duration::from_secs(25);

/// The kilobytes of memory, and the seconds of a processor, that a call may take before the system ends it.
const ROOM: (u32, u32) = (1_000_000, 20);

/// Somebody with an account on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Person {
    name: &'static str,
    user: u32,
    group: u32,
}

const STAFF: u32 = 61_100;

/// Wants nothing but to work at the plan.
const LAN: Person = Person { name: "lan", user: 61_001, group: STAFF };
/// Wants the same.
const MINH: Person = Person { name: "minh", user: 61_002, group: STAFF };
/// Of the same office; puts things into folders.
const AN: Person = Person { name: "an", user: 61_003, group: STAFF };
/// Not of the office: may read what everybody may read.
const KHACH: Person = Person { name: "khach", user: 61_004, group: 61_200 };

const EVERYBODY: [Person; 4] = [LAN, MINH, AN, KHACH];

/// To whom a file or a folder belongs, and its permissions.
type Owned = (Person, u32);

/// The folder that an office has for its plans.
const OFFICE: [Owned; 2] = [(LAN, 0o2775), (LAN, 0o664)];
/// A folder of An's own, with a plan that the office may change.
const AT_ANS: [Owned; 2] = [(AN, 0o755), (AN, 0o664)];
/// A folder of An's own, with a plan that others are asked to look at.
const TO_LOOK_AT: [Owned; 2] = [(AN, 0o755), (AN, 0o644)];
/// A folder for everybody, where one removes only what is one's own.
const STICKY: [Owned; 2] = [(LAN, 0o1777), (LAN, 0o664)];
/// The same, with a plan that the others may only read.
const STICKY_TO_READ: [Owned; 2] = [(LAN, 0o1777), (LAN, 0o644)];

/// The kinds of folders in which the office may change a plan.
const FOLDERS: [[Owned; 2]; 3] = [OFFICE, AT_ANS, STICKY];

/// What stands in a letter of Lan's, and in a plan of her own.
const PRIVATE: &str = "điều riêng của Lan";

/// A shared folder with a plan in it, and the people's homes. It goes away with the test.
pub(crate) struct Shared {
    root: TempDir,
    folder: PathBuf,
    plan: PathBuf,
}

impl Shared {
    /// Nothing for somebody who cannot be several people.
    fn new(owned: [Owned; 2]) -> Option<Self> {
        Self::named(owned, "ke-hoach.ron")
    }

    fn named([folder, plan]: [Owned; 2], name: &str) -> Option<Self> {
        if !accounts::are_there() {
            return None;
        }
        let root = TempDir::new().unwrap();
        set_mode(root.path(), 0o755);
        let shared =
            Self { folder: root.path().join("chung"), plan: root.path().join("chung").join(name), root };
        fs::create_dir(&shared.folder).unwrap();
        shared.write_plan(&shared.plan, &plan_text(6), plan);
        give(&shared.folder, folder);
        for person in EVERYBODY {
            shared.furnish(person);
        }
        Some(shared)
    }

    fn write_plan(&self, path: &Path, text: &str, owned: Owned) {
        assert!(path.starts_with(self.root.path()));
        fs::write(path, text).unwrap();
        give(path, owned);
    }

    /// A home with letters, some of which are numbered like the earlier texts of a plan.
    fn furnish(&self, person: Person) {
        let home = self.home(person);
        let letters = home.join("thư");
        fs::create_dir_all(&letters).unwrap();
        fs::create_dir_all(home.join(".local/state")).unwrap();
        for number in 1..=30 {
            fs::write(letters.join(format!("{number:08}.ron")), format!("thư {number}: {PRIVATE}")).unwrap();
        }
        fs::write(home.join("công văn.txt"), format!("{PRIVATE}\n")).unwrap();
        let plan = plan_text(2).replace("t0", "riêng").replace("Việc 0", PRIVATE);
        fs::write(home.join("riêng.ron"), plan).unwrap();
        for path in paths_in(&home) {
            give(&path, (person, if path.is_dir() { 0o700 } else { 0o600 }));
        }
        give(&home, (person, 0o700));
    }

    fn home(&self, person: Person) -> PathBuf {
        self.root.path().join("nhà").join(person.name)
    }

    /// What the program keeps beside the plan.
    fn side(&self) -> PathBuf {
        self.folder.join(".tiendo")
    }

    fn text(&self) -> String {
        fs::read_to_string(&self.plan).unwrap()
    }

    fn has_note(&self, note: &str) -> bool {
        self.text().contains(&format!("note: \"{note}\""))
    }

    /// The whole of it once more, as it is.
    fn copy(&self) -> Self {
        let root = TempDir::new().unwrap();
        set_mode(root.path(), 0o755);
        let parts = ["chung", "nhà"].map(|name| self.root.path().join(name));
        let copied = Command::new("cp").arg("-a").args(parts).arg(root.path()).status().unwrap();
        assert!(copied.success());
        let folder = root.path().join("chung");
        Self { plan: folder.join(self.plan.file_name().unwrap()), folder, root }
    }

    /// Somebody types in the file, which is no plan meanwhile.
    fn break_plan(&self) -> String {
        let text = self.text();
        fs::write(&self.plan, "Plan(title: \"Kế hoạch\", year: 2024, tasks: [(id: ").unwrap();
        text
    }
}

/// All that is in a folder, a folder before what is in it.
fn paths_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let within = |path: PathBuf| {
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|found| found.is_dir());
        let inner = if is_folder { paths_in(&path) } else { Vec::new() };
        std::iter::once(path).chain(inner)
    };
    paths.into_iter().flat_map(within).collect()
}

/// Lets a file or a folder belong to somebody. A link has no permissions of its own.
fn give(path: &Path, (person, mode): Owned) {
    lchown(path, Some(person.user), Some(person.group)).unwrap();
    if !fs::symlink_metadata(path).unwrap().is_symlink() {
        set_mode(path, mode);
    }
}

/// What a call came to.
#[derive(Debug)]
struct Said {
    out: String,
    notes: String,
    /// `None`, if it was ended from outside: it took too long, or too much.
    exit: Option<i32>,
}

impl Person {
    fn owns(self, mode: u32) -> Owned {
        (self, mode)
    }

    /// The program, with its limits. What stands before it, such as `strace`, is called with it.
    fn command(self, shared: &Shared, before: &[&str], words: &[&str]) -> Command {
        self.limited(shared, ROOM, before, words)
    }

    fn limited(self, shared: &Shared, room: (u32, u32), before: &[&str], words: &[&str]) -> Command {
        let (memory, time) = room;
        let script = format!("cd 2>/dev/null; umask 022; ulimit -v {memory}; ulimit -t {time}; exec \"$@\"");
        let [nsenter, rest @ ..] = self.as_themselves();
        let mut command = Command::new(nsenter);
        command.args(rest).args(["sh", "-c", &script, "sh"]).args(before);
        command.arg(env!("CARGO_BIN_EXE_tiendo")).args(words).env_clear();
        command.env("HOME", self.home(shared)).env("USER", self.name).env("TERM", "xterm");
        command.env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn home(self, shared: &Shared) -> PathBuf {
        shared.home(self)
    }

    fn call(self, shared: &Shared, words: &[&str]) -> Said {
        finish(&mut self.command(shared, &[], words))
    }

    /// A verb that only looks at the plan.
    fn look(self, shared: &Shared, verb: &str) -> Said {
        let task: &[&str] = if verb == "show" { &["t5"] } else { &[] };
        self.call(shared, &[&[verb, shared.plan.to_str().unwrap()], task].concat())
    }

    fn set_note(self, shared: &Shared, task: usize, note: &str) -> Said {
        self.set_note_in(shared, &shared.plan, task, note)
    }

    fn set_note_in(self, shared: &Shared, plan: &Path, task: usize, note: &str) -> Said {
        self.call(shared, &["set", plan.to_str().unwrap(), &format!("t{task}"), "--note", note])
    }

    /// Sets a note, and can.
    #[track_caller]
    fn saves(self, shared: &Shared, task: usize, note: &str) {
        let said = self.set_note(shared, task, note);
        assert_eq!(said.exit, Some(0), "{} cannot save: {said:?}", self.name);
        assert!(shared.has_note(note), "{} saved, and it is not there: {said:?}", self.name);
    }

    /// The board on the plan.
    fn board(self, shared: &Shared) -> Launch {
        self.board_after(shared, &[])
    }

    /// Opens the board, waits until it has come to rest, and leaves it without answering anything.
    fn looks_at_the_board(self, shared: &Shared) -> u32 {
        let mut board = self.board(shared).start();
        board.wait_for("Việc 5");
        while board.sent_in(Duration::from_millis(300)) > 0 {}
        board.send(CTRL_C).end()
    }

    /// The same, after something that only root can do has been done.
    fn board_after(self, shared: &Shared, before: &[&str]) -> Launch {
        let words = self.as_themselves();
        let words = words.each_ref().map(String::as_str);
        let (world, person) = words.split_at(3);
        let launch = Launch::on(&shared.plan).within(&[world, before, person].concat());
        let launch = launch.variable("HOME", self.home(shared).to_str().unwrap()).variable("USER", self.name);
        launch.variable("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
    }
}

/// Leaves the board; the first may only close what is open before it.
const F10: &str = "\x1b[21~";

/// Leaves it from everywhere, and answers nothing.
const CTRL_C: &str = "\x03";

/// The verbs that only look.
const LOOKS: [&str; 5] = ["list", "show", "check", "log", "restore"];

fn finish(command: &mut Command) -> Said {
    let child = command.spawn().unwrap();
    let process = Pid::from_child(&child);
    let (done, waiting) = channel();
    thread::spawn(move || done.send(child.wait_with_output()));
    let output: io::Result<Output> = waiting.recv_timeout(DEADLINE).unwrap_or_else(|_| {
        let _ = kill_process(process, Signal::KILL);
        waiting.recv().unwrap()
    });
    let output = output.unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Said { out: text(output.stdout), notes: text(output.stderr), exit: output.status.code() }
}

impl Said {
    /// Whether a complaint tells what is in the way: the file itself, or a folder that it is in.
    fn names(&self, path: &Path) -> bool {
        path.file_name().is_some_and(|name| self.notes.contains(name.to_str().unwrap()))
    }
}

#[track_caller]
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

fn has_strace() -> bool {
    let traced =
        Command::new("strace").args(["-qq", "true"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let is_there = traced.is_ok_and(|status| status.success());
    if !is_there {
        eprintln!("not tested, because there is no strace: what a colleague does in the middle of a save");
    }
    is_there
}
