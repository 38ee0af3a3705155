//! The meeting: every slide is whole, what is decided is what the histories have, and a dropped line goes on where it
//! was.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::Local;
use proptest::prelude::*;
use rustix::process::Signal;
use tiendo::app::keymap::Mode;
use tiendo::app::layout::Size;
use tiendo::app::{Access, App, Begin, Day, Event, OpenPlan, Setting};
use tiendo::plan::meeting::{Meeting, MeetingOrder, MeetingPlace};
use tiendo::plan::{
    Calendar, Change, Edit, Entry, EntryKind, Field, Person, Plan, PlanKey, Stamp, Status, Task, TaskId, Why,
};
use tiendo::store::Policy;
use tiendo::words::{Lang, Spoken};

use crate::drawing::stage;
use crate::office::Office;
use crate::pty::{Launch, Terminal};
use crate::stage::{Stage, plan_at};

const PLAN: &str = "tests/meeting/plan.ron";

const SMALL: Size = Size { width: 80, height: 24 };

fn in_meeting() -> Stage {
    let mut stage = Stage::new(&[PLAN], SMALL, "2024-05-20".parse().unwrap(), Lang::Vi);
    stage.at_second(0);
    stage.press("F8 Enter");
    stage
}

/// Without blanks, and without the edge of the task.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '▌').collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_title_of_three_hundred_letters_is_whole_on_its_slide(
        title in "[a-zA-ZăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵĐỦ0-9]{1,30}([ ,.;:()/-]{1,2}[a-zA-ZăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵĐỦ0-9–]{1,120}){0,60}",
        told in "[a-zơưđệủ ,]{0,400}",
        is_late in any::<bool>(),
    ) {
        let title: String = title.chars().take(300).collect();
        let line = tiendo::plan::Progress { text: told.clone(), stuck: told.clone(), ask: told, ..Default::default() };
        let due = if is_late { "2024-03-01" } else { "2024-12-01" };
        let task = Task {
            id: TaskId::new("a"),
            no: "III.12".into(),
            title: title.clone(),
            due: Some(due.parse().unwrap()),
            progress: vec![line],
            ..Task::default()
        };
        let plan = Plan { year: 2024, title: "Kế hoạch".into(), tasks: vec![task.into()], ..Plan::default() };
        let mut stage = stage(plan, SMALL, "2024-05-20".parse().unwrap(), Lang::Vi);
        stage.press("F8 Enter");
        let screen = stage.screen();
        prop_assert!(letters(&screen).contains(&letters(&title)), "{}\nis not whole in\n{}", title, screen);
    }
}

#[test]
fn a_meeting_goes_through_what_is_open_and_what_the_last_one_gave_comes_first() {
    let plan = plan_at(PLAN);
    let stage = in_meeting();
    let meeting = stage.app.meeting().unwrap();
    let task = |id: &TaskId| plan.task(id).unwrap();
    assert_eq!(meeting.tasks.len(), 23);
    assert!(meeting.tasks.iter().all(|id| task(id).status != Status::Done));
    assert_eq!(task(&meeting.tasks[0]).source, "Giao ban 13/5/2024");
    let late: Vec<_> = meeting.tasks[1..4].iter().map(|id| plan.deadline(task(id)).unwrap()).collect();
    assert!(late.is_sorted() && late.iter().all(|day| *day < "2024-05-20".parse().unwrap()), "{late:?}");
    let stuck = meeting.tasks.iter().position(|id| task(id).no == "23").unwrap();
    assert_eq!(stuck, 6, "behind what is late and what is due soon");
}

#[test]
fn every_order_has_every_task_once() {
    let mut stage = in_meeting();
    let all = stage.app.meeting().unwrap().tasks.clone();
    for down in 0..MeetingOrder::ALL.len() {
        // The first line goes on with the meeting that was stopped.
        stage.press("F8 F8 Home Down").press(&"Down ".repeat(down)).press("Enter");
        let meeting = stage.app.meeting().unwrap();
        assert_eq!(meeting.order, MeetingOrder::ALL[down]);
        let mut tasks = meeting.tasks.clone();
        tasks.sort();
        let mut expected = all.clone();
        expected.sort();
        assert_eq!(tasks, expected);
    }
}

