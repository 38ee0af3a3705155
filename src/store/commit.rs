//! From a change to the disk: the lock, the text as it is by then, the change on it, the save; and again, if an editor
//! was quicker.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::dir::{self, Dir};
use super::lock::QueueLock;
use super::log::Line;
use super::lost_updates::Lost;
use super::make::{Made, StoreRequest};
use super::store_error::{StoreError, UnfitFile};
use super::write::{retry_until_saved, retry_while_editor_saves, write};
use super::{Outcome, Saved, Store, Written, outbox, read, recover};

impl Store {
    pub(super) fn carry_out(&mut self, request: &StoreRequest) -> Result<Outcome, StoreError> {
        self.follow();
        let free = self.paths.clone();
        self.paths = retry_while_editor_saves(|| self.paths.pinned().map_err(StoreError::Read))?;
        let done = self.carry_out_here(request);
        self.paths = free;
        done
    }

    /// In the plan's folder as it was found at first.
    fn carry_out_here(&mut self, request: &StoreRequest) -> Result<Outcome, StoreError> {
        let mut rescued = Vec::new();
        let saved = match self.read_only() {
            Some(reason) => Err(StoreError::ReadOnly(reason)),
            None => self.under_lock(request, &mut rescued),
        };
        match (saved, request) {
            (Ok(outcome), _) => Ok(Outcome { rescued, ..outcome }),
            (Err(trouble), StoreRequest::Make(commit, policy, _)) if outbox::takes(&trouble) => {
                self.put_out(commit, *policy, trouble)
            }
            (Err(trouble), _) => Err(trouble),
        }
    }

    fn under_lock(
        &mut self,
        request: &StoreRequest,
        rescued: &mut Vec<PathBuf>,
    ) -> Result<Outcome, StoreError> {
        loop {
            let lock = retry_while_editor_saves(|| QueueLock::wait(&self.paths, &self.patience))?;
            match retry_until_saved(|| self.attempt(&lock, request, rescued)) {
                Err(StoreError::Busy(_)) if !lock.is_ours(&self.paths) => {}
                done => return done,
            }
        }
    }

    /// Nothing, if an editor saved meanwhile.
    fn attempt(
        &mut self,
        lock: &QueueLock,
        request: &StoreRequest,
        rescued: &mut Vec<PathBuf>,
    ) -> Result<Option<Outcome>, StoreError> {
        let held = lock.hold(&self.paths)?;
        rescued.extend(recover::recover(&self.paths, lock, &held).map_err(StoreError::Write)?);
        let old = read::whole(&held).map_err(StoreError::Read)?;
        self.look(&old)?;
        if self.document.bytes() != old {
            // The text is not all text, and what the document has made of the rest must not go back to the disk.
            return Err(StoreError::Unwritable);
        }
        let lost = Lost::in_text(&self.paths, &old, self.document.plan());
        let made = self.make(request, &lost);
        match made.and_then(|made| Ok((self.save(lock, &held, &old)?, made))) {
            Ok((Written::Done(saved), made)) => {
                let in_the_way = self.log(request, &old, &lost, &made, saved)?;
                Ok(Some(Outcome { saved, in_the_way, ..self.conclude(lock, made) }))
            }
            Ok((Written::Slipped(kept), _)) => {
                self.go_back(old);
                rescued.extend(kept);
                Ok(None)
            }
            Err(trouble) => {
                self.go_back(old);
                Err(trouble)
            }
        }
    }

    fn save(&self, lock: &QueueLock, held: &File, old: &[u8]) -> Result<Written, StoreError> {
        let new = self.document.bytes();
        match new {
            _ if new == old => Ok(Written::Done(Saved::Nothing)),
            _ if new.len() as u64 > read::LONGEST => Err(StoreError::Unfit(UnfitFile::TooLong)),
            _ => write(&self.paths, lock, held, old, new),
        }
    }

    /// Writes down what was saved, and what was decided. What cannot be logged now is not watched over, and is saved all
    /// the same; the answer is what is in the way of the log, if that is why.
    fn log(
        &self,
        request: &StoreRequest,
        old: &[u8],
        lost: &Lost,
        made: &Made,
        saved: Saved,
    ) -> Result<Option<PathBuf>, StoreError> {
        let decides = matches!(request, StoreRequest::BringBack | StoreRequest::LeaveLostUpdates);
        let is_decided = decides && !lost.missing.commits.is_empty();
        if saved == Saved::Nothing && !is_decided {
            return Ok(None);
        }
        let Made { commits, told, left, .. } = made;
        let (commits, outdone, left) = (commits.clone(), told.clone(), left.clone());
        let line = Line { commits, outdone, left, is_whole: is_decided.then_some(true), ..Line::default() };
        match (lost.log(&self.paths, old, self.document.bytes(), line), request) {
            (Ok(()), _) => Ok(None),
            // Nothing else was to be done.
            (Err(error), StoreRequest::LeaveLostUpdates) => Err(StoreError::Write(error)),
            (Err(error), _) => Ok(dir::what_is_in_the_way(&error).map(Path::to_owned)),
        }
    }

    /// What came of it, and what the user should know of what was found on the way.
    fn conclude(&mut self, lock: &QueueLock, made: Made) -> Outcome {
        made.outbox.clear(&self.paths);
        self.awaited = None;
        let is_without_folder = !outbox::reserve(&self.paths) && !std::mem::replace(&mut self.has_told, true);
        let Made { own, conflict, brought_back, outbox, .. } = made;
        let moved = lock.sidecar().map_or_else(Vec::new, Dir::moved);
        let unknown = outbox.unknown;
        Outcome { made: own, conflict, brought_back, moved, is_without_folder, unknown, ..self.unsaved() }
    }

    /// The document is always one that is, or was, on the disk.
    fn go_back(&mut self, old: Vec<u8>) {
        let read = self.document.read_again(old);
        self.document = read.expect("this text was read before the change was made on it");
    }

    pub(super) fn unsaved(&self) -> Outcome {
        Outcome { plan: self.plan().clone(), ..Outcome::default() }
    }
}
