//! The real program in a real terminal: it starts, it hears every key, and it gives the terminal back.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;
use rustix::process::Signal;
use tiendo::app::layout::Size;
use tiendo::plan::{Change, Edit, Field, Status, Task, TaskId};
use tiendo::store::Policy;
use tiendo::words::Lang;

use crate::office::{Office, stamp};
use crate::pty::{Launch, Terminal};
use crate::stage::Stage;
use crate::typing::STREAMS;

const F2: &str = "\x1bOQ";
const F7: &str = "\x1b[18~";
pub(crate) const F10: &str = "\x1b[21~";
const DOWN: &str = "\x1b[B";
const UP: &str = "\x1b[A";
const INSERT: &str = "\x1b[2~";

/// With Hưng Yên's plan in it.
pub(crate) fn office() -> Office {
    let plan = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/hung-yen-2024.ron");
    Office::with_text(&fs::read_to_string(plan).unwrap())
}

/// The board is open, on the first task of the second quarter.
fn at_the_board(office: &Office) -> Terminal {
    board_of(Launch::on(&office.plan))
}

fn board_of(launch: Launch) -> Terminal {
    let mut terminal = launch.start();
    terminal.wait_for("F10 Thoát");
    terminal
}

/// What an app without a terminal shows in such a window, but for the first line: it names the user.
fn picture(office: &Office, width: u16, height: u16, keys: &str) -> String {
    let size = Size { width, height };
    let path = office.plan.to_str().unwrap();
    let mut stage = Stage::new(&[path], size, "2024-05-20".parse().unwrap(), Lang::Vi);
    below_the_first_line(&stage.press(keys).screen())
}

fn below_the_first_line(screen: &str) -> String {
    let lines: Vec<&str> = screen.lines().skip(1).map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}

fn wait_for_picture(terminal: &mut Terminal, picture: &str) {
    let is_drawn = |terminal: &Terminal| below_the_first_line(&terminal.text()) == picture;
    terminal.wait_until(&format!("the picture\n{picture}"), is_drawn);
}

#[test]
fn it_shows_the_board_and_gives_the_terminal_back() {
    for key in ["q", F10, "\x03"] {
        let office = office();
        let mut terminal = at_the_board(&office);
        assert!(terminal.screen().alternate_screen() && terminal.screen().bracketed_paste());
        wait_for_picture(&mut terminal, &picture(&office, 80, 24, ""));
        assert_eq!(terminal.send(key).end(), 0, "{key:?}");
        terminal.assert_given_back();
        assert_eq!(office.leftovers(), Vec::<String>::new());
    }
}

#[test]
fn ctrl_c_leaves_from_every_screen() {
    for keys in ["\r", "\r\r", "/", F2, "?", ":", "\x1bOS", "\x1b[3~", INSERT] {
        let office = office();
        let mut terminal = at_the_board(&office);
        assert_eq!(terminal.send(keys).send("\x03").end(), 0, "{keys:?}");
        terminal.assert_given_back();
    }
}

#[test]
fn a_signal_that_ends_it_gives_the_terminal_back_and_is_told_by_the_exit_code() {
    for (signal, code) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let office = office();
        let mut terminal = at_the_board(&office);
        terminal.signal(signal);
        assert_eq!(terminal.end(), code);
        terminal.assert_given_back();
    }
}

#[test]
fn nothing_stays_behind_when_the_terminal_is_closed() {
    let launches: [fn(&Path) -> Launch; 3] =
        [Launch::on, Launch::ignoring_hangups, |plan| Launch::on(plan).without_signals()];
    for launch in launches {
        let office = office();
        let mut terminal = board_of(launch(&office.plan));
        terminal.send(" ").wait_for("Đang thực hiện");
        terminal.hang_up();
        assert_eq!(terminal.end(), 129);
        assert!(office.text().contains("status: Doing"));
        assert_eq!(office.leftovers(), Vec::<String>::new());
    }
}

#[test]
fn it_stops_and_goes_on_with_the_whole_picture() {
    let office = office();
    let mut terminal = at_the_board(&office);
    terminal.signal(Signal::TSTP);
    terminal.wait_until("the terminal to be given back", |terminal| !terminal.screen().alternate_screen());
    // It stops a little later than it gives the terminal back, and a signal before that has no effect.
    while !terminal.screen().alternate_screen() {
        terminal.signal(Signal::CONT);
        terminal.sent_in(Duration::from_millis(50));
    }
    wait_for_picture(&mut terminal, &picture(&office, 80, 24, ""));
    assert!(terminal.screen().alternate_screen() && terminal.screen().bracketed_paste());
    assert_eq!(terminal.send("q").end(), 0);
    terminal.assert_given_back();
}

