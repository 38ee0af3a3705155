//! The names of the fields in a plan's text, in the order in which they are written, and what each may hold.

/// A struct of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Schema {
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) holds: Holds,
    pub(super) presence: Presence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    Optional,
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
    Structs(&'static Schema),
}

const fn field(name: &'static str, holds: Holds) -> Field {
    Field { name, holds, presence: Presence::Optional }
}

const fn required(name: &'static str, holds: Holds) -> Field {
    Field { name, holds, presence: Presence::Required }
}

pub(super) static PLAN: Schema = Schema {
    name: "Plan",
    fields: &[
        field("version", Holds::Version),
        required("title", Holds::Text),
        field("number", Holds::Text),
        field("issuer", Holds::Text),
        field("issued", Holds::Day),
        required("year", Holds::Year),
        field("agencies", Holds::Structs(&AGENCY)),
        field("tasks", Holds::Structs(&TASK)),
    ],
};

pub(super) static AGENCY: Schema = Schema {
    name: "Agency",
    fields: &[required("name", Holds::Text), field("full", Holds::Text), field("aliases", Holds::Texts)],
};

pub(super) static TASK: Schema = Schema {
    name: "Task",
    fields: &[
        field("id", Holds::Text),
        field("no", Holds::Text),
        field("title", Holds::Text),
        field("lead", Holds::Texts),
        field("support", Holds::Texts),
        field("quarters", Holds::Quarters),
        field("time", Holds::Text),
        field("due", Holds::Day),
        field("status", Holds::Status),
        field("done_on", Holds::Day),
        field("output", Holds::Text),
        field("note", Holds::Text),
        field("history", Holds::Structs(&ENTRY)),
    ],
};

pub(super) static ENTRY: Schema = Schema {
    name: "Entry",
    fields: &[
        required("at", Holds::Moment),
        field("by", Holds::Text),
        field("field", Holds::Text),
        field("from", Holds::Text),
        field("to", Holds::Text),
        field("note", Holds::Text),
        field("clash", Holds::Flag),
        field("done_on", Holds::Text),
    ],
};

impl Schema {
    /// The place of a field in the order of the file.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    pub(super) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
