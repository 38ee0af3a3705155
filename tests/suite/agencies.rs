//! Bodies and words: what is typed is what is saved, what is looked for is what is found.

use ratatui::style::Modifier;
use tiendo::app::Panel;
use tiendo::app::layout::Size;
use tiendo::plan::query::{Index, Query};
use tiendo::plan::{Agency, Calendar, Directory, Facet, Plan, Task};
use tiendo::view::theme::Palette;
use tiendo::words::Lang;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::stage::{Stage, plan_at};

const PLANS: [&str; 4] =
    ["data/hung-yen-2024.ron", "data/son-la-2024.ron", "data/ha-giang-2021.ron", "data/dien-bien-2023.ron"];

/// Opens the first task of the plan, and its lead or its cooperating agencies.
fn field(down: usize) -> String {
    format!("Left Home Enter {}Enter ", "Down ".repeat(down))
}

const LEAD: usize = 5;
const SUPPORT: usize = 6;

fn chosen(stage: &Stage) -> Task {
    let id = &stage.app.selected().unwrap().task.id;
    stage.plans[0].task(id).unwrap().clone()
}

#[test]
fn the_agency_that_is_typed_is_the_one_that_is_saved() {
    let decomposed: String = "Sở Nội vụ".nfd().collect();
    for (typed, saved) in [
        ("Sở Nội vụ", &["Sở Nội vụ"][..]),
        (&decomposed, &["Sở Nội vụ"]),
        ("UBND tỉnh", &["UBND tỉnh"]),
        ("Hội đồng Thi đua - Khen thưởng", &["Hội đồng Thi đua - Khen thưởng"]),
        ("SỞ TƯ PHÁP", &["Sở Tư pháp"]),
        ("Văn phòng Uỷ ban nhân dân tỉnh.", &["Văn phòng UBND tỉnh"]),
        ("tu phap", &["Sở Tư pháp"]),
        ("so y te", &["so y te"]),
        ("Sở Y tế; Sở Tư pháp", &["Sở Y tế", "Sở Tư pháp"]),
        ("Sở Tư pháp và các đơn vị liên quan", &["Sở Tư pháp", "các đơn vị liên quan"]),
        ("Sở Văn hóa, Thể thao và Du lịch", &["Sở Văn hóa, Thể thao và Du lịch"]),
        ("ban tđkt", &[]),
    ] {
        for end in ["Enter", "Tab Enter"] {
            let mut stage = Stage::in_may();
            stage.press(&format!("{}\"{typed}\" {end}", field(LEAD)));
            let lead = chosen(&stage).lead;
            // The mark of what stands there already is taken away by Tab.
            let before: &[&str] = if saved.is_empty() && end != "Enter" { &[] } else { &["Ban TĐKT"] };
            if before.is_empty() {
                assert!(matches!(stage.app.panel, Some(Panel::Pick(_))), "the last one is kept");
                continue;
            }
            // Marks are in the order of the list, what is taken as it was typed.
            let (mut lead, mut expected) = (lead, [before, saved].concat());
            if end != "Enter" {
                lead.sort();
                expected.sort_unstable();
            }
            assert_eq!(lead, expected, "{typed} {end}");
        }
    }
    let mut stage = Stage::in_may();
    stage.press(&format!("{}\"UBND tỉnh\" Enter", field(SUPPORT)));
    assert_eq!(chosen(&stage).support.last().unwrap(), "UBND tỉnh");
}

#[test]
fn a_listed_agency_is_taken_by_going_to_it() {
    let mut stage = Stage::in_may();
    stage.press(&format!("{}\"Sở Nội vụ\" Down Enter", field(LEAD)));
    assert_eq!(chosen(&stage).lead, ["Ban TĐKT", "Sở Nội vụ Hải Dương"]);
}

