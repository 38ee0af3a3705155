//! An office begins: a plan is made on the screen of the real program, and is one of its plans from then on.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use rustix::process::Signal;
use tempfile::TempDir;
use tiendo::app::layout::Size;
use tiendo::app::{Access, Effect, Event};
use tiendo::plan::{Plan, PlanKey};
use tiendo::words::Lang;

use crate::office::is_root;
use crate::pty::{Launch, Terminal};
use crate::stage::Stage;

/// What F2 asks of the world.
fn made(stage: &mut Stage) -> (PathBuf, Plan) {
    match stage.effect_of("F2") {
        Some(Effect::Make(path, plan)) => (path, *plan),
        other => panic!("{other:?} makes no plan\n{}", stage.screen()),
    }
}

#[test]
fn a_name_without_a_folder_goes_to_the_other_plans() {
    let mut stage = Stage::in_may();
    stage.press("F9 \"ke hoach moi\" Enter \"A\" Tab \"1/KH\" Tab \"Sở\" Tab \"2025\" Tab \"b.ron\"");
    let (path, plan) = made(&mut stage);
    assert_eq!(path, Path::new("data/b.ron"));
    assert_eq!([&plan.title, &plan.number, &plan.issuer].map(String::as_str), ["A", "1/KH", "Sở"]);
    assert_eq!((plan.year, plan.tasks.len()), (2025, 0));
    let mut stage = Stage::in_may();
    stage.press("F9 \"ke hoach moi\" Enter \"A\" Up Down Down Down Down \"./b.ron\" Shift-Tab");
    assert_eq!(made(&mut stage).0, Path::new("./b.ron"));
}

#[test]
fn what_narrows_one_plan_does_not_narrow_the_new_one() {
    let mut stage = Stage::in_may();
    stage.press("F7 \"hoi nghi\" Enter F9 \"ke hoach moi\" Enter \"A\" F2");
    assert!(stage.screen().contains("Insert để thêm"), "{}", stage.screen());
    assert!(!stage.screen().contains("hoi nghi"), "{}", stage.screen());
}

#[test]
fn the_list_keeps_its_order_as_long_as_it_is_looked_at() {
    let plans = ["data/hung-yen-2024.ron", "data/son-la-2024.ron"];
    let size = Size { width: 80, height: 24 };
    let mut stage = Stage::new(&plans, size, "2024-01-05".parse().unwrap(), Lang::Vi);
    let is_first = |stage: &Stage, name: &str| {
        let screen = stage.screen();
        plans.iter().all(|plan| screen.find(name) <= screen.find(plan))
    };
    assert!(is_first(&stage, plans[0]));
    let mut late = stage.plans[1].clone();
    Arc::make_mut(&mut late.tasks[0]).due = Some("2024-01-02".parse().unwrap());
    stage.handle(Event::Loaded(PlanKey(1), late, Access::Write, None));
    assert!(is_first(&stage, plans[0]), "{}", stage.screen());
    assert!(stage.screen().contains("1 quá hạn"), "{}", stage.screen());
    stage.press("Enter Esc");
    assert!(is_first(&stage, plans[1]), "{}", stage.screen());
}

