//! Everything has its part of the screen, and nothing is written outside of it: any plan, any window.

use std::ops::Range;

use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use tiendo::app::Event;
use tiendo::app::layout::{Columns, Layout, Size};
use tiendo::plan::{Column, Plan, Quarter, Status, Task};
use tiendo::words::Lang;

use crate::drawing::{cell, check_chosen, in_may, plan_of, stage, step};
use crate::stage::Stage;

/// All that a task says is written in a letter of its column, which no other text on the screen has.
const LETTERS: [char; 5] = ['α', 'β', 'γ', 'δ', 'ω'];

fn letter(column: Column) -> char {
    LETTERS[Column::ALL.iter().position(|it| *it == column).unwrap()]
}

/// Words of a letter, so many characters in all.
fn words(letter: char, length: usize, each: usize) -> String {
    let text: String = (0..length).map(|at| if at % (each + 1) == each { ' ' } else { letter }).collect();
    text.trim_end().to_owned()
}

fn quarters(column: Column) -> Vec<Quarter> {
    match column {
        Column::Quarter(quarter) => vec![quarter],
        Column::Year => Quarter::ALL.to_vec(),
    }
}

fn task(columns: Vec<Column>) -> impl Strategy<Value = Task> {
    let length = prop_oneof![4 => 1..120_usize, 1 => 1..=400_usize];
    let statuses = prop::sample::select(Status::ALL.to_vec());
    let day =
        prop::option::of((1..=366_u32).prop_map(|day| chrono::NaiveDate::from_yo_opt(2024, day).unwrap()));
    let number = prop_oneof![1 => Just(0), 4 => 1..6_usize, 1 => 6..40_usize];
    let rest = (number, 1..24_usize, 0..40_usize);
    (prop::sample::select(columns), length, statuses, day, rest).prop_map(
        |(column, length, status, due, (number, each, lead))| {
            let text = |length| words(letter(column), length, each);
            let lead = if lead > 0 { vec![text(lead)] } else { Vec::new() };
            Task {
                no: text(number),
                title: text(length),
                lead,
                note: text(length / 2),
                quarters: quarters(column).into_iter().collect(),
                status,
                due,
                ..Task::default()
            }
        },
    )
}

/// No task at all, few or very many; everywhere, in one quarter, or only work of the whole year.
fn plan() -> impl Strategy<Value = Plan> {
    let columns = prop_oneof![
        3 => Just(Column::ALL.to_vec()),
        1 => Just(vec![Column::Quarter(Quarter::Q2)]),
        1 => Just(vec![Column::Year]),
    ];
    let count = prop_oneof![1 => Just(0), 8 => 1..40_usize, 1 => 100..=500_usize];
    (columns, count)
        .prop_flat_map(|(columns, count)| prop::collection::vec(task(columns), count))
        .prop_map(|tasks| plan_of(2024, "Plan", tasks))
}

fn size() -> impl Strategy<Value = Size> {
    let asked_for = [(80, 24), (100, 30), (120, 40), (200, 50), (60, 20), (40, 10)];
    let sizes = prop_oneof![
        2 => (1..=300_u16, 1..=100_u16),
        1 => (1..=80_u16, 1..=24_u16),
        3 => prop::sample::select(asked_for.to_vec()),
    ];
    sizes.prop_map(|(width, height)| Size { width, height })
}

fn area(columns: Range<u16>, rows: Range<u16>) -> Rect {
    Rect::new(columns.start, rows.start, columns.len() as u16, rows.len() as u16)
}

/// Where a task of a column may say something: in its column, and the chosen one in the panel or the strip.
fn parts_of(stage: &Stage, column: Column) -> Vec<Rect> {
    let layout = stage.app.layout();
    let lanes = stage.app.shown().board.lanes.iter().zip(&layout.lanes);
    let mut parts: Vec<Rect> = lanes
        .filter(|(lane, _)| lane.column == column)
        .map(|(_, place)| area(place.left..place.left + place.width, place.rows.clone()))
        .collect();
    if stage.app.cursor.column() == column {
        let (rows, width) = (&layout.rows, stage.app.size.width);
        parts.push(area(0..width, rows.rule.start..rows.strip.end));
        parts.push(area(layout.panel.clone(), rows.header.end..rows.footer.start));
    }
    parts
}

