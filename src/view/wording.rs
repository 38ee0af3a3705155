//! How a task's deadline is told in as much room as there is.

use chrono::NaiveDate;

use super::theme::Theme;
use crate::plan::summary::ReportClass;
use crate::plan::{Calendar, Column, Extension, Field, Item, State, Status, Task, describe, query, time};
use crate::text::{self, Needle};
use crate::words::{Lang, Phrase, tr};

/// What a card says of the deadline, the longest first: the day only where it is not the one that the column shares, and
/// that it is late or near in any case.
pub(super) fn card_terms(
    item: Item<'_>,
    column: Column,
    theme: Theme,
    calendar: Calendar,
    lang: Lang,
) -> Vec<String> {
    let state = item.deadline_state(calendar);
    let Some(deadline) = item.deadline() else { return terms(item, calendar, lang) };
    let shared = match column {
        Column::Quarter(quarter) => Some(quarter.last_day(item.plan.year)),
        Column::Year => None,
    };
    let days = (deadline - calendar.today).num_days();
    let day = time::write_short_date(deadline);
    let (late, soon) = (theme.late(), theme.soon());
    match state {
        State::Overdue if shared == Some(deadline) => vec![late.to_owned()],
        State::Overdue => {
            let days = time::days_in_words(-days, lang);
            let whole = tr!(lang, "{late} {day} quá {days}", "{late} {day} {days} late");
            vec![whole, format!("{late} {day}"), format!("{late}{day}"), late.to_owned()]
        }
        State::DueToday | State::DueSoon if shared == Some(deadline) => vec![soon.to_owned()],
        State::DueToday | State::DueSoon => {
            let left = time::days_left(days, lang);
            vec![format!("{day} {left}"), format!("{soon} {day}"), format!("{soon}{day}"), soon.to_owned()]
        }
        State::InTime if shared == Some(deadline) => Vec::new(),
        State::InTime => vec![day],
        State::DoneOnTime => {
            let done = Status::Done.short().say(lang);
            let on = item.task.done_on.map(time::write_short_date);
            on.map(|day| format!("{done} {day}")).into_iter().chain([done.to_owned()]).collect()
        }
        State::DoneLate | State::Ongoing | State::Paused | State::Dropped => terms(item, calendar, lang),
    }
}

/// The ways to say what the calendar makes of a task, the longest first.
pub(super) fn terms(item: Item<'_>, calendar: Calendar, lang: Lang) -> Vec<String> {
    let (task, deadline) = (item.task, item.deadline());
    let days = deadline.map_or(0, |deadline| (deadline - calendar.today).num_days());
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, time::write_short_date);
    let due = day(deadline);
    match (item.deadline_state(calendar), lang) {
        (State::Overdue, _) => {
            let (late, words) = (-days, time::days_in_words(-days, lang));
            vec![
                time::days_left(days, lang),
                tr!(lang, "quá {words}", "{words}"),
                tr!(lang, "{late} ngày", "{late} d"),
                late.to_string(),
            ]
        }
        (state @ State::DueToday, _) => {
            vec![state.label().say(lang).to_lowercase(), time::days_left(days, lang)]
        }
        (State::DueSoon | State::InTime, _) => {
            let left = time::days_left(days, lang);
            let marked = deadline.map_or_else(String::new, |day| time::write_marked_short_date(day, lang));
            vec![format!("{marked}, {left}"), format!("{due}, {left}"), left, due]
        }
        (State::DoneOnTime, _) => {
            let word = ReportClass::OnTime.short().say(lang);
            vec![format!("{word} {}", day(task.done_on)).trim_end().to_owned(), word.to_owned()]
        }
        (State::DoneLate, _) => {
            let late = deadline.zip(task.done_on).map_or(0, |(deadline, done)| (done - deadline).num_days());
            let word = ReportClass::DoneLate.short().say(lang);
            let short = Phrase::new("muộn", "late").say(lang);
            let whole = format!("{word} {}", time::days_in_words(late, lang));
            vec![whole, word.to_owned(), short.to_owned()]
        }
        (State::Ongoing, Lang::Vi) => vec!["thường xuyên".into(), "th.xuyên".into()],
        (state @ State::Ongoing, Lang::En) => vec![state.label().say(lang).to_lowercase()],
        (state @ (State::Paused | State::Dropped), _) => aside(state, task.status, lang),
    }
}

/// The same in a list that goes by the next day of each task: that may be one of its steps.
pub(super) fn listed_terms(item: Item<'_>, calendar: Calendar, lang: Lang) -> Vec<String> {
    let day = item.next_day(calendar.today);
    match item.listed_step(calendar.today).and(day) {
        Some(day) => vec![time::days_left((day - calendar.today).num_days(), lang)],
        None => terms(item, calendar, lang),
    }
}

/// What stands where nothing does.
pub(super) const NOTHING: &str = "–";

/// That nothing was found, and how more could be.
pub(super) fn nothing_found(lang: Lang, needle: &Needle) -> String {
    let nothing = Phrase::new("Không có kết quả", "Nothing found").say(lang);
    match query::wider(needle) {
        Some(wider) => format!("{nothing}. {}", wider.say(lang)),
        None => nothing.to_owned(),
    }
}

