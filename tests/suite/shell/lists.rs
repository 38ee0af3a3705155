//! `list` and `show`.

use serde_json::json;

use super::*;

#[test]
fn tasks_are_listed_one_a_line() {
    let table = "\
Tiến độ               Số  Mã  Hạn              Số ngày          Chủ trì                    Nội dung nhiệm vụ
▲ Quá hạn             1   a   31/03/2024 (CN)  quá hạn 50 ngày  Ban TĐKT                   Tổng kết năm trước
► Sắp đến hạn         2   b   24/05/2024       còn 4 ngày       Ban Thi đua - Khen thưởng  Tổ chức hội nghị sơ kết
○ Trong hạn           3   c   31/12/2024       còn 225 ngày     Sở Tài chính               Báo cáo | cuối năm
○ Thường xuyên        4   d                                     Văn phòng UBND tỉnh        Trực điện thoại
● Hoàn thành quá hạn  5   e   31/03/2024 (CN)                   Sở Tư pháp                 Gửi kế hoạch
tính đến 20/05/2024
";
    Desk::new().call(&["list"]).is(table, "", 0);
}

#[test]
fn the_list_speaks_english() {
    let said = Desk::new().english(&["list", "plan.ron", "--overdue"]);
    let table = "\
Progress   No.  Id  Deadline          Days             Lead      Task
▲ Overdue  1    a   31/03/2024 (Sun)  50 days overdue  Ban TĐKT  Tổng kết năm trước
as of 20/05/2024
";
    said.is(table, "", 0);
}

#[test]
fn each_filter_narrows_the_list() {
    let desk = Desk::new();
    assert_eq!(ids(&desk, &[]), "a b c d e");
    assert_eq!(ids(&desk, &["--quarter", "2"]), "b");
    assert_eq!(ids(&desk, &["--quarter", "I", "--quarter", "4"]), "a c e");
    assert_eq!(ids(&desk, &["--quarter", "1,year"]), "a d e");
    assert_eq!(ids(&desk, &["--status", "todo,done"]), "a c d e");
    assert_eq!(ids(&desk, &["--status", "đang thực hiện"]), "b");
    assert_eq!(ids(&desk, &["--status", "Done"]), "e");
    assert_eq!(ids(&desk, &["--state", "overdue,done-late"]), "a e");
    assert_eq!(ids(&desk, &["--state", "DueSoon", "--state", "thường xuyên"]), "b d");
    assert_eq!(ids(&desk, &["--state", "in-time", "--status", "doing"]), "");
    assert_eq!(ids(&desk, &["--overdue"]), "a");
    assert_eq!(ids(&desk, &["--due-within", "4"]), "b");
    assert_eq!(ids(&desk, &["--due-within", "4", "--overdue"]), "a b", "what needs attention");
    assert_eq!(ids(&desk, &["--due-within", "3"]), "");
    assert_eq!(ids(&desk, &["--search", "so ket"]), "b");
    assert_eq!(ids(&desk, &["--search", "năm", "--quarter", "4"]), "c");
    assert_eq!(ids(&desk, &["--support", "Sở Tài chính"]), "b");
}

