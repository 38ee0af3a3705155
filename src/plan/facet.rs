//! What tasks can be narrowed by, beside their words: bodies, people, sections and documents, each by its names.

use std::collections::HashMap;
use std::rc::Rc;

use super::agency::Directory;
use super::field::Field;
use super::task::Task;
use super::{Plan, section};
use crate::text::{self, Needle};
use crate::words::{Phrase, Spoken};

/// By what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    Lead,
    Support,
    Officer,
    Leader,
    Section,
    Source,
}

impl Facet {
    pub const ALL: [Self; 6] =
        [Self::Lead, Self::Support, Self::Officer, Self::Leader, Self::Section, Self::Source];

    pub const fn label(self) -> Phrase {
        match self {
            Self::Lead => Field::Lead.label(),
            Self::Support => Field::Support.label(),
            Self::Officer => Field::Officer.label(),
            Self::Leader => Field::Leader.label(),
            Self::Section => Phrase::new("Mục", "Section"),
            Self::Source => Field::Source.label(),
        }
    }

    /// The label where there is little room.
    pub const fn short(self) -> Phrase {
        match self {
            Self::Lead => Field::Lead.short(),
            Self::Support => Field::Support.short(),
            Self::Officer => Field::Officer.short(),
            Self::Leader => Field::Leader.short(),
            Self::Section => Self::Section.label(),
            Self::Source => Phrase::new("Nguồn", "Source"),
        }
    }

    /// Whether it is about agencies, which the directory knows by all their names.
    pub const fn is_of_agencies(self) -> bool {
        matches!(self, Self::Lead | Self::Support)
    }
}

/// What a facet can be.
#[derive(Debug)]
pub struct FacetValue {
    /// As a query has it.
    pub name: String,
    /// As it stands in a list.
    pub label: Spoken,
    /// All that it is called.
    names: Vec<String>,
}

impl FacetValue {
    fn named(name: &str) -> Self {
        Self { name: name.to_owned(), label: Spoken::name(name), names: vec![name.to_owned()] }
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }
}

/// The values of a facet in a plan, and which of them each task has.
#[derive(Debug, Default)]
pub struct FacetIndex {
    pub values: Vec<FacetValue>,
    of_tasks: Vec<Vec<usize>>,
    keys: HashMap<String, usize>,
    /// Who knows the names where they are those of agencies.
    directory: Option<Rc<Directory>>,
}

/// Why what was typed is no name, or no single one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameError {
    /// The name that may have been meant.
    Unknown(Option<String>),
    /// Each with the first of its names that may be meant.
    Several(Vec<(String, String)>),
}

/// A task that comes of the plan itself has no other source.
const OF_PLAN: (Phrase, [&str; 3]) =
    (Phrase::new("theo kế hoạch", "of the plan"), ["theo", "trong kế hoạch", "plan"]);
const BESIDE_PLAN: (Phrase, [&str; 3]) =
    (Phrase::new("ngoài kế hoạch", "beside the plan"), ["ngoài", "phát sinh", "beside"]);

impl FacetIndex {
    pub(super) fn of(facet: Facet, plan: &Plan, directory: &Rc<Directory>) -> Self {
        match facet {
            Facet::Lead => Self::of_agencies(plan, directory, |task| &task.lead),
            Facet::Support => Self::of_agencies(plan, directory, |task| &task.support),
            Facet::Officer => Self::of_people(plan, |task| &task.officer),
            Facet::Leader => Self::of_people(plan, |task| &task.leader),
            Facet::Section => Self::of_sections(plan),
            Facet::Source => Self::of_sources(plan),
        }
    }

    fn of_agencies(plan: &Plan, directory: &Rc<Directory>, names: fn(&Task) -> &Vec<String>) -> Self {
        let values = directory.bodies().iter().map(|body| FacetValue {
            names: body.names().map(str::to_owned).collect(),
            ..FacetValue::named(body.name())
        });
        let places = |task: &Task| directory.places(names(task));
        Self {
            values: values.collect(),
            of_tasks: plan.tasks.iter().map(|task| places(task)).collect(),
            keys: HashMap::new(),
            directory: Some(Rc::clone(directory)),
        }
    }

    /// People by name or by login, in the order of the alphabet.
    fn of_people(plan: &Plan, name: fn(&Task) -> &String) -> Self {
        let mut index = Self::default();
        for person in &plan.people {
            let names = [&person.name, &person.login].map(|name| name.trim().to_owned());
            let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
            if let Some(first) = names.first() {
                index.enter(FacetValue { names: names.clone(), ..FacetValue::named(first) });
            }
        }
        for task in &plan.tasks {
            let name = name(task).trim();
            let place = (!name.is_empty()).then(|| index.enter(FacetValue::named(name)));
            index.of_tasks.push(place.into_iter().collect());
        }
        index.sort();
        index
    }

