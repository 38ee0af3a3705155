//! The words before a time: `chậm nhất trước ngày`, `17 giờ 00, thứ Sáu, ngày`, `trong`.

use chrono::Weekday;

use super::item::Role;
use super::token::Token;

/// What the words before a time say of it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lead {
    pub(super) role: Role,
    /// `trước`, which is clear of a day only.
    pub(super) is_before: bool,
    /// `ngày`.
    pub(super) is_day: bool,
    pub(super) has_words: bool,
    pub(super) weekday: Option<Weekday>,
}

type Words = &'static [&'static str];

const PHRASES: [(Words, Role); 35] = [
    (&["truoc"], Role::Limit),
    (&["cham", "nhat"], Role::Limit),
    (&["muon", "nhat"], Role::Limit),
    (&["tre", "nhat"], Role::Limit),
    (&["khong", "qua"], Role::Limit),
    (&["hoan", "thanh"], Role::Limit),
    (&["ket", "thuc"], Role::Limit),
    (&["xong"], Role::Limit),
    (&["han", "chot"], Role::Limit),
    (&["han", "cuoi"], Role::Limit),
    (&["han"], Role::Limit),
    (&["thoi", "han"], Role::Limit),
    (&["het"], Role::Limit),
    (&["by"], Role::Limit),
    (&["trong"], Role::Within),
    (&["vao"], Role::Within),
    (&["den"], Role::Within),
    (&["in"], Role::Within),
    (&["ngay"], Role::Plain),
    (&["thuc", "hien"], Role::Plain),
    (&["trien", "khai"], Role::Plain),
    (&["du", "kien"], Role::Plain),
    (&["khoang"], Role::Plain),
    (&["thoi", "gian"], Role::Plain),
    (&["la"], Role::Plain),
    (&["ca"], Role::Plain),
    (&["whole"], Role::Plain),
    (&["so", "ket"], Role::Report),
    (&["tong", "ket"], Role::Report),
    (&["bao", "cao"], Role::Report),
    (&["to", "chuc"], Role::Report),
    (&["ban", "hanh"], Role::Report),
    (&["trinh"], Role::Report),
    (&["gui"], Role::Report),
    (&["nop"], Role::Report),
];

/// Words that may stand in a time, so that they are no letters of a document's number.
pub(super) fn is_of_time(word: &str) -> bool {
    const UNITS: [&str; 6] = ["quy", "thang", "nam", "tuan", "cuoi", "dau"];
    UNITS.contains(&word) || PHRASES.iter().any(|(words, _)| words[0] == word)
}

pub(super) fn is_phrase(tokens: &[Token<'_>], words: &[&str]) -> bool {
    tokens.len() == words.len() && tokens.iter().zip(words).all(|(token, word)| *token == Token::Word(word))
}

pub(super) fn begins(tokens: &[Token<'_>], words: &[&str]) -> bool {
    tokens.get(..words.len()).is_some_and(|tokens| is_phrase(tokens, words))
}

/// Whether words stand here that make what follows the last day there is.
pub(super) fn begins_limit(tokens: &[Token<'_>]) -> bool {
    phrase(tokens).is_some_and(|(words, role)| role == Role::Limit && words != ["het"])
}

fn phrase(tokens: &[Token<'_>]) -> Option<(Words, Role)> {
    PHRASES.into_iter().find(|(words, _)| begins(tokens, words))
}

impl Lead {
    /// Takes in what the head of the text says, if it is words before a time. Answers how many tokens those are.
    pub(super) fn take(&mut self, tokens: &[Token<'_>]) -> Option<usize> {
        use Token::{Mark, Word};
        let taken = match tokens {
            [Word("ngay"), Word("mai" | "kia" | "mot"), ..] => return None,
            // "Báo cáo quý II" may be about the quarter, and is then due after it.
            [Word("bao"), Word("cao"), next, ..] if !is_preposition(next) => return None,
            [Mark(':'), ..] if self.has_words => 1,
            [Token::Weekday(weekday), rest @ ..] => {
                let taken = 1 + usize::from(rest.first() == Some(&Mark(',')));
                if !matches!(tokens.get(taken)?, Word("ngay") | Token::Number(_)) {
                    return None;
                }
                self.weekday = Some(*weekday);
                taken
            }
            _ => match phrase(tokens) {
                Some((words, role)) => self.enter(words, role),
                None => clock_time(tokens)?,
            },
        };
        self.has_words = true;
        Some(taken)
    }

    fn enter(&mut self, words: Words, role: Role) -> usize {
        self.role = self.role.max(role);
        self.is_day |= words == ["ngay"];
        self.is_before = match words {
            ["truoc"] => true,
            ["den" | "het"] => false,
            _ => self.is_before,
        };
        words.len()
    }
}

fn is_preposition(token: &Token<'_>) -> bool {
    matches!(token, Token::Word("trong" | "vao" | "truoc" | "den" | "xong" | "cham" | "muon" | "het"))
}

/// The hour says nothing of the day: `17 giờ 00 ngày`, `8h30,`, `16:30 ngày`.
fn clock_time(tokens: &[Token<'_>]) -> Option<usize> {
    use Token::{Mark, Number, Word};
    let taken = match tokens {
        [Number(_), Word("gio" | "h" | "g"), Number(_), Word("phut" | "p"), ..] => 4,
        [Number(_), Word("gio" | "h" | "g"), Number(_), Word("ngay") | Mark(',') | Token::Weekday(_), ..]
        | [Number(_), Mark(':'), Number(_), ..] => 3,
        [Number(_), Word("gio" | "h" | "g"), ..] => 2,
        _ => return None,
    };
    Some(taken + usize::from(tokens.get(taken) == Some(&Mark(','))))
}
