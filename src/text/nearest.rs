//! The word that was probably meant by one that is not known.

use super::fold;

/// Letters of a name that somebody may have typed. Comparing longer ones, as a hostile file may hold, costs too much.
const LONGEST: usize = 80;

/// The nearest of the words, if it is so near that it may well have been meant. Tones and upper case do not count.
pub fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: String = fold(word).chars().take(LONGEST + 1).collect();
    let length = word.chars().count();
    if word.is_empty() || length > LONGEST {
        return None;
    }
    let ranked = words.into_iter().map(|known| {
        let letters = fold(known);
        (slips(&word, &letters), letters.chars().count(), known)
    });
    let near = ranked.filter(|&(slips, known, _)| slips * 3 <= known.max(length));
    near.min_by_key(|&(slips, ..)| slips).map(|(_, _, known)| known)
}

/// How many letters were added, left out, mistaken or swapped with their neighbour
/// (the distance of Damerau and Levenshtein, in its restricted form).
pub fn slips(one: &str, other: &str) -> usize {
    strsim::osa_distance(one, other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_hand_is_understood() {
        let known = ["title", "lead", "support", "status"];
        assert_eq!(nearest("tilte", known), Some("title"));
        assert_eq!(nearest("suport", known), Some("support"));
        assert_eq!(nearest("Lead", known), Some("lead"));
        assert_eq!(nearest("doneon", ["due", "done_on", "note"]), Some("done_on"));
        assert_eq!(nearest("notes", ["due", "done_on", "note"]), Some("note"));
        assert_eq!(nearest("so noi vụ", ["Sở Tài chính", "Sở Nội vụ"]), Some("Sở Nội vụ"));
    }

    #[test]
    fn a_word_that_is_far_from_all_is_not_guessed_at() {
        assert_eq!(nearest("colour", ["title", "lead"]), None);
        assert_eq!(nearest("x", ["no"]), None);
        assert_eq!(nearest("", ["no"]), None);
        assert_eq!(nearest("no", []), None);
    }
}
