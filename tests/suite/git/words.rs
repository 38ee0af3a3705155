//! What is said in Vietnamese when a plan is exchanged, merged, and made known to git.

use super::*;

impl Machine<'_> {
    /// A call in the language that plans are written in: what it prints, and what it complains of.
    fn said(&self, words: &[&str]) -> (String, String, i32) {
        let mut command = self.command(env!("CARGO_BIN_EXE_tiendo"));
        let output = finish(command.args(words));
        let here = self.path("").to_string_lossy().trim_end_matches('/').to_owned();
        (
            out(&output).replace(&here, "KHO"),
            notes(&output).replace(&here, "KHO"),
            output.status.code().unwrap(),
        )
    }

    #[track_caller]
    fn says(&self, words: &[&str], expected: &str) {
        assert_eq!(self.said(words), (expected.to_owned(), String::new(), 0));
    }

    #[track_caller]
    fn complains(&self, words: &[&str], expected: &str, exit: i32) {
        assert_eq!(self.said(words), (String::new(), expected.to_owned(), exit));
    }
}

#[test]
fn an_exchange_is_told() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    lan.says(&["sync", "plan.ron"], "Hai bên đã khớp nhau.\n");
    lan.tiendo(&["set", "plan.ron", "a", "--status", "doing"]);
    let change = "1 · Tổng kết năm trước: Trạng thái: Chưa thực hiện → Đang thực hiện";
    lan.says(&["sync", "plan.ron"], &format!("Đã ghi vào git:\n  {change}\nĐã gửi đi.\n"));
    minh.tiendo(&["set", "plan.ron", "b", "--note", "đã gửi giấy mời"]);
    minh.tiendo(&["set", "plan.ron", "b", "--status", "paused", "--reason", "chờ ý kiến"]);
    let told = "\
KHO: đã ghi cách gọi tiendo vào cấu hình git của kho này
Đã ghi vào git:
  Kế hoạch: 2 thay đổi
  2 · Tổ chức hội nghị sơ kết: Trạng thái: Chưa thực hiện → Tạm dừng
  2 · Tổ chức hội nghị sơ kết: Ghi chú: (trống) → đã gửi giấy mời
Nhận về:
";
    minh.says(&["sync", "plan.ron"], &format!("{told}  {change}\nĐã gửi đi.\n"));
    fs::write(minh.path("note.txt"), "x").unwrap();
    minh.git(&["add", "note.txt"]);
    minh.git(&["commit", "--quiet", "-m", "note"]);
    minh.says(&["sync", "plan.ron"], "Đã gửi đi.\n");
    lan.tiendo(&["sync", "plan.ron"]);
    fs::write(lan.path("note.txt"), "y").unwrap();
    lan.git(&["commit", "--quiet", "--all", "-m", "note"]);
    lan.tiendo(&["sync", "plan.ron"]);
    minh.says(&["sync", "plan.ron"], "Nhận về: kế hoạch này không có gì mới\nHai bên đã khớp nhau.\n");
}

#[test]
fn what_two_have_set_differently_is_told() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    lan.tiendo(&["set", "plan.ron", "a", "--note", "đã gửi"]);
    minh.tiendo(&["set", "plan.ron", "a", "--note", "chưa gửi"]);
    minh.tiendo(&["set", "plan.ron", "c", "--title", "Báo cáo quý IV"]);
    lan.tiendo(&["set", "plan.ron", "c", "--title", "Báo cáo năm"]);
    for machine in [&lan, &minh, &lan] {
        machine.tiendo(&["sync", "plan.ron"]);
    }
    let (told, ..) = lan.said(&["log", "plan.ron"]);
    assert!(told.contains("Ghi chú: ") && told.contains("Báo cáo "), "{told}");
    assert_eq!(told.matches(" · hai người sửa khác nhau\n").count(), 2, "{told}");
    let version = |name: &str, title: &str| {
        fs::write(lan.path(name), PLAN.replace("Báo cáo cuối năm", title)).unwrap();
    };
    version("gốc", "Báo cáo cuối năm");
    version("mình", "Báo cáo năm");
    version("kia", "Báo cáo quý");
    let told = "3 · Báo cáo quý: Nội dung nhiệm vụ: Báo cáo năm → Báo cáo quý · hai người sửa khác nhau\n";
    lan.says(&["merge", "gốc", "mình", "kia"], told);
}

#[test]
fn making_plans_known_to_git_is_told() {
    let office = Office::new();
    fs::create_dir(office.path("lan")).unwrap();
    let lan = Machine { office: &office, name: "lan" };
    lan.write(PLAN);
    let told = "plan.ron: không nằm trong kho git nào; để tạo kho: git init\n";
    lan.complains(&["sync", "plan.ron"], told, 2);
    lan.git(&["init", "--quiet", "--initial-branch", "main"]);
    lan.introduce_user();
    let told = "\
KHO: đã ghi cách gọi tiendo vào cấu hình git của kho này
KHO: đã thêm “*.ron merge=tiendo” vào .gitattributes; hãy ghi tệp này vào git để máy khác cũng có
";
    lan.says(&["git-setup", "plan.ron"], told);
    lan.says(&["git-setup", "plan.ron"], "KHO: git đã biết cách gộp kế hoạch từ trước\n");
    let (told, complaint, exit) = lan.said(&["sync", "plan.ron"]);
    assert_eq!(told, "Đã ghi vào git:\n  Thêm kế hoạch: Kế hoạch công tác năm 2024\n");
    let nobody = "tiendo: kho git này chưa nối với kho nào khác nên chưa gửi đi đâu; để nối: git remote add origin …\n";
    assert_eq!((complaint.as_str(), exit), (nobody, 1));
}

#[test]
fn why_an_exchange_came_to_nothing_is_told() {
    let office = Office::new();
    let [lan, minh] = office.shared();
    lan.commit_a_note();
    minh.commit_a_note();
    lan.tiendo(&["sync", "plan.ron"]);
    minh.tiendo(&["git-setup", "plan.ron"]);
    let told = "\
Đã ghi vào git trên máy này, nhưng chưa gộp được với bên kia: note.txt
Hãy tự gộp bằng lệnh: git merge origin/main
";
    minh.complains(&["sync", "plan.ron"], told, 2);
    assert_eq!(minh.try_git(&["merge", "origin/main"]).status.code(), Some(1));
    let told = "tiendo: kho git còn việc gộp làm dở; hãy làm cho xong (xem git status) rồi thử lại\n";
    minh.complains(&["sync", "plan.ron"], told, 2);
    fs::remove_dir_all(office.path("hub.git")).unwrap();
    let (_, told, exit) = lan.said(&["sync", "plan.ron"]);
    assert!(told.starts_with("Đã ghi vào git trên máy này, nhưng chưa nhận về được: "), "{told}");
    assert_eq!(exit, 2);
}
