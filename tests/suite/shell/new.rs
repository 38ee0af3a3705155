//! A plan is made by a call, and takes the place of nothing.

use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;

use proptest::prelude::*;

use super::*;

#[test]
fn a_plan_is_made_as_the_program_itself_would_write_it() {
    let desk = Desk::empty();
    let words = ["new", "thi-dua.ron", "--title", "Kế hoạch thi đua", "--year", "2027"];
    let more = ["--number", "01/KH-SNV", "--issuer", "Sở Nội vụ", "--issued", "2026-12-30"];
    let told = "thi-dua.ron: đã lập “Kế hoạch thi đua”, năm 2027\n\
                Mở bảng: tiendo thi-dua.ron · Thêm việc: tiendo add thi-dua.ron --title …\n";
    desk.call(&[&words[..], &more].concat()).is(told, "", 0);
    let expected = r#"#![enable(implicit_some)]
Plan(
    version: 1,
    title: "Kế hoạch thi đua",
    number: "01/KH-SNV",
    issuer: "Sở Nội vụ",
    issued: "2026-12-30",
    year: 2027,
    tasks: [],
)
"#;
    assert_eq!(desk.text("thi-dua.ron"), expected);
    assert_eq!(desk.call(&["check", "thi-dua.ron"]).exit, 0);
    desk.call(&["add", "thi-dua.ron", "--title", "Việc đầu", "--quarters", "1"]).fine();
    assert!(desk.text("thi-dua.ron").contains("title: \"Việc đầu\""));
}

#[test]
fn without_a_year_it_is_this_year_and_a_name_with_blanks_is_told_as_a_shell_takes_it() {
    let desk = Desk::empty();
    let said = desk.english(&["new", "kế hoạch.ron", "--title", "a"]).fine();
    let year = desk.text("kế hoạch.ron").split_once("year: ").unwrap().1[..4].to_owned();
    assert_eq!(said.lines().next(), Some(format!("kế hoạch.ron: “a”, {year}, is made").as_str()));
    assert!(said.contains("tiendo 'kế hoạch.ron' ·"), "{said}");
    assert!((2024..2100).contains(&year.parse().unwrap()));
}

#[test]
fn nothing_loses_its_place_to_a_new_plan() {
    let desk = Desk::new();
    symlink("plan.ron", desk.path("link.ron")).unwrap();
    symlink("nowhere.ron", desk.path("dangling.ron")).unwrap();
    std::fs::create_dir(desk.path("folder.ron")).unwrap();
    for name in ["plan.ron", "link.ron", "dangling.ron", "folder.ron"] {
        let vi = "Đã có tệp, thư mục hoặc liên kết mang tên này nên không ghi đè. Hãy chọn tên khác.";
        desk.call(&["new", name, "--title", "a"]).is("", &format!("{name}: {vi}\n"), 2);
        let en = "Something has this name already, and is not written over. Choose another name.";
        desk.english(&["new", name, "--title", "a"]).is("", &format!("{name}: {en}\n"), 2);
    }
    assert_eq!(desk.text("plan.ron"), PLAN);
    assert!(!desk.path("nowhere.ron").exists());
    assert_eq!(std::fs::read_dir(desk.folder.path()).unwrap().count(), 4);
}

#[test]
fn what_cannot_be_made_is_told_with_what_to_do() {
    let desk = Desk::empty();
    let closed = desk.path("closed");
    std::fs::create_dir(&closed).unwrap();
    for folder in [desk.folder.path(), &closed] {
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    }
    let long = "a".repeat(501);
    let refused: [(&[&str], &str); 9] = [
        (&["kh", "--title", "a"], "kh: The name must end in .ron and not begin with a dot"),
        (&[".kh.ron", "--title", "a"], ".kh.ron: The name must end in .ron"),
        (&["no/kh.ron", "--title", "a"], "no/kh.ron: There is no such folder, so nothing is saved. Check"),
        (&["closed/kh.ron", "--title", "a"], "closed/kh.ron: You may not write here, so nothing is saved."),
        (&["kh.ron"], "tiendo: --title: A plan must have a title"),
        (&["kh.ron", "--title", " "], "tiendo: --title: A plan must have a title"),
        (&["kh.ron", "--title", &long], "tiendo: --title: 501 characters are too many; 500 at most"),
        (&["kh.ron", "--title", "a", "--year", "-5"], "tiendo: --year: A year from 1945 to 2100, in full"),
        (&["kh.ron", "--title", "a", "--issued", "x"], "tiendo: “x” is not a value for --issued: "),
    ];
    for (words, told) in refused {
        let said = finish(&mut as_guest(desk.command(&[&["new", "--lang", "en"], words].concat())));
        assert!(said.notes.starts_with(told), "{words:?}: {}", said.notes);
        assert_eq!((said.exit, said.out.as_str()), (2, ""));
        let said = finish(&mut as_guest(desk.command(&[&["new"], words].concat())));
        assert!(said.exit == 2 && !said.notes.starts_with(told), "{}", said.notes);
    }
    assert_eq!(desk.call(&["new"]).exit, 2);
    assert_eq!(std::fs::read_dir(desk.folder.path()).unwrap().count(), 1, "nothing was made");
}

/// Root may write everywhere; nobody else may.
fn as_guest(mut command: Command) -> Command {
    if rustix::process::geteuid().is_root() {
        command.uid(65_534);
    }
    command
}

#[test]
fn without_a_terminal_nothing_is_offered() {
    let desk = Desk::empty();
    desk.english(&[]).is("", "tiendo: no plan (*.ron) here, in data/ or in the configured folders\n", 2);
    let missing = "moi.ron: There is no such file. Check its name and folder.\n";
    desk.english(&["moi.ron"]).is("", missing, 2);
}

#[test]
fn on_a_terminal_only_a_plan_that_can_be_made_is_offered() {
    let desk = Desk::new();
    symlink("nowhere.ron", desk.path("dangling.ron")).unwrap();
    for words in [&["lits"][..], &["dangling.ron"], &["plan.ron", "moi.ron"], &["moi.ron", "plan.ron"]] {
        let (seen, exit) = super::terminal::watched(&desk, 80, words, "", ("TIENDO_LANG", "en"));
        assert!(seen.contains("There is no such file.") && exit == 2, "{words:?}: {seen}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// What is typed is what is read again, in one line and without what nobody can see.
    #[test]
    fn what_is_typed_is_what_the_file_says(typed in proptest::array::uniform3("\\PC{1,40}|[ -~“”đĐầừ\\\\\"\n\t]{1,40}")) {
        use tiendo::document::Document;
        use tiendo::plan::{Plan, PlanField};
        use tiendo::text::{Field, Lines};

        let fields = [PlanField::Title, PlanField::Number, PlanField::Issuer];
        let lines = typed.clone().map(|text| Field::of(&text, Lines::One).into_text().trim().to_owned());
        prop_assume!(!lines[0].is_empty());
        let begun = Plan::begin(fields.into_iter().zip(typed.iter().map(String::as_str))).unwrap();
        let begun = Plan { year: 2027, ..begun };
        let read = Document::of(&begun).unwrap();
        prop_assert_eq!([&read.plan().title, &read.plan().number, &read.plan().issuer], lines.each_ref());
        prop_assert_eq!(read.plan(), &begun);
    }
}
