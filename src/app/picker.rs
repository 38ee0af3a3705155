//! A list that is typed to narrow, and of which one or several are taken.

use std::rc::Rc;

use super::Original;
use super::action::{Action, ViewDeed};
use super::keymap::Mode;
use super::scroll::{ListLines, Scroll, Step};
use crate::plan::agency::Body;
use crate::plan::{Directory, Facet, Field, Quarter, Status, Task, TaskRef, TaskStep};
use crate::text::{self, Needle, Rank};

/// What is chosen from, and what for.
#[derive(Debug, Clone)]
pub struct Picker {
    pub subject: Choice,
    pub typed: text::Field,
    pub items: Vec<Candidate>,
    pub scroll: Scroll,
    /// By which names the agencies among the items are known.
    directory: Rc<Directory>,
    aim: Aim,
}

/// How the cursor came to its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// The list has put it there.
    Given,
    /// The user has gone there.
    Taken,
}

/// A line of the list as it is narrowed now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// An item, by its place.
    Listed(usize),
    /// The names that were typed, which are not in the list.
    New(Vec<String>),
}

/// What the choice is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    Command,
    Filter(Facet),
    Status(Original),
    /// The same, and then a reason.
    StatusBecause(Original),
    Quarters(Original),
    Agencies(Original, Role),
    /// A saved view, and what for.
    View(ViewDeed),
    /// A task of the meeting.
    Slide,
    /// A text that other tasks may have too.
    Text(Original, Field),
    /// What is empty and is to be filled in.
    Add,
    /// The steps of a task, and who has sent what it asks for: ticked one by one.
    Ticks(TaskRef),
}

impl Choice {
    /// Whether several may be taken.
    pub const fn is_several(&self) -> bool {
        matches!(self, Self::Filter(_) | Self::Quarters(_) | Self::Agencies(..) | Self::Ticks(_))
    }
}

/// What an agency has to do with a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    Lead,
    Support,
}

impl Role {
    pub const fn field(self) -> Field {
        match self {
            Self::Lead => Field::Lead,
            Self::Support => Field::Support,
        }
    }

    pub(super) fn names_of(self, task: &Task) -> &[String] {
        match self {
            Self::Lead => &task.lead,
            Self::Support => &task.support,
        }
    }
}

/// One line of the list.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub label: String,
    /// What is told beside it: counts, a key.
    pub detail: String,
    pub is_marked: bool,
    pub value: PickValue,
}

/// What taking the line means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PickValue {
    Act(Action),
    Status(Status),
    Quarter(Quarter),
    Name(String),
    /// A saved view, by its name.
    View(String),
    /// A place in a list.
    Place(usize),
    Step(TaskStep),
    /// The steps of work that comes round.
    Recurring,
    /// A body of which something is received.
    Member(String),
    /// Nothing in particular: no filter.
    All,
}

impl Candidate {
    pub(super) fn new(label: impl Into<String>, value: PickValue) -> Self {
        Self { label: label.into(), detail: String::new(), is_marked: false, value }
    }

    pub(super) fn of_name(name: &str) -> Self {
        Self::new(name, PickValue::Name(name.to_owned()))
    }
}

impl Picker {
    /// The cursor stands on what is marked. Agencies are known by the names of a directory.
    pub fn of(subject: Choice, items: Vec<Candidate>, directory: Rc<Directory>) -> Self {
        let row = items.iter().position(|item| item.is_marked).unwrap_or_default();
        Self {
            subject,
            typed: text::Field::default(),
            items,
            scroll: Scroll { row, first: 0 },
            directory,
            aim: Aim::Given,
        }
    }

    pub(super) const fn mode(&self) -> Mode {
        match self.subject {
            Choice::Filter(_) => Mode::Filter,
            Choice::Ticks(_) => Mode::Ticks,
            _ if self.subject.is_several() => Mode::Several,
            _ => Mode::Pick,
        }
    }

