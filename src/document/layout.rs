//! Lines, indentation and the comments at the end of a line.

use super::lex::{ByteSpan, Lexer, TokenKind, is_space};

/// How the file ends its lines.
pub(super) fn line_ending(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Where the line begins that the place is on.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// The white space before the place, if there is nothing else on its line.
pub(super) fn indentation(text: &str, at: usize) -> Option<&str> {
    let before = &text[line_start(text, at)..at];
    before.chars().all(is_space).then_some(before)
}

/// The white space that the line of the place begins with.
pub(super) fn indentation_of_line(text: &str, at: usize) -> &str {
    let line = &text[line_start(text, at)..at];
    &line[..line.find(|c| !is_space(c)).unwrap_or(line.len())]
}

/// What stands on the rest of a line.
#[derive(Debug)]
pub(super) struct Tail {
    pub(super) comments: Vec<ByteSpan>,
    /// Behind the last of the comments, or where the tail begins.
    pub(super) end: usize,
    /// Where the next line begins. None if the line holds more than comments.
    pub(super) next_line: Option<usize>,
}

pub(super) fn tail(text: &str, from: usize) -> Tail {
    let mut tail = Tail { comments: Vec::new(), end: from, next_line: None };
    for token in Lexer::new(text, from) {
        let line_break = text[token.span()].find('\n');
        match (token.kind, line_break) {
            (TokenKind::Space, Some(at)) => {
                tail.next_line = Some(token.start + at + 1);
                break;
            }
            (TokenKind::Space, None) => {}
            (TokenKind::LineComment | TokenKind::BlockComment, None) => {
                tail.comments.push(token.span());
                tail.end = token.end;
            }
            _ => break,
        }
    }
    tail
}

/// The comments in a part of the text that begins and ends between tokens. None if it does not end so.
pub(super) fn comments(text: &str, part: ByteSpan) -> Option<Vec<ByteSpan>> {
    let mut comments = Vec::new();
    for token in Lexer::new(text, part.start) {
        let reaches_out = token.end > part.end && token.start < part.end;
        if token.kind == TokenKind::Unclosed || (reaches_out && token.kind != TokenKind::Space) {
            return None;
        }
        if token.start >= part.end {
            break;
        }
        if token.is_comment() {
            comments.push(token.span());
        }
    }
    Some(comments)
}

/// What a comment says, however it is written.
pub(super) fn words_of(comment: &str) -> String {
    let bare = match comment.strip_prefix("/*") {
        Some(block) => block.strip_suffix("*/").unwrap_or(block),
        None => comment.strip_prefix("//").unwrap_or(comment),
    };
    // Within a line comment these are no marks; within a block they would be.
    bare.trim_matches(is_space).replace("*/", "* /").replace("/*", "/ *")
}

/// The comment as one that may stand anywhere.
pub(super) fn as_block(comment: &str) -> String {
    match comment.strip_prefix("/*") {
        Some(_) => comment.to_owned(),
        None => format!("/* {} */", words_of(comment)),
    }
}
