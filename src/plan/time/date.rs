//! A date as it is typed into a field, and as it is shown.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

use super::period::{self, NotADate, Period, Rhythm};
use super::token::Number;
use crate::text;
use crate::words::{Lang, Phrase};

/// Reads what is typed into a field for a day, at any moment of the typing. An empty field is no day.
///
/// A day of the month or a period without a year is one of `year`, the plan's. A period means its last day.
/// `+7` and `-3` count from `today`.
pub fn read_date(text: &str, year: i32, today: NaiveDate) -> Result<Option<NaiveDate>, NotADate> {
    let folded = text::fold(text);
    if folded.is_empty() {
        return Ok(None);
    }
    match read_folded(&folded, year, today) {
        Ok(day) => Ok(Some(day)),
        Err(NotADate::Unknown) if is_beginning(&folded, year, today) => Err(NotADate::Unfinished),
        Err(not_a_date) => Err(not_a_date),
    }
}

/// A day as people write it: `30/06/2024`.
pub fn write_date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// The day without its year, where that is known: `30/06`.
pub fn write_short_date(day: NaiveDate) -> String {
    day.format("%d/%m").to_string()
}

/// A day with its year, and with its weekday where offices are closed then: `30/06/2024 (CN)`.
pub fn write_marked_date(day: NaiveDate, lang: Lang) -> String {
    let written = write_date(day);
    if is_weekend(day) { format!("{written} ({})", weekday_mark(day).say(lang)) } else { written }
}

/// How far a deadline is, counted in calendar days: `còn 5 ngày`, `hôm nay`, `quá hạn 3 ngày`.
pub fn days_left(days: i64, lang: Lang) -> String {
    match (lang, days) {
        (_, 0) => Phrase::new("hôm nay", "today").say(lang).to_owned(),
        (Lang::Vi, 1..) => format!("còn {days} ngày"),
        (Lang::Vi, _) => format!("quá hạn {} ngày", -days),
        (Lang::En, 1..) => format!("{} left", days_in_words(days, lang)),
        (Lang::En, _) => format!("{} overdue", days_in_words(-days, lang)),
    }
}

pub fn days_in_words(days: i64, lang: Lang) -> String {
    match (lang, days) {
        (Lang::Vi, _) => format!("{days} ngày"),
        (Lang::En, 1) => "1 day".to_owned(),
        (Lang::En, _) => format!("{days} days"),
    }
}

pub fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

pub fn weekday(day: NaiveDate) -> Phrase {
    match day.weekday() {
        Weekday::Mon => Phrase::new("Thứ Hai", "Monday"),
        Weekday::Tue => Phrase::new("Thứ Ba", "Tuesday"),
        Weekday::Wed => Phrase::new("Thứ Tư", "Wednesday"),
        Weekday::Thu => Phrase::new("Thứ Năm", "Thursday"),
        Weekday::Fri => Phrase::new("Thứ Sáu", "Friday"),
        Weekday::Sat => Phrase::new("Thứ Bảy", "Saturday"),
        Weekday::Sun => Phrase::new("Chủ nhật", "Sunday"),
    }
}

/// The weekday in two or three letters, as calendars have it: `T2`, `CN`.
pub fn weekday_mark(day: NaiveDate) -> Phrase {
    match day.weekday() {
        Weekday::Mon => Phrase::new("T2", "Mon"),
        Weekday::Tue => Phrase::new("T3", "Tue"),
        Weekday::Wed => Phrase::new("T4", "Wed"),
        Weekday::Thu => Phrase::new("T5", "Thu"),
        Weekday::Fri => Phrase::new("T6", "Fri"),
        Weekday::Sat => Phrase::new("T7", "Sat"),
        Weekday::Sun => Phrase::new("CN", "Sun"),
    }
}

impl NotADate {
    /// What is wrong and what can be typed, in one line.
    pub fn message(self, lang: Lang) -> String {
        match lang {
            Lang::Vi => Vietnamese(self).to_string(),
            Lang::En => English(self).to_string(),
        }
    }
}

struct Vietnamese(NotADate);

