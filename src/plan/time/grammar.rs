//! The grammar of a written time: from its tokens to the days, months and quarters that it names.

use chrono::{Datelike, NaiveDate, Weekday};

use super::error::TimeError;
use super::item::{TimeItem, TimeJoint, TimePart, TimeRole, Unit, written_year};
use super::lead::{Lead, begins_limit};
use super::pattern::PatternCursor;
use super::reading::{Frame, is_opening};
use super::relative;
use super::token::{Number, Token};

/// Reads the times at the head of a text. Answers what stands behind them as well.
pub(super) fn read(
    text: PatternCursor<'_>,
    frame: Frame,
) -> Result<(Vec<TimeItem>, PatternCursor<'_>), TimeError> {
    let mut reader = Reader { text, frame };
    let mut has_start = reader.eat_start();
    let mut items = vec![reader.item(None)?];
    while let Some(joint) = reader.joint() {
        let item = reader.item(items.last().map(|item| item.unit))?;
        // "Từ quý I, xong trước 15/6" goes from one to the other.
        let is_end = joint == TimeJoint::To || has_start && item.role == TimeRole::Limit;
        has_start &= !is_end;
        items.push(TimeItem { joint: if is_end { TimeJoint::To } else { joint }, ..item });
    }
    if has_start {
        return Err(TimeError::NoEnd);
    }
    fill(&mut items, frame)?;
    Ok((items, reader.text))
}

struct Reader<'a> {
    /// What is still to be read.
    text: PatternCursor<'a>,
    frame: Frame,
}

const JOINTS: [(&str, TimeJoint); 5] = [
    (",|+ &", TimeJoint::Also),
    (",|+", TimeJoint::And),
    ("&", TimeJoint::Also),
    ("(", TimeJoint::Within),
    ("-|den|to", TimeJoint::To),
];

const PARTS: [(&str, TimePart); 7] = [
    ("thuong tuan;dau", TimePart::Early),
    ("trung tuan;giua", TimePart::Middle),
    ("ha tuan;cuoi", TimePart::Late),
    ("nua dau", TimePart::FirstHalf),
    ("nua cuoi", TimePart::SecondHalf),
    ("tuan dau tien;tuan dau", TimePart::Week(1)),
    ("tuan cuoi", TimePart::LastWeek),
];

/// `15/3/2024`, `15.3.24`, `15-3-2024`, `15 3 2024`. Short years take no dash but where they are no month: `10-11-12`
/// may be three months.
const DAY_FIRST: &str = "D / # / Z / $;D / # / Z;D . # . Z;D - # - z - $;D - # - z;D D Z";

/// `2024-03-15`.
const YEAR_FIRST: &str = "Y / # / D / $;Y / # / D;Y . # . D;Y - # - D - $;Y - # - D";

/// Where the parts of a quarter are its months: `tháng cuối quý II` is June.
const MONTHS_OF_QUARTER: [&str; 3] = ["thang dau quy Q", "thang giua quy Q", "thang cuoi quy Q"];

