//! What stands above and below every view: whose plan it is, what it comes to, which keys work.

use std::borrow::Cow;

use chrono::NaiveDate;
use ratatui::layout::Position;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::theme::Mood;
use super::totals;
use super::window::{self, WindowPlace};
use super::wording::NOTHING;
use crate::app::action::Action;
use crate::app::keymap::{self, Listed, Mode};
use crate::app::{Access, App, Day, Question, TypedQuery};
use crate::plan::query::Lateness;
use crate::plan::summary::ReportClass;
use crate::plan::{Field, Plan, State, time};
use crate::text;
use crate::words::{Lang, Phrase, tr};

/// The head of the screen: the plan on the first line, its figures or its trouble on the second. Where there is one
/// line only, what must be known has it, or takes the end of it. How much is late is always told.
pub(super) fn header(app: &App, canvas: &mut Canvas) {
    let Some(plan) = app.plan() else { return };
    let last = canvas.height().saturating_sub(1);
    let bar = canvas.theme.bar();
    canvas.rows(0..1).fill(bar);
    if last > 0 {
        title(app, plan, canvas);
    }
    if app.open().is_some_and(|open| open.trouble.is_some()) {
        let column = totals::late(app, last, canvas);
        let room = canvas.width().saturating_sub(column + 2);
        let told = trouble(app, room).unwrap_or_default();
        canvas.write(column + 1, last, &told, canvas.theme.words(Mood::Late));
    } else if last > 0 {
        totals::draw(app, &badges(app, canvas), canvas);
    } else {
        only_line(app, plan, canvas);
    }
}

/// The only line of the head: how much is late, the title, what narrows the tasks.
fn only_line(app: &App, plan: &Plan, canvas: &mut Canvas) {
    let column = totals::late(app, 0, canvas);
    let mut badges = badges(app, canvas);
    if app.day == Day::AsOf {
        badges.push(time::as_of(app.calendar.today, app.lang));
    }
    let end = if badges.is_empty() {
        canvas.width()
    } else {
        badge(&badges, (canvas.width() / 2).max(22), 0, canvas)
    };
    name(plan, column, end.saturating_sub(column + 1), canvas);
}

/// Number and title, in so much room.
fn name(plan: &Plan, column: usize, room: usize, canvas: &mut Canvas) {
    let [number, title] = [&plan.number, &plan.title].map(|text| text::clean(text).into_owned());
    // Where there is little room, the title says more than the number.
    let number = if text::width(&number) * 3 > room { String::new() } else { number };
    let before = if number.is_empty() { 0 } else { text::width(&number) + 2 };
    canvas.write(column, 0, &number, canvas.theme.accent());
    let title = cut_before_year(&title, room.saturating_sub(before));
    canvas.write(column + before, 0, &title, canvas.theme.title());
}

/// Cells in which the beginning of a title can still be told from another.
const LEAST_NAME: usize = 8;

/// Cuts a title so that the year at its end stays: offices have one plan of the same name for each year.
pub(super) fn cut_before_year(title: &str, room: usize) -> String {
    let title = title.trim_end();
    let year =
        title.rfind(' ').map(|end| title[..end].rfind(' ').map_or(&title[end..], |start| &title[start..]));
    let is_year = |words: &&str| words.trim_end().ends_with(|it: char| it.is_ascii_digit());
    match year.filter(is_year) {
        Some(year) if text::width(title) > room && text::width(year) + LEAST_NAME <= room => {
            let start = &title[..title.len() - year.len()];
            format!("{}{year}", text::cut(start, room - text::width(year)))
        }
        _ => text::cut(title, room).into_owned(),
    }
}

fn title(app: &App, plan: &Plan, canvas: &mut Canvas) {
    let room = canvas.width().saturating_sub(2);
    let day = match app.day {
        Day::Real => today(app.calendar.today, app.lang),
        Day::AsOf => time::as_of(app.calendar.today, app.lang),
    };
    let user = format!(" · {}", app.user);
    let later = recorded_later(app);
    let [whole, with_later] = [&user, &later].map(|text| text::width(&day) + text::width(text));
    let (day, user) = match app.day {
        // What stands under the figures is worth more than who looks at them.
        Day::AsOf if !later.is_empty() && with_later + 30 <= room => (format!("{day}{later}"), String::new()),
        _ if whole + 20 <= room => (day, user),
        // That the day is another than today is the last to go.
        Day::AsOf => (day, String::new()),
        Day::Real => (String::new(), String::new()),
    };
    let right = text::width(&day) + text::width(&user);
    name(plan, 1, room.saturating_sub(right + 2), canvas);
    let muted = canvas.theme.muted();
    let style = if app.day == Day::AsOf { canvas.theme.here() } else { muted };
    canvas.write_before(room + 1 - text::width(&user), 0, &day, style);
    canvas.write_before(room + 1, 0, &user, muted);
}

