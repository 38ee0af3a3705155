//! Everything about one task: on a screen of its own, or in the panel beside the board.

use std::ops::Range;

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::theme::{Mood, Theme};
use super::{bars, plain_rows, steps, wording};
use crate::app::{App, DetailRow};
use crate::plan::{Entry, Field, Item, time};
use crate::text;
use crate::words::{Lang, Phrase};

/// Cells of the labels, whole and short, where they have a column of their own.
const LABELS: usize = 21;
const SHORT_LABELS: usize = 12;

/// The width from which the history stands beside the fields.
const BESIDE: usize = 100;

/// A line of the fields: a label, what it says, and which field it belongs to.
struct FieldLine {
    label: String,
    text: String,
    style: Style,
    row: Option<DetailRow>,
}

/// The screen of one task: its fields, and its history beside or below them.
pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let item = app.opened()?;
    let rows = plain_rows(canvas);
    bars::header(app, &mut canvas.rows(rows.header));
    let mut body = canvas.rows(rows.body);
    let (width, height) = (body.area.width, body.height());
    let place = if body.width() >= BESIDE && !item.task.history.is_empty() {
        let left = width * 3 / 5;
        history(
            app,
            item,
            &mut body.part(left + 2, 1, width.saturating_sub(left + 3), height.saturating_sub(1)),
        );
        fields(app, item, With::Nothing, &mut body.part(0, 0, left, height))
    } else {
        fields(app, item, With::History, &mut body)
    };
    bars::footer(app, &mut canvas.rows(rows.footer));
    place
}

/// All of the chosen task beside the board, in the width of the window that the layout leaves for it.
pub(super) fn panel(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let (width, height) = (canvas.area.width, canvas.height());
    canvas.edge(canvas.theme.edge(), canvas.theme.rule());
    let item = app.selected()?;
    fields(app, item, With::History, &mut canvas.part(1, 0, width.saturating_sub(1), height))
}

/// What stands below the fields.
#[derive(Clone, Copy, PartialEq, Eq)]
enum With {
    History,
    Nothing,
}

fn fields(app: &App, item: Item<'_>, with: With, canvas: &mut Canvas) -> Option<Position> {
    let labels = match canvas.width() {
        ..40 => 0,
        40..70 => SHORT_LABELS,
        70.. => LABELS,
    };
    let room = canvas.width().saturating_sub(3).max(1);
    let mut lines = field_lines(app, item, canvas.theme, labels, room);
    if with == With::History {
        lines.extend(progress_lines(app, item, canvas.theme, room));
        lines.extend(history_lines(app, item, canvas.theme, room));
    }
    let chosen = app.detail.as_ref().map(|detail| detail.row);
    let height = usize::from(canvas.height());
    let first = if is_at_end(app, item) { lines.len() } else { 0 };
    let first = first_line(&lines, chosen, first, height);
    let mut place = None;
    edges(first..first + height, lines.len(), canvas);
    for (row, line) in lines.iter().skip(first).take(height).enumerate() {
        let mut part = canvas.row(row as u16);
        if line.row.is_some() && line.row == chosen {
            part.choose(|part| field_line(app, line, labels, part));
            let column = if is_value(line) { labels + 2 } else { 2 };
            place = place.or(part.position(column, 0));
        } else {
            field_line(app, line, labels, &mut part);
        }
    }
    place
}

/// Tells in the last column, which the lines leave free, that there is more than what is in sight.
fn edges(seen: Range<usize>, all: usize, canvas: &mut Canvas) {
    let (theme, column) = (canvas.theme, canvas.width().saturating_sub(1));
    let (up, down) = theme.arrows();
    if seen.start > 0 {
        canvas.write(column, 0, up, theme.accent());
    }
    if seen.end < all {
        canvas.write(column, canvas.height().saturating_sub(1), down, theme.accent());
    }
}

fn field_line(app: &App, line: &FieldLine, labels: usize, canvas: &mut Canvas) {
    canvas.write(2, 0, &line.label, canvas.theme.muted());
    // The title, and what belongs to no field, has the whole width.
    let column = if line.label.is_empty() && !is_value(line) { 2 } else { labels + 2 };
    canvas.write_found(column, 0, &line.text, line.style, &app.shown().needle);
}

