//! Vietnamese input methods send Backspaces and letters instead of keys. What they send is text where text is
//! taken, and does no harm anywhere else.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tiendo::app::Event;
use tiendo::app::keymap::{Ctrl, KEYMAP, Key, Mode};
use tiendo::plan::Plan;

use crate::stage::Stage;

/// What was recorded of input methods for words, with `⌫` for Backspace; and the words.
pub(crate) const STREAMS: [(&str, &str); 21] = [
    // Telex: v i e e t j, d d u w o w c j, s o w r, H o o i j, k e e t s, n h i e e f u, q u y s.
    ("vie⌫êt⌫⌫ệt", "việt"),
    ("d⌫đu⌫ưo⌫ơc⌫⌫ợc", "được"),
    ("so⌫ơ⌫ở", "sở"),
    ("Ho⌫ôi⌫⌫ội", "Hội"),
    ("ke⌫êt⌫⌫ết", "kết"),
    ("nhie⌫ê⌫ều", "nhiều"),
    ("quy⌫ý", "quý"),
    // A letter typed once more takes back what it did: d d, d d d, a j, a j j, a a, e e, o o.
    ("d⌫đ", "đ"),
    ("d⌫đ⌫dd", "dd"),
    ("a⌫ạ", "ạ"),
    ("a⌫ạ⌫aj", "aj"),
    ("a⌫â", "â"),
    ("e⌫ê", "ê"),
    ("o⌫ô", "ô"),
    // w and the brackets.
    ("ư", "ư"),
    ("ơ", "ơ"),
    // VNI: a 1, d 9 a 1, v i e 6 t 5.
    ("a⌫á", "á"),
    ("d⌫đa⌫á", "đá"),
    ("vie⌫ê⌫êt⌫⌫ệt", "việt"),
    // Methods that send letters in parts, and whole words at once.
    ("Tie\u{302}\u{301}ng Vie\u{323}\u{302}t", "Tiếng Việt"),
    ("nghiệp", "nghiệp"),
];

/// The key that a terminal reports for Backspace.
#[derive(Debug, Clone, Copy)]
enum Backspace {
    /// 0x7F.
    Delete,
    /// 0x08, which is Ctrl-H.
    CtrlH,
}

const BACKSPACES: [Backspace; 2] = [Backspace::Delete, Backspace::CtrlH];

impl Backspace {
    fn key(self) -> KeyEvent {
        match self {
            Self::Delete => KeyEvent::new(KeyCode::Backspace, KeyModifiers::NONE),
            Self::CtrlH => KeyEvent::new(KeyCode::Char('h'), KeyModifiers::CONTROL),
        }
    }
}

fn stream(stage: &mut Stage, stream: &str, backspace: Backspace) {
    for letter in stream.chars() {
        stage.press_key(match letter {
            '⌫' => backspace.key(),
            letter if letter.is_uppercase() => KeyEvent::new(KeyCode::Char(letter), KeyModifiers::SHIFT),
            letter => KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE),
        });
    }
}

/// Types every word with every Backspace into a field that `open` opens, and compares what `told` says of it.
fn assert_typed(open: &str, told: impl Fn(&mut Stage) -> String) {
    for backspace in BACKSPACES {
        for (keys, word) in STREAMS {
            let mut stage = Stage::in_may();
            stage.press(open);
            stream(&mut stage, keys, backspace);
            assert_eq!(told(&mut stage), word, "{keys} behind {open}, {backspace:?}");
        }
    }
}

fn chosen(stage: &Stage) -> tiendo::plan::Task {
    let id = &stage.app.selected().unwrap().task.id;
    stage.plans[0].task(id).unwrap().clone()
}

#[test]
fn words_arrive_in_the_search() {
    for open in ["/", "F7", "F5 /", "F5 F7"] {
        assert_typed(open, |stage| stage.app.search.text().to_owned());
    }
}

#[test]
fn words_arrive_in_the_title_of_a_task() {
    for open in ["Enter Enter Ctrl-U", "Enter F2 Ctrl-A Ctrl-E Ctrl-U", "F5 F2 F2 Home Enter Ctrl-U"] {
        assert_typed(open, |stage| chosen(stage.press("Enter")).title);
    }
}

