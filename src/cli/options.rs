//! Every option of every verb.

use super::arguments::{Choice, Kind, Opt};
use crate::plan::Field;
use crate::words::Phrase;

const NOTHING: Phrase = Phrase::new("", "");
pub(super) const TASK: Phrase = Phrase::new("VIỆC", "TASK");
const TEXT: Phrase = Phrase::new("CHỮ", "TEXT");
const DAY: Phrase = Phrase::new("NGÀY", "DATE");
pub(super) const NAME: Phrase = Phrase::new("TÊN", "NAME");

const fn opt(name: &'static str, kind: Kind, value: Phrase, help: Phrase) -> Opt {
    Opt { name, kind, value, help, excludes: None }
}

pub(super) const TODAY: Opt = opt(
    "today",
    Kind::Text,
    DAY,
    Phrase::new(
        "Xem kế hoạch như vào ngày này: 2024-05-20, 20/5",
        "The plan as of this day: 2024-05-20, 20/5",
    ),
);

/// The options of the program and of every verb.
pub(super) const EVERYWHERE: &[Opt] =
    &[TODAY, opt("lang", Kind::Choice(LANGS), NOTHING, Phrase::new("Ngôn ngữ", "The language"))];

pub(super) const QUARTER: Opt = opt(
    "quarter",
    Kind::Choices(QUARTERS),
    NOTHING,
    Phrase::new("Chỉ việc của quý này", "Only tasks of this quarter"),
);

pub(super) const LEAD: Opt = opt(
    "lead",
    Kind::Texts,
    NAME,
    Phrase::new(
        "Chỉ việc do cơ quan này chủ trì: tên, tên viết tắt hoặc một phần tên, có dấu hoặc không dấu",
        "Only tasks led by this agency: its name, its initials, or a part of it, with or without tones",
    ),
);

pub(super) const SUPPORT: Opt = opt(
    "support",
    Kind::Texts,
    NAME,
    Phrase::new("Chỉ việc cơ quan này phối hợp", "Only tasks that this agency cooperates in"),
);

pub(super) const STATUS: Opt = opt(
    "status",
    Kind::Choices(STATUSES),
    NOTHING,
    Phrase::new("Chỉ việc ở trạng thái này", "Only tasks of this status"),
);

pub(super) const OVERDUE: Opt = opt(
    "overdue",
    Kind::Flag,
    NOTHING,
    Phrase::new(
        "Chỉ việc quá hạn; cùng với --due-within thì một trong hai",
        "Only overdue tasks; with --due-within, either",
    ),
);

pub(super) const DUE_WITHIN: Opt = opt(
    "due-within",
    Kind::Text,
    Phrase::new("SỐ_NGÀY", "DAYS"),
    Phrase::new("Chỉ việc đến hạn trong vòng số ngày này", "Only tasks due within so many days"),
);

pub(super) const SEARCH: Opt = opt(
    "search",
    Kind::Prose,
    TEXT,
    Phrase::new(
        "Chỉ việc có những chữ này, gõ có dấu hoặc không dấu",
        "Only tasks with these words, typed with or without tones",
    ),
);

pub(super) const SORT: Opt = opt(
    "sort",
    Kind::Choice(SORTS),
    NOTHING,
    Phrase::new(
        "Sắp xếp theo số thứ tự, hạn hoặc trạng thái; không ghi thì như trong kế hoạch",
        "By number, deadline or status; else as in the plan",
    ),
);

pub(super) const FORMAT: Opt = opt(
    "format",
    Kind::Choice(FORMATS),
    NOTHING,
    Phrase::new("Dạng in ra; không ghi thì là bảng", "Output format; a table by default"),
);

pub(super) const LOG_FORMAT: Opt = opt(
    "format",
    Kind::Choice(&[Choice::new("text"), Choice::new("json")]),
    NOTHING,
    Phrase::new("Dạng in ra; không ghi thì là dòng chữ", "Output format; lines of text by default"),
);

pub(super) const SINCE: Opt =
    opt("since", Kind::Text, DAY, Phrase::new("Chỉ thay đổi từ ngày này", "Only changes since this day"));

pub(super) const BY: Opt =
    opt("by", Kind::Text, NAME, Phrase::new("Chỉ thay đổi của người này", "Only changes by this person"));

pub(super) const LOG: &[Opt] = &[SINCE, BY, LOG_FORMAT];

pub(super) const STRICT: Opt = opt(
    "strict",
    Kind::Flag,
    NOTHING,
    Phrase::new(
        "Mã thoát 1 nếu hai bên sửa khác nhau ở cùng một chỗ",
        "Exit status 1 if both sides have set the same thing differently",
    ),
);

pub(super) const LIST: &[Opt] = &[QUARTER, LEAD, SUPPORT, STATUS, OVERDUE, DUE_WITHIN, SEARCH, SORT, FORMAT];

