//! What is asked and offered, and what becomes of each answer: nobody's text is lost by one.

use tiendo::app::keymap::Mode;
use tiendo::app::layout::Size;
use tiendo::app::{Access, Effect, Event};
use tiendo::plan::{
    Change, Commit, Draft, Edit, Facet, Field, Plan, PlanKey, Stamp, Status, Task, TaskId, Why,
};
use tiendo::words::{Lang, Spoken};

use crate::stage::{Stage, stamp};

fn id() -> TaskId {
    TaskId::new("hy24-9")
}

fn task(stage: &Stage) -> &Task {
    stage.plans[0].task(&id()).unwrap()
}

/// Somebody else edits it, on the disk only.
fn hung_edits(stage: &mut Stage, edits: impl Fn(&Task) -> Vec<Edit>) {
    stage.others_unheard(|plan| {
        let edits = edits(plan.task(&id()).unwrap());
        edits.into_iter().map(|edit| Change::Edit { task: id(), edit }).collect()
    });
}

fn hung_notes(stage: &mut Stage, note: &str) {
    hung_edits(stage, |task| vec![Edit::new(Field::Note, task.note.clone(), note.to_owned())]);
}

#[track_caller]
fn assert_told(stage: &Stage, told: &[&str]) {
    let screen = stage.screen();
    // A question may go on in the next line.
    let words = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in told {
        assert!(words.contains(told), "{told} is not in\n{screen}");
    }
}

/// I have written a note, and so has somebody else.
fn two_notes() -> Stage {
    let mut stage = Stage::in_may();
    stage.press("F2 \"của lan\"");
    hung_notes(&mut stage, "của hùng\nhai dòng");
    stage.press("F2");
    assert_told(&stage, &["của hùng", "F2: giữ cả hai", "Enter: chỉ “của lan”", "Esc: sửa tiếp"]);
    stage
}

const BOTH: &str = "của hùng\nhai dòng\n[20/05/2024, lan]\ncủa lan";

#[test]
fn two_notes_are_both_kept_or_one() {
    let mut stage = two_notes();
    stage.press("F2");
    assert_eq!(task(&stage).note, BOTH);
    assert!(stage.app.panel.is_none());
    stage.press("Ctrl-Z");
    assert_eq!(task(&stage).note, "của hùng\nhai dòng", "and mine is taken back alone");

    let mut stage = two_notes();
    stage.press("Enter");
    assert_eq!(task(&stage).note, "của lan");
}

#[test]
fn esc_goes_back_to_the_note_with_both_texts() {
    let mut stage = two_notes();
    stage.press("Esc");
    assert_told(&stage, &["của hùng", "hai dòng", "[20/05/2024, lan]", "của lan"]);
    assert_eq!(task(&stage).note, "của hùng\nhai dòng", "nothing is written yet");
    stage.press("\" và nữa\" F2");
    assert_eq!(task(&stage).note, format!("{BOTH} và nữa"));
}

#[test]
fn keys_from_before_the_question_lose_neither_note() {
    for ahead in ["F2 Esc", "F2 Enter", "F2 Esc Esc Esc", "F2 F10 Enter"] {
        let mut stage = Stage::in_may();
        stage.press("F2");
        hung_notes(&mut stage, "của hùng");
        stage.burst(&format!("\"của lan\" {ahead}"));
        assert_eq!(task(&stage).note, "của hùng", "{ahead}");
        stage.press("F2");
        assert_eq!(task(&stage).note, "của hùng\n[20/05/2024, lan]\ncủa lan", "{ahead}");
    }
}

#[test]
fn a_line_that_drops_at_two_notes_keeps_both() {
    let stage = two_notes();
    let Some(Effect::Commit(PlanKey(0), changes, Why::Clash, _)) = stage.app.unanswered() else {
        panic!("nothing is made")
    };
    let mut plan = stage.plans[0].clone();
    plan.make(&changes).unwrap();
    assert_eq!(plan.task(&id()).unwrap().note, BOTH);
}

#[test]
fn two_results_are_both_kept() {
    let mut stage = Stage::in_may();
    stage.press(&format!("Enter {}Enter \"12/BC-SNV\"", "Down ".repeat(8)));
    hung_edits(&mut stage, |_| vec![Edit::new(Field::Output, String::new(), "11/BC")]);
    stage.press("Enter F2");
    assert_eq!(task(&stage).output, "11/BC; 12/BC-SNV");
}

#[test]
fn other_texts_go_back_to_their_field() {
    let mut stage = Stage::in_may();
    stage.press("Enter Enter Ctrl-U \"Họp phiên một\"");
    hung_edits(&mut stage, |task| vec![Edit::new(Field::Title, task.title.clone(), "Họp phiên thứ nhất")]);
    stage.press("Enter");
    assert_told(&stage, &["Họp phiên thứ", "Enter: vẫn “Họp phiên một”", "Esc: sửa tiếp"]);
    stage.press("Esc");
    assert_eq!(stage.app.mode(), Mode::Text);
    stage.press("\" năm 2024\" Enter");
    assert_eq!(task(&stage).title, "Họp phiên một năm 2024", "over what has been seen by now");
}

