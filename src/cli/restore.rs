//! `tiendo restore`: the earlier texts of a plan, and what an editor has overwritten; and bringing them back.

use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

use chrono::{DateTime, FixedOffset};

use super::options::{LEAVE, MISSING, TO};
use super::{Call, Complaint, Exit, Streams, changes, saying, set, which};
use crate::plan::time::write_date;
use crate::plan::{Change, Plan};
use crate::store::{Deed, Difference, Earlier, Missing, Past, Saved, Standing, Store, Trouble};
use crate::text;
use crate::words::{Lang, Phrase};

pub(super) fn run(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let path = which::path(call)?;
    if let Some(name) = call.text(TO.name) {
        return bring_text_back(call, streams, &path, name.trim());
    }
    if call.is_given(MISSING.name) {
        return bring_missing_back(call, streams);
    }
    if call.is_given(LEAVE.name) {
        return leave_missing(call, streams);
    }
    list(call, streams, &path)
}

fn past(call: &Call, path: &Path) -> Result<Past, Complaint> {
    let past = Past::of(path, call.world.state_folder().as_deref());
    past.map_err(|trouble| complaint(path, trouble))
}

fn complaint(path: &Path, trouble: Trouble) -> Complaint {
    Complaint::File { path: path.to_owned(), trouble }
}

/// The earlier texts, newest first, and what is missing. A plan that is broken has earlier texts all the same.
fn list(call: &Call, streams: &mut Streams, path: &Path) -> Result<Exit, Complaint> {
    let texts = past(call, path)?.texts();
    let lang = call.lang();
    if texts.is_empty() {
        writeln!(streams.out, "{}: {}", saying::path(path), call.printable(NO_TEXTS.say(lang)))?;
    }
    let hand = |text: &Earlier| text.by.clone().unwrap_or_else(|| OTHER_PROGRAM.say(lang).to_owned());
    let room = texts.iter().map(|text| text::width(&hand(text))).max().unwrap_or_default();
    for text in &texts {
        let hand = hand(text);
        let gap = " ".repeat(room - text::width(&hand));
        let (at, what) = (moment(text.at, call), contents(text, lang));
        let line = format!("{:>4}  {}  {at}  {}{gap}  {what}", text.number, hash(text), text::line(&hand));
        writeln!(streams.out, "{}", call.printable(&line))?;
    }
    if let Ok(store) = which::open(call)
        && let Some(missing) = store.missing()
    {
        say_missing(call, streams.out, &missing, store.plan(), Said::Missing)?;
    }
    Ok(Exit::Fine)
}

const NO_TEXTS: Phrase = Phrase::new("chưa có bản cũ nào", "there are no earlier texts yet");
const OTHER_PROGRAM: Phrase = Phrase::new("(chương trình khác)", "(another program)");

/// As much of it as nobody mistakes.
fn hash(text: &Earlier) -> String {
    format!("{:016x}", text.hash)[..8].to_owned()
}

fn moment(at: SystemTime, call: &Call) -> String {
    moment_of(DateTime::<chrono::Utc>::from(at).with_timezone(call.world.now.offset()))
}

fn moment_of(at: DateTime<FixedOffset>) -> String {
    format!("{} {}", write_date(at.date_naive()), at.format("%H:%M:%S"))
}

/// What bringing the text back would come to.
fn contents(text: &Earlier, lang: Lang) -> String {
    let figures = text.difference.map_or_else(|| NOT_A_PLAN.say(lang).to_owned(), |it| figures(it, lang));
    match text.standing {
        Standing::Replaced => figures,
        Standing::Unmerged => format!("{figures}; {}", UNMERGED.say(lang)),
    }
}

const NOT_A_PLAN: Phrase =
    Phrase::new("không so sánh được: tệp hỏng", "cannot be compared: a file is broken");
const UNMERGED: Phrase = Phrase::new("chưa có trong bản nào khác", "in no other text");
const SAME: Phrase = Phrase::new("như hiện nay", "as it is now");

fn figures(Difference { back, gone, other }: Difference, lang: Lang) -> String {
    let figures = match lang {
        Lang::Vi => [(other, "việc khác"), (back, "việc sẽ có lại"), (gone, "việc sẽ mất")],
        Lang::En => [(other, "tasks differ"), (back, "tasks come back"), (gone, "tasks go")],
    };
    let figures = figures.into_iter().filter(|(count, _)| *count > 0);
    let figures: Vec<_> = figures.map(|(count, what)| format!("{count} {what}")).collect();
    if figures.is_empty() { SAME.say(lang).to_owned() } else { figures.join(", ") }
}

