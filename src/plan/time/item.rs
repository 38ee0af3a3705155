//! A written time as it was read: its parts, and the days that each of them means.

use chrono::{Datelike, NaiveDate, Weekday};

use super::error::TimeError;
use super::token::Number;
use super::{Quarter, Quarters};

/// How a time is joined to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimeJoint {
    /// A comma, or nothing: the second may narrow the first.
    And,
    /// `và`: both are meant.
    Also,
    /// In brackets: one of them explains the other.
    Within,
    To,
}

/// One time.
#[derive(Debug, Clone, Copy)]
pub(super) struct TimeItem {
    /// The first is joined to nothing.
    pub(super) joint: TimeJoint,
    pub(super) unit: Unit,
    pub(super) year: Option<i32>,
    /// Whether the year is that of a later time: `15/12 - 15/01/2025` begins in the year before.
    pub(super) has_later_year: bool,
    pub(super) part: Option<TimePart>,
    pub(super) role: TimeRole,
    /// The weekday that was written beside it, to be compared.
    pub(super) weekday: Option<Weekday>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Year,
    /// `6 tháng đầu năm`: so many months, from that end of the year.
    Months(u32),
    Quarter(u32),
    Month(u32),
    /// The month may stand with another day: `15 - 20/3`.
    Day {
        day: u32,
        month: Option<u32>,
    },
    /// A number that does not say of what.
    Bare(u32),
    On(NaiveDate),
}

/// A part of a month, a quarter or a year. The first three are thirds: a month of a quarter, ten days of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TimePart {
    Early,
    Middle,
    Late,
    FirstHalf,
    SecondHalf,
    /// The first is from the 1st to the 7th, as the ten days of `thượng tuần` are those to the 10th.
    Week(u32),
    LastWeek,
}

/// What the words before a time make of it. The later of these counts where there are several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TimeRole {
    #[default]
    Plain,
    /// `trong`, `đến`.
    Within,
    /// `chậm nhất`, `trước`, `hoàn thành`: the last day there is.
    Limit,
    /// `sơ kết`, `báo cáo`: beside another time it is not known which of the two is the deadline.
    Report,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) first: NaiveDate,
    pub(super) last: NaiveDate,
    /// Whether the last day is more than the end of a quarter.
    pub(super) is_exact: bool,
}

/// Times that stand alone, and those from one to another.
pub(super) fn stretches(items: &[TimeItem]) -> impl Iterator<Item = &[TimeItem]> {
    items.chunk_by(|_, next| next.joint == TimeJoint::To)
}

/// The days that all of it means: one after another, or one inside of another.
pub(super) fn spans(items: &[TimeItem], year: i32) -> Result<Vec<Span>, TimeError> {
    let mut starts = stretches(items).map(|stretch| stretch[0].role);
    if stretches(items).count() > 1 && starts.any(|role| role == TimeRole::Report) {
        return Err(TimeError::Unknown);
    }
    let mut spans: Vec<Span> = Vec::new();
    let mut has_limit = false;
    for stretch in stretches(items) {
        let TimeItem { role, joint, .. } = stretch[0];
        let (span, is_limit) = (span(stretch, year)?, role == TimeRole::Limit);
        match spans.last_mut() {
            Some(before) if is_limit && before.is_open(joint, has_limit) => before.limit(span)?,
            Some(before) if before.is_narrowed_by(span, joint)? => *before = before.common(span),
            _ => spans.push(span),
        }
        has_limit |= is_limit;
    }
    Ok(spans)
}

/// From the first to the last.
fn span(stretch: &[TimeItem], year: i32) -> Result<Span, TimeError> {
    let (start, end) = (stretch[0], stretch[stretch.len() - 1]);
    let (mut first, last) = (start.span(year)?, end.span(year)?);
    if first.first > last.last && start.has_later_year {
        let year = start.year.map(|year| year - 1);
        first = TimeItem { year, ..start }.span(year.unwrap_or_default())?;
    }
    // "2024-13/1" is a slip, and no year that ends in January.
    if start.unit == Unit::Year && end.unit != Unit::Year && first.contains(last) {
        return Err(TimeError::Unknown);
    }
    if first.first > last.last {
        return Err(TimeError::Backwards);
    }
    Ok(Span { first: first.first, ..last })
}