/// How much was written down after the day that had happened by then.
fn recorded_later(app: &App) -> String {
    let count = app.open().map_or(0, |open| open.recorded_later);
    if count == 0 || app.day == Day::Real {
        return String::new();
    }
    tr!(app.lang, " · ghi sau ngày chốt: {count} việc", " · recorded later: {count}")
}

fn today(day: NaiveDate, lang: Lang) -> String {
    format!("{} {}", time::weekday_mark(day).say(lang), time::write_date(day))
}

/// What is wrong with the file, and behind it how much waits for it and that one can go on. Where the file is broken
/// stands first, and is not cut for the rest.
pub(super) fn trouble(app: &App, room: usize) -> Option<String> {
    let open = app.open()?;
    let told = text::clean(open.trouble.as_ref()?.say(app.lang)).into_owned();
    let waits =
        |count| tr!(app.lang, " · {count} thay đổi đang chờ ghi", " · {count} changes wait to be saved");
    let waiting = open.waiting.as_ref().map_or_else(String::new, |waiting| waits(waiting.count));
    let go_on = match open.access {
        Access::Write => Phrase::new(" · Vẫn làm tiếp được", " · You can go on").say(app.lang),
        Access::ReadOnly => "",
    };
    let rests = [format!("{waiting}{go_on}"), waiting, String::new()];
    let has_room = |rest: &&String| {
        let left = room.saturating_sub(text::width(rest));
        left >= text::width(&told).min(LEAST_TROUBLE)
    };
    let rest = rests.iter().find(has_room).map_or("", String::as_str);
    Some(format!("{}{rest}", text::cut(&told, room.saturating_sub(text::width(rest)))))
}

/// Cells in which the line of the file that is broken has room.
const LEAST_TROUBLE: usize = 26;

/// What must be known of what is shown: what others have changed, whether it can be changed, what narrows it.
fn badges(app: &App, canvas: &Canvas) -> Vec<String> {
    let open = app.open().expect("a plan that is drawn is open");
    let mut badges = filters(app);
    if open.access == Access::ReadOnly {
        badges.insert(0, Phrase::new("Chỉ đọc", "Read-only").say(app.lang).to_owned());
    }
    if !open.news.is_empty() {
        let word = Phrase::new("vừa đổi", "changed").say(app.lang);
        badges.insert(0, format!("{} {} {word}", canvas.theme.news(), open.news.len()));
    }
    if let Some(offered) = open.offered(app.lang)
        && let Some(key) = keymap::key_of(Mode::Board, Action::Offers)
    {
        badges.insert(0, format!("{}: {offered}", key.label(app.lang)));
    }
    badges
}

/// Writes badges at the end of a row, in so much room. Answers with the column where they begin.
pub(super) fn badge(badges: &[String], room: usize, row: u16, canvas: &mut Canvas) -> usize {
    let badge = badge_text(badges);
    let badge = if text::width(&badge) <= room { badge } else { text::cut(&badge, room).into_owned() };
    let end = canvas.width().saturating_sub(1);
    canvas.write_before(end, row, &badge, canvas.theme.here());
    end.saturating_sub(text::width(&badge))
}

pub(super) fn badge_text(badges: &[String]) -> String {
    format!(" {} ", badges.join(" · "))
}