/// The words for work that was set aside; the sign alone is not read from the back of a room.
fn aside(state: State, status: Status, lang: Lang) -> Vec<String> {
    let shorter = match (status, lang) {
        (Status::Dropped, Lang::Vi) => ["không làm", "bỏ"],
        (Status::Dropped, Lang::En) => ["withdrawn", "out"],
        (_, Lang::Vi) => ["tạm dừng", "dừng"],
        (_, Lang::En) => ["on hold", "hold"],
    };
    let label = state.label().say(lang).to_lowercase();
    [label].into_iter().chain(shorter.map(str::to_owned)).collect()
}

/// The longest of the terms that fits; nothing if none does.
pub(super) fn fitting(terms: &[String], cells: usize) -> &str {
    terms.iter().find(|term| text::width(term) <= cells).map_or("", String::as_str)
}

/// The deadline in a whole sentence, `Hạn 30/06/2024 (CN), còn 41 ngày`, and behind it the shorter ways to say it. The
/// status stands beside it, and is not said twice.
pub(super) fn sentences(item: Item<'_>, calendar: Calendar, lang: Lang) -> Vec<String> {
    let due = |told: &str| format!("{} {told}", Field::Due.short().say(lang));
    let told = deadline(item, calendar, lang);
    let first = match (item.deadline(), item.task.status) {
        // The time as printed, which stands behind it, says the same of work without an end, and the status, which stands
        // before it, of what was set aside.
        (None, status) if [item.task.time.as_str(), status.label().say(lang)].contains(&told.as_str()) => {
            return Vec::new();
        }
        (None, _) => vec![told],
        (Some(day), Status::Paused | Status::Dropped) => {
            return vec![
                due(&describe::deadline(item.task, item.plan.year, day, lang)),
                due(&time::write_marked_date(day, lang)),
            ];
        }
        (Some(_), _) => vec![due(&told), told],
    };
    first.into_iter().chain(terms(item, calendar, lang)).collect()
}

/// Whether the time as printed is its quarters once more: `Quý I, II`.
pub(super) fn is_time_of_quarters(task: &Task, year: i32) -> bool {
    let quarters = task.quarters;
    let folded = text::fold(&task.time);
    let mut words = folded.split(|it: char| !it.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_same = time::read_quarters(&task.time, year) == Ok(quarters);
    !quarters.is_empty() && is_same && words.all(|word| OF_QUARTERS.contains(&word))
}

/// The words of a time that says no more than the quarters.
const OF_QUARTERS: [&str; 9] = ["quy", "qui", "i", "ii", "iii", "iv", "va", "ca", "nam"];

/// The deadline and how far it is: `30/06/2024 (CN), còn 41 ngày`.
pub(super) fn deadline(item: Item<'_>, calendar: Calendar, lang: Lang) -> String {
    let (task, state) = (item.task, item.deadline_state(calendar));
    let Some(deadline) = item.deadline() else { return state.label().say(lang).to_owned() };
    let day = describe::deadline(task, item.plan.year, deadline, lang);
    let days = (deadline - calendar.today).num_days();
    let told = match state {
        State::Overdue | State::DueToday | State::DueSoon | State::InTime => time::days_left(days, lang),
        State::DoneOnTime | State::DoneLate => {
            let done = task
                .done_on
                .map_or_else(String::new, |day| format!(" {}", time::write_marked_date(day, lang)));
            format!("{}{done}", state.label().say(lang).to_lowercase())
        }
        state => state.label().say(lang).to_lowercase(),
    };
    format!("{day}, {told}")
}

/// How often the deadline was extended; nothing, if it never was.
pub(super) fn extended(times: usize, lang: Lang) -> String {
    let word = Extension::EXTENDED.say(lang);
    match times {
        0 => String::new(),
        1 => word.to_owned(),
        times => format!("{word} {times}"),
    }
}

/// The same where there is hardly any room: the strip says it in words.
pub(super) fn extended_short(times: usize, lang: Lang) -> String {
    format!("{} {times}", Phrase::new("gh", "ext.").say(lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Quarter;

    #[test]
    fn a_time_may_be_the_quarters_once_more() {
        let (first, both) = (&[Quarter::Q1][..], &[Quarter::Q1, Quarter::Q2][..]);
        let cases = [
            ("Quý I", first, true),
            ("quí i.", first, true),
            ("Quý I, II", both, true),
            ("Quý I và quý II", both, true),
            ("Quý I-II", both, true),
            ("Quý II", first, false),
            ("Quý I, II", first, false),
            ("Quý I năm 2025", first, false),
            ("Trong quý I", first, false),
            ("Đầu quý I", first, false),
            ("3/2024", first, false),
            ("Cả năm", &Quarter::ALL, true),
            ("Năm 2024", &Quarter::ALL, false),
            ("", first, false),
            ("", &[], false),
        ];
        for (time, quarters, expected) in cases {
            let quarters = quarters.iter().copied().collect();
            let task = Task { time: time.to_owned(), quarters, ..Task::default() };
            assert_eq!(is_time_of_quarters(&task, 2024), expected, "{time:?} {quarters:?}");
        }
    }
}
