//! Going through the tasks one by one: what is set, where the cursor stays, what a filled field does.

use tiendo::app::{Access, Day, Event};
use tiendo::plan::{Change, Edit, Field, Plan, PlanKey, Status, Task, TaskId};

use crate::stage::Stage;

fn task<'a>(stage: &'a Stage, no: &str) -> &'a Task {
    numbered(&stage.plans[0], no)
}

fn numbered<'a>(plan: &'a Plan, no: &str) -> &'a Task {
    plan.tasks.iter().find(|task| task.no == no).unwrap_or_else(|| panic!("no task {no}"))
}

fn day(task: &Task) -> String {
    task.done_on.map_or_else(String::new, |day| day.to_string())
}

fn chosen(stage: &Stage) -> &str {
    &stage.app.selected().unwrap().task.no
}

#[test]
fn one_key_sets_a_task_done_and_the_next_moves_on() {
    let mut stage = Stage::in_may();
    stage.press("3 Down 3 Right 3 F5");
    assert_eq!(stage.plans[0].tasks.iter().filter(|task| task.status == Status::Done).count(), 3);
    assert_eq!(day(task(&stage, "9")), "2024-05-20");
    assert!(stage.app.panel.is_none());
}

#[test]
fn the_real_day_costs_the_day_and_enter() {
    for keys in ["3 \"12/5\" Enter", "Space Space \"12/5\" Enter", "3 Enter 3 \"12/5\" Enter"] {
        let mut stage = Stage::in_may();
        stage.press(keys);
        assert_eq!(day(task(&stage, "9")), "2024-05-12", "{keys}");
    }
}

#[test]
fn day_and_document_are_written_in_one_line() {
    let mut stage = Stage::in_may();
    stage.press("3 \"12/5\" Tab \"123/BC-SNV\" Enter");
    let task = task(&stage, "9");
    assert_eq!((day(task).as_str(), task.output.as_str()), ("2024-05-12", "123/BC-SNV"));
}

#[test]
fn a_day_to_come_and_what_is_no_day_are_refused_where_they_are_typed() {
    for (typed, told) in [("12/12", "không thể sau hôm nay"), ("31/4", "30 ngày")] {
        let mut stage = Stage::in_may();
        stage.press(&format!("3 \"{typed}\" Enter"));
        assert!(stage.screen().contains(told), "{}", stage.screen());
        assert_eq!(day(task(&stage, "9")), "2024-05-20");
    }
}

#[test]
fn a_digit_chooses_a_status_from_the_list_and_done_asks_for_its_document() {
    let mut stage = Stage::in_may();
    stage.press("= 3 \"Báo cáo 123/BC-SNV\" Enter");
    let it = task(&stage, "9");
    assert_eq!((it.status, it.output.as_str()), (Status::Done, "Báo cáo 123/BC-SNV"));
    assert!(it.history.iter().all(|entry| entry.note.is_empty()), "it is no reason");
    let mut stage = Stage::in_may();
    stage.press("= 2 \"theo CV 5\" Enter");
    let it = task(&stage, "9");
    assert_eq!((it.status, it.history[0].note.as_str()), (Status::Doing, "theo CV 5"));
}

#[test]
fn the_first_letter_stands_in_place_of_what_a_filled_field_held() {
    let due = "Enter Down Down Enter";
    let typed = |keys: &str| {
        let mut stage = Stage::in_may();
        stage.press("Enter Down Down Enter \"15/06/2024\" Enter Enter").press(keys);
        let Some(tiendo::app::Panel::Edit(editor)) = &stage.app.panel else { panic!("{due} opens a field") };
        editor.field.text().to_owned()
    };
    assert_eq!(typed("\"1\""), "1");
    assert_eq!(typed("Backspace"), "");
    assert_eq!(typed("Left Backspace"), "15/06/204");
    assert_eq!(typed("End \"x\""), "15/06/2024x");
    assert_eq!(typed("Home \"x\""), "x15/06/2024");
    assert_eq!(typed("paste\"3/6\""), "3/6");
}

#[test]
fn what_is_done_in_the_list_of_deadlines_keeps_its_row() {
    let mut stage = Stage::in_may();
    stage.press("F5 Home");
    let first = chosen(&stage).to_owned();
    stage.press("3 Down");
    assert_eq!((first.as_str(), chosen(&stage)), ("1", "2"));
    stage.press("3 Down 3 Down");
    assert_eq!(chosen(&stage), "4");
    assert!(stage.screen().contains("QUÁ HẠN 5"), "{}", stage.screen());
    assert!(stage.screen().contains("● 31/03"), "{}", stage.screen());
    stage.press("F5 F5 Home");
    assert_eq!(chosen(&stage), "4", "once the screen was left they are with what is done");
}

