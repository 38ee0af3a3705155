//! `tiendo config`: where the configuration is, and what holds, as a file that would set just that.

use std::io::{self, Write};

use super::{Call, CliError, Streams, UserSource, printed};
use crate::config::{ConfigSetting, LANGUAGE, SETTINGS};
use crate::text;
use crate::words::Phrase;

pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<(), CliError> {
    let lang = call.lang();
    match &call.settings.path {
        Some(path) if path.is_file() => writeln!(streams.out, "// {}", printed::path(path))?,
        Some(path) => writeln!(streams.out, "// {} {}", printed::path(path), NOT_THERE.say(lang))?,
        None => writeln!(streams.out, "// {}", NO_HOME.say(lang))?,
    }
    writeln!(streams.out, "(")?;
    for ConfigSetting { name, label, value, .. } in &SETTINGS {
        let (value, source) = (value(&call.settings.config), source(call, name));
        writeln!(streams.out, "    {name}: {value}, // {}: {source}", label.say(lang))?;
    }
    writeln!(streams.out, ")")?;
    Ok(write_user(call, streams.out)?)
}

const NOT_THERE: Phrase = Phrase::new("(chưa có)", "(not there yet)");
const NO_HOME: Phrase = Phrase::new(
    "không biết thư mục cấu hình: chưa đặt HOME",
    "where the configuration would be is not known: HOME is not set",
);

/// Where a value comes from, the strongest first.
fn source(call: &Call, name: &str) -> String {
    let settings = call.settings;
    match (settings.lang_source, settings.config.place(name), &settings.path) {
        (Some(source), ..) if name == LANGUAGE => source.to_owned(),
        (_, Some(place), Some(path)) => format!("{}:{}:{}", printed::path(path), place.line, place.column),
        _ => call.say(Phrase::new("mặc định", "default")).to_owned(),
    }
}

/// Under which name changes are recorded, and what that name rests on.
fn write_user(call: &Call, out: &mut dyn Write) -> io::Result<()> {
    let user = &call.environment.user;
    let source = match user.source {
        UserSource::Accounts => Phrase::new("tài khoản đăng nhập", "login account"),
        UserSource::Variable => {
            Phrase::new("biến môi trường USER, không xác minh được", "the variable USER, not verified")
        }
        UserSource::Number => Phrase::new("mã số người dùng (UID)", "number of the account"),
    };
    let label = Phrase::new("người sửa", "changes are made by");
    let name = text::clean(&user.name);
    writeln!(out, "// {}: {name} ({})", call.say(label), call.say(source))
}