#[test]
fn a_storm_of_sizes_ends_with_the_right_picture() {
    let office = office();
    let mut terminal = at_the_board(&office);
    let mut runner = TestRunner::deterministic();
    for _ in 0..200 {
        let (width, height) = (1..=300_u16, 1..=100_u16).new_tree(&mut runner).unwrap().current();
        terminal.resize(width, height);
        terminal.send(DOWN);
    }
    terminal.resize(120, 40);
    terminal.send("\x1b[1~");
    wait_for_picture(&mut terminal, &picture(&office, 120, 40, ""));
    assert_eq!(terminal.send("q").end(), 0);
}

#[test]
fn every_window_gets_its_own_picture() {
    let office = office();
    let sizes =
        [(1, 1), (2, 1), (1, 9), (9, 2), (20, 5), (40, 10), (60, 20), (132, 43), (300, 100), (80, 24)];
    let mut terminal = at_the_board(&office);
    for (width, height) in sizes {
        terminal.resize(width, height);
        wait_for_picture(&mut terminal, &picture(&office, width, height, ""));
    }
    assert_eq!(terminal.send("q").end(), 0);
    for (width, height) in sizes {
        let mut terminal = Launch::on(&office.plan).window(width, height).start();
        wait_for_picture(&mut terminal, &picture(&office, width, height, ""));
        assert_eq!(terminal.send("q").end(), 0);
        terminal.assert_given_back();
    }
}

/// The times that the threads of a process have gone to sleep by themselves.
#[cfg(target_os = "linux")]
fn naps(process: u32) -> Vec<String> {
    let threads = fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let told = |path: std::path::PathBuf| {
        let status = fs::read_to_string(path.join("status")).unwrap();
        status.lines().find(|line| line.starts_with("voluntary_ctxt_switches")).unwrap().to_owned()
    };
    threads.map(|thread| told(thread.unwrap().path())).collect()
}

#[test]
fn it_does_nothing_while_nothing_happens() {
    let office = office();
    let mut terminal = at_the_board(&office);
    // Until what was begun at the start is done.
    while terminal.sent_in(Duration::from_millis(300)) > 0 {}
    // Other tests mount file systems, which wakes the one that looks whether the plan's folder is still the same.
    let is_quiet = (0..5).any(|_| {
        #[cfg(target_os = "linux")]
        let before = naps(terminal.process());
        assert_eq!(terminal.sent_in(Duration::from_secs(2)), 0);
        #[cfg(not(target_os = "linux"))]
        return true;
        #[cfg(target_os = "linux")]
        return naps(terminal.process()) == before;
    });
    assert!(is_quiet, "a thread wakes up again and again");
}

#[test]
fn a_key_that_changes_nothing_sends_nothing() {
    let office = office();
    let mut terminal = at_the_board(&office);
    while terminal.sent_in(Duration::from_millis(300)) > 0 {}
    let before = terminal.sent.len();
    terminal.send(UP).send("!").send("\x1b[23~").send("\x7f").send("\x08");
    assert_eq!(terminal.sent_in(Duration::from_millis(500)), 0);
    terminal.send(DOWN).wait_until("a move", |terminal| terminal.sent.len() > before);
}

#[test]
fn a_status_that_is_on_the_screen_is_on_disk() {
    let office = office();
    let mut terminal = at_the_board(&office);
    let before = office.text();
    terminal.send(" ").wait_for("► Đang thực hiện");
    let after = office.text();
    assert!(!before.contains("status: Doing") && after.contains("status: Doing"));
    terminal.send("3").wait_for("● Đã hoàn thành");
    assert!(office.text().contains("done_on: \"2024-05-20\""));
    terminal.send("\x1a").wait_for("► Đang thực hiện");
    assert!(!office.text().contains("done_on: \"2024-05-20\""));
    assert_eq!(terminal.send("q").end(), 0);
}

