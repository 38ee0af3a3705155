//! Every morning by cron: `due`, and what has changed: `since`, `--known-at`.

use tiendo::text;

use super::*;

/// Something late, due today, soon and far off, with steps; and a committee that nobody reminds.
const DUE: &str = r#"#![enable(implicit_some)]
Plan(
    title: "Kế hoạch công tác năm 2024",
    year: 2024,
    agencies: [
        (name: "Ban TĐKT", full: "Ban Thi đua - Khen thưởng", mail: "thidua@tinh.gov.vn"),
        (name: "UBND tỉnh", urge: false),
    ],
    people: [(login: "lan", name: "Trần Thị Lan")],
    tasks: [
        (id: "a", no: "1", title: "Tổng kết năm trước", lead: ["Ban TĐKT"], officer: "lan", quarters: [Q1]),
        (id: "b", no: "2", title: "Gửi báo cáo", lead: ["Ban Thi đua - Khen thưởng", "UBND tỉnh"], due: "2024-05-20"),
        (id: "c", no: "3", title: "Sơ kết", lead: ["Sở Nội vụ"], due: "2024-05-25", officer: "lan"),
        (
            id: "d", no: "4", title: "Tập huấn cho cán bộ làm công tác thi đua, khen thưởng ở cơ sở và các cụm, khối",
            lead: ["Sở Nội vụ"], quarters: [Q4], status: Doing,
            steps: [(what: "Dự thảo", by: "2024-05-10"), (what: "Trình ký", by: "2024-05-22"), (what: "Họp", by: "2024-05-01", done: "2024-05-02")],
        ),
        (id: "e", no: "5", title: "Ý kiến", lead: ["UBND tỉnh"], due: "2024-05-01"),
        (id: "f", no: "6", title: "Xong rồi", lead: ["Sở Nội vụ"], due: "2024-05-01", status: Done, done_on: "2024-04-30"),
        (id: "g", no: "7", title: "Tạm dừng", lead: ["Sở Nội vụ"], due: "2024-05-01", status: Paused),
    ],
)
"#;

fn desk() -> Desk {
    Desk::with("plan.ron", DUE)
}

#[test]
fn what_is_due_is_a_text_for_a_mail() {
    desk().call(&["due"]).is(
        "Tính đến 20/05/2024\n\
         \n\
         Kế hoạch công tác năm 2024\n\
         Quá hạn: 2\n\
         - 1 · Tổng kết năm trước: hạn 31/03/2024 (CN), quá hạn 50 ngày. Chủ trì: Ban\n  TĐKT\n\
         - 5 · Ý kiến: hạn 01/05/2024, quá hạn 19 ngày. Chủ trì: UBND tỉnh\n\
         Đến hạn hôm nay: 1\n\
         - 2 · Gửi báo cáo: hạn 20/05/2024, hôm nay. Chủ trì: Ban Thi đua - Khen\n  thưởng; UBND tỉnh\n\
         Trong 7 ngày tới: 2\n\
         - 4 · Tập huấn cho cán bộ làm công tác thi đua, khen thưởng ở cơ sở và các\n  \
         cụm, khối: mốc “Trình ký” 22/05/2024, còn 2 ngày. Chủ trì: Sở Nội vụ\n\
         - 3 · Sơ kết: hạn 25/05/2024 (T7), còn 5 ngày. Chủ trì: Sở Nội vụ\n\
         Mốc đã qua mà chưa xong: 1\n\
         - 4 · Tập huấn cho cán bộ làm công tác thi đua, khen thưởng ở cơ sở và các\n  \
         cụm, khối: mốc “Dự thảo” 10/05/2024, đã qua 10 ngày. Chủ trì: Sở Nội vụ\n",
        "",
        1,
    );
}

