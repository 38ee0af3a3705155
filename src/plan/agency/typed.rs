//! Names of bodies as people write them: several behind each other, each in one of its spellings.

use super::{Body, Directory};
use crate::text;

impl Directory {
    /// The bodies that a text names, each by the name that the plan has for it; one that it does not know as it
    /// was typed. Between two stands `;` or a line break, as in plans, or what [`parts`] finds.
    pub fn typed(&self, text: &str) -> Vec<String> {
        let text = text::nfc(text);
        let mut typed: Vec<String> = Vec::new();
        for name in text.split([';', '\n']).map(bare).filter(|name| !name.is_empty()) {
            let is_known = |name: &str| self.place(name).is_some();
            let names = if is_known(name) { vec![name] } else { parts(name, is_known) };
            for name in names {
                let name = self.body(name).map_or(name, Body::name);
                if typed.iter().all(|known| known != name) {
                    typed.push(name.to_owned());
                }
            }
        }
        typed
    }
}

/// The name without the dash of a list before it and the stop or comma behind it.
fn bare(name: &str) -> &str {
    let name = name.trim();
    name.strip_prefix("- ").unwrap_or(name).trim_end_matches([' ', '.', ',']).trim()
}

/// What may stand between two bodies, and often stands within the name of one.
const BETWEEN: [&str; 3] = [", và ", ", ", " và "];

/// Of a name with more of them than this, nobody can say how it is meant.
const MOST_JOINTS: usize = 12;

/// The names in a name: `A và B` and `A, B` are two where both are known, or where one is known and the other is
/// collective. Any other name is one: *Sở Văn hóa, Thể thao và Du lịch*.
pub(in crate::plan) fn parts(name: &str, is_known: impl Fn(&str) -> bool) -> Vec<&str> {
    let pieces = pieces(name);
    if pieces.len() < 2 || pieces.len() > MOST_JOINTS {
        return vec![name];
    }
    // From each piece on, the best way to go on: the next piece that begins a part, and what it comes to.
    let mut best: Vec<Option<Way>> = vec![None; pieces.len()];
    best.push(Some(Way::default()));
    for from in (0..pieces.len()).rev() {
        // The whole is no part of itself.
        let ends = from + 1..=pieces.len() - usize::from(from == 0);
        let ways = ends.filter_map(|to| {
            let (part, rest) = (&name[pieces[from].0..pieces[to - 1].1], best[to]?);
            let (is_known, is_collective) = (is_known(part), is_collective(part));
            (is_known || is_collective).then(|| Way {
                to,
                parts: rest.parts + 1,
                bodies: rest.bodies + usize::from(is_known && !is_collective),
                unknown: rest.unknown + usize::from(!is_known),
            })
        });
        best[from] = ways.max_by_key(|way| (way.bodies, std::cmp::Reverse(way.parts)));
    }
    match best[0] {
        Some(way) if way.bodies > 0 || way.unknown == 0 => along(name, &pieces, &best),
        _ => vec![name],
    }
}

/// How a name is cut into parts from some piece on.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    to: usize,
    parts: usize,
    /// Parts that are one known body each.
    bodies: usize,
    /// Parts that are a collective and no more.
    unknown: usize,
}

/// Whether a name means all bodies of a kind, and not one: *các cơ quan liên quan*, *một số đơn vị khác*.
fn is_collective(name: &str) -> bool {
    const BEGINNINGS: [&str; 6] = ["các ", "những ", "mọi ", "một số ", "tất cả ", "toàn thể "];
    const ENDS: [&str; 2] = [" liên quan", " khác"];
    let name = text::nfc(name).to_lowercase();
    BEGINNINGS.iter().any(|it| name.starts_with(it)) || ENDS.iter().any(|it| name.ends_with(it))
}

/// What stands between the joints of a name, by its bytes. Too many are not counted to the end.
fn pieces(name: &str) -> Vec<(usize, usize)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    while pieces.len() <= MOST_JOINTS {
        let joints = BETWEEN.iter().filter_map(|joint| Some((from + name[from..].find(joint)?, joint.len())));
        let Some((at, length)) = joints.min_by_key(|(at, _)| *at) else { break };
        pieces.push((from, at));
        from = at + length;
    }
    pieces.push((from, name.len()));
    pieces
}

