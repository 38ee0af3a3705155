//! The same calls where somebody watches: in a terminal of so many columns.

use std::ffi::OsStr;
use std::io::Read;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use tiendo::text;

use super::*;

/// Calls the program in a terminal and types the answer; what the terminal got, and the exit status.
pub(super) fn watched(
    desk: &Desk,
    columns: u16,
    words: &[impl AsRef<OsStr>],
    answer: &str,
    variable: (&str, impl AsRef<OsStr>),
) -> (String, u32) {
    let size = PtySize { rows: 24, cols: columns, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tiendo"));
    command.args(words);
    command.args(["--today", "2024-05-20"]);
    command.cwd(desk.folder.path());
    command.env_clear();
    command.env("HOME", desk.folder.path());
    command.env("TERM", "xterm");
    command.env(variable.0, variable.1);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut writer = pair.master.take_writer().unwrap();
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    writer.write_all(answer.as_bytes()).unwrap();
    let mut seen = Vec::new();
    // A terminal whose other end has gone is an error on Linux, after everything has been read.
    let _ = reader.read_to_end(&mut seen);
    let exit = child.wait().unwrap().exit_code();
    (String::from_utf8(seen).unwrap().replace("\r\n", "\n"), exit)
}

const USUAL: (&str, &str) = ("TIENDO_LANG", "vi");

#[test]
fn the_list_fits_the_terminal() {
    let desk =
        Desk::with("plan.ron", &PLAN.replace("Tổng kết năm trước", &"Tổng kết năm trước; ".repeat(20)));
    for columns in [20, 40, 60, 80, 132, 200] {
        let (seen, exit) = watched(&desk, columns, &["list"], "", ("NO_COLOR", "1"));
        assert_eq!((seen.lines().count(), exit), (7, 0), "{seen}");
        let widest = seen.lines().map(text::width).max().unwrap();
        assert!(widest <= columns.into(), "{columns}:\n{seen}");
    }
    let (seen, _) = watched(&desk, 80, &["list", "--overdue"], "", ("NO_COLOR", "1"));
    let expected = "\
Tiến độ    Số  Hạn              Chủ trì   Nội dung nhiệm vụ
▲ Quá hạn  1   31/03/2024 (CN)  Ban TĐKT  Tổng kết năm trước; Tổng kết năm…
tính đến 20/05/2024
";
    assert_eq!(seen, expected);
}

#[test]
fn lateness_is_coloured_unless_colour_is_not_wanted() {
    let desk = Desk::new();
    let coloured = |variable| {
        watched(&desk, 80, &["list", "--overdue"], "", variable).0.contains("\n\x1b[1;31m▲ Quá hạn\x1b[0m  1")
    };
    assert!(coloured(USUAL));
    let (seen, _) = watched(&desk, 80, &["list"], "", USUAL);
    assert!(seen.contains("\x1b[33m► Sắp đến hạn\x1b[0m"), "{seen:?}");
    assert!(
        seen.contains("\n\x1b[32m●\x1b[0m Hoàn thành quá hạn  "),
        "only the sign of what is done: {seen:?}"
    );
    assert!(!coloured(("NO_COLOR", "1")));
    assert!(!coloured(("TERM", "dumb")));
    assert!(!desk.call(&["list"]).fine().contains('\x1b'));
}

#[test]
fn a_long_title_is_wrapped_under_itself() {
    let desk = Desk::with(
        "plan.ron",
        &PLAN.replace("Trực điện thoại", "Trực điện thoại và trả lời các cơ quan, đơn vị trong tỉnh"),
    );
    let (seen, _) = watched(&desk, 48, &["show", "d"], "", USUAL);
    let title = "Nội dung nhiệm vụ  Trực điện thoại và trả lời\n                   các cơ quan, đơn vị trong\n                   tỉnh\n";
    assert!(seen.contains(title), "{seen}");
}

#[test]
fn deleting_asks_where_somebody_can_answer() {
    let desk = Desk::new();
    let (seen, exit) = watched(&desk, 80, &["remove", "c"], "k\n", USUAL);
    assert!(
        seen.contains("Xóa việc 3 · Báo cáo | cuối năm? [c/K] ") && seen.ends_with("Không xóa.\n"),
        "{seen}"
    );
    assert_eq!((exit, desk.text("plan.ron").as_str()), (1, PLAN));
    let (seen, exit) = watched(&desk, 80, &["remove", "c"], "có\n", USUAL);
    assert!(seen.contains("đã xóa"), "{seen}");
    assert_eq!((exit, ids(&desk, &[]).as_str()), (0, "a b d e"));
}
