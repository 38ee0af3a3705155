//! The agency that a person means by what they typed.

use super::Complaint;
use crate::plan::agency::Body;
use crate::plan::{Directory, Field, Plan};
use crate::text::{self, Needle};

/// The name that the plan's directory has for it: any of its names, its initials where only one body has them,
/// or a part of a name that occurs in only one. A body that never stands in the field is not meant unless no
/// other can be.
pub(super) fn named(
    typed: &str,
    field: Field,
    plan: &Plan,
    directory: &Directory,
) -> Result<String, Complaint> {
    if let Some(body) = directory.body(typed) {
        return Ok(body.name().to_owned());
    }
    let bodies: Vec<&Body> = directory.bodies().iter().collect();
    let here = bodies_in(field, plan, directory);
    let meant = meant(typed, &here);
    let meant = if meant.is_empty() { self::meant(typed, &bodies) } else { meant };
    match meant.as_slice() {
        [(only, _)] => Ok(only.name().to_owned()),
        [] => Err(unknown(typed, &bodies)),
        _ => Err(several(typed, &meant)),
    }
}

fn bodies_in<'a>(field: Field, plan: &Plan, directory: &'a Directory) -> Vec<&'a Body> {
    let names =
        plan.tasks.iter().flat_map(|task| if field == Field::Lead { &task.lead } else { &task.support });
    let mut places: Vec<usize> = names.filter_map(|name| directory.place(name)).collect();
    places.sort_unstable();
    places.dedup();
    places.into_iter().map(|at| &directory.bodies()[at]).collect()
}

/// The bodies that may be meant, each with the first of its names that may.
fn meant<'a>(typed: &str, bodies: &[&'a Body]) -> Vec<(&'a Body, &'a str)> {
    let named = |is_meant: &dyn Fn(&str) -> bool| -> Vec<(&'a Body, &'a str)> {
        bodies.iter().filter_map(|body| Some((*body, body.names().find(|name| is_meant(name))?))).collect()
    };
    let key = text::fold(typed).replace(char::is_whitespace, "");
    let by_initials = named(&|name| text::fold(&text::initials(name)) == key);
    if by_initials.len() == 1 {
        return by_initials;
    }
    let needle = Needle::parse(typed);
    let is_in_one =
        |needle: &Needle| bodies.iter().any(|body| body.names().any(|name| needle.matches_text(name)));
    let needle = needle.meant(is_in_one);
    let by_part = named(&|name| !needle.is_empty() && needle.matches_text(name));
    if by_part.is_empty() { by_initials } else { by_part }
}

/// Bodies of which none is meant alone; one that is meant by another name says so.
fn several(typed: &str, bodies: &[(&Body, &str)]) -> Complaint {
    let told = |(body, name): &(&Body, &str)| {
        if *name == body.name() { body.name().to_owned() } else { format!("{} ({name})", body.name()) }
    };
    Complaint::SeveralAgencies { name: typed.to_owned(), agencies: bodies.iter().map(told).collect() }
}

fn unknown(typed: &str, bodies: &[&Body]) -> Complaint {
    let nearest = text::nearest(typed, bodies.iter().flat_map(|body| body.names()));
    Complaint::NoAgency { name: typed.to_owned(), nearest: nearest.map(str::to_owned) }
}
