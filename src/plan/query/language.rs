//! The words in which a query is typed and kept: `quy chế; chủ trì: Sở Nội vụ | Sở Tài chính; mục: II; hạn <= 30/6`.
//!
//! A pair is a known key, a sign, and one value or several with `|` between them. It reaches to the next semicolon or
//! to the next key. Everything else is words to search for. Quotes hold together what would be taken apart. Keys and
//! values are understood in both languages, with and without tones, and written in Vietnamese.

use std::borrow::Cow;
use std::ops::Range;

use chrono::Days;

use super::query_error::QueryError;
use super::values::{COLUMN_WORDS, STATE_WORDS, STATUS_WORDS, ValueWords};
use super::{DueRange, Index, Lateness, Query};
use crate::plan::facet::Facet;
use crate::plan::time::{self, TimeError};
use crate::plan::{Calendar, Extension, Plan, State};
use crate::text::{self, Needle};
use crate::words::Phrase;

/// What a query is read against.
#[derive(Debug, Clone, Copy)]
pub struct QueryContext<'a> {
    pub plan: &'a Plan,
    pub index: &'a Index,
    pub calendar: Calendar,
    /// Whoever says *tôi*.
    pub user: &'a str,
}

/// What a pair is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueryKey {
    Facet(Facet),
    Quarter,
    Status,
    State,
    Due,
    Extended,
}

/// The keys as they are written, and what else means them.
pub(super) const KEYS: [(QueryKey, Phrase, &[&str]); 11] = [
    (QueryKey::Facet(Facet::Lead), Phrase::new("chủ trì", "lead"), &["cơ quan chủ trì"]),
    (QueryKey::Facet(Facet::Support), Phrase::new("phối hợp", "support"), &["with"]),
    (QueryKey::Facet(Facet::Officer), Phrase::new("phụ trách", "officer"), &["người phụ trách"]),
    (QueryKey::Facet(Facet::Leader), Phrase::new("chỉ đạo", "leader"), &["lãnh đạo"]),
    (QueryKey::Facet(Facet::Section), Phrase::new("mục", "section"), &[]),
    (QueryKey::Facet(Facet::Source), Phrase::new("nguồn", "source"), &["văn bản giao"]),
    (QueryKey::Quarter, Phrase::new("quý", "quarter"), &["quí"]),
    (QueryKey::Status, Phrase::new("trạng thái", "status"), &[]),
    (QueryKey::State, Phrase::new("tình trạng", "state"), &["tiến độ"]),
    (QueryKey::Due, Phrase::new("hạn", "due"), &["thời hạn", "deadline"]),
    (QueryKey::Extended, Extension::EXTENDED, &[]),
];

impl QueryKey {
    /// Whether a value may be the first or the last of those that are meant.
    const fn has_range(self) -> bool {
        matches!(self, Self::Due | Self::Extended)
    }

    pub(super) fn written(self) -> Phrase {
        KEYS.iter().find(|(key, ..)| *key == self).map_or(KEYS[0].1, |(_, written, _)| *written)
    }

    fn named(typed: &str) -> Option<Self> {
        let folded = text::fold(typed);
        let is_meant = |(_, written, others): &&(Self, Phrase, &[&str])| {
            let mut words = [written.vi, written.en].into_iter().chain(others.iter().copied());
            words.any(|word| text::fold(word) == folded)
        };
        KEYS.iter().find(is_meant).map(|(key, ..)| *key)
    }
}

/// What stands between a key and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Is,
    From,
    After,
    To,
    Before,
}

/// The signs, the longest first.
const SIGNS: [(&str, Comparison); 8] = [
    ("<=", Comparison::To),
    (">=", Comparison::From),
    ("≤", Comparison::To),
    ("≥", Comparison::From),
    ("<", Comparison::Before),
    (">", Comparison::After),
    (":", Comparison::Is),
    ("=", Comparison::Is),
];

/// Whoever asks.
const ME: Phrase = Phrase::new("tôi", "me");

/// No name at all.
pub(super) const NOBODY: Phrase = Phrase::new("chưa có", "none");

/// Once at least.
pub(super) const AT_ALL: Phrase = Phrase::new("có", "yes");

