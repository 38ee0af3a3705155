//! What is shown of the plans: worked out when a plan, the query or the day changes, and not at every key.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::LazyLock;

use chrono::Datelike as _;

use super::deadlines::DueGrouping;
use super::held::Held;
use super::{App, DueLine, OpenPlan, Panel};
use crate::plan::board::{Board, Lane};
use crate::plan::query::Query;
use crate::plan::summary::{Figures, Grouping, Summary};
use crate::plan::{Calendar, Column, Directory, Item, Plan, PlanKey, Row, State, Status, TaskRef};
use crate::text::Needle;

/// Made anew as a whole, and never changed.
#[derive(Debug, Default)]
pub struct Shown {
    basis: Option<Basis>,
    /// The tasks that filter and search leave, in the order of the plans.
    pub rows: Vec<Row>,
    pub board: Board,
    /// What the tasks come to, together and in each lane of the board.
    pub figures: Figures,
    pub lanes: Vec<LaneFigures>,
    /// How many tasks of the plans, shown or not, are work of the whole year.
    pub whole_year: usize,
    tail: CardTail,
    /// How many tasks the plans have.
    pub all: usize,
    /// What is searched for, as it was probably meant.
    pub needle: Needle,
    /// A table for each grouping.
    pub(super) summaries: [OnceCell<Summary>; Grouping::ALL.len()],
    due_lines: [OnceCell<Vec<DueLine>>; DueGrouping::COUNT],
    /// Which of these lines are heads.
    due_heads: [OnceCell<Vec<usize>>; DueGrouping::COUNT],
}

/// What the tasks of a column come to.
#[derive(Debug)]
pub struct LaneFigures {
    pub figures: Figures,
    /// The rows of the column whose tasks are late.
    late: Vec<usize>,
}

impl LaneFigures {
    /// How many of the late ones are out of these rows.
    pub fn late_outside(&self, seen: &Range<usize>) -> usize {
        let before = self.late.partition_point(|&row| row < seen.start);
        let within = self.late.partition_point(|&row| row < seen.end) - before;
        self.late.len() - within
    }
}

/// What tells one card from another, beside its title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum CardTail {
    /// The lead agencies, where they differ among what is shown.
    Lead,
    /// The last word on the task.
    #[default]
    Note,
}

/// All that it is worked out from.
#[derive(Debug, Clone, PartialEq)]
struct Basis {
    plans: Vec<(PlanKey, u64)>,
    query: Query,
    calendar: Calendar,
    held: Held,
}

impl Shown {
    /// What narrows the tasks, with what is being chosen.
    pub fn query(&self) -> &Query {
        static ALL: LazyLock<Query> = LazyLock::new(Query::default);
        self.basis.as_ref().map_or(&ALL, |basis| &basis.query)
    }

    fn of(app: &App, basis: Basis) -> Self {
        let plans: Vec<(PlanKey, &OpenPlan, &Plan)> = app.plans_in_view().collect();
        let is_found = |needle: &Needle| plans.iter().any(|(_, open, plan)| open.index.finds(plan, needle));
        let needle = basis.query.search.meant(is_found).into_owned();
        let mut rows = Vec::new();
        for (key, open, plan) in &plans {
            let mut places = basis.query.select_with(&needle, plan, &open.index, basis.calendar);
            app.add_held(*key, &mut places);
            rows.extend(places.into_iter().map(|at| Row { plan: *key, at }));
        }
        let whole_year = plans.iter().map(|(_, open, plan)| open.index.whole_year(plan)).sum();
        let columns: Vec<Column> =
            Column::ALL.into_iter().filter(|column| *column != Column::Year || whole_year > 0).collect();
        let tasks = |row: &Row| {
            let item = app.item(*row);
            (item.task, item.plan.year)
        };
        let figures = |rows: &[Row]| Figures::of(rows.iter().map(tasks), basis.calendar);
        let placed = rows.iter().map(|row| (*row, tasks(row).0, tasks(row).1));
        let board = Board::of(&columns, placed);
        let is_late = |row: &Row| app.item(*row).state(basis.calendar) == State::Overdue;
        let lane = |lane: &Lane| LaneFigures {
            figures: figures(&lane.rows),
            late: (0..lane.rows.len()).filter(|&at| is_late(&lane.rows[at])).collect(),
        };
        let lead = |row: &Row| &app.item(*row).task.lead;
        let do_leads_differ = rows.windows(2).any(|pair| lead(&pair[0]) != lead(&pair[1]));
        Self {
            figures: figures(&rows),
            lanes: board.lanes.iter().map(lane).collect(),
            whole_year,
            tail: if do_leads_differ { CardTail::Lead } else { CardTail::Note },
            all: plans.iter().map(|(.., plan)| plan.tasks.len()).sum(),
            basis: Some(basis),
            rows,
            board,
            needle,
            summaries: Default::default(),
            due_lines: Default::default(),
            due_heads: Default::default(),
        }
    }
}

