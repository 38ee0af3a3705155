//! How times are read: what plans write, what people type, and what is refused.

use chrono::{Datelike, NaiveDate};
use proptest::prelude::*;
use proptest::sample::select;
use tiendo::plan::Quarter;
use tiendo::plan::time::{
    Asked, Column, Period, Rhythm, TimeError, read_date, read_past_date, read_quarters, read_time,
    weekday_meant, write_date,
};
use tiendo::text;
use tiendo::words::Lang;
use unicode_normalization::UnicodeNormalization;

/// In the plan of 2024: the quarters by their numbers, and the deadline by its day.
const READ: &[(&str, &str, &str)] = &[
    // A deadline beside prose.
    ("Theo tiến độ, hoàn thành trong quý II", "2", "2024-06-30"),
    ("Theo quy định, hạn 30/6/2024", "2", "2024-06-30"),
    ("Theo chỉ đạo của Tỉnh ủy, trong tháng 8", "3", "2024-08-31"),
    ("Tùy tình hình, trong quý III", "3", "2024-09-30"),
    ("Thường xuyên, báo cáo trong quý IV", "4", "2024-12-31"),
    ("Thường xuyên; sơ kết quý II", "2", "2024-06-30"),
    ("Quý I và thường xuyên", "1", "2024-03-31"),
    ("Hoàn thành trong năm 2024 và duy trì thường xuyên", "1234", "2024-12-31"),
    ("Thường xuyên đến hết năm 2024", "1234", "2024-12-31"),
    ("Thường xuyên, báo cáo trước ngày 15/12", "4", "2024-12-15"),
    ("Thường xuyên trong quý II", "2", "2024-06-30"),
    ("Thường xuyên từ tháng 3 đến tháng 9", "123", "2024-09-30"),
    ("Theo tiến độ, hoàn thành trong năm 2024", "1234", "2024-12-31"),
    ("Theo tiến độ, trong năm 2024", "1234", "2024-12-31"),
    ("Theo Kế hoạch số 12/KH-UBND ngày 15/01/2024, hoàn thành trước 30/6", "2", "2024-06-30"),
    ("Theo kế hoạch của Ban TĐKT, Sở Nội vụ; chậm nhất 20/11", "4", "2024-11-20"),
    ("Sau khi có hướng dẫn của Bộ Nội vụ, chậm nhất trong tháng 9", "3", "2024-09-30"),
    ("Khi có yêu cầu (trước ngày 30/11)", "4", "2024-11-30"),
    ("Theo tiến độ (hoàn thành trong quý II)", "2", "2024-06-30"),
    ("Theo kế hoạch trong quý II", "2", "2024-06-30"),
    ("Quý II, theo hướng dẫn của Bộ Nội vụ", "2", "2024-06-30"),
    ("Tháng 5, sau khi có hướng dẫn", "2", "2024-05-31"),
    ("Quý III theo Quyết định số 1234/QĐ-UBND ngày 15/3/2024 của UBND tỉnh", "3", "2024-09-30"),
    ("Định kỳ hằng quý, hoàn thành trước 15/12/2024", "4", "2024-12-15"),
    ("Ngày 15 hằng tháng; tổng kết trước 20/12", "4", "2024-12-20"),
    ("Quý II và định kỳ hằng tháng", "2", "2024-06-30"),
    // One time inside of another.
    ("Quý II, chậm nhất 15/6", "2", "2024-06-15"),
    ("tháng 5, trước 20/5", "2", "2024-05-20"),
    ("tháng 5, trước ngày 20", "2", "2024-05-20"),
    ("Quý II trước 15/6", "2", "2024-06-15"),
    ("Quý I (trước 15/3)", "1", "2024-03-15"),
    ("Quý I, II, xong trước 15/6", "12", "2024-06-15"),
    ("Quý II (tháng 5)", "2", "2024-05-31"),
    ("Tháng 5 (quý II)", "2", "2024-05-31"),
    ("Quý II, tháng 5", "2", "2024-05-31"),
    ("Quý II - chậm nhất ngày 15/6/2024", "2", "2024-06-15"),
    ("Năm 2024, quý IV", "4", "2024-12-31"),
    ("Trong năm 2024, chậm nhất 15/12", "1234", "2024-12-15"),
    ("6 tháng đầu năm, hoàn thành trước 15/6", "12", "2024-06-15"),
    ("Từ quý I, xong trước 15/6", "12", "2024-06-15"),
    ("15/6, hoàn thành trong quý II", "2", "2024-06-15"),
    ("Hoàn thành trong tháng 5, trước 20/5", "2", "2024-05-20"),
    ("Trước 15/3, trước 15/9", "13", "2024-09-15"),
    ("Xong quý I và xong quý III", "13", "2024-09-30"),
    // What was refused and says something all the same.
    ("tuần 2 tháng 3", "1", "2024-03-14"),
    ("tuần thứ hai của tháng 3", "1", "2024-03-14"),
    ("tuần đầu tháng 6", "2", "2024-06-07"),
    ("tuần cuối tháng 6", "2", "2024-06-30"),
    ("20-11", "4", "2024-11-20"),
    ("Xong ngày 30 tháng 6 năm 2024./.", "2", "2024-06-30"),
    ("hạn: 30/6", "2", "2024-06-30"),
    ("Thời hạn hoàn thành: Quý II", "2", "2024-06-30"),
    ("05/09/2024 (thứ Năm)", "3", "2024-09-05"),
    ("Thứ Năm, ngày 05/9/2024", "3", "2024-09-05"),
    ("thứ 5 ngày 5/9", "3", "2024-09-05"),
    ("30/6 (CN)", "2", "2024-06-30"),
    ("17 giờ 00 ngày 30/6/2024", "2", "2024-06-30"),
    ("trước 17h00 ngày 30/6", "2", "2024-06-30"),
    ("8 giờ 30 phút, thứ Sáu, ngày 15/3/2024", "1", "2024-03-15"),
    ("16:30 ngày 15/3", "1", "2024-03-15"),
    ("Q.IV", "4", "2024-12-31"),
    ("T.5", "2", "2024-05-31"),
    ("Tháng Mười", "4", "2024-10-31"),
    ("tháng mười hai", "4", "2024-12-31"),
    ("tháng Tư", "2", "2024-04-30"),
    ("tháng Năm năm 2024", "2", "2024-05-31"),
    ("Quý hai", "2", "2024-06-30"),
    ("Quý tư", "4", "2024-12-31"),
    ("từ 15/12 đến 15/01/2025", "4", "2025-01-15"),
    ("tháng 11 - tháng 2/2025", "4", "2025-02-28"),
    ("Nửa đầu tháng 6", "2", "2024-06-15"),
    ("nửa cuối tháng 6", "2", "2024-06-30"),
    ("ngày 15 của tháng cuối quý II", "2", "2024-06-15"),
    ("tháng đầu quý III", "3", "2024-07-31"),
    // What was read and still is.
    ("từ quý II đến hết quý IV", "234", "2024-12-31"),
    ("tháng 7-8/2024", "3", "2024-08-31"),
    ("15/3-30/4", "12", "2024-04-30"),
    ("Từ ngày 15/12/2023 đến ngày 15/01/2024", "1", "2024-01-15"),
    ("trong quý I và quý III", "13", "2024-09-30"),
    ("xong trước 15/12", "4", "2024-12-15"),
    ("hạ tuần tháng 11", "4", "2024-11-30"),
    ("01-03/6/2024", "2", "2024-06-03"),
    ("Qúy II", "2", "2024-06-30"),
    ("Quý 2/2024-Quý 1/2025", "234", "2025-03-31"),
    ("5-7/2024", "23", "2024-07-31"),
    // The parts of a month, a quarter and a year.
    ("Thượng tuần tháng 6", "2", "2024-06-10"),
    ("trung tuần tháng 6/2024", "2", "2024-06-20"),
    ("Hạ tuần tháng 2", "1", "2024-02-29"),
    ("Đầu tháng 6", "2", "2024-06-10"),
    ("giữa tháng 6 năm 2024", "2", "2024-06-20"),
    ("Cuối tháng 6", "2", "2024-06-30"),
    ("trước cuối tháng 6", "2", "2024-06-30"),
    ("đầu quý II", "2", "2024-04-30"),
    ("Giữa quý III", "3", "2024-08-31"),
    ("cuối quý II, đầu quý III", "23", "2024-07-31"),
    ("6 tháng đầu năm", "12", "2024-06-30"),
    ("Trong 6 tháng đầu năm 2024", "12", "2024-06-30"),
    ("6 tháng cuối năm 2024", "34", "2024-12-31"),
    ("9 tháng đầu năm", "123", "2024-09-30"),
    ("4 tháng đầu năm 2024", "12", "2024-04-30"),
    ("nửa đầu năm 2024", "12", "2024-06-30"),
    ("Nửa cuối năm", "34", "2024-12-31"),
    ("Cuối năm", "4", "2024-12-31"),
    ("Đầu năm 2024", "1", "2024-03-31"),
    ("Cả năm", "1234", "2024-12-31"),
    ("Từ nay đến hết năm", "1234", "2024-12-31"),
    ("Trong năm 2024, theo kế hoạch", "1234", "2024-12-31"),
    // Lists, ranges and dashes of every kind.
    ("Quý I – II", "12", "2024-06-30"),
    ("Quý I—Quý II/2024", "12", "2024-06-30"),
    ("Quý I‑II", "12", "2024-06-30"),
    ("Quý I−II", "12", "2024-06-30"),
    ("Quý I, II, III và IV", "1234", "2024-12-31"),
    ("Quý I; Quý III", "13", "2024-09-30"),
    ("Quý I & III", "13", "2024-09-30"),
    ("Quý I + II", "12", "2024-06-30"),
    ("Quý I hoặc quý II", "12", "2024-06-30"),
    ("Tháng 3, 6, 9, 12", "1234", "2024-12-31"),
    ("tháng 3, tháng 6 và tháng 9 năm 2024", "123", "2024-09-30"),
    ("Tháng 5 và tháng 6", "2", "2024-06-30"),
    ("Tháng 5, 2024", "2", "2024-05-31"),
    ("Quý II, 2024", "2", "2024-06-30"),
    ("T5-T6/2024", "2", "2024-06-30"),
    ("15/3, 15/6 và 15/9", "123", "2024-09-15"),
    ("10, 15/3", "1", "2024-03-15"),
    ("từ ngày 10 đến ngày 15 tháng 3", "1", "2024-03-15"),
    ("6 tháng đầu năm và cả năm", "1234", "2024-12-31"),
    // Two years.
    ("Quý IV/2024 và quý I/2025", "4", "2025-03-31"),
    ("Quý IV năm 2023 - Quý II năm 2024", "12", "2024-06-30"),
    ("12/2024 - 01/2025", "4", "2025-01-31"),
    ("Quý IV - Quý I/2025", "4", "2025-03-31"),
    ("Tháng 01/2025", "4", "2025-01-31"),
    ("năm 2023 - 2024", "1234", "2024-12-31"),
    ("2024 - 2025", "1234", "2025-12-31"),
    // As scanners and hands write.
    ("QUÝ  II", "2", "2024-06-30"),
    ("quý ii", "2", "2024-06-30"),
    ("Quí II.", "2", "2024-06-30"),
    ("QuýII", "2", "2024-06-30"),
    ("Quý II / 2024", "2", "2024-06-30"),
    ("Tháng5/2024", "2", "2024-05-31"),
    ("15 / 3 / 2024", "1", "2024-03-15"),
    ("15/ 3/2024", "1", "2024-03-15"),
    ("15 3 2024", "1", "2024-03-15"),
    ("15.3.2024", "1", "2024-03-15"),
    ("15.03.24.", "1", "2024-03-15"),
    ("\u{a0}Quý\u{a0}II;", "2", "2024-06-30"),
    ("- Quý II", "2", "2024-06-30"),
    ("(Quý II)", "2", "2024-06-30"),
    ("Quý II/2024./.", "2", "2024-06-30"),
    ("Trong ngày 20 tháng 11 năm 2024", "4", "2024-11-20"),
    ("ngày 20-11-2024", "4", "2024-11-20"),
    ("2024-11-20", "4", "2024-11-20"),
    ("ngày 30/6", "2", "2024-06-30"),
    ("Hết ngày 30/6/2024", "2", "2024-06-30"),
    ("Chậm nhất là ngày 15/3", "1", "2024-03-15"),
    ("không quá 30/6", "2", "2024-06-30"),
    ("muộn nhất vào ngày 15 tháng 3", "1", "2024-03-15"),
    ("hạn chót 15/3", "1", "2024-03-15"),
    ("Dự kiến trong tháng 5", "2", "2024-05-31"),
    ("Dự kiến hoàn thành: tháng 5/2024", "2", "2024-05-31"),
    ("Tổ chức trong quý III", "3", "2024-09-30"),
    ("Gửi báo cáo trước ngày 15/12", "4", "2024-12-15"),
    ("3006", "2", "2024-06-30"),
    ("30062024", "2", "2024-06-30"),
    ("end of June", "2", "2024-06-30"),
    ("by 30 June 2024", "2", "2024-06-30"),
    ("Q1 to Q3", "123", "2024-09-30"),
];

