//! `tiendo completions`: what a shell needs to finish a half-typed call.

use std::io::Write as _;

use clap_complete::Shell;

use super::{Call, Complaint, Exit, Streams, arguments};

pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let name = call.text(arguments::SHELL.name).expect("the parser asks for it");
    let shell: Shell = name.parse().expect("the parser lets only names of shells through");
    // Written to memory first: the generator gives up with a panic where its reader has gone.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut arguments::command(call.lang()), "tiendo", &mut script);
    streams.out.write_all(&script)?;
    Ok(Exit::Fine)
}
