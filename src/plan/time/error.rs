//! Why a text is not read as a time, and what can be written instead.

use chrono::{NaiveDate, Weekday};

use super::date::{weekday, weekday_name, write_date};
use crate::words::{Lang, Phrase, tr};

/// Why a text is not read as a date or a time. See [`TimeError::message`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeError {
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
const NO_DAY: Phrase = Phrase::new("Không đọc được ngày", "Not a date");
const KEPT: Phrase =
    Phrase::new("chỉ ghi nguyên văn, quý và hạn giữ nguyên", "kept as text, quarters and deadline stay");

impl TimeError {
    /// What is wrong and what can be typed, in one line.
    pub fn message(self, asked: Asked, lang: Lang) -> String {
        let examples = asked.examples().say(lang);
        match self {
            Self::Unknown => {
                let unread = if asked == Asked::Time { UNREAD } else { NO_DAY }.say(lang);
                tr!(lang, "{unread}; gõ như {examples}", "{unread}; type it as in {examples}")
            }
            Self::Unfinished => tr!(lang, "Gõ tiếp, như {examples}", "Keep typing, as in {examples}"),
            _ => self.label().map_or_else(|| self.of_numbers(lang), |label| label.say(lang).to_owned()),
        }
    }

    /// The same within a sentence.
    pub fn within(self, asked: Asked, lang: Lang) -> String {
        let message = self.message(asked, lang);
        let mut letters = message.chars();
        let first = letters.next().into_iter().flat_map(char::to_lowercase);
        first.chain(letters).collect()
    }

    /// What becomes of a task whose time is written so.
    pub fn kept_as_text(self, lang: Lang) -> String {
        let why = match self {
            Self::Unknown => UNREAD.say(lang).to_owned(),
            why => why.message(Asked::Time, lang),
        };
        format!("{why}; {}", KEPT.say(lang))
    }

    /// What is wrong, where nothing has to be named.
    const fn label(self) -> Option<Phrase> {
        Some(match self {
            Self::NoDeadline => {
                Phrase::new("Việc không hạn: để trống ô này", "Work without a deadline: leave this empty")
            }
            Self::ManyDays => Phrase::new(
                "Hạn định kỳ không phải một ngày cụ thể: gõ một ngày hoặc để trống",
                "A recurring deadline is not one day: type one, or leave this empty",
            ),
            Self::FromToday => Phrase::new(
                "Tính từ hôm nay thì mai đã khác: ghi ngày, như 30/6",
                "Counted from today it would mean another day tomorrow: write the day, as in 30/6",
            ),
            Self::DayOrMonths => Phrase::new(
                "Có thể là ngày hoặc các tháng: gõ như 5/7/2024 hoặc 7/2024",
                "A day, or months: type it as in 5/7/2024 or 7/2024",
            ),
            Self::Backwards => Phrase::new("Kết thúc trước khi bắt đầu", "It ends before it begins"),
            Self::NoEnd => {
                Phrase::new("Chưa có thời điểm kết thúc: ghi thêm “đến …”", "It has no end: add “đến …”")
            }
            Self::BeforeWhat => Phrase::new(
                "“Trước” một tháng hay một quý chưa rõ là ngày nào: ghi ngày",
                "“Before” a month or a quarter is not clear of a day: write the day",
            ),
            Self::Lunar => Phrase::new(
                "Ngày Tết và tháng âm lịch mỗi năm một khác: ghi ngày dương lịch",
                "The days of Tết and of the lunar months move: write the solar date",
            ),
            _ => return None,
        })
    }

    fn of_numbers(self, lang: Lang) -> String {
        match self {
            Self::NoSuchDay(day) => {
                tr!(lang, "Không có ngày {day}: ngày từ 1 đến 31", "There is no day {day}: days are 1 to 31")
            }
            Self::ShortMonth { month, year, days } => {
                tr!(
                    lang,
                    "Tháng {month} năm {year} có {days} ngày",
                    "Month {month} of {year} has {days} days"
                )
            }
            Self::NoSuchMonth(month) => tr!(
                lang,
                "Không có tháng {month}: tháng từ 1 đến 12",
                "There is no month {month}: months are 1 to 12, day first"
            ),
            Self::NoSuchQuarter(quarter) => tr!(
                lang,
                "Không có quý {quarter}: quý từ 1 đến 4",
                "There is no quarter {quarter}: quarters are 1 to 4"
            ),
            Self::NoSuchYear(year) => tr!(
                lang,
                "Năm {year} không đúng: gõ năm đủ bốn chữ số, như 2024",
                "The year {year} is not right: type four digits, as in 2024"
            ),
            _ => self.of_days(lang),
        }
    }

    fn of_days(self, lang: Lang) -> String {
        match self {
            Self::Outside { day, first, last } => {
                let [day, first, last] = [day, first, last].map(write_date);
                tr!(
                    lang,
                    "Ngày {day} nằm ngoài khoảng {first} – {last}",
                    "{day} lies outside of {first} – {last}"
                )
            }
            Self::OtherWeekday { day, weekday: written } => {
                let (is, written) = (weekday(day).say(lang), weekday_name(written).say(lang));
                let day = write_date(day);
                tr!(lang, "Ngày {day} là {is}, không phải {written}", "{day} is a {is}, not a {written}")
            }
            Self::AfterToday(today) => {
                let today = write_date(today);
                tr!(
                    lang,
                    "Ngày hoàn thành không thể sau hôm nay ({today})",
                    "The day of completion cannot be after today ({today})"
                )
            }
            _ => String::new(),
        }
    }
}
