//! Why a file could not be read or written, as the user is told.

use std::fmt;
use std::io::{self, ErrorKind};
use std::time::SystemTime;

use super::dir;
use super::{Outcome, Saved};
use crate::document::{LARGEST_IN_MB, Problem};
use crate::plan::new_plan::FILE_NAME;
use crate::plan::time::office_time;
use crate::words::{Lang, Phrase, Spoken, tr};

/// Why a plan could not be read or a change not be saved. The file is as it was in every case.
#[derive(Debug)]
pub enum StoreError {
    Read(io::Error),
    /// The change is not saved.
    Write(io::Error),
    /// What has the name is nothing that a plan could be in.
    Unfit(UnfitFile),
    /// The change is not saved, because none can be.
    ReadOnly(ReadOnly),
    /// The change is not saved, because somebody else has been saving all the while.
    Busy(Option<Writer>),
    /// The text is no plan, as while somebody is typing in it. Nothing is written over it.
    Broken(Problem),
    /// The change could not be written into the text safely.
    Unwritable,
}

/// What is no file for a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnfitFile {
    Folder,
    Device,
    TooLong,
    /// It is not called like a plan, and would not be found again.
    Name,
}

/// Why a plan can only be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadOnly {
    /// The user may not write the file.
    File,
    /// The file system is mounted for reading.
    Disk,
}

/// Who is writing a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    pub name: String,
    pub process: i32,
    /// Since when, where that is known.
    pub since: Option<SystemTime>,
}

impl StoreError {
    /// What happened and what can be done, without the path.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Read(error) => because(cannot_read(error.kind()), error, lang),
            Self::Write(error) => because(cannot_write(error.kind()), error, lang),
            Self::Unfit(unfit) => unfit.message(lang),
            Self::ReadOnly(reason) => reason.message().say(lang).to_owned(),
            Self::Busy(None) => BUSY.say(lang).to_owned(),
            Self::Busy(Some(writer)) => writer.message(lang),
            Self::Broken(problem) => problem.message(lang),
            Self::Unwritable => UNWRITABLE.say(lang).to_owned(),
        }
    }
}

const BUSY: Phrase = Phrase::new(
    "Có người khác đang lưu tệp này quá lâu. Hãy thử lại sau ít phút.",
    "Someone else has been saving this file for too long. Try again in a few minutes.",
);

impl Writer {
    fn message(&self, lang: Lang) -> String {
        let Self { name, process, since } = self;
        let since = since.map(|since| office_time(since).format("%H:%M").to_string());
        let since = since.map_or_else(String::new, |since| tr!(lang, " từ {since}", " since {since}"));
        let verb = if since.is_empty() { "is" } else { "has been" };
        tr!(
            lang,
            "{name} đang ghi tệp này{since} (tiến trình {process}). Hãy thử lại sau ít phút.",
            "{name} {verb} writing this file{since} (process {process}). Try again later."
        )
    }
}

const UNWRITABLE: Phrase = Phrase::new(
    "Không thể ghi thay đổi này vào tệp mà vẫn giữ nguyên cách trình bày. Thay đổi chưa được lưu; \
     hãy sửa trực tiếp trong tệp.",
    "This change cannot be written into the file without disturbing its layout. It is not saved; \
     make it in the file itself.",
);

impl ReadOnly {
    pub const fn message(self) -> Phrase {
        match self {
            Self::File => Phrase::new(
                "Chỉ đọc: không có quyền sửa tệp này. Hãy nhờ người quản trị cấp quyền.",
                "Read-only: you may not change this file. Ask the administrator for permission.",
            ),
            Self::Disk => Phrase::new(
                "Chỉ đọc: ổ đĩa chứa tệp này không cho ghi.",
                "Read-only: the disk with this file does not allow writing.",
            ),
        }
    }
}

impl UnfitFile {
    fn message(self, lang: Lang) -> String {
        let phrase = match self {
            Self::Folder => Phrase::new(
                "Đây là thư mục, không phải tệp kế hoạch. Hãy chỉ rõ một tệp .ron trong thư mục.",
                "This is a folder, not a plan file. Name a .ron file in it.",
            ),
            Self::Device => Phrase::new(
                "Đây không phải tệp thường nên không thể chứa kế hoạch.",
                "This is not a regular file, so it cannot hold a plan.",
            ),
            Self::Name => FILE_NAME,
            Self::TooLong => {
                return tr!(
                    lang,
                    "Tệp lớn hơn {LARGEST_IN_MB} MB nên không thể là tệp kế hoạch. Hãy kiểm tra lại tên tệp.",
                    "The file is larger than {LARGEST_IN_MB} MB, which no plan is. Check the name."
                );
            }
        };
        phrase.say(lang).to_owned()
    }
}

const fn cannot_read(kind: ErrorKind) -> Phrase {
    match kind {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Phrase::new(
            "Không tìm thấy tệp. Hãy kiểm tra tên tệp và thư mục.",
            "There is no such file. Check its name and folder.",
        ),
        ErrorKind::PermissionDenied => Phrase::new(
            "Không có quyền đọc tệp này. Hãy nhờ người quản trị cấp quyền.",
            "You may not read this file. Ask the administrator for permission.",
        ),
        _ => Phrase::new("Không đọc được tệp", "The file cannot be read"),
    }
}

