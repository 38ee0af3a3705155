//! `tiendo restore`: the earlier texts of a plan, and what an editor has overwritten; and bringing them back.

use std::io::{self, Write};
use std::path::Path;
use std::time::SystemTime;

use chrono::{DateTime, FixedOffset};

use super::options::{LEAVE, MISSING, TO};
use super::{Call, Complaint, Exit, Streams, changes, saying, set, which};
use crate::plan::time::write_date;
use crate::plan::{Change, Field, Plan};
use crate::store::{Backup, BackupState, Backups, BroughtBack, Deed, Difference, Saved, Store, StoreError};
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
        return leave_lost_updates(call, streams);
    }
    list(call, streams, &path)
}

fn past(call: &Call, path: &Path) -> Result<Backups, Complaint> {
    let past = Backups::of(path, call.world.state_folder().as_deref());
    past.map_err(|trouble| complaint(path, trouble))
}

fn complaint(path: &Path, trouble: StoreError) -> Complaint {
    Complaint::File { path: path.to_owned(), trouble }
}

/// The earlier texts, newest first, and what is missing. A plan that is broken has earlier texts all the same.
fn list(call: &Call, streams: &mut Streams, path: &Path) -> Result<Exit, Complaint> {
    let texts = past(call, path)?.texts();
    let lang = call.lang();
    if texts.is_empty() {
        writeln!(streams.out, "{}: {}", saying::path(path), call.printable(NO_TEXTS.say(lang)))?;
    }
    let hand = |text: &Backup| text.by.clone().unwrap_or_else(|| OTHER_PROGRAM.say(lang).to_owned());
    let room = texts.iter().map(|text| text::width(&hand(text))).max().unwrap_or_default();
    for text in &texts {
        let hand = hand(text);
        let gap = " ".repeat(room - text::width(&hand));
        let (at, what) = (moment(text.at, call), contents(text, lang));
        let line = format!("{:>4}  {}  {at}  {}{gap}  {what}", text.number, hash(text), text::line(&hand));
        writeln!(streams.out, "{}", call.printable(&line))?;
    }
    if let Ok(store) = which::open(call)
        && let Some(missing) = store.lost_updates()
    {
        let clear = missing.deeds.iter().map(|deed| deed.without(&missing.outdone)).collect::<Vec<_>>();
        say_deeds(call, streams.out, &clear, store.plan(), Said::Missing)?;
        say_deeds(call, streams.out, &missing.outdone, store.plan(), Said::Clashing)?;
    }
    Ok(Exit::Fine)
}

const NO_TEXTS: Phrase = Phrase::new("chưa có bản cũ nào", "there are no earlier versions yet");
const OTHER_PROGRAM: Phrase = Phrase::new("(chương trình khác)", "(another program)");

/// As much of it as nobody mistakes.
fn hash(text: &Backup) -> String {
    format!("{:016x}", text.hash)[..8].to_owned()
}

fn moment(at: SystemTime, call: &Call) -> String {
    moment_of(DateTime::<chrono::Utc>::from(at).with_timezone(call.world.now.offset()))
}

fn moment_of(at: DateTime<FixedOffset>) -> String {
    format!("{} {}", write_date(at.date_naive()), at.format("%H:%M:%S"))
}

/// What the text was saved for, and what bringing it back would come to.
fn contents(text: &Backup, lang: Lang) -> String {
    let figures = text.difference.map_or_else(|| NOT_A_PLAN.say(lang).to_owned(), |it| figures(it, lang));
    let news = text.news.as_ref().and_then(|(plan, changes)| news(plan, changes, lang));
    let unmerged = (text.standing == BackupState::Unmerged).then(|| UNMERGED.say(lang).to_owned());
    news.into_iter().chain([figures]).chain(unmerged).collect::<Vec<_>>().join("; ")
}

/// The first of the changes, and how many there are besides.
fn news(plan: &Plan, changes: &[Change], lang: Lang) -> Option<String> {
    let is_status = |change: &&Change| change.edit_in(Field::Status).is_some();
    let first = changes.iter().find(is_status).or(changes.first())?;
    let told = text::cut(&changes::change(first, plan, lang), NEWS).into_owned();
    Some(match (changes.len() - 1, lang) {
        (0, _) => told,
        (others, Lang::Vi) => format!("{told} và {others} thay đổi nữa"),
        (others, Lang::En) => format!("{told} and {others} more"),
    })
}

/// So much of what a text was saved for, in columns, tells it from the others.
const NEWS: usize = 80;

const NOT_A_PLAN: Phrase =
    Phrase::new("không so sánh được: tệp hỏng", "cannot be compared: a file is broken");
const UNMERGED: Phrase = Phrase::new("chưa có trong bản nào khác", "in no other version");
const SAME: Phrase = Phrase::new("như hiện nay", "as it is now");

