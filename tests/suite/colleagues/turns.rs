//! Waiting for one's turn: nobody who may only read holds anybody up, nobody waits for ever, and nothing that was
//! typed is lost meanwhile.

use std::fs::{self, File};
use std::os::unix::fs::MetadataExt;
use std::process::Child;
use std::time::Instant;

use super::plants::Plant;
use super::*;

impl Person {
    /// Whether the permissions let this person read it. Those of the folders above do for all in these tests.
    fn reads(self, path: &Path) -> bool {
        let found = fs::metadata(path).unwrap();
        let shift = match (found.uid() == self.user, found.gid() == self.group) {
            (true, _) => 6,
            (_, true) => 3,
            _ => 0,
        };
        found.mode() >> shift & 4 == 4
    }
}

/// Locks, as its reader can, all that somebody may only read.
fn lock_all(shared: &Shared, reader: Person) -> Vec<File> {
    let all = [shared.folder.clone()].into_iter().chain(paths_in(&shared.folder));
    let readable = all.filter(|path| (path.is_file() || path.is_dir()) && reader.reads(path));
    let lock = |path: PathBuf| {
        let file = File::open(path).unwrap();
        file.lock().unwrap();
        file
    };
    readable.map(lock).collect()
}

#[test]
fn who_may_only_read_keeps_nobody_from_saving() {
    for owned in
        [OFFICE, STICKY_TO_READ, TO_LOOK_AT, [(LAN, 0o755), (LAN, 0o644)], [(AN, 0o755), (AN, 0o664)]]
    {
        let Some(shared) = Shared::new(owned) else { return };
        let owner = owned[1].0;
        for note in ["lần đầu", "lần sau"] {
            let locks = lock_all(&shared, KHACH);
            assert!(!locks.is_empty());
            owner.saves(&shared, 0, note);
            if owned[1].1 == 0o664 {
                MINH.saves(&shared, 1, &format!("Minh, {note}"));
            }
            drop(locks);
            owner.saves(&shared, 2, &format!("{note} nữa"));
        }
    }
}

/// Somebody who waits for a turn has not given up before.
const PATIENCE: Duration = Duration::from_secs(10);

/// A save of Lan's that is stopped at this call of the system, and goes on when the answer is dropped.
struct Stopped {
    tracer: Child,
    tracee: Pid,
}

impl Stopped {
    fn at(shared: &Shared, call: &str) -> Self {
        let log = LAN.home(shared).join("vết");
        let (trace, stop) = (format!("trace={call}"), format!("inject={call}:signal=STOP:when=1"));
        let before = ["strace", "-f", "-qq", "-o", log.to_str().unwrap(), "-e", &trace, "-e", &stop];
        let words = ["set", shared.plan.to_str().unwrap(), "t0", "--note", "Lan dừng"];
        let mut tracer = LAN.limited(shared, (4_000_000, 60), &before, &words).spawn().unwrap();
        loop {
            let told = fs::read_to_string(&log).unwrap_or_default();
            if let Some(line) = told.lines().find(|line| line.contains("stopped by SIGSTOP")) {
                let number = line.split_whitespace().next().unwrap().parse().unwrap();
                return Self { tracer, tracee: Pid::from_raw(number).unwrap() };
            }
            assert_eq!(tracer.try_wait().unwrap(), None, "the save has not come to {call}");
            thread::yield_now();
        }
    }

    /// Whether the save says that it is done.
    fn go_on(mut self) -> bool {
        kill_process(self.tracee, Signal::CONT).unwrap();
        self.tracer.wait().unwrap().success()
    }
}

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = kill_process(self.tracee, Signal::KILL);
        let _ = self.tracer.wait();
    }
}

const F2: &str = "\x1bOQ";

/// The text stands somewhere: in the plan, beside it, or among what is Minh's own.
fn is_kept(shared: &Shared, text: &str) -> bool {
    let homes = [shared.folder.clone(), MINH.home(shared)];
    let files = homes.iter().flat_map(|folder| paths_in(folder)).filter(|path| path.is_file());
    { files }.any(|path| fs::read_to_string(path).is_ok_and(|content| content.contains(text)))
}

