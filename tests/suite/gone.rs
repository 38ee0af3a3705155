//! A task that somebody else deletes, or changes, while I type in it: what was typed is never lost.

use tiendo::app::layout::Size;
use tiendo::app::{Access, Effect, Event};
use tiendo::plan::{Change, Edit, Field, Plan, PlanKey, Status, Task, TaskId, Why};

use crate::stage::Stage;

fn id() -> TaskId {
    TaskId::new("hy24-9")
}

fn task(stage: &Stage) -> Option<&Task> {
    stage.plans[0].task(&id())
}

/// The note of the first task of the second quarter is open, and something is typed into it.
fn typing(text: &str) -> Stage {
    let mut stage = Stage::in_may();
    stage.press(&format!("Enter {} F2 \"{text}\"", "Down ".repeat(9)));
    stage
}

fn removal(plan: &Plan) -> Change {
    Change::Remove { task: Box::new(plan.task(&id()).unwrap().clone()), after: None }
}

/// Somebody else deletes it, on the disk only: the screen has not heard of it yet.
fn hung_deletes(stage: &mut Stage) {
    stage.others_unheard(|plan| vec![removal(plan)]);
}

fn hung_edits(stage: &mut Stage, edit: impl FnOnce(&Task) -> Edit) {
    stage.others_unheard(|plan| vec![Change::Edit { task: id(), edit: edit(plan.task(&id()).unwrap()) }]);
}

fn hear(stage: &mut Stage) {
    let plan = stage.plans[0].clone();
    stage.handle(Event::Loaded(PlanKey(0), plan, Access::Write, None));
}

#[track_caller]
fn assert_told(stage: &Stage, told: &[&str]) {
    let screen = stage.screen();
    for told in told {
        assert!(screen.contains(told), "{told} is not in\n{screen}");
    }
}

#[test]
fn what_is_typed_into_a_task_that_is_deleted_brings_it_back_when_asked_to() {
    let mut stage = typing("đã gửi");
    hung_deletes(&mut stage);
    hear(&mut stage);
    assert_told(&stage, &["đã gửi", "Người khác đã xóa việc này"]);
    stage.press("\" công văn\" F2");
    assert_told(&stage, &["Lấy lại", "Enter", "Esc"]);
    assert_eq!(task(&stage), None, "nothing is brought back unasked");
    stage.press("Enter");
    let back = task(&stage).expect("it is back");
    assert_eq!(back.note, "đã gửi công văn");
    assert_eq!(stage.plans[0].position(&id()), Some(8), "where it was");
    assert!(stage.app.panel.is_none());
    assert_told(&stage, &["đã gửi công văn", "LỊCH SỬ THAY ĐỔI"]);
    assert_eq!(stage.app.cursor.task().map(|name| &name.task), Some(&id()));
    stage.press("Ctrl-Z");
    assert_eq!(task(&stage), None, "and taken away again in one go");
}

#[test]
fn who_has_typed_nothing_is_told_and_stands_on_the_board() {
    let mut stage = typing("");
    hung_deletes(&mut stage);
    hear(&mut stage);
    assert!(stage.app.panel.is_none() && stage.app.detail.is_none());
    assert_told(&stage, &["Người khác đã xóa việc đang mở", "QUÝ II"]);
}

#[test]
fn a_task_that_was_changed_and_then_deleted_comes_back_with_both() {
    let mut stage = typing("đã gửi");
    hung_edits(&mut stage, |task| Edit::new(Field::Note, task.note.clone(), "của hùng"));
    hear(&mut stage);
    hung_deletes(&mut stage);
    hear(&mut stage);
    stage.press("F2 Enter");
    let back = task(&stage).expect("it is back");
    assert_eq!(back.note, "đã gửi");
    assert_eq!(back.history.last().unwrap().from, "của hùng");
}

#[test]
fn what_was_to_be_moved_is_only_told_to_be_gone() {
    let mut stage = Stage::in_may();
    hung_deletes(&mut stage);
    stage.press(">");
    assert_told(&stage, &["Người khác vừa xóa việc này"]);
}

