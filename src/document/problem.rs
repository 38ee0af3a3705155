//! Why a text is not a plan, in words that help: what was found, what was expected, what to do.

use super::LARGEST_IN_MB;
use super::lex::closing_of;
use super::schema::{Holds, Schema};
use crate::plan::time::{self, Asked, TimeError};
use crate::plan::{Quarter, Status};
use crate::text::{self, LineStarts, Place};
use crate::words::{Lang, Phrase, tr};

/// Why a text is not a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub place: Place,
    flaw: Flaw,
}

/// What is wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flaw {
    Plain(Phrase),
    TooLarge,
    /// A bracket; what stood where it had to be closed, and where, unless the text was at its end.
    Unclosed(u8, Option<(String, Place)>),
    ClosesNothing(u8),
    CurlyQuote(char),
    FalseSpace(char),
    Stray(char),
    MissingColon(String),
    MissingValue(String),
    Unquoted(String),
    Fields(FieldFlaw),
    /// What only `ron` has a word for.
    Ron(String),
}

/// What is wrong with the fields of a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FieldFlaw {
    /// The struct that has to stand there, and what does.
    NoStruct(&'static Schema, String),
    /// The same for its name.
    StructName(&'static Schema, String),
    /// The struct, and the name of the field in it, with an example.
    Missing(&'static Schema, &'static str, &'static str),
    Twice(String),
    /// The field, what it holds, and what stands there.
    Value(&'static str, Holds, String),
}

/// The byte at which something is wrong, if anything is, and what.
pub(super) type Located = Option<(usize, Flaw)>;

/// What is wrong in the same way wherever it is.
impl Flaw {
    pub(super) const EMPTY: Self = Self::Plain(Phrase::new(
        "tệp trống; tệp kế hoạch bắt đầu bằng Plan(title: \"…\", year: 2024, tasks: [ … ])",
        "the file is empty; a plan begins with Plan(title: \"…\", year: 2024, tasks: [ … ])",
    ));
    pub(super) const UTF_16: Self = Self::Plain(Phrase::new(
        "tệp được lưu bằng mã UTF-16; hãy lưu lại bằng mã UTF-8",
        "the file was saved as UTF-16; save it as UTF-8",
    ));
    pub(super) const OLD_ENCODING: Self = Self::Plain(Phrase::new(
        "tệp không phải mã UTF-8; có vẻ dùng mã TCVN3/VNI hoặc Latin-1; hãy chuyển sang Unicode (UTF-8) trước",
        "the file is not UTF-8; it seems to be TCVN3/VNI or Latin-1; convert it to Unicode (UTF-8) first",
    ));
    pub(super) const CONFLICT_MARK: Self = Self::Plain(Phrase::new(
        "git còn để hai bản của đoạn này; hãy giữ một bản và xóa các dòng <<<<<<<, =======, >>>>>>>",
        "git has left two versions here; keep one and delete the lines <<<<<<<, =======, >>>>>>>",
    ));
    pub(super) const UNCLOSED_TEXT: Self = Self::Plain(Phrase::new(
        "chuỗi mở ở đây không được đóng; hãy thêm dấu \" ở cuối chuỗi",
        "the text that opens here is never closed; put a \" at its end",
    ));
    pub(super) const UNCLOSED_COMMENT: Self = Self::Plain(Phrase::new(
        "ghi chú /* mở ở đây không được đóng; hãy thêm */ ở cuối ghi chú",
        "the comment that opens here is never closed; put */ at its end",
    ));
    pub(super) const SINGLE_QUOTE: Self = Self::Plain(Phrase::new(
        "chữ phải đặt trong dấu nháy kép \"…\", không dùng dấu '",
        "text stands in double quotes \"…\", not in '",
    ));
    pub(super) const SEMICOLON: Self =
        Self::Plain(Phrase::new("gặp dấu ; ở chỗ phải là dấu phẩy", "found ; where a comma has to be"));
    pub(super) const MISSING_COMMA: Self =
        Self::Plain(Phrase::new("thiếu dấu phẩy sau giá trị này", "a comma is missing after this value"));
    pub(super) const QUOTE_WITHIN: Self = Self::Plain(Phrase::new(
        "chuỗi kết thúc ở đây nhưng sau đó còn chữ; thiếu dấu phẩy, hoặc dấu \" trong chuỗi phải viết là \\\"",
        "the text ends here, but words follow; a comma is missing, or a \" within the text has to be \\\"",
    ));
    pub(super) const MISSING_NAME: Self = Self::Plain(Phrase::new(
        "giá trị này thiếu tên trường ở trước, như title: \"…\"",
        "the name of the field is missing before this value, as in title: \"…\"",
    ));
    pub(super) const TOO_MUCH: Self = Self::Plain(Phrase::new(
        "kế hoạch đã kết thúc ở trước; hãy xóa phần thừa từ đây",
        "the plan ended before this; delete what follows from here",
    ));
    pub(super) const NO_PLAN: Self = Self::Plain(Phrase::new(
        "tệp kế hoạch phải bắt đầu bằng Plan(title: \"…\", year: 2024, tasks: [ … ])",
        "a plan begins with Plan(title: \"…\", year: 2024, tasks: [ … ])",
    ));
    pub(super) const ESCAPE: Self = Self::Plain(Phrase::new(
        "sau dấu \\ trong chuỗi là ký tự không hợp lệ; muốn viết dấu \\ thì viết hai lần: \\\\",
        "this \\ is followed by a character that it cannot stand before; for a \\ itself write it twice: \\\\",
    ));
    pub(super) const TOO_DEEP: Self =
        Self::Plain(Phrase::new("các dấu ngoặc lồng nhau quá sâu", "the brackets are nested too deep"));
}

impl Problem {
    pub(super) fn of(text: &str, at: usize, flaw: Flaw) -> Self {
        Self { place: LineStarts::of(text).place(text, at), flaw }
    }

    pub(super) const fn at_start(flaw: Flaw) -> Self {
        Self { place: Place::START, flaw }
    }

    /// One sentence, without the place.
    pub fn message(&self, lang: Lang) -> String {
        match &self.flaw {
            Flaw::Plain(phrase) => phrase.say(lang).to_owned(),
            Flaw::TooLarge => tr!(
                lang,
                "tệp lớn hơn {LARGEST_IN_MB} MB, không phải tệp kế hoạch",
                "the file is larger than {LARGEST_IN_MB} MB and no plan"
            ),
            Flaw::Unclosed(bracket, found) => unclosed(*bracket, found.as_ref(), lang),
            Flaw::ClosesNothing(bracket) => tr!(
                lang,
                "dấu {} không đóng dấu nào; hãy xóa nó hoặc thêm dấu mở còn thiếu",
                "this {} closes nothing; delete it or add what should open it",
                char::from(*bracket)
            ),
            Flaw::CurlyQuote(c) => tr!(
                lang,
                "gặp dấu {c}; trong tệp kế hoạch phải dùng dấu nháy thẳng \"",
                "found {c}; a plan file wants the straight quote \""
            ),
            Flaw::FalseSpace(c) => tr!(
                lang,
                "gặp khoảng trắng đặc biệt U+{:04X}; hãy xóa và gõ lại dấu cách thường",
                "found the special space U+{:04X}; delete it and type an ordinary one",
                u32::from(*c)
            ),
            Flaw::Stray(c) => {
                tr!(lang, "gặp dấu {c} không đúng chỗ; hãy xóa nó", "found {c} out of place; delete it")
            }
            Flaw::MissingColon(name) => tr!(
                lang,
                "sau {name} phải có dấu hai chấm và giá trị, như {name}: \"…\"",
                "after {name} a colon and a value are missing, as in {name}: \"…\""
            ),
            Flaw::MissingValue(name) => tr!(
                lang,
                "trường {name} chưa có giá trị; chữ để trống thì viết {name}: \"\"",
                "{name} has no value; for empty text write {name}: \"\""
            ),
            Flaw::Unquoted(word) => tr!(
                lang,
                "chữ bắt đầu bằng {word} phải đặt trong dấu nháy kép, như \"{word} …\"",
                "the text that begins with {word} has to stand in double quotes: \"{word} …\""
            ),
            Flaw::Ron(what) => tr!(lang, "không đọc được: {what}", "cannot be read: {what}"),
            Flaw::Fields(flaw) => flaw.message(lang),
        }
    }
}

impl FieldFlaw {
    fn message(&self, lang: Lang) -> String {
        match self {
            Self::NoStruct(expected, found) => tr!(
                lang,
                "gặp {found}, cần các trường của {} đặt trong ( … )",
                "found {found}, expected the fields of {} in ( … )",
                expected.label.say(lang)
            ),
            Self::StructName(Schema { name, .. }, found) => tr!(
                lang,
                "gặp tên {found}, ở đây phải là {name}, hoặc không ghi tên",
                "found the name {found}, expected {name} or no name"
            ),
            Self::Missing(of, field, example) => tr!(
                lang,
                "{} thiếu trường {field}; hãy thêm {example}",
                "{} lacks the field {field}; add {example}",
                of.label.say(lang)
            ),
            Self::Twice(name) => tr!(
                lang,
                "trường {name} ghi hai lần; hãy giữ một",
                "the field {name} is there twice; keep one"
            ),
            Self::Value(field, holds, found) => {
                let wanted = wanted(*holds).say(lang);
                let meant = hint(*holds, found)
                    .map(|hint| tr!(lang, "; có phải là {hint}?", "; did you mean {hint}?"));
                let hint = meant.or_else(|| no_such_day(*holds, found, lang)).unwrap_or_default();
                tr!(
                    lang,
                    "trường {field}: gặp {found}, cần {wanted}{hint}",
                    "{field}: found {found}, expected {wanted}{hint}"
                )
            }
        }
    }
}

fn unclosed(bracket: u8, found: Option<&(String, Place)>, lang: Lang) -> String {
    let (open, close) = (char::from(bracket), char::from(closing_of(bracket)));
    match found {
        Some((found, Place { line, column })) => tr!(
            lang,
            "dấu {open} mở ở đây chưa được đóng: dòng {line}, cột {column} gặp {found}; hãy thêm {close} trước đó",
            "the {open} that opens here is not closed: line {line}, column {column} has {found}; add {close} before it"
        ),
        None => tr!(
            lang,
            "dấu {open} mở ở đây không được đóng đến hết tệp; hãy thêm {close}",
            "the {open} that opens here is not closed to the end of the file; add {close}"
        ),
    }
}

/// What a switch may be.
pub const TRUE_OR_FALSE: Phrase = Phrase::new("true hoặc false", "true or false");

/// What a field may hold.
const fn wanted(holds: Holds) -> Phrase {
    match holds {
        Holds::Text => Phrase::new("chữ trong dấu nháy kép", "text in double quotes"),
        Holds::Texts => Phrase::new("danh sách như [\"…\", \"…\"]", "a list such as [\"…\", \"…\"]"),
        Holds::Version | Holds::Year => Phrase::new("số nguyên", "a whole number"),
        Holds::Status => Phrase::new(
            "một trong Todo, Doing, Done, Paused, Dropped, không có dấu nháy",
            "one of Todo, Doing, Done, Paused, Dropped, without quotes",
        ),
        Holds::Quarter => Phrase::new(
            "một trong Q1, Q2, Q3, Q4, không có dấu nháy",
            "one of Q1, Q2, Q3, Q4, without quotes",
        ),
        Holds::Quarters => Phrase::new(
            "danh sách quý như [Q2, Q3]; việc thường xuyên thì []",
            "a list of quarters such as [Q2, Q3]; ongoing work has []",
        ),
        Holds::Day => Phrase::new(
            "ngày như \"2024-06-30\" (năm-tháng-ngày)",
            "a day such as \"2024-06-30\" (year-month-day)",
        ),
        Holds::Moment => Phrase::new(
            "thời điểm như \"2024-05-02T09:10:00+07:00\"",
            "a moment such as \"2024-05-02T09:10:00+07:00\"",
        ),
        Holds::Flag => TRUE_OR_FALSE,
        Holds::Map => Phrase::new(
            "tên và chữ đặt trong ngoặc nhọn, như {\"Kinh phí\": \"50 triệu đồng\"}",
            "names and texts in braces, such as {\"Kinh phí\": \"50 triệu đồng\"}",
        ),
        Holds::Structs(_) => Phrase::new("danh sách như [(…), (…)]", "a list such as [(…), (…)]"),
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
        let number = quarter.number().to_string();
        [quarter.name(), quarter.roman(), &number].iter().any(|name| name.eq_ignore_ascii_case(found))
    };
    Quarter::ALL.into_iter().find(is_called)
}

fn status_like(found: &str) -> Option<Status> {
    let is_called = |status: &Status| {
        let (label, short) = (status.label(), status.short());
        let names = [label.vi, label.en, short.vi, short.en];
        names.map(str::to_lowercase).contains(&found.to_lowercase())
    };
    let by_name = || text::nearest(found, Status::ALL.map(Status::name));
    Status::ALL.into_iter().find(is_called).or_else(|| by_name().and_then(Status::named))
}

/// Why the calendar has no such day, where it is written as a day is.
fn no_such_day(holds: Holds, found: &str, lang: Lang) -> Option<String> {
    let bare = found.trim_matches('"').trim();
    let is_day = holds == Holds::Day && bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let why = time::read_date(bare, 1970, chrono::NaiveDate::default()).err().filter(|_| is_day)?;
    let is_told =
        matches!(why, TimeError::NoSuchDay(_) | TimeError::ShortMonth { .. } | TimeError::NoSuchMonth(_));
    is_told.then(|| format!("; {}", why.within(Asked::Today, lang)))
}

/// A day written as people write it: day, month, year.
fn day_like(found: &str) -> Option<chrono::NaiveDate> {
    let mut numbers = found.split(['/', '.', '-']).map(|part| part.trim().parse::<u32>().ok());
    let (first, month, last) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let (year, day) = if first > 31 { (first, last) } else { (last, first) };
    let year = i32::try_from(year).ok().filter(|year| (1..=9999).contains(year))?;
    chrono::NaiveDate::from_ymd_opt(year, month, day)
}
