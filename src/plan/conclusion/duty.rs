//! Who has to do it, and with whom: `Giao Sở A chủ trì, phối hợp với Sở B …`.

use std::ops::Range;

use super::bodies::{BodyList, BodyReader};
use super::lexicon::{
    ABOVE, AGREED, BOUND, CLINGING, HEADS, HELPING, MANY, ORDERS, Ordering, PRESIDING, RECIPIENTS, SPEAKERS,
    STANDARD, TOGETHER, WORK,
};
use super::sentence::Sentence;
use crate::plan::agency::Directory;

/// Those who are charged, and the words that say so.
#[derive(Debug, Default)]
pub(super) struct Duty {
    pub(super) lead: Vec<String>,
    pub(super) support: Vec<String>,
    /// The words that say nothing of the work.
    pub(super) words: Option<Range<usize>>,
    /// Those of them that stand behind it.
    pub(super) tail: Option<Range<usize>>,
    /// Where somebody else is charged with something.
    pub(super) other: Option<usize>,
}

/// So many words are looked through for the end of a list.
const LONGEST_LIST: usize = 60;

#[derive(Debug, Clone, Copy)]
pub(super) struct DutyReader<'a> {
    sentence: &'a Sentence<'a>,
    bodies: BodyReader<'a>,
}

/// Those who lead, and what stands behind them.
struct Leads {
    names: Vec<String>,
    next: usize,
    /// Whether it is said of them that they lead.
    is_told: bool,
}

impl<'a> DutyReader<'a> {
    pub(super) const fn new(sentence: &'a Sentence<'a>, directory: &'a Directory) -> Self {
        Self { sentence, bodies: BodyReader::new(sentence, directory) }
    }

    /// Reads these words: the sentence without the deadline at one of its ends.
    pub(super) fn read(&self, words: Range<usize>) -> Duty {
        let from = words.start;
        let later = (from + 1..self.sentence.len()).filter(|&at| self.begins_order(at));
        let first = [from].into_iter().chain(later).find(|&at| self.is_begun(at));
        let mut duty = first.and_then(|at| self.charge(at)).unwrap_or_default();
        if duty.support.is_empty() && !duty.lead.is_empty() {
            self.add_support(&mut duty, words.end);
        }
        duty
    }

    /// Whether an order begins here, behind a part of the sentence that says what it is about.
    fn begins_order(&self, at: usize) -> bool {
        let order = || self.sentence.phrase(&ORDERS, at).map(|found| found.meaning);
        match self.sentence.sign(at) {
            ":" | "." | ";" => order().is_some(),
            "," => order() == Some(Ordering::Giving),
            _ => false,
        }
    }

    /// Whether somebody is charged at this word, certain or not.
    fn is_begun(&self, at: usize) -> bool {
        let order = self.order(at);
        let leads = || self.leads(order.map_or(at, |(begin, _)| begin));
        match order {
            Some((_, Ordering::Giving)) => true,
            Some((_, Ordering::Asking)) => leads().is_some(),
            None => leads().is_some_and(|leads| leads.is_told || self.begins_work(leads.next)),
        }
    }

    /// The charge that begins at this word, if it is certain: where there are two, one must be told to lead.
    fn charge(&self, at: usize) -> Option<Duty> {
        let order = self.order(at);
        let begin = order.map_or(at, |(begin, _)| begin);
        if self.sentence.behind(&ABOVE, begin) > self.sentence.behind(&HEADS, begin) {
            return None;
        }
        let leads = self.leads(begin)?;
        let (supporting, next) =
            self.support(leads.next).map_or((Vec::new(), leads.next), |list| (list.names, list.next));
        let is_supporting = !leads.is_told && self.sentence.has(&TOGETHER, leads.next);
        let is_asked = order.is_none_or(|(_, ordering)| ordering == Ordering::Asking);
        if is_supporting && is_asked {
            return None;
        }
        let other = self.clauses(next).into_iter().find(|&at| self.is_other_charge(at));
        if other.is_some() && !leads.is_told {
            return Some(Duty { other, ..Duty::default() });
        }
        let support = supporting.into_iter().filter(|name| !leads.names.contains(name)).collect();
        Some(Duty { lead: leads.names, support, words: Some(at..next), tail: None, other })
    }

    /// The order at this word, perhaps with the one who gives it: the word behind it, and what it leaves open.
    fn order(&self, at: usize) -> Option<(usize, Ordering)> {
        let speaker = self.sentence.behind(&SPEAKERS, at).unwrap_or(at);
        let agreed = self.sentence.behind(&AGREED, speaker).unwrap_or(speaker);
        let order = self.sentence.phrase(&ORDERS, agreed)?;
        // What is agreed to may be what somebody else has asked for.
        let is_ours = agreed == speaker || order.meaning == Ordering::Giving;
        is_ours.then_some((agreed + order.count, order.meaning))
    }

    fn leads(&self, begin: usize) -> Option<Leads> {
        let open = self.bodies.list(begin).and_then(|list| self.told(list));
        open.or_else(|| {
            let end = self
                .end_of_list(begin, |at| self.sentence.is_joined(at) && self.sentence.has(&PRESIDING, at))?;
            self.told(self.bodies.list_until(begin, end)?)
        })
    }

    /// Those who lead with the words that say so, if what follows leaves it certain.
    fn told(&self, list: BodyList) -> Option<Leads> {
        let BodyList { names, next } = list;
        let is_near = matches!(self.sentence.sign(next), "" | ",");
        if let Some(next) = self.sentence.behind(&PRESIDING, next).filter(|_| is_near) {
            return Some(Leads { names, next, is_told: true });
        }
        if let Some(next) = self.sentence.behind(&BOUND, next).filter(|_| self.sentence.is_joined(next)) {
            // Those who are bound to support another do not lead.
            return (!self.sentence.has(&TOGETHER, next)).then_some(Leads { names, next, is_told: false });
        }
        self.may_follow(next).then_some(Leads { names, next, is_told: false })
    }

