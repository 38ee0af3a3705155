//! The grammar of a written time: from its tokens to the days, months and quarters that it names.

use chrono::{Datelike, NaiveDate, Weekday};

use super::item::{Item, Joint, Part, Role, Stretch, Unit, written_year};
use super::lead::{Lead, begins, begins_limit};
use super::not_a_date::NotADate;
use super::reading::{Frame, is_opening};
use super::relative;
use super::token::{Number, Token};

/// Reads from the head of the text; its tokens are what is still to be read.
pub(super) struct Reader<'a> {
    tokens: &'a [Token<'a>],
    frame: Frame,
}

impl<'a> Reader<'a> {
    pub(super) const fn new(tokens: &'a [Token<'a>], frame: Frame) -> Self {
        Self { tokens, frame }
    }

    /// The times at the head of the text, and what stands behind them.
    pub(super) fn read(mut self) -> Result<(Vec<Stretch>, &'a [Token<'a>]), NotADate> {
        let has_start = self.eat_start();
        let mut items = vec![self.item(None)?];
        let mut joints = Vec::new();
        while let Some(joint) = self.joint() {
            let previous = items.last().map(|item: &Item| item.unit);
            let item = self.item(previous)?;
            // "Từ quý I, xong trước 15/6" goes from one to the other.
            let is_end = has_start && item.role == Role::Limit && !joints.contains(&Joint::To);
            joints.push(if is_end { Joint::To } else { joint });
            items.push(item);
        }
        if has_start && !joints.contains(&Joint::To) {
            return Err(NotADate::NoEnd);
        }
        fill(&mut items, &joints, self.frame)?;
        Ok((joined(&items, &joints), self.tokens))
    }

    /// What begins now needs no beginning.
    fn eat_start(&mut self) -> bool {
        if self.eat(&["tu", "nay", "den"]) {
            return false;
        }
        let _ = self.eat(&["bat", "dau"]) || self.eat(&["ke"]);
        self.eat(&["tu"])
    }

    fn joint(&mut self) -> Option<Joint> {
        use Token::{Mark, Word};
        while let [Mark(')'), rest @ ..] = self.tokens {
            self.tokens = rest;
        }
        let (joint, taken) = match self.tokens {
            [Mark(',' | '+'), Mark('&'), ..] => (Joint::Also, 2),
            [Mark('-'), rest @ ..] if begins_limit(rest) => (Joint::And, 1),
            [Mark(',' | '+'), ..] => (Joint::And, 1),
            [Mark('&'), ..] => (Joint::Also, 1),
            [Mark('('), ..] => (Joint::Within, 1),
            [Mark('-') | Word("den" | "to"), ..] => (Joint::To, 1),
            rest if begins_limit(rest) => (Joint::And, 0),
            _ => return None,
        };
        if is_opening(&self.tokens[taken..]) {
            return None;
        }
        self.skip(taken);
        Some(joint)
    }

    /// One time. A bare number is of the kind of the one before it: `quý I, II`, `tháng 5, 6`.
    fn item(&mut self, previous: Option<Unit>) -> Result<Item, NotADate> {
        // "Quý II, chậm nhất 1" is no list of quarters.
        let goes_on = !begins_limit(self.tokens);
        let mut lead = Lead::default();
        while let Some(taken) = lead.take(self.tokens) {
            self.skip(taken);
        }
        let part = self.part();
        let is_alone = previous.is_none() && !lead.has_words && part.is_none();
        let item = if let Some((from_today, taken)) = relative::read(self.tokens, is_alone) {
            self.skip(taken);
            from_today.item(self.frame.today.ok_or(NotADate::FromToday)?)?
        } else if let [Token::Number(first), rest @ ..] = self.tokens {
            self.tokens = rest;
            let is_day = lead.is_day || lead.is_before;
            self.numbered(*first, previous.filter(|_| goes_on && !is_day), is_day)?
        } else {
            self.named()?
        };
        let is_day = matches!(item.unit, Unit::Day { .. } | Unit::Bare(_) | Unit::On(_));
        if lead.is_before && !is_day && part.is_none() {
            return Err(NotADate::BeforeWhat);
        }
        let weekday = lead.weekday.or_else(|| if is_day { self.eat_weekday() } else { None });
        Ok(Item { part: item.part.or(part), role: lead.role, weekday, ..item })
    }

    /// The weekday that stands behind a day: `05/09/2024 (thứ Năm)`.
    fn eat_weekday(&mut self) -> Option<Weekday> {
        let signs = usize::from(matches!(self.tokens, [Token::Mark('(' | ','), ..]));
        let Some(Token::Weekday(weekday)) = self.tokens.get(signs) else { return None };
        self.skip(signs + 1);
        Some(*weekday)
    }

    fn part(&mut self) -> Option<Part> {
        use Token::{Number, Weekday, Word};
        const PARTS: [(&[&str], Part); 11] = [
            (&["thuong", "tuan"], Part::Early),
            (&["trung", "tuan"], Part::Middle),
            (&["ha", "tuan"], Part::Late),
            (&["dau"], Part::Early),
            (&["giua"], Part::Middle),
            (&["cuoi"], Part::Late),
            (&["nua", "dau"], Part::FirstHalf),
            (&["nua", "cuoi"], Part::SecondHalf),
            (&["tuan", "dau", "tien"], Part::Week(1)),
            (&["tuan", "dau"], Part::Week(1)),
            (&["tuan", "cuoi"], Part::LastWeek),
        ];
        if let Some((_, part)) = PARTS.iter().find(|(words, _)| self.eat(words)) {
            return Some(*part);
        }
        let (week, taken) = match self.tokens {
            [Word("tuan"), Number(week), ..] => (week.value, 2),
            [Word("tuan"), Word("thu"), Number(week), ..] => (week.value, 3),
            // "Tuần thứ hai" is not Monday here.
            [Word("tuan"), Weekday(weekday), ..] => (weekday.number_from_monday() + 1, 2),
            _ => return None,
        };
        self.skip(taken);
        Some(Part::Week(week))
    }

    /// A time that says its kind first: `quý II`, `tháng 5`, `năm 2024`, `tháng cuối quý II`.
    fn named(&mut self) -> Result<Item, NotADate> {
        if let Some(month) = self.month_of_quarter() {
            return self.dated(Unit::Month(month));
        }
        let (unit, taken) = match self.tokens {
            [Token::Word("quy"), Token::Number(number), ..] => (Unit::Quarter(number.value), 2),
            [Token::Word("quy"), Token::Roman(quarter), ..] => (Unit::quarter(*quarter), 2),
            [Token::Roman(quarter), ..] => (Unit::quarter(*quarter), 1),
            [Token::Word("thang"), Token::Number(month), ..] => (Unit::Month(month.value), 2),
            [Token::Word("nam"), ..] => (Unit::Year, 1),
            _ => return Err(NotADate::Unknown),
        };
        self.skip(taken);
        self.dated(unit)
    }

    /// A time that begins with a number, which is already taken.
    fn numbered(&mut self, first: Number, previous: Option<Unit>, is_day: bool) -> Result<Item, NotADate> {
        use Token::{Mark, Word};
        if let Some((item, taken)) = whole_date(first, self.tokens) {
            self.skip(taken);
            return item;
        }
        if let Some(month) = self.month_of_quarter() {
            return self.dated(Unit::Day { day: first.value, month: Some(month) });
        }
        let day = |month: Number| Unit::Day { day: first.value, month: Some(month.value) };
        match *self.tokens {
            [Word("thang"), Word("dau" | "cuoi"), ..] => {
                self.skip(1);
                self.months(first.value)
            }
            // "6 tháng năm 2024" may be half a year.
            [Word("thang"), Token::Number(month), ..] if is_day || month.digits > 0 => {
                self.skip(2);
                self.dated(day(month))
            }
            [Mark('/' | '.'), Token::Number(month), ..] if month.digits < 3 => {
                self.skip(2);
                self.dated(day(month))
            }
            [Mark('-'), Token::Number(month), ref rest @ ..]
                if previous.is_none() && self.is_day_and_month(first, month, rest) =>
            {
                self.skip(2);
                self.dated(day(month))
            }
            [Token::Number(month), ..] if previous.is_none() && first.digits < 3 && month.digits < 3 => {
                self.skip(1);
                self.dated(day(month))
            }
            _ if first.digits > 2 => self.together(first, previous),
            _ => self.bare(first, previous, is_day),
        }
    }

    /// Whether `20-11` is a day: alone it always is where one is asked for. In a plan `5-7` may be months.
    fn is_day_and_month(&self, first: Number, month: Number, rest: &[Token<'_>]) -> bool {
        let goes_on = matches!(rest, [Token::Mark('/' | '.' | '-') | Token::Number(_), ..]);
        let is_clear = (13..=31).contains(&first.value) && month.value <= 12;
        let is_asked = self.frame.today.is_some() && rest.is_empty();
        !goes_on && first.digits < 3 && month.digits < 3 && (is_clear || is_asked)
    }

    /// `tháng cuối quý II` is June.
    fn month_of_quarter(&mut self) -> Option<u32> {
        use Token::{Number, Roman, Word};
        let (part, quarter) = match self.tokens {
            [Word("thang"), Word(part), Word("quy"), Number(quarter), ..] => (*part, quarter.value),
            [Word("thang"), Word(part), Word("quy"), Roman(quarter), ..] => (*part, quarter.number() as u32),
            _ => return None,
        };
        let month = ["dau", "giua", "cuoi"].iter().position(|name| *name == part)? as u32 + 1;
        self.skip(4);
        Some(quarter.saturating_sub(1).saturating_mul(3).saturating_add(month))
    }

    /// Digits without a sign, as the number pad is quickest with: `3006`, `300624`, `30062024`, also `20240630`.
    /// A number near the plan's year is that year.
    fn together(&self, all: Number, previous: Option<Unit>) -> Result<Item, NotADate> {
        let is_year = i64::from(all.value).abs_diff(self.frame.year.into()) <= 1;
        let (day, month, year) = match all.digits {
            4 if is_year => return Ok(Item::of(Unit::Year, Some(written_year(all)?))),
            4 if previous.is_none() => (all.part(2, 2), all.part(2, 0), None),
            6 => (all.part(2, 4), all.part(2, 2), Some(all.part(2, 0))),
            8 if all.part(2, 4).value > 12 => (all.part(2, 0), all.part(2, 2), Some(all.part(4, 4))),
            8 => (all.part(2, 6), all.part(2, 4), Some(all.part(4, 0))),
            _ => return Err(NotADate::Unknown),
        };
        let year = year.map(written_year).transpose()?;
        Ok(Item::of(Unit::Day { day: day.value, month: Some(month.value) }, year))
    }

    /// A number that does not say its kind: that of the time before it, or a month where a year follows.
    fn bare(&mut self, number: Number, previous: Option<Unit>, is_day: bool) -> Result<Item, NotADate> {
        // "Trong 2 năm 2024-2025" is no month.
        if previous.is_none() && matches!(self.tokens, [Token::Word("nam"), ..]) {
            return Err(NotADate::Unknown);
        }
        let item = self.dated(Unit::Bare(number.value))?;
        let unit = match previous {
            Some(Unit::Quarter(_)) => Unit::Quarter(number.value),
            Some(Unit::Month(_)) => Unit::Month(number.value),
            _ if item.year.is_some() => Unit::Month(number.value),
            _ if is_day => Unit::Day { day: number.value, month: None },
            _ => item.unit,
        };
        Ok(Item { unit, ..item })
    }

    /// The months at one end of a year, their number being told: `6 tháng đầu năm`, `9 tháng đầu năm 2024`.
    fn months(&mut self, count: u32) -> Result<Item, NotADate> {
        let part = self.part();
        if !self.eat(&["nam"]) {
            return Err(NotADate::Unknown);
        }
        Ok(Item { part, ..self.dated(Unit::Months(count))? })
    }

    /// The time with its year, if one follows.
    fn dated(&mut self, unit: Unit) -> Result<Item, NotADate> {
        use Token::{Mark, Number, Word};
        let (year, taken) = match *self.tokens {
            [Mark('/' | '-' | '.' | ',') | Word("nam"), Number(year), ..] if year.digits == 4 => (year, 2),
            [Mark('/'), Number(year), ..] if year.digits == 2 && year.value > 12 => (year, 2),
            [Mark(','), Word("nam"), Number(year), ..] if year.digits == 4 => (year, 3),
            [Number(year), ..] if year.digits == 4 => (year, 1),
            _ => return Ok(Item::of(unit, None)),
        };
        // "2024, 2025" and "2024 - 2025" are two years.
        if unit == Unit::Year && taken == 2 {
            return Ok(Item::of(unit, None));
        }
        self.skip(taken);
        Ok(Item::of(unit, Some(written_year(year)?)))
    }

    fn eat(&mut self, words: &[&str]) -> bool {
        let is_there = begins(self.tokens, words);
        if is_there {
            self.skip(words.len());
        }
        is_there
    }

    fn skip(&mut self, count: usize) {
        self.tokens = &self.tokens[count..];
    }
}

