//! Steps and roll calls in the shell.

use super::*;

const STEPS: &str = include_str!("../../plans/steps.ron");

fn desk() -> Desk {
    Desk::with("plan.ron", STEPS)
}

#[test]
fn steps_are_set_as_they_are_typed() {
    let desk = desk();
    desk.call(&["set", "d", "--steps", "dự thảo 31/5; trình -7"]).fine();
    let shown = desk.call(&["show", "d", "--format", "json"]).json();
    let steps = &shown["task"]["steps"];
    assert_eq!((&steps[0]["what"], &steps[0]["by"]), (&"dự thảo".into(), &"2024-05-31".into()));
    assert_eq!(steps[1]["by"], "2024-06-23");
    let said = desk.call(&["set", "d", "--steps", "trình 31/2"]);
    said.is("", "tiendo: --steps: Mốc “trình 31/2”: Tháng 2 năm 2024 có 29 ngày\n", 2);
    // A step that stays keeps the day on which it was done.
    desk.call(&["set", "a", "--steps", "Gửi công văn 16/4; Trình ký 20/6"]).fine();
    let steps = &desk.call(&["show", "a", "--format", "json"]).json()["task"]["steps"];
    assert_eq!((&steps[0]["by"], &steps[0]["done"]), (&"2024-04-16".into(), &"2024-04-12".into()));
    // Of the other lists none can be typed as a whole.
    assert_eq!(desk.english(&["set", "a", "--progress", "x"]).exit, 2);
    desk.call(&["set", "a", "--steps", "none"]).fine();
    assert_eq!(desk.call(&["show", "a", "--format", "json"]).json()["task"]["steps"], serde_json::json!([]));
}

#[test]
fn a_step_is_shown_with_its_day_and_what_became_of_it() {
    let desk = desk();
    let shown = desk.call(&["show", "a"]).out;
    let lines: Vec<&str> = shown.lines().skip_while(|line| !line.starts_with("Mốc")).take(4).collect();
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_start_matches("Mốc").trim()).collect();
    let told = [
        "Gửi công văn 15/04 · xong 12/04",
        "Dự thảo 24/05 · còn 4 ngày",
        "Lấy ý kiến 07/06 · còn 18 ngày",
        "Trình ký",
    ];
    assert_eq!(lines, told);
    let received: Vec<&str> =
        shown.lines().skip_while(|line| !line.starts_with("Đã nhận của")).take(2).collect();
    assert_eq!(
        received.iter().map(|line| line.trim_end()).next_back(),
        Some("                     Sở Tư pháp · 17/05/2024")
    );
}

#[test]
fn who_is_missing_is_printed_one_a_line() {
    let desk = desk();
    let said = desk.call(&["missing", "plan.ron", "1"]);
    let names: Vec<&str> = said.out.lines().collect();
    assert_eq!((names.len(), names[0], said.exit), (9, "Sở Tài chính", 1));
    assert_eq!(said.notes, "không đôn đốc: Văn phòng UBND tỉnh\n");
    let said = desk.english(&["missing", "1", "--format", "json"]);
    let json: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&json["task"], &json["members"], said.exit), (&"a".into(), &12.into(), 1));
    assert_eq!(json["received"][0], serde_json::json!({"who": "Sở Tư pháp", "on": "2024-05-17"}));
    assert_eq!(json["not_urged"], serde_json::json!(["Văn phòng UBND tỉnh"]));
    assert_eq!(json["missing"].as_array().unwrap().len(), 9);
}

#[test]
fn nobody_is_missing_or_nobody_is_called() {
    let all = STEPS.replace(
        "received: [(who: \"Sở Y tế\", on: \"2024-05-13\"), (who: \"Sở Tư pháp\", on: \"2024-05-17\")]",
        "received: [RECEIVED]",
    );
    let members: Vec<&str> = STEPS
        .split("members: [")
        .nth(1)
        .unwrap()
        .split(']')
        .next()
        .unwrap()
        .split('"')
        .skip(1)
        .step_by(2)
        .collect();
    let received: Vec<String> =
        members.iter().map(|who| format!("(who: \"{who}\", on: \"2024-05-20\")")).collect();
    let desk = Desk::with("plan.ron", &all.replace("RECEIVED", &received.join(", ")));
    desk.call(&["missing", "1"]).is("", "", 0);
    // As of the day before nobody had sent anything.
    let said = finish(desk.command(&["missing", "1"]).args(["--today", "2024-05-19"]));
    assert_eq!((said.out.lines().count(), said.exit), (11, 1));
    let said = desk.english(&["missing", "2"]);
    assert_eq!((said.out.as_str(), said.exit), ("", 2));
    assert!(said.notes.ends_with("no agency of task 2 has members to call\n"), "{}", said.notes);
    assert_eq!(desk.call(&["missing", "99"]).exit, 1);
}

#[test]
fn doubtful_steps_are_remarked_where_they_stand() {
    let text = STEPS
        .replace(
            "(what: \"Lấy ý kiến\", by: \"2024-06-07\")",
            "(what: \"Dự thảo\", by: \"2024-07-07\", done: \"2024-05-21\")",
        )
        .replace("who: \"Sở Y tế\"", "who: \"Sở Nội vụ\"");
    let desk = Desk::with("plan.ron", &text);
    let said = desk.english(&["check", "plan.ron"]);
    let line = |number: usize| {
        text.lines().position(|line| line.trim_start().starts_with("steps:")).unwrap() + number
    };
    for rule in ["step-after-deadline", "step-done-in-future", "step-repeated"] {
        let told = said.out.lines().find(|line| line.ends_with(&format!("[{rule}]"))).unwrap_or_default();
        assert!(
            told.starts_with(&format!("plan.ron:{}:", line(1))) && told.contains(" note: "),
            "{rule}: {}",
            said.out
        );
    }
    assert!(said.out.contains("[received-from-stranger]"), "{}", said.out);
    assert_eq!(said.exit, 0);
}
