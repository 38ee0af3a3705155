//! Times that are told from today: `hôm qua`, `+7`, `thứ Năm tuần trước`, `8 ngày trước`, `cuối tháng`.

use chrono::{Datelike, Months, NaiveDate, TimeDelta};

use super::error::TimeError;
use super::item::{TimeItem, Unit, checked_year};
use super::pattern::PatternCursor;

/// What is counted from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RelativeStep {
    Days,
    /// To the same day of another month.
    Months,
    /// A day of this week or of one so many weeks on.
    Weekday,
    WholeMonth,
    WholeQuarter,
    WholeYear,
}

/// What a text says, what that counts, and how many steps it is: for each that is counted, on the side that is told.
type RelativeRow = (&'static str, RelativeStep, i64);

/// Nothing stands before these.
const COUNTED: [RelativeRow; 3] = [
    ("± # $;± # ngay|d $", RelativeStep::Days, 1),
    ("± # tuan|w $", RelativeStep::Days, 7),
    ("± # thang|m $", RelativeStep::Months, 1),
];

const NAMED: [RelativeRow; 15] = [
    ("hom kia", RelativeStep::Days, -2),
    ("hom qua;qua|yesterday", RelativeStep::Days, -1),
    ("hom nay;nay|today", RelativeStep::Days, 0),
    ("ngay mai;mai|tomorrow", RelativeStep::Days, 1),
    ("ngay kia|mot", RelativeStep::Days, 2),
    ("# ngay|d S", RelativeStep::Days, 1),
    ("# tuan|w S", RelativeStep::Days, 7),
    ("# thang|m S", RelativeStep::Months, 1),
    ("W tuan S", RelativeStep::Weekday, 1),
    ("W nay;W", RelativeStep::Weekday, 0),
    ("tuan truoc|qua|ago|last;last tuan", RelativeStep::Days, -7),
    ("tuan sau|den|nua|next;next tuan", RelativeStep::Days, 7),
    ("thang S", RelativeStep::WholeMonth, 1),
    ("quy S", RelativeStep::WholeQuarter, 1),
    ("nam S", RelativeStep::WholeYear, 1),
];

/// Behind words alone: `cuối tháng`, but never `tháng`.
const UNNAMED: [RelativeRow; 2] =
    [("thang >$|,|)|&|-", RelativeStep::WholeMonth, 0), ("quy >$|,|)|&|-", RelativeStep::WholeQuarter, 0)];

/// What stands behind a time that is told from today.
const END: &str = ">$|,|)|&|-|den|to";

/// Takes the head of the text, if it is told from today, which must be known.
pub(super) fn take(
    text: &mut PatternCursor<'_>,
    is_alone: bool,
    today: Option<NaiveDate>,
) -> Option<Result<TimeItem, TimeError>> {
    // Without its tone "tháng sau" is "tháng sáu".
    if text.begins("thang sau") || text.tokens.len() > 2 && text.after(1).begins("thang sau") {
        return None;
    }
    let mut rows = if is_alone { COUNTED.iter().chain(&NAMED) } else { NAMED.iter().chain(&UNNAMED) };
    let (&(_, step, count), found) = rows.find_map(|row| Some((row, text.find(row.0)?)))?;
    if !text.after(found.length).begins(END) {
        return None;
    }
    text.skip(found.length);
    let (number, count) = (i64::from(found.numbers[0].value), count * found.side);
    Some(today.ok_or(TimeError::FromToday).and_then(|today| match step {
        RelativeStep::Days => on(by_days(today, count * number)?),
        RelativeStep::Months => on(by_months(today, count * number)?),
        RelativeStep::Weekday => {
            let monday = by_days(today, -i64::from(today.weekday().num_days_from_monday()))?;
            on(by_days(monday, count * 7 + number - 2)?)
        }
        RelativeStep::WholeMonth => {
            let month = by_months(today, count)?;
            whole(Unit::Month(month.month()), month.year().into())
        }
        RelativeStep::WholeQuarter => {
            let month = by_months(today, count * 3)?;
            whole(Unit::Quarter(month.quarter()), month.year().into())
        }
        RelativeStep::WholeYear => whole(Unit::Year, i64::from(today.year()) + count),
    }))
}

fn on(day: NaiveDate) -> Result<TimeItem, TimeError> {
    checked_year(day.year().into()).map(|_| TimeItem::of(Unit::On(day), None))
}

fn whole(unit: Unit, year: i64) -> Result<TimeItem, TimeError> {
    checked_year(year).map(|year| TimeItem::of(unit, Some(year)))
}

fn by_days(day: NaiveDate, days: i64) -> Result<NaiveDate, TimeError> {
    let moved = TimeDelta::try_days(days).and_then(|delta| day.checked_add_signed(delta));
    moved.ok_or(TimeError::Unknown)
}

fn by_months(day: NaiveDate, count: i64) -> Result<NaiveDate, TimeError> {
    let months = Months::new(u32::try_from(count.unsigned_abs()).map_err(|_| TimeError::Unknown)?);
    let moved = if count < 0 { day.checked_sub_months(months) } else { day.checked_add_months(months) };
    moved.ok_or(TimeError::Unknown)
}
