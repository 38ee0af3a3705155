//! What a time means that a plan writes: `Quý II, III`, `5/2024`, `chậm nhất trước ngày 15/3/2023`.

use std::cell::Cell;

use chrono::{Datelike, NaiveDate};

use super::Quarters;
use super::error::TimeError;
use super::item::{self, TimeItem, checked_year};
use super::pattern::PatternCursor;
use super::reading::{self, Frame, Reading};
use super::token::{Token, tokens};
use crate::text;
use crate::words::Phrase;

/// What a written time means in the plan of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    quarters: Quarters,
    first: Option<NaiveDate>,
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
                "Định kỳ, không có một hạn cụ thể; giữ nguyên văn",
                "Recurring, so no single deadline; kept as text",
            )),
        }
    }
}

impl Period {
    /// All of the text, or why it has no clear meaning. A bare month or day is one of `year`, the plan's.
    pub fn read(text: &str, year: i32) -> Result<Self, TimeError> {
        Self::parse(&text::fold(text), Frame { year, today: None })
    }

    /// The same at any moment of the typing: a time that may still become one is unfinished.
    pub(super) fn typed(folded: &str, frame: Frame) -> Result<Self, TimeError> {
        let (tokens, expects_more) = (tokens(folded), Cell::new(false));
        let read = Self::of_tokens(PatternCursor::new(&tokens, &expects_more), frame);
        match read {
            Err(TimeError::Unknown) if expects_more.get() => Err(TimeError::Unfinished),
            Err(error) if is_half_a_number(error, &tokens) => Err(TimeError::Unfinished),
            read => read,
        }
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

    /// The day on which it begins; of a last day alone, that day. What has no end has none.
    pub fn first_day(self) -> Option<NaiveDate> {
        self.first
    }

    pub fn rhythm(self) -> Rhythm {
        self.rhythm
    }

    /// The last day, which is the deadline.
    pub fn deadline(self, year: i32) -> Option<NaiveDate> {
        self.due.or_else(|| Some(self.quarters.last()?.last_day(year)))
    }

    /// Reads a text that is already folded.
    fn parse(folded: &str, frame: Frame) -> Result<Self, TimeError> {
        Self::of_tokens(PatternCursor::new(&tokens(folded), &Cell::new(false)), frame)
    }

    fn of_tokens(text: PatternCursor<'_>, frame: Frame) -> Result<Self, TimeError> {
        checked_year(frame.year.into())?;
        let read = reading::read(text, frame)?;
        // The grammar has come to an end.
        text.expect_no_more();
        match read {
            Reading::Endless(rhythm) => {
                Ok(Self { quarters: Quarters::default(), first: None, due: None, rhythm })
            }
            Reading::Times(items) => Self::of(&items, frame.year),
        }
    }

    fn of(items: &[TimeItem], year: i32) -> Result<Self, TimeError> {
        let spans = item::spans(items, year)?;
        let last = spans.iter().max_by_key(|span| span.last).ok_or(TimeError::Unknown)?;
        let is_told = last.is_exact || last.last.year() != year;
        Ok(Self {
            quarters: spans.iter().flat_map(|span| span.quarters(year).iter()).collect(),
            first: spans.iter().map(|span| span.first).min(),
            due: is_told.then_some(last.last),
            rhythm: Rhythm::Once,
        })
    }
}

/// Whether a number at the end of the text is wrong only until the next key: `30/0`, `5/20` of 2024, `15-20` of a
/// month, `202406` of a day, and the minutes of `17 giờ 00`.
fn is_half_a_number(error: TimeError, tokens: &[Token<'_>]) -> bool {
    use Token::{Mark, Number, Word};
    match (error, tokens) {
        (TimeError::NoSuchDay(0) | TimeError::NoSuchMonth(0), [.., Number(last)]) if last.digits == 1 => {
            last.value == 0
        }
        (TimeError::NoSuchDay(_), [.., hour, Number(_)] | [.., hour, Number(_), Word(_)]) => {
            matches!(hour, Word("gio" | "h" | "g"))
        }
        (TimeError::NoSuchMonth(_), [Number(all)]) => {
            (190_001..220_000).contains(&all.value) && (1..=12).contains(&(all.value % 100))
        }
        (TimeError::NoSuchMonth(19..=21), [.., Number(_)]) => true,
        (TimeError::NoSuchMonth(13..=31), [Number(first), Mark('-'), Number(_)]) => first.digits < 3,
        _ => false,
    }
}

/// The quarters that a text means where quarters are asked for: `2`, `II-III`, `1,4`, or any time as plans write it.
pub fn read_quarters(text: &str, year: i32) -> Result<Quarters, TimeError> {
    let folded = text::fold(text);
    let is_number = |part: &str| part.len() == 1 && part.starts_with(|digit: char| digit.is_ascii_digit());
    let is_bare = !folded.is_empty()
        && folded.split([',', ';', '-', ' ']).all(|part| part.is_empty() || is_number(part));
    let folded = if is_bare { format!("quy {folded}") } else { folded };
    let period = Period::parse(&folded, Frame { year, today: None })?;
    if period.rhythm == Rhythm::Recurring { Err(TimeError::ManyDays) } else { Ok(period.quarters) }
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::super::Quarter;
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn within(quarters: &[usize], due: impl Into<Option<NaiveDate>>) -> Period {
        let quarters = quarters.iter().filter_map(|&number| Quarter::numbered(number)).collect();
        Period { quarters, first: None, due: due.into(), rhythm: Rhythm::Once }
    }

    fn endless(rhythm: Rhythm) -> Period {
        Period { quarters: Quarters::default(), first: None, due: None, rhythm }
    }

    /// In the plan of 2024; also decomposed, in capitals and without tones.
    #[track_caller]
    fn means(texts: &[&str], expected: impl Into<Option<Period>>) {
        let expected = expected.into();
        for text in texts {
            let variants = [(*text).to_owned(), text.nfd().collect(), text.to_uppercase(), text::fold(text)];
            for variant in variants {
                let read = Period::read(&variant, 2024).map(|period| Period { first: None, ..period });
                assert_eq!(read.ok(), expected, "{variant}");
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
            "15/3/202",
            "99999999999/2024",
            "0/2024",
            "kế hoạch 5 năm",
            "2024-2",
            "quý",
            "-",
            "1//2",
        ];
        means(&unclear, None);
        assert_eq!(Period::read("Quý I", i32::MAX), Err(TimeError::NoSuchYear(i32::MAX.into())));
    }

    #[test]
    fn a_time_has_a_first_day() {
        let first = |text| Period::read(text, 2024).ok().and_then(Period::first_day);
        assert_eq!(first("10/3 – 15/3"), Some(day("2024-03-10")));
        assert_eq!(first("Quý II, III"), Some(day("2024-04-01")));
        assert_eq!(first("tháng 5, trước 20/5"), Some(day("2024-05-01")));
        assert_eq!(first("từ 15/12 đến 15/01/2025"), Some(day("2024-12-15")));
        assert_eq!(first("trước ngày 15/3"), Some(day("2024-03-15")));
        assert_eq!(first("thường xuyên"), None);
    }

    #[test]
    fn the_deadline_is_the_last_day() {
        let deadline = |text| Period::read(text, 2024).ok().and_then(|period| period.deadline(2024));
        assert_eq!(deadline("Quý II, III"), Some(day("2024-09-30")));
        assert_eq!(deadline("10/2024"), Some(day("2024-10-31")));
        assert_eq!(deadline("Năm 2024"), Some(day("2024-12-31")));
        assert_eq!(deadline("hằng quý"), None);
    }
}
