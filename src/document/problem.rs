//! Why a text is not a plan, in words that help: what was found, what was expected, what to do.

use super::LARGEST_IN_MB;
use super::schema::Holds;
use super::structure::closing_of;
use crate::plan::{Quarter, Status};
use crate::text::{self, LineStarts, Place};
use crate::words::Lang;

/// Why a text is not a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub place: Place,
    flaw: Flaw,
    /// Where it was noticed, if that is elsewhere.
    noticed: Option<Place>,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flaw {
    TooLarge,
    Empty,
    Utf16,
    OldEncoding,
    ConflictMark,
    UnclosedText,
    UnclosedComment,
    /// A bracket; what stood where it had to be closed, and where, unless the text was at its end.
    Unclosed {
        bracket: u8,
        found: Option<(String, usize)>,
    },
    ClosesNothing(u8),
    CurlyQuote(char),
    FalseSpace(char),
    SingleQuote,
    Stray(char),
    Semicolon,
    MissingComma,
    QuoteWithin,
    MissingColon(String),
    MissingName,
    MissingValue(String),
    Unquoted(String),
    TooMuch,
    NoPlan,
    Escape,
    NoStruct {
        expected: &'static str,
        found: String,
    },
    StructName {
        expected: &'static str,
        found: String,
    },
    Missing {
        field: &'static str,
        of: &'static str,
    },
    Twice(String),
    Value {
        field: &'static str,
        holds: Holds,
        found: String,
    },
    TooDeep,
    /// What only `ron` has a word for.
    Ron(String),
}

impl Problem {
    pub(super) fn of(text: &str, at: usize, flaw: Flaw) -> Self {
        let lines = LineStarts::of(text);
        let noticed = match &flaw {
            Flaw::Unclosed { found: Some((_, at)), .. } => Some(lines.place(text, *at)),
            _ => None,
        };
        Self { place: lines.place(text, at), flaw, noticed }
    }

    pub(super) const fn at_start(flaw: Flaw) -> Self {
        Self { place: Place::START, flaw, noticed: None }
    }