/// Ctrl-Z in the middle of a save, and home for the weekend.
#[test]
fn a_colleague_stopped_amid_a_save_keeps_nobody_waiting_for_ever() {
    if !has_strace() {
        return;
    }
    for call in ["fsync", "renameat2"] {
        let Some(shared) = Shared::new(OFFICE) else { return };
        MINH.saves(&shared, 1, "trước");
        let stopped = Stopped::at(&shared, call);
        let said = MINH.set_note(&shared, 1, "Minh vẫn ghi");
        match said.exit {
            Some(0) => {
                assert!(shared.has_note("Minh vẫn ghi") || is_kept(&shared, "Minh vẫn ghi"), "{said:?}");
            }
            Some(_) => assert!(said.notes.contains("lan"), "it is not told who is saving: {said:?}"),
            None => panic!("Minh waits for ever"),
        }
        assert_eq!(MINH.look(&shared, "list").exit, Some(0));
        stopped.go_on();
        MINH.saves(&shared, 1, "sau");
        LAN.saves(&shared, 0, "sau nữa");
    }
}

/// The turn was somebody else's meanwhile; in place, the file as well.
#[test]
fn who_goes_on_after_a_stop_overwrites_nobody() {
    if !has_strace() {
        return;
    }
    for (is_linked, call) in [(false, "fsync"), (false, "renameat2"), (true, "fsync"), (true, "pwrite64")] {
        let Some(shared) = Shared::new(OFFICE) else { return };
        if is_linked {
            fs::hard_link(&shared.plan, shared.folder.join("tên khác.ron")).unwrap();
        }
        MINH.saves(&shared, 1, "trước");
        let stopped = Stopped::at(&shared, call);
        let longer = "Minh vẫn ghi, và ghi dài hơn nhiều ".repeat(4);
        let said = MINH.set_note(&shared, 1, &longer);
        let is_done = stopped.go_on();
        let what = format!("{call}, linked: {is_linked}: {said:?}, Lan's is done: {is_done}");
        assert_eq!(KHACH.look(&shared, "list").exit, Some(0), "{what}\n{}", shared.text());
        // Or it is known, and offered.
        let is_there =
            |text: &str| shared.text().contains(text) || MINH.look(&shared, "restore").out.contains(text);
        // Or it waits, and is saved with what Minh does next.
        MINH.saves(&shared, 2, "sau");
        assert!(
            said.exit != Some(0) || is_there("Minh vẫn ghi"),
            "Minh's is lost: {what}\n{}",
            shared.text()
        );
        assert!(!is_done || is_there("Lan dừng"), "Lan's is lost: {what}\n{}", shared.text());
        LAN.saves(&shared, 3, "sau nữa");
    }
}

/// A colleague can hold any lock that a save takes, and need not give it back.
#[test]
fn a_colleague_who_holds_every_lock_keeps_nobody_waiting_for_ever() {
    let Some(shared) = Shared::new(OFFICE) else { return };
    MINH.saves(&shared, 0, "trước");
    let mut board = MINH.board(&shared).start();
    board.wait_for("Việc 5").send("\x1b[C".repeat(3));
    let locks = lock_all(&shared, AN);
    let said = MINH.set_note(&shared, 1, "Minh ghi");
    let is_told = said.names(&shared.plan) && said.notes.lines().count() <= 2;
    assert!(said.exit == Some(0) || said.exit.is_some() && is_told, "{said:?}");
    board.send(" ").send(F10.repeat(2));
    board.end();
    drop(locks);
    MINH.saves(&shared, 1, "sau");
}

#[test]
fn the_board_of_who_waits_can_be_left_and_keeps_what_was_typed() {
    if !has_strace() {
        return;
    }
    let Some(shared) = Shared::new(OFFICE) else { return };
    MINH.saves(&shared, 1, "trước");
    let mut board = MINH.board(&shared).start();
    board.wait_for("F10 Thoát").send("\x1b[C".repeat(3)).send("\r").wait_for("Số thứ tự");
    board.send(F2).wait_for("Đồng ý");
    let stopped = Stopped::at(&shared, "fsync");
    board.send(" tâm sự dài của Minh").wait_for("tâm sự dài của Minh").send("\r");
    board.send(F10.repeat(3));
    let exit = board.end();
    assert!(
        is_kept(&shared, "tâm sự dài của Minh"),
        "left with {exit}, and the text is nowhere\n{}",
        board.text()
    );
    stopped.go_on();
}

