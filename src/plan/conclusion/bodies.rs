//! The bodies that stand one behind the other in a sentence. Their names have commas and `và` in them, and nothing
//! says where the last one ends and its work begins: only what is known, or what stands between two words of the
//! grammar, is a name.

use super::lexicon::{
    BOUND, CONCERNED, HEADS, HELPING, MANY, PRESIDING, SHARED, SORTS, STANDARD, TAILS, TOGETHER, TOPS, UNITS,
    WORK,
};
use super::sentence::Sentence;
use crate::plan::agency::{Directory, LetterCase, PhraseMatch, SpelledWord};

/// Bodies one behind the other, and the word behind them.
#[derive(Debug)]
pub(super) struct BodyList {
    pub(super) names: Vec<String>,
    pub(super) next: usize,
}

impl BodyList {
    fn of(name: String, next: usize) -> Self {
        Self { names: vec![name], next }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct BodyReader<'a> {
    pub(super) sentence: &'a Sentence<'a>,
    pub(super) directory: &'a Directory,
    /// Where the words of the grammar end the list: up to there a name may be any.
    end: Option<usize>,
}

/// The most syllables of a place: `Bà Rịa - Vũng Tàu`.
const LONGEST_PLACE: usize = 4;

/// The most words of a name that is not known.
const LONGEST_UNKNOWN: usize = 12;

impl<'a> BodyReader<'a> {
    pub(super) const fn new(sentence: &'a Sentence<'a>, directory: &'a Directory) -> Self {
        Self { sentence, directory, end: None }
    }

    /// The bodies from this word on; none where one of them is not certain.
    pub(super) fn list(&self, at: usize) -> Option<BodyList> {
        let mut list = self.body(at)?;
        while let Some(more) = self.joint(list.next).and_then(|begin| self.body(begin)) {
            let new = more.names.into_iter().filter(|name| !list.names.contains(name)).collect::<Vec<_>>();
            list.names.extend(new);
            list.next = more.next;
        }
        Some(list)
    }

    /// The bodies from one word to another, at which the grammar ends them.
    pub(super) fn list_until(&self, at: usize, end: usize) -> Option<BodyList> {
        Self { end: Some(end), ..*self }.list(at).filter(|list| list.next == end)
    }

    /// One body, or those that share a word. The longest name counts.
    pub(super) fn body(&self, at: usize) -> Option<BodyList> {
        if at >= self.limit() {
            return None;
        }
        let ways = [self.known(at), self.standard(at), self.many(at), self.sharing(at)];
        let longest = ways.into_iter().flatten().rev().max_by_key(|body| body.next);
        longest.filter(|body| body.next <= self.limit()).or_else(|| self.unknown(at))
    }

    fn limit(&self) -> usize {
        self.end.unwrap_or(self.sentence.len())
    }

    /// The word behind what may stand between two bodies.
    fn joint(&self, at: usize) -> Option<usize> {
        if at >= self.limit() {
            return None;
        }
        let is_and =
            matches!(self.sentence.words[at].folded(), "va" | "cung") && self.sentence.is_joined(at + 1);
        match self.sentence.sign(at) {
            "," | "" if is_and => Some(at + 1),
            "," => Some(at),
            _ => None,
        }
    }

    fn as_typed(&self, at: usize, next: usize) -> BodyList {
        let bytes = self.sentence.bytes(at..next);
        let name = &self.sentence.text[bytes.clone()];
        let is_open = name.contains('(') && !name.contains(')');
        let closing = &self.sentence.text[bytes.end..self.sentence.start(next)];
        let name = if is_open && closing.starts_with(')') { format!("{name})") } else { name.to_owned() };
        BodyList::of(name, next)
    }
}

/// Names that are known.
impl BodyReader<'_> {
    /// A body of the plan, by the name that the plan has for it.
    fn known(&self, at: usize) -> Option<BodyList> {
        let found = self.sentence.name(self.directory.names(), at)?;
        let next = at + found.count;
        let is_clear = self.has_capitals(at, &found) && !self.is_general(at, next);
        let name = self.directory.bodies()[found.meaning].name();
        self.ends(next, is_clear).then(|| BodyList::of(name.to_owned(), next))
    }

