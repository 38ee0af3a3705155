//! How far a task is along its steps, and how many have sent what it asks for, in as much room as there is.

use ratatui::style::Style;

use super::theme::{Mood, Theme};
use crate::app::App;
use crate::plan::roll::RollCall;
use crate::plan::steps::{MISSED, STEP, StepFigures};
use crate::plan::{Calendar, Column, Item, TaskStep, time};
use crate::words::{Lang, Phrase};

/// What a card says in a column, the longest first: `2/4 · mốc 30/04`. Nothing of work that is over.
pub(super) fn card_terms(app: &App, item: Item<'_>, column: Column, theme: Theme) -> Vec<String> {
    if Mood::of(item, app.calendar).is_over() {
        return Vec::new();
    }
    let figures = item.task.step_figures_in(column, item.plan.year, app.calendar.today);
    let steps = figures.map(|figures| terms(figures, theme, app.calendar, app.lang));
    with_roll(app, item, steps.unwrap_or_default())
}

/// What the strip says, where the step is named: `2/4 · mốc: dự thảo 30/04`.
pub(super) fn strip_terms(app: &App, item: Item<'_>, theme: Theme) -> Vec<String> {
    let today = app.calendar.today;
    let Some(figures) = item.task.step_figures(today) else { return with_roll(app, item, Vec::new()) };
    let count = format!("{}/{}", figures.done, figures.all);
    let late = |step: &TaskStep| format!("{} {}: {}", theme.late(), MISSED.say(app.lang), named(step, item));
    let next = |step: &TaskStep| format!("{}: {}", STEP.say(app.lang), named(step, item));
    let told = [figures.missed.map(late), figures.next.map(next)];
    let mut whole = vec![count];
    whole.extend(told.into_iter().flatten());
    let mut terms: Vec<String> =
        (2..=whole.len()).rev().map(|length| whole[..length].join(SEPARATOR)).collect();
    terms.extend(self::terms(figures, theme, app.calendar, app.lang));
    with_roll(app, item, terms)
}

/// The style of what the strip says of the steps.
pub(super) fn style(app: &App, item: Item<'_>, theme: Theme) -> Style {
    of_figures(item.task.step_figures(app.calendar.today), app.calendar, theme)
}

/// The same on a card.
pub(super) fn card_style(app: &App, item: Item<'_>, column: Column, theme: Theme) -> Style {
    let figures = item.task.step_figures_in(column, item.plan.year, app.calendar.today);
    of_figures(figures, app.calendar, theme)
}

/// A missed step is near to lateness, and is not counted as late.
fn of_figures(figures: Option<StepFigures<'_>>, calendar: Calendar, theme: Theme) -> Style {
    let is_pressing = |it: StepFigures<'_>| it.missed.is_some() || is_near(it.next, calendar);
    if figures.is_some_and(is_pressing) { theme.words(Mood::Soon) } else { theme.muted() }
}

/// The step that a list goes by, where it does not go by the deadline: `mốc: dự thảo`. Its day stands before it where
/// there is room for one.
pub(super) fn of_list(item: Item<'_>, calendar: Calendar, lang: Lang) -> Option<String> {
    let step = item.listed_step(calendar.today)?;
    Some(format!("{}: {}", STEP.say(lang), step.what))
}

/// All steps, one a line: `[x] dự thảo 30/04 · xong 28/04`.
pub(super) fn lines(app: &App, item: Item<'_>, theme: Theme) -> String {
    let line = |step: &TaskStep| {
        let mark = if step.done.is_some() { theme.check() } else { " " };
        let late =
            if step.is_missed(app.calendar.today) { format!("{} ", theme.late()) } else { String::new() };
        let told = step.told(app.calendar, item.plan.year, app.lang);
        let told = if told.is_empty() { told } else { format!("{SEPARATOR}{late}{told}") };
        format!("[{mark}] {}{told}", named(step, item))
    };
    item.task.steps.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// How many have sent it, and who has not: `14/32 · còn thiếu: Sở Y tế; Sở Tư pháp`.
pub(super) fn roll(app: &App, item: Item<'_>) -> Option<String> {
    let roll = app.roll_call(item)?;
    let [urged, aside] = roll.missing();
    let mut told = roll.figures();
    for (names, label) in [(urged, RollCall::MISSING), (aside, RollCall::NOT_URGED)] {
        if !names.is_empty() {
            told = format!("{told}{SEPARATOR}{}: {}", label.say(app.lang), names.join("; "));
        }
    }
    Some(told)
}

fn terms(figures: StepFigures<'_>, theme: Theme, calendar: Calendar, lang: Lang) -> Vec<String> {
    let count = format!("{}/{}", figures.done, figures.all);
    let day = |step: &TaskStep| step.by.map(time::write_short_date).unwrap_or_default();
    let told = match (figures.missed, figures.next) {
        (Some(step), _) => {
            let late = format!("{} {}", theme.late(), MISSED.say(lang));
            // That it was missed is said however little room there is.
            let whole = format!("{late} {}", day(step));
            return vec![format!("{count}{SEPARATOR}{whole}"), whole, late];
        }
        (None, Some(step)) if is_near(Some(step), calendar) => {
            let days = step.by.map_or(0, |by| (by - calendar.today).num_days());
            let (step, left) = (format!("{} {}", STEP.say(lang), day(step)), time::days_left(days, lang));
            vec![format!("{step} {left}"), format!("{} {step}", theme.soon())]
        }
        (None, Some(step)) if step.by.is_some() => vec![format!("{} {}", STEP.say(lang), day(step))],
        _ => Vec::new(),
    };
    let whole = told.iter().map(|told| format!("{count}{SEPARATOR}{told}"));
    whole.chain(told.iter().cloned()).chain([count.clone()]).collect()
}

fn is_near(step: Option<&TaskStep>, calendar: Calendar) -> bool {
    step.and_then(|step| step.by).is_some_and(|by| calendar.warns_of(by))
}

fn named(step: &TaskStep, item: Item<'_>) -> String {
    step.named(item.plan.year)
}

/// The terms with how many have sent what is asked for behind each, where that has room. The shortest gives way to the
/// others, which say more of the next step.
fn with_roll(app: &App, item: Item<'_>, terms: Vec<String>) -> Vec<String> {
    let Some(roll) = app.roll_call(item) else { return terms };
    let count = roll.figures();
    let told = format!("{} {count}", RECEIVED.say(app.lang));
    let longer = terms.len().saturating_sub(1).max(1);
    let with: Vec<String> =
        terms.iter().take(longer).map(|term| format!("{term}{SEPARATOR}{told}")).collect();
    if with.is_empty() { vec![told, count] } else { with.into_iter().chain(terms).collect() }
}

/// The word before how many have sent something.
const RECEIVED: Phrase = Phrase::new("nhận", "received");

const SEPARATOR: &str = " · ";
