//! The words that mean a status, a state or a column: for options of the shell and in queries. The first of each is
//! its name among options; labels are understood beside them.

use crate::plan::time::{Column, Quarter};
use crate::plan::{State, Status};

/// A value, and the words that mean it.
pub type ValueWords<T> = (T, &'static [&'static str]);

pub const STATUS_WORDS: [ValueWords<Status>; Status::ALL.len()] = [
    (Status::Todo, &["todo", "chưa thực hiện", "chưa", "to do", "not started"]),
    (Status::Doing, &["doing", "đang thực hiện", "đang", "đang làm", "in progress"]),
    (Status::Done, &["done", "đã hoàn thành", "hoàn thành", "xong"]),
    (Status::Paused, &["paused", "tạm dừng", "on hold"]),
    (Status::Dropped, &["dropped", "không thực hiện", "không làm", "withdrawn"]),
];

pub const STATE_WORDS: [ValueWords<State>; State::ALL.len()] = [
    (State::DoneOnTime, &["done-on-time", "DoneOnTime", "hoàn thành đúng hạn", "đúng hạn", "on time"]),
    (State::DoneLate, &["done-late", "DoneLate", "hoàn thành quá hạn", "xong muộn"]),
    (State::Overdue, &["overdue", "quá hạn", "trễ hạn"]),
    (State::DueToday, &["due-today", "DueToday", "đến hạn hôm nay", "hôm nay", "today"]),
    (State::DueSoon, &["due-soon", "DueSoon", "sắp đến hạn", "sắp hạn", "soon"]),
    (State::InTime, &["in-time", "InTime", "trong hạn"]),
    (State::Ongoing, &["ongoing", "thường xuyên"]),
    (State::Paused, &["paused", "tạm dừng", "on hold"]),
    (State::Dropped, &["dropped", "không thực hiện", "không làm", "withdrawn"]),
];

pub const COLUMN_WORDS: [ValueWords<Column>; Column::ALL.len()] = [
    (Column::Quarter(Quarter::Q1), &["1", "I", "Q1", "quý I", "quý 1"]),
    (Column::Quarter(Quarter::Q2), &["2", "II", "Q2", "quý II", "quý 2"]),
    (Column::Quarter(Quarter::Q3), &["3", "III", "Q3", "quý III", "quý 3"]),
    (Column::Quarter(Quarter::Q4), &["4", "IV", "Q4", "quý IV", "quý 4"]),
    (Column::Year, &["year", "cả năm", "năm"]),
];
