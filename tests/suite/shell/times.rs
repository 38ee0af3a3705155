//! Times, deadlines and quarters as they are typed in options: the same text says the same in each.

use super::*;

/// The quarters, the deadline and the time of a task.
fn place(desk: &Desk, id: &str) -> (String, Value, Value) {
    let json = desk.call(&["list", "--format", "json"]).json();
    let task = json["tasks"].as_array().unwrap().iter().find(|task| task["id"] == id).unwrap().clone();
    let quarters = task["quarters"].as_array().unwrap().iter().map(Value::to_string).collect();
    (quarters, task["deadline"].clone(), task["time"].clone())
}

fn added(desk: &Desk, words: &[&str]) -> String {
    let said = desk.call(&[&["add", "--title", "Việc thử"], words].concat()).fine();
    said.trim_end().lines().last().unwrap().to_owned()
}

/// How many tasks stand elsewhere than their times say.
fn doubted(desk: &Desk) -> usize {
    desk.call(&["check"]).out.matches("Thời gian “").count()
}

#[test]
fn a_new_task_stands_where_its_time_says() {
    let desk = Desk::new();
    let times = [
        ("Quý II", "2", "2024-06-30"),
        ("Quý II, chậm nhất 15/6", "2", "2024-06-15"),
        ("Theo tiến độ, hoàn thành trong quý III", "3", "2024-09-30"),
        ("5-7/2024", "23", "2024-07-31"),
        ("Cả năm", "1234", "2024-12-31"),
    ];
    for (time, quarters, deadline) in times {
        let id = added(&desk, &["--time", time]);
        assert_eq!(place(&desk, &id), (quarters.to_owned(), deadline.into(), time.into()));
    }
    let id = added(&desk, &["--time", "Thường xuyên"]);
    assert_eq!(place(&desk, &id), (String::new(), Value::Null, "Thường xuyên".into()));
    assert_eq!(doubted(&desk), 1, "the task that was there before");
}

#[test]
fn a_time_that_is_set_moves_the_task() {
    let desk = Desk::new();
    let said = desk.call(&["set", "b", "--time", "Quý III, xong trước 15/8"]);
    let told = "\
plan.ron:15:9: 2 · Tổ chức hội nghị sơ kết
  Quý: II–III → III
  Thời gian thực hiện: Quý II, III → Quý III, xong trước 15/8
  Hạn hoàn thành: 24/05/2024 → 15/08/2024
";
    said.is(told, "", 0);
    desk.call(&["set", "b", "--time", "Quý IV", "--due", "20-11"]).fine();
    assert_eq!(place(&desk, "b"), ("4".into(), "2024-11-20".into(), "Quý IV".into()));
    desk.call(&["set", "b", "--time", "Quý I", "--quarters", "II"]).fine();
    assert_eq!(place(&desk, "b"), ("2".into(), "2024-06-30".into(), "Quý I".into()));
}

#[test]
fn a_time_that_is_not_read_is_only_text_and_told_so() {
    let desk = Desk::new();
    let unread = [
        ("Trước kỳ họp", "Not read as a time; kept as text, quarters and deadline stay"),
        (
            "Quý II, chậm nhất 15/7",
            "15/07/2024 lies outside of 01/04/2024 – 30/06/2024; kept as text, quarters and deadline stay",
        ),
        ("hằng quý", "Recurring, so no single deadline; kept as text"),
    ];
    for (time, note) in unread {
        let said = desk.english(&["set", "b", "--time", time]);
        assert_eq!(
            (said.notes.as_str(), said.exit),
            (format!("--time: {note}\n").as_str(), 0),
            "{}",
            said.out
        );
        assert_eq!(place(&desk, "b"), ("23".into(), "2024-05-24".into(), time.into()));
    }
    let said = desk.english(&["add", "--title", "x", "--time", "Trước kỳ họp"]);
    assert!(said.notes.starts_with("--time: Not read as a time;") && said.exit == 0, "{}", said.notes);
    desk.call(&["set", "b", "--time", "Sau kỳ họp", "--quarters", "4"]).fine();
}

/// What one of the options reads, the others read as the same, or refuse.
#[test]
fn one_text_says_the_same_in_every_option() {
    let desk = Desk::new();
    for text in
        ["Quý III", "trước ngày 15/8", "Quý III, chậm nhất 15/8", "tháng 8", "20-8", "3 tháng cuối năm"]
    {
        let id = added(&desk, &["--time", text]);
        let (quarters, deadline, _) = place(&desk, &id);
        let other = added(&desk, &["--due", text]);
        assert_eq!(place(&desk, &other).1, deadline, "{text}");
        let other = added(&desk, &["--quarters", text]);
        assert_eq!(place(&desk, &other).0, quarters, "{text}");
    }
    let said = desk.english(&["set", "b", "--due", "5-7/2024"]);
    let notes =
        "tiendo: “5-7/2024” is not a value for --due: a day, or months: type it as in 5/7/2024 or 7/2024\n";
    said.is("", notes, 2);
}

#[test]
fn nothing_can_be_done_tomorrow() {
    let desk = Desk::new();
    for (typed, status) in [("2030-01-01", "done"), ("21/5", "done")] {
        let said = desk.call(&["set", "b", "--status", status, "--done-on", typed]);
        let notes = format!(
            "tiendo: “{typed}” không dùng được cho --done-on: \
             ngày hoàn thành không thể sau hôm nay (20/05/2024)\n"
        );
        said.is("", &notes, 2);
    }
    assert_eq!(desk.text("plan.ron"), PLAN);
    desk.call(&["set", "b", "--status", "done", "--done-on", "thứ 6 tuần trước"]).fine();
    assert!(desk.text("plan.ron").contains("done_on: \"2024-05-17\""));
}

#[test]
fn what_is_no_day_is_told_without_being_asked_to_type_on() {
    let desk = Desk::new();
    for (option, example) in [("--due", "cuối quý 2"), ("--done-on", "hôm qua")] {
        let said = desk.call(&["set", "e", option, "30/"]);
        let is_told = said.notes.contains("không đọc được ngày; gõ như") && said.notes.contains(example);
        assert!(is_told && said.exit == 2, "{}", said.notes);
    }
    let said = desk.call(&["set", "e", "--done-on", "?"]);
    assert!(!said.notes.contains("quý"), "no day of completion is the end of a quarter: {}", said.notes);
}
