//! What stands above the columns: the quarter, how far it is, what is late in it and what is out of sight.

use std::ops::Range;

use super::canvas::{Canvas, StyledText, pieces_width};
use super::theme::{Mood, Theme};
use super::{states, wording};
use crate::app::App;
use crate::app::LaneFigures;
use crate::plan::board::Lane;
use crate::plan::summary::Figures;
use crate::plan::{Column, PlanField, Quarter, time};
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
}

impl Head<'_> {
    /// `QUÝ II ──── ↑1 ↓5 0/11`, and below it the deadline that its tasks share.
    pub(super) fn of_column(&self, app: &App, canvas: &mut Canvas) {
        let (theme, width) = (canvas.theme, canvas.width());
        let label = if width < ROOMY { self.lane.column.short() } else { self.lane.column.label() };
        let label = format!(" {} ", label.say(app.lang).to_uppercase());
        let style = if is_now(app, self.lane.column) { theme.here() } else { theme.title() };
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
        let (up, down) = theme.arrows();
        let length = self.lane.rows.len();
        let counts = [
            (up, self.seen.start, theme.accent()),
            (down, length - self.seen.end, theme.accent()),
            (theme.late(), self.figures.late_outside(&self.seen), theme.words(Mood::Late)),
        ];
        let told = counts.into_iter().filter(|(_, count, _)| *count > 0);
        told.map(|(sign, count, style)| (format!(" {sign}{count}"), style)).collect()
    }

    /// `hạn 30/06 (CN), còn 41 ngày`, or how late it is: `hạn 31/03  ▲ 4 quá 50 ngày`.
    fn deadline(&self, app: &App, canvas: &mut Canvas) {
        let (Column::Quarter(quarter), Some(plan)) = (self.lane.column, app.plan()) else { return };
        let (theme, lang, width) = (canvas.theme, app.lang, canvas.width());
        let last = quarter.last_day(plan.year);
        let left = (last - app.calendar.today).num_days();
        let (short, marked) = (time::write_short_date(last), wording::marked(last, lang));
        let distance = time::days_left(left, lang);
        let until = |day: &str| tr!(lang, "hạn {day}", "due {day}");
        let late = self.figures.figures.overdue();
        let mut forms: Vec<String> = vec![until(&short), short.clone()];
        if left >= 0 && late == 0 {
            forms.splice(
                0..0,
                [format!("{}, {distance}", until(&marked)), format!("{}, {distance}", until(&short))],
            );
        }
        let late_forms = match late {
            0 => vec![String::new()],
            _ if left < 0 => {
                let days = time::days_in_words(-left, lang);
                let sign = theme.late();
                vec![
                    tr!(lang, "  {sign} {late} quá {days}", "  {sign} {late} by {days}"),
                    format!("  {sign} {late}"),
                ]
            }
            _ => vec![format!("  {} {late}", theme.late())],
        };
        let pairs = late_forms.iter().flat_map(|late| forms.iter().map(move |form| (form, late)));
        let fits = |(form, late): &(&String, &String)| 1 + text::width(form) + text::width(late) <= width;
        if let Some((form, late)) = pairs.into_iter().find(fits) {
            let row = canvas.height() - 1;
            let column = canvas.write(1, row, form, theme.muted());
            canvas.write(column, row, late, theme.words(Mood::Late));
        }
    }
}

/// Whether it is the quarter of today.
fn is_now(app: &App, column: Column) -> bool {
    let today = app.calendar.today;
    let is_this_year = |year: i32| chrono::Datelike::year(&today) == year;
    column == Column::Quarter(Quarter::of(today)) && app.plan().is_some_and(|plan| is_this_year(plan.year))
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
            column if is_now(app, column) => theme.title(),
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