fn along<'a>(name: &'a str, pieces: &[(usize, usize)], best: &[Option<Way>]) -> Vec<&'a str> {
    let mut names = Vec::new();
    let mut from = 0;
    while let Some(way) = best[from].filter(|_| from < pieces.len()) {
        names.push(name[pieces[from].0..pieces[way.to - 1].1].trim());
        from = way.to;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 12] = [
        "Văn phòng UBND tỉnh",
        "Sở Nội vụ",
        "Sở Tư pháp",
        "Báo Hưng Yên",
        "Đài Phát thanh và Truyền hình",
        "Ban TĐKT, Sở Nội vụ",
        "UBND các huyện, thị xã, thành phố",
        "Các cơ quan",
        "Các cơ quan liên quan",
        "các Cụm, Khối thi đua của tỉnh",
        "Sở Văn hóa",
        "Du lịch Việt",
    ];

    fn parts_of(name: &str) -> Vec<&str> {
        let key = text::name_key;
        parts(name, |part| KNOWN.iter().any(|known| key(known) == key(part)))
    }

    #[test]
    fn two_bodies_in_a_name_are_two() {
        for (name, expected) in [
            ("Sở Nội vụ và Sở Tư pháp", &["Sở Nội vụ", "Sở Tư pháp"][..]),
            ("Sở Nội vụ, sở tư pháp", &["Sở Nội vụ", "sở tư pháp"]),
            ("Sở Nội vụ, Sở Tư pháp, và Báo Hưng Yên", &["Sở Nội vụ", "Sở Tư pháp", "Báo Hưng Yên"]),
            (
                "Văn phòng UBND tỉnh và các cơ quan, đơn vị trong khối cụm thi đua",
                &["Văn phòng UBND tỉnh", "các cơ quan, đơn vị trong khối cụm thi đua"],
            ),
            (
                "Văn phòng UBND tỉnh và các cơ quan, đơn vị liên quan",
                &["Văn phòng UBND tỉnh", "các cơ quan, đơn vị liên quan"],
            ),
            (
                "Đài Phát thanh và Truyền hình, Báo Hưng Yên và một số đơn vị khác",
                &["Đài Phát thanh và Truyền hình", "Báo Hưng Yên", "một số đơn vị khác"],
            ),
            ("các đơn vị và Sở Nội vụ", &["các đơn vị", "Sở Nội vụ"]),
            ("Sở Nội vụ và đơn vị liên quan", &["Sở Nội vụ", "đơn vị liên quan"]),
            (
                "Sở Nội vụ, UBND các huyện, thị xã, thành phố",
                &["Sở Nội vụ", "UBND các huyện, thị xã, thành phố"],
            ),
            (
                "Các cơ quan liên quan và các Cụm, Khối thi đua của tỉnh",
                &["Các cơ quan liên quan", "các Cụm, Khối thi đua của tỉnh"],
            ),
        ] {
            assert_eq!(parts_of(name), expected, "{name}");
        }
    }

    #[test]
    fn one_body_with_such_a_name_is_one() {
        for name in [
            "Sở Văn hóa, Thể thao và Du lịch",
            "Sở Giáo dục và Đào tạo",
            "Các cơ quan, đơn vị, địa phương",
            "Các cơ quan, tổ chức, đơn vị liên quan",
            "Các cơ quan, tổ chức, đơn vị thuộc các Cụm, Khối thi đua của tỉnh",
            "Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội",
            "Sở Kế hoạch và Sở Nội vụ tỉnh bạn",
            "UBND các xã, phường",
            "Sở Nội vụ",
            "",
            " và ",
            ", , , ",
        ] {
            assert_eq!(parts_of(name), [name], "{name}");
        }
        let long = "Sở Nội vụ, ".repeat(40);
        assert_eq!(parts_of(&long), [long.as_str()]);
    }

    #[test]
    fn what_is_typed_is_taken_by_the_names_of_the_plan() {
        let directory = directory();
        for (typed, expected) in [
            ("VĂN PHÒNG UBND TỈNH", &["Văn phòng UBND tỉnh"][..]),
            ("Ban Thi đua – Khen thưởng", &["Ban TĐKT, Sở Nội vụ"]),
            ("Sở Nội vụ", &["Sở Nội vụ"]),
            ("So\u{31b}\u{309} Y tế.; - Sở mới ;; Sở Y tế", &["Sở Y tế", "Sở mới"]),
            ("sở nội vụ và các đơn vị liên quan", &["Sở Nội vụ", "các đơn vị liên quan"]),
            ("Ban TĐKT, Sở Nội vụ", &["Ban TĐKT, Sở Nội vụ"]),
            (" ; . ", &[]),
        ] {
            assert_eq!(directory.typed(typed), expected, "{typed}");
        }
    }

    fn directory() -> Directory {
        let text = "Plan(title: \"P\", year: 2024, agencies: [(name: \"Ban TĐKT, Sở Nội vụ\", \
            full: \"Ban Thi đua - Khen thưởng\"), (name: \"Sở Nội vụ\"), (name: \"Văn phòng UBND tỉnh\")])";
        let document = crate::document::Document::read(text.as_bytes().to_vec()).unwrap();
        Directory::of([document.plan()])
    }
}
