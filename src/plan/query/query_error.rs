//! What is wrong with a query that was typed, and where.

use std::ops::Range;

use super::language::QueryKey;
use crate::plan::facet::{Facet, NameError};
use crate::plan::time::{Asked, TimeError};
use crate::text;
use crate::words::{Lang, Phrase, tr};

/// Why a query is not understood, with the part of the text that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryError {
    /// A key that is none, but nearly one.
    Key {
        range: Range<usize>,
        near: Phrase,
    },
    /// A key without a value.
    Empty {
        range: Range<usize>,
        key: QueryKey,
    },
    /// What only days have: `<=`.
    Sign {
        range: Range<usize>,
        key: QueryKey,
    },
    /// No word for this key.
    Value {
        range: Range<usize>,
        key: QueryKey,
        typed: String,
    },
    Day {
        range: Range<usize>,
        typed: String,
        why: TimeError,
    },
    /// No name of this facet in the plan, or several.
    Name {
        range: Range<usize>,
        facet: Facet,
        typed: String,
        why: NameError,
    },
}

impl QueryError {
    pub fn name(range: Range<usize>, facet: Facet, typed: &str, why: NameError) -> Self {
        Self::Name { range, facet, typed: typed.to_owned(), why }
    }

    /// The bytes of the text that it is about.
    pub fn range(&self) -> &Range<usize> {
        match self {
            Self::Key { range, .. }
            | Self::Empty { range, .. }
            | Self::Sign { range, .. }
            | Self::Value { range, .. }
            | Self::Day { range, .. }
            | Self::Name { range, .. } => range,
        }
    }

    /// Whether the plan has no such name: another plan may.
    pub const fn is_unknown_name(&self) -> bool {
        matches!(self, Self::Name { why: NameError::Unknown(_), .. })
    }

    /// That a saved view cannot be opened, and why.
    pub fn message_of_view(&self, name: &str, lang: Lang) -> String {
        let why = self.message(lang);
        tr!(lang, "Không mở được bộ lọc “{name}”: {why}", "The view “{name}” cannot be opened: {why}")
    }

    /// In one line; where several names may be meant, in a line each.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Key { near, .. } => {
                let near = near.say(lang);
                tr!(
                    lang,
                    "không có điều kiện này; có phải là “{near}:”?",
                    "no such key; did you mean “{near}:”?"
                )
            }
            Self::Empty { key, .. } => {
                let key = key.written().say(lang);
                tr!(lang, "sau “{key}:” còn thiếu giá trị", "there is no value behind “{key}:”")
            }
            Self::Sign { key, .. } => {
                let key = key.written().say(lang);
                tr!(lang, "sau “{key}” phải là dấu hai chấm", "there must be a colon behind “{key}”")
            }
            Self::Value { key, typed, .. } => {
                let key = key.written().say(lang);
                tr!(lang, "“{typed}” không dùng được cho “{key}:”", "“{typed}” is no value for “{key}:”")
            }
            Self::Day { typed, why, .. } => format!("“{typed}”: {}", why.message(Asked::Today, lang)),
            Self::Name { facet, typed, why, .. } => no_name(*facet, typed, why, lang),
        }
    }
}

fn no_name(facet: Facet, typed: &str, why: &NameError, lang: Lang) -> String {
    match why {
        NameError::Several(names) => {
            names.iter().fold(several(facet, typed, lang), |message, (name, meant)| {
                let other = if meant == name { String::new() } else { format!(" ({meant})") };
                format!("{message}\n  {}", text::line(&format!("{name}{other}")))
            })
        }
        NameError::Unknown(near) => {
            let message = unknown(facet, typed, lang);
            match near {
                None => message,
                Some(near) => {
                    tr!(lang, "{message}; có phải là “{near}”?", "{message}; did you mean “{near}”?")
                }
            }
        }
    }
}

fn several(facet: Facet, typed: &str, lang: Lang) -> String {
    if facet.is_of_agencies() {
        return tr!(
            lang,
            "nhiều cơ quan có “{typed}” trong tên:",
            "several agencies have “{typed}” in their names:"
        );
    }
    let what = facet.label().say(lang).to_lowercase();
    tr!(lang, "{what}: nhiều tên có “{typed}”:", "{what}: several names have “{typed}”:")
}

fn unknown(facet: Facet, typed: &str, lang: Lang) -> String {
    if facet.is_of_agencies() {
        return tr!(lang, "kế hoạch không có cơ quan “{typed}”", "the plan has no agency “{typed}”");
    }
    let what = facet.label().say(lang).to_lowercase();
    tr!(lang, "kế hoạch không có {what} “{typed}”", "the plan has no {what} “{typed}”")
}
