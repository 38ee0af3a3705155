//! The words before a time: `chậm nhất trước ngày`, `17 giờ 00, thứ Sáu, ngày`, `trong`.

use chrono::Weekday;

use super::item::TimeRole;
use super::pattern::PatternCursor;
use super::token::{Token, is_one_of};

/// What the words before a time say of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lead {
    pub(super) role: TimeRole,
    /// `trước`, which is clear of a day only.
    pub(super) is_before: bool,
    /// `ngày`.
    pub(super) is_day: bool,
    pub(super) has_words: bool,
    pub(super) weekday: Option<Weekday>,
}

/// What the words make of the time. "Báo cáo quý II" may be about the quarter, and is then due after it.
const PHRASES: [(TimeRole, &str); 4] = [
    (
        TimeRole::Limit,
        "truoc;cham|muon|tre nhat;khong qua;hoan thanh;ket thuc;xong;han chot|cuoi;han;thoi han;het;by",
    ),
    (TimeRole::Within, "trong|vao|den|in"),
    (TimeRole::Plain, "ngay;thuc hien;trien khai;du kien;khoang;thoi gian;la|ca|whole"),
    (
        TimeRole::Report,
        "so|tong ket;bao cao >trong|vao|truoc|den|xong|cham|muon|het;to chuc;ban hanh;trinh|gui|nop",
    ),
];

/// The hour says nothing of the day: `17 giờ 00 ngày`, `8h30,`, `16:30 ngày`.
const CLOCK_TIME: &str = "# gio|h|g # phut|p;# gio|h|g # >ngay|,|W;# : #;# gio|h|g";

/// Words that may stand in a time, so that they are no letters of a document's number.
pub(super) fn is_of_time(word: &str) -> bool {
    let mut phrases = PHRASES.iter().flat_map(|(_, phrases)| phrases.split(';'));
    is_one_of("quy|thang|nam|tuan|cuoi|dau", word)
        || phrases.any(|phrase| is_one_of(phrase.split(' ').next().unwrap_or_default(), word))
}

/// Whether words stand here that make what follows the last day there is.
pub(super) fn begins_limit(text: PatternCursor<'_>) -> bool {
    phrase(text).is_some_and(|(role, _)| role == TimeRole::Limit) && !text.begins("het")
}

/// What a phrase at the head of the text makes of a time, and its length.
fn phrase(text: PatternCursor<'_>) -> Option<(TimeRole, usize)> {
    if !matches!(text.tokens, [] | [Token::Word(_), ..]) {
        return None;
    }
    PHRASES.iter().find_map(|(role, phrases)| Some((*role, text.find(phrases)?.length)))
}

impl Lead {
    /// Takes in what the head of the text says, if it is words before a time.
    pub(super) fn take(&mut self, text: &mut PatternCursor<'_>) -> bool {
        if text.begins("ngay mai|kia|mot") {
            return false;
        }
        let here = text.tokens.first();
        if text.eat("W >ngay|#;W , >ngay|#") {
            if let Some(Token::Weekday(weekday)) = here {
                self.weekday = Some(*weekday);
            }
        } else if let Some((role, length)) = phrase(*text) {
            self.role = self.role.max(role);
            text.skip(length);
            match here {
                Some(Token::Word("ngay")) => self.is_day = true,
                Some(Token::Word("truoc")) => self.is_before = true,
                Some(Token::Word("den" | "het")) => self.is_before = false,
                _ => {}
            }
        } else if text.eat(CLOCK_TIME) {
            text.eat(",");
        } else if !self.has_words || !text.eat(":") {
            return false;
        }
        self.has_words = true;
        true
    }
}
