//! Sees that a plan file has been changed by someone else, and says so once the file is quiet again.

use std::collections::BTreeSet;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;

use super::Message;

/// An editor saves in several steps; the file is read when none has come for this long.
const QUIET: Duration = Duration::from_millis(80);

/// A file that is never quiet is read all the same.
const RESTLESS: Duration = Duration::from_secs(1);

/// How often a file is looked at where the system does not tell.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// Files are followed as long as this lives.
#[derive(Debug)]
pub(super) struct Watch {
    notes: Sender<Note>,
}

impl Watch {
    /// Follows these files, each told of by the path that is given here; one that does not exist, until it does. Once
    /// this returns, no change is missed; so start before you read. It sends until nobody receives any more.
    pub(super) fn start(files: &[PathBuf], sender: Sender<Message>) -> io::Result<Self> {
        let (notes, received) = mpsc::channel();
        let seen = notes.clone();
        let system = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if let Some(event) = event.ok().filter(matters) {
                // The watcher is dropped after the receiver, so there may be nobody.
                let _ = seen.send(Note::Seen(event));
            }
        });
        // A system that has no watcher to give away lets us look for ourselves.
        let mut follower = Follower {
            sender,
            notes: received,
            system: system.ok(),
            folders: BTreeSet::new(),
            files: files.iter().cloned().map(WatchedFile::new).collect(),
            next_look: Instant::now() + LOOK_EVERY,
        };
        follower.watch_folders();
        thread::Builder::new().name("watch".to_string()).spawn(move || follower.run())?;
        let mounted = notes.clone();
        thread::Builder::new().name("mounts".to_string()).spawn(move || tell_of_mounts(&mounted))?;
        Ok(Self { notes })
    }
}

impl Watch {
    /// Follows one more file, and tells of it at once: what was done before it was followed may have been missed.
    pub(super) fn follow(&self, file: PathBuf) {
        // The follower is gone only with the program.
        let _ = self.notes.send(Note::Follow(file));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.notes.send(Note::End);
    }
}

#[derive(Debug)]
enum Note {
    Seen(notify::Event),
    /// A path may lead to another file system now.
    Mounted,
    /// A file is to be followed that was not there at the start.
    Follow(PathBuf),
    End,
}

/// No folder that is watched tells of a file system that is mounted over it; the kernel's list of them does. Ends with
/// the program, or when nobody listens any more.
fn tell_of_mounts(notes: &Sender<Note>) {
    let Ok(list) = rustix::fs::open("/proc/self/mountinfo", OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty())
    else {
        return;
    };
    loop {
        match poll(&mut [PollFd::new(&list, PollFlags::PRI)], None) {
            Ok(_) if notes.send(Note::Mounted).is_ok() => {}
            Err(Errno::INTR) => {}
            _ => return,
        }
    }
}

/// Reading a file is an event too, and must not lead to reading it again.
fn matters(event: &notify::Event) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write))
        | EventKind::Modify(ModifyKind::Name(_))
        | EventKind::Remove(_) => true,
        EventKind::Create(_) => event.paths.iter().any(|path| is_whole_when_made(path)),
        _ => event.need_rescan(),
    }
}

/// A new file is empty until its writer closes it, which is another event; but a link has its content at once.
fn is_whole_when_made(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|made| made.is_symlink() || made.nlink() > 1)
}

struct Follower {
    sender: Sender<Message>,
    notes: Receiver<Note>,
    system: Option<RecommendedWatcher>,
    /// The folders that the system watches for us. A file itself cannot be watched: the first save that
    /// puts another in its place would end it.
    folders: BTreeSet<PathBuf>,
    files: Vec<WatchedFile>,
    next_look: Instant,
}

/// Nobody listens any more.
struct WatchEnded;

impl Follower {
    fn run(mut self) {
        while self.turn().is_ok() {}
    }

    fn turn(&mut self) -> Result<(), WatchEnded> {
        match self.wait()? {
            Some(Note::Seen(event)) => self.see(&event),
            Some(Note::Mounted) => {
                self.folders.clone().iter().for_each(|folder| self.leave(folder));
                self.watch_folders();
            }
            Some(Note::Follow(file)) => {
                self.files.push(WatchedFile { stamp: None, ..WatchedFile::new(file) });
                self.watch_folders();
            }
            Some(Note::End) => return Err(WatchEnded),
            None => {}
        }
        self.look();
        self.tell()
    }

