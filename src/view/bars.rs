//! What stands above and below every view: whose plan it is, what it comes to, which keys work.

use chrono::NaiveDate;
use ratatui::layout::Position;

use super::pen::Pen;
use crate::app::action::Action;
use crate::app::keymap::{self, Mode, Shown};
use crate::app::{Access, App, Question};
use crate::plan::summary::Figures;
use crate::plan::{Field, Plan, State, Status, time};
use crate::text;
use crate::words::{Lang, Phrase};

/// The head of the screen: the plan on the first line, its figures or its trouble on the second. Where there is one
/// line only, what must be known has it, or takes the end of it.
pub(super) fn header(app: &App, pen: &mut Pen) {
    let Some(plan) = app.plan() else { return };
    if pen.height() > 1 {
        title(app, plan, pen);
        totals(app, pen);
        return;
    }
    let badges = badges(app, pen);
    match trouble(app) {
        Some(trouble) => alarm(&trouble, 0, pen),
        None if badges.is_empty() => title(app, plan, pen),
        None => {
            let end = badge(&badges, pen.width() / 2, 0, pen);
            let title = text::clean(&plan.title).into_owned();
            pen.write(1, 0, &text::cut(&title, end.saturating_sub(2)), pen.theme.title());
        }
    }
}

fn title(app: &App, plan: &Plan, pen: &mut Pen) {
    let right = format!("{} · {}", today(app.calendar.today, app.lang), app.user);
    let room = pen.width().saturating_sub(2);
    let right = if text::width(&right) + 20 <= room { right } else { String::new() };
    let title = if plan.number.is_empty() {
        plan.title.clone()
    } else {
        format!("{} · {}", plan.number, plan.title)
    };
    let title = text::clean(&title).into_owned();
    pen.write(1, 0, &text::cut(&title, room.saturating_sub(text::width(&right) + 2)), pen.theme.title());
    pen.write_before(room + 1, 0, &right, ratatui::style::Style::new());
}

fn today(day: NaiveDate, lang: Lang) -> String {
    format!("{} {}", time::weekday_mark(day).say(lang), time::write_date(day))
}

/// The figures of what is shown, each task counted once; or what is wrong with the file.
fn totals(app: &App, pen: &mut Pen) {
    if let Some(trouble) = trouble(app) {
        alarm(&trouble, 1, pen);
        return;
    }
    let after = figures(app, pen);
    let badges = badges(app, pen);
    if !badges.is_empty() {
        badge(&badges, pen.width().saturating_sub(after + 2), 1, pen);
    }
}

/// What is wrong with the file, and how much waits for it.
fn trouble(app: &App) -> Option<String> {
    let open = app.open()?;
    let trouble = open.trouble.as_ref()?;
    let waiting = open.waiting.as_ref().map_or_else(String::new, |waiting| match app.lang {
        Lang::Vi => format!("{} thay đổi đang chờ ghi · ", waiting.count),
        Lang::En => format!("{} changes wait to be saved · ", waiting.count),
    });
    Some(format!(" {waiting}{} ", trouble.say(app.lang)))
}

fn alarm(text: &str, row: u16, pen: &mut Pen) {
    pen.write(1, row, &text::cut(text, pen.width().saturating_sub(2)), pen.theme.alarm());
}

/// What must be known of what is shown: what others have changed, whether it can be changed, what narrows it.
fn badges(app: &App, pen: &Pen) -> Vec<String> {
    let open = app.open().expect("a plan that is drawn is open");
    let mut badges = filters(app);
    if open.access == Access::ReadOnly {
        badges.insert(0, Phrase::new("Chỉ đọc", "Read-only").say(app.lang).to_owned());
    }
    if !open.news.is_empty() {
        let word = Phrase::new("vừa đổi", "changed").say(app.lang);
        badges.insert(0, format!("{} {} {word}", pen.theme.news(), open.news.len()));
    }
    if let Some(offered) = open.offered(app.lang)
        && let Some(key) = keymap::key_of(Mode::Board, Action::Offers)
    {
        badges.insert(0, format!("{}: {offered}", key.label(app.lang)));
    }
    badges
}

/// Writes badges at the end of a row, in so much room. Answers with the column where they begin.
fn badge(badges: &[String], room: usize, row: u16, pen: &mut Pen) -> usize {
    let badge = format!(" {} ", badges.join(" · "));
    let badge = if text::width(&badge) <= room { badge } else { text::cut(&badge, room).into_owned() };
    let end = pen.width().saturating_sub(1);
    pen.write_before(end, row, &badge, pen.theme.filter());
    end.saturating_sub(text::width(&badge))
}