#[test]
fn the_last_lead_agency_is_not_taken_away() {
    let mut stage = Stage::in_may();
    stage.press(&format!("{}Tab Enter", field(LEAD)));
    assert!(matches!(stage.app.panel, Some(Panel::Pick(_))));
    assert!(stage.screen().contains("Việc phải có cơ quan chủ trì"), "{}", stage.screen());
    stage.press("\"Sở Y tế\" Enter");
    assert_eq!(chosen(&stage).lead, ["Sở Y tế"]);
}

fn ha_giang() -> Stage {
    let size = Size { width: 80, height: 24 };
    Stage::new(&["data/ha-giang-2021.ron"], size, "2021-05-20".parse().unwrap(), Lang::Vi)
}

#[test]
fn the_agencies_that_are_marked_or_typed_are_filtered_by() {
    const TWO: &[&str] = &["Sở Giáo dục và Đào tạo", "Sở Tư pháp"];
    for (keys, leads) in [
        ("\"giao duc\" Tab \"tu phap\" Tab Enter", TWO),
        ("\"giao duc\" Tab \"tu phap\" Enter", TWO),
        ("\"tu phap\" Tab \"giao duc\" Enter", TWO),
        ("\"giao duc\" Tab Enter", &TWO[..1]),
        ("\"giao duc\" Enter", &TWO[..1]),
        ("\"sgdvdt\" Enter", &TWO[..1]),
        ("\"giao duc\" Tab \"giao duc\" Tab Enter", &[]),
        ("\"giao duc\" Tab \"tat ca\" Tab Enter", &[]),
        ("\"giao duc\" Enter F4 Enter", &TWO[..1]),
        ("\"giao duc\" Enter F4 PgUp Enter", &[]),
        ("Enter", &[]),
        ("\"cơ quan\" Enter", &["Các cơ quan liên quan"]),
        ("\"thi dua trung uong\" Enter", &["Ban TĐKT TW"]),
    ] {
        let mut stage = ha_giang();
        stage.press(&format!("F4 {keys}"));
        let mut found = stage.app.query.names(Facet::Lead).to_vec();
        found.sort();
        assert_eq!(found, leads, "{keys}");
        assert!(stage.app.panel.is_none(), "{keys}");
    }
}

#[test]
fn a_filter_by_what_is_no_agency_changes_nothing() {
    let mut stage = ha_giang();
    stage.press("F4 \"tu phap\" Enter F4 \"Sở Ngoại vụ\" Enter");
    assert!(matches!(stage.app.panel, Some(Panel::Pick(_))));
    assert!(stage.screen().contains("Không có cơ quan “Sở Ngoại vụ”"), "{}", stage.screen());
    assert_eq!(stage.app.query.names(Facet::Lead), ["Sở Tư pháp"]);
}

/// The plain definition: every word without its marks begins a syllable of what belongs to the task.
fn counted(plan: &Plan, query: &str) -> Vec<usize> {
    let folded = |text: &str| {
        let letters: String = text.nfd().filter(|&c| !is_combining_mark(c)).collect();
        letters.to_lowercase().replace('đ', "d")
    };
    let listed = |name: &String| {
        let agency = plan.agencies.iter().find(|agency| agency.names().any(|it| folded(it) == folded(name)));
        let mut names: Vec<String> =
            agency.into_iter().flat_map(|it| it.names().map(str::to_owned)).collect();
        names.push(name.clone());
        names
    };
    let is_meant = |at: &usize| {
        let task = &plan.tasks[*at];
        let agencies: Vec<String> = task.lead.iter().chain(&task.support).flat_map(listed).collect();
        let text = [
            task.no.clone(),
            task.title.clone(),
            task.output.clone(),
            task.note.clone(),
            agencies.join("\n"),
        ];
        let text = folded(&text.join("\n"));
        let syllables: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        folded(query).split_whitespace().all(|word| syllables.iter().any(|it| it.starts_with(word)))
    };
    (0..plan.tasks.len()).filter(is_meant).collect()
}

