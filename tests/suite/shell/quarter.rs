//! A quarter of Hưng Yên's plan kept by two people for thirteen weeks, morning by morning.
//!
//! What is true on a day is known here a second time, in a model that knows nothing of the program: who looks at the
//! mornings, the figures of a cut-off day and the file in the end compares the two.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::Value;

use tiendo::plan::{self, Change, Edit, Field, Receipt, Stamp, Task, Why};
use tiendo::store::{Policy, Store};

use super::{Desk, finish};

/// What is done on a day.
#[derive(Clone, Copy)]
enum Deed {
    /// By the first of the two, in the shell.
    Call(&'static [&'static str]),
    /// By the other one, on the screen: a step of a task is done on that day.
    Tick(&'static str, &'static str),
    /// Who has sent what a task asks for.
    Receive(&'static str, &'static str),
}

use Deed::{Call, Receive, Tick};

const FIRST: &str = "2024-01-01";
const CUT: &str = "2024-03-14";
const QUARTER_END: &str = "2024-03-31";

/// In the order of the days on which it is written down, which may be later than the day on which it happened.
const DEEDS: &[(&str, Deed)] = &[
    ("2024-01-03", Call(&["set", "1", "--status", "doing", "--officer", "Trần Thị Lan"])),
    (
        "2024-01-03",
        Call(&["set", "2", "--officer", "Nguyễn Văn Minh", "--product", "Chỉ thị của Chủ tịch UBND tỉnh"]),
    ),
    (
        "2024-01-08",
        Call(&["set", "5", "--status", "doing", "--steps", "dự thảo 31/1; lấy ý kiến 20/2; trình 15/3"]),
    ),
    ("2024-01-12", Call(&["tell", "1", "--text", "Đã tổ chức hội nghị tại 10/10 huyện", "--by", "Ban TĐKT"])),
    (
        "2024-01-15",
        Call(&["set", "1", "--status", "done", "--done-on", "2024-01-13", "--output", "Báo cáo 12/BC"]),
    ),
    (
        "2024-01-22",
        Call(&[
            "add",
            "--no",
            "31",
            "--title",
            "Rà soát quy chế làm việc",
            "--lead",
            "Ban TĐKT",
            "--quarters",
            "1",
            "--due",
            "2024-02-15",
            "--source",
            "Giao ban 22/1/2024",
        ]),
    ),
    ("2024-01-31", Tick("5", "dự thảo")),
    (
        "2024-02-05",
        Call(&[
            "tell",
            "5",
            "--text",
            "Đã xong dự thảo",
            "--stuck",
            "Sở Tư pháp chưa góp ý",
            "--ask",
            "Đôn đốc",
        ]),
    ),
    (
        "2024-02-19",
        Call(&["set", "31", "--due", "2024-03-08", "--extend", "--reason", "chờ Luật có hiệu lực"]),
    ),
    ("2024-02-26", Tick("5", "lấy ý kiến")),
    (
        "2024-02-26",
        Call(&[
            "add",
            "--no",
            "32",
            "--title",
            "Tổng hợp thi đua đầu năm của các huyện",
            "--lead",
            "Ban TĐKT",
            "--support",
            "Các huyện",
            "--quarters",
            "1",
            "--due",
            "2024-03-20",
            "--source",
            "Công văn 55/UBND",
        ]),
    ),
    ("2024-02-27", Call(&["set", "3", "--status", "paused", "--reason", "chờ hướng dẫn của Trung ương"])),
    ("2024-03-04", Call(&["set", "6", "--due", "2024-04-30", "--extend", "--reason", "hồ sơ chưa đủ"])),
    (
        "2024-03-04",
        Call(&[
            "add",
            "--no",
            "33",
            "--title",
            "Chuẩn bị đoàn kiểm tra quý II",
            "--lead",
            "Ban TĐKT",
            "--quarters",
            "1",
            "--due",
            "2024-03-29",
            "--source",
            "Giao ban 4/3/2024",
        ]),
    ),
    ("2024-03-05", Receive("32", "UBND huyện Ân Thi")),
    ("2024-03-06", Receive("32", "UBND huyện Kim Động")),
    (
        "2024-03-08",
        Call(&["set", "31", "--status", "done", "--done-on", "2024-03-08", "--output", "Tờ trình 20/TTr"]),
    ),
    ("2024-03-11", Call(&["set", "3", "--status", "doing"])),
    // After the cut: of the day before it, of the day itself, and of a day behind it.
    (
        "2024-03-15",
        Call(&["set", "2", "--status", "done", "--done-on", "2024-03-13", "--output", "Chỉ thị 03/CT-UBND"]),
    ),
    ("2024-03-15", Call(&["set", "7", "--status", "done", "--done-on", "2024-03-14"])),
    ("2024-03-15", Call(&["set", "8", "--status", "done", "--done-on", "2024-03-15"])),
    ("2024-03-18", Call(&["tell", "4", "--text", "Đã trình Chủ tịch UBND tỉnh", "--by", "Ban TĐKT"])),
    (
        "2024-03-28",
        Call(&["set", "4", "--status", "done", "--done-on", "2024-03-27", "--output", "Quyết định 630"]),
    ),
];

