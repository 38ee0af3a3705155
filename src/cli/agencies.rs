//! The agency that a person means by what they typed.

use super::Complaint;
use crate::plan::{Directory, Plan};
use crate::text::{self, Needle};

/// The name that the plan's directory has for it: any of its names, its initials where only one body has them,
/// or a part of a name, without tones, that occurs in only one.
pub(super) fn named(typed: &str, plan: &Plan, directory: &Directory) -> Result<String, Complaint> {
    if let Some(at) = directory.place(typed) {
        return Ok(directory.names()[at].clone());
    }
    let names = all_names(plan, directory);
    let key = text::fold(typed).replace(char::is_whitespace, "");
    let by_initials = bodies(&names, |name| text::fold(&text::initials(name)) == key);
    if let [only] = by_initials.as_slice() {
        return Ok(only.body.to_owned());
    }
    let needle = Needle::parse(typed);
    let by_part = bodies(&names, |name| !needle.is_empty() && needle.matches_text(name));
    match by_part.as_slice() {
        [only] => Ok(only.body.to_owned()),
        [] if by_initials.is_empty() => Err(unknown(typed, &names)),
        [] => Err(several(typed, &by_initials)),
        _ => Err(several(typed, &by_part)),
    }
}

/// A name of a body, and the one that the directory shows for it.
struct Name<'a> {
    name: &'a str,
    body: &'a str,
}

fn all_names<'a>(plan: &'a Plan, directory: &'a Directory) -> Vec<Name<'a>> {
    let listed = plan.agencies.iter().flat_map(|agency| {
        [&agency.name, &agency.full].into_iter().chain(&agency.aliases).map(String::as_str)
    });
    let shown = directory.names().iter().map(String::as_str);
    listed.chain(shown).map(|name| Name { name, body: directory.name_of(name) }).collect()
}

/// The bodies that have such a name, each once, by the first of its names that is meant.
fn bodies<'a>(names: &'a [Name], is_meant: impl Fn(&str) -> bool) -> Vec<&'a Name<'a>> {
    let mut bodies: Vec<&Name> = Vec::new();
    for name in names.iter().filter(|name| is_meant(name.name)) {
        if !bodies.iter().any(|body| body.body == name.body) {
            bodies.push(name);
        }
    }
    bodies
}

/// Names of which none is meant alone; one that stands for a body of another name says so.
fn several(typed: &str, bodies: &[&Name]) -> Complaint {
    let told = |name: &&Name| {
        if name.name == name.body { name.body.to_owned() } else { format!("{} ({})", name.body, name.name) }
    };
    Complaint::SeveralAgencies { name: typed.to_owned(), agencies: bodies.iter().map(told).collect() }
}

fn unknown(typed: &str, names: &[Name]) -> Complaint {
    let nearest = text::nearest(typed, names.iter().map(|name| name.name));
    Complaint::NoAgency { name: typed.to_owned(), nearest: nearest.map(str::to_owned) }
}