impl Reader<'_> {
    /// What begins now needs no beginning.
    fn eat_start(&mut self) -> bool {
        if self.text.eat("tu nay den") {
            return false;
        }
        let _ = self.text.eat("bat dau") || self.text.eat("ke");
        self.text.eat("tu")
    }

    fn joint(&mut self) -> Option<TimeJoint> {
        while self.text.eat(")") {}
        let is_listed = self.text.begins("-") && begins_limit(self.text.after(1));
        let joint = || JOINTS.iter().find_map(|(sign, joint)| Some((*joint, self.text.find(sign)?.length)));
        let (joint, length) = match joint().filter(|_| !is_listed) {
            Some(found) => found,
            None if is_listed => (TimeJoint::And, 1),
            None if begins_limit(self.text) => (TimeJoint::And, 0),
            None => return None,
        };
        if is_opening(self.text.after(length)) {
            return None;
        }
        self.text.skip(length);
        Some(joint)
    }

    /// One time. A bare number is of the kind of the one before it: `quý I, II`, `tháng 5, 6`.
    fn item(&mut self, previous: Option<Unit>) -> Result<TimeItem, TimeError> {
        // "Quý II, chậm nhất 1" is no list of quarters.
        let goes_on = !begins_limit(self.text);
        let mut lead = Lead::default();
        while lead.take(&mut self.text) {}
        let part = self.part();
        let is_alone = previous.is_none() && !lead.has_words && part.is_none();
        let item = if let Some(item) = relative::take(&mut self.text, is_alone, self.frame.today) {
            item?
        } else if let Some(date) = self.whole_date() {
            date?
        } else if let Some(first) = self.text.take("#") {
            let is_day = lead.is_day || lead.is_before;
            self.numbered(first.numbers[0], previous.filter(|_| goes_on && !is_day), is_day)?
        } else {
            self.named()?
        };
        let is_day = matches!(item.unit, Unit::Day { .. } | Unit::Bare(_) | Unit::On(_));
        if lead.is_before && !is_day && part.is_none() {
            return Err(TimeError::BeforeWhat);
        }
        let weekday = lead.weekday.or_else(|| if is_day { self.weekday() } else { None });
        Ok(TimeItem { part: item.part.or(part), role: lead.role, weekday, ..item })
    }

    /// The weekday that stands behind a day: `05/09/2024 (thứ Năm)`.
    fn weekday(&mut self) -> Option<Weekday> {
        let signs = usize::from(matches!(self.text.tokens, [Token::Mark('(' | ','), ..]));
        let Some(Token::Weekday(weekday)) = self.text.tokens.get(signs) else { return None };
        self.text.skip(signs + 1);
        Some(*weekday)
    }

    fn part(&mut self) -> Option<TimePart> {
        if let Some((_, part)) = PARTS.iter().find(|(words, _)| self.text.eat(words)) {
            return Some(*part);
        }
        // "Tuần thứ hai" is not Monday here.
        let week = self.text.take("tuan #|W;tuan thu #")?;
        Some(TimePart::Week(week.numbers[0].value))
    }

    /// A time that says its kind first: `quý II`, `tháng 5`, `năm 2024`, `tháng cuối quý II`.
    fn named(&mut self) -> Result<TimeItem, TimeError> {
        if let Some(month) = self.month_of_quarter() {
            return self.dated(Unit::Month(month));
        }
        let quarter = match self.text.tokens {
            [Token::Roman(_), ..] => self.text.take("Q"),
            _ => self.text.take("quy Q"),
        };
        if let Some(quarter) = quarter {
            self.dated(Unit::Quarter(quarter.numbers[0].value))
        } else if let Some(month) = self.text.take("thang #") {
            self.dated(Unit::Month(month.numbers[0].value))
        } else if self.text.eat("nam") {
            self.dated(Unit::Year)
        } else {
            Err(TimeError::Unknown)
        }
    }

    /// A time that begins with a number, which is already taken.
    fn numbered(
        &mut self,
        first: Number,
        previous: Option<Unit>,
        is_day: bool,
    ) -> Result<TimeItem, TimeError> {
        if let Some(month) = self.text.find("- D $").filter(|_| first.digits == 4) {
            return Err(half_a_date(month.numbers[0]));
        }
        if let Some(month) = self.month_of_quarter() {
            return self.dated(Unit::Day { day: first.value, month: Some(month) });
        }
        if self.text.eat("thang >dau|cuoi") {
            return self.months(first.value);
        }
        let is_short = first.digits < 3 && previous.is_none();
        // "6 tháng năm 2024" may be half a year.
        let named = self.text.find("thang #").filter(|found| is_day || found.numbers[0].digits > 0);
        let joined = || self.text.find("- D").filter(|found| self.is_day_and_month(first, found.numbers[0]));
        let short = || joined().or_else(|| self.text.find("D")).filter(|_| is_short);
        match named.or_else(|| self.text.find("/|. D")).or_else(short) {
            Some(month) => {
                self.text.skip(month.length);
                self.dated(Unit::Day { day: first.value, month: Some(month.numbers[0].value) })
            }
            None if first.digits > 2 => self.together(first, previous),
            None => self.bare(first, previous, is_day),
        }
    }

    /// Whether `20-11` is a day: alone it always is where one is asked for. In a plan `5-7` may be months.
    fn is_day_and_month(&self, first: Number, month: Number) -> bool {
        let rest = self.text.after(2);
        let is_clear = (13..=31).contains(&first.value) && month.value <= 12;
        let is_asked = self.frame.today.is_some() && rest.is_empty();
        (is_clear || is_asked) && !rest.begins("/|.|-|#")
    }

    fn month_of_quarter(&mut self) -> Option<u32> {
        let read = |(at, words): (usize, &&str)| Some((at as u32 + 1, self.text.find(words)?));
        let (month, found) = MONTHS_OF_QUARTER.iter().enumerate().find_map(read)?;
        self.text.skip(found.length);
        Some(found.numbers[0].value.saturating_sub(1).saturating_mul(3).saturating_add(month))
    }

    /// A day with its year. A sign may stand at the end too.
    fn whole_date(&mut self) -> Option<Result<TimeItem, TimeError>> {
        let day_first = self.text.take(DAY_FIRST).map(|found| found.numbers);
        let mut year_first = || self.text.take(YEAR_FIRST).map(|found| found.numbers);
        let [day, month, year] =
            day_first.or_else(|| year_first().map(|[year, month, day]| [day, month, year]))?;
        let unit = Unit::Day { day: day.value, month: Some(month.value) };
        Some(written_year(year).map(|year| TimeItem::of(unit, Some(year))))
    }

    /// Digits without a sign, as the number pad is quickest with: `3006`, `300624`, `30062024`, also `20240630`.
    /// A number near the plan's year is that year.
    fn together(&self, all: Number, previous: Option<Unit>) -> Result<TimeItem, TimeError> {
        let is_year = i64::from(all.value).abs_diff(self.frame.year.into()) <= 1;
        let (day, month, year) = match all.digits {
            4 if is_year => return Ok(TimeItem::of(Unit::Year, Some(written_year(all)?))),
            4 if previous.is_none() => (all.part(2, 2), all.part(2, 0), None),
            6 => (all.part(2, 4), all.part(2, 2), Some(all.part(2, 0))),
            8 if all.part(2, 4).value > 12 => (all.part(2, 0), all.part(2, 2), Some(all.part(4, 4))),
            8 => (all.part(2, 6), all.part(2, 4), Some(all.part(4, 0))),
            3 | 5 | 7 if self.text.is_empty() => {
                self.text.expect_more();
                return Err(TimeError::Unknown);
            }
            _ => return Err(TimeError::Unknown),
        };
        let year = year.map(written_year).transpose()?;
        Ok(TimeItem::of(Unit::Day { day: day.value, month: Some(month.value) }, year))
    }

    /// A number that does not say its kind: that of the time before it, or a month where a year follows.
    fn bare(&mut self, number: Number, previous: Option<Unit>, is_day: bool) -> Result<TimeItem, TimeError> {
        // "Trong 2 năm 2024-2025" is no month.
        if previous.is_none() && self.text.begins("nam") {
            return Err(TimeError::Unknown);
        }
        let item = self.dated(Unit::Bare(number.value))?;
        let unit = match previous {
            Some(Unit::Quarter(_)) => Unit::Quarter(number.value),
            Some(Unit::Month(_)) => Unit::Month(number.value),
            _ if item.year.is_some() => Unit::Month(number.value),
            _ if is_day => Unit::Day { day: number.value, month: None },
            _ => item.unit,
        };
        Ok(TimeItem { unit, ..item })
    }

    /// The months at one end of a year, their number being told: `6 tháng đầu năm`, `9 tháng đầu năm 2024`.
    fn months(&mut self, count: u32) -> Result<TimeItem, TimeError> {
        let part = self.part();
        if !self.text.eat("nam") {
            return Err(TimeError::Unknown);
        }
        Ok(TimeItem { part, ..self.dated(Unit::Months(count))? })
    }

    /// The time with its year, if one follows.
    fn dated(&mut self, unit: Unit) -> Result<TimeItem, TimeError> {
        let year = self.text.find("/|-|.|,|nam Y;/ y;, nam Y;Y");
        // "2024, 2025" and "2024 - 2025" are two years.
        match year.filter(|year| unit != Unit::Year || year.length != 2) {
            Some(year) => {
                self.text.skip(year.length);
                Ok(TimeItem::of(unit, Some(written_year(year.numbers[0])?)))
            }
            None => Ok(TimeItem::of(unit, None)),
        }
    }
}

