//! Changes that were saved and then overwritten by an editor with an older text.
//!
//! Lost in a text is what was saved, and what the text has not seen (see [`Lineage`]), where its value is not there
//! and nobody has set another over it knowingly. It is offered until somebody decides. Whoever sets the same field
//! without having seen it decides nothing: then two have set it, and both are kept.

use std::collections::{HashMap, HashSet};
use std::io;

use super::digest::digest;
use super::lineage::{Lineage, keys};
use super::log::{self, Line};
use super::older;
use super::paths::Paths;
use crate::plan::{Change, Commit, Edit, Field, FieldOf, Plan, PlanField, Status, Task, TaskId};

/// What was saved and is not in the plan any more, though nobody has set it back in so many words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LostUpdates {
    /// Who changed what and when, oldest first.
    pub commits: Vec<Commit>,
    /// The part of them in whose place others have set something since, without having seen it. What they have set
    /// stays, and this comes into the histories, marked.
    pub outdone: Vec<Commit>,
}

/// What became of it when it was brought back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BroughtBack {
    /// It is in the plan again, or at least in its histories where somebody has gone on from it.
    pub back: Vec<Commit>,
    /// It is in the histories, marked: others have set something else.
    pub outdone: Vec<Commit>,
    /// It could not be made: a task that was deleted, and that somebody was working on.
    pub refused: Vec<Commit>,
}

/// What a text lacks, and where it comes from.
#[derive(Debug, Default)]
pub(super) struct Lost {
    pub(super) missing: LostUpdates,
    /// The digest of the text that it was made from, where that is known by its histories alone.
    base: Option<u64>,
}

impl Lost {
    /// All that is lost in this text. A text that we have saved last, and that lacked nothing then, lacks nothing.
    pub(super) fn in_text(paths: &Paths, text: &[u8], plan: &Plan) -> Self {
        let (text, remembered) = (digest(text), older::remembered(paths));
        let is_whole = |last: Line| last.text == text && last.is_whole == Some(true);
        if remembered.is_empty() && log::last(paths).is_some_and(is_whole) {
            return Self::default();
        }
        let lineage = Lineage::of(log::lines(paths));
        let (seen, base) = lineage.seen_in(text, plan);
        let unseen = unseen(&lineage, &seen, &remembered);
        let (told, commits): (Vec<_>, Vec<_>) =
            unseen.into_iter().partition(|(_, commit)| commit.is_told_in(plan) == Some(true));
        if commits.is_empty() {
            return Self { missing: LostUpdates::default(), base };
        }
        Self { missing: Losses::of(plan, &lineage, &seen, [&told, &commits]).missing(), base }
    }

    /// Writes down that a text has become another. A line that says of itself that its text is whole has somebody's
    /// decision about all that is lost.
    pub(super) fn log(&self, paths: &Paths, from: &[u8], text: &[u8], line: Line) -> io::Result<()> {
        let is_decided = line.is_whole == Some(true);
        let undecided = if is_decided { &[] } else { self.missing.commits.as_slice() };
        let is_whole = Some(undecided.is_empty());
        let (from, text) = (Some(digest(from)), digest(text));
        log::append(paths, &Line { from, text, base: self.base, is_whole, ..line }, undecided)?;
        if is_decided { older::forget(paths) } else { Ok(()) }
    }
}

/// The part of these commits that could not be made on a plan which is like this now: removals of what somebody was
/// working on, and edits of what is nowhere.
pub(super) fn refused(wanted: &[Commit], plan: &Plan) -> Vec<Commit> {
    let ends = ends(wanted.iter().flat_map(|commit| &commit.changes));
    let is_refused = |change: &Change| {
        let end = change.task().and_then(|id| ends.get(id));
        let is_gone = end.is_some_and(|end| matches!(end, Change::Remove { .. }));
        match change {
            Change::Remove { .. } => plan.task_of(change).is_some() && is_gone,
            Change::Add { .. } | Change::Edit { .. } => plan.task_of(change).is_none() && !is_gone,
            Change::Move { .. } | Change::Head(_) => false,
        }
    };
    parts(wanted, is_refused)
}

