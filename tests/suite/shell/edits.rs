//! `set`, `add` and `remove`: each leaves the rest of the file as it was.

use super::*;

#[test]
fn a_status_is_set_and_told() {
    let desk = Desk::new();
    let said = desk.call(&["set", "plan.ron", "a", "--status", "doing"]);
    said.is("plan.ron:14:9: 1 · Tổng kết năm trước\n  Trạng thái: Chưa thực hiện → Đang thực hiện\n", "", 0);
    let text = desk.text("plan.ron");
    assert!(text.contains("status: Doing"), "{text}");
    assert!(text.contains("// Kế hoạch của phòng.") && text.contains("// đã lâu"), "{text}");
}

#[test]
fn done_takes_today_and_leaves_it_behind_again() {
    let desk = Desk::new();
    let said = desk.english(&["set", "b", "--status", "done"]);
    let told = "\
plan.ron:15:9: 2 · Tổ chức hội nghị sơ kết
  Status: In progress → Done
  Day of completion: (empty) → 20/05/2024
";
    said.is(told, "", 0);
    let said = desk.english(&["set", "b", "--status", "todo"]);
    let told = "\
plan.ron:15:9: 2 · Tổ chức hội nghị sơ kết
  Status: Done → Not started
  Day of completion: 20/05/2024 → (empty)
";
    said.is(told, "", 0);
}

#[test]
fn the_real_day_of_completion_can_be_told() {
    let desk = Desk::new();
    desk.call(&["set", "b", "--status", "done", "--done-on", "17/5", "--output", "12/BC-SNV"]).fine();
    let task = &desk.call(&["list", "--search", "12/BC", "--format", "json"]).json()["tasks"][0];
    assert_eq!((&task["done_on"], &task["status"]), (&"2024-05-17".into(), &"Done".into()));
}

#[test]
fn a_day_of_completion_needs_a_task_that_is_done() {
    let desk = Desk::new();
    let said = desk.english(&["set", "b", "--done-on", "17/5"]);
    said.is("", "tiendo: --done-on is for tasks that are done; add --status done\n", 2);
    desk.call(&["set", "e", "--done-on", "30/3"]).fine();
    assert!(desk.text("plan.ron").contains("done_on: \"2024-03-30\""));
}

#[test]
fn every_field_can_be_set() {
    let desk = Desk::new();
    let words = [
        "set",
        "a",
        "--no",
        "1a",
        "--title",
        "Tên mới",
        "--lead",
        "Sở X; Sở Y, Z",
        "--support",
        "Sở M",
        "--support",
        "Sở N",
        "--quarters",
        "II-III",
        "--time",
        "Quý II, III",
        "--due",
        "31/8",
        "--note",
        "- gửi lại",
    ];
    desk.call(&words).fine();
    let task = &desk.call(&["list", "--search", "tên mới", "--format", "json"]).json()["tasks"][0];
    assert_eq!(task["no"], "1a");
    assert_eq!(task["lead"], serde_json::json!(["Sở X", "Sở Y, Z"]));
    assert_eq!(task["support"], serde_json::json!(["Sở M", "Sở N"]));
    assert_eq!(task["quarters"], serde_json::json!([2, 3]));
    assert_eq!((&task["time"], &task["due"]), (&"Quý II, III".into(), &"2024-08-31".into()));
    assert_eq!(task["note"], "- gửi lại");
}

#[test]
fn an_agency_is_written_by_the_name_that_the_plan_has() {
    let desk = Desk::new();
    let support = |typed: &str| {
        desk.call(&["set", "a", "--support", typed]).fine();
        let json = desk.call(&["list", "--search", "tổng kết", "--format", "json"]).json();
        json["tasks"][0]["support"].clone()
    };
    assert_eq!(support("VĂN PHÒNG UBND TỈNH"), serde_json::json!(["Văn phòng UBND tỉnh"]));
    assert_eq!(support("Sở Tài chính và các sở khác"), serde_json::json!(["Sở Tài chính", "các sở khác"]));
    assert_eq!(support("Sở Nội vụ."), serde_json::json!(["Sở Nội vụ"]));
}

#[test]
fn the_last_lead_agency_stays() {
    let desk = Desk::new();
    let said = desk.english(&["set", "a", "--lead", ""]);
    said.is("", "tiendo: --lead: A task must have a lead agency\n", 2);
    assert_eq!(desk.text("plan.ron"), PLAN);
}