fn bring_text_back(call: &Call, streams: &mut Streams, path: &Path, name: &str) -> Result<Exit, Complaint> {
    let past = past(call, path)?;
    let texts = past.texts();
    let Some(text) = named(&texts, name) else {
        return Err(Complaint::NoText { path: path.to_owned(), name: name.to_owned() });
    };
    let saved = past.bring_back(text).map_err(|trouble| complaint(path, trouble))?;
    let at = moment(text.at, call);
    let line = match (call.lang(), saved) {
        (Lang::Vi, Saved::Nothing) => format!("tệp đã đúng như bản {} ({at})", text.number),
        (Lang::En, Saved::Nothing) => format!("the file is text {} ({at}) already", text.number),
        (Lang::Vi, _) => format!("đã trở lại bản {} ({at}); bản vừa thay vẫn được giữ", text.number),
        (Lang::En, _) => format!("back to text {} ({at}); the one it replaces is kept", text.number),
    };
    writeln!(streams.out, "{}", call.printable(&format!("{}: {line}", saying::path(path))))?;
    Ok(Exit::Fine)
}

/// By its number, or by the beginning of its hash.
fn named<'a>(texts: &'a [Earlier], name: &str) -> Option<&'a Earlier> {
    let is_numbered = |text: &&Earlier| name.parse() == Ok(text.number);
    let is_hashed = |text: &&Earlier| {
        name.len() >= 4 && format!("{:016x}", text.hash).starts_with(&name.to_ascii_lowercase())
    };
    texts.iter().find(is_numbered).or_else(|| texts.iter().find(is_hashed))
}

fn bring_missing_back(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let mut store = which::open(call)?;
    let Some(missing) = store.missing() else {
        return nothing_missing(call, streams.out, &store);
    };
    let outcome = store.bring_back().map_err(|trouble| complaint(store.path(), trouble))?;
    say_missing(call, streams.out, &missing, &outcome.plan, Said::Back)?;
    set::remark(call, streams.notes, &store, &outcome)?;
    Ok(Exit::Fine)
}

fn leave_missing(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let mut store = which::open(call)?;
    let Some(missing) = store.missing() else {
        return nothing_missing(call, streams.out, &store);
    };
    let outcome = store.leave_missing().map_err(|trouble| complaint(store.path(), trouble))?;
    say_missing(call, streams.out, &missing, &outcome.plan, Said::Left)?;
    Ok(Exit::Fine)
}

fn nothing_missing(call: &Call, out: &mut dyn Write, store: &Store) -> Result<Exit, Complaint> {
    let line = format!("{}: {}", saying::path(store.path()), NOTHING_MISSING.say(call.lang()));
    writeln!(out, "{}", call.printable(&line))?;
    Ok(Exit::Fine)
}

const NOTHING_MISSING: Phrase = Phrase::new("không thiếu thay đổi nào", "no change is missing");

/// What became of the changes that were missing.
#[derive(Debug, Clone, Copy)]
enum Said {
    Missing,
    Back,
    Left,
}

impl Said {
    fn heading(self, count: usize, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Vi, Self::Missing) => format!(
                "Thiếu {count} thay đổi đã lưu, do chương trình khác ghi đè bản cũ. \
                 Mang lại: tiendo restore --missing; để như vậy: --leave"
            ),
            (Lang::En, Self::Missing) => format!(
                "{count} saved changes are missing: another program has written an older text over them. \
                 Bring them back: tiendo restore --missing; leave it so: --leave"
            ),
            (Lang::Vi, Self::Back) => format!("Đã mang lại {count} thay đổi:"),
            (Lang::En, Self::Back) => format!("{count} changes brought back:"),
            (Lang::Vi, Self::Left) => format!("Để như hiện nay, không có {count} thay đổi này:"),
            (Lang::En, Self::Left) => format!("Left as it is now, without these {count} changes:"),
        }
    }
}

fn say_missing(
    call: &Call,
    out: &mut dyn Write,
    missing: &Missing,
    plan: &Plan,
    said: Said,
) -> io::Result<()> {
    let count = missing.deeds.iter().map(|deed| deed.changes.len()).sum();
    writeln!(out, "{}", call.printable(&said.heading(count, call.lang())))?;
    for deed in &missing.deeds {
        for change in &deed.changes {
            writeln!(out, "  {}", call.printable(&change_of(deed, change, plan, call.lang())))?;
        }
    }
    Ok(())
}

fn change_of(deed: &Deed, change: &Change, plan: &Plan, lang: Lang) -> String {
    let (at, by) = (moment_of(deed.stamp.at), text::line(&deed.stamp.by));
    format!("{at}  {by}  {}", changes::change(change, plan, lang))
}
