//! The language in which queries are typed and kept, the lists to filter by, and views that are saved.

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use tiendo::app::keymap::Mode;
use tiendo::app::layout::Size;
use tiendo::plan::query::{Index, Lateness, Query, QueryContext, QueryError};
use tiendo::plan::{
    Calendar, Change, Column, Edit, Extension, Facet, Person, Plan, PlanField, Quarter, SavedView, Section,
    State, Status,
};
use tiendo::words::Lang;

use crate::stage::{Stage, plan_at};

const TODAY: &str = "2024-05-20";

/// Hưng Yên's plan with officers, sources and people in it.
pub(crate) fn office_plan() -> Plan {
    let mut plan = plan_at("data/hung-yen-2024.ron");
    let person =
        |login: &str, name: &str| Person { login: login.into(), name: name.into(), ..Person::default() };
    plan.people = vec![person("lan", "Trần Thị Lan"), person("hung", "Lê Văn Hùng")];
    if plan.sections.is_empty() {
        plan.sections = vec![Section { no: "I".into(), title: "Phong trào thi đua".into() }];
    }
    let officers = ["Trần Thị Lan", "lan", "Lê Văn Hùng", "", "Phạm Minh"];
    let sources = ["", "", "Công văn 12/UBND-NC: về việc; gấp | hỏa tốc", "Thông báo “kết luận” số 5"];
    for (at, task) in plan.tasks.iter_mut().enumerate() {
        let task = std::sync::Arc::make_mut(task);
        officers[at % officers.len()].clone_into(&mut task.officer);
        sources[at % sources.len()].clone_into(&mut task.source);
    }
    plan
}

fn parse(plan: &Plan, text: &str) -> Result<Query, QueryError> {
    let calendar = Calendar::new(TODAY.parse().unwrap());
    Query::parse(text, &QueryContext { plan, index: &Index::default(), calendar, user: "lan" })
}

