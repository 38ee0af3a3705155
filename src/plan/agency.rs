//! The agencies of a plan, each known by several names.

use std::collections::HashMap;

use serde::Deserialize;

use super::Plan;
use crate::text;

/// A body that tasks are given to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename = "Agency")]
pub struct Agency {
    /// The short name, as the plan uses it.
    pub name: String,
    #[serde(default)]
    pub full: String,
    /// Other spellings that mean the same body.
    #[serde(default)]
    pub aliases: Vec<String>,
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

/// Every name in a plan, and the body that it means. Made once a plan: keys of names are dear to make.
#[derive(Debug, Default)]
pub struct Directory {
    /// The names to show, in the order of the Vietnamese alphabet.
    names: Vec<String>,
    /// Each name as printed, to its place in `names`.
    printed: HashMap<String, usize>,
    /// Each name's key, to its place in `names`.
    keys: HashMap<String, usize>,
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
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The name to show for a body, whatever it was called; the name itself where it is unknown.
    pub fn name_of<'a>(&'a self, printed: &'a str) -> &'a str {
        self.place(printed).map_or(printed, |at| &self.names[at])
    }

    /// Where the body stands in [`Self::names`].
    pub fn place(&self, printed: &str) -> Option<usize> {
        self.printed.get(printed).or_else(|| self.keys.get(&text::name_key(printed))).copied()
    }

    fn enter_listed(&mut self, plan: &Plan) {
        for agency in &plan.agencies {
            let known = agency.names().find_map(|name| self.place(name));
            let at = known.unwrap_or_else(|| self.enter(&agency.name));
            for name in agency.names() {
                self.keys.entry(text::name_key(name)).or_insert(at);
            }
        }
    }

    fn enter_printed(&mut self, plan: &Plan) {
        for name in plan.tasks.iter().flat_map(|task| task.lead.iter().chain(&task.support)) {
            if self.printed.contains_key(name) {
                continue;
            }
            let at = self.place(name).unwrap_or_else(|| self.enter(name));
            self.printed.insert(name.clone(), at);
        }
    }

    fn enter(&mut self, name: &str) -> usize {
        let at = self.names.len();
        self.names.push(name.to_owned());
        self.keys.insert(text::name_key(name), at);
        at
    }

    fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.names.len()).collect();
        order.sort_by_cached_key(|&at| text::order(&self.names[at]));
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        self.names = order.iter().map(|&old| std::mem::take(&mut self.names[old])).collect();
        for at in self.printed.values_mut().chain(self.keys.values_mut()) {
            *at = place[*at];
        }
    }
}
