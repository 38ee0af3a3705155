//! From a change to the disk: the turn, the text as it is by then, the change on it, the save; and again, if an
//! editor was quicker.

use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use super::digest::digest;
use super::dir::{self, Dir};
use super::lock::{Held, Turn};
use super::log::Line;
use super::lost::{self, Lost, Settled};
use super::promise::Promise;
use super::replace::{self, Hindrance};
use super::site::Site;
use super::snapshots::Snapshots;
use super::trouble::{ReadOnly, Trouble, Unfit};
use super::waiting::{self, Waiting};
use super::{Outcome, Saved, Store};
use super::{log, overwrite, read, recover, snapshots};
use crate::document::merge::merge;
use crate::document::{Document, Refusal};
use crate::plan::{Change, Clash, Conflict, Deed, Stamp, Task, TaskId, Why};

/// What is to be done when the turn has come. What waits is made first in any case.
#[derive(Debug)]
pub(super) enum Wish {
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
    LeaveMissing,
}

/// What one attempt to save came to.
#[derive(Debug)]
pub(super) enum Written {
    Done(Saved),
    /// An editor was quicker. What is on the disk now is its text, and the change is still to be made on it.
    Slipped {
        rescued: Vec<PathBuf>,
    },
}

/// How long to queue behind others who save.
pub(super) const QUEUE: Duration = Duration::from_secs(20);

/// How long to try again when an editor, which does not queue, saves at the same moment as we.
const RACE: Duration = Duration::from_secs(5);

/// How long a file may be missing or half written while an editor is saving it.
const EDITOR: Duration = Duration::from_millis(300);

impl Store {
    pub(super) fn carry_out(&mut self, wish: &Wish) -> Result<Outcome, Trouble> {
        self.follow();
        if self.read_only() == Some(ReadOnly::File) {
            return Err(Trouble::ReadOnly(ReadOnly::File));
        }
        let free = self.site.clone();
        self.site = patiently(|| self.site.pinned().map_err(Trouble::Read))?;
        let done = self.carry_out_here(wish);
        self.site = free;
        done
    }

    /// In the plan's folder as it was found at first.
    fn carry_out_here(&mut self, wish: &Wish) -> Result<Outcome, Trouble> {
        let mut rescued = Vec::new();
        let saved = match self.read_only() {
            Some(reason) => Err(Trouble::ReadOnly(reason)),
            None => self.in_turn(wish, &mut rescued),
        };
        match (saved, wish) {
            (Ok(outcome), _) => Ok(Outcome { rescued, ..outcome }),
            (Err(trouble), Wish::Make(deed, clash, _)) if lets_wait(&trouble) => {
                self.wait(deed, *clash, trouble)
            }
            (Err(trouble), _) => Err(trouble),
        }
    }

    fn in_turn(&mut self, wish: &Wish, rescued: &mut Vec<PathBuf>) -> Result<Outcome, Trouble> {
        loop {
            let turn = patiently(|| Turn::wait(&self.site, &self.patience))?;
            match until_saved(|| self.attempt(&turn, wish, rescued)) {
                Err(Trouble::Busy(_)) if !turn.is_ours(&self.site) => {}
                done => return done,
            }
        }
    }

    /// Nothing, if an editor saved meanwhile.
    fn attempt(
        &mut self,
        turn: &Turn,
        wish: &Wish,
        rescued: &mut Vec<PathBuf>,
    ) -> Result<Option<Outcome>, Trouble> {
        let held = turn.hold(&self.site)?;
        rescued.extend(recover::recover(&self.site, turn, &held).map_err(Trouble::Write)?);
        let old = read::whole(&held.file).map_err(Trouble::Read)?;
        self.look(&old)?;
        if self.document.bytes() != old {
            // The text is not all text, and what the document has made of the rest must not go back to the disk.
            return Err(Trouble::Unwritable);
        }
        let lost = Lost::in_text(&self.site, &old, self.document.plan());
        let done = self.make(wish, &lost).and_then(|made| Ok((self.save(turn, &held, &old)?, made)));
        let (saved, made) = match done {
            Ok((Written::Done(saved), made)) => (saved, made),
            Ok((Written::Slipped { rescued: kept }, _)) => {
                self.go_back(old);
                rescued.extend(kept);
                return Ok(None);
            }
            Err(trouble) => {
                self.go_back(old);
                return Err(trouble);
            }
        };
        let in_the_way = self.log(wish, &old, &lost, &made, saved)?;
        made.waiting.clear(&self.site);
        self.awaited = None;
        let told = self.told_of(turn, &made);
        let Made { own, conflict, settled, .. } = made;
        Ok(Some(Outcome { made: own, conflict, saved, settled, in_the_way, ..told }))
    }

