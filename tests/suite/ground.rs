//! The terminal is asked whether it is dark or light, and nobody waits: whenever and however the answer comes, it is
//! never typed, and it is never left for the shell.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{fs, iter};

use crate::office::Office;
use crate::pty::{Launch, Terminal, asks};
use crate::smoke::{F10, office, wait_for_search};

const LIGHT: &str = "\x1b]11;rgb:fdfd/f6f6/e3e3\x07";

/// The same in all its forms, ended by a bell or by the mark for the end of a text.
const FORMS: [&str; 6] = [
    LIGHT,
    "\x1b]11;rgb:fdfd/f6f6/e3e3\x1b\\",
    "\x1b]11;rgb:FD/F6/E3\x1b\\",
    "\x1b]11;rgba:fdfd/f6f6/e3e3/ffff\x07",
    "\u{9d}11;rgb:fdfd/f6f6/e3e3\u{9c}",
    "\x1b]11;rgb:f/f/e\x07",
];

/// Longer than an escape alone is waited with when nothing is expected.
const PAUSE: Duration = Duration::from_millis(40);

/// Within this time all is drawn that an answer changes.
const SETTLED: Duration = Duration::from_millis(150);

/// A terminal that has been asked and says nothing by itself. Something is in progress on the board: its sign has
/// another colour on another ground.
fn asked(office: &Office) -> Terminal {
    let mut terminal = Launch::on(&office.plan).unanswered().start();
    terminal.wait_for("F10 Thoát").send(" ").wait_for("► Đang thực hiện");
    assert!(asks(&terminal.sent));
    terminal
}

fn pieces(text: &str) -> impl Iterator<Item = &[u8]> {
    text.as_bytes().chunks(1)
}

/// The colour of the sign of the first task that is in progress.
fn colour(terminal: &Terminal) -> vt100::Color {
    let text = terminal.text();
    let places = text.lines().map(|line| line.chars().position(|it| it == '►')).enumerate();
    // The second line counts them.
    let (row, column) = places.skip(2).find_map(|(row, column)| Some((row, column?))).unwrap();
    terminal.screen().cell(row as u16, column as u16).unwrap().fgcolor()
}