#[test]
fn a_query_and_a_saved_view_narrow_the_list() {
    let views = "views: [(name: \"Giao ban\", query: \"chủ trì: thi dua; trạng thái: đang | chưa\", order: \"due\")],\n    tasks:";
    let desk = Desk::with("plan.ron", &PLAN.replacen("tasks:", views, 1));
    assert_eq!(
        ids(&desk, &["--query", "chủ trì: btdkt; quý: 2"]),
        ids(&desk, &["--lead", "btdkt", "--quarter", "2"])
    );
    assert_eq!(ids(&desk, &["--query", "hạn <= 24/5 tình trạng: quá hạn | sắp đến hạn"]), "a b");
    assert_eq!(ids(&desk, &["--query", "cuoi nam; due >= 2024-12-31"]), "c");
    assert_eq!(ids(&desk, &["--view", "giao ban"]), "a b");
    assert_eq!(ids(&desk, &["--view", "Giao ban", "--query", "so ket"]), "b", "both narrow it");
    let message = "tiendo: --query, ký tự 13: “xanh” không dùng được cho “trạng thái:”\n";
    desk.call(&["list", "--query", "trạng thái: xanh"]).is("", message, 2);
    let unknown = "tiendo: --query, ký tự 10: kế hoạch không có cơ quan “Sở X”\n";
    desk.call(&["list", "--query", "chủ trì: Sở X"]).is("", unknown, 1);
    desk.write("plan.ron", &desk.text("plan.ron").replace("query: \"", "query: \"trạng thái: xanh; "));
    let notes = desk.call(&["list", "--view", "giao ban"]).notes;
    assert!(notes.starts_with("tiendo: bộ lọc “Giao ban” (trạng thái: xanh; "), "{notes}");
    desk.call(&["list", "--view", "họp"]).is("", "tiendo: kế hoạch không có bộ lọc “họp”\n", 1);
}

#[test]
fn an_agency_is_found_by_any_of_its_names() {
    let desk = Desk::new();
    for name in ["Ban TĐKT", "ban thi đua – khen thưởng", "Ban Thi đua Khen thưởng", "thi dua", "btdkt"]
    {
        assert_eq!(ids(&desk, &["--lead", name]), "a b", "{name}");
    }
    assert_eq!(ids(&desk, &["--lead", "stc"]), "c");
    assert_eq!(ids(&desk, &["--lead", "tai chinh", "--lead", "van phong"]), "c d");
}

#[test]
fn an_agency_that_leads_nothing_is_not_meant_as_lead() {
    let plan = PLAN.replace("support: [\"Sở Tài chính\"", "support: [\"Hội đồng Thi đua\", \"Sở Tài chính\"");
    let desk = Desk::with("plan.ron", &plan);
    assert_eq!(ids(&desk, &["--lead", "thi dua"]), "a b");
    assert_eq!(ids(&desk, &["--support", "thi dua"]), "b");
    assert_eq!(ids(&desk, &["--lead", "hoi dong"]), "", "known, and leads nothing");
}

#[test]
fn a_task_is_found_by_every_name_of_its_agencies() {
    let desk = Desk::new();
    for search in ["ban thi dua", "thi dua khen thuong", "btdkt", "Khen thưởng", "\"thi đua - khen\""] {
        assert_eq!(ids(&desk, &["--search", search]), "a b", "{search}");
    }
    assert_eq!(ids(&desk, &["--search", "hoi nghi"]), "b");
    assert_eq!(ids(&desk, &["--search", "oi nghi"]), "", "from the beginning of a syllable");
    assert_eq!(ids(&desk, &["--search", "tông kêt"]), "a", "marks that were left out");
    desk.call(&["list", "--search", "tộng"]).is("", "không có việc nào. Gõ không dấu để tìm rộng hơn\n", 0);
}

#[test]
fn an_agency_that_is_not_there_is_no_empty_list() {
    let desk = Desk::new();
    let said = desk.call(&["list", "--lead", "Sở Tài chánh"]);
    said.is("", "tiendo: kế hoạch không có cơ quan “Sở Tài chánh”; có phải là “Sở Tài chính”?\n", 1);
    let said = desk.english(&["list", "--support", "Bộ Công an"]);
    said.is("", "tiendo: the plan has no agency “Bộ Công an”\n", 1);
    let said = desk.english(&["list", "--lead", "so"]);
    said.is("", "tiendo: several agencies have “so” in their names:\n  Sở Tài chính\n  Sở Tư pháp\n", 1);
}

#[test]
fn an_empty_list_is_an_answer() {
    Desk::new().call(&["list", "--search", "khong co dau"]).is("", "không có việc nào\n", 0);
}

#[test]
fn the_list_is_sorted_as_asked() {
    let desk = Desk::new();
    assert_eq!(ids(&desk, &["--sort", "due"]), "a e b c d");
    assert_eq!(ids(&desk, &["--sort", "status"]), "a c d b e");
    let shuffled = PLAN.replace("no: \"1\"", "no: \"10\"").replace("no: \"5\"", "no: \"I.2\"");
    desk.write("plan.ron", &shuffled);
    assert_eq!(ids(&desk, &["--sort", "no"]), "e b c d a");
}