#[test]
fn a_reason_outlives_the_question_too() {
    let mut stage = Stage::in_may();
    stage.press("4 \"theo công văn 12\"");
    hung_edits(&mut stage, |_| vec![Edit::new(Field::Status, Status::Todo, Status::Doing)]);
    stage.press("Enter Esc");
    assert_told(&stage, &["Tạm dừng: lý do", "theo công văn 12"]);
    stage.press("Enter");
    assert_eq!(task(&stage).status, Status::Paused);
    assert_eq!(task(&stage).history.last().unwrap().note, "theo công văn 12");
}

#[test]
fn no_day_stays_on_a_task_that_is_not_done() {
    for (keys, status) in [("4 Enter Enter", Status::Paused), ("2 Enter", Status::Doing)] {
        let mut stage = Stage::in_may();
        hung_edits(&mut stage, |_| {
            let day = "2024-05-12".parse().ok();
            vec![Edit::new(Field::Status, Status::Todo, Status::Done), Edit::new(Field::DoneOn, None, day)]
        });
        stage.press(keys);
        assert_eq!((task(&stage).status, task(&stage).done_on), (status, None));
        stage.press("Ctrl-Z");
        let day = "2024-05-12".parse().ok();
        assert_eq!((task(&stage).status, task(&stage).done_on), (Status::Done, day), "and both come back");
    }
}

fn disk_fails(stage: &mut Stage) {
    let told = Spoken { vi: "Đĩa lỗi.".into(), en: "The disk has failed.".into() };
    stage.handle(Event::Failed(PlanKey(0), told));
}

#[test]
fn text_that_could_not_be_saved_goes_back_to_its_field() {
    let mut stage = Stage::in_may();
    stage.press("F2 \"đã gửi\"");
    assert!(stage.effect_of("F2").is_some());
    disk_fails(&mut stage);
    stage.press("Esc");
    assert_told(&stage, &["đã gửi"]);
    stage.press("F2");
    assert_eq!(task(&stage).note, "đã gửi");

    let mut stage = Stage::in_may();
    stage.press("Insert \"Việc mới\"");
    assert!(stage.effect_of("Enter").is_some());
    disk_fails(&mut stage);
    stage.press("Esc Enter");
    assert!(stage.plans[0].tasks.iter().any(|task| task.title == "Việc mới"));
}

#[test]
fn what_would_be_thrown_away_stays_in_sight() {
    for open in ["F2", "Enter Enter", "Insert", "4"] {
        let mut stage = Stage::in_may();
        stage.press(open).press("\"chờ công văn\" Esc");
        assert_told(&stage, &["chờ công văn", "Bỏ phần vừa gõ?"]);
    }
}

const LATER: &str = "Enter Down Down Enter";

#[test]
fn the_document_of_a_later_deadline_can_be_typed_at_once() {
    let mut stage = Stage::in_may();
    let before = stage.plans[0].clone();
    stage.press(LATER).burst("\"31/8\" Enter \"CV 455/BNV\" Tab Tab \"chờ hướng dẫn của Bộ Nội vụ\" Enter");
    let extension = &task(&stage).extensions[0];
    assert_eq!(
        (task(&stage).due, extension.to),
        (before.task(&id()).unwrap().due, "2024-08-31".parse().ok())
    );
    assert_eq!([&extension.doc, &extension.why], ["CV 455/BNV", "chờ hướng dẫn của Bộ Nội vụ"]);
    assert_eq!(extension.on, "2024-05-20".parse().ok());
    assert_eq!(task(&stage).history.last().unwrap().to, "2024-08-31 | 2024-05-20 | CV 455/BNV");
    let others = |plan: &Plan| plan.tasks.iter().filter(|task| task.id != id()).cloned().collect::<Vec<_>>();
    assert_eq!(others(&stage.plans[0]), others(&before));
}

#[test]
fn a_later_deadline_may_be_only_a_correction() {
    for (typed, note) in [("", ""), ("\"gõ nhầm\"", "gõ nhầm")] {
        let mut stage = Stage::in_may();
        stage.press(LATER).press(&format!("\"31/8\" Enter {typed} F3"));
        let entry = task(&stage).history.last().unwrap();
        assert_eq!((entry.kind.name(), entry.note.as_str()), ("due", note));
        assert!(stage.app.panel.is_none());
    }
}

