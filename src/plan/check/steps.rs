//! Rules on the steps of a task, and on who has sent what it asks for.

use std::collections::HashSet;

use super::{Examined, FoundAt};
use crate::plan::field::Field;
use crate::plan::roll::RollCall;
use crate::plan::table::TaskStep;
use crate::plan::task::Task;
use crate::plan::time::write_date;
use crate::words::tr;

pub(super) fn after_deadline(examined: &Examined<'_>) -> FoundAt {
    examined.in_field(Field::Steps, |task| {
        let deadline = task.deadline(examined.plan.year)?;
        let steps = named(task, |step| step.by.is_some_and(|by| by > deadline))?;
        let day = write_date(deadline);
        Some(tr!(examined.lang, "Mốc {steps} sau hạn {day}", "The step {steps} is after the deadline, {day}"))
    })
}

pub(super) fn done_in_future(examined: &Examined<'_>) -> FoundAt {
    let today = examined.today;
    examined.in_field(Field::Steps, |task| {
        let steps = named(task, |step| step.done.is_some_and(|done| done > today))?;
        let today = write_date(today);
        Some(tr!(
            examined.lang,
            "Mốc {steps} ghi xong sau ngày {today}",
            "The step {steps} is done after {today}"
        ))
    })
}

pub(super) fn repeated(examined: &Examined<'_>) -> FoundAt {
    examined.in_field(Field::Steps, |task| {
        let mut seen = HashSet::new();
        let twins: HashSet<&str> =
            task.steps.iter().map(|step| step.what.as_str()).filter(|what| !seen.insert(*what)).collect();
        let steps = named_once(task, &twins)?;
        Some(tr!(
            examined.lang,
            "Hai mốc cùng tên {steps}; đặt tên khác nhau",
            "Two steps are called {steps}; give each a name of its own"
        ))
    })
}

pub(super) fn received_from_stranger(examined: &Examined<'_>) -> FoundAt {
    examined.in_field(Field::Received, |task| {
        let directory = examined.directory();
        let strangers: Vec<&str> = match RollCall::of(examined.plan, task, directory) {
            Some(roll) => roll.strangers.iter().map(|receipt| receipt.who.as_str()).collect(),
            None => task.received.iter().map(|receipt| receipt.who.as_str()).collect(),
        };
        let names = quoted(strangers.into_iter())?;
        Some(tr!(
            examined.lang,
            "Đã nhận của {names}, không phải thành viên (members) của cơ quan nào trong việc",
            "Received from {names}, who is among the members of no agency of the task"
        ))
    })
}

fn named(task: &Task, is_meant: impl Fn(&TaskStep) -> bool) -> Option<String> {
    quoted(task.steps.iter().filter(|step| is_meant(step)).map(|step| step.what.as_str()))
}

/// In the order of the task.
fn named_once(task: &Task, names: &HashSet<&str>) -> Option<String> {
    let mut seen = HashSet::new();
    let steps = task.steps.iter().map(|step| step.what.as_str());
    quoted(steps.filter(|what| names.contains(what) && seen.insert(*what)))
}

/// `“a”, “b”`; nothing of none.
fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let names: Vec<String> = names.map(|name| format!("“{name}”")).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::super::Rule;
    use super::super::tests::{findings, rules, task};
    use crate::words::Lang;

    #[test]
    fn steps_are_before_the_deadline_and_done_by_today() {
        let steps = r#"quarters: [Q2], steps: [(what: "a", by: "2024-06-30"), (what: "b", by: "2024-07-01"),
            (what: "c", done: "2024-05-20"), (what: "d", done: "2024-05-21")]"#;
        let found = findings("", &task(steps));
        assert_eq!(rules(&found), [Rule::StepAfterDeadline, Rule::StepDoneInFuture]);
        assert_eq!(found[0].message(Lang::Vi), "Mốc “b” sau hạn 30/06/2024");
        assert_eq!(found[1].message(Lang::En), "The step “d” is done after 20/05/2024");
    }

    #[test]
    fn a_step_has_a_name_of_its_own() {
        let steps = r#"quarters: [Q2], steps: [(what: "a"), (what: "b"), (what: "a"), (what: "a")]"#;
        let found = findings("", &task(steps));
        assert_eq!(rules(&found), [Rule::StepRepeated]);
        assert_eq!(found[0].message(Lang::Vi), "Hai mốc cùng tên “a”; đặt tên khác nhau");
    }

    #[test]
    fn only_members_send_what_is_asked_for() {
        let body = r#"(name: "Các sở", members: ["Sở Y tế", "Sở Tư pháp"])"#;
        let of = |fields: &str| rules(&findings(body, &task(fields)));
        let by_one = r#"lead: ["Các sở"], received: [(who: "sở y tế", on: "2024-05-02")]"#;
        assert_eq!(of(by_one), []);
        let by_stranger = r#"lead: ["Các sở"], received: [(who: "Sở Y tế"), (who: "Sở Nội vụ")]"#;
        assert_eq!(of(by_stranger), [Rule::ReceivedFromStranger]);
        let of_nobody = r#"lead: ["Sở Nội vụ"], received: [(who: "Sở Y tế")]"#;
        assert_eq!(of(of_nobody), [Rule::ReceivedFromStranger]);
    }
}