#[test]
fn words_arrive_in_notes_and_results() {
    let down = |times: usize| format!("Enter {}Enter", "Down ".repeat(times));
    assert_typed(&down(9), |stage| chosen(stage.press("F2")).note);
    assert_typed("F2", |stage| chosen(stage.press("F2")).note);
    assert_typed("F5 F2", |stage| chosen(stage.press("F2")).note);
    assert_typed(&down(8), |stage| chosen(stage.press("Enter")).output);
}

#[test]
fn words_arrive_in_every_box_of_a_window() {
    let told = |stage: &mut Stage| chosen(stage.press("Enter")).progress.pop().unwrap();
    for open in [".", "F5 .", "Enter .", "F9 \"ghi tien do\" Enter"] {
        assert_typed(open, |stage| told(stage).text);
        assert_typed(&format!("{open} Tab"), |stage| told(stage).stuck);
        assert_typed(&format!("{open} Down Down"), |stage| told(stage).ask);
    }
    assert_typed("3 Tab", |stage| chosen(stage.press("Enter")).output);
    assert_typed("3 Tab Tab", |stage| told(stage).text);
    let extend = "F9 \"gia han\" Enter \"31/12\" Tab";
    assert_typed(extend, |stage| chosen(stage.press("Enter")).extensions.pop().unwrap().doc);
    assert_typed("F9 \"nguoi phu trach\" Enter \"Zz \"", |stage| {
        chosen(stage.press("Enter")).officer.strip_prefix("Zz ").unwrap().to_owned()
    });
}

#[test]
fn words_arrive_in_the_title_of_a_new_task() {
    for open in ["Insert", "+"] {
        assert_typed(open, |stage| chosen(stage.press("Enter")).title);
    }
}

#[test]
fn words_arrive_as_the_name_of_an_agency() {
    let open = format!("Enter {}Enter \"Zz \"", "Down ".repeat(5));
    assert_typed(&open, |stage| {
        let leads = chosen(stage.press("Enter")).lead;
        leads.last().unwrap().strip_prefix("Zz ").unwrap().to_owned()
    });
}

#[test]
fn words_narrow_the_lists() {
    for open in ["F4", "F9", ":"] {
        for backspace in BACKSPACES {
            let mut stage = Stage::in_may();
            stage.press(open);
            stream(&mut stage, "so⌫ơ⌫ở", backspace);
            assert!(stage.screen().contains("Lọc: sở  "), "{}", stage.screen());
        }
    }
}

#[test]
fn a_backspace_in_an_empty_field_is_no_step_back() {
    for open in ["/", "F4", "F9", "Insert", "Enter F2 Ctrl-U"] {
        for backspace in BACKSPACES {
            let mut stage = Stage::in_may();
            let before = stage.press(open).screen();
            stream(&mut stage, "⌫⌫", backspace);
            assert_eq!(stage.screen(), before);
        }
    }
}

#[test]
fn ctrl_h_is_backspace_everywhere() {
    let key = |backspace: Backspace| Key::of(backspace.key());
    assert_eq!(key(Backspace::CtrlH), key(Backspace::Delete));
    let is_bound = |key: &Key| KEYMAP.iter().any(|binding| binding.keys.contains(key));
    assert!(!is_bound(&key(Backspace::Delete)));
    assert!(!is_bound(&Key { code: KeyCode::Char('h'), ctrl: Ctrl::Held }));
}

/// Every screen on which letters are commands.
const COMMAND_SCREENS: [&str; 5] = ["Down", "F5 Down", "Enter", "F5 Enter", "Delete"];

/// What has been changed by what was pressed: nothing, if all is well.
fn state(stage: &Stage) -> (Vec<Plan>, Mode, Mode, Option<String>, bool) {
    let chosen = stage.app.selected().map(|item| item.task.id.to_string());
    (stage.plans.clone(), stage.app.view().mode, stage.app.mode(), chosen, stage.has_quit)
}

/// In place of w, of brackets, of a second d, a, e or o, and of tones by letters or digits.
const CHANGED: [&str; 16] =
    ["ư", "Ư", "ơ", "Ơ", "⌫đ", "⌫Đ", "⌫â", "⌫ê", "⌫ô", "⌫ă", "⌫á", "⌫à", "⌫ả", "⌫ã", "⌫ạ", "⌫⌫ệt"];

