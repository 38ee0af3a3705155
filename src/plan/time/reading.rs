//! The grammar of a written time: from its tokens to the days, months and quarters that it names.

use super::period::{Item, NotADate, Part, Rhythm, Stretch, Unit, written_year};
use super::token::{self, Number, Token};

/// What a written time says, before it is known what year it is in.
pub(super) enum Reading {
    Endless(Rhythm),
    /// At least one.
    Stretches(Vec<Stretch>),
}

/// Reads a folded text: all of it, or nothing of it. A date somewhere in prose is not a deadline.
pub(super) fn read(folded: &str) -> Result<Reading, NotADate> {
    let tokens = token::tokens(folded);
    match endless(&tokens) {
        Some(rhythm) => Ok(Reading::Endless(rhythm)),
        None => Reader { tokens: &tokens }.stretches().map(Reading::Stretches),
    }
}

/// The times that have no last day.
fn endless(tokens: &[Token<'_>]) -> Option<Rhythm> {
    use Token::Word;
    let has = |words: &[&str]| tokens.windows(words.len()).any(|run| is_phrase(run, words));
    let has_day = tokens.iter().any(|token| matches!(token, Token::Number(number) if number.digits != 4));
    match tokens {
        _ if ["ngay", "tuan", "thang", "quy"].iter().any(|unit| has(&["hang", unit])) => {
            Some(Rhythm::Recurring)
        }
        _ if has(&["hang", "nam"]) && has_day => Some(Rhythm::Recurring),
        _ if has(&["dinh", "ky"]) => Some(Rhythm::Recurring),
        _ if has(&["hang", "nam"]) => Some(Rhythm::Ongoing),
        _ if has(&["thuong", "xuyen"]) && !has_day => Some(Rhythm::Ongoing),
        _ if has(&["truoc"]) || has(&["cham", "nhat"]) => None,
        [Word("theo" | "tuy" | "khi" | "ongoing"), ..]
        | [Word("sau" | "ngay"), Word("khi"), ..]
        | [Word("dot"), Word("xuat"), ..] => Some(Rhythm::Ongoing),
        _ => None,
    }
}

fn is_phrase(tokens: &[Token<'_>], words: &[&str]) -> bool {
    tokens.len() == words.len() && tokens.iter().zip(words).all(|(token, word)| *token == Token::Word(word))
}

/// What is still to be read.
struct Reader<'a> {
    tokens: &'a [Token<'a>],
}

/// How two times are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    And,
    To,
}

/// What the words before a time say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    Nothing,
    Before,
    Day,
}

/// Words before a time that do not change what it means.
const FILLERS: &[&[&str]] = &[
    &["trong"],
    &["vao"],
    &["xong"],
    &["hoan", "thanh"],
    &["thuc", "hien"],
    &["ket", "thuc"],
    &["cham", "nhat"],
    &["muon", "nhat"],
    &["du", "kien"],
    &["khoang"],
    &["thoi", "han"],
    &["thoi", "gian"],
    &["han"],
    &["la"],
    &["ca"],
    &["cua"],
    &["of"],
    &["by"],
    &["in"],
    &["whole"],
];

