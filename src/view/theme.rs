//! Signs and styles by what they mean.
//!
//! Three brightnesses: what one acts on, what explains it, and what is over. Colour means a state, but for one accent,
//! which means *here*. Whatever a colour says, a sign or a word says too.
//!
//! In sixteen colours words keep the terminal's own: none of the sixteen is readable as text on both a black and a white
//! ground in the palettes of `PuTTY` and Windows Terminal. Colour is there on signs and edges only.

use ratatui::style::{Color, Modifier, Style};

pub use crate::config::Palette;
pub use crate::plan::Signs;
use crate::plan::{Calendar, Item, State, Status};
use crate::words::Phrase;

/// How the screen is drawn.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Theme {
    pub palette: Palette,
    pub signs: Signs,
}

/// What the terminal's own ground is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    Dark,
    Light,
}

/// What the eye is to know of a task before it reads: one colour each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Done,
    Doing,
    Todo,
    Soon,
    Late,
    Paused,
    Dropped,
}

impl Mood {
    pub const ALL: [Self; 7] =
        [Self::Done, Self::Doing, Self::Todo, Self::Soon, Self::Late, Self::Paused, Self::Dropped];

    /// What the calendar says comes before what the status says, as long as the task is open.
    pub fn of(item: Item<'_>, calendar: Calendar) -> Self {
        match item.state(calendar) {
            State::Overdue => Self::Late,
            State::DueToday | State::DueSoon => Self::Soon,
            _ => Self::of_status(item.task.status),
        }
    }

    /// What the deadline alone says: that a step is near does not colour it.
    pub fn of_deadline(item: Item<'_>, calendar: Calendar) -> Self {
        match item.deadline_state(calendar) {
            State::InTime => Self::of_status(item.task.status),
            _ => Self::of(item, calendar),
        }
    }

    pub const fn of_status(status: Status) -> Self {
        match status {
            Status::Todo => Self::Todo,
            Status::Doing => Self::Doing,
            Status::Done => Self::Done,
            Status::Paused => Self::Paused,
            Status::Dropped => Self::Dropped,
        }
    }

    /// Whether there is nothing left to be done about it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Dropped)
    }
}

/// How what is chosen is told from the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// On a ground of its own.
    Surface,
    /// Its first line stands out, for there is no second ground to stand on.
    FirstLine,
    /// All of it is reversed, to be found from the back of a room.
    Whole,
}

/// The colours of a palette; [`Color::Reset`] is the terminal's own.
#[derive(Debug)]
struct Colours {
    text: Color,
    muted: Color,
    line: Color,
    accent: Color,
    /// In the order of [`Mood::ALL`].
    moods: [Color; Mood::ALL.len()],
    /// The ground of what is chosen, and the one of head and footer.
    surface: Color,
    bar: Color,
    /// Text and ground of what says *here*.
    here: Option<(Color, Color)>,
}

/// The ways of colouring that one goes through.
const PALETTES: [(Palette, Phrase); 5] = [
    (Palette::Dark, Phrase::new("Màu: nền tối", "Colours: dark ground")),
    (Palette::Light, Phrase::new("Màu: nền sáng", "Colours: light ground")),
    (Palette::Projector, Phrase::new("Màu: máy chiếu", "Colours: projector")),
    (Palette::Sixteen, Phrase::new("Màu: 16 màu của terminal", "Colours: the terminal's own sixteen")),
    (Palette::Mono, Phrase::new("Màu: không màu", "Colours: none")),
];

const fn i(index: u8) -> Color {
    Color::Indexed(index)
}

const DARK: Colours = Colours {
    text: i(253),
    muted: i(247),
    line: i(239),
    accent: i(75),
    moods: [i(71), i(80), Color::Reset, i(215), i(203), i(221), i(247)],
    surface: i(236),
    bar: i(235),
    here: Some((i(231), i(24))),
};

const LIGHT: Colours = Colours {
    text: i(233),
    muted: i(240),
    line: i(250),
    accent: i(25),
    moods: [i(22), i(23), Color::Reset, i(94), i(124), i(58), i(240)],
    surface: i(254),
    bar: i(255),
    here: Some((i(231), i(25))),
};

const SIXTEEN: Colours = Colours {
    text: Color::Reset,
    muted: Color::Reset,
    line: Color::Reset,
    accent: Color::Reset,
    moods: [Color::Green, Color::Cyan, Color::Reset, Color::Yellow, Color::Red, Color::Yellow, Color::Reset],
    surface: Color::Reset,
    bar: Color::Reset,
    here: None,
};

const MONO: Colours = Colours { moods: [Color::Reset; Mood::ALL.len()], ..SIXTEEN };

impl Theme {
    /// For a ground that has become known. Colours that somebody has set stay.
    #[must_use]
    pub fn on(self, ground: Ground) -> Self {
        let palette = match (self.palette, ground) {
            (Palette::Auto, Ground::Dark) => Palette::Dark,
            (Palette::Auto, Ground::Light) => Palette::Light,
            (set, _) => set,
        };
        Self { palette, ..self }
    }