    /// The first word of a clause from here on that ends a list.
    fn end_of_list(&self, begin: usize, is_end: impl Fn(usize) -> bool) -> Option<usize> {
        let most = self.sentence.len().min(begin + LONGEST_LIST);
        let clause =
            (begin + 1..most).take_while(|&at| matches!(self.sentence.sign(at), "" | "," | "-" | "–" | "&"));
        clause.into_iter().find(|&at| is_end(at))
    }

    /// Whether bodies may be at their end before this word.
    fn may_follow(&self, at: usize) -> bool {
        match self.sentence.sign(at) {
            "" => at >= self.sentence.len() || !self.sentence.has(&CLINGING, at),
            "," => self.begins_work(at),
            ":" | "." | "./." | ";" => self.bodies.body(at).is_none(),
            _ => false,
        }
    }

    fn begins_work(&self, at: usize) -> bool {
        [&WORK, &TOGETHER, &BOUND].iter().any(|book| self.sentence.has(book, at))
    }

    /// The words from here on that stand behind a sign and in no list of bodies.
    fn clauses(&self, from: usize) -> Vec<usize> {
        let mut clauses = Vec::new();
        let mut at = from;
        while at < self.sentence.len() {
            let is_clause = matches!(self.sentence.sign(at), "," | ";" | "." | ":");
            let list = if is_clause && self.begins_bodies(at) { self.bodies.list(at) } else { None };
            clauses.extend(is_clause.then_some(at));
            at = list.map_or(at + 1, |list| list.next);
        }
        clauses
    }

    fn begins_bodies(&self, at: usize) -> bool {
        let books = [&HEADS, &MANY, &STANDARD];
        books.iter().any(|book| self.sentence.has(book, at)) && !self.sentence.has(&WORK, at)
    }

    /// Whether somebody else is charged with something in this clause.
    fn is_other_charge(&self, at: usize) -> bool {
        let order = self.sentence.phrase(&ORDERS, at).filter(|found| found.meaning == Ordering::Giving);
        let begin = order.map_or(at, |found| at + found.count);
        let list = if self.begins_bodies(begin) { self.bodies.list(begin) } else { None };
        let is_working = |next| !self.sentence.has(&HELPING, next) && self.begins_work(next);
        list.is_some_and(|list| order.is_some() || is_working(list.next))
    }
}

/// Those who cooperate: `support` in the plan.
impl DutyReader<'_> {
    /// `, phối hợp với Sở B`, or `, Sở B phối hợp`.
    fn support(&self, at: usize) -> Option<BodyList> {
        if !matches!(self.sentence.sign(at), "" | "," | ";") {
            return None;
        }
        self.named_support(at).or_else(|| self.told_support(at))
    }

    fn named_support(&self, at: usize) -> Option<BodyList> {
        let begin = self.sentence.behind(&TOGETHER, at).filter(|&begin| self.sentence.is_joined(begin))?;
        let open = self.bodies.list(begin).filter(|list| self.may_follow(list.next));
        open.or_else(|| {
            let end = self.end_of_list(begin, |at| self.ends_with_many(at))?;
            let list = self.bodies.list_until(begin, self.bodies.body(end)?.next)?;
            self.may_follow(list.next).then_some(list)
        })
    }

    /// `và các cơ quan liên quan`: with them a list is at its end.
    fn ends_with_many(&self, at: usize) -> bool {
        let is_and = at > 0 && self.sentence.words[at - 1].folded() == "va";
        let ends = |next: usize| self.sentence.words[next - 1].folded() == "quan";
        is_and && self.sentence.has(&MANY, at) && self.bodies.body(at).is_some_and(|list| ends(list.next))
    }

    fn told_support(&self, at: usize) -> Option<BodyList> {
        let is_and = at < self.sentence.len() && self.sentence.words[at].folded() == "va";
        let list = self.bodies.list(if is_and { at + 1 } else { at })?;
        let next =
            self.sentence.behind(&HELPING, list.next).filter(|_| self.sentence.is_joined(list.next))?;
        // `Sở B phối hợp với Sở C`: who supports whom is not said.
        let is_over = !self.sentence.has(&TOGETHER, list.next) || self.bodies.body(next).is_none();
        (is_over && self.may_follow(next)).then_some(BodyList { next, ..list })
    }

    /// Those who are named behind the work: `…, phối hợp với Sở B.`
    fn add_support(&self, duty: &mut Duty, until: usize) {
        let from = duty.words.as_ref().map_or(0, |words| words.end);
        let found = self.clauses(from + 1).into_iter().filter(|&at| at < until).find_map(|at| {
            let list = self.support(at)?;
            let is_last = list.next >= until || matches!(self.sentence.sign(list.next), ";" | ".");
            // Where other bodies are named before them, they may support those.
            (is_last && !self.names_bodies(from..at)).then_some((at, list))
        });
        if let Some((at, list)) = found {
            duty.support = list.names.into_iter().filter(|name| !duty.lead.contains(name)).collect();
            duty.tail = Some(at..list.next);
        }
    }

    /// Whether bodies stand in these words, but those to whom is reported.
    fn names_bodies(&self, words: Range<usize>) -> bool {
        let mut at = words.start;
        while at < words.end {
            match self.sentence.behind(&RECIPIENTS, at) {
                Some(next) => at = next,
                None if self.begins_bodies(at) => return true,
                None => at += 1,
            }
        }
        false
    }
}
