//! The line drops, or the program is told to end, at any moment: what was done is on the disk, and nothing stays.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::Duration;

use rustix::process::Signal;
use tiendo::plan::{Change, Status};
use tiendo::store::Policy;

use crate::office::*;
use crate::pty::{Launch, Terminal};

/// How the program comes to its end.
#[derive(Debug, Clone, Copy)]
enum End {
    HangUp,
    Terminate,
    Closed,
}

const ENDS: [End; 3] = [End::HangUp, End::Terminate, End::Closed];

impl End {
    fn come(self, terminal: &mut Terminal) -> u32 {
        match self {
            Self::HangUp => terminal.signal(Signal::HUP),
            Self::Terminate => terminal.signal(Signal::TERM),
            Self::Closed => terminal.hang_up(),
        }
        terminal.end()
    }

    const fn code(self) -> u32 {
        match self {
            Self::HangUp | Self::Closed => 129,
            Self::Terminate => 143,
        }
    }
}

#[test]
fn what_was_done_is_on_the_disk_whenever_the_line_drops() {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/hung-yen-2024.ron");
    let rounds = times(9, 200);
    let mut second = 0;
    for round in 0..rounds {
        let office = Office::with_text(&fs::read_to_string(&plan).unwrap());
        let end = ENDS[round % ENDS.len()];
        let mut terminal = Launch::on(&office.plan).start();
        terminal.wait_for("F10 Thoát").send(" ").wait_for("► Đang thực hiện");
        let process = terminal.process();
        // The next change is at some point between the key and the disk.
        terminal.send("\x1b[B ");
        thread::sleep(Duration::from_micros((round * 7919 % 12_000) as u64));
        assert_eq!(end.come(&mut terminal), end.code(), "round {round}, {end:?}");
        drop(terminal);
        assert!(!Path::new(&format!("/proc/{process}")).exists(), "round {round}, {end:?}");
        let plan = office.store().plan().clone();
        let doing = plan.tasks.iter().filter(|task| task.status == Status::Doing).count();
        assert!((1..=2).contains(&doing), "round {round}, {end:?}: {doing} tasks are in progress");
        second += usize::from(doing == 2);
        assert_eq!(office.leftovers(), [""; 0], "round {round}, {end:?}");
    }
    println!(
        "{rounds} ends: all changes that were on the screen are on the disk, and {second} that were not yet"
    );
}

#[test]
fn text_for_a_task_that_somebody_has_deleted_outlives_the_line() {
    let office = Office::with(3);
    let mut terminal = Launch::on(&office.plan).start();
    terminal
        .wait_for("F10 Thoát")
        .send("\x1b[C".repeat(3))
        .send("\r")
        .wait_for("Số thứ tự")
        .send("\x1bOQ")
        .wait_for("Đồng ý");
    terminal.send(" đã gửi").wait_for("Việc 0 đã gửi");
    let plan = office.store().plan().clone();
    let removal = Change::Remove { task: plan.task(&id(0)).unwrap().clone().into(), after: None };
    office.store().commit(&[removal], &stamp(), Policy::Ask).unwrap();
    terminal.wait_for("lan (08:00) đã xóa việc này");
    assert_eq!(End::HangUp.come(&mut terminal), End::HangUp.code());
    assert!(office.store().plan().task(&id(0)).is_none(), "nothing is brought back unasked");

    let mut later = Launch::on(&office.plan).start();
    later.wait_for("F12: gõ dở").send("\x1b[24~").wait_for("đang gõ dở “Việc 0 đã gửi”").send("\r");
    later.wait_for("Người khác đã xóa việc này").send("\r").wait_for("Lấy lại cùng phần vừa gõ?").read();
    later.send("\r").wait_for("LỊCH SỬ THAY ĐỔI");
    let back = office.store().plan().clone();
    assert_eq!(back.task(&id(0)).unwrap().title, "Việc 0 đã gửi");
    assert_eq!(back.task(&id(0)).unwrap().note, "0");
    later.send("q").wait_for("F10 Thoát").send("q");
    assert_eq!(later.end(), 0);
}
