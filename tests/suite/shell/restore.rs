//! `tiendo restore`: the earlier texts, and what an editor has overwritten.

use super::*;

/// The lines without what is different in every run: the hash and the time.
fn lines(out: &str) -> Vec<String> {
    let bare = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [number, hash, day, time, rest @ ..]
                if hash.len() == 8 && day.contains('/') && time.contains(':') =>
            {
                [&[*number], rest].concat().join(" ")
            }
            [day, time, _, rest @ ..] if day.contains('/') && time.contains(':') => rest.join(" "),
            words => words.join(" "),
        }
    };
    out.lines().map(bare).collect()
}

/// A plan with two changes, and the text from before them.
fn changed() -> (Desk, String) {
    let desk = Desk::new();
    let stale = desk.text("plan.ron");
    desk.call(&["set", "plan.ron", "a", "--status", "done"]).fine();
    desk.call(&["set", "plan.ron", "b", "--note", "đã gửi giấy mời"]).fine();
    (desk, stale)
}

#[test]
fn earlier_texts_are_listed_and_one_comes_back() {
    let (desk, first) = changed();
    let out = desk.call(&["restore", "plan.ron"]).fine();
    let user = lines(&out)[0].split(' ').nth(1).unwrap().to_owned();
    let told = "1 · Tổng kết năm trước: Trạng thái: Chưa thực hiện → Đã hoàn thành và 1 thay đổi nữa";
    assert_eq!(
        lines(&out),
        [format!("2 {user} {told}; nay khác ở 1 việc"), "1 (chương trình khác) nay khác ở 2 việc".to_owned()]
    );
    let out = desk.call(&["restore", "plan.ron", "--to", "1"]).fine();
    assert!(
        out.starts_with("plan.ron: đã trở lại bản 1 (") && out.ends_with("); bản vừa thay vẫn được giữ\n"),
        "{out}"
    );
    assert_eq!(desk.text("plan.ron"), first);
    let again = desk.english(&["restore", "plan.ron", "--to", "1"]).fine();
    assert!(
        again.starts_with("plan.ron: the file is already version 1 (") && again.ends_with(")\n"),
        "{again}"
    );
}

#[test]
fn a_text_is_named_by_its_hash_too() {
    let (desk, first) = changed();
    let out = desk.call(&["restore", "plan.ron"]).fine();
    let hash = out.lines().last().unwrap().split_whitespace().nth(1).unwrap().to_uppercase();
    desk.call(&["restore", "plan.ron", "--to", &hash]).fine();
    assert_eq!(desk.text("plan.ron"), first);
    desk.call(&["restore", "plan.ron", "--to", "99"]).is(
        "",
        "plan.ron: không có bản “99”; xem các bản: tiendo restore plan.ron\n",
        1,
    );
}

#[test]
fn what_an_editor_has_overwritten_is_told_of_and_brought_back() {
    let (desk, stale) = changed();
    let good = desk.text("plan.ron");
    desk.write("plan.ron", &stale.replace("Gửi kế hoạch", "Gửi bản kế hoạch"));
    let told = [
        "1 · Tổng kết năm trước: Trạng thái: Chưa thực hiện → Đã hoàn thành",
        "1 · Tổng kết năm trước: Ngày hoàn thành: (trống) → 20/05/2024",
        "2 · Tổ chức hội nghị sơ kết: Ghi chú: (trống) → đã gửi giấy mời",
    ];
    let out = lines(&desk.call(&["restore", "plan.ron"]).fine());
    let heading = out.len() - 4;
    assert!(out[heading].starts_with("Thiếu 3 thay đổi đã lưu"), "{out:?}");
    assert_eq!(out[heading + 1..], told);
    let out = lines(&desk.call(&["restore", "plan.ron", "--missing"]).fine());
    assert_eq!(out[0], "Đã khôi phục 3 thay đổi:");
    assert_eq!(out[1..], told);
    assert_eq!(desk.text("plan.ron"), good.replace("Gửi kế hoạch", "Gửi bản kế hoạch"));
    desk.call(&["restore", "plan.ron", "--missing"]).is("plan.ron: không thiếu thay đổi nào\n", "", 0);
}

/// One field is set again by somebody who has not seen the change that an older text has covered.
fn overwritten_and_set_again(first: &[&str], again: &[&str]) -> Desk {
    let desk = Desk::new();
    let stale = desk.text("plan.ron");
    desk.call(&[&["set", "plan.ron", "c"], first].concat()).fine();
    desk.write("plan.ron", &stale);
    desk.call(&[&["set", "plan.ron", "c"], again].concat()).fine();
    desk
}

