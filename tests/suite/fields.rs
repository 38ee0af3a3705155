//! A field of a task is a line of its struct and a line of the table of fields: the program is built with one more, and
//! the file, the shell, the screen, the history, merging, CSV and JSON have it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::office::{copy_file, copy_folder};

/// The sources with a text field more, built beside what is built already.
struct Built {
    folder: TempDir,
    program: PathBuf,
}

const STRUCT: (&str, &str) = (
    "src/plan/task.rs",
    "    #[serde(default)]\n    pub budget: String,\n    #[serde(default)]\n    pub note: String,\n",
);
const TABLE: (&str, &str) = (
    "src/plan/field.rs",
    "        Budget: budget, Line, Phrase::new(\"Kinh phí\", \"Budget\");\n        Note: note,",
);

impl Built {
    fn with_a_field() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let sources = folder.path().join("tiendo");
        for name in ["src", "tests/bench"] {
            copy_folder(&root.join(name), &sources.join(name), copy_file);
        }
        for name in ["Cargo.toml", "Cargo.lock", "README.md"] {
            fs::copy(root.join(name), sources.join(name)).unwrap();
        }
        insert(&sources, STRUCT, "    #[serde(default)]\n    pub note: String,\n");
        insert(&sources, TABLE, "        Note: note,");
        let target = folder.path().join("target");
        let built = Path::new(env!("CARGO_BIN_EXE_tiendo")).parent().unwrap();
        // What this program is made of is not compiled again: each of its files gets a second name.
        for name in ["deps", ".fingerprint", "build"] {
            let to = target.join("debug").join(name);
            copy_folder(&built.join(name), &to, |from, to| fs::hard_link(from, to).unwrap());
        }
        let cargo = Command::new(env!("CARGO"))
            .args(["build", "--offline", "--locked", "--bin", "tiendo"])
            .args(["--config", "profile.dev.package.tiendo.opt-level=0"])
            .args(["--config", "profile.dev.package.tiendo.debug=0"])
            .arg("--target-dir")
            .arg(&target)
            .current_dir(&sources)
            .output()
            .unwrap();
        assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
        Self { program: target.join("debug/tiendo"), folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(&self.program)
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("LANG", "vi_VN.UTF-8")
            .output()
            .unwrap()
    }

    #[track_caller]
    fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

#[track_caller]
fn insert(sources: &Path, (file, with): (&str, &str), place: &str) {
    let path = sources.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.matches(place).count(), 1, "{place} in {file}");
    fs::write(path, text.replace(place, with)).unwrap();
}

const PLAN: &str = "(title: \"P\", year: 2024, tasks: [
    (id: \"a\", no: \"1\", title: \"Một\", quarters: [Q1]),
    (id: \"b\", no: \"2\", title: \"Hai\", quarters: [Q2]),
])
";

#[test]
fn a_field_is_a_line_of_the_struct_and_a_line_of_the_table() {
    let built = Built::with_a_field();
    fs::write(built.path("plan.ron"), PLAN).unwrap();
    let text = || fs::read_to_string(built.path("plan.ron")).unwrap();
    let base = text();

    // The shell sets it, the file and the history have it, and it is shown.
    let told = built.said(&["set", "plan.ron", "a", "--budget", "Nguyễn Văn An"]);
    assert!(told.contains("Kinh phí: (trống) → Nguyễn Văn An"), "{told}");
    assert!(
        text().contains("budget: \"Nguyễn Văn An\", history: [") && text().contains("field: \"budget\""),
        "{}",
        text()
    );
    let shown = built.said(&["show", "plan.ron", "a"]);
    assert!(shown.contains("Kinh phí") && shown.contains("Nguyễn Văn An"), "{shown}");
    let log = built.said(&["log", "plan.ron"]);
    assert!(log.contains("Kinh phí: (trống) → Nguyễn Văn An"), "{log}");
    let help = built.said(&["set", "--help"]);
    assert!(help.contains("--budget") && help.contains("Kinh phí"), "{help}");

    // Lists for other programs have a column, or a key, of it.
    let csv = built.said(&["list", "plan.ron", "--format", "csv"]);
    assert!(csv.lines().next().unwrap().contains("Kinh phí") && csv.contains("Nguyễn Văn An"), "{csv}");
    let json = built.said(&["list", "plan.ron", "--format", "json"]);
    assert!(
        json.contains("\"budget\": \"Nguyễn Văn An\"") || json.contains("\"budget\":\"Nguyễn Văn An\""),
        "{json}"
    );
    assert!(built.said(&["list", "plan.ron", "--search", "nguyen van an"]).contains("Một"));

    // What two have set differently is merged, and the one that had to give way is in the history.
    fs::write(built.path("base.ron"), &base).unwrap();
    fs::write(built.path("theirs.ron"), &base).unwrap();
    built.said(&["set", "theirs.ron", "a", "--budget", "Trần Thị Bình"]);
    let merged = built.run(&["merge", "base.ron", "plan.ron", "theirs.ron"]);
    let said = String::from_utf8_lossy(&[merged.stdout, merged.stderr].concat()).into_owned();
    assert!(
        text().contains("clash: true")
            && text().contains("Nguyễn Văn An")
            && text().contains("Trần Thị Bình"),
        "{said}\n{}",
        text()
    );

    // A value of another kind is refused with the name of the field.
    fs::write(built.path("plan.ron"), base.replace("no: \"1\"", "no: \"1\", budget: 5")).unwrap();
    let refused = built.run(&["show", "plan.ron", "a"]);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("trường budget: gặp 5"), "{refused:?}");
}
