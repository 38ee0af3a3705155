//! What the user can mean by a key.

use crate::plan::meeting::{self, Meeting};
use crate::plan::{Facet, Field, Status};
use crate::words::{self, Lang, Phrase};

/// One thing the user can ask for. What it does now depends on what is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    First,
    Last,
    Open,
    /// From a list to the card on the board.
    Card,
    Back,
    Advance,
    Retreat,
    Set(Status),
    SetBecause,
    Edit,
    /// A field of the chosen task, by its name.
    EditField(Field),
    New,
    NewPlan,
    Delete,
    MoveUp,
    MoveDown,
    Undo,
    Redo,
    NextView,
    Deadlines,
    Review,
    Summary,
    /// To another table of the summary.
    NextGrouping,
    /// The tasks that a figure counts.
    Tasks,
    Board,
    Plans,
    /// Only the tasks of some agencies, people, sections.
    Filter(Facet),
    /// The list of the next kind to filter by.
    NextFacet,
    /// Keeps the filter under a name.
    SaveView,
    View(ViewDeed),
    /// Only what is late, or only what is due soon.
    OnlyOverdue,
    OnlyDueSoon,
    ClearFilter,
    Search,
    Palette,
    Language,
    Help,
    Quit,
    Mark,
    /// What is done next is done to this task as well.
    MarkTask,
    MarkAll,
    /// Opens the window in which steps and receipts are ticked.
    Ticks,
    /// Ticks the chosen one of them.
    Tick,
    Accept,
    /// Leaves a field or a question as if it had not been opened.
    Cancel,
    Newline,
    /// To the next field of a window with several; behind the last one they are taken.
    NextField,
    /// To another box of a window, around its ends.
    NextBox,
    PreviousBox,
    /// What is known of a task now: result, difficulty, proposal.
    Tell,
    /// A later deadline that was granted.
    Extend,
    /// A later deadline is only the correction of a slip.
    Correct,
    KeepBoth,
    /// What is offered is not wanted any more.
    Drop,
    Offers,
    /// To the next task that somebody else has changed.
    NextNews,
    /// The meeting: it is opened, begun, gone through and stopped.
    Meeting,
    Begin,
    /// Nothing new of the task: on to the next.
    Hear,
    NextTask,
    PreviousTask,
    /// To a task of the meeting by its number or its words.
    FindTask,
    /// A new task from what was decided.
    Conclude,
    WriteMinutes,
    StopMeeting,
    /// The plan as of another day.
    AsOf,
    /// What was told before.
    Past,
    /// The next way of colouring.
    Colours,
}

/// What is done with the view that is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ViewDeed {
    Rename,
    Delete,
}

