//! Rules on what names a task: id, number, title, lead agency.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{Examined, FoundAt, Spot, called};
use crate::plan::field::Field;
use crate::plan::section;
use crate::plan::task::{Task, TaskId};
use crate::words::{Lang, Phrase, tr};

pub(super) fn missing_title(examined: &Examined<'_>) -> FoundAt {
    let of_plan = Phrase::new("Kế hoạch chưa có tên", "The plan has no title").say(examined.lang);
    let of_task = Phrase::new("Việc chưa có nội dung", "The task has no title").say(examined.lang);
    let is_untitled = |task: &Task| task.title.trim().is_empty().then(|| of_task.to_owned());
    let tasks = examined.in_field(Field::Title, is_untitled);
    let is_missing = examined.plan.title.trim().is_empty();
    let plan = is_missing.then(|| (Spot::Plan("title"), of_plan.to_owned()));
    plan.into_iter().chain(tasks).collect()
}

pub(super) fn missing_id(examined: &Examined<'_>) -> FoundAt {
    let mut free = FreeIds::of(&examined.plan.tasks);
    let missing = examined.plan.tasks.iter().filter(|task| task.id.text().is_empty());
    let finding = |task: &Arc<Task>| {
        let id = free.fresh();
        let said = tr!(
            examined.lang,
            "Việc chưa có mã (id); thêm id: \"{id}\"",
            "The task has no id; add id: \"{id}\""
        );
        (Spot::Task(task.id.clone()), said)
    };
    missing.map(finding).collect()
}

pub(super) fn duplicate_id(examined: &Examined<'_>) -> FoundAt {
    let tasks = &examined.plan.tasks;
    let mut free = FreeIds::of(tasks);
    let first: HashMap<_, _> = tasks.iter().rev().map(|task| (task.id.text(), task)).collect();
    let copies = tasks.iter().filter(|task| !task.id.is_alone() && !task.id.text().is_empty());
    let ids = copies.map(|task| (task, task.id.text()));
    let finding = |(task, id): (&Arc<Task>, _)| {
        let (other, new) = (called(first[id]), free.like(id));
        let said = tr!(
            examined.lang,
            "Mã “{id}” đã dùng cho việc {other}; đổi thành \"{new}\"",
            "The id “{id}” already belongs to task {other}; change it to \"{new}\""
        );
        (Spot::Task(task.id.clone()), said)
    };
    ids.map(finding).collect()
}

/// Ids to suggest: none that a task has, and none twice. The search goes on where it ended,
/// or a plan of nothing but copies would take forever.
struct FreeIds<'a> {
    taken: HashSet<String>,
    /// The last number tried behind each id; that of the empty one is the last seed.
    tried: HashMap<&'a str, u64>,
}

impl<'a> FreeIds<'a> {
    fn of(tasks: &'a [Arc<Task>]) -> Self {
        Self { taken: tasks.iter().map(|task| task.id.text().to_owned()).collect(), tried: HashMap::new() }
    }

    /// The id with a number behind it.
    fn like(&mut self, id: &'a str) -> String {
        self.next(id, |nth| format!("{id}-{}", nth + 1))
    }

    fn fresh(&mut self) -> String {
        self.next("", |seed| TaskId::fresh(&[], seed).to_string())
    }

    fn next(&mut self, id: &'a str, make: impl Fn(u64) -> String) -> String {
        let nth = self.tried.entry(id).or_default();
        loop {
            *nth += 1;
            let free = make(*nth);
            if self.taken.insert(free.clone()) {
                return free;
            }
        }
    }
}

pub(super) fn duplicate_number(examined: &Examined<'_>) -> FoundAt {
    let mut first: HashMap<String, &Task> = HashMap::new();
    for task in &examined.plan.tasks {
        first.entry(number(task)).or_insert(task);
    }
    examined.in_field(Field::No, |task| {
        let other = *first.get(&number(task))?;
        if other.id == task.id || task.no.trim().is_empty() {
            return None;
        }
        let (no, id) = (&task.no, &other.id);
        Some(tr!(
            examined.lang,
            "Số {no} đã dùng cho việc có mã “{id}”",
            "The number {no} already belongs to the task with the id “{id}”"
        ))
    })
}

/// What is compared of a number, as [`crate::plan::Plan::named`] compares it.
fn number(task: &Task) -> String {
    task.no.trim().to_ascii_lowercase()
}

/// As many rows as a page of a table may lose. After a larger step the numbers are of another kind.
const MOST_MISSING: u32 = 10;

