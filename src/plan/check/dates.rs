//! Rules on days: the year, the deadline beside its quarters and its words, the day of completion.

use chrono::{Datelike, NaiveDate};

use super::{Examined, FoundAt, Spot};
use crate::plan::Plan;
use crate::plan::field::Field;
use crate::plan::new_plan::YEARS;
use crate::plan::status::Status;
use crate::plan::task::Task;
use crate::plan::time::{NO_DEADLINE, Period, Quarter, Quarters, Rhythm, write_date};
use crate::words::{Lang, Phrase, tr};

pub(super) fn implausible_year(examined: &Examined<'_>) -> FoundAt {
    let Plan { year, issued, .. } = *examined.plan;
    let lang = examined.lang;
    let said = match issued {
        _ if !YEARS.contains(&year) => {
            tr!(lang, "Năm {year} không hợp lý đối với một kế hoạch", "{year} is hardly the year of a plan")
        }
        Some(issued) if (issued.year() - year).abs() > 1 => {
            let day = write_date(issued);
            tr!(
                lang,
                "Kế hoạch năm {year} nhưng ban hành ngày {day}",
                "The plan is of {year}, but was issued on {day}"
            )
        }
        _ => return Vec::new(),
    };
    vec![(Spot::Plan("year"), said)]
}

pub(super) fn deadline_outside_quarters(examined: &Examined<'_>) -> FoundAt {
    examined.in_field(Field::Due, |task| {
        if !is_due_outside_quarters(task, examined.plan.year) || is_rescheduled(task) {
            return None;
        }
        let due = task.due?;
        let (day, own, quarters) = (write_date(due), Quarter::of(due).roman(), task.quarters);
        Some(tr!(
            examined.lang,
            "Hạn {day} thuộc quý {own} nhưng việc được xếp ở quý {quarters}",
            "The deadline {day} is in quarter {own}, but the task stands in {quarters}"
        ))
    })
}

fn is_due_outside_quarters(task: &Task, year: i32) -> bool {
    let due = task.due.filter(|due| due.year() == year && !task.quarters.is_empty());
    due.is_some_and(|due| !task.quarters.contains(Quarter::of(due)))
}

/// Whether somebody has set the time anew, as for an extension: the words as printed and the
/// quarters are then those of before, and stay.
fn is_rescheduled(task: &Task) -> bool {
    task.history.iter().any(|entry| entry.is_of(Field::Due) || entry.is_of(Field::Quarters))
}

pub(super) fn deadline_outside_year(examined: &Examined<'_>) -> FoundAt {
    let year = examined.plan.year;
    examined.in_field(Field::Due, |task| {
        let due = task.due.filter(|due| due.year() != year && !is_rescheduled(task))?;
        if examined.period(task).is_some_and(|period| period.due() == Some(due)) {
            return None;
        }
        let day = write_date(due);
        Some(tr!(
            examined.lang,
            "Hạn {day} không thuộc năm {year} của kế hoạch",
            "The deadline {day} is not in the plan's year {year}"
        ))
    })
}

/// The time as printed means something else than the fields say.
pub(super) fn time_differs(examined: &Examined<'_>) -> FoundAt {
    let (year, lang) = (examined.plan.year, examined.lang);
    examined.in_field(Field::Time, |task| {
        if is_rescheduled(task) {
            return None;
        }
        let period = examined.period(task).filter(|&period| !is_same_time(period, task, year))?;
        let (time, meant) = (task.time.trim(), meaning(period.quarters(), period.deadline(year), lang));
        let set = meaning(task.quarters, task.printed_deadline(year), lang);
        let said = tr!(
            lang,
            "Thời gian “{time}” nghĩa là {meant} nhưng việc ghi {set}",
            "The time “{time}” means {meant}, but the task has {set}"
        );
        let fields = fields_of(period);
        let suggestion = match period.rhythm() {
            // Words that name no day are no reason to take one away.
            Rhythm::Ongoing => LOOK.say(lang).to_owned(),
            _ => tr!(lang, "nếu đúng như vậy thì ghi {fields}", "if that is right, write {fields}"),
        };
        Some(format!("{said}; {suggestion}"))
    })
}

const LOOK: Phrase = Phrase::new("hãy xem lại thời gian hoặc hạn", "look at the time, or at the deadline");