fn figures(Difference { back, gone, other }: Difference, lang: Lang) -> String {
    let figures = match lang {
        Lang::Vi => [
            (other, format!("nay khác ở {other} việc")),
            (back, format!("{back} việc sẽ có lại")),
            (gone, format!("{gone} việc sẽ mất")),
        ],
        Lang::En => [
            (other, format!("other than now in {}", tasks(other))),
            (back, format!("brings back {}", tasks(back))),
            (gone, format!("loses {}", tasks(gone))),
        ],
    };
    let figures: Vec<_> = figures.into_iter().filter(|(count, _)| *count > 0).map(|it| it.1).collect();
    if figures.is_empty() { SAME.say(lang).to_owned() } else { figures.join(", ") }
}

fn tasks(count: usize) -> String {
    if count == 1 { "1 task".to_owned() } else { format!("{count} tasks") }
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
        (Lang::En, Saved::Nothing) => format!("the file is already version {} ({at})", text.number),
        (Lang::Vi, _) => format!("đã trở lại bản {} ({at}); bản vừa thay vẫn được giữ", text.number),
        (Lang::En, _) => format!("back to version {} ({at}); the one it replaces is kept", text.number),
    };
    writeln!(streams.out, "{}", call.printable(&format!("{}: {line}", saying::path(path))))?;
    Ok(Exit::Fine)
}

/// By its number, or by the beginning of its hash.
fn named<'a>(texts: &'a [Backup], name: &str) -> Option<&'a Backup> {
    let is_numbered = |text: &&Backup| name.parse() == Ok(text.number);
    let is_hashed = |text: &&Backup| {
        name.len() >= 4 && format!("{:016x}", text.hash).starts_with(&name.to_ascii_lowercase())
    };
    texts.iter().find(is_numbered).or_else(|| texts.iter().find(is_hashed))
}

fn bring_missing_back(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let mut store = which::open(call)?;
    if store.lost_updates().is_none() {
        return nothing_missing(call, streams.out, &store);
    }
    let outcome = store.bring_back().map_err(|trouble| complaint(store.path(), trouble))?;
    let BroughtBack { back, outdone, refused } = &outcome.brought_back;
    for (deeds, said) in [(back, Said::Back), (outdone, Said::Outdone), (refused, Said::Refused)] {
        say_deeds(call, streams.out, deeds, &outcome.plan, said)?;
    }
    set::remark(call, streams.notes, &store, &outcome)?;
    Ok(Exit::Fine)
}

fn leave_lost_updates(call: &Call, streams: &mut Streams) -> Result<Exit, Complaint> {
    let mut store = which::open(call)?;
    let Some(missing) = store.lost_updates() else {
        return nothing_missing(call, streams.out, &store);
    };
    let outcome = store.leave_lost_updates().map_err(|trouble| complaint(store.path(), trouble))?;
    say_deeds(call, streams.out, &missing.deeds, &outcome.plan, Said::Left)?;
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
    /// Others have set something else since, and had not seen them.
    Clashing,
    Back,
    Outdone,
    Refused,
    Left,
}

impl Said {
    fn heading(self, count: usize, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Vi, Self::Missing) => format!(
                "Thiếu {count} thay đổi đã lưu, do chương trình khác đã ghi bản cũ đè lên. \
                 Khôi phục: tiendo restore --missing; để như vậy: --leave"
            ),
            (Lang::En, Self::Missing) => format!(
                "{count} saved changes are missing: another program has written an older version over them. \
                 Bring them back: tiendo restore --missing; leave it so: --leave"
            ),
            (Lang::Vi, Self::Clashing) => format!(
                "Thiếu {count} thay đổi đã lưu; sau đó có người đặt giá trị khác do không nhìn thấy. \
                 Giữ cả hai, có đánh dấu trong lịch sử: tiendo restore --missing; để như vậy: --leave"
            ),
            (Lang::En, Self::Clashing) => format!(
                "{count} saved changes are missing and somebody has set something else since, without seeing them. \
                 Keep both, marked in the history: tiendo restore --missing; leave it so: --leave"
            ),
            (Lang::Vi, Self::Back) => format!("Đã khôi phục {count} thay đổi:"),
            (Lang::En, Self::Back) => format!("{count} changes brought back:"),
            (Lang::Vi, Self::Outdone) => {
                format!("Giá trị đặt sau được giữ; {count} thay đổi này được giữ trong lịch sử, có đánh dấu:")
            }
            (Lang::En, Self::Outdone) => {
                format!("What was set later stays; these {count} changes are kept in the history, marked:")
            }
            (Lang::Vi, Self::Refused) => {
                format!("Không khôi phục {count} thay đổi vì việc đã được sửa:")
            }
            (Lang::En, Self::Refused) => {
                format!("{count} changes are not brought back, because the task has been changed:")
            }
            (Lang::Vi, Self::Left) => format!("Để như hiện nay, không có {count} thay đổi này:"),
            (Lang::En, Self::Left) => format!("Left as it is now, without these {count} changes:"),
        }
    }
}

/// Nothing, if there are no changes.
fn say_deeds(call: &Call, out: &mut dyn Write, deeds: &[Deed], plan: &Plan, said: Said) -> io::Result<()> {
    let count: usize = deeds.iter().map(|deed| deed.changes.len()).sum();
    if count == 0 {
        return Ok(());
    }
    writeln!(out, "{}", call.printable(&said.heading(count, call.lang())))?;
    for deed in deeds {
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
