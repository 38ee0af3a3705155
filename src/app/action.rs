//! What the user can mean by a key.

use crate::plan::meeting::{self, Meeting};
use crate::plan::{Facet, Field, Status};
use crate::words::{self, Lang, Phrase};

/// Makes the actions of their table: what each is called, the word in the footer where that is too long for it, and what is
/// true of it.
macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident $(($of:ident: $held:ty))? = $label:expr
        $(=> $short:expr)? $(, is $($is:ident)+)?;)*) => {
        /// One thing the user can ask for. What it does now depends on what is on the screen.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Action {
            $($(#[$doc])* $action $(($held))?),*
        }

        impl Action {
            #[expect(unused_variables, reason = "not every label tells what the action is about")]
            pub const fn label(self) -> Phrase {
                match self {
                    $(Self::$action $(($of))? => $label),*
                }
            }

            /// The word in the footer.
            pub const fn short(self) -> Phrase {
                match self {
                    $(Self::$action $(($of))? => actions!(@short $label $(=> $short)?)),*
                }
            }

            const fn properties(self) -> &'static [ActionProperty] {
                match self {
                    $(Self::$action { .. } => &[$($(ActionProperty::$is),+)?]),*
                }
            }
        }
    };
    (@short $label:expr) => { $label };
    (@short $label:expr => $short:expr) => { $short };
}

/// What is true of some actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ActionProperty {
    /// It is of no use where nothing can be changed.
    Change,
    /// What is typed behind it goes into a field.
    OpensField,
}

