//! What the disk does to a save and a save to the disk: links, owners, permissions, full disks, odd files.

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};

use tiendo::plan::{Change, Edit, Field};
use tiendo::store::{Clash, ReadOnly, Saved, Store, StoreError, UnfitFile, find_plans};
use tiendo::words::Lang;

use crate::office::*;

#[test]
fn nothing_is_written_where_nothing_changes() {
    let office = Office::with(1);
    let before = fs::metadata(&office.plan).unwrap();
    let edit = Edit::new(Field::Note, "không thấy", "0");
    let outcome = office.store().commit(&[Change::Edit { task: id(0), edit }], &stamp(), Clash::Ask).unwrap();
    assert_eq!((outcome.made.len(), outcome.saved), (0, Saved::Nothing));
    let after = fs::metadata(&office.plan).unwrap();
    assert_eq!((before.ino(), before.modified().unwrap()), (after.ino(), after.modified().unwrap()));
}

#[test]
fn line_endings_and_the_byte_order_mark_survive() {
    let text = format!("\u{feff}{}", plan_text(2).replace('\n', "\r\n"));
    let office = Office::with_text(&text);
    count_once(&mut office.store(), 1).unwrap();
    let saved = office.text();
    assert!(saved.starts_with("\u{feff}#![enable"));
    assert_eq!(saved.matches('\n').count(), saved.matches("\r\n").count());
    assert_eq!(office.note(1), 1);
}

#[test]
fn bytes_that_are_no_text_are_never_written_over() {
    let office = Office::with(1);
    let mut bytes = office.text().into_bytes();
    bytes.splice(30..30, *b"\xc4");
    fs::write(&office.plan, &bytes).unwrap();
    if let Ok(mut store) = Store::open(&office.plan) {
        assert!(store.commit(&count(0, 0), &stamp(), Clash::Ask).is_err());
    }
    assert_eq!(fs::read(&office.plan).unwrap(), bytes);
}

#[test]
fn a_link_stays_a_link() {
    let office = Office::with(1);
    fs::create_dir(office.path("xa")).unwrap();
    let link = office.path("xa/liên kết.ron");
    symlink("../kế hoạch.ron", &link).unwrap();
    count_once(&mut Store::open(&link).unwrap(), 0).unwrap();
    assert_eq!(fs::read_link(&link).unwrap(), Path::new("../kế hoạch.ron"));
    assert_eq!(office.note(0), 1);
    assert!(office.path(".tiendo").is_dir() && !office.path("xa/.tiendo").exists());
}

#[test]
fn both_names_of_a_file_stay_one_file() {
    let office = Office::with(1);
    let other = office.path("tên khác.ron");
    fs::hard_link(&office.plan, &other).unwrap();
    count_once(&mut office.store(), 0).unwrap();
    assert_eq!(inode(&office.plan), inode(&other));
    assert_eq!(note(&Store::open(&other).unwrap(), 0), 1);
    assert_eq!(office.leftovers(), [""; 0]);
}

#[test]
fn permissions_and_attributes_survive() {
    let office = Office::with(1);
    rustix::fs::setxattr(&office.plan, "user.ghi-chu", b"\x01\x02", rustix::fs::XattrFlags::empty()).unwrap();
    for mode in [0o600, 0o640, 0o664, 0o666] {
        set_mode(&office.plan, mode);
        let before = inode(&office.plan);
        count_once(&mut office.store(), 0).unwrap();
        assert_ne!(inode(&office.plan), before, "the file is a new one");
        assert_eq!(fs::metadata(&office.plan).unwrap().mode() & 0o7777, mode);
        let mut value = [0; 8];
        let length = rustix::fs::getxattr(&office.plan, "user.ghi-chu", &mut value[..]).unwrap();
        assert_eq!(&value[..length], b"\x01\x02");
    }
}

#[test]
fn an_access_list_survives_and_none_is_handed_down() {
    let office = Office::with(1);
    let set = |path: &Path, name| {
        rustix::fs::setxattr(path, name, &access_list(), rustix::fs::XattrFlags::empty()).is_ok()
    };
    if !set(&office.plan, "system.posix_acl_access") {
        return;
    }
    let list = |path: &Path| {
        let mut value = [0; 64];
        rustix::fs::getxattr(path, "system.posix_acl_access", &mut value[..])
            .map(|length| value[..length].to_vec())
    };
    count_once(&mut office.store(), 0).unwrap();
    assert_eq!(list(&office.plan).unwrap(), access_list());

    let plain = office.path("thường.ron");
    fs::write(&plain, plan_text(1)).unwrap();
    assert!(set(office.folder.path(), "system.posix_acl_default"));
    fs::remove_dir_all(office.path(".tiendo")).unwrap();
    count_once(&mut Store::open(&plain).unwrap(), 0).unwrap();
    assert!(list(&plain).is_err(), "the folder's default is for new files, and this is an old one");
}