    /// Another way of colouring, in the order of the list.
    #[must_use]
    pub fn next(self) -> Self {
        let here = PALETTES.iter().position(|(palette, _)| *palette == self.palette);
        let next = here.map_or(0, |here| (here + 1) % PALETTES.len());
        Self { palette: PALETTES[next].0, ..self }
    }

    /// What the way of colouring is called.
    pub fn label(self) -> Phrase {
        let named = PALETTES.iter().find(|(palette, _)| *palette == self.palette);
        named.map_or(PALETTES[0].1, |(_, label)| *label)
    }

    pub const fn sign(self, status: Status) -> &'static str {
        status.sign(self.signs)
    }

    /// The sign of lateness.
    pub const fn late(self) -> &'static str {
        self.signs.late()
    }

    /// The sign of a deadline that is near.
    pub const fn soon(self) -> &'static str {
        "!"
    }

    /// The sign of work without a deadline.
    pub const fn endless(self) -> &'static str {
        self.signs.choose("∞", "~")
    }

    /// Over the figures of all classes together.
    pub const fn sum(self) -> &'static str {
        self.signs.choose("Σ", "=")
    }

    /// What stands behind a task that somebody else has changed.
    pub const fn news(self) -> &'static str {
        self.signs.choose("◄", "<")
    }

    /// What stands before a task that is marked.
    pub const fn marked(self) -> &'static str {
        self.signs.choose("√", "+")
    }

    /// The edge of what is chosen, and the one of what is not.
    pub const fn mark(self) -> &'static str {
        self.signs.choose("▌", "#")
    }

    pub const fn edge(self) -> &'static str {
        self.signs.choose("│", "|")
    }

    pub const fn line(self) -> &'static str {
        self.signs.choose("─", "-")
    }

    pub const fn check(self) -> &'static str {
        self.signs.choose("■", "x")
    }

    /// The full and the empty part of a bar.
    pub const fn bar_signs(self) -> (&'static str, &'static str) {
        (self.signs.choose("═", "="), self.signs.choose("─", "-"))
    }

    /// The upper line of a frame from left to right, its sides, and its lower line.
    pub const fn frame(self) -> ([&'static str; 3], &'static str, [&'static str; 3]) {
        match self.signs {
            Signs::Unicode => (["┌", "─", "┐"], "│", ["└", "─", "┘"]),
            Signs::Ascii => (["+", "-", "+"], "|", ["+", "-", "+"]),
        }
    }

    /// What is out of sight above and below.
    pub const fn arrows(self) -> (&'static str, &'static str) {
        (self.signs.choose("↑", "^"), self.signs.choose("↓", "v"))
    }

    const fn colours(self) -> &'static Colours {
        match self.palette {
            Palette::Auto | Palette::Sixteen | Palette::Projector => &SIXTEEN,
            Palette::Dark => &DARK,
            Palette::Light => &LIGHT,
            Palette::Mono => &MONO,
        }
    }

    pub const fn selection(self) -> Selection {
        match self.palette {
            Palette::Dark | Palette::Light => Selection::Surface,
            Palette::Auto | Palette::Sixteen => Selection::FirstLine,
            Palette::Mono | Palette::Projector => Selection::Whole,
        }
    }

    /// Titles and numbers: bold on a wall.
    pub const fn text(self) -> Style {
        match self.palette {
            Palette::Projector => self.title(),
            _ => Style::new(),
        }
    }

    /// What heads something, or is chosen.
    pub const fn title(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// What explains, and what is over.
    pub fn muted(self) -> Style {
        match self.palette {
            Palette::Dark | Palette::Light => fg(self.colours().muted),
            // On a ground that is not known, fainter than the terminal's own colour is all that can be said.
            Palette::Auto | Palette::Sixteen => Style::new().add_modifier(Modifier::DIM),
            Palette::Mono | Palette::Projector => Style::new(),
        }
    }

    /// What is over, in place of this style: where that is bold, which says *chosen*, it is not faint as well, for few
    /// terminals show both.
    pub fn over(self, style: Style) -> Style {
        let muted = style.patch(self.muted());
        let is_bold = style.add_modifier.contains(Modifier::BOLD);
        if is_bold { muted.remove_modifier(Modifier::DIM) } else { muted }
    }

    /// Rules and frames.
    pub fn rule(self) -> Style {
        match self.palette {
            Palette::Dark | Palette::Light => fg(self.colours().line),
            _ => self.muted(),
        }
    }

    /// What says *here*, and keys.
    pub fn accent(self) -> Style {
        fg(self.colours().accent).add_modifier(Modifier::BOLD)
    }

    /// A badge that says *here*: the quarter that it is, a filter that is on.
    pub fn here(self) -> Style {
        match self.colours().here {
            Some((fg, bg)) => Style::new().fg(fg).bg(bg).add_modifier(Modifier::BOLD),
            None => self.reversed().add_modifier(Modifier::BOLD),
        }
    }

    /// For what must stand out without a colour of its own.
    pub const fn reversed(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Signs and edges.
    pub fn sign_style(self, mood: Mood) -> Style {
        let colour = self.colours().moods[mood as usize];
        let style = fg(colour);
        if colour == Color::Reset && mood.is_over() { style.patch(self.muted()) } else { style }
    }

    /// The words that say how it stands with a task.
    pub fn words(self, mood: Mood) -> Style {
        let style = match (self.palette, mood) {
            (_, Mood::Todo | Mood::Dropped) => self.muted(),
            (Palette::Dark | Palette::Light, _) => fg(self.colours().moods[mood as usize]),
            (_, Mood::Done) => self.muted(),
            _ => Style::new(),
        };
        if mood == Mood::Late { style.add_modifier(Modifier::BOLD) } else { style }
    }

    /// The ground of what is chosen, where there is one.
    pub fn surface(self) -> Style {
        self.ground(self.colours().surface)
    }

    /// The ground of head and footer.
    pub fn bar(self) -> Style {
        self.ground(self.colours().bar)
    }

    /// The ground of a window.
    pub fn window(self) -> Style {
        self.bar()
    }

    fn ground(self, colour: Color) -> Style {
        match colour {
            Color::Reset => Style::new(),
            colour => Style::new().fg(self.colours().text).bg(colour),
        }
    }

    /// Words that a search has found: they stand out among bold words too, and where there is no colour.
    pub const fn found(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED)
    }
}

fn fg(colour: Color) -> Style {
    if colour == Color::Reset { Style::new() } else { Style::new().fg(colour) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text;

    #[test]
    fn every_sign_is_one_cell_wide_and_has_its_own_shape() {
        for signs in [Signs::Unicode, Signs::Ascii] {
            let theme = Theme { signs, ..Theme::default() };
            let mut shapes: Vec<&str> = Status::ALL.map(|status| theme.sign(status)).to_vec();
            shapes.extend([theme.late(), theme.soon(), theme.endless()]);
            let ((full, empty), (up, down)) = (theme.bar_signs(), theme.arrows());
            let others = [theme.mark(), theme.line(), theme.edge(), full, empty, up, down];
            for shape in shapes.iter().chain(&others) {
                assert_eq!(text::width(shape), 1, "{shape}");
            }
            shapes.sort_unstable();
            shapes.dedup();
            assert_eq!(shapes.len(), Status::ALL.len() + 3);
        }
    }

    /// Red, green and blue of a colour of the 256, as all terminals have them.
    fn rgb(colour: Color) -> [f64; 3] {
        let Color::Indexed(index @ 16..) = colour else { panic!("{colour:?} is the terminal's to choose") };
        let level = |step: u8| if step == 0 { 0.0 } else { 55.0 + 40.0 * f64::from(step) };
        match index {
            232.. => [8.0 + 10.0 * f64::from(index - 232); 3],
            _ => [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map(level),
        }
    }

    /// How many times lighter one colour is than another, as WCAG 2 counts.
    fn contrast(one: Color, other: Color) -> f64 {
        let luminance = |colour| {
            let linear = |channel: f64| match channel / 255.0 {
                low @ ..=0.04045 => low / 12.92,
                high => ((high + 0.055) / 1.055).powf(2.4),
            };
            let [red, green, blue] = rgb(colour).map(linear);
            0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
        };
        let (one, other) = (luminance(one), luminance(other));
        if one > other { one / other } else { other / one }
    }

    #[test]
    fn every_colour_can_be_read_on_every_ground() {
        // The ground of the terminal is only known to be dark or light: the usual ones of each.
        for (name, colours, grounds) in [("dark", DARK, [16, 234]), ("light", LIGHT, [231, 255])] {
            let own = grounds.map(Color::Indexed);
            for ground in own.into_iter().chain([colours.surface, colours.bar]) {
                let title = contrast(colours.text, ground);
                assert!(title >= 7.0, "{name}: text on {ground:?} {title:.1}");
                let words = [colours.muted, colours.accent].map(|colour| (colour, 4.5));
                // What is late is bold, which is read at less.
                let least = |mood| if mood == Mood::Late { 4.0 } else { 4.5 };
                let own = |colour| if colour == Color::Reset { colours.text } else { colour };
                let moods = Mood::ALL.map(|mood| (own(colours.moods[mood as usize]), least(mood)));
                for (colour, least) in words.into_iter().chain(moods) {
                    let words = contrast(colour, ground);
                    assert!(words >= least, "{name}: {colour:?} on {ground:?} {words:.1}");
                }
            }
            let (text, ground) = colours.here.unwrap();
            assert!(contrast(text, ground) >= 4.5, "{name}: here");
        }
    }
}
