//! A folder with a plan in it, and the people who work on it: what the tests of the disk have in common.

use std::fs::{self, Permissions};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use chrono::{DateTime, TimeDelta};
use tempfile::TempDir;
use tiendo::plan::{Change, Edit, Field, Stamp, TaskId};
use tiendo::store::{Policy, Saved, Store, StoreError};
use tiendo::words::Lang;

/// How much more is done when there is time.
pub(crate) fn times(short: usize, long: usize) -> usize {
    if std::env::var_os("TIENDO_LONG").is_some() { long } else { short }
}

/// A folder that goes away with the test, and a plan in it.
pub(crate) struct Office {
    pub(crate) folder: TempDir,
    pub(crate) plan: PathBuf,
}

impl Office {
    pub(crate) fn with(tasks: usize) -> Self {
        Self::with_text(&plan_text(tasks))
    }

    pub(crate) fn with_text(text: &str) -> Self {
        let folder = TempDir::new().unwrap();
        let plan = folder.path().join("kế hoạch.ron");
        fs::write(&plan, text).unwrap();
        // Other users are to come in, where a test has some.
        set_mode(folder.path(), 0o777);
        Self { folder, plan }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn text(&self) -> String {
        fs::read_to_string(&self.plan).unwrap()
    }

    /// The plan as one and the same person opens it.
    pub(crate) fn store(&self) -> Store {
        Store::open_with(&self.plan, Some(&self.state())).unwrap()
    }

    /// The same once what waits is saved, if it can be.
    pub(crate) fn back(&self) -> Store {
        let mut store = self.store();
        let _ = store.refresh();
        store
    }

    /// That person's own folder.
    pub(crate) fn state(&self) -> PathBuf {
        self.folder.path().join(".local/state/tiendo")
    }

    pub(crate) fn note(&self, task: usize) -> usize {
        note(&self.store(), task)
    }

    /// What is beside the plan and should not stay there.
    pub(crate) fn leftovers(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(".tiendo")) else { return Vec::new() };
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names
            .filter(|name| {
                ![".lock", ".snap", ".log", ".log.old", ".gitignore"].iter().any(|it| name.ends_with(it))
            })
            .collect()
    }
}

/// Each task has a comment and a number in its note, which the tests count up.
pub(crate) fn plan_text(tasks: usize) -> String {
    let task = |n| {
        format!(
            "        (id: \"t{n}\", title: \"Việc {n}\", note: \"0\"), // giữ lại {n}\n        // và cả dòng này\n"
        )
    };
    let tasks: String = (0..tasks).map(task).collect();
    format!(
        "#![enable(implicit_some)]\n// Đầu tệp.\nPlan(\n    title: \"Kế hoạch\",\n    year: 2024,\n    tasks: [\n{tasks}    ],\n)\n"
    )
}

pub(crate) fn stamp() -> Stamp {
    Stamp {
        at: DateTime::parse_from_rfc3339("2024-05-20T08:00:00+07:00").unwrap(),
        by: "lan".into(),
        why: tiendo::plan::Why::Untold,
        on: None,
    }
}

/// So much later that what is done then is told by itself.
pub(crate) fn stamp_later(times: usize) -> Stamp {
    Stamp { at: stamp().at + TimeDelta::minutes(11 * times as i64), ..stamp() }
}

pub(crate) fn id(task: usize) -> TaskId {
    TaskId::new(format!("t{task}"))
}

pub(crate) fn note(store: &Store, task: usize) -> usize {
    store.plan().task(&id(task)).unwrap().note.parse().unwrap()
}

pub(crate) fn count(task: usize, from: usize) -> [Change; 1] {
    let edit = Edit::new(Field::Note, from.to_string(), (from + 1).to_string());
    [Change::Edit { task: id(task), edit }]
}

pub(crate) fn count_once(store: &mut Store, task: usize) -> Result<Saved, StoreError> {
    let note = note(store, task);
    let outcome = store.commit(&count(task, note), &stamp_later(note), Policy::Ask)?;
    assert_eq!(outcome.conflict, None);
    Ok(outcome.saved)
}

pub(crate) fn count_on(store: &mut Store, task: usize, times: usize) {
    for _ in 0..times {
        assert_eq!(count_once(store, task).unwrap(), Saved::Confirmed);
    }
}