impl fmt::Display for Vietnamese {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            NotADate::Unfinished => write!(f, "Gõ tiếp, như 30/6, 30/06/2024, cuối quý 2"),
            NotADate::NoSuchDay(day) => write!(f, "Không có ngày {day}: ngày từ 1 đến 31"),
            NotADate::ShortMonth { month, year, days } => {
                write!(f, "Tháng {month} năm {year} có {days} ngày")
            }
            NotADate::NoSuchMonth(month) => write!(f, "Không có tháng {month}: tháng từ 1 đến 12"),
            NotADate::NoSuchQuarter(quarter) => write!(f, "Không có quý {quarter}: quý từ 1 đến 4"),
            NotADate::NoSuchYear(year) => write!(f, "Năm {year} không đúng: gõ năm đủ bốn chữ số, như 2024"),
            NotADate::NoDeadline => write!(f, "Việc không hạn: để trống ô này"),
            NotADate::ManyDays => write!(f, "Hạn lặp lại không phải một ngày: gõ một ngày hoặc để trống"),
            NotADate::Unknown => {
                write!(f, "Không đọc được ngày; gõ như 30/6, 30/06/2024, cuối quý 2, hôm nay, +7")
            }
        }
    }
}

struct English(NotADate);

impl fmt::Display for English {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            NotADate::Unfinished => write!(f, "Type on, as in 30/6, 30/06/2024, end of Q2"),
            NotADate::NoSuchDay(day) => write!(f, "There is no day {day}: days are 1 to 31"),
            NotADate::ShortMonth { month, year, days } => {
                write!(f, "Month {month} of {year} has {days} days")
            }
            NotADate::NoSuchMonth(month) => {
                write!(f, "There is no month {month}: months are 1 to 12, day first")
            }
            NotADate::NoSuchQuarter(quarter) => {
                write!(f, "There is no quarter {quarter}: quarters are 1 to 4")
            }
            NotADate::NoSuchYear(year) => {
                write!(f, "The year {year} is not right: type four digits, as in 2024")
            }
            NotADate::NoDeadline => write!(f, "Work without a deadline: leave this empty"),
            NotADate::ManyDays => write!(f, "What comes round is not one day: type one, or leave this empty"),
            NotADate::Unknown => {
                write!(f, "Not a date; type it as in 30/6, 30/06/2024, end of Q2, today, +7")
            }
        }
    }
}

/// What may stand between day, month and year.
const SIGNS: [char; 4] = ['/', '-', '.', ' '];

fn read_folded(folded: &str, year: i32, today: NaiveDate) -> Result<NaiveDate, NotADate> {
    if let Some(days) = said(folded) {
        return moved(today, days);
    }
    if folded.starts_with(['+', '-']) {
        return counted(folded, today);
    }
    if folded.chars().all(|sign| sign.is_ascii_digit() || SIGNS.contains(&sign)) {
        return numbered(folded, period::checked_year(year.into())?);
    }
    let period = Period::parse(folded, year)?;
    match period.rhythm() {
        Rhythm::Once => period.deadline(year).ok_or(NotADate::Unknown),
        Rhythm::Ongoing => Err(NotADate::NoDeadline),
        Rhythm::Recurring => Err(NotADate::ManyDays),
    }
}

/// The days from today that a word means.
fn said(folded: &str) -> Option<i64> {
    match folded {
        "hom kia" => Some(-2),
        "hom qua" | "qua" | "yesterday" => Some(-1),
        "hom nay" | "nay" | "today" => Some(0),
        "mai" | "ngay mai" | "tomorrow" => Some(1),
        "ngay kia" | "ngay mot" => Some(2),
        _ => None,
    }
}

fn moved(today: NaiveDate, days: i64) -> Result<NaiveDate, NotADate> {
    let day = TimeDelta::try_days(days).and_then(|delta| today.checked_add_signed(delta));
    let day = day.ok_or(NotADate::Unknown)?;
    period::checked_year(day.year().into()).map(|_| day)
}

