//! What a time means that a plan writes: `Quý II, III`, `5/2024`, `chậm nhất trước ngày 15/3/2023`.

use chrono::{Datelike, NaiveDate};

use super::reading::{self, Reading};
use super::token::Number;
use super::{Quarter, Quarters};
use crate::text;
use crate::words::Phrase;

/// What a written time means in the plan of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    quarters: Quarters,
    due: Option<NaiveDate>,
    rhythm: Rhythm,
}

/// How often work ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    Once,
    /// Without an end, or with one that hangs on something else: `thường xuyên`, `sau khi có …`.
    Ongoing,
    /// Again and again: `trước ngày 15 hằng tháng`. That is no one deadline, and is kept as text.
    Recurring,
}

impl Rhythm {
    /// What is to be said of work that has no one deadline.
    pub const fn told(self) -> Option<Phrase> {
        match self {
            Self::Once => None,
            Self::Ongoing => Some(Phrase::new("Thường xuyên, không hạn", "Ongoing, no deadline")),
            Self::Recurring => Some(Phrase::new(
                "Lặp lại theo kỳ, không phải một hạn; ghi nguyên văn",
                "It comes round, which is no one deadline; kept as text",
            )),
        }
    }
}

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
    Unknown,
}

impl Period {
    /// Nothing where the text has no clear meaning. A bare month or day is one of `year`.
    pub fn read(text: &str, year: i32) -> Option<Self> {
        Self::parse(&text::fold(text), year).ok()
    }

    /// The quarters that the work stands in; none for work without an end.
    /// What lies outside the plan's year stands at the nearest end of it and keeps its day.
    pub fn quarters(self) -> Quarters {
        self.quarters
    }

    /// The last day, where the quarters do not say it: what belongs into the field `due`.
    pub fn due(self) -> Option<NaiveDate> {
        self.due
    }

    pub fn rhythm(self) -> Rhythm {
        self.rhythm
    }

    /// The last day, which is the deadline.
    pub fn deadline(self, year: i32) -> Option<NaiveDate> {
        self.due.or_else(|| Some(self.quarters.last()?.last_day(year)))
    }

    /// Reads a text that is already folded.
    pub(super) fn parse(folded: &str, year: i32) -> Result<Self, NotADate> {
        checked_year(year.into())?;
        match reading::read(folded)? {
            Reading::Endless(rhythm) => Ok(Self { quarters: Quarters::default(), due: None, rhythm }),
            Reading::Stretches(stretches) => Self::of(&stretches, year),
        }
    }

    fn of(stretches: &[Stretch], year: i32) -> Result<Self, NotADate> {
        let spans = stretches.iter().map(|stretch| stretch.span(year)).collect::<Result<Vec<_>, _>>()?;
        let last = spans.iter().max_by_key(|span| span.last).ok_or(NotADate::Unknown)?;
        let is_told = last.precision == Precision::Day || last.last.year() != year;
        Ok(Self {
            quarters: spans.iter().flat_map(|span| span.quarters(year).iter()).collect(),
            due: is_told.then_some(last.last),
            rhythm: Rhythm::Once,
        })
    }
}

/// The years of which a plan can speak; anything else is a slip of the finger.
pub(super) fn checked_year(year: i64) -> Result<i32, NotADate> {
    i32::try_from(year).ok().filter(|year| (1900..2200).contains(year)).ok_or(NotADate::NoSuchYear(year))
}

/// A year of two or four digits. `20` is how a year of four begins.
pub(super) fn written_year(written: Number) -> Result<i32, NotADate> {
    match (written.digits, written.value) {
        (2, 20) | (1 | 3, _) => Err(NotADate::Unfinished),
        (2, value) => checked_year(2000 + i64::from(value)),
        (_, value) => checked_year(value.into()),
    }
}

pub(super) fn checked_day(day: u32, month: u32, year: i32) -> Result<NaiveDate, NotADate> {
    if !(1..=12).contains(&month) {
        return Err(NotADate::NoSuchMonth(month));
    }
    if !(1..=31).contains(&day) {
        return Err(NotADate::NoSuchDay(day));
    }
    let days = || last_of_month(month, year).map_or(0, |last| last.day() as u8);
    NaiveDate::from_ymd_opt(year, month, day).ok_or_else(|| NotADate::ShortMonth {
        month,
        year,
        days: days(),
    })
}

