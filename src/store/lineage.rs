//! Which saves a text has seen.
//!
//! The log is a graph: each save was made on a text, and that text was made by a save before it. What a text has seen is
//! its ancestors in this graph. That is never told by a clock: clocks go back, and two machines have two.

use std::collections::HashSet;
use std::collections::hash_map::{DefaultHasher, HashMap};
use std::hash::{Hash, Hasher};

use super::log::Line;
use crate::plan::{Change, Commit, Plan, Task, TaskId, Why};

/// The lines of a log, and which of them each has seen.
#[derive(Debug, Default)]
pub(super) struct Lineage {
    pub(super) lines: Vec<Line>,
    /// For each line.
    seen: Vec<SeenLines>,
    /// The lines from which a text with this digest comes.
    texts: HashMap<u64, Vec<usize>>,
    /// The first line that has a change.
    first: HashMap<u64, usize>,
}

/// What the text of a line has seen, besides that line itself.
#[derive(Debug)]
enum SeenLines {
    /// These lines, and what they have seen.
    Through(Vec<usize>),
    /// All lines before it but these.
    AllBut(HashSet<usize>),
}

impl Lineage {
    /// Oldest first.
    pub(super) fn of(lines: Vec<Line>) -> Self {
        let mut lineage = Self::default();
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, line) in lines.iter().enumerate() {
            let seen = lineage.seen_by(at, line, &places);
            lineage.seen.push(seen);
            lineage.texts.insert(line.text, vec![at]);
            for key in line.has().flat_map(keys) {
                places.entry(key).or_default().push(at);
                lineage.first.entry(key).or_insert(at);
            }
        }
        Self { lines, ..lineage }
    }

    /// Also learns where the text comes from that the line was made on.
    fn seen_by(&mut self, at: usize, line: &Line, places: &HashMap<u64, Vec<usize>>) -> SeenLines {
        let base = line.base.and_then(|base| self.texts.get(&base)).into_iter().flatten();
        let mut through: Vec<usize> = base.copied().collect();
        if let Some(from) = line.from {
            if let Some(known) = self.texts.get(&from) {
                through.extend(known);
            } else {
                // Earlier versions supposed that each line goes on from the one before it.
                let before = if line.is_whole.is_none() { at.checked_sub(1) } else { None };
                through.extend(before);
                self.texts.insert(from, through.clone());
            }
        }
        let places_of = |commit: &Commit| {
            keys(commit).filter_map(|key| places.get(&key)).flatten().copied().collect::<Vec<_>>()
        };
        match line.is_whole {
            Some(false) => SeenLines::Through(through),
            Some(true) => SeenLines::AllBut(HashSet::new()),
            None => SeenLines::AllBut(line.missing.iter().flat_map(places_of).collect()),
        }
    }

    /// What a text has seen: where a save has led to it, or has begun with it, the ancestors of that. A hand has made
    /// any other text from the last save that its histories tell of; then the digest of that text is the other answer.
    pub(super) fn seen_in(&self, text: u64, plan: &Plan) -> (Vec<bool>, Option<u64>) {
        let mut seen = vec![false; self.lines.len()];
        if let Some(known) = self.texts.get(&text) {
            self.mark(known, &mut seen);
            return (seen, None);
        }
        let tasks: HashMap<&TaskId, &Task> = plan.tasks.iter().map(|task| (&task.id, &**task)).collect();
        let base = (0..self.lines.len()).rev().find(|at| self.is_told(*at, &tasks));
        self.mark(base.as_slice(), &mut seen);
        (seen, base.map(|at| self.lines[at].text))
    }

    /// What the text of this line has seen. Of a line that is not in the log nothing is known.
    pub(super) fn seen_at(&self, at: usize) -> Vec<bool> {
        let mut seen = vec![false; self.lines.len()];
        if at < seen.len() {
            self.mark(&[at], &mut seen);
        }
        seen
    }

    /// Whether the text of the later line has seen the earlier one.
    pub(super) fn has_seen(&self, later: usize, earlier: usize) -> bool {
        let (mut todo, mut done) = (vec![later], HashSet::new());
        while let Some(at) = todo.pop() {
            if at == earlier {
                return true;
            }
            if at > earlier && done.insert(at) {
                match self.seen.get(at) {
                    Some(SeenLines::AllBut(others)) if !others.contains(&earlier) => return true,
                    Some(SeenLines::Through(lines)) => todo.extend(lines),
                    Some(SeenLines::AllBut(_)) | None => {}
                }
            }
        }
        false
    }

    fn mark(&self, lines: &[usize], seen: &mut [bool]) {
        let mut todo = lines.to_vec();
        while let Some(at) = todo.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match &self.seen[at] {
                SeenLines::Through(lines) => todo.extend(lines),
                SeenLines::AllBut(others) => {
                    for (at, seen) in seen[..at].iter_mut().enumerate() {
                        *seen |= !others.contains(&at);
                    }
                }
            }
        }
    }

    /// Whether histories tell of the last change that was made with this line for the first time: what was made again
    /// may be as old as the text, and the commits before the last may have waited.
    fn is_told(&self, at: usize, tasks: &HashMap<&TaskId, &Task>) -> bool {
        let is_first = |commit: &&Commit| keys(commit).all(|key| self.first.get(&key) == Some(&at));
        let told = |commit: &Commit| commit.is_told_by(|id| tasks.get(id).copied().into_iter().collect());
        self.lines[at].commits.iter().rev().filter(is_first).find_map(told) == Some(true)
    }
}

/// What a change of a commit is known by, also when it was made again over something else.
pub(super) fn keys(commit: &Commit) -> impl Iterator<Item = u64> {
    commit.changes.iter().map(|change| {
        let mut hasher = DefaultHasher::new();
        (commit.stamp.at, &commit.stamp.by, commit.stamp.why == Why::Undo, change.task()).hash(&mut hasher);
        match change {
            Change::Edit { edit, .. } => (edit.field, edit.values().1).hash(&mut hasher),
            Change::Head(edit) => (edit.field, edit.values().1).hash(&mut hasher),
            Change::Add { .. } => "add".hash(&mut hasher),
            Change::Remove { .. } => "remove".hash(&mut hasher),
            Change::Move { to, .. } => to.hash(&mut hasher),
        }
        hasher.finish()
    })
}