fn is_value(line: &FieldLine) -> bool {
    matches!(line.row, Some(DetailRow::Field(field)) if field != Field::Title)
}

/// The first line in sight: the chosen field is, and the last one brings the history with it.
fn first_line(lines: &[FieldLine], chosen: Option<DetailRow>, wanted: usize, height: usize) -> usize {
    if chosen.is_none() {
        return 0;
    }
    let from = lines.iter().position(|line| line.row == chosen).unwrap_or(0);
    let last = lines.iter().rposition(|line| line.row == chosen).unwrap_or(0);
    wanted.max(last + 1).saturating_sub(height).min(from)
}

/// Whether the last line of the task is chosen.
fn is_at_end(app: &App, item: Item<'_>) -> bool {
    let chosen = app.detail.as_ref().map(|detail| detail.row);
    chosen.is_some() && DetailRow::all(item.task, chosen).last().copied() == chosen
}

/// The number, the title, and a line or more for each other field.
fn field_lines(app: &App, item: Item<'_>, theme: Theme, labels: usize, width: usize) -> Vec<FieldLine> {
    let mood = Mood::of(item, app.calendar);
    let sign = theme.sign(item.task.status);
    let head = format!("{sign} {}", text::clean(&item.task.no));
    let head = plain(head, theme.sign_style(mood).patch(theme.title()));
    let mut lines = if app.size.is_roomy() { vec![blank(), head, blank()] } else { vec![head] };
    for row in DetailRow::all(item.task, app.detail.as_ref().map(|detail| detail.row)) {
        match row {
            DetailRow::Field(Field::Title) => {
                let title = text::clean(&item.task.title).into_owned();
                let line = |text: &str| FieldLine { row: Some(row), ..plain(text.to_owned(), theme.title()) };
                let title = if title.is_empty() { wording::NOTHING } else { &title };
                lines.extend(text::wrap(title, width).map(line));
                lines.push(blank());
            }
            DetailRow::Field(field) => lines.extend(lines_of(app, item, field, theme, labels, width)),
            DetailRow::More => {
                let fields = DetailRow::offered(item.task).into_iter();
                let names: Vec<&str> = fields.map(|field| field.short().say(app.lang)).collect();
                let told = text::cut(&format!("+ {}", names.join(" · ")), width).into_owned();
                lines.push(FieldLine { row: Some(row), ..plain(told, theme.muted()) });
            }
        }
    }
    lines
}

/// A line or more for a field, with its label before the first.
fn lines_of(
    app: &App,
    item: Item<'_>,
    field: Field,
    theme: Theme,
    labels: usize,
    width: usize,
) -> Vec<FieldLine> {
    let (mood, due) = (Mood::of(item, app.calendar), Mood::of_deadline(item, app.calendar));
    let label = if labels == LABELS { field.label() } else { field.short() }.say(app.lang);
    let told = told(app, item, field, theme);
    let style = match field {
        Field::Status if mood != Mood::Todo => theme.words(mood),
        Field::Due if matches!(due, Mood::Late | Mood::Soon) => theme.words(due),
        field if is_said_above(item, field) => theme.muted(),
        _ => theme.text(),
    };
    let row = Some(DetailRow::Field(field));
    let (label, told) = match labels {
        0 => (String::new(), format!("{label}: {told}")),
        _ => (text::cut(label, labels - 1).into_owned(), told),
    };
    let line = |(nth, text): (usize, &str)| {
        let label = if nth == 0 { label.clone() } else { String::new() };
        FieldLine { label, text: text.to_owned(), style, row }
    };
    let lines: Vec<_> =
        text::wrap(&told, width.saturating_sub(labels).max(1)).enumerate().map(line).collect();
    if lines.is_empty() {
        return vec![FieldLine { label, text: wording::NOTHING.to_owned(), style: theme.muted(), row }];
    }
    lines
}