/// The changes that are meant, each with who made it.
fn parts(commits: &[Commit], is_meant: impl Fn(&Change) -> bool) -> Vec<Commit> {
    let parts = commits.iter().map(|commit| commit.part(&is_meant));
    parts.filter(|commit| !commit.changes.is_empty()).collect()
}

/// A commit with the number of its line.
type Logged = (usize, Commit);

/// What a text has not seen, oldest first. What somebody has decided about is not among it.
fn unseen(lineage: &Lineage, seen: &[bool], remembered: &[Commit]) -> Vec<Logged> {
    let lines = || lineage.lines.iter().enumerate();
    let heard = || lines().filter(|(at, _)| seen[*at]).map(|(_, line)| line);
    let (older, newer): (Vec<_>, Vec<_>) =
        lines().filter(|(at, _)| !seen[*at]).partition(|(_, line)| line.is_whole.is_none());
    let has = |lines: Vec<(usize, &Line)>, known: &mut HashSet<u64>| -> Vec<Logged> {
        let commits = lines.into_iter().flat_map(|(at, line)| line.has().map(move |commit| (at, commit)));
        commits.map(|(at, commit)| (at, part_beside(commit, known))).collect()
    };
    let left: HashSet<u64> = lines().flat_map(|(_, line)| &line.left).flat_map(keys).collect();
    let mut known = left.clone();
    known.extend(heard().flat_map(Line::has).flat_map(keys));
    let older = has(older, &mut known);
    // Earlier versions did not always say what a text lacked that they had saved. What was remembered, or was brought
    // back since, none of their lines has seen.
    let mut known = left;
    known.extend(heard().filter(|line| line.is_whole.is_some()).flat_map(Line::has).flat_map(keys));
    known.extend(older.iter().flat_map(|(_, commit)| keys(commit)));
    let newer = has(newer, &mut known);
    let remembered = (lineage.lines.len()..).zip(remembered);
    let remembered: Vec<_> = remembered.map(|(at, commit)| (at, part_beside(commit, &mut known))).collect();
    let commits = [remembered, older, newer].concat().into_iter();
    commits.filter(|(_, commit)| !commit.changes.is_empty()).collect()
}

/// The part of a commit that was not known, and is from now on.
fn part_beside(commit: &Commit, known: &mut HashSet<u64>) -> Commit {
    let new = keys(commit).zip(&commit.changes).filter(|(key, _)| known.insert(*key));
    commit.with(new.map(|(_, change)| change.clone()).collect())
}

/// A field of a task, or one of the plan itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum FieldPlace<'a> {
    Task(&'a TaskId, Field),
    Plan(PlanField),
}

/// What somebody has set.
#[derive(Debug)]
struct SetStep {
    /// The line in which it was saved.
    line: usize,
    from: String,
    to: String,
}

impl SetStep {
    fn of(line: usize, change: &Change) -> Option<(FieldPlace<'_>, Self)> {
        let (place, (from, to)) = match change {
            Change::Edit { task, edit } => (FieldPlace::Task(task, edit.field), edit.values()),
            Change::Head(edit) => (FieldPlace::Plan(edit.field), edit.values()),
            Change::Add { .. } | Change::Remove { .. } | Change::Move { .. } => return None,
        };
        Some((place, Self { line, from, to }))
    }
}