#[test]
fn an_agency_is_told_its_own_and_a_committee_nothing() {
    let told = desk().english(&["due", "--by", "agency", "--within", "0"]);
    told.is(
        "As of 20/05/2024\n\
         \n\
         Ban TĐKT <thidua@tinh.gov.vn>\n\
         Overdue: 1\n\
         - 1 · Tổng kết năm trước: deadline 31/03/2024 (Sun), 50 days overdue\n\
         Due today: 1\n\
         - 2 · Gửi báo cáo: deadline 20/05/2024, today\n\
         \n\
         Sở Nội vụ\n\
         Steps that were missed: 1\n\
         - 4 · Tập huấn cho cán bộ làm công tác thi đua, khen thưởng ở cơ sở và các\n  \
         cụm, khối: step “Dự thảo” 10/05/2024, 10 days ago\n\
         \n\
         Not reminded: UBND tỉnh (2)\n",
        "",
        1,
    );
}

#[test]
fn an_officer_is_called_by_name() {
    let told = desk().call(&["due", "--by", "officer"]).out;
    let [lan, nobody] =
        ["\nTrần Thị Lan\n", "\nChưa có người phụ trách\n"].map(|heading| told.find(heading).unwrap());
    let of_lan = &told[lan..told[lan + 1..].find("\n\n").map_or(told.len(), |end| lan + 1 + end)];
    assert!(of_lan.contains("Tổng kết") && of_lan.contains("Sơ kết") && !of_lan.contains("Ý kiến"), "{told}");
    assert!(told[nobody..].contains("Ý kiến"), "{told}");
}