#[test]
fn a_second_extension_is_asked_about_once_more() {
    let mut stage = Stage::in_may();
    stage.press(LATER).press("\"31/8\" Enter Up Ctrl-U \"30/9\" Enter");
    assert!(stage.app.panel.is_none());
    assert_eq!(task(&stage).deadline(2024), "2024-09-30".parse().ok());
    // The deadline that holds stands in its field, and is written anew.
    stage.press("Enter");
    assert_told(&stage, &["30/09/2024"]);
    stage.press("\"31/10\" Enter");
    assert_told(&stage, &["Gia hạn lần 2, hạn đang là 30/09/2024"]);
    stage.press("\"12/UBND\" Enter");
    assert_told(&stage, &["Gia hạn lần 2, đến 31/10/2024? Enter: gia hạn · Esc: sửa tiếp"]);
    stage.press("Esc \"-NC\" Enter Enter");
    assert_eq!(task(&stage).extensions[1].doc, "12/UBND-NC");
    assert_eq!(task(&stage).deadline(2024), "2024-10-31".parse().ok());
    stage.press("Ctrl-Z Ctrl-Z");
    assert_eq!(task(&stage).deadline(2024), "2024-06-30".parse().ok());
}

#[test]
fn an_extension_that_cannot_be_is_refused_at_its_box() {
    let mut stage = Stage::in_may();
    stage.press("F9 \"gia han\" Enter Enter");
    assert_told(&stage, &["Ghi ngày gia hạn đến"]);
    stage.press("\"1/6\" Enter");
    assert_told(&stage, &["Phải sau hạn đang có"]);
    stage.press("Ctrl-U \"31/8\" Tab Tab \"21/5\" Enter");
    assert_told(&stage, &["Văn bản không thể có ngày sau hôm nay"]);
    stage.press("Ctrl-U \"19/5\" Tab \"chờ kinh phí\" Enter");
    let extension = &task(&stage).extensions[0];
    assert_eq!((extension.on, extension.why.as_str()), ("2024-05-19".parse().ok(), "chờ kinh phí"));
    // What is done has no deadline to be moved.
    stage.press("3 Enter F9 \"gia han\" Enter");
    assert_told(&stage, &["Chỉ gia hạn được việc chưa xong và có hạn"]);
}

#[test]
fn text_typed_after_f2_is_in_a_field() {
    for screen in ["Home", "F5"] {
        let mut stage = Stage::in_may();
        stage.press(screen);
        let chosen = stage.app.selected().unwrap().task.id.clone();
        stage.burst("F2 \"đã gửi công văn\" F2");
        assert_eq!(stage.plans[0].task(&chosen).unwrap().note, "đã gửi công văn");
        // The field that was typed into last is the one that is typed into next.
        stage.press("Up Enter \"12/BC\" Enter Esc Down").burst("F2 \"13/BC\" Enter");
        assert!(stage.plans[0].tasks.iter().any(|task| task.output == "13/BC"), "{}", stage.screen());
    }
}

fn overwritten(count: usize) -> Event {
    let edit = Edit::new(Field::Note, String::new(), "của minh");
    let changes = vec![Change::Edit { task: id(), edit }; count];
    Event::Missing(PlanKey(0), vec![Commit { changes, stamp: Stamp { by: "minh".into(), ..stamp() } }])
}

#[test]
fn what_was_overwritten_is_offered_by_a_mark_and_takes_no_key() {
    let mut stage = Stage::in_may();
    stage.handle(overwritten(3));
    assert_told(&stage, &["F12: 3 bị ghi đè", "QUÝ II"]);
    stage.press("Enter");
    assert_eq!(stage.app.mode(), Mode::Task, "Enter opens a task as ever");
    stage.press("Esc F12");
    assert_told(&stage, &["ghi đè 3 thay đổi của minh", "Enter: khôi phục", "F8: bỏ hẳn", "Esc: để sau"]);
    assert_eq!(stage.effect_of("Esc"), None);
    assert_told(&stage, &["F12: 3 bị ghi đè"]);
    stage.press("F12");
    assert_eq!(stage.effect_of("F8"), Some(Effect::LeaveMissing(PlanKey(0))));
    assert_told(&stage, &["Đã bỏ hẳn 3 thay đổi"]);
    assert!(!stage.screen().contains("F12"), "{}", stage.screen());
    stage.handle(overwritten(2));
    stage.press("F9");
    assert!(
        stage.screen().lines().any(|line| line.contains("Khôi phục phần bị ghi đè") && line.contains("F12"))
    );
}

#[test]
fn what_comes_back_is_counted() {
    let mut stage = Stage::in_may();
    stage.handle(overwritten(1));
    stage.press("F12");
    assert_eq!(stage.effect_of("Enter"), Some(Effect::BringBack(PlanKey(0))));
    let plan = stage.plans[0].clone();
    let edit = Edit::new(Field::Note, String::new(), "của minh");
    let made = vec![Change::Edit { task: id(), edit }];
    let saved = tiendo::app::Saved { plan, made, conflict: None, remark: None, waiting: None };
    stage.handle(Event::Saved(PlanKey(0), saved));
    stage.handle(Event::Missing(PlanKey(0), Vec::new()));
    assert_told(&stage, &["Đã khôi phục 1 thay đổi"]);
    assert!(!stage.screen().contains("F12"));
}

