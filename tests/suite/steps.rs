//! Steps and roll calls: typed, ticked, told, by one or by two at once.

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;
use tiendo::app::layout::Size;
use tiendo::app::{App, Event, Panel};
use tiendo::plan::steps::{StepFrame, read_steps, write_steps};
use tiendo::plan::{Change, Edit, Field, Plan, PlanKey, Receipt, Task, TaskId, TaskStep};
use tiendo::words::{Lang, Spoken};

use crate::laws::a_day;
use crate::stage::Stage;

const PLAN: &str = "tests/plans/steps.ron";

fn in_may() -> Stage {
    on("2024-05-20")
}

fn on(today: &str) -> Stage {
    Stage::new(&[PLAN], Size { width: 100, height: 30 }, day(today), Lang::Vi)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn task(stage: &Stage, id: &str) -> Task {
    stage.plans[0].task(&TaskId::new(id)).unwrap().clone()
}

/// Which steps are done, and on which day.
fn done(stage: &Stage, id: &str) -> String {
    let steps = task(stage, id).steps;
    let done = |step: &TaskStep| step.done.map(|on| format!("{} {on}", step.what));
    steps.iter().filter_map(done).collect::<Vec<_>>().join(", ")
}

fn received(stage: &Stage, id: &str) -> String {
    let told = |it: &Receipt| format!("{} {}", it.who, it.on.map_or_else(String::new, |on| on.to_string()));
    task(stage, id).received.iter().map(told).collect::<Vec<_>>().join(", ")
}

/// Somebody else gives a field of a task these rows.
fn edit(plan: &Plan, id: &str, field: Field, change: impl FnOnce(&mut Task)) -> Vec<Change> {
    let before = plan.task(&TaskId::new(id)).unwrap();
    let mut after = before.clone();
    change(&mut after);
    let value: tiendo::plan::Value = match field {
        Field::Steps => after.steps.into(),
        _ => after.received.into(),
    };
    vec![Change::Edit { task: TaskId::new(id), edit: Edit::of(field, before, value) }]
}

const FIRST: &str = "Left Right Home ";

fn is_ticking(app: &App) -> bool {
    matches!(app.panel, Some(Panel::Pick(_)))
}

#[test]
fn a_step_is_ticked_and_the_tick_is_taken_back() {
    let mut stage = in_may();
    // The cursor stands on the first that is open.
    stage.press(&format!("{FIRST} ; Space"));
    assert_eq!(done(&stage, "a"), "Gửi công văn 2024-04-12, Dự thảo 2024-05-20");
    assert!(is_ticking(&stage.app), "the window stays");
    assert!(stage.screen().contains("1: mốc “Dự thảo” xong 20/05/2024"), "{}", stage.screen());
    stage.press("Space");
    assert_eq!(done(&stage, "a"), "Gửi công văn 2024-04-12");
    assert!(stage.screen().contains("1: mốc “Dự thảo” chưa xong"), "{}", stage.screen());
    stage.press("Down Enter Ctrl-Z");
    assert_eq!(done(&stage, "a"), "Gửi công văn 2024-04-12");
    stage.press("Ctrl-Y Esc");
    assert_eq!(done(&stage, "a"), "Gửi công văn 2024-04-12, Lấy ý kiến 2024-05-20");
    assert!(!is_ticking(&stage.app));
}

#[test]
fn two_who_tick_different_steps_at_once_are_both_kept() {
    let mut stage = in_may();
    stage.press(&format!("{FIRST} ;"));
    stage.others_unheard(|plan| {
        edit(plan, "a", Field::Steps, |task| task.steps[2].done = Some(day("2024-05-19")))
    });
    stage.press("Space");
    let both = "Gửi công văn 2024-04-12, Dự thảo 2024-05-20, Lấy ý kiến 2024-05-19";
    assert_eq!(done(&stage, "a"), both);
    assert!(stage.screen().contains("xong 19/05"), "the window shows both:\n{}", stage.screen());
    // What is taken back is only one's own.
    stage.press("Ctrl-Z");
    assert_eq!(done(&stage, "a"), "Gửi công văn 2024-04-12, Lấy ý kiến 2024-05-19");
}

#[test]
fn two_who_call_the_roll_at_once_are_both_kept() {
    let mut stage = in_may();
    stage.press(&format!("{FIRST} ; \"xay dung\""));
    stage.others_unheard(|plan| {
        edit(plan, "a", Field::Received, |task| {
            task.received.push(Receipt { who: "Sở Công Thương".into(), on: Some(day("2024-05-18")) });
        })
    });
    stage.press("Enter");
    let before = "Sở Y tế 2024-05-13, Sở Tư pháp 2024-05-17";
    assert_eq!(received(&stage, "a"), format!("{before}, Sở Công Thương 2024-05-18, Sở Xây dựng 2024-05-20"));
    assert!(stage.screen().contains("nhận 4/12"), "{}", stage.screen());
    // The cursor is still there, and nothing narrows the list any more.
    stage.press("Space");
    assert_eq!(received(&stage, "a"), format!("{before}, Sở Công Thương 2024-05-18"));
}

#[test]
fn a_blank_between_two_words_ticks_nothing() {
    let mut stage = in_may();
    stage.press(&format!("{FIRST} ; \"tai chinh\""));
    assert_eq!(received(&stage, "a"), "Sở Y tế 2024-05-13, Sở Tư pháp 2024-05-17");
    stage.press("Enter");
    assert!(received(&stage, "a").ends_with("Sở Tài chính 2024-05-20"));
}

#[test]
fn a_window_whose_task_is_deleted_by_another_closes() {
    let mut stage = in_may();
    stage.press(&format!("{FIRST} ;"));
    stage.others(|plan| {
        let task = plan.task(&TaskId::new("a")).unwrap().clone();
        vec![Change::Remove { after: plan.before(&task.id), task: Box::new(task) }]
    });
    assert!(!is_ticking(&stage.app));
}

#[test]
fn a_tick_counts_from_its_day() {
    let mut stage = in_may();
    stage.press(&format!("{FIRST} ; Space End"));
    let open = |stage: &Stage| stage.app.roll_call(stage.app.selected().unwrap()).unwrap().figures();
    assert_eq!(open(&stage), "2/12");
    // On a day before the tick and before what has come.
    stage.press("Esc Ctrl-T \"14/5\" Enter");
    let shown = stage.app.selected().unwrap().task.clone();
    assert_eq!(shown.steps.iter().filter(|step| step.done.is_some()).count(), 1);
    assert_eq!(open(&stage), "1/12");
    // What is ticked on that day was done by then, whatever was written down before.
    stage.press("; Space");
    assert_eq!(done(&stage, "a"), "Gửi công văn 2024-04-12, Dự thảo 2024-05-14");
}

#[test]
fn work_that_comes_round_is_offered_its_steps_once() {
    let mut stage = in_may();
    let to_whole_year = "Right Right Right Right Right ;";
    stage.press(to_whole_year);
    assert!(stage.screen().contains("Thêm 12 mốc: 15/01 … 15/12"), "{}", stage.screen());
    stage.press("Space");
    let steps = task(&stage, "c").steps;
    assert_eq!((steps.len(), steps[4].what.as_str(), steps[4].by), (12, "Tháng 5", Some(day("2024-05-15"))));
    stage.press("Ctrl-Z");
    assert!(task(&stage, "c").steps.is_empty());
    stage.press("Ctrl-Y");
    assert!(!stage.screen().contains("Thêm 12"), "{}", stage.screen());
}

#[test]
fn steps_are_typed_where_there_are_none() {
    let mut stage = in_may();
    stage.press(&format!("{FIRST} Down Down ; \"dự thảo 31/5; trình -7\" Enter"));
    assert_eq!(write_steps(&task(&stage, "d").steps, 2024), "dự thảo 31/05; trình 23/06");
    stage.press("; Space F2 End \"; gửi 30/6\" Enter");
    assert_eq!(write_steps(&task(&stage, "d").steps, 2024), "dự thảo 31/05; trình 23/06; gửi 30/06");
    assert_eq!(done(&stage, "d"), "dự thảo 2024-05-20", "what is done stays so");
    stage.press("; F2 End \"; x 31/2\" Enter");
    let told = ["─ 4: Mốc ─", "Tháng 2 năm 2024 có 29 ngày"];
    assert!(told.iter().all(|words| stage.screen().contains(words)), "{}", stage.screen());
    assert!(matches!(stage.app.panel, Some(Panel::Edit(_))), "nothing typed is lost");
}

#[test]
fn a_missed_step_is_marked_and_not_counted_as_late() {
    let screen = in_may().screen();
    assert!(screen.contains("▲ mốc trễ"), "{screen}");
    assert!(!screen.contains("quá hạn"), "{screen}");
    let mut stage = in_may();
    stage.theme.signs = tiendo::plan::Signs::Ascii;
    assert!(stage.screen().contains("^ moc tre"), "{}", stage.screen());
}

#[test]
fn the_list_of_deadlines_goes_by_the_next_open_step() {
    let mut stage = in_may();
    stage.press("F5");
    let screen = stage.screen();
    let group = screen.split("TRONG QUÝ NÀY").next().unwrap();
    assert!(group.contains("TRONG 7 NGÀY TỚI 1") && group.contains("mốc: Dự thảo"), "{screen}");
    // What was ticked stays in its row until the screen is left.
    stage.press("Home ; Space Esc");
    assert_eq!(done(&stage, "a"), "Gửi công văn 2024-04-12, Dự thảo 2024-05-20");
    assert!(stage.screen().contains("TRONG 7 NGÀY TỚI"), "{}", stage.screen());
    stage.press("F5 F5");
    assert!(!stage.screen().contains("TRONG 7 NGÀY TỚI"), "{}", stage.screen());
}

/// Names as people and files have them, also such as could be read as days.
fn a_step() -> impl Strategy<Value = TaskStep> {
    let words = [
        "dự", "thảo", "15", "3/4", "quý", "I", "tháng", "-7", ";", "\"", ":", "-", "hôm", "nay", "cuối",
        "2024",
    ];
    let what = proptest::collection::vec(select(words.to_vec()), 0..5).prop_map(|words| words.join(" "));
    let day = || proptest::option::of(a_day());
    (what, day(), day()).prop_map(|(what, by, done)| TaskStep { what, by, done })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// What is written can be read, and is the same; of the steps that stay nothing is lost.
    #[test]
    fn steps_are_read_as_they_are_written(steps in proptest::collection::vec(a_step(), 0..5), today in a_day()) {
        let written = write_steps(&steps, 2024);
        let frame = StepFrame { year: 2024, today, deadline: None, before: &[] };
        let bare: Vec<TaskStep> = steps.iter().map(|it| TaskStep { done: None, ..it.clone() }).collect();
        let read = read_steps(&written, frame);
        prop_assert_eq!(read.as_deref(), Ok(bare.as_slice()), "{}", written);
        let kept = read_steps(&written, StepFrame { before: &steps, ..frame });
        prop_assert_eq!(kept.as_deref(), Ok(steps.as_slice()), "{}", written);
    }

    /// Whatever is typed is read or refused with words.
    #[test]
    fn what_is_typed_never_fails(text in "[ a-z0-9/;\"\\-–ớ]{0,24}", today in a_day()) {
        let frame = StepFrame { year: 2024, today, deadline: Some(today), before: &[] };
        if let Err(why) = read_steps(&text, frame) {
            prop_assert!(!why.message(Lang::Vi).is_empty() && !why.message(Lang::En).is_empty());
        }
    }
}

#[test]
fn steps_that_could_not_be_saved_are_in_their_field_again() {
    let mut stage = in_may();
    stage.press(&format!("{FIRST} Down Down ; \"dự thảo 31/5; trình -7\""));
    assert!(stage.effect_of("Enter").is_some_and(|effect| effect.is_saving()));
    stage.handle(Event::Failed(PlanKey(0), Spoken::of(|_| "Đĩa đầy.".to_owned())));
    stage.wait().press("Esc");
    let Some(Panel::Edit(editor)) = &stage.app.panel else { panic!("{}", stage.screen()) };
    assert_eq!(editor.field.text(), "dự thảo 31/05; trình 23/06");
    stage.press("Enter");
    assert_eq!(write_steps(&task(&stage, "d").steps, 2024), "dự thảo 31/05; trình 23/06");
}

#[test]
fn steps_and_roll_calls_are_drawn_at_any_size() {
    for (width, height) in
        (0..=210).step_by(7).flat_map(|width| (0..=51).step_by(3).map(move |it| (width, it)))
    {
        let mut stage = Stage::new(&[PLAN], Size { width, height }, day("2024-05-20"), Lang::Vi);
        for keys in ["Left Right Home", ";", "\"so\"", "Enter", "Esc F5", "Esc Enter"] {
            stage.press(keys);
            let _ = stage.screen();
        }
    }
}

#[test]
fn steps_are_typed_over_the_board_and_leave_it_where_it_was() {
    for leave in ["\"trình -7\" Enter", "\"tr\" Esc Enter", "Esc"] {
        let mut stage = Stage::in_may();
        let before = stage.app.selected().unwrap().task.id.clone();
        stage.press("; ").press(leave);
        assert!(stage.app.panel.is_none() && stage.app.detail.is_none(), "{leave}\n{}", stage.screen());
        assert_eq!(stage.app.selected().unwrap().task.id, before);
    }
}

#[test]
fn the_window_says_whose_it_is_and_what_is_ticked() {
    let mut stage = in_may();
    let mut heading = |keys: &str| {
        let shown = stage.press(keys).screen();
        shown.lines().find(|line| line.contains("┌─")).unwrap().to_owned()
    };
    assert!(heading(&format!("{FIRST} ;")).contains("─ 1: Mốc và điểm danh ─"), "steps and a roll call");
    assert!(heading("Esc Down ;").contains("─ 2: Mốc ─"), "steps alone");
    assert!(heading("Esc Right Home Down ;").contains("─ 5: Đã nhận của ─"), "a roll call alone");
}