#[test]
fn json_is_the_promised_object() {
    let json = Desk::new().call(&["list", "--format", "json", "--quarter", "2"]).json();
    let promised = json!({
        "plan": {
            "title": "Kế hoạch công tác năm 2024",
            "number": "01/KH-SNV",
            "issuer": "Sở Nội vụ",
            "issued": "2024-01-10",
            "year": 2024,
            "path": "plan.ron",
        },
        "today": "2024-05-20",
        "tasks": [{
            "id": "b",
            "no": "2",
            "title": "Tổ chức hội nghị sơ kết",
            "lead": ["Ban Thi đua - Khen thưởng"],
            "support": ["Sở Tài chính", "Văn phòng UBND tỉnh"],
            "quarters": [2, 3],
            "ongoing": false,
            "time": "Quý II, III",
            "deadline": "2024-05-24",
            "due": "2024-05-24",
            "first_deadline": null,
            "status": "Doing",
            "state": "DueSoon",
            "days_left": 4,
            "done_on": null,
            "output": null,
            "note": null,
            "product": null,
            "officer": null,
            "leader": null,
            "source": null,
            "extensions": [],
            "steps": [],
            "progress": [],
            "received": [],
            "more": [],
        }],
    });
    assert_eq!(json, promised);
}

#[test]
fn ongoing_work_has_no_deadline_in_json() {
    let json = Desk::new().call(&["list", "--format", "json", "--quarter", "year"]).json();
    let task = &json["tasks"][0];
    assert_eq!(
        (&task["ongoing"], &task["deadline"], &task["quarters"]),
        (&json!(true), &json!(null), &json!([]))
    );
    assert_eq!(task["state"], "Ongoing");
}

/// A title that would move the cursor, turn the direction of the text and run as a formula.
const HOSTILE: &str =
    r#"(title: "P", year: 2024, tasks: [(id: "h", title: "=1+2 \u{1b}[2J\u{202e}<b>|`", lead: ["L"])])"#;

#[test]
fn nothing_in_a_plan_acts_on_the_terminal() {
    let desk = Desk::with("plan.ron", HOSTILE);
    for words in [&["list"][..], &["list", "--format", "md"], &["list", "--format", "json"], &["show", "h"]] {
        let out = desk.call(words).fine();
        assert!(!out.contains(['\u{1b}', '\u{202e}']), "{words:?}: {out:?}");
    }
    assert_eq!(
        desk.call(&["list", "--format", "json"]).json()["tasks"][0]["title"],
        "=1+2 \u{1b}[2J\u{202e}<b>|`"
    );
}

#[test]
fn a_spreadsheet_runs_nothing_of_a_plan() {
    let desk = Desk::with("plan.ron", HOSTILE);
    let csv = desk.english(&["list", "--format", "csv"]).fine();
    assert!(csv.starts_with("\u{feff}Id,Number,Task,"), "{csv:?}");
    assert!(csv.contains("h,,'=1+2 "), "{csv:?}");
    assert!(csv.ends_with("\r\n"));
}

#[test]
fn csv_has_a_line_a_task() {
    let desk = Desk::new();
    let csv = desk.call(&["list", "--format", "csv", "--quarter", "2"]).fine();
    let expected = "\u{feff}\
Mã,Số thứ tự,Nội dung nhiệm vụ,Cơ quan chủ trì,Cơ quan phối hợp,Quý,Thời gian thực hiện,Thời hạn,\
Trạng thái,Tiến độ,Ngày hoàn thành,Văn bản kết quả,Ghi chú,Hạn đầu,Sản phẩm,Người phụ trách,\
Lãnh đạo chỉ đạo,Văn bản giao,Gia hạn,Mốc,Kết quả đến nay,Đã nhận của,Cột khác\r\n\
b,2,Tổ chức hội nghị sơ kết,Ban Thi đua - Khen thưởng,Sở Tài chính; Văn phòng UBND tỉnh,II–III,\"Quý II, III\",\
2024-05-24,Đang thực hiện,\"Sắp đến hạn, còn 4 ngày\",,,,,,,,,,,,,\r\n";
    assert_eq!(csv, expected);
}

