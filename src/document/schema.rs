//! The names of the fields in a plan's text, in the order in which they are written, and what each may hold.

use crate::plan::table::TableColumn;
use crate::plan::{self, FieldOf, Kind, PlanField, Table};
use crate::words::Phrase;

/// A struct of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Schema {
    pub(super) name: &'static str,
    pub(super) label: Phrase,
    pub(super) fields: &'static [FieldSchema],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FieldSchema {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
    /// How it may look, if it must be there.
    pub(super) example: Option<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Texts,
    Version,
    Year,
    Status,
    Quarter,
    Quarters,
    /// A day, or nothing.
    Day,
    /// A day and its time, to the second.
    Moment,
    Flag,
    /// Texts by their names, in braces.
    Map,
    Structs(&'static Schema),
}

const fn field(name: &'static str, holds: Holds) -> FieldSchema {
    FieldSchema { name, holds, example: None }
}

const fn required(name: &'static str, holds: Holds, example: &'static str) -> FieldSchema {
    FieldSchema { name, holds, example: Some(example) }
}

/// What a field of a task or of the plan may hold, from its table.
const fn holds(kind: Kind) -> Holds {
    match kind {
        Kind::Line | Kind::Lines => Holds::Text,
        Kind::Names => Holds::Texts,
        Kind::Quarters => Holds::Quarters,
        Kind::Day => Holds::Day,
        Kind::Status => Holds::Status,
        Kind::Year => Holds::Year,
        Kind::Flag => Holds::Flag,
        Kind::Table(Table::More) => Holds::Map,
        Kind::Table(table) => Holds::Structs(&TABLES[table as usize]),
    }
}

pub(super) static PLAN: Schema =
    Schema { name: "Plan", label: Phrase::new("kế hoạch", "the plan"), fields: &PLAN_FIELDS };

static PLAN_FIELDS: [FieldSchema; PlanField::ALL.len() + 2] = {
    let mut fields = [field("version", Holds::Version); PlanField::ALL.len() + 2];
    let mut at = 0;
    while at < PlanField::ALL.len() {
        let known = PlanField::ALL[at];
        fields[at + 1] = match known {
            PlanField::Title => required(known.name(), Holds::Text, "title: \"…\""),
            PlanField::Year => required(known.name(), Holds::Year, "year: 2024"),
            _ => field(known.name(), holds(known.kind())),
        };
        at += 1;
    }
    fields[at + 1] = field("tasks", Holds::Structs(&TASK));
    fields
};

/// The rows of each table of [`Table::ALL`].
static TABLES: [Schema; Table::ALL.len()] = {
    let mut schemas = [Schema { name: "", label: PLAN.label, fields: &[] }; Table::ALL.len()];
    let mut at = 0;
    while at < schemas.len() {
        let kind = Table::ALL[at].kind();
        let fields = COLUMNS[at].split_at(kind.columns.len()).0;
        schemas[at] = Schema { name: kind.name, label: kind.label, fields };
        at += 1;
    }
    schemas
};

/// The columns of each table, with room for as many as any has.
static COLUMNS: [[FieldSchema; MOST_COLUMNS]; Table::ALL.len()] = {
    let mut columns = [[field("", Holds::Text); MOST_COLUMNS]; Table::ALL.len()];
    let mut at = 0;
    while at < columns.len() {
        let kind = Table::ALL[at].kind();
        let mut nth = 0;
        while nth < kind.columns.len() {
            let TableColumn { name, kind, example } = kind.columns[nth];
            columns[at][nth] = FieldSchema { name, holds: holds(kind), example };
            nth += 1;
        }
        at += 1;
    }
    columns
};

const MOST_COLUMNS: usize = 8;

pub(super) static TASK: Schema =
    Schema { name: "Task", label: Phrase::new("nhiệm vụ", "a task"), fields: &TASK_FIELDS };

static TASK_FIELDS: [FieldSchema; plan::Field::ALL.len() + 2] = {
    let mut fields = [field("id", Holds::Text); plan::Field::ALL.len() + 2];
    let mut at = 0;
    while at < plan::Field::ALL.len() {
        let known = plan::Field::ALL[at];
        fields[at + 1] = field(known.name(), holds(known.kind()));
        at += 1;
    }
    fields[at + 1] = field("history", Holds::Structs(&ENTRY));
    fields
};

pub(super) static ENTRY: Schema = Schema {
    name: "Entry",
    label: Phrase::new("dòng lịch sử", "an entry of the history"),
    fields: &[
        required("at", Holds::Moment, "at: \"2024-05-02T09:10:00+07:00\""),
        field("by", Holds::Text),
        field("field", Holds::Text),
        field("from", Holds::Text),
        field("to", Holds::Text),
        field("note", Holds::Text),
        field("clash", Holds::Flag),
        field("done_on", Holds::Text),
        field("on", Holds::Text),
    ],
};

impl Schema {
    /// The place of a field in the order of the file.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// Its fields that are tables, each with its rows.
    pub(super) fn tables(&self) -> impl Iterator<Item = (&'static str, &'static Self)> {
        let table = |field: &FieldSchema| match field.holds {
            Holds::Structs(schema) if TABLES.iter().any(|table| table == schema) => {
                Some((field.name, schema))
            }
            _ => None,
        };
        self.fields.iter().filter_map(table)
    }

    pub(super) fn field(&self, name: &str) -> Option<&'static FieldSchema> {
        self.fields.iter().find(|field| field.name == name)
    }
}
