//! The summary: its figures add up, and each of them is the tasks that it opens.

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use tiendo::app::layout::Size;
use tiendo::app::summary::COLUMNS;
use tiendo::app::{Event, keymap::Mode};
use tiendo::plan::query::{Index, Lateness, Query};
use tiendo::plan::summary::{CountedTask, Figures, Grouping, ReportClass, Summary};
use tiendo::plan::{
    Calendar, Change, Column, Edit, Facet, Field, Plan, Quarter, State, Status, Task, TaskId,
};
use tiendo::words::Lang;

use crate::drawing::{plan_of, stage};
use crate::laws::{a_day, a_name, a_plan};
use crate::plans;
use crate::stage::Stage;

prop_compose! {
    fn a_query()(
        search in select(vec!["", "", "", "so", "sở nội", "a"]),
        leads in prop::collection::vec(a_name(), 0..3),
        supports in prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(a_name(), 0..3)],
        columns in prop_oneof![2 => Just(Vec::new()), 1 => subsequence(Column::ALL.to_vec(), 0..=5)],
        statuses in prop_oneof![2 => Just(Vec::new()), 1 => subsequence(Status::ALL.to_vec(), 0..=5)],
        states in prop_oneof![2 => Just(Vec::new()), 1 => subsequence(State::ALL.to_vec(), 0..=9)],
        lateness in select(vec![
            Lateness::Any, Lateness::Any, Lateness::Overdue, Lateness::Within(30), Lateness::OverdueOrWithin(30),
        ]),
    ) -> Query {
        let query = Query::of_words(search).with(Facet::Lead, leads).with(Facet::Support, supports);
        Query { columns, statuses, states, lateness, ..query }
    }
}

/// A day on which some of the tasks are late and others are not.
fn a_calendar() -> impl Strategy<Value = Calendar> {
    let in_year = (1..=366_u32).prop_map(|day| NaiveDate::from_yo_opt(2024, day).unwrap());
    prop_oneof![3 => in_year, 1 => a_day()].prop_map(Calendar::new)
}

fn in_2024(plan: Plan) -> Plan {
    Plan { year: 2024, ..plan }
}

fn figures(plan: &Plan, places: &[usize], calendar: Calendar) -> Figures {
    Figures::of(places.iter().map(|&at| (&*plan.tasks[at], plan.year)), calendar)
}

proptest! {
    #[test]
    fn figures_add_up_for_every_plan_day_and_filter(
        plan in a_plan().prop_map(in_2024), calendar in a_calendar(), query in a_query(),
    ) {
        let index = Index::default();
        let foot = figures(&plan, &query.select(&plan, &index, calendar), calendar);
        let classes = |figures: &Figures| {
            ReportClass::ALL.iter().map(|class| figures.in_class(Some(*class))).sum::<usize>()
        };
        prop_assert_eq!(classes(&foot), foot.total());
        for grouping in Grouping::ALL {
            let selected = query.select(&plan, &index, calendar);
            let tasks = selected.iter().map(|&at| CountedTask { plan: &plan, index: &index, at });
            let summary = Summary::of(grouping, tasks, &query, calendar);
            let sum: usize = summary.rows.iter().map(|row| row.figures.total()).sum();
            prop_assert!(sum >= foot.total(), "{:?}: {} of {}", grouping, sum, foot.total());
            for row in &summary.rows {
                prop_assert_eq!(classes(&row.figures), row.figures.total());
                for column in COLUMNS {
                    let cell = row.group.narrow(&query);
                    let cell = column.map_or_else(|| cell.clone(), |class| class.narrow(&cell));
                    let count = cell.select(&plan, &index, calendar).len();
                    let told = row.figures.in_class(column);
                    // No query leaves nothing: a class that the filter leaves out has no tasks to show.
                    let is_left_out = told == 0 && !query.states.is_empty();
                    prop_assert!(told == count || is_left_out, "{:?} {:?}: {} tasks", row, column, count);
                }
            }
        }
    }
}

fn opened(stage: &Stage) -> usize {
    stage.app.shown().rows.len()
}

fn figure(stage: &Stage, row: usize, column: usize) -> usize {
    let row = stage.app.summary().rows.get(row).map_or(stage.app.shown().figures, |row| row.figures);
    row.in_class(COLUMNS[column])
}

