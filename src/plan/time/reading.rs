//! What a written time says as a whole: a deadline, perhaps with prose around it, or that there is none.

use chrono::NaiveDate;

use super::Rhythm;
use super::error::TimeError;
use super::grammar;
use super::item::{TimeItem, TimeRole, Unit, stretches};
use super::lead::begins_limit;
use super::pattern::PatternCursor;
use super::token::Token;

/// What a written time is read against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// That of the plan: a bare month or day is one of it.
    pub(super) year: i32,
    /// Only where one day is asked for, which is written down as that day. What a plan says stays as it is written
    /// and must mean the same tomorrow.
    pub(super) today: Option<NaiveDate>,
}

/// What a written time says, before it is known which days that are.
pub(super) enum Reading {
    Endless(Rhythm),
    /// At least one.
    Times(Vec<TimeItem>),
}

/// More tokens than this are an essay. No time is so long, and trying where it might begin takes its time.
const LONGEST: usize = 120;

/// Reads all of a text, or nothing of it. A date somewhere in prose is not a deadline, and a deadline is not left out
/// because prose stands around it.
pub(super) fn read(text: PatternCursor<'_>, frame: Frame) -> Result<Reading, TimeError> {
    let text = match text.tokens {
        [Token::Mark('-'), Token::Number(_), ..] => text,
        // The dash of an entry in a list, and brackets around all of it.
        [Token::Mark('-' | '('), ..] => text.after(1),
        _ => text,
    };
    if text.tokens.len() > LONGEST {
        return Err(TimeError::Unknown);
    }
    if let Some(rhythm) = recurrence(text) {
        return Ok(beside_recurrence(text, frame).map_or(Reading::Endless(rhythm), Reading::Times));
    }
    let read = match opening(text) {
        None => first_a_deadline(text, frame),
        Some(opening) => first_prose(text, opening, frame),
    };
    match read {
        Err(TimeError::Unknown) | Ok(Reading::Endless(_)) if is_lunar(text) => Err(TimeError::Lunar),
        read => read,
    }
}

/// Work that comes round again and again. What comes once in every year is all the same to a plan of one year, unless
/// it has a day.
fn recurrence(text: PatternCursor<'_>) -> Option<Rhythm> {
    let is_told = ["hang ngay|tuan|thang|quy", "dinh ky", "lan /|mot|trong|# ngay|tuan|thang|quy|nam"];
    // `6 tháng 1 lần`. Prose may end with a month, and asks for no more.
    let is_counted = || text.as_it_is().has("ngay|tuan|thang|quy|nam /|mot|# lan");
    if is_told.iter().any(|words| text.has(words)) || is_counted() || has_month_of_every_quarter(text) {
        return Some(Rhythm::Recurring);
    }
    let is_year = |token: &Token<'_>| matches!(token, Token::Number(number) if number.digits == 4);
    let is_number = |token: &Token<'_>| matches!(token, Token::Number(_) | Token::Roman(_));
    let has_number = || text.tokens.iter().any(|token| is_number(token) && !is_year(token));
    match text.has("hang nam") {
        true if has_number() => Some(Rhythm::Recurring),
        true => Some(Rhythm::Ongoing),
        false => None,
    }
}

/// `tháng cuối quý` of no quarter.
fn has_month_of_every_quarter(text: PatternCursor<'_>) -> bool {
    let mut places = (0..text.tokens.len()).map(|at| text.as_it_is().after(at));
    let month = places.find_map(|place| Some(place.after(place.find("thang dau|giua|cuoi quy")?.length)));
    month.is_some_and(|behind| !behind.begins("Q"))
}

/// A deadline beside what comes round: `Định kỳ hằng quý, hoàn thành trước 15/12`, `Quý II và hằng tháng`.
fn beside_recurrence(text: PatternCursor<'_>, frame: Frame) -> Option<Vec<TimeItem>> {
    let frame = Frame { today: None, ..frame };
    (1..text.tokens.len()).filter(|&at| text.after(at).begins(",|(|&")).find_map(|at| {
        let (head, tail) = (text.head(at), text.after(at).behind_marks());
        let (part, least) = match (recurrence(head), recurrence(tail)) {
            (None, Some(_)) => (head, TimeRole::Plain),
            (Some(_), None) => (tail, TimeRole::Limit),
            _ => return None,
        };
        let (items, rest) = grammar::read(part, frame).ok()?;
        let is_dated = stretches(&items).all(|stretch| stretch.last().is_some_and(TimeItem::is_dated));
        let is_deadline = !is_bare_year(&items) && items[0].role >= least;
        (rest.behind_marks().is_empty() && is_dated && is_deadline).then_some(items)
    })
}

/// The feast moves through the calendar, as do the months that are named with it.
fn is_lunar(text: PatternCursor<'_>) -> bool {
    text.has("tet|gieng|chap") || text.has("am lich")
}

/// How prose begins that makes a time endless, unless a deadline stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// `thường xuyên`, with no more words of its own.
    Ongoing,
    /// `theo …`, `tùy …`, `khi …`: it hangs on something else.
    Hanging,
}