#[test]
fn a_letter_that_an_input_method_has_changed_does_no_harm() {
    for screen in COMMAND_SCREENS {
        for backspace in BACKSPACES {
            let mut stage = Stage::in_may();
            let before = state(stage.press(screen));
            for changed in CHANGED {
                stream(&mut stage, changed, backspace);
            }
            assert_eq!(state(&stage), before, "{screen}");
        }
    }
}

/// No letter of Vietnamese does anything but move about, whatever key it stands for.
#[test]
fn no_vietnamese_letter_changes_a_plan() {
    let letters = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ";
    let letters = letters.chars().filter(|&letter| letter != 'q');
    for letter in letters.flat_map(|letter| [letter.to_string(), letter.to_uppercase().to_string()]) {
        for screen in COMMAND_SCREENS {
            let mut stage = Stage::in_may();
            stage.press(screen);
            let before = stage.plans.clone();
            stream(&mut stage, &letter.repeat(2), Backspace::Delete);
            assert!(stage.plans == before && !stage.has_quit, "{letter} on {screen}");
            assert!(!stage.app.mode().takes_text(), "{letter} opens a field on {screen}");
        }
    }
}

const HINT: &str = "Bộ gõ tiếng Việt đang bật";

#[test]
fn the_hint_that_an_input_method_is_on_is_given_once() {
    for changed in ["ư", "⌫đ", "⌫ạ"] {
        let mut stage = Stage::in_may();
        stream(&mut stage, changed, Backspace::CtrlH);
        assert!(stage.screen().contains(HINT), "{changed}");
        stage.press("Down");
        assert!(!stage.screen().contains(HINT), "{changed}");
        stream(&mut stage, "ư⌫đ", Backspace::CtrlH);
        assert!(!stage.screen().contains(HINT), "{changed}");
    }
}

#[test]
fn the_hint_is_not_given_for_text() {
    let mut stage = Stage::in_may();
    stage.press("/");
    stream(&mut stage, "so⌫ơ⌫ở", Backspace::Delete);
    stage.press("Enter");
    assert!(!stage.screen().contains(HINT));
    stream(&mut stage, "ư", Backspace::Delete);
    assert!(stage.screen().contains(HINT));
}

#[test]
fn a_paste_where_letters_are_commands_is_only_answered() {
    for screen in COMMAND_SCREENS {
        for paste in ["q", " ", "3", "Sở Nội vụ\n", "-\n\n\u{1b}q", "/sở\nq"] {
            let mut stage = Stage::in_may();
            let before = state(stage.press(screen));
            stage.handle(Event::Paste(paste.to_owned()));
            assert_eq!(state(&stage), before, "{paste:?} on {screen}");
            assert!(stage.app.notice().is_some());
        }
    }
}

#[test]
fn a_paste_is_composed_and_keeps_to_its_field() {
    let mut stage = Stage::in_may();
    stage
        .press("/")
        .handle(Event::Paste("\u{feff}So\u{31b}\u{309} No\u{302}\u{323}i\tvụ\u{202e}\r\nhai".to_owned()));
    assert_eq!(stage.app.search.text(), "Sở Nội vụ hai");
    stage.press("Esc Enter").press(&format!("{}Enter", "Down ".repeat(9)));
    stage.handle(Event::Paste("một\r\nhai\rba\n".to_owned()));
    assert_eq!(chosen(stage.press("F2")).note, "một\nhai\nba");
}

#[test]
fn a_title_that_its_page_has_broken_into_lines_is_pasted_as_one() {
    let title = "Tổ chức Hội nghị sơ kết\r\n  công tác thi đua, \nkhen thưởng\n";
    let mut stage = Stage::in_may();
    stage.press("Insert").handle(Event::Paste(title.to_owned()));
    assert!(stage.app.notice().is_none(), "all of it has been taken");
    assert_eq!(chosen(stage.press("Enter")).title, "Tổ chức Hội nghị sơ kết công tác thi đua, khen thưởng");
}

#[test]
fn lines_that_are_pasted_as_agencies_are_one_agency_each() {
    let mut stage = Stage::in_may();
    stage.press(&format!("Enter {}Enter", "Down ".repeat(6)));
    stage.handle(Event::Paste("Sở Thử một\n Sở Thử hai\n".to_owned()));
    let names = chosen(stage.press("Enter")).support;
    assert_eq!(names[names.len() - 2..], ["Sở Thử một", "Sở Thử hai"]);
}