#[test]
fn nothing_new_is_one_key_and_what_was_skipped_is_not_gone_through() {
    let mut stage = in_meeting();
    stage.press("Enter Right Enter");
    let meeting = stage.app.meeting().unwrap();
    assert_eq!((meeting.at, &meeting.heard), (3, &vec![meeting.tasks[0].clone(), meeting.tasks[2].clone()]));
    stage.press("Left Left");
    assert_eq!(stage.app.meeting().unwrap().at, 1);
    for from in ["", "End"] {
        for no in ["17", "5", "29", "4"] {
            stage.press(&format!("{from} F7 \"{no}\" Enter"));
            assert_eq!(stage.app.selected().unwrap().task.no, no);
        }
    }
}

#[test]
fn the_minutes_have_what_the_histories_have_and_nothing_else() {
    let mut stage = in_meeting();
    stage.others(|plan| {
        let task = &plan.tasks[20];
        vec![Change::Edit {
            task: task.id.clone(),
            edit: Edit::new(Field::Note, task.note.clone(), "khác".to_owned()),
        }]
    });
    stage.press(
        "2 Enter 3 Tab \"12/QĐ\" Enter Enter 4 \"chờ\" Enter Right F5 \"30/11\" Enter \"lấy ý kiến\" Enter Enter",
    );
    stage.press("Right F6 \"Hùng\" Enter 2 Ctrl-Z Insert \"Giao Sở Tư pháp rà soát quy chế\" Enter End F2");
    let plan = &stage.plans[0];
    let own = |entry: &&Entry| entry.by == "lan";
    let told: Vec<String> = plan
        .tasks
        .iter()
        .flat_map(|task| task.history.iter().filter(own))
        .map(|entry| entry.told(Lang::Vi))
        .collect();
    assert!(told.len() >= 6, "{told:?}");
    let [markdown, text] = stage.minutes.as_slice() else { panic!("two texts") };
    for told in &told {
        assert!(text.contains(&format!("- {told}\n")), "{told} is missing in\n{text}");
    }
    let given = plan.tasks.iter().find(|task| task.source == "Giao ban 20/5/2024").unwrap();
    assert_eq!(
        (given.title.as_str(), given.lead.as_slice()),
        ("Rà soát quy chế", &["Sở Tư pháp".to_owned()][..])
    );
    assert!(!text.contains("khác"), "what another has done is not decided here");
    assert!(
        markdown.starts_with("# Giao ban ngày 20/05/2024\n") && markdown.contains("\n## Việc mới giao (1)\n")
    );
    assert!(stage.app.meeting().is_none(), "it is over");
}

#[test]
fn text_in_the_minutes_is_no_markup_and_controls_nothing() {
    let task = Task { id: TaskId::new("a"), title: "*a* <b> \u{1b}[2J\n# c".into(), ..Task::default() };
    let plan = Plan { year: 2024, tasks: vec![task.into()], ..Plan::default() };
    let mut stage = stage(plan, SMALL, "2024-05-20".parse().unwrap(), Lang::Vi);
    stage.press("F8 Enter 2 End F2");
    let markdown = &stage.minutes[0];
    assert!(markdown.contains("\\*a\\* \\<b\\>") && !markdown.contains('\u{1b}'), "{markdown}");
    assert_eq!(markdown.lines().filter(|line| line.starts_with("# ")).count(), 1);
}