    /// A body that every province has, as it was typed.
    fn standard(&self, at: usize) -> Option<BodyList> {
        let found = self.sentence.name(&STANDARD, at)?;
        let next = at + found.count;
        let is_clear = self.has_capitals(at, &found);
        let tail = self.tail(next).filter(|tail| self.ends(*tail, is_clear));
        let next =
            tail.or_else(|| (self.ends(next, is_clear) && !self.is_general(at, next)).then_some(next))?;
        Some(self.as_typed(at, next))
    }

    /// The place behind a name: `tỉnh`, `tỉnh Hưng Yên`, `huyện Yên Mỹ`, `Hưng Yên`.
    fn tail(&self, at: usize) -> Option<usize> {
        if !self.sentence.is_joined(at) {
            return None;
        }
        let unit = self.sentence.behind(&UNITS, at);
        let place = unit.and_then(|at| self.place(at));
        place.or_else(|| self.sentence.behind(&TOPS, at)).or_else(|| self.place(at))
    }

    /// The capitals of a place.
    fn place(&self, at: usize) -> Option<usize> {
        let is_of_place = |&at: &usize| {
            let is_capital = self.sentence.case(at) == Some(LetterCase::Capital);
            let is_joined = matches!(self.sentence.sign(at), "" | "." | "-" | "–");
            is_capital && is_joined && !self.sentence.has(&HEADS, at) && self.sentence.has_case()
        };
        let next = (at..self.limit()).take_while(is_of_place).last()? + 1;
        // A small letter behind it may be the rest of a name: `Thanh tra Sở Nội vụ`.
        (next - at <= LONGEST_PLACE && self.ends(next, false)).then_some(next)
    }

    /// Whether the words have the capitals of the name, so that small letters behind them are of something else.
    fn has_capitals<T>(&self, at: usize, found: &PhraseMatch<'_, T>) -> bool {
        let is_capital = |word: &SpelledWord| matches!(word.case, LetterCase::Capital | LetterCase::Capitals);
        let words = &self.sentence.words[at..at + found.count];
        let is_behind = |words: &[SpelledWord]| words[1..].iter().any(is_capital);
        let is_written = is_behind(words) || !is_behind(found.phrase) && is_capital(&words[0]);
        self.sentence.has_case() && is_written
    }

    /// Whether a name is no more than a kind: `Văn phòng`, `Hội đồng`.
    fn is_general(&self, at: usize, next: usize) -> bool {
        self.sentence.behind(&HEADS, at) == Some(next)
    }

    /// Whether a name ends before this word. Where capitals tell it from what follows, small letters end it, and else
    /// only a word of the grammar.
    fn ends(&self, next: usize, is_clear: bool) -> bool {
        let sign = self.sentence.sign(next);
        if next >= self.limit() || !sign.is_empty() {
            return sign.is_empty() || sign.starts_with([',', ';', ':', '.']);
        }
        if self.is_grammar(next) || self.joint(next).is_some() {
            return true;
        }
        is_clear && self.sentence.case(next) == Some(LetterCase::Lower) && !self.sentence.has(&TAILS, next)
    }

    /// Whether a word can only be said of bodies, and is no part of a name.
    fn is_grammar(&self, at: usize) -> bool {
        let is_small = !self.sentence.has_case() || self.sentence.case(at) == Some(LetterCase::Lower);
        let books = [&PRESIDING, &BOUND, &TOGETHER, &HELPING, &WORK];
        is_small && books.iter().any(|book| self.sentence.has(book, at))
    }
}