    /// One sentence, without the place.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Vi => self.in_vietnamese(),
            Lang::En => self.in_english(),
        }
    }

    fn in_vietnamese(&self) -> String {
        match &self.flaw {
            Flaw::TooLarge => format!("tệp lớn hơn {LARGEST_IN_MB} MB, không phải tệp kế hoạch"),
            Flaw::Empty => "tệp trống; tệp kế hoạch bắt đầu bằng Plan(title: \"…\", year: 2024, tasks: [ … ])".into(),
            Flaw::Utf16 => "tệp được lưu bằng mã UTF-16; hãy lưu lại bằng mã UTF-8".into(),
            Flaw::OldEncoding => {
                "tệp không phải mã UTF-8; có vẻ dùng mã TCVN3/VNI hoặc Latin-1; hãy chuyển sang Unicode (UTF-8) trước".into()
            }
            Flaw::ConflictMark => {
                "git còn để hai bản của đoạn này; hãy giữ một bản và xóa các dòng <<<<<<<, =======, >>>>>>>".into()
            }
            Flaw::UnclosedText => "chuỗi mở ở đây không được đóng; hãy thêm dấu \" ở cuối chuỗi".into(),
            Flaw::UnclosedComment => "ghi chú /* mở ở đây không được đóng; hãy thêm */ ở cuối ghi chú".into(),
            Flaw::Unclosed { bracket, found } => self.unclosed_vi(*bracket, found.as_ref().map(|(found, _)| found.as_str())),
            Flaw::ClosesNothing(bracket) => {
                format!("dấu {} không đóng dấu nào; hãy xóa nó hoặc thêm dấu mở còn thiếu", sign(*bracket))
            }
            Flaw::CurlyQuote(c) => format!("gặp dấu {c}; trong tệp kế hoạch phải dùng dấu nháy thẳng \""),
            Flaw::FalseSpace(c) => {
                format!("gặp khoảng trắng đặc biệt U+{:04X}; hãy xóa và gõ lại dấu cách thường", u32::from(*c))
            }
            Flaw::SingleQuote => "chữ phải đặt trong dấu nháy kép \"…\", không dùng dấu '".into(),
            Flaw::Stray(c) => format!("gặp dấu {c} không đúng chỗ; hãy xóa nó"),
            Flaw::Semicolon => "gặp dấu ; ở chỗ phải là dấu phẩy".into(),
            Flaw::MissingComma => "thiếu dấu phẩy sau giá trị này".into(),
            Flaw::QuoteWithin => {
                "chuỗi kết thúc ở đây nhưng sau đó còn chữ; thiếu dấu phẩy, hoặc dấu \" trong chuỗi phải viết là \\\"".into()
            }
            Flaw::MissingColon(name) => format!("sau {name} phải có dấu hai chấm và giá trị, như {name}: \"…\""),
            Flaw::MissingName => "giá trị này thiếu tên trường ở trước, như title: \"…\"".into(),
            Flaw::MissingValue(name) => format!("trường {name} chưa có giá trị; chữ để trống thì viết {name}: \"\""),
            Flaw::Unquoted(word) => format!("chữ bắt đầu bằng {word} phải đặt trong dấu nháy kép, như \"{word} …\""),
            Flaw::TooMuch => "kế hoạch đã kết thúc ở trước; hãy xóa phần thừa từ đây".into(),
            Flaw::NoPlan => "tệp kế hoạch phải bắt đầu bằng Plan(title: \"…\", year: 2024, tasks: [ … ])".into(),
            Flaw::Escape => "sau dấu \\ trong chuỗi là ký tự không hợp lệ; muốn viết dấu \\ thì viết hai lần: \\\\".into(),
            Flaw::NoStruct { expected, found } => {
                format!("gặp {found}, cần các trường của {} đặt trong ( … )", thing_vi(expected))
            }
            Flaw::StructName { expected, found } => format!("gặp tên {found}, ở đây phải là {expected}, hoặc không ghi tên"),
            Flaw::Missing { field, of } => format!("{} thiếu trường {field}; hãy thêm {}", thing_vi(of), example(field)),
            Flaw::Twice(name) => format!("trường {name} ghi hai lần; hãy giữ một"),
            Flaw::Value { field, holds, found } => {
                let hint = hint(*holds, found).map(|hint| format!("; có phải là {hint}?")).unwrap_or_default();
                format!("trường {field}: gặp {found}, cần {}{hint}", wanted_vi(*holds))
            }
            Flaw::TooDeep => "các dấu ngoặc lồng nhau quá sâu".into(),
            Flaw::Ron(what) => format!("không đọc được: {what}"),
        }
    }

    fn in_english(&self) -> String {
        match &self.flaw {
            Flaw::TooLarge => format!("the file is larger than {LARGEST_IN_MB} MB and no plan"),
            Flaw::Empty => "the file is empty; a plan begins with Plan(title: \"…\", year: 2024, tasks: [ … ])".into(),
            Flaw::Utf16 => "the file was saved as UTF-16; save it as UTF-8".into(),
            Flaw::OldEncoding => {
                "the file is not UTF-8; it seems to be TCVN3/VNI or Latin-1; convert it to Unicode (UTF-8) first".into()
            }
            Flaw::ConflictMark => {
                "git has left two versions here; keep one and delete the lines <<<<<<<, =======, >>>>>>>".into()
            }
            Flaw::UnclosedText => "the text that opens here is never closed; put a \" at its end".into(),
            Flaw::UnclosedComment => "the comment that opens here is never closed; put */ at its end".into(),
            Flaw::Unclosed { bracket, found } => self.unclosed_en(*bracket, found.as_ref().map(|(found, _)| found.as_str())),
            Flaw::ClosesNothing(bracket) => {
                format!("this {} closes nothing; delete it or add what should open it", sign(*bracket))
            }
            Flaw::CurlyQuote(c) => format!("found {c}; a plan file wants the straight quote \""),
            Flaw::FalseSpace(c) => {
                format!("found the special space U+{:04X}; delete it and type an ordinary one", u32::from(*c))
            }
            Flaw::SingleQuote => "text stands in double quotes \"…\", not in '".into(),
            Flaw::Stray(c) => format!("found {c} out of place; delete it"),
            Flaw::Semicolon => "found ; where a comma has to be".into(),
            Flaw::MissingComma => "a comma is missing after this value".into(),
            Flaw::QuoteWithin => {
                "the text ends here, but words follow; a comma is missing, or a \" within the text has to be \\\"".into()
            }
            Flaw::MissingColon(name) => format!("after {name} a colon and a value are missing, as in {name}: \"…\""),
            Flaw::MissingName => "the name of the field is missing before this value, as in title: \"…\"".into(),
            Flaw::MissingValue(name) => format!("{name} has no value; for empty text write {name}: \"\""),
            Flaw::Unquoted(word) => format!("the text that begins with {word} has to stand in double quotes: \"{word} …\""),
            Flaw::TooMuch => "the plan ended before this; delete what follows from here".into(),
            Flaw::NoPlan => "a plan begins with Plan(title: \"…\", year: 2024, tasks: [ … ])".into(),
            Flaw::Escape => "this \\ is followed by a character that it cannot stand before; for a \\ itself write it twice: \\\\".into(),
            Flaw::NoStruct { expected, found } => {
                format!("found {found}, expected the fields of {} in ( … )", thing_en(expected))
            }
            Flaw::StructName { expected, found } => format!("found the name {found}, expected {expected} or no name"),
            Flaw::Missing { field, of } => format!("{} lacks the field {field}; add {}", thing_en(of), example(field)),
            Flaw::Twice(name) => format!("the field {name} is there twice; keep one"),
            Flaw::Value { field, holds, found } => {
                let hint = hint(*holds, found).map(|hint| format!("; did you mean {hint}?")).unwrap_or_default();
                format!("{field}: found {found}, expected {}{hint}", wanted_en(*holds))
            }
            Flaw::TooDeep => "the brackets are nested too deep".into(),
            Flaw::Ron(what) => format!("cannot be read: {what}"),
        }
    }

    fn unclosed_vi(&self, bracket: u8, found: Option<&str>) -> String {
        let (open, close) = (sign(bracket), sign(closing_of(bracket)));
        match (found, self.noticed) {
            (Some(found), Some(Place { line, column })) => format!(
                "dấu {open} mở ở đây chưa được đóng: dòng {line}, cột {column} gặp {found}; hãy thêm {close} trước đó"
            ),
            _ => format!("dấu {open} mở ở đây không được đóng đến hết tệp; hãy thêm {close}"),
        }
    }

    fn unclosed_en(&self, bracket: u8, found: Option<&str>) -> String {
        let (open, close) = (sign(bracket), sign(closing_of(bracket)));
        match (found, self.noticed) {
            (Some(found), Some(Place { line, column })) => format!(
                "the {open} that opens here is not closed: line {line}, column {column} has {found}; add {close} before it"
            ),
            _ => format!("the {open} that opens here is not closed to the end of the file; add {close}"),
        }
    }
}

