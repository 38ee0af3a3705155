//! `check`: where it hurts, in the form that editors jump to.

use super::*;

/// The plan without the time that its deadline does not fit.
fn in_order() -> Desk {
    Desk::with("plan.ron", &PLAN.replace("            time: \"Quý II, III\",\n", ""))
}

#[test]
fn a_plan_in_order_is_fine() {
    let desk = in_order();
    desk.call(&["check", "plan.ron"]).is("đã kiểm tra 1 tệp: 0 lỗi, 0 lưu ý\n", "", 0);
    desk.english(&["check"]).is("files checked: 1; problems: 0; notes: 0\n", "", 0);
}

#[test]
fn what_is_found_names_its_place_and_its_rule() {
    let desk = Desk::with("plan.ron", &PLAN.replace("title: \"Gửi kế hoạch\", lead: [\"Sở Tư pháp\"], ", ""));
    let said = desk.english(&["check", "plan.ron"]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(
        lines.iter().any(|line| line.starts_with("plan.ron:28:") && line.ends_with(" [missing-title]")),
        "{said:?}"
    );
    assert!(
        lines.iter().any(|line| line.starts_with("plan.ron:28:") && line.ends_with(" [missing-lead]")),
        "{said:?}"
    );
    assert_eq!(said.exit, 1);
}

#[test]
fn a_remark_alone_is_no_failure() {
    let desk = Desk::with("plan.ron", &PLAN.replace("due: \"2024-05-24\"", "due: \"2024-10-24\""));
    let said = desk.call(&["check"]);
    assert!(said.out.contains(": lưu ý: ") && said.out.contains(" [deadline-outside-quarters]"), "{said:?}");
    assert_eq!((said.notes.as_str(), said.exit), ("", 0));
}

#[test]
fn today_decides_what_lies_in_the_future() {
    let desk = Desk::new();
    let on = |today: &str| finish(&mut desk.command(&["check", "--today", today]));
    assert_eq!(on("2024-04-02").exit, 0);
    let said = on("2024-04-01");
    assert!(said.out.contains("[done-in-future]"), "{said:?}");
    assert_eq!(said.exit, 1);
}

#[test]
fn a_text_that_is_no_plan_is_a_finding() {
    let desk = Desk::with(
        "broken.ron",
        "Plan(\n    title: \"P\",\n    year: 2024,\n    tasks: [\n        (id: \"a\" no: \"1\"),\n    ],\n)\n",
    );
    let said = desk.english(&["check", "broken.ron"]);
    assert!(said.out.starts_with("broken.ron:5:"), "{said:?}");
    assert!(said.out.contains(" [syntax]\n"), "{said:?}");
    assert_eq!(said.exit, 1);
}

#[test]
fn a_file_that_cannot_be_read_is_worse_than_a_finding() {
    let desk = in_order();
    let said = desk.english(&["check", "plan.ron", "gone.ron"]);
    assert_eq!(said.notes, "gone.ron: There is no such file. Check its name and folder.\n");
    assert!(said.out.ends_with("files checked: 1; problems: 0; notes: 0; not readable: 1\n"), "{said:?}");
    assert_eq!(said.exit, 2);
}

#[test]
fn unknown_names_are_found_with_what_was_meant() {
    let text = PLAN
        .replace("status: Doing", "statsu: Doing")
        .replace("support: [\"Sở Tài chính\"", "support: [\"Sở\u{200b} Tài chính\"");
    let said = Desk::with("plan.ron", &text).english(&["check"]);
    assert!(
        said.out.lines().any(|line| line.starts_with("plan.ron:24:13: ") && line.contains("status")),
        "{said:?}"
    );
    assert!(said.out.lines().any(|line| line.starts_with("plan.ron:20:26: ")), "{said:?}");
    assert!(!said.out.contains('\u{200b}'));
}

#[test]
fn the_published_plans_have_nothing_but_their_own_oddities() {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    let said = finish(&mut Desk::empty().command(&["check", data, "--lang", "en"]));
    assert!(said.out.contains("files checked: 4; problems: 0; "), "{said:?}");
    assert_eq!((said.notes.as_str(), said.exit), ("", 0));
}

#[test]
fn a_review_is_of_the_work_and_not_of_the_file() {
    let task = "(id: \"a\", no: \"1\", title: \"Báo cáo quý\", officer: \"lan\", quarters: [Q1])";
    let desk = Desk::with("plan.ron", &format!("Plan(title: \"Kế hoạch\", year: 2024, tasks: [{task}])"));
    desk.call(&["check", "--review"]).is(
        "plan.ron:1:45: 1 · Báo cáo quý: Quá hạn mà chưa nêu khó khăn, vướng mắc, cũng chưa gia hạn [late-without-reason]\n\
         đã rà soát 1 tệp: 1 điều cần xem\n",
        "",
        1,
    );
    let in_time =
        finish(desk.command(&["check", "--review", "--lang", "en"]).args(["--today", "2024-03-31"]));
    in_time.is("files reviewed: 1; to look at: 0\n", "", 0);
}
