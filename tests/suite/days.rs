//! The plan as of another day: what had happened by then as is known now, on the screen and in the shell.

use chrono::NaiveDate;
use tiendo::app::Event;
use tiendo::document::Document;
use tiendo::plan::{Change, Edit, Field, Plan, State, Status, Task, TaskId};

use crate::stage::Stage;

/// A year in which something is known later than it happened.
const PLAN: &str = r#"(title: "P", year: 2024, tasks: [
    (id: "done", no: "1", title: "Xong muộn", quarters: [Q1], status: Done, done_on: "2024-03-18", history: [
        (at: "2024-02-01T08:00:00+07:00", by: "lan", field: "status", from: "Todo", to: "Doing"),
        (at: "2024-05-02T08:00:00+07:00", by: "lan", field: "status", from: "Doing", to: "Done", done_on: "2024-03-18"),
    ]),
    (id: "bare", no: "2", title: "Xong, không rõ ngày", quarters: [Q1], status: Done),
    (id: "longer", no: "3", title: "Gia hạn", quarters: [Q1], extensions: [
        (to: "2024-05-31", on: "2024-03-28", doc: "CV 12"), (to: "2024-08-31", on: "2024-05-25", doc: "CV 99"),
    ]),
    (id: "before", no: "4", title: "Gia hạn lối cũ", quarters: [Q1], due: "2024-06-30", history: [
        (at: "2024-03-28T08:00:00+07:00", by: "lan", field: "extend", from: "2024-03-31", to: "2024-06-30"),
    ]),
    (id: "paused", no: "5", title: "Tạm dừng", quarters: [Q2], status: Paused, history: [
        (at: "2024-02-01T08:00:00+07:00", by: "lan", field: "status", from: "Todo", to: "Doing"),
        (at: "2024-05-02T08:00:00+07:00", by: "lan", field: "status", from: "Doing", to: "Paused", on: "2024-03-20"),
    ]),
    (id: "hand", no: "6", title: "Sửa trong tệp", quarters: [Q2], status: Doing),
    (id: "rows", no: "7", title: "Có tiến độ", quarters: [Q2],
        steps: [(what: "Dự thảo", by: "2024-03-10", done: "2024-03-15")],
        progress: [(on: "2024-03-01", text: "đã họp"), (on: "2024-04-01", text: "đã trình")],
        received: [(who: "Sở Y tế", on: "2024-03-14"), (who: "Sở Tư pháp", on: "2024-03-15")]),
])"#;

