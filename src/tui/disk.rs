//! The thread that reads and saves, so that a slow disk or a colleague who is saving never holds up the keys.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use chrono::{NaiveDate, Timelike};

use super::{Found, Message, Setup, describe};
use crate::app::{Access, Effect, Event, MeetingNote};
use crate::plan::new_plan::PlanDraft;
use crate::plan::{Change, Draft, Plan, PlanKey, Stamp, Task, TaskId, Why};
use crate::store::meetings::ShownPlace;
use crate::store::seen::Seen;
use crate::store::{self, Commit, Outcome, Policy, Store, StoreError, drafts, meetings};

/// What the thread is asked to do.
#[derive(Debug)]
pub(super) enum Job {
    /// What the app asks for.
    Do(Effect),
    /// Somebody may have changed the file.
    Refresh(PlanKey),
    /// The user looks at the plan.
    Look(PlanKey),
    /// The user leaves the plan: what was being typed, and the tasks that were news until then.
    Keep(PlanKey, Draft),
    /// What is typed for a new plan, or that nothing is any more.
    KeepPlan(Option<PlanDraft>),
    Leave(PlanKey, Vec<Arc<Task>>),
    /// What is to be kept of a meeting.
    Note(PlanKey, MeetingNote),
    /// Somebody may be elsewhere in the meeting that is followed.
    Follow,
}

/// How often it is tried to save what waits.
const TRY_EVERY: Duration = Duration::from_secs(5);

/// How long the keys wait for somebody else who is saving. After that the change waits by itself.
const PATIENCE: Duration = Duration::from_secs(3);

pub(super) struct Disk {
    jobs: Sender<Job>,
    thread: JoinHandle<()>,
    /// Nobody is there any more who could be asked.
    is_ending: Arc<AtomicBool>,
}

impl Disk {
    pub(super) fn start(plans: Vec<Found>, user: String, setup: &Setup, messages: Sender<Message>) -> Self {
        let (jobs, waiting) = channel();
        let is_ending = Arc::new(AtomicBool::new(false));
        let files = plans.into_iter().map(PlanFileOnDisk::from).collect();
        let Setup { state, access, follow, .. } = setup;
        let (state, access, follow) = (state.clone(), *access, follow.clone());
        let mut worker = Worker { files, user, state, access, follow, is_ending: Arc::clone(&is_ending) };
        for file in &mut worker.files {
            if let Found::Open(store) = &mut file.found {
                store.wait_no_longer_than(PATIENCE, Arc::clone(&worker.is_ending));
            }
        }
        let thread = thread::spawn(move || {
            let parting = Parting(messages.clone());
            worker.work(&waiting, &messages);
            // What is left is the plans: see the end of the loop.
            std::mem::forget((parting, worker));
        });
        Self { jobs, thread, is_ending }
    }

    pub(super) fn ask(&self, job: Job) {
        // The thread is gone only after a panic, and then its parting word is on the way.
        let _ = self.jobs.send(job);
    }

    /// Waits until everything that was asked for is done.
    pub(super) fn finish(self) {
        self.is_ending.store(true, Ordering::Relaxed);
        drop(self.jobs);
        let _ = self.thread.join();
    }
}

/// Tells the loop when the thread ends by a panic.
struct Parting(Sender<Message>);

impl Drop for Parting {
    fn drop(&mut self) {
        let _ = self.0.send(Message::Lost);
    }
}

struct Worker {
    files: Vec<PlanFileOnDisk>,
    user: String,
    /// A folder of the user's own.
    state: Option<PathBuf>,
    /// What may be done at most.
    access: Access,
    /// Whose meeting is followed.
    follow: Option<String>,
    is_ending: Arc<AtomicBool>,
}

struct PlanFileOnDisk {
    found: Found,
    /// What the user was last told to be missing in the file; nothing before the first look.
    told: Option<Vec<Commit>>,
    /// Where the user is in a meeting about it, for those who follow.
    place: Option<ShownPlace>,
}