const fn cannot_write(kind: ErrorKind) -> Phrase {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Phrase::new(
            "Hết chỗ trên ổ đĩa. Chưa lưu được; tệp vẫn như cũ. Hãy dọn bớt rồi thử lại.",
            "The disk is full. Nothing is saved; the file is as it was. Make room and try again.",
        ),
        ErrorKind::PermissionDenied => Phrase::new(
            "Không có quyền ghi ở đây nên chưa lưu được. Hãy nhờ người quản trị cấp quyền.",
            "You may not write here, so nothing is saved. Ask the administrator for permission.",
        ),
        ErrorKind::ReadOnlyFilesystem => ReadOnly::Disk.message(),
        ErrorKind::AlreadyExists => Phrase::new(
            "Đã có tệp, thư mục hoặc liên kết mang tên này nên không ghi đè. Hãy chọn tên khác.",
            "Something has this name already, and is not written over. Choose another name.",
        ),
        ErrorKind::NotFound | ErrorKind::NotADirectory => Phrase::new(
            "Không có thư mục này nên chưa lưu được. Hãy kiểm tra lại đường dẫn.",
            "There is no such folder, so nothing is saved. Check the path.",
        ),
        _ => Phrase::new("Chưa lưu được; tệp vẫn như cũ", "Nothing is saved; the file is as it was"),
    }
}

/// A phrase that does not end its sentence leaves it to the system to say why.
fn because(phrase: Phrase, error: &io::Error, lang: Lang) -> String {
    if let Some(path) = dir::what_is_in_the_way(error) {
        let path = path.display();
        return tr!(
            lang,
            "{path} không phải tệp do người được sửa kế hoạch tạo ra nên không dùng được. Hãy nhờ người quản trị \
                 dời tệp này đi.",
            "{path} was not made by anybody who may change the plan, and is not used. Ask the administrator to \
                 move it away."
        );
    }
    let said = phrase.say(lang);
    if said.ends_with('.') { said.to_owned() } else { format!("{said}: {error}.") }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}

impl std::error::Error for StoreError {}

impl Outcome {
    /// What the user should know beyond that it is saved.
    pub fn remarks(&self) -> Vec<Spoken> {
        let [vi, en] = [Lang::Vi, Lang::En].map(|lang| self.messages(lang));
        vi.into_iter().zip(en).map(|(vi, en)| Spoken { vi, en }).collect()
    }

    fn messages(&self, lang: Lang) -> Vec<String> {
        let rescued = self.rescued.iter().map(|path| {
            let path = path.display();
            tr!(
                lang,
                "Đã lưu. Bản mà chương trình khác vừa ghi được giữ ở {path}",
                "Saved. What another program had just written is kept in {path}"
            )
        });
        let moved = self.moved.iter().map(|path| {
            let path = path.display();
            tr!(
                lang,
                "Có tệp lạ ở nơi tiendo lưu dữ liệu, đã đổi tên thành {path}; hãy kiểm tra ai đã tạo ra",
                "Something strange was in the way, and is called {path} now; see who has put it there"
            )
        });
        let in_the_way = self.in_the_way.iter().map(|path| {
            let path = path.display();
            tr!(
                lang,
                "Đã lưu, nhưng không ghi được nhật ký vì vướng {path}",
                "Saved, but not logged, because {path} is in the way"
            )
        });
        let unknown = (self.unknown > 0).then_some(self.unknown).map(|count| {
            tr!(
                lang,
                "{count} thay đổi chờ ghi do bản tiendo mới hơn để lại được giữ nguyên",
                "{count} changes that wait were left by a newer version, and stay as they are"
            )
        });
        let saved = match self.saved {
            Saved::Nothing | Saved::Confirmed => None,
            Saved::Unconfirmed => Some(UNCONFIRMED.say(lang).to_owned()),
            Saved::Waiting => Some(WAITING.say(lang).to_owned()),
        };
        let folder = self.is_without_folder.then(|| NO_FOLDER.say(lang).to_owned());
        rescued.chain(saved).chain(moved).chain(in_the_way).chain(unknown).chain(folder).collect()
    }
}

const NO_FOLDER: Phrase = Phrase::new(
    "Không có thư mục riêng dùng được (XDG_STATE_HOME, HOME): bản nháp và thay đổi chờ ghi không được giữ",
    "There is no folder of your own (XDG_STATE_HOME, HOME): drafts and changes that wait are not kept",
);
const UNCONFIRMED: Phrase =
    Phrase::new("Đã lưu, nhưng ổ đĩa chưa xác nhận", "Saved, but the disk has not confirmed it");
pub const WAITING: Phrase = Phrase::new(
    "Chưa ghi được vào tệp; thay đổi được giữ lại và sẽ tự ghi khi tệp ghi được",
    "The file cannot be written at the moment; the change is kept, and made as soon as it can be",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trouble_is_told_in_both_languages_and_in_whole_sentences() {
        let kinds = [
            ErrorKind::NotFound,
            ErrorKind::PermissionDenied,
            ErrorKind::StorageFull,
            ErrorKind::QuotaExceeded,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::AlreadyExists,
            ErrorKind::Other,
        ];
        let troubles = kinds
            .into_iter()
            .flat_map(|kind| [StoreError::Read(kind.into()), StoreError::Write(kind.into())]);
        let unfit = [UnfitFile::Folder, UnfitFile::Device, UnfitFile::TooLong, UnfitFile::Name]
            .map(StoreError::Unfit);
        let others = [StoreError::ReadOnly(ReadOnly::File), StoreError::Busy(None), StoreError::Unwritable];
        for trouble in troubles.chain(unfit).chain(others) {
            let (vi, en) = (trouble.message(Lang::Vi), trouble.message(Lang::En));
            assert!(vi.ends_with('.') && en.ends_with('.') && vi != en, "{vi} {en}");
        }
    }
}
