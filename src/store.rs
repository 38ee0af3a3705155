//! The plan file: open, refresh, commit.
//!
//! A commit takes the lock, reads what is on the disk by then, makes the changes on that and saves, so that nobody's
//! work is lost, whoever else writes. Everything that touches the disk is in here.

pub mod drafts;
pub mod git;
pub mod meetings;
pub mod seen;

mod access;
mod backups;
mod commit;
mod create;
mod digest;
mod dir;
mod first_journal;
mod folder;
mod lineage;
mod lock;
mod log;
mod lost_updates;
mod make;
mod metadata;
mod older;
mod outbox;
mod overwrite;
mod paths;
mod promise;
mod queue;
mod read;
mod recorded;
mod records;
mod recover;
mod replace;
mod snapshots;
mod source;
mod store_error;
mod user_file;
mod write;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use chrono::NaiveDate;

pub use crate::plan::{Commit, Policy};
pub use backups::{Backup, Backups, Difference};
pub use create::{create, create_texts};
pub use folder::{Added, add_line, find_plans, read_plan, read_text, resolved, write};
pub use lost_updates::{BroughtBack, LostUpdates};
pub use store_error::{ReadOnly, StoreError, UnfitFile, WAITING, Writer};

use crate::document::Document;
use crate::plan::{Change, Conflict, Plan, Stamp, Task, Why};
use lost_updates::Lost;
use make::StoreRequest;
use outbox::Outbox;
use paths::Paths;
use queue::Patience;

/// One plan file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    /// The same from the root, so that a link can be followed anew.
    given: PathBuf,
    paths: Paths,
    patience: Patience,
    /// Whether the user knows already that there is no folder of their own.
    has_told: bool,
    document: Document,
    /// The plan with the changes made on it that wait to be saved, if any do.
    awaited: Option<Plan>,
    /// Why the file is no plan at the moment, or else why what waits could not be saved when that was last tried.
    blocked_by: Option<StoreError>,
    /// What waits is shown, and not written.
    is_for_reading: bool,
}

/// What came of a commit.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The plan as it is on disk now, with what waits to be saved.
    pub plan: Plan,
    /// The changes that had an effect, as they were made: what undo takes back.
    pub made: Vec<Change>,
    /// Why nothing was made, if so.
    pub conflict: Option<Conflict>,
    /// What the disk says.
    pub saved: Saved,
    /// Why nothing can be written into the file now, if so: what was made waits.
    pub blocked_by: Option<StoreError>,
    /// Texts that somebody else saved and that had to give way; each is kept in a file of its own.
    pub rescued: Vec<PathBuf>,
    /// What became of what was missing, where that was to be brought back.
    pub brought_back: BroughtBack,
    /// What stood beside the plan in the way of our own files, and has other names now.
    pub moved: Vec<PathBuf>,
    /// What is in the way of our own files beside the plan and could not be moved: the log could not be written.
    pub in_the_way: Option<PathBuf>,
    /// There is no folder of the user's own in which anything could wait. Told once.
    pub is_without_folder: bool,
    /// How many changes wait that only a later version of the program understands.
    pub unknown: usize,
}

/// How far a save got. There is no "not saved": that is a [`StoreError`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Saved {
    /// There was nothing to save.
    #[default]
    Nothing,
    /// It is on the disk, whatever happens now.
    Confirmed,
    /// Everybody who reads the file sees it, but the disk has not confirmed it.
    Unconfirmed,
    /// It is on the disk, and will be in the plan's file as soon as that can be written.
    Waiting,
}

/// What one attempt to save came to.
#[derive(Debug)]
enum Written {
    Done(Saved),
    /// An editor was quicker. What is on the disk now is its text, and the change is still to be made on it.
    ///
    /// A text of somebody else that had to give way is kept in this file.
    Slipped(Option<PathBuf>),
}