impl From<Found> for PlanFileOnDisk {
    fn from(found: Found) -> Self {
        Self { found, told: None, place: None }
    }
}

impl PlanFileOnDisk {
    const fn store(&self) -> Option<&Store> {
        match &self.found {
            Found::Open(store) => Some(store),
            Found::Broken(_) => None,
        }
    }

    /// Whether something may happen to it that no change of the file tells of: what waits can be saved, or somebody has
    /// answered what is missing.
    fn is_waiting(&self) -> bool {
        let is_offered = self.told.as_ref().is_some_and(|told| !told.is_empty());
        matches!(&self.found, Found::Open(store) if store.is_waiting() || is_offered)
    }

    /// What is missing now, if it is something else than the user was last told.
    fn missing(&mut self, at: PlanKey) -> Option<Event> {
        let Found::Open(store) = &self.found else { return None };
        let missing = store.lost_updates().map_or_else(Vec::new, |missing| missing.commits);
        let before = self.told.replace(missing.clone()).unwrap_or_default();
        (before != missing).then_some(Event::Missing(at, missing))
    }
}

impl Worker {
    fn work(&mut self, jobs: &Receiver<Job>, messages: &Sender<Message>) {
        while let Some(events) = self.next(jobs) {
            for event in events {
                if messages.send(Message::Event(Box::new(event))).is_err() {
                    return;
                }
            }
        }
    }

