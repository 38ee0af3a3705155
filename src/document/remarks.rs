//! What is doubtful in a text that is a plan: what `ron` passes over in silence, and what no eye can see.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use super::lex::{Lexer, RonToken, TokenKind};
use super::schema::{Holds, PLAN, Schema};
use super::tree::{DEEPEST, Node, NodeBody};
use crate::text::{self, LineStarts, Place};
use crate::words::{Lang, Spoken, tr};

/// Something that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    pub place: Place,
    /// The name of the rule.
    pub rule: &'static str,
    /// One sentence, without the place.
    pub message: Spoken,
}

/// A struct has no such field.
fn unknown(field: &str, of: &Schema, lang: Lang) -> String {
    let names: Vec<_> = of.fields.iter().map(|field| field.name).collect();
    if let Some(meant) = text::nearest(field, names.iter().copied()) {
        return tr!(
            lang,
            "không có trường {field}; có phải là {meant}?",
            "there is no field {field}; did you mean {meant}?"
        );
    }
    let (of, names) = (of.name, names.join(", "));
    tr!(
        lang,
        "không có trường {field}; {of} có các trường {names}",
        "there is no field {field}; {of} has the fields {names}"
    )
}

fn repeated(field: &str, lang: Lang) -> String {
    tr!(
        lang,
        "trường {field} ghi nhiều lần; hãy giữ một",
        "the field {field} is there more than once; keep one"
    )
}

fn not_composed(field: &str, lang: Lang) -> String {
    tr!(
        lang,
        "{field}: chữ có dấu ở dạng tổ hợp (không phải NFC); hãy gõ lại hoặc chuyển sang Unicode dựng sẵn",
        "{field}: the text is not NFC, its tone marks stand apart from their letters; type it anew"
    )
}

/// Characters that cannot be seen, in the order in which they stand there, each once.
fn hidden(field: &str, found: &[(usize, char)], lang: Lang) -> String {
    let mut seen = HashSet::new();
    let each = found.iter().filter(|(_, c)| seen.insert(*c));
    let codes = each.map(|&(_, c)| format!("U+{:04X}", u32::from(c))).collect::<Vec<_>>().join(", ");
    tr!(
        lang,
        "{field}: có ký tự ẩn hoặc ký tự điều khiển {codes}; hãy xóa",
        "{field}: there are hidden or control characters, {codes}; delete them"
    )
}

/// All remarks on the text of a plan, in its order.
pub(super) fn remarks(text: &str, lines: &LineStarts) -> Vec<Remark> {
    let mut reader = RemarkReader { text, lines, remarks: Vec::new() };
    if let Some(body) = Node::root(text, DEEPEST).as_ref().and_then(Node::fields) {
        reader.structure(body, &PLAN);
    }
    reader.remarks.sort_by_key(|remark| remark.place);
    reader.remarks
}

struct RemarkReader<'a> {
    text: &'a str,
    lines: &'a LineStarts,
    remarks: Vec<Remark>,
}

impl RemarkReader<'_> {
    fn structure(&mut self, body: &NodeBody, schema: &'static Schema) {
        let mut seen = HashSet::new();
        for element in &body.elements {
            let Some(name) = element.name(self.text) else { continue };
            let field = schema.field(name);
            if !seen.insert(name) {
                self.remark(element.start(), "repeated-field", |lang| repeated(name, lang));
            } else if field.is_none() {
                self.remark(element.start(), "unknown-field", |lang| unknown(name, schema, lang));
            }
            match field.map(|field| field.holds) {
                Some(Holds::Structs(inner)) if element.value.list().is_some() => {
                    element.value.structs().for_each(|body| self.structure(body, inner));
                }
                _ => self.strings(name, &element.value),
            }
        }
    }

    fn strings(&mut self, field: &str, value: &Node) {
        let tokens = Lexer::new(self.text, value.start).take_while(|token| token.start < value.end);
        for string in tokens.filter(|token| token.kind == TokenKind::Text) {
            self.composed(field, string);
            self.hidden(field, string);
        }
    }

    fn composed(&mut self, field: &str, string: RonToken) {
        let text = &self.text[string.span()];
        if text::is_nfc(text) {
            return;
        }
        let differs = text.char_indices().zip(text.nfc()).find(|&((_, one), other)| one != other);
        let at = differs.map_or(0, |((at, _), _)| at);
        self.remark(string.start + at, "not-nfc", |lang| not_composed(field, lang));
    }

    fn hidden(&mut self, field: &str, string: RonToken) {
        let found = hidden_characters(&self.text[string.span()]);
        let Some(&(first, _)) = found.first() else { return };
        self.remark(string.start + first, "hidden-character", |lang| hidden(field, &found, lang));
    }

    fn remark(&mut self, at: usize, rule: &'static str, say: impl Fn(Lang) -> String) {
        let place = self.lines.place(self.text, at);
        self.remarks.push(Remark { place, rule, message: Spoken::of(say) });
    }
}