impl Store {
    /// Opens a plan that is saved beside its file. See [`Self::open_with`].
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, None)
    }

    /// Opens a plan, and shows with it the changes of this user that wait to be saved; they are kept in a folder of the
    /// user's own. Nothing is written before something is to be saved.
    pub fn open_with(path: &Path, state: Option<&Path>) -> Result<Self, StoreError> {
        match Self::open_as_it_was(path, state)? {
            Self { blocked_by: Some(StoreError::Broken(problem)), .. } => Err(StoreError::Broken(problem)),
            store => Ok(store),
        }
    }

    /// As [`Self::open_with`]; but where the file is no plan at the moment, and it is known what it last was, then
    /// with that: changes to it wait. [`Self::blocked_by`] tells what is wrong with the file.
    pub fn open_as_it_was(path: &Path, state: Option<&Path>) -> Result<Self, StoreError> {
        drop(source::open(path)?);
        let paths = Paths::of(path, state).map_err(StoreError::Read)?;
        let (document, blocked_by) = match Document::read(source::steadily(&paths.file)?) {
            Ok(document) => (document, None),
            Err(problem) => match Self::last_plan(&paths)? {
                Some(document) => (document, Some(StoreError::Broken(problem))),
                None => return Err(StoreError::Broken(problem)),
            },
        };
        let given = std::path::absolute(path).map_err(StoreError::Read)?;
        let (path, patience) = (path.to_owned(), Patience::of(write::LOCK_TIMEOUT));
        let mut store = Self {
            path,
            given,
            paths,
            patience,
            has_told: false,
            document,
            awaited: None,
            blocked_by,
            is_for_reading: false,
        };
        store.show_waiting();
        Ok(store)
    }

    /// What the file was before somebody broke it, as far as that is known.
    fn last_plan(paths: &Paths) -> Result<Option<Document>, StoreError> {
        let found = source::steadily(&paths.file)?;
        Ok(first_journal::last_plan(paths, &found).or_else(|| backups::last_plan(paths)))
    }

    /// The path as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file itself, behind all symlinks: its folder is the one to be watched.
    pub fn file(&self) -> &Path {
        &self.paths.file
    }

    /// The plan as it is, or last was, in the file, with the changes made on it that wait to be saved.
    pub fn plan(&self) -> &Plan {
        self.awaited.as_ref().unwrap_or_else(|| self.document.plan())
    }

    /// What the file has, or last had as a plan: without the changes that wait.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The changes that wait to be saved, oldest first.
    pub fn waiting(&self) -> Vec<Commit> {
        let waiting = Outbox::of(&self.paths, self.document.plan()).unwrap_or_default();
        waiting.promises.into_iter().map(|promise| promise.commit).collect()
    }

    /// Whether changes wait that this user may save as soon as it can be done.
    pub fn is_waiting(&self) -> bool {
        self.awaited.is_some() && self.read_only() != Some(ReadOnly::File)
    }

    /// Why the file is no plan at the moment, or else why what waits could not be saved when that was last tried.
    pub fn blocked_by(&self) -> Option<&StoreError> {
        self.blocked_by.as_ref().filter(|_| self.is_broken() || self.awaited.is_some())
    }

    fn is_broken(&self) -> bool {
        matches!(self.blocked_by, Some(StoreError::Broken(_)))
    }

    /// Why nothing can be saved, if so.
    pub fn read_only(&self) -> Option<ReadOnly> {
        match rustix::fs::access(&self.paths.file, rustix::fs::Access::WRITE_OK) {
            Err(rustix::io::Errno::ROFS) => Some(ReadOnly::Disk),
            Err(rustix::io::Errno::ACCESS | rustix::io::Errno::PERM) => Some(ReadOnly::File),
            _ => None,
        }
    }

    /// Has a screen wait for the lock no longer than this, and hardly at all once somebody leaves it: what could not be
    /// saved by then waits.
    pub fn wait_no_longer_than(&mut self, longest: Duration, is_leaving: Arc<AtomicBool>) {
        self.patience = Patience { longest, is_leaving: Some(is_leaving) };
    }

    /// Has nothing written that waits.
    pub const fn only_read(&mut self) {
        self.is_for_reading = true;
    }

    /// Reads the file again, and saves the changes of this user that wait for it. `true` if it is another plan than at the last
    /// look. When it is no plan, the last one that was stays.
    pub fn refresh(&mut self) -> Result<bool, StoreError> {
        self.follow();
        let bytes = source::steadily(&self.paths.file)?;
        let (was_broken, was_hindered, awaited) =
            (self.is_broken(), self.blocked_by().is_some(), self.awaited.clone());
        let is_other = bytes != self.document.bytes();
        let looked = self.look(&bytes);
        let has_settled = self.deliver();
        looked?;
        let is_hindered = self.blocked_by().is_some();
        Ok(is_other || has_settled || was_broken || was_hindered != is_hindered || awaited != self.awaited)
    }

    /// Makes the changes on whatever is on disk by now: all of them, or none; but see [`Policy::LaterWins`]. Where the
    /// file is no plan at the moment or the disk is full, they wait, safely on the disk.
    /// May block as long as others are saving, so that a screen does it on a thread of its own.
    pub fn commit(
        &mut self,
        changes: &[Change],
        stamp: &Stamp,
        policy: Policy,
    ) -> Result<Outcome, StoreError> {
        let commit = Commit { changes: changes.to_vec(), stamp: stamp.clone() };
        let free = commit.free_numbers(self.plan());
        self.carry_out(&StoreRequest::Make(commit, policy, free))
    }

    /// Brings in what others have made, elsewhere, of a text that this file once had. What was changed here since then
    /// stays. The stamp is for what nobody can be said to have done.
    pub fn take_in(
        &mut self,
        base: &Document,
        theirs: &Document,
        stamp: &Stamp,
    ) -> Result<Outcome, StoreError> {
        let (base, theirs) = (Box::new(base.clone()), Box::new(theirs.clone()));
        self.carry_out(&StoreRequest::TakeIn { base, theirs, stamp: stamp.clone() })
    }

    /// The tasks that were deleted, each as it went, with who deleted it in its history; the last one first. That is
    /// known as long as the log beside the plan is.
    pub fn removed(&self) -> Vec<Task> {
        log::removed(&self.paths, self.document.plan())
    }

    /// What was saved and then overwritten by an editor with an older text.
    pub fn lost_updates(&self) -> Option<LostUpdates> {
        let missing = Lost::in_text(&self.paths, self.document.bytes(), self.document.plan()).missing;
        (!missing.commits.is_empty()).then_some(missing)
    }

    /// Makes again what is missing, each change with the name and the time of the one who made it first. Of two things
    /// that were set without one having been seen, the later stands, and the other is in the history, marked.
    pub fn bring_back(&mut self) -> Result<Outcome, StoreError> {
        self.carry_out(&StoreRequest::BringBack)
    }

    /// What this user has made on a day and could take back, oldest first, each in one go and with why it was made.
    pub fn own_changes(&self, user: &str, day: NaiveDate) -> Vec<(Vec<Change>, Why)> {
        let waiting = self
            .waiting()
            .into_iter()
            .filter(|commit| commit.stamp.by == user && commit.stamp.why != Why::Undo);
        let waiting = waiting.map(|commit| (commit.changes, commit.stamp.why));
        log::own(&self.paths, user, day).into_iter().chain(waiting).collect()
    }

    /// Leaves the plan as it is, and asks no more.
    pub fn leave_lost_updates(&mut self) -> Result<Outcome, StoreError> {
        self.carry_out(&StoreRequest::LeaveLostUpdates)
    }

    /// Saves what waits of this user, if anything does. Whether it is another plan now.
    fn deliver(&mut self) -> bool {
        if !outbox::is_any(&self.paths) {
            return self.awaited.take().is_some();
        }
        if !self.is_broken() && !self.is_for_reading {
            match self.carry_out(&StoreRequest::Deliver) {
                Ok(_) => return true,
                Err(trouble) => self.blocked_by = Some(trouble),
            }
        }
        self.show_waiting();
        false
    }

    fn look(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.blocked_by = None;
        if bytes == self.document.bytes() {
            return Ok(());
        }
        match self.document.read_again(bytes.to_vec()) {
            Ok(document) => {
                self.document = document;
                Ok(())
            }
            Err(problem) => {
                self.blocked_by = Some(StoreError::Broken(problem.clone()));
                Err(StoreError::Broken(problem))
            }
        }
    }

    /// A link may lead elsewhere by now, to another text of a plan. While an editor is saving, it may lead nowhere.
    fn follow(&mut self) {
        if let Ok(file) = std::fs::canonicalize(&self.given)
            && file != self.paths.file
            && folder::read_plan(&file).is_ok()
        {
            self.paths = self.paths.at(file);
        }
    }
}
