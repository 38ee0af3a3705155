//! What becomes of the work of two people, case by case.

use tiendo::document::Document;
use tiendo::document::merge::{MergedText, merge};
use tiendo::plan::{Plan, Stamp, Status, Task, TaskId};

use crate::stage::stamp;

/// A plan of two tasks, one a line, with what somebody has written into it.
fn plan(a: &str, b: &str) -> String {
    format!(
        "(title: \"P\", year: 2024, tasks: [\n    (id: \"a\", title: \"A\"{a}), // về a\n    // Mục II\n    (id: \"b\", title: \"B\"{b}),\n])\n"
    )
}

fn read(text: &str) -> Document {
    Document::read(text.as_bytes().to_vec()).unwrap_or_else(|problem| panic!("{problem:?} in\n{text}"))
}

fn text(merged: &MergedText) -> &str {
    std::str::from_utf8(merged.document.bytes()).unwrap()
}

/// Both ways round: they must come to the same plan.
#[track_caller]
fn merged(base: &str, ours: &str, theirs: &str) -> MergedText {
    let [base, ours, theirs] = [base, ours, theirs].map(read);
    let (one, other) = (merge(&base, &ours, &theirs, &stamp()), merge(&base, &theirs, &ours, &stamp()));
    assert_eq!(one.document.plan(), other.document.plan());
    assert_eq!(read(text(&one)).plan(), one.document.plan());
    one
}

fn task<'a>(plan: &'a Plan, id: &str) -> &'a Task {
    plan.task(&TaskId::new(id)).unwrap()
}

/// A line of a history.
fn entry(time: &str, by: &str, field: &str, from: &str, to: &str) -> String {
    format!(
        "(at: \"2024-05-20T{time}:00+07:00\", by: \"{by}\", field: \"{field}\", from: \"{from}\", to: \"{to}\")"
    )
}

#[test]
fn different_fields_are_both_kept_without_a_word() {
    let merged =
        merged(&plan("", ""), &plan(", status: Doing", ""), &plan(", note: \"x\"", ", quarters: [Q2]"));
    assert_eq!(text(&merged), plan(", status: Doing, note: \"x\"", ", quarters: [Q2]"));
    assert!(merged.clashes.is_empty());
}

#[test]
fn the_later_stands_and_the_other_is_in_the_history() {
    let set = |time: &str, by: &str, status: &str| {
        format!(", status: {status}, history: [{}]", entry(time, by, "status", "Todo", status))
    };
    let merged = merged(
        &plan("", ""),
        &plan(&set("09:00", "lan", "Doing"), ""),
        &plan(&set("08:00", "minh", "Dropped"), ""),
    );
    let a = task(merged.document.plan(), "a");
    assert_eq!(a.status, Status::Doing);
    let told: Vec<_> =
        a.history.iter().map(|it| (it.by.as_str(), it.from.as_str(), it.to.as_str(), it.clash)).collect();
    assert_eq!(
        told,
        [
            ("minh", "Todo", "Dropped", false),
            ("lan", "Todo", "Doing", false),
            ("lan", "Dropped", "Doing", true)
        ]
    );
    assert_eq!(merged.clashes.len(), 1);
}

#[test]
fn at_the_same_second_the_name_decides() {
    let set = |by: &str, to: &str| {
        format!(", output: \"{to}\", history: [{}]", entry("09:00", by, "output", "", to))
    };
    let merged = merged(&plan("", ""), &plan(&set("minh", "1"), ""), &plan(&set("lan", "2"), ""));
    assert_eq!(task(merged.document.plan(), "a").output, "1");
}

#[test]
fn the_day_of_completion_goes_with_its_status() {
    let done = format!(
        ", status: Done, done_on: \"2024-05-19\", history: [{}]",
        entry("08:00", "lan", "status", "Todo", "Done")
    );
    let paused =
        format!(", status: Paused, history: [{}]", entry("09:00", "minh", "status", "Todo", "Paused"));
    let merged = merged(&plan("", ""), &plan(&done, ""), &plan(&paused, ""));
    let a = task(merged.document.plan(), "a");
    assert_eq!((a.status, a.done_on), (Status::Paused, None));
    assert!(a.history.iter().any(|it| it.clash && it.kind.name() == "done_on" && it.from == "2024-05-19"));
}

