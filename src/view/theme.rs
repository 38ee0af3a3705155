//! Signs and styles by what they mean.
//!
//! Text keeps the terminal's own colours: none of the sixteen is readable as text on both a black and a white
//! ground in the palettes of `PuTTY` and Windows Terminal. Colour is on signs, which differ in shape too, and on
//! badges, which set both sides.

use ratatui::style::{Color, Modifier, Style};

pub use crate::config::Palette;
pub use crate::plan::Signs;
use crate::plan::{State, Status};

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

    pub const fn sign(self, status: Status) -> &'static str {
        status.sign(self.signs)
    }

    /// The sign of lateness.
    pub const fn late(self) -> &'static str {
        self.signs.choose("▲", "^")
    }

    /// The sign of a deadline that is near.
    pub const fn soon(self) -> &'static str {
        "!"
    }

    /// What stands behind a task that somebody else has changed.
    pub const fn news(self) -> &'static str {
        self.signs.choose("◄", "<")
    }

    /// The mark before what is chosen.
    pub const fn mark(self) -> &'static str {
        self.signs.choose("▌", "|")
    }

    pub const fn line(self) -> &'static str {
        self.signs.choose("─", "-")
    }

    pub const fn check(self) -> &'static str {
        self.signs.choose("■", "x")
    }

    /// The full and the empty part of a bar.
    pub const fn bar(self) -> (&'static str, &'static str) {
        (self.signs.choose("█", "#"), self.signs.choose("░", "."))
    }

    pub fn sign_style(self, status: Status) -> Style {
        match status {
            Status::Done => self.fg(Color::Green),
            Status::Doing => self.fg(if self.palette == Palette::Light { Color::Blue } else { Color::Cyan }),
            Status::Paused => self.fg(Color::Yellow),
            Status::Todo | Status::Dropped => Style::new(),
        }
    }

    /// The style of the words that say what the calendar makes of a task.
    pub fn state_style(self, state: State) -> Style {
        match state {
            State::Overdue => self.alarm(),
            State::DueToday | State::DueSoon => self.warning(),
            _ => Style::new(),
        }
    }

    /// A badge for what must not be missed.
    pub fn alarm(self) -> Style {
        self.badge(Color::White, Color::Red).add_modifier(Modifier::BOLD)
    }

    pub fn warning(self) -> Style {
        self.badge(Color::Black, Color::Yellow)
    }

    /// A badge for something that narrows what is shown.
    pub fn filter(self) -> Style {
        self.badge(Color::Black, Color::Cyan)
    }

    /// For what must stand out without a colour of its own.
    pub const fn reversed(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    pub const fn title(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    pub const fn heading(self) -> Style {
        self.title().add_modifier(Modifier::UNDERLINED)
    }

    pub const fn chosen(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Words that a search has found: they stand out among bold words too, and where there is no colour.
    pub const fn found(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD).add_modifier(Modifier::UNDERLINED)
    }

    /// In the terminal's own colour: a mark that is easy to lose on a light ground is none.
    pub const fn chosen_mark(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The key in front of its word in the footer.
    pub const fn key(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Card titles: bold on a wall.
    pub fn card(self) -> Style {
        if self.palette == Palette::Projector { self.title() } else { Style::new() }
    }

    fn fg(self, colour: Color) -> Style {
        if self.palette == Palette::Mono { Style::new() } else { Style::new().fg(colour) }
    }

    fn badge(self, fg: Color, bg: Color) -> Style {
        if self.palette == Palette::Mono {
            return Style::new().add_modifier(Modifier::REVERSED);
        }
        Style::new().fg(fg).bg(bg)
    }
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
            shapes.extend([theme.late(), theme.soon()]);
            for shape in shapes.iter().chain([&theme.mark(), &theme.line(), &theme.bar().0, &theme.bar().1]) {
                assert_eq!(text::width(shape), 1, "{shape}");
            }
            shapes.sort_unstable();
            shapes.dedup();
            assert_eq!(shapes.len(), Status::ALL.len() + 2);
        }
    }
}