impl App {
    /// Works out what is shown, if anything has changed that it depends on.
    pub(super) fn work_out(&mut self) {
        let basis = Basis {
            plans: self.plans_in_view().map(|(key, open, _)| (key, open.version)).collect(),
            query: self.query_in_effect(),
            calendar: self.calendar,
            held: self.held.clone(),
        };
        if self.shown.basis.as_ref() != Some(&basis) {
            self.shown = Shown::of(self, basis);
            self.layout.replace(None);
        }
    }

    /// Makes ready a little of what the next letter of the search will need; whether there is more. To be called while
    /// nothing else is to be done.
    pub fn prepare(&self) -> bool {
        let is_searching = matches!(self.panel, Some(Panel::Search));
        is_searching && self.plans_in_view().any(|(_, open, plan)| open.index.prepare(plan))
    }

    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// Whether a card has anything to say in its last line: how far the task is along its steps, and what tells it
    /// from the others.
    pub fn has_last_line(&self, item: Item<'_>, column: Column) -> bool {
        let is_over = || matches!(item.task.status, Status::Done | Status::Dropped);
        let has_steps = || !item.task.steps_in(column, item.plan.year).is_empty();
        let is_told_apart = match self.shown.tail {
            CardTail::Lead => !item.task.lead.is_empty(),
            CardTail::Note => !self.tail_of(item).is_empty(),
        };
        is_told_apart || !is_over() && (has_steps() || self.roll_call(item).is_some())
    }

    /// What tells a card from the others, beside its title: in one line, or nothing.
    pub fn tail_of<'a>(&self, item: Item<'a>) -> Cow<'a, str> {
        let first_line = |text: &'a str| text.lines().next().unwrap_or_default();
        if let (CardTail::Note, Some(row)) = (self.shown.tail, item.task.last_progress()) {
            return row.said(self.lang).into();
        }
        match (self.shown.tail, item.task.lead.as_slice()) {
            (CardTail::Note, _) if item.task.note.is_empty() => first_line(&item.task.output).into(),
            (CardTail::Note, _) => first_line(&item.task.note).into(),
            (CardTail::Lead, [name]) => name.into(),
            (CardTail::Lead, names) => names.join("; ").into(),
        }
    }

    /// The lines of the list of deadlines, made when they are first asked for.
    pub fn due_lines(&self) -> &[DueLine] {
        let grouping = self.due_grouping();
        self.shown.due_lines[grouping as usize].get_or_init(|| self.make_due_lines(grouping))
    }

    /// The heads among the lines of the list of deadlines, by their places.
    pub fn due_heads(&self) -> &[usize] {
        let heads = || {
            let lines = self.due_lines().iter().enumerate();
            lines.filter(|(_, line)| matches!(line, DueLine::Head(..))).map(|(at, _)| at).collect()
        };
        self.shown.due_heads[self.due_grouping() as usize].get_or_init(heads)
    }

    /// The plans whose tasks are shown together; none on the list of plans.
    pub(super) fn plans_in_view(&self) -> impl Iterator<Item = (PlanKey, &OpenPlan, &Plan)> {
        self.open().and_then(|open| Some((self.current, open, open.plan.as_ref()?))).into_iter()
    }

    /// The task of a row. Rows are made anew with every change of a plan.
    pub fn item(&self, row: Row) -> Item<'_> {
        let plan = self.plan_of(row.plan).expect("a row is of a plan that is open");
        Item { key: row.plan, plan, task: &plan.tasks[row.at] }
    }

    /// Where a task stands now, if it is still in its plan.
    pub(super) fn row_of(&self, name: &TaskRef) -> Option<Row> {
        let (plan, index) = self.plans[name.plan.0].read()?;
        Some(Row { plan: name.plan, at: index.position(plan, &name.task)? })
    }

    pub fn item_of(&self, name: &TaskRef) -> Option<Item<'_>> {
        self.row_of(name).map(|row| self.item(row))
    }

    /// By which names the agencies of a task's plan are known.
    pub fn directory(&self, item: Item<'_>) -> &Rc<Directory> {
        self.plans[item.key.0].index.directory(item.plan)
    }

    /// The year of a plan; this one where it cannot be read.
    pub(super) fn year_of(&self, key: PlanKey) -> i32 {
        self.plan_of(key).map_or(self.calendar.today.year(), |plan| plan.year)
    }

    pub fn plan_of(&self, key: PlanKey) -> Option<&Plan> {
        self.plans[key.0].plan.as_ref()
    }
}
