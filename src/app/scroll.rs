//! A place in a list, and the part of the list that is seen.

/// Which row of a list is chosen, and which is the first in sight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scroll {
    pub row: usize,
    pub first: usize,
}

/// The rows of a list, and the room that there is for them.
pub trait Heights {
    fn length(&self) -> usize;

    /// In lines of the screen.
    fn room(&self) -> usize;

    /// Lines of a row.
    fn height(&self, row: usize) -> usize;

    /// How many rows are in sight where this one is the first: one at least, if there is one.
    fn visible(&self, first: usize) -> usize {
        let mut room = self.room();
        let fits = |row: &usize| {
            let height = self.height(*row);
            let is_in_sight = *row == first || height <= room;
            room = room.saturating_sub(height);
            is_in_sight
        };
        (first..self.length()).take_while(fits).count()
    }

    /// The first row in sight where this one is the last that so many lines have room for.
    fn first_before(&self, last: usize, room: usize) -> usize {
        let mut room = room.saturating_sub(self.height(last));
        let fits = |row: &usize| {
            let height = self.height(*row);
            let is_in_sight = height <= room;
            room = room.saturating_sub(height);
            is_in_sight
        };
        (0..last).rev().take_while(fits).last().unwrap_or(last)
    }
}

/// A list of so many lines, of which so many are in sight.
#[derive(Debug, Clone, Copy)]
pub struct ListLines {
    pub length: usize,
    pub visible: usize,
}

impl Heights for ListLines {
    fn length(&self) -> usize {
        self.length
    }

    fn room(&self) -> usize {
        self.visible.max(1)
    }

    fn height(&self, _: usize) -> usize {
        1
    }
}

impl Scroll {
    pub const TOP: Self = Self { row: 0, first: 0 };

    /// Puts the row into the list and the list around the row. It moves by half a page at a time, so that
    /// most steps move nothing but the mark.
    pub fn keep(&mut self, list: &impl Heights) {
        let Some(end) = list.length().checked_sub(1) else {
            *self = Self::default();
            return;
        };
        self.row = self.row.min(end);
        if self.row < self.first || self.row >= self.first + list.visible(self.first) {
            self.first = list.first_before(self.row, list.room().div_ceil(2));
        }
        // No line stays empty that a row before could have.
        self.first = self.first.min(list.first_before(end, list.room()));
    }

    pub fn step(&mut self, step: Step, list: &impl Heights) {
        let page = || list.visible(self.first).saturating_sub(1).max(1);
        self.row = match step {
            Step::Up => self.row.saturating_sub(1),
            Step::Down => self.row + 1,
            Step::PageUp => self.row.saturating_sub(page()),
            Step::PageDown => self.row + page(),
            Step::First => 0,
            Step::Last => list.length(),
        };
        self.keep(list);
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
            let list = ListLines { length, visible };
            let mut scroll = Scroll::default();
            for step in
                [Step::Down, Step::PageDown, Step::Down, Step::Last, Step::Up, Step::PageUp, Step::First]
            {
                scroll.step(step, &list);
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
            scroll.step(Step::Down, &ListLines { length: 100, visible: 10 });
            moves += usize::from(first != scroll.first);
        }
        assert!(moves <= 99 / 4, "{moves} scrolls");
    }
}
