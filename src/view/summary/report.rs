//! The classes of the official report as of the day, and the two rates with what they are rates of.

use super::{mood, sign};
use crate::app::App;
use crate::app::summary::ReportForm;
use crate::plan::summary::{Figures, Rate, ReportClass};
use crate::plan::{State, Status, time};
use crate::text;
use crate::view::canvas::Canvas;
use crate::view::theme::{Mood, Theme};
use crate::view::totals::DUE_SOON;
use crate::view::wording;
use crate::words::{Lang, Phrase, tr};

/// The column in which everything begins.
const LEFT: usize = 2;

/// Cells of a sign with the blank behind it.
const SIGN: usize = 3;

/// Cells of the longest bar.
const BAR: usize = 40;

/// A bar that is shorter than this compares nothing.
const LEAST_BAR: usize = 6;

/// Lines of the classes, with the day above them.
const CLASSES: u16 = 1 + ReportClass::ALL.len() as u16;

pub(super) fn draw(app: &App, form: ReportForm, canvas: &mut Canvas) {
    let (width, height) = (canvas.area.width, canvas.height());
    match form {
        ReportForm::Wide => {
            let half = width / 2;
            day(app, canvas);
            classes(app, &mut canvas.part(0, 0, half, CLASSES));
            rates(app, [3, 3], &mut canvas.part(half, 1, width - half, CLASSES - 1));
        }
        ReportForm::High => {
            day(app, canvas);
            classes(app, &mut canvas.part(0, 0, width, CLASSES));
            rates(app, [2, 2], &mut canvas.part(0, CLASSES, width, height - CLASSES));
        }
        ReportForm::Rates => {
            day(app, canvas);
            // What the second one is a rate of, its name says.
            rates(app, [2, 1], &mut canvas.part(0, 1, width, height - 1));
        }
        ReportForm::Line => line(app, canvas),
        ReportForm::None => {}
    }
}

/// `Số liệu tính đến ngày 20/05/2024 · gia hạn 3 việc, 5 lần`
fn day(app: &App, canvas: &mut Canvas) {
    let day = time::write_date(app.calendar.today);
    let told = tr!(app.lang, "Số liệu tính đến ngày {day}", "Figures as of {day}");
    let end = canvas.write(LEFT, 0, &told, canvas.theme.title());
    if let Some(extensions) = app.shown().figures.extensions_told(app.lang) {
        let room = canvas.width().saturating_sub(end + 1);
        canvas.write(end, 0, wording::fitting(&[format!(" · {extensions}")], room), canvas.theme.text());
    }
}

/// Day and rate, as much of them as there is room for.
fn line(app: &App, canvas: &mut Canvas) {
    let day = time::as_of(app.calendar.today, app.lang);
    let rate = app.shown().figures.completion().told(app.lang);
    let word = Status::Done.short().say(app.lang);
    let forms = [format!("{word} {rate} {day}"), format!("{rate} {day}"), rate];
    canvas.write(
        LEFT,
        0,
        wording::fitting(&forms, canvas.width().saturating_sub(LEFT + 1)),
        canvas.theme.title(),
    );
}

/// Sign, class, how many, and a bar; the longest one has all the room that there is.
fn classes(app: &App, canvas: &mut Canvas) {
    let figures = &app.shown().figures;
    let count = |class: &ReportClass| figures.in_class(Some(*class));
    let label = |class: &ReportClass| text::width(class.label().say(app.lang));
    let labels = ReportClass::ALL.iter().map(label).max().unwrap_or_default();
    let most = ReportClass::ALL.iter().map(count).max().unwrap_or_default().max(1);
    let end = LEFT + SIGN + labels + 2 + most.to_string().len();
    let cells = Some(BAR.min(canvas.width().saturating_sub(end + 3))).filter(|cells| *cells >= LEAST_BAR);
    let (full, _) = canvas.theme.bar_signs();
    for (class, row) in ReportClass::ALL.into_iter().zip(1..) {
        let (theme, count) = (canvas.theme, count(&class));
        let style = if count == 0 { theme.muted() } else { theme.text() };
        let sign_style = if count == 0 { style } else { theme.sign_style(mood(class)) };
        canvas.write(LEFT, row, &sign(class, theme), sign_style);
        canvas.write(LEFT + SIGN, row, class.label().say(app.lang), style);
        let style = if class == ReportClass::Overdue && count > 0 { theme.words(Mood::Late) } else { style };
        canvas.write_before(end, row, &count.to_string(), style);
        let length = (count * cells.unwrap_or(0)).div_ceil(most);
        let column = canvas.write(end + 2, row, &full.repeat(length), sign_style);
        let column = if length > 0 { column + 2 } else { column };
        let parts = parts(figures, class, theme, app.lang);
        let room = canvas.width().saturating_sub(column);
        let style = if class == ReportClass::InTime { theme.words(Mood::Soon) } else { theme.muted() };
        canvas.write(column, row, wording::fitting(&parts, room), style);
    }
}

