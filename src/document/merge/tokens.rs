//! Parts of a text that two people have changed, merged token by token.

use std::collections::HashSet;

use super::super::layout::{as_block, words_of};
use super::super::lex::{Kind, Lexer, Token};
use crate::plan::merge::{Stretch, diff3};

/// Both changes, where they are in different places; where they are in one, ours and all of their new comments.
pub(super) fn merged(base: &str, ours: &str, theirs: &str) -> String {
    if ours == theirs || theirs == base {
        return ours.to_owned();
    }
    if ours == base {
        return theirs.to_owned();
    }
    let [base, ours, theirs] = [base, ours, theirs].map(tokens);
    let stretches = diff3(&base, &ours, &theirs).into_iter();
    let text = stretches.map(|stretch| match stretch {
        Stretch::Agreed(tokens) => tokens.concat(),
        Stretch::Clash { base, ours, theirs } => {
            let text = ours.concat();
            new_comments(&[base, ours].concat(), theirs) + &text
        }
    });
    text.collect()
}

/// Ours with their new comments in front.
pub(super) fn ours(base: &str, ours: &str, theirs: &str) -> String {
    new_comments(&[tokens(base), tokens(ours)].concat(), &tokens(theirs)) + ours
}

fn new_comments(known: &[&str], theirs: &[&str]) -> String {
    let known: HashSet<_> = known.iter().filter(|it| is_comment(it)).map(|it| words_of(it)).collect();
    let new = theirs.iter().filter(|it| is_comment(it) && !known.contains(&words_of(it)));
    new.map(|comment| as_block(comment) + " ").collect()
}

fn is_comment(token: &str) -> bool {
    token.starts_with("//") || token.starts_with("/*")
}

fn tokens(text: &str) -> Vec<&str> {
    Lexer::new(text, 0).map(|token| &text[token.span()]).collect()
}

/// Whether two texts differ in more than white space.
pub(super) fn differ(one: &str, other: &str) -> bool {
    let solid = |text| Lexer::new(text, 0).filter(|token: &Token| token.kind != Kind::Space);
    one != other && !solid(one).map(|it| &one[it.span()]).eq(solid(other).map(|it| &other[it.span()]))
}
