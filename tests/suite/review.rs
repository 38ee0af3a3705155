//! Rà soát on the screen: what somebody should look at, by what is the matter with it.

use tiendo::app::{Access, Event, keymap::Mode};
use tiendo::document::Document;
use tiendo::plan::PlanKey;

use crate::stage::Stage;

/// On the twentieth of May.
const PLAN: &str = r#"(title: "P", year: 2024, tasks: [
    (id: "late", no: "1", title: "Báo cáo quý", quarters: [Q1], officer: "lan"),
    (id: "fine", no: "2", title: "Còn sớm", quarters: [Q4]),
    (id: "both", no: "3", title: "Xin ý kiến", due: "2024-05-02", quarters: [Q2]),
])"#;

fn screen() -> Stage {
    let mut stage = Stage::in_may();
    stage.plans = vec![Document::read(PLAN.as_bytes().to_vec()).expect("it is a plan").plan().clone()];
    stage.handle(Event::Loaded(PlanKey(0), stage.plans[0].clone(), Access::Write, None));
    stage.press("Tab Tab");
    assert_eq!(stage.app.mode(), Mode::Review);
    stage
}

fn chosen(stage: &Stage) -> String {
    stage.app.selected().map_or_else(String::new, |item| item.task.id.to_string())
}

#[test]
fn a_task_stands_under_each_rule_that_it_breaks() {
    let mut stage = screen();
    let shown = stage.screen();
    assert!(
        shown.contains("QUÁ HẠN, CHƯA RÕ LÝ DO 2") && shown.contains("CHƯA CÓ NGƯỜI PHỤ TRÁCH 1"),
        "{shown}"
    );
    assert!(!shown.contains("Còn sớm"), "{shown}");
    let walk: Vec<String> = ["Home", "Down", "Down", "Down"].map(|key| chosen(stage.press(key))).to_vec();
    assert_eq!(walk, ["late", "both", "both", "both"]);
    stage.press("Home Enter");
    assert_eq!((stage.app.mode(), chosen(&stage).as_str()), (Mode::Board, "late"));
}

/// Or a key would change a task that is not seen.
#[test]
fn what_is_in_order_leaves_and_nothing_is_chosen_in_an_empty_list() {
    let mut stage = screen();
    stage.press("Home 4 \"chờ\" Enter");
    assert_eq!(chosen(&stage), "both");
    stage.press("4 \"chờ\" Enter");
    assert_eq!(chosen(&stage), "", "{}", stage.screen());
    assert!(stage.screen().contains("Không có việc nào cần xem lại"), "{}", stage.screen());
    let before = stage.plans[0].clone();
    stage.press("1 Delete Enter Enter");
    assert_eq!(stage.plans[0], before, "{}", stage.screen());
}

#[test]
fn the_list_of_commands_finds_it() {
    let mut stage = Stage::in_may();
    stage.press("F9 \"ra soat\" Enter");
    assert_eq!(stage.app.mode(), Mode::Review);
}