/// A plan that has no numbers, and a name that begins as an entry of a list does.
#[test]
fn tasks_without_a_number_are_in_the_minutes_by_their_titles() {
    let task = |id: &str, title: &str| Task { id: TaskId::new(id), title: title.into(), ..Task::default() };
    let tasks = [("a", "- một"), ("b", "~~hai~~"), ("c", "ba"), ("d", "12. bốn")];
    let tasks = tasks.map(|(id, title)| task(id, title).into());
    let person = Person { login: "lan".into(), ..Person::default() };
    let (title, tasks) = ("1. Kế hoạch".into(), tasks.into());
    let plan = Plan { year: 2024, title, people: vec![person], tasks, ..Plan::default() };
    let mut stage = stage(plan, SMALL, "2024-05-20".parse().unwrap(), Lang::Vi);
    stage.press("F8 Enter 2 Right 2 Right Enter End F2");
    let [markdown, text] = stage.minutes.as_slice() else { panic!("two texts") };
    for part in ["\n1\\. Kế hoạch\n", "\n**–** - một\n", "\n**–** \\~\\~hai\\~\\~\n"] {
        assert!(markdown.contains(part), "{part} is missing in\n{markdown}");
    }
    let parts = ["\nKHÔNG CÓ GÌ MỚI (1)\n\n“ba”\n", "\nCHƯA XEM XÉT (1)\n\n“12. bốn”\n", "Người ghi: lan\n"];
    for part in
        parts.into_iter().chain(["\nSố liệu tính đến ngày 20/05/2024, khi kết thúc: tổng số 4 việc; "])
    {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
}

#[test]
fn the_help_of_a_meeting_begins_with_its_keys() {
    let mut stage = in_meeting();
    stage.press("F1");
    let screen = stage.screen();
    let [own, board] = ["Không có gì mới", "Hằng ngày, trên bảng"].map(|told| screen.find(told));
    assert!(own.is_some() && board.is_none_or(|board| own.unwrap() < board), "{screen}");
}

#[test]
fn what_was_corrected_by_hand_is_not_read_again() {
    let mut stage = in_meeting();
    stage.press("Insert \"Giao Sở Tư pháp rà soát\" Tab Tab Ctrl-U \"Sở Nội vụ\" Up Up \" quy chế trước ngày 15/6\" Enter");
    let given = stage.plans[0].tasks.iter().find(|task| task.source == "Giao ban 20/5/2024").unwrap();
    assert_eq!(given.lead, ["Sở Nội vụ"]);
    assert!(given.title.contains("quy chế"), "{}", given.title);
}

#[test]
fn what_was_typed_is_not_thrown_away_by_one_key() {
    let mut stage = in_meeting();
    stage.press("Insert \"Giao Sở Tư pháp\" Esc");
    assert_eq!(stage.app.mode(), Mode::Ask);
    stage.press("Esc");
    assert_eq!(stage.app.mode(), Mode::Form);
    let (_, draft) = stage.app.draft().unwrap();
    assert_eq!(draft.text(), "Giao Sở Tư pháp");
}

#[test]
fn a_sentence_that_was_cut_short_is_gone_on_with_as_it_was() {
    let mut stage = in_meeting();
    stage.press("Insert \"Giao Sở Tư pháp rà soát quy chế trước ngày 15/6\" Tab Tab Ctrl-U \"Sở Nội vụ\"");
    let (_, draft) = stage.app.draft().unwrap();
    let mut later = in_meeting();
    later.app.plans[0].drafts.push(draft);
    later.press("F12 Enter");
    let screen = later.screen();
    let parts =
        ["Giao việc mới", "Giao Sở Tư pháp rà soát", "Rà soát quy chế", "Sở Nội vụ", "Thời hạn 15/06/2024"];
    assert!(parts.iter().all(|part| screen.contains(part)), "{screen}");
    later.press("Enter");
    let given = later.plans[0].tasks.iter().find(|task| task.source == "Giao ban 20/5/2024").unwrap();
    assert_eq!((given.title.as_str(), &given.lead[..]), ("Rà soát quy chế", &["Sở Nội vụ".to_owned()][..]));
}

#[test]
fn marked_tasks_are_the_agenda() {
    let mut stage = Stage::in_may();
    stage.press("Home , Down , F8");
    assert!(stage.screen().contains("Thứ tự xem xét · 2 việc được đánh dấu"), "{}", stage.screen());
    stage.press("Enter");
    assert_eq!(stage.app.meeting().unwrap().tasks.len(), 2);
}

#[test]
fn a_meeting_that_was_broken_off_is_not_replaced_unasked() {
    let mut stage = in_meeting();
    stage.press("Enter Enter F8 F8 Down Enter");
    assert!(stage.screen().contains("Cuộc họp dở chưa có biên bản"), "{}", stage.screen());
    let before = stage.app.meeting().cloned();
    stage.press("Esc");
    assert_eq!(stage.app.meeting(), before.as_ref());
    stage.press("Enter Enter");
    assert_eq!(stage.app.meeting().unwrap().at, 0);
}

#[test]
fn a_saved_view_opens_the_meeting_in_its_order() {
    let mut stage = Stage::in_may();
    stage.press("F7 \"tong ket\" Enter F8 Down Down Down F9 \"luu bo loc\" Enter \"Thứ Hai\" Enter Esc");
    let view = stage.plans[0].views[0].clone();
    assert_eq!((view.screen.as_str(), view.order.as_str()), ("meeting", "quarter"));
    stage.press("0 F9 \"thu hai\" Enter Enter");
    let meeting = stage.app.meeting().unwrap();
    assert_eq!(meeting.order, tiendo::plan::meeting::MeetingOrder::Quarter);
    let (gone_through, all) = (meeting.tasks.len(), stage.plans[0].tasks.len());
    assert!(gone_through < all, "{gone_through} of {all}");
}

#[test]
fn a_task_that_somebody_deletes_gives_way_to_the_next() {
    let mut stage = in_meeting();
    stage.press("Right");
    let (here, next) = {
        let tasks = &stage.app.meeting().unwrap().tasks;
        (tasks[1].clone(), tasks[2].clone())
    };
    stage.others(|plan| {
        let task = Box::new(plan.task(&here).unwrap().clone());
        vec![Change::Remove { after: plan.before(&here), task }]
    });
    assert_eq!(stage.app.selected().unwrap().task.id, next);
    assert!(stage.screen().contains("2/22"), "{}", stage.screen());
}

#[test]
fn a_plan_that_is_only_read_is_gone_through_and_not_changed() {
    let plan = plan_at(PLAN);
    let setting = Setting {
        lang: Lang::Vi,
        user: "lan".into(),
        calendar: Calendar::new("2024-05-20".parse().unwrap()),
        day: Day::Real,
        size: SMALL,
        begin: Begin::In("".into()),
        seed: 1,
    };
    let open = OpenPlan::new("a.ron".into(), plan.clone(), Access::ReadOnly);
    let mut stage = Stage::of(App::new(setting, vec![open]), vec![plan.clone()]);
    stage.press("F8 Enter");
    let footer = stage.screen().lines().last().unwrap().to_owned();
    assert_eq!(footer.trim(), "Enter Không có gì mới  F1 Trợ giúp  F7 Tìm  Phải Việc sau  F9 Lệnh  F8 Dừng");
    stage.press("2");
    assert!(stage.screen().contains("chỉ đọc"), "{}", stage.screen());
    stage.press("Insert F5 Space = Enter Right");
    assert_eq!(stage.app.meeting().unwrap().at, 2);
    assert!(!stage.press("End").screen().contains("F2"), "{}", stage.screen());
    assert_eq!(stage.plans[0], plan);
}

/// Where somebody is, is told by a file that others can write.
#[test]
fn the_second_screen_shows_a_task_of_the_plan_and_nothing_else() {
    let plan = plan_at(PLAN);
    let mut stage = stage(plan.clone(), SMALL, "2024-05-20".parse().unwrap(), Lang::Vi);
    stage.app = {
        let open = OpenPlan::new("a.ron".into(), plan.clone(), Access::ReadOnly);
        let setting = Setting {
            lang: Lang::Vi,
            user: "chiếu".into(),
            calendar: Calendar::new("2024-05-20".parse().unwrap()),
            day: Day::Real,
            size: SMALL,
            begin: Begin::In("".into()),
            seed: 1,
        };
        App::new(setting, vec![open]).following("lan".into())
    };
    assert!(stage.screen().contains("theo Trần Thị Lan"), "{}", stage.screen());
    assert!(stage.screen().contains("Màn hình này theo cuộc giao ban của Trần Thị Lan khi bắt đầu"));
    let order = MeetingOrder::Lead;
    let place = |id: &str| MeetingPlace { task: Some(TaskId::new(id)), nth: 13, all: 24, order };
    stage.handle(Event::Followed(Some(place("hy24-5"))));
    let screen = stage.screen();
    assert!(screen.contains("13/24   Ban TĐKT") && screen.contains("Tham mưu quy định"), "{screen}");
    for key in ["2", "Space", "Insert", "F2", "F5", "F9", "/", "Enter", "Right", "Delete", "F8", "Ctrl-Z"] {
        assert_eq!(stage.effect_of(key), None, "{key}");
        assert_eq!(stage.app.mode(), Mode::Follow, "{key}");
    }
    let secret = |plan: &Plan| {
        let task = plan.task(&TaskId::new("hy24-5")).unwrap();
        let edit = Edit::new(Field::Note, task.note.clone(), "chưa báo cáo lãnh đạo".to_owned());
        vec![Change::Edit { task: task.id.clone(), edit }]
    };
    stage.others(secret);
    assert!(!stage.screen().contains("chưa báo cáo"), "{}", stage.screen());
    for forged in ["\u{1b}[2J", "hy24-5~2", ""] {
        stage.handle(Event::Followed(Some(place(forged))));
        assert!(stage.screen().contains("Số liệu tính đến"), "{forged:?}");
    }
    let end = MeetingPlace { task: None, nth: 25, all: 24, order };
    stage.handle(Event::Followed(Some(end)));
    assert!(!stage.screen().contains("khi bắt đầu"), "{}", stage.screen());
    stage.handle(Event::Followed(None));
    assert!(stage.screen().contains("Số liệu tính đến") && stage.screen().contains("khi bắt đầu"));
    stage.handle(Event::Broken(PlanKey(0), broken()));
    assert!(!stage.screen().contains("hỏng"), "{}", stage.screen());
}

fn broken() -> Spoken {
    Spoken { vi: "Tệp đang hỏng ở dòng 3".into(), en: "The file is broken at line 3".into() }
}

#[test]
fn what_is_wrong_with_the_file_and_what_narrows_the_tasks_is_seen_in_a_meeting() {
    for size in [SMALL, Size { width: 40, height: 10 }] {
        let mut stage = Stage::new(&[PLAN], size, "2024-05-20".parse().unwrap(), Lang::Vi);
        stage.press("F7 \"hoi nghi\" Enter F8");
        // In the narrowest window the name of the plan is worth more.
        assert_eq!(stage.screen().contains("Tìm: hoi nghi"), size == SMALL, "{}", stage.screen());
        stage.press("Enter").handle(Event::Broken(PlanKey(0), broken()));
        assert!(stage.screen().contains("Tệp đang hỏng ở dòng 3"), "{}", stage.screen());
        stage.others(|_| Vec::new());
        assert!(!stage.screen().contains("hỏng"), "{}", stage.screen());
    }
}

#[test]
fn what_others_change_on_the_slide_is_marked_until_it_is_left() {
    let mut stage = in_meeting();
    let here = stage.app.selected().unwrap().task.id.clone();
    stage.others(|plan| {
        let task = plan.task(&here).unwrap();
        vec![Change::Edit {
            task: here.clone(),
            edit: Edit::new(Field::Note, task.note.clone(), "mới".to_owned()),
        }]
    });
    assert!(stage.screen().contains("Vừa đổi") && stage.screen().contains("Hùng"), "{}", stage.screen());
    stage.press("Right Left");
    assert!(!stage.screen().contains("Vừa đổi"), "{}", stage.screen());
}

#[test]
fn what_one_does_oneself_is_no_news_of_others() {
    let mut stage = in_meeting();
    let here = stage.app.selected().unwrap().task.id.clone();
    let mut plan = stage.plans[0].clone();
    let task = plan.tasks.iter_mut().find(|task| task.id == here).unwrap();
    std::sync::Arc::make_mut(task).title = "Tên sửa trong tệp".into();
    stage.plans[0] = plan;
    stage.others(|_| Vec::new());
    assert!(stage.screen().contains("sửa trong tệp: Nội dung"), "{}", stage.screen());
    stage.press("2");
    assert!(stage.screen().contains("sửa trong tệp: Nội dung"), "{}", stage.screen());
}

const F2: &str = "\x1bOQ";
const F5: &str = "\x1b[15~";
const F6: &str = "\x1b[17~";
const F8: &str = "\x1b[19~";
const INSERT: &str = "\x1b[2~";
const END: &str = "\x1b[F";

/// What is done with a slide, and what is seen when it is on the disk.
const DECISIONS: [&[&str]; 8] = [
    &["2"],
    &["3", "\t", "12/QĐ-UBND", "\r"],
    &["4", "chờ Nghị định", "\r"],
    &[F6, "Nguyễn Văn Hùng", "\r"],
    &["5", "UBND tỉnh rút", "\r"],
    &[".", "họp lại", "\r"],
    &["2", " ", "\r"],
    &[F5, "31/3/2025", "\r", "lấy ý kiến", "\r"],
];

fn decide(terminal: &mut Terminal, nth: usize) {
    let keys = DECISIONS[nth % DECISIONS.len()];
    for key in keys {
        terminal.send(key);
        terminal.sent_in(Duration::from_millis(60));
    }
}

fn go_on(terminal: &mut Terminal, to: usize) {
    terminal.send("\r").wait_for(&format!(" {to}/23 "));
}

#[test]
fn a_meeting_of_twenty_tasks_is_on_the_disk_and_in_its_minutes() {
    let office =
        Office::with_text(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PLAN)).unwrap());
    let mut terminal = Launch::on(&office.plan).start();
    terminal.wait_for("F10 Thoát").send(F8).wait_for("Thứ tự xem xét").send("\r").wait_for(" 1/23 ");
    for nth in 1..13 {
        decide(&mut terminal, nth);
        go_on(&mut terminal, nth + 1);
    }
    meddle(&office);
    terminal.wait_for("Vừa đổi");
    terminal.signal(Signal::HUP);
    assert_eq!(terminal.end(), 129);

    let mut later = Launch::on(&office.plan).start();
    later.wait_for("F10 Thoát").send(F8).wait_for("Tiếp tục cuộc họp 20/05, việc 13/23").send("\r");
    later.wait_for(" 13/23 ");
    for nth in 13..23 {
        decide(&mut later, nth);
        go_on(&mut later, nth + 1);
    }
    for nth in 0..4 {
        later
            .send(INSERT)
            .wait_for("Giao việc mới")
            .send(format!("Giao Sở Tư pháp rà soát quy chế {nth} trước ngày 15/6"));
        later.wait_for("Thời hạn 15/06/2024").send("\r").wait_until_gone("Giao việc mới");
    }
    later.send(END).wait_for("4 việc mới").send(F2).wait_for("Đã ghi");
    later.send("q");
    assert_eq!(later.end(), 0);

    let plan = office.store().plan().clone();
    let minutes = fs::read_to_string(office.path("giao-ban-2024-05-20.txt")).unwrap();
    assert!(office.path("giao-ban-2024-05-20.md").exists());
    assert_minutes_are_the_histories(&plan, &minutes);
    assert_minutes_are_the_log(&office, &minutes);
    assert_eq!(fs::read_dir(office.state().join("meetings")).unwrap().count(), 0, "it is over");
}

