//! Text that somebody was typing when the line dropped, kept in a folder of that person until the next start.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::digest::digest;
use super::dir::Dir;
use super::store_error::StoreError;
use super::{read, user_file};
use crate::plan::new_plan::PlanDraft;
use crate::plan::{Draft, Field, Task};

/// As it stands in its file, which says by its name for which plan.
#[derive(Serialize, Deserialize)]
struct WrittenDraft {
    task: Option<Box<Task>>,
    field: String,
    text: String,
    /// Of the boxes behind the first.
    #[serde(default)]
    others: Vec<String>,
    at: DateTime<FixedOffset>,
}

/// Keeps a draft. It is on the disk afterwards, and nobody else can read it. `state` is the user's own folder.
pub fn save(state: &Path, plan: &Path, draft: &Draft, at: DateTime<FixedOffset>) -> Result<(), StoreError> {
    let Draft { task, field, texts } = draft.clone();
    let mut texts = texts.into_iter();
    let text = texts.next().unwrap_or_default();
    let written = WrittenDraft { task, field: field.name().to_owned(), text, others: texts.collect(), at };
    let text = ron::to_string(&written).expect("a draft has nothing in it that RON cannot say");
    let name = format!("{}{:016x}", prefix(plan), digest(text.as_bytes()));
    user_file::write(&folder(state), &name, &text).map_err(StoreError::Write)
}

/// The drafts for a plan, oldest first. They stay until they are dropped, whatever happens to the one who looks.
pub fn find(state: &Path, plan: &Path) -> Vec<Draft> {
    let mut drafts = kept(state, plan);
    drafts.sort_by_key(|(_, _, at)| *at);
    drafts.into_iter().map(|(_, draft, _)| draft).collect()
}

/// Takes a draft away: it was taken up, or is not wanted.
pub fn discard(state: &Path, plan: &Path, draft: &Draft) -> Result<(), StoreError> {
    let Some(folder) = Dir::open_own(&folder(state)).map_err(StoreError::Write)? else { return Ok(()) };
    for (name, kept, _) in kept(state, plan) {
        if kept == *draft {
            folder.remove(&name).map_err(StoreError::Write)?;
        }
    }
    Ok(())
}

/// The drafts of a plan, each with the name of its file and the time at which it was kept.
fn kept(state: &Path, plan: &Path) -> Vec<(OsString, Draft, DateTime<FixedOffset>)> {
    let Ok(Some(folder)) = Dir::open_own(&folder(state)) else { return Vec::new() };
    let prefix = prefix(plan);
    let names = folder.names().unwrap_or_default().into_iter();
    let of_plan = names.filter(|name| name.as_bytes().starts_with(prefix.as_bytes()));
    let drafts = of_plan.filter_map(|name| {
        let (draft, at) = parse(&folder.read(&name, read::LONGEST).ok()??)?;
        Some((name, draft, at))
    });
    drafts.collect()
}

/// Keeps what is being typed for a new plan, or takes away what was kept.
pub fn keep_plan(state: &Path, draft: Option<&PlanDraft>) -> Result<(), StoreError> {
    if let Some(draft) = draft {
        let text = ron::to_string(draft).expect("texts can be said in RON");
        return user_file::write(&folder(state), NEW_PLAN, &text).map_err(StoreError::Write);
    }
    let Some(folder) = Dir::open_own(&folder(state)).map_err(StoreError::Write)? else { return Ok(()) };
    folder.remove(OsStr::new(NEW_PLAN)).map_err(StoreError::Write)
}

/// What was being typed for a new plan.
pub fn find_plan(state: &Path) -> Option<PlanDraft> {
    ron::de::from_bytes(&user_file::read(&folder(state), NEW_PLAN)?).ok()
}

/// The file for a plan that has none yet.
const NEW_PLAN: &str = "new-plan";

fn folder(state: &Path) -> PathBuf {
    state.join("drafts")
}

fn prefix(plan: &Path) -> String {
    format!("{}-", user_file::sign(plan))
}

fn parse(bytes: &[u8]) -> Option<(Draft, DateTime<FixedOffset>)> {
    let WrittenDraft { task, field, text, others, at } = ron::de::from_bytes(bytes).ok()?;
    let field = Field::named(&field)?;
    Some((Draft { task, field, texts: std::iter::once(text).chain(others).collect() }, at))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::plan::TaskId;

    fn save_at(state: &Path, plan: &Path, draft: &Draft, at: &str) {
        save(state, plan, draft, DateTime::parse_from_rfc3339(at).unwrap()).unwrap();
    }

    fn draft(text: &str) -> Draft {
        Draft {
            task: Some(Box::new(Task { id: TaskId::new("a"), ..Task::default() })),
            field: Field::Note,
            texts: vec![text.to_owned()],
        }
    }

    #[test]
    fn half_a_sentence_is_offered_until_it_is_taken_up() {
        let folder = tempfile::TempDir::new().unwrap();
        let (plan, other) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
        fs::write(&plan, "").unwrap();
        let (first, second) = (draft("Đang"), draft("Đã gửi “công văn”\nhôm qua,"));
        let (early, late) = ("2024-05-20T08:00:00+07:00", "2024-05-20T08:01:00+07:00");
        for (draft, at) in [(&second, late), (&first, early), (&second, late)] {
            save_at(folder.path(), &plan, draft, at);
        }
        assert_eq!(find(folder.path(), &plan), [first.clone(), second.clone()]);
        assert_eq!(find(folder.path(), &other), []);
        discard(folder.path(), &plan, &second).unwrap();
        assert_eq!(find(folder.path(), &plan), [first]);
    }

    #[test]
    fn nobody_else_can_read_it() {
        let folder = tempfile::TempDir::new().unwrap();
        let state = folder.path().join("state");
        save_at(&state, Path::new("a.ron"), &draft("riêng"), "2024-05-20T08:00:00+07:00");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&state.join("drafts")), 0o700);
        let names = kept(&state, Path::new("a.ron")).into_iter().map(|(name, ..)| name);
        assert!(names.map(|name| mode(&state.join("drafts").join(name))).eq([0o600]));
    }

    #[test]
    fn what_is_no_draft_is_passed_over() {
        let folder = tempfile::TempDir::new().unwrap();
        let plan = Path::new("a.ron");
        save_at(folder.path(), plan, &draft("a"), "2024-05-20T08:00:00+07:00");
        fs::write(folder.path().join("drafts").join(format!("{}0", prefix(plan))), "(task:").unwrap();
        assert_eq!(find(folder.path(), plan).len(), 1);
    }
}
