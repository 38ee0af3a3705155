//! The agency that a person means by what they typed.

use super::{Call, CliError};
use crate::plan::agency::Body;
use crate::plan::{Directory, Field, Plan};
use crate::text::{self, Needle};
use crate::words::tr;

/// Why a name is no agency of a plan.
pub(super) enum AgencyError {
    Unknown(CliError),
    Ambiguous(CliError),
}

/// The name that the plan's directory has for it: any of its names, its initials where only one body has them,
/// or a part of a name that occurs in only one. A body that never stands in the field is not meant unless no
/// other can be.
pub(super) fn named(
    call: &Call,
    typed: &str,
    field: Field,
    plan: &Plan,
    directory: &Directory,
) -> Result<String, AgencyError> {
    if let Some(body) = directory.body(typed) {
        return Ok(body.name().to_owned());
    }
    let bodies: Vec<&Body> = directory.bodies().iter().collect();
    let here = bodies_in(field, plan, directory);
    let meant = meant(typed, &here);
    let meant = if meant.is_empty() { self::meant(typed, &bodies) } else { meant };
    match meant.as_slice() {
        [(only, _)] => Ok(only.name().to_owned()),
        [] => Err(AgencyError::Unknown(unknown(call, typed, &bodies))),
        _ => Err(AgencyError::Ambiguous(several(call, typed, &meant))),
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
fn several(call: &Call, typed: &str, bodies: &[(&Body, &str)]) -> CliError {
    let heading = tr!(
        call.lang(),
        "tiendo: nhiều cơ quan có “{typed}” trong tên:",
        "tiendo: several agencies have “{typed}” in their names:"
    );
    CliError::bad(bodies.iter().fold(heading, |message, (body, name)| {
        let other = if *name == body.name() { String::new() } else { format!(" ({name})") };
        format!("{message}\n  {}", text::line(&format!("{}{other}", body.name())))
    }))
}

fn unknown(call: &Call, typed: &str, bodies: &[&Body]) -> CliError {
    let lang = call.lang();
    let message =
        tr!(lang, "tiendo: kế hoạch không có cơ quan “{typed}”", "tiendo: the plan has no agency “{typed}”");
    CliError::bad(match text::nearest(typed, bodies.iter().flat_map(|body| body.names())) {
        None => message,
        Some(near) => tr!(lang, "{message}; có phải là “{near}”?", "{message}; did you mean “{near}”?"),
    })
}
