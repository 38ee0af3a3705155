//! The README shows the program as it is. `UPDATE=1 cargo test readme` brings it up to date.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use tiendo::app::keymap::{self, Mode};
use tiendo::words::Lang;

use crate::stage::Stage;

#[test]
fn the_readme_shows_the_program_as_it_is() {
    let mut stage = Stage::in_may();
    stage.press("Left 3 Down 3 Down 3 Down 2 Home Right 2 Down Down 2 Down Down Down Down");
    compare("board", &format!("```text\n{}```\n", stage.screen()));
    compare("phím", &keys(Lang::Vi));
    compare("keys", &keys(Lang::En));
    compare("verbs", &verbs());
}

/// Whoever reads on a slow line waits for each of them.
const LARGEST_PICTURE: u64 = 150_000;

#[test]
fn every_picture_of_the_readme_is_there_and_is_small() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    let is_picture = |path: &PathBuf| path.extension().is_some_and(|it| it == "png");
    let quoted = readme.split(['"', '(', ')']).map(|path| root.join(path));
    let mut shown: Vec<PathBuf> = quoted.filter(is_picture).collect();
    shown.sort();
    let drawn = fs::read_dir(root.join("tests/pictures")).unwrap().map(|entry| entry.unwrap().path());
    let mut drawn: Vec<PathBuf> = drawn.filter(is_picture).collect();
    drawn.sort();
    assert_eq!(shown, drawn);
    for path in shown {
        let size = fs::metadata(&path).unwrap().len();
        assert!(size <= LARGEST_PICTURE, "{}: {size} B", path.display());
    }
}

fn verbs() -> String {
    let mut rows =
        "| command | does |\n|---|---|\n| `tiendo [PLAN…]` | the board; several plans are offered |\n"
            .to_owned();
    for (name, about) in tiendo::cli::verbs() {
        writeln!(rows, "| `tiendo {name}` | {} |", about.say(Lang::En).to_lowercase()).unwrap();
    }
    rows
}

fn keys(lang: Lang) -> String {
    let heading = match lang {
        Lang::Vi => "| Phím | Làm gì | Ở đâu |\n|---|---|---|\n",
        Lang::En => "| Keys | Do | Where |\n|---|---|---|\n",
    };
    let mut table = heading.to_owned();
    for binding in keymap::KEYMAP {
        let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{}`", key.label(lang))).collect();
        let is_everywhere = Mode::ALL.iter().all(|mode| binding.modes.contains(mode));
        let modes: Vec<&str> = binding.modes.iter().map(|mode| mode.label().say(lang)).collect();
        let everywhere = match lang {
            Lang::Vi => "mọi nơi",
            Lang::En => "everywhere",
        };
        let modes = if is_everywhere { everywhere.to_owned() } else { modes.join(", ") };
        writeln!(table, "| {} | {} | {modes} |", keys.join(" "), binding.action.named(lang)).unwrap();
    }
    table
}

/// Compares what stands between `<!-- name -->` and `<!-- /name -->`.
pub(crate) fn compare(name: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let start = readme.find(&open).unwrap_or_else(|| panic!("no {open}")) + open.len();
    let end = readme.find(&close).unwrap_or_else(|| panic!("no {close}"));
    if readme[start..end] == *expected {
        return;
    }
    assert!(
        std::env::var_os("UPDATE").is_some(),
        "{name} in the README is:\n{}\nand should be:\n{expected}",
        &readme[start..end]
    );
    fs::write(&path, format!("{}{expected}{}", &readme[..start], &readme[end..])).unwrap();
}
