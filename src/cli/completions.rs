//! `tiendo completions`: what a shell needs to finish a half-typed call.

use std::io::Write as _;

use clap_complete::Shell;

use super::arguments::Choices;
use super::{Call, CliError, Streams, help};

pub(super) const SHELLS: Choices<Shell> = Choices(&[
    (Shell::Bash, &["bash"]),
    (Shell::Zsh, &["zsh"]),
    (Shell::Fish, &["fish"]),
    (Shell::Elvish, &["elvish"]),
    (Shell::PowerShell, &["powershell"]),
]);

pub(super) fn run(call: &Call, shell: Shell, streams: &mut Streams) -> Result<(), CliError> {
    // Written to memory first: the generator gives up with a panic where its reader has gone.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut help::command(call.lang()), "tiendo", &mut script);
    Ok(streams.out.write_all(&script)?)
}