const F2: &str = "\x1bOQ";
const F9: &str = "\x1b[20~";
const F10: &str = "\x1b[21~";
const INSERT: &str = "\x1b[2~";
const UNDO: &str = "\x1a";

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Somebody else does something in the folder.
fn elsewhere(folder: &Path, words: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
    command.args(words).current_dir(folder).env_clear().env("HOME", folder.join("minh"));
    let done = command.stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

/// The window is open and has a title in it.
fn with_title(terminal: &mut Terminal, title: &str) {
    terminal.wait_for("Tên kế hoạch");
    terminal.send(title).wait_for(title);
}

#[test]
fn an_office_without_a_plan_makes_its_first_one_and_works_in_it_with_others() {
    let folder = folder();
    let file = folder.path().join("ke-hoach-thi-dua-2024.ron");
    let mut terminal = Launch::in_folder(folder.path()).start();
    terminal.wait_for("Ở đây chưa có kế hoạch nào").send(INSERT);
    with_title(&mut terminal, "Kế hoạch thi đua");
    terminal.send(F2).wait_for("Insert để thêm");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("title: \"Kế hoạch thi đua\",\n    year: 2024,\n    tasks: [],\n"), "{text}");
    let name = file.file_name().unwrap().to_str().unwrap();
    elsewhere(folder.path(), &["add", name, "--title", "Của người khác", "--quarters", "1"]);
    terminal.wait_for("Của người khác");
    terminal.send(INSERT).wait_for("Việc mới").send("Việc của lan").send("\r");
    terminal.wait_for("Việc của lan");
    assert!(fs::read_to_string(&file).unwrap().contains("Việc của lan"));
    terminal.send(F10).wait_for("F7").send(UNDO).wait_until_gone("Việc của lan");
    let text = fs::read_to_string(&file).unwrap();
    assert!(!text.contains("Việc của lan") && text.contains("Của người khác"), "{text}");
    assert_eq!(terminal.send(F10).end(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_second_plan_is_made_beside_the_first_and_both_are_listed() {
    let folder = folder();
    elsewhere(folder.path(), &["new", "a.ron", "--title", "Kế hoạch thứ nhất", "--year", "2024"]);
    let mut terminal = Launch::on(&folder.path().join("a.ron")).start();
    terminal.wait_for("Insert để thêm").send(F9).wait_for("Tìm lệnh").send("ke hoach moi\r");
    with_title(&mut terminal, "Kế hoạch thứ hai");
    terminal.send(F2).wait_for("Đã lập ");
    assert!(folder.path().join("ke-hoach-thu-hai-2024.ron").exists());
    terminal.send(F9).wait_for("Tìm lệnh").send("cac ke hoach\r").wait_for("+ Kế hoạch mới");
    terminal.wait_for("Kế hoạch thứ nhất").wait_for("Kế hoạch thứ hai");
    assert_eq!(terminal.send(F10).end(), 0);
}

#[test]
fn a_plan_that_is_asked_for_and_not_there_is_made_or_left() {
    let folder = folder();
    let file = folder.path().join("moi.ron");
    let mut terminal = Launch::on(&file).start();
    terminal.wait_for("moi.ron: lập kế hoạch mới");
    assert_eq!(terminal.send(F10).end(), 2);
    assert!(terminal.text().contains("moi.ron: Không tìm thấy tệp."), "{}", terminal.text());
    assert!(!file.exists());
    let mut terminal = Launch::on(&file).start();
    with_title(&mut terminal, "Kế hoạch mới tinh");
    terminal.send(F10).wait_for("Bỏ phần vừa gõ?").send(F10).wait_until_gone("Bỏ phần vừa gõ?");
    terminal.send(F2).wait_for("Insert để thêm");
    assert!(fs::read_to_string(&file).unwrap().contains("Kế hoạch mới tinh"));
    assert_eq!(terminal.send(F10).end(), 0);
}

#[test]
fn what_was_typed_for_a_plan_when_the_line_dropped_is_there_at_the_next_start() {
    let folder = folder();
    let file = folder.path().join("moi.ron");
    let mut terminal = Launch::on(&file).start();
    with_title(&mut terminal, "Kế hoạch đang gõ");
    terminal.send("\r12/KH").wait_for("12/KH").hang_up();
    terminal.end();
    assert!(!file.exists());
    // It is told of where other work is gone on with, and goes on in the same window.
    elsewhere(folder.path(), &["new", "a.ron", "--title", "Kế hoạch khác", "--year", "2024"]);
    let mut terminal = Launch::on(&folder.path().join("a.ron")).start();
    terminal.wait_for("Kế hoạch mới đang gõ dở").signal(Signal::TERM);
    terminal.end();
    let mut terminal = Launch::on(&file).start();
    terminal.wait_for("Kế hoạch đang gõ").wait_for("12/KH");
    terminal.send(F2).wait_for("Insert để thêm");
    assert!(fs::read_to_string(&file).unwrap().contains("Kế hoạch đang gõ"));
    assert_eq!(terminal.send(F10).end(), 0);
    let mut terminal = Launch::on(&folder.path().join("nua.ron")).start();
    terminal.wait_for("nua.ron: lập kế hoạch mới");
    assert!(!terminal.text().contains("Kế hoạch đang gõ"), "it is made\n{}", terminal.text());
    assert_eq!(terminal.send(F10).end(), 2);
}

#[test]
fn what_was_typed_for_a_plan_and_thrown_away_is_gone() {
    let folder = folder();
    let file = folder.path().join("moi.ron");
    let mut terminal = Launch::on(&file).start();
    with_title(&mut terminal, "Kế hoạch đang gõ");
    terminal.hang_up();
    terminal.end();
    let mut terminal = Launch::on(&file).start();
    terminal.wait_for("Kế hoạch đang gõ").send(F10).wait_for("Bỏ phần vừa gõ?");
    assert_eq!(terminal.send("\r").end(), 2);
    let mut terminal = Launch::on(&file).start();
    terminal.wait_for("moi.ron: lập kế hoạch mới");
    assert_eq!(terminal.send(F10).end(), 2, "nothing is typed that could be lost");
}

#[test]
fn a_file_that_appears_meanwhile_is_left_alone_and_nothing_that_was_typed_is_lost() {
    let folder = folder();
    let file = folder.path().join("moi.ron");
    let mut terminal = Launch::on(&file).start();
    with_title(&mut terminal, "Kế hoạch của lan");
    fs::write(&file, "của người khác").unwrap();
    terminal.send(F2).wait_for("nên không ghi đè").wait_for("Kế hoạch của lan");
    assert_eq!(fs::read_to_string(&file).unwrap(), "của người khác");
    terminal.send("\x15").send("khac.ron\r").wait_for("Insert để thêm");
    assert!(folder.path().join("khac.ron").exists());
    assert_eq!(terminal.send(F10).end(), 0);
}

#[test]
fn where_nothing_can_be_written_it_is_said_and_another_place_may_be_typed() {
    let setpriv = "/usr/bin/setpriv";
    if is_root() && !Path::new(setpriv).exists() {
        eprintln!("not tested, because there is no setpriv: a folder that cannot be written");
        return;
    }
    let folder = folder();
    let open = folder.path().join("open");
    fs::create_dir(&open).unwrap();
    fs::set_permissions(&open, Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o555)).unwrap();
    let launch = Launch::on(&folder.path().join("moi.ron"));
    let guest = [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups"];
    let mut terminal = if is_root() { launch.within(&guest) } else { launch }.start();
    with_title(&mut terminal, "Kế hoạch");
    terminal.send(F2).wait_for("Không có quyền ghi ở đây");
    terminal.send("\x15").send("open/moi.ron\r").wait_for("Insert để thêm");
    assert!(open.join("moi.ron").exists());
    assert_eq!(terminal.send(F10).end(), 0);
}