#[test]
fn a_task_opened_from_the_list_is_followed_by_what_followed_it_there() {
    let mut stage = Stage::in_may();
    stage.press("F5 Home F2 Esc 3 Right");
    assert_eq!(chosen(&stage), "2");
    stage.press("3 Enter 1 Right");
    assert_eq!(chosen(&stage), "3");
    stage.press("Left Left");
    assert_eq!(chosen(&stage), "1");
}

#[test]
fn what_is_done_under_a_filter_for_late_work_stays_in_sight() {
    let mut stage = Stage::in_may();
    stage.press("F9 \"chi viec qua han\" Enter");
    assert!(stage.screen().contains("Chỉ quá hạn"), "{}", stage.screen());
    let first = chosen(&stage).to_owned();
    stage.press("Enter 3 Right");
    assert_ne!(chosen(&stage), first);
    stage.press("Left");
    assert_eq!(chosen(&stage), first);
    stage.press("Esc 0");
    assert!(!stage.screen().contains("Chỉ quá hạn") && stage.app.query.is_empty());
}

#[test]
fn a_key_goes_round_what_others_have_changed() {
    let mut stage = Stage::in_may();
    for no in ["26", "12"] {
        stage.others(|plan| {
            let task = numbered(plan, no);
            let edit = Edit::new(Field::Status, task.status, Status::Doing);
            vec![Change::Edit { task: task.id.clone(), edit }]
        });
    }
    stage.press("*");
    assert_eq!(chosen(&stage), "12");
    assert!(stage.screen().contains("◄ hùng 09:10: Chưa thực hiện → Đang thực hiện"), "{}", stage.screen());
    stage.press("*");
    assert_eq!(chosen(&stage), "26");
    stage.press("* Left");
    assert!(!stage.screen().contains('◄'), "{}", stage.screen());
}

#[test]
fn a_change_by_hand_is_told_by_its_fields() {
    let mut stage = Stage::in_may();
    let mut plan = stage.plans[0].clone();
    let at = plan.position(&TaskId::new("hy24-9")).unwrap();
    std::sync::Arc::make_mut(&mut plan.tasks[at]).note = "xin ý kiến".to_owned();
    stage.handle(Event::Loaded(PlanKey(0), plan, Access::Write, None));
    assert!(stage.screen().contains("◄ sửa trong tệp: Ghi chú"), "{}", stage.screen());
}

#[test]
fn a_new_task_is_the_last_of_its_section_by_place_and_by_number() {
    let mut stage = Stage::new(
        &["data/ha-giang-2021.ron"],
        tiendo::app::layout::Size { width: 80, height: 24 },
        "2021-05-20".parse().unwrap(),
        tiendo::words::Lang::Vi,
    );
    stage.press("Insert \"Việc thử\" Enter");
    let tasks = &stage.plans[0].tasks;
    let at = tasks.iter().position(|task| task.title == "Việc thử").unwrap();
    let (before, behind) = (&tasks[at - 1].no, &tasks[at + 1].no);
    assert_eq!((before.as_str(), tasks[at].no.as_str(), behind.as_str()), ("II.9", "II.10", "III.1"));
    let told = "Đã thêm việc II.10 cuối mục II, cơ quan như việc II.1 · Ctrl-Z hoàn tác";
    assert!(stage.screen().contains(told), "{}", stage.screen());
}

#[test]
fn undo_says_that_the_screen_shows_another_task_now() {
    let mut stage = Stage::in_may();
    stage.press("2 Down Enter Ctrl-Z");
    assert!(stage.screen().contains("Chuyển sang việc 9 · Đã hoàn tác: "), "{}", stage.screen());
}

#[test]
fn a_rehearsal_shows_and_says_which_day_it_writes() {
    let mut stage = Stage::in_may();
    stage.app.day = Day::AsOf;
    assert!(stage.screen().contains("tính đến 20/05/2024"), "{}", stage.screen());
    stage.press("3");
    assert!(
        stage.screen().contains("20/05/2024") && stage.screen().contains("Ngày đang xem"),
        "{}",
        stage.screen()
    );
}