impl TimeItem {
    pub(super) const fn of(unit: Unit, year: Option<i32>) -> Self {
        Self {
            joint: TimeJoint::Also,
            unit,
            year,
            has_later_year: false,
            part: None,
            role: TimeRole::Plain,
            weekday: None,
        }
    }

    /// Whether it says of itself which day, so that it is not the day of every month.
    pub(super) const fn is_dated(&self) -> bool {
        !matches!(self.unit, Unit::Bare(_) | Unit::On(_) | Unit::Day { month: None, .. })
    }

    fn span(self, plan_year: i32) -> Result<Span, TimeError> {
        let year = checked_year(self.year.unwrap_or(plan_year).into())?;
        match self.unit {
            Unit::Month(month) => Span::month(month, self.part, year),
            Unit::Day { day, month } => {
                let day = checked_day(day, month.ok_or(TimeError::Unfinished)?, year)?;
                self.on(day)
            }
            Unit::Bare(_) => Err(TimeError::Unfinished),
            Unit::On(day) => self.on(day),
            Unit::Year | Unit::Months(_) | Unit::Quarter(_) => {
                let (first, last) = self.months()?;
                // No more exact than a quarter where they end with one.
                let is_exact = !last.is_multiple_of(3);
                Ok(Span { first: checked_day(1, first, year)?, last: last_of_month(last, year)?, is_exact })
            }
        }
    }

    /// The first and the last month of a year, of a quarter, or of a part of it.
    fn months(self) -> Result<(u32, u32), TimeError> {
        let last = match self.unit {
            Unit::Quarter(number @ 1..=4) => number * 3,
            Unit::Quarter(number) => return Err(TimeError::NoSuchQuarter(number)),
            Unit::Months(count) if !(1..=12).contains(&count) => return Err(TimeError::NoSuchMonth(count)),
            _ => 12,
        };
        Ok(match (self.unit, self.part) {
            (Unit::Year, None) => (1, 12),
            (Unit::Year, Some(TimePart::Early)) => (1, 3),
            (Unit::Year, Some(TimePart::Late)) => (10, 12),
            (Unit::Year, Some(TimePart::FirstHalf)) => (1, 6),
            (Unit::Year, Some(TimePart::SecondHalf)) => (7, 12),
            (Unit::Months(count), Some(TimePart::Early)) => (1, count),
            (Unit::Months(count), Some(TimePart::Late)) => (13 - count, 12),
            (Unit::Quarter(_), None) => (last - 2, last),
            (Unit::Quarter(_), Some(TimePart::Early)) => (last - 2, last - 2),
            (Unit::Quarter(_), Some(TimePart::Middle)) => (last - 1, last - 1),
            (Unit::Quarter(_), Some(TimePart::Late)) => (last, last),
            _ => return Err(TimeError::Unknown),
        })
    }

    fn on(self, day: NaiveDate) -> Result<Span, TimeError> {
        match self.weekday.filter(|weekday| *weekday != day.weekday()) {
            Some(weekday) => Err(TimeError::OtherWeekday { day, weekday }),
            None => Ok(Span { first: day, last: day, is_exact: true }),
        }
    }
}

impl Span {
    fn month(month: u32, part: Option<TimePart>, year: i32) -> Result<Self, TimeError> {
        let days = last_of_month(month, year)?.day();
        let (first, last) = match part {
            None => (1, days),
            Some(TimePart::Early) => (1, 10),
            Some(TimePart::Middle) => (11, 20),
            Some(TimePart::Late) => (21, days),
            Some(TimePart::FirstHalf) => (1, 15),
            Some(TimePart::SecondHalf) => (16, days),
            Some(TimePart::Week(week @ 1..=5)) => (week * 7 - 6, days.min(week * 7)),
            Some(TimePart::LastWeek) => (days - 6, days),
            Some(TimePart::Week(_)) => return Err(TimeError::Unknown),
        };
        // February has no fifth week in most years.
        let day = |day| checked_day(day, month, year).map_err(|_| TimeError::NoSuchDay(day));
        Ok(Self { first: day(first)?, last: day(last)?, is_exact: true })
    }

