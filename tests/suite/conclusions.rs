//! The conclusion of a meeting, as it is said and typed: what is read of it, what is left alone, and that no word of it
//! is lost.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::select;
use tiendo::document::Document;
use tiendo::plan::conclusion::Conclusion;
use tiendo::plan::{Directory, Plan};
use tiendo::text;
use unicode_normalization::UnicodeNormalization;

/// What is said, and what is read of it.
const CASES: &str = include_str!("conclusions.txt");

/// What is said, and the title, the lead, the cooperating agencies, the words of the time and its deadline.
type Case = (&'static str, [&'static str; 5]);

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let Some((_, said)) = cases.last_mut().filter(|_| line.starts_with(' ')) else {
            cases.push((line, [""; 5]));
            continue;
        };
        match line.trim().split_once(": ").unwrap() {
            ("việc", title) => said[0] = title,
            ("chủ trì", lead) => said[1] = lead,
            ("phối hợp", support) => said[2] = support,
            ("thời gian", time) => (said[3], said[4]) = time.rsplit_once(" = ").unwrap(),
            (name, _) => panic!("{name} is no field"),
        }
    }
    cases
}

static PLAN: LazyLock<Plan> = LazyLock::new(|| {
    let names = [
        r#"name: "Ban TĐKT, Sở Nội vụ", full: "Ban Thi đua - Khen thưởng, Sở Nội vụ", aliases: ["Ban Thi đua - Khen thưởng"]"#,
        r#"name: "Sở Nội vụ""#,
        r#"name: "Sở Tư pháp""#,
        r#"name: "Sở Tài chính""#,
        r#"name: "Sở Giáo dục và Đào tạo""#,
        r#"name: "Văn phòng UBND tỉnh", full: "Văn phòng Ủy ban nhân dân tỉnh""#,
        r#"name: "UBND tỉnh", full: "Ủy ban nhân dân tỉnh""#,
        r#"name: "Hội đồng TĐKT tỉnh", full: "Hội đồng Thi đua - Khen thưởng tỉnh""#,
        r#"name: "UBND các huyện, thị xã, thành phố""#,
        r#"name: "Các cơ quan liên quan""#,
        r#"name: "các Cụm, Khối thi đua của tỉnh""#,
        r#"name: "Công an tỉnh""#,
        r#"name: "Đài Phát thanh và Truyền hình""#,
    ];
    let agencies = names.map(|names| format!("({names})")).join(", ");
    let text = format!("Plan(title: \"P\", year: 2024, agencies: [{agencies}])");
    Document::read(text.into_bytes()).unwrap().plan().clone()
});

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn read(text: &str, directory: &Directory) -> Conclusion {
    Conclusion::read(text, directory, 2024, day("2024-05-20"))
}

/// What was read, as a row of the table has it.
fn told(read: &Conclusion) -> [String; 5] {
    let words = read.time.as_ref().map(|time| time.words.clone());
    let deadline = read.time.as_ref().and_then(|time| time.period.deadline(2024));
    [
        read.title.clone(),
        read.lead.join("; "),
        read.support.join("; "),
        words.unwrap_or_default(),
        match deadline {
            Some(day) => day.to_string(),
            None if read.time.is_some() => "-".to_owned(),
            None => String::new(),
        },
    ]
}