pub(super) fn last_of_month(month: u32, year: i32) -> Result<NaiveDate, NotADate> {
    let first = checked_day(1, month, year)?;
    checked_day(first.num_days_in_month().into(), month, year)
}

/// One time, or the time from one to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub(super) first: Item,
    pub(super) last: Item,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub(super) unit: Unit,
    pub(super) year: Option<i32>,
    pub(super) part: Option<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    /// `6 tháng đầu năm`: so many months, from that end of the year.
    Months(u32),
    Quarter(u32),
    Month(u32),
    /// The month may stand with the next day: `15 - 20/3`.
    Day {
        day: u32,
        month: Option<u32>,
    },
}

/// A third: a month of a quarter, ten days of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Middle,
    Late,
}

/// Whether the last day is more than the end of a quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Precision {
    Quarter,
    Day,
}

#[derive(Debug, Clone, Copy)]
struct Span {
    first: NaiveDate,
    last: NaiveDate,
    precision: Precision,
}

impl Stretch {
    fn span(&self, year: i32) -> Result<Span, NotADate> {
        let (first, last) = (self.first.span(year)?, self.last.span(year)?);
        if first.first > last.last {
            return Err(NotADate::Unknown);
        }
        Ok(Span { first: first.first, ..last })
    }
}

impl Item {
    fn span(self, plan_year: i32) -> Result<Span, NotADate> {
        let year = checked_year(self.year.unwrap_or(plan_year).into())?;
        match (self.unit, self.part) {
            (Unit::Year, None) => Span::months(1, 12, year),
            (Unit::Year, Some(Part::Early)) => Span::months(1, 3, year),
            (Unit::Year, Some(Part::Late)) => Span::months(10, 12, year),
            (Unit::Year, Some(Part::Middle)) => Err(NotADate::Unknown),
            (Unit::Months(count), _) if !(1..=12).contains(&count) => Err(NotADate::NoSuchMonth(count)),
            (Unit::Months(count), Some(Part::Late)) => Span::months(13 - count, 12, year),
            (Unit::Months(count), _) => Span::months(1, count, year),
            (Unit::Quarter(number), part) => Span::quarter(number, part, year),
            (Unit::Month(month), part) => Span::month(month, part, year),
            (Unit::Day { day, month }, _) => {
                let day = checked_day(day, month.ok_or(NotADate::Unfinished)?, year)?;
                Ok(Span { first: day, last: day, precision: Precision::Day })
            }
        }
    }
}

impl Span {
    /// Whole months, which are no more exact than a quarter where they end with one.
    fn months(first: u32, last: u32, year: i32) -> Result<Self, NotADate> {
        let precision = if last.is_multiple_of(3) { Precision::Quarter } else { Precision::Day };
        Ok(Self { first: checked_day(1, first, year)?, last: last_of_month(last, year)?, precision })
    }

    fn quarter(number: u32, part: Option<Part>, year: i32) -> Result<Self, NotADate> {
        let quarter = Quarter::numbered(number as usize).ok_or(NotADate::NoSuchQuarter(number))?;
        let first = quarter.first_day(year).month();
        match part {
            None => Self::months(first, first + 2, year),
            Some(Part::Early) => Self::months(first, first, year),
            Some(Part::Middle) => Self::months(first + 1, first + 1, year),
            Some(Part::Late) => Self::months(first + 2, first + 2, year),
        }
    }

    fn month(month: u32, part: Option<Part>, year: i32) -> Result<Self, NotADate> {
        let (start, end) = (checked_day(1, month, year)?, last_of_month(month, year)?);
        let (first, last) = match part {
            None => (start, end),
            Some(Part::Early) => (start, checked_day(10, month, year)?),
            Some(Part::Middle) => (checked_day(11, month, year)?, checked_day(20, month, year)?),
            Some(Part::Late) => (checked_day(21, month, year)?, end),
        };
        Ok(Self { first, last, precision: Precision::Day })
    }

    fn quarters(&self, year: i32) -> Quarters {
        let (start, end) = (Quarter::Q1.first_day(year), Quarter::Q4.last_day(year));
        let first = Quarter::of(self.first.clamp(start, end));
        let last = Quarter::of(self.last.clamp(start, end));
        Quarter::ALL.into_iter().filter(|quarter| (first..=last).contains(quarter)).collect()
    }
}

