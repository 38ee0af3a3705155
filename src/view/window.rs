//! Windows over what is looked at: at the place that they are about, and never larger than they need to be.
//!
//! The last row keeps the keys. On a small screen a window has all of the rest.

use ratatui::layout::{Position, Rect};

use super::canvas::Canvas;

/// Below this a window takes the whole screen.
const LEAST: (u16, u16) = (60, 16);

/// Where a window belongs.
#[derive(Debug, Clone, Copy)]
pub(super) enum WindowPlace {
    /// Near what it is about, without covering it.
    At(Option<Position>),
    /// Under the head of the screen, in the middle or on the right.
    Top,
    Right,
    /// Above the keys.
    Bottom,
}

/// Draws the frame of a window for so many cells and lines of content, and answers with what is inside.
pub(super) fn open<'a>(
    canvas: &'a mut Canvas<'_>,
    place: WindowPlace,
    heading: &str,
    (width, height): (usize, usize),
) -> Canvas<'a> {
    let area = widened(area(canvas, place, width, height), canvas.area.width);
    canvas.window(area, heading)
}

/// A column or two at the sides of a window say nothing of what is behind it: it takes them too.
fn widened(area: Rect, all: u16) -> Rect {
    if area.width + 4 < all {
        return area;
    }
    Rect { x: 0, width: all, ..area }
}

fn area(canvas: &Canvas<'_>, place: WindowPlace, width: usize, height: usize) -> Rect {
    let (all, rows) = (canvas.area.width, canvas.height().saturating_sub(1));
    if all < LEAST.0 || canvas.height() < LEAST.1 {
        return Rect { x: 0, y: 0, width: all, height: rows };
    }
    let least = |count: usize, most: u16| (count.min(usize::from(most)) as u16 + 2).min(most);
    let (width, height) = (least(width, all - 2), least(height, rows));
    let (right, bottom) = (all - width - 1, rows - height);
    match place {
        WindowPlace::Top => Rect { x: (all - width) / 2, y: 2.min(bottom), width, height },
        WindowPlace::Right => Rect { x: right, y: 2.min(bottom), width, height },
        WindowPlace::At(Some(Position { x, y })) => {
            let x = x.saturating_sub(2).min(right);
            let (above, below) = (y, rows.saturating_sub(y + 1));
            // On the side with more room, if it fits on none.
            let height = height.min(above.max(below));
            let y = if height <= below { y + 1 } else { above - height };
            Rect { x, y, width, height }
        }
        WindowPlace::Bottom | WindowPlace::At(None) => Rect { x: 1.min(right), y: bottom, width, height },
    }
}