#[test]
fn agencies_are_merged_as_sets() {
    let lead = |names: &str| plan(&format!(", lead: [{names}]"), "");
    let merged = merged(&lead("\"X\", \"Y\""), &lead("\"X\", \"Y\", \"Z\""), &lead("\"W\", \"Y\""));
    assert_eq!(task(merged.document.plan(), "a").lead, ["W", "Y", "Z"]);
    assert!(merged.clashes.is_empty());
}

#[test]
fn notes_are_merged_by_lines_and_both_blocks_stay() {
    let note = |lines: &str| plan(&format!(", note: \"{lines}\""), "");
    let apart = merged(&note(r"1\n2\n3"), &note(r"0\n1\n2\n3"), &note(r"1\n2\n3\n4"));
    assert_eq!(task(apart.document.plan(), "a").note, "0\n1\n2\n3\n4");
    let both = merged(&note(r"1\n2\n3"), &note(r"1\nhai\n3"), &note(r"1\ntwo\n3"));
    let lines: Vec<_> = task(both.document.plan(), "a").note.lines().collect();
    assert!(lines.len() == 4 && lines.contains(&"hai") && lines.contains(&"two"), "{lines:?}");
}

#[test]
fn a_note_in_which_two_have_written_in_one_place_is_marked() {
    let set = |time: &str, by: &str, to: &str| {
        plan(&format!(", note: \"{to}\", history: [{}]", entry(time, by, "note", "", to)), "")
    };
    let merged = merged(&plan("", ""), &set("09:00", "lan", "hai"), &set("08:00", "minh", "two"));
    let a = task(merged.document.plan(), "a");
    assert_eq!(a.note, "two\n[20/05/2024, lan]\nhai");
    let marked: Vec<_> = a.history.iter().filter(|it| it.clash).collect();
    let [marked] = marked[..] else { panic!("{marked:?}") };
    assert_eq!((marked.kind.name(), marked.by.as_str()), ("note", "lan"));
    assert_eq!((marked.from.as_str(), marked.to.as_str()), ("two", a.note.as_str()));
    assert_eq!(merged.clashes.len(), 1);
}

#[test]
fn machines_that_merge_at_different_times_come_to_the_same_plan() {
    let written = entry("09:00", "lan", "output", "", "x");
    let side = |color: &str, title: &str| {
        plan(&format!(", màu: \"{color}\", history: [{written}]"), "")
            .replace("\"B\"", &format!("\"{title}\""))
    };
    let [base, ours, theirs] =
        [plan("", ""), side("xanh", "Một"), side("vàng", "Hai")].map(|text| read(&text));
    let later = Stamp { at: stamp().at + chrono::Duration::hours(5), by: "minh".to_owned(), ..stamp() };
    let (one, other) = (merge(&base, &ours, &theirs, &stamp()), merge(&base, &theirs, &ours, &later));
    assert_eq!(one.clashes.len(), 2);
    assert_eq!(one.document.plan(), other.document.plan());
    // What the one machine made comes to the other, which has made the same.
    let again = merge(&base, &one.document, &other.document, &later);
    assert_eq!(again.document.plan(), one.document.plan());
}

#[test]
fn what_somebody_works_on_is_not_deleted() {
    let base = plan("", "");
    let gone = base.replace("    (id: \"b\", title: \"B\"),\n", "");
    let merged = merged(&base, &gone, &plan("", ", status: Doing"));
    let b = task(merged.document.plan(), "b");
    assert_eq!((b.status, b.history[0].kind.name(), b.history[0].clash), (Status::Doing, "keep", true));
    assert_eq!(text(&merged).matches("// Mục II").count(), 1);
}

#[test]
fn a_comment_is_work_too() {
    let base = plan("", "");
    let gone = base.replace("    (id: \"b\", title: \"B\"),\n", "");
    let merged = merged(&base, &gone, &base.replace("title: \"B\"),", "title: \"B\"), // hỏi lại"));
    assert!(text(&merged).contains("id: \"b\"") && text(&merged).contains("// hỏi lại"), "{}", text(&merged));
}