impl Unit {
    pub(super) fn quarter(quarter: Quarter) -> Self {
        Self::Quarter(quarter.number() as u32)
    }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn within(quarters: &[usize], due: impl Into<Option<NaiveDate>>) -> Period {
        let quarters = quarters.iter().filter_map(|&number| Quarter::numbered(number)).collect();
        Period { quarters, due: due.into(), rhythm: Rhythm::Once }
    }

    fn endless(rhythm: Rhythm) -> Period {
        Period { quarters: Quarters::default(), due: None, rhythm }
    }

    /// In the plan of 2024; also decomposed, in capitals and without tones.
    #[track_caller]
    fn means(texts: &[&str], expected: impl Into<Option<Period>>) {
        let expected = expected.into();
        for text in texts {
            let variants = [(*text).to_owned(), text.nfd().collect(), text.to_uppercase(), text::fold(text)];
            for variant in variants {
                assert_eq!(Period::read(&variant, 2024), expected, "{variant}");
            }
        }
    }

    #[test]
    fn quarters_are_read() {
        means(
            &["Quý I", "quí I", "quý I/2024", "Q1", "quý 1", "Quý I năm 2024", "I", "Quý I."],
            within(&[1], None),
        );
        means(&["Trong quý III", "Quý III, năm 2024", "QIII", "quý 3/24", "hết quý III"], within(&[3], None));
        means(&["quí IV-2024", "Quý IV", "Quý IV 2024", "cuối năm", "đến cuối quý IV"], within(&[4], None));
        means(
            &["Quý I, II", "Quý I,II", "Quý I và quý II", "quý 1, 2", "Q1-Q2", "I–II"],
            within(&[1, 2], None),
        );
        means(
            &["Quý II - III", "từ quý II đến quý III", "quý 2, 3/2024", "Quý II; Quý III"],
            within(&[2, 3], None),
        );
        means(&["Quý I, III", "quý 1 và 3"], within(&[1, 3], None));
        means(&["đầu quý 2"], within(&[2], day("2024-04-30")));
        means(&["giữa quý II"], within(&[2], day("2024-05-31")));
        means(&["cuối quý 2", "cuối quý II/2024"], within(&[2], None));
    }

    #[test]
    fn parts_of_the_year_are_read() {
        let year = [
            "Năm 2024",
            "trong năm",
            "cả năm",
            "đến hết năm",
            "Trong năm 2024",
            "2024",
            "Từ nay đến hết năm",
        ];
        means(&year, within(&[1, 2, 3, 4], None));
        means(&["6 tháng đầu năm", "6 tháng đầu năm 2024", "nửa đầu năm"], within(&[1, 2], None));
        means(&["6 tháng cuối năm", "nửa cuối năm"], within(&[3, 4], None));
        means(&["9 tháng đầu năm"], within(&[1, 2, 3], None));
        means(&["4 tháng đầu năm"], within(&[1, 2], day("2024-04-30")));
        means(&["đầu năm"], within(&[1], None));
    }

    #[test]
    fn months_are_read() {
        let may = [
            "5/2024",
            "tháng 5/2024",
            "trong tháng 5",
            "T5/2024",
            "Tháng 05 năm 2024",
            "5-2024",
            "cuối tháng 5",
        ];
        means(&may, within(&[2], day("2024-05-31")));
        means(
            &["tháng 5, 6", "tháng 5-6/2024", "5-6/2024", "từ tháng 5 đến tháng 6"],
            within(&[2], day("2024-06-30")),
        );
        means(&["tháng 3, 6, 9"], within(&[1, 2, 3], day("2024-09-30")));
        means(&["tháng 10-11-12"], within(&[4], day("2024-12-31")));
        means(&["đầu tháng 6", "thượng tuần tháng 6"], within(&[2], day("2024-06-10")));
        means(&["giữa tháng 6", "trung tuần tháng 6"], within(&[2], day("2024-06-20")));
        means(&["tháng 2"], within(&[1], day("2024-02-29")));
    }

