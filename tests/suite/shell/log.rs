//! `tiendo log`: who changed what, in words and for programs.

use super::*;

const HISTORY: &str = r#"Plan(title: "P", year: 2024, tasks: [
    (id: "a", no: "1", title: "Tổng kết", status: Done, history: [
        (at: "2024-05-02T09:10:00+07:00", by: "lan", field: "status", from: "Todo", to: "Doing"),
        (at: "2024-05-04T10:00:00+07:00", by: "minh", field: "status", from: "Paused", to: "Done", clash: true),
    ]),
    (id: "b", no: "2", title: "Hội nghị", due: "2024-08-31", history: [
        (at: "2024-05-01T08:00:00+07:00", by: "lan", field: "add"),
        (at: "2024-05-03T08:00:00+07:00", by: "lan", field: "extend", from: "2024-06-30", to: "2024-08-31", note: "Công văn 12/SNV"),
        (at: "2024-05-05T08:00:00+07:00", by: "minh", field: "keep", clash: true),
    ]),
    (id: "c", no: "3", title: "Chưa có gì"),
])"#;

#[test]
fn the_history_is_told_newest_first() {
    let desk = Desk::with("plan.ron", HISTORY);
    let told = "\
05/05/2024 08:00  minh  2 · Hội nghị: Giữ lại: có người xóa khi người khác đang sửa
04/05/2024 10:00  minh  1 · Tổng kết: Trạng thái: Tạm dừng → Đã hoàn thành · hai người sửa khác nhau
03/05/2024 08:00  lan   2 · Hội nghị: Gia hạn: 30/06/2024 → 31/08/2024 (Công văn 12/SNV)
02/05/2024 09:10  lan   1 · Tổng kết: Trạng thái: Chưa thực hiện → Đang thực hiện
01/05/2024 08:00  lan   2 · Hội nghị: Thêm việc
";
    desk.call(&["log", "plan.ron"]).is(told, "", 0);
    desk.call(&["log"]).is(told, "", 0);
    let told = "\
05/05/2024 08:00  minh  Kept: deleted while someone else was changing it
03/05/2024 08:00  lan   Deadline extended: 30/06/2024 → 31/08/2024 (Công văn 12/SNV)
01/05/2024 08:00  lan   Task added
";
    desk.english(&["log", "plan.ron", "b"]).is(told, "", 0);
    desk.english(&["log", "2"]).is(told, "", 0);
    desk.english(&["log", "plan.ron", "c"]).is("plan.ron: no change is recorded yet\n", "", 0);
}

#[test]
fn the_history_can_be_read_by_programs() {
    let desk = Desk::with("plan.ron", HISTORY);
    let json = desk.call(&["log", "plan.ron", "a", "--format", "json"]).json();
    assert_eq!(json.as_array().unwrap().len(), 2);
    let first = &json[0];
    assert_eq!(
        (&first["task"], &first["field"], &first["from"]),
        (&"a".into(), &"status".into(), &"Paused".into())
    );
    assert_eq!((&first["at"], &first["clash"]), (&"2024-05-04T10:00:00+07:00".into(), &true.into()));
    assert_eq!(desk.call(&["log", "c", "--format", "json"]).json(), serde_json::json!([]));
}

/// One clock for all that is told, and one day for all that is counted by days.
#[test]
fn what_a_machine_of_another_zone_has_written_is_told_by_the_clock_of_the_office() {
    let foreign = HISTORY.replace("2024-05-04T10:00:00+07:00", "2024-05-03T18:30:00+00:00");
    let foreign = foreign.replace("\"Done\", clash: true", "\"Done\"");
    let desk = Desk::with("plan.ron", &foreign);
    let told = "\
04/05/2024 01:30  minh  Trạng thái: Tạm dừng → Đã hoàn thành
02/05/2024 09:10  lan   Trạng thái: Chưa thực hiện → Đang thực hiện
";
    desk.call(&["log", "a"]).is(told, "", 0);
    let first = &desk.call(&["log", "a", "--since", "4/5", "--format", "json"]).json()[0];
    assert_eq!(first["at"], "2024-05-04T01:30:00+07:00");
    assert!(desk.call(&["show", "a"]).out.contains("04/05/2024 01:30  minh"));
    let status = |day: &str| {
        let said = desk.call(&["show", "a", "--known-at", day, "--format", "json"]).out;
        serde_json::from_str::<Value>(&said).unwrap()["task"]["status"].clone()
    };
    assert_eq!((status("3/5"), status("4/5")), ("Paused".into(), "Done".into()));
}

