//! What is known of a task is told by one key: nothing is written over, nothing that was typed is lost.

use tiendo::app::Event;
use tiendo::plan::{Change, Edit, Extension, Field, Person, Plan, PlanKey, Progress, Status, Task, TaskId};
use tiendo::words::{Lang, Spoken};

use crate::stage::Stage;

fn id() -> TaskId {
    TaskId::new("hy24-9")
}

fn task(stage: &Stage) -> &Task {
    stage.plans[0].task(&id()).unwrap()
}

fn row(on: &str, by: &str, text: &str) -> Progress {
    Progress { on: on.parse().ok(), by: by.into(), text: text.into(), ..Progress::default() }
}

fn telling(plan: &Plan, row: Progress) -> Change {
    Change::Edit { task: id(), edit: plan.task(&id()).unwrap().tell(row) }
}

#[track_caller]
fn assert_told(stage: &Stage, told: &[&str]) {
    let screen = stage.screen();
    for words in told {
        assert!(screen.contains(words), "{words} is not on\n{screen}");
    }
}

#[test]
fn two_keys_and_the_text_record_what_is_known() {
    let mut stage = Stage::in_may();
    stage.press(". \"Đã gửi dự thảo\" Enter");
    assert!(stage.app.panel.is_none());
    assert_eq!(task(&stage).progress, [row("2024-05-20", "lan", "Đã gửi dự thảo")]);
    stage.press(". \"Đã họp\" Tab \"thiếu kinh phí\" Tab \"xin gia hạn\" Enter");
    let last = task(&stage).last_progress().unwrap();
    assert_eq!([&last.text, &last.stuck, &last.ask], ["Đã họp", "thiếu kinh phí", "xin gia hạn"]);
    assert_eq!(task(&stage).progress.len(), 2, "nothing is written over");
    assert_told(&stage, &["Đã họp · Khó khăn: thiếu kinh phí · Kiến nghị: xin gia hạn"]);
    stage.press("Ctrl-Z");
    assert_eq!(task(&stage).progress, [row("2024-05-20", "lan", "Đã gửi dự thảo")]);
    stage.press("Ctrl-Z");
    assert!(task(&stage).progress.is_empty() && task(&stage).history.is_empty());
}

/// What was told stands in a line that a longer title would take.
#[test]
fn what_is_told_takes_no_card_out_of_sight() {
    let mut stage = Stage::in_may();
    let cards = |stage: &Stage| stage.screen().lines().position(|line| line.contains("CẢ NĂM"));
    let before = cards(&stage);
    stage.press(". \"Đã gửi dự thảo\" Enter");
    assert_told(&stage, &["  20/05/2024 lan: Đã gửi dự thảo"]);
    assert_eq!(cards(&stage), before, "{}", stage.screen());
}

/// Two lines of one day and one hand are told apart by what was said.
#[test]
fn what_was_told_is_said_in_its_own_words() {
    let mut stage = Stage::in_may();
    stage.press(". \"Đã gửi dự thảo\" Enter . \"Đã họp\" Tab \"thiếu kinh phí\" Enter");
    assert_told(&stage, &["9: Kết quả đến nay: + 20/05/2024 lan: Đã họp · Khó… · Ctrl-Z"]);
    stage.press("Ctrl-Z");
    assert_told(&stage, &["9 · Kết quả đến nay: − 20/05/2024 lan: Đã họp"]);
}

#[test]
fn an_empty_window_records_nothing() {
    let mut stage = Stage::in_may();
    let before = stage.plans[0].clone();
    stage.press(". Enter . \"  \" Tab Enter . Esc");
    assert!(stage.app.panel.is_none());
    assert_eq!(stage.plans[0], before);
}