impl Action {
    pub const fn label(self) -> Phrase {
        match self {
            Self::Open => Phrase::new("Mở", "Open"),
            Self::Card => Phrase::new("Tới thẻ trên bảng", "To the card on the board"),
            Self::Back => Phrase::new("Quay lại", "Back"),
            Self::Advance => Phrase::new("Trạng thái: một bước tiếp", "Status: one step on"),
            Self::Retreat => Phrase::new("Trạng thái: lùi một bước", "Status: one step back"),
            Self::Set(Status::Todo) => Phrase::new("Đặt: Chưa thực hiện", "Set: Not started"),
            Self::Set(Status::Doing) => Phrase::new("Đặt: Đang thực hiện", "Set: In progress"),
            Self::Set(Status::Done) => Phrase::new("Đặt: Đã hoàn thành", "Set: Done"),
            Self::Set(Status::Paused) => Phrase::new("Đặt: Tạm dừng", "Set: On hold"),
            Self::Set(Status::Dropped) => Phrase::new("Đặt: Không thực hiện", "Set: Withdrawn"),
            Self::SetBecause => Phrase::new("Đặt trạng thái, ghi lý do", "Set a status with its reason"),
            Self::Edit | Self::EditField(_) => Phrase::new("Sửa", "Edit"),
            Self::New => Phrase::new("Thêm việc", "New task"),
            Self::NewPlan => Phrase::new("Kế hoạch mới", "New plan"),
            Self::Delete => Phrase::new("Xóa việc", "Delete task"),
            Self::MoveUp => Phrase::new("Đưa việc lên trước", "Move the task up"),
            Self::MoveDown => Phrase::new("Đưa việc xuống sau", "Move the task down"),
            Self::Undo => Phrase::new("Hoàn tác", "Undo"),
            Self::Redo => Phrase::new("Làm lại", "Redo"),
            Self::NextView => Phrase::new("Màn hình sau", "Next view"),
            Self::Deadlines => Phrase::new("Thời hạn", "Deadlines"),
            Self::Review => Phrase::new("Rà soát", "Review"),
            Self::Summary => Phrase::new("Tổng hợp", "Summary"),
            Self::NextGrouping => Phrase::new("Tổng hợp theo cách khác", "Group in another way"),
            Self::Tasks => Phrase::new("Các việc của ô trên bảng", "The tasks of the figure, on the board"),
            Self::Board => Phrase::new("Bảng", "Board"),
            Self::Plans => Phrase::new("Các kế hoạch", "Plans"),
            Self::Search => Phrase::new("Tìm kiếm", "Search"),
            Self::Palette => Phrase::new("Tìm lệnh", "Find a command"),
            Self::Mark => Phrase::new("Đánh dấu", "Mark"),
            Self::KeepBoth => Phrase::new("Giữ cả hai", "Keep both"),
            Self::Drop => Phrase::new("Bỏ hẳn", "Give up"),
            Self::Offers => {
                Phrase::new("Khôi phục phần bị ghi đè, gõ dở", "What was overwritten or half typed")
            }
            Self::Tell => Phrase::new("Ghi tiến độ", "Tell progress"),
            Self::Extend => Phrase::new("Gia hạn", "Extend the deadline"),
            Self::NextNews => Phrase::new("Tới việc vừa đổi", "To the next changed task"),
            other => other.label_in_meeting(),
        }
    }

    const fn label_in_meeting(self) -> Phrase {
        match self {
            Self::Meeting => Meeting::LABEL,
            Self::Begin => Phrase::new("Bắt đầu", "Begin"),
            Self::Hear => meeting::UNCHANGED,
            Self::NextTask => Phrase::new("Việc sau", "Next task"),
            Self::PreviousTask => Phrase::new("Việc trước", "Previous task"),
            Self::FindTask => Phrase::new("Tới việc số…", "To a task by its number"),
            Self::Conclude => Phrase::new("Giao việc mới", "Give a new task"),
            Self::WriteMinutes => Phrase::new("Ghi biên bản ra tệp", "Write the minutes to a file"),
            Self::StopMeeting => Phrase::new("Dừng", "Stop"),
            other => other.label_of_program(),
        }
    }

    /// What is about the program, and not about a plan.
    const fn label_of_program(self) -> Phrase {
        match self {
            Self::AsOf => Phrase::new("Xem tính đến một ngày", "As of another day"),
            Self::Past => Phrase::new("Thông báo vừa qua", "Recent messages"),
            Self::Colours => Phrase::new("Đổi màu: tối, sáng, máy chiếu", "Colours: dark, light, projector"),
            Self::Language => Phrase::new("English", "Tiếng Việt"),
            Self::Help => words::HELP,
            Self::Quit => Phrase::new("Thoát", "Quit"),
            other => other.label_of_window(),
        }
    }

    /// What is done in a field, or in a window with several.
    const fn label_of_window(self) -> Phrase {
        match self {
            Self::Ticks => Phrase::new("Mốc và điểm danh", "Steps and roll call"),
            Self::Tick => Phrase::new("Xong, chưa xong", "Done, not done"),
            Self::Accept => Phrase::new("Đồng ý", "Accept"),
            Self::Cancel => Phrase::new("Hủy", "Cancel"),
            Self::Correct => Phrase::new("Chỉ đính chính", "Only a correction"),
            Self::Newline => Phrase::new("Xuống dòng", "New line"),
            Self::NextField | Self::NextBox => Phrase::new("Ô tiếp", "Next field"),
            Self::PreviousBox => Phrase::new("Ô trước", "Field before"),
            other => other.label_of_filter(),
        }
    }