/// What narrows the tasks that are shown.
pub(super) fn filters(app: &App) -> Vec<String> {
    let (query, lang) = (app.shown().query(), app.lang);
    let mut filters: Vec<String> = query.columns.iter().map(|it| it.label().say(lang).to_owned()).collect();
    for (facet, names) in query.facets.iter() {
        let label = facet.short().say(lang);
        match names {
            [] => {}
            [name] if name.is_empty() => filters.push(format!("{label}: {NOTHING}")),
            [name] => filters.push(format!("{label}: {name}")),
            [first, others @ ..] => filters.push(format!("{label}: {first} +{}", others.len())),
        }
    }
    filters.extend(query.statuses.iter().map(|status| status.label().say(lang).to_owned()));
    filters.extend(states(&query.states, lang));
    let lateness: &[Action] = match query.lateness {
        Lateness::Any => &[],
        Lateness::Overdue => &[Action::OnlyOverdue],
        Lateness::Within(_) => &[Action::OnlyDueSoon],
        Lateness::OverdueOrWithin(_) => &[Action::OnlyOverdue, Action::OnlyDueSoon],
    };
    filters.extend(lateness.iter().map(|action| action.short().say(app.lang).to_owned()));
    let due = Field::Due.short().say(lang);
    let ends = [(">=", query.due.from), ("<=", query.due.to)];
    let ends = ends.into_iter().filter_map(|(sign, day)| Some((sign, day?)));
    filters.extend(ends.map(|(sign, day)| format!("{due} {sign} {}", time::write_date(day))));
    let extended = Action::Extend.label().say(lang);
    filters.extend((query.extended > 0).then(|| format!("{extended} >= {}", query.extended)));
    let searched = query.search.typed();
    if !searched.is_empty() {
        filters.push(format!("{}: {searched}", Action::Search.short().say(app.lang)));
    }
    filters
}

/// The class of the report that these states are; those of a class that was narrowed before go by its name too.
fn states(states: &[State], lang: Lang) -> Option<String> {
    let first = states.first()?;
    if let [only] = states {
        return Some(only.label().say(lang).to_owned());
    }
    let class = ReportClass::ALL.into_iter().find(|class| class.states().contains(first));
    class.map(|class| class.label().say(lang).to_owned())
}

/// The keys that work here and now, and what has to be said: behind them, or in their place.
pub(super) fn footer(app: &App, canvas: &mut Canvas) {
    let width = canvas.width();
    canvas.fill(canvas.theme.bar());
    let lines = message(app, width);
    let marks = app.told_marks(app.lang).filter(|_| !app.mode().takes_text());
    let marks = marks.map_or_else(String::new, |told| format!("{} {told}  ", canvas.theme.marked()));
    let start = text::width(&marks);
    let end = match lines.as_slice() {
        [] => width,
        // Where both have room, the keys stay, and need not be sent again when the message goes.
        [told] if start + keys_width(app) + text::width(told) + 3 <= width => {
            canvas.write_before(width - 1, 0, told, canvas.theme.title());
            width - text::width(told) - 2
        }
        lines => {
            let last = lines.last().map_or("", String::as_str);
            canvas.write(1, 0, last, canvas.theme.title());
            return;
        }
    };
    canvas.write(1, 0, &marks, canvas.theme.accent());
    keys(app, &mut canvas.part(start as u16, 0, end.saturating_sub(start) as u16, 1));
}

/// So many lines of a message are shown; all of it can be read again.
const MESSAGE: usize = 3;

/// What has to be said, in lines.
fn message(app: &App, width: usize) -> Vec<String> {
    let told = app.notice().map(|notice| text::clean(notice).into_owned());
    let Some(told) = told else { return Vec::new() };
    // What is chosen stays in sight on a low screen.
    let most = usize::from(app.size.height / 4).clamp(1, MESSAGE);
    let lines = text::wrap_to(&told, width.saturating_sub(2).max(1), most);
    lines.into_iter().map(Cow::into_owned).collect()
}

/// The lines of a long message above its last one, which stands in the footer.
pub(super) fn long_message(app: &App, canvas: &mut Canvas) {
    let (width, lines) = (canvas.area.width, message(app, canvas.width()));
    let Some(above) = lines.len().checked_sub(1).filter(|above| *above > 0) else { return };
    let (above, footer) = (above as u16, canvas.height().saturating_sub(1));
    if footer < above || canvas.height() < WITH_FOOTER {
        return;
    }
    let mut part = canvas.part(0, footer - above, width, above);
    part.clear();
    part.fill(part.theme.bar());
    part.write_lines(1, 0, &lines[..usize::from(above)], part.theme.title());
}

/// The height from which there is a footer.
const WITH_FOOTER: u16 = 6;

/// Cells of all the keys of a mode.
fn keys_width(app: &App) -> usize {
    told_keys(app).iter().map(|told| key_width(told) + 2).sum()
}

fn told_keys(app: &App) -> Vec<(String, &'static str)> {
    let bindings = keymap::bindings(app.mode()).filter(|binding| binding.listed == Listed::Footer);
    let bindings = bindings.filter(|binding| !app.refuses(binding.action));
    let bindings = bindings.map(|binding| (binding.keys[0], binding.action.short()));
    let told = app.told_leaving().into_iter().chain(bindings);
    told.map(|(key, word)| (key.label(app.lang), word.say(app.lang))).collect()
}

