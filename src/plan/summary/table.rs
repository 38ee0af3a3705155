//! The figures row by row: by quarter, or by what tasks can be narrowed by.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::Figures;
use crate::plan::Plan;
use crate::plan::agency::is_blank;
use crate::plan::facet::{Facet, FacetValue};
use crate::plan::query::{Index, Query};
use crate::plan::status::Calendar;
use crate::plan::task::Task;
use crate::plan::time::Column;
use crate::text::{self, SortKey};
use crate::words::{Phrase, Spoken};

/// What the rows of the table are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Grouping {
    #[default]
    Quarter,
    By(Facet),
}

impl Grouping {
    pub const ALL: [Self; 6] = [
        Self::Quarter,
        Self::By(Facet::Lead),
        Self::By(Facet::Officer),
        Self::By(Facet::Leader),
        Self::By(Facet::Section),
        Self::By(Facet::Source),
    ];

    /// Its place among all.
    pub fn place(self) -> usize {
        Self::ALL.iter().position(|other| *other == self).unwrap_or_default()
    }

    pub const fn label(self) -> Phrase {
        match self {
            Self::Quarter => Phrase::new("Theo quý", "By quarter"),
            Self::By(Facet::Lead) => Phrase::new("Theo cơ quan chủ trì", "By lead agency"),
            Self::By(Facet::Support) => Phrase::new("Theo cơ quan phối hợp", "By cooperating agency"),
            Self::By(Facet::Officer) => Phrase::new("Theo người phụ trách", "By officer"),
            Self::By(Facet::Leader) => Phrase::new("Theo lãnh đạo chỉ đạo", "By leader"),
            Self::By(Facet::Section) => Phrase::new("Theo mục", "By section"),
            Self::By(Facet::Source) => Phrase::new("Theo văn bản giao", "By source"),
        }
    }

    /// How the foot comes to be less than the rows together.
    pub const fn note(self) -> Phrase {
        match self {
            Self::Quarter => Phrase::new(
                "Việc làm trong nhiều quý được tính ở mỗi quý; dòng tổng đếm mỗi việc một lần",
                "A task over several quarters is counted in each of them; the last line counts each task once",
            ),
            Self::By(Facet::Lead) => Phrase::new(
                "Một việc có nhiều cơ quan chủ trì được tính ở mỗi cơ quan; dòng tổng đếm mỗi việc một lần",
                "A task with several lead agencies is counted for each; the last line counts each task once",
            ),
            Self::By(_) => Phrase::new(
                "Một việc có thể được tính ở nhiều dòng; dòng tổng đếm mỗi việc một lần",
                "A task may be counted in several rows; the last line counts each task once",
            ),
        }
    }

    /// The rows that there are in any case.
    fn fixed(self) -> Vec<SummaryGroup> {
        match self {
            Self::Quarter => Column::ALL.map(SummaryGroup::Column).to_vec(),
            Self::By(_) => Vec::new(),
        }
    }
}

/// A task to be counted, with its plan and what is known of that.
#[derive(Debug, Clone, Copy)]
pub struct CountedTask<'a> {
    pub plan: &'a Plan,
    pub index: &'a Index,
    pub at: usize,
}

impl CountedTask<'_> {
    fn task(&self) -> &Task {
        &self.plan.tasks[self.at]
    }

    /// The rows that it belongs to: each once, and one at least.
    fn rows(&self, grouping: Grouping) -> Vec<SummaryGroup> {
        let Grouping::By(facet) = grouping else {
            return self.task().columns(self.plan.year).into_iter().map(SummaryGroup::Column).collect();
        };
        let values = self.index.facet(self.plan, facet);
        let group = |value: Option<&FacetValue>| SummaryGroup::Named {
            facet,
            name: value.map_or_else(String::new, |value| value.name.clone()),
            label: value.map_or_else(|| nobody(facet).spoken(), |value| value.label.clone()),
        };
        let groups: Vec<SummaryGroup> =
            values.of_task(self.at).iter().map(|&at| group(Some(&values.values[at]))).collect();
        if groups.is_empty() { vec![group(None)] } else { groups }
    }
}