/// Work without an end, or with one that hangs on something else.
const ONGOING: &[&str] = &[
    "Thường xuyên",
    "Thường xuyên trong năm 2024",
    "Thường xuyên, cả năm",
    "Thường xuyên, liên tục",
    "Trong năm 2024 (thường xuyên)",
    "Cả năm, thường xuyên",
    "Thường xuyên, hằng năm",
    "Thường xuyên theo chỉ đạo của UBND tỉnh",
    "Thường xuyên và đột xuất",
    "Đột xuất",
    "Hằng năm",
    "hàng năm",
    "Theo tiến độ",
    "Theo tiến độ công việc",
    "Theo tiến độ năm 2024",
    "Theo Kế hoạch số 12/KH-UBND",
    "Theo Kế hoạch số 12/KH-UBND ngày 15/3/2024 của UBND tỉnh",
    "Theo Thông báo số 12/TB-UBND, ngày 15/3/2024",
    "Theo Nghị định số 30/2020/NĐ-CP",
    "Theo Quyết định 1234/QĐ-TTg ngày 15/3/2024",
    "Theo Kế hoạch năm 2024 của UBND tỉnh",
    "Theo kế hoạch trong năm 2024",
    "Theo Luật Thi đua, khen thưởng năm 2022",
    "Theo Kế hoạch 5 năm 2021-2025",
    "Theo yêu cầu của Bộ Nội vụ",
    "Tùy tình hình thực tế",
    "Khi có yêu cầu",
    "sau khi có hướng dẫn của Bộ Nội vụ",
    "Ngay sau khi ban hành",
    "Ngay sau khi có kết quả",
    "Ongoing",
];

