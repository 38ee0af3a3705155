//! Until when: `…, hoàn thành trước ngày 15/6`. Most days in a sentence are no deadlines: those of documents, of
//! meetings, of what was before. A deadline is a day behind a word that makes it the last one, in a place of the
//! sentence where it can belong to nothing but the work.

use std::ops::Range;

use chrono::{Datelike, Days, NaiveDate};

use super::Deadline;
use super::lexicon::{
    BOUNDING, DELIVERING, DONE, HEADS, LASTING, ORDERS, PAST, PLURAL, PRESIDING, PURPOSE, RECIPIENTS, SORTS,
    STRIVING, TIMES, TOGETHER, WORK,
};
use super::sentence::Sentence;
use crate::plan::agency::{LetterCase, SpelledWord};
use crate::plan::time::{Period, Rhythm, TimeError, read_date, write_date};

/// A deadline, and where it stands.
#[derive(Debug)]
pub(super) struct DeadlineFound {
    pub(super) deadline: Deadline,
    pub(super) words: Range<usize>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct DeadlineReader<'a> {
    pub(super) sentence: &'a Sentence<'a>,
    /// The year of the plan.
    pub(super) year: i32,
    /// The day of the meeting.
    pub(super) on: NaiveDate,
}

/// A time in the sentence that may be its deadline.
struct TimeCandidate {
    words: Range<usize>,
    period: Period,
    is_certain: bool,
}

impl TimeCandidate {
    fn is_once(&self) -> bool {
        self.period.rhythm() == Rhythm::Once
    }
}

/// So many words are looked through for the work that a time belongs to.
const LONGEST_CLAUSE: usize = 40;

/// No time has more words.
const LONGEST_TIME: usize = 16;

impl DeadlineReader<'_> {
    /// The deadline of the sentence from a word on. Where there are two, it is not known which of them is meant.
    pub(super) fn read(&self, from: usize) -> Option<DeadlineFound> {
        let mut times = self.times(from);
        if times.iter().any(TimeCandidate::is_once) {
            times.retain(TimeCandidate::is_once);
        }
        let [time] = times.as_slice() else { return None };
        let words = self.sentence.slice(time.words.clone()).to_owned();
        let deadline = Deadline { words, period: time.period };
        time.is_certain.then(|| DeadlineFound { deadline, words: self.with_frame(time.words.clone(), from) })
    }

    /// The times behind words that make them deadlines, as far as they may be meant.
    fn times(&self, from: usize) -> Vec<TimeCandidate> {
        let mut times: Vec<TimeCandidate> = Vec::new();
        let mut at = from;
        // With two of them nothing is certain any more.
        while at < self.sentence.len() && times.iter().filter(|time| time.is_once()).count() < 2 {
            let time = self.time(at, from);
            at = time.as_ref().map_or(at + 1, |time| time.words.end);
            // What lasts for a time is no second deadline.
            times.extend(
                time.filter(|time| time.is_certain || !self.sentence.has(&LASTING, time.words.start)),
            );
        }
        times
    }

    /// The longest time that begins at this word.
    fn time(&self, at: usize, from: usize) -> Option<TimeCandidate> {
        let is_begun = [&BOUNDING, &DONE, &LASTING].iter().any(|book| self.sentence.has(book, at));
        if !is_begun || self.sentence.is_quoted(at) {
            return None;
        }
        let mut ends = (at + 1..=self.most(at)).rev().filter(|&end| self.may_end(end));
        let (end, period) = ends.find_map(|end| Some((end, self.period(at..end)?)))?;
        let words = at..end;
        let is_certain = self.is_certain(words.clone(), from);
        Some(TimeCandidate { words, period, is_certain })
    }

    /// The word up to which a time may go.
    fn most(&self, at: usize) -> usize {
        let most = self.sentence.len().min(at + LONGEST_TIME);
        let is_bounded = |next: usize| {
            let numbers = (at..next).rposition(|it| self.sentence.case(it) == Some(LetterCase::Number));
            numbers.is_some() && (at..next).any(|it| self.sentence.has(&BOUNDING, it))
        };
        let is_over = |&next: &usize| {
            let sign = self.sentence.sign(next);
            let is_told = sign == ":" && self.sentence.behind(&BOUNDING, at) == Some(next);
            sign.contains([';', '\n', '(', ':', '"', '“']) && !is_told
                || matches!(self.sentence.words[next].folded(), "theo" | "tuy" | "khi" | "de")
                || self.sentence.has(&BOUNDING, next) && is_bounded(next)
        };
        (at + 1..most).find(is_over).unwrap_or(most)
    }

    /// Whether a time may end before this word, and no digit of it is still to come.
    fn may_end(&self, end: usize) -> bool {
        let is_time =
            self.sentence.case(end - 1) == Some(LetterCase::Number) || self.sentence.has(&TIMES, end - 1);
        let is_within = match self.sentence.gap(end) {
            "/" => true,
            "-" | "–" | "." => self.sentence.case(end) == Some(LetterCase::Number),
            _ => false,
        };
        is_time && !is_within
    }
}