#[test]
fn an_offer_waits_while_somebody_types() {
    let mut stage = Stage::in_may();
    stage.press("F2 \"một\"").handle(overwritten(3));
    stage.press("Enter \"hai\" F2");
    assert_eq!(task(&stage).note, "một\nhai");
    assert_told(&stage, &["F12: 3 bị ghi đè"]);
}

#[test]
fn what_another_screen_has_answered_is_asked_no_more() {
    let mut stage = Stage::in_may();
    stage.handle(overwritten(3));
    stage.press("F12");
    stage.tell(Event::Missing(PlanKey(0), Vec::new()));
    let before = stage.plans[0].clone();
    stage.press_every(std::time::Duration::from_millis(50), "Enter Space");
    assert!(stage.app.mode() == Mode::Board && stage.plans[0] == before, "Enter was meant for the question");
    assert!(!stage.screen().contains("F12"));
}

#[test]
fn a_draft_is_offered_until_it_is_taken_up_or_given_up() {
    let draft = || Draft { task: None, field: Field::Title, texts: vec!["Họp giao ban".into()] };
    let mut stage = Stage::in_may();
    stage.app.plans[0].drafts.push(draft());
    assert_told(&stage, &["F12: gõ dở"]);
    stage.press("F12");
    assert_told(&stage, &["Lần trước đang gõ dở “Họp giao ban”"]);
    stage.press("Esc");
    assert_told(&stage, &["F12: gõ dở"]);
    stage.press("F12");
    assert_eq!(stage.effect_of("F8"), Some(Effect::Forget(PlanKey(0), draft())));
    assert!(!stage.screen().contains("F12"));
}

#[test]
fn a_file_that_is_only_read_opens_nothing_to_change_it() {
    let mut stage = Stage::in_may();
    let plan = stage.plans[0].clone();
    stage.handle(Event::Loaded(PlanKey(0), plan, Access::ReadOnly, None));
    let footer = stage.screen().lines().last().unwrap().to_owned();
    assert!(
        footer.contains("Enter Mở") && !footer.contains("Space") && !footer.contains(". Ghi"),
        "{footer}"
    );
    assert!(stage.press("F9 \"ghi tien do\"").screen().contains("Không có kết quả"), "{}", stage.screen());
    stage.press("Esc");
    for key in ["=", "Insert", "Delete", "F2", "4", "Space", "Ctrl-Z", "<"] {
        stage.press(key);
        assert!(stage.app.panel.is_none() && stage.app.detail.is_none(), "{key}");
    }
    stage.press("=");
    assert_told(&stage, &["Tệp này chỉ đọc"]);
}

#[test]
fn esc_takes_away_one_thing_at_a_time() {
    let narrowed = "F4 \"ban\" Enter F7 \"hội\" Enter";
    let mut stage = Stage::in_may();
    stage.press(narrowed);
    let is_narrowed =
        |stage: &Stage| (!stage.app.search.is_empty(), !stage.app.query.names(Facet::Lead).is_empty());
    assert_eq!(is_narrowed(&stage), (true, true));
    stage.press("Esc");
    assert_eq!(is_narrowed(&stage), (false, true));
    stage.press("Esc");
    assert_eq!(is_narrowed(&stage), (false, false));
    assert_eq!(stage.app.view().mode, Mode::Board);
    stage.press(narrowed).press("0");
    assert_eq!(is_narrowed(&stage), (false, false), "0 takes both away");
}

#[test]
fn what_happens_to_one_plan_is_no_answer_to_another() {
    let plans = ["data/hung-yen-2024.ron", "data/son-la-2024.ron"];
    let today = "2024-05-20".parse().unwrap();
    let mut stage = Stage::new(&plans, Size { width: 80, height: 24 }, today, Lang::Vi);
    stage.press("Down Enter");
    assert!(matches!(stage.effect_of("Space"), Some(Effect::Commit(PlanKey(1), ..))));
    let told = || Spoken { vi: "Đĩa lỗi.".into(), en: "The disk has failed.".into() };
    stage.handle(Event::Failed(PlanKey(0), told()));
    assert!(stage.app.panel.is_none(), "nothing of the first plan was under way");
    stage.handle(Event::Failed(PlanKey(1), told()));
    assert_eq!(stage.app.mode(), Mode::Ask);
    let Some(Effect::Commit(plan, ..)) = stage.effect_of("Enter") else { panic!("it is tried again") };
    assert_eq!(plan, PlanKey(1));
}