/// What may be lost of a plan.
struct Losses<'a> {
    plan: &'a Plan,
    lineage: &'a Lineage,
    /// What the plan has not seen, and does not tell of, oldest first.
    commits: &'a [Logged],
    /// What they have set, each place in the order of the log.
    steps: HashMap<FieldPlace<'a>, Vec<SetStep>>,
    /// What others have set in these places, and the plan has seen or tells of.
    heard: HashMap<FieldPlace<'a>, Vec<SetStep>>,
    /// The last change among the commits by which each task came or went.
    ends: HashMap<&'a TaskId, &'a Change>,
    /// How tasks went: by a removal that the plan has seen, or else by those that it has not.
    removals: HashMap<&'a TaskId, Vec<(usize, &'a Task)>>,
    /// The places whose last values are lost.
    lost: HashSet<FieldPlace<'a>>,
}

impl<'a> Losses<'a> {
    fn of(plan: &'a Plan, lineage: &'a Lineage, seen: &[bool], [told, commits]: [&'a [Logged]; 2]) -> Self {
        let logged = |it: &'a Logged| it.1.changes.iter().map(move |change| (it.0, change));
        let lost: HashSet<u64> = commits.iter().flat_map(|(_, commit)| keys(commit)).collect();
        let others = |commit: &'a Commit| {
            keys(commit).zip(&commit.changes).filter(|(key, _)| !lost.contains(key)).map(|(_, change)| change)
        };
        let in_line = |(at, line): (usize, &'a Line)| {
            line.commits.iter().flat_map(others).map(move |change| (at, change)).collect::<Vec<_>>()
        };
        let heard = lineage.lines.iter().enumerate().filter(|(at, _)| seen[*at]).flat_map(in_line);
        let heard: Vec<_> = heard.chain(told.iter().flat_map(logged)).collect();
        let heard = heard.into_iter();
        let new = commits.iter().flat_map(logged);
        let (ends, removals) = (ends(new.clone().map(|it| it.1)), removals(lineage, seen));
        let steps = steps(new, |_| true);
        let heard = self::steps(heard, |place| steps.contains_key(place));
        let mut losses = Self { plan, lineage, commits, steps, heard, ends, removals, lost: HashSet::new() };
        losses.lost = losses.steps.keys().filter(|place| losses.is_place_lost(**place)).copied().collect();
        losses
    }

    /// The part of the commits that the plan does not have.
    fn missing(&self) -> LostUpdates {
        let moves = self.moves();
        let is_lost = |change: &Change, line| moves.contains(&change) || self.is_lost(change, line);
        if !self.commits.iter().any(|(line, commit)| commit.changes.iter().any(|it| is_lost(it, *line))) {
            return LostUpdates::default();
        }
        let mut missing = LostUpdates::default();
        for (line, commit) in self.commits {
            let is_wanted =
                |it: &Change| is_lost(it, *line) || it.task().is_some_and(|id| self.is_passing_anchor(id));
            let wanted = parts(std::slice::from_ref(commit), is_wanted);
            missing.outdone.extend(parts(&wanted, |change| self.is_outdone(change, *line)));
            missing.commits.extend(wanted);
        }
        missing
    }

