//! A plan's text cut into its tasks and the comments between them.

use std::collections::HashMap;

use super::super::Document;
use super::super::layout::{tail, words_of};
use super::super::lex::{Kind, Lexer};
use super::super::tree::Element;
use crate::plan::merge::Three;
use crate::plan::{Plan, TaskId};

/// The text of a plan: head, pieces and foot are all of it.
#[derive(Debug)]
pub(super) struct Cut<'a> {
    /// Up to behind the bracket that opens the tasks.
    pub(super) head: &'a str,
    pub(super) comments: Vec<Comment<'a>>,
    pub(super) tasks: HashMap<TaskId, Piece<'a>>,
    /// The tasks as they stand.
    pub(super) order: Vec<TaskId>,
    /// What stands behind the last task or comment.
    pub(super) foot: &'a str,
}

/// A comment that is no task's.
#[derive(Debug, Clone)]
pub(super) struct Comment<'a> {
    pub(super) key: Key,
    /// The task that it stands before, or the end of the list.
    pub(super) before: Option<TaskId>,
    pub(super) space: &'a str,
    pub(super) text: &'a str,
}

/// What a comment says, and which of those it is that say the same.
pub(super) type Key = (String, usize);

/// A task with its comma and the comments behind it on its line.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    pub(super) space: &'a str,
    pub(super) text: String,
}

#[derive(Debug)]
pub(super) struct Pieces<'a> {
    pub(super) base: Cut<'a>,
    pub(super) ours: Cut<'a>,
    pub(super) theirs: Cut<'a>,
}

impl<'a> Pieces<'a> {
    /// None if one of the texts has no list of tasks.
    pub(super) fn of_all([base, ours, theirs]: [&'a Document; 3], three: &Three) -> Option<Self> {
        Some(Self {
            base: Cut::of(base, &three.base)?,
            ours: Cut::of(ours, &three.ours)?,
            theirs: Cut::of(theirs, &three.theirs)?,
        })
    }

    /// The piece of a task in each of the texts.
    pub(super) fn of_task(&self, id: &TaskId) -> [Option<&Piece<'a>>; 3] {
        [&self.base, &self.ours, &self.theirs].map(|cut| cut.tasks.get(id))
    }
}

impl<'a> Cut<'a> {
    /// The ids are those of the plan, for they may be others than in the text.
    fn of(document: &'a Document, plan: &Plan) -> Option<Self> {
        let text = document.text.as_str();
        let list = document.root()?.fields()?.field(text, "tasks")?.value.list()?;
        if list.elements.len() != plan.tasks.len() {
            return None;
        }
        let behind = tail(text, list.open + 1);
        let start = if behind.next_line.is_some() { behind.end } else { list.open + 1 };
        let order = plan.tasks.iter().map(|task| task.id.clone()).collect();
        let (comments, tasks) = (Vec::new(), HashMap::new());
        let cut = Self { head: &text[..start], comments, tasks, order, foot: "" };
        let mut cutter = Cutter { text, at: start, cut, counts: HashMap::new() };
        for (element, task) in list.elements.iter().zip(&plan.tasks) {
            cutter.task(element, &task.id);
        }
        cutter.comments(list.close, None);
        cutter.cut.foot = &text[cutter.at..];
        Some(cutter.cut)
    }
}

struct Cutter<'a> {
    text: &'a str,
    /// How far it has come.
    at: usize,
    cut: Cut<'a>,
    counts: HashMap<String, usize>,
}

impl Cutter<'_> {
    fn task(&mut self, element: &Element, id: &TaskId) {
        self.comments(element.start(), Some(id));
        let end = element.comma.map_or(element.value.end, |comma| comma + 1);
        let behind = tail(self.text, end);
        let end = if behind.next_line.is_some() { behind.end } else { end };
        let space = &self.text[self.at..element.start()];
        let mut text = self.text[element.start()..end].to_owned();
        if element.comma.is_none() {
            text.insert(element.value.end - element.start(), ',');
        }
        self.cut.tasks.insert(id.clone(), Piece { space, text });
        self.at = end;
    }

    /// Takes the comments up to a place. White space behind the last of them is left for what comes there.
    fn comments(&mut self, end: usize, before: Option<&TaskId>) {
        for token in Lexer::new(self.text, self.at).take_while(|token| token.start < end) {
            if !token.is_comment() {
                continue;
            }
            let text = &self.text[token.span()];
            let count = self.counts.entry(words_of(text)).or_default();
            *count += 1;
            let (key, space) = ((words_of(text), *count), &self.text[self.at..token.start]);
            self.cut.comments.push(Comment { key, before: before.cloned(), space, text });
            self.at = token.end;
        }
    }
}

/// Whether what is written behind this text has to begin a new line.
pub(super) fn ends_in_line_comment(text: &str) -> bool {
    Lexer::at_start_of(text).last().is_some_and(|token| token.kind == Kind::LineComment)
}