const RECURRING: &[&str] = &[
    "ngày 20 hằng tháng",
    "trước ngày 15 hằng tháng",
    "trước ngày 15/12 hằng năm",
    "Quý II hằng năm",
    "hàng quý",
    "Mỗi tháng một lần",
    "Từng quý",
    "Định kỳ",
    "định kỳ 6 tháng",
    "1 lần/quý",
    "02 lần/năm",
    "một lần/tháng",
    "6 tháng 1 lần",
    "hai lần một năm",
    "trước ngày 15 của tháng cuối quý",
    "Ngày 25 tháng cuối quý",
    "Hằng tháng, chậm nhất ngày 20",
    "Ngày 15, 20 hằng tháng",
    "Hằng tháng, quý, năm",
];

const REFUSED: &[&str] = &[
    "",
    "  ",
    ".",
    "-",
    "Chào mừng 75 năm ngày 11/6/1948",
    "giai đoạn 2021-2025",
    "2026 - 2030",
    "kế hoạch 5 năm",
    "năm học 2024-2025",
    "Quý V",
    "Quý I I",
    "Quý ll",
    "quý 3/4",
    "quý 5",
    "Quý năm",
    "quý",
    "tháng",
    "tháng 13",
    // Without its tone it is the next month.
    "tháng sáu",
    "ngày 3 tháng sau",
    "0/2024",
    "13/2024",
    "ngày 15",
    "31/2",
    "31/4",
    "6/30/2024",
    "15/3/202",
    "1//2",
    "5-7",
    "2024-2",
    "99999999999/2024",
    "Quý II, III, IV, V",
    // It would be half a time.
    "Quý II, chậm nhất 15/7",
    "Quý II (15/7)",
    "tháng 5, trước 20/6",
    "Quý I, hoàn thành trong quý II",
    "Hoàn thành trong quý II, chậm nhất 15/7",
    "Trong 2 năm 2024",
    "5 năm 2024",
    "Quý II, báo cáo trước 15/7",
    "Cả năm; sơ kết quý II",
    "Báo cáo quý II",
    "Quý II (lần 2)",
    "Tháng 5, quý II",
    "6 tháng năm 2024",
    "6 tháng",
    "9 tháng",
    "giữa năm",
    "từ quý II",
    "Từ tháng 3 trở đi",
    "từ 15/3",
    "sau ngày 15/3",
    "trước tháng 6",
    "trước quý III",
    "Quý IV - Quý II",
    "15/12 - 15/1",
    "05/09/2024 (thứ Sáu)",
    "Thứ Hai, ngày 05/9/2024",
    "Trước Tết",
    "Ngay sau Tết",
    "Theo kế hoạch, trước Tết",
    "Trước Tết Nguyên đán 2024",
    "tháng Giêng",
    "tháng Chạp",
    "Trước kỳ họp HĐND tỉnh",
    "Trong vòng 15 ngày làm việc",
    "Sau 10 ngày làm việc kể từ ngày nhận",
    "Theo Kế hoạch công tác quý II của Sở",
    "Theo tiến độ của dự án trước 2025",
    "Sau khi có văn bản 10 ngày",
    "Trước khi tổ chức Đại hội",
    "Thường xuyên từ quý II",
    "Theo quy định, 30/6",
    // Told from today, which a plan outlives.
    "hôm nay",
    "+7",
    "cuối tháng",
    "trong tháng",
    "thứ 6",
    "tuần sau",
    "8 ngày trước",
];

