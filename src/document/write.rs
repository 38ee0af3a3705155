//! Values as RON text, in the layout of the house or in that of their neighbours.

use std::fmt::Write as _;

use chrono::SecondsFormat;

use super::schema::{PLAN, TASK};
use super::sequence::deeper;
use crate::plan::{Agency, Entry, Field, FieldOf, Plan, PlanField, Task, Value};
use crate::text::is_hidden;

/// A line of a list that would be longer than this, in characters, becomes several.
const LONG_LIST: usize = 100;

/// The same for a row of several fields.
const LONG_ROW: usize = 120;

/// The value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Written {
    /// What may as well be left out.
    Absent(&'static str),
    Scalar(String),
    List(Vec<String>),
    /// A list whose elements want a line each.
    Table(Vec<String>),
}

impl Written {
    /// A value; what is empty may be left out, but for what must be there.
    pub(super) fn of(value: &Value, agency_name: &str) -> Self {
        match value {
            Value::Text(text) => Self::of_text(text),
            Value::Names(names) => Self::of_texts(names),
            Value::Quarters(quarters) => {
                Self::of_list(quarters.iter().map(|quarter| quarter.name().to_owned()).collect())
            }
            Value::Day(day) => day.map_or(Self::Absent("None"), |day| Self::Scalar(quoted(&day.to_string()))),
            Value::Status(status) => Self::Scalar(status.name().to_owned()),
            Value::Year(year) => Self::Scalar(year.to_string()),
            Value::Agencies(agencies) if agencies.is_empty() => Self::Absent("[]"),
            Value::Agencies(agencies) => {
                Self::Table(agencies.iter().map(|it| agency_name.to_owned() + &agency(it)).collect())
            }
        }
    }

    fn of_text(text: &str) -> Self {
        if text.is_empty() { Self::Absent("\"\"") } else { Self::Scalar(quoted(text)) }
    }

    fn of_list(elements: Vec<String>) -> Self {
        if elements.is_empty() { Self::Absent("[]") } else { Self::List(elements) }
    }

    fn of_texts(texts: &[String]) -> Self {
        Self::of_list(texts.iter().map(|text| quoted(text)).collect())
    }