const fn sign(byte: u8) -> char {
    byte as char
}

fn thing_vi(of: &str) -> &'static str {
    match of {
        "Plan" => "kế hoạch",
        "Agency" => "cơ quan",
        "Task" => "nhiệm vụ",
        _ => "dòng lịch sử",
    }
}

fn thing_en(of: &str) -> &'static str {
    match of {
        "Plan" => "the plan",
        "Agency" => "an agency",
        "Task" => "a task",
        _ => "an entry of the history",
    }
}

fn example(field: &str) -> &'static str {
    match field {
        "year" => "year: 2024",
        "name" => "name: \"…\"",
        "at" => "at: \"2024-05-02T09:10:00+07:00\"",
        _ => "title: \"…\"",
    }
}

const fn wanted_vi(holds: Holds) -> &'static str {
    match holds {
        Holds::Text => "chữ trong dấu nháy kép",
        Holds::Texts => "danh sách như [\"…\", \"…\"]",
        Holds::Version | Holds::Year => "số nguyên",
        Holds::Status => "một trong Todo, Doing, Done, Paused, Dropped, không có dấu nháy",
        Holds::Quarter => "một trong Q1, Q2, Q3, Q4, không có dấu nháy",
        Holds::Quarters => "danh sách quý như [Q2, Q3]; việc thường xuyên thì []",
        Holds::Day => "ngày như \"2024-06-30\" (năm-tháng-ngày)",
        Holds::Moment => "thời điểm như \"2024-05-02T09:10:00+07:00\"",
        Holds::Flag => "true hoặc false",
        Holds::Structs(_) => "danh sách như [(…), (…)]",
    }
}