pub(crate) fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

pub(crate) fn inode(path: &Path) -> u64 {
    fs::symlink_metadata(path).unwrap().ino()
}

/// A process of its own that counts up the note of one task, and says so each time it was told that it is saved.
pub(crate) fn writer(plan: &Path, task: usize, times: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["office::a_writer", "--exact", "--nocapture"]);
    command.env("TIENDO_WRITER", plan).env("TIENDO_TASK", task.to_string());
    command.env("TIENDO_TIMES", times.to_string());
    command.env("TIENDO_STATE", plan.parent().unwrap().join(".local/state/tiendo"));
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// Not a test unless it is started by another one, as another process.
#[test]
fn a_writer() {
    let Some(plan) = std::env::var_os("TIENDO_WRITER") else { return };
    let number = |name| std::env::var(name).unwrap().parse::<usize>().unwrap();
    let state = std::env::var_os("TIENDO_STATE").map(PathBuf::from);
    println!();
    let mut store = Store::open_with(Path::new(&plan), state.as_deref()).unwrap();
    if let Some(text) = std::env::var_os("TIENDO_TYPING") {
        // Somebody is typing in the file by now.
        fs::write(&plan, text.as_encoded_bytes()).unwrap();
    }
    for _ in 0..number("TIENDO_TIMES") {
        match count_once(&mut store, number("TIENDO_TASK")) {
            Ok(saved) => println!("{saved:?} {}", note(&store, number("TIENDO_TASK"))),
            Err(trouble) => println!("StoreError {}", trouble.message(Lang::En)),
        }
    }
}

/// What the process was told, line by line.
pub(crate) fn lines(child: &mut Child) -> Vec<String> {
    told_lines(child.stdout.take().unwrap()).collect()
}

/// The same as it comes.
pub(crate) fn told_lines(output: impl Read) -> impl Iterator<Item = String> {
    BufReader::new(output).lines().map_while(Result::ok).filter(|line| {
        ["Confirmed", "Unconfirmed", "Waiting", "StoreError"].iter().any(|it| line.starts_with(it))
    })
}

pub(crate) fn run(command: &mut Command) -> Vec<String> {
    let mut child = command.spawn().unwrap();
    let lines = lines(&mut child);
    child.wait().unwrap();
    lines
}

pub(crate) fn comments(text: &str) -> usize {
    text.matches("// giữ lại").count() + text.matches("// và cả dòng này").count()
}

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// The writer as another user, with the umask of somebody careful.
pub(crate) fn as_user(plan: &Path, user: u32, group: u32, umask: &str) -> Command {
    let writer = writer(plan, 0, 1);
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &format!("umask {umask}; exec \"$@\""), "sh"]).arg(writer.get_program());
    command.args(writer.get_args()).envs(writer.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.uid(user).gid(group).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// The number that stands before a record. It keeps nobody out: every copy of the program can work it out.
pub(crate) fn digest(bytes: &[u8]) -> u64 {
    const fn mix(state: u64, word: u64) -> u64 {
        let product = (state ^ word) as u128 * 0xd6e8_feb8_6659_fd93_u128;
        (product ^ (product >> 64)) as u64 ^ state.rotate_left(23)
    }
    let word = |bytes: &[u8]| {
        let mut word = [0; 8];
        word[..bytes.len()].copy_from_slice(bytes);
        u64::from_le_bytes(word)
    };
    let mut states = [1, 2, 3, 4].map(|lane| mix(0x9e37_79b9_7f4a_7c15, lane));
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (state, part) in states.iter_mut().zip(block.chunks_exact(8)) {
            *state = mix(*state, word(part));
        }
    }
    let state = states.into_iter().fold(bytes.len() as u64, mix);
    mix(blocks.remainder().chunks(8).fold(state, |state, rest| mix(state, word(rest))), 0)
}

/// Everything in a folder, each file put into another folder in this way.
pub(crate) fn copy_folder(from: &Path, to: &Path, put: fn(&Path, &Path)) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &to, put);
        } else {
            put(&path, &to);
        }
    }
}

pub(crate) fn copy_file(from: &Path, to: &Path) {
    fs::copy(from, to).unwrap();
}