#[test]
fn the_same_key_works_wherever_a_task_is_chosen() {
    for way in [".", "F5 .", "Enter .", "F9 \"ghi tien do\" Enter", "Enter End Enter \"ket qua\" Enter"] {
        let mut stage = Stage::in_may();
        stage.press(way);
        let of = stage.app.selected().unwrap().task.id.clone();
        stage.press("\"Đã họp\" Enter");
        assert_eq!(stage.plans[0].task(&of).unwrap().progress.len(), 1, "{way}\n{}", stage.screen());
    }
}

#[test]
fn lines_of_a_box_are_begun_by_alt_enter_and_gone_through_by_the_arrows() {
    use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
    let newlines = [
        KeyEvent::new(KeyCode::Enter, KeyModifiers::ALT),
        KeyEvent::new(KeyCode::Char('j'), KeyModifiers::CONTROL),
    ];
    for newline in newlines {
        let mut stage = Stage::in_may();
        stage.press(". \"một\"").press_key(newline);
        stage.press("\"hai\" Up \"1\" Down Down \"khó\" Up \"2\" Enter");
        let last = task(&stage).last_progress().unwrap();
        assert_eq!([&last.text, &last.stuck], ["một1\nhai2", "khó"]);
    }
    // Where no line can be begun it is Enter, as some terminals have it.
    let mut stage = Stage::in_may();
    stage.press("F2 F2 F9 \"gia han\" Enter \"31/8\"").press_key(newlines[1]);
    assert_eq!(task(&stage).extensions.len(), 1);
}

#[test]
fn what_is_done_has_its_day_and_its_document_beside() {
    let mut stage = Stage::in_may();
    stage.press("3 Enter");
    assert_eq!((task(&stage).status, task(&stage).done_on), (Status::Done, "2024-05-20".parse().ok()));
    stage.press(". \"Đã ban hành\" Shift-Tab \"12/QĐ-UBND\" Shift-Tab \"17/5\" Enter");
    assert_eq!(task(&stage).last_progress().unwrap().text, "Đã ban hành");
    assert_eq!(
        (task(&stage).output.as_str(), task(&stage).done_on),
        ("12/QĐ-UBND", "2024-05-17".parse().ok())
    );
    // A key that is no text goes through the window that one key has opened, as long as nothing is typed.
    let mut stage = Stage::in_may();
    stage.press("3 Down");
    assert!(stage.app.panel.is_none());
    stage.press("Up 1 3 Tab \"12/BC\" Tab \"xong\" Enter");
    assert_eq!((task(&stage).output.as_str(), task(&stage).progress.len()), ("12/BC", 1));
}

#[test]
fn a_day_that_cannot_be_is_refused_at_its_box() {
    let mut stage = Stage::in_may();
    stage.press("3 \"21/5\" Tab \"12/BC\" Enter");
    assert_told(&stage, &["Ngày hoàn thành không thể sau hôm nay", "12/BC"]);
    stage.press("Ctrl-U \"20/5\" Enter");
    assert_eq!(task(&stage).output, "12/BC");
}

#[test]
fn esc_asks_before_it_throws_text_away() {
    let mut stage = Stage::in_may();
    stage.press(". \"Đã họp\" Tab Esc");
    assert_told(&stage, &["Đã họp", "Bỏ phần vừa gõ?"]);
    stage.press("Esc \"khó\" Enter");
    let last = task(&stage).last_progress().unwrap();
    assert_eq!([&last.text, &last.stuck], ["Đã họp", "khó"]);
}

#[test]
fn a_dropped_line_keeps_all_boxes() {
    for (keys, on) in [(".", Status::Todo), ("3 Enter .", Status::Done)] {
        let mut stage = Stage::in_may();
        stage.press(keys).press("\"Đã\" Tab \"khó\" Tab \"xin\"");
        for escape in ["", "Esc"] {
            stage.press(escape);
            let (_, draft) = stage.app.draft().expect("what is typed is kept");
            let mut later = Stage::in_may();
            if on == Status::Done {
                later.press("3 Enter");
            }
            later.app.plans[0].drafts.push(draft);
            later.press("F12");
            assert_told(&later, &["Đã · khó · xin"]);
            later.press("Enter \" họp\" Enter");
            let last = task(&later).last_progress().unwrap();
            assert_eq!([&last.text, &last.stuck, &last.ask], ["Đã họp", "khó", "xin"]);
        }
    }
}

