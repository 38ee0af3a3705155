//! The power goes: what a disk has at one instant of the work, without anything that the system still holds back.
//!
//! The disk is a file on another disk, one that takes a copy of a file in an instant (btrfs). Such a copy is what the
//! machine would find when it starts again.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tiendo::store::{Saved, Store};

use crate::office::*;

const WRITERS: usize = 4;

/// A disk that can be looked at as a cut would leave it.
struct Disk {
    folder: TempDir,
}

impl Disk {
    /// Nothing where disks cannot be made or mounted, as without root.
    fn new() -> Option<Self> {
        let disk = Self { folder: TempDir::new().unwrap() };
        let made = is_root()
            && ["around", "now", "cut"]
                .iter()
                .all(|name| fs::create_dir(disk.folder.path().join(name)).is_ok())
            && disk.sh(
                "truncate -s 1G around.img && mkfs.btrfs -q around.img && mount -o loop around.img around",
            )
            && disk.sh("truncate -s 64M around/disk.img && mkfs.ext4 -q around/disk.img")
            && disk.sh("mount -o loop around/disk.img now");
        if !made {
            eprintln!("not tested, because no disk can be made: a power cut");
        }
        made.then_some(disk)
    }

    fn sh(&self, script: &str) -> bool {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]).current_dir(&self.folder);
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
    }

    fn plan(&self, disk: &str) -> PathBuf {
        self.folder.path().join(disk).join("kế hoạch.ron")
    }

    /// The plan as it is found after a cut at this moment.
    fn cut(&self, look: impl FnOnce(&Path)) {
        assert!(self.sh("cp --reflink=always around/disk.img around/cut.img"));
        assert!(self.sh("mount -o loop around/cut.img cut"));
        look(&self.plan("cut"));
        // A process that another test is just starting may still have its files.
        assert!(self.sh("for i in $(seq 100); do umount cut && exit 0; sleep 0.05; done; exit 1"));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        for disk in ["cut", "now", "around"] {
            self.sh(&format!("umount {disk}"));
        }
    }
}

/// They go on until nobody looks at them any more.
struct Writers(Vec<Child>);

impl Drop for Writers {
    fn drop(&mut self) {
        for writer in &mut self.0 {
            writer.kill().unwrap();
            writer.wait().unwrap();
        }
    }
}

fn start(mut command: Command) -> Child {
    command.spawn().unwrap()
}

/// Cuts the power again and again while several people save.
fn cut_while_saving(prepare: impl FnOnce(&Path)) {
    let Some(disk) = Disk::new() else { return };
    let plan = disk.plan("now");
    fs::write(&plan, plan_text(40)).unwrap();
    prepare(&plan);
    assert!(disk.sh("sync"));
    let cuts = times(8, 100);
    let confirmed = Mutex::new([0; WRITERS]);
    thread::scope(|scope| {
        let mut writers =
            Writers((0..WRITERS).map(|task| writer(&plan, task, usize::MAX)).map(start).collect());
        for (task, writer) in writers.0.iter_mut().enumerate() {
            let (told, confirmed) = (writer.stdout.take().unwrap(), &confirmed);
            scope.spawn(move || {
                for line in told_lines(told) {
                    let (saved, count) = line.split_once(' ').unwrap();
                    assert_eq!(saved, "Confirmed");
                    confirmed.lock().unwrap()[task] = count.parse::<usize>().unwrap();
                }
            });
        }
        // On a busy machine some get to work late.
        let until = Instant::now() + Duration::from_secs(60);
        while confirmed.lock().unwrap().contains(&0) && Instant::now() < until {
            thread::sleep(Duration::from_millis(5));
        }
        for cut in 0..cuts {
            thread::sleep(Duration::from_millis(7 * (cut as u64 % 13)));
            let promised = *confirmed.lock().unwrap();
            disk.cut(|plan| {
                let mut store = Store::open(plan).unwrap();
                for (task, promised) in promised.into_iter().enumerate() {
                    assert!(note(&store, task) >= promised, "cut {cut}, task {task}: {promised}");
                }
                assert_eq!(count_once(&mut store, WRITERS).unwrap(), Saved::Confirmed);
                assert_eq!(comments(&fs::read_to_string(plan).unwrap()), 80);
            });
        }
    });
    let confirmed = confirmed.into_inner().unwrap();
    println!("{cuts} cuts, {} confirmed changes", confirmed.iter().sum::<usize>());
    assert!(confirmed.iter().all(|count| *count > 0), "{confirmed:?}");
}

#[test]
fn what_was_confirmed_is_there_after_a_power_cut() {
    cut_while_saving(|_| {});
}

#[test]
fn what_was_confirmed_is_there_after_a_power_cut_where_the_file_has_to_stay_the_same_one() {
    cut_while_saving(|plan| fs::hard_link(plan, plan.with_file_name("tên khác.ron")).unwrap());
}