/// From one morning on, until another: the deadline of an open task, or a step that is not done.
struct Open(&'static str, Option<&'static str>, &'static str, &'static str, &'static str);

/// What is open in the first quarter and the days behind it, and due by the end of April.
const OPEN: &[Open] = &[
    Open("1", None, QUARTER_END, FIRST, "2024-01-16"),
    Open("2", None, QUARTER_END, FIRST, "2024-03-16"),
    Open("3", None, QUARTER_END, FIRST, "2024-02-28"),
    Open("3", None, QUARTER_END, "2024-03-12", "2025-01-01"),
    Open("4", None, QUARTER_END, FIRST, "2024-03-29"),
    Open("5", None, QUARTER_END, FIRST, "2025-01-01"),
    Open("5", Some("dự thảo"), "2024-01-31", "2024-01-09", "2024-02-01"),
    Open("5", Some("lấy ý kiến"), "2024-02-20", "2024-01-09", "2024-02-27"),
    Open("5", Some("trình"), "2024-03-15", "2024-01-09", "2025-01-01"),
    Open("6", None, QUARTER_END, FIRST, "2024-03-05"),
    Open("6", None, "2024-04-30", "2024-03-05", "2025-01-01"),
    Open("7", None, QUARTER_END, FIRST, "2024-03-16"),
    Open("8", None, QUARTER_END, FIRST, "2024-03-16"),
    Open("31", None, "2024-02-15", "2024-01-23", "2024-02-20"),
    Open("31", None, "2024-03-08", "2024-02-20", "2024-03-09"),
    Open("32", None, "2024-03-20", "2024-02-27", "2025-01-01"),
    Open("33", None, "2024-03-29", "2024-03-05", "2025-01-01"),
];

/// What a morning has to tell: which task, which step of it, why, and the day.
type Told = (String, Option<String>, &'static str, NaiveDate);

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn expected(today: NaiveDate) -> BTreeSet<Told> {
    let is_open = |open: &&Open| day(open.3) <= today && today < day(open.4);
    let told = |open: &Open| {
        let (due, step) = (day(open.2), open.1);
        let why = match due {
            _ if due > today + Days::new(7) => return None,
            _ if due > today => "within",
            _ if due == today => "today",
            _ if step.is_some() => "missed",
            _ => "overdue",
        };
        Some((open.0.to_owned(), step.map(str::to_owned), why, due))
    };
    OPEN.iter().filter(is_open).filter_map(told).collect()
}

fn told(json: &Value) -> BTreeSet<Told> {
    let told = |it: &Value| {
        let text = |key: &str| it[key].as_str().map(str::to_owned);
        let urgency = ["overdue", "today", "within", "missed"];
        let why = urgency.into_iter().find(|name| it["urgency"] == *name).unwrap();
        (text("no").unwrap(), text("step"), why, day(&text("day").unwrap()))
    };
    json["due"].as_array().unwrap().iter().map(told).collect()
}

fn make(desk: &Desk, on: &str, deed: Deed) {
    match deed {
        Call(words) => {
            let (verb, rest) = words.split_first().unwrap();
            let call = [&[*verb, "plan.ron"], rest, &["--today", on]].concat();
            let said = finish(&mut desk.command(&call));
            assert_eq!((said.notes.as_str(), said.exit), ("", 0), "{call:?}: {}", said.out);
        }
        Tick(no, what) => set(desk, on, no, Field::Steps, |task| {
            let mut steps = task.steps.clone();
            steps.iter_mut().find(|step| step.what == what).unwrap().done = Some(day(on));
            steps.into()
        }),
        Receive(no, who) => set(desk, on, no, Field::Received, |task| {
            let receipt = Receipt { who: who.to_owned(), on: Some(day(on)) };
            [task.received.clone(), vec![receipt]].concat().into()
        }),
    }
}

/// What the other one does on the screen.
fn set(desk: &Desk, on: &str, no: &str, field: Field, wanted: impl Fn(&Task) -> plan::Value) {
    let mut store = Store::open(&desk.path("plan.ron")).unwrap();
    let task = store.plan().named(no).unwrap().clone();
    let edit = Edit::of(field, &task, wanted(&task));
    let at = format!("{on}T09:00:00+07:00").parse().unwrap();
    let stamp = Stamp { at, by: "minh".to_owned(), why: Why::Untold, on: Some(day(on)) };
    let outcome = store.commit(&[Change::Edit { task: task.id, edit }], &stamp, Policy::Ask).unwrap();
    assert_eq!(outcome.made.len(), 1, "{no} {field:?}");
}

fn figures(desk: &Desk, on: &str) -> Vec<(String, String)> {
    let call = ["list", "plan.ron", "--format", "json", "--today", on];
    let json: Value = serde_json::from_str(&finish(&mut desk.command(&call)).out).unwrap();
    let text = |task: &Value, key: &str| task[key].as_str().unwrap().to_owned();
    let tasks = json["tasks"].as_array().unwrap().iter();
    tasks.map(|task| (text(task, "no"), text(task, "state"))).collect()
}

#[test]
fn a_quarter_is_kept_morning_by_morning() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let printed = std::fs::read_to_string(root.join("data/hung-yen-2024.ron")).unwrap();
    let body = "(name: \"Các huyện\", members: [\"UBND huyện Ân Thi\", \"UBND huyện Kim Động\", \"UBND huyện Phù Cừ\"]),";
    let desk = Desk::with(
        "plan.ron",
        &printed.replacen("agencies: [\n", &format!("agencies: [\n        {body}\n"), 1),
    );
    let mut deeds = DEEDS.iter().peekable();
    let mut mornings = 0;
    for today in day(FIRST).iter_days().take_while(|today| *today <= day("2024-03-29")) {
        let on = today.to_string();
        if !matches!(today.weekday(), Weekday::Sat | Weekday::Sun) {
            let said = finish(&mut desk.command(&["due", "plan.ron", "--format", "json", "--today", &on]));
            let json: Value = serde_json::from_str(&said.out).unwrap();
            let expected = expected(today);
            assert_eq!(told(&json), expected, "on {on}");
            assert_eq!(said.exit, i32::from(!expected.is_empty()), "on {on}");
            mornings += 1;
        }
        while let Some((_, deed)) = deeds.next_if(|(day, _)| *day == on) {
            make(&desk, &on, *deed);
        }
        if on == "2024-03-17" {
            assert_cut_is_right(&desk);
        }
    }
    assert_eq!((mornings, deeds.next().is_none()), (65, true));
    assert_missing(&desk);
    assert_pleasant(&desk, &printed);
}

/// Three days after the cut: what had happened by then, whenever it was heard of.
fn assert_cut_is_right(desk: &Desk) {
    let done = ["1", "2", "7", "31"];
    for (no, state) in figures(desk, CUT) {
        let expected = match no.as_str() {
            no if done.contains(&no) => "DoneOnTime",
            // Its last step is due the day after, and so is the whole of the other one within a week.
            "5" | "32" => "DueSoon",
            _ => "InTime",
        };
        assert_eq!(state, expected, "{no}");
    }
    let done_now = figures(desk, "2024-03-17").iter().filter(|(_, state)| state == "DoneOnTime").count();
    assert_eq!(done_now, done.len() + 1, "what was done on the fifteenth is not of the fourteenth");
}

fn assert_missing(desk: &Desk) {
    let missing = |on: &str| finish(&mut desk.command(&["missing", "plan.ron", "32", "--today", on]));
    missing("2024-03-29").is("UBND huyện Phù Cừ\n", "", 1);
    missing("2024-03-05").is("UBND huyện Kim Động\nUBND huyện Phù Cừ\n", "", 1);
}

/// The file is one that somebody can read and mend: not long, in lines that fit a screen, with all comments of before.
fn assert_pleasant(desk: &Desk, printed: &str) {
    let text = desk.text("plan.ron");
    assert!(text.len() < 60_000, "{} bytes", text.len());
    let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with("//")).count();
    assert_eq!(comments(&text), comments(printed));
    let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
    assert!(widest <= printed.lines().map(|line| line.chars().count()).max().unwrap().max(200), "{widest}");
    let checked = finish(&mut desk.command(&["check", "plan.ron", "--today", "2024-03-29"]));
    assert!(checked.out.contains("0 lỗi"), "{}", checked.out);
}