/// A colleague changes five of the tasks, the one on the screen among them.
fn meddle(office: &Office) {
    let stamp = Stamp { at: Local::now().fixed_offset(), by: "hùng".into(), why: Why::Untold, on: None };
    let mut store = office.store();
    let kept =
        || tiendo::store::meetings::find(&office.state(), &office.plan).filter(|meeting| meeting.at == 12);
    let meeting = soon(kept);
    for id in &meeting.tasks[10..15] {
        let before = store.plan().task(id).unwrap().product.clone();
        let edit = Edit::new(Field::Product, before, "Quy chế".to_owned());
        store.commit(&[Change::Edit { task: id.clone(), edit }], &stamp, Policy::Ask).unwrap();
    }
}

/// What the program writes down behind the screen.
fn soon<T>(find: impl Fn() -> Option<T>) -> T {
    let until = Instant::now() + Duration::from_secs(20);
    loop {
        if let Some(found) = find() {
            return found;
        }
        assert!(Instant::now() < until, "it is not written down");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Every line of the histories that is not the colleague's is in the minutes, and nothing else is.
fn assert_minutes_are_the_histories(plan: &Plan, minutes: &str) {
    let own = |entry: &&Entry| entry.by != "hùng";
    let entries: Vec<(&Task, &Entry)> = plan
        .tasks
        .iter()
        .flat_map(|task| task.history.iter().filter(own).map(move |entry| (&**task, entry)))
        .collect();
    assert!(entries.len() >= 30, "only {} entries", entries.len());
    let given = entries.iter().filter(|(_, entry)| entry.kind == EntryKind::Added).count();
    assert_eq!(given, 4);
    let expected: Vec<String> =
        entries.iter().flat_map(|(task, entry)| entry.told_whole(task, Lang::Vi)).collect();
    let mut lines: Vec<&str> = minutes.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    let mut expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    lines.sort_unstable();
    expected.sort_unstable();
    assert_eq!(lines, expected);
    assert!(!minutes.contains("Quy chế\n"), "what the colleague has done is not decided here");
}

/// The shell tells of the same things, and of no others.
fn assert_minutes_are_the_log(office: &Office, minutes: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
    let told = command.args(["log", "--lang", "vi"]).arg(&office.plan).output().unwrap().stdout;
    let told = String::from_utf8(told).unwrap();
    let own: Vec<&str> = told.lines().filter(|line| !line.contains("  Nguyễn Văn Hùng  ")).collect();
    assert!(own.len() >= 30 && own.len() < told.lines().count(), "{told}");
    let points: Vec<&str> = minutes.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    // Of a line of progress the log tells that, and the minutes what.
    let label = Field::Progress.label().say(Lang::Vi);
    let (told_of, own): (Vec<&str>, Vec<&str>) =
        own.into_iter().partition(|line| line.contains(&format!("{label}: + ")));
    assert_eq!(told_of.len(), points.iter().filter(|point| point.starts_with(label)).count(), "{minutes}");
    assert!(!told_of.is_empty());
    for line in own {
        assert!(points.iter().any(|point| line.ends_with(point)), "{line} is not in the minutes");
    }
}

#[test]
fn the_second_screen_goes_where_the_first_one_goes() {
    let office =
        Office::with_text(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PLAN)).unwrap());
    let mut first = Launch::on(&office.plan).start();
    first.wait_for("F10 Thoát").send(F8).wait_for("Thứ tự xem xét").send("\r").wait_for(" 1/23 ");
    let account = uzers::get_current_username().unwrap();
    let name = account.to_string_lossy();
    let mut second = Launch::on(&office.plan).arguments(&["--follow", &name]).start();
    second.wait_for(" 1/23 ");
    for nth in 2..5 {
        first.send("\r").wait_for(&format!(" {nth}/23 "));
        second.wait_for(&format!(" {nth}/23 "));
    }
    first.send(F5).wait_for("Đồng ý").send("15/9");
    first.wait_for("15/09/2024");
    assert!(!second.text().contains("15/09/2024"), "what is typed is not shown");
    first.send("\x1b").wait_for("Bỏ phần vừa gõ").read().send("\r").wait_for(" 4/23 ");
    let before = office.text();
    second.send("2 3 q");
    first.send(F8).wait_for("QUÝ I");
    assert_eq!(second.end(), 0);
    assert_eq!(office.text(), before, "the second screen changes nothing");
}

