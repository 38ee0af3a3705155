//! What holds for every picture of every plan, in windows of every size, whatever was pressed before.

use std::sync::Arc;

use chrono::NaiveDate;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use tiendo::app::keymap::Mode;
use tiendo::app::layout::{Columns, Size};
use tiendo::app::{Access, App, Begin, Day, Event, OpenPlan, Setting};
use tiendo::plan::{Calendar, Column, Entry, Field, Plan, PlanKey, Quarter, Status, Task, TaskId};
use tiendo::text::is_hidden;
use tiendo::view::Theme;
use tiendo::view::theme::{Palette, Signs};
use tiendo::words::{Lang, Spoken};

use crate::stage::{Stage, Typed, keys, stamp};

/// Something that may happen to an app.
#[derive(Debug, Clone)]
enum Turn {
    Key(KeyCode, KeyModifiers),
    Paste(String),
    Resize(u16, u16),
    Loaded(usize, Box<Plan>),
    Broken(usize, String),
    Failed(usize),
    Day(NaiveDate),
}

impl Turn {
    fn happen(&self, stage: &mut Stage) {
        let said = |text: &str| Spoken { vi: text.to_owned(), en: text.to_owned() };
        stage.handle(match self.clone() {
            Self::Key(code, modifiers) => return stage.press_key(KeyEvent::new(code, modifiers)),
            Self::Paste(text) => Event::Paste(text),
            Self::Resize(width, height) => Event::Resized(Size { width, height }),
            Self::Loaded(at, plan) => Event::Loaded(PlanKey(at), *plan, Access::Write, None),
            Self::Broken(at, text) => Event::Broken(PlanKey(at), said(&text)),
            Self::Failed(at) => Event::Failed(PlanKey(at), said("không ghi được")),
            Self::Day(day) => Event::Day(day),
        });
        stage.look();
    }
}

fn key() -> impl Strategy<Value = Turn> {
    let named = [
        "Up Down Left Right PgUp PgDn Home End Enter Esc Tab Space Backspace Insert Delete",
        "F1 F2 F3 F4 F5 F6 F7 F8 F9 Ctrl-Z Ctrl-Y Ctrl-W Ctrl-U Ctrl-A Ctrl-E Ctrl-H Ctrl-J",
        "1 2 3 4 5 0 - + < > / : ? h j k l đ ư ơ ế x",
    ];
    let named: Vec<(KeyCode, KeyModifiers)> = keys(&named.join(" "))
        .into_iter()
        .filter_map(Typed::key)
        .map(|key| (key.code, key.modifiers))
        .collect();
    let any = (any::<char>(), 0..8_u8).prop_map(|(letter, bits)| {
        // Ctrl-C ends the program, and that is not looked at here.
        Turn::Key(KeyCode::Char(letter), KeyModifiers::from_bits_truncate(bits & !2))
    });
    prop_oneof![
        12 => prop::sample::select(named).prop_map(|(code, modifiers)| Turn::Key(code, modifiers)),
        1 => any,
    ]
}

fn length(most: u16) -> impl Strategy<Value = u16> {
    prop_oneof![2 => 0..=12_u16, 2 => 0..=most, 1 => Just(most), 2 => Just(80.min(most)), 2 => Just(24)]
}

fn size() -> impl Strategy<Value = Size> {
    (length(300), length(100)).prop_map(|(width, height)| Size { width, height })
}

fn day() -> impl Strategy<Value = NaiveDate> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    let odd = vec![
        NaiveDate::MIN,
        NaiveDate::MAX,
        day(0, 1, 1),
        day(-5, 6, 30),
        day(9999, 12, 31),
        day(10000, 1, 1),
    ];
    prop_oneof![4 => (0..800_u32).prop_map(|n| NaiveDate::from_num_days_from_ce_opt(738_600 + n as i32).unwrap()),
        1 => prop::sample::select(odd)]
}

fn year() -> impl Strategy<Value = i32> {
    let odd = vec![0, -5, 1, 9999, 10000, 262_142, 262_143, -262_143, 999_999, i32::MAX, i32::MIN];
    prop_oneof![6 => Just(2024), 2 => prop::sample::select(odd)]
}