fn variants(text: &str) -> [String; 5] {
    let old_tones = text.replace("òa", "oà").replace("óa", "oá").replace("úy", "uý").replace("ủy", "uỷ");
    [text.to_owned(), text.nfd().collect(), text.to_uppercase(), text::fold(text), old_tones]
}

fn quarters(period: Period) -> String {
    period.quarters().iter().map(|quarter| quarter.number().to_string()).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A Monday.
const TODAY: &str = "2024-05-20";

#[test]
fn a_time_is_read_whole() {
    let mut faults = Vec::new();
    for &(text, expected, deadline) in READ {
        for text in variants(text) {
            let period = Period::read(&text, 2024);
            let read = period.map(|period| (quarters(period), period.deadline(2024)));
            if read != Ok((expected.to_owned(), Some(day(deadline)))) {
                faults.push(format!("{text}: {read:?}, not {expected} {deadline}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_time_without_an_end_has_no_deadline() {
    let mut faults = Vec::new();
    for (texts, rhythm) in [(ONGOING, Rhythm::Ongoing), (RECURRING, Rhythm::Recurring)] {
        for text in texts.iter().flat_map(|text| variants(text)) {
            let read = Period::read(&text, 2024);
            if read.map(|period| (period.rhythm(), period.due())) != Ok((rhythm, None)) {
                faults.push(format!("{text}: {read:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn what_is_not_clear_is_refused() {
    let mut faults = Vec::new();
    for text in REFUSED.iter().flat_map(|text| variants(text)) {
        let read = Period::read(&text, 2024);
        if read.is_ok() {
            faults.push(format!("{text}: {read:?}"));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn a_refusal_says_why() {
    let why = |text| Period::read(text, 2024).unwrap_err().message(Asked::Time, Lang::Vi);
    assert_eq!(why("Quý II, chậm nhất 15/7"), "Ngày 15/07/2024 nằm ngoài khoảng 01/04/2024 – 30/06/2024");
    assert_eq!(why("05/09/2024 (thứ Sáu)"), "Ngày 05/09/2024 là Thứ Năm, không phải Thứ Sáu");
    assert_eq!(why("từ quý II"), "Chưa có thời điểm kết thúc: ghi thêm “đến …”");
    assert_eq!(why("Quý IV - Quý II"), "Kết thúc trước khi bắt đầu");
    assert_eq!(why("+7"), "Tính từ hôm nay thì mai đã khác: ghi ngày, như 30/6");
    assert!(why("Trước Tết").contains("ghi ngày dương lịch"));
    assert!(why("Trước quý III").starts_with("“Trước” một tháng"));
    assert!(why("Chưa rõ").contains("Quý II, tháng 5/2024"));
}

/// The program writes the name of a column as the time of a new task.
#[test]
fn the_name_of_a_column_is_a_time() {
    for column in Column::ALL {
        let expected = match column {
            Column::Quarter(quarter) => quarter.number().to_string(),
            Column::Year => "1234".to_owned(),
        };
        for name in [column.label().vi, column.label().en, column.short().vi, column.short().en] {
            let read = Period::read(name, 2024).map(|period| (quarters(period), period.due()));
            assert_eq!(read, Ok((expected.clone(), None)), "{name}");
        }
    }
}

/// Typed where one day is asked for, on a Monday.
#[test]
fn a_day_is_told_from_today() {
    let days = [
        ("12", "2024-05-12"),
        ("ngày 12", "2024-05-12"),
        ("tuần trước", "2024-05-13"),
        ("tuần sau", "2024-05-27"),
        ("last week", "2024-05-13"),
        ("thứ 6", "2024-05-24"),
        ("thứ sáu", "2024-05-24"),
        ("thứ năm tuần trước", "2024-05-16"),
        ("thứ 5 tuần sau", "2024-05-30"),
        ("chủ nhật", "2024-05-26"),
        ("CN tuần trước", "2024-05-19"),
        ("8 ngày trước", "2024-05-12"),
        ("2 tuần trước", "2024-05-06"),
        ("3 ngày nữa", "2024-05-23"),
        ("1 tháng trước", "2024-04-20"),
        ("2 tháng nữa", "2024-07-20"),
        ("cuối tháng", "2024-05-31"),
        ("cuối tháng này", "2024-05-31"),
        ("cuối tháng trước", "2024-04-30"),
        ("đầu tháng tới", "2024-06-10"),
        ("trong tháng", "2024-05-31"),
        ("cuối quý", "2024-06-30"),
        ("hết quý sau", "2024-09-30"),
        ("trước cuối tháng", "2024-05-31"),
        ("t5", "2024-05-31"),
        ("5-7", "2024-07-05"),
        ("20-11", "2024-11-20"),
        ("30-6-24", "2024-06-30"),
        ("2005", "2024-05-20"),
        ("15-20/3", "2024-03-20"),
        ("Quý II, chậm nhất 15/6", "2024-06-15"),
    ];
    for (text, expected) in days {
        for text in variants(text) {
            assert_eq!(read_date(&text, 2024, day(TODAY)), Ok(Some(day(expected))), "{text}");
        }
    }
    let on = |text| read_date(text, 2024, day("2024-02-10"));
    assert_eq!(on("30"), Err(TimeError::Unfinished), "its month is still to come");
    assert_eq!(on("32"), Err(TimeError::NoSuchDay(32)));
}

#[test]
fn months_are_not_taken_for_a_day() {
    for text in ["5-7/2024", "10-12/2024", "5 – 7/2024"] {
        let read = read_date(text, 2024, day(TODAY));
        assert_eq!(read, Err(TimeError::DayOrMonths), "{text}");
    }
    assert_eq!(weekday_meant("t5").map(|(month, weekday)| (month, weekday.vi)), Some((5, "Thứ Năm")));
    for text in ["t8", "tháng 5", "t10", "t", "T5/2024"] {
        assert_eq!(weekday_meant(text), None, "{text}");
    }
}

#[test]
fn nothing_was_done_tomorrow() {
    let done = |text| read_past_date(text, 2024, day(TODAY));
    assert_eq!(done("hôm nay"), Ok(Some(day(TODAY))));
    assert_eq!(done("thứ 6 tuần trước"), Ok(Some(day("2024-05-17"))));
    assert_eq!(done(""), Ok(None));
    for text in ["21/5", "1/1/2030", "thứ 6", "+1", "cuối tháng"] {
        assert_eq!(done(text), Err(TimeError::AfterToday(day(TODAY))), "{text}");
    }
}

#[test]
fn quarters_are_read_where_they_are_asked_for() {
    let read = |text: &str| {
        let quarters = read_quarters(text, 2024);
        quarters.map(|it| it.iter().map(|quarter| quarter.number().to_string()).collect::<String>())
    };
    let quarters = [
        ("2", "2"),
        ("II", "2"),
        ("II-III", "23"),
        ("2-3", "23"),
        ("1,4", "14"),
        ("q1, q4", "14"),
        ("Q2", "2"),
        ("Quý II, III", "23"),
        ("cả năm", "1234"),
        ("year", "1234"),
        ("5-7/2024", "23"),
        ("2/2024", "1"),
        ("Quý II, chậm nhất 15/6", "2"),
        ("thường xuyên", ""),
    ];
    for (text, expected) in quarters {
        assert_eq!(read(text), Ok(expected.to_owned()), "{text}");
    }
    assert_eq!(read("5"), Err(TimeError::NoSuchQuarter(5)));
    assert_eq!(read("III-I"), Err(TimeError::Backwards));
    assert_eq!(read("hằng quý"), Err(TimeError::ManyDays));
    assert!(read("2 3").is_err() && read("").is_err() && read("việc").is_err());
}

/// While a time is typed, what is not one yet is not called wrong.
#[test]
fn half_a_time_is_not_a_wrong_one() {
    for text in ["Quý II, chậm nhất 15/6", "tháng 5/2024", "trước ngày 15/3", "6 tháng đầu năm", "Cả năm"]
    {
        for (end, _) in text.char_indices() {
            let read = read_time(&text[..end], 2024);
            assert!(matches!(read, Ok(_) | Err(TimeError::Unfinished)), "{}: {read:?}", &text[..end]);
        }
    }
    assert_eq!(read_time("việc này", 2024), Err(TimeError::Unknown));
}

/// What stands in the column for the time, in order and out of order, and what is typed for a day.
fn any_time() -> impl Strategy<Value = String> {
    let rows = READ.iter().map(|row| row.0).chain(ONGOING.iter().chain(RECURRING).chain(REFUSED).copied());
    let whole: Vec<String> = rows.map(str::to_owned).collect();
    let pieces: Vec<String> =
        whole.iter().flat_map(|text| text.split_inclusive(' ')).map(str::to_owned).collect();
    let joined = prop::collection::vec(select(pieces), 0..7).prop_map(|pieces| pieces.concat());
    let two =
        (select(whole.clone()), select(vec![", ", " ", "; ", " và ", " - ", " ("]), select(whole.clone()));
    prop_oneof![select(whole), joined, two.prop_map(|(one, sign, other)| format!("{one}{sign}{other}"))]
}

proptest! {
    /// One text has one deadline, or is refused in one of the places.
    #[test]
    fn one_text_has_one_deadline(text in any_time(), year in 2000..2100, month in 1_u32..13) {
        let today = NaiveDate::from_ymd_opt(year, month, 14).expect("a day of the calendar");
        let (time, due) = (Period::read(&text, year), read_date(&text, year, today));
        if let (Ok(period), Ok(Some(due))) = (time, due) {
            prop_assert_eq!(period.deadline(year), Some(due));
        }
        if let (Ok(period), Ok(quarters)) = (time, read_quarters(&text, year)) {
            prop_assert_eq!(period.quarters(), quarters);
        }
    }

    /// A day that the program has written stands in a time as the same day.
    #[test]
    fn a_written_day_narrows_its_quarter(days in 0_u64..36_000) {
        let day = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day") + chrono::Days::new(days);
        let quarter = Quarter::of(day);
        for text in [
            format!("Quý {}, chậm nhất {}", quarter.roman(), write_date(day)),
            format!("Quý {} (trước ngày {})", quarter.roman(), write_date(day)),
            format!("Theo tiến độ, hoàn thành trước {}", write_date(day)),
            format!("Thường xuyên; xong trong ngày {}", write_date(day)),
        ] {
            let period = Period::read(&text, day.year());
            let read = period.map(|period| (quarters(period), period.deadline(day.year())));
            prop_assert_eq!(read, Ok((quarter.number().to_string(), Some(day))), "{}", text);
        }
    }
}