/// The row of those of which nothing is said.
const fn nobody(facet: Facet) -> Phrase {
    match facet {
        Facet::Lead => Phrase::new("Chưa có cơ quan chủ trì", "No lead agency"),
        Facet::Support => Phrase::new("Không có cơ quan phối hợp", "No cooperating agency"),
        Facet::Officer => Phrase::new("Chưa có người phụ trách", "No officer"),
        Facet::Leader => Phrase::new("Chưa có lãnh đạo chỉ đạo", "No leader"),
        Facet::Section => Phrase::new("Không thuộc mục nào", "In no section"),
        Facet::Source => Phrase::new("Chưa rõ", "Not known"),
    }
}

/// What a row of the table is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SummaryGroup {
    Column(Column),
    /// By the name that a query has; empty for the tasks that name nobody.
    Named {
        facet: Facet,
        name: String,
        label: Spoken,
    },
}

impl SummaryGroup {
    /// The query that leaves only what is in this row.
    #[must_use]
    pub fn narrow(&self, query: &Query) -> Query {
        match self {
            Self::Column(column) => Query { columns: vec![*column], ..query.clone() },
            Self::Named { facet, name, .. } => query.clone().with(*facet, vec![name.clone()]),
        }
    }

    /// Whether a filter of the same kind leaves this row: an agency that is filtered away has no row for what it shares
    /// with another.
    fn is_left_by(&self, query: &Query, task: Option<&CountedTask>) -> bool {
        match self {
            Self::Column(column) => query.columns.is_empty() || query.columns.contains(column),
            Self::Named { facet, .. } if query.names(*facet).is_empty() => true,
            Self::Named { facet, name, .. } if name.is_empty() => {
                query.names(*facet).iter().any(|wanted| is_blank(wanted))
            }
            Self::Named { facet, name, .. } => task.is_some_and(|task| {
                let values = task.index.facet(task.plan, *facet);
                let place = values.place(name);
                let mut wanted = query.names(*facet).iter().filter(|wanted| !is_blank(wanted));
                place.is_some() && wanted.any(|wanted| values.place(wanted) == place)
            }),
        }
    }

    /// What tells it from the others of its table.
    fn key(&self) -> (Option<Column>, &str) {
        match self {
            Self::Column(column) => (Some(*column), ""),
            Self::Named { name, .. } => (None, name),
        }
    }

    pub fn label(&self) -> Spoken {
        match self {
            // Work without an end stands in the column of the whole year.
            Self::Column(Column::Year) => Phrase::new("Cả năm, thường xuyên", "Whole year, ongoing").spoken(),
            Self::Column(column) => column.label().spoken(),
            Self::Named { label, .. } => label.clone(),
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
    /// Of the tasks that a query leaves.
    pub fn of<'a>(
        grouping: Grouping,
        tasks: impl Iterator<Item = CountedTask<'a>>,
        query: &Query,
        calendar: Calendar,
    ) -> Self {
        let mut rows = GroupedRows::default();
        let fixed = grouping.fixed();
        for group in fixed.iter().filter(|group| group.is_left_by(query, None)) {
            rows.of(group);
        }
        for task in tasks {
            for group in task.rows(grouping) {
                if rows.has(&group) || group.is_left_by(query, Some(&task)) {
                    rows.of(&group).count(task.task(), task.plan.year, calendar);
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
    places: HashMap<(Option<Column>, String), usize>,
}

impl GroupedRows {
    fn place(&self, group: &SummaryGroup) -> Option<usize> {
        let (column, name) = group.key();
        self.places.get(&(column, name.to_owned())).copied()
    }

    fn has(&self, group: &SummaryGroup) -> bool {
        self.place(group).is_some()
    }

    fn of(&mut self, group: &SummaryGroup) -> &mut Figures {
        let at = self.place(group).unwrap_or_else(|| {
            let (column, name) = group.key();
            self.places.insert((column, name.to_owned()), self.rows.len());
            self.rows.push(SummaryRow { group: group.clone(), figures: Figures::default() });
            self.rows.len() - 1
        });
        &mut self.rows[at].figures
    }
}

impl SummaryRow {
    /// Who is late with most comes first, then who has most to do; what names nobody is last.
    fn urgency(&self) -> (bool, Reverse<usize>, Reverse<usize>, SortKey) {
        let (name, figures) = (self.group.key().1, &self.figures);
        (name.is_empty(), Reverse(figures.overdue()), Reverse(figures.total()), text::order(name))
    }
}