#[test]
fn a_dropped_line_while_one_waits_costs_no_text() {
    if !has_strace() {
        return;
    }
    let Some(shared) = Shared::new(OFFICE) else { return };
    MINH.saves(&shared, 1, "trước");
    let mut board = MINH.board(&shared).start();
    board.wait_for("F10 Thoát").send("\x1b[C".repeat(3)).send("\r").wait_for("Số thứ tự");
    board.send(F2).wait_for("Đồng ý");
    let stopped = Stopped::at(&shared, "fsync");
    board.send(" tâm sự dài của Minh").wait_for("tâm sự dài của Minh").send("\r");
    let until = Instant::now() + PATIENCE;
    while !is_kept(&shared, "tâm sự dài của Minh") {
        assert!(Instant::now() < until, "the text is nowhere\n{}", board.text());
        thread::yield_now();
    }
    board.signal(Signal::KILL);
    board.end();
    assert!(is_kept(&shared, "tâm sự dài của Minh"), "the text is nowhere any more");
    stopped.go_on();
}

/// An open board looks at the plan again and again while somebody saves.
#[test]
fn a_board_that_looks_again_while_somebody_saves_leaves_nothing_open() {
    if !has_strace() {
        return;
    }
    let Some(shared) = Shared::new(OFFICE) else { return };
    MINH.saves(&shared, 1, "trước");
    let mut board = MINH.board(&shared).start();
    board.wait_for("F10 Thoát");
    let stopped = Stopped::at(&shared, "fsync");
    let count = |what: &str| fs::read_dir(format!("/proc/{}/{what}", board.process())).unwrap().count();
    let before = (count("task"), count("fd"));
    for round in 0..6 {
        let text = shared.text().replace("title: \"Kế hoạch", &format!("title: \"Kế hoạch {round}"));
        fs::write(&shared.plan, text).unwrap();
        board.wait_for(&format!("Kế hoạch {round}"));
    }
    let count = |what: &str| fs::read_dir(format!("/proc/{}/{what}", board.process())).unwrap().count();
    let after = (count("task"), count("fd"));
    assert!(
        after.0 <= before.0 + 1 && after.1 <= before.1 + 1,
        "threads and files: {before:?}, then {after:?}"
    );
    stopped.go_on();
}

/// Whoever opens a pipe waits for somebody at the other end; with the turn to save in hand, so do all others.
#[test]
fn a_pipe_in_the_way_keeps_no_board_from_being_left() {
    for leave in [Leave::Key, Leave::Interrupt, Leave::Terminate, Leave::HangUp] {
        let Some(shared) = Shared::new(OFFICE) else { return };
        LAN.saves(&shared, 0, "trước");
        let mut board = LAN.board(&shared).start();
        board.wait_for("F10 Thoát").send("\x1b[C".repeat(3));
        for path in paths_in(&shared.side()).iter().filter(|path| path.is_file()) {
            assert!(Plant::Pipe.put(&shared, path, None));
        }
        board.send(" ");
        leave.come(&mut board);
        board.end();
        let said = MINH.set_note(&shared, 1, "Minh ghi");
        assert!(said.exit.is_some(), "Minh waits for ever");
    }
}

/// How the board is left.
#[derive(Debug, Clone, Copy)]
enum Leave {
    Key,
    Interrupt,
    Terminate,
    HangUp,
}

impl Leave {
    fn come(self, board: &mut crate::pty::Terminal) {
        match self {
            Self::Key => drop(board.send(F10.repeat(2))),
            Self::Interrupt => drop(board.send("\x03")),
            Self::Terminate => board.signal(Signal::TERM),
            Self::HangUp => board.signal(Signal::HUP),
        }
    }
}