/// A number between 1 and the last of its section that no task has: a row may have been lost on the way.
pub(super) fn missing_number(examined: &Examined<'_>) -> FoundAt {
    let mut sections: HashMap<&str, Vec<(u32, &Task)>> = HashMap::new();
    for task in &examined.plan.tasks {
        if let Some((section, number)) = in_section(&task.no) {
            sections.entry(section).or_default().push((number, task));
        }
    }
    let gaps = sections.into_values().flat_map(|mut tasks| {
        tasks.sort_by_key(|(number, _)| *number);
        let before: Vec<u32> = std::iter::once(0).chain(tasks.iter().map(|(number, _)| *number)).collect();
        before
            .into_iter()
            .zip(tasks)
            .filter_map(|(before, (number, task))| gap(before, number, task, examined.lang))
    });
    gaps.collect()
}

/// `III.1` is the first of section III.
fn in_section(no: &str) -> Option<(&str, u32)> {
    let (section, number) = section(no.trim());
    let is_plain = section.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '.');
    number.parse().ok().filter(|_| is_plain).map(|number| (section, number))
}

fn gap(before: u32, number: u32, task: &Task, lang: Lang) -> Option<(Spot, String)> {
    let missing = number.checked_sub(before)?.checked_sub(1)?;
    if !(1..=MOST_MISSING).contains(&missing) {
        return None;
    }
    let (first, last) = (before + 1, number - 1);
    let numbers = if first == last { first.to_string() } else { format!("{first}–{last}") };
    let no = &task.no;
    let said = tr!(lang, "Thiếu số {numbers} (trước số {no})", "Before number {no}, {numbers} is missing");
    Some((Spot::Field(task.id.clone(), Field::No), said))
}

pub(super) fn missing_lead(examined: &Examined<'_>) -> FoundAt {
    let said = Phrase::new("Việc chưa có cơ quan chủ trì", "The task has no lead agency").say(examined.lang);
    examined.in_field(Field::Lead, |task| {
        let is_missing = task.lead.iter().all(|name| name.trim().is_empty());
        is_missing.then(|| said.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::super::Rule;
    use super::super::tests::{Told, findings, of_text, rules, task};
    use super::*;
    use crate::words::Lang;

    #[test]
    fn a_task_and_a_plan_need_a_title() {
        assert_eq!(rules(&findings("", &task("title: \" \""))), [Rule::MissingTitle]);
        let found = of_text("Plan(title: \"\", year: 2024)");
        assert_eq!(found[0].spot, Spot::Plan("title"));
        assert_eq!(findings("", &task("title: \"x\"")), []);
    }

    #[test]
    fn a_task_needs_an_id() {
        let found = findings("", "(title: \"x\", lead: [\"A\"])");
        assert_eq!(rules(&found), [Rule::MissingId]);
        assert!(found[0].message(Lang::Vi).contains("thêm id: \""));
        assert_eq!(findings("", &task("id: \"x\"")), []);
    }

    #[test]
    fn an_id_is_one_tasks() {
        let tasks = ["a", "a-2", "a", "a"].map(|id| task(&format!("id: \"{id}\""))).concat();
        let found = findings("", &tasks);
        assert_eq!(rules(&found), [Rule::DuplicateId, Rule::DuplicateId]);
        assert!(found[0].message(Lang::En).ends_with("change it to \"a-3\""));
        assert!(found[1].message(Lang::En).ends_with("change it to \"a-4\""));
        assert_eq!(findings("", &(task("id: \"a\"") + &task("id: \"b\""))), []);
    }

    fn numbered(numbers: &[&str]) -> Vec<Told> {
        let tasks = numbers.iter().enumerate().map(|(at, no)| task(&format!("id: \"{at}\", no: \"{no}\"")));
        findings("", &tasks.collect::<String>())
    }

    #[test]
    fn a_number_twice_is_told() {
        assert_eq!(rules(&numbered(&["I.1", "i.1"])), [Rule::DuplicateNumber]);
        assert_eq!(numbered(&["I.1", "II.1", "", ""]), []);
    }

    #[test]
    fn a_number_left_out_is_told() {
        let found = numbered(&["1", "2", "10", "3", "4", "5", "6", "8"]);
        assert_eq!(rules(&found), [Rule::MissingNumber, Rule::MissingNumber]);
        assert_eq!(found[0].message(Lang::Vi), "Thiếu số 9 (trước số 10)");
        assert_eq!(found[1].message(Lang::Vi), "Thiếu số 7 (trước số 8)");
        assert_eq!(numbered(&["I.5"])[0].message(Lang::En), "Before number I.5, 1–4 is missing");
    }

    #[test]
    fn numbers_of_another_kind_are_not_counted() {
        assert_eq!(
            numbered(&["1", "2", "202", "Mục IV.5", "a", "3b", "II.1", "II.2", "99999999999", "4294967295"]),
            []
        );
    }

    #[test]
    fn a_task_needs_a_lead() {
        for lead in ["lead: []", "lead: [\" \"]"] {
            assert_eq!(rules(&findings("", &task(lead))), [Rule::MissingLead]);
        }
        assert_eq!(findings("", &task("lead: [\"Sở Nội vụ\"]")), []);
    }
}