#[test]
fn text_that_could_not_be_saved_is_in_its_boxes_again() {
    let mut stage = Stage::in_may();
    stage.press(". \"Đã họp\" Tab \"khó\"");
    assert!(stage.effect_of("Enter").is_some());
    let told = Spoken { vi: "Đĩa lỗi.".into(), en: "The disk has failed.".into() };
    stage.handle(Event::Failed(PlanKey(0), told));
    stage.press("Esc");
    assert_told(&stage, &["Đã họp", "khó"]);
    stage.press("Enter");
    assert_eq!(task(&stage).progress.len(), 1);
}

#[test]
fn two_who_tell_at_once_are_both_kept() {
    let mut stage = Stage::in_may();
    stage.press(". \"của lan\"");
    stage.others(|plan| vec![telling(plan, row("2024-05-20", "hùng", "của hùng"))]);
    stage.press("Enter");
    let texts: Vec<&str> = task(&stage).progress.iter().map(|row| row.text.as_str()).collect();
    assert_eq!(texts, ["của hùng", "của lan"]);
    stage.press("Ctrl-Z");
    assert_eq!(task(&stage).progress.len(), 1, "undo takes only mine back");
}

#[test]
fn people_are_called_by_their_names() {
    let mut stage = Stage::in_may();
    let people =
        |login: &str, name: &str| Person { login: login.into(), name: name.into(), ..Person::default() };
    let rows = vec![people("lan", "Trần Thị Lan"), people("hùng", "Lê Văn Hùng")];
    stage.others(|plan| vec![Change::Head(Edit::of(tiendo::plan::PlanField::People, plan, rows.clone()))]);
    stage.press(". \"Đã họp\" Enter");
    assert_eq!(task(&stage).progress[0].by, "Trần Thị Lan");
    stage.press("Enter End");
    assert_told(&stage, &["20/05/2024 Trần Thị Lan", "20/05/2024 09:10  Trần Thị Lan"]);
    stage.press("Esc Down");
    stage.others(|plan| {
        let task = plan.task(&id()).unwrap();
        vec![Change::Edit { task: id(), edit: Edit::of(Field::Status, task, Status::Doing) }]
    });
    stage.press("Up");
    assert_told(&stage, &["Lê Văn Hùng 09:10: Chưa thực hiện → Đang thực hiện"]);
}

#[test]
fn what_was_told_is_found() {
    let mut stage = Stage::in_may();
    stage.press(". \"Đã gửi dự thảo\" Tab \"vướng thủ tục\" Enter F7 \"vuong thu tuc\" Enter");
    assert_eq!(stage.app.shown().rows.len(), 1);
    assert_told(&stage, &["vướng thủ tục"]);
}

#[test]
fn a_line_for_what_is_empty_leads_to_it() {
    let mut stage = Stage::in_may();
    stage.press("Enter");
    assert_told(&stage, &["+ Kết quả · Mốc · Phụ trách · Chỉ đạo · Sản phẩm · Đã nhận của · Giao tại"]);
    assert!(!stage.screen().contains("Người phụ trách"));
    stage.press("End Enter \"phu trach\" Enter \"Trần Thị Lan\" Enter");
    assert_eq!(task(&stage).officer, "Trần Thị Lan");
    assert_told(&stage, &["Người phụ trách      Trần Thị Lan", "+ Kết quả · Mốc · Chỉ đạo · Sản phẩm"]);
    // The line that is chosen stays so, wherever it is then.
    stage.press("Enter");
    assert_told(&stage, &["(trống)"]);
    stage.press("Down Enter");
    assert_eq!(task(&stage).officer, "");
    // Of the other tasks it is proposed.
    stage.press(
        "F9 \"nguoi phu trach\" Enter \"Lê Hùng\" Enter Esc Down F9 \"nguoi phu trach\" Enter \"hung\" Enter",
    );
    assert_eq!(stage.app.selected().unwrap().task.officer, "Lê Hùng");
    stage.press("F9 \"san pham\" Enter \"Báo cáo\" Enter");
    assert_eq!(stage.app.selected().unwrap().task.product, "Báo cáo");
}