#[test]
fn esc_leaves_the_text_only_when_that_is_confirmed() {
    let mut stage = typing("đã gửi");
    hung_deletes(&mut stage);
    hear(&mut stage);
    stage.press("F2 Esc");
    assert_told(&stage, &["đã gửi", "Người khác đã xóa việc này"]);
    stage.press("Esc");
    assert_told(&stage, &["Bỏ phần vừa gõ?"]);
    stage.press("Esc \" rồi\"");
    assert_told(&stage, &["đã gửi rồi"]);
    stage.press("Esc Enter");
    assert!(stage.app.panel.is_none() && stage.app.detail.is_none());
    assert_told(&stage, &["Người khác đã xóa việc đang mở", "QUÝ II"]);
}

#[test]
fn a_task_that_is_deleted_at_the_very_moment_of_saving_is_asked_about_too() {
    let mut stage = typing("đã gửi");
    hung_deletes(&mut stage);
    stage.press("F2");
    assert_told(&stage, &["Lấy lại"]);
    stage.press("Esc");
    assert_told(&stage, &["đã gửi"]);
    stage.press("F2 Enter");
    assert_eq!(task(&stage).expect("it is back").note, "đã gửi");
}

#[test]
fn a_task_that_comes_back_by_itself_is_edited_as_ever() {
    let mut stage = typing("đã gửi");
    let before = stage.plans[0].clone();
    hung_deletes(&mut stage);
    hear(&mut stage);
    stage.press("F2");
    // Somebody has thought better of it, and the screen has not heard of that either.
    stage.plans[0] = before;
    stage.press("Enter");
    assert_eq!(task(&stage).unwrap().note, "đã gửi");
    assert!(stage.app.panel.is_none(), "{}", stage.screen());
}

#[test]
fn it_is_drawn_at_any_size() {
    for keys in ["Down", "F2", "Esc"] {
        let mut stage = typing("đã gửi");
        hung_deletes(&mut stage);
        hear(&mut stage);
        stage.press(keys);
        for (width, height) in [(200, 50), (80, 24), (40, 10), (20, 4), (1, 1), (0, 0)] {
            stage.handle(Event::Resized(Size { width, height }));
            stage.screen();
        }
        stage.handle(Event::Resized(Size { width: 80, height: 24 }));
        stage.press(if keys == "Down" { "F2 Enter" } else { "Enter" });
        assert_eq!(task(&stage).is_some(), keys != "Esc");
    }
}

#[test]
fn a_status_is_asked_about_as_well() {
    let mut stage = Stage::in_may();
    hung_deletes(&mut stage);
    stage.press("3");
    assert_told(&stage, &["Lấy lại"]);
    stage.press("Esc");
    assert!(task(&stage).is_none() && stage.app.panel.is_none());
}

#[test]
fn a_reason_stays_with_the_status_that_it_is_the_reason_of() {
    let mut stage = Stage::in_may();
    stage.press("Enter 4 \"theo công văn 12\"");
    hung_deletes(&mut stage);
    hear(&mut stage);
    stage.press("Enter Enter");
    let told = |task: &Task| {
        task.history.iter().map(|entry| (entry.kind.name().to_owned(), entry.note.clone())).collect()
    };
    let history: Vec<(String, String)> = told(task(&stage).expect("it is back"));
    let told = |field: &str, note: &str| (field.to_owned(), note.to_owned());
    assert_eq!(history, [told("add", ""), told("status", "theo công văn 12")]);
}

#[test]
fn a_line_that_drops_keeps_the_text_and_the_task() {
    let mut stage = typing("đã gửi");
    hung_deletes(&mut stage);
    hear(&mut stage);
    let (_, draft) = stage.app.draft().expect("what is typed is kept");
    let mut later = Stage::in_may();
    hung_deletes(&mut later);
    hear(&mut later);
    later.app.plans[0].drafts.push(draft);
    later.press("F12 Enter");
    assert_told(&later, &["đã gửi", "Người khác đã xóa việc này"]);
    later.press("F2 Enter");
    assert_eq!(task(&later).expect("it is back").note, "đã gửi");
}

#[test]
fn a_line_that_drops_at_the_question_makes_the_change() {
    let mut stage = typing("đã gửi");
    hung_deletes(&mut stage);
    hear(&mut stage);
    stage.press("F2");
    let Some(Effect::Commit(PlanKey(0), changes, Why::Clash, _)) = stage.app.unanswered() else {
        panic!("nothing is made")
    };
    stage.plans[0].make(&changes).unwrap();
    assert_eq!(task(&stage).unwrap().note, "đã gửi");
}

