//! A list to choose from, in a window over the view that it belongs to.

use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::window::{self, WindowPlace};
use super::wording;
use crate::app::App;
use crate::app::action::Action;
use crate::app::picker::{Answer, Candidate, Choice, PickValue, Picker, Role};
use crate::app::scroll::ListLines;
use crate::plan::Field;
use crate::text::{self, Needle};
use crate::words::{Lang, Phrase, tr};

/// Cells of a list of agencies or commands, and of the shortest list.
const WIDE: usize = 60;
const NARROW: usize = 24;

/// So many are shown at once of what is narrowed by typing anyway.
const MANY: usize = 14;

/// So many items are found at a glance, and need no line in which what is typed stands.
const FEW: usize = 8;

pub(super) fn draw(
    app: &App,
    picker: &Picker,
    chosen: Option<Position>,
    canvas: &mut Canvas,
) -> Option<Position> {
    let place = match picker.subject {
        Choice::Command => WindowPlace::Top,
        Choice::Filter(_) => WindowPlace::Right,
        Choice::Ticks(_) if picker.items.len() > FEW => WindowPlace::Right,
        _ => WindowPlace::At(chosen),
    };
    let is_typed = matches!(picker.subject, Choice::Text(..));
    let is_ticked = matches!(picker.subject, Choice::Ticks(_));
    let has_line = picker.items.len() > FEW || is_typed || picker.subject.is_several() && !is_ticked;
    // A window that hangs from the top gives back what a narrowed list does not need: the board behind it is looked at.
    let length = match place {
        WindowPlace::Top | WindowPlace::Right => picker.shown().len().max(1),
        _ => picker.items.len(),
    };
    let most = if picker.subject == Choice::Command || is_ticked { usize::MAX } else { MANY };
    let height = length.min(most) + usize::from(has_line);
    let typed = text::clean(picker.typed.text()).into_owned();
    let mut heading = self::heading(app, picker);
    let width = width(picker, text::width(&heading));
    if !has_line && !typed.is_empty() {
        heading = format!("{heading}: {typed}");
    }
    let mut inside = window::open(canvas, place, &heading, (width, height));
    let (area, rows) = (inside.area.width, inside.height());
    let line = has_line.then(|| typing(app, &picker.typed, &mut inside)).flatten();
    let top = u16::from(has_line);
    let row = items(app, picker, &mut inside.part(0, top, area, rows.saturating_sub(top)));
    line.or(row)
}

/// Cells of the longest line. Agencies are found by their full names too, which are longer than what is listed.
fn width(picker: &Picker, heading: usize) -> usize {
    if matches!(picker.subject, Choice::Filter(_) | Choice::Agencies(..) | Choice::Text(..)) {
        return WIDE;
    }
    let mark = if picker.subject.is_several() { 4 } else { 0 };
    let longest =
        picker.items.iter().map(|item| text::width(&item.label) + text::width(&item.detail) + mark + 6);
    longest.max().unwrap_or(0).max(heading + 6).clamp(NARROW, WIDE)
}

/// The line in which what narrows a list is typed.
pub(super) fn typing(app: &App, typed: &text::Field, canvas: &mut Canvas) -> Option<Position> {
    let word = Phrase::new("Lọc: ", "Filter: ").say(app.lang);
    let column = canvas.write(2, 0, word, canvas.theme.muted());
    let (text, cursor) = typed.window(canvas.width().saturating_sub(column + 1));
    canvas.write(column, 0, text, canvas.theme.title());
    canvas.position(column + cursor, 0)
}