/// The program is left, or the line drops, and the user is back on the same day.
#[test]
fn what_was_done_before_a_restart_can_be_taken_back_but_not_what_others_did() {
    let office = office();
    let before = office.text();
    let mut terminal = at_the_board(&office);
    terminal.send("3").wait_for("● Đã hoàn thành").send("\r").wait_for("F10 Thoát");
    assert_eq!(terminal.send("q").end(), 0);
    let done = office.text();
    let mut terminal = at_the_board(&office);
    terminal.send("\x1a").wait_for("Đã hoàn tác").wait_for("○ Chưa thực hiện");
    assert_eq!(office.text(), before, "nothing of it is left in the text");
    terminal.send("\x1a").wait_for("Không còn gì để hoàn tác");
    terminal.send("\x19").wait_for("● Đã hoàn thành");
    assert_eq!(terminal.send("q").end(), 0);
    assert_eq!(without_times(&office.text()), without_times(&done));

    // Somebody else has changed the same since.
    let mut store = office.store();
    let task = Task::clone(store.plan().tasks.iter().find(|task| task.no == "9").unwrap());
    let edit = Edit::new(Field::Status, task.status, Status::Paused);
    let day = Edit::new(Field::DoneOn, task.done_on, None);
    let changes = [edit, day].map(|edit| Change::Edit { task: task.id.clone(), edit });
    store.commit(&changes, &stamp(), Policy::Ask).unwrap();
    let text = office.text();
    let mut terminal = at_the_board(&office);
    terminal.send("\x1a").wait_for("vừa đặt Trạng thái");
    terminal.send("\x1a").wait_for("Không còn gì để hoàn tác");
    assert_eq!(office.text(), text);
    assert_eq!(terminal.send("q").end(), 0);
}

fn without_times(text: &str) -> String {
    text.split("at: \"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect()
}

/// Twenty keys before the first answer: each is about what the one before has left.
#[test]
fn no_key_is_lost_while_a_change_is_saved() {
    let office = office();
    let mut terminal = at_the_board(&office);
    terminal.send(" \x1b[B \x1b[B \x1b[B \x1b[B \x1b[A-").wait_until("four tasks in progress", |_| {
        let doing = |line: &&str| line.contains("status: Doing");
        office.text().lines().filter(doing).count() == 4
    });
    terminal.wait_for("► 4 đang làm");
}

fn title(id: &str, before: &str, after: &str) -> Change {
    let edit = Edit::new(Field::Title, before.to_owned(), after.to_owned());
    Change::Edit { task: TaskId::new(id), edit }
}

#[test]
fn what_others_save_appears_and_the_selection_stays() {
    let office = office();
    let mut terminal = at_the_board(&office);
    terminal.send(DOWN).send(DOWN).wait_for("─ 12 ─");
    let mut store = office.store();
    let plan = store.plan().clone();
    let at = plan.tasks.iter().position(|task| task.no == "9").unwrap();
    let first = plan.tasks[at].clone();
    let edit = title(first.id.text(), &first.title, "Người khác sửa");
    assert!(store.commit(&[edit], &stamp(), Policy::Ask).unwrap().conflict.is_none());
    terminal.wait_for("Người khác").wait_for("─ 12 ─");
    let row = |terminal: &Terminal| terminal.text().lines().position(|line| line.contains("▌ ○ 12"));
    terminal.wait_until("the chosen card", |terminal| row(terminal).is_some());
    let before = row(&terminal);
    let now = Task::clone(&store.plan().tasks[at]);
    let remove = Change::Remove { after: plan.before(&now.id), task: Box::new(now) };
    assert!(store.commit(&[remove], &stamp(), Policy::Ask).unwrap().conflict.is_none());
    terminal.wait_until_gone("Người khác").wait_for("─ 12 ─").wait_for("27 việc");
    terminal.wait_until("the card to move up", |terminal| row(terminal).is_some() && row(terminal) < before);
    terminal.send(" ").wait_for("► Đang thực hiện");
    let doing: Vec<String> = office
        .store()
        .plan()
        .tasks
        .iter()
        .filter(|task| task.status == Status::Doing)
        .map(|task| task.no.clone())
        .collect();
    assert_eq!(doing, ["12"]);
}

#[test]
fn a_broken_file_is_told_of_and_left_alone_until_it_is_mended() {
    let office = office();
    let mut terminal = at_the_board(&office);
    let good = office.text();
    let broken = good.replacen("title: \"Họp Hội đồng", "title \"Họp Hội đồng", 1);
    assert_ne!(good, broken);
    let line = broken.lines().position(|line| line.contains("title \"Họp")).unwrap() + 1;
    fs::write(&office.plan, &broken).unwrap();
    terminal.wait_for(&format!("dòng {line}, cột ")).wait_for("Họp Hội");
    // The bell of a key that does nothing is a frame that says so.
    terminal.send(" ").send(DOWN).wait_for("─ 10 ─");
    assert_eq!(office.text(), broken);
    fs::write(&office.plan, good.replacen("Họp Hội đồng", "Họp lại Hội đồng", 1)).unwrap();
    terminal.wait_until_gone("dòng ").wait_for("Họp lại").wait_for("─ 10 ─");
    terminal.send(" ").wait_for("► Đang thực hiện");
    assert!(office.text().contains("Họp lại Hội đồng") && office.text().contains("status: Doing"));
}

#[test]
fn a_terminal_that_cannot_show_it_is_told_of_the_plain_commands() {
    let office = office();
    for term in ["dumb", ""] {
        let mut terminal = Launch::on(&office.plan).variable("TERM", term).start();
        assert_eq!(terminal.end(), 2);
        assert!(terminal.text().contains("tiendo list"), "{}", terminal.text());
        assert!(!terminal.sent.contains(&0x1b), "{}", terminal.text());
        terminal.assert_given_back();
    }
    let mut piped = Command::new(env!("CARGO_BIN_EXE_tiendo"));
    let output = piped.arg(&office.plan).env("TERM", "xterm").stdin(Stdio::null()).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]));
    assert!(String::from_utf8_lossy(&output.stderr).contains("tiendo list"));
}

