//! The fields of a task, and their names.

use chrono::NaiveDate;

use super::task::Task;
use super::time::{self, Column};
use crate::words::{Lang, Phrase};

/// A field of a task that people change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    No,
    Title,
    Lead,
    Support,
    Quarters,
    Time,
    Due,
    Status,
    DoneOn,
    Output,
    Note,
}

impl Field {
    /// In the order of the file.
    pub const ALL: [Self; 11] = [
        Self::No,
        Self::Title,
        Self::Lead,
        Self::Support,
        Self::Quarters,
        Self::Time,
        Self::Due,
        Self::Status,
        Self::DoneOn,
        Self::Output,
        Self::Note,
    ];

    /// The name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Title => "title",
            Self::Lead => "lead",
            Self::Support => "support",
            Self::Quarters => "quarters",
            Self::Time => "time",
            Self::Due => "due",
            Self::Status => "status",
            Self::DoneOn => "done_on",
            Self::Output => "output",
            Self::Note => "note",
        }
    }

    /// Whether people write it. The others are chosen from lists.
    pub const fn is_typed(self) -> bool {
        !matches!(self, Self::Lead | Self::Support | Self::Quarters | Self::Status)
    }

    pub const fn label(self) -> Phrase {
        match self {
            Self::No => Phrase::new("Số thứ tự", "Number"),
            Self::Title => Phrase::new("Nội dung nhiệm vụ", "Task"),
            Self::Lead => Phrase::new("Cơ quan chủ trì", "Lead agency"),
            Self::Support => Phrase::new("Cơ quan phối hợp", "Cooperating agencies"),
            Self::Quarters => Phrase::new("Quý", "Quarters"),
            Self::Time => Phrase::new("Thời gian thực hiện", "Time"),
            Self::Due => Phrase::new("Hạn hoàn thành", "Deadline"),
            Self::Status => Phrase::new("Trạng thái", "Status"),
            Self::DoneOn => Phrase::new("Ngày hoàn thành", "Day of completion"),
            Self::Output => Phrase::new("Kết quả thực hiện", "Result so far"),
            Self::Note => Phrase::new("Ghi chú", "Note"),
        }
    }

    /// The label where there is little room.
    pub const fn short(self) -> Phrase {
        match self {
            Self::Lead => Phrase::new("Chủ trì", "Lead"),
            Self::Support => Phrase::new("Phối hợp", "With"),
            Self::Due => Phrase::new("Hạn", "Due"),
            field => field.label(),
        }
    }

    /// What a task has there, as it is shown to people; empty where it has nothing.
    pub fn value(self, task: &Task, lang: Lang) -> String {
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, time::write_date);
        match self {
            Self::No => task.no.clone(),
            Self::Title => task.title.clone(),
            Self::Lead => task.lead.join("; "),
            Self::Support => task.support.join("; "),
            Self::Quarters if task.quarters.is_whole_year() => Column::Year.label().say(lang).to_owned(),
            Self::Quarters => task.quarters.to_string(),
            Self::Time => task.time.clone(),
            Self::Due => day(task.due),
            Self::Status => task.status.label().say(lang).to_owned(),
            Self::DoneOn => day(task.done_on),
            Self::Output => task.output.clone(),
            Self::Note => task.note.clone(),
        }
    }
}