/// What is on the screen, whatever ground stands behind the end of a line.
fn written(terminal: &Terminal) -> String {
    terminal.text().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// What is on a board in a terminal that has not said anything yet.
struct Before {
    text: String,
    colour: vt100::Color,
    file: String,
}

impl Before {
    fn of(terminal: &Terminal, office: &Office) -> Self {
        Self { text: written(terminal), colour: colour(terminal), file: office.text() }
    }
}

fn wait_for_light(terminal: &mut Terminal, before: &Before) {
    terminal.wait_until("the colours of a light ground", |terminal| colour(terminal) != before.colour);
    terminal.sent_in(SETTLED);
}

/// Nothing has been typed: the board is as it was, and leaving needs no more than one key.
fn assert_untouched(terminal: &mut Terminal, before: &Before, office: &Office) {
    assert_eq!(written(terminal), before.text);
    assert_eq!(office.text(), before.file);
    assert_eq!(terminal.send("q").end(), 0);
    terminal.assert_given_back();
}

#[test]
fn the_colours_change_when_the_answer_comes_and_nothing_is_typed() {
    for form in FORMS {
        let office = office();
        let mut terminal = asked(&office);
        let before = Before::of(&terminal, &office);
        terminal.send(form);
        wait_for_light(&mut terminal, &before);
        assert_untouched(&mut terminal, &before, &office);
    }
}

/// crossterm drops them.
#[test]
fn an_answer_with_controls_of_one_byte_is_no_text_where_it_comes_at_once() {
    let office = office();
    let mut terminal = asked(&office);
    let before = Before::of(&terminal, &office);
    terminal.send(b"\x9d11;rgb:fdfd/f6f6/e3e3\x9c");
    wait_for_light(&mut terminal, &before);
    assert_untouched(&mut terminal, &before, &office);
}

#[test]
fn an_answer_that_comes_byte_by_byte_is_not_typed() {
    for form in FORMS {
        let office = office();
        let mut terminal = asked(&office);
        let before = Before::of(&terminal, &office);
        for piece in pieces(form) {
            terminal.send(piece).sent_in(PAUSE);
        }
        wait_for_light(&mut terminal, &before);
        assert_untouched(&mut terminal, &before, &office);
    }
}

#[test]
fn an_answer_in_the_middle_of_a_text_is_no_part_of_it() {
    for form in FORMS {
        let office = office();
        let mut terminal = asked(&office);
        terminal.sent_in(Duration::from_secs(1));
        terminal.send("/so").send(form).send(" noi");
        wait_for_search(&mut terminal, "so noi");
        terminal.send(format!(" v{form}{form}u"));
        wait_for_search(&mut terminal, "so noi vu");
        for piece in pieces(form).filter(|_| form == FORMS[1]) {
            terminal.send(piece).sent_in(PAUSE);
        }
        terminal.send(" 11;]");
        wait_for_search(&mut terminal, "so noi vu 11;]");
        assert_eq!(terminal.send("\x1b\x1bq\x03").end(), 0);
    }
}

/// Long after the question an escape alone is a key, whoever has sent it. What comes behind it is no text even then.
#[test]
fn an_answer_that_nobody_awaits_any_more_is_no_text() {
    let office = office();
    let mut terminal = asked(&office);
    terminal.send("\x1b").wait_until_gone("Ctrl-Z hoàn tác").sent_in(Duration::from_secs(6));
    let before = Before::of(&terminal, &office);
    for piece in pieces(LIGHT) {
        terminal.send(piece).sent_in(PAUSE);
    }
    wait_for_light(&mut terminal, &before);
    terminal.send("/so noi").wait_for("so noi").send(&LIGHT[..9]).sent_in(PAUSE);
    terminal.send(&LIGHT[9..]).send("!");
    wait_for_search(&mut terminal, "so noi!");
    terminal.send("\x1b").wait_until_gone("dấu): ");
    assert_untouched(&mut terminal, &before, &office);
}

#[test]
fn keys_that_an_answer_is_made_of_are_keys() {
    let office = office();
    let mut terminal = asked(&office);
    terminal.send("/");
    let text = "]11;rgb:00/";
    for end in 1..=text.len() {
        terminal.send(&text[end - 1..end]);
        wait_for_search(&mut terminal, &text[..end]);
    }
    terminal.send("\x1b").wait_until_gone("dấu): ").send("/\\");
    wait_for_search(&mut terminal, "\\");
    assert_eq!(terminal.send("\x03").end(), 0);
}

#[test]
fn a_terminal_that_never_answers_is_left_all_the_same() {
    for stay in [Duration::ZERO, Duration::from_secs(1)] {
        let office = office();
        let mut terminal = Launch::on(&office.plan).unanswered().start();
        terminal.wait_for("F10 Thoát").sent_in(stay);
        let begin = Instant::now();
        // At once, where `q` waits whether it is the beginning of a word.
        assert_eq!(terminal.send(F10).end(), 0);
        let taken = begin.elapsed();
        println!("after {stay:?} left in {taken:?}");
        // A question that is no longer young is not waited for.
        assert!(taken + stay < Duration::from_secs(2), "{taken:?}");
        terminal.assert_given_back();
    }
}

/// A shell takes what the program leaves unread.
#[test]
fn an_answer_that_comes_when_the_program_is_left_is_not_left_for_the_shell() {
    let office = office();
    let shell = ["/bin/sh", "-c", r#""$@"; printf "left:"; cat"#, "sh"];
    let mut terminal = Launch::on(&office.plan).within(&shell).unanswered().start();
    terminal.wait_for("F10 Thoát").send(F10).sent_in(Duration::from_millis(100));
    terminal.send(&LIGHT[..7]).sent_in(PAUSE);
    terminal.send(&LIGHT[7..]).wait_for("left:").send("all\r").wait_for("left:all");
    terminal.send("\x04");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.text().contains("left:all\nall"), "{}", terminal.text());
}

#[test]
fn nobody_is_asked_who_could_not_answer_or_need_not() {
    let office = office();
    let is_asked = |launch: Launch| {
        let mut terminal = launch.start();
        terminal.wait_for("F10 Thoát");
        assert_eq!(terminal.send("q").end(), 0);
        asks(&terminal.sent)
    };
    let launch = || Launch::on(&office.plan);
    assert!(is_asked(launch()));
    assert!(is_asked(launch().variable("TERM", "screen-256color").variable("TMUX", "/tmp/tmux")));
    for term in ["linux", "vt220", "screen-256color", "ansi"] {
        assert!(!is_asked(launch().variable("TERM", term)), "{term}");
    }
    assert!(!is_asked(launch().variable("STY", "1.pts-0.office")));
    assert!(!is_asked(launch().variable("NO_COLOR", "1")));
    let config = office.plan.parent().unwrap().join(".config/tiendo");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("config.ron"), "(theme: \"dark\")").unwrap();
    assert!(!is_asked(launch()));
}

const TMUX: &str = "/usr/bin/tmux";

/// Ends with the test, whatever has come of it.
struct TmuxServer(PathBuf);

impl Drop for TmuxServer {
    fn drop(&mut self) {
        let _ = Command::new(TMUX).arg("-S").arg(&self.0).arg("kill-server").output();
    }
}

/// tmux answers itself, for the ground of its window, and hands the keys on.
#[test]
fn in_a_real_tmux_the_ground_is_learned_and_nothing_of_the_answer_is_typed() {
    if !Path::new(TMUX).exists() {
        eprintln!("not tested, because there is no tmux: what it answers when it is asked for the ground");
        return;
    }
    for (ground, doing) in [("#fdf6e3", vt100::Color::Idx(23)), ("#1c1c1c", vt100::Color::Idx(80))] {
        let office = office();
        let [config, socket] = ["tmux.conf", "tmux"].map(|name| office.path(name));
        fs::write(&config, format!("set -g status off\nset -g window-style bg={ground}\n")).unwrap();
        let server = TmuxServer(socket);
        let words = ["-u", "-S", server.0.to_str().unwrap(), "-f", config.to_str().unwrap(), "new-session"];
        let words: Vec<&str> = iter::once(TMUX).chain(words).collect();
        let mut terminal = Launch::on(&office.plan).within(&words).start();
        terminal.wait_for("F10 Thoát").send(" ").wait_for("► Đang thực hiện");
        terminal.wait_until("the colours of this ground", |terminal| colour(terminal) == doing);
        terminal.sent_in(SETTLED);
        let text = terminal.text();
        assert!(!text.contains("Chưa mở ô nhập nào") && !text.contains("rgb"), "{text}");
        terminal.send("/so noi");
        wait_for_search(&mut terminal, "so noi");
        assert_eq!(terminal.send("\x03").end(), 0);
    }
}
