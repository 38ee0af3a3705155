//! The fields of a task and of the plan itself: one table each, which every other part of the program reads.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Plan;
use super::agency::Agency;
use super::change::Edit;
use super::more::OtherColumn;
use super::status::Status;
use super::table::{Extension, Person, Progress, Receipt, SavedView, Section, Table, TaskStep};
use super::task::Task;
use super::time::Quarters;
use super::value::{Kind, Value};
use crate::words::{Lang, Phrase};

/// A row of a table of fields.
#[derive(Debug)]
pub struct FieldRow<T> {
    /// The name in the file.
    pub name: &'static str,
    pub kind: Kind,
    pub label: Phrase,
    /// The label where there is little room.
    pub short: Phrase,
    get: fn(&T) -> Value,
    set: fn(&mut T, Value),
}

/// A table of fields: of a task, or of the plan itself.
pub trait FieldOf: Copy + Eq + 'static {
    type Owner;
    /// In the order of the file.
    const ALL: &'static [Self];
    /// An edit as the log has had it from the first: `Title((before: "", after: "a"))`.
    type Stored: Serialize + DeserializeOwned + From<Edit<Self>>;

    fn row(self) -> &'static FieldRow<Self::Owner>;

    /// What stands there.
    fn of(self, owner: &Self::Owner) -> Value {
        (self.row().get)(owner)
    }

    fn set(self, owner: &mut Self::Owner, value: Value) {
        (self.row().set)(owner, value);
    }
}

/// What an edit has found and what it has made of that.
#[derive(Serialize, Deserialize)]
pub struct StoredValues<T> {
    before: T,
    after: T,
}

/// Makes the names of fields and their table.
macro_rules! fields {
    (
        $(#[$meta:meta])* $name:ident of $owner:ty, stored as $vis:vis $stored:ident
        { $($variant:ident: $at:ident, $kind:ident $(($table:ident))?, $label:expr $(, $short:expr)?;)* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($variant),*
        }

        impl FieldOf for $name {
            type Owner = $owner;
            const ALL: &'static [Self] = &[$(Self::$variant),*];
            type Stored = $stored;

            fn row(self) -> &'static FieldRow<$owner> {
                $name::ROWS[self as usize]
            }
        }

        #[derive(Serialize, Deserialize)]
        $vis enum $stored {
            $($variant(StoredValues<fields!(@held $kind $(($table))?)>)),*
        }

        impl From<Edit<$name>> for $stored {
            fn from(edit: Edit<$name>) -> Self {
                let (before, after) = (edit.before, edit.after);
                match edit.field {
                    $($name::$variant => {
                        Self::$variant(StoredValues { before: before.into(), after: after.into() })
                    })*
                }
            }
        }

        impl From<$stored> for Edit<$name> {
            fn from(stored: $stored) -> Self {
                match stored {
                    $($stored::$variant(StoredValues { before, after }) => {
                        Self::new($name::$variant, before, after)
                    })*
                }
            }
        }

        impl $name {
            const ROWS: &'static [&'static FieldRow<$owner>] = &[$(&FieldRow {
                name: stringify!($at),
                kind: Kind::$kind $((Table::$table))?,
                label: $label,
                short: fields!(@short $label $(, $short)?),
                get: |owner| owner.$at.clone().into(),
                set: |owner, value| owner.$at = value.into(),
            }),*];

            /// The name in the file.
            pub const fn name(self) -> &'static str {
                Self::ROWS[self as usize].name
            }

            pub const fn label(self) -> Phrase {
                Self::ROWS[self as usize].label
            }

            /// The label where there is little room.
            pub const fn short(self) -> Phrase {
                Self::ROWS[self as usize].short
            }

            pub const fn kind(self) -> Kind {
                Self::ROWS[self as usize].kind
            }

            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|field| field.name() == name)
            }
        }
    };
    (@short $label:expr) => { $label };
    (@short $label:expr, $short:expr) => { $short };
    (@held Line) => { String };
    (@held Lines) => { String };
    (@held Names) => { Vec<String> };
    (@held Quarters) => { Quarters };
    (@held Day) => { Option<NaiveDate> };
    (@held Status) => { Status };
    (@held Year) => { i32 };
    (@held Flag) => { bool };
    (@held Table(Agencies)) => { Vec<Agency> };
    (@held Table(Sections)) => { Vec<Section> };
    (@held Table(People)) => { Vec<Person> };
    (@held Table(Views)) => { Vec<SavedView> };
    (@held Table(Extensions)) => { Vec<Extension> };
    (@held Table(Steps)) => { Vec<TaskStep> };
    (@held Table(Progress)) => { Vec<Progress> };
    (@held Table(Received)) => { Vec<Receipt> };
    (@held Table(More)) => { Vec<OtherColumn> };
}