/// Text as people write it, and as nobody should.
fn text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "Tổ chức Hội nghị sơ kết ",
        "Sở Nội vụ",
        "57-NQ/TW",
        " ",
        "\u{a0}",
        "\n",
        "\t",
        "\r\n",
        "\0",
        "\x1b[31m",
        "\u{9b}2J",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{feff}",
        "\u{ad}",
        "e\u{302}\u{301}",
        "\u{301}\u{301}",
        "漢字",
        "👩\u{200d}👩\u{200d}👧",
        "⚠\u{fe0f}",
        "a\u{200d}",
        "một-từ-rất-dài-không-có-chỗ-nào-để-ngắt",
        "…",
        "Đ",
    ];
    prop_oneof![
        2 => Just(String::new()),
        6 => prop::collection::vec(prop::sample::select(pieces), 0..12).prop_map(|pieces| pieces.concat()),
        1 => ".{0,60}",
    ]
}

/// Rarely so long that nobody would read it.
fn title() -> impl Strategy<Value = String> {
    prop_oneof![
        60 => text(),
        1 => Just("Hội nghị ".repeat(11_111)),
        1 => Just("ệ".repeat(100_000)),
        1 => Just("\x1b".repeat(20_000)),
    ]
}

fn quarters() -> impl Strategy<Value = Vec<Quarter>> {
    prop::sample::subsequence(Quarter::ALL.to_vec(), 0..=4)
}

fn entry() -> impl Strategy<Value = Entry> {
    (text(), text(), text()).prop_map(|(from, to, by)| Entry {
        at: stamp().at,
        by,
        kind: Field::Status.into(),
        from,
        to,
        ..Entry::default()
    })
}

fn task() -> impl Strategy<Value = Task> {
    let words = (title(), text(), text(), text(), text());
    let agencies = (prop::collection::vec(text(), 0..3), prop::collection::vec(text(), 0..3));
    let days = (prop::option::of(day()), prop::option::of(day()));
    let rest = (quarters(), prop::sample::select(Status::ALL.to_vec()), prop::collection::vec(entry(), 0..3));
    (words, agencies, days, rest).prop_map(|(words, agencies, days, rest)| {
        let (title, no, time, output, note) = words;
        let (lead, support) = agencies;
        let (due, done_on) = days;
        let (quarters, status, history) = rest;
        let quarters = quarters.into_iter().collect();
        let id = TaskId::default();
        let extended =
            Task { lead, support, quarters, time, due, status, done_on, output, note, ..Task::default() };
        Task { id, no, title, history, ..extended }
    })
}

pub(crate) fn plan_of(year: i32, title: &str, mut tasks: Vec<Task>) -> Plan {
    for (at, task) in tasks.iter_mut().enumerate() {
        task.id = TaskId::new(format!("t{at}"));
    }
    let (number, issuer) = ("01/KH-HĐTĐKT".to_owned(), String::new());
    Plan {
        version: 1,
        title: title.to_owned(),
        number,
        issuer,
        issued: None,
        year,
        tasks: tasks.into_iter().map(Arc::new).collect(),
        ..Plan::default()
    }
}

fn plan() -> impl Strategy<Value = Plan> {
    let tasks = prop_oneof![
        6 => prop::collection::vec(task(), 0..14),
        // A column with more cards than rows.
        1 => (task(), 60..200_usize).prop_map(|(task, count)| vec![task; count]),
    ];
    (year(), text(), tasks).prop_map(|(year, title, tasks)| plan_of(year, &title, tasks))
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        16 => key(),
        2 => text().prop_map(Turn::Paste),
        2 => size().prop_map(|size| Turn::Resize(size.width, size.height)),
        1 => (0..2_usize, plan()).prop_map(|(at, plan)| Turn::Loaded(at, Box::new(plan))),
        1 => (0..2_usize, text()).prop_map(|(at, text)| Turn::Broken(at, text)),
        1 => (0..2_usize).prop_map(Turn::Failed),
        1 => day().prop_map(Turn::Day),
    ]
}

pub(crate) fn stage(plan: Plan, size: Size, today: NaiveDate, lang: Lang) -> Stage {
    stage_of(vec![plan], size, today, lang)
}

fn stage_of(plans: Vec<Plan>, size: Size, today: NaiveDate, lang: Lang) -> Stage {
    let setting = Setting {
        lang,
        user: "lan".to_owned(),
        calendar: Calendar::new(today),
        day: Day::Real,
        begin: Begin::In("".into()),
        size,
        seed: 7,
    };
    let open = |plan: &Plan| OpenPlan::new("ke-hoach.ron".to_owned(), plan.clone(), Access::Write);
    let app = App::new(setting, plans.iter().map(open).collect());
    Stage::of(app, plans)
}