#[test]
fn a_line_that_drops_in_a_reason_keeps_what_is_there_of_it() {
    let mut stage = Stage::in_may();
    stage.press("4 \"theo công văn 1\"");
    let Some(Effect::Commit(PlanKey(0), changes, why, _)) = stage.app.unanswered() else {
        panic!("nothing is made")
    };
    assert!(matches!(&changes[..], [change] if change.edit_in(Field::Status).is_some()));
    assert_eq!(why, Why::Reason("theo công văn 1".to_owned()));
}

#[test]
fn a_line_that_drops_while_an_extension_is_asked_about_keeps_the_new_day() {
    let mut stage = Stage::in_may();
    stage.press("Enter Down Down Enter \"30/9\" Enter");
    assert_told(&stage, &["Gia hạn, hạn đang là 30/06/2024"]);
    assert!(stage.app.unanswered().is_none(), "whether it is an extension is not known");
    let (_, draft) = stage.app.draft().expect("the day is kept");
    assert_eq!((draft.field, draft.text().as_str()), (Field::Extensions, "30/09/2024 · 20/05/2024"));
    let mut later = Stage::in_may();
    later.app.plans[0].drafts.push(draft);
    later.press("F12 Enter Tab \"12/UBND\" Enter");
    assert_eq!(task(&later).unwrap().extensions[0].doc, "12/UBND");
}

#[test]
fn the_same_field_changed_by_somebody_else_meanwhile_is_asked_about() {
    for hears in [true, false] {
        let mut stage = typing("đã gửi");
        hung_edits(&mut stage, |task| Edit::new(Field::Note, task.note.clone(), "của hùng"));
        if hears {
            hear(&mut stage);
        }
        stage.press("F2");
        assert_eq!(task(&stage).unwrap().note, "của hùng", "theirs is not overwritten unseen");
        assert_told(&stage, &["hùng (09:10)", "của hùng", "chỉ “đã gửi”"]);
        stage.press("Enter");
        assert_eq!(task(&stage).unwrap().note, "đã gửi");
    }
}

#[test]
fn text_from_the_last_time_overwrites_nothing_unseen() {
    let (_, draft) = typing("đã gửi").app.draft().unwrap();
    let mut later = Stage::in_may();
    hung_edits(&mut later, |task| Edit::new(Field::Note, task.note.clone(), "của hùng"));
    hear(&mut later);
    later.app.plans[0].drafts.push(draft);
    later.press("F12 Enter F2");
    assert_told(&later, &["của hùng", "chỉ “đã gửi”"]);
}

#[test]
fn a_choice_overwrites_nothing_unseen_either() {
    let mut stage = Stage::in_may();
    stage.press("Enter Down Enter Down");
    hung_edits(&mut stage, |task| Edit::of(Field::Status, task, Status::Paused));
    hear(&mut stage);
    stage.press("Enter");
    assert_eq!(task(&stage).unwrap().status, Status::Paused);
    assert_told(&stage, &["hùng (09:10)", "vẫn “"]);
}

#[test]
fn agencies_that_two_choose_are_joined() {
    let mut stage = Stage::in_may();
    stage.press("Enter Down Down Down Down Down Enter \"so noi vu\" Tab");
    hung_edits(&mut stage, |task| {
        let more = [task.lead.clone(), vec!["Sở Y tế".to_owned()]].concat();
        Edit::of(Field::Lead, task, more)
    });
    hear(&mut stage);
    stage.press("Enter");
    let lead = &task(&stage).unwrap().lead;
    assert_eq!(*lead, ["Ban TĐKT", "Sở Y tế", "Sở Nội vụ Hải Dương"]);
}

#[test]
fn a_new_task_finds_a_place_when_the_one_before_it_is_gone() {
    let mut stage = Stage::in_may();
    stage.press("Insert \"Việc mới\"");
    hung_deletes(&mut stage);
    stage.press("Enter");
    assert!(stage.plans[0].tasks.iter().any(|task| task.title == "Việc mới"), "{}", stage.screen());
    assert_told(&stage, &["Việc mới", "LỊCH SỬ THAY ĐỔI"]);
}

#[test]
fn what_is_typed_stays_when_the_file_has_become_read_only() {
    let mut stage = typing("đã gửi");
    let plan = stage.plans[0].clone();
    stage.handle(Event::Loaded(PlanKey(0), plan, Access::ReadOnly, None));
    stage.press("F2");
    assert_told(&stage, &["đã gửi", "chỉ đọc"]);
}
