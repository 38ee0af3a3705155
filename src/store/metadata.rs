//! Giving a new file the owner, the permissions and the attributes of the one that it replaces.

use std::ffi::{CStr, CString};
use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::{MetadataExt, fchown};

use rustix::fs::{
    XattrFlags, fgetxattr, fgetxattr_query, flistxattr, flistxattr_query, fremovexattr, fsetxattr,
};

/// Whether everybody has the same access to the new file as to the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Copied {
    Alike,
    Different,
}

/// Makes `new` like `old`, as far as this user can. The permissions come after the owner, because a change of
/// owner may clear some, and before the attributes, because one of those is the access control list.
pub(super) fn copy_metadata(new: &File, old: &File) -> io::Result<Copied> {
    let wanted = old.metadata()?;
    if !take_owner(new, &wanted)? {
        return Ok(Copied::Different);
    }
    new.set_permissions(wanted.permissions())?;
    Ok(take_attributes(new, old)?)
}

/// Another owner will do where the group keeps all that the owner had: in a shared folder the plan then belongs
/// to whoever saved it last, and nobody has lost anything.
fn take_owner(new: &File, wanted: &Metadata) -> io::Result<bool> {
    let made = new.metadata()?;
    if (made.uid(), made.gid()) == (wanted.uid(), wanted.gid())
        || fchown(new, Some(wanted.uid()), Some(wanted.gid())).is_ok()
    {
        return Ok(true);
    }
    let owner = wanted.mode() >> 3 & 0o070;
    let group_has_all = wanted.mode() & owner == owner;
    Ok(group_has_all && (made.gid() == wanted.gid() || fchown(new, None, Some(wanted.gid())).is_ok()))
}

fn take_attributes(new: &File, old: &File) -> rustix::io::Result<Copied> {
    let wanted = names(old)?;
    for name in names(new)? {
        // The folder may have handed something down that the old file had not.
        if !wanted.contains(&name) && fremovexattr(new, &name).is_err() {
            return Ok(Copied::Different);
        }
    }
    for name in wanted {
        let value = value(old, &name)?;
        if self::value(new, &name).as_ref() != Ok(&value)
            && fsetxattr(new, &name, &value, XattrFlags::empty()).is_err()
        {
            return Ok(Copied::Different);
        }
    }
    Ok(Copied::Alike)
}

fn names(file: &File) -> rustix::io::Result<Vec<CString>> {
    let length = match flistxattr_query(file) {
        Err(rustix::io::Errno::NOTSUP) => return Ok(Vec::new()),
        length => length?,
    };
    let mut list = vec![0; length];
    let length = flistxattr(file, list.as_mut_slice())?;
    let names = list[..length].split_inclusive(|byte| *byte == 0);
    Ok(names.filter_map(|name| CStr::from_bytes_with_nul(name).ok()).map(CStr::to_owned).collect())
}

fn value(file: &File, name: &CStr) -> rustix::io::Result<Vec<u8>> {
    let length = fgetxattr_query(file, name)?;
    let mut value = vec![0; length];
    let length = fgetxattr(file, name, value.as_mut_slice())?;
    value.truncate(length);
    Ok(value)
}