    /// What has come of the next job. While changes wait to be saved, nobody may have one to give when room is made
    /// on the disk; then it is tried again. Nothing when there will be no more jobs.
    fn next(&mut self, jobs: &Receiver<Job>) -> Option<Vec<Event>> {
        let keys = (0..self.files.len()).map(PlanKey);
        let waiting: Vec<PlanKey> = keys.filter(|at| self.files[at.0].is_waiting()).collect();
        if waiting.is_empty() {
            return jobs.recv().ok().map(|job| self.events_of(job));
        }
        match jobs.recv_timeout(TRY_EVERY) {
            Ok(job) => Some(self.events_of(job)),
            Err(RecvTimeoutError::Timeout) => {
                Some(waiting.into_iter().flat_map(|at| self.refresh(at)).collect())
            }
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    fn events_of(&mut self, job: Job) -> Vec<Event> {
        match job {
            Job::Do(Effect::Commit(at, changes, why, day)) => {
                self.telling_who_deleted(at, &changes, |worker| vec![worker.commit(at, &changes, why, day)])
            }
            Job::Do(Effect::BringBack(at)) => {
                let brought_back = self.decide(at, Store::bring_back);
                std::iter::once(brought_back).chain(self.files[at.0].missing(at)).collect()
            }
            Job::Do(Effect::LeaveMissing(at)) => {
                self.decide(at, Store::leave_lost_updates);
                self.files[at.0].missing(at).into_iter().collect()
            }
            Job::Do(Effect::Make(path, plan)) => vec![self.make(path, &plan)],
            Job::Do(Effect::WriteMinutes(at, name, texts)) => vec![self.write_minutes(at, &name, &texts)],
            Job::Refresh(at) => self.telling_who_deleted(at, &[], |worker| worker.refresh(at)),
            Job::Follow => self.place_followed().into_iter().collect(),
            // Whoever only reads leaves nothing behind.
            _ if self.access == Access::ReadOnly => Vec::new(),
            Job::Note(at, note) => {
                self.note(at, note);
                Vec::new()
            }
            // Nobody is told when one of these fails: it is offered or marked once more, or not at all.
            job => {
                let _ = self.state.as_ref().map(|state| self.keep(state, &job));
                Vec::new()
            }
        }
    }

    /// Writes something down in the user's own folder.
    fn keep(&self, state: &Path, job: &Job) -> Result<(), StoreError> {
        if let Job::KeepPlan(draft) = job {
            return drafts::keep_plan(state, draft.as_ref());
        }
        let (Job::Look(at) | Job::Keep(at, _) | Job::Leave(at, _) | Job::Do(Effect::Forget(at, _))) = job
        else {
            return Ok(());
        };
        let Found::Open(store) = &self.files[at.0].found else { return Ok(()) };
        match job {
            Job::Keep(_, draft) => drafts::save(state, store.file(), draft, super::now()),
            Job::Do(Effect::Forget(_, draft)) => drafts::discard(state, store.file(), draft),
            Job::Leave(_, tasks) => Seen::add(tasks, state, store.file()),
            _ => self.look(state, store),
        }
    }

    /// From the first look on, what others change is news.
    fn look(&self, state: &Path, store: &Store) -> Result<(), StoreError> {
        if Seen::of(state, store.file()).is_some() {
            return Ok(());
        }
        Seen::all(store.plan(), &self.is_ending).map_or(Ok(()), |seen| seen.keep(state, store.file()))
    }

    /// Makes the file of a new plan, which is one of ours from then on.
    fn make(&mut self, path: PathBuf, plan: &Plan) -> Event {
        let open = || Store::open_with(&path, self.state.as_deref());
        if self.access == Access::ReadOnly {
            return Event::NotMade(describe::READ_ONLY.spoken());
        }
        let made = store::create(&path, plan).and_then(|()| open());
        match made {
            Ok(store) => {
                let plan = store.plan().clone();
                self.files.push(patient(store, &self.is_ending).into());
                Event::Made(path, plan)
            }
            Err(trouble) => Event::NotMade(describe::trouble(&trouble)),
        }
    }

    /// Writes the minutes of a meeting beside the plan.
    fn write_minutes(&self, at: PlanKey, name: &str, texts: &[(&'static str, String)]) -> Event {
        let Some(store) = self.files[at.0].store().filter(|_| self.access == Access::Write) else {
            return Event::NotWritten(describe::READ_ONLY.spoken());
        };
        match store::create_texts(store.file(), name, texts) {
            Ok(paths) => Event::Written(paths),
            Err(trouble) => Event::NotWritten(describe::trouble(&trouble)),
        }
    }

    /// Nobody is told when this fails: the meeting goes on, and is only not gone on with or followed.
    fn note(&mut self, at: PlanKey, note: MeetingNote) {
        let Some(store) = self.files[at.0].store() else { return };
        // As far as anybody knows, it may end now.
        let meeting = note.meeting.map(|mut meeting| {
            meeting.end_sitting(super::now().naive_local());
            meeting
        });
        let _ = self.state.as_ref().map(|state| match &meeting {
            Some(meeting) => meetings::keep(state, store.file(), meeting),
            None => meetings::forget(state, store.file()),
        });
        let shown = match &note.place {
            Some(place) => store.show_place(&self.user, place).ok(),
            None => store.hide_place(&self.user).map_or(None, |()| None),
        };
        self.files[at.0].place = shown;
    }

    fn place_followed(&self) -> Option<Event> {
        let store = self.files.first()?.store()?;
        Some(Event::Followed(store.place_of(self.follow.as_ref()?)))
    }

    fn commit(&mut self, at: PlanKey, changes: &[Change], why: Why, day: NaiveDate) -> Event {
        let now = super::now();
        let at_second = now.with_nanosecond(0).unwrap_or(now);
        let stamp = Stamp { at: at_second, by: self.user.clone(), why, on: Some(day) };
        let is_ending = Arc::clone(&self.is_ending);
        self.decide(at, |store| match store.commit(changes, &stamp, Policy::Ask) {
            // Nothing of others' is taken back.
            Ok(outcome)
                if outcome.conflict.is_some()
                    && stamp.why != Why::Undo
                    && is_ending.load(Ordering::Relaxed) =>
            {
                store.commit(changes, &stamp, Policy::LaterWins)
            }
            outcome => outcome,
        })
    }

    /// Does something with the file, and tells what has come of it.
    fn decide(&mut self, at: PlanKey, act: impl FnOnce(&mut Store) -> Result<Outcome, StoreError>) -> Event {
        let Found::Open(store) = &mut self.files[at.0].found else {
            return Event::Failed(at, describe::READ_ONLY.spoken());
        };
        match act(store) {
            Ok(outcome) => Event::Saved(at, describe::saved(outcome, store)),
            Err(trouble) => Event::Failed(at, describe::trouble(&trouble)),
        }
    }

    /// Does something by which others' changes are seen, and tells first who has deleted what is there no more.
    fn telling_who_deleted(
        &mut self,
        at: PlanKey,
        ours: &[Change],
        act: impl FnOnce(&mut Self) -> Vec<Event>,
    ) -> Vec<Event> {
        let before = self.plan(at).cloned();
        let events = act(self);
        let removed = before.and_then(|before| self.removed(at, &before, ours));
        removed.into_iter().chain(events).collect()
    }

    fn plan(&self, at: PlanKey) -> Option<&Plan> {
        match &self.files[at.0].found {
            Found::Open(store) => Some(store.plan()),
            Found::Broken(_) => None,
        }
    }

    /// What has been deleted, if that is any task of this plan, and not by ourselves.
    fn removed(&self, at: PlanKey, before: &Plan, ours: &[Change]) -> Option<Event> {
        let Found::Open(store) = &self.files[at.0].found else { return None };
        let there: HashSet<&TaskId> = store.plan().tasks.iter().map(|task| &task.id).collect();
        let is_ours = |id: &TaskId| ours.iter().any(|change| change.is_about(id));
        let mut gone = before.tasks.iter().filter(|task| !there.contains(&task.id));
        gone.any(|task| !is_ours(&task.id)).then(|| Event::Removed(at, store.removed()))
    }

    fn refresh(&mut self, at: PlanKey) -> Vec<Event> {
        let file = &mut self.files[at.0];
        let refreshed = match &mut file.found {
            Found::Open(store) => store.refresh(),
            Found::Broken(path) => Store::open_with(path, self.state.as_deref()).map(|store| {
                file.found = patient(store, &self.is_ending);
                true
            }),
        };
        let Found::Open(store) = &file.found else {
            return refreshed
                .err()
                .map(|trouble| Event::Broken(at, describe::trouble(&trouble)))
                .into_iter()
                .collect();
        };
        let mut events = Vec::new();
        match refreshed {
            Ok(true) => events.push(loaded(at, store, self.access)),
            Ok(false) => {}
            Err(trouble) => return vec![Event::Broken(at, describe::trouble(&trouble))],
        }
        if file.told.is_none() {
            let seen = self.state.as_deref().and_then(|state| Seen::of(state, store.file()));
            let news = seen.and_then(|seen| {
                let (news, now) = seen.news(store.plan(), &self.user, &self.is_ending)?;
                // It can be compared again the next time.
                let _ = if now == seen { Ok(()) } else { now.keep(self.state.as_deref()?, store.file()) };
                Some(Event::News(at, news))
            });
            events.extend(news);
        }
        if !events.is_empty() || file.told.as_ref().is_none_or(|told| !told.is_empty()) {
            events.extend(file.missing(at));
        }
        events
    }
}

/// A file for which the keys never wait long.
fn patient(mut store: Store, is_ending: &Arc<AtomicBool>) -> Found {
    store.wait_no_longer_than(PATIENCE, Arc::clone(is_ending));
    Found::Open(Box::new(store))
}

fn loaded(at: PlanKey, store: &Store, most: Access) -> Event {
    let waiting = store.blocked_by().map(|blocked_by| describe::waiting(store, blocked_by));
    Event::Loaded(at, store.plan().clone(), access(store, most), waiting)
}

/// What may be done with a file that is open, and no more than this.
pub(super) fn access(store: &Store, most: Access) -> Access {
    if store.read_only().is_some() { Access::ReadOnly } else { most }
}
