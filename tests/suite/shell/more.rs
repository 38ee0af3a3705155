//! Columns of a document that the program has no field for.

use super::*;

const TEXT: &str = r#"(title: "P", year: 2024, tasks: [
    (id: "a", no: "1", title: "Hội nghị", lead: ["Sở Nội vụ"], quarters: [Q2],
     more: { // như trong phụ lục
        "Kinh phí": "50 triệu đồng", /* tạm tính */
        "Địa điểm": "Hội trường\u{202e} lớn",
     }),
    (id: "b", no: "2", title: "Tập huấn", lead: ["Sở Nội vụ"], quarters: [Q2]),
])"#;

#[test]
fn other_columns_are_shown_and_found() {
    let desk = Desk::with("plan.ron", TEXT);
    let shown = desk.call(&["show", "a"]).out;
    assert!(shown.contains("Cột khác           Kinh phí: 50 triệu đồng\n"), "{shown}");
    let json = &desk.call(&["show", "a", "--format", "json"]).json()["task"]["more"];
    assert_eq!(json[0], serde_json::json!({"name": "Kinh phí", "value": "50 triệu đồng"}));
    assert_eq!(json[1]["name"], "Địa điểm");
    let found = desk.call(&["list", "--search", "50 trieu", "--format", "json"]).json();
    assert_eq!((found["tasks"].as_array().unwrap().len(), &found["tasks"][0]["id"]), (1, &"a".into()));
    let said = desk.call(&["check"]);
    assert!(said.out.starts_with("plan.ron:5:32: more: có ký tự ẩn"), "{}", said.out);
}

#[test]
fn other_columns_are_kept_byte_for_byte() {
    let desk = Desk::with("plan.ron", TEXT);
    let columns = TEXT.split_once("more:").unwrap().1.split_once('}').unwrap().0;
    desk.call(&["set", "a", "--status", "doing", "--note", "ghi"]).fine();
    desk.call(&["tell", "a", "--text", "xong"]).fine();
    desk.call(&["set", "b", "--status", "done"]).fine();
    assert!(desk.text("plan.ron").contains(columns), "{}", desk.text("plan.ron"));
    // Nobody types it behind an option.
    assert_eq!(desk.call(&["set", "a", "--more", "x"]).exit, 2);
}