/// A deadline outside its quarters has been told of already, where the words agree with the deadline.
fn is_same_time(period: Period, task: &Task, year: i32) -> bool {
    let is_same_deadline = period.deadline(year) == task.printed_deadline(year);
    let is_same_column = period.quarters() == task.quarters || is_due_outside_quarters(task, year);
    period.rhythm() == Rhythm::Recurring || (is_same_deadline && is_same_column)
}

fn meaning(quarters: Quarters, deadline: Option<NaiveDate>, lang: Lang) -> String {
    match deadline.map(write_date) {
        None => NO_DEADLINE.say(lang).to_owned(),
        Some(day) if quarters.is_empty() => tr!(lang, "hạn {day}", "deadline {day}"),
        Some(day) => tr!(lang, "quý {quarters}, hạn {day}", "quarter {quarters}, deadline {day}"),
    }
}

/// The fields as they would stand in the file.
fn fields_of(period: Period) -> String {
    let quarters = format!("quarters: {:?}", period.quarters());
    match period.due() {
        Some(due) => format!("{quarters}, due: \"{due}\""),
        None => quarters,
    }
}

pub(super) fn done_without_day(examined: &Examined<'_>) -> FoundAt {
    let today = examined.today;
    examined.in_field(Field::Status, |task| {
        if task.status != Status::Done || task.done_on.is_some() {
            return None;
        }
        Some(tr!(
            examined.lang,
            "Đã hoàn thành nhưng chưa có ngày hoàn thành; ghi ngày vào done_on, như \"{today}\"",
            "Done without a day of completion; write it as done_on, such as \"{today}\""
        ))
    })
}

pub(super) fn day_without_done(examined: &Examined<'_>) -> FoundAt {
    examined.in_field(Field::DoneOn, |task| {
        let day = write_date(task.done_on.filter(|_| task.status != Status::Done)?);
        let status = task.status.label().say(examined.lang);
        Some(tr!(
            examined.lang,
            "Có ngày hoàn thành {day} nhưng trạng thái là “{status}”; ghi status: Done hoặc bỏ done_on",
            "There is a day of completion, {day}, but the status is “{status}”; write status: Done, or take done_on out"
        ))
    })
}

pub(super) fn done_in_future(examined: &Examined<'_>) -> FoundAt {
    examined.in_field(Field::DoneOn, |task| {
        let day = done_on(task).filter(|&day| day > examined.today)?;
        let (day, today) = (write_date(day), write_date(examined.today));
        Some(tr!(
            examined.lang,
            "Ngày hoàn thành {day} sau ngày {today}",
            "The day of completion, {day}, is after {today}"
        ))
    })
}

pub(super) fn done_before_year(examined: &Examined<'_>) -> FoundAt {
    let year = examined.plan.year;
    examined.in_field(Field::DoneOn, |task| {
        let day = write_date(done_on(task).filter(|day| day.year() < year)?);
        Some(tr!(
            examined.lang,
            "Ngày hoàn thành {day} trước năm {year} của kế hoạch",
            "The day of completion, {day}, is before the plan's year {year}"
        ))
    })
}

/// The day of completion of what is done.
fn done_on(task: &Task) -> Option<NaiveDate> {
    task.done_on.filter(|_| task.status == Status::Done)
}

#[cfg(test)]
mod tests {
    use super::super::Rule;
    use super::super::tests::{Told, findings, of_text, rules, task};
    use crate::words::Lang;

    #[track_caller]
    fn breaks(fields: &str, expected: &[Rule]) -> Vec<Told> {
        let found = findings("", &task(fields));
        assert_eq!(rules(&found), expected, "{fields}");
        found
    }

    #[test]
    fn the_year_is_a_year_of_plans() {
        for (year, issued) in [("204", ""), ("20240", ""), ("2024", "issued: \"2014-02-06\"")] {
            let found = of_text(&format!("Plan(title: \"x\", year: {year}, {issued})"));
            assert_eq!(rules(&found), [Rule::ImplausibleYear], "{year} {issued}");
        }
        assert_eq!(of_text("Plan(title: \"x\", year: 2024, issued: \"2023-12-29\")"), []);
    }

    #[test]
    fn a_deadline_lies_in_its_quarters() {
        let rule = Rule::DeadlineOutsideQuarters;
        let found = breaks("quarters: [Q3], time: \"10/2024\", due: \"2024-10-31\"", &[rule]);
        assert_eq!(found[0].message(Lang::Vi), "Hạn 31/10/2024 thuộc quý IV nhưng việc được xếp ở quý III");
        breaks("quarters: [Q2, Q3], due: \"2024-06-15\"", &[]);
        breaks("due: \"2024-06-15\"", &[]);
    }