#[test]
fn a_task_or_a_plan_that_is_not_there_has_no_history() {
    let desk = Desk::with("plan.ron", HISTORY);
    desk.english(&["log", "x"]).is("", "plan.ron: no task “x”\n", 1);
    assert_eq!(desk.english(&["log", "other.ron"]).exit, 2);
}

#[test]
fn who_deleted_a_task_is_told_with_all_that_was_known_of_it() {
    let desk = Desk::with("plan.ron", HISTORY);
    desk.call(&["remove", "plan.ron", "a", "--yes"]);
    let told = desk.call(&["log", "plan.ron"]).out;
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 6, "{told}");
    let deleted = lines.iter().find(|line| line.ends_with("1 · Tổng kết: Xóa việc")).expect(&told);
    let told = desk.call(&["log", "plan.ron", "1"]).out;
    let [date, time] = [0, 1].map(|at| deleted.split_whitespace().nth(at).unwrap());
    assert!(told.starts_with(&format!("{date} {time}")) && told.lines().count() == 3, "{told}");
    let json = desk.call(&["log", "plan.ron", "a", "--format", "json"]).json();
    assert_eq!(json[0]["field"], "remove");
    desk.english(&["log", "x"]).is("", "plan.ron: no task “x”\n", 1);
}

#[test]
fn the_history_can_be_asked_for_a_time_and_a_person() {
    let desk = Desk::with("plan.ron", HISTORY);
    let days = |words: &[&str]| {
        let told = desk.call(&[&["log"], words].concat()).fine();
        told.lines().map(|line| line[..2].to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(days(&["--since", "3/5"]), "05 04 03");
    assert_eq!(days(&["--by", "Lan"]), "03 02 01");
    assert_eq!(days(&["plan.ron", "2", "--by", "lan", "--since", "2024-05-02"]), "03");
    desk.english(&["log", "--by", "hoa"]).is("plan.ron: there is no such change\n", "", 0);
    let notes = "tiendo: “31/6” is not a value for --since: ";
    assert!(desk.english(&["log", "--since", "31/6"]).notes.starts_with(notes));
}

#[test]
fn the_histories_of_several_plans_are_one() {
    let desk = Desk::with("kh/a.ron", HISTORY);
    desk.write(
        "kh/b.ron",
        &HISTORY.replace("2024-05-0", "2024-04-0").replace("Hội nghị", &"Hội nghị ".repeat(40)),
    );
    let told = desk.call(&["log", "kh"]).fine();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 10, "{told}");
    assert!(lines[0].starts_with("05/05/2024 08:00  minh  a.ron  2 · Hội nghị: "), "{told}");
    assert!(lines[5].starts_with("05/04/2024 08:00  minh  b.ron  2 · Hội nghị Hội nghị "), "{told}");
    assert!(lines[5].contains("…: Giữ lại: ") && lines[5].chars().count() < 140, "{told}");
    assert_eq!(desk.call(&["log", "kh", "2", "--since", "2024-05-01"]).fine().lines().count(), 3);
    assert_eq!(desk.call(&["log", "kh", "--format", "json"]).json()[9]["plan"], "kh/b.ron");
    desk.english(&["log", "kh", "9"]).is("", "kh/b.ron: no task “9”\n", 1);
}