pub(crate) fn in_may() -> NaiveDate {
    "2024-05-20".parse().unwrap()
}

/// A window in which everything has its place.
const USUAL: Size = Size { width: 80, height: 24 };

fn lang() -> impl Strategy<Value = Lang> {
    prop::sample::select(vec![Lang::Vi, Lang::En])
}

/// The file follows what is loaded from it. What is about a second file is left out where there is one.
fn play(stage: &mut Stage, turn: &Turn) {
    if let Turn::Loaded(at, _) | Turn::Broken(at, _) | Turn::Failed(at) = turn
        && *at >= stage.plans.len()
    {
        return;
    }
    if let Turn::Loaded(at, plan) = turn {
        stage.plans[*at] = (**plan).clone();
    }
    turn.happen(stage);
}

pub(crate) fn cell(buffer: &Buffer, x: u16, y: u16) -> &Cell {
    buffer.cell((x, y)).unwrap()
}

fn check_cells(buffer: &Buffer, theme: Theme) -> Result<(), TestCaseError> {
    for cell in &buffer.content {
        let hides = cell.symbol().chars().any(|c| is_hidden(c) || c.is_control());
        prop_assert!(!hides, "{:?} is in the picture", cell.symbol());
        if theme.signs == Signs::Ascii {
            prop_assert!(cell.symbol().is_ascii(), "{:?} is not ASCII", cell.symbol());
        }
        if theme.palette == Palette::Mono {
            prop_assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
        }
    }
    Ok(())
}

/// Where there is room for anything, the hardware cursor is on what is chosen or typed; and a chosen task is
/// marked beside it.
pub(crate) fn check_chosen(stage: &Stage, buffer: &Buffer) -> Result<(), TestCaseError> {
    let app = &stage.app;
    let has_task = !matches!(app.view().mode, Mode::Plans | Mode::Summary);
    let is_empty = app.panel.is_none() && has_task && app.selected().is_none();
    if app.size.width < 16 || app.size.height < 6 || is_empty {
        return Ok(());
    }
    let place = tiendo::view::draw(app, stage.theme, &mut buffer.clone());
    prop_assert!(place.is_some(), "nothing is chosen in {:?}:\n{}", app.mode(), stage.screen());
    let place = place.unwrap();
    if matches!(app.mode(), Mode::Board | Mode::Deadlines | Mode::Summary | Mode::Plans) {
        prop_assert_eq!(cell(buffer, place.x - 1, place.y).symbol(), stage.theme.mark());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// A buffer takes nothing outside of itself: it would panic.
    #[test]
    fn every_plan_is_drawn_in_every_window_after_every_key(
        plans in prop::collection::vec(plan(), 0..3), size in size(), today in day(), lang in lang(),
        is_mono in any::<bool>(), is_ascii in any::<bool>(),
        turns in prop::collection::vec(turn(), 0..24),
    ) {
        let mut stage = stage_of(plans, size, today, lang);
        stage.theme.palette = if is_mono { Palette::Mono } else { Palette::Auto };
        stage.theme.signs = if is_ascii { Signs::Ascii } else { Signs::Unicode };
        for turn in std::iter::once(None).chain(turns.iter().map(Some)) {
            if let Some(turn) = turn {
                play(&mut stage, turn);
            }
            let buffer = stage.buffer();
            prop_assert_eq!(&buffer, &stage.buffer(), "a second drawing is another one");
            check_cells(&buffer, stage.theme)?;
            check_chosen(&stage, &buffer)?;
        }
    }
}

#[test]
fn thousands_of_tasks_are_drawn_in_windows_of_every_size() {
    let titled = |at: usize| Task {
        title: format!("Việc {at}"),
        quarters: Quarter::ALL.into_iter().skip(at % 4).collect(),
        ..Task::default()
    };
    let plan = plan_of(2024, "Kế hoạch", (0..5000).map(titled).collect());
    let mut stage = stage(plan, USUAL, in_may(), Lang::Vi);
    for view in ["Home", "F5", "F6", "F6", "F5 Enter", "Esc F4", "Esc F7"] {
        stage.press(view);
        for (width, height) in
            [(0, 0), (1, 1), (2, 1), (1, 2), (3, 100), (300, 3), (40, 10), (80, 24), (300, 100)]
        {
            stage.handle(Event::Resized(Size { width, height }));
            stage.buffer();
        }
    }
}

#[test]
fn titles_without_end_are_drawn_in_windows_of_every_size() {
    for title in ["ệ".repeat(100_000), "Hội nghị ".repeat(11_111), "\x1b".repeat(100_000)] {
        let titled = |_| Task { title: title.clone(), note: title.clone(), ..Task::default() };
        let plan = plan_of(2024, &title, (0..4).map(titled).collect());
        let mut stage = stage(plan, USUAL, in_may(), Lang::Vi);
        for screen in ["Home", "Enter", "Enter", "End", "Esc Esc F5", "F6 F6"] {
            stage.press(screen);
            for (width, height) in [(1, 1), (2, 9), (9, 9), (20, 60), (80, 24), (300, 100)] {
                stage.handle(Event::Resized(Size { width, height }));
                stage.buffer();
            }
        }
    }
}

#[test]
fn every_small_window_holds_every_screen() {
    let screens = [
        "Esc",
        "Enter",
        "Enter F2",
        "F4",
        "F5",
        "F5 Enter",
        "F6",
        "F6 F6 End",
        "F6 F4",
        "F7",
        "F9",
        "F1",
        "Insert",
        "Delete",
    ];
    for screen in screens {
        let mut stage = Stage::in_may();
        stage.press(screen);
        for (width, height) in (0..24).flat_map(|width| (0..14).map(move |height| (width, height))) {
            stage.handle(Event::Resized(Size { width, height }));
            stage.buffer();
        }
    }
}

/// A plan of an ordinary year with tasks in every column.
fn ordinary_plan() -> impl Strategy<Value = Plan> {
    let task =
        (quarters(), prop::sample::select(Status::ALL.to_vec()), prop::option::of(day_of_2024()), 1..9_usize);
    let task = task.prop_map(|(quarters, status, due, words)| Task {
        title: "Tổ chức Hội nghị ".repeat(words).trim_end().to_owned(),
        quarters: quarters.into_iter().collect(),
        status,
        due,
        ..Task::default()
    });
    prop::collection::vec(task, 1..40).prop_map(|tasks| plan_of(2024, "Kế hoạch", tasks))
}

fn day_of_2024() -> impl Strategy<Value = NaiveDate> {
    (1..=366_u32).prop_map(|day| NaiveDate::from_yo_opt(2024, day).unwrap())
}

pub(crate) fn step() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["Up", "Down", "Left", "Right", "PgUp", "PgDn", "Home", "End", "Down Down Down"])
}

