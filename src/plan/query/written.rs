//! A query as it is kept in a plan, and as people can type it.

use super::language::{AT_ALL, END, NOBODY, OR, QUOTES, QueryKey, WITHIN, closed, is_words, unquoted};
use super::{Lateness, Query};
use crate::plan::State;
use crate::plan::time::{Column, write_date};

impl Query {
    /// In the words of [`Query::parse`], which reads the same query from it. They are Vietnamese, as the plan is.
    pub fn written(&self) -> String {
        let words = words(self.search.typed());
        let pairs = self.pairs().into_iter().map(|(key, values)| {
            let values = values.join(&format!(" {OR} "));
            format!("{}: {values}", key.written().vi)
        });
        let parts = Some(words).filter(|words| !words.is_empty()).into_iter().chain(pairs);
        let parts = parts.chain(self.dues()).chain(self.extended_written());
        parts.collect::<Vec<_>>().join(&format!("{END} "))
    }

    fn pairs(&self) -> Vec<(QueryKey, Vec<String>)> {
        let facets = self.facets.iter().map(|(facet, names)| {
            let names = names.iter().map(|name| quoted(name)).collect();
            (QueryKey::Facet(facet), names)
        });
        let columns = self.columns.iter().map(|column| match column {
            Column::Quarter(quarter) => quarter.roman().to_owned(),
            Column::Year => said(column.label().vi),
        });
        let statuses = self.statuses.iter().map(|status| said(status.label().vi));
        let states = self.states.iter().map(|state| said(state.label().vi));
        let kinds = [
            (QueryKey::Quarter, columns.collect()),
            (QueryKey::Status, statuses.collect()),
            (QueryKey::State, states.collect()),
            (QueryKey::Due, self.lateness.written()),
        ];
        facets.chain(kinds).filter(|(_, values)| !values.is_empty()).collect()
    }

    fn extended_written(&self) -> Option<String> {
        let key = QueryKey::Extended.written().vi;
        match self.extended {
            0 => None,
            1 => Some(format!("{key}: {}", AT_ALL.vi)),
            times => Some(format!("{key} >= {times}")),
        }
    }

    fn dues(&self) -> Vec<String> {
        let due = QueryKey::Due.written().vi;
        let days = [self.due.from, self.due.to].map(|day| day.map(write_date));
        match days {
            [Some(from), Some(to)] if from == to => vec![format!("{due}: {from}")],
            [from, to] => {
                let from = from.map(|from| format!("{due} >= {from}"));
                let to = to.map(|to| format!("{due} <= {to}"));
                from.into_iter().chain(to).collect()
            }
        }
    }
}

impl Lateness {
    fn written(self) -> Vec<String> {
        let late = || said(State::Overdue.label().vi);
        let within = |days: u16| {
            let [before, behind] = WITHIN.map(|word| word.vi);
            format!("{before}{days}{behind}")
        };
        match self {
            Self::Any => Vec::new(),
            Self::Overdue => vec![late()],
            Self::Within(days) => vec![within(days)],
            Self::OverdueOrWithin(days) => vec![late(), within(days)],
        }
    }
}

fn said(label: &str) -> String {
    label.to_lowercase()
}

/// Signs that would make more of words than words are left out.
fn words(typed: &str) -> String {
    let words = closed(typed.trim());
    if is_words(&words) {
        return words.into_owned();
    }
    let signs: Vec<usize> = unquoted(&words).filter(|(_, c)| is_sign(*c)).map(|(at, _)| at).collect();
    words.char_indices().map(|(at, c)| if signs.contains(&at) { ' ' } else { c }).collect()
}

/// A name, in quotes where signs are in it that mean something here.
fn quoted(name: &str) -> String {
    if name.is_empty() {
        return NOBODY.vi.to_owned();
    }
    if !name.contains(is_sign) && !name.contains(QUOTES) {
        return name.to_owned();
    }
    let [_, open, close] = QUOTES;
    format!("{open}{}{close}", name.replace(QUOTES, ""))
}

fn is_sign(c: char) -> bool {
    [END, OR].contains(&c) || ":=<>≤≥".contains(c)
}
