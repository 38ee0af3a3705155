//! What others do while somebody is away.

use rustix::process::Signal;

use crate::office::*;
use crate::pty::{Launch, Terminal};

fn back_at(office: &Office) -> Terminal {
    let mut terminal = Launch::on(&office.plan).start();
    terminal.wait_for("F10 Thoát");
    terminal
}

fn leave(mut terminal: Terminal) {
    terminal.send("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_others_do_while_i_am_away_is_marked_until_i_come_by() {
    let office = Office::with(5);
    leave(back_at(&office));
    for task in [1, 3] {
        count_once(&mut office.store(), task).unwrap();
    }
    let mut terminal = back_at(&office);
    terminal.wait_for("◄ 2 vừa đổi");
    // To the column of these tasks, and past the first of the two.
    terminal.send("\x1b[C".repeat(3)).send("\x1b[B".repeat(2)).wait_for("◄ 1 vừa đổi");
    leave(terminal);
    let mut terminal = back_at(&office);
    terminal.wait_for("◄ 1 vừa đổi");
    // The line drops: what was seen by then was seen.
    terminal.send("\x1b[C".repeat(3)).send("\x1b[B".repeat(4)).wait_until_gone("vừa đổi");
    terminal.signal(Signal::HUP);
    assert_eq!(terminal.end(), 129);
    let mut terminal = back_at(&office);
    // What is marked by then is all that there is to mark.
    count_once(&mut office.store(), 4).unwrap();
    terminal.wait_for("vừa đổi");
    assert!(terminal.text().contains("◄ 1 vừa đổi"), "{}", terminal.text());
    leave(terminal);
}

#[test]
fn who_is_here_for_the_first_time_finds_no_marks_but_of_what_happens_now() {
    let office = Office::with(5);
    count_once(&mut office.store(), 1).unwrap();
    let mut terminal = back_at(&office);
    count_once(&mut office.store(), 3).unwrap();
    terminal.wait_for("vừa đổi");
    assert!(terminal.text().contains("◄ 1 vừa đổi"), "{}", terminal.text());
    leave(terminal);
}
