//! Everything about one task.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::{bars, plain_rows, wording};
use crate::app::App;
use crate::app::editor::FIELDS;
use crate::plan::{Entry, Field, Item, time};
use crate::text;
use crate::words::Lang;

/// A line of the screen: a label, what it says, and which field it belongs to.
struct FieldLine {
    label: &'static str,
    text: String,
    field: Option<usize>,
}

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let item = app.opened()?;
    let rows = plain_rows(canvas);
    bars::header(app, &mut canvas.rows(rows.header));
    let place = body(app, item, &mut canvas.rows(rows.body));
    bars::footer(app, &mut canvas.rows(rows.footer));
    place
}

fn body(app: &App, item: Item<'_>, canvas: &mut Canvas) -> Option<Position> {
    let labels = if canvas.width() >= 50 { 22 } else { 0 };
    let width = canvas.width().saturating_sub(labels + 3).max(1);
    let lines = lines(app, item, width, if labels > 0 { Labels::Beside } else { Labels::Within });
    let chosen = app.detail.as_ref().map_or(0, |detail| detail.scroll.row);
    let height = usize::from(canvas.height());
    let last = lines.iter().rposition(|line| line.field == Some(chosen)).unwrap_or(0);
    let from = lines.iter().position(|line| line.field == Some(chosen)).unwrap_or(0);
    // The last field brings the history into sight with it.
    let wanted = if chosen + 1 == FIELDS.len() { lines.len() } else { last + 1 };
    let first = wanted.saturating_sub(height).min(from);
    let mut place = None;
    for (row, line) in lines.iter().skip(first).take(height).enumerate() {
        let row = row as u16;
        let is_chosen = line.field == Some(chosen);
        let style = if is_chosen { canvas.theme.chosen() } else { Style::new() };
        if is_chosen {
            canvas.write(0, row, canvas.theme.mark(), canvas.theme.chosen_mark());
            place = place.or(canvas.position(labels + 2, row));
        }
        if labels > 0 {
            canvas.write(2, row, line.label, canvas.theme.title());
        }
        canvas.write_found(labels + 2, row, &line.text, style, &app.shown().needle);
    }
    place
}

/// Where the labels are: a narrow screen has no column for them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Labels {
    Beside,
    Within,
}

fn lines(app: &App, item: Item<'_>, width: usize, labels: Labels) -> Vec<FieldLine> {
    let mut lines = Vec::new();
    for (at, field) in FIELDS.iter().copied().enumerate() {
        let label = field.label().say(app.lang);
        let told = told(app, item, field);
        match labels {
            Labels::Beside => put(&mut lines, label, &told, width, Some(at)),
            // The title is known by its place.
            Labels::Within if field == Field::Title => put(&mut lines, "", &told, width, Some(at)),
            Labels::Within => {
                let told = if told.is_empty() { NOTHING } else { &told };
                put(&mut lines, "", &format!("{label}: {told}"), width, Some(at));
            }
        }
    }
    if !item.task.history.is_empty() {
        lines.push(FieldLine { label: "", text: String::new(), field: None });
        let label = Entry::HISTORY.say(app.lang);
        if labels == Labels::Within {
            lines.push(FieldLine { label: "", text: label.to_owned(), field: None });
        }
        for (at, entry) in item.task.history.iter().rev().enumerate() {
            put(&mut lines, if at == 0 { label } else { "" }, &recorded(entry, app.lang), width, None);
        }
    }
    lines
}

/// What stands where nothing does.
const NOTHING: &str = "–";

fn put(lines: &mut Vec<FieldLine>, label: &'static str, text: &str, width: usize, field: Option<usize>) {
    let text = text::clean(text);
    let before = lines.len();
    for line in text::wrap(&text, width) {
        let label = if lines.len() == before { label } else { "" };
        lines.push(FieldLine { label, text: line.to_owned(), field });
    }
    if lines.len() == before {
        lines.push(FieldLine { label, text: NOTHING.to_owned(), field });
    }
}

/// What a field says here: more than its bare value, where the calendar has something to add.
fn told(app: &App, item: Item<'_>, field: Field) -> String {
    let task = item.task;
    match field {
        Field::Lead => task.lead.join("\n"),
        Field::Support => task.support.join("\n"),
        Field::Due => wording::deadline(item, app.calendar, app.lang),
        Field::Status => {
            let state = item.state(app.calendar).label().say(app.lang);
            let label = task.status.label().say(app.lang);
            if state == label { label.to_owned() } else { format!("{label} · {state}") }
        }
        Field::DoneOn => task.done_on.map_or_else(String::new, |day| time::write_marked_date(day, app.lang)),
        field => field.value(task, app.lang),
    }
}

/// `02/05/2024 09:10 lan · Trạng thái: Chưa thực hiện → Đang thực hiện`.
fn recorded(entry: &Entry, lang: Lang) -> String {
    format!("{} {} · {}", entry.at.format("%d/%m/%Y %H:%M"), entry.by, entry.told(lang))
}
