//! What the user is told in the footer, how long it stays there, and what was told before.

use std::collections::VecDeque;

use chrono::{NaiveDateTime, TimeDelta};

use super::{App, Panel};
use crate::plan::PlanKey;
use crate::words::{Phrase, Spoken};

/// So many can be read again.
const KEPT: usize = 20;

/// So many wait to be shown; more could not be read one after the other, but again later.
const WAITING: usize = 4;

/// Two keys are enough to take a message away that has stood so long: somebody works on and has seen it.
const SEEN: TimeDelta = TimeDelta::seconds(1);

/// One key takes away a message that has stood so long.
const READ: TimeDelta = TimeDelta::seconds(4);

/// Without any key it goes after so long.
const LONGEST: TimeDelta = TimeDelta::seconds(20);

/// What is told. An answer to a key stands until the next one; what nobody has asked for stands until it could be read.
#[derive(Debug, Default)]
pub(super) struct Notices {
    /// The time as the world has told it last.
    now: NaiveDateTime,
    answer: Option<String>,
    answered_at: NaiveDateTime,
    /// Unasked, oldest first. The first of them is shown when there is no answer to show.
    unasked: VecDeque<Unasked>,
    /// The last first, with the time.
    past: VecDeque<(NaiveDateTime, String)>,
}

#[derive(Debug)]
struct Unasked {
    told: String,
    /// Since when it has been on the screen; nothing while something else lies over it.
    since: Option<NaiveDateTime>,
    /// The keys that came when it could have been seen.
    keys: u8,
}

impl Notices {
    pub(super) fn answer(&mut self, told: String) {
        self.keep(&told);
        (self.answer, self.answered_at) = (Some(told), self.now);
    }

    pub(super) fn tell(&mut self, told: String) {
        if self.unasked.iter().any(|unasked| unasked.told == told) {
            return;
        }
        self.keep(&told);
        self.unasked.push_back(Unasked { told, since: None, keys: 0 });
        if self.unasked.len() > WAITING {
            self.unasked.pop_front();
        }
    }

    /// To be read again, however it was told.
    pub(super) fn keep(&mut self, told: &str) {
        self.past.push_front((self.now, told.to_owned()));
        self.past.truncate(KEPT);
    }

    /// The answer is seen elsewhere.
    pub(super) fn silence(&mut self) {
        self.answer = None;
    }

    /// Whether the last key has no answer yet.
    pub(super) const fn is_silent(&self) -> bool {
        self.answer.is_none()
    }

    /// A key was pressed, before it is known what it means.
    pub(super) fn press(&mut self) {
        self.answer = None;
        let Some(Unasked { since: Some(since), keys, .. }) = self.unasked.front_mut() else { return };
        let stood = self.now - *since;
        if stood >= SEEN {
            *keys += 1;
        }
        if stood >= READ || *keys >= 2 {
            self.unasked.pop_front();
        }
    }

    fn pass(&mut self, now: NaiveDateTime) {
        self.now = now;
        self.answered_at = self.answered_at.min(now);
        if self.answer.is_some() && now - self.answered_at >= self.life_of_answer() {
            self.answer = None;
        }
        // A clock that was put back begins the time anew.
        if let Some(Unasked { since: Some(since), .. }) = self.unasked.front_mut() {
            *since = now.min(*since);
            if now - *since >= LONGEST {
                self.unasked.pop_front();
            }
        }
    }

    /// An answer makes room when something else is to be told.
    fn life_of_answer(&self) -> TimeDelta {
        if self.unasked.is_empty() { LONGEST } else { READ }
    }

    fn ends_at(&self) -> Option<NaiveDateTime> {
        if self.answer.is_some() {
            return Some(self.answered_at + self.life_of_answer());
        }
        Some(self.unasked.front()?.since? + LONGEST)
    }

    /// What is seen of the messages now.
    fn show_next(&mut self, is_covered: bool) {
        let (now, is_covered) = (self.now, is_covered || self.answer.is_some());
        if let Some(first) = self.unasked.front_mut() {
            if is_covered {
                first.since = None;
            } else if first.since.is_none() {
                (first.since, first.keys) = (Some(now), 0);
            }
        }
    }
}

impl App {
    /// What stands in the footer in place of the keys.
    pub fn notice(&self) -> Option<&str> {
        let unasked = || self.notices.unasked.front().map(|unasked| unasked.told.as_str());
        self.notices.answer.as_deref().or_else(unasked)
    }

    /// What was told, the last first, with its time.
    pub fn told(&self) -> impl ExactSizeIterator<Item = &(NaiveDateTime, String)> {
        self.notices.past.iter()
    }

    /// How long until a message goes by itself. Nothing while there is none: nobody has to wake up.
    pub fn notice_ends_in(&self) -> Option<TimeDelta> {
        Some(self.notices.ends_at()? - self.notices.now)
    }

    /// The time as the world has told it last.
    pub(super) const fn now(&self) -> NaiveDateTime {
        self.notices.now
    }

    /// The head of the screen says it as long as it is so; later it can be read again.
    pub(super) fn hear_of_trouble(&mut self, plan: PlanKey, trouble: Spoken) {
        let open = &mut self.plans[plan.0];
        if open.trouble.as_ref() != Some(&trouble) {
            self.notices.keep(trouble.say(self.lang));
        }
        open.trouble = Some(trouble);
    }

    pub(super) fn take_time(&mut self, now: NaiveDateTime) {
        self.notices.pass(now);
        self.show_next_notice();
    }

    pub(super) fn show_next_notice(&mut self) {
        let is_covered = matches!(&self.panel, Some(Panel::Ask(_)));
        self.notices.show_next(is_covered);
    }

    /// Answers the last key; the answer stands until the next.
    pub(super) fn say(&mut self, phrase: Phrase) {
        self.notices.answer(phrase.say(self.lang).to_owned());
    }
}