    fn changes(&self) -> impl DoubleEndedIterator<Item = &'a Change> {
        self.commits.iter().flat_map(|(_, commit)| &commit.changes)
    }

    fn is_lost(&self, change: &Change, line: usize) -> bool {
        let there = self.plan.task_of(change);
        let is_end = |id: &TaskId| self.ends.get(id).is_some_and(|last| std::ptr::eq(*last, change));
        match change {
            Change::Head(edit) => self.lost.contains(&FieldPlace::Plan(edit.field)),
            Change::Add { task, .. } => there.is_none() && is_end(&task.id),
            Change::Remove { task, .. } => there.is_some() && is_end(&task.id),
            Change::Move { .. } => false,
            Change::Edit { task, edit } if there.is_some() => {
                self.lost.contains(&FieldPlace::Task(task, edit.field))
            }
            Change::Edit { task, edit } => self.is_lost_of_absent(task, edit, line),
        }
    }

    /// Whether what was set is not there, and has neither come to nothing nor been set over by one who had seen it.
    fn is_place_lost(&self, place: FieldPlace) -> bool {
        let now = match place {
            FieldPlace::Task(id, field) => {
                let task = self.plan.task(id).or_else(|| Some(self.removals.get(id)?.last()?.1));
                task.map(|task| field.recorded_of(task))
            }
            FieldPlace::Plan(field) => Some(field.of(self.plan).recorded()),
        };
        let (Some(now), steps) = (now, self.steps[&place].as_slice()) else { return false };
        // What has come to nothing is not lost, unless others have set something else beside it.
        let is_nothing = |at: usize| began(&steps[..=at]) == steps[at].to && !self.heard.contains_key(&place);
        // Where no history could tell of it, what stands there now stays.
        let is_free = |at: usize| matches!(place, FieldPlace::Task(..)) || now == began(&steps[..=at]);
        let is_lost = |at: usize| {
            steps[at].to != now && !is_nothing(at) && is_free(at) && !self.is_gone_on_from(place, at)
        };
        (0..steps.len()).any(is_lost)
    }

    /// Whether somebody has gone on from a value that was set: who did so had it in front of them.
    fn is_gone_on_from(&self, place: FieldPlace, at: usize) -> bool {
        let (step, later) = (&self.steps[&place][at], &self.steps[&place][at + 1..]);
        let heard = self.heard.get(&place).into_iter().flatten().filter(|it| it.line > step.line);
        later.iter().chain(heard).any(|it| it.from == step.to)
    }

    /// What somebody has made of a task that was deleted by another who had not seen it. What was taken out of the text
    /// by hand is not put back in parts.
    fn is_lost_of_absent(&self, id: &TaskId, edit: &Edit, line: usize) -> bool {
        let (field, to) = (edit.field, edit.values().1);
        let has_known = |(removal, task): &(usize, &Task)| {
            let mut told = task.history.iter().filter(|entry| entry.is_of(field));
            self.lineage.has_seen(*removal, line)
                || field.recorded_of(task) == to
                || told.any(|entry| entry.to == to || entry.from == to)
        };
        match self.removals.get(id) {
            None => self.is_to_be(id) == Some(true),
            Some(removals) => {
                self.lost.contains(&FieldPlace::Task(id, field)) && !removals.iter().any(has_known)
            }
        }
    }

    /// Whether a task came and went, and another was put behind it meanwhile: without it, that one's place is not found.
    fn is_passing_anchor(&self, id: &TaskId) -> bool {
        self.plan.task(id).is_none()
            && self.is_to_be(id) == Some(false)
            && self.changes().any(|change| match change {
                Change::Add { after: place, .. } | Change::Move { to: place, .. } => {
                    place.as_ref() == Some(id)
                }
                Change::Edit { .. } | Change::Remove { .. } | Change::Head(_) => false,
            })
    }

    /// Whether a task is there in the end, if these changes have a say in it.
    fn is_to_be(&self, id: &TaskId) -> Option<bool> {
        self.ends.get(id).map(|change| matches!(change, Change::Add { .. }))
    }

    /// Whether others have set the same without having seen it, nor having been seen by it; or the status, which a day
    /// of completion and the document go with.
    fn is_outdone(&self, change: &Change, line: usize) -> bool {
        let Change::Edit { task, edit } = change else { return false };
        if self.plan.task(task).is_none() {
            // It was deleted by somebody who had not seen this, which brings it back.
            return false;
        }
        let is_lost = |field| self.lost.contains(&FieldPlace::Task(task, field));
        let is_set = |field| self.is_set_beside(FieldPlace::Task(task, field), line);
        let is_of_status = [Field::Status, Field::DoneOn, Field::Output].contains(&edit.field);
        if !is_of_status || !(is_lost(Field::Status) || is_lost(Field::DoneOn)) {
            return is_set(edit.field);
        }
        let is_document_set = is_lost(Field::Output) && is_set(Field::Output);
        is_set(Field::Status) || is_set(Field::DoneOn) || is_document_set || self.is_day_alone(task)
    }

    fn is_set_beside(&self, place: FieldPlace, line: usize) -> bool {
        let Some(heard) = self.heard.get(&place) else { return false };
        let seen = self.lineage.seen_at(line);
        let is_beside =
            |it: &SetStep| !seen.get(it.line).is_some_and(|it| *it) && !self.lineage.has_seen(it.line, line);
        heard.iter().any(is_beside)
    }

    /// A day of completion that would come back to a task that is not done.
    fn is_day_alone(&self, id: &TaskId) -> bool {
        let mut edits = self.changes().filter_map(|change| change.edit_of(id));
        let last = edits.rfind(|edit| edit.field == Field::DoneOn);
        let has_day = last.is_some_and(|edit| edit.after.day().is_some());
        self.plan.task(id).is_some_and(|task| {
            has_day
                && task.status != Status::Done
                && !self.lost.contains(&FieldPlace::Task(id, Field::Status))
        })
    }

    /// The moves of tasks that stand in their old places, once everything that came before is as it was.
    fn moves(&self) -> Vec<&'a Change> {
        if !self.changes().any(|change| matches!(change, Change::Move { .. })) {
            return Vec::new();
        }
        let mut then = self.plan.clone();
        let mut lost = Vec::new();
        for change in self.changes() {
            if let Change::Move { task, from, .. } = change {
                if then.before(task) != *from || then.task(task).is_none() {
                    continue;
                }
                lost.push(change);
            }
            if !matches!(change, Change::Edit { .. }) {
                // A task that is there already, or that is gone, is in the way of nothing.
                let _ = then.make(std::slice::from_ref(change));
            }
        }
        lost
    }
}

