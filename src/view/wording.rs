//! How a task's deadline is told in as much room as there is.

use chrono::{Datelike, NaiveDate};

use crate::plan::{Calendar, Plan, State, Task};
use crate::text;
use crate::words::{Lang, Phrase};

/// The ways to say what the calendar makes of a task, the longest first.
pub(super) fn terms(plan: &Plan, task: &Task, calendar: Calendar, lang: Lang) -> Vec<String> {
    let deadline = plan.deadline(task);
    let days = deadline.map_or(0, |deadline| (deadline - calendar.today).num_days());
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.format("%d/%m").to_string());
    let due = day(deadline);
    match (plan.state(task, calendar), lang) {
        (State::Overdue, Lang::Vi) => several([
            format!("quá hạn {} ngày", -days),
            format!("quá {} ngày", -days),
            format!("{} ngày", -days),
            format!("{} ng", -days),
            (-days).to_string(),
        ]),
        (State::Overdue, Lang::En) => several([
            format!("{} overdue", days_of(-days)),
            days_of(-days),
            format!("{} d", -days),
            (-days).to_string(),
        ]),
        (State::DueToday, Lang::Vi) => several(["đến hạn hôm nay".into(), "hôm nay".into()]),
        (State::DueToday, Lang::En) => several(["due today".into(), "today".into()]),
        (State::DueSoon | State::InTime, Lang::Vi) => {
            several([format!("{due}, còn {days} ngày"), format!("còn {days} ngày"), due])
        }
        (State::DueSoon | State::InTime, Lang::En) => {
            several([format!("{due}, {} left", days_of(days)), format!("{} left", days_of(days)), due])
        }
        (State::DoneOnTime, _) => {
            let word = Phrase::new("đúng hạn", "on time").say(lang);
            several([format!("{word} {}", day(task.done_on)).trim_end().to_owned(), word.to_owned()])
        }
        (State::DoneLate, _) => {
            let late = deadline.zip(task.done_on).map_or(0, |(deadline, done)| (done - deadline).num_days());
            let word = Phrase::new("xong quá hạn", "done late").say(lang);
            let short = Phrase::new("quá hạn", "late").say(lang);
            several([format!("{word} {}", days_in(late, lang)), word.to_owned(), short.to_owned()])
        }
        (State::Ongoing, Lang::Vi) => several(["thường xuyên".into(), "t. xuyên".into()]),
        (state @ (State::Ongoing | State::Paused | State::Dropped), _) => {
            several([state.label().say(lang).to_lowercase()])
        }
    }
}

fn several<const N: usize>(terms: [String; N]) -> Vec<String> {
    terms.into()
}

/// The longest of the terms that fits; nothing if none does.
pub(super) fn fitting(terms: &[String], cells: usize) -> &str {
    terms.iter().find(|term| text::width(term) <= cells).map_or("", String::as_str)
}

/// The deadline in a whole sentence, `Hạn 30/06/2024 (CN), còn 41 ngày`, and behind it the shorter ways to say it.
pub(super) fn sentences(plan: &Plan, task: &Task, calendar: Calendar, lang: Lang) -> Vec<String> {
    let told = deadline(plan, task, calendar, lang);
    let whole = match plan.deadline(task) {
        Some(_) => format!("{} {told}", Phrase::new("Hạn", "Due").say(lang)),
        None => told.clone(),
    };
    // The status stands beside it, and is not said twice.
    let shorter = match plan.deadline(task) {
        Some(deadline) if !task.status.is_open() => vec![dated(deadline, lang)],
        _ => terms(plan, task, calendar, lang),
    };
    [whole, told].into_iter().chain(shorter).collect()
}

/// The deadline and how far it is: `30/06/2024 (CN), còn 41 ngày`.
pub(super) fn deadline(plan: &Plan, task: &Task, calendar: Calendar, lang: Lang) -> String {
    let state = plan.state(task, calendar);
    let Some(deadline) = plan.deadline(task) else {
        return state.label().say(lang).to_owned();
    };
    let day = match task.first_deadline() {
        Some(first) if first != deadline => {
            let word = Phrase::new("gia hạn đến", "extended to").say(lang);
            format!("{}, {word} {}", crate::plan::time::write_date(first), dated(deadline, lang))
        }
        _ => dated(deadline, lang),
    };
    let days = (deadline - calendar.today).num_days();
    let told = match (state, lang) {
        (State::Overdue, Lang::Vi) => format!("quá hạn {} ngày", -days),
        (State::Overdue, Lang::En) => format!("{} overdue", days_of(-days)),
        (State::DueToday, _) => Phrase::new("hôm nay", "today").say(lang).to_owned(),
        (State::DueSoon | State::InTime, Lang::Vi) => format!("còn {days} ngày"),
        (State::DueSoon | State::InTime, Lang::En) => format!("{} left", days_of(days)),
        (State::DoneOnTime | State::DoneLate, _) => {
            let done = task.done_on.map_or_else(String::new, |day| format!(" {}", dated(day, lang)));
            format!("{}{done}", state.label().say(lang).to_lowercase())
        }
        (state, _) => state.label().say(lang).to_lowercase(),
    };
    format!("{day}, {told}")
}

/// A day with its year, and with its weekday where that is a weekend: offices are closed then.
pub(super) fn dated(day: NaiveDate, lang: Lang) -> String {
    let weekday = match (day.weekday(), lang) {
        (chrono::Weekday::Sat, Lang::Vi) => " (T7)",
        (chrono::Weekday::Sun, Lang::Vi) => " (CN)",
        (chrono::Weekday::Sat, Lang::En) => " (Sat)",
        (chrono::Weekday::Sun, Lang::En) => " (Sun)",
        _ => "",
    };
    format!("{}{weekday}", crate::plan::time::write_date(day))
}

fn days_of(days: i64) -> String {
    days_in(days, Lang::En)
}

pub(super) fn days_in(days: i64, lang: Lang) -> String {
    match (lang, days) {
        (Lang::Vi, _) => format!("{days} ngày"),
        (Lang::En, 1) => "1 day".to_owned(),
        (Lang::En, _) => format!("{days} days"),
    }
}