#[test]
fn a_field_can_be_cleared() {
    let desk = Desk::new();
    desk.call(&["set", "b", "--due", "none", "--quarters", "none", "--support", "", "--time", ""]).fine();
    let task = &desk.call(&["list", "--search", "sơ kết", "--format", "json"]).json()["tasks"][0];
    assert_eq!((&task["due"], &task["time"], &task["ongoing"]), (&Value::Null, &Value::Null, &true.into()));
    assert_eq!(task["support"], serde_json::json!([]));
}

#[test]
fn what_is_so_already_is_not_written() {
    let desk = Desk::new();
    let said = desk.call(&["set", "b", "--status", "doing"]);
    said.is("plan.ron:15:9: 2 · Tổ chức hội nghị sơ kết\n  không có gì thay đổi\n", "", 0);
    assert_eq!(desk.text("plan.ron"), PLAN);
}

#[test]
fn a_change_is_recorded_with_the_person_and_shown() {
    let desk = Desk::new();
    desk.call(&["set", "b", "--status", "paused"]).fine();
    let shown = desk.english(&["show", "b"]).fine();
    let history = shown.lines().find(|line| line.starts_with("History of changes")).unwrap();
    assert!(history.ends_with("  Status: In progress → On hold"), "{history}");
}

#[test]
fn a_value_that_cannot_be_is_refused() {
    let desk = Desk::new();
    let refused = [
        (["--due", "31/6"], "tiendo: “31/6” is not a value for --due: month 6 of 2024 has 30 days\n"),
        (
            ["--quarters", "5"],
            "tiendo: “5” is not a value for --quarters: there is no quarter 5: quarters are 1 to 4\n",
        ),
        (["--title", " "], "tiendo: the task itself is missing: --title TEXT\n"),
    ];
    for (option, notes) in refused {
        desk.english(&[&["set", "b"], &option[..]].concat()).is("", notes, 2);
    }
    desk.english(&["set", "b"]).is("", "tiendo: nothing to set; see tiendo set --help\n", 2);
    assert_eq!(desk.text("plan.ron"), PLAN);
}

#[test]
fn a_task_is_added_and_its_id_told() {
    let desk = Desk::new();
    let said = desk
        .call(&[
            "add",
            "--title",
            "Việc mới",
            "--no",
            "2a",
            "--lead",
            "Ban TĐKT",
            "--quarters",
            "3",
            "--after",
            "2",
        ])
        .fine();
    let (place, id) = said.trim_end().split_once('\n').unwrap();
    assert!(place.starts_with("plan.ron:") && place.ends_with(":9: 2a · Việc mới"), "{place}");
    assert_eq!(id.len(), 5);
    assert_eq!(ids(&desk, &[]), format!("a b {id} c d e"));
    desk.call(&["add", "--title", "Việc cuối"]).fine();
    assert!(ids(&desk, &[]).starts_with(&format!("a b {id} c d e ")));
    desk.english(&["add", "--no", "7"]).is("", "tiendo: the task itself is missing: --title TEXT\n", 2);
}

#[test]
fn nothing_is_deleted_unasked() {
    let desk = Desk::new();
    desk.english(&["remove", "c"]).is("", "tiendo: not deleted; to delete without asking: --yes\n", 1);
    assert_eq!(desk.text("plan.ron"), PLAN);
    desk.english(&["remove", "c", "--yes"]).is("plan.ron:26:9: 3 · Báo cáo | cuối năm\n  deleted\n", "", 0);
    assert_eq!(ids(&desk, &[]), "a b d e");
}

#[test]
fn an_answer_through_a_pipe_is_no_consent() {
    let desk = Desk::new();
    let mut child = desk.command(&["remove", "c"]).stdin(Stdio::piped()).spawn().unwrap();
    // The program need not read what it does not ask for.
    let _ = child.stdin.take().unwrap().write_all(b"y\n");
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(1));
    assert_eq!(desk.text("plan.ron"), PLAN);
}

#[test]
fn a_plan_that_cannot_be_read_is_left_alone() {
    let desk =
        Desk::with("plan.ron", "Plan(title: \"P\", year: 2024,\n    tasks: [(id: \"a\" title: \"x\")])");
    let said = desk.english(&["set", "plan.ron", "a", "--status", "done"]);
    assert_eq!(said.exit, 2);
    assert!(said.notes.starts_with("plan.ron:2:"), "{}", said.notes);
}

