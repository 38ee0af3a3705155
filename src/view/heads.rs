//! What stands above the columns: the quarter, how far it is, what is late in it and what is out of sight.

use std::ops::Range;

use chrono::NaiveDate;

use super::canvas::{Canvas, StyledText, out_of_sight, pieces_width};
use super::states;
use super::theme::{Mood, Theme};
use crate::app::App;
use crate::app::LaneFigures;
use crate::plan::board::Lane;
use crate::plan::summary::Figures;
use crate::plan::{Column, PlanField, time};
use crate::text;
use crate::words::{Lang, tr};

/// Cells of a column whose head has room for whole words in every language.
const ROOMY: usize = 19;

/// The longest bar of states of a quarter. All quarters have bars of one length, to be compared at a glance.
const LONGEST_BAR: usize = 10;

/// A column with what is seen of it.
pub(super) struct Head<'a> {
    pub(super) lane: &'a Lane,
    pub(super) figures: &'a LaneFigures,
    pub(super) seen: Range<usize>,
    /// None where there is no room for a deadline.
    pub(super) form: Option<DeadlineForm>,
}

impl Head<'_> {
    /// `QUÝ II ──── ↑1 ↓5 0/11`, and below it the deadline that its tasks share.
    pub(super) fn of_column(&self, app: &App, canvas: &mut Canvas) {
        let (theme, width) = (canvas.theme, canvas.width());
        let label = if width < ROOMY { self.lane.column.short() } else { self.lane.column.label() };
        let label = format!(" {} ", label.say(app.lang).to_uppercase());
        let style = if app.current_column() == Some(self.lane.column) { theme.here() } else { theme.title() };
        let end = canvas.write(0, 0, &label, style);
        let marks = self.marks(theme, width.saturating_sub(end));
        let right = pieces_width(&marks);
        canvas.write_all_before(width, 0, &marks);
        let free = width.saturating_sub(end + right + 2);
        if canvas.height() > 1 {
            let length = (width / 4).min(LONGEST_BAR);
            if free >= length {
                states::draw(&self.figures.figures, end + 1, 0, length, canvas);
            }
            self.deadline(app, canvas);
        }
    }

    /// `─ CẢ NĂM ─ 0/1 ─────────── ↓3 ─`
    pub(super) fn of_band(&self, app: &App, canvas: &mut Canvas) {
        let (theme, width) = (canvas.theme, canvas.width());
        let label = format!(" {} ", self.lane.column.label().say(app.lang).to_uppercase());
        let progress = format!(" {} ", progress(&self.figures.figures));
        let line = (theme.line().to_owned(), theme.rule());
        let end = canvas.rule(&[(label, theme.title()), line, (progress, theme.muted())]);
        let mut marks = self.arrows(theme);
        marks.push((" ".to_owned(), theme.muted()));
        if marks.len() > 1 && end + pieces_width(&marks) + 2 < width {
            canvas.rule_end(&marks);
        }
    }

    /// What is out of sight of the open tab, at the end of the line below the tabs, or of the tabs themselves.
    pub(super) fn of_tab(&self, app: &App, canvas: &mut Canvas) {
        let Some(row) = canvas.height().checked_sub(1) else { return };
        if row > 0 {
            self.deadline(app, canvas);
        }
        let width = canvas.width();
        let free = if row > 0 { width } else { width.saturating_sub(tabs_width(app, width)) };
        let marks = self.arrows(canvas.theme);
        if pieces_width(&marks) < free {
            canvas.write_all_before(width, row, &marks);
        }
    }

    /// As much of what is out of sight and of the progress as there is room for: that work is late is the last to go.
    fn marks(&self, theme: Theme, room: usize) -> Vec<StyledText> {
        let progress = (progress(&self.figures.figures), theme.muted());
        let arrows = self.arrows(theme);
        let close = arrows.iter().map(|(text, style)| (text.trim_start().to_owned(), *style)).collect();
        let with_progress = |mut marks: Vec<StyledText>| {
            marks.push((" ".to_owned(), theme.muted()));
            marks.push(progress.clone());
            marks
        };
        let forms: [Vec<StyledText>; 4] = [
            with_progress(arrows.clone()),
            with_progress(close),
            arrows.iter().rev().take(2).rev().cloned().collect(),
            arrows.last().cloned().into_iter().collect(),
        ];
        forms.into_iter().find(|marks| pieces_width(marks) <= room).unwrap_or_default()
    }

    /// `↑1 ↓5 ▲2`: how many tasks are out of sight above and below, and how many of them are late.
    fn arrows(&self, theme: Theme) -> Vec<StyledText> {
        let (seen, length) = (&self.seen, self.lane.rows.len());
        out_of_sight(theme, seen.start, length - seen.end, self.figures.late_outside(seen))
    }

    /// `hạn 30/06 (CN), còn 41 ngày`, or how late it is: `hạn 31/03  ▲ 4 quá 50 ngày`.
    fn deadline(&self, app: &App, canvas: &mut Canvas) {
        let theme = canvas.theme;
        let told = |form: DeadlineForm| form.told(app, self.lane.column, &self.figures.figures, theme);
        if let Some((day, late)) = self.form.and_then(told) {
            let row = canvas.height() - 1;
            let column = canvas.write(1, row, &day, theme.muted());
            canvas.write(column, row, &late, theme.words(Mood::Late));
        }
    }
}

/// How much is said of the deadline that the tasks of a quarter share, and of how late they are.
#[derive(Clone, Copy)]
pub(super) enum DeadlineForm {
    /// `hạn 30/06 (CN), còn 41 ngày`
    Weekday,
    /// `hạn 30/06, còn 41 ngày`
    Distance,
    /// `hạn 31/03  ▲ 4 quá 50 ngày`
    Until,
    /// `31/03  ▲ 4 quá 50 ngày`
    Day,
    /// `hạn 31/03  ▲ 4`
    UntilAndCount,
    /// `31/03  ▲ 4`
    DayAndCount,
}

