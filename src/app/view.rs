//! The views that the user goes between. A new one is a file beside this, a file in `view/`, and a line in [`ALL`].

use super::keymap::Mode;
use super::scroll::{Scroll, Step};
use super::{App, board, deadlines, meeting, plans, summary};

/// What a view keeps while another is looked at, and what the keys do in it.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// Which it is, for the keys and for those who draw.
    pub mode: Mode,
    /// The chosen line and the first in sight. On the board each column has its own: see [`super::cursor::Cursor`].
    pub scroll: Scroll,
    pub(super) enter: fn(&mut App),
    pub(super) step: fn(&mut App, Step),
    /// Puts the cursor back on its task after whatever has happened.
    pub(super) clamp: fn(&mut App),
}

pub(super) const ALL: [View; 6] =
    [board::VIEW, deadlines::VIEW, deadlines::REVIEW, summary::VIEW, meeting::VIEW, plans::VIEW];

impl App {
    pub fn view(&self) -> &View {
        &self.views[self.view_at]
    }

    pub(super) fn view_mut(&mut self) -> &mut View {
        &mut self.views[self.view_at]
    }

    pub(super) fn is_in(&self, mode: Mode) -> bool {
        self.view().mode == mode
    }

    /// Puts a view in place of another. What was held in its place for the user is let go.
    pub(super) fn enter(&mut self, mode: Mode) {
        self.let_go();
        self.detail = None;
        self.go_to_view(mode);
        self.work_out();
        (self.view().enter)(self);
    }

    /// The views of one plan, in a round.
    pub(super) fn enter_next_view(&mut self) {
        let round: Vec<Mode> = ALL
            .iter()
            .map(|view| view.mode)
            .filter(|mode| !matches!(mode, Mode::Plans | Mode::Meeting))
            .collect();
        let here = round.iter().position(|mode| self.is_in(*mode)).unwrap_or_default();
        self.enter(round[(here + 1) % round.len()]);
    }

    pub(super) fn go_to_view(&mut self, mode: Mode) {
        let place = self.views.iter().position(|view| view.mode == mode);
        self.view_at = place.expect("what is entered is a view");
    }

    /// Puts every cursor back on its task after whatever has happened.
    pub(super) fn clamp_cursors(&mut self) {
        self.work_out();
        self.leave_the_gone();
        if self.open().is_some() {
            board::clamp(self);
        }
        (self.view().clamp)(self);
        self.leave_news();
    }

    /// Which of how many the chosen task is, in the column or the list that it is chosen in.
    pub fn place_in_view(&self) -> Option<(usize, usize)> {
        if self.is_in(Mode::Deadlines) || self.is_in(Mode::Review) {
            let (line, heads) = (self.view().scroll.row, self.due_heads());
            let before = heads.partition_point(|&head| head < line);
            let tasks = self.due_lines().len() - heads.len();
            return (tasks > 0).then(|| (line + 1 - before, tasks));
        }
        let lane = self.cursor.lane(self)?;
        let row = self.cursor.scroll(lane.column).row;
        (!lane.rows.is_empty()).then_some((row + 1, lane.rows.len()))
    }

    /// Lines of a list that stands between header and footer.
    pub(super) fn list_height(&self) -> usize {
        let rows = match self.open() {
            Some(_) => self.rows().body.len(),
            None => usize::from(self.size.height.saturating_sub(3)),
        };
        rows.max(1)
    }
}
