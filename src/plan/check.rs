//! What a plan must keep, each rule with a name.

mod agencies;
mod dates;
mod review;
mod steps;
mod tasks;
mod views;

use std::collections::HashMap;

use chrono::NaiveDate;

use super::agency::Directory;
use super::field::Field;
use super::query::Index;
use super::task::{Task, TaskId};
use super::time::Period;
use super::{Agency, Plan};
use crate::words::{Lang, Phrase};

/// Everything in the plan that breaks a rule, in the order of the file, said in a language.
pub fn check(plan: &Plan, today: NaiveDate, lang: Lang) -> Vec<Finding> {
    findings(plan, today, lang, |severity| severity != Severity::Review)
}

/// Rà soát: the work that somebody should look at, in the order of the file. The plan is as of the day.
pub fn review(plan: &Plan, today: NaiveDate, lang: Lang) -> Vec<Finding> {
    findings(plan, today, lang, |severity| severity == Severity::Review)
}

fn findings(plan: &Plan, today: NaiveDate, lang: Lang, is_meant: fn(Severity) -> bool) -> Vec<Finding> {
    let mut periods = HashMap::new();
    for task in &plan.tasks {
        periods.entry(task.time.as_str()).or_insert_with(|| Period::read(&task.time, plan.year).ok());
    }
    let examined = Examined { plan, today, lang, periods, index: Index::default() };
    let rules = Rule::all().filter(|rule| is_meant(rule.severity()));
    let findings = rules.flat_map(|rule| {
        let found = (Rule::ROWS[rule as usize].find)(&examined);
        found.into_iter().map(move |(spot, message)| Finding { rule, spot, message })
    });
    let mut findings: Vec<_> = findings.collect();
    let places = plan.tasks.iter().enumerate().map(|(at, task)| (&task.id, at)).collect();
    findings.sort_by_cached_key(|finding| finding.spot.order(&places));
    findings
}

/// What a finding is about, so that the document can say where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// A field of the plan itself, by its name in the file.
    Plan(&'static str),
    /// An agency of the list, by its place.
    Agency(usize),
    Task(TaskId),
    /// A field of a task.
    Field(TaskId, Field),
}

/// One place where a rule is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: Rule,
    pub spot: Spot,
    /// What is found, and what can be done where there is something to suggest.
    pub message: String,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file lacks something or speaks against itself. It can be mended, and the exit status says so.
    Problem,
    /// It is doubtful, but a published plan may really say so. It is told and does no harm.
    Remark,
    /// It is no fault of the file: somebody should look at the work.
    Review,
}

impl Rule {
    /// As it is printed and written about: `duplicate-id`.
    pub const fn name(self) -> &'static str {
        Self::ROWS[self as usize].name
    }

    /// What stands above the tasks that break it, where it is a rule of the review.
    pub const fn heading(self) -> Phrase {
        match self {
            Self::NoNews => Phrase::new("Đang làm, 30 ngày không có tin", "In progress, no news for 30 days"),
            Self::NoDocument => Phrase::new("Xong, chưa có văn bản", "Done, no document"),
            Self::LateWithoutReason => Phrase::new("Quá hạn, chưa rõ lý do", "Overdue, no reason told"),
            Self::NoOfficer => Phrase::new("Quý này, chưa có người phụ trách", "This quarter, no officer"),
            Self::ExtendedTwice => Phrase::new("Gia hạn từ hai lần", "Extended twice or more"),
            Self::StepMissed => Phrase::new("Lỡ mốc", "Step missed"),
            rule => Phrase::new(rule.name(), rule.name()),
        }
    }

    pub const fn severity(self) -> Severity {
        Self::ROWS[self as usize].severity
    }

    pub fn all() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied()
    }
}

/// Where a rule is broken, and what is said of it.
type FoundAt = Vec<(Spot, String)>;