#[test]
fn what_one_deletes_and_nobody_works_on_is_gone() {
    let base = plan("", "");
    let gone = base.replace("    (id: \"b\", title: \"B\"),\n", "");
    let merged = merged(&base, &gone, &plan(", status: Doing", ""));
    assert_eq!(text(&merged), plan(", status: Doing", "").replace("    (id: \"b\", title: \"B\"),\n", ""));
}

#[test]
fn two_tasks_with_one_id_stay_two() {
    let new = |title: &str, time: &str| {
        plan("", "").replace(
            "])",
            &format!(
                "    (id: \"new\", title: \"{title}\", history: [{}]), // {title}\n])",
                entry(time, "x", "add", "", "")
            ),
        )
    };
    let merged = merged(&plan("", ""), &new("Một", "09:00"), &new("Hai", "08:00"));
    let tasks: Vec<_> =
        merged.document.plan().tasks.iter().map(|it| (it.id.to_string(), it.title.as_str())).collect();
    assert_eq!(tasks.len(), 4);
    assert_eq!(tasks.iter().find(|it| it.1 == "Hai").unwrap().0, "new", "the earlier one keeps the id");
    assert_eq!(tasks.iter().find(|it| it.1 == "Một").unwrap().0.len(), 5);
    assert!(text(&merged).contains("// Một") && text(&merged).contains("// Hai"), "{}", text(&merged));
}

#[test]
fn the_same_new_task_stays_one() {
    let new =
        |more: &str| plan("", "").replace("])", &format!("    (id: \"new\", title: \"Một\"{more}),\n])"));
    let merged = merged(&plan("", ""), &new(", status: Doing"), &new(", note: \"x\""));
    let new = task(merged.document.plan(), "new");
    assert_eq!((merged.document.plan().tasks.len(), new.status, new.note.as_str()), (3, Status::Doing, "x"));
}

#[test]
fn a_task_moves_and_changes() {
    let moved = "(title: \"P\", year: 2024, tasks: [\n    // Mục II\n    (id: \"b\", title: \"B\"),\n    (id: \"a\", title: \"A\"), // về a\n])\n";
    let merged = merged(&plan("", ""), moved, &plan(", status: Doing", ", status: Paused"));
    let ids: Vec<_> = merged.document.plan().tasks.iter().map(|it| (it.id.to_string(), it.status)).collect();
    assert_eq!(ids, [("b".to_owned(), Status::Paused), ("a".to_owned(), Status::Doing)]);
    assert_eq!(
        text(&merged),
        moved.replace("\"B\"", "\"B\", status: Paused").replace("\"A\"", "\"A\", status: Doing")
    );
}

#[test]
fn comments_and_unknown_fields_of_both_are_there() {
    let ours = plan(", status: Doing, màu: \"đỏ\"", "").replace("// Mục II", "// Mục II\n    // ta");
    let theirs = plan(", status: Done, ưu_tiên: 1", "")
        .replace("// về a", "// về a, gấp")
        .replace("year: 2024,", "year: 2024, chủ_đề: [1],");
    let merged = merged(&plan("", ""), &ours, &theirs);
    for part in ["màu: \"đỏ\"", "ưu_tiên: 1", "// ta", "// về a, gấp", "chủ_đề: [1]", "// Mục II"]
    {
        assert_eq!(text(&merged).matches(part).count(), 1, "{part} in\n{}", text(&merged));
    }
}

#[test]
fn an_unknown_field_set_by_two_is_in_the_history() {
    let merged =
        merged(&plan(", màu: \"đỏ\"", ""), &plan(", màu: \"xanh\"", ""), &plan(", màu: \"vàng\"", ""));
    assert!(
        text(&merged).contains("màu: \"xanh\"") && text(&merged).contains("\\\"vàng\\\""),
        "{}",
        text(&merged)
    );
    assert_eq!(merged.clashes.len(), 1);
}

