//! The accounts of the people in these tests: a server of its own, as far as the lists of users and groups go.
//!
//! Who may write a plan is asked of the system, so that the people have to be known there. The lists are laid over the
//! real ones in a world that only the calls of these tests see.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

use super::{EVERYBODY, Person, STAFF};
use crate::office::is_root;

/// The process that keeps the world. Its end comes with the end of the tests, which close its input.
static WORLD: OnceLock<Option<Child>> = OnceLock::new();

/// Whether there can be several people here.
pub(super) fn are_there() -> bool {
    let is_there = world().is_some();
    if !is_there {
        eprintln!(
            "not tested, because one has to be root, and to be allowed to mount: several people in one folder"
        );
    }
    is_there
}

fn world() -> Option<&'static Child> {
    WORLD.get_or_init(|| if is_root() { start() } else { None }).as_ref()
}

fn start() -> Option<Child> {
    let lists = TempDir::new().unwrap();
    let [users, groups] = ["passwd", "group"].map(|name| lists.path().join(name));
    let known = |name| fs::read_to_string(name).unwrap_or_default();
    let line = |person: Person| format!("{}:x:{}:{}::/:/bin/sh\n", person.name, person.user, person.group);
    fs::write(&users, known("/etc/passwd") + &EVERYBODY.map(line).concat()).unwrap();
    fs::write(&groups, known("/etc/group") + &format!("vanphong:x:{STAFF}:\nkhach:x:61200:\n")).unwrap();
    let script = "mount --bind \"$1\" /etc/passwd && mount --bind \"$2\" /etc/group && echo ready && read _";
    let mut command = Command::new("unshare");
    command.args(["-m", "sh", "-c", script, "sh"]).args([&users, &groups]);
    let mut world =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut told = String::new();
    BufReader::new(world.stdout.take()?).read_line(&mut told).ok()?;
    (told == "ready\n").then_some(world)
}

impl Person {
    /// What stands before a call of this person's.
    pub(super) fn as_themselves(self) -> [String; 7] {
        let world = world().expect("somebody has asked before whether there is one");
        [
            "nsenter".to_owned(),
            format!("--target={}", world.id()),
            "--mount".to_owned(),
            "setpriv".to_owned(),
            format!("--reuid={}", self.user),
            format!("--regid={}", self.group),
            "--clear-groups".to_owned(),
        ]
    }
}