    pub(super) fn quarters(&self, year: i32) -> Quarters {
        let (start, end) = (Quarter::Q1.first_day(year), Quarter::Q4.last_day(year));
        let first = Quarter::of(self.first.clamp(start, end));
        let last = Quarter::of(self.last.clamp(start, end));
        Quarter::ALL.into_iter().filter(|quarter| (first..=last).contains(quarter)).collect()
    }

    fn contains(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    fn is_outside(self, last: NaiveDate) -> TimeError {
        TimeError::Outside { day: last, first: self.first, last: self.last }
    }

    /// Whether a last day ends this time, and is no other time of its own: `trước 15/3, trước 15/9` is twice.
    fn is_open(self, joint: TimeJoint, has_limit: bool) -> bool {
        !has_limit || (joint != TimeJoint::Also && self.first < self.last)
    }

    /// Ends the time with a last day inside of it; the beginning stays.
    fn limit(&mut self, limit: Self) -> Result<(), TimeError> {
        if limit.contains(*self) {
            return Ok(());
        }
        if !(self.first..=self.last).contains(&limit.last) {
            return Err(self.is_outside(limit.last));
        }
        (self.last, self.is_exact) = (limit.last, limit.is_exact);
        Ok(())
    }

    /// Whether two times are one, of which the shorter is meant, or two.
    fn is_narrowed_by(self, other: Self, joint: TimeJoint) -> Result<bool, TimeError> {
        let is_inside = self.contains(other);
        match joint {
            TimeJoint::Within if is_inside || other.contains(self) => Ok(true),
            TimeJoint::Within => Err(self.is_outside(other.last)),
            // "Tháng 5, quý II" may be May, or all that comes until the end of June.
            TimeJoint::And if other.contains(self) && !is_inside => Err(TimeError::Unknown),
            TimeJoint::And => Ok(is_inside),
            TimeJoint::Also | TimeJoint::To => Ok(false),
        }
    }

    /// The shorter of two of which one is inside of the other.
    fn common(self, other: Self) -> Self {
        if self.contains(other) { other } else { self }
    }
}

impl Unit {
    /// The month that a day behind it is one of.
    pub(super) const fn month(self) -> Option<u32> {
        match self {
            Self::Month(month) | Self::Day { month: Some(month), .. } => Some(month),
            _ => None,
        }
    }
}

/// The years of which a plan can speak; anything else is a slip of the finger.
pub(super) fn checked_year(year: i64) -> Result<i32, TimeError> {
    i32::try_from(year).ok().filter(|year| (1900..2200).contains(year)).ok_or(TimeError::NoSuchYear(year))
}

/// A year of two or four digits. `20` is how a year of four begins.
pub(super) fn written_year(written: Number) -> Result<i32, TimeError> {
    match (written.digits, written.value) {
        (2, 20) | (0 | 1 | 3, _) => Err(TimeError::Unfinished),
        (2, value) => checked_year(2000 + i64::from(value)),
        (_, value) => checked_year(value.into()),
    }
}

fn checked_day(day: u32, month: u32, year: i32) -> Result<NaiveDate, TimeError> {
    if !(1..=12).contains(&month) {
        return Err(TimeError::NoSuchMonth(month));
    }
    if !(1..=31).contains(&day) {
        return Err(TimeError::NoSuchDay(day));
    }
    let days = || last_of_month(month, year).map_or(0, |last| last.day() as u8);
    let day_of_month = NaiveDate::from_ymd_opt(year, month, day);
    day_of_month.ok_or_else(|| TimeError::ShortMonth { month, year, days: days() })
}

fn last_of_month(month: u32, year: i32) -> Result<NaiveDate, TimeError> {
    let first = checked_day(1, month, year)?;
    checked_day(first.num_days_in_month().into(), month, year)
}
