//! Whether the terminal's ground is dark or light: which terminals are asked for it, and what they answer.
//!
//! Nobody waits for the answer: it comes among the keys, a moment later, minutes later or never.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use super::Setup;
use super::terminal::Multiplexer;
use crate::view::theme::{Ground, Palette};

/// The colour of the ground is asked for with a bell at the end, because the answer ends as the question does, and
/// a line cannot tear a bell.
const QUESTION: &[u8] = b"\x1b]11;?\x07";

/// Within this time most answers come. Whoever leaves earlier waits for the rest of it, because an answer that comes
/// after that is typed into the shell.
pub(super) const PROMPT: Duration = Duration::from_millis(500);

/// The beginnings of `TERM` of the terminals that answer, or pass over the question in silence.
const ASKED: [&str; 14] = [
    "xterm",
    "tmux",
    "putty",
    "mintty",
    "rxvt",
    "vte",
    "gnome",
    "konsole",
    "alacritty",
    "foot",
    "wezterm",
    "ghostty",
    "contour",
    "st-",
];

/// How tmux calls itself where it is to look like GNU screen.
const DISGUISED: &str = "screen";

/// Asks, if that is of use; answers when that was.
pub(super) fn ask(setup: &Setup, output: &mut impl Write) -> io::Result<Option<Instant>> {
    if !is_asked(setup) {
        return Ok(None);
    }
    output.write_all(QUESTION)?;
    Ok(Some(Instant::now()))
}

/// Whether the answer would change anything, and the question does no harm. GNU screen does not answer.
fn is_asked(setup: &Setup) -> bool {
    let term = setup.term.as_deref().unwrap_or_default();
    let is_known = ASKED.iter().any(|name| term.starts_with(name));
    let is_fit = match setup.multiplexer {
        Some(Multiplexer::Screen) => false,
        Some(Multiplexer::Tmux) => is_known || term.starts_with(DISGUISED),
        None => is_known,
    };
    is_fit && setup.theme.palette == Palette::Auto
}

/// How far a text is an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    Not,
    /// It may become one.
    Begun,
    /// Nothing else begins like this. The ground is known if only the end is missing.
    Coming(Option<Ground>),
    Whole(Ground),
}

/// Reads an answer from its number on, such as `11;rgb:1c1c/1c1c/1c1c` and a bell.
pub(super) fn read(text: &str) -> Reply {
    let Some(colour) = text.strip_prefix(KIND) else {
        return if KIND.starts_with(text) { Reply::Begun } else { Reply::Not };
    };
    let colour = colour.strip_prefix('a').unwrap_or(colour);
    let Some(colour) = colour.strip_prefix(':') else {
        return if colour.is_empty() { Reply::Begun } else { Reply::Not };
    };
    let (colour, end) = colour.split_at(colour.find(ENDING).unwrap_or(colour.len()));
    let channels: Vec<&str> = colour.split('/').collect();
    if !is_colour(&channels) {
        return Reply::Not;
    }
    match (end, ground(&channels)) {
        ("", ground) => Reply::Coming(ground),
        (ESCAPE, Some(ground)) => Reply::Coming(Some(ground)),
        (end, Some(ground)) if ENDS.contains(&end) => Reply::Whole(ground),
        _ => Reply::Not,
    }
}

const KIND: &str = "11;rgb";

/// A bell, or the mark for the end of a text in one of its forms; the last is two characters.
const ENDS: [&str; 3] = ["\x07", "\u{9c}", "\x1b\\"];

const ESCAPE: &str = "\x1b";

/// What an end begins with.
const ENDING: [char; 3] = ['\x07', '\u{9c}', '\x1b'];

/// Red, green, blue and perhaps opacity, of which the last may be unfinished.
fn is_colour(channels: &[&str]) -> bool {
    let is_number = |channel: &str| channel.len() <= 4 && channel.chars().all(|it| it.is_ascii_hexdigit());
    let (last, before) = channels.split_last().unwrap_or((&"", &[]));
    channels.len() <= 4 && is_number(last) && before.iter().all(|it| !it.is_empty() && is_number(it))
}

/// Light is where black letters are read better than white ones. Nothing while a colour is missing.
fn ground(channels: &[&str]) -> Option<Ground> {
    let [red, green, blue, ..] = *channels else { return None };
    let luminance = 0.2126 * light(red)? + 0.7152 * light(green)? + 0.0722 * light(blue)?;
    Some(if luminance > EVEN { Ground::Light } else { Ground::Dark })
}

/// On a ground of this luminance black and white letters are equally easy to read: √(1.05 × 0.05) − 0.05.
const EVEN: f64 = 0.179;

