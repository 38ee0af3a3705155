//! The unknown fields that no history tells of: those of the plan itself, of its bodies, and of what tasks remember.
//!
//! Each is known by the comment that would take its place.

use std::collections::BTreeSet;

use super::super::lex::{Kind, Lexer};
use super::super::read;
use super::super::schema::{AGENCY, ENTRY, PLAN, Schema};
use super::super::tree::{Body, DEEPEST, Element, Value};
use super::others::others_in;

/// What either has written and is to be in the merged text, as a field or as a comment.
pub(super) fn written(base: &str, ours: &str, theirs: &str) -> Vec<String> {
    let known = in_text(base);
    let both = &in_text(ours) | &in_text(theirs);
    both.into_iter().filter(|stray| !known.contains(stray)).collect()
}

/// All that are fields in a text.
pub(super) fn in_text(text: &str) -> BTreeSet<String> {
    let mut strays = Strays { text, found: BTreeSet::new() };
    if let Some(plan) = Value::root(text, DEEPEST).as_ref().and_then(Value::fields) {
        strays.plan(plan);
    }
    strays.found
}

struct Strays<'a> {
    text: &'a str,
    found: BTreeSet<String>,
}

impl Strays<'_> {
    fn plan(&mut self, plan: &Body) {
        self.take(plan, &PLAN, "");
        for agency in self.structs(plan, "agencies") {
            self.take(agency, &AGENCY, &self.words(agency, &["name"]));
        }
        for task in self.structs(plan, "tasks") {
            for entry in self.structs(task, "history") {
                let owner = [self.words(task, &["id"]), self.words(entry, &["field", "at", "by"])].concat();
                self.take(entry, &ENTRY, &owner);
            }
        }
    }

    fn structs<'b>(&self, body: &'b Body, field: &str) -> Vec<&'b Body> {
        let list = body.field(self.text, field).and_then(|it| it.value.list());
        list.map(|list| list.elements.iter().filter_map(|it| it.value.fields()).collect()).unwrap_or_default()
    }

    /// What the fields say, each with a blank behind it.
    fn words(&self, body: &Body, fields: &[&str]) -> String {
        let said = |it: &Element| read::value::<String>(&self.text[it.value.span()]).ok();
        let fields = fields.iter().filter_map(|field| said(body.field(self.text, field)?));
        fields.map(|words| words.replace(['\n', '\r'], " ") + " ").collect()
    }

    fn take(&mut self, body: &Body, schema: &Schema, owner: &str) {
        let owner = if owner.is_empty() { String::new() } else { format!("{}: ", owner.trim_end()) };
        for (name, value) in others_in(self.text, body, schema) {
            self.found.insert(format!("// {owner}{name}: {}", on_one_line(&value)));
        }
    }
}

/// The value without its layout and its comments, which are looked after by themselves.
fn on_one_line(value: &str) -> String {
    let mut line = String::new();
    for token in Lexer::new(value, 0).filter(|it| it.kind != Kind::Space && !it.is_comment()) {
        line += &value[token.span()].replace('\r', "\\r").replace('\n', "\\n");
        if token.kind == Kind::Comma {
            line.push(' ');
        }
    }
    line.trim_end().to_owned()
}
