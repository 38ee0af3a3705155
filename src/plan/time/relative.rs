//! Times that are told from today: `hôm qua`, `+7`, `thứ Năm tuần trước`, `8 ngày trước`, `cuối tháng`.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta, Weekday};

use super::item::{Item, Unit, checked_year};
use super::not_a_date::NotADate;
use super::token::{Number, Token};

/// How far from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FromToday {
    Days(i64),
    /// The same day of another month.
    Months(i64),
    /// A day of this week or of one so many weeks on.
    Weekday(Weekday, i64),
    WholeMonth(i64),
    WholeQuarter(i64),
    WholeYear(i64),
}

/// The head of the text, if it is told from today, and how many tokens that takes. `+7` does only if nothing stands
/// before it, and so does the month that is not named: `cuối tháng`, but never `tháng` alone.
pub(super) fn read(tokens: &[Token<'_>], is_alone: bool) -> Option<(FromToday, usize)> {
    if is_alone && let Some(read) = counted(tokens) {
        return Some(read);
    }
    let (from_today, taken) = said(tokens).or_else(|| named(tokens, is_alone))?;
    let is_end = matches!(tokens.get(taken), None | Some(Token::Mark(',' | ')' | '&')));
    let is_end = is_end || matches!(tokens.get(taken), Some(Token::Mark('-') | Token::Word("den" | "to")));
    is_end.then_some((from_today, taken))
}

fn said(tokens: &[Token<'_>]) -> Option<(FromToday, usize)> {
    use Token::Word;
    let (days, taken) = match tokens {
        [Word("hom"), Word("kia"), ..] => (-2, 2),
        [Word("hom"), Word("qua"), ..] => (-1, 2),
        [Word("qua" | "yesterday"), ..] => (-1, 1),
        [Word("hom"), Word("nay"), ..] => (0, 2),
        [Word("nay" | "today"), ..] => (0, 1),
        [Word("ngay"), Word("mai"), ..] => (1, 2),
        [Word("mai" | "tomorrow"), ..] => (1, 1),
        [Word("ngay"), Word("kia" | "mot"), ..] => (2, 2),
        _ => return None,
    };
    Some((FromToday::Days(days), taken))
}

fn named(tokens: &[Token<'_>], is_alone: bool) -> Option<(FromToday, usize)> {
    use Token::Word;
    let (from_today, taken) = match *tokens {
        // Without its tone "tháng sau" is "tháng sáu".
        [Word("thang"), Word("sau"), ..] | [_, Word("thang"), Word("sau"), ..] => return None,
        [Token::Number(count), Word(unit), Word(side), ..] => {
            (so_many(signed(count, steps(side)?), unit)?, 3)
        }
        [Token::Weekday(weekday), Word("tuan"), Word(side), ..] => {
            (FromToday::Weekday(weekday, steps(side)?), 3)
        }
        [Token::Weekday(weekday), Word("nay"), ..] => (FromToday::Weekday(weekday, 0), 2),
        [Token::Weekday(weekday), ..] => (FromToday::Weekday(weekday, 0), 1),
        [Word("tuan"), Word(side), ..] if steps(side)? != 0 => (FromToday::Days(7 * steps(side)?), 2),
        [Word(side @ ("last" | "next")), Word("tuan"), ..] => (FromToday::Days(7 * steps(side)?), 2),
        [Word(unit @ ("thang" | "quy" | "nam")), Word(side), ..] => (whole(unit, steps(side)?)?, 2),
        [Word(unit @ ("thang" | "quy")), ..] if !is_alone => (whole(unit, 0)?, 1),
        _ => return None,
    };
    Some((from_today, taken))
}

/// `+7`, `-3`, `+2 tuần`, `+1 tháng`, and nothing else.
fn counted(tokens: &[Token<'_>]) -> Option<(FromToday, usize)> {
    use Token::{Mark, Word};
    let sign = |mark: &char| if *mark == '-' { -1 } else { 1 };
    match tokens {
        [Mark(mark @ ('+' | '-')), Token::Number(count)] => {
            Some((FromToday::Days(signed(*count, sign(mark))), 2))
        }
        [Mark(mark @ ('+' | '-')), Token::Number(count), Word(unit)] => {
            Some((so_many(signed(*count, sign(mark)), unit)?, 3))
        }
        _ => None,
    }
}

fn signed(count: Number, sign: i64) -> i64 {
    i64::from(count.value) * sign
}

fn so_many(count: i64, unit: &str) -> Option<FromToday> {
    Some(match unit {
        "ngay" | "d" => FromToday::Days(count),
        "tuan" | "w" => FromToday::Days(count * 7),
        "thang" | "m" => FromToday::Months(count),
        _ => return None,
    })
}

fn whole(unit: &str, steps: i64) -> Option<FromToday> {
    Some(match unit {
        "thang" => FromToday::WholeMonth(steps),
        "quy" => FromToday::WholeQuarter(steps),
        "nam" => FromToday::WholeYear(steps),
        _ => return None,
    })
}

/// Which of the days, weeks or months: this one, the last or the next.
fn steps(side: &str) -> Option<i64> {
    Some(match side {
        "nay" => 0,
        "truoc" | "qua" | "ago" | "last" => -1,
        "sau" | "den" | "nua" | "next" => 1,
        _ => return None,
    })
}

impl FromToday {
    pub(super) fn item(self, today: NaiveDate) -> Result<Item, NotADate> {
        let month = |steps: i64| by_months(today, steps);
        Ok(match self {
            Self::Days(days) => on(by_days(today, days)?)?,
            Self::Months(months) => on(month(months)?)?,
            Self::Weekday(weekday, weeks) => {
                let monday = today - Days::new(today.weekday().num_days_from_monday().into());
                on(by_days(monday, weeks * 7 + i64::from(weekday.num_days_from_monday()))?)?
            }
            Self::WholeMonth(steps) => {
                let month = month(steps)?;
                Item::of(Unit::Month(month.month()), Some(checked_year(month.year().into())?))
            }
            Self::WholeQuarter(steps) => {
                let month = month(steps * 3)?;
                Item::of(Unit::Quarter(month.month0() / 3 + 1), Some(checked_year(month.year().into())?))
            }
            Self::WholeYear(steps) => {
                Item::of(Unit::Year, Some(checked_year(i64::from(today.year()) + steps)?))
            }
        })
    }
}

fn on(day: NaiveDate) -> Result<Item, NotADate> {
    checked_year(day.year().into()).map(|_| Item::of(Unit::On(day), None))
}

fn by_days(day: NaiveDate, days: i64) -> Result<NaiveDate, NotADate> {
    let moved = TimeDelta::try_days(days).and_then(|delta| day.checked_add_signed(delta));
    moved.ok_or(NotADate::Unknown)
}

fn by_months(day: NaiveDate, count: i64) -> Result<NaiveDate, NotADate> {
    let months = Months::new(u32::try_from(count.unsigned_abs()).map_err(|_| NotADate::Unknown)?);
    let moved = if count < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) };
    moved.ok_or(NotADate::Unknown)
}
