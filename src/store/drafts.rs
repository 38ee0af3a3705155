//! Text that somebody was typing when the line dropped, kept in a folder of that person until the next start.

use std::ffi::OsString;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::digest::digest;
use super::dir::Dir;
use super::store_error::StoreError;
use super::{read, user_file};
use crate::plan::{Field, Task};

/// What was typed into a field and never confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub plan: PathBuf,
    /// The task as it was seen. None for one that was still to be added.
    pub task: Option<Box<Task>>,
    pub field: Field,
    pub text: String,
    pub at: DateTime<FixedOffset>,
}

/// As it stands in its file, which says by its name for which plan.
#[derive(Serialize, Deserialize)]
struct Written {
    task: Option<Box<Task>>,
    field: String,
    text: String,
    at: DateTime<FixedOffset>,
}

/// Keeps a draft. It is on the disk afterwards, and nobody else can read it. `state` is the user's own folder.
pub fn save(state: &Path, draft: &Draft) -> Result<(), StoreError> {
    let written = Written {
        task: draft.task.clone(),
        field: draft.field.name().to_owned(),
        text: draft.text.clone(),
        at: draft.at,
    };
    let text = ron::to_string(&written).expect("a draft has nothing in it that RON cannot say");
    let name = format!("{}{:016x}", prefix(&draft.plan), digest(text.as_bytes()));
    user_file::write(&folder(state), &name, &text).map_err(StoreError::Write)
}

/// The drafts for a plan, oldest first. They stay until they are dropped, whatever happens to the one who looks.
pub fn find(state: &Path, plan: &Path) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = kept(state, plan).into_iter().map(|(_, draft)| draft).collect();
    drafts.sort_by_key(|draft| draft.at);
    drafts
}

/// Takes a draft away: it was taken up, or is not wanted.
pub fn discard(state: &Path, draft: &Draft) -> Result<(), StoreError> {
    let Some(folder) = Dir::open_own(&folder(state)).map_err(StoreError::Write)? else { return Ok(()) };
    for (name, kept) in kept(state, &draft.plan) {
        if kept == *draft {
            folder.remove(&name).map_err(StoreError::Write)?;
        }
    }
    Ok(())
}

/// The drafts of a plan with the names of their files.
fn kept(state: &Path, plan: &Path) -> Vec<(OsString, Draft)> {
    let Ok(Some(folder)) = Dir::open_own(&folder(state)) else { return Vec::new() };
    let prefix = prefix(plan);
    let names = folder.names().unwrap_or_default().into_iter();
    let names = names.filter(|name| name.as_bytes().starts_with(prefix.as_bytes()));
    names
        .filter_map(|name| Some((name.clone(), parse(&folder.read(&name, read::LONGEST).ok()??, plan)?)))
        .collect()
}

fn folder(state: &Path) -> PathBuf {
    state.join("drafts")
}

fn prefix(plan: &Path) -> String {
    format!("{}-", user_file::sign(plan))
}

fn parse(bytes: &[u8], plan: &Path) -> Option<Draft> {
    let Written { task, field, text, at } = ron::de::from_bytes(bytes).ok()?;
    let field = Field::named(&field)?;
    Some(Draft { plan: plan.to_owned(), task, field, text, at })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::plan::TaskId;

    fn draft(plan: &Path, text: &str, at: &str) -> Draft {
        let at = DateTime::parse_from_rfc3339(at).unwrap();
        Draft {
            plan: plan.to_owned(),
            task: Some(Box::new(Task { id: TaskId::new("a"), ..Task::default() })),
            field: Field::Note,
            text: text.to_owned(),
            at,
        }
    }

    #[test]
    fn half_a_sentence_is_offered_until_it_is_taken_up() {
        let folder = tempfile::TempDir::new().unwrap();
        let (plan, other) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
        fs::write(&plan, "").unwrap();
        let second = draft(&plan, "Đã gửi “công văn”\nhôm qua,", "2024-05-20T08:01:00+07:00");
        let first = draft(&plan, "Đang", "2024-05-20T08:00:00+07:00");
        for draft in [&second, &first, &second] {
            save(folder.path(), draft).unwrap();
        }
        assert_eq!(find(folder.path(), &plan), [first.clone(), second.clone()]);
        assert_eq!(find(folder.path(), &other), []);
        discard(folder.path(), &second).unwrap();
        assert_eq!(find(folder.path(), &plan), [first]);
    }

    #[test]
    fn nobody_else_can_read_it() {
        let folder = tempfile::TempDir::new().unwrap();
        let state = folder.path().join("state");
        save(&state, &draft(Path::new("a.ron"), "riêng", "2024-05-20T08:00:00+07:00")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&state.join("drafts")), 0o700);
        let names = kept(&state, Path::new("a.ron")).into_iter().map(|(name, _)| name);
        assert!(names.map(|name| mode(&state.join("drafts").join(name))).eq([0o600]));
    }

    #[test]
    fn what_is_no_draft_is_passed_over() {
        let folder = tempfile::TempDir::new().unwrap();
        let plan = Path::new("a.ron");
        save(folder.path(), &draft(plan, "a", "2024-05-20T08:00:00+07:00")).unwrap();
        fs::write(folder.path().join("drafts").join(format!("{}0", prefix(plan))), "(task:").unwrap();
        assert_eq!(find(folder.path(), plan).len(), 1);
    }
}