struct RuleEntry {
    name: &'static str,
    severity: Severity,
    find: fn(&Examined<'_>) -> FoundAt,
}

/// Makes the rules and their table.
macro_rules! rules {
    ($($severity:ident $rule:ident $name:literal $find:path;)*) => {
        /// What a plan must keep.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($rule),*
        }

        impl Rule {
            const ALL: &'static [Self] = &[$(Self::$rule),*];
            const ROWS: &'static [RuleEntry] =
                &[$(RuleEntry { name: $name, severity: Severity::$severity, find: $find }),*];
        }
    };
}

rules! {
    Problem ImplausibleYear "implausible-year" dates::implausible_year;
    Problem MissingTitle "missing-title" tasks::missing_title;
    Problem MissingAgencyName "missing-agency-name" agencies::missing_name;
    Problem AgencyListedTwice "agency-listed-twice" agencies::listed_twice;
    Problem NameOfTwoAgencies "name-of-two-agencies" agencies::name_of_two;
    Problem MissingId "missing-id" tasks::missing_id;
    Problem DuplicateId "duplicate-id" tasks::duplicate_id;
    Remark DuplicateNumber "duplicate-number" tasks::duplicate_number;
    Remark MissingNumber "missing-number" tasks::missing_number;
    Problem MissingLead "missing-lead" tasks::missing_lead;
    Remark AgencyTwoWays "agency-two-ways" agencies::two_ways;
    Remark SeveralInOneName "several-in-one-name" agencies::several_in_one;
    Remark AgencyRepeated "agency-repeated" agencies::repeated;
    Remark DeadlineOutsideQuarters "deadline-outside-quarters" dates::deadline_outside_quarters;
    Remark DeadlineOutsideYear "deadline-outside-year" dates::deadline_outside_year;
    Remark TimeDiffers "time-differs" dates::time_differs;
    Problem DoneWithoutDay "done-without-day" dates::done_without_day;
    Problem DayWithoutDone "day-without-done" dates::day_without_done;
    Problem DoneInFuture "done-in-future" dates::done_in_future;
    Remark DoneBeforeYear "done-before-year" dates::done_before_year;
    Review NoNews "no-news" review::no_news;
    Review NoDocument "no-document" review::no_document;
    Review LateWithoutReason "late-without-reason" review::late_without_reason;
    Review NoOfficer "no-officer" review::no_officer;
    Review ExtendedTwice "extended-twice" review::extended_twice;
    Review StepMissed "step-missed" review::step_missed;
    Remark StepAfterDeadline "step-after-deadline" steps::after_deadline;
    Remark StepDoneInFuture "step-done-in-future" steps::done_in_future;
    Remark StepRepeated "step-repeated" steps::repeated;
    Remark ReceivedFromStranger "received-from-stranger" steps::received_from_stranger;
    Remark UnreadableView "unreadable-view" views::unreadable;
}

/// The plan, with what several rules need of it.
struct Examined<'a> {
    plan: &'a Plan,
    today: NaiveDate,
    lang: Lang,
    /// What the times of the tasks mean, each of which is that of many tasks.
    periods: HashMap<&'a str, Option<Period>>,
    index: Index,
}

