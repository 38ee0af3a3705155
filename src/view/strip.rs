//! The strip below a view: the whole title of the chosen task, and what else one asks of it first.

use ratatui::style::Style;

use super::canvas::Canvas;
use super::wording;
use crate::app::App;
use crate::app::layout::strip_title;
use crate::plan::{Field, Item, State, Task};
use crate::text::{self, Needle};
use crate::words::{Lang, Phrase, tr};

pub(super) fn draw(app: &App, canvas: &mut Canvas) {
    let needle = &app.shown().needle;
    let Some(item) = app.selected() else {
        empty(app, needle, canvas);
        return;
    };
    let task = item.task;
    let width = canvas.width().saturating_sub(2).max(1);
    let height = usize::from(canvas.height());
    let title = text::clean(&strip_title(&task.no, &task.title)).into_owned();
    let news = app.news_of(item).map(|told| format!("{} {told}", canvas.theme.news()));
    let lines = text::wrap(&title, width).take(height).count();
    let facts = if news.is_some() { height.saturating_sub(1).min(2) } else { facts(height, lines) };
    let lines = text::wrap_to(&title, width, height - facts);
    for (row, line) in lines.iter().enumerate() {
        canvas.write_found(1, row as u16, line, canvas.theme.title(), needle);
    }
    // What is found further down than one sees is told of.
    let mut seen = lines.join(" ");
    // Below every title at the same place, where the eye finds them and where less has to be sent.
    let mut row = (height - facts) as u16;
    if let (Some(news), 1..) = (&news, facts) {
        let style = canvas.theme.warning();
        canvas.write(1, row, &text::cut(&text::clean(news), width), style);
        row += 1;
    } else if facts > 1 {
        let agencies = agencies(&task.lead, &task.support, app.lang);
        let agencies = text::cut(&text::clean(&agencies), width).into_owned();
        canvas.write_found(1, row, &agencies, Style::new(), needle);
        seen = format!("{seen}\n{agencies}");
        row += 1;
    }
    if usize::from(row) < height && facts > 0 {
        let column = progress(app, item, row, canvas);
        let room = canvas.width().saturating_sub(column + 1);
        let rest = rest(app, task);
        let rest = text::cut(&text::clean(&rest), room).into_owned();
        let hidden = needle.without(&[&seen, &rest]);
        let rest = elsewhere(app, item, &hidden, room).unwrap_or(rest);
        if room > 8 {
            canvas.write_found(column, row, &rest, Style::new(), needle);
        }
    }
}

/// Lines for agencies and deadline, below the title. In three lines the agencies give way to a title of two.
fn facts(height: usize, title: usize) -> usize {
    match height {
        0 | 1 => 0,
        2 => 1,
        3 if title > 1 => 1,
        _ => 2,
    }
}

/// Status and deadline. Answers with the column behind them.
fn progress(app: &App, item: Item<'_>, row: u16, canvas: &mut Canvas) -> usize {
    let (task, state) = (item.task, item.state(app.calendar));
    let column = canvas.write(1, row, canvas.theme.sign(task.status), canvas.theme.sign_style(task.status));
    let column = canvas.write(column + 1, row, task.status.label().say(app.lang), Style::new());
    let late = if state == State::Overdue { format!("{} ", canvas.theme.late()) } else { String::new() };
    let column = canvas.write(column, row, " · ", Style::new());
    let room = canvas.width().saturating_sub(column + text::width(&late));
    let sentences = wording::sentences(item, app.calendar, app.lang);
    let sentence = wording::fitting(&sentences, room);
    canvas.write(column, row, &format!("{late}{sentence}"), canvas.theme.state_style(state))
}