fn shown(plan: &Plan, query: &Query) -> Vec<usize> {
    query.select(plan, &Index::default(), Calendar::new(TODAY.parse().unwrap()))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_query_is_read_in_both_languages_with_and_without_tones() {
    let plan = office_plan();
    let wanted = Query::of_words("quy chế").with(Facet::Officer, vec!["Trần Thị Lan".into()]);
    let mut wanted = Query { statuses: vec![Status::Doing], states: vec![State::Overdue], ..wanted };
    wanted.columns = vec![Column::Quarter(Quarter::Q3)];
    wanted.due.to = Some(day("2024-06-30"));
    for text in [
        "quy chế; phụ trách: lan; trạng thái: đang; tình trạng: quá-hạn; quý: 3; hạn <= 30/6",
        "quy chế phụ trách:\"Trần Thị Lan\" trạng thái:đang tình trạng:quá-hạn quý:3 hạn<=30/6",
        "hạn ≤ 30/6 quý: III tinh trang: qua han trang thai: dang phu trach: “tran thi lan” quy chế",
        "officer: me; status: doing; state: overdue; quarter: Q3; due <= 2024-06-30; quy chế",
        "  PHỤ TRÁCH : Tôi ;; quý = 3; hạn < 1/7; tình trạng: quá hạn; Trạng Thái: Đang thực hiện; quy chế",
    ] {
        assert_eq!(parse(&plan, text).unwrap(), wanted, "{text}");
    }
    assert_eq!(
        wanted.written(),
        "quy chế; phụ trách: Trần Thị Lan; quý: III; trạng thái: đang thực hiện; tình trạng: quá hạn; \
         hạn <= 30/06/2024"
    );
}

#[test]
fn several_values_of_one_key_widen_it() {
    let plan = office_plan();
    let both =
        parse(&plan, "trạng thái: xong | đang; trạng thái: tạm dừng; hạn: quá hạn | trong 7 ngày").unwrap();
    assert_eq!(both.statuses, [Status::Done, Status::Doing, Status::Paused]);
    assert_eq!(both.lateness, Lateness::OverdueOrWithin(7));
    let beside = parse(&plan, "nguồn: ngoài").unwrap();
    let with_source = |at: &usize| !plan.tasks[*at].source.is_empty();
    let expected: Vec<usize> = (0..plan.tasks.len()).filter(with_source).collect();
    assert_eq!(shown(&plan, &beside), expected);
    let none = parse(&plan, "phụ trách: chưa có").unwrap();
    assert!(shown(&plan, &none).iter().all(|at| plan.tasks[*at].officer.is_empty()));
    assert!(!shown(&plan, &none).is_empty());
}

#[test]
fn what_was_extended_is_found_by_how_often() {
    let mut plan = office_plan();
    for (at, times) in [(1, 1), (4, 2)] {
        std::sync::Arc::make_mut(&mut plan.tasks[at]).extensions = vec![Extension::default(); times];
    }
    for (text, expected) in [
        ("gia hạn: có", vec![1, 4]),
        ("gia han >= 1", vec![1, 4]),
        ("extended: yes", vec![1, 4]),
        ("gia hạn > 1", vec![4]),
        ("quý: 1 gia hạn>=3", vec![]),
    ] {
        assert_eq!(shown(&plan, &parse(&plan, text).unwrap()), expected, "{text}");
    }
    assert_eq!(parse(&plan, "gia hạn: có").unwrap().written(), "gia hạn: có");
    assert_eq!(parse(&plan, "gia hạn > 1").unwrap().written(), "gia hạn >= 2");
    assert!(parse(&plan, "gia hạn <= 1").is_err());
}

#[test]
fn one_person_is_one_by_name_and_by_login() {
    let plan = office_plan();
    let lans = shown(&plan, &parse(&plan, "phụ trách: tôi").unwrap());
    let is_lan = |at: &usize| ["lan", "Trần Thị Lan"].contains(&plan.tasks[*at].officer.as_str());
    assert_eq!(lans, (0..plan.tasks.len()).filter(is_lan).collect::<Vec<_>>());
    assert!(lans.len() > 5);
}

#[test]
fn what_is_typed_wrong_is_told_with_its_place() {
    let plan = office_plan();
    for (text, at, told) in [
        ("quy chế; phụ trách: Bích", "Bích", "kế hoạch không có người phụ trách “Bích”"),
        ("trạng thái: xanh", "xanh", "“xanh” không dùng được cho “trạng thái:”"),
        ("mục:", "", "sau “mục:” còn thiếu giá trị"),
        ("hạn <= 31/2; quy", "31/2", "“31/2”: "),
        ("quý <= 3", "3", "sau “quý” phải là dấu hai chấm"),
        ("phụ trahc: lan", "phụ trahc", "có phải là “phụ trách:”?"),
        ("phụ trách: thị", "thị", ""),
    ] {
        let Err(error) = parse(&plan, text) else {
            assert_eq!(told, "", "{text} is understood");
            continue;
        };
        assert_eq!(&text[error.range().clone()], at, "{text}");
        assert!(error.message(Lang::Vi).contains(told), "{text}: {}", error.message(Lang::Vi));
    }
}

#[test]
fn words_with_a_colon_are_words() {
    let plan = office_plan();
    for text in ["lúc 8:30", "gồm: quy chế", "“mục: II”", "ban: tổ chức", "a <= b"] {
        let query = parse(&plan, text).unwrap();
        assert_eq!(query, Query::of_words(text), "{text}");
        assert_eq!(
            parse(&plan, &query.written()).map(|it| shown(&plan, &it)),
            Ok(shown(&plan, &query)),
            "{text}"
        );
    }
}

prop_compose! {
    fn a_query(plan: Plan)(
        words in select(vec!["", "quy chế", "hội nghị 2024", "“thi đua khen thưởng”", "57-NQ/TW"]),
        names in Facet::ALL.map(|facet| {
            let mut names = names(&plan, facet);
            names.push(String::new());
            let most = names.len().min(3);
            subsequence(names, 0..=most)
        }),
        columns in subsequence(Column::ALL.to_vec(), 0..=5),
        statuses in subsequence(Status::ALL.to_vec(), 0..=5),
        states in subsequence(State::ALL.to_vec(), 0..=9),
        lateness in select(vec![
            Lateness::Any, Lateness::Overdue, Lateness::Within(30), Lateness::OverdueOrWithin(7),
        ]),
        days in prop::collection::vec(prop::option::of(1..=366_u32), 2),
        extended in 0_usize..4,
    ) -> Query {
        let query = Query::of_words(words);
        let query = Facet::ALL.into_iter().zip(names).fold(query, |query, (facet, names)| query.with(facet, names));
        let mut query = Query { columns, statuses, states, lateness, extended, ..query };
        let day = |nth: Option<u32>| nth.and_then(|nth| NaiveDate::from_yo_opt(2024, nth));
        (query.due.from, query.due.to) = (day(days[0]), day(days[1]));
        query
    }
}

fn names(plan: &Plan, facet: Facet) -> Vec<String> {
    Index::default().facet(plan, facet).values.iter().map(|value| value.name.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn what_is_written_is_read_as_the_same_query(query in Just(office_plan()).prop_flat_map(a_query)) {
        let plan = office_plan();
        let written = query.written();
        prop_assert_eq!(parse(&plan, &written), Ok(query), "{}", written);
    }

    #[test]
    fn no_text_is_too_odd_to_be_read(text in "[ -~àáđ“”;:|<>=\n]{0,60}", pair in select(vec!["mục:", "hạn <", "chủ trì: \""])) {
        let plan = office_plan();
        for text in [text.clone(), format!("{text}{pair}"), format!("{pair}{text}"), format!("{pair}{text}; {pair}")] {
            match parse(&plan, &text) {
                Ok(query) => {
                    let again = parse(&plan, &query.written());
                    prop_assert_eq!(again.map(|it| it.written()), Ok(query.written()), "{}", text);
                }
                Err(error) => {
                    prop_assert!(text.get(error.range().clone()).is_some(), "{}", text);
                    prop_assert!(!error.message(Lang::Vi).is_empty());
                }
            }
        }
    }
}

fn stage_of(plan: Plan, size: Size) -> Stage {
    Stage::on(plan, size)
}

/// Every line of every list says how many tasks it leaves, and leaves so many.
#[test]
fn the_counts_of_a_list_are_what_is_shown() {
    let mut stage = stage_of(office_plan(), Size { width: 120, height: 40 });
    let mut seen = 0;
    for facet in Facet::ALL {
        let plan = stage.app.plan().unwrap().clone();
        let index = Index::default();
        for value in &index.facet(&plan, facet).values {
            let query = Query::default().with(facet, vec![value.name.clone()]);
            let count = shown(&plan, &query).len();
            let facet = index.facet(&plan, facet);
            let place = facet.place(&value.name).unwrap();
            let has = (0..plan.tasks.len()).filter(|at| facet.of_task(*at).contains(&place)).count();
            assert_eq!(count, has, "{}", value.name);
            seen += 1;
        }
    }
    assert!(seen > 20);
    stage.press("F9 \"loc nguoi phu trach\" Enter");
    let screen = stage.screen();
    let mine = screen.lines().find(|line| line.contains("Việc của tôi (Trần Thị Lan)")).unwrap();
    let count = shown(stage.app.plan().unwrap(), &stage.app.shown().query().clone()).len();
    assert!(mine.contains(&format!("{count} việc")), "{mine}");
    assert_eq!(stage.app.shown().rows.len(), count, "the board behind it shows them already");
    stage.press("Esc");
    assert!(stage.app.query.is_empty() && stage.app.shown().rows.len() == stage.app.shown().all);
}

#[test]
fn the_lists_to_filter_by_follow_each_other_and_keep_what_is_marked() {
    let mut stage = stage_of(office_plan(), Size { width: 120, height: 40 });
    stage.press("F4 Down Tab F4 F4");
    assert!(stage.screen().contains("Lọc theo người phụ trách"), "{}", stage.screen());
    assert_eq!(stage.app.query.names(Facet::Lead).len(), 1);
    stage.press("\"hùng\" Enter");
    let query = stage.app.query.clone();
    assert_eq!(
        (query.names(Facet::Lead).len(), query.names(Facet::Officer)),
        (1, &["Lê Văn Hùng".to_owned()][..])
    );
    stage.press("F4 F4 F4 Esc");
    assert_eq!(stage.app.query, query, "Esc puts all back");
    stage.press("0");
    assert!(stage.app.query.is_empty());
}

#[test]
fn pairs_in_the_search_are_filters_and_words_stay_words() {
    let mut stage = stage_of(office_plan(), Size { width: 120, height: 40 });
    stage.press("F7 \"phu trach: hung; ket qua\"");
    assert!(
        stage.screen().contains("= kết quả") || stage.screen().contains("phụ trách: Lê Văn Hùng"),
        "{}",
        stage.screen()
    );
    assert_eq!(stage.app.shown().query().names(Facet::Officer), ["Lê Văn Hùng"]);
    stage.press("Enter");
    assert_eq!((stage.app.search.text(), stage.app.query.names(Facet::Officer).len()), ("ket qua", 1));
    stage.press("0 F7 \"trạng thái: xan\" Enter");
    assert_eq!(stage.app.mode(), Mode::Search, "what is wrong stays in the field");
    assert!(stage.screen().contains("không dùng được"), "{}", stage.screen());
    stage.press("Esc");
    assert!(stage.app.query.is_empty() && stage.app.search.is_empty());
    stage.press("F7 \"ban: bao\" Enter");
    assert_eq!(stage.app.search.text(), "ban: bao", "plain words stay what they are");
}

#[test]
fn a_view_is_saved_opened_renamed_and_deleted() {
    let mut stage = stage_of(office_plan(), Size { width: 120, height: 40 });
    stage.press("F9 \"lưu bộ lọc\" Enter");
    assert!(stage.screen().contains("Chưa lọc gì"), "{}", stage.screen());
    stage.press("F7 \"phu trach: hung; trang thai: chua\" Enter F5 F9 \"luu bo loc\" Enter \"Giao ban thứ Hai\" Enter");
    let query = "phụ trách: Lê Văn Hùng; trạng thái: chưa thực hiện";
    let saved = |name: &str| SavedView {
        name: name.into(),
        query: query.into(),
        order: String::new(),
        screen: "deadlines".into(),
    };
    assert_eq!(stage.plans[0].views, [saved("Giao ban thứ Hai")]);
    let filter = stage.app.query.clone();
    stage.press("0 F5 F9 \"giao ban thu\" Enter");
    assert_eq!((&stage.app.query, stage.app.view().mode), (&filter, Mode::Deadlines));
    stage.press("F9 \"doi ten bo loc\" Enter Enter Ctrl-U \"Thứ Ba\" Enter");
    assert_eq!(stage.plans[0].views, [saved("Thứ Ba")]);
    stage.press("F9 \"xoa bo loc\" Enter Enter");
    assert_eq!(stage.plans[0].views, []);
    stage.press("Ctrl-Z");
    assert_eq!(stage.plans[0].views, [saved("Thứ Ba")]);
}

#[test]
fn two_who_save_a_view_at_once_are_both_kept() {
    let mut stage = stage_of(office_plan(), Size { width: 120, height: 40 });
    stage.press("F7 \"quý: 2\" Enter F9 \"luu bo loc\" Enter \"Của tôi\"");
    stage.others_unheard(|plan| {
        let theirs =
            SavedView { name: "Của Hùng".into(), query: "quý: 3".into(), ..SavedView::default() };
        vec![Change::Head(Edit::of(PlanField::Views, plan, vec![theirs]))]
    });
    stage.press("Enter");
    let names: Vec<&str> = stage.plans[0].views.iter().map(|view| view.name.as_str()).collect();
    assert!(names.contains(&"Của tôi") && names.contains(&"Của Hùng"), "{names:?}");
}

/// All tasks of the plan have the same lead, which is where the lists begin.
#[test]
fn the_lists_to_filter_by_are_gone_through_in_a_circle() {
    let mut stage = Stage::in_may();
    stage.press("F4");
    let first = stage.screen();
    assert!(first.contains("Lọc theo cơ quan chủ trì (F4: phối hợp)"), "{first}");
    stage.press("F4");
    assert!(stage.screen().contains("Lọc theo cơ quan phối hợp (F4: chủ trì)"), "{}", stage.screen());
    stage.press("F4");
    assert_eq!(stage.screen(), first);
}