/// The light of a channel, between none and all, as the sRGB standard has it.
fn light(channel: &str) -> Option<f64> {
    let value = f64::from(u16::from_str_radix(channel, 16).ok()?);
    let share = value / (16_f64.powi(channel.len() as i32) - 1.0);
    Some(if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Access;
    use crate::view::Theme;

    const ANSWERS: [(&str, Ground); 17] = [
        ("rgb:0000/0000/0000", Ground::Dark),
        ("rgb:ffff/ffff/ffff", Ground::Light),
        ("rgb:FFFF/FFFF/DDDD", Ground::Light),
        // The usual dark grounds, and the usual light ones.
        ("rgb:1e1e/1e1e/1e1e", Ground::Dark),
        ("rgb:0000/2b2b/3636", Ground::Dark),
        ("rgb:2e2e/3434/4040", Ground::Dark),
        ("rgb:3030/0a0a/2424", Ground::Dark),
        ("rgb:0000/0000/ffff", Ground::Dark),
        ("rgb:fdfd/f6f6/e3e3", Ground::Light),
        ("rgb:8888/8888/8888", Ground::Light),
        ("rgb:ffff/0000/0000", Ground::Light),
        // Fewer digits are coarser shares of the same whole.
        ("rgb:f/f/f", Ground::Light),
        ("rgb:2/2/2", Ground::Dark),
        ("rgb:ff/ff/ff", Ground::Light),
        ("rgb:20/20/20", Ground::Dark),
        ("rgb:fff/fff/fff", Ground::Light),
        ("rgba:0000/0000/0000/ffff", Ground::Dark),
    ];

    #[test]
    fn an_answer_says_what_the_ground_is() {
        for (answer, ground) in ANSWERS {
            for end in ENDS {
                assert_eq!(read(&format!("11;{answer}{end}")), Reply::Whole(ground), "{answer:?} {end:?}");
            }
        }
    }

    #[test]
    fn every_beginning_of_an_answer_is_known_as_one() {
        for (answer, ground) in ANSWERS {
            let whole = format!("11;{answer}\x1b\\");
            let sure = whole.find(':').unwrap();
            for cut in 0..whole.len() {
                let reply = read(&whole[..cut]);
                match reply {
                    Reply::Begun => assert!(cut <= sure, "{:?}", &whole[..cut]),
                    Reply::Coming(_) => assert!(cut > sure, "{:?}", &whole[..cut]),
                    _ => panic!("{:?} is {reply:?}", &whole[..cut]),
                }
            }
            assert_eq!(read(whole.trim_end_matches("\x1b\\")), Reply::Coming(Some(ground)));
            assert_eq!(read(whole.trim_end_matches('\\')), Reply::Coming(Some(ground)));
        }
    }

    #[test]
    fn nothing_else_is_an_answer() {
        for text in [
            "1;",
            "12",
            "10;rgb:0/0/0\x07",
            "11;?\x07",
            "11;rgbi:0/0/0\x07",
            "11;rgba/",
            "11;#000000\x07",
            "11;rgb:00000",
            "11;rgb:0/0/0/0/",
            "11;rgb:0//",
            "11;rgb:g",
            "11;rgb:0/0\x07",
            "11;rgb:0/0/\x07",
            "11;rgb:\x1b",
            "11;rgb:0/0/0\x1bq",
            "11;rgb:0/0/0\x07q",
            "x",
        ] {
            assert_eq!(read(text), Reply::Not, "{text:?}");
        }
    }

    #[test]
    fn only_a_terminal_that_may_answer_is_asked_and_only_if_nothing_is_set() {
        let setup = |palette, term: &str, multiplexer| Setup {
            theme: Theme { palette, ..Theme::default() },
            term: Some(term.to_owned()),
            multiplexer,
            state: None,
            access: Access::Write,
            follow: None,
        };
        let asked = |term, multiplexer| is_asked(&setup(Palette::Auto, term, multiplexer));
        let (tmux, screen) = (Some(Multiplexer::Tmux), Some(Multiplexer::Screen));
        for term in ["xterm", "xterm-256color", "xterm-kitty", "putty-256color", "tmux-256color"] {
            assert!(asked(term, None) && asked(term, tmux) && !asked(term, screen), "{term}");
        }
        for term in ["screen", "screen-256color", "screen.xterm-256color"] {
            assert!(!asked(term, None) && asked(term, tmux) && !asked(term, screen), "{term}");
        }
        for term in ["", "dumb", "unknown", "linux", "vt100", "vt220", "ansi", "cons25", "eterm-color"] {
            assert!(![None, tmux, screen].into_iter().any(|it| asked(term, it)), "{term}");
        }
        assert!(!is_asked(&Setup { term: None, ..setup(Palette::Auto, "", None) }));
        for palette in [Palette::Dark, Palette::Light, Palette::Mono, Palette::Projector] {
            assert!(!is_asked(&setup(palette, "xterm", None)), "{palette:?}");
        }
    }
}
