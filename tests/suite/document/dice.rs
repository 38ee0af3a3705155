//! Choices read off a row of bytes: what has no bytes left to choose by takes the plainest choice.

pub(super) struct Dice<'a> {
    rolls: &'a [u8],
}

impl<'a> Dice<'a> {
    pub(super) const fn new(rolls: &'a [u8]) -> Self {
        Self { rolls }
    }

    /// Less than `sides`; 0 is the plainest.
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        let Some((&first, rest)) = self.rolls.split_first() else { return 0 };
        self.rolls = rest;
        usize::from(first) % sides
    }

    /// Once in so many.
    pub(super) fn once_in(&mut self, times: usize) -> bool {
        self.roll(times) + 1 == times
    }

    pub(super) fn pick<'b, T>(&mut self, choices: &'b [T]) -> &'b T {
        &choices[self.roll(choices.len())]
    }

    pub(super) fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in 1..things.len() {
            let other = at - self.roll(at + 1);
            things.swap(at, other);
        }
    }
}