fn check_letters(stage: &Stage, buffer: &Buffer) -> Result<(), TestCaseError> {
    for column in Column::ALL {
        let (letter, parts) = (letter(column), parts_of(stage, column));
        for Position { x, y } in buffer.area.positions() {
            let is_here = cell(buffer, x, y).symbol().starts_with(letter);
            let may_be = parts.iter().any(|part| part.contains(Position { x, y }));
            prop_assert!(!is_here || may_be, "{letter} at {x}, {y}\n{}", stage.screen());
        }
    }
    Ok(())
}

/// The rows follow one another, and what stands side by side has columns of its own.
fn check_parts(layout: &Layout, size: Size) -> Result<(), TestCaseError> {
    let rows = &layout.rows;
    let parts = [&rows.header, &rows.heads, &rows.body, &rows.band, &rows.rule, &rows.strip, &rows.footer];
    let mut end = 0;
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        prop_assert!(part.start >= end, "{rows:?}");
        end = part.end;
    }
    prop_assert!(end <= size.height, "{rows:?}");
    prop_assert!(rows.band.len() <= rows.body.len(), "more than half for the band: {rows:?}");
    let mut areas: Vec<Rect> = layout
        .lanes
        .iter()
        .map(|place| area(place.left..place.left + place.width, place.rows.clone()))
        .chain([area(layout.panel.clone(), rows.header.end..rows.footer.start)])
        .filter(|area| !area.is_empty())
        .collect();
    while let Some(one) = areas.pop() {
        prop_assert!(one.right() <= size.width && one.bottom() <= size.height, "{one}");
        for other in &areas {
            prop_assert!(!one.intersects(*other), "{one} and {other}");
        }
    }
    Ok(())
}

