//! A list that is typed to narrow, and of which one or several are taken.

use super::action::Action;
use super::scroll::{Scroll, Step};
use crate::plan::{Field, Task};
use crate::text::{self, Needle};

/// What is chosen from, and what for.
#[derive(Debug, Clone)]
pub struct Picker {
    pub subject: Subject,
    pub typed: text::Field,
    pub items: Vec<Item>,
    pub scroll: Scroll,
}

/// What the choice is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Command,
    Filter(Role),
    /// A field of a task as it was when the choosing began: that is what the change expects to find.
    Status(Box<Task>),
    /// The same, and then a reason.
    StatusBecause(Box<Task>),
    Quarters(Box<Task>),
    Agencies(Box<Task>, Role),
}

impl Subject {
    /// Whether several may be taken.
    pub const fn is_several(&self) -> bool {
        matches!(self, Self::Filter(_) | Self::Quarters(_) | Self::Agencies(..))
    }
}

/// What an agency has to do with a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Lead,
    Support,
}

impl Role {
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Lead => Self::Support,
            Self::Support => Self::Lead,
        }
    }

    pub const fn field(self) -> Field {
        match self {
            Self::Lead => Field::Lead,
            Self::Support => Field::Support,
        }
    }
}

/// One line of the list.
#[derive(Debug, Clone)]
pub struct Item {
    pub label: String,
    /// What is told beside it: counts, a key.
    pub detail: String,
    pub mark: Mark,
    pub value: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Off,
    On,
}

/// What taking the line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Act(Action),
    /// A status or a quarter, by its place among all of them.
    Choice(usize),
    Name(String),
    /// Nothing in particular: no filter.
    All,
}

impl Picker {
    pub fn of(subject: Subject, items: Vec<Item>) -> Self {
        let row = items.iter().position(|item| item.mark == Mark::On).unwrap_or_default();
        let typed = text::Field::of("", text::Lines::One);
        Self { subject, typed, items, scroll: Scroll { row, first: 0 } }
    }

    /// The places of the items that what was typed leaves, those that begin with it first.
    pub fn shown(&self) -> Vec<usize> {
        let needle = Needle::parse(self.typed.text());
        let start = text::fold(self.typed.text().trim());
        let is_meant = |item: &Item| {
            needle.matches_text(&item.label) || needle.matches_text(&text::initials(&item.label))
        };
        let mut shown: Vec<usize> = (0..self.items.len()).filter(|&at| is_meant(&self.items[at])).collect();
        if !start.is_empty() {
            shown.sort_by_key(|&at| !text::fold(&self.items[at].label).starts_with(&start));
        }
        shown
    }

    pub fn chosen(&self) -> Option<&Item> {
        self.shown().get(self.scroll.row).map(|&at| &self.items[at])
    }

    /// The items that are marked; where none is, the chosen one.
    pub fn taken(&self) -> Vec<&Item> {
        let marked: Vec<_> = self.items.iter().filter(|item| item.mark == Mark::On).collect();
        if marked.is_empty() { self.chosen().into_iter().collect() } else { marked }
    }

    /// The names that were typed, those of the list as they stand there. As in plans, only `;` stands between two.
    pub fn typed_names(&self) -> Vec<String> {
        let typed = text::nfc(self.typed.text());
        let known = |name: &str| {
            let key = text::name_key(name);
            let item = self.items.iter().find(|item| text::name_key(&item.label) == key);
            item.map_or_else(|| name.to_owned(), |item| item.label.clone())
        };
        typed.split(';').map(str::trim).filter(|name| !name.is_empty()).map(known).collect()
    }

    /// Marks the chosen item or takes the mark away, and makes room to type the next. A name that is in no list
    /// is put into this one where that may be.
    pub fn mark(&mut self) {
        if let Some(&at) = self.shown().get(self.scroll.row) {
            let item = &mut self.items[at];
            item.mark = match item.mark {
                Mark::Off => Mark::On,
                Mark::On => Mark::Off,
            };
        } else if matches!(self.subject, Subject::Agencies(..)) {
            for name in self.typed_names() {
                self.mark_name(name);
            }
        }
        if !self.typed.is_empty() {
            self.typed = text::Field::of("", text::Lines::One);
            self.narrow();
        }
    }

    fn mark_name(&mut self, name: String) {
        if let Some(item) = self.items.iter_mut().find(|item| item.label == name) {
            item.mark = Mark::On;
            return;
        }
        let value = Value::Name(name.clone());
        self.items.push(Item { label: name, detail: String::new(), mark: Mark::On, value });
    }

    pub fn step(&mut self, step: Step, visible: usize) {
        let length = self.shown().len();
        self.scroll.step(step, length, visible);
    }

    /// To be called after each change of what was typed.
    pub fn narrow(&mut self) {
        self.scroll = Scroll::default();
    }
}