#[test]
fn a_meeting_whose_program_is_killed_is_no_longer_on_the_second_screen() {
    let office =
        Office::with_text(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PLAN)).unwrap());
    let mut first = Launch::on(&office.plan).start();
    first.wait_for("F10 Thoát").send(F8).wait_for("Thứ tự xem xét").send("\r").wait_for(" 1/23 ");
    let account = uzers::get_current_username().unwrap();
    let mut second = Launch::on(&office.plan).arguments(&["--follow", &account.to_string_lossy()]).start();
    second.wait_for(" 1/23 ");
    first.signal(Signal::KILL);
    second.wait_for("Số liệu tính đến");
    let mut again = Launch::on(&office.plan).start();
    again.wait_for("F10 Thoát").send(F8).wait_for("việc 1/23").send("\r").wait_for(" 1/23 ");
    second.wait_for(" 1/23 ").send("q");
    again.send(F8).wait_for("QUÝ I");
}

#[test]
fn what_is_decided_while_the_file_is_broken_waits_and_is_said_to_as_long_as_it_does() {
    let office =
        Office::with_text(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PLAN)).unwrap());
    let whole = office.text();
    let mut terminal = Launch::on(&office.plan).start();
    terminal.wait_for("F10 Thoát").send(F8).wait_for("Thứ tự xem xét").send("\r").wait_for(" 1/23 ");
    fs::write(&office.plan, &whole[..whole.len() - 30]).unwrap();
    terminal.wait_for("Tệp đang hỏng").send("2").wait_for("1 thay đổi đang chờ ghi");
    fs::write(&office.plan, &whole).unwrap();
    terminal
        .wait_until_gone("đang chờ ghi")
        .send("\x1b[C")
        .wait_for(" 2/23 ")
        .wait_for("Đã ghi vào tệp 1 thay đổi");
    assert!(office.text().contains("to: \"Doing\""));
}

