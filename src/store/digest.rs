//! A number that tells texts apart: no proof against malice, but the same in every version of the program.
//!
//! It is our own for the sake of what is on the disks: with another one every line of an older log would count as
//! damaged, no text in it would be known, and what waits in a user's folder would not be found, because the name of
//! its file is such a number. Where it decides that a text may be deleted, the text is one that a save was cut short
//! with: a chance in 2^64, or somebody who makes a text for it and loses that.

/// Every save takes it of the whole text several times: four words at a time, none of which waits for the others.
pub(super) fn digest(bytes: &[u8]) -> u64 {
    let mut blocks = bytes.chunks_exact(4 * WORD);
    let mut states = [1, 2, 3, 4].map(|lane| mix(0x9e37_79b9_7f4a_7c15, lane));
    for block in &mut blocks {
        for (state, word) in states.iter_mut().zip(block.chunks_exact(WORD)) {
            *state = mix(*state, u64::from_le_bytes(word.try_into().expect("a word has eight bytes")));
        }
    }
    let state = states.into_iter().fold(bytes.len() as u64, mix);
    let rest = blocks.remainder().chunks(WORD).fold(state, |state, rest| {
        let mut word = [0; WORD];
        word[..rest.len()].copy_from_slice(rest);
        mix(state, u64::from_le_bytes(word))
    });
    mix(rest, 0)
}

/// The bytes of a word.
const WORD: usize = 8;

const fn mix(state: u64, word: u64) -> u64 {
    let product = (state ^ word) as u128 * 0xd6e8_feb8_6659_fd93_u128;
    (product ^ (product >> 64)) as u64 ^ state.rotate_left(23)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_changed_byte_anywhere_is_noticed() {
        let text: Vec<u8> = (0..100).collect();
        for at in 0..text.len() {
            let mut other = text.clone();
            other[at] ^= 1;
            assert_ne!(digest(&text), digest(&other));
            assert_ne!(digest(&text), digest(&text[..at]));
        }
    }

    #[test]
    fn the_number_stays_the_same_in_every_version() {
        assert_eq!(
            format!("{:016x}", digest("Kế hoạch công tác năm 2024 của Sở Nội vụ".as_bytes())),
            "8bd9f5be72abd4f9"
        );
    }
}