    #[test]
    fn days_are_read() {
        let march = [
            "trước ngày 15/3",
            "chậm nhất ngày 15/3",
            "chậm nhất trước ngày 15/3/2024",
            "xong trước ngày 15/3",
            "ngày 15/3",
            "15/3",
            "15-3-2024",
            "15.3.2024",
            "15/3/24",
            "2024-03-15",
            "Hoàn thành trước 15/3",
            "ngày 15 tháng 3",
            "trong ngày 15 tháng 3 năm 2024",
            "15 - 15/3",
            "10/3 - 15/3/2024",
            "đến 15/3",
            "từ ngày 10 đến ngày 15/3",
            "10, 15/3",
        ];
        means(&march, within(&[1], day("2024-03-15")));
        means(&["từ 15/3 đến 20/8"], within(&[1, 2, 3], day("2024-08-20")));
    }

    #[test]
    fn what_lies_outside_the_year_stands_at_its_end_and_keeps_its_day() {
        means(&["1/2025", "tháng 1 năm 2025", "31/1/2025"], within(&[4], day("2025-01-31")));
        means(&["12/2023"], within(&[1], day("2023-12-31")));
        means(&["Quý IV/2024 - Quý II/2025"], within(&[4], day("2025-06-30")));
        means(&["Quý IV/2023 - Quý II/2024", "11/2023 - Quý II/2024"], within(&[1, 2], None));
        means(&["năm 2023 - 2024"], within(&[1, 2, 3, 4], None));
        means(&["trong ngày 20 tháng 11 năm 2025"], within(&[4], day("2025-11-20")));
    }

    #[test]
    fn a_year_that_stands_once_is_the_year_of_all() {
        means(
            &["Quý I, II/2025", "Quý I - II/2025", "Quý I/2025 và quý II"],
            within(&[4], day("2025-06-30")),
        );
        means(&["10 - 15/3/2025", "10, 15/3/2025"], within(&[4], day("2025-03-15")));
        means(&["tháng 3/2025 đến tháng 5", "tháng 3 - 5/2025"], within(&[4], day("2025-05-31")));
    }

    #[test]
    fn work_without_a_deadline_is_ongoing() {
        let ongoing = [
            "Thường xuyên",
            "Thường xuyên trong năm 2024",
            "hằng năm",
            "hàng năm",
            "theo tiến độ công việc",
            "sau khi có hướng dẫn của Bộ Nội vụ",
            "Khi có yêu cầu",
            "Theo Kế hoạch số 12/KH-UBND",
        ];
        means(&ongoing, endless(Rhythm::Ongoing));
    }

    #[test]
    fn what_comes_round_has_no_one_deadline() {
        let recurring = [
            "trước ngày 15 hằng tháng",
            "Hằng quý",
            "hàng tháng",
            "trước ngày 15/12 hằng năm",
            "định kỳ hằng quý",
        ];
        means(&recurring, endless(Rhythm::Recurring));
    }

    #[test]
    fn what_is_not_clear_is_not_read() {
        let unclear = [
            "",
            "  ",
            ".",
            "Chào mừng 75 năm ngày 11/6/1948",
            "giai đoạn",
            "trước tháng 6",
            "từ quý II",
            "từ 15/3",
            "Quý V",
            "quý 5",
            "13/2024",
            "31/2",
            "ngày 15",
            "quý 3/4",
            "Quý IV - Quý II",
            "giữa năm",
            "tháng",
            "sau ngày 15/3",
            "trong tháng",
            "Quý I (trước 15/3)",
            "15/3/202",
            "99999999999/2024",
            "0/2024",
            "Thường xuyên, báo cáo trước ngày 15/12",
            "kế hoạch 5 năm",
            "2024-2",
            "quý",
            "-",
            "1//2",
        ];
        means(&unclear, None);
        assert_eq!(Period::read("Quý I", i32::MAX), None);
    }

    #[test]
    fn the_deadline_is_the_last_day() {
        let deadline = |text| Period::read(text, 2024).and_then(|period| period.deadline(2024));
        assert_eq!(deadline("Quý II, III"), Some(day("2024-09-30")));
        assert_eq!(deadline("10/2024"), Some(day("2024-10-31")));
        assert_eq!(deadline("Năm 2024"), Some(day("2024-12-31")));
        assert_eq!(deadline("hằng quý"), None);
    }
}