#[test]
fn a_plan_that_is_opened_to_be_read_is_left_as_it_is() {
    let office =
        Office::with_text(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PLAN)).unwrap());
    let before = office.text();
    let mut terminal = Launch::on(&office.plan).arguments(&["--read-only"]).start();
    terminal.wait_for("Chỉ đọc").send("2").wait_for("không đổi được");
    terminal
        .send(F8)
        .wait_for("Thứ tự xem xét")
        .send("\r")
        .wait_for(" 1/23 ")
        .send("3")
        .wait_for("không đổi được");
    // What others change appears all the same.
    let task = office.store().plan().named("28").unwrap().clone();
    let edit = Edit::new(Field::Title, task.title.clone(), "Việc mới đổi tên".to_owned());
    let change = Change::Edit { task: task.id.clone(), edit };
    office.store().commit(&[change], &crate::office::stamp(), Policy::Ask).unwrap();
    terminal.wait_for("Việc mới đổi tên").send(F8).wait_for("QUÝ I").send("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(
        office.text().replace("Việc mới đổi tên", &task.title).lines().count(),
        before.lines().count() + 3
    );
    assert!(!office.state().join("meetings").exists() && !office.state().join("seen").exists());
    let beside: Vec<String> = office.leftovers();
    assert!(beside.is_empty(), "{beside:?}");
}

