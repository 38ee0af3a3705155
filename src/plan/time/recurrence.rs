//! The days on which work comes round within a year: `trước ngày 15 hằng tháng` is twelve days.

use std::cell::Cell;

use chrono::{Datelike, NaiveDate};

use super::pattern::PatternCursor;
use super::period::{Period, Rhythm};
use super::token::tokens;
use super::{Column, Quarter, day_or_limit};
use crate::text;
use crate::words::Lang;

/// The months or quarters of the year by their names in plans, each with its day: the one that the text names, or the
/// last one. Nothing, if the text is not clear of that.
pub fn recurrences(text: &str, year: i32) -> Vec<(String, NaiveDate)> {
    if Period::read(text, year).map(Period::rhythm) != Ok(Rhythm::Recurring) {
        return Vec::new();
    }
    let (folded, more) = (text::fold(text), Cell::new(false));
    let tokens = tokens(&folded);
    let words = PatternCursor::new(&tokens, &more);
    let is_monthly = words.has("hang thang");
    let is_quarterly = words.has("hang quy") || words.has("thang cuoi quy");
    let Ok(day) = named_day(words) else { return Vec::new() };
    // The day of the month or quarter behind, and what comes round several times, is left to the user.
    if is_monthly == is_quarterly || words.has("thang|quy|ngay sau|tiep|ke") || words.has("# lan") {
        return Vec::new();
    }
    let last = |month: u32| last_day(month, day, year);
    match words.has("thang dau|giua quy") {
        _ if is_monthly => (1..=12).map(|month| (format!("Tháng {month}"), last(month))).collect(),
        true => Vec::new(),
        false => Quarter::ALL.map(|quarter| (name(quarter), last(quarter as u32 * 3 + 3))).into(),
    }
}

fn name(quarter: Quarter) -> String {
    Column::Quarter(quarter).label().say(Lang::Vi).to_owned()
}

/// The day of the month that is named, if one is. An error, if there are several.
fn named_day(words: PatternCursor<'_>) -> Result<Option<u32>, ()> {
    let found =
        (0..words.tokens.len()).filter_map(|at| words.as_it_is().after(at).find("ngay #;truoc|den #"));
    let days: Vec<u32> = found.map(|found| found.numbers[0].value).collect();
    match days.as_slice() {
        [] => Ok(None),
        [day @ 1..=31] => Ok(Some(*day)),
        _ => Err(()),
    }
}

/// A month that is shorter than the day that was named ends with its last.
fn last_day(month: u32, day: Option<u32>, year: i32) -> NaiveDate {
    let first = day_or_limit(year, month, 1);
    let length = u32::from(first.num_days_in_month());
    day_or_limit(year, month, day.unwrap_or(length).min(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> String {
        let days = recurrences(text, 2024);
        let short = |(_, day): &(String, NaiveDate)| day.format("%-d/%-m").to_string();
        days.iter().map(short).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn months_and_quarters_come_round() {
        let middle = "15/1 15/2 15/3 15/4 15/5 15/6 15/7 15/8 15/9 15/10 15/11 15/12";
        for text in [
            "trước ngày 15 hằng tháng",
            "Ngày 15 hàng tháng",
            "trước 15 hằng tháng",
            "hằng tháng, trước ngày 15",
            "Hằng tháng trước ngày 15",
            "before 15 every month",
            "ngày 15 mỗi tháng",
        ] {
            assert_eq!(days(text), middle, "{text}");
        }
        assert!(days("hằng tháng").starts_with("31/1 29/2 31/3"));
        assert!(days("ngày 30 hằng tháng").starts_with("30/1 29/2 30/3"));
        assert_eq!(days("Hằng quý"), "31/3 30/6 30/9 31/12");
        assert_eq!(days("trước ngày 15 tháng cuối quý"), "15/3 15/6 15/9 15/12");
        assert_eq!(days("định kỳ hằng quý"), "31/3 30/6 30/9 31/12");
        assert_eq!(recurrences("hằng quý", 2024)[1].0, "Quý II");
        assert_eq!(recurrences("hằng tháng", 2024)[11].0, "Tháng 12");
    }

    #[test]
    fn what_is_not_clear_is_left_to_the_user() {
        let unclear = [
            "Quý II",
            "thường xuyên",
            "hằng năm",
            "trước ngày 15/12 hằng năm",
            "ngày 15 và ngày 30 hằng tháng",
            "hằng tháng, hằng quý",
            "trước ngày 05 tháng sau của hằng tháng",
            "2 lần/tháng",
        ];
        for text in unclear {
            assert_eq!(days(text), "", "{text}");
        }
    }
}
