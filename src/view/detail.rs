//! Everything about one task.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::pen::Pen;
use super::{bars, plain_rows, wording};
use crate::app::App;
use crate::app::editor::FIELDS;
use crate::plan::{Entry, Field, Plan, Task};
use crate::text;
use crate::words::{Lang, Phrase};

/// A line of the screen: a label, what it says, and which field it belongs to.
struct Line {
    label: &'static str,
    text: String,
    field: Option<usize>,
}

pub(super) fn draw(app: &App, pen: &mut Pen) -> Option<Position> {
    let plan = app.plan()?;
    let task = app.selected()?;
    let rows = plain_rows(pen);
    bars::header(app, &mut pen.rows(rows.header));
    let place = body(app, plan, task, &mut pen.rows(rows.body));
    bars::footer(app, &mut pen.rows(rows.footer));
    place
}

fn body(app: &App, plan: &Plan, task: &Task, pen: &mut Pen) -> Option<Position> {
    let labels = if pen.width() >= 50 { 22 } else { 0 };
    let lines = lines(app, plan, task, pen.width().saturating_sub(labels + 3).max(1));
    let chosen = app.detail.as_ref().map_or(0, |detail| detail.scroll.row);
    let height = usize::from(pen.height());
    let last = lines.iter().rposition(|line| line.field == Some(chosen)).unwrap_or(0);
    let from = lines.iter().position(|line| line.field == Some(chosen)).unwrap_or(0);
    // The last field brings the history into sight with it.
    let wanted = if chosen + 1 == FIELDS.len() { lines.len() } else { last + 1 };
    let first = wanted.saturating_sub(height).min(from);
    let mut place = None;
    for (row, line) in lines.iter().skip(first).take(height).enumerate() {
        let row = row as u16;
        let is_chosen = line.field == Some(chosen);
        let style = if is_chosen { pen.theme.chosen() } else { Style::new() };
        if is_chosen {
            let (mark, style) = (pen.theme.mark(), pen.theme.chosen_mark());
            pen.write(0, row, mark, style);
            place = place.or(pen.position(labels + 2, row));
        }
        if labels > 0 {
            let style = pen.theme.title();
            pen.write(2, row, line.label, style);
        }
        pen.write(labels + 2, row, &line.text, style);
    }
    place
}

fn lines(app: &App, plan: &Plan, task: &Task, width: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, field) in FIELDS.into_iter().enumerate() {
        let label = field.label().say(app.lang);
        put(&mut lines, label, &told(app, plan, task, field), width, Some(at));
    }
    if !task.history.is_empty() {
        lines.push(Line { label: "", text: String::new(), field: None });
        let label = Phrase::new("Lịch sử thay đổi", "History of changes").say(app.lang);
        for (at, entry) in task.history.iter().rev().enumerate() {
            put(&mut lines, if at == 0 { label } else { "" }, &recorded(entry, app.lang), width, None);
        }
    }
    lines
}

fn put(lines: &mut Vec<Line>, label: &'static str, text: &str, width: usize, field: Option<usize>) {
    let text = text::clean(text);
    let before = lines.len();
    for line in text::wrap(&text, width) {
        let label = if lines.len() == before { label } else { "" };
        lines.push(Line { label, text: line.to_owned(), field });
    }
    if lines.len() == before {
        lines.push(Line { label, text: "–".to_owned(), field });
    }
}

/// What a field says here: more than its bare value, where the calendar has something to add.
fn told(app: &App, plan: &Plan, task: &Task, field: Field) -> String {
    let names = |names: &[String]| names.join("\n");
    match field {
        Field::Lead => names(&task.lead),
        Field::Support => names(&task.support),
        Field::Due => wording::deadline(plan, task, app.calendar, app.lang),
        Field::Status => {
            let state = plan.state(task, app.calendar).label().say(app.lang);
            let label = task.status.label().say(app.lang);
            if state == label { label.to_owned() } else { format!("{label} · {state}") }
        }
        Field::DoneOn => task.done_on.map_or_else(String::new, |day| wording::dated(day, app.lang)),
        field => field.value(task, app.lang),
    }
}

/// `02/05/2024 09:10 lan · Trạng thái: Todo → Doing`.
fn recorded(entry: &Entry, lang: Lang) -> String {
    let label = match entry.field.as_str() {
        Entry::ADDED => Phrase::new("Thêm việc", "Added").say(lang),
        Entry::EXTENDED => Phrase::new("Gia hạn", "Extended").say(lang),
        Entry::KEPT => Phrase::new("Giữ lại", "Kept").say(lang),
        name => {
            Field::ALL.iter().find(|field| field.name() == name).map_or(name, |field| field.label().say(lang))
        }
    };
    let head = format!("{} {} · {label}", entry.at.format("%d/%m/%Y %H:%M"), entry.by);
    let change = match (entry.from.is_empty(), entry.to.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!(": {}", value(&entry.to, lang)),
        (false, true) => {
            format!(": {} → {}", value(&entry.from, lang), Phrase::new("(trống)", "(empty)").say(lang))
        }
        (false, false) => format!(": {} → {}", value(&entry.from, lang), value(&entry.to, lang)),
    };
    let note = if entry.note.is_empty() { String::new() } else { format!(" ({})", entry.note) };
    let clash = if entry.clash {
        Phrase::new(" · hai người sửa khác nhau", " · set by two").say(lang)
    } else {
        ""
    };
    format!("{head}{change}{note}{clash}")
}

/// A status by its label, a date as people write it, anything else as it is.
fn value(text: &str, lang: Lang) -> String {
    if let Some(status) = crate::plan::Status::ALL.iter().find(|status| status.name() == text) {
        return status.label().say(lang).to_owned();
    }
    text.parse().map_or_else(|_| text.to_owned(), crate::plan::time::write_date)
}
