//! Values as RON text, in the layout of the house or in that of their neighbours.

use std::sync::Arc;

use chrono::SecondsFormat;

use super::schema::{PLAN, TASK};
use super::sequence::deeper;
use crate::plan::{Entry, Field, FieldOf, Kind, Plan, PlanField, Table, Task, Value};
use crate::text::is_hidden;

/// A line of a list that would be longer than this, in characters, becomes several.
const LONG_LIST: usize = 100;

/// The same for a row of several fields.
const LONG_ROW: usize = 120;

/// The indentation of a level.
const INDENT: &str = "    ";

/// The value of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RonValue {
    /// What may as well be left out.
    Absent(&'static str),
    Scalar(String),
    List(Vec<String>),
    /// A list whose elements want a line each.
    Table(Vec<String>),
}

impl RonValue {
    /// A value; what is empty may be left out, but for what must be there.
    pub(super) fn of(value: &Value, row_name: &str) -> Self {
        match value {
            Value::Text(text) => Self::of_text(text),
            Value::Names(names) => Self::of_texts(names),
            Value::Quarters(quarters) => {
                Self::of_list(quarters.iter().map(|quarter| quarter.name().to_owned()).collect())
            }
            Value::Day(day) => day.map_or(Self::Absent("None"), |day| Self::Scalar(quoted(&day.to_string()))),
            Value::Status(status) => Self::Scalar(status.name().to_owned()),
            Value::Year(year) => Self::Scalar(year.to_string()),
            // A flag is on where nothing is said.
            Value::Flag(true) => Self::Absent("true"),
            Value::Flag(false) => Self::Scalar("false".to_owned()),
            Value::Table(rows) if rows.table == Table::More => Self::of_map(&rows.cells),
            Value::Table(rows) if rows.cells.is_empty() => Self::Absent("[]"),
            Value::Table(rows) => {
                Self::Table(rows.cells.iter().map(|it| row(rows.table, it, row_name)).collect())
            }
        }
    }

    fn of_text(text: &str) -> Self {
        if text.is_empty() { Self::Absent("\"\"") } else { Self::Scalar(quoted(text)) }
    }

