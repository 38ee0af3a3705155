//! One task, large and whole: what it is, how it stands, who has it, and what was told of it last.

use ratatui::layout::Position;
use ratatui::style::Style;

use crate::app::App;
use crate::plan::{Field, Item, Progress, describe, time};
use crate::text;
use crate::view::canvas::Canvas;
use crate::view::theme::Mood;
use crate::view::wording::NOTHING;
use crate::words::{Phrase, tr};

/// Cells of the labels, where they have a column of their own.
const LABELS: usize = 22;

/// From so many cells on they have one.
const WITH_LABELS: usize = 60;

/// The edge of the task, and a blank.
const EDGE: usize = 2;

/// A fact of the task, in as many lines as it has.
struct SlideFact {
    label: &'static str,
    lines: Vec<String>,
    style: Style,
    /// What is more is the first to have room.
    weight: u8,
    /// Whether a blank line is wanted before it.
    begins: bool,
}

pub(super) fn draw(app: &App, canvas: &mut Canvas) -> Option<Position> {
    let item = app.selected()?;
    let (theme, mood) = (canvas.theme, Mood::of(item, app.calendar));
    let (width, height) = (canvas.width(), usize::from(canvas.height()));
    let title = text::clean(&item.task.title).into_owned();
    let room = width.saturating_sub(EDGE).max(1);
    let title = text::wrap_to(&title, room, height.saturating_sub(2).max(1));
    let facts = wrapped(facts_of(app, item, canvas), width);
    let air = Air::of(height, title.len(), &facts);
    let top = air.top(height, title.len(), &facts) as u16;
    let head = title.len() + air.below_state();
    canvas.rows(top..top + (1 + head).min(height) as u16).edge(theme.mark(), theme.sign_style(mood));
    state(app, item, &mut canvas.row(top));
    let first = top + 1 + air.below_state() as u16;
    for (row, line) in title.iter().enumerate() {
        canvas.write_found(EDGE, first + row as u16, line, theme.title(), &app.shown().needle);
    }
    let end = canvas.height();
    draw_facts(&facts, air, &mut canvas.rows((top + 1 + head as u16).min(end)..end));
    canvas.position(EDGE, first)
}

/// How much stays empty between the parts of a slide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Air {
    None,
    /// Between the groups of facts.
    Groups,
    /// And below the line of the state.
    State,
    /// Between all facts.
    Facts,
}

impl Air {
    /// The most that a slide has room for.
    fn of(height: usize, title: usize, facts: &[SlideFact]) -> Self {
        let all = [Self::Facts, Self::State, Self::Groups];
        all.into_iter().find(|air| air.lines(title, facts) <= height).unwrap_or(Self::None)
    }

    fn lines(self, title: usize, facts: &[SlideFact]) -> usize {
        let gaps: usize = facts.iter().map(|fact| self.before(fact)).sum();
        1 + self.below_state() + title + gaps + facts.iter().map(|fact| fact.lines.len()).sum::<usize>()
    }

    /// What a high window has to spare stands below more than above: the slide hangs, and does not lie on the ground.
    fn top(self, height: usize, title: usize, facts: &[SlideFact]) -> usize {
        height.saturating_sub(self.lines(title, facts)) / 4
    }

    fn below_state(self) -> usize {
        usize::from(self >= Self::State)
    }

    /// Empty lines before a fact.
    fn before(self, fact: &SlideFact) -> usize {
        usize::from(self == Self::Facts) + usize::from(fact.begins && self != Self::None)
    }
}

/// `III.2   ▲ Quá hạn 50 ngày   ● Đang thực hiện`
fn state(app: &App, item: Item<'_>, canvas: &mut Canvas) {
    let (theme, mood) = (canvas.theme, Mood::of(item, app.calendar));
    let no = text::clean(&item.task.no);
    let mut column = canvas.write(EDGE, 0, &text::cut(&no, canvas.width() / 3), theme.accent());
    if app.is_news(item) {
        column = canvas.write(column + 1, 0, theme.news(), theme.accent());
    }
    column += 3;
    let days = item.deadline().map_or(0, |day| (day - app.calendar.today).num_days());
    let told = time::days_left(days, app.lang);
    let status = item.task.status;
    let label = status.label().say(app.lang);
    if item.task.status.is_open() && item.deadline().is_some() {
        let sign = match mood {
            Mood::Late => theme.late(),
            Mood::Soon => theme.soon(),
            _ => "",
        };
        let sign = if sign.is_empty() { String::new() } else { format!("{sign} ") };
        let style = if mood == Mood::Todo { theme.text() } else { theme.words(mood) };
        column =
            canvas.write(column, 0, &format!("{sign}{}", text::capital(&told)), style.patch(theme.title()))
                + 3;
    }
    if column + text::width(label) + 2 <= canvas.width() {
        let column = canvas.write(column, 0, theme.sign(status), theme.sign_style(Mood::of_status(status)));
        canvas.write(column + 1, 0, label, theme.text());
    }
}