    /// The next note, or none when it is time to do something without one.
    fn wait(&self) -> Result<Option<Note>, WatchEnded> {
        let look = self.files.iter().any(|file| file.looked_at).then_some(self.next_look);
        let told = self.files.iter().filter_map(WatchedFile::due);
        let Some(time) = told.chain(look).min() else {
            return self.notes.recv().map(Some).map_err(|_| WatchEnded);
        };
        match self.notes.recv_timeout(time.saturating_duration_since(Instant::now())) {
            Ok(note) => Ok(Some(note)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(WatchEnded),
        }
    }

    /// Watches the folders of all files as they are now, and marks the files that we must look at ourselves.
    fn watch_folders(&mut self) {
        for file in &mut self.files {
            file.find_names();
        }
        let wanted: BTreeSet<PathBuf> = self.files.iter().flat_map(WatchedFile::folders).collect();
        for folder in self.folders.clone().difference(&wanted) {
            self.leave(folder);
        }
        for folder in wanted {
            if !self.folders.contains(&folder) {
                self.watch(folder);
            }
        }
        for file in &mut self.files {
            let unseen = file.folders().any(|it| !self.folders.contains(&it) || is_on_network(&it));
            file.looked_at = unseen;
            // What was done before a folder was watched, nobody has told.
            file.look();
        }
    }

    fn watch(&mut self, folder: PathBuf) {
        let Some(system) = &mut self.system else { return };
        if system.watch(&folder, RecursiveMode::NonRecursive).is_ok() {
            self.folders.insert(folder);
        }
    }

    fn leave(&mut self, folder: &Path) {
        self.folders.remove(folder);
        if let Some(system) = &mut self.system {
            // The system leaves a folder that is gone by itself, and then says that there is none.
            let _ = system.unwatch(folder);
        }
    }

    fn see(&mut self, event: &notify::Event) {
        // A folder that is gone or has another name is watched again when it is back.
        let gone: Vec<PathBuf> =
            event.paths.iter().filter(|path| self.folders.contains(*path)).cloned().collect();
        for folder in &gone {
            self.leave(folder);
        }
        let now = Instant::now();
        let touched = |file: &WatchedFile| {
            event.need_rescan()
                || event.paths.iter().any(|path| file.names.contains(path))
                || file.folders().any(|folder| gone.contains(&folder))
        };
        self.files.iter_mut().filter(|file| touched(file)).for_each(|file| file.touch(now));
    }

    /// Looks at the files, and for folders that were not there, where the system does not tell of them.
    fn look(&mut self) {
        let now = Instant::now();
        if now >= self.next_look && self.files.iter().any(|file| file.looked_at) {
            self.next_look = now + LOOK_EVERY;
            self.watch_folders();
        }
    }

    /// Tells of the files that are quiet.
    fn tell(&mut self) -> Result<(), WatchEnded> {
        let now = Instant::now();
        let is_quiet = |file: &&mut WatchedFile| file.due().is_some_and(|due| due <= now);
        let mut told = false;
        for file in self.files.iter_mut().filter(is_quiet) {
            told = true;
            file.touched = None;
            file.stamp = FileStamp::of(&file.given);
            self.sender.send(Message::Changed(file.given.clone())).map_err(|_| WatchEnded)?;
        }
        if told {
            // A link may lead elsewhere now.
            self.watch_folders();
        }
        Ok(())
    }
}

#[derive(Debug)]
struct WatchedFile {
    given: PathBuf,
    /// As the system calls it: where it was given, and, if that is a link, where the link leads.
    names: BTreeSet<PathBuf>,
    /// Whether we must look at it ourselves.
    looked_at: bool,
    stamp: Option<FileStamp>,
    /// The first and the last event since it was last told of.
    touched: Option<(Instant, Instant)>,
}

impl WatchedFile {
    fn new(given: PathBuf) -> Self {
        let stamp = FileStamp::of(&given);
        Self { given, names: BTreeSet::new(), looked_at: false, stamp, touched: None }
    }