#[test]
fn a_card_tells_how_often_it_was_extended() {
    let mut stage = Stage::in_may();
    let extension =
        |to: &str| Extension { to: to.parse().ok(), on: "2024-05-02".parse().ok(), ..Extension::default() };
    let extended = |plan: &Plan, to: &str| {
        let edits = plan.task(&id()).unwrap().extend(extension(to), 2024);
        edits.into_iter().map(|edit| Change::Edit { task: id(), edit }).collect::<Vec<_>>()
    };
    stage.others(|plan| extended(plan, "2024-08-31"));
    assert!(!stage.screen().contains("gia hạn 2"), "{}", stage.screen());
    stage.others(|plan| extended(plan, "2024-09-15"));
    assert_told(&stage, &["9◄ gh 2", "30/06/2024, gia hạn lần 2 đến 15/09/2024"]);
}

/// What is recorded of a line is when and by whom, not the text once more.
#[test]
fn ten_lines_a_task_keep_the_history_short() {
    let mut stage = Stage::in_may();
    let text = "Đã gửi dự thảo đến các sở, ngành và đang tổng hợp ý kiến góp ý để hoàn thiện trình UBND tỉnh";
    for _ in 0..10 {
        stage.press(&format!(". \"{text}\" Enter"));
    }
    assert_eq!(task(&stage).progress.len(), 10);
    let told: usize = task(&stage).history.iter().map(|entry| entry.to.len() + entry.from.len()).sum();
    assert!(told < 10 * 20, "{:?}", task(&stage).history);
    assert!(task(&stage).history.iter().all(|entry| !entry.told(Lang::Vi).contains("dự thảo")));
}

#[test]
fn what_the_user_tells_is_no_news_and_what_another_does_next_is() {
    let mut stage = Stage::in_may();
    stage.others(|plan| vec![telling(plan, row("2024-05-20", "hùng", "của hùng"))]);
    assert_told(&stage, &["◄ hùng 09:10: Kết quả đến nay: + 20/05/2024 hùng"]);
    stage.press(". \"của lan\" Enter");
    assert_told(&stage, &["◄ hùng 09:10: Kết quả đến nay: + 20/05/2024 hùng"]);
    stage.others(|plan| {
        let edit = Edit::of(Field::Due, plan.task(&id()).unwrap(), "2024-07-15".parse().ok());
        vec![Change::Edit { task: id(), edit }]
    });
    assert_told(&stage, &["◄ hùng 09:10: Hạn hoàn thành: (trống) → 15/07/2024"]);
}

#[test]
fn a_window_for_an_extension_goes_by_what_others_have_granted_meanwhile() {
    let mut stage = Stage::in_may();
    stage.press("F9 \"gia han\" Enter \"31/8\"");
    assert_told(&stage, &["9: Gia hạn, hạn đang là 30/06/2024"]);
    stage.others(|plan| {
        let granted = Extension { to: "2024-07-31".parse().ok(), doc: "CV 1".into(), ..Extension::default() };
        let edits = plan.task(&id()).unwrap().extend(granted, 2024);
        edits.into_iter().map(|edit| Change::Edit { task: id(), edit }).collect()
    });
    assert_told(&stage, &["9: Gia hạn lần 2, hạn đang là 31/07/2024"]);
    stage.press("Enter");
    assert_told(&stage, &["Gia hạn lần 2, đến 31/8?"]);
    stage.press("Enter");
    assert_eq!(task(&stage).extensions.len(), 2, "{}", stage.screen());
}