/// The fields of a task, each named as in the file.
pub(super) const FIELDS: &[Opt] = &[
    opt("no", Kind::Text, NAME_OF_NUMBER, Field::No.label()),
    opt("title", Kind::Prose, TEXT, Phrase::new("Nội dung nhiệm vụ", "The task itself")),
    opt(
        "lead",
        Kind::Texts,
        NAME,
        Phrase::new(
            "Cơ quan chủ trì; nhiều cơ quan thì cách nhau bằng dấu chấm phẩy",
            "Lead agency; several with a semicolon between them",
        ),
    ),
    opt(
        "support",
        Kind::Texts,
        NAME,
        Phrase::new("Cơ quan phối hợp, cũng như vậy", "Cooperating agencies, likewise"),
    ),
    opt(
        "quarters",
        Kind::Text,
        Phrase::new("QUÝ", "QUARTERS"),
        Phrase::new("Quý: 2; II-III; 1,4; cả năm (year); none", "Quarters: 2; II-III; 1,4; year; none"),
    ),
    opt(
        "time",
        Kind::Prose,
        TEXT,
        Phrase::new(
            "Thời gian như trong văn bản: “Quý II”, “5/2024”; quý và hạn theo đó",
            "The time as printed: “Quý II”, “5/2024”; quarters and deadline follow it",
        ),
    ),
    opt(
        "due",
        Kind::Text,
        DAY,
        Phrase::new("Hạn hoàn thành: 2024-06-30, 30/6, cuối quý 2; none", "Deadline: 2024-06-30, 30/6; none"),
    ),
    opt(
        "status",
        Kind::Choice(STATUSES),
        NOTHING,
        Phrase::new(
            "Trạng thái; done không kèm --done-on thì lấy ngày hôm nay",
            "Status; done without --done-on takes today",
        ),
    ),
    opt(
        "done-on",
        Kind::Text,
        DAY,
        Phrase::new("Ngày hoàn thành thực tế; none để xóa", "The real day of completion; none to clear"),
    ),
    opt(
        "output",
        Kind::Prose,
        TEXT,
        Phrase::new("Kết quả thực hiện: số văn bản", "Result so far: number of the document"),
    ),
    opt(
        "note",
        Kind::Prose,
        TEXT,
        Phrase::new("Ghi chú, thay cho ghi chú cũ", "The note, instead of the old one"),
    ),
];

const NAME_OF_NUMBER: Phrase = Phrase::new("SỐ", "NUMBER");

/// Why a change is made.
pub(super) const WHY: &[Opt] = &[REASON, EXTEND];

pub(super) const REASON: Opt = opt(
    "reason",
    Kind::Prose,
    TEXT,
    Phrase::new(
        "Lý do, số văn bản; ghi vào lịch sử thay đổi",
        "The reason and its document, for the history of changes",
    ),
);

pub(super) const EXTEND: Opt = opt(
    "extend",
    Kind::Flag,
    NOTHING,
    Phrase::new(
        "--due là gia hạn, không phải đính chính: hạn đầu vẫn được giữ",
        "--due is an extension, not a correction: the first deadline stays known",
    ),
);

pub(super) const AFTER: Opt = opt(
    "after",
    Kind::Text,
    TASK,
    Phrase::new("Đặt sau việc này; không ghi thì ở cuối", "After this task; else at the end"),
);

pub(super) const YES: Opt =
    opt("yes", Kind::Flag, NOTHING, Phrase::new("Xóa mà không hỏi", "Delete without asking"));

pub(super) const TO: Opt = Opt {
    excludes: Some("missing"),
    ..opt(
        "to",
        Kind::Text,
        Phrase::new("BẢN", "VERSION"),
        Phrase::new("Trở lại bản này: số hoặc mã của bản", "Back to this version, by its number or hash"),
    )
};

pub(super) const MISSING: Opt = Opt {
    excludes: Some("leave"),
    ..opt(
        "missing",
        Kind::Flag,
        NOTHING,
        Phrase::new(
            "Khôi phục các thay đổi bị chương trình khác ghi đè",
            "Bring back the changes that another program has overwritten",
        ),
    )
};

pub(super) const LEAVE: Opt = Opt {
    excludes: Some("to"),
    ..opt(
        "leave",
        Kind::Flag,
        NOTHING,
        Phrase::new("Để như hiện nay và không nhắc nữa", "Leave it as it is now and do not mention it again"),
    )
};

const LANGS: &[Choice] = &[Choice::new("vi"), Choice::new("en")];

const QUARTERS: &[Choice] = &[
    Choice { name: "1", also: &["I", "Q1", "quý I", "quý 1"] },
    Choice { name: "2", also: &["II", "Q2", "quý II", "quý 2"] },
    Choice { name: "3", also: &["III", "Q3", "quý III", "quý 3"] },
    Choice { name: "4", also: &["IV", "Q4", "quý IV", "quý 4"] },
    Choice { name: "year", also: &["cả năm", "năm"] },
];

pub(super) const STATUSES: &[Choice] = &[
    Choice { name: "todo", also: &["chưa thực hiện", "chưa", "not started"] },
    Choice { name: "doing", also: &["đang thực hiện", "đang", "đang làm", "in progress"] },
    Choice { name: "done", also: &["đã hoàn thành", "hoàn thành", "xong"] },
    Choice { name: "paused", also: &["tạm dừng", "on hold"] },
    Choice { name: "dropped", also: &["không thực hiện", "không làm", "withdrawn"] },
];

const SORTS: &[Choice] = &[Choice::new("no"), Choice::new("due"), Choice::new("status")];

const FORMATS: &[Choice] = &[
    Choice::new("table"),
    Choice::new("json"),
    Choice::new("csv"),
    Choice { name: "md", also: &["markdown"] },
];

pub(super) const SHELLS: &[Choice] = &[
    Choice::new("bash"),
    Choice::new("zsh"),
    Choice::new("fish"),
    Choice::new("elvish"),
    Choice::new("powershell"),
];
