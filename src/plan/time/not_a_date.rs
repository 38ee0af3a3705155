//! Why a text is not read as a time, and what can be written instead.

use std::fmt;

use chrono::{NaiveDate, Weekday};

use super::date::{weekday, weekday_name, write_date};
use crate::words::{Lang, Phrase};

/// Why a text is not read as a date or a time. See [`NotADate::message`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotADate {
    /// Nothing is wrong so far, but more must be typed.
    Unfinished,
    NoSuchDay(u32),
    /// The month has fewer days.
    ShortMonth {
        month: u32,
        year: i32,
        days: u8,
    },
    NoSuchMonth(u32),
    NoSuchQuarter(u32),
    NoSuchYear(i64),
    /// It says that there is no deadline, where a day was asked for.
    NoDeadline,
    /// It says many days, where one was asked for.
    ManyDays,
    /// It is told from today, where it must mean the same tomorrow.
    FromToday,
    /// `5-7/2024`, where one day was asked for.
    DayOrMonths,
    /// The last day that was told lies outside of the time that it belongs to.
    Outside {
        day: NaiveDate,
        first: NaiveDate,
        last: NaiveDate,
    },
    /// It ends before it begins.
    Backwards,
    /// It begins and does not end: `từ quý II`.
    NoEnd,
    /// `trước tháng 6` may mean its first day or its last.
    BeforeWhat,
    OtherWeekday {
        day: NaiveDate,
        weekday: Weekday,
    },
    Lunar,
    /// A day of completion that is still to come, and today.
    AfterToday(NaiveDate),
    Unknown,
}

/// What a text was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Time,
    Deadline,
    Completion,
    Today,
}

impl Asked {
    /// What can be written.
    const fn examples(self) -> Phrase {
        match self {
            Self::Time => Phrase::new(
                "Quý II, tháng 5/2024, trước ngày 15/3, thường xuyên",
                "Q2, 5/2024, before 15/3, ongoing",
            ),
            Self::Deadline => Phrase::new(
                "30/6, 30/06/2024, cuối quý 2, hôm nay, +7",
                "30/6, 30/06/2024, end of Q2, today, +7",
            ),
            Self::Completion => {
                Phrase::new("12/5, hôm qua, thứ 6 tuần trước, -3", "12/5, yesterday, last week, -3")
            }
            Self::Today => Phrase::new("20/05/2024, 2024-05-20", "2024-05-20, 20/05/2024"),
        }
    }
}

const UNREAD: Phrase = Phrase::new("Không đọc được thời gian", "Not read as a time");
const KEPT: Phrase =
    Phrase::new("chỉ ghi nguyên văn, quý và hạn giữ nguyên", "kept as text, quarters and deadline stay");

impl NotADate {
    /// What is wrong and what can be typed, in one line.
    pub fn message(self, asked: Asked, lang: Lang) -> String {
        let examples = asked.examples().say(lang);
        match (self, lang) {
            (Self::Unknown, Lang::Vi) if asked == Asked::Time => {
                format!("{}; gõ như {examples}", UNREAD.vi)
            }
            (Self::Unknown, Lang::En) if asked == Asked::Time => {
                format!("{}; type it as in {examples}", UNREAD.en)
            }
            (Self::Unfinished, Lang::Vi) => format!("Gõ tiếp, như {examples}"),
            (Self::Unfinished, Lang::En) => format!("Keep typing, as in {examples}"),
            (Self::Unknown, Lang::Vi) => format!("Không đọc được ngày; gõ như {examples}"),
            (Self::Unknown, Lang::En) => format!("Not a date; type it as in {examples}"),
            (_, Lang::Vi) => Vietnamese(self).to_string(),
            (_, Lang::En) => English(self).to_string(),
        }
    }

    /// What becomes of a task whose time is written so.
    pub fn kept_as_text(self, lang: Lang) -> String {
        let why = match self {
            Self::Unknown => UNREAD.say(lang).to_owned(),
            why => why.message(Asked::Time, lang),
        };
        format!("{why}; {}", KEPT.say(lang))
    }
}