    /// What narrows what is shown, or marks it.
    const fn label_of_filter(self) -> Phrase {
        match self {
            Self::Filter(facet) => label_of_filter(facet),
            Self::NextFacet => Phrase::new("Lọc theo điều khác", "Filter by something else"),
            Self::SaveView => Phrase::new("Lưu bộ lọc…", "Save this view…"),
            Self::View(ViewDeed::Rename) => Phrase::new("Đổi tên bộ lọc đã lưu…", "Rename a saved view…"),
            Self::View(ViewDeed::Delete) => Phrase::new("Xóa bộ lọc đã lưu…", "Delete a saved view…"),
            Self::MarkTask => Phrase::new("Đánh dấu việc", "Mark the task"),
            Self::MarkAll => Phrase::new("Đánh dấu mọi việc đang hiện", "Mark all tasks shown"),
            Self::OnlyOverdue => Phrase::new("Chỉ việc quá hạn", "Only overdue tasks"),
            Self::OnlyDueSoon => Phrase::new("Chỉ việc sắp đến hạn", "Only tasks due soon"),
            Self::ClearFilter => Phrase::new("Bỏ lọc và tìm kiếm", "Clear filter and search"),
            way => way.label_of_way(),
        }
    }

    /// A step along a list or across it, or in what is typed.
    const fn label_of_way(self) -> Phrase {
        match self {
            Self::Up => Phrase::new("Lên", "Up"),
            Self::Down => Phrase::new("Xuống", "Down"),
            Self::Left => Phrase::new("Sang trái", "Left"),
            Self::Right => Phrase::new("Sang phải", "Right"),
            Self::PageUp => Phrase::new("Trang trước", "Page up"),
            Self::PageDown => Phrase::new("Trang sau", "Page down"),
            Self::First => Phrase::new("Về đầu", "First"),
            _ => Phrase::new("Về cuối", "Last"),
        }
    }

    /// What it is called in the list of commands: a field by its name, and by what one would look for.
    pub fn named(self, lang: Lang) -> String {
        let label = self.label().say(lang);
        match self {
            Self::EditField(field) => format!("{label}: {}", field.label().say(lang)),
            _ => label.to_owned(),
        }
    }

    /// The word in the footer, where the label is too long for it.
    pub const fn short(self) -> Phrase {
        match self {
            Self::Card => Phrase::new("Tới thẻ", "To the card"),
            Self::New => Phrase::new("Thêm", "New"),
            Self::Tell => Phrase::new("Ghi", "Tell"),
            Self::Delete => Phrase::new("Xóa", "Delete"),
            Self::Filter(Facet::Lead) => Phrase::new("Cơ quan", "Agency"),
            Self::NextFacet => Phrase::new("Lọc theo…", "Filter by…"),
            Self::Ticks => Field::Steps.label(),
            Self::OnlyOverdue => Phrase::new("Chỉ quá hạn", "Overdue only"),
            Self::OnlyDueSoon => Phrase::new("Chỉ sắp hạn", "Due soon only"),
            Self::Deadlines => Field::Due.short(),
            Self::Search => Phrase::new("Tìm", "Search"),
            Self::Palette => Phrase::new("Lệnh", "Commands"),
            Self::NextView => Phrase::new("Đổi màn hình", "View"),
            Self::NextGrouping => Phrase::new("Cách nhóm", "Grouping"),
            Self::Tasks => Phrase::new("Xem việc", "Tasks"),
            Self::Advance => Field::Status.label(),
            Self::EditField(field) => field.short(),
            Self::FindTask => Self::Search.short(),
            Self::Conclude => Phrase::new("Giao việc", "Give a task"),
            Self::WriteMinutes => Phrase::new("Ghi biên bản", "Write minutes"),
            _ => self.label(),
        }
    }

    /// Whether it is of no use where nothing can be changed.
    pub const fn is_change(self) -> bool {
        matches!(
            self,
            Self::Advance
                | Self::Retreat
                | Self::Set(_)
                | Self::SetBecause
                | Self::Tell
                | Self::Extend
                | Self::Edit
                | Self::EditField(_)
                | Self::New
                | Self::Delete
                | Self::MoveUp
                | Self::MoveDown
                | Self::Undo
                | Self::Redo
                | Self::Tick
                | Self::Conclude
                | Self::WriteMinutes
        )
    }

    /// Whether what is typed behind it goes into a field.
    pub(super) const fn opens_field(self) -> bool {
        matches!(
            self,
            Self::Search
                | Self::Palette
                | Self::New
                | Self::NewPlan
                | Self::SetBecause
                | Self::AsOf
                | Self::FindTask
                | Self::Conclude
                | Self::Tell
                | Self::Ticks
        )
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
