//! The words by which a conclusion is read: who orders, who does what with whom, and the bodies that every province
//! has.
//!
//! Phrases stand between semicolons, as they are spelled; a sentence may have them without tones.

use std::sync::LazyLock;

use crate::plan::agency::Phrasebook;

/// Phrases of one kind.
pub(super) type Phrases = LazyLock<Phrasebook<()>>;

fn phrases(list: &'static str) -> Phrasebook<()> {
    Phrasebook::of(list.split(';').map(|phrase| (phrase, ())))
}

/// What an order leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ordering {
    /// Who is named does it.
    Giving,
    /// Who is named is asked for it, perhaps to support another.
    Asking,
}

pub(super) static ORDERS: LazyLock<Phrasebook<Ordering>> = LazyLock::new(|| {
    let giving =
        ["giao", "giao cho", "giao nhiệm vụ cho", "phân công", "phân công cho", "giao trách nhiệm cho"];
    let asking = ["đề nghị", "yêu cầu", "trân trọng đề nghị"];
    let all = giving.map(|order| (order, Ordering::Giving)).into_iter();
    Phrasebook::of(all.chain(asking.map(|order| (order, Ordering::Asking))))
});

/// Who speaks in a conclusion, before the order.
pub(super) static SPEAKERS: Phrases = LazyLock::new(|| {
    phrases(
        "Chủ tịch UBND tỉnh;Chủ tịch UBND huyện;Chủ tịch UBND thành phố;Chủ tịch UBND thị xã;Chủ tịch UBND xã;\
        Chủ tịch UBND phường;Phó Chủ tịch UBND tỉnh;Phó Chủ tịch Thường trực UBND tỉnh;Đồng chí Chủ tịch UBND tỉnh;\
        Chủ tịch Ủy ban nhân dân tỉnh;UBND tỉnh;UBND huyện;UBND thành phố;UBND thị xã;UBND xã;UBND phường;\
        Ủy ban nhân dân tỉnh;Chủ tịch Hội đồng;Hội đồng;Thường trực Hội đồng;Ban Thường vụ Tỉnh ủy;\
        Thường trực Tỉnh ủy;Hội nghị;Cuộc họp;Phiên họp;Đồng chí Chủ trì;Chủ trì cuộc họp;Chủ trì hội nghị",
    )
});

/// What stands between the speaker, if one is named, and what is given.
pub(super) static AGREED: Phrases =
    LazyLock::new(|| phrases("thống nhất;nhất trí;đồng ý;kết luận;quyết định;chỉ đạo;trước mắt;tiếp tục"));

/// Those who lead.
pub(super) static PRESIDING: Phrases = LazyLock::new(|| {
    phrases(
        "chủ trì;là cơ quan chủ trì;là đơn vị chủ trì;làm cơ quan chủ trì;làm đơn vị chủ trì;làm chủ trì;\
        làm đầu mối;là đầu mối;là cơ quan đầu mối;là đơn vị đầu mối;có trách nhiệm chủ trì;chịu trách nhiệm chủ trì;\
        chịu trách nhiệm chính;là cơ quan thường trực;làm cơ quan đầu mối;làm đơn vị đầu mối",
    )
});

/// Those who have to do it.
pub(super) static BOUND: Phrases = LazyLock::new(|| phrases("có trách nhiệm;chịu trách nhiệm;có nhiệm vụ"));

/// Before those who cooperate.
pub(super) static TOGETHER: Phrases = LazyLock::new(|| {
    phrases(
        "phối hợp;phối hợp với;phối hợp cùng;phối hợp cùng với;phối hợp chặt chẽ với;phối hợp chặt chẽ;\
        phối hợp chặt chẽ cùng;có sự phối hợp của;chủ động phối hợp với;chủ động phối hợp",
    )
});

/// Behind those who cooperate.
pub(super) static HELPING: Phrases = LazyLock::new(|| {
    phrases(
        "phối hợp;phối hợp thực hiện;cùng phối hợp;cùng phối hợp thực hiện;là cơ quan phối hợp;là đơn vị phối hợp;\
        có trách nhiệm phối hợp;có trách nhiệm phối hợp thực hiện",
    )
});

