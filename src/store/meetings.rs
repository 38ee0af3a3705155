//! Meetings: where one was stopped, in a folder of the user's own, and beside the plan where one is now, for those who
//! follow it on another screen.
//!
//! What lies beside the plan is a task and a number. Who may write the plan could put another one there, and would show
//! another task of the same plan. It is locked by the program that shows it: when that is killed, nobody has to tidy up.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use super::Store;
use super::digest::digest;
use super::dir::{self, Dir};
use super::paths::RecordFile;
use super::store_error::StoreError;
use super::{read, user_file};
use crate::plan::meeting::{Meeting, MeetingPlace};

/// A meeting that was stopped before its end.
pub fn find(state: &Path, plan: &Path) -> Option<Meeting> {
    ron::de::from_bytes(&user_file::read(&folder(state), &user_file::sign(plan))?).ok()
}

/// Keeps a meeting to be gone on with. It is on the disk afterwards, and nobody else can read it.
pub fn keep(state: &Path, plan: &Path, meeting: &Meeting) -> Result<(), StoreError> {
    let text = ron::to_string(meeting).expect("a meeting has nothing in it that RON cannot say");
    user_file::write(&folder(state), &user_file::sign(plan), &text).map_err(StoreError::Write)
}

/// The meeting is over.
pub fn forget(state: &Path, plan: &Path) -> Result<(), StoreError> {
    let Some(folder) = Dir::open_own(&folder(state)).map_err(StoreError::Write)? else { return Ok(()) };
    let name = user_file::sign(plan);
    if folder.has(name.as_ref()) { folder.remove(name).map_err(StoreError::Write) } else { Ok(()) }
}

fn folder(state: &Path) -> PathBuf {
    state.join("meetings")
}

/// No place has more bytes.
const LONGEST: u64 = 4096;

/// A place that others see for as long as this lives.
#[derive(Debug)]
pub struct ShownPlace {
    _locked: File,
}

impl Store {
    /// The file that tells where a user is in a meeting.
    pub fn place_file(&self, user: &str) -> PathBuf {
        self.paths.sidecar_path().join(self.place_record(user).name)
    }

    /// Where a user is in a meeting; nothing where there is none, or the program that showed it is gone.
    pub fn place_of(&self, user: &str) -> Option<MeetingPlace> {
        let kept = self.place_record(user);
        let file = kept.dir().ok()??.open(&kept.name, LONGEST).ok()??;
        // A system that has no locks cannot tell, and the place is believed.
        let is_left_behind = file.try_lock_shared().is_ok();
        if is_left_behind { None } else { ron::de::from_bytes(&read::whole(&file).ok()?).ok() }
    }

    /// Shows those who follow where a user is in a meeting.
    pub fn show_place(&self, user: &str, place: &MeetingPlace) -> Result<ShownPlace, StoreError> {
        let text = ron::to_string(place).expect("a place has nothing in it that RON cannot say");
        self.lay_place(user, text.as_bytes()).map_err(StoreError::Write)
    }

    /// The file is locked before it has its name: nobody sees it without.
    fn lay_place(&self, user: &str, text: &[u8]) -> io::Result<ShownPlace> {
        let kept = self.place_record(user);
        let (dir, access) = (kept.make_dir()?, kept.access()?);
        let give_and_lock = |file: &File| {
            let _ = file.try_lock();
            access.map_or(Ok(()), |access| access.give(file))
        };
        Ok(ShownPlace { _locked: dir.lay(&dir::unique(&kept.name), &kept.name, text, give_and_lock)? })
    }

    /// The user is in no meeting any more.
    pub fn hide_place(&self, user: &str) -> Result<(), StoreError> {
        let kept = self.place_record(user);
        let dir = kept.dir().map_err(StoreError::Write)?;
        let there = dir.filter(|dir| dir.has(&kept.name));
        there.map_or(Ok(()), |dir| dir.remove(&kept.name)).map_err(StoreError::Write)
    }

    fn place_record(&self, user: &str) -> RecordFile {
        self.paths.kept(&format!("meeting-{:016x}", digest(user.as_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::plan::TaskId;
    use crate::plan::meeting::MeetingOrder;

    fn plan_in(folder: &Path) -> PathBuf {
        let plan = folder.join("a.ron");
        std::fs::write(&plan, "(title: \"t\", year: 2024, tasks: [(id: \"a\", title: \"b\")])").unwrap();
        plan
    }

    #[test]
    fn a_meeting_is_kept_until_it_is_over() {
        let folder = tempfile::TempDir::new().unwrap();
        let plan = plan_in(folder.path());
        let state = folder.path().join("state");
        let mut meeting =
            Meeting::new("2024-05-20".parse().unwrap(), MeetingOrder::Lead, vec![TaskId::new("a")]);
        meeting.begin_sitting("2024-05-20T09:00:00".parse().unwrap());
        assert_eq!(find(&state, &plan), None);
        forget(&state, &plan).unwrap();
        keep(&state, &plan, &meeting).unwrap();
        assert_eq!(find(&state, &plan), Some(meeting));
        assert_eq!(find(&state, &folder.path().join("b.ron")), None);
        forget(&state, &plan).unwrap();
        assert_eq!(find(&state, &plan), None);
    }

    #[test]
    fn where_somebody_is_can_be_read_by_those_who_have_the_plan() {
        let folder = tempfile::TempDir::new().unwrap();
        let plan = plan_in(folder.path());
        std::fs::set_permissions(&plan, std::fs::Permissions::from_mode(0o640)).unwrap();
        let store = Store::open(&plan).unwrap();
        let place = MeetingPlace { task: Some(TaskId::new("a")), nth: 1, all: 1, order: MeetingOrder::Lead };
        store.hide_place("lan").unwrap();
        let first = store.show_place("lan", &place).unwrap();
        assert_eq!(store.place_of("lan"), Some(place.clone()));
        assert_eq!(store.place_of("../lan"), None);
        let mode = store.place_file("lan").metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        let next = MeetingPlace { nth: 2, ..place };
        let _second = store.show_place("lan", &next).unwrap();
        drop(first);
        assert_eq!(store.place_of("lan"), Some(next));
        store.hide_place("lan").unwrap();
        assert_eq!(store.place_of("lan"), None);
    }

    #[test]
    fn a_place_whose_program_is_gone_is_none() {
        let folder = tempfile::TempDir::new().unwrap();
        let store = Store::open(&plan_in(folder.path())).unwrap();
        let place = MeetingPlace { task: Some(TaskId::new("a")), nth: 1, all: 1, order: MeetingOrder::Lead };
        drop(store.show_place("lan", &place).unwrap());
        assert!(store.place_file("lan").exists(), "nobody had the time to tidy up");
        assert_eq!(store.place_of("lan"), None);
    }

    #[test]
    fn what_is_no_place_is_none() {
        let folder = tempfile::TempDir::new().unwrap();
        let store = Store::open(&plan_in(folder.path())).unwrap();
        let place = MeetingPlace { task: None, nth: 1, all: 1, order: MeetingOrder::Lead };
        let _shown = store.show_place("lan", &place).unwrap();
        for text in ["", "(task:", "(task: Some(\"\x1b[2J\"), nth: -1, all: 2)"] {
            std::fs::write(store.place_file("lan"), text).unwrap();
            assert_eq!(store.place_of("lan"), None, "{text:?}");
        }
    }
}
