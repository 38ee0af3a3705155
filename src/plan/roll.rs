//! Điểm danh: who of the bodies that a collective name stands for has sent what a task asks for.

use chrono::NaiveDate;

use super::Plan;
use super::agency::{Agency, Directory};
use super::table::Receipt;
use super::task::Task;
use crate::text;
use crate::words::Phrase;

/// The members of the collective bodies of a task, each once, in the order of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollCall<'a> {
    pub members: Vec<Member<'a>>,
    /// Who has sent something, and is no member.
    pub strangers: Vec<&'a Receipt>,
}

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    pub name: &'a str,
    pub receipt: Option<&'a Receipt>,
    /// Whether it is reminded of what is missing.
    pub is_urged: bool,
}

/// What a body is known by, whichever of its names is written.
type MemberKey = (Option<usize>, String);

impl<'a> RollCall<'a> {
    /// What stands before those who have not sent it.
    pub const MISSING: Phrase = Phrase::new("còn thiếu", "missing");

    /// What stands beside those who are not reminded of it.
    pub const NOT_URGED: Phrase = Phrase::new("không đôn đốc", "not urged");

    /// Nothing, if no body of the task has members.
    pub fn of(plan: &'a Plan, task: &'a Task, directory: &Directory) -> Option<Self> {
        let bodies = collective(plan, task, directory);
        if bodies.is_empty() {
            return None;
        }
        let receipts: Vec<(MemberKey, &Receipt)> =
            task.received.iter().map(|receipt| (known(directory, &receipt.who), receipt)).collect();
        let mut seen: Vec<MemberKey> = Vec::new();
        let mut members = Vec::new();
        for (body, name) in bodies.iter().flat_map(|body| body.members.iter().map(move |name| (body, name))) {
            let key = known(directory, name);
            if seen.contains(&key) {
                continue;
            }
            let receipt = receipts.iter().find(|(other, _)| *other == key).map(|(_, receipt)| *receipt);
            let is_urged = body.urge && listed(plan, directory, name).is_none_or(|agency| agency.urge);
            members.push(Member { name, receipt, is_urged });
            seen.push(key);
        }
        let is_stranger = |(key, _): &&(MemberKey, &Receipt)| !seen.contains(key);
        let strangers = receipts.iter().filter(is_stranger).map(|(_, receipt)| *receipt).collect();
        Some(Self { members, strangers })
    }

    /// How many have sent it.
    pub fn received(&self) -> usize {
        self.members.iter().filter(|member| member.receipt.is_some()).count()
    }

    /// `14/32`.
    pub fn figures(&self) -> String {
        format!("{}/{}", self.received(), self.members.len())
    }

    /// Who has not sent it: first those who are reminded of it, then those who are not.
    pub fn missing(&self) -> [Vec<&'a str>; 2] {
        let missing = self.members.iter().filter(|member| member.receipt.is_none());
        let (urged, aside): (Vec<&Member<'_>>, Vec<_>) = missing.partition(|member| member.is_urged);
        [urged, aside].map(|members| members.iter().map(|member| member.name).collect())
    }
}

impl Task {
    /// The receipts with one of this member on a day, or without it if it is there.
    pub fn with_received(&self, member: &Member<'_>, day: NaiveDate) -> Vec<Receipt> {
        let mut received = self.received.clone();
        match member.receipt {
            Some(receipt) => received.retain(|other| other.who != receipt.who),
            None => received.push(Receipt { who: member.name.to_owned(), on: Some(day) }),
        }
        received
    }
}

/// The bodies of the task that have members, each once.
fn collective<'a>(plan: &'a Plan, task: &Task, directory: &Directory) -> Vec<&'a Agency> {
    let mut bodies = plan.agencies.iter().filter(|agency| !agency.members.is_empty()).peekable();
    if bodies.peek().is_none() {
        return Vec::new();
    }
    let named = || task.lead.iter().chain(&task.support);
    let places: Vec<usize> = named().filter_map(|name| directory.place(name)).collect();
    bodies.filter(|agency| directory.place(&agency.name).is_some_and(|at| places.contains(&at))).collect()
}

fn known(directory: &Directory, name: &str) -> MemberKey {
    match directory.place(name) {
        Some(at) => (Some(at), String::new()),
        None => (None, text::name_key(name)),
    }
}

/// The entry of the list of agencies that a name belongs to.
fn listed<'a>(plan: &'a Plan, directory: &Directory, name: &str) -> Option<&'a Agency> {
    let place = directory.place(name)?;
    plan.agencies.iter().find(|agency| directory.place(&agency.name) == Some(place))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agency(name: &str, members: &[&str]) -> Agency {
        let members = members.iter().map(|&name| name.to_owned()).collect();
        Agency { name: name.to_owned(), members, ..Agency::default() }
    }

    fn receipt(who: &str) -> Receipt {
        Receipt { who: who.to_owned(), on: NaiveDate::from_ymd_opt(2024, 5, 20) }
    }

    fn plan() -> Plan {
        let province = Agency { urge: false, ..agency("UBND tỉnh", &[]) };
        let health = Agency { aliases: vec!["SYT".to_owned()], ..agency("Sở Y tế", &[]) };
        let bodies = agency("Các sở, ngành", &["Sở Y tế", "Sở Tư pháp", "UBND tỉnh"]);
        let others = agency("Khối 1", &["sở tư pháp", "Công an tỉnh"]);
        Plan { agencies: vec![bodies, others, province, health], ..Plan::default() }
    }

    #[test]
    fn members_are_known_by_any_name_and_counted_once() {
        let plan = plan();
        let task = Task {
            lead: vec!["Khối 1".to_owned()],
            support: vec!["các sở, ngành".to_owned()],
            received: vec![receipt("SYT"), receipt("Ban Dân tộc")],
            ..Task::default()
        };
        let directory = Directory::of([&plan]);
        let roll = RollCall::of(&plan, &task, &directory).unwrap();
        assert_eq!(roll.figures(), "1/4");
        assert_eq!(roll.missing(), [vec!["Sở Tư pháp", "Công an tỉnh"], vec!["UBND tỉnh"]]);
        assert_eq!(roll.strangers, [&task.received[1]]);
        let alone = Task { lead: vec!["Sở Y tế".to_owned()], ..Task::default() };
        assert_eq!(RollCall::of(&plan, &alone, &directory), None);
    }

    #[test]
    fn a_receipt_is_taken_back_by_whatever_name_it_has() {
        let plan = plan();
        let directory = Directory::of([&plan]);
        let mut task = Task { lead: vec!["Các sở, ngành".to_owned()], ..Task::default() };
        let day = NaiveDate::from_ymd_opt(2024, 5, 20).unwrap();
        task.received = vec![receipt("SYT")];
        let roll = RollCall::of(&plan, &task, &directory).unwrap();
        assert_eq!(task.with_received(&roll.members[0], day), []);
        let received = task.with_received(&roll.members[1], day);
        assert_eq!(received, [receipt("SYT"), receipt("Sở Tư pháp")]);
    }
}
