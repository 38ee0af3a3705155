//! A part of a whole, as a report tells it.

use crate::words::{Lang, Phrase};

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub part: usize,
    pub all: usize,
}

impl Rate {
    /// What stands where there is nothing of which a part could be told.
    const OF_NOTHING: &'static str = "–";

    /// The words over a column of it.
    pub const HEADING: Phrase = Phrase::new("tỷ lệ xong", "rate done");

    pub const OF_ALL: Phrase = Phrase::new("Tỷ lệ hoàn thành", "Rate of completion");
    pub const OF_DUE: Phrase =
        Phrase::new("Tỷ lệ hoàn thành nhiệm vụ đến hạn", "Rate of completion of work that is due");

    /// What each is a rate of.
    pub const BASE_OF_ALL: Phrase = Phrase::new(
        "trên tổng số việc, trừ việc thường xuyên, tạm dừng, không thực hiện",
        "of all tasks but ongoing work, what is on hold and what was withdrawn",
    );
    pub const BASE_OF_DUE: Phrase = Phrase::new(
        "trên những việc đã đến hạn, trừ việc tạm dừng, không thực hiện",
        "of the tasks whose deadline has come, but on hold and withdrawn",
    );

    /// `12/30 (40,0 %)`
    pub fn told(self, lang: Lang) -> String {
        match self.all {
            0 => Self::OF_NOTHING.to_owned(),
            all => format!("{}/{all} ({})", self.part, self.percent(lang)),
        }
    }

    /// `40,0 %`, to one place.
    pub fn percent(self, lang: Lang) -> String {
        let Some(tenths) = self.tenths() else { return Self::OF_NOTHING.to_owned() };
        let (whole, tenth) = (tenths / 10, tenths % 10);
        match lang {
            Lang::Vi => format!("{whole},{tenth} %"),
            Lang::En => format!("{whole}.{tenth}%"),
        }
    }

    /// Tenths of a percent. All is said only of all, and nothing only of nothing: 1 999 of 2 000 are not 100 %.
    fn tenths(self) -> Option<usize> {
        let rounded = (self.part * 2000 + self.all).checked_div(2 * self.all)?;
        Some(match (self.part, self.all) {
            (0, _) => 0,
            (part, all) if part == all => 1000,
            _ => rounded.clamp(1, 999),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_told_in_both_languages() {
        let rate = Rate { part: 12, all: 30 };
        assert_eq!(rate.told(Lang::Vi), "12/30 (40,0 %)");
        assert_eq!(rate.told(Lang::En), "12/30 (40.0%)");
    }

    #[test]
    fn a_rate_is_rounded_but_never_to_all_or_nothing() {
        let percent = |part, all| Rate { part, all }.percent(Lang::Vi);
        assert_eq!(percent(2, 3), "66,7 %");
        assert_eq!(percent(1, 8), "12,5 %");
        assert_eq!(percent(1, 2000), "0,1 %");
        assert_eq!(percent(1, 10_000), "0,1 %");
        assert_eq!(percent(1999, 2000), "99,9 %");
        assert_eq!(percent(9999, 10_000), "99,9 %");
        assert_eq!(percent(7, 7), "100,0 %");
        assert_eq!(percent(0, 7), "0,0 %");
    }

    #[test]
    fn of_nothing_there_is_no_rate() {
        let rate = Rate { part: 0, all: 0 };
        assert_eq!((rate.told(Lang::Vi).as_str(), rate.percent(Lang::En).as_str()), ("–", "–"));
    }
}
