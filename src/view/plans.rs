//! The plans to choose from, each with its progress and what is late in it.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::{Canvas, StyledText, pieces_width};
use super::theme::{Mood, Theme};
use super::totals::DUE_SOON;
use super::{bars, plain_rows, states};
use crate::app::action::Action;
use crate::app::{App, OpenPlan};
use crate::plan::summary::Figures;
use crate::plan::{Entry, State};
use crate::text;
use crate::words::{Lang, Phrase};

/// Cells of the bar of states.
const BAR: usize = 16;

/// Cells that a title has a right to before any figure.
const TITLE: usize = 14;

/// Lines of a plan with the blank behind it, where there is room.
const BLOCK: usize = 3;

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let rows = plain_rows(canvas);
    let mut header = canvas.rows(rows.header.clone());
    let bar = header.theme.bar();
    header.rows(0..1).fill(bar);
    let end = header.write(1, 0, "tiendo", header.theme.accent()) + 2;
    header.write(end, 0, Action::Plans.label().say(app.lang), header.theme.title());
    let body = if app.is_only_beginning() { 0..0 } else { rows.body.clone() };
    let place = lines(app, &mut canvas.rows(body));
    bars::footer(app, &mut canvas.rows(rows.footer));
    place
}

fn lines(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let mut place = None;
    let told = nothing_yet(app, canvas);
    let (width, height) = (canvas.area.width, canvas.height().saturating_sub(told));
    let mut canvas = canvas.part(0, told, width, height);
    let count = app.plans.len();
    let is_roomy = usize::from(height) > count * BLOCK;
    let (each, visible) = if is_roomy { (BLOCK, count + 1) } else { (1, usize::from(height).max(1)) };
    let scroll = app.view().scroll;
    let first = scroll.row.saturating_sub(visible - 1).max(scroll.first.min(scroll.row));
    let plans = app.listed().map(Some).chain([None]).enumerate();
    for (at, open) in plans.skip(first).take(visible) {
        let top = ((at - first) * each) as u16;
        let lines = if open.is_some() { (each as u16).min(2) } else { 1 };
        let mut part = canvas.part(0, top, width, lines);
        if at == scroll.row {
            let style = part.theme.title();
            part.choose(|part| entry(app, open, style, part));
            place = part.position(1, 0);
        } else {
            let style = if open.is_some() { part.theme.text() } else { part.theme.muted() };
            edge(app, open, &mut part);
            entry(app, open, style, &mut part);
        }
    }
    place
}

/// What is said where no plan is, in so many lines.
fn nothing_yet(app: &App, canvas: &mut Canvas) -> u16 {
    if !app.plans.is_empty() {
        return 0;
    }
    let told = Phrase::new(
        "Ở đây chưa có kế hoạch nào. Enter để lập kế hoạch đầu tiên.",
        "There is no plan here yet. Enter makes the first one.",
    );
    let room = canvas.width().saturating_sub(4).max(1);
    let lines = text::wrap_to(told.say(app.lang), room, 2);
    let above = u16::from(canvas.height() > 6);
    canvas.write_lines(2, above, &lines, canvas.theme.text());
    2 * above + lines.len() as u16
}

/// A plan, or the line that makes one.
fn entry(app: &App, open: Option<&OpenPlan>, style: Style, canvas: &mut Canvas) {
    match open {
        Some(open) => block(app, open, style, canvas),
        None => {
            canvas.write(2, 0, &format!("+ {}", Action::NewPlan.label().say(app.lang)), style);
        }
    }
}

/// A list of plans can be read from its edge, as a column of the board.
fn edge(app: &App, open: Option<&OpenPlan>, canvas: &mut Canvas) {
    let Some(open) = open else { return };
    let figures = open.read().map(|(plan, index)| index.figures(plan, app.calendar));
    let mood = figures.map_or(Mood::Todo, |figures| match (figures.overdue(), figures.due_soon()) {
        (1.., _) => Mood::Late,
        (_, 1..) => Mood::Soon,
        _ => Mood::Todo,
    });
    canvas.mood_edge(mood);
}

/// The title and how far it is; below it what is late, the file and the last change, where there is room.
fn block(app: &App, open: &OpenPlan, style: Style, canvas: &mut Canvas) {
    let Some((plan, index)) = open.read() else {
        file_in_trouble(app, open, 0, style, canvas);
        return;
    };
    let figures = index.figures(plan, app.calendar);
    let (theme, width) = (canvas.theme, canvas.width().saturating_sub(1));
    let is_alone = canvas.height() == 1;
    let mut told = if is_alone { alarms(&figures, theme, None) } else { Vec::new() };
    told.push((format!("{}/{}", figures.done(), figures.counted()), theme.muted()));
    if pieces_width(&told) + 4 + TITLE > width {
        told.clear();
    }
    let room = width.saturating_sub(pieces_width(&told) + 4);
    canvas.write(2, 0, &bars::cut_before_year(&text::clean(&plan.title), room), style);
    canvas.write_all_before(width, 0, &told);
    if is_alone {
        return;
    }
    if open.trouble.is_some() {
        file_in_trouble(app, open, 1, theme.muted(), canvas);
        return;
    }
    let mut column = 2;
    if width >= BAR + TITLE {
        states::draw(&figures, column, 1, BAR, canvas);
        column += BAR + 2;
    }
    column = canvas.write_all(column, 1, &alarms(&figures, theme, Some(app.lang)));
    let last = last_change(open);
    let parts = [open.path.as_str(), &plan.number, &last].into_iter().filter(|part| !part.is_empty());
    let file = parts.collect::<Vec<_>>().join(" · ");
    let room = width.saturating_sub(column);
    canvas.write(column, 1, &text::cut(&text::clean(&file), room), theme.muted());
}

/// How much is late and how much is due soon, with words in a language or by signs alone.
fn alarms(figures: &Figures, theme: Theme, lang: Option<Lang>) -> Vec<StyledText> {
    let counts = [
        (theme.late(), figures.overdue(), State::Overdue.label(), Mood::Late),
        (theme.soon(), figures.due_soon(), DUE_SOON, Mood::Soon),
    ];
    let told = counts.into_iter().filter(|(_, count, ..)| *count > 0);
    told.map(|(sign, count, word, mood)| {
        let word = lang.map_or_else(String::new, |lang| format!(" {}", word.say(lang).to_lowercase()));
        (format!("{sign} {count}{word}  "), theme.words(mood))
    })
    .collect()
}

/// When the plan was changed last, and by whom.
fn last_change(open: &OpenPlan) -> String {
    let tasks = open.plan.iter().flat_map(|plan| &plan.tasks);
    let last: Option<&Entry> = tasks.filter_map(|task| task.history.last()).max_by_key(|entry| entry.at);
    last.map_or_else(String::new, |entry| format!("{} {}", entry.at_office().format("%d/%m %H:%M"), entry.by))
}

/// The file, and what is wrong with it.
fn file_in_trouble(app: &App, open: &OpenPlan, row: u16, style: Style, canvas: &mut Canvas) {
    let trouble = open.trouble.as_ref().map_or("", |trouble| trouble.say(app.lang));
    let column = canvas.write(2, row, &open.path, style);
    let room = canvas.width().saturating_sub(column + 3);
    let alarm = canvas.theme.words(Mood::Late);
    canvas.write(column + 2, row, &text::cut(trouble, room), alarm);
}
