//! The plans to choose from, each with its progress and what is late in it.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::{Canvas, StyledText, pieces_width};
use super::theme::Mood;
use super::totals::DUE_SOON;
use super::{bars, plain_rows, states};
use crate::app::action::Action;
use crate::app::{App, OpenPlan};
use crate::plan::{Entry, State};
use crate::text;

/// Cells of the bar of states.
const BAR: usize = 16;

/// Cells of a title that the bar leaves alone; the figures leave it half of them.
const TITLE: usize = 20;

/// Lines of a plan with the blank behind it, where there is room.
const BLOCK: usize = 3;

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let rows = plain_rows(canvas);
    let mut header = canvas.rows(rows.header.clone());
    let bar = header.theme.bar();
    header.rows(0..1).fill(bar);
    let end = header.write(1, 0, "tiendo", header.theme.accent()) + 2;
    header.write(end, 0, Action::Plans.label().say(app.lang), header.theme.title());
    let place = lines(app, &mut canvas.rows(rows.body.clone()));
    bars::footer(app, &mut canvas.rows(rows.footer));
    place
}

fn lines(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let mut place = None;
    let each = if usize::from(canvas.height()) >= app.plans.len() * BLOCK { BLOCK } else { 1 };
    let visible = (usize::from(canvas.height()) / each).max(1);
    let scroll = app.view().scroll;
    let first = scroll.row.saturating_sub(visible - 1).max(scroll.first.min(scroll.row));
    for (at, open) in app.plans.iter().enumerate().skip(first).take(visible) {
        let top = ((at - first) * each) as u16;
        let width = canvas.area.width;
        let mut part = canvas.part(0, top, width, (each as u16).min(2));
        if at == scroll.row {
            let style = part.theme.title();
            part.choose(|part| block(app, open, style, part));
            place = part.position(1, 0);
        } else {
            edge(app, open, &mut part);
            block(app, open, part.theme.text(), &mut part);
        }
    }
    place
}

/// A list of plans can be read from its edge, as a column of the board.
fn edge(app: &App, open: &OpenPlan, canvas: &mut Canvas) {
    let figures = open.plan.as_ref().map(|plan| open.index.figures(plan, app.calendar));
    let mood = figures.map_or(Mood::Todo, |figures| match (figures.overdue(), figures.due_soon()) {
        (1.., _) => Mood::Late,
        (_, 1..) => Mood::Soon,
        _ => Mood::Todo,
    });
    let style = if mood == Mood::Todo { canvas.theme.rule() } else { canvas.theme.sign_style(mood) };
    for row in 0..canvas.height() {
        canvas.write(0, row, canvas.theme.edge(), style);
    }
}

/// Title and figures; below them the file and the last change, where there is room.
fn block(app: &App, open: &OpenPlan, style: Style, canvas: &mut Canvas) {
    let Some(plan) = &open.plan else {
        file_in_trouble(app, open, 0, style, canvas);
        return;
    };
    let figures = open.index.figures(plan, app.calendar);
    let theme = canvas.theme;
    let mut told: Vec<StyledText> = Vec::new();
    let counts = [
        (theme.late(), figures.overdue(), State::Overdue.label().say(app.lang).to_lowercase(), Mood::Late),
        (theme.soon(), figures.due_soon(), DUE_SOON.say(app.lang).to_owned(), Mood::Soon),
    ];
    for (sign, count, word, mood) in counts.into_iter().filter(|(_, count, ..)| *count > 0) {
        told.push((format!("{sign} {count} {word}  "), theme.words(mood)));
    }
    told.push((format!("{}/{}", figures.done(), figures.counted()), theme.muted()));
    let width = canvas.width().saturating_sub(1);
    if pieces_width(&told) + 4 + TITLE / 2 > width {
        told.clear();
    }
    let mut room = width.saturating_sub(pieces_width(&told) + 4);
    if room >= BAR + 2 + TITLE {
        room -= BAR + 2;
        states::draw(&figures, room + 4, 0, BAR, canvas);
    }
    canvas.write(2, 0, &text::cut(&text::clean(&plan.title), room), style);
    canvas.write_all_before(width, 0, &told);
    if open.trouble.is_some() {
        file_in_trouble(app, open, 1, theme.muted(), canvas);
        return;
    }
    let last = last_change(open);
    let parts = [open.path.as_str(), &plan.number, &last].into_iter().filter(|part| !part.is_empty());
    let file = parts.collect::<Vec<_>>().join(" · ");
    canvas.write(2, 1, &text::cut(&text::clean(&file), width.saturating_sub(2)), theme.muted());
}

/// When the plan was changed last, and by whom.
fn last_change(open: &OpenPlan) -> String {
    let tasks = open.plan.iter().flat_map(|plan| &plan.tasks);
    let last: Option<&Entry> = tasks.filter_map(|task| task.history.last()).max_by_key(|entry| entry.at);
    last.map_or_else(String::new, |entry| format!("{} {}", entry.at.format("%d/%m %H:%M"), entry.by))
}

/// The file, and what is wrong with it.
fn file_in_trouble(app: &App, open: &OpenPlan, row: u16, style: Style, canvas: &mut Canvas) {
    let trouble = open.trouble.as_ref().map_or("", |trouble| trouble.say(app.lang));
    let column = canvas.write(2, row, &open.path, style);
    let room = canvas.width().saturating_sub(column + 3);
    let alarm = canvas.theme.words(Mood::Late);
    canvas.write(column + 2, row, &text::cut(trouble, room), alarm);
}