/// The cards of a column follow one another, each begins with its edge, its sign and its number, and the chosen one is
/// among them.
fn check_cards(stage: &Stage, buffer: &Buffer) -> Result<(), TestCaseError> {
    let (app, layout) = (&stage.app, stage.app.layout());
    for (lane, place) in
        app.shown().board.lanes.iter().zip(&layout.lanes).filter(|(_, place)| place.width > 8)
    {
        let scroll = app.cursor.scroll(lane.column);
        let (mut end, mut chosen) = (0, false);
        for (row, top, height) in place.cards(app, lane, scroll.first) {
            prop_assert!(top >= end && top + height <= place.rows.len() as u16, "{:?}", lane.column);
            end = top + height;
            chosen |= row == scroll.row;
            if height == 0 {
                continue;
            }
            let task = app.item(lane.rows[row]).task;
            let line: String = (place.left..place.left + place.width)
                .map(|x| cell(buffer, x, place.rows.start + top).symbol())
                .collect();
            let is_chosen = lane.column == app.cursor.column() && row == scroll.row;
            let edge = if is_chosen { stage.theme.mark() } else { stage.theme.edge() };
            let start = format!("{edge} {} {}", stage.theme.sign(task.status), task.no);
            let start: String = start.chars().take(usize::from(place.width)).collect();
            prop_assert!(line.starts_with(&start), "{line} and not {start}\n{}", stage.screen());
        }
        prop_assert!(chosen || lane.rows.is_empty() || place.rows.is_empty(), "{}", stage.screen());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_written_outside_its_part(
        plan in plan(), size in size(), steps in prop::collection::vec(step(), 0..6),
    ) {
        let mut stage = stage(plan, size, in_may(), Lang::Vi);
        for step in std::iter::once("Home").chain(steps) {
            stage.press(step);
            let (buffer, layout) = (stage.buffer(), stage.app.layout());
            check_parts(&layout, size)?;
            check_letters(&stage, &buffer)?;
            check_cards(&stage, &buffer)?;
            check_chosen(&stage, &buffer)?;
            prop_assert!(layout.columns == Columns::Tabs || size.width >= 56, "{size:?}");
        }
    }
}

/// What one reads from task to task stands where it stood: status, deadline and agency.
#[test]
fn below_a_title_of_any_length_the_facts_keep_their_places() {
    let titled = |(at, words): (usize, usize)| Task {
        title: "Tổ chức Hội nghị ".repeat(words),
        status: Status::ALL[at],
        lead: vec!["Sở Nội vụ".to_owned()],
        quarters: [Quarter::Q4].into_iter().collect(),
        ..Task::default()
    };
    let tasks: Vec<Task> = [2, 9, 1, 12, 5].into_iter().enumerate().map(titled).collect();
    let plan = plan_of(2024, "Kế hoạch", tasks);
    for (width, height) in [(60, 24), (80, 24), (80, 40), (120, 40)] {
        let (mut stage, mut first) = (stage(plan.clone(), Size { width, height }, in_may(), Lang::Vi), None);
        stage.press("Right Right Home");
        for task in &plan.tasks {
            let places = facts(&stage, task);
            assert!(places.iter().all(Option::is_some), "{places:?}:\n{}", stage.screen());
            let first = *first.get_or_insert(places);
            assert_eq!(places, first, "{width}x{height}:\n{}", stage.screen());
            stage.press("Down");
        }
    }
}

/// Where the last line with this status has it and the deadline, and where the agency stands.
fn facts(stage: &Stage, task: &Task) -> [Option<(usize, usize)>; 3] {
    let screen = stage.screen();
    let lines: Vec<&str> = screen.lines().collect();
    [task.status.label().say(Lang::Vi), "Hạn 31/12/2024", "Chủ trì Sở Nội vụ"].map(|text| {
        let row = lines.iter().rposition(|line| line.contains(text))?;
        Some((row, lines[row][..lines[row].find(text)?].chars().count()))
    })
}

/// The last cells of the first and of the last row between head and footer.
fn corners(stage: &Stage) -> [bool; 2] {
    let screen = stage.screen();
    let lines: Vec<&str> = screen.lines().collect();
    let (up, down) = stage.theme.arrows();
    [lines[2].ends_with(up), lines[lines.len() - 2].ends_with(down)]
}

#[test]
fn a_task_tells_that_more_of_it_is_out_of_sight() {
    let lines: Vec<String> = (1..=20).map(|at| format!("dòng {at}.")).collect();
    let quarters = [Quarter::Q2].into_iter().collect();
    let task = Task { no: "<1>".to_owned(), note: lines.join("\n"), quarters, ..Task::default() };
    let plan = plan_of(2024, "Kế hoạch", vec![task]);
    for (width, height) in [(40, 14), (60, 20), (80, 24), (80, 60), (120, 60)] {
        let mut stage = stage(plan.clone(), Size { width, height }, in_may(), Lang::Vi);
        stage.press("Home Enter");
        for _ in 0..12 {
            let screen = stage.screen();
            let out_of_sight =
                [!screen.contains("○ <1>"), !screen.contains("  + ") && !screen.contains("▌ + ")];
            assert_eq!(corners(&stage), out_of_sight, "{screen}");
            stage.press("Down");
        }
    }
}

#[test]
fn the_history_beside_a_task_tells_that_there_is_more_and_ends_with_the_last_field() {
    let mut stage = Stage::in_may();
    stage.handle(Event::Resized(Size { width: 120, height: 8 }));
    stage.press("2 F2 \"Đã gửi giấy mời\" F2 Home");
    let begins = "Chưa thực hiện → Đang thực hiện";
    assert!(corners(&stage)[1] && !stage.screen().contains(begins), "{}", stage.screen());
    stage.press("End");
    assert!(stage.screen().contains(begins), "{}", stage.screen());
}

/// Offices have one plan of the same name for each year.
#[test]
fn the_year_of_a_plan_is_not_what_is_cut() {
    for path in ["data/hung-yen-2024.ron", "data/dien-bien-2023.ron"] {
        let mut stage = Stage::new(&[path], Size::default(), in_may(), Lang::Vi);
        for (width, height) in (40..=120).flat_map(|width| [(width, 10), (width, 24)]) {
            stage.handle(Event::Resized(Size { width, height }));
            let screen = stage.screen();
            let head = screen.lines().next().unwrap();
            assert!(head.contains("năm 202"), "{width}x{height}: {head}");
        }
    }
}
