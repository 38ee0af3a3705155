//! A place in a list, and the part of the list that is seen.

/// Which row of a list is chosen, and which is the first in sight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scroll {
    pub row: usize,
    pub first: usize,
}

impl Scroll {
    /// Puts the row into the list and the list around the row. It moves by half a page at a time, so that
    /// most steps move nothing but the mark.
    pub fn keep(&mut self, length: usize, visible: usize) {
        let visible = visible.max(1);
        self.row = self.row.min(length.saturating_sub(1));
        let half = visible / 2;
        if self.row < self.first {
            self.first = (self.row + 1).saturating_sub(half.max(1));
        } else if self.row >= self.first + visible {
            self.first = (self.row + half + 1).saturating_sub(visible);
        }
        self.first = self.first.min(length.saturating_sub(visible));
    }

    pub fn step(&mut self, step: Step, length: usize, visible: usize) {
        let page = visible.saturating_sub(1).max(1);
        self.row = match step {
            Step::Up => self.row.saturating_sub(1),
            Step::Down => self.row + 1,
            Step::PageUp => self.row.saturating_sub(page),
            Step::PageDown => self.row + page,
            Step::First => 0,
            Step::Last => length,
        };
        self.keep(length, visible);
    }
}

/// A way along a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Up,
    Down,
    PageUp,
    PageDown,
    First,
    Last,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_row_is_always_in_sight() {
        for (length, visible) in [(0, 0), (0, 5), (1, 1), (7, 1), (7, 2), (7, 3), (100, 10), (10, 100)] {
            let mut scroll = Scroll::default();
            for step in
                [Step::Down, Step::PageDown, Step::Down, Step::Last, Step::Up, Step::PageUp, Step::First]
            {
                scroll.step(step, length, visible);
                assert!(length == 0 || scroll.row < length);
                assert!(scroll.first <= scroll.row);
                assert!(scroll.row < scroll.first + visible.max(1));
            }
        }
    }

    #[test]
    fn a_list_scrolls_by_half_a_page() {
        let mut scroll = Scroll::default();
        let mut moves = 0;
        for _ in 0..99 {
            let first = scroll.first;
            scroll.step(Step::Down, 100, 10);
            moves += usize::from(first != scroll.first);
        }
        assert!(moves <= 99 / 4, "{moves} scrolls");
    }
}