#[test]
fn what_is_said_is_read() {
    let directory = Directory::of([&*PLAN]);
    let mut wrong = Vec::new();
    assert!(cases().len() > 130, "only {} sentences are found", cases().len());
    for (said, expected) in cases() {
        for said in [said.to_owned(), said.nfd().collect()] {
            let told = told(&read(&said, &directory));
            if told != expected {
                wrong.push(format!("{said}\n  read     {told:?}\n  expected {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} sentences\n{}", wrong.len(), wrong.join("\n"));
}

/// The words of a text; without marks, if they are compared with those of a text without.
fn words(text: &str, like: &str) -> Vec<String> {
    let is_plain = text::fold(like).chars().eq(like
        .to_lowercase()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars());
    let text = if is_plain { text::fold(text) } else { text.to_lowercase() };
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// What says how the fields hang together, and no more: the longer before those that are a part of them.
const FRAME: [&str; 49] = [
    "chủ tịch ubnd tỉnh",
    "ubnd tỉnh",
    "thống nhất",
    "giao nhiệm vụ cho",
    "giao trách nhiệm cho",
    "giao cho",
    "giao",
    "phân công cho",
    "phân công",
    "trân trọng đề nghị",
    "đề nghị",
    "yêu cầu",
    "có trách nhiệm chủ trì",
    "có trách nhiệm phối hợp thực hiện",
    "có trách nhiệm phối hợp",
    "chịu trách nhiệm chủ trì",
    "chịu trách nhiệm chính",
    "là cơ quan chủ trì",
    "là đơn vị chủ trì",
    "làm cơ quan chủ trì",
    "làm đơn vị chủ trì",
    "làm chủ trì",
    "là cơ quan đầu mối",
    "là đơn vị đầu mối",
    "làm cơ quan đầu mối",
    "làm đơn vị đầu mối",
    "là cơ quan thường trực",
    "là cơ quan phối hợp",
    "là đơn vị phối hợp",
    "làm đầu mối",
    "là đầu mối",
    "có trách nhiệm",
    "chịu trách nhiệm",
    "có nhiệm vụ",
    "chủ trì",
    "có sự phối hợp của",
    "chủ động phối hợp với",
    "chủ động phối hợp",
    "phối hợp chặt chẽ với",
    "phối hợp chặt chẽ",
    "phối hợp cùng với",
    "phối hợp thực hiện",
    "phối hợp với",
    "phối hợp",
    "phấn đấu",
    "phải",
    "các",
    "và",
    "cùng",
];

/// The words of a sentence that are nowhere in what was read of it.
fn lost(said: &str, read: &Conclusion, directory: &Directory) -> String {
    let mut kept: HashMap<String, usize> = HashMap::new();
    let bodies = || read.lead.iter().chain(&read.support);
    let names = bodies().flat_map(|name| match directory.body(name) {
        Some(body) => body.names().collect(),
        None => vec![name.as_str()],
    });
    let time = read.time.iter().map(|time| time.words.as_str());
    for word in [read.title.as_str()].into_iter().chain(time).flat_map(|text| words(text, said)) {
        *kept.entry(word).or_default() += 1;
    }
    // A body that is named twice is one body all the same.
    for word in names.flat_map(|name| words(name, said)) {
        kept.insert(word, usize::MAX);
    }
    let initials: Vec<String> = bodies().map(|name| text::initials(name).replace('v', "")).collect();
    let mut lost = words(said, said);
    lost.retain(|word| {
        let is_kept = kept.get_mut(word).filter(|left| **left > 0).map(|left| *left -= 1).is_some();
        let is_short =
            word.len() > 1 && initials.iter().any(|it| it.contains(&text::fold(word).replace('v', "")));
        !is_kept && !is_short
    });
    for phrase in FRAME.iter().map(|phrase| words(phrase, said)) {
        while phrase.iter().all(|word| lost.contains(word)) {
            for word in &phrase {
                lost.remove(lost.iter().position(|it| it == word).unwrap());
            }
        }
    }
    lost.join(" ")
}

#[test]
fn a_body_that_is_named_twice_is_there_once() {
    let directory = Directory::of([&*PLAN]);
    let said = "Sở Tư pháp và Sở Tư pháp giao";
    let read = read(said, &directory);
    assert_eq!(
        (read.lead.as_slice(), lost(said, &read, &directory).as_str()),
        (&["Sở Tư pháp".to_owned()][..], "")
    );
}

#[test]
fn no_word_that_was_typed_is_lost() {
    let directory = Directory::of([&*PLAN]);
    for (said, _) in cases() {
        for (end, _) in said.char_indices().step_by(3).chain([(said.len(), ' ')]) {
            // The number of an entry in a list is none of its words.
            let behind = said[..end].trim_start_matches(['1', '2', '3', '.', 'a', ')', '-']);
            let lost = lost(behind, &read(&said[..end], &directory), &directory);
            assert_eq!(lost, "", "{}", &said[..end]);
        }
    }
}

/// A body that is there while a sentence is typed is there in the end, or was the beginning of one.
#[test]
fn a_body_that_was_read_stays() {
    let directory = Directory::of([&*PLAN]);
    for (said, [_, lead, support, ..]) in cases().into_iter().filter(|(_, expected)| !expected[1].is_empty())
    {
        let names = lead.split("; ").chain(support.split("; ")).flat_map(|name| match directory.body(name) {
            Some(body) => body.names().collect(),
            None => vec![name],
        });
        let bodies: Vec<String> = names.flat_map(|name| [text::fold(name), text::initials(name)]).collect();
        for (end, _) in said.match_indices(' ') {
            let read = read(&said[..end], &directory);
            for body in read.lead.iter().chain(&read.support) {
                assert!(bodies.iter().any(|it| it.contains(&text::fold(body))), "{body} in {}", &said[..end]);
            }
        }
    }
}

#[test]
fn what_is_told_from_the_meeting_is_written_as_a_day() {
    let directory = Directory::of([&*PLAN]);
    for (said, written) in [
        ("Giao Sở Nội vụ rà soát, hoàn thành trong tuần này", "26/05/2024"),
        ("Giao Sở Nội vụ rà soát, hoàn thành trong quý III", "hoàn thành trong quý III"),
        ("Giao Sở Nội vụ rà soát, trước ngày 15/6", "trước ngày 15/6"),
    ] {
        assert_eq!(read(said, &directory).time.unwrap().written(2024), written);
    }
    // On a Thursday late in May the next month may be meant.
    let late = Conclusion::read("Rà soát, hoàn thành trong tháng", &directory, 2024, day("2024-05-30"));
    assert_eq!(late.time, None);
}

/// Parts of conclusions, which stand in any order.
const PARTS: [&str; 44] = [
    "Giao",
    "giao",
    "Đề nghị",
    "Yêu cầu",
    "UBND tỉnh",
    "Sở Nội vụ",
    "Sở Tư pháp",
    "so noi vu",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Ban TĐKT, Sở Nội vụ",
    "Văn phòng",
    "các cơ quan",
    "các Sở:",
    "Tài chính",
    "liên quan",
    "đồng chí",
    "chủ trì",
    "có trách nhiệm",
    "phối hợp với",
    "phối hợp",
    "và",
    ",",
    ", ",
    ";",
    ".",
    ":",
    "(",
    ")",
    "“",
    "rà soát",
    "quy chế",
    "tham mưu",
    "tổ chức",
    "hoàn thành",
    "trước ngày",
    "trong",
    "tháng 6",
    "15/6",
    "quý II",
    "tuần này",
    "/",
    "2024",
    "báo cáo",
    "Hưng Yên",
];

fn a_sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(select(&PARTS[..]), 0..30).prop_map(|parts| parts.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn any_sentence_keeps_its_words(said in a_sentence()) {
        let directory = Directory::of([&*PLAN]);
        let conclusion = read(&said, &directory);
        prop_assert_eq!(lost(&said, &conclusion, &directory), "", "{:?}", conclusion);
        for name in &conclusion.support {
            prop_assert!(!conclusion.lead.contains(name));
        }
        prop_assert!(conclusion.title.chars().next().is_none_or(|first| !first.is_lowercase()));
    }

    #[test]
    fn any_text_is_read(said in any::<String>(), more in "\\PC*") {
        let directory = Directory::of([&*PLAN]);
        for said in [format!("{said}{more}"), format!("Giao {said}, Sở Nội vụ {more} trước {said}15/6{more}")] {
            let read = read(&said, &directory);
            prop_assert!(text::is_nfc(&read.title));
        }
    }
}