/// `trong 7 ngày`, by the words around the number.
pub(super) const WITHIN: [Phrase; 2] = [Phrase::new("trong ", "within "), Phrase::new(" ngày", " days")];

/// A part of a query as it was typed, and where.
enum QueryPart<'a> {
    Words(&'a str),
    Pair { key: QueryKey, sign: Comparison, value: &'a str },
}

/// Whether there is anything in a text that is more than words.
pub fn has_pairs(text: &str) -> bool {
    parts(text).iter().any(|part| matches!(part, QueryPart::Pair { .. }))
}

/// Whether a text is read as just these words.
pub(super) fn is_words(text: &str) -> bool {
    matches!(parts(text).as_slice(), [QueryPart::Words(words)] if mistaken_key(words).is_none())
}

impl Query {
    /// Reads a query. What is typed wrong is told with its place in the text.
    pub fn parse(text: &str, context: &QueryContext) -> Result<Self, QueryError> {
        match Self::read(text, context) {
            (query, None) => Ok(query),
            (_, Some(error)) => Err(error),
        }
    }

    /// The same while it is typed: what is right of it, and the first thing that is not.
    pub fn read(text: &str, context: &QueryContext) -> (Self, Option<QueryError>) {
        let mut reading = QueryReading { text, context, query: Self::default(), words: Vec::new() };
        let mut error = None;
        for part in parts(text) {
            let taken = match part {
                QueryPart::Words(words) => reading.take_words(words),
                QueryPart::Pair { key, sign, value } => reading.take_pair(key, sign, value),
            };
            error = error.or(taken.err());
        }
        let search = Needle::parse(&closed(&reading.words.join(" ")));
        (Self { search, ..reading.query }, error)
    }
}

/// A query as far as it was read.
struct QueryReading<'a> {
    text: &'a str,
    context: &'a QueryContext<'a>,
    query: Query,
    words: Vec<&'a str>,
}

impl<'a> QueryReading<'a> {
    /// A word with a colon behind it that is nearly a key was meant as one.
    fn take_words(&mut self, words: &'a str) -> Result<(), QueryError> {
        let words = words.trim();
        if let Some((before, near)) = mistaken_key(words) {
            return Err(QueryError::Key { range: self.place(before), near });
        }
        self.words.extend(Some(words).filter(|words| !words.is_empty()));
        Ok(())
    }

    fn take_pair(&mut self, key: QueryKey, sign: Comparison, value: &'a str) -> Result<(), QueryError> {
        let (values, rest) = values(value);
        if values.is_empty() {
            return Err(QueryError::Empty { range: self.place(value.trim()), key });
        }
        for value in values {
            self.take_value(key, sign, value)?;
        }
        self.take_words(rest)
    }

    fn take_value(&mut self, key: QueryKey, sign: Comparison, value: &str) -> Result<(), QueryError> {
        let unknown = || QueryError::Value { range: self.place(value), key, typed: value.to_owned() };
        match key {
            _ if !key.has_range() && sign != Comparison::Is => {
                return Err(QueryError::Sign { range: self.place(value), key });
            }
            QueryKey::Facet(facet) => return self.take_name(facet, value),
            QueryKey::Quarter => {
                let found = found(&COLUMN_WORDS, value, |column| [column.label(), column.short()]);
                let column = found.ok_or_else(unknown)?;
                add(&mut self.query.columns, column);
            }
            QueryKey::Status => {
                let found = found(&STATUS_WORDS, value, |status| [status.label(), status.short()]);
                let status = found.ok_or_else(unknown)?;
                add(&mut self.query.statuses, status);
            }
            QueryKey::State => {
                let found = found(&STATE_WORDS, value, |state| [state.label(), state.label()]);
                let state = found.ok_or_else(unknown)?;
                add(&mut self.query.states, state);
            }
            QueryKey::Due => match lateness(value).filter(|_| sign == Comparison::Is) {
                Some(lateness) => self.query.lateness = self.query.lateness.or(lateness),
                None => return self.take_day(sign, value),
            },
            QueryKey::Extended => self.query.extended = least(sign, value).ok_or_else(unknown)?,
        }
        Ok(())
    }

