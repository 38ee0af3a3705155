//! The agencies of a plan, each known by several names.

mod spelled;
mod typed;

use std::cell::OnceCell;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Plan;
use super::field::Field;
use crate::text::{self, Haystack};
use crate::words::Phrase;

pub(super) use spelled::{LetterCase, PhraseMatch, Phrasebook, SpelledWord, spelled};
pub(super) use typed::parts;

/// A body that tasks are given to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "Agency")]
pub struct Agency {
    /// The short name, as the plan uses it.
    pub name: String,
    #[serde(default)]
    pub full: String,
    /// Other spellings that mean the same body.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The bodies that a collective name stands for, one by one.
    #[serde(default)]
    pub members: Vec<String>,
    /// Whether it is reminded of what is due. A people's committee is not, by its own office.
    #[serde(default = "is_urged")]
    pub urge: bool,
    /// Where it is written to.
    #[serde(default)]
    pub mail: String,
}

const fn is_urged() -> bool {
    true
}

impl Default for Agency {
    fn default() -> Self {
        let (name, full, mail) = (String::new(), String::new(), String::new());
        Self { name, full, aliases: Vec::new(), members: Vec::new(), urge: is_urged(), mail }
    }
}

impl Agency {
    /// All that it is called, the name to show first.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [self.name.as_str(), self.full.as_str()]
            .into_iter()
            .chain(self.aliases.iter().map(String::as_str))
            .filter(|name| !name.is_empty())
    }
}

/// Whether a name names nobody.
pub fn is_blank(name: &str) -> bool {
    name.trim().is_empty()
}

/// Why the agencies of a task cannot be these: one that has a lead keeps one.
pub fn refused(field: Field, before: &[String], after: &[String]) -> Option<Phrase> {
    let is_refused = field == Field::Lead && after.is_empty() && !before.is_empty();
    is_refused.then_some(Phrase::new("Việc phải có cơ quan chủ trì", "A task must have a lead agency"))
}

/// Every name in a plan, and the body that it means. Made once a plan: keys of names are dear to make.
#[derive(Debug, Default)]
pub struct Directory {
    /// In the order of the Vietnamese alphabet, by the names to show.
    bodies: Vec<Body>,
    /// Each name as printed, to its place in `bodies`.
    printed: HashMap<String, usize>,
    /// Each name's key, to its place in `bodies`.
    keys: HashMap<String, usize>,
    /// All names, to be found among other words.
    names: OnceCell<Phrasebook<usize>>,
}

/// A body, with all that the plan calls it.
#[derive(Debug, Default)]
pub struct Body {
    /// The name to show, then the others.
    names: Vec<String>,
    text: OnceCell<Haystack>,
}

impl Body {
    pub fn name(&self) -> &str {
        &self.names[0]
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Its names and their initials, to look for a word in.
    pub fn text(&self) -> &Haystack {
        self.text.get_or_init(|| Haystack::of_names(self.names()))
    }
}

impl Directory {
    pub fn of<'a>(plans: impl IntoIterator<Item = &'a Plan>) -> Self {
        let mut directory = Self::default();
        for plan in plans {
            directory.enter_listed(plan);
            directory.enter_printed(plan);
        }
        directory.sort();
        directory
    }

    /// The bodies, in alphabetical order.
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    pub fn body(&self, printed: &str) -> Option<&Body> {
        self.place(printed).map(|at| &self.bodies[at])
    }

    /// Where the body stands in [`Self::bodies`].
    pub fn place(&self, printed: &str) -> Option<usize> {
        self.printed.get(printed).or_else(|| self.keys.get(&text::name_key(printed))).copied()
    }

    /// Where the bodies stand that these names mean, each once. A name of nothing but blanks means none.
    pub fn places(&self, names: &[String]) -> Vec<usize> {
        let has_name = |at: &usize| !is_blank(self.bodies[*at].name());
        let names = names.iter().filter(|name| !is_blank(name));
        let mut places: Vec<usize> = names.filter_map(|name| self.place(name)).filter(has_name).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    fn enter_listed(&mut self, plan: &Plan) {
        for agency in &plan.agencies {
            let known = agency.names().find_map(|name| self.place(name));
            let at = known.unwrap_or_else(|| self.enter(&agency.name));
            for name in agency.names() {
                if *self.keys.entry(text::name_key(name)).or_insert(at) == at {
                    self.call(at, name);
                }
            }
        }
    }

    fn enter_printed(&mut self, plan: &Plan) {
        for name in plan.tasks.iter().flat_map(|task| task.lead.iter().chain(&task.support)) {
            if self.printed.contains_key(name) {
                continue;
            }
            let at = self.place(name).unwrap_or_else(|| self.enter(name));
            self.call(at, name);
            self.printed.insert(name.clone(), at);
        }
    }

    fn enter(&mut self, name: &str) -> usize {
        let at = self.bodies.len();
        self.bodies.push(Body { names: vec![name.to_owned()], text: OnceCell::new() });
        // One that is listed without a name takes none from another.
        self.keys.entry(text::name_key(name)).or_insert(at);
        at
    }

    /// One more name of a body.
    fn call(&mut self, at: usize, name: &str) {
        let names = &mut self.bodies[at].names;
        if names.iter().all(|known| known != name) {
            names.push(name.to_owned());
        }
    }

    fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.bodies.len()).collect();
        order.sort_by_cached_key(|&at| text::order(self.bodies[at].name()));
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        self.bodies = order.iter().map(|&old| std::mem::take(&mut self.bodies[old])).collect();
        for at in self.printed.values_mut().chain(self.keys.values_mut()) {
            *at = place[*at];
        }
    }
}