/// Names that are told by their grammar.
impl BodyReader<'_> {
    /// All bodies of a kind: `các sở, ban, ngành liên quan`, `UBND các huyện, thị xã, thành phố`.
    fn many(&self, at: usize) -> Option<BodyList> {
        let head = self.sentence.behind(&MANY, at)?;
        let first = self.sort(head)?;
        // The names that share the word are still to be typed.
        if first == self.sentence.len() && self.sentence.has(&SHARED, head) {
            return None;
        }
        let more = |next: &usize| self.sort(self.joint(*next)?);
        let ends: Vec<usize> = std::iter::successors(Some(first), more).collect();
        // `các sở, ngành, tổ chức` may go on with a meeting that is held.
        let next = ends.into_iter().rev().find_map(|next| self.end_of_many(next))?;
        Some(self.as_typed(at, next))
    }

    /// The word behind a kind of bodies: `tổ chức chính trị - xã hội`.
    fn sort(&self, at: usize) -> Option<usize> {
        self.sentence.name(&SORTS, at).map(|found| at + found.count)
    }

    fn end_of_many(&self, next: usize) -> Option<usize> {
        let closed =
            if self.sentence.is_joined(next) { self.sentence.behind(&CONCERNED, next) } else { None };
        let (end, is_clear) = closed.map_or((next, false), |end| (end, true));
        let is_listed = !is_clear && self.sentence.sign(end).starts_with(':');
        (self.ends(end, is_clear) && !is_listed).then_some(end)
    }

    /// Bodies that share the first word of their names: `các Sở: Nội vụ, Tư pháp và Tài chính`.
    fn sharing(&self, at: usize) -> Option<BodyList> {
        let head = self.sentence.behind(&MANY, at)?;
        let first = self.sentence.behind(&SHARED, head)?;
        if !matches!(self.sentence.sign(first), "" | ":") {
            return None;
        }
        let mut list = self.shared(head, first)?;
        while let Some(more) = self.joint(list.next).and_then(|begin| self.shared(head, begin)) {
            list.names.extend(more.names);
            list.next = more.next;
        }
        Some(list)
    }

    /// One of them: the name that the shared word begins.
    fn shared(&self, head: usize, at: usize) -> Option<BodyList> {
        let words = &self.sentence.words;
        let most = words.len().min(at + LONGEST_UNKNOWN);
        let name = [&words[head..=head], &words[at.min(most)..most]].concat();
        let known = self.directory.names().at(&name).map(|found| (found.count, Some(found.meaning)));
        let standard = STANDARD.at(&name).map(|found| (found.count, None));
        let (count, place) =
            known.into_iter().chain(standard).max_by_key(|(count, place)| (*count, *place))?;
        let next = at + count.checked_sub(1).filter(|count| *count > 0)?;
        let typed = || format!("{} {}", self.sentence.slice(head..head + 1), self.sentence.slice(at..next));
        let name = place.map_or_else(typed, |place| self.directory.bodies()[place].name().to_owned());
        let is_clear = self.sentence.case(at) == Some(LetterCase::Capital);
        self.ends(next, is_clear).then(|| BodyList::of(name, next))
    }

    /// Any name that begins as those of bodies do, where the grammar says where the names end.
    fn unknown(&self, at: usize) -> Option<BodyList> {
        let end = self.end?;
        let first = self.sentence.behind(&HEADS, at)?;
        let has_capital = (at..=first).any(|at| self.sentence.case(at) != Some(LetterCase::Lower));
        let is_over = |&next: &usize| {
            self.is_grammar(next)
                || self.joint(next).is_some()
                || !matches!(self.sentence.sign(next), "" | "-" | "–")
        };
        let next = (first..end).find(is_over).unwrap_or(end);
        let is_named =
            next > first && next - at <= LONGEST_UNKNOWN && has_capital | !self.sentence.has_case();
        let is_ended = next == end || self.joint(next).is_some();
        (is_named && is_ended).then(|| self.as_typed(at, next))
    }
}
