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
use crate::document::{Document, Refusal};
use crate::plan::{Change, Clash, Conflict, Deed, Stamp, Task, TaskId, Why};

/// What is to be done when the lock is ours. What waits is made first in any case.
#[derive(Debug)]
pub(super) enum Request {
    /// The tasks are new ones in it whose numbers were free when they were given.
    Make(Deed, Clash, Vec<TaskId>),
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
    pub(super) deeds: Vec<Deed>,
    /// What was wished for now.
    pub(super) own: Vec<Change>,
    pub(super) conflict: Option<Conflict>,
    pub(super) outbox: Outbox,
    /// What was lost and is decided about.
    pub(super) brought_back: BroughtBack,
    /// What was lost and is in the plan or in its histories, without having been made.
    pub(super) told: Vec<Deed>,
    /// What was saved before and is not in the plan on purpose: it had to give way to others' work.
    pub(super) left: Vec<Deed>,
}

impl Store {
    /// Makes what waits, and then what is asked for.
    pub(super) fn make(&mut self, request: &Request, lost: &Lost) -> Result<Made, StoreError> {
        // Without a folder of the user's own nothing waits in it.
        let outbox = Outbox::of(&self.paths, self.document.plan()).unwrap_or_default();
        let mut made = Made { outbox, ..Made::default() };
        for promise in made.outbox.promises.clone() {
            let (deed, lost) = promise.on(self.document.plan());
            let added: Vec<TaskId> = deed.changes.iter().filter_map(Change::task).cloned().collect();
            let deed = deed.numbered(&added, self.document.plan());
            self.make_one(&deed, Clash::Override, &lost, &mut made)?;
        }
        let before = made.deeds.len();
        match request {
            Request::Make(deed, clash, free) => {
                if let Some(document) = self.text_before(deed) {
                    self.document = document;
                    made.deeds.push(deed.clone());
                } else {
                    let deed = deed.clone().numbered(free, self.document.plan());
                    made.conflict = self.make_one(&deed, *clash, &[], &mut made)?;
                }
            }
            Request::BringBack => self.make_again(lost, &mut made)?,
            Request::TakeIn { base, theirs, stamp } => {
                self.document = merge(base, &self.document, theirs, stamp).document;
                // What has given way to their work is not lost.
                let gone = Lost::in_text(&self.paths, self.document.bytes(), self.document.plan());
                made.left = log::without(&gone.missing.deeds, &lost.missing.deeds);
            }
            Request::LeaveLostUpdates => made.left.clone_from(&lost.missing.deeds),
            Request::Deliver => {}
        }
        made.own = made.deeds[before..].iter().flat_map(|deed| deed.changes.clone()).collect();
        Ok(made)
    }

    /// What is missing, made again; and what others have set in its place meanwhile stays, and this is in the history.
    fn make_again(&mut self, lost: &Lost, made: &mut Made) -> Result<(), StoreError> {
        let outdone = lost.missing.outdone.clone();
        let wanted = log::without(&lost.missing.deeds, &outdone);
        for deed in &wanted {
            let mut changes = Change::whole(&deed.changes);
            // Whoever has deleted it had not seen all that was made of it.
            changes.retain(|change| {
                let is_of = |deed: &Deed| deed.changes.iter().any(|other| other.task() == change.task());
                let is_back =
                    matches!(change, Change::Add { .. }) && self.document.plan().task_of(change).is_some();
                !(is_back || matches!(change, Change::Remove { .. }) && outdone.iter().any(is_of))
            });
            let deed = Deed { changes, stamp: deed.stamp.clone() };
            self.make_one(&deed, Clash::Override, &[], made)?;
        }
        let refused = lost_updates::refused(&wanted, self.document.plan());
        let told = self.document.tell(|plan| {
            for deed in &outdone {
                plan.record_outdone(&deed.changes, &deed.stamp);
            }
            for deed in &refused {
                // Nothing that somebody was working on is deleted.
                for change in deed.changes.iter().filter(|change| matches!(change, Change::Remove { .. })) {
                    change.task().into_iter().for_each(|id| plan.record_kept(id, &deed.stamp));
                }
            }
        });
        told.map_err(|_| StoreError::Unwritable)?;
        let plan = self.document.plan();
        let back = log::without(&wanted, &refused);
        // What was there already, or was made over something else, is not among what was made.
        made.told = [outdone.clone(), log::without(&back, &made.deeds)].concat();
        let back = back.into_iter();
        let back = back.map(|deed| deed.part_in(plan)).filter(|deed| !deed.changes.is_empty());
        made.brought_back = BroughtBack { back: back.collect(), outdone, refused: refused.clone() };
        made.left = refused;
        Ok(())
    }

    /// The text as it was before the deed that this one takes back, where nothing else has been done since: so that
    /// nothing in it remains of the deed.
    fn text_before(&self, deed: &Deed) -> Option<Document> {
        if deed.stamp.why != Why::Undo {
            return None;
        }
        let before = log::before(&self.paths, self.document.bytes(), &deed.changes)?;
        let kept = Snapshots::of(&self.paths)?;
        let mut texts = kept.newest_first().into_iter().filter_map(|text| kept.read(&text));
        let text = texts.find(|text| digest(text) == before)?;
        self.document.read_again(text).ok()
    }

    /// What is `lost` is not in the plan any more.
    fn make_one(
        &mut self,
        deed: &Deed,
        clash: Clash,
        lost: &[Task],
        made: &mut Made,
    ) -> Result<Option<Conflict>, StoreError> {
        let find = |id: &TaskId| lost_task(&self.paths, lost, id);
        match deed.make_on(&mut self.document, clash, find) {
            Ok(changes) if changes.is_empty() => Ok(None),
            Ok(changes) => {
                let made_now = Deed { changes, stamp: deed.stamp.clone() };
                // Should it be made again, it is told again that it was made over what others had set.
                made.deeds.push(made_now.marked_in(self.document.plan()));
                Ok(None)
            }
            Err(Refusal::Conflict(conflict)) => Ok(Some(conflict)),
            Err(Refusal::Unwritable) => Err(StoreError::Unwritable),
        }
    }
}