/// Somebody is typing in the file, and has left out a colon. What was saved before is known.
fn broken() -> (Desk, String) {
    let desk = Desk::new();
    desk.call(&["set", "a", "--status", "doing"]).fine();
    let good = desk.text("plan.ron");
    desk.write("plan.ron", &good.replace("title: \"Báo cáo", "title \"Báo cáo"));
    (desk, good)
}

const WAITS: &str = "\
plan.ron:26:33: after title a colon and a value are missing, as in title: \"…\"
The file cannot be written at the moment; the change is kept, and made as soon as it can be
";

#[test]
fn what_is_changed_while_the_file_is_broken_waits() {
    let (desk, good) = broken();
    let text = desk.text("plan.ron");
    let said = desk.english(&["set", "a", "--status", "done"]);
    let told = "\
plan.ron:14:9: 1 · Tổng kết năm trước
  Status: In progress → Done
  Day of completion: (empty) → 20/05/2024
";
    said.is(told, WAITS, 0);
    let said = desk.english(&["remove", "d", "--yes"]);
    said.is("plan.ron:27:9: 4 · Trực điện thoại\n  deleted\n", WAITS, 0);
    let said = desk.english(&["add", "--title", "Việc mới", "--after", "b"]);
    assert_eq!((said.notes.as_str(), said.exit), (WAITS, 0));
    let new = said.out.trim_end().lines().last().unwrap().to_owned();
    let said = desk.english(&["set", &new, "--note", "gấp"]);
    assert_eq!((said.notes.as_str(), said.exit), (WAITS, 0), "{}", said.out);
    let said = desk.english(&["set", "a", "--status", "done"]);
    said.is(
        "plan.ron:14:9: 1 · Tổng kết năm trước\n  nothing has changed\n",
        WAITS.split_inclusive('\n').next().unwrap(),
        0,
    );
    assert_eq!(desk.text("plan.ron"), text, "nothing is written over it");

    desk.write("plan.ron", &good.replace("Báo cáo | cuối năm", "Báo cáo năm"));
    assert_eq!(ids(&desk, &[]), format!("a b {new} c e"), "what waits is shown");
    assert!(!desk.text("plan.ron").contains("gấp"), "and saved with the next change");
    assert_eq!(desk.english(&["set", "c", "--output", "12/BC"]).exit, 0);
    let text = desk.text("plan.ron");
    assert!(
        ["status: Done, done_on: \"2024-05-20\"", "note: \"gấp\"", "Báo cáo năm"]
            .iter()
            .all(|it| text.contains(it)),
        "{text}"
    );
}

#[test]
fn of_a_broken_file_only_what_is_known_is_changed() {
    let (desk, _) = broken();
    let problem = WAITS.split_inclusive('\n').next().unwrap();
    desk.english(&["set", "zz", "--status", "done"]).is("", problem, 2);
    for read in ["list", "check"] {
        assert_ne!(desk.english(&[read]).exit, 0, "what it says may be long out of date");
    }
    std::fs::remove_dir_all(desk.path(".tiendo")).unwrap();
    desk.english(&["set", "a", "--status", "done"]).is("", problem, 2);
}

#[test]
fn an_extension_is_told_from_a_correction() {
    let desk = Desk::new();
    desk.call(&["set", "b", "--due", "31/8", "--extend", "--reason", "Công văn 12/SNV"]).fine();
    let text = desk.text("plan.ron");
    let row = "extensions: [\n                (to: \"2024-08-31\", on: \"2024-05-20\", why: \"Công văn 12/SNV\"),\n";
    assert!(text.contains(row) && text.contains("due: \"2024-05-24\""), "{text}");
    assert!(text.contains("field: \"extensions\", to: \"2024-08-31 | 2024-05-20\")"), "{text}");
    let said = desk.english(&["set", "b", "--note", "x", "--extend"]);
    said.is("", "tiendo: --extend extends the deadline: it needs --due with the new day\n", 2);
    let earlier = desk.english(&["set", "b", "--due", "15/6", "--extend"]);
    let told = "tiendo: --extend: 15/06/2024 is not later than the deadline that holds, 31/08/2024; \
        leave out --extend for a correction\n";
    earlier.is("", told, 2);
    assert_eq!(desk.text("plan.ron"), text);
}

#[test]
fn a_reason_goes_into_the_history() {
    let desk = Desk::new();
    desk.call(&["set", "b", "--status", "paused", "--reason", "chờ ý kiến"]).fine();
    assert!(desk.text("plan.ron").contains("to: \"Paused\", note: \"chờ ý kiến\""));
}
