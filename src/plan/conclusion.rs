//! What is decided in a meeting, read from the sentence in which it is said: who leads, who cooperates, until when, and
//! what is to be done. `Giao Sở Tư pháp chủ trì, phối hợp Văn phòng UBND tỉnh rà soát quy chế, hoàn thành trước ngày
//! 15/6`.
//!
//! Nothing is guessed. What is not certain stays empty, and its words stay in the title: an empty field is filled by
//! hand, and a wrong one is seen when it is too late. Every letter of the sentence is in a field, or says nothing but
//! how the fields hang together: `giao`, `chủ trì`, `phối hợp với`.

mod bodies;
mod deadline;
mod duty;
mod lexicon;
mod sentence;

use std::ops::Range;

use chrono::NaiveDate;

use self::deadline::DeadlineReader;
use self::duty::DutyReader;
use self::sentence::Sentence;
use super::agency::Directory;
use super::time::{Period, write_date};
use crate::text;

/// A sentence of a conclusion, as the fields of a new task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conclusion {
    /// The work, without the words that are in another field.
    pub title: String,
    /// By the names that the plan has for them; one that it does not know as it was typed.
    pub lead: Vec<String>,
    pub support: Vec<String>,
    pub time: Option<Deadline>,
}

/// A time, with the words it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    pub words: String,
    pub period: Period,
}

impl Deadline {
    /// What a plan of that year can say: the words, or the day where they are told from that of the meeting.
    pub fn written(&self, year: i32) -> String {
        let is_lasting = Period::read(&self.words, year) == Ok(self.period);
        let day = self.period.deadline(year).filter(|_| !is_lasting);
        day.map_or_else(|| self.words.clone(), write_date)
    }
}

impl Conclusion {
    /// Reads a sentence at any moment of the typing. A day without a year is one of `year`, the plan's; what is told
    /// from today is told from `on`, the day of the meeting.
    pub fn read(text: &str, directory: &Directory, year: i32, on: NaiveDate) -> Self {
        let text = text::nfc(text);
        let sentence = Sentence::of(&text);
        let first = numbering(&sentence);
        let time = DeadlineReader { sentence: &sentence, year, on }.read(first);
        let rest =
            time.as_ref().map_or(first..sentence.len(), |time| beside(&time.words, first..sentence.len()));
        let duty = DutyReader::new(&sentence, directory).read(rest);
        // What stands behind the charge of another is when that has to be done.
        let time = time.filter(|time| duty.other.is_none_or(|other| time.words.start < other));
        let time_words = time.as_ref().map(|time| time.words.clone());
        let mut cuts: Vec<_> = [duty.words, duty.tail, time_words].into_iter().flatten().collect();
        cuts.sort_by_key(|words| words.start);
        Self {
            title: title(&sentence, first, &cuts),
            lead: duty.lead,
            support: duty.support,
            time: time.map(|time| time.deadline),
        }
    }
}

/// The words without those at their head or at their end.
fn beside(time: &Range<usize>, words: Range<usize>) -> Range<usize> {
    match (time.start == words.start, time.end == words.end) {
        (true, _) => time.end..words.end,
        (_, true) => words.start..time.start,
        _ => words,
    }
}

/// The word behind the number of an entry in a list: `3.`, `1.2.`, `a)`, `II.`, `-`.
fn numbering(sentence: &Sentence<'_>) -> usize {
    let is_number = |word: &str| word.len() <= 2 && word.bytes().all(|it| it.is_ascii_digit());
    let is_letter =
        |word: &str| word.len() == 1 || matches!(word, "ii" | "iii" | "iv" | "vi" | "vii" | "viii");
    let numbers = sentence.words.iter().take_while(|word| is_number(word.folded())).count();
    let is_lettered = numbers == 0 && sentence.words.first().is_some_and(|word| is_letter(word.folded()));
    let behind = numbers.max(usize::from(is_lettered));
    let dots = (1..behind).all(|at| sentence.gap(at) == ".");
    let gap = if behind < sentence.len() { sentence.gap(behind) } else { "" };
    let is_ended = gap.starts_with(['.', ')']) && gap.ends_with(char::is_whitespace);
    if behind > 0 && dots && is_ended { behind } else { 0 }
}

/// What is left of the sentence without these words.
fn title(sentence: &Sentence<'_>, first: usize, cuts: &[Range<usize>]) -> String {
    let mut title = String::new();
    let mut at = if first == 0 { 0 } else { sentence.start(first) };
    for cut in cuts {
        let bytes = with_brackets(sentence.text, sentence.bytes(cut.clone()));
        add(&mut title, &sentence.text[at..bytes.start.max(at)]);
        at = bytes.end.max(at);
    }
    add(&mut title, &sentence.text[at..]);
    text::nfc(&text::capital(without_stop(&title))).into_owned()
}

/// The brackets around all of it go with it.
fn with_brackets(text: &str, bytes: Range<usize>) -> Range<usize> {
    let (before, behind) = (text[..bytes.start].trim_end(), text[bytes.end..].trim_start());
    match (before.strip_suffix('('), behind.strip_prefix(')')) {
        (Some(before), Some(behind)) => before.len()..text.len() - behind.len(),
        _ => bytes,
    }
}

/// Adds a part of the sentence to the title, with one sign between them and no more.
fn add(title: &mut String, part: &str) {
    let is_sign = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':');
    let is_first = title.chars().all(|c| !c.is_alphanumeric());
    let part = part.trim();
    let part = if is_first {
        part.trim_start_matches(|c| is_sign(c) || matches!(c, '.' | '-' | '–' | '+' | '•' | '*'))
    } else {
        part
    };
    let words = part.trim_start_matches(is_sign);
    if words.is_empty() {
        return;
    }
    let sign = part.chars().find(|c| !c.is_whitespace()).filter(|c| is_sign(*c));
    let kept = title.trim_end().len();
    title.truncate(kept);
    if title.ends_with([',', ';', ':']) || words.starts_with(['.', ')', '”']) {
        // One of them is enough.
    } else {
        title.extend(sign.filter(|_| !title.is_empty()));
    }
    if !title.is_empty() && !words.starts_with(['.', ')', '”']) {
        title.push(' ');
    }
    title.push_str(words);
}

/// The stop at the end of a sentence is none of the title.
fn without_stop(title: &str) -> &str {
    let title = title.trim();
    let title = title.strip_suffix("./.").unwrap_or(title).trim_end_matches([' ', ',', ';', ':']);
    let is_single = title.ends_with('.') && !title.ends_with("..") && !title.ends_with("v.v.");
    if is_single { title[..title.len() - 1].trim_end_matches([' ', ',', ';', ':']) } else { title }
}