/// What others do to a file: each is about the task at a place.
#[derive(Debug, Clone)]
enum Meddling {
    Remove(usize),
    Insert(usize),
    Swap(usize, usize),
    Status(usize, Status),
    Quarters(usize, Vec<Quarter>),
    Title(usize),
    Due(usize, NaiveDate),
}

fn meddling() -> impl Strategy<Value = Meddling> {
    let at = || 0..64_usize;
    prop_oneof![
        at().prop_map(Meddling::Remove),
        at().prop_map(Meddling::Insert),
        (at(), at()).prop_map(|(one, other)| Meddling::Swap(one, other)),
        (at(), prop::sample::select(Status::ALL.to_vec()))
            .prop_map(|(at, status)| Meddling::Status(at, status)),
        (at(), quarters()).prop_map(|(at, quarters)| Meddling::Quarters(at, quarters)),
        at().prop_map(Meddling::Title),
        (at(), day_of_2024()).prop_map(|(at, day)| Meddling::Due(at, day)),
    ]
}

fn task_of(plan: &mut Plan, at: usize) -> &mut Task {
    let length = plan.tasks.len();
    Arc::make_mut(&mut plan.tasks[at % length])
}

/// Anything but removing the task that is kept.
fn meddle(plan: &mut Plan, meddling: &Meddling, kept: &TaskId, fresh: &mut usize) {
    let length = plan.tasks.len();
    match meddling {
        Meddling::Remove(at) if plan.tasks[at % length].id != *kept => {
            plan.tasks.remove(at % length);
        }
        Meddling::Remove(_) => {}
        Meddling::Insert(at) => {
            *fresh += 1;
            let id = TaskId::new(format!("new{fresh}"));
            let task = Task { id, title: "Việc mới".to_owned(), ..Task::clone(&plan.tasks[at % length]) };
            plan.tasks.insert(at % length, Arc::new(task));
        }
        Meddling::Swap(one, other) => plan.tasks.swap(one % length, other % length),
        Meddling::Status(at, status) => task_of(plan, *at).status = *status,
        Meddling::Quarters(at, quarters) => {
            task_of(plan, *at).quarters = quarters.iter().copied().collect();
        }
        Meddling::Title(at) => task_of(plan, *at).title.push_str(" – sửa"),
        Meddling::Due(at, day) => task_of(plan, *at).due = Some(*day),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_chosen_task_stays_under_the_cursor_whatever_others_do(
        plan in ordinary_plan(), steps in prop::collection::vec(step(), 0..6),
        view in prop::sample::select(vec!["", "F5", "Enter", "/ \"to chuc\" Enter", "/ \"to chuc\""]),
        saves in prop::collection::vec(prop::collection::vec(meddling(), 1..6), 1..5),
        width in prop::sample::select(vec![80_u16, 40, 120]), height in 16..40_u16,
    ) {
        let mut stage = stage(plan.clone(), Size { width, height }, in_may(), Lang::Vi);
        for step in &steps {
            stage.press(step);
        }
        stage.press(view);
        let Some(kept) = stage.app.selected().map(|item| item.task.id.clone()) else { return Ok(()) };
        let (mut theirs, mut fresh) = (plan, 0);
        for save in &saves {
            for meddling in save {
                meddle(&mut theirs, meddling, &kept, &mut fresh);
            }
            stage.handle(Event::Loaded(PlanKey(0), theirs.clone(), Access::Write, None));
            prop_assert_eq!(stage.app.selected().map(|item| &item.task.id), Some(&kept));
            check_chosen(&stage, &stage.buffer())?;
        }
    }

    #[test]
    fn the_other_columns_stay_when_the_selection_moves(
        plan in ordinary_plan(), steps in prop::collection::vec(step(), 1..12), height in 16..40_u16,
        width in 80..200_u16,
    ) {
        let mut stage = stage(plan, Size { width, height }, in_may(), Lang::Vi);
        for step in &steps {
            let before = (stage.buffer(), stage.app.cursor.column(), stage.app.layout());
            stage.press(step);
            let after = (stage.buffer(), stage.app.cursor.column());
            let lanes = &stage.app.shown().board.lanes;
            let layout = stage.app.layout();
            prop_assert_eq!(layout.columns, Columns::Side);
            prop_assert_eq!(&layout.rows, &before.2.rows);
            for (at, (lane, place)) in lanes.iter().zip(&layout.lanes).enumerate() {
                let was = &before.2.lanes[at];
                prop_assert_eq!((place.left, place.width), (was.left, was.width));
                if lane.column == before.1 || lane.column == after.1 {
                    continue;
                }
                let head = match lane.column {
                    Column::Quarter(_) => layout.rows.heads.clone(),
                    Column::Year => layout.rows.band.start..place.rows.start,
                };
                for rows in [head, place.rows.clone()] {
                    let cells = Rect::new(place.left, rows.start, place.width, rows.len() as u16);
                    for at in cells.positions() {
                        let (was, is) = (cell(&before.0, at.x, at.y), cell(&after.0, at.x, at.y));
                        prop_assert_eq!(was, is, "{:?}", lane.column);
                    }
                }
            }
        }
    }
}

#[test]
fn the_cursor_goes_along_with_a_task_that_is_given_another_quarter() {
    for keys in ["Down Down", "Down Down F5", "/ \"hoi nghi\" Enter Down"] {
        let mut stage = Stage::in_may();
        let chosen = stage.press(keys).app.selected().unwrap().task.id.clone();
        let mut theirs = stage.plans[0].clone();
        let at = theirs.position(&chosen).unwrap();
        Arc::make_mut(&mut theirs.tasks[at]).quarters = [Quarter::Q4].into_iter().collect();
        stage.handle(Event::Loaded(PlanKey(0), theirs, Access::Write, None));
        assert_eq!(stage.app.selected().map(|item| &item.task.id), Some(&chosen), "{keys}");
        assert_eq!(stage.app.cursor.column(), Column::Quarter(Quarter::Q4));
    }
}

/// The board as plain text, of one task in the second quarter and another beside it.
fn told(theme: Theme, task: Task, keys: &str) -> String {
    let quarter = |task: Task| Task { quarters: [Quarter::Q2].into_iter().collect(), ..task };
    let other = Task { title: "Việc".to_owned(), ..Task::default() };
    let plan = plan_of(2024, "Kế hoạch", vec![quarter(task), quarter(other)]);
    let mut stage = stage(plan, USUAL, in_may(), Lang::Vi);
    stage.theme = theme;
    stage.press(keys).screen()
}

/// Colours and weight are not in the text, so it is shapes and words that differ.
#[test]
fn status_lateness_and_selection_are_told_apart_without_colour() {
    for signs in [Signs::Unicode, Signs::Ascii] {
        let theme = Theme { signs, palette: Palette::Mono };
        let task = Task { title: "Việc".to_owned(), ..Task::default() };
        let mut told_so: Vec<String> = Status::ALL
            .into_iter()
            .map(|status| told(theme, Task { status, ..task.clone() }, "Down"))
            .collect();
        told_so.push(told(theme, Task { due: "2024-05-19".parse().ok(), ..task.clone() }, "Down"));
        told_so.push(told(theme, Task { due: "2024-05-20".parse().ok(), ..task.clone() }, "Down"));
        told_so.push(told(theme, task.clone(), "Home"));
        let count = told_so.len();
        told_so.sort();
        told_so.dedup();
        assert_eq!(told_so.len(), count, "{signs:?}");
        for status in Status::ALL {
            let card = told(theme, Task { status, ..task.clone() }, "Down");
            assert!(card.contains(theme.sign(status)), "{card}");
        }
    }
}

/// Every card of late work says so, whatever its number takes of the line.
#[test]
fn late_work_is_told_in_the_narrowest_columns() {
    let today = "2030-01-01".parse().unwrap();
    for plan in ["hung-yen-2024", "son-la-2024", "ha-giang-2021", "dien-bien-2023"] {
        for width in [70, 72, 75, 80, 100, 120] {
            let path = format!("data/{plan}.ron");
            let mut stage = Stage::new(&[&path], Size { width, height: 24 }, today, tiendo::words::Lang::Vi);
            stage.press("PgDn PgDn");
            let screen = stage.screen();
            let heads = screen.lines().skip(3).flat_map(|line| line.match_indices('○')).count();
            let late = screen.lines().skip(3).flat_map(|line| line.match_indices('▲')).count();
            // The tasks of section V have no end.
            let ongoing = screen.matches("○ V.").count();
            assert!(late + ongoing >= heads, "{plan} at {width}:\n{screen}");
        }
    }
}

#[test]
fn the_smallest_screen_tells_what_must_be_known() {
    let mut stage = Stage::in_may();
    stage.press("F4 \"ban tdkt\" Enter");
    stage.handle(Event::Resized(Size { width: 40, height: 10 }));
    assert!(stage.screen().contains("Chủ trì: Ban TĐKT"), "{}", stage.screen());
    let plan = stage.plans[0].clone();
    stage.handle(Event::Loaded(PlanKey(0), plan, Access::ReadOnly, None));
    assert!(stage.screen().lines().next().unwrap().contains("Chỉ đọc"), "{}", stage.screen());
    let trouble = Spoken { vi: "Tệp đang hỏng ở dòng 3".into(), en: "Broken".into() };
    stage.handle(Event::Broken(PlanKey(0), trouble));
    assert!(stage.screen().contains("Tệp đang hỏng ở dòng 3"), "{}", stage.screen());
}

#[test]
fn a_chosen_title_is_bold_whether_its_task_is_open_or_over() {
    for status in Status::ALL {
        let task = Task {
            title: "Họp".to_owned(),
            status,
            quarters: Quarter::ALL[1..2].iter().copied().collect(),
            ..Task::default()
        };
        let mut stage = stage(plan_of(2024, "Kế hoạch", vec![task]), USUAL, in_may(), Lang::Vi);
        for palette in [Palette::Sixteen, Palette::Dark, Palette::Light, Palette::Mono, Palette::Projector] {
            stage.theme.palette = palette;
            let mut buffer = stage.buffer();
            let place = tiendo::view::draw(&stage.app, stage.theme, &mut buffer).unwrap();
            let title = cell(&buffer, place.x + 1, place.y + 1);
            assert_eq!(title.symbol(), "H", "{}", stage.screen());
            let weight = title.modifier & (Modifier::BOLD | Modifier::DIM);
            assert_eq!(weight, Modifier::BOLD, "{status:?} in {palette:?}");
        }
    }
}
