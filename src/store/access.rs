//! Who may read and who may write a file: its owner, its group, its permissions and its access list.
//!
//! What lies beside a plan is for those who have the plan, and is believed only if somebody made it who may write the
//! plan.

use std::collections::HashMap;
use std::fs::{File, Permissions};
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::fs::{XattrFlags, fgetxattr, fremovexattr, fsetxattr};
use rustix::io::Errno;

/// The access to one file, as it was when it was looked at.
#[derive(Debug, Clone)]
pub(super) struct AccessRights {
    owner: u32,
    group: u32,
    /// The nine bits for owner, group and others. With an access list the middle three are its mask.
    mode: u32,
    list: Vec<Grant>,
    /// Asked once for each user: the answer may come from a server.
    known: Arc<Mutex<HashMap<u32, bool>>>,
}

/// An entry of a POSIX access list, as the kernel keeps it in the attribute (acl(5)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Grant {
    tag: u16,
    bits: u16,
    id: u32,
}

const ATTRIBUTE: &str = "system.posix_acl_access";

/// The tags of acl(5) for a named user, the owning group and a named group. What the list says of the owner, the mask
/// and all others stands in the mode too.
const USER: u16 = 0x02;
const OWNING_GROUP: u16 = 0x04;
const GROUP: u16 = 0x08;

const READ: u32 = 4;
const WRITE: u32 = 2;

impl AccessRights {
    pub(super) fn of(file: &File) -> io::Result<Self> {
        let found = file.metadata()?;
        let list = attribute(file)?;
        Ok(Self {
            owner: found.uid(),
            group: found.gid(),
            mode: found.mode() & 0o777,
            list: list.chunks_exact(8).map(Grant::parse).collect(),
            known: Arc::default(),
        })
    }

    /// The same without those who may only read.
    pub(super) fn of_writers(&self) -> Self {
        let writers = |bits: u32| if bits & WRITE == 0 { 0 } else { READ | WRITE };
        let mode = [6, 3, 0].into_iter().map(|shift| writers(self.mode >> shift & 7) << shift).sum();
        let list = self.list.iter().map(|grant| Grant { bits: writers(grant.bits.into()) as u16, ..*grant });
        Self { mode, list: list.collect(), ..self.clone() }
    }

    /// Whether this user may change the file, or may take the permission to do so.
    pub(super) fn may_write(&self, user: u32) -> bool {
        if user == 0 || user == self.owner || user == rustix::process::geteuid().as_raw() {
            return true;
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(user).or_insert_with(|| self.grants_write(user))
    }

    fn grants_write(&self, user: u32) -> bool {
        let mask = self.mode >> 3 & 7;
        let grants = |bits: u32| bits & WRITE != 0;
        if let Some(grant) = self.list.iter().find(|grant| grant.tag == USER && grant.id == user) {
            return grants(u32::from(grant.bits) & mask);
        }
        let groups = groups(user);
        let owning = self.list.iter().find(|grant| grant.tag == OWNING_GROUP);
        let owning = (self.group, owning.map_or(mask, |grant| u32::from(grant.bits)));
        let named = self.list.iter().filter(|grant| grant.tag == GROUP);
        let named = named.map(|grant| (grant.id, u32::from(grant.bits)));
        let own: Vec<u32> = std::iter::once(owning)
            .chain(named)
            .filter(|(id, _)| groups.contains(id))
            .map(|it| it.1)
            .collect();
        if own.is_empty() { grants(self.mode & 7) } else { own.iter().any(|bits| grants(bits & mask)) }
    }

    /// Gives a file of this user's the same access, or less where it cannot be the same.
    pub(super) fn give(&self, file: &File) -> io::Result<()> {
        let found = file.metadata()?;
        if (found.uid(), found.gid()) != (self.owner, self.group)
            && fchown(file, Some(self.owner), Some(self.group)).is_err()
            && found.gid() != self.group
        {
            // A group that the user is not in cannot be given. Then the file is the user's alone.
            let _ = fchown(file, None, Some(self.group));
        }
        if self.is_given(file)? {
            return Ok(());
        }
        let (mode, list) = self.fitted(file.metadata()?.gid());
        if list.is_empty() {
            match fremovexattr(file, ATTRIBUTE) {
                Err(Errno::NODATA | Errno::NOTSUP) | Ok(()) => {}
                Err(error) => return Err(error.into()),
            }
            return file.set_permissions(Permissions::from_mode(mode));
        }
        file.set_permissions(Permissions::from_mode(mode & 0o700))?;
        Ok(fsetxattr(file, ATTRIBUTE, &bytes(&list), XattrFlags::empty())?)
    }

    /// Whether a file has this access, as far as it can have it.
    pub(super) fn is_given(&self, file: &File) -> io::Result<bool> {
        let found = file.metadata()?;
        let (mode, list) = self.fitted(found.gid());
        Ok(found.mode() & 0o777 == mode && attribute(file)? == bytes(&list)[4..])
    }

    /// The bits for the group mean another group where the file has not the plan's.
    fn fitted(&self, group: u32) -> (u32, Vec<Grant>) {
        let mode = self.mode & 0o666;
        if group == self.group {
            let list = self.list.iter().map(|grant| Grant { bits: grant.bits & 6, ..*grant });
            return (mode, list.collect());
        }
        // Who was in the plan's group is now one of the others.
        (mode & (0o600 | mode >> 3 & 0o006), Vec::new())
    }
}

impl Grant {
    fn parse(bytes: &[u8]) -> Self {
        let pair = |at| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
        Self { tag: pair(0), bits: pair(2), id: u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) }
    }
}

/// The attribute's entries, without the number of its version. Nothing where there is no list.
fn attribute(file: &File) -> io::Result<Vec<u8>> {
    // No list is longer: ext4 has room for a few hundred entries at most.
    let mut list = vec![0; 1 << 16];
    match fgetxattr(file, ATTRIBUTE, list.as_mut_slice()) {
        Ok(length) => {
            list.truncate(length);
            Ok(list.split_off(length.min(4)))
        }
        Err(Errno::NODATA | Errno::NOTSUP) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

fn bytes(list: &[Grant]) -> Vec<u8> {
    let mut bytes = 2_u32.to_le_bytes().to_vec();
    for grant in list {
        bytes.extend(grant.tag.to_le_bytes());
        bytes.extend(grant.bits.to_le_bytes());
        bytes.extend(grant.id.to_le_bytes());
    }
    bytes
}

/// The groups of a user. A user who is known nowhere is in none.
fn groups(user: u32) -> Vec<u32> {
    let Some(account) = uzers::get_user_by_uid(user) else { return Vec::new() };
    let groups = uzers::get_user_groups(account.name(), account.primary_group_id()).unwrap_or_default();
    groups.iter().map(uzers::Group::gid).chain([account.primary_group_id()]).collect()
}

/// The name of a user, or the number where there is no name.
pub(super) fn name(user: u32) -> String {
    uzers::get_user_by_uid(user)
        .map_or_else(|| user.to_string(), |account| account.name().to_string_lossy().into_owned())
}
