//! What a written time says as a whole: a deadline, perhaps with prose around it, or that there is none.

use chrono::NaiveDate;

use super::Rhythm;
use super::grammar::Reader;
use super::item::{Role, Stretch, Unit};
use super::lead::{begins_limit, is_of_time, is_phrase};
use super::not_a_date::NotADate;
use super::token::{self, Token};

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
    Stretches(Vec<Stretch>),
}

/// More tokens than this are an essay. No time is so long, and trying where it might begin takes its time.
const LONGEST: usize = 120;

/// Reads a folded text: all of it, or nothing of it. A date somewhere in prose is not a deadline, and a deadline is
/// not left out because prose stands around it.
pub(super) fn read(folded: &str, frame: Frame) -> Result<Reading, NotADate> {
    let tokens = token::tokens(folded);
    let tokens = match tokens.as_slice() {
        // The dash of an entry in a list, and brackets around all of it.
        [Token::Mark('-' | '('), rest @ ..]
            if !matches!(tokens[..], [Token::Mark('-'), Token::Number(_), ..]) =>
        {
            rest
        }
        tokens => tokens,
    };
    if tokens.len() > LONGEST {
        return Err(NotADate::Unknown);
    }
    if let Some(rhythm) = recurrence(tokens) {
        let endless = Reading::Endless(rhythm);
        return Ok(beside_recurrence(tokens, frame).map_or(endless, Reading::Stretches));
    }
    let read = match opening(tokens) {
        None => first_a_deadline(tokens, frame),
        Some(_) => first_prose(tokens, frame),
    };
    match read {
        Err(NotADate::Unknown) | Ok(Reading::Endless(_)) if is_lunar(tokens) => Err(NotADate::Lunar),
        read => read,
    }
}