const fn wanted_en(holds: Holds) -> &'static str {
    match holds {
        Holds::Text => "text in double quotes",
        Holds::Texts => "a list such as [\"…\", \"…\"]",
        Holds::Version | Holds::Year => "a whole number",
        Holds::Status => "one of Todo, Doing, Done, Paused, Dropped, without quotes",
        Holds::Quarter => "one of Q1, Q2, Q3, Q4, without quotes",
        Holds::Quarters => "a list of quarters such as [Q2, Q3]; ongoing work has []",
        Holds::Day => "a day such as \"2024-06-30\" (year-month-day)",
        Holds::Moment => "a moment such as \"2024-05-02T09:10:00+07:00\"",
        Holds::Flag => "true or false",
        Holds::Structs(_) => "a list such as [(…), (…)]",
    }
}

/// What may have been meant.
fn hint(holds: Holds, found: &str) -> Option<String> {
    let bare = found.trim_matches(['"', '“', '”']);
    match holds {
        Holds::Status => status_like(bare).map(|status| status.name().to_owned()),
        Holds::Quarter => quarter_like(bare).map(|quarter| quarter.name().to_owned()),
        Holds::Quarters => quarter_like(bare).map(|quarter| format!("[{}]", quarter.name())),
        Holds::Day => day_like(bare).map(|day| format!("\"{day}\"")),
        Holds::Texts if found.starts_with('"') && found.ends_with('"') => Some(format!("[{found}]")),
        Holds::Text if found.chars().all(char::is_alphanumeric) => Some(format!("\"{found}\"")),
        Holds::Version | Holds::Year if bare.parse::<i32>().is_ok() && bare != found => Some(bare.to_owned()),
        _ => None,
    }
}

fn quarter_like(found: &str) -> Option<Quarter> {
    let is_called = |quarter: &Quarter| {
        let names = [quarter.name(), quarter.roman()];
        names.iter().any(|name| name.eq_ignore_ascii_case(found)) || quarter.number().to_string() == found
    };
    Quarter::ALL.into_iter().find(is_called)
}

fn status_like(found: &str) -> Option<Status> {
    let is_called = |status: &Status| {
        let (label, short) = (status.label(), status.short());
        [label.vi, label.en, short.vi, short.en]
            .iter()
            .any(|name| name.to_lowercase() == found.to_lowercase())
    };
    let by_name = || text::nearest(found, Status::ALL.map(Status::name));
    Status::ALL
        .into_iter()
        .find(is_called)
        .or_else(|| by_name().and_then(|name| Status::ALL.into_iter().find(|status| status.name() == name)))
}

/// A day written as people write it: day, month, year.
fn day_like(found: &str) -> Option<chrono::NaiveDate> {
    let mut numbers = found.split(['/', '.', '-']).map(|part| part.trim().parse::<u32>().ok());
    let (first, month, last) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let (year, day) = if first > 31 { (first, last) } else { (last, first) };
    chrono::NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}
