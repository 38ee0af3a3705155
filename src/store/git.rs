//! Git, called as a person would call it, in the folder of a plan.

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::Mode;

use super::lock;

/// How long to wait for others who are at work in the repository.
const PATIENCE: Duration = Duration::from_secs(20);

/// A repository, seen from one of its folders.
#[derive(Debug, Clone)]
pub struct Git {
    folder: PathBuf,
    /// What git is called with instead of the user's own, where several share the folder.
    umask: Option<Mode>,
    /// What git takes for its index, if not its own.
    index: Option<PathBuf>,
}

/// What git finds when it is asked for a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundRepository {
    /// The top folder.
    Top(PathBuf),
    Nothing,
    /// There is one, and git will not work in it; in its own words.
    Refused(String),
}

/// The file of an index beside git's own, which is gone when this is dropped.
#[derive(Debug)]
pub struct OwnIndex(PathBuf);

impl Drop for OwnIndex {
    fn drop(&mut self) {
        // It need not have been written.
        let _ = fs::remove_file(&self.0);
    }
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
        Self { folder: folder.to_owned(), umask: umask_in(folder), index: None }
    }

    /// The same with an index of our own, which has nothing in it yet; and the file that it is in.
    pub fn with_own_index(&self) -> io::Result<(Self, OwnIndex)> {
        let name = format!("tiendo-index-{}", std::process::id());
        let path = self.call(["rev-parse", "--absolute-git-dir"])?.path().join(name);
        Ok((Self { index: Some(path.clone()), ..self.clone() }, OwnIndex(path)))
    }

    /// The top folder of the repository that the folder is in.
    pub fn find(&self) -> io::Result<FoundRepository> {
        let mut command = self.command();
        // What git says is understood in one language.
        command.env("LC_ALL", "C").args(["rev-parse", "--show-toplevel"]);
        let said = self.run(command, b"")?;
        Ok(match said {
            said if said.is_fine() => FoundRepository::Top(said.path()),
            said if said.notes.starts_with("fatal: not a git repository") => FoundRepository::Nothing,
            said => FoundRepository::Refused(said.notes),
        })
    }

    /// Has the repository alone among all of us until the answer is dropped. Whoever waits in vain, as for somebody
    /// who was asked for a password and went home, goes on all the same: git has locks of its own, which let nobody
    /// wait, but stop one of two who are in each other's way.
    pub fn alone(&self) -> Option<File> {
        let said = self.call(["rev-parse", "--absolute-git-dir"]).ok()?;
        let folder = File::open(said.path()).ok()?;
        let is_locked = || !matches!(folder.try_lock(), Err(TryLockError::WouldBlock));
        lock::wait_until(Instant::now() + PATIENCE, is_locked).then_some(folder)
    }

    /// An error only if there is no git.
    pub fn call<I: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = I>) -> io::Result<Said> {
        self.call_with(words, b"")
    }

    /// The same with something to read: an argument could become too long.
    pub fn call_with<I: AsRef<OsStr>>(
        &self,
        words: impl IntoIterator<Item = I>,
        input: &[u8],
    ) -> io::Result<Said> {
        let mut command = self.command();
        command.args(words);
        self.run(command, input)
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        // A plan may be called anything; its name is never a pattern.
        command.arg("--literal-pathspecs").current_dir(&self.folder);
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        command
    }

    fn run(&self, mut command: Command, input: &[u8]) -> io::Result<Said> {
        let stdin = if input.is_empty() { Stdio::null() } else { Stdio::piped() };
        let mut child = self.spawn(command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped()))?;
        if let Some(mut stdin) = child.stdin.take() {
            // One that ends without having read it says why.
            let _ = stdin.write_all(input);
        }
        let Output { status, stdout, stderr } = child.wait_with_output()?;
        let notes = String::from_utf8_lossy(&stderr).trim().to_owned();
        Ok(Said { out: stdout, notes, exit: status.code() })
    }

    /// The umask is the whole program's, and is its own again at once.
    fn spawn(&self, command: &mut Command) -> io::Result<Child> {
        let before = self.umask.map(rustix::process::umask);
        let child = command.spawn();
        before.map(rustix::process::umask);
        child
    }
}

/// What the group of a folder may write, it may also write when this user has made it, whatever the user's own umask
/// is: a file of git that one alone may read stops everybody else.
fn umask_in(folder: &Path) -> Option<Mode> {
    let mode = fs::metadata(folder).ok()?.permissions().mode();
    let others = if mode & 0o004 == 0 { Mode::RWXO } else { Mode::WOTH };
    (mode & 0o020 != 0).then_some(others)
}

/// Whether the folder is there for several users: its group may write it, and is not the user's own.
pub fn is_shared(folder: &Path) -> bool {
    let Ok(found) = fs::metadata(folder) else { return false };
    let is_of_others = found.mode() & 0o2000 != 0 || found.gid() != rustix::process::getgid().as_raw();
    found.mode() & 0o020 != 0 && is_of_others
}

impl Said {
    pub fn is_fine(&self) -> bool {
        self.exit == Some(0)
    }

    /// What was printed, if git did what it was asked for.
    pub fn answer(&self) -> Option<String> {
        self.is_fine().then(|| self.line())
    }

    /// What was printed, without the line break at its end.
    pub fn line(&self) -> String {
        String::from_utf8_lossy(&self.out).trim_end().to_owned()
    }

    /// The same as a name, whatever bytes it is made of.
    pub fn path(&self) -> PathBuf {
        OsStr::from_bytes(self.out.strip_suffix(b"\n").unwrap_or(&self.out)).into()
    }
}

/// Lets others go first who were quicker: those who change the plan here, and those who send from elsewhere.
#[derive(Debug)]
pub struct Backoff {
    attempt: u32,
    until: Instant,
}

impl Default for Backoff {
    fn default() -> Self {
        Self { attempt: 0, until: Instant::now() + Self::LONGEST }
    }
}

impl Backoff {
    /// So long somebody else may be quicker, and so often in any case.
    const LONGEST: Duration = Duration::from_secs(60);
    const ATTEMPTS: u32 = 20;

    /// Waits longer with each attempt, up to a second, and not as long as others who do the same. Whether another attempt
    /// is to be made.
    pub fn wait(&mut self) -> bool {
        self.attempt += 1;
        if self.attempt >= Self::ATTEMPTS && Instant::now() > self.until {
            return false;
        }
        let wait = self.attempt * (10 + std::process::id() % 50);
        thread::sleep(Duration::from_millis(wait.min(1000).into()));
        true
    }
}