/// `+7`, `-3`, `+2 tuần`, `+1 tháng`.
fn counted(folded: &str, today: NaiveDate) -> Result<NaiveDate, NotADate> {
    let (sign, rest) = folded.split_at(1);
    let rest = rest.trim_start();
    let (count, unit) = rest.split_at(rest.find(|digit: char| !digit.is_ascii_digit()).unwrap_or(rest.len()));
    if rest.is_empty() {
        return Err(NotADate::Unfinished);
    }
    let count: i64 = format!("{sign}{count}").parse().map_err(|_| NotADate::Unknown)?;
    match unit.trim_start() {
        "" | "ngay" | "d" | "day" | "days" => moved(today, count),
        "tuan" | "w" | "week" | "weeks" => moved(today, count.saturating_mul(7)),
        "thang" | "m" | "month" | "months" => moved_by_months(today, count),
        _ => Err(NotADate::Unknown),
    }
}

fn moved_by_months(today: NaiveDate, count: i64) -> Result<NaiveDate, NotADate> {
    let months = Months::new(u32::try_from(count.unsigned_abs()).map_err(|_| NotADate::Unknown)?);
    let day = if count < 0 { today.checked_sub_months(months) } else { today.checked_add_months(months) };
    day.ok_or(NotADate::Unknown).and_then(|day| moved(day, 0))
}

/// A date in digits alone, whatever signs stand between them.
fn numbered(folded: &str, year: i32) -> Result<NaiveDate, NotADate> {
    let numbers: Vec<_> = folded.split(SIGNS).filter(|digits| !digits.is_empty()).map(Number::read).collect();
    let is_to_go_on = folded.ends_with(SIGNS);
    match *numbers.as_slice() {
        [number] if number.digits == folded.len() => together(number, folded, year),
        [first] => day_begun(first),
        [first, second] => match two_numbers(first, second, year) {
            Ok(_) if is_to_go_on => Err(NotADate::Unfinished),
            read => read,
        },
        [year, month, day] if year.digits == 4 => three_numbers(day, month, year),
        [day, month, year] => three_numbers(day, month, year),
        _ => Err(NotADate::Unknown),
    }
}

fn three_numbers(day: Number, month: Number, year: Number) -> Result<NaiveDate, NotADate> {
    let year = period::written_year(year)?;
    if [day, month].iter().any(|number| number.value == 0 && number.digits == 1) {
        return Err(NotADate::Unfinished);
    }
    period::checked_day(day.value, month.value, year)
}

/// `30/6`, `6/2024`, or the beginning of `2024-06-30`.
fn two_numbers(first: Number, second: Number, year: i32) -> Result<NaiveDate, NotADate> {
    match (first.digits, second.digits) {
        (4, _) => {
            period::written_year(first)?;
            match second.value {
                0 if second.digits == 1 => Err(NotADate::Unfinished),
                1..=12 => Err(NotADate::Unfinished),
                month => Err(NotADate::NoSuchMonth(month)),
            }
        }
        (_, 4) => period::last_of_month(first.value, period::written_year(second)?),
        // The year of `6/2024` is being typed.
        (_, 2) if first.value <= 12 && second.value == 20 => Err(NotADate::Unfinished),
        (_, 3) if first.value <= 12 => Err(NotADate::Unfinished),
        (_, 1) if second.value == 0 => day_begun(first),
        _ => period::checked_day(first.value, second.value, year),
    }
}

/// A first number alone: a day whose month is still to come, or the year of `2024-06-30`.
fn day_begun(first: Number) -> Result<NaiveDate, NotADate> {
    match first.value {
        0 if first.digits == 1 => Err(NotADate::Unfinished),
        1..=31 => Err(NotADate::Unfinished),
        year if first.digits == 4 => period::checked_year(year.into()).and(Err(NotADate::Unfinished)),
        day => Err(NotADate::NoSuchDay(day)),
    }
}

/// Digits without a sign, as the number pad is quickest with: `3006`, `300624`, `30062024`, also `20240630`.
fn together(number: Number, digits: &str, year: i32) -> Result<NaiveDate, NotADate> {
    let part = |from: usize, to: usize| Number::read(&digits[from..to]);
    match number.digits {
        1 | 2 => day_begun(number),
        3 | 5 | 7 => day_begun(part(0, 2)),
        4 => match period::checked_day(part(0, 2).value, part(2, 4).value, year) {
            Err(_) if period::checked_year(number.value.into()).is_ok() => Err(NotADate::Unfinished),
            read => read,
        },
        6 => three_numbers(part(0, 2), part(2, 4), part(4, 6)),
        8 if part(2, 4).value > 12 => three_numbers(part(6, 8), part(4, 6), part(0, 4)),
        8 => three_numbers(part(0, 2), part(2, 4), part(4, 8)),
        _ => Err(NotADate::Unknown),
    }
}

