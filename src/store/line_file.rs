//! A file of lines that others may have laid there, such as git's attributes: never followed if it is a link.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{AtFlags, Gid, Mode, OFlags, RawMode, fchmod, fchown, openat, renameat, unlinkat};
use rustix::io::Errno;

/// What came of adding a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    Now,
    /// It was there.
    Before,
    /// What has the name is a link, or no file of its own: it is left alone.
    NoFile,
}

/// No hand writes more lines than this.
const LONGEST: u64 = 1 << 20;

/// Adds a line to a file in the folder, or makes the file. Blanks in the line may be any.
pub fn add_line(folder: &Path, name: &str, line: &str) -> io::Result<Added> {
    let folder = File::open(folder)?;
    let (mut text, old) = match read(&folder, name) {
        Ok((text, file)) => (text, Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => (Vec::new(), None),
        Err(error) if is_no_file(&error) => return Ok(Added::NoFile),
        Err(error) => return Err(error),
    };
    let words = |line: &[u8]| String::from_utf8_lossy(line).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.split(|&byte| byte == b'\n').any(|it| words(it) == words(line.as_bytes())) {
        return Ok(Added::Before);
    }
    if !text.is_empty() && !text.ends_with(b"\n") {
        text.push(b'\n');
    }
    text.extend_from_slice(line.as_bytes());
    text.push(b'\n');
    replace(&folder, name, &text, old.as_ref())?;
    Ok(Added::Now)
}

fn read(folder: &File, name: &str) -> io::Result<(Vec<u8>, File)> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = File::from(openat(folder, name, flags, Mode::empty())?);
    let found = file.metadata()?;
    if !found.is_file() || found.nlink() != 1 || found.len() > LONGEST {
        return Err(Errno::LOOP.into());
    }
    let mut text = Vec::new();
    (&file).take(LONGEST).read_to_end(&mut text)?;
    Ok((text, file))
}

fn is_no_file(error: &io::Error) -> bool {
    [Errno::LOOP, Errno::NXIO, Errno::MLINK].map(|it| Some(it.raw_os_error())).contains(&error.raw_os_error())
}

/// Lays the text down beside, and exchanges the name: a link that has it by now is replaced and not followed.
fn replace(folder: &File, name: &str, text: &[u8], old: Option<&File>) -> io::Result<()> {
    let new = format!("{name}.{}", std::process::id());
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = File::from(openat(folder, new.as_str(), flags, Mode::RUSR | Mode::WUSR)?);
    let laid =
        fill(&file, folder, text, old).and_then(|()| Ok(renameat(folder, new.as_str(), folder, name)?));
    if laid.is_err() {
        let _ = unlinkat(folder, new.as_str(), AtFlags::empty());
    }
    laid
}

/// Whoever may read or write the folder may do so with what is new in it, whatever this user's umask is.
fn fill(mut file: &File, folder: &File, text: &[u8], old: Option<&File>) -> io::Result<()> {
    let mode = match old {
        Some(old) => {
            let found = old.metadata()?;
            // Only one of the group may give it to the group.
            let _ = fchown(file, None, Some(Gid::from_raw(found.gid())));
            found.mode() & 0o666
        }
        None => folder.metadata()?.mode() & 0o066 | 0o600,
    };
    fchmod(file, Mode::from_raw_mode(mode as RawMode))?;
    file.write_all(text)?;
    file.sync_all()
}
