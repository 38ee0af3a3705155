//! Tasks that are marked: what survives, and that what is done next is done to all of them, once.

use std::time::{Duration, Instant};

use crossterm::event::KeyCode;
use proptest::prelude::*;
use tiendo::app::Effect;
use tiendo::app::layout::Size;
use tiendo::document::Document;
use tiendo::plan::{Change, Field, Status, TaskId};
use tiendo::view::theme::{Palette, Signs, Theme};

use crate::desk::Desk;
use crate::plans::{self, Wording};
use crate::queries::office_plan;
use crate::stage::Stage;

fn stage() -> Stage {
    Stage::on(office_plan(), Size { width: 120, height: 40 })
}

fn marked(stage: &Stage) -> Vec<TaskId> {
    let open = stage.app.open().unwrap();
    let plan = open.plan.as_ref().unwrap();
    plan.tasks.iter().map(|task| task.id.clone()).filter(|id| open.is_marked(id)).collect()
}

fn statuses(stage: &Stage, ids: &[TaskId]) -> Vec<Status> {
    ids.iter().map(|id| stage.plans[0].task(id).unwrap().status).collect()
}

#[test]
fn a_status_goes_to_all_that_are_marked_and_is_taken_back_at_once() {
    let mut stage = stage();
    stage.press("Right , Down , Down ,");
    let ids = marked(&stage);
    let before = statuses(&stage, &ids);
    assert_eq!(ids.len(), 3);
    assert!(stage.screen().contains("√ 3 việc được đánh dấu"), "{}", stage.screen());
    stage.press("2");
    assert_eq!(statuses(&stage, &ids), [Status::Doing; 3]);
    assert!(stage.screen().contains("Đã đặt 3 việc: Đang thực hiện · Ctrl-Z hoàn tác"), "{}", stage.screen());
    stage.press("Ctrl-Z");
    assert_eq!(statuses(&stage, &ids), before);
    stage.press(",");
    assert_eq!(marked(&stage), ids[..2], "again: unmarked");
    stage.press("Esc");
    assert_eq!(marked(&stage), []);
}

/// Nobody is set done together with what was not begun.
#[test]
fn space_takes_the_hindmost_a_step_on() {
    let mut stage = stage();
    stage.press("Right 2 Down Down 3 Enter Up Up , Down , Down ,");
    let ids = marked(&stage);
    assert_eq!(statuses(&stage, &ids), [Status::Doing, Status::Todo, Status::Done]);
    stage.press("Space");
    assert_eq!(statuses(&stage, &ids), [Status::Doing, Status::Doing, Status::Done]);
    stage.press("Space");
    assert_eq!(statuses(&stage, &ids), [Status::Done; 3]);
    stage.press("-");
    assert_eq!(statuses(&stage, &ids), [Status::Doing; 3]);
}

#[test]
fn a_reason_is_asked_for_once_for_all() {
    let mut stage = stage();
    stage.press("Right , Down , 4");
    assert!(stage.screen().contains("2 việc · Tạm dừng"), "{}", stage.screen());
    stage.press("\"Công văn 5\" Enter");
    let ids = marked(&stage);
    assert_eq!(statuses(&stage, &ids), [Status::Paused; 2]);
    for id in &ids {
        let history = &stage.plans[0].task(id).unwrap().history;
        assert_eq!(history.last().unwrap().note, "Công văn 5");
    }
}

#[test]
fn agencies_and_deadlines_go_to_all_and_titles_to_one() {
    let mut stage = stage();
    stage.press("Right , Down ,");
    let ids: [TaskId; 2] = marked(&stage).try_into().unwrap();
    let titles: Vec<String> = ids.iter().map(|id| stage.plans[0].task(id).unwrap().title.clone()).collect();
    let supports = |stage: &Stage| ids.clone().map(|id| stage.plans[0].task(&id).unwrap().support.clone());
    let before = supports(&stage);
    stage.press("F9 \"sua co quan phoi hop\" Enter \"Sở Y tế\" Enter");
    for (before, after) in before.into_iter().zip(supports(&stage)) {
        assert_eq!(after, [before, vec!["Sở Y tế".to_owned()]].concat(), "each keeps its own");
    }
    stage.press("F9 \"sua co quan chu tri\" Enter Tab \"Sở Y tế\" Enter");
    for id in &ids {
        assert_eq!(stage.plans[0].task(id).unwrap().lead, ["Sở Y tế"]);
    }
    stage.press("F9 \"sua han\" Enter \"31/12\" Enter \"Công văn 9\" Enter");
    for id in &ids {
        let task = stage.plans[0].task(id).unwrap();
        assert_eq!(task.deadline(2024), "2024-12-31".parse().ok(), "{}", task.no);
        assert_eq!(task.extensions.len(), 1, "{}", task.no);
    }
    stage.press("F9 \"sua noi dung\" Enter End \" mới\" Enter Esc");
    let changed =
        ids.iter().zip(&titles).filter(|(id, title)| stage.plans[0].task(id).unwrap().title != **title);
    assert_eq!(changed.count(), 1);
}

#[test]
fn what_somebody_else_has_set_is_asked_about_and_nothing_is_half_done() {
    let mut stage = stage();
    stage.press("Right , Down ,");
    let ids = marked(&stage);
    let other = ids[1].clone();
    stage.others_unheard(|plan| {
        let task = plan.task(&other).unwrap();
        let edit = tiendo::plan::Edit::new(Field::Status, task.status, Status::Dropped);
        vec![Change::Edit { task: other.clone(), edit }]
    });
    stage.press("2");
    assert_eq!(statuses(&stage, &ids), [Status::Todo, Status::Dropped], "nothing is done for any");
    stage.wait();
    stage.press("Enter");
    assert_eq!(statuses(&stage, &ids), [Status::Doing; 2], "all the same, for all");
}

