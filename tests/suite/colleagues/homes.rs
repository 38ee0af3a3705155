//! Somebody without a home that can be used: everything works but what has to be kept there.

use std::os::unix::fs::symlink;
use std::process::Command;

use super::picture::Picture;
use super::*;

/// What a home, or the folder for a program's own files, may be.
#[derive(Debug, Clone, Copy)]
enum Home {
    Nothing,
    Device,
    Missing,
    OfRoot,
    File,
    StateIsFile,
    StateIsMissing,
    StateIsAnsLink,
    StateIsOfRoot,
    NotSet,
}

impl Home {
    const ALL: [Self; 10] = [
        Self::Nothing,
        Self::Device,
        Self::Missing,
        Self::OfRoot,
        Self::File,
        Self::StateIsFile,
        Self::StateIsMissing,
        Self::StateIsAnsLink,
        Self::StateIsOfRoot,
        Self::NotSet,
    ];

    /// The two variables.
    fn of(self, shared: &Shared) -> [Option<PathBuf>; 2] {
        let lans = LAN.home(shared);
        match self {
            Self::Nothing => [Some("".into()), None],
            Self::Device => [Some("/dev/null".into()), None],
            Self::Missing => [Some("/nonexistent".into()), None],
            Self::OfRoot => [Some("/".into()), None],
            Self::File => [Some(lans.join("công văn.txt")), None],
            Self::StateIsFile => [Some(lans.clone()), Some(lans.join("công văn.txt"))],
            Self::StateIsMissing => [Some(lans), Some("/nonexistent/state".into())],
            Self::StateIsAnsLink => {
                let link = shared.folder.join("của An");
                symlink(lans.join("thư"), &link).unwrap();
                give(&link, AN.owns(0));
                [Some(lans), Some(link)]
            }
            Self::StateIsOfRoot => [Some(lans), Some("/usr".into())],
            Self::NotSet => [None, None],
        }
    }

    fn apply(self, shared: &Shared, command: &mut Command) {
        for (name, value) in ["HOME", "XDG_STATE_HOME"].into_iter().zip(self.of(shared)) {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
    }
}

#[test]
fn one_can_save_without_a_home() {
    for home in Home::ALL {
        for owned in FOLDERS {
            let Some(shared) = Shared::new(owned) else { return };
            let letters = Picture::of(&LAN.home(&shared).join("thư"), &[]);
            let plan = shared.plan.to_str().unwrap();
            for (task, note) in [("t0", "lần đầu"), ("t1", "lần sau")] {
                let mut command = LAN.command(&shared, &[], &["set", plan, task, "--note", note]);
                home.apply(&shared, &mut command);
                let said = finish(&mut command);
                assert_eq!(said.exit, Some(0), "{home:?}, {owned:?}: {said:?}");
                assert!(said.notes.lines().count() <= 1, "{home:?}: {said:?}");
                assert!(shared.has_note(note), "{home:?}, {owned:?}: {said:?}");
                plants::remove(&shared.folder.join("của An"));
            }
            assert_eq!(
                letters.changes(&Picture::of(&LAN.home(&shared).join("thư"), &[])),
                [""; 0],
                "{home:?}"
            );
        }
    }
}

#[test]
fn the_board_works_without_a_home() {
    for home in [Home::Device, Home::OfRoot, Home::File, Home::StateIsFile, Home::StateIsMissing] {
        for owned in [OFFICE, AT_ANS] {
            let Some(shared) = Shared::new(owned) else { return };
            let [own, state] = home.of(&shared);
            let mut board = LAN.board(&shared).variable("HOME", own.unwrap().to_str().unwrap());
            if let Some(state) = state {
                board = board.variable("XDG_STATE_HOME", state.to_str().unwrap());
            }
            let mut board = board.start();
            board.wait_for("F10 Thoát").send("\x1b[C".repeat(3)).send(" ").wait_for("Đang thực hiện");
            assert!(shared.text().contains("status: Doing"), "{home:?}");
            board.send(F10);
            assert_eq!(board.end(), 0, "{home:?}\n{}", board.text());
        }
    }
}
