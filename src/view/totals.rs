//! What the tasks that are shown come to, in one line: what is late first, and it is the last to go.

use super::bars;
use super::canvas::{Canvas, StyledText, pieces_width};
use super::states;
use super::theme::{Mood, Theme};
use crate::app::App;
use crate::plan::summary::Figures;
use crate::plan::{State, Status};
use crate::text;
use crate::words::{Lang, Phrase};

/// Cells that what narrows the tasks has a right to before any count.
const FILTER: usize = 20;

/// What is due today or within the days of warning.
pub(super) const DUE_SOON: Phrase = Phrase::new("sắp hạn", "due soon");

/// How much is said of each count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Words,
    /// Words for what is late or near, signs for the rest.
    Signs,
    /// Signs for all.
    Close,
}

/// Cells of the bar before the counts, and the form of the counts, the best first.
const FORMS: [(usize, Form); 8] = [
    (30, Form::Words),
    (20, Form::Words),
    (20, Form::Signs),
    (12, Form::Signs),
    (12, Form::Close),
    (0, Form::Words),
    (0, Form::Signs),
    (0, Form::Close),
];

/// Each task is counted once. The badges stand at the end of the line.
pub(super) fn draw(app: &App, badges: &[String], canvas: &mut Canvas) {
    let (theme, width) = (canvas.theme, canvas.width());
    let counts = Counts { figures: app.shown().figures, all: app.shown().all };
    let badge = if badges.is_empty() { 0 } else { text::width(&bars::badge_text(badges)) + 1 };
    let rooms = [badge, badge.min(FILTER + 1)].map(|badge| width.saturating_sub(badge + 1));
    let tries = rooms.into_iter().flat_map(|room| FORMS.map(|form| (room, form)));
    let fits = |(room, (bar, form)): &(usize, (usize, Form))| {
        let before = if *bar > 0 { bar + 3 } else { 1 };
        before + width_of(&counts.parts(theme, *form, app.lang)) <= *room
    };
    let (room, (bar, form)) = tries.clone().find(fits).unwrap_or((rooms[1], (0, Form::Close)));
    let mut column = 1;
    if bar > 0 {
        states::draw(&counts.figures, column, 1, bar, canvas);
        column += bar + 2;
    }
    let end = write(&counts.parts(theme, form, app.lang), column, room, 1, canvas);
    if !badges.is_empty() {
        bars::badge(badges, width.saturating_sub(end + 2), 1, canvas);
    }
}

/// What is late and what is near, by sign, at the beginning of a row. Answers with the column behind it.
pub(super) fn late(app: &App, row: u16, canvas: &mut Canvas) -> usize {
    let counts = Counts { figures: app.shown().figures, all: app.shown().all };
    let parts = counts.alarms(canvas.theme, Form::Close, app.lang);
    let room = canvas.width();
    write(&parts, 1, room, row, canvas) + 1
}

/// The cells of groups with two blanks between them.
fn width_of(groups: &[Vec<StyledText>]) -> usize {
    groups.iter().map(|group| pieces_width(group) + 2).sum::<usize>().saturating_sub(2)
}

/// As many of the groups as there is room for. Answers with the column behind them.
fn write(groups: &[Vec<StyledText>], from: usize, room: usize, row: u16, canvas: &mut Canvas) -> usize {
    let mut end = from.saturating_sub(2);
    for group in groups {
        let column = if end < from { from } else { end + 2 };
        if column + pieces_width(group) > room {
            break;
        }
        end = canvas.write_all(column, row, group);
    }
    end
}

struct Counts {
    figures: Figures,
    /// How many tasks there are, shown or not.
    all: usize,
}

impl Counts {
    fn parts(&self, theme: Theme, form: Form, lang: Lang) -> Vec<Vec<StyledText>> {
        let mut parts = self.alarms(theme, form, lang);
        let shown = self.figures.total();
        let count = if shown == self.all { shown.to_string() } else { format!("{shown}/{}", self.all) };
        parts.push(vec![(format!("{count} {}", Figures::UNIT.say(lang)), theme.title())]);
        let mut statuses = Vec::new();
        for status in [Status::Done, Status::Doing, Status::Todo, Status::Paused, Status::Dropped] {
            let number = self.figures.with_status(status);
            if number == 0 && matches!(status, Status::Paused | Status::Dropped) {
                continue;
            }
            let sign = (theme.sign(status).to_owned(), theme.sign_style(Mood::of_status(status)));
            match form {
                Form::Words => {
                    let told = format!(" {number} {}", status.short().say(lang));
                    parts.push(vec![sign, (told, theme.text())]);
                }
                Form::Signs | Form::Close => {
                    let gap = if statuses.is_empty() { "" } else { " " };
                    statuses.extend([
                        (gap.to_owned(), theme.text()),
                        sign,
                        (number.to_string(), theme.text()),
                    ]);
                }
            }
        }
        parts.extend((!statuses.is_empty()).then_some(statuses));
        parts
    }

    /// What is late, and what will be soon; nothing where nothing is.
    fn alarms(&self, theme: Theme, form: Form, lang: Lang) -> Vec<Vec<StyledText>> {
        let late = State::Overdue.label().say(lang).to_lowercase();
        let soon = DUE_SOON.say(lang);
        let counts = [
            (theme.late(), self.figures.overdue(), late.as_str(), Mood::Late),
            (theme.soon(), self.figures.due_soon(), soon, Mood::Soon),
        ];
        let told = counts.into_iter().filter(|(_, number, ..)| *number > 0);
        let parts = told.map(|(sign, number, word, mood)| {
            let told = match form {
                Form::Close => number.to_string(),
                Form::Words | Form::Signs => format!(" {number} {word}"),
            };
            vec![(sign.to_owned(), theme.sign_style(mood)), (told, theme.words(mood))]
        });
        parts.collect()
    }
}