/// In a meeting the task that is shown is meant.
#[test]
fn marks_do_not_count_in_a_meeting() {
    let mut stage = stage();
    stage.press("Right , Down ,");
    let ids = marked(&stage);
    stage.press("F8");
    let screen = stage.screen();
    assert!(!screen.lines().last().unwrap().contains("được đánh dấu"), "{screen}");
    stage.press("2");
    assert_eq!(statuses(&stage, &ids), [Status::Todo; 2]);
}

#[test]
fn a_mark_is_a_sign_and_not_only_a_colour() {
    for (palette, signs, sign) in [
        (Palette::Dark, Signs::Unicode, "√"),
        (Palette::Mono, Signs::Unicode, "√"),
        (Palette::Mono, Signs::Ascii, "+"),
    ] {
        let mut stage = stage();
        stage.theme = Theme { palette, signs };
        let count = |stage: &Stage| stage.screen().matches(sign).count();
        let before = count(&stage);
        stage.press("Right ,");
        assert_eq!(count(&stage), before + 2, "{palette:?} {signs:?}: on the card and in the footer");
        stage.press("F5");
        assert_eq!(count(&stage), before + 2, "in the list of deadlines too");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever is looked at, and whatever others do, what was marked stays marked as long as it is there.
    #[test]
    fn marks_survive(keys in prop::collection::vec(prop::sample::select(vec![
        "Down", "Right", "F5", "F6", "F4 Down Enter", "F7 \"ban\" Enter", "0", "F3", "F9 \"tieng viet\" Esc", "F4 Esc",
    ]), 0..12)) {
        let mut stage = stage();
        stage.press("Right , Down , Right ,");
        let ids = marked(&stage);
        for keys in keys {
            stage.press(keys);
            let gone = ids[0].clone();
            prop_assert!(marked(&stage) == ids, "{keys}: {gone:?}");
        }
        let gone = ids[0].clone();
        stage.others(|plan| {
            let task = Box::new(plan.task(&gone).unwrap().clone());
            vec![Change::Remove { after: plan.before(&gone), task }]
        });
        prop_assert_eq!(marked(&stage), &ids[1..]);
    }
}

/// A mark costs no more than a card.
#[test]
fn a_mark_is_short() {
    for palette in [Palette::Dark, Palette::Sixteen] {
        let mut desk = Desk::with(plans::plan(80, Wording::Printed));
        desk.theme = Theme { palette, ..desk.theme };
        desk.draw();
        desk.press(KeyCode::Char(','));
        desk.press(KeyCode::Down);
        let bytes = desk.press(KeyCode::Char(',')).len();
        println!("a mark, {palette:?}: {bytes} B");
        assert!(bytes <= 300, "{palette:?}: {bytes} B");
    }
}

#[test]
fn ten_thousand_tasks_are_one_save_under_a_second() {
    let plan = plans::plan(10_000, Wording::Printed);
    let mut document = Document::of(&plan).unwrap();
    let mut desk = Desk::with(plan);
    desk.draw();
    let ctrl_a = crossterm::event::KeyEvent::new(KeyCode::Char('a'), crossterm::event::KeyModifiers::CONTROL);
    assert_eq!(desk.tell_key(ctrl_a), None);
    let began = Instant::now();
    let effect = desk.tell(KeyCode::Char(' '));
    let asked = began.elapsed();
    let Some(effect @ Effect::Commit(..)) = effect else { panic!("{effect:?}") };
    let Effect::Commit(_, changes, ..) = &effect else { unreachable!() };
    assert!(changes.len() > 2_000, "{}", changes.len());
    let began = Instant::now();
    desk.commit(&mut document, effect);
    let saved = began.elapsed();
    println!("10 000 marked: asked {asked:?}, made, written and drawn {saved:?}");
    assert!(asked + saved < Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 1 }));
}

#[test]
fn marks_count_in_the_review_as_well() {
    let mut stage = stage();
    stage.press("Tab Tab Home , Down ,");
    let ids = marked(&stage);
    assert_eq!(ids.len(), 2);
    assert!(stage.screen().contains("√ 2 việc được đánh dấu"), "{}", stage.screen());
    stage.press("2");
    assert_eq!(statuses(&stage, &ids), [Status::Doing; 2]);
}

#[test]
fn a_field_of_several_is_set_over_the_list_that_they_were_marked_in() {
    let mut stage = stage();
    stage.press("Right , Down , F9 \"sua nguoi phu trach\" Enter");
    let shown = stage.screen();
    assert!(shown.contains("2 việc · Người phụ trách") && shown.contains("QUÝ II"), "{shown}");
    stage.press("\"hùng\" Enter");
    assert!(stage.app.detail.is_none(), "{}", stage.screen());
    let chosen = stage.app.selected().unwrap().task.id.clone();
    stage.press("Ctrl-Z");
    assert!(stage.screen().contains("Đã hoàn tác: 2 việc · Người phụ trách"), "{}", stage.screen());
    assert_eq!(stage.app.selected().unwrap().task.id, chosen, "nothing moves that was not moved");
}

#[test]
fn a_list_is_as_wide_as_its_heading() {
    let mut stage = Stage::on(office_plan(), Size { width: 80, height: 24 });
    let shown = stage.press("Ctrl-A =").screen();
    assert!(shown.contains("28 việc · Đặt trạng thái, ghi lý do ─"), "{shown}");
}