    fn take_name(&mut self, facet: Facet, value: &str) -> Result<(), QueryError> {
        let QueryContext { plan, index, user, .. } = *self.context;
        let is_me = facet == Facet::Officer && is_one_of(value, &[ME.vi, ME.en]);
        let name = if is_me {
            plan.name_of(user).to_owned()
        } else if is_one_of(value, &[NOBODY.vi, NOBODY.en]) {
            String::new()
        } else {
            let named = index.facet(plan, facet).named(value);
            named.map_err(|why| QueryError::name(self.place(value), facet, value, why))?.name.clone()
        };
        let mut names = self.query.names(facet).to_vec();
        add(&mut names, name);
        self.query = std::mem::take(&mut self.query).with(facet, names);
        Ok(())
    }

    fn take_day(&mut self, sign: Comparison, value: &str) -> Result<(), QueryError> {
        let QueryContext { plan, calendar, .. } = *self.context;
        let day = time::read_date(value, plan.year, calendar.today);
        let day = day.and_then(|day| day.ok_or(TimeError::Unknown)).map_err(|why| QueryError::Day {
            range: self.place(value),
            typed: value.to_owned(),
            why,
        })?;
        let DueRange { from, to } = &mut self.query.due;
        match sign {
            Comparison::Is => (*from, *to) = (Some(day), Some(day)),
            Comparison::From => *from = Some(day),
            Comparison::After => *from = day.checked_add_days(Days::new(1)),
            Comparison::To => *to = Some(day),
            Comparison::Before => *to = day.checked_sub_days(Days::new(1)),
        }
        Ok(())
    }

    /// Where a part of the text stands in it.
    fn place(&self, part: &str) -> Range<usize> {
        let start = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let start = start.min(self.text.len());
        start..(start + part.len()).min(self.text.len())
    }
}

fn add<T: PartialEq>(values: &mut Vec<T>, value: T) {
    if !values.contains(&value) {
        values.push(value);
    }
}

/// The value that a word means: one of its own words, or its label in either language. A dash is as good as a blank.
fn found<T: Copy>(table: &[ValueWords<T>], typed: &str, labels: fn(T) -> [Phrase; 2]) -> Option<T> {
    let is_meant = |(value, words): &&ValueWords<T>| {
        let labels = labels(*value).map(|label| [label.vi, label.en]);
        is_one_of(typed, words) || is_one_of(typed, labels.as_flattened())
    };
    table.iter().find(is_meant).map(|(value, _)| *value)
}

fn is_one_of(typed: &str, words: &[&str]) -> bool {
    let folded = |text: &str| text::fold(&text.replace(['-', '_'], " "));
    words.iter().any(|word| folded(word) == folded(typed))
}

/// How often at least: `có`, `>= 2`.
fn least(sign: Comparison, typed: &str) -> Option<usize> {
    match sign {
        Comparison::Is => is_one_of(typed, &[AT_ALL.vi, AT_ALL.en]).then_some(1),
        Comparison::From => typed.parse().ok(),
        Comparison::After => typed.parse::<usize>().ok()?.checked_add(1),
        Comparison::To | Comparison::Before => None,
    }
}

fn lateness(typed: &str) -> Option<Lateness> {
    let overdue = State::Overdue.label();
    if is_one_of(typed, &[overdue.vi, overdue.en]) {
        return Some(Lateness::Overdue);
    }
    let typed = text::fold(typed);
    let [before, behind] = WITHIN.map(|word| [word.vi, word.en].map(text::fold));
    let number = before.iter().find_map(|word| typed.strip_prefix(word))?;
    let number = behind.iter().find_map(|word| number.strip_suffix(word))?;
    number.trim().parse().ok().map(Lateness::Within)
}

/// The words before the first colon, where they are nearly a key, and that key.
fn mistaken_key(words: &str) -> Option<(&str, Phrase)> {
    let (at, _) = unquoted(words).find(|(_, c)| *c == ':')?;
    Some((&words[..at], near_key(&words[..at])?))
}

