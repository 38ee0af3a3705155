//! `summary`: the figures as of a day, in the classes of the reports.

use super::*;

fn desk() -> Desk {
    Desk::with("plan.ron", include_str!("../../../data/ha-giang-2021.ron"))
}

fn summary(desk: &Desk, words: &[&str]) -> Value {
    desk.call(&[&["summary", "--format", "json"], words].concat()).json()
}

fn sum(rows: &Value, name: &str) -> u64 {
    rows.as_array().unwrap().iter().map(|row| row[name].as_u64().unwrap()).sum()
}

#[test]
fn the_figures_are_a_table() {
    let desk = Desk::new();
    let said = desk.call(&["summary"]).fine();
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("Theo quý              Tổng số  Đúng hạn  Xong muộn"), "{said}");
    let cells: Vec<Vec<&str>> = lines[1..7].iter().map(|line| line.split("  ").collect()).collect();
    assert_eq!((cells[0][0], cells[5][0]), ("Quý I", "Tổng số"));
    let widths: Vec<usize> = lines[..7].iter().map(|line| line.chars().count()).collect();
    assert!(widths.iter().all(|width| *width == widths[0]), "{said}");
    assert!(said.contains("\nTỷ lệ hoàn thành nhiệm vụ đến hạn: "), "{said}");
    assert!(said.ends_with("Tính đến 20/05/2024\n"), "{said}");
    assert!(desk.english(&["summary"]).fine().starts_with("By quarter "));
}

#[test]
fn a_task_of_several_agencies_is_in_each_row_and_once_in_the_foot() {
    let desk = desk();
    let of = summary(&desk, &["--by", "agency"]);
    let tasks = desk.call(&["list", "--format", "json"]).json()["tasks"].as_array().unwrap().len() as u64;
    assert_eq!(of["total"]["total"], tasks);
    assert!(sum(&of["rows"], "total") > tasks);
    let classes = ["done_on_time", "done_late", "in_time", "overdue", "ongoing", "set_aside"];
    for row in of["rows"].as_array().unwrap().iter().chain([&of["total"]]) {
        let all: u64 = classes.iter().map(|class| row[*class].as_u64().unwrap()).sum();
        assert_eq!(row["total"], all);
    }
    let table = desk.call(&["summary", "--by", "cơ quan"]).fine();
    assert!(table.contains("dòng tổng đếm mỗi việc một lần"), "{table}");
    let sections = summary(&desk, &["--by", "section"]);
    assert_eq!((sections["by"].as_str(), sum(&sections["rows"], "total")), (Some("section"), tasks));
}

#[test]
fn extensions_are_counted_as_of_the_day() {
    let desk = Desk::new();
    for (to, on) in [("31/8", "20/5"), ("30/9", "27/5")] {
        desk.call(&["set", "b", "--due", to, "--extend", "--doc-date", on]).fine();
    }
    let of = |day: &str| finish(&mut desk.command(&["summary", "--today", day, "--format", "json"])).json();
    let counted = |day: &str| ["extended", "extensions"].map(|name| of(day)["total"][name].as_u64().unwrap());
    assert_eq!(["2024-05-19", "2024-05-20", "2024-05-27"].map(counted), [[0, 0], [1, 1], [1, 2]]);
    let said = finish(&mut desk.command(&["summary", "--today", "2024-05-27"])).fine();
    assert!(said.contains("\nGia hạn 1 việc, 2 lần\n"), "{said}");
}

/// What a figure counts is what a list of the same question has.
#[test]
fn the_figures_are_those_of_the_list() {
    let desk = desk();
    for (query, class, state) in [
        ("quý: 2", "overdue", "overdue"),
        ("mục: III", "in_time", "in-time"),
        ("chủ trì: Sở Nội vụ", "overdue", "overdue"),
    ] {
        for day in ["2021-05-20", "2021-07-31"] {
            let counted = desk.command(&["summary", "--format", "json", "--query", query, "--today", day]);
            let listed = desk
                .command(&["list", "--format", "json", "--query", query, "--today", day, "--state", state]);
            let [counted, listed] = [counted, listed].map(|mut command| finish(&mut command).json());
            let listed = listed["tasks"].as_array().unwrap().len() as u64;
            let soon = if class == "in_time" { counted["total"]["due_soon"].as_u64().unwrap() } else { 0 };
            assert_eq!(counted["total"][class].as_u64().unwrap() - soon, listed, "{query} {day}");
        }
    }
}

#[test]
fn the_figures_go_into_documents_and_sheets() {
    let desk = Desk::new();
    let md = desk.call(&["summary", "--format", "md"]).fine();
    assert!(md.starts_with("| Theo quý | Tổng số | Đúng hạn |"), "{md}");
    assert!(md.lines().any(|line| line.starts_with("| Tổng số | ")), "{md}");
    let csv = desk.call(&["summary", "--format", "csv", "--by", "officer"]).fine();
    assert!(csv.starts_with("\u{feff}Theo người phụ trách,Tổng số,"), "{csv}");
}

#[test]
fn several_plans_are_counted_together_and_what_cannot_be_asked_is_said() {
    let desk = desk();
    desk.write("other.ron", PLAN);
    let [one, other, both] = [&["plan.ron"][..], &["other.ron"], &["plan.ron", "other.ron"]]
        .map(|plans| summary(&desk, plans)["total"]["total"].as_u64().unwrap());
    assert_eq!(one + other, both);
    let unknown = "tiendo: --query, ký tự 6: kế hoạch không có mục “X”\n";
    desk.call(&["summary", "other.ron", "--query", "mục: X"]).is("", unknown, 1);
    let known_to_one = summary(&desk, &["plan.ron", "other.ron", "--query", "mục: II"]);
    assert_eq!(
        known_to_one["total"]["total"],
        summary(&desk, &["plan.ron", "--query", "mục: II"])["total"]["total"]
    );
    assert_eq!(desk.call(&["summary", "none.ron"]).exit, 2);
    assert_eq!(desk.call(&["summary", "plan.ron", "none.ron"]).exit, 2);
}