    /// What is looked for in the list, as it was probably meant.
    pub fn needle(&self) -> Needle {
        let needle = Needle::parse(self.typed.text());
        let is_found = |needle: &Needle| self.items.iter().any(|item| self.answers(item, needle));
        needle.meant(is_found).into_owned()
    }

    /// The lines that what was typed leaves, what answers to it best first. A name that is in no list can be added
    /// to the agencies of a task: before the others where it was written as a name, behind them where a few letters
    /// were typed to find one.
    pub fn shown(&self) -> Vec<Answer> {
        let needle = self.needle();
        let mut shown: Vec<usize> =
            (0..self.items.len()).filter(|&at| self.answers(&self.items[at], &needle)).collect();
        if !needle.is_empty() {
            shown.sort_by_cached_key(|&at| self.rank(&self.items[at], &needle));
        }
        let mut rows: Vec<Answer> = shown.into_iter().map(Answer::Listed).collect();
        if let Some(names) = self.to_add() {
            let at = if is_name(&self.typed.trimmed()) { 0 } else { rows.len() };
            rows.insert(at, Answer::New(names));
        }
        rows
    }

    /// Nobody looks for all by a part of the word.
    fn answers(&self, item: &Candidate, needle: &Needle) -> bool {
        match (&item.value, self.body(item)) {
            (PickValue::All, _) => needle.is_empty() || needle.rank(&item.label) <= Rank::Beginning,
            (_, Some(body)) => needle.matches(&std::iter::once(body.text())),
            (_, None) => needle.matches_text(&item.label),
        }
    }

    /// By the best of its names.
    fn rank(&self, item: &Candidate, needle: &Needle) -> Rank {
        let names = self.body(item).into_iter().flat_map(Body::names);
        names.map(|name| needle.rank(name)).fold(needle.rank(&item.label), Rank::min)
    }

    /// The agency that an item names, if it is known.
    fn body(&self, item: &Candidate) -> Option<&Body> {
        match &item.value {
            PickValue::Name(name) | PickValue::Member(name) => self.directory.body(name),
            _ => None,
        }
    }

    /// What else an agency is called, where that and not its name answers to what was typed.
    pub fn other_name(&self, item: &Candidate, needle: &Needle) -> Option<&str> {
        if needle.is_empty() || !matches!(item.value, PickValue::Name(_)) || needle.matches_text(&item.label)
        {
            return None;
        }
        self.directory.body(&item.label)?.names().find(|name| needle.matches_text(name))
    }

    /// The names that were typed, where they are not one name of the list.
    fn to_add(&self) -> Option<Vec<String>> {
        let names = match self.subject {
            Choice::Agencies(..) => self.directory.typed(self.typed.text()),
            Choice::Text(..) => vec![self.typed.trimmed()],
            _ => return None,
        };
        let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
        let is_one_of_the_list = names.len() == 1 && self.item_of(&names[0]).is_some();
        (!names.is_empty() && !is_one_of_the_list).then_some(names)
    }

    /// Where the body of this name stands in the list, by whatever name of its own.
    fn item_of(&self, name: &str) -> Option<usize> {
        let place = self.directory.place(name);
        let is_it = |item: &Candidate| {
            item.label == name || place.is_some() && self.directory.place(&item.label) == place
        };
        self.items.iter().position(is_it)
    }

    /// Chooses the status that a digit stands for; whether it stands for one.
    pub(super) fn choose_numbered(&mut self, digit: char) -> bool {
        let is_status = matches!(self.subject, Choice::Status(_) | Choice::StatusBecause(_));
        let row = self.items.iter().position(|item| item.detail == digit.to_string());
        match row {
            Some(row) if is_status && self.typed.is_empty() => {
                self.scroll.row = row;
                true
            }
            _ => false,
        }
    }

    /// The line that the cursor is on.
    fn answer(&self) -> Option<Answer> {
        self.shown().into_iter().nth(self.scroll.row)
    }