/// What a time means.
impl DeadlineReader<'_> {
    /// The period that the words name, if it is still to come. Of two that are left open none is it.
    fn period(&self, words: Range<usize>) -> Option<Period> {
        if self.sentence.words[words.clone()].iter().any(|word| word.folded() == "hoac") {
            return None;
        }
        let text = self.sentence.slice(words.clone());
        let period = match Period::read(text, self.year) {
            Err(TimeError::FromToday | TimeError::Unknown) => self.told_from_meeting(words),
            read => read.ok(),
        }?;
        match period.rhythm() {
            Rhythm::Once => (period.deadline(self.year)? >= self.on).then_some(period),
            Rhythm::Recurring => Some(period),
            Rhythm::Ongoing => None,
        }
    }

    /// What is told from the day of the meeting is that day in the plan.
    fn told_from_meeting(&self, words: Range<usize>) -> Option<Period> {
        let folded: Vec<&str> = self.sentence.words[words.clone()].iter().map(SpelledWord::folded).collect();
        let day = match folded.as_slice() {
            [.., "trong" | "het", "tuan", "nay"] => self.sunday(0),
            [.., "trong" | "het", "tuan", "sau" | "toi"] => self.sunday(1),
            [.., "trong" | "het", "tuan"] => self.sunday(0).filter(|day| self.has_half(*day, 7)),
            // `trong tuần sau` is no day of it.
            [.., "tuan", "nay" | "sau" | "toi"] if !folded.contains(&"thu") => None,
            [.., last] => {
                let day = read_date(self.sentence.slice(words), self.year, self.on).ok()??;
                let is_clear = match *last {
                    "thang" => self.has_half(day, 30),
                    "quy" => self.has_half(day, 90),
                    "nay" | "sau" | "toi" | "mai" => true,
                    _ => day > self.on,
                };
                is_clear.then_some(day)
            }
            [] => None,
        }?;
        Period::read(&write_date(day), self.year).ok()
    }

    /// The last day of this week, or of one so many weeks on.
    fn sunday(&self, weeks: u64) -> Option<NaiveDate> {
        let left = 6 - u64::from(self.on.weekday().num_days_from_monday());
        self.on.checked_add_days(Days::new(left + weeks * 7))
    }

    /// Whether half of a time of so many days is still to come, so that it is this one and not the next.
    fn has_half(&self, last: NaiveDate, days: i64) -> bool {
        (last - self.on).num_days() * 2 >= days
    }
}