    #[test]
    fn a_deadline_lies_in_the_year_unless_the_plan_says_so() {
        breaks("quarters: [Q4], due: \"2025-01-31\"", &[Rule::DeadlineOutsideYear]);
        breaks("quarters: [Q4], time: \"1/2025\", due: \"2025-01-31\"", &[]);
        breaks("quarters: [Q4], due: \"2024-12-15\"", &[]);
    }

    #[test]
    fn the_fields_say_what_the_time_says() {
        let found = breaks("quarters: [Q3], time: \"Quý II\"", &[Rule::TimeDiffers]);
        assert_eq!(
            found[0].message(Lang::Vi),
            "Thời gian “Quý II” nghĩa là quý II, hạn 30/06/2024 nhưng việc ghi quý III, hạn 30/09/2024; \
             nếu đúng như vậy thì ghi quarters: [Q2]"
        );
        let found = breaks("quarters: [Q2], time: \"5/2024\"", &[Rule::TimeDiffers]);
        assert!(
            found[0]
                .message(Lang::En)
                .ends_with("if that is right, write quarters: [Q2], due: \"2024-05-31\"")
        );
        let found = breaks("quarters: [Q1], time: \"Thường xuyên\"", &[Rule::TimeDiffers]);
        assert!(found[0].message(Lang::Vi).ends_with("hãy xem lại thời gian hoặc hạn"));
        breaks("time: \"Quý II\"", &[Rule::TimeDiffers]);
        for same in [
            "quarters: [Q2], time: \"6/2024\"",
            "quarters: [Q2], time: \"6/2024\", due: \"2024-06-30\"",
            "quarters: [Q1, Q2, Q3, Q4], time: \"Năm 2024\"",
            "time: \"Thường xuyên trong năm 2024\"",
            "quarters: [Q2], time: \"trước ngày 15 hằng tháng\"",
            "quarters: [Q2], time: \"sau Hội nghị tổng kết\"",
            "quarters: [Q2], due: \"2024-06-15\", time: \"Quý II, chậm nhất 15/6\"",
            "quarters: [Q2], due: \"2024-05-20\", time: \"tháng 5, trước 20/5\"",
            "quarters: [Q2], time: \"Theo tiến độ, hoàn thành trong quý II\"",
            "quarters: [Q2], time: \"Thường xuyên; sơ kết quý II\"",
            "quarters: [Q1], time: \"Quý I và thường xuyên\"",
            "quarters: [Q2], due: \"2024-06-15\", time: \"Quý II, chậm nhất 15/7\"",
        ] {
            breaks(same, &[]);
        }
    }

    #[test]
    fn an_extension_is_not_doubted() {
        let extensions = "extensions: [(to: \"2024-08-31\", on: \"2024-06-20\")]";
        breaks(&format!("quarters: [Q2], time: \"Quý II\", {extensions}"), &[]);
        breaks(&format!("quarters: [Q2], time: \"5/2024\", due: \"2024-05-31\", {extensions}"), &[]);
        breaks(&format!("quarters: [Q3], time: \"Quý II\", {extensions}"), &[Rule::TimeDiffers]);
        let history = "history: [(at: \"2024-05-02T09:10:00+07:00\", by: \"lan\", field: \"due\")]";
        breaks(&format!("quarters: [Q2], time: \"Quý II\", due: \"2024-08-31\", {history}"), &[]);
        breaks(&format!("quarters: [Q4], time: \"Quý IV\", due: \"2025-02-28\", {history}"), &[]);
    }

    #[test]
    fn done_and_its_day_go_together() {
        breaks("status: Done", &[Rule::DoneWithoutDay]);
        breaks("status: Doing, done_on: \"2024-05-02\"", &[Rule::DayWithoutDone]);
        breaks("status: Dropped, done_on: \"2024-09-02\"", &[Rule::DayWithoutDone]);
        breaks("status: Done, done_on: \"2024-05-02\"", &[]);
    }

    #[test]
    fn nothing_is_done_tomorrow_or_before_the_year() {
        breaks("status: Done, done_on: \"2024-05-21\"", &[Rule::DoneInFuture]);
        breaks("status: Done, done_on: \"2014-05-20\"", &[Rule::DoneBeforeYear]);
        breaks("status: Done, done_on: \"2024-05-20\"", &[]);
        breaks("status: Done, done_on: \"2024-01-01\"", &[]);
    }
}