    /// Each row is a name and a text.
    fn of_map(rows: &[Vec<Value>]) -> Self {
        let pair =
            |row: &Vec<Value>| row.iter().map(|cell| quoted(&cell.recorded())).collect::<Vec<_>>().join(": ");
        let pairs: Vec<String> = rows.iter().map(pair).collect();
        if pairs.is_empty() { Self::Absent("{}") } else { Self::Scalar(format!("{{{}}}", pairs.join(", "))) }
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

    /// As a field. One that begins a line with an indentation may go on over others.
    pub(super) fn field(&self, name: &str, indent: Option<&str>, eol: &str) -> String {
        let line = format!("{name}: {}", self.in_line());
        let Some(indent) = indent else { return line };
        let is_long = width(indent) + width(&line) + 1 > LONG_LIST;
        match self {
            Self::Absent(_) | Self::Scalar(_) => line,
            Self::List(elements) if elements.len() < 2 || !is_long => line,
            Self::List(elements) | Self::Table(elements) => {
                let inner = deeper(indent);
                let lines: String = elements.iter().flat_map(|element| [&inner, element, ",", eol]).collect();
                format!("{name}: [{eol}{lines}{indent}]")
            }
        }
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// A field of a task by its name in the file.
pub(super) fn field(task: &Task, name: &str, entry_name: &str) -> RonValue {
    match (name, Field::named(name)) {
        (_, Some(field)) => RonValue::of(&field.of(task), ""),
        ("id", _) => RonValue::of_text(task.id.text()),
        ("history", _) if !task.history.is_empty() => {
            RonValue::Table(task.history.iter().map(|it| entry(it, entry_name)).collect())
        }
        _ => RonValue::Absent("[]"),
    }
}

fn entry(entry: &Entry, name: &str) -> String {
    let must = |text: &str| RonValue::Scalar(quoted(text));
    let fields = [
        ("at", must(&entry.at.to_rfc3339_opts(SecondsFormat::AutoSi, false))),
        ("by", must(&entry.by)),
        ("field", must(entry.kind.name())),
        ("from", RonValue::of_text(&entry.from)),
        ("to", RonValue::of_text(&entry.to)),
        ("note", RonValue::of_text(&entry.note)),
        ("done_on", RonValue::of_text(&entry.done_on)),
        ("on", RonValue::of_text(&entry.on)),
        ("clash", if entry.clash { RonValue::Scalar("true".to_owned()) } else { RonValue::Absent("") }),
    ];
    structure(
        &present(fields),
        &[],
        &Style { name: name.to_owned(), shape: Shape::Line, ..Style::block("", "\n") },
    )
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
    pub(super) fn block(indent: &str, eol: &'static str) -> Self {
        let shape = Shape::Block { indent: indent.to_owned(), inner: deeper(indent), comma: "," };
        Self { name: String::new(), entry_name: "", shape, eol }
    }
}

/// Fields with their names.
type StructFields = Vec<(&'static str, RonValue)>;

fn present(fields: impl IntoIterator<Item = (&'static str, RonValue)>) -> StructFields {
    fields.into_iter().filter(|(_, value)| !value.is_absent()).collect()
}

/// The fields, and further ones that stand as they are.
fn structure(fields: &StructFields, others: &[String], style: &Style) -> String {
    let Style { name, shape, eol, .. } = style;
    let indent = if let Shape::Block { inner, .. } = shape { Some(inner.as_str()) } else { None };
    let fields = fields.iter().map(|(name, value)| value.field(name, indent, eol));
    let fields: Vec<_> = fields.chain(others.iter().cloned()).collect();
    match shape {
        Shape::Line => format!("{name}({})", fields.join(", ")),
        Shape::Block { indent, inner, comma } => {
            let fields = fields.join(&format!(",{eol}{inner}"));
            format!("{name}({eol}{inner}{fields}{comma}{eol}{indent})")
        }
    }
}

/// The fields that a new task is written with, and further ones that stand as they are.
pub(super) fn task(task: &Task, others: &[String], style: &Style) -> String {
    let fields = TASK.fields.iter().map(|it| (it.name, field(task, it.name, style.entry_name)));
    let is_written =
        |(name, value): &(_, RonValue)| !value.is_absent() || matches!(*name, "title" | "status");
    structure(&fields.filter(is_written).collect(), others, style)
}

/// A list of tasks that opens on a line with this indentation.
pub(super) fn tasks(tasks: &[Arc<Task>], indent: &str, style: &Style) -> String {
    let (inner, eol) = (deeper(indent), style.eol);
    let tasks: Vec<_> = tasks.iter().map(|it| format!("{inner}{},{eol}", task(it, &[], style))).collect();
    if tasks.is_empty() { "[]".to_owned() } else { format!("[{eol}{}{indent}]", tasks.join(eol)) }
}

/// A whole plan in the layout of the house.
pub(super) fn plan(plan: &Plan) -> String {
    let fields = present(PLAN.fields.iter().map(|it| (it.name, head(plan, it.name, ""))));
    let tasks = tasks(&plan.tasks, INDENT, &Style::block(&deeper(INDENT), "\n"));
    let style = Style { name: PLAN.name.to_owned(), ..Style::block("", "\n") };
    format!("#![enable(implicit_some)]\n{}\n", structure(&fields, &[format!("tasks: {tasks}")], &style))
}

/// A field of the plan itself by its name in the file; its tasks are none of them.
pub(super) fn head(plan: &Plan, name: &str, agency_name: &str) -> RonValue {
    match PlanField::named(name) {
        // Without it the file is no plan.
        Some(PlanField::Title) => RonValue::Scalar(quoted(&plan.title)),
        Some(field) => RonValue::of(&field.of(plan), agency_name),
        None if name == "version" => RonValue::Scalar(plan.version.to_string()),
        None => RonValue::Absent("[]"),
    }
}

/// A row of a table. In a plan of the house, those of the plan itself stand two levels deep, and those of a task four.
fn row(table: Table, cells: &[Value], name: &str) -> String {
    let columns = table.kind().columns.iter().zip(cells);
    let fields = present(columns.map(|(column, cell)| match column.example {
        Some(_) => (column.name, RonValue::Scalar(quoted(&cell.recorded()))),
        None => (column.name, RonValue::of(cell, "")),
    }));
    let is_of_plan = PlanField::ALL.iter().any(|field| field.kind() == Kind::Table(table));
    let indent = INDENT.repeat(if is_of_plan { 2 } else { 4 });
    let style = Style { name: name.to_owned(), ..Style::block(&indent, "\n") };
    let row = structure(&fields, &[], &Style { shape: Shape::Line, ..style.clone() });
    let width = indent.len() + width(&row) - width(name);
    if fields.len() == 1 || width < LONG_ROW { row } else { structure(&fields, &[], &style) }
}

/// A string as RON writes it. What could not be seen in an editor is written as an escape.
pub(super) fn quoted(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 2);
    result.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' | '\n' | '\r' | '\t' => result.extend(c.escape_default()),
            c if is_hidden(c) => result.extend(c.escape_unicode()),
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
