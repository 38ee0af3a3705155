//! Rà soát: rules on the work itself, for whoever leads the office.

use chrono::{NaiveDate, TimeDelta};

use super::{Examined, FoundAt};
use crate::plan::field::Field;
use crate::plan::history::Entry;
use crate::plan::status::{Calendar, State, Status};
use crate::plan::task::Task;
use crate::plan::time::{Column, Quarter, write_date};
use crate::text;
use crate::words::{Phrase, tr};

/// Nobody has told anything for longer than this.
const SILENCE: TimeDelta = TimeDelta::days(30);

pub(super) fn no_news(examined: &Examined<'_>) -> FoundAt {
    let today = examined.today;
    examined.in_field(Field::Progress, |task| {
        let last = last_news(task, today);
        if task.status != Status::Doing || last.is_some_and(|last| today - last <= SILENCE) {
            return None;
        }
        Some(match last.map(|last| (write_date(last), (today - last).num_days())) {
            None => NO_NEWS.say(examined.lang).to_owned(),
            Some((last, days)) => tr!(
                examined.lang,
                "Đang thực hiện mà {days} ngày nay không có tin, từ {last}",
                "In progress, and nothing was told for {days} days, since {last}"
            ),
        })
    })
}

const NO_NEWS: Phrase =
    Phrase::new("Đang thực hiện mà chưa có tin nào", "In progress, and nothing was ever told");

/// The last day of which something is told or on which something was written down.
fn last_news(task: &Task, today: NaiveDate) -> Option<NaiveDate> {
    let written = task.history.iter().map(Entry::office_day);
    let told = task.progress.iter().filter_map(|line| line.on);
    written.chain(told).filter(|day| *day <= today).max()
}

pub(super) fn no_document(examined: &Examined<'_>) -> FoundAt {
    let said = Phrase::new("Đã hoàn thành mà chưa có văn bản kết quả", "Done without a resulting document");
    examined.in_field(Field::Output, |task| {
        let is_without = task.status == Status::Done && task.output.trim().is_empty();
        is_without.then(|| said.say(examined.lang).to_owned())
    })
}

pub(super) fn late_without_reason(examined: &Examined<'_>) -> FoundAt {
    let (year, calendar) = (examined.plan.year, Calendar::new(examined.today));
    let said = Phrase::new(
        "Quá hạn mà chưa nêu khó khăn, vướng mắc, cũng chưa gia hạn",
        "Overdue, with no difficulty told and no extension",
    );
    examined.in_field(Field::Due, |task| {
        let is_told = task.progress.iter().any(|line| !line.stuck.trim().is_empty());
        let is_late = State::of(task, year, calendar) == State::Overdue;
        let is_found = is_late && !is_told && task.times_extended() == 0;
        is_found.then(|| said.say(examined.lang).to_owned())
    })
}

/// Of the work of this quarter.
pub(super) fn no_officer(examined: &Examined<'_>) -> FoundAt {
    let (year, quarter) = (examined.plan.year, Quarter::of(examined.today));
    let roman = quarter.roman();
    examined.in_field(Field::Officer, |task| {
        let is_now = task.columns(year).contains(&Column::Quarter(quarter));
        let is_found = is_now && task.status.is_open() && task.officer.trim().is_empty();
        is_found.then(|| {
            tr!(
                examined.lang,
                "Việc của quý {roman} mà chưa có người phụ trách",
                "A task of quarter {roman} without an officer"
            )
        })
    })
}

pub(super) fn extended_twice(examined: &Examined<'_>) -> FoundAt {
    examined.in_field(Field::Extensions, |task| {
        let times = task.times_extended();
        (times >= 2).then(|| tr!(examined.lang, "Đã gia hạn {times} lần", "Extended {times} times"))
    })
}

