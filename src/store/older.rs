//! What earlier versions have kept beside the plan, apart from the log, of what is lost.

use std::io;

use serde::Deserialize;

use super::paths::{Paths, RecordFile};
use super::promise::Promise;
use super::{log, records};
use crate::plan::{Change, Deed, Stamp};

/// A deed as an earlier version remembered that it was lost.
#[derive(Debug, Deserialize)]
struct Record {
    changes: Vec<Change>,
    stamp: Stamp,
    #[serde(default)]
    is_settled: bool,
}

/// How the names end of the files in which earlier versions kept what was lost, and what waited.
const MISSING: &str = "missing";
const WAITING: &str = "waiting";

/// What earlier versions kept apart from the log until somebody decided. The first version also let changes wait beside
/// the plan, where anybody who may write the plan could have put them: they are made only if somebody wants it.
pub(super) fn remembered(paths: &Paths) -> Vec<Deed> {
    let waiting: Vec<Promise> = records::read(&paths.kept(WAITING)).unwrap_or_default();
    let mut deeds: Vec<Deed> = waiting.into_iter().map(|promise| promise.deed).collect();
    for Record { changes, stamp, is_settled } in records::read(&paths.kept(MISSING)).unwrap_or_default() {
        let deed = Deed { changes, stamp };
        if is_settled {
            deeds = log::without(&deeds, &[deed]);
        } else {
            deeds.push(deed);
        }
    }
    deeds
}

/// Somebody has decided, and the log says so. What a newer version has written is not decided about, and stays.
pub(super) fn forget(paths: &Paths) -> io::Result<()> {
    remove(&paths.kept(WAITING))?;
    let kept = records::read_all::<Record>(&paths.kept(MISSING))?;
    if kept.unknown + kept.damaged > 0 { Ok(()) } else { remove(&paths.kept(MISSING)) }
}

fn remove(kept: &RecordFile) -> io::Result<()> {
    match kept.dir()?.map(|dir| dir.remove(&kept.name)) {
        Some(Err(error)) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