/// The characters of a string that cannot be seen, as themselves or as escapes, and where they stand.
fn hidden_characters(string: &str) -> Vec<(usize, char)> {
    let is_raw = string.starts_with('r') || string.starts_with("br");
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = string[at..].chars().next() {
        let rest = &string[at..];
        let (c, length) = match escape(rest).filter(|_| !is_raw) {
            Some(escape) => escape,
            None => (Some(c).filter(|_| !rest.starts_with("\r\n")), c.len_utf8()),
        };
        if let Some(c) = c.filter(|&c| text::is_hidden(c) && c != '\t') {
            found.push((at, c));
        }
        at += length;
    }
    found
}

/// The escape that a text begins with: the character it stands for, if it is one, and the length of the escape.
fn escape(rest: &str) -> Option<(Option<char>, usize)> {
    let rest = rest.strip_prefix('\\')?;
    let number = |digits: &str| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
    let c = rest.chars().next()?;
    Some(match c {
        '0' => (Some('\0'), 2),
        'r' => (Some('\r'), 2),
        // Of a character in several bytes each part looks like one of its own, and hides nothing.
        'x' => (rest.get(1..3).and_then(number).filter(char::is_ascii), 2),
        'u' => match rest.strip_prefix("u{").and_then(|rest| rest.split_once('}')) {
            Some((digits, _)) => (number(digits), digits.len() + 4),
            None => (None, 2),
        },
        _ => (None, 1 + c.len_utf8()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remarked(text: &str) -> Vec<(usize, usize, &'static str, String)> {
        let remarks = remarks(text, &LineStarts::of(text));
        let row = |it: Remark| (it.place.line, it.place.column, it.rule, it.message.en);
        remarks.into_iter().map(row).collect()
    }

    #[test]
    fn an_unknown_field_is_said_with_the_name_that_was_meant() {
        let text = "Plan(title: \"\", yaer: 1,\n tasks: [(tilte: \"\", mức: 1, mức: 2, history: [(by: \"\", why: 1)])])";
        let found = remarked(text);
        let rows: Vec<_> = found.iter().map(|it| (it.0, it.1, it.2)).collect();
        assert_eq!(
            rows,
            [
                (1, 17, "unknown-field"),
                (2, 11, "unknown-field"),
                (2, 22, "unknown-field"),
                (2, 30, "repeated-field"),
                (2, 57, "unknown-field"),
            ]
        );
        assert!(found[0].3.ends_with("did you mean year?"), "{}", found[0].3);
        assert!(found[1].3.ends_with("did you mean title?"), "{}", found[1].3);
    }

    #[test]
    fn what_cannot_be_seen_is_found_where_it_stands() {
        let text = "(title: \"a\u{202E}b\u{200B}\u{202E}\",\r\n number: r\"\\u{200b}\", issuer: \"x\\u{feff}\\\\u{200b}\\x1b\",\r\n x: [\"\r\n\ty\"])";
        let found = remarked(text);
        let hidden: Vec<_> = found.iter().filter(|it| it.2 == "hidden-character").collect();
        assert_eq!(hidden.len(), 2, "{hidden:?}");
        assert_eq!((hidden[0].0, hidden[0].1), (1, 11));
        assert!(hidden[0].3.contains("U+202E, U+200B;"), "{}", hidden[0].3);
        assert_eq!((hidden[1].0, hidden[1].1), (2, 33));
        assert!(hidden[1].3.contains("U+FEFF, U+001B;"), "{}", hidden[1].3);
    }

    #[test]
    fn marks_that_stand_apart_are_found() {
        let found = remarked("(title: \"Sở\", number: \"Sơ\u{309} Nội\")");
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].0, found[0].1, found[0].2), (1, 25, "not-nfc"));
    }
}
