//! A file system that cannot exchange two files, as those of networks: where bindfs can lay one over a folder.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::office::is_root;

/// A folder whose files are another folder's, by way of a program, until the test is over.
struct Mount {
    folder: TempDir,
}

impl Mount {
    /// None where there is no bindfs, or no right to mount.
    fn new() -> Option<Self> {
        if !is_root() {
            return None;
        }
        let folder = TempDir::new().unwrap();
        let mount = Self { folder };
        let [real, mounted] = ["real", "mounted"].map(|name| mount.path(name));
        fs::create_dir(&real).unwrap();
        fs::create_dir(&mounted).unwrap();
        let mut command = Command::new("bindfs");
        let said = command.args([&real, &mounted]).stderr(Stdio::null()).status();
        said.is_ok_and(|said| said.success()).then_some(mount)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path("mounted")).stderr(Stdio::null()).status();
    }
}

/// What other tests show of a local disk.
const TESTS: [&str; 8] = [
    "crowds::eight_who_write_at_once_lose_nothing",
    "crowds::twenty_who_write_at_once_lose_nothing",
    "crowds::whoever_is_killed_takes_nothing_of_the_others_along",
    "races::many_threads_lose_nothing",
    "races::many_processes_lose_nothing",
    "races::tasks_added_at_the_same_place_are_all_there",
    "races::a_process_killed_while_saving_leaves_the_old_plan_or_the_new_one",
    "races::a_reader_never_sees_half_a_save",
];

#[test]
fn where_files_cannot_be_exchanged_nothing_is_lost_among_us() {
    let Some(mount) = Mount::new() else {
        println!("no bindfs here: nothing was checked");
        return;
    };
    let mut command = Command::new(std::env::current_exe().unwrap());
    let said = command.args(TESTS).arg("--exact").env("TMPDIR", mount.path("mounted")).output().unwrap();
    let told = String::from_utf8_lossy(&said.stdout);
    assert!(told.contains(&format!("{} passed; 0 failed", TESTS.len())), "{told}");
}