impl Reader<'_> {
    fn stretches(mut self) -> Result<Vec<Stretch>, NotADate> {
        let has_start = self.eat(&["tu"]) && !self.eat(&["nay", "den"]);
        let mut items = vec![self.item(None)?];
        let mut joints = Vec::new();
        while let Some(joint) = self.joint() {
            let previous = items.last().map(|item: &Item| item.unit);
            items.push(self.item(previous)?);
            joints.push(joint);
        }
        let is_open = has_start && !joints.contains(&Joint::To);
        if is_open || !self.tokens.is_empty() {
            return Err(NotADate::Unknown);
        }
        fill(&mut items);
        Ok(joined(&items, &joints))
    }

    fn joint(&mut self) -> Option<Joint> {
        let joint = match self.tokens.first()? {
            Token::Mark(',') => Joint::And,
            Token::Mark('-') | Token::Word("den") => Joint::To,
            _ => return None,
        };
        self.skip(1);
        Some(joint)
    }

    /// One time. A bare number is of the kind of the one before it: `quý I, II`, `tháng 5, 6`.
    fn item(&mut self, previous: Option<Unit>) -> Result<Item, NotADate> {
        let lead = self.lead();
        let part = self.part();
        let item = match self.tokens {
            [Token::Number(first), rest @ ..] => {
                self.tokens = rest;
                self.numbered(*first, previous.filter(|_| lead != Lead::Day))?
            }
            _ => self.named()?,
        };
        // "Trước tháng 6" may mean its first day or its last.
        let is_day = matches!(item.unit, Unit::Day { .. });
        if lead == Lead::Before && !is_day && part.is_none() {
            return Err(NotADate::Unknown);
        }
        Ok(Item { part: item.part.or(part), ..item })
    }

    /// Takes the words before a time; the last of them that says something counts.
    fn lead(&mut self) -> Lead {
        let mut lead = Lead::Nothing;
        loop {
            lead = match self.tokens.first() {
                Some(Token::Word("truoc")) => Lead::Before,
                Some(Token::Word("ngay")) => Lead::Day,
                Some(Token::Word("den" | "het")) => Lead::Nothing,
                _ if FILLERS.iter().any(|words| self.eat(words)) => continue,
                _ => return lead,
            };
            self.skip(1);
        }
    }

    fn part(&mut self) -> Option<Part> {
        const PARTS: &[(&[&str], Part)] = &[
            (&["thuong", "tuan"], Part::Early),
            (&["trung", "tuan"], Part::Middle),
            (&["ha", "tuan"], Part::Late),
            (&["dau"], Part::Early),
            (&["giua"], Part::Middle),
            (&["cuoi"], Part::Late),
        ];
        let (_, part) = PARTS.iter().find(|(words, _)| self.eat(words))?;
        let _ = self.eat(&["of"]) || self.eat(&["cua"]);
        Some(*part)
    }

    /// A time that says its kind first: `quý II`, `tháng 5`, `năm 2024`, `nửa đầu năm`.
    fn named(&mut self) -> Result<Item, NotADate> {
        let (unit, taken) = match self.tokens {
            [Token::Word("quy"), Token::Number(number), ..] => (Unit::Quarter(number.value), 2),
            [Token::Word("quy"), Token::Roman(quarter), ..] => (Unit::quarter(*quarter), 2),
            [Token::Roman(quarter), ..] => (Unit::quarter(*quarter), 1),
            [Token::Word("thang"), Token::Number(month), ..] => (Unit::Month(month.value), 2),
            [Token::Word("nam"), ..] => (Unit::Year, 1),
            [Token::Word("nua"), ..] => {
                self.skip(1);
                return self.months(6);
            }
            _ => return Err(NotADate::Unknown),
        };
        self.skip(taken);
        self.dated(unit)
    }

    /// A time that begins with a number, which is already taken.
    fn numbered(&mut self, first: Number, previous: Option<Unit>) -> Result<Item, NotADate> {
        use Token::{Mark, Word};
        let day = |month: Number| Unit::Day { day: first.value, month: Some(month.value) };
        match *self.tokens {
            [Mark(a), Token::Number(month), Mark(b), Token::Number(last), ..]
                if is_date(first, (a, b), last) =>
            {
                self.skip(4);
                whole_date(first, month, last)
            }
            _ if first.digits == 4 => {
                Ok(Item { unit: Unit::Year, year: Some(written_year(first)?), part: None })
            }
            [Word("thang"), Word(_), ..] => {
                self.skip(1);
                self.months(first.value)
            }
            [Word("thang"), Token::Number(month), ..] => {
                self.skip(2);
                self.dated(day(month))
            }
            [Mark('/' | '.'), Token::Number(month), ..] if month.digits < 3 => {
                self.skip(2);
                self.dated(day(month))
            }
            _ => self.bare(first, previous),
        }
    }

    /// A number that does not say its kind: that of the time before it, or a month where a year follows.
    fn bare(&mut self, number: Number, previous: Option<Unit>) -> Result<Item, NotADate> {
        let item = self.dated(Unit::Day { day: number.value, month: None })?;
        let unit = match previous {
            Some(Unit::Quarter(_)) => Unit::Quarter(number.value),
            Some(Unit::Month(_)) => Unit::Month(number.value),
            _ if item.year.is_some() => Unit::Month(number.value),
            _ => item.unit,
        };
        Ok(Item { unit, ..item })
    }

    /// The months at one end of a year, their number being told: `đầu năm`, `cuối năm 2024`.
    fn months(&mut self, count: u32) -> Result<Item, NotADate> {
        match (self.part(), self.eat(&["nam"])) {
            (part @ Some(Part::Early | Part::Late), true) => {
                Ok(Item { part, ..self.dated(Unit::Months(count))? })
            }
            _ => Err(NotADate::Unknown),
        }
    }

    /// The time with its year, if one follows.
    fn dated(&mut self, unit: Unit) -> Result<Item, NotADate> {
        let (year, taken) = match *self.tokens {
            [Token::Mark('/' | '-' | '.') | Token::Word("nam"), Token::Number(year), ..]
                if year.digits == 4 =>
            {
                (year, 2)
            }
            [Token::Mark('/'), Token::Number(year), ..] if year.digits == 2 && year.value > 12 => (year, 2),
            [Token::Mark(','), Token::Word("nam"), Token::Number(year), ..] if year.digits == 4 => (year, 3),
            [Token::Number(year), ..] if year.digits == 4 => (year, 1),
            _ => return Ok(Item { unit, year: None, part: None }),
        };
        self.skip(taken);
        Ok(Item { unit, year: Some(written_year(year)?), part: None })
    }

    fn eat(&mut self, words: &[&str]) -> bool {
        let is_there = self.tokens.get(..words.len()).is_some_and(|tokens| is_phrase(tokens, words));
        if is_there {
            self.skip(words.len());
        }
        is_there
    }

    fn skip(&mut self, count: usize) {
        self.tokens = &self.tokens[count..];
    }
}

