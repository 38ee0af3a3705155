//! Windows over the board: what they are about stays in sight, and the board behind them is live.

use tiendo::app::keymap::Mode;
use tiendo::app::layout::Size;
use tiendo::words::Lang;

use crate::stage::Stage;

fn ha_giang(size: Size) -> Stage {
    Stage::new(&["data/ha-giang-2021.ron"], size, "2021-05-20".parse().unwrap(), Lang::Vi)
}

const USUAL: Size = Size { width: 80, height: 24 };

#[test]
fn a_filter_shows_what_it_leaves_while_it_is_typed() {
    let mut stage = ha_giang(USUAL);
    let all = stage.app.shown().rows.len();
    let before = stage.press("Right Down Down").app.selected().unwrap().task.id.clone();
    let left = stage.press("F4 \"giao duc\"").app.shown().rows.len();
    assert!(left > 0 && left < all, "{left} of {all}");
    let count = format!("{left}/{all} việc");
    assert!(stage.screen().contains(&count), "{count}\n{}", stage.screen());
    // What does not fit is gone again, and nothing was moved by looking.
    stage.press("Esc");
    assert_eq!(stage.app.shown().rows.len(), all);
    assert_eq!(stage.app.selected().map(|item| &item.task.id), Some(&before));
    stage.press("F4 \"giao duc\" Enter");
    assert_eq!(stage.app.shown().rows.len(), left);
}

#[test]
fn a_mark_in_the_filter_is_seen_on_the_board_at_once() {
    let mut stage = ha_giang(USUAL);
    let one = stage.press("F4 \"giao duc\" Tab").app.shown().rows.len();
    let two = stage.press("\"tu phap\" Tab").app.shown().rows.len();
    assert!(two > one, "{one} {two}");
    assert_eq!(stage.press("Enter").app.shown().rows.len(), two);
}

#[test]
fn the_task_stays_in_sight_while_its_status_is_chosen() {
    for (width, height) in [(80, 24), (120, 40), (200, 50)] {
        let mut stage = ha_giang(Size { width, height });
        let no = stage.app.selected().unwrap().task.no.clone();
        let screen = stage.press("=").screen();
        assert!(screen.contains("Tạm dừng"), "{screen}");
        assert!(screen.contains(&format!("▌ ○ {no}")), "{screen}");
    }
}

#[test]
fn a_small_screen_gives_a_window_all_of_it_but_the_keys() {
    let mut stage = ha_giang(Size { width: 40, height: 10 });
    let screen = stage.press("=").screen();
    let lines: Vec<&str> = screen.lines().collect();
    assert!(lines[0].starts_with('┌') && lines[8].starts_with('└'), "{screen}");
    assert!(lines[9].contains("Enter"), "{screen}");
}

#[test]
fn the_colours_of_the_projector_are_two_keys_and_a_word_away() {
    let mut stage = ha_giang(USUAL);
    let mut seen = Vec::new();
    for _ in 0..5 {
        stage.press("F9 \"doi mau\" Enter");
        seen.push((stage.theme.palette, stage.app.notice().unwrap_or_default().to_owned()));
    }
    assert!(seen.iter().any(|(_, told)| told == "Màu: máy chiếu"), "{seen:?}");
    let next = stage.press("F9 \"doi mau\" Enter").theme.palette;
    assert_eq!(next, seen[0].0, "once around: {seen:?}");
}

#[test]
fn every_field_is_a_command() {
    for (typed, told) in [
        ("ghi chu", "Ghi chú"),
        ("han hoan thanh", "Hạn hoàn thành"),
        ("ngay hoan thanh", "Ngày hoàn thành"),
        ("phoi hop", "Cơ quan phối hợp"),
    ] {
        let mut stage = ha_giang(USUAL);
        let screen = stage.press(&format!("F9 \"sua {typed}\" Enter")).screen();
        assert!(screen.contains(&format!("─ {told} ─")), "{typed}:\n{screen}");
    }
}

/// As in other lists, with the input method on or off; Esc takes back what was typed before it leaves.
#[test]
fn the_help_is_typed_to_narrow() {
    let mut stage = ha_giang(USUAL);
    stage.press("F1 \"lấy lại\"");
    let screen = stage.screen();
    assert!(screen.contains("Lấy lại điều vừa làm") && !screen.contains("Thêm việc"), "{screen}");
    for typed in ["\"lay lai\"", "\"laa\" Backspace Backspace \"ấy\"", "\"ctrl-z\""] {
        assert!(stage.press("Esc").screen().contains("Thêm việc"), "all of it\n{}", stage.screen());
        let screen = stage.press(typed).screen();
        assert!(screen.contains("Lấy lại điều") && !screen.contains("Thêm việc"), "{typed}\n{screen}");
    }
    assert_eq!(stage.press("Esc").app.mode(), Mode::Help);
    assert_eq!(stage.press("\"q\" Esc Esc").app.mode(), Mode::Board);
    assert!(!stage.has_quit);
}

#[test]
fn past_messages_are_typed_to_narrow() {
    let mut stage = ha_giang(USUAL);
    stage.press("2 Ctrl-Z F9 \"thong bao\" Enter");
    let count = |stage: &Stage| stage.screen().matches("00:00").count();
    let all = count(&stage);
    stage.press("\"hoan tac\"");
    assert!(all > 1 && count(&stage) > 0, "{}", stage.screen());
    assert!(stage.press("\"xyz\"").screen().contains("Không có kết quả"));
    stage.press("Esc");
    assert_eq!(count(&stage), all);
    assert_eq!(stage.press("Esc").app.mode(), Mode::Board);
}
