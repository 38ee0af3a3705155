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
    assert_eq!(
        lines(&out),
        [format!("2 {user} 1 việc khác"), "1 (chương trình khác) 2 việc khác".to_owned()]
    );
    let out = desk.call(&["restore", "plan.ron", "--to", "1"]).fine();
    assert!(
        out.starts_with("plan.ron: đã trở lại bản 1 (") && out.ends_with("); bản vừa thay vẫn được giữ\n"),
        "{out}"
    );
    assert_eq!(desk.text("plan.ron"), first);
    let again = desk.english(&["restore", "plan.ron", "--to", "1"]).fine();
    assert!(again.starts_with("plan.ron: the file is text 1 (") && again.ends_with(") already\n"), "{again}");
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
    assert_eq!(out[0], "Đã mang lại 3 thay đổi:");
    assert_eq!(out[1..], told);
    assert_eq!(desk.text("plan.ron"), good.replace("Gửi kế hoạch", "Gửi bản kế hoạch"));
    desk.call(&["restore", "plan.ron", "--missing"]).is("plan.ron: không thiếu thay đổi nào\n", "", 0);
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