pub(super) fn step_missed(examined: &Examined<'_>) -> FoundAt {
    let today = examined.today;
    examined.in_field(Field::Steps, |task| {
        let missed = task.step_figures(today)?.missed?;
        let (what, by) = (text::line(&missed.what), missed.by.map_or_else(String::new, write_date));
        Some(tr!(
            examined.lang,
            "Mốc “{what}” ngày {by} đã qua mà chưa xong",
            "The step “{what}” of {by} was missed"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Rule, review};
    use crate::document::Document;
    use crate::words::Lang;

    /// What is found on 20 May 2024.
    fn found(fields: &str) -> Vec<(Rule, String)> {
        let text = format!(
            "Plan(title: \"Kế hoạch\", year: 2024, tasks: [(id: \"a\", title: \"Việc\", lead: [\"Sở Nội vụ\"], {fields})])"
        );
        let document = Document::read(text.into_bytes()).unwrap();
        let day = "2024-05-20".parse().unwrap();
        let found = review(&document.plan().as_of(day), day, Lang::Vi);
        found.into_iter().map(|finding| (finding.rule, finding.message)).collect()
    }

    #[track_caller]
    fn is(fields: &str, rules: &[Rule]) {
        assert_eq!(found(fields).into_iter().map(|it| it.0).collect::<Vec<_>>(), rules, "{fields}");
    }

    #[test]
    fn what_is_under_way_is_heard_of_each_month() {
        let history =
            |day| format!("history: [(at: \"2024-{day}T09:00:00+07:00\", by: \"lan\", field: \"note\")]");
        is("status: Doing", &[Rule::NoNews]);
        is(&format!("status: Doing, {}", history("04-19")), &[Rule::NoNews]);
        is(&format!("status: Doing, {}", history("04-20")), &[]);
        is("status: Doing, progress: [(on: \"2024-05-02\", text: \"x\")]", &[]);
        is("status: Doing, progress: [(on: \"2024-05-21\", text: \"x\")]", &[Rule::NoNews]);
        is("status: Todo", &[]);
        let told = &found(&format!("status: Doing, {}", history("04-19")))[0].1;
        assert_eq!(told, "Đang thực hiện mà 31 ngày nay không có tin, từ 19/04/2024");
    }

    #[test]
    fn what_is_done_has_its_document() {
        is("status: Done, done_on: \"2024-05-02\"", &[Rule::NoDocument]);
        is("status: Done, done_on: \"2024-05-02\", output: \"12/BC\"", &[]);
    }

    #[test]
    fn what_is_late_says_why() {
        is("due: \"2024-05-02\", officer: \"lan\"", &[Rule::LateWithoutReason]);
        is("due: \"2024-05-20\", officer: \"lan\"", &[]);
        is("due: \"2024-05-02\", officer: \"lan\", progress: [(on: \"2024-05-03\", stuck: \"chờ\")]", &[]);
        is(
            "due: \"2024-05-02\", officer: \"lan\", extensions: [(to: \"2024-05-10\", on: \"2024-05-01\")]",
            &[],
        );
        is("due: \"2024-05-02\", status: Paused", &[]);
    }

    #[test]
    fn the_work_of_this_quarter_is_somebodys() {
        is("quarters: [Q2]", &[Rule::NoOfficer]);
        is("quarters: [Q2], officer: \"lan\"", &[]);
        is("quarters: [Q3]", &[]);
        is("quarters: [Q2], status: Dropped", &[]);
    }

    #[test]
    fn a_second_extension_and_a_missed_step_are_looked_at() {
        let one = "(to: \"2024-08-10\", on: \"2024-05-01\")";
        is(&format!("quarters: [Q3], extensions: [{one}]"), &[]);
        is(&format!("quarters: [Q3], extensions: [{one}, {one}]"), &[Rule::ExtendedTwice]);
        is("quarters: [Q3], steps: [(what: \"Dự thảo\", by: \"2024-05-19\")]", &[Rule::StepMissed]);
        is("quarters: [Q3], steps: [(what: \"Dự thảo\", by: \"2024-05-20\")]", &[]);
        is("quarters: [Q3], steps: [(what: \"Dự thảo\", by: \"2024-05-19\", done: \"2024-05-20\")]", &[]);
    }
}