/// What is chosen; to filter by, and what the next list is about.
fn heading(app: &App, picker: &Picker) -> String {
    let subject = &picker.subject;
    let (lang, small) = (app.lang, |phrase: Phrase| phrase.say(app.lang).to_lowercase());
    match subject {
        Choice::Filter(facet) => {
            let (this, next) = (small(facet.label()), app.facet_after(*facet));
            let next = Some(small(next.short())).filter(|_| next != *facet);
            let next = next.map_or_else(String::new, |next| format!(" (F4: {next})"));
            tr!(lang, "Lọc theo {this}{next}", "Filter by {this}{next}")
        }
        Choice::Status(of) | Choice::StatusBecause(of) => app.with_marked(of, Field::Status, title(subject)),
        Choice::Agencies(of, role) => app.with_marked(of, role.field(), title(subject)),
        Choice::Text(of, field) => app.with_marked(of, *field, title(subject)),
        Choice::Ticks(task) => {
            let no = app.item_of(task).map_or("", |item| &item.task.no);
            let told = ticks(&picker.items).say(lang);
            if no.is_empty() { told.to_owned() } else { format!("{no}: {told}") }
        }
        _ => title(subject).say(lang).to_owned(),
    }
}

/// What a list to tick is of.
fn ticks(items: &[Candidate]) -> Phrase {
    let members = items.iter().filter(|item| matches!(item.value, PickValue::Member(_))).count();
    match members {
        0 => Field::Steps.label(),
        all if all == items.len() => Field::Received.label(),
        _ => Action::Ticks.label(),
    }
}

const fn title(subject: &Choice) -> Phrase {
    match *subject {
        Choice::Command => Action::Palette.label(),
        Choice::Filter(facet) => facet.label(),
        Choice::View(deed) => Action::View(deed).label(),
        Choice::Slide => Action::FindTask.label(),
        Choice::Status(_) => Field::Status.label(),
        Choice::StatusBecause(_) => Action::SetBecause.label(),
        Choice::Quarters(_) => Phrase::new("Quý: Tab để chọn nhiều quý", "Quarters: Tab marks several"),
        Choice::Agencies(_, Role::Lead) => Field::Lead.label(),
        Choice::Agencies(_, Role::Support) => Field::Support.label(),
        Choice::Text(_, field) => field.label(),
        Choice::Add => Phrase::new("Thêm mục", "Add"),
        Choice::Ticks(_) => Action::Ticks.label(),
    }
}

/// Answers with where the chosen item stands.
fn items(app: &App, picker: &Picker, canvas: &mut Canvas) -> Option<Position> {
    let shown = picker.shown();
    if shown.is_empty() {
        let nothing = wording::nothing_found(app.lang, &picker.needle());
        canvas.write(2, 0, &nothing, canvas.theme.muted());
    }
    let needle = picker.needle();
    let visible = usize::from(canvas.height());
    let mut scroll = picker.scroll;
    scroll.keep(&ListLines { length: shown.len(), visible });
    let mut place = None;
    for (nth, answer) in shown.iter().enumerate().skip(scroll.first).take(visible) {
        let mut part = canvas.row((nth - scroll.first) as u16);
        let draw = |style, part: &mut Canvas| match answer {
            Answer::Listed(at) => item(picker, &picker.items[*at], style, &needle, part),
            Answer::New(names) => add(app.lang, names, style, part),
        };
        if nth == scroll.row {
            let style = part.theme.title();
            part.choose(|part| draw(style, part));
            place = part.position(1, 0);
        } else {
            draw(part.theme.text(), &mut part);
        }
    }
    place
}

fn add(lang: Lang, names: &[String], style: Style, canvas: &mut Canvas) {
    let text = format!("{} “{}”", Phrase::new("Thêm", "Add").say(lang), names.join("”, “"));
    let room = canvas.width().saturating_sub(3);
    canvas.write(2, 0, &text::cut(&text::clean(&text), room), style);
}

fn item(picker: &Picker, item: &Candidate, style: Style, needle: &Needle, canvas: &mut Canvas) {
    let mut column = 2;
    if picker.subject.is_several() {
        let mark = if item.is_marked { canvas.theme.check() } else { " " };
        column = canvas.write(column, 0, &format!("[{mark}]"), style) + 1;
    }
    let width = canvas.width().saturating_sub(1);
    let room = width.saturating_sub(column + text::width(&item.detail) + 2);
    let label = match picker.other_name(item, needle) {
        Some(other) => format!("{} ({other})", item.label),
        None => item.label.clone(),
    };
    canvas.write_found(column, 0, &text::cut(&text::clean(&label), room), style, needle);
    canvas.write_before(width, 0, &item.detail, canvas.theme.muted());
}