struct Vietnamese(NotADate);

impl fmt::Display for Vietnamese {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            NotADate::NoSuchDay(day) => write!(f, "Không có ngày {day}: ngày từ 1 đến 31"),
            NotADate::ShortMonth { month, year, days } => {
                write!(f, "Tháng {month} năm {year} có {days} ngày")
            }
            NotADate::NoSuchMonth(month) => write!(f, "Không có tháng {month}: tháng từ 1 đến 12"),
            NotADate::NoSuchQuarter(quarter) => write!(f, "Không có quý {quarter}: quý từ 1 đến 4"),
            NotADate::NoSuchYear(year) => write!(f, "Năm {year} không đúng: gõ năm đủ bốn chữ số, như 2024"),
            NotADate::NoDeadline => write!(f, "Việc không hạn: để trống ô này"),
            NotADate::ManyDays => {
                write!(f, "Hạn định kỳ không phải một ngày cụ thể: gõ một ngày hoặc để trống")
            }
            NotADate::FromToday => write!(f, "Tính từ hôm nay thì mai đã khác: ghi ngày, như 30/6"),
            NotADate::DayOrMonths => write!(f, "Có thể là ngày hoặc các tháng: gõ như 5/7/2024 hoặc 7/2024"),
            NotADate::Outside { day, first, last } => write!(
                f,
                "Ngày {} nằm ngoài khoảng {} – {}",
                write_date(day),
                write_date(first),
                write_date(last)
            ),
            NotADate::Backwards => write!(f, "Kết thúc trước khi bắt đầu"),
            NotADate::NoEnd => write!(f, "Chưa có thời điểm kết thúc: ghi thêm “đến …”"),
            NotADate::BeforeWhat => write!(f, "“Trước” một tháng hay một quý chưa rõ là ngày nào: ghi ngày"),
            NotADate::OtherWeekday { day, weekday: said } => {
                let (is, said) = (weekday(day).vi, weekday_name(said).vi);
                write!(f, "Ngày {} là {is}, không phải {said}", write_date(day))
            }
            NotADate::Lunar => write!(f, "Ngày Tết và tháng âm lịch mỗi năm một khác: ghi ngày dương lịch"),
            NotADate::AfterToday(today) => {
                write!(f, "Ngày hoàn thành không thể sau hôm nay ({})", write_date(today))
            }
            NotADate::Unfinished | NotADate::Unknown => Ok(()),
        }
    }
}

struct English(NotADate);

impl fmt::Display for English {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
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
            NotADate::ManyDays => {
                write!(f, "A recurring deadline is not one day: type one, or leave this empty")
            }
            NotADate::FromToday => {
                write!(f, "Counted from today it would mean another day tomorrow: write the day, as in 30/6")
            }
            NotADate::DayOrMonths => write!(f, "A day, or months: type it as in 5/7/2024 or 7/2024"),
            NotADate::Outside { day, first, last } => {
                write!(f, "{} lies outside of {} – {}", write_date(day), write_date(first), write_date(last))
            }
            NotADate::Backwards => write!(f, "It ends before it begins"),
            NotADate::NoEnd => write!(f, "It has no end: add “đến …”"),
            NotADate::BeforeWhat => {
                write!(f, "“Before” a month or a quarter is not clear of a day: write the day")
            }
            NotADate::OtherWeekday { day, weekday: said } => {
                let (is, said) = (weekday(day).en, weekday_name(said).en);
                write!(f, "{} is a {is}, not a {said}", write_date(day))
            }
            NotADate::Lunar => {
                write!(f, "The days of Tết and of the lunar months move: write the solar date")
            }
            NotADate::AfterToday(today) => {
                write!(f, "The day of completion cannot be after today ({})", write_date(today))
            }
            NotADate::Unfinished | NotADate::Unknown => Ok(()),
        }
    }
}