/// A key that was perhaps meant by the word before a colon.
fn near_key(before: &str) -> Option<Phrase> {
    let known = KEYS.iter().flat_map(|(_, written, _)| [written.vi, written.en]);
    let last = |count: usize| {
        let words: Vec<&str> = before.split_whitespace().rev().take(count).collect();
        words.into_iter().rev().collect::<Vec<_>>().join(" ")
    };
    let words = [2, 1].map(last).into_iter().filter(|words| words.chars().count() >= LEAST_KEY);
    let near = words.into_iter().find_map(|words| text::nearest(&words, known.clone()))?;
    QueryKey::named(near).map(QueryKey::written)
}

/// Letters from which a word may be a key with a slip in it. Shorter ones are like too many others.
const LEAST_KEY: usize = 4;

/// The words with their last quote closed, so that nothing behind them falls into it.
pub(super) fn closed(words: &str) -> Cow<'_, str> {
    let is_open = words.matches(QUOTES).count() % 2 == 1;
    if is_open { Cow::Owned(format!("{words}{}", QUOTES[2])) } else { Cow::Borrowed(words) }
}

/// The places of what is not between quotes.
pub(super) fn unquoted(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut is_quoted = false;
    text.char_indices().filter(move |(_, c)| {
        let is_quote = QUOTES.contains(c);
        is_quoted ^= is_quote;
        !is_quoted && !is_quote
    })
}

pub(super) const QUOTES: [char; 3] = ['"', '“', '”'];

/// What stands between two parts, and between two values.
pub(super) const END: char = ';';
pub(super) const OR: char = '|';

fn split(text: &str, sign: char) -> Vec<&str> {
    let ends: Vec<usize> = unquoted(text).filter(|(_, c)| *c == sign).map(|(at, _)| at).collect();
    let starts = std::iter::once(0).chain(ends.iter().map(|end| end + sign.len_utf8()));
    starts.zip(ends.iter().copied().chain([text.len()])).map(|(start, end)| &text[start..end]).collect()
}

fn parts(text: &str) -> Vec<QueryPart<'_>> {
    split(text, END).into_iter().flat_map(parts_of_stretch).collect()
}

/// The words before the first key, and each key with what stands behind it.
fn parts_of_stretch(text: &str) -> Vec<QueryPart<'_>> {
    let keys: Vec<_> = unquoted(text).filter_map(|(at, _)| key_before(text, at)).collect();
    let first = keys.first().map_or(text.len(), |(start, ..)| *start);
    let ends = keys.iter().skip(1).map(|(start, ..)| *start).chain([text.len()]);
    let pair = |((_, key, sign, from), end): (&(usize, QueryKey, Comparison, usize), usize)| {
        QueryPart::Pair { key: *key, sign: *sign, value: &text[*from..end] }
    };
    std::iter::once(QueryPart::Words(&text[..first])).chain(keys.iter().zip(ends).map(pair)).collect()
}

/// The key that stands before the sign in a place, if one does: where it begins, and where its value does. Of two that
/// may be meant the longer one is.
fn key_before(text: &str, at: usize) -> Option<(usize, QueryKey, Comparison, usize)> {
    let (sign, comparison) = SIGNS.iter().find(|(sign, _)| text[at..].starts_with(sign))?;
    let before = text[..at].trim_end();
    let starts = before.char_indices().rev().filter(|(_, c)| c.is_whitespace() || QUOTES.contains(c));
    let starts: Vec<usize> = starts.map(|(at, c)| at + c.len_utf8()).chain([0]).take(LONGEST_KEY).collect();
    let mut longest_first = starts.iter().rev();
    let (start, key) = longest_first.find_map(|&start| Some((start, QueryKey::named(&before[start..])?)))?;
    Some((start, key, *comparison, at + sign.len()))
}

/// Words of the longest key.
const LONGEST_KEY: usize = 4;

/// The values of a pair, and the words behind one that stands in quotes.
fn values(text: &str) -> (Vec<&str>, &str) {
    let mut rest = "";
    let values = split(text, OR).into_iter().map(str::trim).map(|value| {
        let Some(opened) = value.strip_prefix(QUOTES) else { return value };
        let end = opened.find(QUOTES).unwrap_or(opened.len());
        rest = opened[end..].trim_start_matches(QUOTES);
        opened[..end].trim()
    });
    let values: Vec<&str> = values.filter(|value| !value.is_empty()).collect();
    (values, rest)
}
