//! Git, called as a person would call it, in the folder of a plan.

use std::ffi::OsStr;
use std::fs::{File, TryLockError};
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long to wait for others who are at work in the repository.
const PATIENCE: Duration = Duration::from_secs(20);

/// A repository, seen from one of its folders.
#[derive(Debug, Clone)]
pub struct Git {
    folder: PathBuf,
}

/// What git came to.
#[derive(Debug, Clone)]
pub struct Said {
    pub out: Vec<u8>,
    pub notes: String,
    /// None if it was ended by a signal.
    pub exit: Option<i32>,
}

impl Git {
    /// In this folder, whether or not it is in a repository.
    pub fn at(folder: &Path) -> Self {
        // An empty path is the folder that we are in; git would not have it.
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        Self { folder: folder.to_owned() }
    }

    /// Has the repository alone among all of us until the answer is dropped. Whoever waits in vain, as for somebody
    /// who was asked for a password and went home, goes on all the same: git has locks of its own, which let nobody
    /// wait, but stop one of two who are in each other's way.
    pub fn alone(&self) -> Option<File> {
        let said = self.call(["rev-parse", "--absolute-git-dir"]).ok()?;
        let folder = File::open(OsStr::from_bytes(said.out.trim_ascii_end())).ok()?;
        let until = Instant::now() + PATIENCE;
        while let Err(TryLockError::WouldBlock) = folder.try_lock() {
            if Instant::now() > until {
                return None;
            }
            thread::sleep(Duration::from_millis(50));
        }
        Some(folder)
    }

    /// An error only if there is no git.
    pub fn call<I: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = I>) -> io::Result<Said> {
        let mut command = Command::new("git");
        // A plan may be called anything; its name is never a pattern.
        command.arg("--literal-pathspecs").args(words).current_dir(&self.folder);
        let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output()?;
        let notes = String::from_utf8_lossy(&stderr).trim().to_owned();
        Ok(Said { out: stdout, notes, exit: status.code() })
    }
}

impl Said {
    pub fn is_fine(&self) -> bool {
        self.exit == Some(0)
    }

    /// What was printed, without the line break at its end.
    pub fn line(&self) -> String {
        String::from_utf8_lossy(&self.out).trim_end().to_owned()
    }
}

/// Lets others go first who were quicker: longer with each attempt, and not as long as others who do the same.
pub fn stand_back(attempt: u32) {
    thread::sleep(Duration::from_millis(u64::from(attempt * (std::process::id() % 50))));
}