    /// Writes down what was saved, and what was decided. What cannot be logged now is not watched over, and is saved all
    /// the same; the answer is what is in the way of the log, if that is why.
    fn log(
        &self,
        wish: &Wish,
        old: &[u8],
        lost: &Lost,
        made: &Made,
        saved: Saved,
    ) -> Result<Option<PathBuf>, Trouble> {
        let is_decided =
            matches!(wish, Wish::BringBack | Wish::LeaveMissing) && !lost.missing.deeds.is_empty();
        if saved == Saved::Nothing && !is_decided {
            return Ok(None);
        }
        let Made { deeds, told, left, .. } = made;
        let (deeds, outdone, left) = (deeds.clone(), told.clone(), left.clone());
        let line = Line { deeds, outdone, left, is_whole: is_decided.then_some(true), ..Line::default() };
        match (lost.log(&self.site, old, self.document.bytes(), line), wish) {
            (Ok(()), _) => Ok(None),
            // Nothing else was to be done.
            (Err(error), Wish::LeaveMissing) => Err(Trouble::Write(error)),
            (Err(error), _) => Ok(dir::what_is_in_the_way(&error).map(Path::to_owned)),
        }
    }

    /// What the user should know of what was found on the way.
    fn told_of(&mut self, turn: &Turn, made: &Made) -> Outcome {
        let moved = turn.sidecar().map_or_else(Vec::new, Dir::moved);
        let unknown = made.waiting.unknown;
        let is_without_folder = !waiting::reserve(&self.site) && !std::mem::replace(&mut self.has_told, true);
        Outcome { moved, is_without_folder, unknown, ..self.unsaved() }
    }

    fn save(&self, turn: &Turn, held: &Held, old: &[u8]) -> Result<Written, Trouble> {
        if self.document.bytes() == old {
            return Ok(Written::Done(Saved::Nothing));
        }
        if self.document.bytes().len() as u64 > read::LONGEST {
            return Err(Trouble::Unfit(Unfit::TooLong));
        }
        write(&self.site, turn, held, old, self.document.bytes())
    }

    /// Makes what waits, and then what is wished for.
    fn make(&mut self, wish: &Wish, lost: &Lost) -> Result<Made, Trouble> {
        // Without a folder of the user's own nothing waits in it.
        let waiting = Waiting::of(&self.site, self.document.plan()).unwrap_or_default();
        let mut made = Made { waiting, ..Made::default() };
        for promise in made.waiting.promises.clone() {
            let (deed, lost) = promise.on(self.document.plan());
            let added: Vec<TaskId> = deed.changes.iter().filter_map(Change::task).cloned().collect();
            let deed = deed.numbered(&added, self.document.plan());
            self.make_one(&deed, Clash::Override, &lost, &mut made)?;
        }
        let before = made.deeds.len();
        match wish {
            Wish::Make(deed, clash, free) => {
                if let Some(document) = self.text_before(deed) {
                    self.document = document;
                    made.deeds.push(deed.clone());
                } else {
                    let deed = deed.clone().numbered(free, self.document.plan());
                    made.conflict = self.make_one(&deed, *clash, &[], &mut made)?;
                }
            }
            Wish::BringBack => self.make_again(lost, &mut made)?,
            Wish::TakeIn { base, theirs, stamp } => {
                self.document = merge(base, &self.document, theirs, stamp).document;
                // What has given way to their work is not lost.
                let gone = Lost::in_text(&self.site, self.document.bytes(), self.document.plan());
                made.left = log::without(&gone.missing.deeds, &lost.missing.deeds);
            }
            Wish::LeaveMissing => made.left.clone_from(&lost.missing.deeds),
            Wish::Deliver => {}
        }
        made.own = made.deeds[before..].iter().flat_map(|deed| deed.changes.clone()).collect();
        Ok(made)
    }