fn found(plan: &Plan, query: &str) -> Vec<usize> {
    let query = Query::of_words(query);
    query.select(plan, &Index::default(), Calendar::new("2024-05-20".parse().unwrap()))
}

#[test]
fn what_is_found_is_what_a_plain_count_finds() {
    const QUERIES: [&str; 24] = [
        "hoi nghi",
        "hoi",
        "nghi",
        "so",
        "so noi vu",
        "uy ban",
        "uy ban nhan dan",
        "ubnd",
        "tong ket",
        "quy",
        "khen thuong",
        "cum khoi",
        "dai",
        "bao hung yen",
        "qua han",
        "k",
        "th",
        "ii",
        "2024",
        "luat",
        "huy chuong",
        "thi dua yeu nuoc",
        "giao uoc thi dua",
        "van phong uy ban",
    ];
    for path in PLANS {
        let plan = plan_at(path);
        for query in QUERIES {
            assert_eq!(found(&plan, query), counted(&plan, query), "{query} in {path}");
        }
    }
}

/// Queries with marks, initials, aliases and other spellings: in which plan, and how many tasks.
#[test]
fn as_many_are_found_as_there_are() {
    for (plan, query, count) in [
        (0, "\"hội nghị\"", 2),
        (1, "\"hội nghị\"", 0),
        (2, "\"hội nghị\"", 9),
        (3, "\"hội nghị\"", 5),
        (0, "ỦY BAN NHÂN DÂN", 8),
        (0, "uỷ ban nhân dân", 8),
        (0, "vpubndt", 8),
        (2, "GƯTĐ", 3),
        (2, "GUTĐ", 4),
        (2, "giao ước thi đua của tỉnh", 4),
        (0, "Báo Hưng Yên", 1),
        (0, "theo đot của", 2),
        (0, "hội kết quả xấu", 0),
    ] {
        let decomposed: String = query.nfd().collect();
        for query in [query, &decomposed] {
            assert_eq!(found(&plan_at(PLANS[plan]), query).len(), count, "{query} in {}", PLANS[plan]);
        }
    }
}

/// Other bodies, however alike their names, stay others; and no printed name falls apart that the plan lists as one.
#[test]
fn no_two_bodies_are_made_one_and_no_body_two() {
    let different = [
        "Sở Nội vụ",
        "Sở Ngoại vụ",
        "Sở Nội vụ Hải Dương",
        "Phòng Nội vụ",
        "Ban TĐKT",
        "Ban TĐKT TW",
        "Sở KH&CN",
        "Sở KH&ĐT",
        "Huyện Ân Thi",
        "Huyện An Thi",
        "Khối số 1",
        "Khối số 11",
        "Cụm I",
        "Cụm II",
        "UBND tỉnh",
        "Văn phòng UBND tỉnh",
        "Thanh Luông",
        "Thanh Lương",
        "Tân Ân",
        "Tân An",
        "Mường Ảng",
        "Mường Ẳng",
        "Hội đồng TĐKT tỉnh",
        "Hội đồng TĐKT các tỉnh",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Giáo dục và Đào tạo",
        "Các cơ quan, đơn vị, địa phương",
        "Các cơ quan liên quan",
        "Hòa An",
        "Hóa An",
    ];
    let plan = Plan { agencies: Vec::new(), tasks: vec![leading(&different)], ..plan_at(PLANS[0]) };
    let directory = Directory::of([&plan]);
    assert_eq!(directory.bodies().len(), different.len());
    for name in different {
        assert_eq!(directory.typed(name), [name]);
    }
    for path in PLANS {
        let plan = plan_at(path);
        let directory = Directory::of([&plan]);
        for name in plan.tasks.iter().flat_map(|task| task.lead.iter().chain(&task.support)) {
            assert_eq!(directory.typed(name), [directory.body(name).unwrap().name()], "{path}");
        }
    }
}

