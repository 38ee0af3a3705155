//! What is asked for, made on the document: what waits, and then a change, what came in from elsewhere, or what is lost.

use super::Store;
use super::backups::lost_task;
use super::digest::digest;
use super::log;
use super::lost_updates::{self, BroughtBack, Lost};
use super::outbox::Outbox;
use super::snapshots::Snapshots;
use super::store_error::StoreError;
use crate::document::merge::merge;
use crate::document::{ChangeError, Document};
use crate::plan::{Change, Commit, Conflict, Policy, Stamp, Task, TaskId, Why};

/// What is to be done when the lock is ours. What waits is made first in any case.
#[derive(Debug)]
pub(super) enum StoreRequest {
    /// The tasks are new ones in it whose numbers were free when they were given.
    Make(Commit, Policy, Vec<TaskId>),
    /// To bring in what became of a text elsewhere.
    TakeIn {
        base: Box<Document>,
        theirs: Box<Document>,
        stamp: Stamp,
    },
    /// Nothing more than what waits.
    Deliver,
    BringBack,
    LeaveLostUpdates,
}

/// What was made on the document.
#[derive(Debug, Default)]
pub(super) struct Made {
    /// All of it.
    pub(super) commits: Vec<Commit>,
    /// What was wished for now.
    pub(super) own: Vec<Change>,
    pub(super) conflict: Option<Conflict>,
    pub(super) outbox: Outbox,
    /// What was lost and is decided about.
    pub(super) brought_back: BroughtBack,
    /// What was lost and is in the plan or in its histories, without having been made.
    pub(super) told: Vec<Commit>,
    /// What was saved before and is not in the plan on purpose: it had to give way to others' work.
    pub(super) left: Vec<Commit>,
}

impl Store {
    /// Makes what waits, and then what is asked for.
    pub(super) fn make(&mut self, request: &StoreRequest, lost: &Lost) -> Result<Made, StoreError> {
        // Without a folder of the user's own nothing waits in it.
        let outbox = Outbox::of(&self.paths, self.document.plan()).unwrap_or_default();
        let mut made = Made { outbox, ..Made::default() };
        for promise in made.outbox.promises.clone() {
            let (commit, lost) = promise.on(self.document.plan());
            let added: Vec<TaskId> = commit.changes.iter().filter_map(Change::task).cloned().collect();
            let commit = commit.numbered(&added, self.document.plan());
            self.make_one(&commit, Policy::LaterWins, &lost, &mut made)?;
        }
        let before = made.commits.len();
        match request {
            StoreRequest::Make(commit, policy, free) => {
                if let Some(document) = self.text_before(commit) {
                    self.document = document;
                    made.commits.push(commit.clone());
                } else {
                    let commit = commit.clone().numbered(free, self.document.plan());
                    made.conflict = self.make_one(&commit, *policy, &[], &mut made)?;
                }
            }
            StoreRequest::BringBack => self.make_again(lost, &mut made)?,
            StoreRequest::TakeIn { base, theirs, stamp } => {
                self.document = merge(base, &self.document, theirs, stamp).document;
                // What has given way to their work is not lost.
                let gone = Lost::in_text(&self.paths, self.document.bytes(), self.document.plan());
                made.left = log::without(&gone.missing.commits, &lost.missing.commits);
            }
            StoreRequest::LeaveLostUpdates => made.left.clone_from(&lost.missing.commits),
            StoreRequest::Deliver => {}
        }
        made.own = made.commits[before..].iter().flat_map(|commit| commit.changes.clone()).collect();
        Ok(made)
    }

    /// What is missing, made again; and what others have set in its place meanwhile stays, and this is in the history.
    fn make_again(&mut self, lost: &Lost, made: &mut Made) -> Result<(), StoreError> {
        let outdone = lost.missing.outdone.clone();
        let wanted = log::without(&lost.missing.commits, &outdone);
        for commit in &wanted {
            let whole = commit.with(Change::whole(&commit.changes));
            // Whoever has deleted it had not seen all that was made of it.
            let commit = whole.part(|change| {
                let is_of =
                    |commit: &Commit| commit.changes.iter().any(|other| other.task() == change.task());
                let is_back =
                    matches!(change, Change::Add { .. }) && self.document.plan().task_of(change).is_some();
                !(is_back || matches!(change, Change::Remove { .. }) && outdone.iter().any(is_of))
            });
            self.make_one(&commit, Policy::LaterWins, &[], made)?;
        }
        let refused = lost_updates::refused(&wanted, self.document.plan());
        let told = self.document.tell(|plan| {
            for commit in &outdone {
                plan.record_outdone(&commit.changes, &commit.stamp);
            }
            for commit in &refused {
                // Nothing that somebody was working on is deleted.
                for change in commit.changes.iter().filter(|change| matches!(change, Change::Remove { .. })) {
                    change.task().into_iter().for_each(|id| plan.record_kept(id, &commit.stamp));
                }
            }
        });
        told.map_err(|_| StoreError::Unwritable)?;
        let plan = self.document.plan();
        let back = log::without(&wanted, &refused);
        // What was there already, or was made over something else, is not among what was made.
        made.told = [outdone.clone(), log::without(&back, &made.commits)].concat();
        let back = back.into_iter();
        let back = back.map(|commit| commit.part_in(plan)).filter(|commit| !commit.changes.is_empty());
        made.brought_back = BroughtBack { back: back.collect(), outdone, refused: refused.clone() };
        made.left = refused;
        Ok(())
    }

    /// The text as it was before the commit that this one takes back, where nothing else has been done since: so that
    /// nothing in it remains of the commit.
    fn text_before(&self, commit: &Commit) -> Option<Document> {
        if commit.stamp.why != Why::Undo {
            return None;
        }
        let before = log::before(&self.paths, self.document.bytes(), &commit.changes)?;
        let kept = Snapshots::of(&self.paths)?;
        let mut texts = kept.newest_first().into_iter().filter_map(|text| kept.read(&text));
        let text = texts.find(|text| digest(text) == before)?;
        self.document.read_again(text).ok()
    }

    /// What is `lost` is not in the plan any more.
    fn make_one(
        &mut self,
        commit: &Commit,
        policy: Policy,
        lost: &[Task],
        made: &mut Made,
    ) -> Result<Option<Conflict>, StoreError> {
        let find = |id: &TaskId| lost_task(&self.paths, lost, id);
        match commit.make_on(&mut self.document, policy, find) {
            Ok(changes) if changes.is_empty() => Ok(None),
            Ok(changes) => {
                // Should it be made again, it is told again that it was made over what others had set.
                made.commits.push(commit.with(changes).marked_in(self.document.plan()));
                Ok(None)
            }
            Err(ChangeError::Conflict(conflict)) => Ok(Some(conflict)),
            Err(ChangeError::Unwritable) => Err(StoreError::Unwritable),
        }
    }
}