/// As cron calls it: no terminal, no home, no language, nothing in the environment.
fn by_cron(desk: &Desk, words: &[&str]) -> Said {
    let mut command = Command::new("/usr/bin/env");
    command.args(["-i", env!("CARGO_BIN_EXE_tiendo")]).args(words).current_dir("/");
    command
        .args(["--today", "2024-05-20"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    assert!(desk.path("").is_absolute());
    finish(&mut command)
}

#[test]
fn cron_mails_only_what_is_due_and_a_broken_plan_hides_no_other() {
    let desk = desk();
    let folder = desk.path("").display().to_string();
    let told = by_cron(&desk, &["due", &folder]);
    assert_eq!((told.notes.as_str(), told.exit), ("", 1), "{}", told.out);
    assert!(told.out.contains("Tổng kết năm trước"), "{}", told.out);

    desk.write("plan.ron", "Plan(title: \"x\", year: 2024, tasks: [(id: \"a\", title: \"Việc\")])");
    by_cron(&desk, &["due", &folder]).is("", "", 0);

    desk.write("other.ron", DUE);
    desk.write("broken.ron", "Plan(title: \"x\", year: 2024, tasks: [");
    let told = by_cron(&desk, &["due", &folder]);
    assert_eq!(told.exit, 2);
    assert!(told.notes.contains("broken.ron") && told.out.contains("Tổng kết năm trước"), "{told:?}");
    assert_eq!(by_cron(&desk, &["due", &desk.path("none.ron").display().to_string()]).exit, 2);
}

#[test]
fn no_line_of_a_mail_is_too_long_and_what_hides_is_not_sent_to_a_terminal() {
    let long = DUE
        .replace("Sở Nội vụ", &"Ban Chỉ đạo thực hiện phong trào ".repeat(9))
        .replace("Gửi báo cáo", "Gửi \\u{1b}[2J\\u{202e}");
    let desk = Desk::with("plan.ron", &long);
    for words in [&["due"][..], &["due", "--by", "agency"], &["due", "--by", "officer"]] {
        let told = desk.call(words).out;
        assert!(told.lines().all(|line| text::width(line) <= 78), "{told}");
        assert!(!told.contains(['\u{1b}', '\u{202e}']), "{told}");
    }
}

#[test]
fn what_is_due_is_there_for_programs() {
    let said = desk().call(&["due", "--format", "json"]);
    assert_eq!(said.exit, 1);
    let json: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&json["today"], &json["within"]), (&"2024-05-20".into(), &7.into()));
    let told: Vec<_> = json["due"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {} {}", it["id"], it["urgency"], it["days_left"]))
        .collect();
    assert_eq!(
        told.join(", ").replace('"', ""),
        "a overdue -50, e overdue -19, b today 0, d within 2, c within 5, d missed -10"
    );
}

/// The clock of the machine goes on, so that what is set now was set after that evening.
#[test]
fn what_was_known_on_an_evening_comes_back() {
    let desk = desk();
    let now = |words: &[&str]| finish(&mut desk.command(words)).fine();
    now(&["set", "a", "--status", "done", "--done-on", "2024-03-20"]);
    now(&["set", "c", "--note", "ghi sau", "--officer", "minh"]);
    now(&["remove", "e", "--yes"]);
    now(&["add", "--title", "Việc mới", "--lead", "Sở Nội vụ"]);
    let known = |words: &[&str]| {
        let said = finish(desk.command(words).args(["--known-at", "2024-05-20"]));
        assert!(said.notes.contains("lịch sử"), "{said:?}");
        said
    };
    let json: Value = serde_json::from_str(&known(&["list", "--format", "json"]).out).unwrap();
    let tasks = json["tasks"].as_array().unwrap();
    let told: Vec<_> = tasks.iter().map(|task| format!("{} {}", task["id"], task["status"])).collect();
    assert_eq!(told.join(", ").replace('"', ""), "a Todo, b Todo, c Todo, d Doing, f Done, g Paused, e Todo");
    assert!(known(&["show", "e"]).out.contains("Ý kiến"));
    let due = known(&["due"]).out;
    assert!(due.starts_with("Tính đến 20/05/2024, như tệp ghi tối 20/05/2024\n"), "{due}");
    assert!(due.contains("quá hạn 50 ngày"), "{due}");
    let as_of = desk.call(&["list"]).out;
    assert!(as_of.ends_with("\ntính đến 20/05/2024; ghi sau ngày chốt: 1 việc (1)\n"), "{as_of}");
}

#[test]
fn every_difference_since_an_evening_is_named() {
    let desk = desk();
    desk.call(&["since", "2024-05-20"]).is(
        "plan.ron: không có gì khác\n",
        "theo lịch sử thay đổi: không biết những gì sửa tay trong tệp, thứ tự các việc và phần đầu kế hoạch\n",
        0,
    );
    let now = |words: &[&str]| finish(&mut desk.command(words)).fine();
    let before = desk.text("plan.ron");
    now(&["set", "a", "--status", "done", "--done-on", "2024-03-20"]);
    now(&["set", "c", "--note", "ghi sau"]);
    now(&["remove", "e", "--yes"]);
    now(&["add", "--title", "Việc mới", "--lead", "Sở Nội vụ"]);
    desk.write("before.ron", &before);
    let told = "việc\n\n\
        1 · Tổng kết năm trước\n  \
        Trạng thái: Chưa thực hiện → Đã hoàn thành\n  \
        Ngày hoàn thành: (trống) → 20/03/2024\n\n\
        3 · Sơ kết\n  \
        Ghi chú: (trống) → ghi sau\n\n\
        5 · Ý kiến\n  \
        Xóa việc\n\n\
        Việc mới\n  \
        Thêm việc\n";
    for then in ["20/5/2024", "before.ron"] {
        let said = desk.call(&["since", then, "plan.ron"]);
        let (heading, rest) = said.out.split_at(said.out.find("việc\n").unwrap());
        assert_eq!((rest, said.exit), (told, 1), "{heading}");
    }
    let json: Value =
        serde_json::from_str(&desk.call(&["since", "before.ron", "plan.ron", "--format", "json"]).out)
            .unwrap();
    let changes: Vec<_> = json["changes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {} {}", it["no"], it["change"], it["to"]))
        .collect();
    assert_eq!(
        changes.join(", ").replace('"', ""),
        "1 edited Done, 1 edited 2024-03-20, 3 edited ghi sau, 5 removed null,  added null"
    );
    let neither = "tiendo: “hom nao” is no file that is here, and no day: not a date; type it as in 2024-05-20, 20/05/2024\n";
    desk.english(&["since", "hom nao", "plan.ron"]).is("", neither, 2);
    assert_eq!(desk.call(&["since", "none.ron", "plan.ron"]).exit, 2);
    assert_eq!(desk.call(&["since", "hôm nào", "plan.ron"]).exit, 2);
}
