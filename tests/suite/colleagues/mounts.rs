//! The disk with a plan is taken away and comes back, or another is laid over it, while a board is open.

use std::path::Path;
use std::process::{Command, Stdio};

use super::*;
use crate::pty::Terminal;

/// A board in a world of its own, in which disks can be mounted.
struct World {
    board: Terminal,
}

impl World {
    /// The shared folder is a disk of its own, with the plan on it; what it hides is a plan with another title.
    fn with(shared: &Shared) -> Option<Self> {
        let folder = shared.folder.to_str().unwrap();
        let plan = shared.plan.to_str().unwrap();
        let words = ["-m", "mount", "-t", "tmpfs", "tiendo", folder];
        let tried = Command::new("unshare").args(words).stderr(Stdio::null()).status();
        if !tried.is_ok_and(|status| status.success()) {
            eprintln!("not tested, because nothing can be mounted: a disk that is taken away");
            return None;
        }
        let text = shared.text().replace("Kế hoạch", "Kế hoạch trên đĩa");
        fs::write(shared.root.path().join("trên đĩa.ron"), text).unwrap();
        let disk = shared.root.path().join("trên đĩa.ron");
        let script = format!(
            "mount -t tmpfs -o mode=2775,uid={},gid={STAFF} tiendo '{folder}' && \
             install -o {} -g {STAFF} -m 664 '{}' '{plan}' && cd / && exec \"$@\"",
            LAN.user,
            LAN.user,
            disk.display(),
        );
        let mut board = LAN.board_after(shared, &["unshare", "-m", "sh", "-c", &script, "sh"]).start();
        board.wait_for("Kế hoạch trên đĩa");
        // Until what was begun at the start is done.
        while board.sent_in(Duration::from_millis(500)) > 0 {}
        Some(Self { board })
    }

    fn run(&self, words: &[&str]) {
        let process = self.board.process().to_string();
        let status = Command::new("nsenter").args(["-t", &process, "-m"]).args(words).status().unwrap();
        assert!(status.success(), "{words:?}");
    }

    fn leave(mut self) {
        self.board.send(F10.repeat(2));
        assert_eq!(self.board.end(), 0, "{}", self.board.text());
    }
}

/// Whoever saves now saves into what is there now.
fn assert_saves_there(world: &mut World, plan: &Path) {
    world.board.send("\x1b[C".repeat(3)).send(" ").wait_for("Đang thực hiện");
    let process = world.board.process();
    let inside =
        Path::new("/proc").join(process.to_string()).join("root").join(plan.strip_prefix("/").unwrap());
    assert!(fs::read_to_string(inside).unwrap().contains("status: Doing"));
}

#[test]
fn a_disk_that_is_taken_away_is_noticed() {
    let Some(shared) = Shared::new(OFFICE) else { return };
    let Some(mut world) = World::with(&shared) else { return };
    world.run(&["umount", "-l", shared.folder.to_str().unwrap()]);
    world.board.wait_until_gone("Kế hoạch trên đĩa").wait_for("Kế hoạch");
    assert_saves_there(&mut world, &shared.plan);
    world.leave();
}

#[test]
fn a_disk_that_is_laid_over_another_is_noticed() {
    let Some(shared) = Shared::new(OFFICE) else { return };
    let Some(mut world) = World::with(&shared) else { return };
    let over = shared.root.path().join("đè lên");
    fs::create_dir(&over).unwrap();
    give(&over, OFFICE[0]);
    let text = shared.text().replace("Kế hoạch", "Kế hoạch đè lên");
    shared.write_plan(&over.join("ke-hoach.ron"), &text, OFFICE[1]);
    world.run(&["mount", "--bind", over.to_str().unwrap(), shared.folder.to_str().unwrap()]);
    world.board.wait_for("Kế hoạch đè lên");
    assert_saves_there(&mut world, &shared.plan);
    world.leave();
}
