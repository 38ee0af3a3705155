//! Keys that were typed before anybody could see what they would act on, and prose where no field is open.

use std::time::Duration;

use proptest::prelude::*;
use proptest::sample::select;
use tiendo::app::keymap::Mode;
use tiendo::app::{Access, Event};
use tiendo::plan::{Change, Edit, Field, Plan, PlanKey, Status, TaskId};

use crate::stage::Stage;

/// Every screen on which no field is open.
const SCREENS: [&str; 6] = ["Down", "F5 Down", "Enter", "F5 Enter", "Delete", "F7 \"hội\" Enter"];

const PROSE: [&str; 8] = [
    "Tổ chức họp",
    "hội nghị tổng kết",
    "kiểm tra",
    "tìm việc quý 3",
    "quý 3",
    "Sở Nội vụ: 12/KH - 5",
    "la⌫âp⌫⌫ập  ke⌫ê⌫ế hoa⌫ạch",
    "chờ hướng dẫn của Bộ Nội vụ, CV 455/BNV",
];

/// As fast as people type who do not look.
const FAST: Duration = Duration::from_millis(50);

/// The prose as keys.
fn typed(prose: &str) -> String {
    prose.split('⌫').map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join(" Backspace ")
}

fn state(stage: &Stage) -> (Vec<Plan>, Mode, bool) {
    (stage.plans.clone(), stage.app.mode(), stage.has_quit)
}

const HINT: &str = "Chưa mở ô nhập nào";

#[test]
fn prose_where_no_field_is_open_does_nothing() {
    for screen in SCREENS {
        for prose in PROSE {
            let mut stage = Stage::in_may();
            let before = state(stage.press(screen));
            let chosen = stage.app.selected().map(|item| item.task.clone());
            stage.burst(&typed(prose));
            assert_eq!(state(stage.wait()), before, "{prose} in one go on {screen}");
            assert_eq!(
                stage.app.selected().map(|item| item.task.clone()),
                chosen,
                "{prose} in one go on {screen}"
            );

            let mut stage = Stage::in_may();
            stage.press(screen);
            stage.press_every(FAST, &typed(prose));
            let (after, _, has_quit) = state(stage.wait());
            assert!(after == before.0 && !has_quit, "{prose} key by key on {screen}");
        }
    }
}

#[test]
fn what_stands_behind_prose_in_one_go_is_not_meant_for_the_screen() {
    for behind in ["Enter", "Down", "Delete Enter", "F10", "Insert", "Esc", "F7 3"] {
        let mut stage = Stage::in_may();
        let before = state(&stage);
        stage.burst(&format!("\"Tổ chức họp\" {behind}"));
        assert_eq!(state(&stage), before, "{behind}");
    }
    let mut stage = Stage::in_may();
    stage.burst("\"Tổ chức họp\" Ctrl-C");
    assert!(stage.has_quit, "but who wants to leave leaves");
}

#[test]
fn the_hint_stays_until_the_next_keys() {
    for screen in ["Down", "F5", "Enter"] {
        let mut stage = Stage::in_may();
        stage.press(screen).burst("\"hội nghị tổng kết\"");
        assert!(stage.screen().contains(HINT), "{}", stage.screen());
        stage.press_every(FAST, "Space");
        assert!(stage.screen().contains(HINT), "{}", stage.screen());
        stage.press("Down");
        assert!(!stage.screen().contains(HINT), "{}", stage.screen());
    }
}

#[test]
fn a_moment_after_a_letter_without_meaning_keys_are_commands_again() {
    for (key, status) in [("Space", Status::Doing), ("3", Status::Done), ("2", Status::Doing)] {
        let mut stage = Stage::in_may();
        stage.press("x").press_every(FAST, key);
        assert_eq!(status_of(&stage), Status::Todo);
        stage.press(key);
        assert_eq!(status_of(&stage), status);
    }
}

#[test]
fn commands_in_one_go_are_commands() {
    let mut stage = Stage::in_may();
    stage.burst("j j Space Down 3 Up");
    let [_, _, third, fourth] = [8, 9, 10, 11].map(|at: usize| stage.plans[0].tasks[at].status);
    assert_eq!((third, fourth), (Status::Doing, Status::Done));
    stage.burst("/ \"so noi vu\" Enter");
    assert_eq!(stage.app.search.text(), "so noi vu", "and text goes where a field is opened for it");
}