fn leading(names: &[&str]) -> std::sync::Arc<Task> {
    let lead = names.iter().map(|&name| name.to_owned()).collect();
    std::sync::Arc::new(Task { title: "Việc".to_owned(), lead, ..Task::default() })
}

#[test]
fn two_bodies_that_were_printed_in_one_name_can_be_filtered_by() {
    let hung_yen = plan_at(PLANS[0]);
    let cooperating = |plan: &Plan, name: &str| {
        plan.tasks.iter().filter(|task| task.support.iter().any(|it| it == name)).count()
    };
    assert_eq!(cooperating(&hung_yen, "Báo Hưng Yên"), 1);
    let mut stage =
        Stage::new(&[PLANS[3]], Size { width: 80, height: 24 }, "2023-05-20".parse().unwrap(), Lang::Vi);
    stage.press("F4 F4 \"van phong ubnd\" Enter");
    assert_eq!(stage.app.shown().rows.len(), 25);
}

#[test]
fn arrows_pass_by_columns_without_a_match() {
    let mut stage = ha_giang();
    stage.press("F7 \"hoi nghi tong ket\" Enter");
    let columns: Vec<usize> = stage.app.shown().board.lanes.iter().map(|lane| lane.rows.len()).collect();
    assert!(columns.contains(&0) && columns.iter().filter(|&&count| count > 0).count() > 1, "{columns:?}");
    for _ in 0..4 {
        stage.press("Right");
        assert!(stage.app.selected().is_some());
    }
    for _ in 0..4 {
        stage.press("Left");
        assert!(stage.app.selected().is_some());
    }
    let mut stage = Stage::in_may();
    stage.press("F4 \"so tu phap\" Enter Esc Right Right Right");
    assert!(stage.app.selected().is_some());
}

/// The words that stand out in bold and underlined, below so many rows of the screen.
fn marked(stage: &Stage, heads: usize) -> Vec<String> {
    let buffer = stage.buffer();
    let mut words = vec![String::new()];
    for cell in buffer.content.chunks(usize::from(buffer.area.width)).skip(heads).flatten() {
        if cell.modifier.contains(Modifier::BOLD | Modifier::UNDERLINED) {
            words.last_mut().unwrap().push_str(cell.symbol());
        } else if !words.last().unwrap().is_empty() {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
    words.sort();
    words.dedup();
    words
}

#[test]
fn what_a_search_has_found_is_marked_without_colour_too() {
    for palette in [Palette::Auto, Palette::Mono, Palette::Projector] {
        for open in ["", "F5 "] {
            let mut stage = Stage::in_may();
            stage.theme.palette = palette;
            stage.press(&format!("{open}F7 \"tuyen truyen\" Enter"));
            let words = marked(&stage, 3);
            assert!(words.iter().any(|word| word == "tuyên"), "{palette:?} {open}: {words:?}");
            assert!(
                words.iter().all(|word| ["tuyên", "truyền", "Truyền"].contains(&word.as_str())),
                "{words:?}"
            );
        }
    }
    let mut stage = Stage::in_may();
    stage.press("F4 \"thi dua\"");
    assert_eq!(marked(&stage, 4), ["Thi", "đua"]);
}

/// A listed agency without a name takes no key from another that is written with signs alone.
#[test]
fn an_agency_that_is_listed_without_a_name_stands_for_no_other() {
    let agency = |name: &str, aliases: &[&str]| Agency {
        name: name.to_owned(),
        full: String::new(),
        aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
        ..Agency::default()
    };
    let agencies = vec![agency("-", &["Sở Nội vụ"]), agency("", &[])];
    let directory = Directory::of([&Plan { agencies, ..Plan::default() }]);
    assert_eq!(directory.place("-"), directory.place("Sở Nội vụ"));
    assert_eq!(directory.places(&[String::new(), " ".to_owned()]), Vec::<usize>::new());
}