#[test]
fn what_waits_is_not_saved_by_whoever_only_reads() {
    let office = Office::with(1);
    let text = office.text();
    fs::write(&office.plan, "(").unwrap();
    let mut store = tiendo::store::Store::open_as_it_was(&office.plan, Some(&office.state()));
    assert!(store.is_err(), "nothing is known of it yet");
    fs::write(&office.plan, &text).unwrap();
    crate::office::count_on(&mut office.store(), 0, 1);
    let saved = office.text();
    fs::write(&office.plan, "(").unwrap();
    let mut waiting = tiendo::store::Store::open_as_it_was(&office.plan, Some(&office.state())).unwrap();
    waiting.commit(&crate::office::count(0, 1), &crate::office::stamp(), Policy::Ask).unwrap();
    fs::write(&office.plan, &saved).unwrap();
    store = tiendo::store::Store::open_as_it_was(&office.plan, Some(&office.state()));
    let mut reader = store.unwrap();
    reader.only_read();
    let _ = reader.refresh();
    assert_eq!(office.text(), saved);
    assert_eq!(crate::office::note(&reader, 0), 2, "what waits is shown");
    assert_eq!(office.back().plan(), reader.plan());
    assert_ne!(office.text(), saved);
}

#[test]
fn minutes_take_no_name_that_a_file_has() {
    let office = Office::with(1);
    fs::write(office.path("giao-ban-2024-05-20.txt"), "của người khác").unwrap();
    let texts = [("md", "a".to_owned()), ("txt", "b".to_owned())];
    for stem in ["giao-ban-2024-05-20-2", "giao-ban-2024-05-20-3"] {
        let made = tiendo::store::create_texts(&office.plan, "giao-ban-2024-05-20", &texts).unwrap();
        assert_eq!(made, ["md", "txt"].map(|ending| office.path(&format!("{stem}.{ending}"))));
    }
    assert_eq!(fs::read_to_string(office.path("giao-ban-2024-05-20.txt")).unwrap(), "của người khác");
    assert!(!office.path("giao-ban-2024-05-20.md").exists());
}