/// What was done with the task, the last first: who and when, and below it what.
fn history_lines(app: &App, item: Item<'_>, theme: Theme, width: usize) -> Vec<FieldLine> {
    let told = item.task.history.iter().rev().map(|entry| {
        let by = item.plan.name_of(&entry.by);
        (format!("{}  {by}", time::write_moment(entry.at)), entry.told(app.lang))
    });
    told_lines(Entry::HISTORY.say(app.lang), &told.collect::<Vec<_>>(), theme, width)
}

/// What was told before what stands among the fields, the last first: when and by whom, and below it what.
fn progress_lines(app: &App, item: Item<'_>, theme: Theme, width: usize) -> Vec<FieldLine> {
    let rows = item.task.progress_newest_first();
    let told = rows.iter().skip(1).map(|row| (row.head(), row.shown(app.lang)));
    told_lines(EARLIER.say(app.lang), &told.collect::<Vec<_>>(), theme, width)
}

/// What was told, each under its head, and all of it under a heading; nothing of nothing.
fn told_lines(heading: &str, told: &[(String, String)], theme: Theme, width: usize) -> Vec<FieldLine> {
    if told.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![blank(), plain(heading.to_uppercase(), theme.muted().patch(theme.title()))];
    for (head, told) in told {
        lines.push(plain(text::clean(head).into_owned(), theme.muted()));
        let told = text::clean(told).into_owned();
        lines.extend(text::wrap(&told, width).map(|line| plain(line.to_owned(), theme.text())));
    }
    lines
}

const EARLIER: Phrase = Phrase::new("Kết quả trước đó", "Earlier progress");

/// Beside the fields. The last field brings the end of it into sight.
fn history(app: &App, item: Item<'_>, canvas: &mut Canvas) {
    let room = canvas.width().saturating_sub(1).max(1);
    let mut lines = progress_lines(app, item, canvas.theme, room);
    lines.extend(history_lines(app, item, canvas.theme, room));
    let lines = lines.get(1..).unwrap_or_default();
    let height = usize::from(canvas.height());
    let first = if is_at_end(app, item) { lines.len().saturating_sub(height) } else { 0 };
    edges(first..first + height, lines.len(), canvas);
    for (row, line) in lines.iter().skip(first).take(height).enumerate() {
        canvas.write(0, row as u16, &line.text, line.style);
    }
}

const fn blank() -> FieldLine {
    FieldLine { label: String::new(), text: String::new(), style: Style::new(), row: None }
}

const fn plain(text: String, style: Style) -> FieldLine {
    FieldLine { label: String::new(), text, style, row: None }
}

/// What a field says here: more than its bare value, where the calendar has something to add.
fn told(app: &App, item: Item<'_>, field: Field, theme: Theme) -> String {
    let task = item.task;
    let told = match field {
        Field::Lead => task.lead.join("\n"),
        Field::Support => task.support.join("\n"),
        Field::Due => wording::deadline(item, app.calendar, app.lang),
        Field::Progress => task.last_progress().map_or_else(String::new, |row| row.whole(app.lang)),
        Field::Extensions => task.extensions_shown(app.lang),
        Field::Status => status(app, item, app.lang),
        field if is_said_above(item, field) => AS_ABOVE.say(app.lang).to_owned(),
        Field::DoneOn => task.done_on.map_or_else(String::new, |day| time::write_marked_date(day, app.lang)),
        Field::Steps => steps::lines(app, item, theme),
        Field::Received => steps::roll(app, item).unwrap_or_else(|| field.value(task, app.lang)),
        field => field.value(task, app.lang),
    };
    text::clean(&told).into_owned()
}

/// What stands where the line above says the same.
const AS_ABOVE: Phrase = Phrase::new("như trên", "as above");

/// The time as printed stands below the quarters.
fn is_said_above(item: Item<'_>, field: Field) -> bool {
    field == Field::Time && wording::is_time_of_quarters(item.task, item.plan.year)
}

fn status(app: &App, item: Item<'_>, lang: Lang) -> String {
    let state = item.state(app.calendar).label().say(lang);
    let label = item.task.status.label().say(lang);
    if state == label { label.to_owned() } else { format!("{label} · {state}") }
}
