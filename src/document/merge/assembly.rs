//! A merged text put together: the tasks in their order, each as one side has it or as both have changed it, with the
//! comments of both between them.

use std::collections::{HashMap, HashSet};

use super::super::layout::line_ending;
use super::super::lex::{Kind, Lexer};
use super::super::read;
use super::super::schema::{PLAN, TASK};
use super::super::tree::Value;
use super::super::write;
use super::others::{self, Others};
use super::pieces::{Comment, Cut, Key, Pieces, ends_in_line_comment};
use super::{Texts, opened, tokens};
use crate::plan::merge::{Three, merged};
use crate::plan::{Plan, TaskId};

/// The tasks that one has taken out while the other has changed something of them that only the text shows.
pub(super) fn touched(pieces: &Pieces, three: &Three) -> HashSet<TaskId> {
    let is_touched = |id: &&TaskId| match pieces.of_task(id) {
        [Some(base), Some(left), None] | [Some(base), None, Some(left)] => {
            tokens::differ(&base.text, &left.text)
        }
        _ => false,
    };
    three.base.tasks.iter().map(|task| &task.id).filter(is_touched).cloned().collect()
}

/// What a merged text is made of.
pub(super) struct Assembly<'a> {
    pub(super) pieces: &'a Pieces<'a>,
    pub(super) plan: &'a Plan,
    pub(super) others: &'a HashMap<TaskId, Others>,
}

impl Assembly<'_> {
    /// The text, the best one first. They have the tasks of the plan, in its order; what they say of them is
    /// nearly what they are to say.
    pub(super) fn texts(&self, texts: Texts) -> impl Iterator<Item = String> {
        let ours = &self.pieces.ours;
        let plain = (ours.head.to_owned(), ours.foot.to_owned());
        let frames = [self.frame(), plain, self.frame_of_house()];
        frames.into_iter().filter_map(move |(head, foot)| plan_others(self.text(&head, &foot), texts))
    }

    /// What stands around the tasks, as both have changed it.
    fn frame(&self) -> (String, String) {
        let Pieces { base, ours, theirs } = self.pieces;
        let [of_base, of_ours, of_theirs] = [base, ours, theirs].map(|cut| without_mark(cut.head));
        let mark = if of_ours.len() < ours.head.len() { "\u{FEFF}" } else { "" };
        let head = tokens::merged(of_base, of_ours, of_theirs);
        (format!("{mark}{head}"), tokens::merged(base.foot, ours.foot, theirs.foot))
    }

    fn frame_of_house(&self) -> (String, String) {
        let house = write::plan(&Plan { tasks: Vec::new(), ..self.plan.clone() });
        let (head, foot) = house.split_at(house.rfind(']').unwrap_or_default());
        (head.to_owned(), foot.to_owned())
    }

    fn text(&self, head: &str, foot: &str) -> String {
        let mut sheet = Sheet::begun_with(head);
        let runs = Runs::of(self.pieces, self.plan);
        for task in &self.plan.tasks {
            runs.write(Some(&task.id), &mut sheet);
            let [_, ours, theirs] = self.pieces.of_task(&task.id);
            if let Some(piece) = ours.or(theirs) {
                sheet.put(piece.space, &self.task(&task.id));
            }
        }
        runs.write(None, &mut sheet);
        let (space, rest) = foot.split_at(foot.len() - foot.trim_start().len());
        sheet.put(space, rest);
        sheet.text
    }

    /// The piece of a task. Where both have changed it, it must still be a task when their changes are in it.
    fn task(&self, id: &TaskId) -> String {
        let [base, ours, theirs] =
            self.pieces.of_task(id).map(|piece| piece.map(|piece| piece.text.as_str()));
        let (base, Some(ours), Some(theirs)) = (base.unwrap_or_default(), ours, theirs) else {
            return ours.or(theirs).unwrap_or_default().to_owned();
        };
        let candidates = [tokens::merged, tokens::ours].map(|merge| merge(base, ours, theirs));
        let candidates = candidates.into_iter().filter_map(|text| self.with_others(id, text));
        candidates.into_iter().find(|text| is_task(text)).unwrap_or_else(|| ours.to_owned())
    }

    fn with_others(&self, id: &TaskId, text: String) -> Option<String> {
        let Some(wanted) = self.others.get(id) else { return Some(text) };
        others::written_into(&text, &opened(&text)?, &TASK, wanted)
    }
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// Whether the text is one task, its comma, and nothing more.
fn is_task(text: &str) -> bool {
    let Some(value) = opened(text) else { return false };
    let mut behind = Lexer::new(text, value.end);
    let has_comma = behind.next_solid().is_some_and(|token| token.kind == Kind::Comma);
    has_comma && behind.next_solid().is_none() && read::task(&text[value.span()]).is_some()
}