    fn find_names(&mut self) {
        let Some(given) = std::path::absolute(&self.given).ok() else { return };
        let (Some(folder), Some(name)) = (given.parent(), given.file_name()) else { return };
        // Two names of one folder would be one to the system, so only its real name is used.
        let here = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf()).join(name);
        // While the file is missing, where it was before is where it may come back.
        if let Ok(real) = given.canonicalize() {
            self.names = BTreeSet::from([real]);
        }
        self.names.insert(here);
    }

    fn folders(&self) -> impl Iterator<Item = PathBuf> {
        self.names.iter().filter_map(|name| name.parent()).map(Path::to_path_buf)
    }

    fn look(&mut self) {
        let stamp = FileStamp::of(&self.given);
        if self.stamp != stamp {
            self.stamp = stamp;
            self.touch(Instant::now());
        }
    }

    fn touch(&mut self, now: Instant) {
        let first = self.touched.map_or(now, |(first, _)| first);
        self.touched = Some((first, now));
    }

    fn due(&self) -> Option<Instant> {
        self.touched.map(|(first, last)| (last + QUIET).min(first + RESTLESS))
    }
}

/// What is another when a file has another content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FileStamp {
    device: u64,
    inode: u64,
    size: i64,
    modified: (i64, u64),
}

impl FileStamp {
    /// The file is opened for this: NFS asks the server anew when a file is opened, and may otherwise answer
    /// from memory for a minute.
    fn of(path: &Path) -> Option<Self> {
        let file = rustix::fs::open(path, OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK, Mode::empty())
            .ok()?;
        let status = rustix::fs::fstat(&file).ok()?;
        Some(Self {
            device: status.st_dev,
            inode: status.st_ino,
            size: status.st_size,
            modified: (status.st_mtime, status.st_mtime_nsec),
        })
    }
}

/// Whether another machine may write here, which this one's kernel does not tell of.
fn is_on_network(folder: &Path) -> bool {
    rustix::fs::statfs(folder).is_ok_and(|system| NETWORK.contains(&(system.f_type as u32)))
}