#[test]
fn a_sitting_has_what_was_done_in_it_to_the_second() {
    let mut meeting = Meeting::new("2024-05-20".parse().unwrap(), MeetingOrder::Late, Vec::new());
    meeting.begin_sitting("2024-05-20T09:00:00.7".parse().unwrap());
    meeting.end_sitting("2024-05-20T10:00:00.2".parse().unwrap());
    meeting.begin_sitting("2024-05-20T14:00:00".parse().unwrap());
    let entry = |at: &str| Entry {
        at: format!("2024-05-20T{at}+07:00").parse().unwrap(),
        by: "lan".into(),
        kind: Field::Note.into(),
        to: at.into(),
        ..Entry::default()
    };
    let times = ["08:59:59", "09:00:00", "10:00:00", "10:00:01", "13:59:59", "14:00:00", "23:00:00"];
    let task = Task { id: TaskId::new("a"), history: times.map(entry).into(), ..Task::default() };
    let plan = Plan { tasks: vec![task.into()], ..Plan::default() };
    let decisions = meeting.decisions(&plan, "lan");
    let told: Vec<&str> = decisions[0].entries.iter().map(|entry| entry.to.as_str()).collect();
    assert_eq!(told, ["09:00:00", "10:00:00", "14:00:00", "23:00:00"]);
    assert!(meeting.decisions(&plan, "hùng").is_empty());
}