fn figures(app: &App, pen: &mut Pen) -> usize {
    let plan = app.plan().expect("a plan that is drawn is open");
    let shown = app.shown();
    let figures = Figures::of(shown.iter().map(|&at| &plan.tasks[at]), plan.year, app.calendar);
    let all = plan.tasks.len();
    let count = if shown.len() == all { all.to_string() } else { format!("{}/{all}", shown.len()) };
    let style = ratatui::style::Style::new();
    let mut column = pen.write(1, 1, &format!("{count} {}", Figures::UNIT.say(app.lang)), style);
    for status in [Status::Done, Status::Doing, Status::Todo, Status::Paused, Status::Dropped] {
        let number = figures.with_status(status);
        let is_always_told = matches!(status, Status::Done | Status::Doing | Status::Todo);
        let text = format!("{number} {}", status.short().say(app.lang));
        let fits = column + 4 + text::width(&text) < pen.width();
        if fits && (is_always_told || number > 0) {
            column = pen.write(column + 2, 1, pen.theme.sign(status), pen.theme.sign_style(status));
            column = pen.write(column + 1, 1, &text, style);
        }
    }
    let late = figures.overdue();
    if late > 0 {
        let text =
            format!("{} {late} {}", pen.theme.late(), State::Overdue.label().say(app.lang).to_lowercase());
        if column + 3 + text::width(&text) < pen.width() {
            column = pen.write(column + 2, 1, &text, pen.theme.alarm());
        }
    }
    column
}

/// What narrows the tasks that are shown.
fn filters(app: &App) -> Vec<String> {
    let mut filters = Vec::new();
    let names = |names: &[String]| match names {
        [first, _, ..] => format!("{first} +{}", names.len() - 1),
        _ => names.join(""),
    };
    if !app.query.leads.is_empty() {
        filters.push(format!("{}: {}", Field::Lead.short().say(app.lang), names(&app.query.leads)));
    }
    if !app.query.supports.is_empty() {
        filters.push(format!("{}: {}", Field::Support.short().say(app.lang), names(&app.query.supports)));
    }
    if !app.search.is_empty() {
        filters.push(format!("{}: {}", Action::Search.short().say(app.lang), app.search.text()));
    }
    filters
}

/// The keys that work here and now, or what has to be said.
pub(super) fn footer(app: &App, pen: &mut Pen) {
    if let Some(notice) = &app.notice {
        pen.write(1, 0, &text::cut(notice.say(app.lang), pen.width().saturating_sub(2)), pen.theme.title());
        return;
    }
    keys(app.mode(), app.lang, pen);
}

/// The last binding, the one that leads away, is always told.
fn keys(mode: Mode, lang: Lang, pen: &mut Pen) {
    let told: Vec<(String, &str)> = keymap::bindings(mode)
        .filter(|binding| binding.shown == Shown::Footer)
        .map(|binding| (binding.keys[0].label(lang), binding.action.short().say(lang)))
        .collect();
    let width = |(key, word): &(String, &str)| text::width(key) + 1 + text::width(word);
    let last = told.last().map_or(0, |told| width(told) + 2);
    let mut column = 1;
    for (at, told_of) in told.iter().enumerate() {
        let is_last = at + 1 == told.len();
        let reserved = if is_last { 0 } else { last };
        if column + width(told_of) + reserved > pen.width() {
            continue;
        }
        column = pen.write(column, 0, &told_of.0, pen.theme.key()) + 1;
        column = pen.write(column, 0, told_of.1, ratatui::style::Style::new()) + 2;
    }
}

/// What stands before a text field: the short word where the long one would leave it no room.
pub(super) fn prompt<'a>(long: &'a str, short: &'a str, width: usize) -> &'a str {
    if text::width(long) * 2 <= width { long } else { short }
}

/// The line in which the search is typed: the last but the keys.
pub(super) fn search(app: &App, pen: &mut Pen) -> Option<Position> {
    let row = pen.height().saturating_sub(2);
    let mut line = pen.part(0, row, pen.area.width, 1);
    line.clear();
    let long = Phrase::new("Tìm (không cần dấu): ", "Search (tones optional): ").say(app.lang);
    let word = prompt(long, Phrase::new("Tìm: ", "Search: ").say(app.lang), line.width());
    let column = line.write(1, 0, word, line.theme.title());
    let room = line.width().saturating_sub(column + 1);
    let (text, cursor) = app.search.window(room);
    line.write(column, 0, text, ratatui::style::Style::new());
    line.position(column + cursor, 0)
}

pub(super) fn question(app: &App, question: &Question, pen: &mut Pen) -> Option<Position> {
    let text = text::clean(&question.text(app)).into_owned();
    let width = pen.width().saturating_sub(2).max(1);
    let most = usize::from(pen.height()).clamp(1, 4);
    let lines = text::wrap_to(&text, width, most);
    let top = pen.height().saturating_sub(lines.len() as u16);
    let mut part = pen.part(0, top, pen.area.width, lines.len() as u16);
    part.clear();
    let style = part.theme.warning();
    for (row, line) in lines.iter().enumerate() {
        part.rule_in(row as u16, " ", style);
        part.write(1, row as u16, line, style);
    }
    part.position(1, 0)
}