fn key_width((key, word): &(String, &str)) -> usize {
    text::width(key) + 1 + text::width(word)
}

/// The last binding, the one that leads away, is always told.
fn keys(app: &App, canvas: &mut Canvas) {
    let told = told_keys(app);
    let last = told.last().map_or(0, |told| key_width(told) + 2);
    let mut column = 1;
    for (at, told_of) in told.iter().enumerate() {
        let is_last = at + 1 == told.len();
        let reserved = if is_last { 0 } else { last };
        if column + key_width(told_of) + reserved > canvas.width() {
            continue;
        }
        column = canvas.write(column, 0, &told_of.0, canvas.theme.accent()) + 1;
        column = canvas.write(column, 0, told_of.1, canvas.theme.muted()) + 2;
    }
}

/// Cells of a line of a question.
const QUESTION: usize = 90;

/// What stands before a text field: the short word where the long one would leave it no room.
pub(super) fn prompt<'a>(long: &'a str, short: &'a str, width: usize) -> &'a str {
    if text::width(long) * 2 <= width { long } else { short }
}

/// The line in which the search is typed: the last but the keys.
pub(super) fn search(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let row = canvas.height().saturating_sub(2);
    let mut line = canvas.row(row);
    line.clear();
    line.fill(line.theme.bar());
    let long = Phrase::new("Tìm (không cần dấu): ", "Search (tones optional): ").say(app.lang);
    let word = prompt(long, Phrase::new("Tìm: ", "Search: ").say(app.lang), line.width());
    let column = line.write(1, 0, word, line.theme.accent());
    let room = line.width().saturating_sub(column + 1);
    let (text, cursor) = app.search.window(room);
    let end = line.write(column, 0, text, Style::new());
    understood(app, end + 2, &mut line);
    line.position(column + cursor, 0)
}

/// What was made of a search that is more than words, in the room behind it.
fn understood(app: &App, column: usize, line: &mut Canvas) {
    let room = line.width().saturating_sub(column + 1);
    let told = match app.typed_query() {
        None => return,
        Some(TypedQuery::Understood(query)) => (format!("= {}", query.written()), line.theme.muted()),
        Some(TypedQuery::Wrong(_, why)) => (why.replace('\n', " "), line.theme.words(Mood::Late)),
    };
    line.write(column, 0, &text::cut(&text::clean(&told.0), room), told.1);
}

/// The keys that answer a question stay together with what they do: no word is left alone on the last line.
fn unbroken(text: &str) -> String {
    let mut parts = text.split(" · ");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| format!("{text}\u{a0}· {}", part.replace(' ', "\u{a0}")))
}

pub(super) fn question(app: &App, question: &Question, canvas: &mut Canvas) -> Option<Position> {
    let text = text::clean(&question.text(app)).into_owned();
    let text = unbroken(&text);
    let width = canvas.width().saturating_sub(6).clamp(1, QUESTION);
    let most = usize::from(canvas.height()).saturating_sub(3).clamp(1, 6);
    let lines = text::wrap_to(&text, width, most);
    let widest = lines.iter().map(|line| text::width(line)).max().unwrap_or(0);
    // What is to be thrown away stays in sight below.
    let is_below = matches!(question, Question::Discard(_));
    let place = if is_below { WindowPlace::Top } else { WindowPlace::Bottom };
    let heading = question.heading().say(app.lang);
    let widest = widest.max(text::width(heading) + 4);
    let mut inside = window::open(canvas, place, heading, (widest + 2, lines.len()));
    for (row, line) in lines.iter().enumerate() {
        inside.write(1, row as u16, &line.replace('\u{a0}', " "), inside.theme.title());
    }
    about(app, question, lines.len() + 1, &mut inside);
    inside.position(1, 0)
}

/// What the question is about, where its window has taken the whole screen.
fn about(app: &App, question: &Question, top: usize, canvas: &mut Canvas) {
    let rows = usize::from(canvas.height()).saturating_sub(top);
    if rows == 0 {
        return;
    }
    let about = text::clean(&question.about(app)).into_owned();
    let room = canvas.width().saturating_sub(2).max(1);
    canvas.write_lines(1, top as u16, &text::wrap_to(&about, room, rows), canvas.theme.text());
}