#[test]
fn markdown_keeps_its_columns() {
    let md = Desk::new().english(&["list", "--format", "md", "--quarter", "4"]).fine();
    let expected = "\
| No. | Task | Lead agency | Cooperating agencies | Deadline | Result so far | Progress | Note |
| --- | --- | --- | --- | --- | --- | --- | --- |
| 3 | Báo cáo \\| cuối năm | Sở Tài chính |  | 31/12/2024 |  | Within the deadline, 225 days left |  |

as of 20/05/2024
";
    assert_eq!(md, expected);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_trouble() {
    let desk = Desk::empty();
    let task = |n| format!("(id: \"t{n}\", title: \"{}\"),", "Việc ".repeat(40));
    let tasks: String = (0..2000).map(task).collect();
    desk.write("plan.ron", &format!("(title: \"P\", year: 2024, tasks: [{tasks}])"));
    for format in ["table", "json", "csv", "md"] {
        let mut child = desk.command(&["list", "--format", format]).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{format}");
    }
}

#[test]
fn one_task_is_shown_whole() {
    let shown = "\
Tệp                  plan.ron:15:9
Mã                   b
Số thứ tự            2
Nội dung nhiệm vụ    Tổ chức hội nghị sơ kết
Cơ quan chủ trì      Ban Thi đua - Khen thưởng
Cơ quan phối hợp     Sở Tài chính
                     Văn phòng UBND tỉnh
Quý                  II–III
Thời gian thực hiện  Quý II, III
Hạn hoàn thành       24/05/2024, còn 4 ngày
Trạng thái           Đang thực hiện
Tiến độ              Sắp đến hạn
tính đến 20/05/2024
";
    let desk = Desk::new();
    desk.call(&["show", "plan.ron", "b"]).is(shown, "", 0);
    desk.call(&["show", "2"]).is(shown, "", 0);
}

#[test]
fn a_task_that_is_not_there_is_a_bad_answer() {
    let desk = Desk::new();
    desk.call(&["show", "plan.ron", "99"]).is("", "plan.ron: không có việc “99”\n", 1);
    desk.english(&["show", "plan.ron", "99"]).is("", "plan.ron: no task “99”\n", 1);
}

#[test]
fn a_number_that_several_tasks_have_names_their_places() {
    let desk = Desk::with("plan.ron", &PLAN.replace("no: \"4\"", "no: \"3\""));
    let notes = "\
tiendo: several tasks have the number “3”, name the id:
plan.ron:26:9: c
plan.ron:27:9: d
";
    desk.english(&["show", "3"]).is("", notes, 1);
}

/// The plan whose second task was given more time.
fn extended() -> Desk {
    let desk = Desk::new();
    desk.call(&["set", "b", "--due", "31/8", "--extend", "--reason", "CV 12"]).fine();
    desk
}

#[test]
fn the_first_deadline_stays_visible_in_every_form() {
    let desk = extended();
    let shown = desk.call(&["show", "b"]).fine();
    let line = "Hạn hoàn thành       24/05/2024, gia hạn đến 31/08/2024 (T7), còn 103 ngày\n";
    assert!(shown.contains(line), "{shown}");
    let table = desk.call(&["list", "--quarter", "2"]).fine();
    assert!(
        table.contains("  Hạn đầu     Hạn              ")
            && table.contains("  24/05/2024  31/08/2024 (T7)  "),
        "{table}"
    );
    let md = desk.call(&["list", "--format", "md"]).fine();
    assert!(
        md.contains("| 24/05/2024, gia hạn đến 31/08/2024 (T7) |") && md.contains("| 31/03/2024 (CN) |"),
        "{md}"
    );
    let csv = desk.call(&["list", "--format", "csv", "--quarter", "2"]).fine();
    assert!(csv.contains(",2024-08-31,") && csv.contains(",2024-05-24,"), "{csv}");
    let json = desk.call(&["list", "--format", "json", "--quarter", "2"]).json();
    let task = &json["tasks"][0];
    assert_eq!((&task["first_deadline"], &task["deadline"]), (&json!("2024-05-24"), &json!("2024-08-31")));
}

#[test]
fn a_task_is_shown_to_programs_with_its_history() {
    let json = extended().call(&["show", "b", "--format", "json"]).json();
    assert_eq!((&json["task"]["id"], &json["plan"]["path"]), (&json!("b"), &json!("plan.ron")));
    assert_eq!(
        (&json["history"][0]["field"], &json["task"]["extensions"][0]["why"]),
        (&json!("extensions"), &json!("CV 12"))
    );
}

/// Two plans in a folder, and a file that is none beside them.
fn office() -> Desk {
    let desk = Desk::with("kh/a.ron", PLAN);
    desk.write("kh/b.ron", &PLAN.replace("Sở Tư pháp", "Sở Y tế").replace("Tổng kết năm trước", "Rà soát"));
    desk
}

#[test]
fn several_plans_are_one_list() {
    let desk = office();
    let table = "\
Tiến độ    Kế hoạch  Số  Mã  Hạn              Số ngày          Chủ trì   Nội dung nhiệm vụ
▲ Quá hạn  a.ron     1   a   31/03/2024 (CN)  quá hạn 50 ngày  Ban TĐKT  Tổng kết năm trước
▲ Quá hạn  b.ron     1   a   31/03/2024 (CN)  quá hạn 50 ngày  Ban TĐKT  Rà soát
tính đến 20/05/2024
";
    desk.call(&["list", "kh", "--overdue"]).is(table, "", 0);
    desk.call(&["list", "kh/a.ron", "kh/b.ron", "--overdue"]).is(table, "", 0);
    let csv = desk.call(&["list", "kh", "--format", "csv", "--overdue"]).fine();
    assert!(csv.starts_with("\u{feff}Kế hoạch,Mã,") && csv.contains("\r\nb.ron,a,1,Rà soát,"), "{csv}");
    let md = desk.call(&["list", "kh", "--format", "md", "--overdue"]).fine();
    assert!(md.starts_with("| Kế hoạch | STT |") && md.contains("\n| b.ron | 1 | Rà soát |"), "{md}");
    let json = desk.call(&["list", "kh", "--format", "json", "--overdue"]).json();
    assert_eq!(json.as_array().unwrap().len(), 2);
    assert_eq!(
        (&json[1]["plan"]["path"], &json[1]["tasks"][0]["title"]),
        (&json!("kh/b.ron"), &json!("Rà soát"))
    );
    let sorted = desk.call(&["list", "kh", "--sort", "due", "--format", "md"]).fine();
    let plans: Vec<_> = sorted.lines().skip(2).take(4).map(|line| &line[2..7]).collect();
    assert_eq!(plans, ["a.ron", "a.ron", "b.ron", "b.ron"], "{sorted}");
}

#[test]
fn an_agency_need_not_be_in_all_of_several_plans() {
    let desk = office();
    let md = desk.call(&["list", "kh", "--lead", "Sở Y tế", "--format", "md"]).fine();
    assert!(
        md.lines().take_while(|line| line.starts_with('|')).count() == 3 && md.contains("| b.ron | 5 |"),
        "{md}"
    );
    let said = desk.english(&["list", "kh", "--lead", "Bộ Công an"]);
    said.is("", "tiendo: the plan has no agency “Bộ Công an”\n", 1);
}

#[test]
fn a_plan_that_does_not_open_does_not_hide_the_others() {
    let desk = office();
    desk.write("kh/b.ron", "Plan(title: \"x\", year: 2024, tasks: [");
    let said = desk.call(&["list", "kh", "--overdue"]);
    assert!(said.out.contains("  a.ron     1 ") && said.notes.starts_with("kh/b.ron:1:"), "{said:?}");
    assert_eq!(said.exit, 2);
}
