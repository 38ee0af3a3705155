//! Keys that were sent ahead to the real program, and offers on two screens at once.

use std::fs;
use std::time::Duration;

use tiendo::plan::{Change, Stamp};
use tiendo::store::Policy;

use crate::office::*;
use crate::pty::{Launch, Terminal};

const F2: &str = "\x1bOQ";
const F8: &str = "\x1b[19~";
const F10: &str = "\x1b[21~";
const F12: &str = "\x1b[24~";

/// The board is open on the first task.
fn board(office: &Office) -> Terminal {
    let mut terminal = Launch::on(&office.plan).start();
    terminal.wait_for("F10 Thoát").send("\x1b[C".repeat(3));
    terminal
}

#[test]
fn prose_sent_to_the_board_changes_nothing_and_does_not_leave() {
    let office = Office::with(3);
    let mut terminal = board(&office);
    let before = office.text();
    for prose in ["Tổ chức họp", "hội nghị tổng kết", "kiểm tra", "tìm việc quý 3", "- quý 3\r"]
    {
        terminal
            .send(prose)
            .wait_for("Chưa mở ô nhập nào")
            .send("\x1b[B")
            .wait_until_gone("Chưa mở ô nhập nào");
    }
    assert_eq!(office.text(), before);
    assert_eq!(terminal.send(F10).end(), 0);
}

#[test]
fn a_note_that_was_accepted_and_left_in_one_go_is_not_lost_in_a_clash() {
    for ahead in ["\x1b", "\r", "\x1b\x1b", "\x1b[21~"] {
        let office = Office::with(3);
        let mut terminal = board(&office);
        terminal.send(F2).wait_for("Xuống dòng");
        count_once(&mut office.store(), 0).unwrap();
        terminal.send(format!(" đã gửi công văn{F2}{ahead}")).wait_for("F2: giữ cả hai").read();
        assert!(!office.text().contains("đã gửi"), "nothing is written unasked");
        terminal.send(F2).wait_until("both notes", |_| {
            let plan = office.store().plan().clone();
            let note = &plan.task(&id(0)).unwrap().note;
            note.starts_with("1\n[") && note.ends_with("]\n0 đã gửi công văn")
        });
        assert_eq!(terminal.send("\x03").end(), 0);
    }
}

#[test]
fn what_one_screen_has_given_up_is_offered_on_no_other() {
    let office = Office::with(3);
    let stale = office.text();
    office.store().commit(&count(0, 0), &stamp(), Policy::Ask).unwrap();
    fs::write(&office.plan, stale).unwrap();
    let (mut one, mut other) = (board(&office), board(&office));
    one.wait_for("F12: 1 bị ghi đè");
    other.wait_for("F12: 1 bị ghi đè");
    one.send(F12).wait_for("F8: bỏ").send(F8).wait_for("Đã bỏ hẳn 1 thay đổi");
    other.wait_until_gone("F12: 1 bị ghi đè");
    for terminal in [&mut one, &mut other] {
        assert_eq!(terminal.send(F10).end(), 0);
    }
    assert_eq!(office.store().lost_updates(), None);
}

/// The log beside the plan knows it.
#[test]
fn it_is_told_who_has_deleted_the_task_that_is_open_and_when() {
    let office = Office::with(3);
    let by_hung = Stamp { by: "hùng".to_owned(), ..stamp() };
    let delete = |at: usize| {
        let mut store = office.store();
        let (task, after) = (Box::new(store.plan().task(&id(at)).unwrap().clone()), None);
        store.commit(&[Change::Remove { task, after }], &by_hung, Policy::Ask).unwrap();
    };
    let mut terminal = board(&office);
    terminal.send("\r").wait_for("Esc Quay lại");
    delete(0);
    terminal.wait_for("hùng (08:00) đã xóa việc đang mở").wait_for(" F10");
    // What is typed is kept, and the question that brings it back tells the same.
    terminal.send("\r").wait_for("Esc Quay lại").send(F2).wait_for("Enter Đồng ý").send(" gửi");
    delete(1);
    terminal.wait_for("hùng (08:00) đã xóa việc này");
    terminal.send("\r").wait_for("Lấy lại cùng phần vừa gõ?").wait_for("hùng (08:00) đã xóa việc");
    // A key that comes with the question is not for it.
    terminal.sent_in(Duration::from_secs(1));
    assert_eq!(terminal.send("\r").wait_until_gone("Lấy lại").send("\x03").end(), 0);
    assert_eq!(office.store().plan().task(&id(1)).unwrap().title, "Việc 1 gửi");
}