/// A plan whose only body, and whose only remembered change, has an unknown field.
fn with_unknown(of_plan: &str, of_body: &str, of_entry: &str) -> String {
    let entry = entry("09:00", "lan", "status", "Todo", "Doing").replace(')', &format!("{of_entry})"));
    plan(&format!(", status: Doing, history: [{entry}]"), "")
        .replace("tasks:", &format!("agencies: [(name: \"X\"{of_body})]{of_plan}, tasks:"))
}

#[test]
fn an_unknown_field_set_by_two_where_no_history_is_stands_in_a_comment() {
    let colour = |colour: &str| format!(", màu: \"{colour}\"");
    let of_plan = |it: &str| with_unknown(&colour(it), "", "");
    let of_body = |it: &str| with_unknown("", &colour(it), "");
    let of_entry = |it: &str| with_unknown("", "", &colour(it));
    stands_in_a_comment(of_plan, "màu: ");
    stands_in_a_comment(of_body, "X: màu: ");
    stands_in_a_comment(of_entry, "a status 2024-05-20T09:00:00+07:00 lan: màu: ");
}

#[track_caller]
fn stands_in_a_comment(text_of: impl Fn(&str) -> String, place: &str) {
    let merged = merged(&text_of("đỏ"), &text_of("xanh"), &text_of("vàng"));
    let (kept, lost) =
        if text(&merged).contains(", màu: \"xanh\"") { ("xanh", "vàng") } else { ("vàng", "xanh") };
    assert!(text(&merged).contains(&format!(", màu: \"{kept}\"")), "{}", text(&merged));
    assert!(text(&merged).ends_with(&format!("\n// {place}\"{lost}\"\n")), "{}", text(&merged));
}

#[test]
fn an_unknown_field_that_only_one_has_set_is_there_and_nowhere_else() {
    let ours = with_unknown(", màu: \"đỏ\"", ", số: 1", "");
    let theirs = with_unknown("", "", ", tệp: [\"a\", /* hai */ \"b\"]");
    let merged = merged(&with_unknown("", "", ""), &ours, &theirs);
    let all = with_unknown(", màu: \"đỏ\"", ", số: 1", ", tệp: [\"a\", /* hai */ \"b\"]");
    assert_eq!(text(&merged), all);
}

#[test]
fn an_unknown_field_of_a_body_that_the_other_has_deleted_stands_in_a_comment() {
    let theirs = plan("", "").replace("tasks:", "agencies: [], tasks:");
    let listed = |unknown: &str| {
        plan("", "").replace("tasks:", &format!("agencies: [(name: \"X\"{unknown})], tasks:"))
    };
    let merged = merged(&listed(""), &listed(", tệp: [\n\"a\" /* đã ký */]"), &theirs);
    assert!(merged.document.plan().agencies.is_empty());
    assert!(text(&merged).ends_with("\n// X: tệp: [\"a\"]\n"), "{}", text(&merged));
}

#[test]
fn what_the_plan_is_called_by_the_other_stands_in_a_comment() {
    let named = |title: &str| plan("", "").replace("\"P\"", &format!("\"{title}\""));
    let merged = merged(&named("P"), &named("Một"), &named("Hai"));
    let (kept, lost) = (merged.document.plan().title.as_str(), merged.clashes[0].lost.as_str());
    assert!(text(&merged).ends_with(&format!("\n// title: {lost:?}\n")) && kept != lost, "{}", text(&merged));
}

#[test]
fn bodies_come_together() {
    let listed = |agencies: &str| plan("", "").replace("tasks:", &format!("agencies: [{agencies}], tasks:"));
    let merged = merged(
        &listed("(name: \"X\")"),
        &listed("(name: \"X\", full: \"Sở X\"), (name: \"Y\") /* mới */"),
        &listed("(name: \"X\", full: \"Ban X\", aliases: [\"x\"]), (name: \"Z\")"),
    );
    let agencies = &merged.document.plan().agencies;
    assert_eq!(agencies.iter().map(|it| it.name.as_str()).collect::<Vec<_>>().len(), 3);
    let mut names: Vec<_> = agencies[0].names().collect();
    names.sort_unstable();
    assert_eq!(names, ["Ban X", "Sở X", "X", "x"], "the full name that gave way is another name");
    assert!(text(&merged).contains("/* mới */"));
}