/// Where the first of the words stands that are in nothing that is shown: `· ở Ghi chú: … 12/BC-SNV`.
fn elsewhere(app: &App, item: Item<'_>, hidden: &Needle, room: usize) -> Option<String> {
    if hidden.is_empty() {
        return None;
    }
    let fields = [Field::Lead, Field::Support, Field::Output, Field::Note];
    let mut found = fields.into_iter().filter_map(|field| Some((field, passage(app, item, field, hidden)?)));
    let (field, passage) = found.next()?;
    let word = Phrase::new("ở", "in").say(app.lang);
    let place = format!(" · {word} {}", field.label().say(app.lang));
    let left = room.saturating_sub(text::width(&place) + 2);
    if left < LEAST_PASSAGE {
        return Some(text::cut(&place, room).into_owned());
    }
    Some(format!("{place}: {}", text::cut(&text::clean(&passage), left)))
}

/// Cells in which a passage still says something.
const LEAST_PASSAGE: usize = 12;

/// What stands in a field from the first word on that is found there; an agency by the name that it is found by.
fn passage(app: &App, item: Item<'_>, field: Field, needle: &Needle) -> Option<String> {
    let from_word = |text: &str| {
        let start = needle.found_in(text).first()?.start;
        let before = if start > 0 { "… " } else { "" };
        Some(format!("{before}{}", &text[start..]))
    };
    let names = match field {
        Field::Lead => &item.task.lead,
        Field::Support => &item.task.support,
        Field::Output => return from_word(&text::line(&item.task.output)),
        _ => return from_word(&text::line(&item.task.note)),
    };
    let directory = app.plans[item.key.0].index.directory(item.plan);
    names.iter().find_map(|name| {
        let called = |other: &str| !needle.found_in(other).is_empty();
        if called(name) {
            return Some(name.clone());
        }
        let body = directory.body(name)?;
        let other = body.names().find(|other| called(other));
        // The initials that it may be found by need not be spelled out.
        let is_initials = || needle.finds_any(body.text());
        other.and_then(from_word).or_else(|| is_initials().then(|| name.clone()))
    })
}

/// What there is instead of a task.
fn empty(app: &App, needle: &Needle, canvas: &mut Canvas) {
    let width = canvas.width().saturating_sub(2).max(1);
    let text = if app.query.is_empty() {
        Phrase::new("Ở đây chưa có việc. Insert để thêm", "No task here. Insert adds one")
            .say(app.lang)
            .to_owned()
    } else if app.shown().rows.is_empty() {
        let leave = Phrase::new("Esc để bỏ lọc", "Esc clears the filter").say(app.lang);
        format!("{}. {leave}", wording::nothing_found(app.lang, needle))
    } else {
        elsewhere_on_board(app)
    };
    for (row, line) in text::wrap_to(&text, width, usize::from(canvas.height())).iter().enumerate() {
        canvas.write(1, row as u16, line, Style::new());
    }
}

/// `Quý III không có việc khớp (6 việc ở quý I, IV)`.
fn elsewhere_on_board(app: &App) -> String {
    let lanes = app.shown().board.lanes.iter();
    let full = lanes.filter(|lane| !lane.rows.is_empty()).map(|lane| lane.column);
    let columns: Vec<&str> = full.map(|column| column.short().say(app.lang)).collect();
    let (here, count) = (app.cursor.column().label().say(app.lang), app.shown().rows.len());
    let columns = columns.join(", ");
    tr!(
        app.lang,
        "{here} không có việc khớp ({count} việc ở {columns})",
        "{here} has no task that matches ({count} in {columns})"
    )
}

fn agencies(lead: &[String], support: &[String], lang: Lang) -> String {
    let mut parts = Vec::new();
    for (names, field) in [(lead, Field::Lead), (support, Field::Support)] {
        if !names.is_empty() {
            parts.push(format!("{}: {}", field.short().say(lang), names.join("; ")));
        }
    }
    parts.join(" · ")
}

/// The time as printed, and what was written down of the result.
fn rest(app: &App, task: &Task) -> String {
    let mut rest = vec![String::new()];
    if !task.time.is_empty() {
        rest.push(task.time.clone());
    }
    for (field, text) in [(Field::Output, &task.output), (Field::Note, &task.note)] {
        if let Some(line) = text.lines().next() {
            rest.push(format!("{}: {line}", field.label().say(app.lang)));
        }
    }
    rest.join(" · ")
}
