//! Help, languages, what is meant by a call, completions and the manual.

use super::*;

const VERBS: [&str; 9] = ["list", "show", "set", "add", "remove", "check", "config", "completions", "man"];

#[test]
fn help_is_in_the_language_of_the_user() {
    let desk = Desk::empty();
    let help = desk.call(&["--help"]).fine();
    assert!(
        help.contains("Cách dùng: tiendo") && help.contains("Tùy chọn:") && help.contains("Lệnh:"),
        "{help}"
    );
    let help = desk.english(&["--help"]).fine();
    assert!(help.contains("Usage: tiendo") && help.contains("Options:") && help.contains("Verbs:"), "{help}");
    for verb in VERBS {
        let vietnamese = desk.call(&[verb, "--help"]).fine();
        assert!(vietnamese.contains(&format!("Cách dùng: tiendo {verb}")), "{vietnamese}");
        for english in ["Usage", "Options", "Arguments", "Print", "possible values", "default"] {
            assert!(!vietnamese.contains(english), "{english}: {vietnamese}");
        }
    }
}

#[test]
fn the_language_is_taken_from_the_call_then_the_environment_then_the_configuration() {
    let desk = Desk::new();
    desk.write(".config/tiendo/config.ron", "(language: \"en\")");
    let first = |command: &mut Command| finish(command.arg("--help")).out.lines().nth(2).unwrap().to_owned();
    assert!(first(&mut desk.command(&["list"])).starts_with("Usage"));
    assert!(first(desk.command(&["list"]).env("TIENDO_LANG", "vi")).starts_with("Cách dùng"));
    assert!(first(desk.command(&["list", "--lang", "en"]).env("TIENDO_LANG", "vi")).starts_with("Usage"));
    assert!(first(desk.command(&["--lang=vi", "list"]).env("TIENDO_LANG", "en")).starts_with("Cách dùng"));
}

#[test]
fn a_language_that_is_not_spoken_is_told() {
    let desk = Desk::new();
    let said = finish(desk.command(&["list", "--overdue", "--today", "2024-01-01"]).env("TIENDO_LANG", "fr"));
    said.is("", "TIENDO_LANG: không có ngôn ngữ “fr”; cần “vi” hoặc “en”\nkhông có việc nào\n", 0);
    let said = desk.call(&["list", "--lang", "fr"]);
    assert_eq!(
        (said.notes.as_str(), said.exit),
        ("tiendo: “fr” không dùng được cho --lang; các giá trị: vi, en\n", 2)
    );
}

#[test]
fn a_call_that_is_not_understood_is_explained() {
    let usage = "Usage: tiendo list [PLAN]… [OPTIONS]\n";
    let explained = [
        (&["list", "--leed", "x"][..], format!("no option “--leed”; did you mean “--lead”?\n{usage}")),
        (
            &["list", "--sort", "du"],
            "“du” is not a value for --sort; did you mean “due”? The values are no, due, status\n".into(),
        ),
        (&["list", "--lead"], "“--lead” lacks its value: --lead <NAME>\n".into()),
        (&["show", "a.ron", "b", "c"], "unexpected “c”\nUsage: tiendo show [PLAN] TASK [OPTIONS]\n".into()),
        (
            &["list", "--sort", "no", "--sort", "due"],
            format!("“--sort <no|due|status>” may be given only once\n{usage}"),
        ),
        (
            &["restore", "--to", "1", "--missing"],
            "“--to <VERSION>” and “--missing” do not go together\nUsage: tiendo restore [PLAN] [OPTIONS]\n"
                .into(),
        ),
        (
            &["list", "--due-within", "soon"],
            "“soon” is not a value for --due-within: expected a number of days, from 0 to 65535\n".into(),
        ),
        (&["show"], "<TASK> is missing\nUsage: tiendo show [PLAN] TASK [OPTIONS]\n".into()),
        (&["plan.ron", "list"], "the plan goes after the command: tiendo list plan.ron\n".into()),
    ];
    let desk = Desk::new();
    for (words, notes) in explained {
        finish(&mut desk.command(&[&["--lang", "en"], words].concat())).is(
            "",
            &format!("tiendo: {notes}"),
            2,
        );
    }
}

#[test]
fn today_may_be_any_day() {
    let desk = Desk::new();
    let overdue = |today: &str| {
        let json =
            finish(&mut desk.command(&["--today", today, "list", "--overdue", "--format", "json"])).json();
        (json["today"].as_str().unwrap().to_owned(), json["tasks"].as_array().unwrap().len())
    };
    assert_eq!(overdue("2024-03-31"), ("2024-03-31".into(), 0));
    assert_eq!(overdue("1/4/2024"), ("2024-04-01".into(), 2));
    assert_eq!(overdue("2025-01-01"), ("2025-01-01".into(), 3));
    let said = finish(&mut desk.command(&["list", "--lang", "en", "--today", "30/2/2024"]));
    said.is("", "tiendo: “30/2/2024” is not a value for --today: month 2 of 2024 has 29 days\n", 2);
}