/// The text with the unknown fields of the plan itself that it is to have.
fn plan_others(text: String, texts: Texts) -> Option<String> {
    let of = |text: &str| {
        Value::root(text, 1).and_then(|root| Some(others::others_in(text, root.fields()?, &PLAN)))
    };
    let [base, ours, theirs] = [of(texts.base)?, of(texts.ours)?, of(texts.theirs)?];
    if ours == theirs {
        return Some(text);
    }
    let wanted = others::merged(&base, &ours, &theirs).0;
    others::written_into(&text, &Value::root(&text, 1)?, &PLAN, &wanted)
}

/// A text that grows.
struct Sheet {
    text: String,
    eol: &'static str,
    /// It ends in a comment that goes on to the end of its line.
    is_open: bool,
}

impl Sheet {
    fn begun_with(head: &str) -> Self {
        Self { text: head.to_owned(), eol: line_ending(head), is_open: ends_in_line_comment(head) }
    }

    fn put(&mut self, space: &str, text: &str) {
        if self.is_open && !space.contains('\n') {
            self.text += self.eol;
        }
        self.text += space;
        self.text += text;
        self.is_open = ends_in_line_comment(text);
    }
}

/// The comments between the tasks, by the task that they stand before.
struct Runs<'a> {
    runs: HashMap<Option<TaskId>, Vec<&'a Comment<'a>>>,
}

impl<'a> Runs<'a> {
    fn of(pieces: &'a Pieces<'a>, plan: &Plan) -> Self {
        let kept: HashSet<&TaskId> = plan.tasks.iter().map(|task| &task.id).collect();
        let [base, ours, theirs] =
            [&pieces.base, &pieces.ours, &pieces.theirs].map(|cut| Side::of(cut, &kept));
        let place = |key: &Key| {
            let (before, ours, theirs) = (base.places.get(key), ours.places.get(key), theirs.places.get(key));
            let moved = ours.filter(|ours| theirs.is_none() || before != Some(ours));
            moved.or(theirs).cloned().flatten()
        };
        let mut runs: HashMap<_, Vec<_>> = HashMap::new();
        for key in merged(&base.keys, &theirs.keys, &ours.keys, |_| false) {
            let comment = ours.comments.get(&key).or_else(|| theirs.comments.get(&key));
            runs.entry(place(&key)).or_default().extend(comment);
        }
        Self { runs }
    }

    fn write(&self, before: Option<&TaskId>, sheet: &mut Sheet) {
        for comment in self.runs.get(&before.cloned()).into_iter().flatten() {
            sheet.put(comment.space, comment.text);
        }
    }
}

/// The comments of one text.
struct Side<'a> {
    keys: Vec<Key>,
    comments: HashMap<Key, &'a Comment<'a>>,
    /// The next task of the merged plan behind each.
    places: HashMap<Key, Option<TaskId>>,
}

impl<'a> Side<'a> {
    fn of(cut: &'a Cut<'a>, kept: &HashSet<&TaskId>) -> Self {
        let mut next: HashMap<&TaskId, Option<&TaskId>> = HashMap::new();
        let mut last = None;
        for id in cut.order.iter().rev() {
            last = if kept.contains(id) { Some(id) } else { last };
            next.insert(id, last);
        }
        let place = |comment: &Comment| comment.before.as_ref().and_then(|id| next[id]).cloned();
        Self {
            keys: cut.comments.iter().map(|it| it.key.clone()).collect(),
            comments: cut.comments.iter().map(|it| (it.key.clone(), it)).collect(),
            places: cut.comments.iter().map(|it| (it.key.clone(), place(it))).collect(),
        }
    }
}
