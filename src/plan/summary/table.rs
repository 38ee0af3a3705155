//! The figures row by row: by quarter, by lead agency.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Figures;
use crate::plan::agency::{Directory, is_blank};
use crate::plan::facet::Facet;
use crate::plan::query::Query;
use crate::plan::status::Calendar;
use crate::plan::task::Task;
use crate::plan::time::Column;
use crate::text::{self, SortKey};
use crate::words::{Phrase, Spoken};

/// What the rows of the table are. A new one is a line in each of these tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Grouping {
    #[default]
    Quarter,
    Lead,
}

impl Grouping {
    pub const ALL: [Self; 2] = [Self::Quarter, Self::Lead];

    pub const fn label(self) -> Phrase {
        match self {
            Self::Quarter => Phrase::new("Theo quý", "By quarter"),
            Self::Lead => Phrase::new("Theo cơ quan chủ trì", "By lead agency"),
        }
    }

    /// How the foot comes to be less than the rows together.
    pub const fn note(self) -> Phrase {
        match self {
            Self::Quarter => Phrase::new(
                "Việc làm trong nhiều quý được tính ở mỗi quý; dòng tổng đếm mỗi việc một lần",
                "A task over several quarters is counted in each of them; the last line counts each task once",
            ),
            Self::Lead => Phrase::new(
                "Một việc có nhiều cơ quan chủ trì được tính ở mỗi cơ quan; dòng tổng đếm mỗi việc một lần",
                "A task with several lead agencies is counted for each; the last line counts each task once",
            ),
        }
    }

    /// The rows that there are in any case.
    fn fixed(self) -> Vec<SummaryGroup> {
        match self {
            Self::Quarter => Column::ALL.map(SummaryGroup::Column).to_vec(),
            Self::Lead => Vec::new(),
        }
    }

    /// The rows that a task belongs to: each once, and one at least.
    fn rows_of(self, task: &Task, year: i32, directory: &Directory) -> Vec<SummaryGroup> {
        match self {
            Self::Quarter => task.columns(year).into_iter().map(SummaryGroup::Column).collect(),
            Self::Lead => named(&task.lead, directory, SummaryGroup::Lead),
        }
    }

    #[must_use]
    pub fn next(self) -> Self {
        let here = Self::ALL.iter().position(|other| *other == self).unwrap_or_default();
        Self::ALL[(here + 1) % Self::ALL.len()]
    }
}

/// The bodies that these names mean; the one without a name, where there is none.
fn named(names: &[String], directory: &Directory, group: fn(String) -> SummaryGroup) -> Vec<SummaryGroup> {
    let bodies = directory.places(names).into_iter().map(|at| &directory.bodies()[at]);
    let mut groups: Vec<SummaryGroup> = bodies.map(|body| group(body.name().to_owned())).collect();
    if groups.is_empty() {
        groups.push(group(String::new()));
    }
    groups
}

/// What a row of the table is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum SummaryGroup {
    Column(Column),
    /// By the name that the [`Directory`] shows; empty for the tasks without a lead agency.
    Lead(String),
}

impl SummaryGroup {
    /// The query that leaves only what is in this row.
    #[must_use]
    pub fn narrow(&self, query: &Query) -> Query {
        match self {
            Self::Column(column) => Query { columns: vec![*column], ..query.clone() },
            Self::Lead(name) => query.clone().with(Facet::Lead, vec![name.clone()]),
        }
    }

    /// Whether a filter of the same kind leaves this row: an agency that is filtered away has no row for what it shares
    /// with another.
    fn is_left_by(&self, query: &Query, directory: &Directory) -> bool {
        match self {
            Self::Column(column) => query.columns.is_empty() || query.columns.contains(column),
            Self::Lead(_) if query.names(Facet::Lead).is_empty() => true,
            Self::Lead(name) if name.is_empty() => {
                query.names(Facet::Lead).iter().any(|wanted| is_blank(wanted))
            }
            Self::Lead(name) => {
                let wanted = directory.places(query.names(Facet::Lead));
                directory.place(name).is_some_and(|at| wanted.contains(&at))
            }
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Column(_) => "",
            Self::Lead(name) => name,
        }
    }

    pub fn label(&self) -> Spoken {
        match self {
            // Work without an end stands in the column of the whole year.
            Self::Column(Column::Year) => Phrase::new("Cả năm, thường xuyên", "Whole year, ongoing").spoken(),
            Self::Column(column) => column.label().spoken(),
            Self::Lead(name) if name.is_empty() => {
                Phrase::new("Chưa có cơ quan chủ trì", "No lead agency").spoken()
            }
            Self::Lead(name) => Spoken { vi: name.clone(), en: name.clone() },
        }
    }
}

/// The table without its foot, which counts each task once.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub rows: Vec<SummaryRow>,
}

#[derive(Debug, PartialEq, Eq)]
pub struct SummaryRow {
    pub group: SummaryGroup,
    pub figures: Figures,
}

impl Summary {
    /// Of the tasks that a query leaves, each with the year and the directory of its plan.
    pub fn of<'a>(
        grouping: Grouping,
        tasks: impl Iterator<Item = (&'a Task, i32, &'a Directory)>,
        query: &Query,
        calendar: Calendar,
    ) -> Self {
        let mut rows = GroupedRows::default();
        let fixed = grouping.fixed();
        for group in fixed.iter().filter(|group| group.is_left_by(query, &Directory::default())) {
            rows.of(group);
        }
        for (task, year, directory) in tasks {
            for group in grouping.rows_of(task, year, directory) {
                if rows.places.contains_key(&group) || group.is_left_by(query, directory) {
                    rows.of(&group).count(task, year, calendar);
                }
            }
        }
        let mut rows = rows.rows;
        if fixed.is_empty() {
            rows.sort_by_cached_key(SummaryRow::urgency);
        }
        Self { rows }
    }

    /// Whether some task is counted in several rows, so that they come to more than the foot.
    pub fn counts_twice(&self, foot: &Figures) -> bool {
        self.rows.iter().map(|row| row.figures.total()).sum::<usize>() > foot.total()
    }
}

/// The rows that have been met so far.
#[derive(Default)]
struct GroupedRows {
    rows: Vec<SummaryRow>,
    places: HashMap<SummaryGroup, usize>,
}

impl GroupedRows {
    fn of(&mut self, group: &SummaryGroup) -> &mut Figures {
        let at = self.places.get(group).copied().unwrap_or_else(|| {
            self.places.insert(group.clone(), self.rows.len());
            self.rows.push(SummaryRow { group: group.clone(), figures: Figures::default() });
            self.rows.len() - 1
        });
        &mut self.rows[at].figures
    }
}

impl SummaryRow {
    /// Who is late with most comes first, then who has most to do; what names nobody is last.
    fn urgency(&self) -> (bool, Reverse<usize>, Reverse<usize>, SortKey) {
        let (name, figures) = (self.group.name(), &self.figures);
        (name.is_empty(), Reverse(figures.overdue()), Reverse(figures.total()), text::order(name))
    }
}