fn plan() -> Plan {
    Document::read(PLAN.as_bytes().to_vec()).expect("it is a plan").plan().clone()
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn task(plan: &Plan, id: &str) -> Task {
    plan.task(&TaskId::new(id)).expect("it is in the plan").clone()
}

#[test]
fn a_day_knows_what_had_happened_by_its_end() {
    let statuses = [
        ("done", "2024-01-31", Status::Todo),
        ("done", "2024-02-01", Status::Doing),
        ("done", "2024-03-17", Status::Doing),
        ("done", "2024-03-18", Status::Done),
        ("bare", "2023-12-31", Status::Done),
        ("paused", "2024-03-19", Status::Doing),
        ("paused", "2024-03-20", Status::Paused),
        ("paused", "2024-01-31", Status::Todo),
        ("hand", "2024-01-31", Status::Doing),
    ];
    for (id, on, status) in statuses {
        let seen = task(&plan().as_of(day(on)), id);
        assert_eq!(seen.status, status, "{id} on {on}");
        assert_eq!(seen.done_on.is_some(), status == Status::Done && id == "done", "{id} on {on}");
    }
    let deadlines = [
        ("longer", "2024-03-27", "2024-03-31", 0),
        ("longer", "2024-03-28", "2024-05-31", 1),
        ("longer", "2024-05-25", "2024-08-31", 2),
        ("before", "2024-03-27", "2024-03-31", 0),
        ("before", "2024-03-28", "2024-06-30", 1),
    ];
    for (id, on, deadline, times) in deadlines {
        let plan = plan().as_of(day(on));
        let task = task(&plan, id);
        assert_eq!(plan.deadline(&task), Some(day(deadline)), "{id} on {on}");
        assert_eq!(task.times_extended(), times, "{id} on {on}");
    }
    let seen = task(&plan().as_of(day("2024-03-14")), "rows");
    assert_eq!((seen.steps[0].done, seen.progress.len(), seen.received.len()), (None, 1, 1));
    assert_eq!(plan().as_of(day("2024-12-31")), plan(), "in the end all has happened");
}

#[test]
fn what_was_written_down_after_a_day_about_days_before_is_known() {
    let late: Vec<String> = plan().recorded_after(day("2024-04-30")).map(TaskId::to_string).collect();
    assert_eq!(late, ["done", "paused"]);
    assert_eq!(plan().recorded_after(day("2024-05-02")).count(), 0);
    assert_eq!(plan().recorded_after(day("2024-03-17")).count(), 0, "it had not happened by then");
}

/// A screen on the twentieth of May.
fn screen() -> Stage {
    let mut stage = Stage::in_may();
    stage.plans = vec![plan()];
    stage.handle(Event::Loaded(
        tiendo::plan::PlanKey(0),
        stage.plans[0].clone(),
        tiendo::app::Access::Write,
        None,
    ));
    stage
}

#[test]
fn a_key_looks_at_another_day_and_esc_is_today() {
    let mut stage = screen();
    assert!(!stage.screen().contains("tính đến"));
    let shown = stage.press("Ctrl-T \"14/3\"").screen();
    assert!(shown.contains("Xem tính đến ngày") && shown.contains("14/03/2024, 67 ngày trước"), "{shown}");
    let shown = stage.press("Enter").screen();
    assert!(shown.contains("tính đến 14/03/2024"), "{shown}");
    assert_eq!(stage.app.shown().figures.done(), 1);
    let shown = stage.press("Esc").screen();
    assert!(!shown.contains("tính đến"), "{shown}");
    assert_eq!(stage.app.shown().figures.done(), 2);
    let shown = stage.press("Ctrl-T \"14/3\" Enter Ctrl-T Enter").screen();
    assert!(!shown.contains("tính đến"), "nothing typed is today: {shown}");
}

#[test]
fn only_what_bears_a_day_is_written_about_another_one() {
    let mut stage = screen();
    stage.press("Ctrl-T \"14/3\" Enter Home F2 \"x\" F2");
    assert_eq!(stage.plans[0].tasks, plan().tasks);
    let shown = stage.screen();
    assert!(shown.contains("Đang xem tính đến 14/03/2024: chỉ ghi được việc có ngày"), "{shown}");

    let mut stage = screen();
    stage.press("Ctrl-T \"14/3\" Enter Home Down 4 \"chờ ý kiến\" Enter");
    let hand = task(&stage.plans[0], "hand");
    assert_eq!((hand.status, hand.history[0].on.as_str()), (Status::Paused, "2024-03-14"));
    let seen = |on| task(&stage.plans[0].as_of(day(on)), "hand").status;
    assert_eq!((seen("2024-03-13"), seen("2024-03-14")), (Status::Doing, Status::Paused));
}

#[test]
fn what_is_set_on_a_day_stands_over_what_happened_later() {
    // On the fourteenth of March it was under way, and now it is said to have been done then.
    let mut stage = screen();
    stage.press("Ctrl-T \"14/3\" Enter Left Home 3");
    let done = task(&stage.plans[0], "done");
    assert_eq!((done.status, done.done_on), (Status::Done, Some(day("2024-03-14"))));
    // Lines of progress of later days are not lost by one that is added about an earlier day.
    let shown = plan().as_of(day("2024-03-14"));
    let mut rows = task(&shown, "rows");
    let mut progress = rows.progress.clone();
    progress.push(tiendo::plan::Progress { on: Some(day("2024-03-12")), ..Default::default() });
    let edit = Edit::of(Field::Progress, &rows, progress);
    let mut whole = plan();
    let changes = whole.meant(&shown, &[Change::Edit { task: rows.id.clone(), edit }]);
    whole.make(&changes).expect("nobody stands against it");
    rows = task(&whole, "rows");
    assert_eq!(rows.progress.len(), 3, "{:?}", rows.progress);
}

#[test]
fn a_figure_of_a_day_is_the_same_however_it_is_asked_for() {
    let mut stage = screen();
    stage.press("Ctrl-T \"14/3\" Enter");
    let plan = stage.app.plan().expect("it is open");
    let late = |plan: &Plan| {
        let calendar = tiendo::plan::Calendar::new(day("2024-03-14"));
        plan.tasks.iter().filter(|task| plan.state(task, calendar) == State::Overdue).count()
    };
    assert_eq!(late(plan), late(&self::plan().as_of(day("2024-03-14"))));
    assert_eq!(stage.app.shown().figures.overdue(), late(plan));
}

#[test]
fn what_was_written_down_later_is_told_in_the_head() {
    let mut stage = screen();
    let shown = stage.press("Ctrl-T \"20/3\" Enter").screen();
    assert!(shown.contains("tính đến 20/03/2024 · ghi sau ngày chốt: 2 việc"), "{shown}");
    let shown = stage.press("Ctrl-T \"14/3\" Enter").screen();
    assert!(shown.contains("tính đến 14/03/2024") && !shown.contains("ghi sau"), "{shown}");
}

/// Who looks at a day does not see what was done after it.
#[test]
fn what_was_done_after_a_day_stays_done_whatever_is_set_about_that_day() {
    let mut stage = screen();
    stage.press("Ctrl-T \"14/3\" Enter Left Home 4 \"chờ\" Enter");
    assert_eq!(task(&stage.plans[0], "done"), task(&plan(), "done"));
    let shown = stage.screen();
    assert!(shown.contains("Việc 1 đã hoàn thành ngày 18/03/2024. Esc: về hôm nay"), "{shown}");
    // Nor does one of several lose its day.
    stage.press("Esc Esc Ctrl-T \"14/3\" Enter Ctrl-A 1");
    assert_eq!(stage.plans[0].tasks, plan().tasks);
}

/// In the shell, where the day is typed beside the status, it is done no more, and the history says so.
#[test]
fn a_status_about_an_earlier_day_takes_the_day_of_completion_away() {
    let (mut whole, on) = (plan(), day("2024-03-14"));
    let shown = whole.as_of(on);
    let seen = task(&shown, "done");
    let edit = Edit::new(Field::Status, seen.status, Status::Paused);
    let changes = whole.meant(&shown, &[Change::Edit { task: seen.id.clone(), edit }]);
    whole.make(&changes).expect("nobody stands against it");
    let done = task(&whole, "done");
    assert_eq!((done.status, done.done_on), (Status::Paused, None));
}

#[test]
fn the_footer_says_what_esc_leaves() {
    let mut stage = screen();
    let footer =
        |stage: &mut Stage, keys: &str| stage.press(keys).screen().lines().last().unwrap().to_owned();
    assert!(!footer(&mut stage, "Home").contains("Esc"));
    assert!(footer(&mut stage, "Ctrl-T \"14/3\" Enter").starts_with(" Esc Về hôm nay  F1"));
    assert!(footer(&mut stage, "F7 \"xong\" Enter").starts_with(" Esc Bỏ tìm"));
    assert!(footer(&mut stage, "Left Home ,").contains("Esc Bỏ đánh dấu"), "{}", stage.screen());
    assert!(!footer(&mut stage, "Enter").contains("Bỏ đánh dấu"), "the task is left first");
    assert!(footer(&mut stage, "Esc Esc Esc F6 Enter").contains("Esc Tổng hợp"));
    assert!(!footer(&mut stage, "Esc Esc").contains("Esc"));
}