#[test]
fn a_letter_leaves_only_when_nothing_comes_behind_it() {
    let mut stage = Stage::in_may();
    stage.press_every(FAST, "q u");
    assert!(!stage.wait().has_quit);
    stage.press_every(FAST, "q Down");
    assert!(!stage.wait().has_quit);
    stage.press("q");
    assert!(!stage.has_quit);
    assert!(stage.wait().has_quit);
}

fn first() -> TaskId {
    TaskId::new("hy24-9")
}

fn status_of(stage: &Stage) -> Status {
    stage.plans[0].task(&first()).unwrap().status
}

fn hung_sets(stage: &mut Stage, status: Status) {
    stage.others_unheard(|plan| {
        let before = plan.task(&first()).unwrap().status;
        vec![Change::Edit { task: first(), edit: Edit::new(Field::Status, before, status) }]
    });
}

#[test]
fn a_question_is_not_answered_by_keys_from_before_it_could_be_read() {
    for ahead in ["Enter", "Esc", "Space", "F2", "Enter Enter", "Enter 3"] {
        let mut stage = Stage::in_may();
        hung_sets(&mut stage, Status::Paused);
        stage.burst(&format!("3 {ahead}"));
        stage.press_every(FAST, ahead);
        assert_eq!(status_of(&stage), Status::Paused, "{ahead}");
        assert_eq!(stage.app.mode(), Mode::Ask, "{ahead} was not for the question");
        stage.press("Enter");
        assert_eq!(status_of(&stage), Status::Done, "and now it is answered");
    }
}

#[test]
fn no_question_is_answered_by_a_character() {
    for question in ["Delete", "Insert \"x\" Esc"] {
        let mut stage = Stage::in_may();
        let before = state(stage.press(question));
        for character in (' '..='~').filter(|character| *character != '"') {
            stage.press(&format!("\"{character}\""));
            assert_eq!(state(&stage), before, "{character} at {question}");
        }
    }
}

#[test]
fn a_key_is_not_meant_for_the_task_that_has_come_in_place_of_a_deleted_one() {
    for screen in ["Home", "Enter", "F5"] {
        let mut stage = Stage::in_may();
        stage.press(screen);
        let chosen = stage.app.selected().unwrap().task.id.clone();
        stage.others_unheard(|plan| {
            let task = plan.task(&chosen).unwrap().clone();
            vec![Change::Remove { after: plan.before(&chosen), task: Box::new(task) }]
        });
        let after = stage.plans[0].clone();
        stage.tell(Event::Loaded(PlanKey(0), after.clone(), Access::Write, None));
        stage.press_every(FAST, "3 3");
        assert_eq!(stage.plans[0], after, "{screen}");
        stage.press("3");
        assert_ne!(stage.plans[0], after, "{screen}");
    }
}

fn prose() -> impl Strategy<Value = Vec<String>> {
    let syllables = [
        "quý", "khối", "hội", "nghị", "Tổ", "chức", "họp", "kiểm", "tra", "lập", "kế", "hoạch", "số", "3",
        "12", "quyết", "định", "2024", "-", "và", "lý", "do", "=", "ở", "đầu", "năm", "kh", "hl", "(4)",
    ];
    let words = prop::collection::vec(select(syllables.to_vec()), 1..12);
    (words, prop::collection::vec(1..9_usize, 1..60)).prop_map(|(words, sizes)| {
        // Who types a sentence begins with a word.
        let letters: Vec<char> = format!("Việc {}", words.join(" ")).chars().collect();
        let mut rest = &letters[..];
        let mut bursts = Vec::new();
        for size in sizes.into_iter().cycle() {
            let (burst, behind) = rest.split_at(size.min(rest.len()));
            bursts.push(burst.iter().collect());
            rest = behind;
            if rest.is_empty() {
                return bursts;
            }
        }
        unreachable!("sizes go round")
    })
}

proptest! {
    #[test]
    fn no_prose_changes_a_plan_or_leaves(screen in select(SCREENS.to_vec()), bursts in prose(), begins in 0..2_usize) {
        let mut stage = Stage::in_may();
        let before = state(stage.press(screen)).0;
        let bursts = if begins == 0 { &bursts[..] } else { &["qu".to_owned(), "ý".to_owned()] };
        for burst in bursts {
            stage.burst_after(FAST, &format!("\"{burst}\""));
        }
        let (after, _, has_quit) = state(stage.wait());
        prop_assert!(after == before && !has_quit);
    }
}