/// The magic numbers of statfs(2).
const NETWORK: [u32; 9] = [
    0x0000_6969, // NFS
    0x0000_517b, // SMB
    0xff53_4d42, // CIFS
    0xfe53_4d42, // SMB2
    0x6573_5546, // FUSE, such as sshfs
    0x0102_1997, // 9P
    0x00c3_6400, // Ceph
    0x5346_414f, // AFS
    0x786f_4256, // VirtualBox shared folder
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    /// Long enough for a machine with other things to do.
    const SURELY: Duration = Duration::from_secs(20);

    struct Followed {
        folder: tempfile::TempDir,
        _watch: Watch,
        changed: Receiver<Message>,
    }

    impl Followed {
        /// A folder in which `plan.ron` and `fence.ron` are followed and `other.ron` is not.
        fn new() -> Self {
            Self::with(|folder| ["plan.ron", "fence.ron"].map(|name| folder.join(name)).into())
        }

        /// The same folder with other files followed.
        fn with(files: impl FnOnce(&Path) -> Vec<PathBuf>) -> Self {
            let folder = tempfile::tempdir().unwrap();
            for name in ["plan.ron", "fence.ron", "other.ron"] {
                fs::write(folder.path().join(name), "before").unwrap();
            }
            let (sender, changed) = mpsc::channel();
            let watch = Watch::start(&files(folder.path()), sender).unwrap();
            Self { folder, _watch: watch, changed }
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn next(&self) -> PathBuf {
            match self.changed.recv_timeout(SURELY).unwrap() {
                Message::Changed(path) => path,
                other => panic!("{other:?} is no change of a file"),
            }
        }

        /// Whether `plan.ron` is told of before a change that comes after all that was done.
        fn is_told(&self) -> bool {
            // The quiet of the plan began first, so it is told first.
            fs::write(self.path("fence.ron"), "after").unwrap();
            let first = self.next();
            first == self.path("plan.ron")
        }
    }

    #[test]
    fn a_file_written_in_place_is_told_of_once() {
        let followed = Followed::new();
        fs::write(followed.path("plan.ron"), "after").unwrap();
        assert_eq!(followed.next(), followed.path("plan.ron"));
        assert!(!followed.is_told());
    }

    #[test]
    fn a_file_put_in_its_place_is_told_of_again_and_again() {
        let followed = Followed::new();
        for content in ["one", "two", "three"] {
            fs::write(followed.path("new"), content).unwrap();
            fs::rename(followed.path("new"), followed.path("plan.ron")).unwrap();
            assert_eq!(followed.next(), followed.path("plan.ron"));
        }
    }

    #[test]
    fn a_file_that_is_removed_is_told_of() {
        let followed = Followed::new();
        fs::remove_file(followed.path("plan.ron")).unwrap();
        assert!(followed.is_told());
    }

    #[test]
    fn a_hard_link_in_its_place_is_told_of() {
        let followed = Followed::new();
        fs::remove_file(followed.path("plan.ron")).unwrap();
        assert_eq!(followed.next(), followed.path("plan.ron"));
        fs::hard_link(followed.path("other.ron"), followed.path("plan.ron")).unwrap();
        assert!(followed.is_told());
    }

    #[test]
    fn reading_is_no_change_and_neither_is_another_file() {
        let followed = Followed::new();
        fs::read(followed.path("plan.ron")).unwrap();
        fs::write(followed.path("other.ron"), "after").unwrap();
        fs::write(followed.path("plan.ron.lock"), "").unwrap();
        assert!(!followed.is_told());
    }

    #[test]
    fn a_link_is_followed_to_where_it_leads() {
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("real.ron"), "before").unwrap();
        let followed = Followed::with(|folder| {
            symlink(elsewhere.path().join("real.ron"), folder.join("link.ron")).unwrap();
            vec![folder.join("link.ron")]
        });
        for content in ["one", "two"] {
            fs::write(elsewhere.path().join("new"), content).unwrap();
            fs::rename(elsewhere.path().join("new"), elsewhere.path().join("real.ron")).unwrap();
            assert_eq!(followed.next(), followed.path("link.ron"));
        }
        fs::remove_file(followed.path("link.ron")).unwrap();
        symlink(followed.path("other.ron"), followed.path("link.ron")).unwrap();
        assert_eq!(followed.next(), followed.path("link.ron"));
        fs::write(followed.path("other.ron"), "after").unwrap();
        assert_eq!(followed.next(), followed.path("link.ron"));
    }

    #[test]
    fn a_folder_with_two_names_is_one() {
        let elsewhere = tempfile::tempdir().unwrap();
        let other_name = elsewhere.path().join("folder/plan.ron");
        let followed = Followed::with(|folder| {
            symlink(folder, elsewhere.path().join("folder")).unwrap();
            vec![other_name.clone(), folder.join("fence.ron")]
        });
        fs::write(followed.path("plan.ron"), "after").unwrap();
        assert_eq!(followed.next(), other_name);
    }

    #[test]
    fn a_folder_that_goes_and_comes_back_is_watched_again() {
        let followed = Followed::with(|folder| {
            fs::create_dir(folder.join("folder")).unwrap();
            fs::write(folder.join("folder/plan.ron"), "before").unwrap();
            vec![folder.join("folder/plan.ron")]
        });
        let (folder, file) = (followed.path("folder"), followed.path("folder/plan.ron"));
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(followed.next(), file);
        fs::create_dir(&folder).unwrap();
        fs::write(&file, "one").unwrap();
        assert_eq!(followed.next(), file);
        fs::write(&file, "two").unwrap();
        assert_eq!(followed.next(), file);
    }

    #[test]
    fn a_file_that_does_not_exist_yet_is_told_of_when_it_does() {
        let followed = Followed::with(|folder| vec![folder.join("new.ron")]);
        fs::write(followed.path("new.ron"), "made").unwrap();
        assert_eq!(followed.next(), followed.path("new.ron"));
    }

    #[test]
    fn this_machine_is_no_network_and_the_stamp_tells_a_change() {
        let followed = Followed::new();
        assert!(!is_on_network(Path::new("/proc")));
        let before = FileStamp::of(&followed.path("plan.ron"));
        assert_eq!(before, FileStamp::of(&followed.path("plan.ron")));
        fs::write(followed.path("plan.ron"), "longer than before").unwrap();
        assert_ne!(before, FileStamp::of(&followed.path("plan.ron")));
    }
}
