//! The strip below a view: the whole title of the chosen task, and what else one asks of it first.

use super::canvas::{Canvas, pieces_width};
use super::theme::Mood;
use super::{steps, wording};
use crate::app::App;
use crate::plan::{Field, Item, Status};
use crate::text::{self, Needle};
use crate::words::{Lang, Phrase, tr};

/// The line above the strip, with the number of the chosen task in it.
pub(super) fn rule(app: &App, canvas: &mut Canvas) {
    let item = app.selected().filter(|item| !item.task.no.is_empty());
    let room = canvas.width().saturating_sub(4);
    let no = item.map(|item| text::cut(&text::clean(&item.task.no), room).into_owned());
    let no = no.map(|no| (format!(" {no} "), canvas.theme.accent()));
    let end = canvas.rule(no.as_slice());
    let Some((nth, all)) = app.place_in_view() else { return };
    let place = [(format!(" {nth}/{all} "), canvas.theme.accent())];
    if end + pieces_width(&place) + 2 < canvas.width() {
        canvas.rule_end(&place);
    }
}

/// The column in which the strip begins.
const LEFT: usize = 2;

pub(super) fn draw(app: &App, canvas: &mut Canvas) {
    let needle = &app.shown().needle;
    let Some(item) = app.selected() else {
        empty(app, needle, canvas);
        return;
    };
    let width = canvas.width().saturating_sub(2 * LEFT).max(1);
    let height = usize::from(canvas.height());
    let title = text::clean(&item.task.title).into_owned();
    let news = app.news_of(item).map(|told| format!("{} {told}", canvas.theme.news()));
    let lines = text::wrap(&title, width).take(height).count();
    let facts = if news.is_some() { height.saturating_sub(1).min(2) } else { facts(height, lines) };
    let lines = text::wrap_to(&title, width, height - facts);
    for (row, line) in lines.iter().enumerate() {
        canvas.write_found(LEFT, row as u16, line, canvas.theme.title(), needle);
    }
    // What is found further down than one sees is told of.
    let mut seen = lines.join(" ");
    let has_line = lines.len() + facts < height;
    // However long the title is, what stands below it keeps its place.
    let row = (height - facts) as u16;
    if facts > 0 {
        let column = progress(app, item, row, canvas);
        let column = steps(app, item, (column, row), canvas);
        if facts > 1 {
            seen = format!("{seen}\n{}", agencies(app, item, row + 1, canvas));
        }
        let mut written = written(app, item);
        if has_line && let Some(told) = written.first().filter(|_| item.task.last_progress().is_some()) {
            let told = text::cut(told, width).into_owned();
            canvas.write_found(LEFT, row - 1, &told, canvas.theme.text(), needle);
            seen = format!("{seen}\n{told}");
            written.remove(0);
        }
        rest(app, item, &seen, &written, column, row, canvas);
    }
    if let (Some(news), 1..) = (&news, facts) {
        let (row, style) = (height as u16 - 1, canvas.theme.accent());
        canvas.row(row).clear();
        canvas.write(LEFT, row, &text::cut(&text::clean(news), width), style);
    }
}

/// Lines for deadline and agencies, below the title. In three lines the agencies give way to a title of two.
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
    let (theme, task, mood) = (canvas.theme, item.task, Mood::of(item, app.calendar));
    let column = canvas.write(LEFT, row, theme.sign(task.status), theme.sign_style(mood));
    let style = if mood == Mood::Todo { theme.text() } else { theme.words(mood) };
    canvas.write(column + 1, row, task.status.label().say(app.lang), style);
    // The deadline keeps its place, whatever the status is.
    let column = column + 1 + longest_status(app.lang) + 2;
    let late = if mood == Mood::Late { format!("{} ", theme.late()) } else { String::new() };
    let room = canvas.width().saturating_sub(column + text::width(&late));
    let sentences = wording::sentences(item, app.calendar, app.lang);
    let sentence = wording::fitting(&sentences, room);
    if sentence.is_empty() {
        return column;
    }
    let mood = Mood::of_deadline(item, app.calendar);
    let style = if matches!(mood, Mood::Late | Mood::Soon) { theme.words(mood) } else { theme.text() };
    canvas.write(column, row, &format!("{late}{sentence}"), style) + 3
}

/// How far it is along its steps, and how many have sent what is asked for. Answers with the column behind that.
fn steps(app: &App, item: Item<'_>, (column, row): (usize, u16), canvas: &mut Canvas) -> usize {
    let theme = canvas.theme;
    let terms = steps::strip_terms(app, item, theme);
    let terms: Vec<String> = terms.iter().map(|term| text::clean(term).into_owned()).collect();
    let told = wording::fitting(&terms, canvas.width().saturating_sub(column + 1));
    if told.is_empty() {
        return column;
    }
    canvas.write(column, row, told, steps::style(app, item, theme)) + 3
}