/// `u::rw-,u:1234:rw-,g::r--,m::rw-,o::---` as the kernel keeps it.
fn access_list() -> Vec<u8> {
    let entry = |tag: u16, allowed: u16, who: u32| {
        [&tag.to_le_bytes()[..], &allowed.to_le_bytes(), &who.to_le_bytes()].concat()
    };
    let nobody = u32::MAX;
    let entries = [
        entry(1, 6, nobody),
        entry(2, 6, 1234),
        entry(4, 4, nobody),
        entry(16, 6, nobody),
        entry(32, 0, nobody),
    ];
    [2u32.to_le_bytes().to_vec(), entries.concat()].concat()
}

#[test]
fn owner_and_group_survive() {
    if !is_root() {
        return;
    }
    let office = Office::with(1);
    std::os::unix::fs::chown(&office.plan, Some(1001), Some(5000)).unwrap();
    count_once(&mut office.store(), 0).unwrap();
    let after = fs::metadata(&office.plan).unwrap();
    assert_eq!((after.uid(), after.gid()), (1001, 5000));
}

#[test]
fn an_owner_who_would_lose_access_keeps_the_file() {
    if !is_root() {
        return;
    }
    let office = Office::with(1);
    std::os::unix::fs::chown(&office.plan, Some(1001), Some(5000)).unwrap();
    set_mode(&office.plan, 0o606);
    let before = inode(&office.plan);
    assert_eq!(run(&mut as_user(&office.plan, 1002, 6000, "022")), ["Confirmed 1"]);
    let after = fs::metadata(&office.plan).unwrap();
    assert_eq!((after.uid(), after.gid(), after.ino()), (1001, 5000, before));
}

#[test]
fn a_file_in_a_sticky_folder_is_saved_in_place() {
    if !is_root() {
        return;
    }
    let office = Office::with(1);
    set_mode(office.folder.path(), 0o1777);
    set_mode(&office.plan, 0o666);
    let before = inode(&office.plan);
    assert_eq!(run(&mut as_user(&office.plan, 1002, 6000, "077")), ["Confirmed 1"]);
    assert_eq!(run(&mut as_user(&office.plan, 1003, 6000, "077")), ["Confirmed 2"]);
    assert_eq!(inode(&office.plan), before);
    assert_eq!(office.leftovers(), [""; 0]);
}

#[test]
fn a_file_in_a_folder_that_may_not_be_written_is_saved_in_place() {
    let office = Office::with(1);
    set_mode(&office.plan, 0o666);
    let before = inode(&office.plan);
    set_mode(office.folder.path(), 0o555);
    let told = run(&mut if is_root() {
        as_user(&office.plan, 1002, 6000, "022")
    } else {
        writer(&office.plan, 0, 1)
    });
    set_mode(office.folder.path(), 0o755);
    assert_eq!(told, ["Confirmed 1"]);
    assert_eq!((office.note(0), inode(&office.plan)), (1, before));
    assert_eq!((office.leftovers(), office.text().contains("journal")), (Vec::new(), false));
}

#[test]
fn a_file_that_may_not_be_written_opens_and_says_so() {
    let office = Office::with(1);
    set_mode(&office.plan, 0o444);
    if is_root() {
        let told = run(&mut as_user(&office.plan, 1002, 6000, "022"));
        assert_eq!(told, [format!("StoreError {}", ReadOnly::File.message().en)]);
        return;
    }
    let mut store = office.store();
    assert_eq!(store.read_only(), Some(ReadOnly::File));
    assert!(matches!(count_once(&mut store, 0), Err(StoreError::ReadOnly(ReadOnly::File))));
    assert_eq!(office.note(0), 0);
}

