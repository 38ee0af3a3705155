//! Links that are put in the way at the very moment when it matters.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

use rustix::fs::{CWD, RenameFlags, renameat_with};

use super::forged::journal;
use super::picture::Picture;
use super::*;
use crate::office::times;

/// Somebody who does one thing over and over until told to stop.
struct Busy {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Busy {
    fn with(act: impl Fn() + Send + 'static) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let is_over = Arc::clone(&stop);
        let thread = thread::spawn(move || {
            while !is_over.load(Ordering::Relaxed) {
                act();
            }
        });
        Self { stop, thread: Some(thread) }
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.take().unwrap().join().unwrap();
    }
}

/// A folder that the program has just made is moved away, and a link stands in its place before it can be given to
/// the group. The system is made to wait a little after each folder that it makes.
#[test]
fn a_folder_in_the_making_is_never_somebody_elses() {
    if !has_strace() {
        return;
    }
    for is_first in [true, false] {
        let Some(shared) = Shared::new(OFFICE) else { return };
        if !is_first {
            LAN.saves(&shared, 0, "trước");
            for folder in paths_in(&shared.side()).iter().filter(|path| path.is_dir()) {
                plants::remove(folder);
            }
        }
        let letters = LAN.home(&shared).join("thư");
        let before = Picture::of(&letters, &[]);
        let known: Vec<PathBuf> = paths_in(&shared.folder);
        let (folder, target, away) =
            (shared.folder.clone(), letters.clone(), shared.root.path().join("nhà/an"));
        let swapper = Busy::with(move || swap_new_folders(&folder, &known, &away, &target));
        let before_it =
            ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=mkdir,mkdirat:delay_exit=300000"];
        let plan = shared.plan.to_str().unwrap();
        let said = finish(&mut LAN.command(&shared, &before_it, &["set", plan, "t0", "--note", "Lan ghi"]));
        drop(swapper);
        assert_eq!(before.changes(&Picture::of(&letters, &[])), [""; 0], "{said:?}");
    }
}

/// What the folder has and did not have becomes a link.
fn swap_new_folders(folder: &Path, known: &[PathBuf], away: &Path, target: &Path) {
    let all = [folder.to_owned(), folder.join(".tiendo")];
    let entries = all.iter().filter_map(|it| fs::read_dir(it).ok()).flatten().flatten();
    for path in entries.map(|entry| entry.path()).filter(|path| !known.contains(path)) {
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|found| found.is_dir());
        if is_folder && fs::rename(&path, away.join(path.file_name().unwrap())).is_ok() {
            let _ = symlink(target, &path);
        }
    }
}

/// The plan is now a plan, now a link to a letter of Lan's, as fast as it can be. What An wants written into that one
/// lies in a journal; all is long, so that there is time.
#[test]
fn a_plan_that_becomes_a_link_while_one_looks_costs_nobody_a_file() {
    for owned in [AT_ANS, OFFICE] {
        let Some(shared) = Shared::new(owned) else { return };
        let home = LAN.home(&shared);
        let before = Picture::of(&home, &[home.join(".local")]);
        let link = shared.folder.join("đường tắt");
        symlink(home.join("công văn.txt"), &link).unwrap();
        give(&link, AN.owns(0));
        fs::create_dir(shared.side()).unwrap();
        give(&shared.side(), AN.owns(0o2775));
        let text = format!("{}{}", shared.text(), "\n".repeat(2 << 20));
        let forged = journal(b"AN WAS HERE", format!("{text} ").as_bytes());
        let way = shared.side().join("ke-hoach.ron.journal");
        for _ in 0..times(4, 40) {
            shared.write_plan(&shared.plan, &text, owned[1]);
            plants::remove(&way);
            fs::write(&way, &forged).unwrap();
            give(&way, AN.owns(0o644));
            let (plan, other) = (shared.plan.clone(), link.clone());
            let swapper = Busy::with(move || {
                let _ = renameat_with(CWD, &plan, CWD, &other, RenameFlags::EXCHANGE);
            });
            LAN.look(&shared, "list");
            LAN.set_note(&shared, 0, "Lan ghi");
            drop(swapper);
            if fs::symlink_metadata(&shared.plan).unwrap().is_symlink() {
                renameat_with(CWD, &shared.plan, CWD, &link, RenameFlags::EXCHANGE).unwrap();
            }
            let mut changes = before.changes(&Picture::of(&home, &[home.join(".local")]));
            // Lan herself has saved a plan of that name, as far as she could see.
            changes.retain(|change| !change.starts_with(".tiendo") && !change.starts_with(' '));
            assert_eq!(changes, [""; 0], "{owned:?}");
        }
    }
}
