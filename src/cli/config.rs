//! `tiendo config`: where the configuration is, and what holds, as a file that would set just that.

use std::io::{self, Write};

use super::{Call, Complaint, Exit, Streams, arguments, saying};
use crate::cli::UserSource;
use crate::config::Key;
use crate::text;
use crate::words::{Lang, Phrase};

pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    write_path(call, streams.out)?;
    writeln!(streams.out, "(")?;
    for key in Key::ALL {
        let (value, source) = (value(call, key), source(call, key));
        writeln!(streams.out, "    {}: {value}, // {}: {source}", key.name(), key.label().say(call.lang()))?;
    }
    writeln!(streams.out, ")")?;
    write_user(call, streams.out)?;
    Ok(Exit::Fine)
}

fn write_path(call: &Call, out: &mut dyn Write) -> io::Result<()> {
    let lang = call.lang();
    match &call.settings.path {
        Some(path) if path.is_file() => writeln!(out, "// {}", saying::path(path)),
        Some(path) => writeln!(out, "// {} {}", saying::path(path), NOT_THERE.say(lang)),
        None => writeln!(out, "// {}", NO_HOME.say(lang)),
    }
}

const NOT_THERE: Phrase = Phrase::new("(chưa có)", "(not there yet)");
const NO_HOME: Phrase = Phrase::new(
    "không biết thư mục cấu hình: chưa đặt HOME",
    "where the configuration would be is not known: HOME is not set",
);

/// As the file would have it.
fn value(call: &Call, key: Key) -> String {
    let config = &call.settings.config;
    match key {
        Key::Language => format!("\"{}\"", call.lang().code()),
        Key::Theme => format!("\"{}\"", config.theme.name()),
        Key::Ascii => config.ascii.to_string(),
        Key::WarningDays => config.warning_days.to_string(),
        Key::Folders => {
            let folders = config.folders.iter().map(|folder| format!("{:?}", saying::path(folder)));
            format!("[{}]", folders.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Where a value comes from, the strongest first.
fn source(call: &Call, key: Key) -> String {
    let lang = call.lang();
    if key == Key::Language && arguments::typed_lang(&call.world.arguments).is_some() {
        return "--lang".to_owned();
    }
    if key == Key::Language && call.world.variables.lang.as_deref().and_then(Lang::parse).is_some() {
        return "TIENDO_LANG".to_owned();
    }
    match (call.settings.config.place(key), &call.settings.path) {
        (Some(place), Some(path)) => format!("{}:{}:{}", saying::path(path), place.line, place.column),
        _ => USUAL.say(lang).to_owned(),
    }
}

const USUAL: Phrase = Phrase::new("mặc định", "default");

/// Under which name changes are recorded, and what that name rests on.
fn write_user(call: &Call, out: &mut dyn Write) -> io::Result<()> {
    let user = &call.world.user;
    let source = match user.source {
        UserSource::Accounts => Phrase::new("tài khoản đăng nhập", "login account"),
        UserSource::Variable => {
            Phrase::new("biến môi trường USER, không xác minh được", "the variable USER, not verified")
        }
        UserSource::Number => Phrase::new("mã số người dùng (UID)", "number of the account"),
    };
    let label = Phrase::new("người sửa", "changes are made by");
    let name = text::clean(&user.name);
    writeln!(out, "// {}: {name} ({})", label.say(call.lang()), source.say(call.lang()))
}