actions! {
    Up = Phrase::new("Lên", "Up");
    Down = Phrase::new("Xuống", "Down");
    Left = Phrase::new("Sang trái", "Left");
    Right = Phrase::new("Sang phải", "Right");
    PageUp = Phrase::new("Trang trước", "Page up");
    PageDown = Phrase::new("Trang sau", "Page down");
    First = Phrase::new("Về đầu", "First");
    Last = Phrase::new("Về cuối", "Last");
    Open = Phrase::new("Mở", "Open");
    /// From a list to the card on the board.
    Card = Phrase::new("Tới thẻ trên bảng", "To the card on the board")
        => Phrase::new("Tới thẻ", "To the card");
    Back = Phrase::new("Quay lại", "Back");
    Advance = Phrase::new("Trạng thái: một bước tiếp", "Status: one step on")
        => Field::Status.label(), is Change;
    Retreat = Phrase::new("Trạng thái: lùi một bước", "Status: one step back"), is Change;
    Set(status: Status) = label_of_set(status), is Change;
    SetBecause = Phrase::new("Đặt trạng thái, ghi lý do", "Set a status with its reason"), is Change OpensField;
    Edit = EDIT, is Change;
    /// A field of the chosen task, by its name.
    EditField(field: Field) = EDIT => field.short(), is Change;
    New = Phrase::new("Thêm việc", "New task") => Phrase::new("Thêm", "New"), is Change OpensField;
    NewPlan = Phrase::new("Kế hoạch mới", "New plan"), is OpensField;
    Delete = Phrase::new("Xóa việc", "Delete task") => Phrase::new("Xóa", "Delete"), is Change;
    MoveUp = Phrase::new("Đưa việc lên trước", "Move the task up"), is Change;
    MoveDown = Phrase::new("Đưa việc xuống sau", "Move the task down"), is Change;
    Undo = Phrase::new("Hoàn tác", "Undo"), is Change;
    Redo = Phrase::new("Làm lại", "Redo"), is Change;
    NextView = Phrase::new("Màn hình sau", "Next view") => Phrase::new("Đổi màn hình", "View");
    Deadlines = Phrase::new("Thời hạn", "Deadlines") => Field::Due.short();
    Review = Phrase::new("Rà soát", "Review");
    Summary = Phrase::new("Tổng hợp", "Summary");
    /// To another table of the summary.
    NextGrouping = Phrase::new("Tổng hợp theo cách khác", "Group in another way")
        => Phrase::new("Cách nhóm", "Grouping");
    /// The tasks that a figure counts.
    Tasks = Phrase::new("Các việc của ô trên bảng", "The tasks of the figure, on the board")
        => Phrase::new("Xem việc", "Tasks");
    Board = Phrase::new("Bảng", "Board");
    Plans = Phrase::new("Các kế hoạch", "Plans");
    /// Only the tasks of some agencies, people, sections.
    Filter(facet: Facet) = label_of_filter(facet) => short_of_filter(facet);
    /// The list of the next kind to filter by.
    NextFacet = Phrase::new("Lọc theo điều khác", "Filter by something else")
        => Phrase::new("Lọc theo…", "Filter by…");
    /// Keeps the filter under a name.
    SaveView = Phrase::new("Lưu bộ lọc…", "Save this view…");
    View(deed: ViewDeed) = label_of_deed(deed);
    /// Only what is late, or only what is due soon.
    OnlyOverdue = Phrase::new("Chỉ việc quá hạn", "Only overdue tasks")
        => Phrase::new("Chỉ quá hạn", "Overdue only");
    OnlyDueSoon = Phrase::new("Chỉ việc sắp đến hạn", "Only tasks due soon")
        => Phrase::new("Chỉ sắp hạn", "Due soon only");
    ClearFilter = Phrase::new("Bỏ lọc và tìm kiếm", "Clear filter and search");
    Search = Phrase::new("Tìm kiếm", "Search") => FIND, is OpensField;
    Palette = Phrase::new("Tìm lệnh", "Find a command") => Phrase::new("Lệnh", "Commands"), is OpensField;
    Language = Phrase::new("English", "Tiếng Việt");
    Help = words::HELP;
    Quit = Phrase::new("Thoát", "Quit");
    Mark = Phrase::new("Đánh dấu", "Mark");
    /// What is done next is done to this task as well.
    MarkTask = Phrase::new("Đánh dấu việc", "Mark the task");
    MarkAll = Phrase::new("Đánh dấu mọi việc đang hiện", "Mark all tasks shown");
    /// Opens the window in which steps and receipts are ticked.
    Ticks = Phrase::new("Mốc và điểm danh", "Steps and roll call") => Field::Steps.label(), is OpensField;
    /// Ticks the chosen one of them.
    Tick = Phrase::new("Xong, chưa xong", "Done, not done"), is Change;
    Accept = Phrase::new("Đồng ý", "Accept");
    /// Leaves a field or a question as if it had not been opened.
    Cancel = Phrase::new("Hủy", "Cancel");
    Newline = Phrase::new("Xuống dòng", "New line");
    /// To the next field of a window with several; behind the last one they are taken.
    NextField = NEXT_FIELD;
    /// To another box of a window, around its ends.
    NextBox = NEXT_FIELD;
    PreviousBox = Phrase::new("Ô trước", "Field before");
    /// What is known of a task now: result, difficulty, proposal.
    Tell = Phrase::new("Ghi tiến độ", "Tell progress") => Phrase::new("Ghi", "Tell"), is Change OpensField;
    /// A later deadline that was granted.
    Extend = Phrase::new("Gia hạn", "Extend the deadline"), is Change;
    /// A later deadline is only the correction of a slip.
    Correct = Phrase::new("Chỉ đính chính", "Only a correction");
    KeepBoth = Phrase::new("Giữ cả hai", "Keep both");
    /// What is offered is not wanted any more.
    Drop = Phrase::new("Bỏ hẳn", "Give up");
    Offers = Phrase::new("Khôi phục phần bị ghi đè, gõ dở", "What was overwritten or half typed");
    /// To the next task that somebody else has changed.
    NextNews = Phrase::new("Tới việc vừa đổi", "To the next changed task");
    /// The meeting: it is opened, begun, gone through and stopped.
    Meeting = Meeting::LABEL;
    Begin = Phrase::new("Bắt đầu", "Begin");
    /// Nothing new of the task: on to the next.
    Hear = meeting::UNCHANGED;
    NextTask = Phrase::new("Việc sau", "Next task");
    PreviousTask = Phrase::new("Việc trước", "Previous task");
    /// To a task of the meeting by its number or its words.
    FindTask = Phrase::new("Tới việc số…", "To a task by its number") => FIND, is OpensField;
    /// A new task from what was decided.
    Conclude = Phrase::new("Giao việc mới", "Give a new task")
        => Phrase::new("Giao việc", "Give a task"), is Change OpensField;
    WriteMinutes = Phrase::new("Ghi biên bản ra tệp", "Write the minutes to a file")
        => Phrase::new("Ghi biên bản", "Write minutes"), is Change;
    StopMeeting = Phrase::new("Dừng", "Stop");
    /// The plan as of another day.
    AsOf = Phrase::new("Xem tính đến một ngày", "As of another day"), is OpensField;
    /// What was told before.
    Past = Phrase::new("Thông báo vừa qua", "Recent messages");
    /// The next way of colouring.
    Colours = Phrase::new("Đổi màu: tối, sáng, máy chiếu", "Colours: dark, light, projector");
}