/// Opens the chosen figure and comes back to it.
fn check_figure(stage: &mut Stage, row: usize, column: usize) {
    let (figure, before, query) = (figure(stage, row, column), stage.screen(), stage.app.query.clone());
    stage.press("Enter");
    if figure == 0 {
        assert!(stage.screen().contains("không có việc nào"), "{before}");
        return;
    }
    assert_eq!((stage.app.mode(), opened(stage)), (Mode::Board, figure), "{before}");
    assert!(stage.app.selected().is_some(), "{}", stage.screen());
    let is_narrowed = stage.app.query != query;
    stage.press(if is_narrowed { "Esc" } else { "F6" });
    assert_eq!((&stage.screen(), &stage.app.query), (&before, &query));
}

fn check_every_figure(stage: &mut Stage) {
    stage.press("F6");
    for _ in Grouping::ALL {
        stage.press("Home");
        for row in 0..=stage.app.summary().rows.len() {
            stage.press(&"Left ".repeat(COLUMNS.len()));
            for column in 0..COLUMNS.len() {
                check_figure(stage, row, column);
                stage.press("Right");
            }
            stage.press("Down");
        }
        stage.press("F6");
    }
}

const USUAL: Size = Size { width: 80, height: 24 };

/// Some of it late, some done, some led by several.
fn lively(tasks: usize) -> Stage {
    let plan = plans::plan(tasks, plans::Wording::Printed);
    stage(plan, USUAL, plans::today(), Lang::Vi)
}

#[test]
fn each_figure_opens_its_tasks_and_gives_the_table_back() {
    check_every_figure(&mut lively(60));
    check_every_figure(lively(60).press("F7 \"thi dua\" Enter"));
    check_every_figure(lively(60).press("F4 \"ban\" Tab \"ubnd\" Tab Enter"));
}

#[test]
fn what_a_figure_has_opened_stays_in_sight_and_one_key_clears_it() {
    let mut stage = Stage::in_may();
    stage.press("F6 Right Right Right Right Enter");
    let screen = stage.screen();
    assert!(screen.contains("Quý I · Quá hạn"), "{screen}");
    stage.press("0");
    assert_eq!((stage.app.mode(), opened(&stage)), (Mode::Board, stage.plans[0].tasks.len()));
    // What was cleared does not come back.
    stage.press("F6 Esc");
    assert_eq!((stage.app.mode(), stage.app.query.is_empty()), (Mode::Board, true));
}

#[test]
fn a_filter_that_was_changed_meanwhile_stays_when_the_table_is_looked_at_again() {
    let mut stage = Stage::in_may();
    stage.press("F6 Down Enter F7 \"hoi nghi\" Enter");
    let query = stage.app.query.clone();
    stage.press("F6");
    assert_eq!(stage.app.query, query);
}

#[test]
fn tab_goes_round_the_views_of_a_plan() {
    let mut stage = Stage::in_may();
    let mut seen = vec![stage.app.mode()];
    for key in ["Tab", "F3", "Tab", "Tab"] {
        seen.push(stage.press(key).app.mode());
    }
    assert_eq!(seen, [Mode::Board, Mode::Deadlines, Mode::Review, Mode::Summary, Mode::Board]);
}

/// No task is chosen there, so that no key can change one that is not seen.
#[test]
fn no_key_of_the_summary_changes_a_task() {
    let mut stage = Stage::in_may();
    stage.press("F6");
    let before = stage.plans[0].clone();
    stage.press("1 2 3 4 5 - Space = Delete Insert + < > F2").press("Esc F6");
    assert_eq!(stage.plans[0], before);
}

#[test]
fn the_figures_follow_what_others_do_and_what_is_undone() {
    let mut stage = Stage::in_may();
    stage.press("3 F6 End");
    let done = |stage: &Stage| stage.app.shown().figures.done();
    assert_eq!(done(&stage), 1);
    stage.press("Ctrl-Z");
    assert_eq!(done(&stage), 0);
    stage.others(|plan| {
        let task = &plan.tasks[0];
        let edit = Edit::new(Field::Status, task.status, Status::Doing);
        vec![Change::Edit { task: task.id.clone(), edit }]
    });
    assert_eq!(stage.app.shown().figures.with_status(Status::Doing), 1);
    assert_eq!(stage.app.chosen_figure().0, None, "the foot stays chosen");
}

/// The row stays chosen though others have less to do now.
#[test]
fn the_chosen_row_goes_along_with_its_group() {
    let mut stage = lively(200);
    stage.press("F6 F6 Down Down Down");
    let group = stage.app.chosen_figure().0.cloned();
    assert!(group.is_some());
    stage.handle(Event::Day("2024-12-31".parse().unwrap()));
    assert_eq!(stage.app.chosen_figure().0, group.as_ref());
    assert!(stage.screen().lines().any(|line| line.starts_with('▌')), "{}", stage.screen());
}

