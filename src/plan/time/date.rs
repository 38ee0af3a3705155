//! A date as it is typed into a field, and as it is shown.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Weekday};

use super::error::TimeError;
use super::period::{Period, Rhythm};
use super::reading::Frame;
use super::token::weekday_numbered;
use crate::text;
use crate::words::{Lang, Phrase, tr};

/// Reads what is typed into a field for a day, at any moment of the typing. An empty field is no day.
///
/// A day of the month or a period without a year is one of `year`, the plan's. A period means its last day.
/// `+7` and `-3` count from `today`, and a day alone is one of this month.
pub fn read_date(text: &str, year: i32, today: NaiveDate) -> Result<Option<NaiveDate>, TimeError> {
    let folded = text::fold(text);
    if folded.is_empty() {
        return Ok(None);
    }
    let frame = Frame { year, today: Some(today) };
    let period = Period::typed(&folded, frame)?;
    match period.rhythm() {
        Rhythm::Once => period.deadline(year).map(Some).ok_or(TimeError::Unknown),
        Rhythm::Ongoing => Err(TimeError::NoDeadline),
        Rhythm::Recurring => Err(TimeError::ManyDays),
    }
}

/// The same of a day on which something was done: it cannot be one that is still to come.
pub fn read_past_date(text: &str, year: i32, today: NaiveDate) -> Result<Option<NaiveDate>, TimeError> {
    match read_date(text, year, today)? {
        Some(day) if day > today => Err(TimeError::AfterToday(today)),
        read => Ok(read),
    }
}

/// Reads a time as a plan writes it, at any moment of the typing.
pub fn read_time(text: &str, year: i32) -> Result<Period, TimeError> {
    Period::typed(&text::fold(text), Frame { year, today: None })
}

/// `T5` is a month where a time is read, and Thursday on a calendar: that month, and the weekday that may have been
/// meant.
pub fn weekday_meant(text: &str) -> Option<(u32, Phrase)> {
    let folded = text::fold(text);
    let number = folded.strip_prefix('t').filter(|number| number.len() == 1)?;
    let number = number.parse().ok()?;
    Some((number, weekday_name(weekday_numbered(number)?)))
}

/// A day as people write it: `30/06/2024`.
pub fn write_date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// The day without its year, where that is known: `30/06`.
pub fn write_short_date(day: NaiveDate) -> String {
    day.format("%d/%m").to_string()
}

/// A moment to the minute: `30/06/2024 09:10`.
pub fn write_moment(at: DateTime<FixedOffset>) -> String {
    at.format("%d/%m/%Y %H:%M").to_string()
}

/// A day with its year, and with its weekday where offices are closed then: `30/06/2024 (CN)`.
pub fn write_marked_date(day: NaiveDate, lang: Lang) -> String {
    marked(write_date(day), day, lang)
}

/// The same without its year: `30/06 (CN)`.
pub fn write_marked_short_date(day: NaiveDate, lang: Lang) -> String {
    marked(write_short_date(day), day, lang)
}

fn marked(written: String, day: NaiveDate, lang: Lang) -> String {
    if is_weekend(day) { format!("{written} ({})", weekday_mark(day).say(lang)) } else { written }
}

/// That something is told as of this day.
pub fn as_of(day: NaiveDate, lang: Lang) -> String {
    format!("{} {}", Phrase::new("tính đến", "as of").say(lang), write_date(day))
}

/// What stands where a deadline would.
pub const NO_DEADLINE: Phrase = Phrase::new("không hạn", "no deadline");

/// How far a deadline is, counted in calendar days: `còn 5 ngày`, `hôm nay`, `quá hạn 3 ngày`.
pub fn days_left(days: i64, lang: Lang) -> String {
    let distance = days_in_words(days.abs(), lang);
    match days {
        0 => Phrase::new("hôm nay", "today").say(lang).to_owned(),
        1.. => tr!(lang, "còn {distance}", "{distance} left"),
        _ => tr!(lang, "quá hạn {distance}", "{distance} overdue"),
    }
}