/// What a time belongs to.
impl DeadlineReader<'_> {
    fn is_certain(&self, words: Range<usize>, from: usize) -> bool {
        let begin = self.frame(words.start, from);
        let is_lasting = self.sentence.has(&LASTING, words.start);
        if begin == from {
            return self.opens(&words);
        }
        let is_apart = !self.sentence.gap(begin).trim().is_empty() || begin < words.start;
        if self.sentence.gap(begin).contains('(') != self.sentence.gap(words.end).starts_with(')') {
            return false;
        }
        match is_lasting {
            true if is_apart => self.ends_clause(words.end),
            true => self.is_reported(words.start) && self.closes(words.end),
            false if is_apart => self.closes(words.end) || self.sentence.has(&DELIVERING, words.end),
            false => {
                self.sentence.has(&BOUNDING, words.start)
                    && self.closes(words.end)
                    && self.is_of_work(words.start)
            }
        }
    }

    /// Where the words for an end begin that stand before a time: `và phải hoàn thành`.
    fn frame(&self, at: usize, from: usize) -> usize {
        let mut begin = at;
        while begin > from && self.sentence.is_joined(begin) {
            let words =
                (1..=2).rev().filter_map(|count| begin.checked_sub(count)).filter(|word| *word >= from);
            let before = words.into_iter().find(|&word| self.sentence.behind(&STRIVING, word) == Some(begin));
            let Some(before) = before else { break };
            begin = before;
        }
        let is_and = self.sentence.words[begin].folded() == "va";
        let is_free = begin == from || is_and || !self.sentence.gap(begin).trim().is_empty();
        if is_free { begin } else { at }
    }

    /// Whether a time at the head of the sentence is that of all that follows.
    fn opens(&self, words: &Range<usize>) -> bool {
        let end = words.end;
        let is_told =
            (end..self.sentence.len()).any(|at| self.sentence.slice(at..at + 1).to_lowercase() == "đã");
        let books = [&HEADS, &WORK, &PURPOSE];
        let is_begun =
            self.sentence.has(&ORDERS, end) || books.iter().any(|book| self.sentence.has(book, end));
        !is_told && (end == self.sentence.len() || self.sentence.sign(end) == "," || is_begun)
    }

    /// Whether nothing more is said of the time behind it.
    fn closes(&self, end: usize) -> bool {
        let is_followed = || self.sentence.is_joined(end) && self.sentence.has(&PURPOSE, end);
        self.ends_clause(end) || self.sentence.sign(end).starts_with(',') || is_followed()
    }

    fn ends_clause(&self, end: usize) -> bool {
        let gap = self.sentence.gap(end).trim();
        gap.starts_with([';', '.', ')']) || end == self.sentence.len() && gap.trim_matches(',').is_empty()
    }

    /// `trình UBND tỉnh trong tháng 6`: with those to whom it goes the clause is at its end.
    fn is_reported(&self, at: usize) -> bool {
        let mut begins = at.saturating_sub(12)..at;
        begins.any(|begin| {
            let next = self.sentence.behind(&DELIVERING, begin);
            next.and_then(|next| self.sentence.behind(&RECIPIENTS, next)) == Some(at)
        })
    }

    /// Whether a time that no sign parts from the work is that of the work, and not of what it is done to.
    fn is_of_work(&self, at: usize) -> bool {
        let is_past = (at.saturating_sub(3)..at).any(|begin| self.sentence.behind(&PAST, begin) == Some(at));
        let is_noun = |begin: usize| begin > 0 && self.sentence.has(&PLURAL, begin - 1);
        let verb = (at.saturating_sub(LONGEST_CLAUSE)..at)
            .rev()
            .find(|&begin| self.sentence.has(&WORK, begin) && !is_noun(begin));
        verb.is_some_and(|verb| {
            let is_many = || (verb..at).any(|word| self.sentence.has(&PLURAL, word));
            !is_past && !self.is_theirs(verb) && (self.sentence.has(&DELIVERING, verb) || !is_many())
        })
    }

    /// Whether it is what others do who stand in the work: `rà soát hồ sơ của các đơn vị gửi`.
    fn is_theirs(&self, verb: usize) -> bool {
        let words = verb.saturating_sub(LONGEST_TIME)..verb;
        let is_done_by = words.clone().any(|at| self.sentence.behind(&SORTS, at) == Some(verb));
        let is_charge = |at| {
            self.sentence.has(&ORDERS, at)
                || [&TOGETHER, &PRESIDING].iter().any(|it| self.sentence.has(it, at))
        };
        is_done_by && words.into_iter().any(|at| self.sentence.has(&WORK, at) && !is_charge(at))
    }

    fn with_frame(&self, words: Range<usize>, from: usize) -> Range<usize> {
        self.frame(words.start, from)..words.end
    }
}