    /// As the plan prints them. What is in II.1 is in II as well.
    fn of_sections(plan: &Plan) -> Self {
        let mut index = Self::default();
        for part in plan.sections.iter().filter(|part| !part.no.trim().is_empty()) {
            let (no, title) = (part.no.trim(), part.title.trim());
            let mut value = FacetValue::named(no);
            if !title.is_empty() {
                value.label = Spoken::name(&format!("{no} · {title}"));
                value.names.push(title.to_owned());
            }
            index.enter(value);
        }
        for task in &plan.tasks {
            let parts = std::iter::successors(Some(section(&task.no).0), |no| Some(section(no).0));
            let parts = parts.map(str::trim).take_while(|no| !no.is_empty());
            let places = unique(parts.map(|no| index.enter(FacetValue::named(no))));
            index.of_tasks.push(places);
        }
        index
    }

    /// First whether it is of the plan at all.
    fn of_sources(plan: &Plan) -> Self {
        let mut index = Self::default();
        let [of_plan, beside] = [OF_PLAN, BESIDE_PLAN].map(|(name, others)| {
            let names = [name.vi, name.en].into_iter().chain(others).map(str::to_owned).collect();
            index.enter(FacetValue { names, label: name.spoken(), ..FacetValue::named(name.vi) })
        });
        for task in &plan.tasks {
            let places = match task.source.trim() {
                "" => vec![of_plan],
                source => unique([beside, index.enter(FacetValue::named(source))]),
            };
            index.of_tasks.push(places);
        }
        index
    }

    /// Puts a value into the list, unless one of its name is there. Answers with where it stands.
    fn enter(&mut self, value: FacetValue) -> usize {
        if let Some(at) = self.place(&value.name) {
            return at;
        }
        let at = self.values.len();
        for name in value.names() {
            self.keys.entry(key(name)).or_insert(at);
        }
        self.values.push(value);
        at
    }

    fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.values.len()).collect();
        order.sort_by_cached_key(|&at| text::order(&self.values[at].name));
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        let mut values: Vec<_> = std::mem::take(&mut self.values).into_iter().map(Some).collect();
        self.values = order.iter().filter_map(|&old| values[old].take()).collect();
        let places = self.of_tasks.iter_mut().flatten().chain(self.keys.values_mut());
        places.for_each(|at| *at = place[*at]);
    }

    /// Where the value of this name stands.
    pub fn place(&self, name: &str) -> Option<usize> {
        match &self.directory {
            Some(directory) => directory.place(name),
            None => self.keys.get(&key(name)).copied(),
        }
    }

    /// The values of the task in a place of the plan.
    pub fn of_task(&self, at: usize) -> &[usize] {
        &self.of_tasks[at]
    }

    /// Whether some tasks have others than some.
    pub fn tells_apart(&self) -> bool {
        self.of_tasks.windows(2).any(|pair| pair[0] != pair[1])
    }

    /// The value that a person means: any of its names, the initials that only one has, or a part of a name that
    /// occurs in only one. What no task has is not meant unless nothing else can be.
    pub fn named(&self, typed: &str) -> Result<&FacetValue, NameError> {
        if let Some(at) = self.place(typed) {
            return Ok(&self.values[at]);
        }
        let used = unique(self.of_tasks.iter().flatten().copied());
        let used: Vec<&FacetValue> = used.into_iter().map(|at| &self.values[at]).collect();
        let all: Vec<&FacetValue> = self.values.iter().collect();
        let meant = meant(typed, &used);
        let meant = if meant.is_empty() { self::meant(typed, &all) } else { meant };
        match meant.as_slice() {
            [(only, _)] => Ok(only),
            [] => {
                let near = text::nearest(typed, all.iter().flat_map(|value| value.names()));
                Err(NameError::Unknown(near.map(str::to_owned)))
            }
            several => {
                let named = several.iter().map(|(value, name)| (value.name.clone(), (*name).to_owned()));
                Err(NameError::Several(named.collect()))
            }
        }
    }
}

/// Quotes do not tell names apart, for queries hold names together with them.
fn key(name: &str) -> String {
    text::name_key(&name.replace(['"', '“', '”'], ""))
}

fn unique(places: impl IntoIterator<Item = usize>) -> Vec<usize> {
    let mut places: Vec<usize> = places.into_iter().collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The values that may be meant, each with the first of its names that may.
fn meant<'a>(typed: &str, values: &[&'a FacetValue]) -> Vec<(&'a FacetValue, &'a str)> {
    let named = |is_meant: &dyn Fn(&str) -> bool| -> Vec<(&'a FacetValue, &'a str)> {
        values.iter().filter_map(|value| Some((*value, value.names().find(|name| is_meant(name))?))).collect()
    };
    let whole = text::fold(typed);
    let by_name = named(&|name| text::fold(name) == whole);
    if by_name.len() == 1 {
        return by_name;
    }
    let joined = whole.replace(char::is_whitespace, "");
    let by_initials = named(&|name| text::fold(&text::initials(name)) == joined);
    if by_initials.len() == 1 {
        return by_initials;
    }
    let needle = Needle::parse(typed);
    let is_in_one =
        |needle: &Needle| values.iter().any(|value| value.names().any(|name| needle.matches_text(name)));
    let needle = needle.meant(is_in_one);
    let by_part = named(&|name| !needle.is_empty() && needle.matches_text(name));
    if by_part.is_empty() { by_initials } else { by_part }
}