    /// What is missing, made again; and what others have set in its place meanwhile stays, and this is in the history.
    fn make_again(&mut self, lost: &Lost, made: &mut Made) -> Result<(), Trouble> {
        let outdone = lost.missing.outdone.clone();
        let wanted = log::without(&lost.missing.deeds, &outdone);
        for deed in &wanted {
            let mut changes = Change::whole(&deed.changes);
            // Whoever has deleted it had not seen all that was made of it.
            changes.retain(|change| {
                let is_of = |deed: &Deed| deed.changes.iter().any(|other| other.task() == change.task());
                let is_back =
                    matches!(change, Change::Add { .. }) && self.document.plan().task_of(change).is_some();
                !is_back && !(matches!(change, Change::Remove { .. }) && outdone.iter().any(is_of))
            });
            let deed = Deed { changes, stamp: deed.stamp.clone() };
            self.make_one(&deed, Clash::Override, &[], made)?;
        }
        let refused = lost::refused(&wanted, self.document.plan());
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
        told.map_err(|_| Trouble::Unwritable)?;
        let plan = self.document.plan();
        let back = log::without(&wanted, &refused);
        // What was there already, or was made over something else, is not among what was made.
        made.told = [outdone.clone(), log::without(&back, &made.deeds)].concat();
        let back = back.into_iter();
        let back = back.map(|deed| deed.part_in(plan)).filter(|deed| !deed.changes.is_empty());
        made.settled = Settled { back: back.collect(), outdone, refused: refused.clone() };
        made.left = refused;
        Ok(())
    }

    /// The text as it was before the deed that this one takes back, where nothing else has been done since: so that
    /// nothing in it remains of the deed.
    fn text_before(&self, deed: &Deed) -> Option<Document> {
        if deed.stamp.why != Why::Undo {
            return None;
        }
        let before = log::before(&self.site, self.document.bytes(), &deed.changes)?;
        let kept = Snapshots::of(&self.site)?;
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
    ) -> Result<Option<Conflict>, Trouble> {
        let find = |id: &TaskId| lost_task(&self.site, lost, id);
        match deed.make_on(&mut self.document, clash, find) {
            Ok(changes) if changes.is_empty() => Ok(None),
            Ok(changes) => {
                let made_now = Deed { changes, stamp: deed.stamp.clone() };
                // Should it be made again, it is told again that it was made over what others had set.
                made.deeds.push(made_now.marked_in(self.document.plan()));
                Ok(None)
            }
            Err(Refusal::Conflict(conflict)) => Ok(Some(conflict)),
            Err(Refusal::Unwritable) => Err(Trouble::Unwritable),
        }
    }

    /// Accepts a change that cannot be saved yet, on the plan as it last was. It is kept as it was made there.
    fn wait(&mut self, deed: &Deed, clash: Clash, trouble: Trouble) -> Result<Outcome, Trouble> {
        self.show_waiting();
        let mut plan = self.plan().clone();
        let find = |id: &TaskId| lost_task(&self.site, &[], id);
        let made = match deed.make_on(&mut plan, clash, find) {
            Ok(made) => made,
            Err(Refusal::Conflict(conflict)) => {
                return Ok(Outcome { conflict: Some(conflict), hindrance: Some(trouble), ..self.unsaved() });
            }
            Err(Refusal::Unwritable) => return Err(trouble),
        };
        let deed = Deed { changes: made, stamp: deed.stamp.clone() };
        if deed.changes.is_empty() {
            return Ok(Outcome { hindrance: Some(trouble), ..self.unsaved() });
        }
        if !waiting::is_any(&self.site) {
            // What the change was made on: should its task be gone when the file is a plan again, it is found here.
            let _ = self.keep_last_plan();
        }
        let made = deed.changes.clone();
        let kept = Promise::of(deed, self.plan()).map(|promise| waiting::keep(&self.site, &promise));
        if !matches!(kept, Some(Ok(()))) {
            return Err(trouble);
        }
        self.awaited = Some(plan);
        Ok(Outcome { made, saved: Saved::Waiting, hindrance: Some(trouble), ..self.unsaved() })
    }

    fn keep_last_plan(&self) -> io::Result<()> {
        snapshots::keep_text(&self.site, self.document.bytes(), None)
    }

    /// Shows the plan with what waits for it, also where another process has let it wait.
    pub(super) fn show_waiting(&mut self) {
        let waiting = Waiting::of(&self.site, self.document.plan()).unwrap_or_default();
        let mut plan = self.document.plan().clone();
        for promise in &waiting.promises {
            let (deed, lost) = promise.on(&plan);
            let find = |id: &TaskId| lost_task(&self.site, &lost, id);
            // What cannot be made even so will be found out when it is its turn to be saved.
            let _ = deed.make_on(&mut plan, Clash::Override, find);
        }
        self.awaited = (!waiting.promises.is_empty()).then_some(plan);
    }