fn longest_status(lang: Lang) -> usize {
    Status::ALL.into_iter().map(|status| text::width(status.label().say(lang))).max().unwrap_or(0)
}

/// `Chủ trì Sở Nội vụ   Phối hợp Công an tỉnh`. Answers with what is seen of it.
fn agencies(app: &App, item: Item<'_>, row: u16, canvas: &mut Canvas) -> String {
    let (mut column, mut seen) = (LEFT, String::new());
    for (names, field) in [(&item.task.lead, Field::Lead), (&item.task.support, Field::Support)] {
        if names.is_empty() {
            continue;
        }
        let label = field.short().say(app.lang);
        if column + text::width(label) + 2 >= canvas.width() {
            break;
        }
        column = canvas.write(column, row, label, canvas.theme.muted()) + 1;
        let names = text::clean(&names.join("; ")).into_owned();
        let names = text::cut(&names, canvas.width().saturating_sub(column + 1)).into_owned();
        column = canvas.write_found(column, row, &names, canvas.theme.text(), &app.shown().needle) + 3;
        seen.push_str(&names);
    }
    seen
}

/// Behind the deadline: where the words stand that are found elsewhere, or else the time as printed, and what was
/// written down of the result.
fn rest(
    app: &App,
    item: Item<'_>,
    seen: &str,
    written: &[String],
    column: usize,
    row: u16,
    canvas: &mut Canvas,
) {
    let room = canvas.width().saturating_sub(column + 1);
    if room <= 8 {
        return;
    }
    let needle = &app.shown().needle;
    let written = in_room(written, room);
    let hidden = needle.without(&[seen, &written]);
    let told = elsewhere(app, item, &hidden, room).unwrap_or(written);
    canvas.write_found(column, row, &told, canvas.theme.muted(), needle);
}

/// Where the first of the words stands that are in nothing that is shown: `ở Ghi chú: … 12/BC-SNV`.
fn elsewhere(app: &App, item: Item<'_>, hidden: &Needle, room: usize) -> Option<String> {
    if hidden.is_empty() {
        return None;
    }
    let mut found =
        FOUND_IN.into_iter().filter_map(|field| Some((field, passage(app, item, field, hidden)?)));
    let (field, passage) = found.next()?;
    let word = Phrase::new("ở", "in").say(app.lang);
    let place = format!("{word} {}", field.label().say(app.lang));
    let left = room.saturating_sub(text::width(&place) + 2);
    if left < LEAST_PASSAGE {
        return Some(text::cut(&place, room).into_owned());
    }
    Some(format!("{place}: {}", text::cut(&text::clean(&passage), left)))
}

/// Where words can be found that are not shown, the likeliest first.
const FOUND_IN: [Field; 9] = [
    Field::Lead,
    Field::Support,
    Field::Progress,
    Field::Output,
    Field::Note,
    Field::Product,
    Field::Officer,
    Field::Leader,
    Field::Source,
];

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
        Field::Progress => return item.task.progress_texts().find_map(|text| from_word(&text::line(text))),
        field => return from_word(&text::line(&field.recorded_of(item.task))),
    };
    let directory = app.directory(item);
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
    let text = if app.shown().query().is_empty() {
        Phrase::new("Ở đây chưa có việc. Insert để thêm", "No task here. Insert adds one")
            .say(app.lang)
            .to_owned()
    } else if app.shown().rows.is_empty() {
        let leave = Phrase::new("Esc để bỏ lọc", "Esc clears the filter").say(app.lang);
        format!("{}. {leave}", wording::nothing_found(app.lang, needle))
    } else {
        elsewhere_on_board(app)
    };
    let lines = text::wrap_to(&text, width, usize::from(canvas.height()));
    canvas.write_lines(LEFT, 0, &lines, canvas.theme.muted());
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

/// What was told last, the time as printed unless column or card say the same, and what was written down of the result.
fn written(app: &App, item: Item<'_>) -> Vec<String> {
    let task = item.task;
    let told = task.last_progress().map(|row| row.line(app.lang));
    let is_said = wording::is_time_of_quarters(task, item.plan.year);
    let time = Some(task.time.clone()).filter(|time| !is_said && !time.is_empty());
    let labelled = [(Field::Output, &task.output), (Field::Note, &task.note)].into_iter();
    let labelled = labelled.filter_map(|(field, text)| {
        Some(format!("{}: {}", field.label().say(app.lang), text.lines().next()?))
    });
    let all = told.into_iter().chain(time).chain(labelled);
    all.map(|text| text::clean(&text).into_owned()).collect()
}

/// As many of the texts as have room behind each other.
fn in_room(texts: &[String], room: usize) -> String {
    let mut told = String::new();
    for text in texts {
        let gap = if told.is_empty() { "" } else { "   " };
        let left = room.saturating_sub(text::width(&told) + gap.len());
        if left >= LEAST_PASSAGE.min(text::width(text)) {
            told = format!("{told}{gap}{}", text::cut(text, left));
        }
    }
    told
}