/// Work that comes round again and again. What comes once in every year is all the same to a plan of one year,
/// unless it has a day.
fn recurrence(tokens: &[Token<'_>]) -> Option<Rhythm> {
    let has = |words: &[&str]| tokens.windows(words.len()).any(|run| is_phrase(run, words));
    let comes_with = |unit: &&str| has(&["hang", *unit]);
    match tokens {
        _ if ["ngay", "tuan", "thang", "quy"].iter().any(comes_with) => Some(Rhythm::Recurring),
        _ if has(&["dinh", "ky"]) || is_so_often(tokens) => Some(Rhythm::Recurring),
        _ if has(&["hang", "nam"]) && has_number(tokens) => Some(Rhythm::Recurring),
        _ if has(&["hang", "nam"]) => Some(Rhythm::Ongoing),
        _ => None,
    }
}

/// A deadline beside what comes round: `Định kỳ hằng quý, hoàn thành trước 15/12`, `Quý II và hằng tháng`.
fn beside_recurrence(tokens: &[Token<'_>], frame: Frame) -> Option<Vec<Stretch>> {
    let frame = Frame { today: None, ..frame };
    let is_boundary = |at: &usize| matches!(tokens[*at], Token::Mark(',' | '(' | '&'));
    (1..tokens.len()).filter(is_boundary).find_map(|at| {
        let (head, tail) = (&tokens[..at], behind_marks(&tokens[at..]));
        let (part, least) = match (recurrence(head), recurrence(tail)) {
            (None, Some(_)) => (head, Role::Plain),
            (Some(_), None) => (tail, Role::Limit),
            _ => return None,
        };
        let (stretches, rest) = Reader::new(part, frame).read().ok()?;
        let is_whole = behind_marks(rest).is_empty() && stretches.iter().all(Stretch::is_dated);
        let is_deadline = !is_bare_year(&stretches) && stretches[0].first.role >= least;
        (is_whole && is_deadline).then_some(stretches)
    })
}

/// `1 lần/quý`, `hai lần một năm`, `6 tháng 1 lần`, and `tháng cuối quý` of no quarter, which every quarter has.
fn is_so_often(tokens: &[Token<'_>]) -> bool {
    use Token::{Mark, Number, Word};
    const UNIT: [&str; 5] = ["ngay", "tuan", "thang", "quy", "nam"];
    let of = |run: &[Token<'_>]| match *run {
        [Word("lan"), Mark('/') | Word("mot" | "trong") | Number(_), Word(unit)]
        | [Word(unit), Mark('/') | Word("mot") | Number(_), Word("lan")] => UNIT.contains(&unit),
        _ => false,
    };
    let has_named_quarter = |at: usize| matches!(tokens.get(at), Some(Number(_) | Token::Roman(_)));
    let quarter = tokens
        .windows(3)
        .position(|run| matches!(run, [Word("thang"), Word("dau" | "giua" | "cuoi"), Word("quy")]));
    tokens.windows(3).any(of) || quarter.is_some_and(|at| !has_named_quarter(at + 3))
}

fn has_number(tokens: &[Token<'_>]) -> bool {
    let is_year = |token: &Token<'_>| matches!(token, Token::Number(number) if number.digits == 4);
    tokens.iter().any(|token| matches!(token, Token::Number(_) | Token::Roman(_)) && !is_year(token))
}

/// The feast moves through the calendar, as do the months that are named with it.
fn is_lunar(tokens: &[Token<'_>]) -> bool {
    let has = |words: &[&str]| tokens.windows(words.len()).any(|run| is_phrase(run, words));
    ["tet", "gieng", "chap"].into_iter().any(|word| has(&[word])) || has(&["am", "lich"])
}

/// How prose begins that makes a time endless, unless a deadline stands beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// `thường xuyên`, with no more words of its own.
    Ongoing,
    /// `theo …`, `tùy …`, `khi …`: it hangs on something else.
    Hanging,
}

fn opening(tokens: &[Token<'_>]) -> Option<(Opening, usize)> {
    use Token::Word;
    Some(match tokens {
        [Word("thuong"), Word("xuyen"), ..]
        | [Word("dot"), Word("xuat"), ..]
        | [Word("lien"), Word("tuc"), ..] => (Opening::Ongoing, 2),
        [Word("duy"), Word("tri"), Word("thuong"), Word("xuyen"), ..] => (Opening::Ongoing, 4),
        [Word("ongoing"), ..] => (Opening::Ongoing, 1),
        [Word("theo" | "tuy" | "khi"), ..] => (Opening::Hanging, 1),
        [Word("sau" | "ngay"), Word("khi"), ..] | [Word("ngay"), Word("sau"), ..] => (Opening::Hanging, 2),
        _ => return None,
    })
}

/// Whether prose begins here that a deadline may stand before.
pub(super) fn is_opening(tokens: &[Token<'_>]) -> bool {
    opening(tokens).is_some()
}

/// A deadline, and perhaps prose behind it that takes nothing from it: `Quý II, theo hướng dẫn của Bộ Nội vụ`.
fn first_a_deadline(tokens: &[Token<'_>], frame: Frame) -> Result<Reading, NotADate> {
    let (stretches, rest) = Reader::new(tokens, frame).read()?;
    let prose = behind_marks(rest);
    match opening(prose) {
        None if rest.is_empty() => Ok(Reading::Stretches(stretches)),
        Some((Opening::Ongoing, _)) if !has_time(prose) && is_bare_year(&stretches) => {
            Ok(Reading::Endless(Rhythm::Ongoing))
        }
        Some(_) if !has_time(prose) => Ok(Reading::Stretches(stretches)),
        _ => Err(NotADate::Unknown),
    }
}

/// Prose, and perhaps a deadline behind it: `Theo tiến độ, hoàn thành trong quý II`.
fn first_prose(tokens: &[Token<'_>], frame: Frame) -> Result<Reading, NotADate> {
    let mut trouble = NotADate::Unknown;
    for at in 1..tokens.len() {
        let Some(opening) = boundary(tokens, at) else { continue };
        match first_a_deadline(&tokens[at..], frame) {
            Ok(Reading::Stretches(stretches))
                if is_deadline(&stretches, opening, &tokens[..at]) && !has_time(&tokens[..at]) =>
            {
                return Ok(Reading::Stretches(stretches));
            }
            Err(found) if found != NotADate::Unknown => trouble = found,
            _ => {}
        }
    }
    let is_prose = trouble == NotADate::Unknown && !has_time(tokens);
    if is_prose { Ok(Reading::Endless(Rhythm::Ongoing)) } else { Err(trouble) }
}

/// Whether a deadline may begin at a place in prose, and of what kind the prose is.
fn boundary(tokens: &[Token<'_>], at: usize) -> Option<Opening> {
    const BEGIN: [&str; 8] = ["trong", "tu", "vao", "den", "het", "xong", "truoc", "han"];
    let (opening, length) = opening(tokens)?;
    let is_begun = match tokens[at] {
        Token::Mark(_) => false,
        // Within a date there is no beginning.
        Token::Number(_) if tokens[at - 1] == Token::Mark('-') => false,
        Token::Word(word) if BEGIN.contains(&word) => true,
        _ => {
            matches!(tokens[at - 1], Token::Mark(',' | '(' | '&' | ':' | '-')) || begins_limit(&tokens[at..])
        }
    };
    let is_behind = opening == Opening::Ongoing && at == length;
    (is_begun || is_behind).then_some(opening)
}

/// Whether the prose leaves what stands behind it a deadline: `thường xuyên trong năm` has none, and a year or a day
/// that nothing makes a deadline is part of a document's name.
fn is_deadline(stretches: &[Stretch], opening: Opening, before: &[Token<'_>]) -> bool {
    let Stretch { first, .. } = stretches[0];
    let is_apart = matches!(before.last(), Some(Token::Mark(_)));
    match (first.unit, first.role) {
        (_, Role::Limit | Role::Report) => true,
        (Unit::Year, _) if stretches.len() > 1 => true,
        (Unit::Year, role) => opening == Opening::Hanging && is_apart && role == Role::Within,
        (Unit::Day { .. } | Unit::Bare(_) | Unit::On(_), role) => {
            opening == Opening::Ongoing || role == Role::Within
        }
        _ => true,
    }
}

fn is_bare_year(stretches: &[Stretch]) -> bool {
    matches!(stretches, [Stretch { first, .. }]
        if first.unit == Unit::Year && first.part.is_none() && first.role != Role::Limit)
}

fn behind_marks<'a>(tokens: &'a [Token<'a>]) -> &'a [Token<'a>] {
    let marks = tokens.iter().take_while(|token| matches!(token, Token::Mark(_))).count();
    &tokens[marks..]
}

/// Whether prose names a time that would be lost if it were taken for nothing but prose. The number of a document,
/// and the day on which it was issued, are none.
fn has_time(tokens: &[Token<'_>]) -> bool {
    use Token::{Mark, Number, Roman, Word};
    let mut rest = tokens;
    while !rest.is_empty() {
        let document = document(rest);
        if document > 0 {
            rest = &rest[document..];
            continue;
        }
        let is_time = match rest {
            [Word("han" | "xong" | "truoc"), ..]
            | [Word("hoan"), Word("thanh"), ..]
            | [Word("cham" | "muon" | "tre"), Word("nhat"), ..]
            | [Word("het" | "cuoi" | "dau" | "giua"), Word("nam" | "quy" | "thang" | "tuan" | "ngay"), ..]
            | [Word("quy" | "thang" | "tuan" | "ngay"), Number(_) | Roman(_), ..]
            | [Number(_), Word("thang" | "tuan" | "ngay"), ..] => true,
            [Number(day), Mark('/' | '.'), Number(month), ..] => day.digits < 3 && month.digits != 3,
            _ => false,
        };
        if is_time {
            return true;
        }
        rest = &rest[1..];
    }
    false
}

/// How many tokens the number of a document takes, with the day on which it was issued: `12/KH-UBND ngày 15/3/2024`.
fn document(tokens: &[Token<'_>]) -> usize {
    use Token::{Mark, Number, Word};
    let is_letters = |word: &str| !is_of_time(word);
    let head = match tokens {
        [Word("so"), Number(_), ..] => 2,
        [Number(_), Mark('/' | '-'), Word(letters), ..] if is_letters(letters) => 3,
        [Number(_), Mark('/'), Number(year), Mark('/' | '-'), Word(letters), ..]
            if year.digits == 4 && is_letters(letters) =>
        {
            5
        }
        _ => return 0,
    };
    let end = head + 2 * pairs(&tokens[head..], |token| matches!(token, Number(_) | Word(_)));
    let issued = match &tokens[end..] {
        [Mark(','), Word("ngay"), Number(_), ..] => 3,
        [Word("ngay"), Number(_), ..] => 2,
        _ => return end,
    };
    end + issued + 2 * pairs(&tokens[end + issued..], |token| matches!(token, Number(_)))
}

/// How often a sign and a part of a number follow one another.
fn pairs(tokens: &[Token<'_>], is_part: impl Fn(&Token<'_>) -> bool) -> usize {
    let is_pair = |pair: &&[Token<'_>]| matches!(pair[0], Token::Mark('/' | '-' | '.')) && is_part(&pair[1]);
    tokens.chunks_exact(2).take_while(is_pair).count()
}