/// Gives each time what stands only with a later one: `15 - 20/3/2024`, `5-6/2024`; else what an earlier one has:
/// `tháng 5, trước ngày 20`.
fn fill(items: &mut [TimeItem], frame: Frame) -> Result<(), TimeError> {
    for at in (1..items.len()).rev() {
        let later = items[at];
        let item = &mut items[at - 1];
        item.has_later_year = item.year.is_none() && later.year.is_some();
        item.year = item.year.or(later.year);
        item.unit = match (item.unit, later.unit) {
            (Unit::Bare(day) | Unit::Day { day, month: None }, Unit::Day { month, .. }) => {
                Unit::Day { day, month }
            }
            // Where a day is asked for, `5-7/2024` may be a slip for 5/7/2024.
            (Unit::Bare(_), Unit::Month(_)) if later.joint == TimeJoint::To && frame.today.is_some() => {
                return Err(TimeError::DayOrMonths);
            }
            (Unit::Bare(month), Unit::Month(_)) => Unit::Month(month),
            (unit, _) => unit,
        };
    }
    for at in 1..items.len() {
        let earlier = items[at - 1];
        items[at].year = items[at].year.or(earlier.year);
        if let (Unit::Day { day, month: None }, Some(month)) = (items[at].unit, earlier.unit.month()) {
            items[at].unit = Unit::Day { day, month: Some(month) };
        }
    }
    if let ([item], Some(today)) = (items, frame.today)
        && let Unit::Bare(day) | Unit::Day { day, month: None } = item.unit
    {
        item.unit = Unit::On(day_of_this_month(day, today)?);
    }
    Ok(())
}

/// A day alone is one of this month. Its month may still be typed.
fn day_of_this_month(day: u32, today: NaiveDate) -> Result<NaiveDate, TimeError> {
    match today.with_day(day) {
        Some(day) => Ok(day),
        None if (1..=31).contains(&day) => Err(TimeError::Unfinished),
        None => Err(TimeError::NoSuchDay(day)),
    }
}

/// `2024-03`, of which the day is still to come.
fn half_a_date(month: Number) -> TimeError {
    let is_month = (1..=12).contains(&month.value) || month.digits == 1;
    if is_month { TimeError::Unfinished } else { TimeError::NoSuchMonth(month.value) }
}