/// How work begins, so that a name is at its end before it.
pub(super) static WORK: Phrases = LazyLock::new(|| {
    phrases(
        "ban hành;bàn giao;báo cáo;bảo đảm;biên soạn;bố trí;bổ sung;cam kết;căn cứ;cập nhật;cần;chỉ đạo;chủ động;\
        chủ trì;chuẩn bị;chuyển;chọn;chịu trách nhiệm;có báo cáo;có phương án;có văn bản;có kế hoạch;có giải pháp;\
        có trách nhiệm;công bố;công khai;cung cấp;cụ thể hóa;dự thảo;đánh giá;đăng ký;đăng tải;đảm bảo;đẩy mạnh;\
        đẩy nhanh;đề nghị;đề xuất;điều chỉnh;đôn đốc;đưa;giải quyết;giải trình;giám sát;giới thiệu;gửi;hoàn chỉnh;\
        hoàn thành;hoàn thiện;họp;hướng dẫn;in;khắc phục;khẩn trương;khảo sát;kịp thời;kiểm điểm;kiểm tra;làm rõ;\
        làm việc;lập;lấy ý kiến;lựa chọn;mở;nâng cao;nghiêm túc;nghiên cứu;nộp;nhanh chóng;phải;phát động;phát hành;\
        phê duyệt;phổ biến;phối hợp;quán triệt;quản lý;quyết liệt;rà soát;rút kinh nghiệm;sắp xếp;sơ kết;sớm;\
        sửa đổi;tạo điều kiện;tăng cường;tập huấn;tập trung;tập hợp;tham gia;tham mưu;thành lập;thanh tra;thẩm định;\
        theo chức năng;theo dõi;thông báo;thông tin;thống kê;thực hiện;thường xuyên;tiếp nhận;tiếp thu;\
        tiếp tục;tổ chức;tổng hợp;tổng kết;trả lời;trên cơ sở;triển khai;trình;trực tiếp;truyền thông;tuyên truyền;\
        vận động;viết;xác định;xác minh;xây dựng;xem xét;xử lý;ký;đăng;trao đổi;thông qua;duy trì;phát huy;\
        khen thưởng;tôn vinh;kiện toàn;đề ra;đối chiếu;thẩm tra;hỗ trợ;số hóa;giao;phân công;yêu cầu;nhằm;để;giải phóng;bồi thường;nâng cấp;sửa chữa;mời;\
        cử;phân bổ;thanh toán;quyết toán;xét;chấm;trao;tặng",
    )
});

/// What behind bodies means that more belongs to them than was read.
pub(super) static CLINGING: Phrases = LazyLock::new(|| {
    phrases(
        "và;hoặc;hay;cùng;với;của;thuộc;tại;ở;về;là;do;đã;đang;được;bị;từ;trực thuộc;nơi;khi;nếu;không;chưa",
    )
});

/// What is part of a name that it stands behind.
pub(super) static TAILS: Phrases = LazyLock::new(|| {
    phrases(
        "tỉnh;huyện;quận;thị xã;thành phố;TP;xã;phường;thị trấn;trung ương;khu vực;cấp;số;khóa;trực thuộc;của;thuộc",
    )
});

/// What stands before the name of a place.
pub(super) static UNITS: Phrases =
    LazyLock::new(|| phrases("tỉnh;huyện;quận;thị xã;thành phố;TP;xã;phường;thị trấn;khu vực"));

/// What is as good as the name of a place.
pub(super) static TOPS: Phrases =
    LazyLock::new(|| phrases("tỉnh;thành phố;Trung ương;Việt Nam tỉnh;Việt Nam"));

/// How the names of bodies begin.
pub(super) static HEADS: Phrases = LazyLock::new(|| {
    phrases(
        "Sở;Ban;Ủy ban;Ủy ban nhân dân;UBND;Hội đồng;Hội đồng nhân dân;HĐND;Văn phòng;Phòng;Công an;Bộ Chỉ huy;\
        Bộ đội;Thanh tra;Cục;Chi cục;Trung tâm;Hội;Hiệp hội;Đoàn;Liên đoàn;Liên minh;Mặt trận;Kho bạc;Bảo hiểm;Đài;\
        Báo;Tạp chí;Trường;Học viện;Viện;Bệnh viện;Ngân hàng;Tòa án;Viện Kiểm sát;Bưu điện;Công ty;Tổng công ty;\
        Đảng ủy;Quỹ;Tổ;Khối;Cụm;Thuế;Chi nhánh;Điện lực",
    )
});

/// Bodies that are above the office and take no task from it.
pub(super) static ABOVE: Phrases = LazyLock::new(|| {
    phrases(
        "Bộ;Chính phủ;Văn phòng Chính phủ;Quốc hội;Thủ tướng;Thủ tướng Chính phủ;Ban Bí thư;Ban Chấp hành Trung ương",
    )
});

/// All bodies of a kind begin so.
pub(super) static MANY: Phrases = LazyLock::new(|| {
    phrases(
        "các;một số;những;mọi;toàn thể;tất cả các;UBND các;UBND cấp;Ủy ban nhân dân các;Ủy ban nhân dân cấp",
    )
});

