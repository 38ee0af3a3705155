//! The summary: which figure is chosen, and how its tasks are shown.

mod places;

use super::App;
use super::cursor::CursorSide;
use super::keymap::Mode;
use super::scroll::{Heights, Scroll, Step};
use super::view::View;
use crate::plan::facet::Facet;
use crate::plan::query::Query;
use crate::plan::summary::{CountedTask, Figures, Grouping, ReportClass, Summary, SummaryGroup};
use crate::plan::{Column, Quarter};
use crate::words::Phrase;

pub use places::{ReportForm, SummaryPlaces};

pub(super) const VIEW: View = View { mode: Mode::Summary, scroll: Scroll::TOP, enter, step, clamp };

/// The columns of figures: all tasks, and each class of the report.
pub const COLUMNS: [Option<ReportClass>; 1 + ReportClass::ALL.len()] = {
    let [one, two, three, four, five, six] = ReportClass::ALL;
    [None, Some(one), Some(two), Some(three), Some(four), Some(five), Some(six)]
};

/// Where the user is in the summary, kept by name.
#[derive(Debug)]
pub(super) struct SummaryCursor {
    grouping: Grouping,
    /// By its place in [`COLUMNS`].
    column: usize,
    /// The chosen row; none for the foot.
    group: Option<SummaryGroup>,
    opened: Option<OpenedFigure>,
}

/// A figure whose tasks are on the board.
#[derive(Debug)]
struct OpenedFigure {
    query: Query,
    /// What narrowed the figures.
    before: Query,
}

impl Default for SummaryCursor {
    fn default() -> Self {
        let group = Some(SummaryGroup::Column(Column::Quarter(Quarter::Q1)));
        Self { grouping: Grouping::default(), column: 0, group, opened: None }
    }
}

/// The rows of the table; the foot behind them has a place of its own.
struct FootedLines {
    rows: usize,
    visible: usize,
}

impl Heights for FootedLines {
    fn length(&self) -> usize {
        self.rows + 1
    }

    fn room(&self) -> usize {
        self.visible.max(1)
    }

    fn height(&self, row: usize) -> usize {
        usize::from(row < self.rows)
    }
}

/// Comes back from the tasks of a figure to the figures as they were.
fn enter(app: &mut App) {
    if let Some(opened) = app.summary.opened.take().filter(|opened| opened.query == app.query) {
        app.query = opened.before;
        app.work_out();
    }
}

fn step(app: &mut App, step: Step) {
    let lines = app.footed_lines();
    app.view_mut().scroll.step(step, &lines);
    app.take_group();
}

/// Keeps the chosen row on its group.
fn clamp(app: &mut App) {
    if app.open().is_none() {
        return;
    }
    let (rows, lines) = (&app.summary().rows, app.footed_lines());
    let mut scroll = app.view().scroll;
    scroll.row = match &app.summary.group {
        Some(group) => {
            let place = rows.iter().position(|row| row.group == *group);
            place.unwrap_or_else(|| scroll.row.min(rows.len().saturating_sub(1)))
        }
        None => rows.len(),
    };
    scroll.keep(&lines);
    app.view_mut().scroll = scroll;
    // A filter that is only tried out gives the row back when it is left.
    if app.panel.is_none() {
        app.take_group();
    }
}

impl App {
    /// The table of the summary, made when it is first asked for.
    pub fn summary(&self) -> &Summary {
        let grouping = self.summary.grouping;
        self.shown.summaries[grouping.place()].get_or_init(|| {
            let tasks = self.shown.rows.iter().map(|row| {
                let plan = self.item(*row).plan;
                CountedTask { plan, index: &self.plans[row.plan.0].index, at: row.at }
            });
            Summary::of(grouping, tasks, self.shown.query(), self.calendar)
        })
    }

    pub const fn grouping(&self) -> Grouping {
        self.summary.grouping
    }

    /// The ways in which the tasks can be put into rows: by quarter, by lead agency, and by what tells tasks apart.
    pub fn groupings(&self) -> Vec<Grouping> {
        let is_offered = |grouping: &Grouping| match grouping {
            Grouping::Quarter | Grouping::By(Facet::Lead) => true,
            Grouping::By(facet) => *grouping == self.summary.grouping || self.tells_apart(*facet),
        };
        Grouping::ALL.into_iter().filter(is_offered).collect()
    }

    /// The chosen figure: its row, none for the foot, and its column.
    pub fn chosen_figure(&self) -> (Option<&SummaryGroup>, usize) {
        let row = self.summary().rows.get(self.view().scroll.row);
        (row.map(|row| &row.group), self.summary.column)
    }

    pub fn summary_places(&self) -> SummaryPlaces {
        SummaryPlaces::of(self.size, self.rows().body, self.summary().rows.len())
    }

    fn footed_lines(&self) -> FootedLines {
        FootedLines { rows: self.summary().rows.len(), visible: self.summary_places().visible() }
    }

    fn take_group(&mut self) {
        let row = self.view().scroll.row;
        self.summary.group = self.summary().rows.get(row).map(|row| row.group.clone());
    }

    pub(super) fn next_grouping(&mut self) {
        let groupings = self.groupings();
        let here = groupings.iter().position(|it| *it == self.summary.grouping).unwrap_or_default();
        self.summary.grouping = groupings[(here + 1) % groupings.len()];
        self.view_mut().scroll = Scroll::default();
        self.take_group();
    }

    pub(super) fn next_column(&mut self, side: CursorSide) {
        let column = &mut self.summary.column;
        *column = match side {
            CursorSide::Left => column.saturating_sub(1),
            CursorSide::Right => (*column + 1).min(COLUMNS.len() - 1),
        };
    }

    /// Shows the tasks of the chosen figure on the board, by a filter.
    pub(super) fn open_figure(&mut self) {
        let class = COLUMNS[self.summary.column];
        if self.chosen_figures().in_class(class) == 0 {
            self.say(Phrase::new("Ô này không có việc nào", "There is no task here"));
            return;
        }
        let mut query = self.query.clone();
        if let Some(group) = &self.summary.group {
            query = group.narrow(&query);
        }
        if let Some(class) = class {
            query = class.narrow(&query);
        }
        if let Some(SummaryGroup::Column(column)) = self.summary.group {
            self.cursor.enter(column);
        }
        if query != self.query {
            let before = std::mem::replace(&mut self.query, query.clone());
            self.summary.opened = Some(OpenedFigure { query, before });
        }
        self.enter(Mode::Board);
        self.seek();
    }

    /// All that the chosen row counts.
    pub fn chosen_figures(&self) -> Figures {
        let row = self.summary().rows.get(self.view().scroll.row);
        row.map_or(self.shown.figures, |row| row.figures)
    }

    /// Whether what is shown is what a figure of the summary counts.
    pub(super) fn has_opened_figure(&self) -> bool {
        self.summary.opened.as_ref().is_some_and(|opened| opened.query == self.query)
    }
}
