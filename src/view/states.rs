//! The thin bar of states: how far a plan or a quarter is, in one line.

use super::canvas::Canvas;
use super::theme::Mood;
use crate::plan::Status;
use crate::plan::summary::Figures;

/// Draws the bar into so many cells of a row. What was withdrawn has no part in it; a state that there is has one cell
/// at least, as long as there is room.
pub(super) fn draw(figures: &Figures, column: usize, row: u16, cells: usize, canvas: &mut Canvas) {
    let (full, _) = canvas.theme.bar_signs();
    draw_as(|_| full, figures, column, row, cells, canvas);
}

/// The same where no counts stand beside it: what is done is a double line, what is late has its sign.
pub(super) fn draw_told(figures: &Figures, column: usize, row: u16, cells: usize, canvas: &mut Canvas) {
    let ((full, empty), late) = (canvas.theme.bar_signs(), canvas.theme.late());
    let sign = |mood| match mood {
        Mood::Done => full,
        Mood::Late => late,
        _ => empty,
    };
    draw_as(sign, figures, column, row, cells, canvas);
}

fn draw_as(
    sign: impl Fn(Mood) -> &'static str,
    figures: &Figures,
    column: usize,
    row: u16,
    cells: usize,
    canvas: &mut Canvas,
) {
    let (_, empty) = canvas.theme.bar_signs();
    let mut at = column;
    for (mood, length) in parts(figures, cells) {
        at = canvas.write(at, row, &sign(mood).repeat(length), canvas.theme.sign_style(mood));
    }
    canvas.write(at, row, &empty.repeat((column + cells).saturating_sub(at)), canvas.theme.rule());
}

/// The cells of each state but of what was not begun, from left to right.
fn parts(figures: &Figures, cells: usize) -> Vec<(Mood, usize)> {
    let counts = [
        (Mood::Done, figures.done()),
        (Mood::Doing, figures.under_way()),
        (Mood::Paused, figures.with_status(Status::Paused)),
        (Mood::Soon, figures.due_soon()),
        (Mood::Late, figures.overdue()),
    ];
    let all = figures.counted().max(1);
    let mut left = cells;
    let mut parts = Vec::new();
    for (mood, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        let length = ((count * cells + all / 2) / all).max(1).min(left);
        left -= length;
        parts.push((mood, length));
    }
    parts
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::plan::{Calendar, Quarter, Quarters, Task};

    fn figures(statuses: &[(Status, usize)]) -> Figures {
        let quarters: Quarters = [Quarter::Q4].into_iter().collect();
        let tasks: Vec<Task> = statuses
            .iter()
            .flat_map(|&(status, count)| {
                (0..count).map(move |_| Task { quarters, status, ..Task::default() })
            })
            .collect();
        let calendar = Calendar::new(NaiveDate::from_ymd_opt(2024, 5, 20).unwrap());
        Figures::of(tasks.iter().map(|task| (task, 2024)), calendar)
    }

    #[test]
    fn each_state_has_its_share_and_all_of_them_are_seen() {
        let half = figures(&[(Status::Done, 5), (Status::Todo, 5)]);
        assert_eq!(parts(&half, 20), [(Mood::Done, 10)]);
        let one = figures(&[(Status::Done, 1), (Status::Doing, 1), (Status::Todo, 998)]);
        assert_eq!(parts(&one, 10), [(Mood::Done, 1), (Mood::Doing, 1)]);
        let withdrawn = figures(&[(Status::Done, 1), (Status::Dropped, 99)]);
        assert_eq!(parts(&withdrawn, 10), [(Mood::Done, 10)]);
        assert!(parts(&figures(&[]), 10).is_empty());
    }

    #[test]
    fn the_bar_is_never_longer_than_its_room() {
        for cells in 0..12 {
            let all = figures(&Status::ALL.map(|status| (status, 7)));
            assert!(parts(&all, cells).iter().map(|(_, length)| length).sum::<usize>() <= cells);
        }
    }
}