/// The kinds of which there are many.
pub(super) static SORTS: Phrases = LazyLock::new(|| {
    phrases(
        "cơ quan;đơn vị;sở;ban;ngành;sở ngành;ban ngành;đoàn thể;địa phương;tổ chức;doanh nghiệp;phòng;huyện;quận;\
        thị xã;thành phố;xã;phường;thị trấn;hội;hội đoàn thể;phòng ban;cơ quan chuyên môn;cơ quan báo chí;\
        cơ quan thông tấn;tổ chức chính trị;tổ chức chính trị xã hội;xã hội;cơ quan hành chính;cụm;khối;cụm khối thi đua",
    )
});

/// What closes them.
pub(super) static CONCERNED: Phrases = LazyLock::new(|| {
    phrases(
        "liên quan;có liên quan;khác;liên quan khác;tỉnh;của tỉnh;cấp tỉnh;trong tỉnh;trên địa bàn tỉnh;\
        liên quan của tỉnh;thuộc tỉnh;thuộc UBND tỉnh;có liên quan của tỉnh;tỉnh có liên quan;tỉnh liên quan",
    )
});

/// Kinds of which several may stand behind one word: `các Sở: Nội vụ, Tư pháp`.
pub(super) static SHARED: Phrases = LazyLock::new(|| phrases("Sở;Phòng"));

/// Those to whom is reported.
pub(super) static RECIPIENTS: Phrases = LazyLock::new(|| {
    phrases(
        "UBND tỉnh;Chủ tịch UBND tỉnh;Ủy ban nhân dân tỉnh;Chủ tịch Ủy ban nhân dân tỉnh;HĐND tỉnh;Tỉnh ủy;\
        Ban Thường vụ Tỉnh ủy;Thường trực Tỉnh ủy;UBND huyện;UBND thành phố;Chủ tịch UBND huyện;UBND xã;\
        Hội đồng nhân dân tỉnh;cấp có thẩm quyền",
    )
});

/// Bodies that there are in every province, with the names of their places behind them.
pub(super) static STANDARD: Phrases = LazyLock::new(|| {
    let fields =
        |(head, fields): &'static (&str, &str)| fields.split(';').map(move |it| format!("{head} {it}"));
    let names: Vec<String> = BODIES.iter().flat_map(fields).collect();
    Phrasebook::of_names(names.iter().map(|name| (name.as_str(), ())))
});

const BODIES: [(&str, &str); 9] = [
    (
        "Sở",
        "Nội vụ;Tư pháp;Tài chính;Kế hoạch và Đầu tư;Công Thương;Nông nghiệp và Phát triển nông thôn;\
        Nông nghiệp và PTNT;Nông nghiệp và Môi trường;Giao thông vận tải;Giao thông Vận tải;Xây dựng;\
        Tài nguyên và Môi trường;Thông tin và Truyền thông;Lao động - Thương binh và Xã hội;\
        Lao động, Thương binh và Xã hội;Văn hóa, Thể thao và Du lịch;Văn hóa và Thể thao;Văn hóa;Du lịch;\
        Khoa học và Công nghệ;Giáo dục và Đào tạo;Y tế;Ngoại vụ;Dân tộc và Tôn giáo;Quy hoạch - Kiến trúc",
    ),
    (
        "Phòng",
        "Nội vụ;Tư pháp;Tài chính - Kế hoạch;Tài nguyên và Môi trường;Lao động - Thương binh và Xã hội;\
        Văn hóa và Thông tin;Văn hóa - Xã hội;Giáo dục và Đào tạo;Y tế;Kinh tế;Kinh tế và Hạ tầng;\
        Kinh tế, Hạ tầng và Đô thị;Quản lý đô thị;Dân tộc;Nông nghiệp và Phát triển nông thôn;\
        Nông nghiệp và Môi trường",
    ),
    (
        "Ban",
        "Thi đua - Khen thưởng;Dân tộc;Tôn giáo;Tiếp công dân;Tổ chức Tỉnh ủy;Tuyên giáo Tỉnh ủy;\
        Tuyên giáo và Dân vận Tỉnh ủy;Dân vận Tỉnh ủy;Nội chính Tỉnh ủy;Quản lý các khu công nghiệp;\
        Quản lý Khu kinh tế;Quản lý dự án đầu tư xây dựng;Chỉ huy Quân sự",
    ),
    ("Văn phòng", "UBND;HĐND và UBND;Đoàn ĐBQH và HĐND;Tỉnh ủy;Huyện ủy;Thành ủy;Điều phối nông thôn mới"),
    ("Cục", "Thuế;Thống kê;Hải quan;Quản lý thị trường;Thi hành án dân sự"),
    ("Chi cục", "Thuế;Thống kê;Kiểm lâm;Văn thư - Lưu trữ;Thi hành án dân sự;Quản lý đất đai;Dân số"),
    ("Hội", "Liên hiệp Phụ nữ;Nông dân;Cựu chiến binh;Chữ thập đỏ;Khuyến học;Người cao tuổi"),
    ("Đoàn", "Thanh niên;Thanh niên Cộng sản Hồ Chí Minh;TNCS Hồ Chí Minh;Đại biểu Quốc hội"),
    (
        "",
        "Công an;Thanh tra;UBND;HĐND;Hội đồng Thi đua - Khen thưởng;Bộ Chỉ huy Quân sự;Bộ Chỉ huy Bộ đội Biên phòng;Bộ đội Biên phòng;\
        Kho bạc Nhà nước;Bảo hiểm xã hội;Ngân hàng Nhà nước;Ngân hàng Chính sách xã hội;Tòa án nhân dân;\
        Viện Kiểm sát nhân dân;Ủy ban Mặt trận Tổ quốc;Ủy ban Mặt trận Tổ quốc Việt Nam;Mặt trận Tổ quốc;\
        Liên đoàn Lao động;Liên minh Hợp tác xã;Tỉnh đoàn;Huyện đoàn;Thành đoàn;Tỉnh ủy;Huyện ủy;Thành ủy;Báo;Trường Chính trị;\
        Đài Phát thanh và Truyền hình;Đài Phát thanh - Truyền hình;Trung tâm Phục vụ hành chính công;\
        Trung tâm Lưu trữ lịch sử",
    ),
];

