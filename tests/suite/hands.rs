//! Several people at one plan, as one of them sees it.

use tiendo::app::Event;
use tiendo::plan::{Change, Draft, Edit, Field, Plan, PlanKey, Status, TaskId};
use tiendo::words::Spoken;

use crate::stage::Stage;

fn id(text: &str) -> TaskId {
    TaskId::new(text)
}

fn set(plan: &Plan, task: &str, status: Status) -> Change {
    let before = plan.task(&id(task)).unwrap().status;
    Change::Edit { task: id(task), edit: Edit::new(Field::Status, before, status) }
}

/// Somebody else sets a status, on the disk only: the screen has not heard of it yet.
fn hung_sets(stage: &mut Stage, task: &str, status: Status) {
    stage.others_unheard(|plan| vec![set(plan, task, status)]);
}

/// The screen hears of what others have saved.
fn hear(stage: &mut Stage) {
    let plan = stage.plans[0].clone();
    stage.handle(Event::Loaded(PlanKey(0), plan, tiendo::app::Access::Write, None));
}

fn status(stage: &Stage, task: &str) -> Status {
    stage.plans[0].task(&id(task)).unwrap().status
}

#[test]
fn different_tasks_are_both_kept_without_a_word() {
    let mut stage = Stage::in_may();
    hung_sets(&mut stage, "hy24-10", Status::Doing);
    stage.press("3");
    assert_eq!(status(&stage, "hy24-9"), Status::Done);
    assert_eq!(status(&stage, "hy24-10"), Status::Doing);
    assert!(!matches!(stage.app.panel, Some(tiendo::app::Panel::Ask(_))), "nothing is asked");
}

#[test]
fn the_same_field_set_differently_is_asked_about_once() {
    let mut stage = Stage::in_may();
    hung_sets(&mut stage, "hy24-9", Status::Paused);
    stage.press("3");
    assert_eq!(status(&stage, "hy24-9"), Status::Paused, "theirs is not overwritten unseen");
    let screen = stage.screen();
    for told in ["hùng (09:10)", "Tạm dừng", "vẫn “", "Enter", "Esc"] {
        assert!(screen.contains(told), "{told} is not in\n{screen}");
    }
    stage.press("Enter Enter");
    assert_eq!(status(&stage, "hy24-9"), Status::Done);
    assert!(stage.app.panel.is_none());
}

#[test]
fn esc_leaves_what_the_other_has_set() {
    let mut stage = Stage::in_may();
    hung_sets(&mut stage, "hy24-9", Status::Paused);
    stage.press("3 Esc");
    assert_eq!(status(&stage, "hy24-9"), Status::Paused);
    assert!(stage.screen().contains("■ 9"), "the screen shows what is on disk");
}

#[test]
fn a_clash_that_nobody_answers_any_more_is_made_and_marked() {
    let mut stage = Stage::in_may();
    hung_sets(&mut stage, "hy24-9", Status::Paused);
    stage.press("3");
    let left = stage.app.unanswered();
    assert!(
        matches!(left, Some(tiendo::app::Effect::Commit(PlanKey(0), _, tiendo::plan::Why::Clash, _))),
        "{left:?}"
    );
}

#[test]
fn undo_takes_back_my_change_and_never_theirs() {
    let mut stage = Stage::in_may();
    stage.press("2");
    hung_sets(&mut stage, "hy24-9", Status::Done);
    hear(&mut stage);
    stage.press("Ctrl-Z");
    assert_eq!(status(&stage, "hy24-9"), Status::Done, "theirs stays");
    assert!(stage.screen().contains("hùng"), "and it is said whose it is");
    stage.press("Ctrl-Z");
    assert!(stage.screen().contains("Không còn gì để hoàn tác"));
}

#[test]
fn what_others_change_is_marked_and_told_until_i_have_come_by() {
    let mut stage = Stage::in_may();
    hung_sets(&mut stage, "hy24-10", Status::Doing);
    hear(&mut stage);
    assert!(stage.screen().contains("10◄"), "{}", stage.screen());
    assert!(stage.screen().contains("◄ 1 vừa đổi"));
    stage.press("Down");
    let told = "◄ hùng 09:10: Chưa thực hiện → Đang thực hiện";
    assert!(stage.screen().contains(told), "{}", stage.screen());
    stage.press("Down");
    assert!(!stage.screen().contains('◄'), "{}", stage.screen());
}

#[test]
fn my_own_change_is_no_news() {
    let mut stage = Stage::in_may();
    stage.press("2 Down");
    assert!(!stage.screen().contains('◄'));
}

#[test]
fn what_could_not_be_saved_can_be_tried_again() {
    let mut stage = Stage::in_may();
    let before = stage.effect_of("3");
    let told = Spoken { vi: "Đĩa lỗi.".into(), en: "The disk has failed.".into() };
    stage.app.handle(Event::Failed(PlanKey(0), told));
    assert!(stage.screen().contains("Chưa lưu được: Đĩa lỗi. Enter: thử lại"), "{}", stage.screen());
    stage.look();
    let again = stage.effect_of("Enter");
    assert_eq!(again, before);
}

#[test]
fn half_typed_text_is_what_is_kept_and_taken_up_again() {
    let mut stage = Stage::in_may();
    stage.press("Enter Down Down Down Down Down Down Down Down Enter \"Báo cáo 12\"");
    let (at, draft) = stage.app.draft().unwrap();
    let task = stage.plans[0].task(&id("hy24-9")).cloned().map(Box::new);
    assert_eq!(
        (at, &draft),
        (PlanKey(0), &Draft { task, field: Field::Output, texts: vec!["Báo cáo 12".into()] })
    );

    let mut later = Stage::in_may();
    later.app.plans[0].drafts.push(draft);
    assert!(later.screen().contains("F12: gõ dở"), "{}", later.screen());
    later.press("F12");
    assert!(later.screen().contains("Lần trước đang gõ dở “Báo cáo 12”"), "{}", later.screen());
    later.press("Enter \"3/SNV\" Enter");
    assert_eq!(later.plans[0].task(&id("hy24-9")).unwrap().output, "Báo cáo 123/SNV");
    assert!(later.app.plans[0].drafts.is_empty());
}