/// What stood there before the last of these steps, and before those that it goes on from.
fn began(steps: &[SetStep]) -> &str {
    let mut before = steps.iter().rev();
    let last = before.next().map_or("", |step| &step.from);
    before.fold(last, |from, step| if step.to == from { &step.from } else { from })
}

fn steps<'a>(
    changes: impl Iterator<Item = (usize, &'a Change)>,
    is_meant: impl Fn(&FieldPlace) -> bool,
) -> HashMap<FieldPlace<'a>, Vec<SetStep>> {
    let mut steps: HashMap<_, Vec<SetStep>> = HashMap::new();
    for (place, step) in changes.filter_map(|(line, change)| SetStep::of(line, change)) {
        if is_meant(&place) {
            steps.entry(place).or_default().push(step);
        }
    }
    steps
}

/// The last change by which each task came or went.
fn ends<'a>(changes: impl Iterator<Item = &'a Change>) -> HashMap<&'a TaskId, &'a Change> {
    let is_end = |change: &&Change| matches!(change, Change::Add { .. } | Change::Remove { .. });
    changes.filter(is_end).filter_map(|change| Some((change.task()?, change))).collect()
}

fn removals<'a>(lineage: &'a Lineage, seen: &[bool]) -> HashMap<&'a TaskId, Vec<(usize, &'a Task)>> {
    let (mut heard, mut unheard) = (HashMap::new(), HashMap::<_, Vec<_>>::new());
    for (at, line) in lineage.lines.iter().enumerate() {
        for change in line.commits.iter().flat_map(|commit| &commit.changes) {
            match (change, seen[at]) {
                (Change::Add { task, .. }, true) => {
                    heard.insert(&task.id, None);
                }
                (Change::Remove { task, .. }, true) => {
                    heard.insert(&task.id, Some((at, &**task)));
                }
                (Change::Remove { task, .. }, false) => {
                    unheard.entry(&task.id).or_default().push((at, &**task));
                }
                _ => {}
            }
        }
    }
    unheard.extend(heard.into_iter().filter_map(|(id, removal)| Some((id, vec![removal?]))));
    unheard
}