fields! {
    /// A field of a task that people change.
    Field of Task, stored as pub StoredEdit {
        No: no, Line, Phrase::new("Số thứ tự", "Number");
        Title: title, Line, Phrase::new("Nội dung nhiệm vụ", "Task");
        Product: product, Line, Phrase::new("Sản phẩm", "Product");
        Lead: lead, Names, Phrase::new("Cơ quan chủ trì", "Lead agency"), Phrase::new("Chủ trì", "Lead");
        Support: support, Names, Phrase::new("Cơ quan phối hợp", "Cooperating agencies"), Phrase::new("Phối hợp", "With");
        Officer: officer, Line, Phrase::new("Người phụ trách", "Officer"), Phrase::new("Phụ trách", "Officer");
        Leader: leader, Line, Phrase::new("Lãnh đạo chỉ đạo", "Leader"), Phrase::new("Chỉ đạo", "Leader");
        Source: source, Line, Phrase::new("Văn bản giao", "Assigned by"), Phrase::new("Giao tại", "Source");
        Quarters: quarters, Quarters, Phrase::new("Quý", "Quarters");
        Time: time, Line, Phrase::new("Thời gian thực hiện", "Time"), Phrase::new("Thời gian", "Time");
        Due: due, Day, Phrase::new("Hạn hoàn thành", "Deadline"), Phrase::new("Hạn", "Due");
        Extensions: extensions, Table(Extensions), Phrase::new("Gia hạn", "Extensions");
        Steps: steps, Table(Steps), Phrase::new("Mốc", "Steps");
        Status: status, Status, Phrase::new("Trạng thái", "Status");
        DoneOn: done_on, Day, Phrase::new("Ngày hoàn thành", "Day of completion"), Phrase::new("Ngày xong", "Done on");
        Output: output, Line, Phrase::new("Văn bản kết quả", "Resulting document"), Phrase::new("Văn bản", "Document");
        Progress: progress, Table(Progress), Phrase::new("Kết quả đến nay", "Progress so far"), Phrase::new("Kết quả", "Result");
        Received: received, Table(Received), Phrase::new("Đã nhận của", "Received from");
        Note: note, Lines, Phrase::new("Ghi chú", "Note");
        More: more, Table(More), Phrase::new("Cột khác", "Other columns");
    }
}

fields! {
    /// A field of the plan itself.
    PlanField of Plan, stored as pub StoredHead {
        Title: title, Line, Phrase::new("Tên kế hoạch", "Title of the plan"), Phrase::new("Tên", "Title");
        Number: number, Line, Phrase::new("Số hiệu văn bản", "Number of the document"), Phrase::new("Số hiệu", "No.");
        Issuer: issuer, Line, Phrase::new("Cơ quan ban hành", "Issued by"), Phrase::new("Ban hành", "Issuer");
        Issued: issued, Day, Phrase::new("Ngày ban hành", "Day of issue");
        Year: year, Year, Phrase::new("Năm kế hoạch", "Year"), Phrase::new("Năm", "Year");
        Agencies: agencies, Table(Agencies), Phrase::new("Danh sách cơ quan", "List of agencies");
        Sections: sections, Table(Sections), Phrase::new("Các mục", "Sections");
        People: people, Table(People), Phrase::new("Người dùng", "People");
        Views: views, Table(Views), Phrase::new("Bộ lọc đã lưu", "Saved views");
    }
}

impl Field {
    /// In the order of the file.
    pub const ALL: &'static [Self] = <Self as FieldOf>::ALL;

    /// Whether people write it. The others are chosen from lists.
    pub const fn is_typed(self) -> bool {
        self.kind().is_typed() || matches!(self, Self::Steps)
    }

    /// Whether what is written in it bears a day, so that it can be written about another day than today.
    pub const fn is_dated(self) -> bool {
        matches!(
            self,
            Self::Status
                | Self::DoneOn
                | Self::Output
                | Self::Extensions
                | Self::Steps
                | Self::Progress
                | Self::Received
        )
    }

    /// Whether a search looks for words in it. A time is looked for by the quarter.
    pub(super) const fn is_searched(self) -> bool {
        matches!(self.kind(), Kind::Line | Kind::Lines | Kind::Table(Table::More))
            && !matches!(self, Self::Time)
    }

    /// What a task has there, as it is shown to people; empty where it has nothing.
    pub fn value(self, task: &Task, lang: Lang) -> String {
        self.of(task).shown(lang)
    }

    /// What a task has there, as a history would have it.
    pub fn recorded_of(self, task: &Task) -> String {
        self.of(task).recorded()
    }
}