/// The parameters of every `ESC [ … m`.
fn looks(sent: &[u8]) -> Vec<String> {
    let sent = String::from_utf8_lossy(sent).into_owned();
    let sequences = sent.split("\x1b[").skip(1);
    let looks = sequences.filter_map(|sequence| {
        let end = sequence.find(|c: char| !c.is_ascii_digit() && c != ';' && c != ':')?;
        sequence[end..].starts_with('m').then(|| sequence[..end].to_owned())
    });
    looks.collect()
}

#[test]
fn no_color_means_no_colour_at_all() {
    let office = office();
    let tour =
        [" ", "\x1b[15~", "\x1b[15~", "/", "so noi\r", "\x1b", "\r", "\x1b", "?", "\x1b", "\x1bOS", "\x1b"];
    let sent_with = |launch: Launch| {
        let mut terminal = board_of(launch);
        for keys in tour {
            let before = terminal.sent.len();
            terminal.send(keys).wait_until("another screen", |terminal| terminal.sent.len() > before).read();
        }
        assert_eq!(terminal.send("\x1b\x1bq\x03").end(), 0);
        terminal.sent.clone()
    };
    let is_colour = |parameter: &str| !matches!(parameter, "" | "0" | "1" | "4" | "7" | "22" | "24" | "27");
    let coloured = |sent: &[u8]| {
        let looks = looks(sent);
        assert!(!looks.is_empty());
        looks.into_iter().filter(|look| look.split(';').any(is_colour)).collect::<Vec<_>>()
    };
    let plain = sent_with(Launch::on(&office.plan).variable("NO_COLOR", "1"));
    assert_eq!(coloured(&plain), Vec::<String>::new());
    assert_ne!(coloured(&sent_with(Launch::on(&office.plan))), Vec::<String>::new());
}

/// Thousands of bytes in one go are more than crossterm reads at once.
#[test]
fn a_burst_of_keys_is_taken_whole() {
    let office = office();
    let mut terminal = at_the_board(&office);
    terminal.send(INSERT).wait_for("Việc mới");
    let words = "việc ".repeat(500);
    assert_eq!(words.len(), 3500);
    terminal.send(&words).send("\r");
    terminal.wait_until("the new task", |_| office.text().contains(words.trim_end()));
    terminal.wait_for("Enter Sửa").send("\x1b").wait_until_gone("Enter Sửa");
    terminal.send(DOWN.repeat(3000)).send("q");
    assert_eq!(terminal.end(), 0);
}

