//! The configuration, and what is said of it.

use super::*;

#[test]
fn what_holds_is_shown_with_where_it_comes_from() {
    let desk = Desk::empty();
    desk.write("conf/tiendo/config.ron", "(\n    theme: \"dark\",\n    warning_days: 3,\n)\n");
    let conf = desk.path("conf");
    let said = finish(desk.command(&["config", "--lang", "en"]).env("XDG_CONFIG_HOME", &conf));
    let file = conf.join("tiendo/config.ron").display().to_string();
    let shown = format!(
        "// {file}\n(\n    language: \"en\", // language: --lang\n    theme: \"dark\", // colours: {file}:2:5\n    \
         ascii: false, // ASCII signs only: default\n    warning_days: 3, // days of warning: {file}:3:5\n    \
         folders: [], // folders with plans: default\n    timezone: \"Asia/Ho_Chi_Minh\", // time zone: default\n)\n"
    );
    assert!(said.out.starts_with(&shown), "{}\n{shown}", said.out);
    assert_eq!((said.notes.as_str(), said.exit), ("", 0));
}

#[test]
fn what_is_shown_is_a_configuration() {
    let desk = Desk::empty();
    let shown = desk.call(&["config"]).fine();
    desk.write(".config/tiendo/config.ron", &shown);
    let again = desk.call(&["config"]).fine();
    assert!(again.contains("config.ron:3:5"), "{again}");
}

#[test]
fn a_fault_is_said_and_the_rest_holds() {
    let desk = Desk::new();
    desk.write(".config/tiendo/config.ron", "(\n  them: \"dark\",\n  warning_days: 3,\n)");
    let said = desk.call(&["list", "--quarter", "2", "--format", "json"]);
    let file = desk.path(".config/tiendo/config.ron").display().to_string();
    assert_eq!(said.notes, format!("{file}:2:3: không có mục “them”; có phải là “theme”?\n"));
    assert_eq!(said.exit, 0);
    assert!(said.out.contains("\"state\": \"InTime\""), "{}", said.out);
}

#[test]
fn signs_may_be_kept_to_ascii() {
    let desk = Desk::new();
    desk.write(".config/tiendo/config.ron", "(ascii: true)");
    let table = desk.call(&["list", "--overdue"]).fine();
    assert!(table.is_ascii(), "{table}");
    assert!(table.contains("! Qua han"), "{table}");
    for words in [&["show", "b"][..], &["check"], &["--help"], &["set", "a", "--note", "việc"]] {
        let said = desk.call(words).fine();
        assert!(said.is_ascii(), "{said}");
    }
    assert!(desk.call(&["list", "--lead", "Sở Khác"]).notes.is_ascii());
}

#[test]
fn the_user_is_the_one_who_has_logged_in() {
    let desk = Desk::new();
    let said = finish(desk.command(&["config", "--lang", "en"]).env("USER", "somebody-else"));
    assert!(!said.fine().contains("somebody-else"));
}

/// Two servers whose clocks hang twenty-six hours apart: in between the office's day is the same on both.
#[test]
fn today_is_the_day_of_the_office_wherever_the_server_stands() {
    let desk = Desk::new();
    let today = |config: &str, zone: &str| {
        desk.write(".config/tiendo/config.ron", config);
        let said = finish(desk.command(&["list", "--format", "json"]).env("TZ", zone)).json();
        let today: chrono::NaiveDate = said["today"].as_str().unwrap().parse().unwrap();
        today
    };
    // POSIX zones, which need no database: twelve hours west of Greenwich, and fourteen east.
    let (west, east) = ("WWW12", "EEE-14");
    let before = today("", west);
    let after = today("", east);
    assert!((0..=1).contains(&(after - before).num_days()), "midnight may have gone by between the calls");
    assert_ne!(today("(timezone: \"local\")", west), today("(timezone: \"local\")", east));
    assert_eq!(today("(timezone: \"-12:00\")", east), today("(timezone: \"local\")", west));
}

/// What is written down is told in hours of the office.
#[test]
fn stamps_have_the_hours_of_the_office() {
    let desk = Desk::new();
    for (zone, offset) in [("Asia/Ho_Chi_Minh", "+07:00"), ("+03:00", "+03:00"), ("local", "+00:00")] {
        desk.write(".config/tiendo/config.ron", &format!("(timezone: \"{zone}\")"));
        finish(desk.command(&["set", "a", "--note", zone]).env("TZ", "UTC")).fine();
        let log = finish(desk.command(&["log", "a", "--format", "json"]).env("TZ", "UTC")).json();
        assert!(log[0]["at"].as_str().unwrap().ends_with(offset), "{zone}: {log}");
    }
}