impl<'a> Examined<'a> {
    fn each_task(&self, find: impl Fn(&'a Task) -> Option<(Field, String)>) -> FoundAt {
        let found =
            |task: &'a Task| find(task).map(|(field, said)| (Spot::Field(task.id.clone(), field), said));
        self.plan.tasks.iter().filter_map(|task| found(task)).collect()
    }

    /// The same of a rule on one field.
    fn in_field(&self, field: Field, find: impl Fn(&'a Task) -> Option<String>) -> FoundAt {
        self.each_task(|task| Some((field, find(task)?)))
    }

    fn directory(&self) -> &Directory {
        self.index.directory(self.plan)
    }

    fn period(&self, task: &Task) -> Option<Period> {
        self.periods.get(task.time.as_str()).copied().flatten()
    }

    fn each_agency(&self, find: impl Fn(usize, &'a Agency) -> Option<String>) -> FoundAt {
        let agencies = self.plan.agencies.iter().enumerate();
        agencies.filter_map(|(at, agency)| Some((Spot::Agency(at), find(at, agency)?))).collect()
    }
}

impl Spot {
    pub const fn task(&self) -> Option<&TaskId> {
        match self {
            Self::Task(task) | Self::Field(task, _) => Some(task),
            Self::Plan(_) | Self::Agency(_) => None,
        }
    }

    /// Where it stands: the plan's own fields, its agencies, its tasks.
    fn order(&self, places: &HashMap<&TaskId, usize>) -> (usize, usize, Option<Field>) {
        let place = |task| places.get(task).copied().unwrap_or(usize::MAX);
        match self {
            Self::Plan(_) => (0, 0, None),
            Self::Agency(at) => (1, *at, None),
            Self::Task(task) => (2, place(task), None),
            Self::Field(task, field) => (2, place(task), Some(*field)),
        }
    }
}

/// How a message names a task: by its number as printed, else by its id.
fn called(task: &Task) -> String {
    if task.no.trim().is_empty() { task.id.to_string() } else { task.no.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    /// A finding, said in both languages.
    #[derive(Debug, PartialEq, Eq)]
    pub(in crate::plan::check) struct Told {
        pub(in crate::plan::check) rule: Rule,
        pub(in crate::plan::check) spot: Spot,
        said: [String; 2],
    }

    impl Told {
        pub(in crate::plan::check) fn message(&self, lang: Lang) -> &str {
            &self.said[lang as usize]
        }
    }

    /// What is found on 20 May 2024 in a plan of 2024: its agencies and tasks, as they stand in a file.
    pub(super) fn findings(agencies: &str, tasks: &str) -> Vec<Told> {
        let text = format!("Plan(title: \"Kế hoạch\", year: 2024, agencies: [{agencies}], tasks: [{tasks}])");
        of_text(&text)
    }

    pub(super) fn of_text(text: &str) -> Vec<Told> {
        let document = Document::read(text.as_bytes().to_vec()).unwrap();
        let [vi, en] =
            [Lang::Vi, Lang::En].map(|lang| check(document.plan(), "2024-05-20".parse().unwrap(), lang));
        assert_eq!(vi.len(), en.len());
        let told = |(vi, en): (Finding, Finding)| {
            assert_eq!((vi.rule, &vi.spot), (en.rule, &en.spot));
            Told { rule: vi.rule, spot: vi.spot, said: [vi.message, en.message] }
        };
        vi.into_iter().zip(en).map(told).collect()
    }

    /// One task with all that it must have and these fields.
    pub(super) fn task(fields: &str) -> String {
        let id = if fields.contains("id:") { "" } else { "id: \"a\"," };
        let title = if fields.contains("title:") { "" } else { "title: \"Việc\"," };
        let lead = if fields.contains("lead:") { "" } else { "lead: [\"Sở Nội vụ\"]," };
        format!("({id}{title}{lead}{fields}),")
    }

    pub(super) fn rules(findings: &[Told]) -> Vec<Rule> {
        findings.iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn a_sound_plan_breaks_no_rule() {
        let tasks =
            task("no: \"1\", quarters: [Q2], time: \"Quý II\", status: Done, done_on: \"2024-05-02\"");
        assert_eq!(findings("(name: \"Sở Nội vụ\")", &tasks), []);
    }

    #[test]
    fn findings_come_in_the_order_of_the_file() {
        let tasks = task("id: \"b\", no: \"1\", status: Done") + &task("lead: [], no: \"2\", title: \"\"");
        let found = findings("(name: \"\")", &tasks);
        let expected = [Rule::MissingAgencyName, Rule::DoneWithoutDay, Rule::MissingTitle, Rule::MissingLead];
        assert_eq!(rules(&found), expected);
    }

    #[test]
    fn a_message_ends_with_what_can_be_done() {
        let found = findings("", &task("status: Done"));
        assert_eq!(
            found[0].message(Lang::Vi),
            "Đã hoàn thành nhưng chưa có ngày hoàn thành; ghi ngày vào done_on, như \"2024-05-20\""
        );
        assert_eq!(
            found[0].message(Lang::En),
            "Done without a day of completion; write it as done_on, such as \"2024-05-20\""
        );
    }
}