    pub fn chosen(&self) -> Option<&Candidate> {
        match self.answer()? {
            Answer::Listed(at) => Some(&self.items[at]),
            Answer::New(_) => None,
        }
    }

    /// The text that is taken: one of the list, what was typed, or none.
    pub(super) fn text(&self) -> Option<String> {
        match self.answer()? {
            Answer::New(typed) => typed.into_iter().next(),
            Answer::Listed(at) => Some(match &self.items[at].value {
                PickValue::Name(name) => name.clone(),
                _ => String::new(),
            }),
        }
    }

    /// The items that are marked; where none is, the chosen one; where something was typed, the chosen one as well.
    /// All is only meant where nothing is marked, or where the user has gone to it.
    pub fn taken(&self) -> Vec<&Candidate> {
        let chosen = self.chosen();
        let mut taken: Vec<_> = self.items.iter().filter(|item| item.is_marked).collect();
        let is_all = chosen.is_some_and(|item| item.value == PickValue::All);
        if is_all && (taken.is_empty() || self.aim == Aim::Taken) {
            return chosen.into_iter().collect();
        }
        if let Some(item) = chosen.filter(|item| !is_all && !item.is_marked)
            && (taken.is_empty() || !self.typed.is_empty())
        {
            taken.push(item);
        }
        taken
    }

    /// The agencies that are taken: those that are marked, in the order of the list, and what was typed.
    pub fn names(&self) -> Vec<String> {
        let is_marked = |item: &&Candidate| item.is_marked;
        let mut names: Vec<String> =
            self.items.iter().filter(is_marked).map(|item| item.label.clone()).collect();
        if !self.typed.is_empty() {
            let typed = match self.answer() {
                Some(Answer::Listed(at)) => vec![self.items[at].label.clone()],
                Some(Answer::New(typed)) => typed,
                None => Vec::new(),
            };
            for name in typed {
                let name = self.item_of(&name).map_or(name, |at| self.items[at].label.clone());
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// Marks the chosen item or takes the mark away, and makes room to type the next. A name that is in no list
    /// is put into this one where that may be. The mark of all is that nothing else is marked.
    pub fn mark(&mut self) {
        match self.answer() {
            Some(Answer::Listed(at)) if self.items[at].value == PickValue::All => {
                self.items.iter_mut().for_each(|item| item.is_marked = false);
            }
            Some(Answer::Listed(at)) => self.items[at].is_marked ^= true,
            Some(Answer::New(names)) => names.iter().for_each(|name| self.mark_name(name)),
            None => return,
        }
        if !self.typed.is_empty() {
            self.typed = text::Field::default();
            self.narrow();
        }
    }

    /// Forgets what was typed, and stays on the chosen item.
    pub(super) fn show_all(&mut self) {
        if let (false, Some(Answer::Listed(at))) = (self.typed.is_empty(), self.answer()) {
            self.typed = text::Field::default();
            self.scroll.row = at;
        }
    }

    /// Takes in the items as they are now.
    pub(super) fn renew(&mut self, items: Vec<Candidate>) {
        self.items = items;
        self.scroll.row = self.scroll.row.min(self.shown().len().saturating_sub(1));
    }

    fn mark_name(&mut self, name: &str) {
        if let Some(at) = self.item_of(name) {
            self.items[at].is_marked = true;
            return;
        }
        self.items.push(Candidate { is_marked: true, ..Candidate::of_name(name) });
    }

    pub fn step(&mut self, step: Step, visible: usize) {
        let length = self.shown().len();
        self.scroll.step(step, &ListLines { length, visible });
        self.aim = Aim::Taken;
    }

    /// To be called after each change of what was typed.
    pub fn narrow(&mut self) {
        self.scroll = Scroll::default();
        self.aim = Aim::Given;
    }
}

/// Whether text was written as a name is: who only looks for one types small letters without marks.
fn is_name(typed: &str) -> bool {
    typed.contains(';') || typed.chars().any(char::is_uppercase) || text::fold(typed) != text::marked(typed)
}