#[test]
fn hundreds_of_agencies_scroll_between_head_and_foot() {
    let titled = |at: usize| Task {
        title: format!("Việc {at}"),
        lead: vec![format!("Cơ quan {at}")],
        quarters: [Quarter::Q1].into_iter().collect(),
        ..Task::default()
    };
    let plan: Plan = plan_of(2024, "Kế hoạch", (0..500).map(titled).collect());
    for (width, height) in [(80, 24), (40, 10), (200, 50)] {
        let size = Size { width, height };
        let mut stage = stage(plan.clone(), size, "2024-05-20".parse().unwrap(), Lang::Vi);
        stage.press("F6 F6 PgDn PgDn PgDn PgDn PgDn");
        let screen = stage.screen();
        assert!(screen.contains("Tổng số") && screen.contains("↓"), "{screen}");
        assert!(screen.lines().any(|line| line.starts_with('▌')), "{screen}");
        assert!(stage.press("End").screen().lines().any(|line| line.starts_with("▌ Tổng số")), "{screen}");
    }
}

/// All of it in quarter I, each task led by one of these.
fn led_by(names: &[&str], size: Size) -> Stage {
    let led = |(at, name): (usize, &&str)| Task {
        title: format!("Việc {at}"),
        lead: if name.is_empty() { Vec::new() } else { vec![(*name).to_owned()] },
        quarters: [Quarter::Q1].into_iter().collect(),
        ..Task::default()
    };
    let plan = plan_of(2024, "Kế hoạch", names.iter().enumerate().map(led).collect());
    stage(plan, size, "2024-02-20".parse().unwrap(), Lang::Vi)
}

#[test]
fn names_that_begin_alike_are_told_apart_where_they_are_cut() {
    let names = ["Ủy ban nhân dân huyện Văn Lâm", "Ủy ban nhân dân huyện Văn Giang", "Sở Nội vụ"];
    for (width, height) in [(60, 20), (40, 10)] {
        let screen = led_by(&names, Size { width, height }).press("F6 F6 End").screen();
        for end in ["Văn Lâm", "Văn Giang", "Sở Nội vụ"] {
            assert!(screen.contains(end), "{end}\n{screen}");
        }
    }
}

#[test]
fn tasks_that_name_no_agency_have_a_row_that_opens_them() {
    let mut stage = led_by(&["Sở Nội vụ", "", ""], USUAL);
    let screen = stage.press("F6 F6 End Up").screen();
    assert!(screen.contains("▌ Chưa có cơ quan chủ trì▌   2"), "{screen}");
    let screen = stage.press("Enter").screen();
    assert_eq!((stage.app.mode(), opened(&stage)), (Mode::Board, 2), "{screen}");
    assert!(screen.contains("Chủ trì: –"), "{screen}");
}

#[test]
fn a_filter_that_is_only_tried_out_leaves_the_row_chosen() {
    let mut stage = led_by(&["Sở Nội vụ", "Sở Tư pháp", "Công an tỉnh"], USUAL);
    stage.press("F6 F6 Down");
    let before = stage.screen();
    stage.press("F4 \"noi vu\"");
    assert_ne!(stage.screen(), before);
    assert_eq!(stage.press("Esc").screen(), before);
}

#[test]
fn whoever_asks_for_what_names_nobody_does_not_ask_for_a_dash() {
    let lead = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let task = |id: &str, names| Task { id: TaskId::new(id), lead: lead(names), ..Task::default() };
    let tasks = vec![task("a", &["-"]).into(), task("b", &["Ban TĐKT", "-"]).into()];
    let (plan, index) = (Plan { year: 2024, tasks, ..Plan::default() }, Index::default());
    let calendar = Calendar::new("2024-05-20".parse().unwrap());
    let query = Query::default().with(Facet::Lead, lead(&["", "Ban TĐKT"]));
    let selected = query.select(&plan, &index, calendar);
    let tasks = selected.iter().map(|&at| CountedTask { plan: &plan, index: &index, at });
    let summary = Summary::of(Grouping::By(Facet::Lead), tasks, &query, calendar);
    let rows: Vec<_> = summary.rows.iter().map(|row| (row.group.label().vi, row.figures.total())).collect();
    assert_eq!(rows, [("Ban TĐKT".to_owned(), 1)]);
}