#[test]
fn a_note_that_is_set_again_does_not_cover_the_one_that_was_overwritten() {
    let desk = overwritten_and_set_again(&["--note", "của Lan"], &["--note", "của Minh"]);
    let out = lines(&desk.call(&["restore", "plan.ron"]).fine());
    let told = "3 · Báo cáo | cuối năm: Ghi chú: (trống) → của Lan";
    assert!(
        out[out.len() - 2].starts_with("Thiếu 1 thay đổi đã lưu; sau đó có người đặt giá trị khác"),
        "{out:?}"
    );
    assert_eq!(out[out.len() - 1], told);
    let out = lines(&desk.call(&["restore", "plan.ron", "--missing"]).fine());
    assert!(out[0].starts_with("Giá trị đặt sau được giữ; 1 thay đổi"), "{out:?}");
    assert_eq!(out[1..], [told]);
    let json = desk.call(&["list", "plan.ron", "--format", "json"]).json();
    assert_eq!(json["tasks"][2]["note"], "của Minh");
    let log = desk.call(&["log", "plan.ron", "c"]).fine();
    assert!(log.contains("Ghi chú: của Lan → của Minh · hai người sửa khác nhau"), "{log}");
    assert!(log.contains("Ghi chú: (trống) → của Lan\n"), "{log}");
    desk.call(&["restore", "plan.ron", "--missing"]).is("plan.ron: không thiếu thay đổi nào\n", "", 0);
}

#[test]
fn a_status_that_is_set_again_keeps_day_and_document_with_the_one_that_was_overwritten() {
    let done = ["--status", "done", "--done-on", "2024-05-12", "--output", "12/BC"];
    let desk = overwritten_and_set_again(&done, &["--status", "doing"]);
    desk.call(&["restore", "plan.ron", "--missing"]).fine();
    let task = &desk.call(&["list", "plan.ron", "--format", "json"]).json()["tasks"][2];
    assert_eq!((&task["status"], &task["done_on"]), (&"Doing".into(), &Value::Null), "{task}");
    let log = desk.call(&["log", "plan.ron", "c"]).fine();
    assert!(log.contains("Đã hoàn thành (12/05/2024) → Đang thực hiện · hai người sửa khác nhau"), "{log}");
    assert!(log.contains("Văn bản kết quả: 12/BC → (trống) · hai người sửa khác nhau"), "{log}");
    let checked = desk.call(&["check", "plan.ron"]).out;
    assert!(!checked.contains("day-without-done"), "{checked}");
}

/// Saves that follow each other within a second are nobody else's.
#[test]
fn each_text_is_told_by_whom_it_was_saved_and_what_for() {
    let desk = Desk::new();
    for note in ["một", "hai", "ba", "bốn", "năm"] {
        desk.call(&["set", "plan.ron", "c", "--note", note]).fine();
    }
    let out = lines(&desk.call(&["restore", "plan.ron"]).fine());
    let others = out.iter().filter(|line| line.contains("(chương trình khác)")).count();
    assert_eq!((out.len(), others), (5, 1), "{out:?}");
    assert!(out[0].ends_with("3 · Báo cáo | cuối năm: Ghi chú: ba → bốn; nay khác ở 1 việc"), "{out:?}");
}

#[test]
fn what_is_left_is_not_told_of_again() {
    let (desk, stale) = changed();
    desk.write("plan.ron", &stale);
    let out = lines(&desk.english(&["restore", "plan.ron", "--leave"]).fine());
    assert_eq!(out[0], "Left as it is now, without these 3 changes:");
    assert_eq!(desk.text("plan.ron"), stale);
    desk.english(&["restore", "plan.ron", "--leave"]).is("plan.ron: no change is missing\n", "", 0);
}

#[test]
fn a_plan_that_was_never_saved_has_no_earlier_texts() {
    let desk = Desk::new();
    desk.call(&["restore", "plan.ron"]).is("plan.ron: chưa có bản cũ nào\n", "", 0);
}

#[test]
fn a_broken_plan_has_earlier_texts_all_the_same() {
    let (desk, first) = changed();
    desk.write("plan.ron", "Plan(");
    let out = lines(&desk.call(&["restore", "plan.ron"]).fine());
    assert!(out[1].ends_with("không so sánh được: tệp hỏng"), "{out:?}");
    desk.call(&["restore", "plan.ron", "--to", "1"]).fine();
    assert_eq!(desk.text("plan.ron"), first);
}
