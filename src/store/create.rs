//! Makes the file of a new plan. It takes the place of nothing: of no file and no folder, and of no link, wherever that
//! leads.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, RenameFlags, linkat, renameat_with};

use super::access::AccessRights;
use super::dir::{self, Dir};
use super::folder::folder_of;
use super::store_error::{StoreError, UnfitFile};
use crate::document::Document;
use crate::plan::{Plan, new_plan};

/// All of the file is made, or nothing. Whoever may use the folder may use what is new in it.
pub fn create(path: &Path, plan: &Plan) -> Result<(), StoreError> {
    if !new_plan::is_file_name(path) {
        return Err(StoreError::Unfit(UnfitFile::Name));
    }
    let document = Document::of(plan).map_err(|_| StoreError::Unwritable)?;
    let folder = folder_of(path).map_err(StoreError::Write)?;
    let access = folder.access().map_err(StoreError::Write)?;
    lay(&folder, path.file_name().unwrap_or_default(), document.bytes(), &access).map_err(StoreError::Write)
}

/// Texts in files of one name with an ending each, beside a plan and with its access: all of them, or none. Where a file
/// has such a name already, theirs has a number.
pub fn create_texts(
    plan: &Path,
    name: &str,
    texts: &[(&'static str, String)],
) -> Result<Vec<PathBuf>, StoreError> {
    let (folder, at) = (folder_of(plan).map_err(StoreError::Write)?, plan.parent().unwrap_or(Path::new("")));
    let access = File::open(plan).and_then(|plan| AccessRights::of(&plan)).map_err(StoreError::Write)?;
    for number in 1.. {
        let name = if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
        let names: Vec<String> = texts.iter().map(|(ending, _)| format!("{name}.{ending}")).collect();
        let mut made = Ok(());
        for (at, (_, text)) in texts.iter().enumerate() {
            made = lay(&folder, names[at].as_ref(), text.as_bytes(), &access);
            if made.is_err() {
                names[..at].iter().for_each(|name| folder.remove(name).unwrap_or_default());
                break;
            }
        }
        match made {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(StoreError::Write(error)),
            Ok(()) => return Ok(names.into_iter().map(|name| at.join(name)).collect()),
        }
    }
    Ok(Vec::new())
}

/// What a file is called until it has its name: hidden, and short enough beside every other.
const PART: &str = ".tiendo-new";

fn lay(folder: &Dir, name: &OsStr, bytes: &[u8], access: &AccessRights) -> io::Result<()> {
    let [new, whole] = [(); 2].map(|()| dir::unique(PART.as_ref()));
    folder.lay(&new, &whole, bytes, |file| access.give(file))?;
    let named = give_name(folder, &whole, name);
    if named.is_err() {
        let _ = folder.remove(&whole);
    }
    // Once it has its name everybody sees it, and it is not to be made once more.
    named.map(|()| folder.sync().unwrap_or_default())
}

/// Gives a file a name that nothing has. NFS cannot rename so, but it can link.
fn give_name(folder: &Dir, from: &OsStr, to: &OsStr) -> io::Result<()> {
    match renameat_with(&folder.fd, from, &folder.fd, to, RenameFlags::NOREPLACE).map_err(io::Error::from) {
        Err(error) if dir::is_unsupported(&error) => {
            linkat(&folder.fd, from, &folder.fd, to, AtFlags::empty())?;
            folder.remove(from)
        }
        named => named,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn plan() -> Plan {
        Plan { version: 1, title: "Kế hoạch".to_owned(), year: 2027, ..Plan::default() }
    }

    #[test]
    fn nothing_loses_its_name_to_a_new_plan_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("file.ron"), "mine").unwrap();
        fs::create_dir(path("folder.ron")).unwrap();
        symlink("file.ron", path("link.ron")).unwrap();
        symlink("nowhere.ron", path("dangling.ron")).unwrap();
        for name in ["file.ron", "folder.ron", "link.ron", "dangling.ron"] {
            let refused = create(&path(name), &plan());
            let Err(StoreError::Write(error)) = refused else { panic!("{name}: {refused:?}") };
            assert_eq!(error.kind(), io::ErrorKind::AlreadyExists, "{name}");
        }
        assert_eq!(fs::read_to_string(path("file.ron")).unwrap(), "mine");
        assert!(!path("nowhere.ron").exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4);
    }

    #[test]
    fn who_may_use_the_folder_may_use_the_plan() {
        let folder = tempfile::tempdir().unwrap();
        for (of_folder, of_file) in [(0o700, 0o600), (0o2770, 0o660), (0o755, 0o644)] {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(of_folder)).unwrap();
            let path = folder.path().join(format!("{of_folder:o}.ron"));
            create(&path, &plan()).unwrap();
            assert_eq!(path.metadata().unwrap().mode() & 0o777, of_file);
        }
    }
}