    /// The document is always one that is, or was, on the disk.
    fn go_back(&mut self, old: Vec<u8>) {
        let read = self.document.read_again(old);
        self.document = read.expect("this text was read before the change was made on it");
    }

    fn unsaved(&self) -> Outcome {
        Outcome {
            plan: self.plan().clone(),
            made: Vec::new(),
            conflict: None,
            saved: Saved::Nothing,
            hindrance: None,
            rescued: Vec::new(),
            settled: Settled::default(),
            moved: Vec::new(),
            in_the_way: None,
            is_without_folder: false,
            unknown: 0,
        }
    }
}

/// What was made on the document.
#[derive(Debug, Default)]
struct Made {
    /// All of it.
    deeds: Vec<Deed>,
    /// What was wished for now.
    own: Vec<Change>,
    conflict: Option<Conflict>,
    waiting: Waiting,
    /// What was lost and is decided about.
    settled: Settled,
    /// What was lost and is in the plan or in its histories, without having been made.
    told: Vec<Deed>,
    /// What was saved before and is not in the plan on purpose: it had to give way to others' work.
    left: Vec<Deed>,
}

/// One of these, or the task as it was in the latest of the earlier texts that have it.
fn lost_task(site: &Site, lost: &[Task], id: &TaskId) -> Option<Task> {
    if let Some(task) = lost.iter().find(|task| task.id == *id) {
        return Some(task.clone());
    }
    let kept = Snapshots::of(site).and_then(|snapshots| {
        snapshots.newest_first().iter().find_map(|text| {
            let document = Document::read(snapshots.read(text)?).ok()?;
            document.plan().task(id).cloned()
        })
    });
    kept.or_else(|| log::as_it_went(site, id))
}

/// What passes by itself or by somebody's hand, while the change is kept.
fn lets_wait(trouble: &Trouble) -> bool {
    match trouble {
        Trouble::Broken(_) | Trouble::ReadOnly(ReadOnly::Disk) | Trouble::Busy(_) => true,
        Trouble::Write(error) => matches!(
            error.kind(),
            ErrorKind::StorageFull
                | ErrorKind::QuotaExceeded
                | ErrorKind::FileTooLarge
                | ErrorKind::ReadOnlyFilesystem
        ),
        _ => false,
    }
}

/// Replaces the file, or writes into it where it has to stay the same one.
pub(super) fn write(
    site: &Site,
    turn: &Turn,
    held: &Held,
    old: &[u8],
    new: &[u8],
) -> Result<Written, Trouble> {
    let has_one_name = held.file.metadata().map_err(Trouble::Write)?.nlink() == 1;
    if has_one_name && let Some(sidecar) = turn.sidecar() {
        match replace::replace(site, sidecar, held, old, new) {
            Err(Hindrance::MustStay) => {}
            Err(Hindrance::Failed(error)) => return Err(Trouble::Write(error)),
            Ok(written) => return Ok(written),
        }
    }
    overwrite::overwrite(site, held, old, new).map_err(Trouble::Write)
}

/// Tries again for as long as an editor keeps being quicker.
pub(super) fn until_saved<T>(mut attempt: impl FnMut() -> Result<Option<T>, Trouble>) -> Result<T, Trouble> {
    let until = Instant::now() + RACE;
    for times in 1.. {
        if let Some(outcome) = patiently(&mut attempt)? {
            return Ok(outcome);
        }
        if Instant::now() > until {
            break;
        }
        // Longer and longer, so that two programs do not step on each other's toes in time.
        thread::sleep(Duration::from_millis(5 * times.min(20)));
    }
    Err(Trouble::Busy(None))
}

/// Tries again for as long as an editor may be in the middle of saving.
pub(super) fn patiently<T>(mut attempt: impl FnMut() -> Result<T, Trouble>) -> Result<T, Trouble> {
    let until = Instant::now() + EDITOR;
    loop {
        match attempt() {
            Err(trouble) if may_pass(&trouble) && Instant::now() < until => {
                thread::sleep(Duration::from_millis(10));
            }
            result => return result,
        }
    }
}

/// What that looks like: the file is gone, or half of it is there.
fn may_pass(trouble: &Trouble) -> bool {
    match trouble {
        Trouble::Broken(_) => true,
        Trouble::Read(error) => error.kind() == ErrorKind::NotFound,
        _ => false,
    }
}