/// A line that gathers keys sends both at once, and so do people who are quick.
#[test]
fn an_escape_right_before_another_key_is_not_lost() {
    let office = office();
    let mut terminal = at_the_board(&office);
    terminal.send("\r").wait_for("Ngày hoàn thành").send("\x1bq");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_paste_is_text() {
    let office = office();
    let mut terminal = at_the_board(&office);
    let before = office.text();
    terminal.send("\x1b[200~ 3-q\x03\x1b[201~").wait_for("không dán được");
    assert_eq!(office.text(), before);
    terminal.send("/\x1b[200~So\u{309}\u{309} Nội vu\u{323}\nhai\x1b[201~");
    terminal.wait_for("Nội vụ").send("\r").wait_for("Nội vụ");
    assert_eq!(terminal.send("q").end(), 0);
}

/// Types a stream into the terminal, in one go or each byte by itself.
#[derive(Debug, Clone, Copy)]
enum Pace {
    Whole,
    Bytes,
}

fn type_stream(terminal: &mut Terminal, stream: &str, backspace: &str, pace: Pace) {
    let stream = stream.replace('⌫', backspace);
    match pace {
        Pace::Whole => {
            terminal.send(stream);
        }
        Pace::Bytes => stream.bytes().for_each(|byte| {
            terminal.send([byte]);
        }),
    }
}

const PACES: [(&str, Pace); 4] =
    [("\x7f", Pace::Whole), ("\x08", Pace::Whole), ("\x7f", Pace::Bytes), ("\x08", Pace::Bytes)];

/// All the words in one field.
fn all_words() -> (String, String) {
    let (streams, words): (Vec<&str>, Vec<&str>) = STREAMS.into_iter().unzip();
    (streams.join(" "), words.join(" "))
}

pub(crate) fn wait_for_search(terminal: &mut Terminal, text: &str) {
    let line = format!(" Tìm (không cần dấu): {text}");
    terminal.wait_until(&line, |terminal| terminal.text().lines().any(|it| it.trim_end() == line));
}

#[test]
fn what_an_input_method_sends_is_the_word_in_the_search() {
    let office = office();
    let mut terminal = at_the_board(&office);
    for (backspace, pace) in PACES {
        for (at, (stream, word)) in STREAMS.into_iter().enumerate() {
            // The first word that is typed after the key that opens the field is no other than the rest.
            let opener = if at % 2 == 0 { "/" } else { F7 };
            type_stream(&mut terminal, &format!("{opener}{stream}"), backspace, pace);
            wait_for_search(&mut terminal, word);
            terminal.send("\x1b").wait_until_gone("dấu): ");
        }
    }
    assert_eq!(terminal.send("q").end(), 0);
}

#[test]
fn what_an_input_method_sends_is_the_word_on_disk() {
    let (stream, words) = all_words();
    for (at, (backspace, pace)) in PACES.into_iter().enumerate() {
        let office = office();
        let mut terminal = at_the_board(&office);
        // Enter or F2 opens the field.
        let opener = ["\r", F2][at % 2];
        terminal.send("\r").wait_for("Ngày hoàn thành").send(opener).send("\x15");
        type_stream(&mut terminal, &stream, backspace, pace);
        terminal
            .send("\r")
            .wait_until("the title", |_| office.text().contains(&format!("title: \"{words}\"")));
        terminal.send(UP.repeat(20)).send(DOWN.repeat(9)).send(opener).wait_for("Xuống dòng");
        type_stream(&mut terminal, &format!("{stream}\r{stream}"), backspace, pace);
        terminal.send(F2).wait_until("the note", |_| {
            office.store().plan().tasks.iter().any(|task| task.note == format!("{words}\n{words}"))
        });
        assert_eq!(terminal.send("\x1bq").end(), 0);
    }
}

/// A slow line tears letters and keys into bytes that come one after the other.
#[test]
fn a_slow_line_spoils_no_letter_and_no_key() {
    let office = office();
    let mut terminal = at_the_board(&office);
    let slowly = |terminal: &mut Terminal, text: &str| {
        for byte in text.bytes() {
            terminal.send([byte]);
            terminal.sent_in(Duration::from_millis(10));
        }
    };
    slowly(&mut terminal, DOWN);
    terminal.wait_for("─ 10 ─");
    slowly(&mut terminal, F7);
    slowly(&mut terminal, "so\x7fơ\x7fở nội vụ");
    wait_for_search(&mut terminal, "sở nội vụ");
}

#[test]
fn a_key_that_an_input_method_has_changed_is_no_command() {
    let office = office();
    let mut terminal = at_the_board(&office);
    let before = office.text();
    for changed in ["ư", "\x7fđ", "\x08đ", "ơ", "\x7fâ", "\x7fạ", "Ư", "\x08\x08dd"] {
        terminal.send(changed);
    }
    // What is read together with a text is a part of it.
    terminal.wait_for("Chưa mở ô nhập nào").read().send(DOWN).wait_for("─ 10 ─");
    assert_eq!(office.text(), before);
    assert_eq!(terminal.send(F10).end(), 0);
}
