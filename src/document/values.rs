//! Which value of a well-formed text is not what a plan has there.

use chrono::{DateTime, FixedOffset, NaiveDate};
use ron::error::Error;

use super::lex::Lexer;
use super::problem::{FieldFlaw, Flaw, Located};
use super::read;
use super::schema::{FieldSchema, Holds, PLAN, Schema};
use super::tree::{DEEPEST, Element, Node, NodeBody, NodeKind};
use crate::plan::{Quarter, Status, more};
use crate::text::{Place, is_hidden};

/// The first value that is wrong, and where it is.
pub(super) fn flaw(text: &str) -> Option<(usize, Flaw)> {
    structure(text, &Node::root(text, DEEPEST)?, &PLAN)
}

fn structure(text: &str, value: &Node, schema: &'static Schema) -> Located {
    let Some(body) = value.fields() else {
        return Some((value.start, Flaw::Fields(FieldFlaw::NoStruct(schema, found(text, value)))));
    };
    let name = text[value.start..body.open].split(|c: char| !(c.is_alphanumeric() || c == '_')).next();
    if let Some(found) = name.filter(|&name| !name.is_empty() && name != schema.name && name != "r") {
        return Some((value.start, Flaw::Fields(FieldFlaw::StructName(schema, found.to_owned()))));
    }
    let is_unnamed = |element: &&Element| element.name.is_none();
    if let Some(element) = body.elements.iter().find(is_unnamed) {
        return Some((element.value.start, Flaw::MISSING_NAME));
    }
    let field = body.elements.iter().enumerate().find_map(|(at, element)| {
        let field = schema.field(element.name(text)?)?;
        twice(text, body, at).or_else(|| self::field(text, &element.value, field))
    });
    field.or_else(|| missing(text, value, body, schema))
}

fn twice(text: &str, body: &NodeBody, at: usize) -> Located {
    let element = &body.elements[at];
    let name = element.name(text)?;
    let is_there = body.elements[..at].iter().any(|earlier| earlier.is_named(text, name));
    is_there.then(|| (element.start(), Flaw::Fields(FieldFlaw::Twice(name.to_owned()))))
}

fn missing(text: &str, value: &Node, body: &NodeBody, schema: &'static Schema) -> Located {
    let required = schema.fields.iter().filter_map(|field| Some((field.name, field.example?)));
    let (field, example) = required.into_iter().find(|(name, _)| body.field(text, name).is_none())?;
    Some((value.start, Flaw::Fields(FieldFlaw::Missing(schema, field, example))))
}

fn field(text: &str, value: &Node, field: &'static FieldSchema) -> Located {
    let elements = |check: &dyn Fn(&Node) -> Located| match value.list() {
        Some(list) => list.elements.iter().find_map(|element| check(&element.value)),
        None => single(text, value, field.name, field.holds),
    };
    match field.holds {
        Holds::Structs(schema) => elements(&|element| structure(text, element, schema)),
        Holds::Texts => elements(&|element| single(text, element, field.name, Holds::Text)),
        Holds::Quarters => elements(&|element| single(text, element, field.name, Holds::Quarter)),
        Holds::Map => map(text, value, field.name),
        holds => single(text, value, field.name, holds),
    }
}

/// The first thing in a map that is no text or lacks what stands between two.
fn map(text: &str, value: &Node, field: &'static str) -> Located {
    let part = &text[value.span()];
    let (offset, error) = read_map(part).err()?;
    if let Error::InvalidEscape(_) = error {
        return Some((escape_before(text, value, offset), Flaw::ESCAPE));
    }
    let word = Lexer::new(text, value.start + offset).next_solid().filter(|_| offset > 0);
    let (start, end) = word.map_or((value.start, value.end), |word| (word.start, word.end));
    let found = found(text, &Node { start, end, kind: NodeKind::Leaf });
    Some((start, Flaw::Fields(FieldFlaw::Value(field, Holds::Map, found))))
}

/// What `ron` says of a map, and how many bytes into it.
fn read_map(part: &str) -> Result<(), (usize, Error)> {
    let mut reader = ron::Deserializer::from_str(part).map_err(|error| (0, error.code))?;
    more::deserialize(&mut reader).map(drop).map_err(|error| {
        let error = reader.span_error(error);
        let is_escape = matches!(error.code, Error::InvalidEscape(_));
        let at = if is_escape { error.span.end } else { error.span.start };
        (Place { line: at.line, column: at.col }.offset(part), error.code)
    })
}

fn single(text: &str, value: &Node, field: &'static str, holds: Holds) -> Located {
    match reading(text, value, holds) {
        Ok(()) => None,
        Err(Some((at, Error::InvalidEscape(_)))) => Some((escape_before(text, value, at), Flaw::ESCAPE)),
        Err(_) => Some((value.start, Flaw::Fields(FieldFlaw::Value(field, holds, found(text, value))))),
    }
}

/// Whether a value is read; if not, what `ron` says and how many bytes into the value.
type ReadValue = Result<(), Option<(usize, Error)>>;

fn reading(text: &str, value: &Node, holds: Holds) -> ReadValue {
    match holds {
        Holds::Text => is_read::<String>(text, value),
        Holds::Version => is_read::<u32>(text, value),
        Holds::Year => is_read::<i32>(text, value),
        Holds::Status => is_read::<Status>(text, value),
        Holds::Quarter => is_read::<Quarter>(text, value),
        Holds::Moment => is_read::<DateTime<FixedOffset>>(text, value),
        Holds::Day => is_day(text, value),
        Holds::Flag => is_read::<bool>(text, value),
        Holds::Texts | Holds::Quarters | Holds::Map | Holds::Structs(_) => Err(None),
    }
}

fn is_read<T: serde::de::DeserializeOwned>(text: &str, value: &Node) -> ReadValue {
    let part = &text[value.span()];
    read::value::<T>(part).map(drop).map_err(|error| {
        let end = Place { line: error.span.end.line, column: error.span.end.col };
        Some((end.offset(part), error.code))
    })
}

fn is_day(text: &str, value: &Node) -> ReadValue {
    is_read::<Option<String>>(text, value)?;
    let day = read::value::<Option<String>>(&text[value.span()]).ok().flatten().unwrap_or_default();
    let is_day = day.trim().is_empty() || day.trim().parse::<NaiveDate>().is_ok();
    if is_day { Ok(()) } else { Err(None) }
}

/// The backslash that begins what is no escape.
fn escape_before(text: &str, value: &Node, at: usize) -> usize {
    let read = &text[value.start..value.start + at];
    read.rfind('\\').map_or(value.start, |back| value.start + back)
}

/// What stands there, short enough to be quoted in a sentence.
fn found(text: &str, value: &Node) -> String {
    const ENOUGH: usize = 40;
    let line = text[value.span()].lines().next().unwrap_or("");
    let mut found: String = line.chars().take(ENOUGH).filter(|&c| !is_hidden(c)).collect();
    if found.len() < value.end - value.start {
        found.push('…');
    }
    found
}