/// What a class has within it, in words or by signs.
fn parts(figures: &Figures, class: ReportClass, theme: Theme, lang: Lang) -> Vec<String> {
    let aside = [(State::Paused, Status::Paused), (State::Dropped, Status::Dropped)];
    let parts: Vec<(&str, usize, &str)> = match class {
        ReportClass::InTime => vec![(theme.soon(), figures.due_soon(), DUE_SOON.say(lang))],
        ReportClass::Aside => aside
            .map(|(state, status)| (theme.sign(status), figures.in_state(state), status.short().say(lang)))
            .to_vec(),
        _ => Vec::new(),
    };
    let parts = parts.into_iter().filter(|(_, count, _)| *count > 0);
    let (words, signs): (Vec<String>, Vec<String>) = parts
        .map(|(sign, count, word)| (format!("{sign} {count} {word}"), format!("{sign} {count}")))
        .unzip();
    vec![words.join("  "), signs.join("  ")]
}

/// Both rates, each in so many lines.
fn rates(app: &App, lines: [u16; 2], canvas: &mut Canvas) {
    let (figures, width) = (app.shown().figures, canvas.area.width);
    let [first, second] = lines;
    rate(app, (Rate::OF_ALL, figures.completion(), &OF_ALL), &mut canvas.part(0, 0, width, first));
    rate(
        app,
        (Rate::OF_DUE, figures.completion_of_due(), &OF_DUE),
        &mut canvas.part(0, first, width, second),
    );
}

/// What it is called, how much it is, and what it is a rate of. The bar stands behind the figure.
fn rate(app: &App, (label, rate, bases): (Phrase, Rate, &[Phrase]), canvas: &mut Canvas) {
    let (theme, height) = (canvas.theme, canvas.height());
    let end = canvas.write(LEFT, 0, label.say(app.lang), theme.text());
    let (column, row) = if height > 2 { (LEFT, 1) } else { (end + 1, 0) };
    let end = canvas.write(column, row, &rate.told(app.lang), theme.title());
    if height > 1 {
        if rate.all > 0 {
            bar(rate, end + 2, row, canvas);
        }
        let bases: Vec<String> = bases.iter().map(|base| base.say(app.lang).to_owned()).collect();
        let base = wording::fitting(&bases, canvas.width().saturating_sub(LEFT + 1));
        canvas.write(LEFT, height - 1, base, theme.muted());
    }
}

/// How much of the whole the part is.
fn bar(rate: Rate, column: usize, row: u16, canvas: &mut Canvas) {
    let cells = BAR.min(canvas.width().saturating_sub(column + 1));
    let done = (rate.part * cells + rate.all / 2) / rate.all;
    let (full, empty) = canvas.theme.bar_signs();
    let end = canvas.write(column, row, &full.repeat(done), canvas.theme.sign_style(Mood::Done));
    canvas.write(end, row, &empty.repeat(cells - done), canvas.theme.rule());
}

/// What a rate is a rate of, the longest form first.
const OF_ALL: [Phrase; 3] = [
    Rate::BASE_OF_ALL,
    Phrase::new("trừ thường xuyên, tạm dừng, không thực hiện", "of all but ongoing work, on hold, withdrawn"),
    Phrase::new("trừ thường xuyên, tạm dừng, bỏ", "of all but ongoing and set aside"),
];
const OF_DUE: [Phrase; 2] =
    [Rate::BASE_OF_DUE, Phrase::new("trên những việc đã đến hạn", "of what has come due")];
