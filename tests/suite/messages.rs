//! What the user is told stays until it could be read, goes then, and can be read again.

use tiendo::app::{Access, Event, Waiting};
use tiendo::plan::{Change, Edit, Field, Plan, PlanKey, Status, TaskId};
use tiendo::words::Spoken;

use crate::stage::Stage;

/// A message that nobody has asked for.
fn told(stage: &mut Stage, count: usize) {
    let why = Spoken { vi: "Tệp đang hỏng".to_owned(), en: "Broken".to_owned() };
    for waiting in [Some(Waiting { count, why }), None] {
        let plan = stage.plans[0].clone();
        stage.handle(Event::Loaded(PlanKey(0), plan, Access::Write, waiting));
    }
}

fn saved(count: usize) -> String {
    format!("Đã ghi vào tệp {count} thay đổi đang chờ")
}

fn notice(stage: &Stage) -> String {
    stage.app.notice().unwrap_or_default().to_owned()
}

fn set(plan: &Plan, task: &str, status: Status) -> Change {
    let task = TaskId::new(task);
    let before = plan.task(&task).unwrap().status;
    Change::Edit { task, edit: Edit::new(Field::Status, before, status) }
}

#[test]
fn an_unasked_message_stays_while_a_key_is_held_and_goes_once_it_could_be_read() {
    let mut stage = Stage::in_may();
    stage.at_second(0);
    told(&mut stage, 1);
    for _ in 0..30 {
        stage.press("Down");
    }
    assert_eq!(notice(&stage), saved(1), "nobody reads that fast");
    stage.at_second(1);
    stage.press("Up");
    assert_eq!(notice(&stage), saved(1));
    stage.press("Up");
    assert_eq!(notice(&stage), "");
}

#[test]
fn after_four_seconds_one_key_is_enough_and_without_any_it_goes_by_itself() {
    let mut stage = Stage::in_may();
    stage.at_second(0);
    told(&mut stage, 1);
    stage.at_second(4);
    assert_eq!(notice(&stage), saved(1));
    stage.press("Down");
    assert_eq!(notice(&stage), "");

    stage.at_second(10);
    told(&mut stage, 2);
    let left = stage.app.notice_ends_in().expect("somebody has to wake up for it");
    stage.at_second(10 + left.num_seconds());
    assert_eq!(notice(&stage), "");
    assert_eq!(stage.app.notice_ends_in(), None, "and nobody wakes up after it");
}

#[test]
fn an_answer_makes_room_for_what_comes_unasked_and_stays_no_longer_than_that() {
    let mut stage = Stage::in_may();
    assert_eq!(stage.app.notice_ends_in(), None, "nobody wakes up for nothing");
    stage.at_second(0);
    stage.press("2");
    told(&mut stage, 1);
    stage.at_second(3);
    assert!(notice(&stage).contains("Đang thực hiện"), "{}", notice(&stage));
    stage.at_second(4);
    assert_eq!(notice(&stage), saved(1));
    stage.at_second(30);
    assert_eq!((notice(&stage).as_str(), stage.app.notice_ends_in()), ("", None));
}

#[test]
fn two_messages_at_once_are_both_told_and_an_answer_hides_none() {
    let mut stage = Stage::in_may();
    stage.at_second(0);
    told(&mut stage, 1);
    told(&mut stage, 2);
    stage.press("2");
    assert!(notice(&stage).contains("Đang thực hiện"), "{}", notice(&stage));
    stage.press("Down");
    assert_eq!(notice(&stage), saved(1));
    stage.at_second(5);
    stage.press("Down");
    assert_eq!(notice(&stage), saved(2));
    stage.at_second(10);
    stage.press("Down");
    assert_eq!(notice(&stage), "");
}

#[test]
fn a_clock_that_is_put_back_keeps_no_message() {
    let mut stage = Stage::in_may();
    stage.at_second(3600);
    told(&mut stage, 1);
    stage.at_second(0);
    stage.at_second(20);
    assert_eq!(notice(&stage), "");
}

#[test]
fn the_last_twenty_messages_can_be_read_again() {
    let mut stage = Stage::in_may();
    for minute in 0..25 {
        stage.at_second(60 * minute);
        told(&mut stage, 100 + minute as usize);
    }
    stage.press("F9 \"thong bao\" Enter");
    let screen = stage.screen();
    assert!(screen.contains(&format!("09:24 {}", saved(124))), "{screen}");
    assert!(screen.contains(&saved(105)) && !screen.contains(&saved(104)), "{screen}");
    stage.press("Esc");
    assert!(stage.app.panel.is_none());
}

#[test]
fn every_change_by_one_key_says_what_it_did_and_how_to_take_it_back() {
    let says = |keys: &str, told: &str| {
        let mut stage = Stage::in_may();
        stage.press(keys);
        assert!(stage.screen().lines().last().unwrap().contains(told), "{keys}:\n{}", stage.screen());
    };
    says("2", "9: Đang thực hiện · Ctrl-Z hoàn tác");
    says("Space", "9: Đang thực hiện · Ctrl-Z hoàn tác");
    says("3 Enter 1", "9: Chưa thực hiện · Ctrl-Z hoàn tác");
    says("3 Enter -", "9: Đang thực hiện · Ctrl-Z hoàn tác");
    says(">", "9: Đổi vị trí · Ctrl-Z hoàn tác");
    says("Delete Enter", "Đã xóa việc 9 · Ctrl-Z hoàn tác");
    says("Delete Enter Ctrl-Z", "Đã lấy lại việc 9");
    says("4 \"chờ\" Enter", "9: Tạm dừng · Ctrl-Z hoàn tác");
    says("Enter Down Down Enter \"15/6\" Enter", "9: Hạn hoàn thành 15/06/2024 · Ctrl-Z hoàn tác");
    for (keys, day) in [("3", "20/05/2024"), ("3 -", "-")] {
        let mut stage = Stage::in_may();
        let screen = stage.press(keys).screen();
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let has_day = |line: &str| words(line).contains(&format!("Ngày hoàn thành {day} "));
        assert!(screen.contains("9: Đã hoàn thành · Ctrl-Z hoàn tác"), "{screen}");
        assert!(screen.lines().any(has_day), "{screen}");
    }
}

#[test]
fn what_stands_against_my_own_change_is_said_in_words() {
    let mut stage = Stage::in_may();
    stage.press("3 Enter Down");
    stage.others(|plan| vec![set(plan, "hy24-9", Status::Paused)]);
    let told = "Việc 9 bạn vừa sửa đã bị đổi: hùng 09:10: Đã hoàn thành → Tạm dừng";
    assert_eq!(notice(&stage), told);
    stage.others(|plan| vec![set(plan, "hy24-12", Status::Paused)]);
    assert_eq!(stage.app.told().count(), 2, "what is not mine is only marked");
}

#[test]
fn a_broken_file_says_that_work_goes_on() {
    let mut stage = Stage::in_may();
    let trouble = Spoken { vi: "Tệp đang hỏng ở dòng 3".into(), en: "Broken at line 3".into() };
    stage.handle(Event::Broken(PlanKey(0), trouble));
    assert_eq!((stage.app.told().count(), stage.app.notice()), (1, None), "the head of the screen says it");
    assert!(stage.screen().contains("▲8  Tệp đang hỏng ở dòng 3 · Vẫn làm tiếp được"), "{}", stage.screen());
    let plan = stage.plans[0].clone();
    stage.handle(Event::Loaded(PlanKey(0), plan, Access::Write, None));
    assert!(!stage.screen().contains("Vẫn làm tiếp được"), "{}", stage.screen());
}