/// The opening at the head of the text, and its length.
fn opening(text: PatternCursor<'_>) -> Option<(Opening, usize)> {
    const ONGOING: &str = "thuong xuyen;dot xuat;lien tuc;duy tri thuong xuyen;ongoing";
    const HANGING: &str = "theo|tuy|khi;sau|ngay khi;ngay sau";
    let ongoing = text.find(ONGOING).map(|found| (Opening::Ongoing, found.length));
    ongoing.or_else(|| text.find(HANGING).map(|found| (Opening::Hanging, found.length)))
}

/// Whether prose begins here that a deadline may stand before.
pub(super) fn is_opening(text: PatternCursor<'_>) -> bool {
    opening(text).is_some()
}

/// A deadline, and perhaps prose behind it that takes nothing from it: `Quý II, theo hướng dẫn của Bộ Nội vụ`.
fn first_a_deadline(text: PatternCursor<'_>, frame: Frame) -> Result<Reading, TimeError> {
    let (items, rest) = grammar::read(text, frame)?;
    let prose = rest.behind_marks();
    match opening(prose) {
        None if rest.is_empty() => Ok(Reading::Times(items)),
        Some((Opening::Ongoing, _)) if !has_time(prose) && is_bare_year(&items) => {
            Ok(Reading::Endless(Rhythm::Ongoing))
        }
        Some(_) if !has_time(prose) => Ok(Reading::Times(items)),
        _ => Err(TimeError::Unknown),
    }
}

/// Prose, and perhaps a deadline behind it: `Theo tiến độ, hoàn thành trong quý II`.
fn first_prose(
    text: PatternCursor<'_>,
    opening: (Opening, usize),
    frame: Frame,
) -> Result<Reading, TimeError> {
    let mut trouble = TimeError::Unknown;
    for at in (1..text.tokens.len()).filter(|&at| is_boundary(text, at, opening)) {
        match first_a_deadline(text.after(at), frame) {
            Ok(Reading::Times(items))
                if is_deadline(&items, opening.0, text.head(at)) && !has_time(text.head(at)) =>
            {
                return Ok(Reading::Times(items));
            }
            Err(found) if found != TimeError::Unknown => trouble = found,
            _ => {}
        }
    }
    let is_prose = trouble == TimeError::Unknown && !has_time(text);
    if is_prose { Ok(Reading::Endless(Rhythm::Ongoing)) } else { Err(trouble) }
}

/// Whether a deadline may begin at a place in prose.
fn is_boundary(text: PatternCursor<'_>, at: usize, (opening, length): (Opening, usize)) -> bool {
    let (here, before) = (text.after(at), text.tokens[at - 1]);
    let is_begun = match here.tokens[0] {
        Token::Mark(_) => false,
        // Within a date there is no beginning.
        Token::Number(_) if before == Token::Mark('-') => false,
        _ if here.begins("trong|tu|vao|den|het|xong|truoc|han") => true,
        _ => matches!(before, Token::Mark(',' | '(' | '&' | ':' | '-')) || begins_limit(here),
    };
    is_begun || opening == Opening::Ongoing && at == length
}

/// Whether the prose leaves what stands behind it a deadline: `thường xuyên trong năm` has none, and a year or a day
/// that nothing makes a deadline is part of a document's name.
fn is_deadline(items: &[TimeItem], opening: Opening, before: PatternCursor<'_>) -> bool {
    let TimeItem { unit, role, .. } = items[0];
    let is_apart = matches!(before.tokens.last(), Some(Token::Mark(_)));
    match (unit, role) {
        (_, TimeRole::Limit | TimeRole::Report) => true,
        (Unit::Year, _) if stretches(items).count() > 1 => true,
        (Unit::Year, role) => opening == Opening::Hanging && is_apart && role == TimeRole::Within,
        (Unit::Day { .. } | Unit::Bare(_) | Unit::On(_), role) => {
            opening == Opening::Ongoing || role == TimeRole::Within
        }
        _ => true,
    }
}

fn is_bare_year(items: &[TimeItem]) -> bool {
    let TimeItem { unit, part, role, .. } = items[0];
    unit == Unit::Year && part.is_none() && role != TimeRole::Limit && stretches(items).count() == 1
}

/// What names a time that would be lost if it were taken for nothing but prose.
const TIME: &str = "han|xong|truoc;hoan thanh;cham|muon|tre nhat;het|cuoi|dau|giua nam|quy|thang|tuan|ngay;\
    quy|thang|tuan|ngay Q;# thang|tuan|ngay";

/// Whether prose names a time. The number of a document, and the day on which it was issued, are none.
fn has_time(text: PatternCursor<'_>) -> bool {
    let mut rest = text.as_it_is();
    while !rest.is_empty() {
        let is_day = || rest.find("D /|. #").is_some_and(|found| found.numbers[1].digits != 3);
        match document(rest) {
            0 if rest.begins(TIME) || is_day() => return true,
            length => rest.skip(length.max(1)),
        }
    }
    false
}

/// How many tokens the number of a document takes, with the day on which it was issued: `12/KH-UBND ngày 15/3/2024`.
fn document(text: PatternCursor<'_>) -> usize {
    let mut rest = text;
    if !rest.eat("so #;# /|- A;# / Y /|- A") {
        return 0;
    }
    while rest.eat("/|-|. #|X") {}
    if rest.eat(", ngay #;ngay #") {
        while rest.eat("/|-|. #") {}
    }
    text.tokens.len() - rest.tokens.len()
}