    pub(super) const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent(_))
    }

    /// The elements of what is a list in the file.
    pub(super) fn elements(&self) -> Option<&[String]> {
        match self {
            Self::Absent("[]") => Some(&[]),
            Self::List(elements) | Self::Table(elements) => Some(elements),
            Self::Absent(_) | Self::Scalar(_) => None,
        }
    }

    pub(super) fn in_line(&self) -> String {
        match self {
            Self::Absent(nothing) => (*nothing).to_owned(),
            Self::Scalar(scalar) => scalar.clone(),
            Self::List(elements) | Self::Table(elements) => format!("[{}]", elements.join(", ")),
        }
    }

    /// As a field on one line.
    pub(super) fn field(&self, name: &str) -> String {
        format!("{name}: {}", self.in_line())
    }

    /// As a field that begins a line with this indentation.
    pub(super) fn field_in_lines(&self, name: &str, indent: &str, eol: &str) -> String {
        let line = self.field(name);
        let is_long = width(indent) + width(&line) + 1 > LONG_LIST;
        match self {
            Self::Table(elements) => format!("{name}: {}", in_lines(elements, indent, eol)),
            Self::List(elements) if elements.len() > 1 && is_long => {
                format!("{name}: {}", in_lines(elements, indent, eol))
            }
            _ => line,
        }
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn in_lines(elements: &[String], indent: &str, eol: &str) -> String {
    let inner = deeper(indent);
    let lines: String = elements.iter().flat_map(|element| [&inner, element, ",", eol]).collect();
    format!("[{eol}{lines}{indent}]")
}

/// A field of a task by its name in the file.
pub(super) fn field(task: &Task, name: &str, entry_name: &str) -> Written {
    match (name, Field::named(name)) {
        (_, Some(field)) => Written::of(&field.of(task), ""),
        ("id", _) => Written::of_text(task.id.text()),
        ("history", _) if !task.history.is_empty() => {
            Written::Table(task.history.iter().map(|it| entry(it, entry_name)).collect())
        }
        _ => Written::Absent("[]"),
    }
}

fn entry(entry: &Entry, name: &str) -> String {
    let mut text = format!("{name}(at: {}", quoted(&entry.at.to_rfc3339_opts(SecondsFormat::AutoSi, false)));
    let is_change = !(entry.from.is_empty() && entry.to.is_empty());
    let fields = [
        ("by", entry.by.as_str(), true),
        ("field", entry.kind.name(), true),
        ("from", &entry.from, is_change),
        ("to", &entry.to, is_change),
        ("note", &entry.note, !entry.note.is_empty()),
        ("done_on", &entry.done_on, !entry.done_on.is_empty()),
    ];
    for (name, value, is_written) in fields {
        if is_written {
            let _ = write!(text, ", {name}: {}", quoted(value));
        }
    }
    if entry.clash {
        text += ", clash: true";
    }
    text + ")"
}

/// How a struct is laid out.
#[derive(Debug, Clone)]
pub(super) struct Style {
    /// The name before the parenthesis, if any.
    pub(super) name: String,
    pub(super) entry_name: &'static str,
    pub(super) shape: Shape,
    pub(super) eol: &'static str,
}

#[derive(Debug, Clone)]
pub(super) enum Shape {
    Line,
    Block {
        indent: String,
        inner: String,
        /// Behind the last field.
        comma: &'static str,
    },
}

impl Style {
    fn of_house(indent: &str) -> Self {
        let shape = Shape::Block { indent: indent.to_owned(), inner: deeper(indent), comma: "," };
        Self { name: String::new(), entry_name: "", shape, eol: "\n" }
    }
}

/// The fields that a new task is written with, and further ones that stand as they are.
pub(super) fn task(task: &Task, others: &[String], style: &Style) -> String {
    let is_always_there = |name| matches!(name, "title" | "status");
    let fields = TASK.fields.iter().filter_map(|it| {
        let value = field(task, it.name, style.entry_name);
        if value.is_absent() && !is_always_there(it.name) {
            return None;
        }
        Some(match &style.shape {
            Shape::Line => value.field(it.name),
            Shape::Block { inner, .. } => value.field_in_lines(it.name, inner, style.eol),
        })
    });
    structure(&fields.chain(others.iter().cloned()).collect::<Vec<_>>(), style)
}

fn structure(fields: &[String], style: &Style) -> String {
    let Style { name, eol, .. } = style;
    match &style.shape {
        Shape::Line => format!("{name}({})", fields.join(", ")),
        Shape::Block { indent, inner, comma } => {
            let fields = fields.join(&format!(",{eol}{inner}"));
            format!("{name}({eol}{inner}{fields}{comma}{eol}{indent})")
        }
    }
}

/// A whole plan in the layout of the house.
pub(super) fn plan(plan: &Plan) -> String {
    let fields: Vec<_> = PLAN.fields.iter().filter_map(|field| plan_field(plan, field.name)).collect();
    let style = Style { name: PLAN.name.to_owned(), ..Style::of_house("") };
    format!("#![enable(implicit_some)]\n{}\n", structure(&fields, &style))
}

fn plan_field(plan: &Plan, name: &str) -> Option<String> {
    if name == "tasks" {
        return Some(format!("tasks: {}", tasks(plan)));
    }
    let value = head(plan, name, "");
    (!value.is_absent()).then(|| value.field_in_lines(name, "    ", "\n"))
}

/// A field of the plan itself by its name in the file; its tasks are none of them.
pub(super) fn head(plan: &Plan, name: &str, agency_name: &str) -> Written {
    match PlanField::named(name) {
        // Without it the file is no plan.
        Some(PlanField::Title) => Written::Scalar(quoted(&plan.title)),
        Some(field) => Written::of(&field.of(plan), agency_name),
        None if name == "version" => Written::Scalar(plan.version.to_string()),
        None => Written::Absent("[]"),
    }
}

fn agency(agency: &Agency) -> String {
    let optional =
        [("full", Written::of_text(&agency.full)), ("aliases", Written::of_texts(&agency.aliases))];
    let optional = optional.into_iter().filter(|(_, value)| !value.is_absent());
    let name = ("name", Written::Scalar(quoted(&agency.name)));
    let fields: Vec<_> = std::iter::once(name).chain(optional).collect();
    let style = Style::of_house("        ");
    let row: Vec<_> = fields.iter().map(|(name, value)| value.field(name)).collect();
    let row = structure(&row, &Style { shape: Shape::Line, ..style.clone() });
    if fields.len() == 1 || "        ".len() + width(&row) < LONG_ROW {
        return row;
    }
    let lines = fields.iter().map(|(name, value)| value.field_in_lines(name, "            ", "\n"));
    structure(&lines.collect::<Vec<_>>(), &style)
}

fn tasks(plan: &Plan) -> String {
    if plan.tasks.is_empty() {
        return "[]".to_owned();
    }
    let style = Style::of_house("        ");
    let tasks: Vec<_> = plan.tasks.iter().map(|it| format!("        {},\n", task(it, &[], &style))).collect();
    format!("[\n{}    ]", tasks.join("\n"))
}

/// A string as RON writes it. What could not be seen in an editor is written as an escape.
pub(super) fn quoted(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 2);
    result.push('"');
    for c in text.chars() {
        match c {
            '"' => result.push_str("\\\""),
            '\\' => result.push_str("\\\\"),
            '\n' => result.push_str("\\n"),
            '\r' => result.push_str("\\r"),
            '\t' => result.push_str("\\t"),
            c if is_hidden(c) => {
                let _ = write!(result, "\\u{{{:x}}}", u32::from(c));
            }
            c => result.push(c),
        }
    }
    result.push('"');
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_string_is_read_as_it_was_written() {
        let text: String = ('\0'..='\u{3000}').chain("\\\"'“”\u{FEFF}😀".chars()).collect();
        assert_eq!(ron::from_str::<String>(&quoted(&text)), Ok(text));
    }

    #[test]
    fn what_cannot_be_seen_is_written_as_an_escape() {
        assert_eq!(quoted("a\u{202E}b\u{200B}\u{9b}\u{200D}"), "\"a\\u{202e}b\\u{200b}\\u{9b}\u{200D}\"");
        assert_eq!(quoted("\u{180E}\u{FFF9}\u{E0041}"), "\"\\u{180e}\\u{fff9}\\u{e0041}\"");
    }
}