/// `15/3/2024`, `15.3.24`, `15-3-2024`, `15 3 2024` or `2024-03-15`, behind its first number. A sign may stand at the
/// end too. Short years take no dash but where they are no month: `10-11-12` may be three months.
fn whole_date(first: Number, rest: &[Token<'_>]) -> Option<(Result<Item, NotADate>, usize)> {
    use Token::{Mark, Number};
    let (month, last, sign, taken) = match *rest {
        [Mark(before @ ('/' | '.' | '-')), Number(month), Mark(behind), Number(last), Mark(end)]
            if before == behind && end == before =>
        {
            (month, last, before, 5)
        }
        [Mark(before @ ('/' | '.' | '-')), Number(month), Mark(behind), Number(last), ..]
            if before == behind =>
        {
            (month, last, before, 4)
        }
        [Number(month), Number(last), ..] if first.digits < 3 && month.digits < 3 => (month, last, ' ', 2),
        [Mark('-'), Number(month)] if first.digits == 4 && month.digits < 3 => {
            let is_month = (1..=12).contains(&month.value) || month.digits == 1;
            let begun = if is_month { NotADate::Unfinished } else { NotADate::NoSuchMonth(month.value) };
            return Some((Err(begun), 2));
        }
        _ => return None,
    };
    let is_year_last = last.digits > 2 || (last.digits == 2 && (sign != '-' || last.value > 12));
    let (day, year) = match first.digits {
        4 if last.digits < 3 => (last, first),
        1 | 2 if is_year_last => (first, last),
        _ => return None,
    };
    let unit = Unit::Day { day: day.value, month: Some(month.value) };
    Some((written_year(year).map(|year| Item::of(unit, Some(year))), taken))
}

/// Gives each time what stands only with a later one: `15 - 20/3/2024`, `5-6/2024`; else what an earlier one has:
/// `tháng 5, trước ngày 20`.
fn fill(items: &mut [Item], joints: &[Joint], frame: Frame) -> Result<(), NotADate> {
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
            (Unit::Bare(_), Unit::Month(_)) if joints[at - 1] == Joint::To && frame.today.is_some() => {
                return Err(NotADate::DayOrMonths);
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
fn day_of_this_month(day: u32, today: NaiveDate) -> Result<NaiveDate, NotADate> {
    match today.with_day(day) {
        Some(day) => Ok(day),
        None if (1..=31).contains(&day) => Err(NotADate::Unfinished),
        None => Err(NotADate::NoSuchDay(day)),
    }
}

fn joined(items: &[Item], joints: &[Joint]) -> Vec<Stretch> {
    let mut stretches = vec![Stretch { first: items[0], last: items[0], joint: Joint::Also }];
    for (&item, &joint) in items[1..].iter().zip(joints) {
        match (joint, stretches.last_mut()) {
            (Joint::To, Some(stretch)) => stretch.last = item,
            _ => stretches.push(Stretch { first: item, last: item, joint }),
        }
    }
    stretches
}