/// `15/3/2024`, `15.3.24`, `15-3-2024` or `2024-03-15`. Short years take no dash: `10-11-12` are three months.
fn is_date(first: Number, (before, behind): (char, char), last: Number) -> bool {
    let is_sign = matches!(before, '/' | '.' | '-') && before == behind;
    let is_year_last = last.digits == 4 || (last.digits == 2 && before != '-');
    is_sign && if first.digits == 4 { last.digits < 3 } else { is_year_last }
}

fn whole_date(first: Number, month: Number, last: Number) -> Result<Item, NotADate> {
    let (day, year) = if first.digits == 4 { (last, first) } else { (first, last) };
    let unit = Unit::Day { day: day.value, month: Some(month.value) };
    Ok(Item { unit, year: Some(written_year(year)?), part: None })
}

/// Gives each time what stands only with a later one: `15 - 20/3/2024`, `5-6/2024`; else the year of an earlier one.
fn fill(items: &mut [Item]) {
    for at in (1..items.len()).rev() {
        let later = items[at];
        let item = &mut items[at - 1];
        item.year = item.year.or(later.year);
        item.unit = match (item.unit, later.unit) {
            (Unit::Day { day, month: None }, Unit::Day { month, .. }) => Unit::Day { day, month },
            (Unit::Day { day, month: None }, Unit::Month(_)) => Unit::Month(day),
            (unit, _) => unit,
        };
    }
    for at in 1..items.len() {
        items[at].year = items[at].year.or(items[at - 1].year);
    }
}

fn joined(items: &[Item], joints: &[Joint]) -> Vec<Stretch> {
    let mut stretches = vec![Stretch { first: items[0], last: items[0] }];
    for (&item, joint) in items[1..].iter().zip(joints) {
        match (joint, stretches.last_mut()) {
            (Joint::To, Some(stretch)) => stretch.last = item,
            _ => stretches.push(Stretch { first: item, last: item }),
        }
    }
    stretches
}