/// Whether something can be typed behind the text that makes a date of it.
fn is_beginning(folded: &str, year: i32, today: NaiveDate) -> bool {
    let begun = folded.trim_end_matches(char::is_alphabetic).len();
    let (base, word) = folded.split_at(begun);
    let is_word = |whole: &&&str| if word.is_empty() { whole.is_empty() } else { whole.starts_with(word) };
    WORDS.iter().filter(is_word).any(|whole| {
        ENDINGS.iter().any(|ending| read_folded(&format!("{base}{whole}{ending}"), year, today).is_ok())
    })
}

/// What a date in words is made of, and how it may end.
const WORDS: &[&str] = &[
    "",
    "ngay",
    "thang",
    "quy",
    "nam",
    "tuan",
    "truoc",
    "cham nhat",
    "nhat",
    "dau",
    "giua",
    "cuoi",
    "trong",
    "den",
    "het",
    "tu",
    "hom nay",
    "hom qua",
    "hom kia",
    "nay",
    "qua",
    "kia",
    "mai",
    "mot",
    "today",
    "tomorrow",
    "yesterday",
    "end of",
    "of",
    "by",
    "before",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "month",
    "quarter",
    "year",
    "weeks",
    "days",
];
const ENDINGS: &[&str] =
    &["", "1", "4", "24", "024", "/1", " 1", " 1/1", " 2024", " nam", " quy 1", " thang 1", " mai"];

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// On Monday, 20 May 2024, in the plan of 2024.
    fn typed(text: &str) -> Result<Option<NaiveDate>, NotADate> {
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
            Err(NotADate::ShortMonth { month: 2, year: 2023, days: 28 })
        );
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(typed("31/2"), Err(NotADate::ShortMonth { month: 2, year: 2024, days: 29 }));
        assert_eq!(typed("31/2").unwrap_err().message(Lang::Vi), "Tháng 2 năm 2024 có 29 ngày");
        assert_eq!(typed("31/2").unwrap_err().message(Lang::En), "Month 2 of 2024 has 29 days");
        assert_eq!(typed("trước ngày 31/6"), Err(NotADate::ShortMonth { month: 6, year: 2024, days: 30 }));
        for text in ["32", "32/", "32/1", "00/1", "3206", "ngày 32/1"] {
            assert!(matches!(typed(text), Err(NotADate::NoSuchDay(_))), "{text}");
        }
        for text in
            ["30/13", "3013", "30/00", "tháng 13", "cuối tháng 13", "2024-13", "2024-13-01", "30/13/2024"]
        {
            assert!(matches!(typed(text), Err(NotADate::NoSuchMonth(_))), "{text}: {:?}", typed(text));
        }
        assert_eq!(typed("cuối quý 5"), Err(NotADate::NoSuchQuarter(5)));
        assert_eq!(typed("30/6/0024"), Err(NotADate::NoSuchYear(24)));
        assert_eq!(typed("30/6/20245"), Err(NotADate::NoSuchYear(20245)));
        assert_eq!(typed("thường xuyên"), Err(NotADate::NoDeadline));
        assert_eq!(typed("trước ngày 15 hằng tháng"), Err(NotADate::ManyDays));
        for text in ["abc", "30/6/2024/1", "6 con mèo", "+7 con", "?", "+99999999999999999999"] {
            assert_eq!(typed(text), Err(NotADate::Unknown), "{text}");
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
                    matches!(typed(half), Ok(_) | Err(NotADate::Unfinished)),
                    "{half}: {:?}",
                    typed(half)
                );
            }
        }
        assert_eq!(typed("30/"), Err(NotADate::Unfinished));
        assert_eq!(typed("30/6/20"), Err(NotADate::Unfinished));
        assert_eq!(typed("cuối q"), Err(NotADate::Unfinished));
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