/// What is done with the view that is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ViewDeed {
    Rename,
    Delete,
}

impl Action {
    /// What it is called in the list of commands: a field by its name, and by what one would look for.
    pub fn named(self, lang: Lang) -> String {
        let label = self.label().say(lang);
        match self {
            Self::EditField(field) => format!("{label}: {}", field.label().say(lang)),
            _ => label.to_owned(),
        }
    }

    /// Whether it is of no use where nothing can be changed.
    pub fn is_change(self) -> bool {
        self.properties().contains(&ActionProperty::Change)
    }

    /// Whether what is typed behind it goes into a field.
    pub(super) fn opens_field(self) -> bool {
        self.properties().contains(&ActionProperty::OpensField)
    }
}

const EDIT: Phrase = Phrase::new("Sửa", "Edit");
const FIND: Phrase = Phrase::new("Tìm", "Search");
const NEXT_FIELD: Phrase = Phrase::new("Ô tiếp", "Next field");

const fn label_of_set(status: Status) -> Phrase {
    match status {
        Status::Todo => Phrase::new("Đặt: Chưa thực hiện", "Set: Not started"),
        Status::Doing => Phrase::new("Đặt: Đang thực hiện", "Set: In progress"),
        Status::Done => Phrase::new("Đặt: Đã hoàn thành", "Set: Done"),
        Status::Paused => Phrase::new("Đặt: Tạm dừng", "Set: On hold"),
        Status::Dropped => Phrase::new("Đặt: Không thực hiện", "Set: Withdrawn"),
    }
}

const fn label_of_deed(deed: ViewDeed) -> Phrase {
    match deed {
        ViewDeed::Rename => Phrase::new("Đổi tên bộ lọc đã lưu…", "Rename a saved view…"),
        ViewDeed::Delete => Phrase::new("Xóa bộ lọc đã lưu…", "Delete a saved view…"),
    }
}

const fn short_of_filter(facet: Facet) -> Phrase {
    match facet {
        Facet::Lead => Phrase::new("Cơ quan", "Agency"),
        facet => label_of_filter(facet),
    }
}

const fn label_of_filter(facet: Facet) -> Phrase {
    match facet {
        Facet::Lead => Phrase::new("Lọc cơ quan chủ trì", "Filter by lead agency"),
        Facet::Support => Phrase::new("Lọc cơ quan phối hợp", "Filter by cooperating agency"),
        Facet::Officer => Phrase::new("Lọc người phụ trách, việc của tôi", "Filter by officer, my tasks"),
        Facet::Leader => Phrase::new("Lọc lãnh đạo chỉ đạo", "Filter by leader"),
        Facet::Section => Phrase::new("Lọc theo mục", "Filter by section"),
        Facet::Source => Phrase::new("Lọc theo văn bản giao", "Filter by source"),
    }
}