/// What makes a time the last one, beside no more words than its own.
pub(super) static BOUNDING: Phrases = LazyLock::new(|| {
    phrases(
        "trước;chậm nhất;muộn nhất;không quá;xong trước;xong trong;hạn;hạn chót;hạn cuối;hạn hoàn thành;thời hạn;\
        thời hạn hoàn thành;thời gian hoàn thành;thời gian thực hiện;thời hạn thực hiện",
    )
});

/// The same, where it may also be said of other work: `nhiệm vụ hoàn thành trong tháng 6`.
pub(super) static DONE: Phrases = LazyLock::new(|| phrases("hoàn thành;hoàn thành xong;xong;kết thúc"));

/// Before times that may be those of anything.
pub(super) static LASTING: Phrases = LazyLock::new(|| phrases("trong;đến hết;hết;cuối;vào cuối;định kỳ"));

/// What may stand before the words for an end.
pub(super) static STRIVING: Phrases =
    LazyLock::new(|| phrases("phải;cần;bảo đảm;đảm bảo;phấn đấu;yêu cầu;và;và phải;để"));

/// Work that is at its end when somebody has it.
pub(super) static DELIVERING: Phrases = LazyLock::new(|| {
    phrases(
        "báo cáo;trình;gửi;nộp;hoàn thành;hoàn thiện;tổng hợp;báo cáo kết quả về;gửi báo cáo về;báo cáo về;gửi về",
    )
});

/// What was done to something: `văn bản ban hành trước ngày 1/1`.
pub(super) static PAST: Phrases = LazyLock::new(|| {
    phrases(
        "ban hành;phê duyệt;tuyển dụng;bổ nhiệm;thành lập;ký;ký kết;phát sinh;cấp;công nhận;tiếp nhận;có hiệu lực;\
        hoàn thành;thực hiện;nộp;đăng ký;nghỉ hưu;công tác;xây dựng;đầu tư;thu hồi;xảy ra;tồn đọng;sinh;vào làm;đã;\
        được;kể từ;từ;sau;so với",
    )
});

/// What is many may have been before a day.
pub(super) static PLURAL: Phrases =
    LazyLock::new(|| phrases("các;những;mọi;toàn bộ;số;tất cả;một số;bản;đã;được;do;bị"));

/// What may stand behind a deadline and takes nothing from it.
pub(super) static PURPOSE: Phrases = LazyLock::new(|| {
    phrases("để;nhằm;theo quy định;theo đúng quy định;theo yêu cầu;làm cơ sở;phục vụ;và;việc")
});

/// The words at the end of a time.
pub(super) static TIMES: Phrases = LazyLock::new(|| {
    phrases(
        "năm;tháng;quý;tuần;ngày;này;nay;tới;sau;mai;i;ii;iii;iv;một;hai;ba;tư;bốn;sáu;bảy;tám;chín;mười;nhật;cn",
    )
});
