//! `tiendo tell`, and an extension with its document.

use super::Desk;

#[test]
fn a_line_of_progress_is_added_and_shown_newest_first() {
    let desk = Desk::new();
    let told = desk
        .call(&[
            "tell",
            "b",
            "--text",
            "Đã họp",
            "--stuck",
            "- thiếu kinh phí",
            "--on",
            "17/5",
            "--by",
            "Sở Nội vụ",
        ])
        .fine();
    assert!(
        told.contains(
            "Kết quả đến nay:\n    17/05/2024 Sở Nội vụ\n    Đã họp\n    Khó khăn: - thiếu kinh phí\n"
        ),
        "{told}"
    );
    desk.call(&["tell", "b", "--text", "Đã gửi", "--by", "Sở Tài chính"]).fine();
    let shown = desk.call(&["show", "b"]).fine();
    let (last, first) = (shown.find("20/05/2024 Sở Tài chính"), shown.find("17/05/2024 Sở Nội vụ"));
    assert!(last.is_some() && last < first, "{shown}");
    let md = desk.call(&["list", "--format", "md"]).fine();
    assert!(md.contains("| Kết quả thực hiện |") && md.contains("20/05/2024 Sở Tài chính Đã gửi |"), "{md}");
    let json = desk.call(&["show", "b", "--format", "json"]).json();
    assert_eq!(json["task"]["progress"][0]["stuck"], "- thiếu kinh phí", "{json}");
    let found = desk.call(&["list", "--search", "thieu kinh phi"]).fine();
    assert!(found.contains("Tổ chức hội nghị sơ kết") && !found.contains("Tổng kết năm trước"), "{found}");
    // The history tells that, by whom and when, and not the text once more.
    let log = desk.call(&["log", "b"]).fine();
    assert!(log.contains("+ 17/05/2024 Sở Nội vụ") && !log.contains("Đã họp"), "{log}");
}

#[test]
fn what_tells_nothing_or_of_a_day_to_come_is_refused() {
    let desk = Desk::new();
    let before = desk.text("plan.ron");
    for words in
        [&["tell", "b"][..], &["tell", "b", "--text", " "], &["tell", "b", "--text", "x", "--on", "21/5"]]
    {
        let said = desk.call(words);
        assert_eq!(said.exit, 2, "{words:?}");
    }
    assert_eq!(desk.call(&["tell", "khong-co", "--text", "x"]).exit, 1);
    assert_eq!(desk.text("plan.ron"), before);
}

#[test]
fn an_extension_has_its_document() {
    let desk = Desk::new();
    let words = [
        "set",
        "b",
        "--due",
        "15/7",
        "--extend",
        "--doc",
        "Công văn 12/UBND",
        "--doc-date",
        "17/5",
        "--reason",
        "chờ",
    ];
    desk.call(&words).fine();
    let shown = desk.call(&["show", "b"]).fine();
    assert!(shown.contains("15/07/2024: Công văn 12/UBND ngày 17/05/2024, chờ"), "{shown}");
    assert!(desk.text("plan.ron").contains("doc: \"Công văn 12/UBND\""));
    assert_eq!(
        desk.call(&["set", "b", "--due", "16/7", "--doc", "x"]).exit,
        2,
        "a document is of an extension"
    );
}

/// A list has a verb of its own, and is no text that could be set.
#[test]
fn lists_are_no_options() {
    let desk = Desk::new();
    for list in ["--progress", "--extensions", "--received"] {
        assert_eq!(desk.call(&["set", "b", list, "x"]).exit, 2, "{list}");
    }
}