#[test]
fn a_full_disk_leaves_the_old_plan() {
    for links in [1, 2] {
        let office = Office::with(1);
        if links == 2 {
            fs::hard_link(&office.plan, office.path("tên khác.ron")).unwrap();
        }
        let text = office.text();
        let writer = writer(&office.plan, 0, 1);
        let mut command = Command::new("/bin/sh");
        // No file may grow beyond nothing, and the process is told so rather than killed.
        command.args(["-c", "trap '' XFSZ; ulimit -f 0; exec \"$@\"", "sh"]).arg(writer.get_program());
        command
            .args(writer.get_args())
            .envs(writer.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let told = run(command.stdout(Stdio::piped()).stderr(Stdio::null()));
        assert!(told.len() == 1 && told[0].contains("The disk is full"), "{told:?}");
        assert_eq!(office.text(), text);
        count_once(&mut office.store(), 0).unwrap();
        assert_eq!((office.note(0), office.leftovers()), (1, Vec::new()));
    }
}

#[test]
fn earlier_texts_are_kept_but_not_all() {
    let office = Office::with(1);
    let mut store = office.store();
    let first = office.text();
    let texts = || {
        let mut paths: Vec<_> = fs::read_dir(office.path(".tiendo/kế hoạch.ron.snap")).unwrap().collect();
        paths.sort_by_key(|path| path.as_ref().unwrap().path());
        paths.into_iter().map(|path| fs::read_to_string(path.unwrap().path()).unwrap()).collect::<Vec<_>>()
    };
    count_once(&mut store, 0).unwrap();
    assert_eq!(texts(), [first]);
    count_on(&mut store, 0, 30);
    assert_eq!(texts().len(), 20);
    assert!(texts()[19].contains("note: \"30\""));
}

#[test]
fn only_a_regular_file_is_opened() {
    let office = Office::with(0);
    let trouble = |path: &Path| Store::open(path).unwrap_err();
    assert!(matches!(trouble(office.folder.path()), StoreError::Unfit(UnfitFile::Folder)));
    assert!(matches!(trouble(Path::new("/dev/zero")), StoreError::Unfit(UnfitFile::Device)));
    let pipe = office.path("ống.ron");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    assert!(matches!(trouble(&pipe), StoreError::Unfit(UnfitFile::Device)));
    let long = office.path("dài.ron");
    fs::File::create(&long).unwrap().set_len(257 << 20).unwrap();
    assert!(matches!(trouble(&long), StoreError::Unfit(UnfitFile::TooLong)));
    let missing = trouble(&office.path("không có.ron"));
    assert!(matches!(missing, StoreError::Read(_)));
    assert_ne!(missing.message(Lang::Vi), missing.message(Lang::En));
}

#[test]
fn the_plans_of_a_folder_are_found() {
    let office = Office::with(1);
    for (name, text) in [
        ("b.ron", "Plan(title: \"B\", year: 2024)"),
        ("đang gõ.ron", "Plan(title: \"\n tasks: ["),
        ("cấu hình.ron", "(lang: vi)"),
        ("thư.txt", "tasks: []"),
        (".ẩn.ron", "Plan(title: \"\", year: 2024, tasks: [])"),
    ] {
        fs::write(office.path(name), text).unwrap();
    }
    fs::create_dir(office.path("a.ron")).unwrap();
    let found = find_plans(office.folder.path());
    assert_eq!(found, ["b.ron", "kế hoạch.ron", "đang gõ.ron"].map(|name| office.path(name)));
}

#[test]
fn a_report_is_written_wholly_or_not_at_all() {
    let office = Office::with(0);
    let report = office.path("báo cáo.md");
    tiendo::store::write(&report, b"mot").unwrap();
    set_mode(&report, 0o640);
    let link = office.path("liên kết.md");
    symlink("báo cáo.md", &link).unwrap();
    tiendo::store::write(&link, b"hai").unwrap();
    assert_eq!(fs::read(&report).unwrap(), b"hai");
    assert_eq!(fs::metadata(&report).unwrap().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let nowhere = tiendo::store::write(&office.path("không có/b.md"), b"").unwrap_err();
    assert!(nowhere.message(Lang::Vi).starts_with("Không có thư mục này"));
    let folder = tiendo::store::write(office.folder.path(), b"").unwrap_err();
    assert!(matches!(folder, StoreError::Unfit(UnfitFile::Folder)));
}

#[test]
fn a_file_that_need_not_be_there_is_read() {
    let office = Office::with(0);
    assert_eq!(tiendo::store::read_text(&office.path("không có.ron")).unwrap(), None);
    assert_eq!(tiendo::store::read_text(&office.plan).unwrap().unwrap(), office.text());
    assert!(tiendo::store::read_text(office.folder.path()).is_err());
}