impl DeadlineForm {
    const ALL: [Self; 6] =
        [Self::Weekday, Self::Distance, Self::Until, Self::Day, Self::UntilAndCount, Self::DayAndCount];

    /// The form that all quarters have room for in columns of this width: one form for one fact.
    pub(super) fn of(app: &App, width: usize, theme: Theme) -> Option<Self> {
        let shown = app.shown();
        let fits = |form: &Self| {
            let mut quarters = shown.board.lanes.iter().zip(&shown.lanes);
            quarters.all(|(lane, figures)| {
                let told = form.told(app, lane.column, &figures.figures, theme);
                told.is_none_or(|(day, late)| 1 + text::width(&day) + text::width(&late) <= width)
            })
        };
        Self::ALL.into_iter().find(fits)
    }

    /// The deadline, and what is late; nothing of the whole year.
    fn told(self, app: &App, column: Column, figures: &Figures, theme: Theme) -> Option<(String, String)> {
        let (Column::Quarter(quarter), Some(plan)) = (column, app.plan()) else { return None };
        let last = quarter.last_day(plan.year);
        let left = (last - app.calendar.today).num_days();
        let late = figures.overdue();
        Some((self.day(last, left, late, app.lang), self.late(left, late, theme, app.lang)))
    }

    /// How far it is, is said only where nothing is late: that says more.
    fn day(self, last: NaiveDate, left: i64, late: usize, lang: Lang) -> String {
        let short = time::write_short_date(last);
        let until = |day: String| tr!(lang, "hạn {day}", "due {day}");
        let has_distance = left >= 0 && late == 0;
        match self {
            Self::Weekday if has_distance => {
                format!(
                    "{}, {}",
                    until(time::write_marked_short_date(last, lang)),
                    time::days_left(left, lang)
                )
            }
            Self::Distance if has_distance => format!("{}, {}", until(short), time::days_left(left, lang)),
            Self::Weekday | Self::Distance | Self::Until | Self::UntilAndCount => until(short),
            Self::Day | Self::DayAndCount => short,
        }
    }

    fn late(self, left: i64, late: usize, theme: Theme, lang: Lang) -> String {
        let sign = theme.late();
        match self {
            _ if late == 0 => String::new(),
            Self::UntilAndCount | Self::DayAndCount => format!("  {sign} {late}"),
            _ if left >= 0 => format!("  {sign} {late}"),
            _ => {
                let days = time::days_in_words(-left, lang);
                tr!(lang, "  {sign} {late} quá {days}", "  {sign} {late} by {days}")
            }
        }
    }
}

/// `6/10`: done of what counts in this column.
fn progress(figures: &Figures) -> String {
    format!("{}/{}", figures.done(), figures.counted())
}

/// The quarters in one line, the open one marked; as much of them as there is room for, and no half of a count.
pub(super) fn tabs(app: &App, canvas: &mut Canvas) {
    let form = tabs_form(app, canvas.width());
    let mut column = 0;
    for (at, lane) in app.shown().board.lanes.iter().enumerate() {
        let (other, here) = tab(app, at, form);
        let is_here = lane.column == app.cursor.column();
        let theme = canvas.theme;
        let style = match lane.column {
            _ if is_here => theme.here(),
            column if app.current_column() == Some(column) => theme.title(),
            _ => theme.muted(),
        };
        column = canvas.write(column, 0, if is_here { &here } else { &other }, style);
    }
}

/// A tab where it is closed, and where it is open.
fn tab(app: &App, at: usize, tabs: Tabs) -> (String, String) {
    let column = app.shown().board.lanes[at].column;
    let progress = progress(&app.shown().lanes[at].figures);
    let (short, label) = (tab_name(column, app.lang), column.label().say(app.lang));
    match tabs {
        Tabs::Whole => (format!(" {short} {progress} "), format!(" {label} {progress} ")),
        Tabs::Close => (format!(" {short} {progress}"), format!(" {label} {progress} ")),
        Tabs::Short => (format!(" {short} {progress}"), format!(" {short} {progress} ")),
        Tabs::Names => (format!(" {short}"), format!(" {short} {progress} ")),
    }
}

fn tabs_form(app: &App, room: usize) -> Tabs {
    Tabs::ALL.into_iter().find(|form| widest(app, *form) <= room).unwrap_or(Tabs::Names)
}

fn tabs_width(app: &App, room: usize) -> usize {
    widest(app, tabs_form(app, room))
}

/// Cells of the tabs, whichever is open, so that they do not change their look with it.
fn widest(app: &App, form: Tabs) -> usize {
    let tabs = (0..app.shown().board.lanes.len()).map(|at| tab(app, at, form));
    let widths = tabs.map(|(other, here)| (text::width(&other), text::width(&here)));
    let (others, more) = widths
        .fold((0, 0), |(others, more), (other, here)| (others + other, more.max(here.saturating_sub(other))));
    others + more
}

/// How much is told of the quarters in one line.
#[derive(Clone, Copy)]
enum Tabs {
    Whole,
    /// With less room between them.
    Close,
    /// The open one by its short name too.
    Short,
    /// Figures of the open one alone.
    Names,
}

impl Tabs {
    const ALL: [Self; 4] = [Self::Whole, Self::Close, Self::Short, Self::Names];
}

const fn tab_name(column: Column, lang: Lang) -> &'static str {
    match column {
        Column::Quarter(quarter) => quarter.roman(),
        Column::Year => PlanField::Year.short().say(lang),
    }
}