#[test]
fn the_only_plan_need_not_be_named() {
    let desk = Desk::with("data/plan.ron", PLAN);
    assert_eq!(desk.call(&["list", "--format", "json"]).json()["plan"]["path"], "data/plan.ron");
    desk.write("other.ron", PLAN);
    let notes = "tiendo: có nhiều kế hoạch, hãy ghi rõ:\n  other.ron\n  data/plan.ron\n";
    desk.call(&["show", "1"]).is("", notes, 2);
}

#[test]
fn the_environment_and_the_configuration_name_plans() {
    let desk = Desk::with("office/plan.ron", PLAN);
    desk.write("here.ron", &PLAN.replace("tasks:", "// here\n    tasks:"));
    desk.write(".config/tiendo/config.ron", "(folders: [\"~/office\"])");
    let path = |command: &mut Command| {
        let json = finish(command.args(["--format", "json"])).json();
        json["plan"]["path"].as_str().unwrap().to_owned()
    };
    assert_eq!(path(&mut desk.command(&["list"])), desk.path("office/plan.ron").to_str().unwrap());
    assert_eq!(path(desk.command(&["list"]).env("TIENDO_PLAN", "here.ron")), "here.ron");
    assert_eq!(path(desk.command(&["list", "here.ron"]).env("TIENDO_PLAN", "office/plan.ron")), "here.ron");
    assert_eq!(path(&mut desk.command(&["list", "office"])), "office/plan.ron");
}

#[test]
fn a_plan_that_only_a_variable_names_is_told_with_it() {
    let desk = Desk::new();
    for words in [&["list"][..], &["show", "1"], &["set", "1", "--note", "x"]] {
        let said = finish(desk.command(words).args(["--lang", "en"]).env("TIENDO_PLAN", "gone.ron"));
        said.is("", "TIENDO_PLAN: gone.ron: There is no such file. Check its name and folder.\n", 2);
    }
    let said = finish(desk.command(&["list", "away.ron", "--lang", "en"]).env("TIENDO_PLAN", "away.ron"));
    said.is("", "away.ron: There is no such file. Check its name and folder.\n", 2);
}

#[test]
fn help_tells_the_arguments_in_their_order_and_what_may_be_chosen() {
    let desk = Desk::empty();
    let help = desk.call(&["show", "--help"]).fine();
    assert!(help.find("  [KẾ_HOẠCH]  ").unwrap() < help.find("  <VIỆC>  ").unwrap(), "{help}");
    let help = desk.call(&["completions", "--help"]).fine();
    assert!(help.contains("bash, zsh, fish, elvish, powershell"), "{help}");
}

#[test]
fn no_plan_at_all_is_said() {
    let said = Desk::empty().english(&["list"]);
    said.is("", "tiendo: no plan (*.ron) here, in data/ or in the configured folders\n", 2);
}

#[test]
fn a_file_that_is_not_there_may_have_been_meant_as_a_verb() {
    let said = Desk::new().english(&["lst"]);
    said.is("", "lst: There is no such file. Check its name and folder. Did you mean the verb “list”?\n", 2);
}

#[test]
fn the_board_is_not_drawn_into_a_pipe() {
    let desk = Desk::new();
    let notes =
        "tiendo: this is not a terminal, so the board cannot be drawn; to print the tasks: tiendo list\n";
    desk.english(&["plan.ron"]).is("", notes, 2);
    desk.english(&[]).is("", notes, 2);
}

#[test]
fn completions_know_every_verb_and_option() {
    let desk = Desk::empty();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = desk.call(&["completions", shell]).fine();
        for word in VERBS.into_iter().chain(["due-within", "done-on", "today", "lang"]) {
            assert!(script.contains(word), "{shell}: {word}");
        }
        let has_values = ["bash", "zsh", "fish"].contains(&shell);
        assert!(
            !has_values || ["doing", "year", "json"].iter().all(|value| script.contains(value)),
            "{shell}"
        );
    }
    assert_eq!(desk.call(&["completions", "tcsh"]).exit, 2);
}

#[test]
fn the_manual_names_every_option() {
    let desk = Desk::empty();
    for lang in ["vi", "en"] {
        let page = finish(&mut desk.command(&["man", "--lang", lang])).fine();
        let mut head = page.lines();
        let date = head.next().unwrap().strip_prefix(".TH TIENDO 1 \"").unwrap().split('"').next().unwrap();
        assert!(date.parse::<chrono::NaiveDate>().is_ok(), "{page}");
        let name = head.nth(1).unwrap();
        assert!(name.starts_with("tiendo \\- ") && !name.contains(". ") && !name.ends_with('.'), "{name}");
        for verb in VERBS {
            assert!(page.contains(&format!("\n.SS tiendo {verb}")), "{verb}");
            let help = finish(&mut desk.command(&[verb, "--help", "--lang", lang])).fine();
            for option in options(&help) {
                assert!(page.contains(&option.replace('-', "\\-")), "{option} of {verb} in {page}");
            }
        }
    }
}

/// The long options of a help text.
fn options(help: &str) -> Vec<&str> {
    let words = help.split([' ', '\n', ',']).filter(|word| word.starts_with("--"));
    let options: Vec<&str> = words.collect();
    assert!(options.len() >= 3, "{help}");
    options
}

#[test]
fn the_version_is_told() {
    Desk::empty().call(&["--version"]).is(&format!("tiendo {}\n", env!("CARGO_PKG_VERSION")), "", 0);
}