/// The facts that there is room for: each with a line at least before any has more, and the weightier first.
fn draw_facts(facts: &[SlideFact], air: Air, canvas: &mut Canvas) {
    let lines = shared(facts, usize::from(canvas.height()));
    let mut row = 0;
    for (fact, lines) in facts.iter().zip(lines).filter(|(_, lines)| *lines > 0) {
        row += air.before(fact) as u16;
        row = fact.draw(row, lines, canvas);
    }
}

/// How many lines each fact has of so many.
fn shared(facts: &[SlideFact], room: usize) -> Vec<usize> {
    let mut lines = vec![0; facts.len()];
    let mut order: Vec<usize> = (0..facts.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(facts[at].weight));
    let mut left = room;
    for &at in &order {
        lines[at] = left.min(1);
        left -= lines[at];
    }
    for &at in &order {
        let more = (facts[at].lines.len().saturating_sub(lines[at])).min(left);
        let more = if lines[at] == 0 { 0 } else { more };
        lines[at] += more;
        left -= more;
    }
    lines
}

impl SlideFact {
    fn new(label: Phrase, text: String, weight: u8, app: &App, style: Style) -> Self {
        Self { label: label.say(app.lang), lines: vec![text], style, weight, begins: false }
    }

    fn begins(self) -> Self {
        Self { begins: true, ..self }
    }

    /// Answers with the row behind it.
    fn draw(&self, row: u16, lines: usize, canvas: &mut Canvas) -> u16 {
        let (theme, width) = (canvas.theme, canvas.width());
        let column = column(width);
        if width >= WITH_LABELS {
            canvas.write(EDGE, row, self.label, theme.muted());
        }
        let whole = self.lines.join(" ");
        let shown = text::wrap_to(&whole, width.saturating_sub(column).max(1), lines);
        canvas.write_lines(column, row, &shown, self.style);
        row + lines as u16
    }
}

/// Where the facts themselves begin.
const fn column(width: usize) -> usize {
    if width >= WITH_LABELS { EDGE + LABELS } else { EDGE }
}

fn wrapped(facts: Vec<SlideFact>, width: usize) -> Vec<SlideFact> {
    let room = width.saturating_sub(column(width)).max(1);
    let wrap = |fact: SlideFact| {
        let text = fact.lines.join(" ");
        let text = if width >= WITH_LABELS { text } else { format!("{}: {text}", fact.label) };
        SlideFact { lines: text::wrap(&text, room).map(str::to_owned).collect(), ..fact }
    };
    facts.into_iter().map(wrap).collect()
}

fn facts_of(app: &App, item: Item<'_>, canvas: &Canvas) -> Vec<SlideFact> {
    let (theme, task) = (canvas.theme, item.task);
    let or_none = |text: String| if text.is_empty() { NOTHING.to_owned() } else { text };
    let clean = |text: &str| text::line(text).into_owned();
    let fact = |label, text, weight| SlideFact::new(label, text, weight, app, theme.text());
    let mut facts = vec![
        fact(Field::Due.label(), deadline(app, item), 9).begins(),
        fact(Field::Lead.label(), or_none(clean(&task.lead.join("; "))), 8),
        fact(Field::Officer.label(), or_none(clean(&task.officer)), 4),
    ];
    if !task.leader.is_empty() {
        facts.push(fact(Field::Leader.label(), clean(&task.leader), 3));
    }
    let last = task.last_progress();
    facts.push(fact(Field::Progress.label(), last.map_or_else(|| NOTHING.to_owned(), told), 7).begins());
    let prose = last.map(|line| [(Progress::STUCK, &line.stuck, 6), (Progress::ASK, &line.ask, 5)]);
    for (label, text, weight) in prose.into_iter().flatten().filter(|(_, text, _)| !text.is_empty()) {
        facts.push(fact(label, clean(text), weight));
    }
    if let Some(news) = app.news_of(item) {
        let label = Phrase::new("Vừa đổi", "Just changed");
        let news = format!("{} {}", theme.news(), clean(&news));
        facts.push(SlideFact::new(label, news, 10, app, theme.accent()).begins());
    }
    facts
}

/// The day, and where it was extended, the first one and how often.
fn deadline(app: &App, item: Item<'_>) -> String {
    let (task, year) = (item.task, item.plan.year);
    let Some(day) = item.deadline() else { return item.state(app.calendar).label().say(app.lang).to_owned() };
    let last = time::write_marked_date(day, app.lang);
    match task.first_deadline(year).filter(|first| *first != day) {
        Some(first) => {
            let (first, times) = (time::write_date(first), task.times_extended());
            tr!(
                app.lang,
                "{last}; hạn đầu {first}, gia hạn {times} lần",
                "{last}; first {first}, times extended: {times}"
            )
        }
        None => describe::deadline(task, year, day, app.lang),
    }
}

/// `Đã gửi dự thảo (Ban TĐKT, 07/06/2024)`
fn told(line: &Progress) -> String {
    let day = line.on.map(time::write_date);
    let source: Vec<String> =
        [Some(line.by.clone()), day].into_iter().flatten().filter(|it| !it.is_empty()).collect();
    let text = if line.text.is_empty() { NOTHING } else { &line.text };
    let source = if source.is_empty() { String::new() } else { format!(" ({})", source.join(", ")) };
    text::line(&format!("{text}{source}")).into_owned()
}