pub fn days_in_words(days: i64, lang: Lang) -> String {
    match days {
        1 => Phrase::new("1 ngày", "1 day").say(lang).to_owned(),
        _ => tr!(lang, "{days} ngày", "{days} days"),
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The days from Monday on, and in two or three letters, as calendars have them.
const WEEKDAYS: [[Phrase; 2]; 7] = [
    [Phrase::new("Thứ Hai", "Monday"), Phrase::new("T2", "Mon")],
    [Phrase::new("Thứ Ba", "Tuesday"), Phrase::new("T3", "Tue")],
    [Phrase::new("Thứ Tư", "Wednesday"), Phrase::new("T4", "Wed")],
    [Phrase::new("Thứ Năm", "Thursday"), Phrase::new("T5", "Thu")],
    [Phrase::new("Thứ Sáu", "Friday"), Phrase::new("T6", "Fri")],
    [Phrase::new("Thứ Bảy", "Saturday"), Phrase::new("T7", "Sat")],
    [Phrase::new("Chủ nhật", "Sunday"), Phrase::new("CN", "Sun")],
];

pub fn weekday(day: NaiveDate) -> Phrase {
    weekday_name(day.weekday())
}

pub(super) const fn weekday_name(weekday: Weekday) -> Phrase {
    WEEKDAYS[weekday as usize][0]
}

/// `T2`, `CN`.
pub fn weekday_mark(day: NaiveDate) -> Phrase {
    WEEKDAYS[day.weekday() as usize][1]
}

#[cfg(test)]
mod tests {
    use super::super::Asked;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// On Monday, 20 May 2024, in the plan of 2024.
    fn typed(text: &str) -> Result<Option<NaiveDate>, TimeError> {
        read_date(text, 2024, day("2024-05-20"))
    }

    #[track_caller]
    fn means(texts: &[&str], expected: &str) {
        for text in texts {
            assert_eq!(typed(text), Ok(Some(day(expected))), "{text}");
        }
    }

    #[test]
    fn a_day_is_typed_in_many_ways() {
        means(
            &[
                "30/6",
                "30/06",
                "30/06/2024",
                "30-6",
                "30.6.24",
                "30 6",
                "30-6-2024",
                "3006",
                "300624",
                "30062024",
                "2024-06-30",
                "20240630",
                " 30 / 6 ",
                "30/6/24",
                "30/6/2024/",
                "ngày 30/6",
                "trước ngày 30/6",
                "Quý II",
                "cuối quý 2",
                "CUOI QUY 2",
                "cuối quý II",
                "cuối tháng 6",
                "tháng 6",
                "6/2024",
                "6 tháng đầu năm",
                "30 tháng 6",
                "30 tháng 6 năm 2024",
                "end of Q2",
                "end of June",
                "30 June 2024",
                "30 jun",
                "q2",
            ],
            "2024-06-30",
        );
    }

    #[test]
    fn a_day_is_told_from_today() {
        means(&["hôm nay", "hom nay", "Nay", "today", "+0"], "2024-05-20");
        means(&["mai", "ngày mai", "tomorrow", "+1", "+1 ngày"], "2024-05-21");
        means(&["hôm qua", "yesterday", "-1", "- 1"], "2024-05-19");
        means(&["hôm kia", "-2"], "2024-05-18");
        means(&["ngày kia", "ngày mốt", "+2"], "2024-05-22");
        means(&["+7", "+1 tuần", "+1w", "+ 7 ngày"], "2024-05-27");
        means(&["+1 tháng"], "2024-06-20");
        means(&["-1 tháng"], "2024-04-20");
    }

    #[test]
    fn an_empty_field_is_no_day() {
        assert_eq!(typed(""), Ok(None));
        assert_eq!(typed(" \u{a0}"), Ok(None));
    }

    #[test]
    fn the_year_is_the_plans_unless_typed() {
        assert_eq!(read_date("30/6", 2021, day("2024-05-20")), Ok(Some(day("2021-06-30"))));
        assert_eq!(read_date("29/2/2024", 2023, day("2024-05-20")), Ok(Some(day("2024-02-29"))));
        assert_eq!(
            read_date("29/2", 2023, day("2024-05-20")),
            Err(TimeError::ShortMonth { month: 2, year: 2023, days: 28 })
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(typed("31/2"), Err(TimeError::ShortMonth { month: 2, year: 2024, days: 29 }));
        assert_eq!(
            typed("31/2").unwrap_err().message(Asked::Deadline, Lang::Vi),
            "Tháng 2 năm 2024 có 29 ngày"
        );
        assert_eq!(
            typed("31/2").unwrap_err().message(Asked::Deadline, Lang::En),
            "Month 2 of 2024 has 29 days"
        );
        assert_eq!(typed("trước ngày 31/6"), Err(TimeError::ShortMonth { month: 6, year: 2024, days: 30 }));
        for text in ["32", "32/", "32/1", "00/1", "3206", "ngày 32/1"] {
            assert!(matches!(typed(text), Err(TimeError::NoSuchDay(_))), "{text}");
        }
        for text in
            ["30/13", "3013", "30/00", "tháng 13", "cuối tháng 13", "2024-13", "2024-13-01", "30/13/2024"]
        {
            assert!(matches!(typed(text), Err(TimeError::NoSuchMonth(_))), "{text}: {:?}", typed(text));
        }
        assert_eq!(typed("cuối quý 5"), Err(TimeError::NoSuchQuarter(5)));
        assert_eq!(typed("30/6/0024"), Err(TimeError::NoSuchYear(24)));
        assert_eq!(typed("30/6/20245"), Err(TimeError::NoSuchYear(20245)));
        assert_eq!(typed("thường xuyên"), Err(TimeError::NoDeadline));
        assert_eq!(typed("trước ngày 15 hằng tháng"), Err(TimeError::ManyDays));
        for text in ["abc", "30/6/2024/1", "6 con mèo", "+7 con", "?", "+99999999999999999999"] {
            assert_eq!(typed(text), Err(TimeError::Unknown), "{text}");
        }
    }

    /// Between two keys a date is a date or unfinished, never wrong.
    #[test]
    fn half_a_date_is_not_a_wrong_one() {
        let whole = [
            "30/6",
            "30/06/2024",
            "30-6-2024",
            "30.6.24",
            "3006",
            "300624",
            "30062024",
            "2024-06-30",
            "05/05/2024",
            "6/2024",
            "12/2024",
            "cuối quý 2",
            "cuối tháng 6",
            "trước ngày 15/3",
            "chậm nhất ngày 30/6/2024",
            "30 tháng 6 năm 2024",
            "quý II",
            "đến hết năm",
            "hôm nay",
            "ngày mai",
            "hôm qua",
            "+7",
            "-3",
            "+2 tuần",
            "tomorrow",
            "end of Q2",
            "30 June 2024",
            "năm 2024",
            "6 tháng đầu năm",
        ];
        for text in whole {
            assert!(matches!(typed(text), Ok(Some(_))), "{text}: {:?}", typed(text));
            for (end, _) in text.char_indices() {
                let half = &text[..end];
                assert!(
                    matches!(typed(half), Ok(_) | Err(TimeError::Unfinished)),
                    "{half}: {:?}",
                    typed(half)
                );
            }
        }
        assert_eq!(typed("30/"), Err(TimeError::Unfinished));
        assert_eq!(typed("30/6/20"), Err(TimeError::Unfinished));
        assert_eq!(typed("chậm nh"), Err(TimeError::Unfinished));
    }

    /// The grammar itself says where a text has ended within a word or a form of it.
    #[test]
    fn what_ends_within_a_word_or_a_form_is_unfinished() {
        let begun = [
            "",
            "thường xu",
            "15/6, hoàn th",
            "sơ k",
            "báo cáo",
            "30 th",
            "tháng mư",
            "thứ h",
            "tháng 5/2",
            "2024-0",
            "15/0",
            "5/20",
            "trước",
            "từ",
            "17 giờ 0",
            "tuần th",
            "end o",
            "30 Ju",
            "ngày 20 hằng th",
            "02 lần/",
        ];
        let wrong = ["việc", "6 con", "giữa năm", "Quý I I", "Tháng 5, quý II", "30/13", "tháng 13", "32/1"];
        let is_unfinished = |text: &&str| read_time(text, 2024) == Err(TimeError::Unfinished);
        let refused = |text: &&str| read_time(text, 2024).is_err();
        assert_eq!(begun.iter().find(|text| !is_unfinished(text)), None);
        assert_eq!(wrong.iter().find(|text| is_unfinished(text) || !refused(text)), None);
    }

    #[test]
    fn the_week_ends_on_sunday() {
        let monday = day("2024-05-20");
        let marks: Vec<_> = monday.iter_days().take(7).map(|day| weekday_mark(day).vi).collect();
        assert_eq!(marks, ["T2", "T3", "T4", "T5", "T6", "T7", "CN"]);
        let weekend: Vec<_> = monday.iter_days().take(7).map(is_weekend).collect();
        assert_eq!(weekend, [false, false, false, false, false, true, true]);
        assert_eq!(weekday(monday).vi, "Thứ Hai");
    }
}
