"""Builds the shipped demonstration case: `python -m eval_sets.demo_case`.

A theft by two men, wholly invented. The indictment is a two-page PDF whose second page is
a scan; the judgment is a DOCX. `PLANTED` lists the eleven discrepancies that were put in
and `AGREEMENTS` what honestly agrees; tests hold the program against both.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pymupdf
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from eval_sets.scans import render_scan

TARGET = Path(__file__).resolve().parent.parent / "assistant" / "demo"


@dataclass(frozen=True)
class Planted:
    """One discrepancy: the finding's category, the document and the words that prove it."""

    category: str
    document: str
    quote: str
    why: str


PLANTED = (
    Planted("amount", "indictment", "13860元", "三起分项 3280+5460+4120=12860，合计写成 13860"),
    Planted("identity", "indictment", "1996年8月2日", "公民身份号码与判决均为 8 月 20 日"),
    Planted("statute", "indictment", "第一百七十二条", "2018 年修正后提起公诉为第一百七十六条"),
    Planted("wording", "indictment", "足已认定", "应为“足以认定”（在扫描页上）"),
    Planted("charge", "judgment", "掩饰、隐瞒犯罪所得罪", "指控钱立新盗窃罪，判决改变定性"),
    Planted("circumstance", "indictment", "系自首", "起诉书认定钱立新自首，判决只认坦白"),
    Planted("date", "judgment", "2024年2月28日", "起诉书和指控均为 2 月 18 日"),
    Planted("party", "judgment", "邹文涛", "起诉书被害人为周文涛"),
    Planted("recommendation", "judgment", "有期徒刑一年八个月", "建议一年二个月至一年六个月"),
    Planted(
        "sentence", "judgment", "至2025年12月10日止", "一年八个月自 2024-03-11 应至 2025-11-10"
    ),
    Planted("reasoning", "judgment", "不予采纳", "量刑建议未采纳而不说理由"),
)
AGREEMENTS = ("起诉书文号一致", "赵宏远的罪名与罚金数额一致")

INDICTMENT_HEAD = ("临江市青岩区人民检察院", "起 诉 书", "临青检刑诉〔2024〕186号")
INDICTMENT_PAGE_1 = (
    "被告人赵宏远，男，1991年3月14日出生，公民身份号码539902199103142218，汉族，初中文化，"
    "无业，户籍所在地云川省临江市青岩区柳树镇新桥村3组12号，住临江市青岩区柳树镇幸福路27号"
    "2栋301室。曾因犯盗窃罪，于2019年5月20日被临江市青岩区人民法院判处有期徒刑一年二个月，"
    "并处罚金人民币三千元，于2020年3月2日刑满释放。因涉嫌盗窃罪，于2024年3月11日被临江市公安"
    "局青岩分局刑事拘留；经本院批准，于2024年4月12日被执行逮捕。现羁押于临江市第一看守所。",
    "辩护人孙克勤，云川正言律师事务所律师。",
    "被告人钱立新，男，1996年8月2日出生，公民身份号码539902199608203311，汉族，高中文化，"
    "个体经营者，户籍所在地云川省临江市青岩区白沙镇，住临江市青岩区白沙镇河东街8号。因涉嫌"
    "盗窃罪，于2024年3月20日被临江市公安局青岩分局取保候审。",
    "本案由临江市公安局青岩分局侦查终结，以被告人赵宏远、钱立新涉嫌盗窃罪，于2024年6月7日向"
    "本院移送起诉。本院受理后，于2024年6月9日已告知被告人有权委托辩护人和认罪认罚可能导致的"
    "法律后果，已告知被害人有权委托诉讼代理人，依法讯问了被告人，听取了被告人、辩护人、值班"
    "律师和被害人的意见，审查了全部案件材料。",
    "经依法审查查明：",
    "1.2024年2月3日23时许，被告人赵宏远在临江市青岩区柳树镇农贸市场南门，撬开车锁，窃得被害人"
    "郑秀兰停放在此的电动自行车一辆，价值人民币3280元。",
    "2.2024年2月18日凌晨2时许，被告人赵宏远翻窗进入临江市青岩区白沙镇腾飞电脑维修店，窃得"
    "被害人周文涛的笔记本电脑一台，价值人民币5460元。",
)
INDICTMENT_PAGE_2 = (
    "3.2024年3月9日22时许，被告人赵宏远、钱立新经事先商量，由钱立新驾驶面包车在临江市青岩区"
    "白沙镇宏运物流仓库外接应，赵宏远进入仓库窃得铜芯电缆一捆，价值人民币4120元。后钱立新将"
    "电缆运走并变卖。",
    "综上，被告人赵宏远盗窃作案3起，窃得财物价值共计人民币13860元。",
    "2024年3月11日，被告人赵宏远被公安机关抓获。2024年3月20日，被告人钱立新经电话通知后主动"
    "到公安机关接受调查，如实供述了上述事实。",
    "认定上述事实的证据如下：",
    "1.书证：受案登记表、立案决定书、到案经过、户籍证明、刑事判决书、释放证明书；2.证人吴小军的"
    "证言；3.被害人郑秀兰、周文涛、宏运物流负责人王德顺的陈述；4.被告人赵宏远、钱立新的供述"
    "与辩解；5.价格认定结论书；6.现场勘验笔录、辨认笔录；7.监控视频。",
    "上述证据收集程序合法，内容客观真实，足已认定指控事实。被告人赵宏远、钱立新对指控的犯罪事实"
    "和证据没有异议，并自愿认罪认罚。",
    "本院认为，被告人赵宏远、钱立新以非法占有为目的，秘密窃取他人财物，数额较大，其行为均触犯了"
    "《中华人民共和国刑法》第二百六十四条，犯罪事实清楚，证据确实、充分，应当以盗窃罪追究其刑事"
    "责任。被告人赵宏远曾因故意犯罪被判处有期徒刑，刑罚执行完毕以后五年以内再犯应当判处有期徒刑"
    "以上刑罚之罪，系累犯，依据《中华人民共和国刑法》第六十五条第一款的规定，应当从重处罚。被告人"
    "钱立新犯罪以后自动投案，如实供述自己的罪行，系自首，依据《中华人民共和国刑法》第六十七条第"
    "一款的规定，可以从轻或者减轻处罚；在共同犯罪中起辅助作用，系从犯，依据《中华人民共和国刑法》"
    "第二十七条的规定，应当从轻、减轻处罚或者免除处罚。被告人赵宏远、钱立新自愿认罪认罚，依据"
    "《中华人民共和国刑事诉讼法》第十五条的规定，可以从宽处理。建议判处被告人赵宏远有期徒刑一年"
    "二个月至一年六个月，并处罚金人民币四千元；建议判处被告人钱立新拘役四个月，缓刑六个月，并处"
    "罚金人民币二千元。根据《中华人民共和国刑事诉讼法》第一百七十二条的规定，提起公诉，请依法判处。",
    "此致",
    "临江市青岩区人民法院",
)
INDICTMENT_SIGNATURE = ("检察官：冯雅琴", "检察官助理：陆一鸣", "2024年7月5日")
INDICTMENT_ATTACHMENTS = (
    "附：1.被告人赵宏远现羁押于临江市第一看守所，被告人钱立新现取保候审于住所。",
    "2.案卷材料和证据3册，光盘2张。3.认罪认罚具结书2份。",
)

JUDGMENT = (
    "公诉机关临江市青岩区人民检察院。",
    "被告人赵宏远，男，1991年3月14日出生，公民身份号码539902199103142218，汉族，初中文化，"
    "无业，户籍所在地云川省临江市青岩区柳树镇新桥村3组12号，住临江市青岩区柳树镇幸福路27号"
    "2栋301室。曾因犯盗窃罪，于2019年5月20日被本院判处有期徒刑一年二个月，并处罚金人民币"
    "三千元，于2020年3月2日刑满释放。因涉嫌犯盗窃罪，于2024年3月11日被刑事拘留，同年4月12日被"
    "逮捕。现羁押于临江市第一看守所。",
    "辩护人孙克勤，云川正言律师事务所律师。",
    "被告人钱立新，男，1996年8月20日出生，公民身份号码539902199608203311，汉族，高中文化，"
    "个体经营者，户籍所在地云川省临江市青岩区白沙镇，住临江市青岩区白沙镇河东街8号。因涉嫌犯"
    "盗窃罪，于2024年3月20日被取保候审。",
    "辩护人何玉婷，临江市青岩区法律援助中心律师。",
    "临江市青岩区人民检察院以临青检刑诉〔2024〕186号起诉书指控被告人赵宏远、钱立新犯盗窃罪，"
    "于2024年7月5日向本院提起公诉。本院受理后，依法组成合议庭，适用普通程序，于2024年8月6日"
    "公开开庭审理了本案。临江市青岩区人民检察院指派检察员冯雅琴出庭支持公诉，被告人赵宏远及其"
    "辩护人孙克勤、被告人钱立新及其辩护人何玉婷到庭参加诉讼。现已审理终结。",
    "临江市青岩区人民检察院指控：1.2024年2月3日23时许，被告人赵宏远在临江市青岩区柳树镇农贸市场"
    "南门，撬开车锁，窃得被害人郑秀兰的电动自行车一辆，价值人民币3280元。2.2024年2月18日凌晨2时"
    "许，被告人赵宏远翻窗进入临江市青岩区白沙镇腾飞电脑维修店，窃得被害人周文涛的笔记本电脑一台，"
    "价值人民币5460元。3.2024年3月9日22时许，被告人赵宏远、钱立新经事先商量，由钱立新驾驶面包车在"
    "临江市青岩区白沙镇宏运物流仓库外接应，赵宏远进入仓库窃得铜芯电缆一捆，价值人民币4120元。后"
    "钱立新将电缆运走并变卖。公诉机关认为被告人赵宏远、钱立新的行为构成盗窃罪，建议判处被告人"
    "赵宏远有期徒刑一年二个月至一年六个月，并处罚金人民币四千元；判处被告人钱立新拘役四个月，缓刑"
    "六个月，并处罚金人民币二千元。",
    "被告人赵宏远对指控的事实和罪名无异议。其辩护人提出：1.赵宏远归案后如实供述，认罪态度好；"
    "2.第二起涉案笔记本电脑系多年前购买的旧电脑，价格认定结论书认定的价值过高，请求重新鉴定。",
    "被告人钱立新辩称其事先不知道赵宏远要去盗窃。其辩护人提出：1.钱立新没有参与盗窃的事先商量，"
    "不构成盗窃罪的共犯；2.钱立新经电话通知后主动到案，系自首；3.钱立新家中有年幼子女需要抚养，"
    "请求从轻处罚。",
    "经审理查明：1.2024年2月3日23时许，被告人赵宏远在临江市青岩区柳树镇农贸市场南门，撬开车锁，"
    "窃得被害人郑秀兰的电动自行车一辆，价值人民币3280元。2.2024年2月28日凌晨2时许，被告人赵宏远"
    "翻窗进入临江市青岩区白沙镇腾飞电脑维修店，窃得被害人邹文涛的笔记本电脑一台，价值人民币5460"
    "元。3.2024年3月9日22时许，被告人赵宏远进入临江市青岩区白沙镇宏运物流仓库，窃得铜芯电缆一捆，"
    "价值人民币4120元。得手后，赵宏远电话联系被告人钱立新，钱立新明知该电缆系盗窃所得，仍驾驶"
    "面包车到场帮助运走并变卖。",
    "综上，被告人赵宏远盗窃作案3起，窃得财物价值共计人民币12860元。2024年3月11日，被告人赵宏远被"
    "公安机关抓获。2024年3月20日，被告人钱立新经公安机关电话通知到案。",
    "上述事实，有经庭审举证、质证的受案登记表、到案经过、证人吴小军的证言、被害人郑秀兰、邹文涛的"
    "陈述、价格认定结论书、现场勘验笔录、辨认笔录、监控视频、通话记录以及被告人赵宏远、钱立新的"
    "供述等证据证实，足以认定。",
    "本院认为，被告人赵宏远以非法占有为目的，多次秘密窃取他人财物，数额较大，其行为已构成盗窃罪。"
    "被告人钱立新明知是犯罪所得而予以转移并代为销售，其行为已构成掩饰、隐瞒犯罪所得罪。公诉机关"
    "指控被告人赵宏远犯盗窃罪的事实和罪名成立。关于被告人钱立新的辩护人提出钱立新没有参与盗窃的"
    "事先商量、不构成盗窃罪共犯的辩护意见，经查，通话记录证实赵宏远在窃得电缆之后才首次与钱立新"
    "联系，两被告人的供述对此相互印证，现有证据不足以证明二人有盗窃的通谋，该辩护意见成立，本院"
    "予以采纳。被告人赵宏远系累犯，依法应当从重处罚；归案后如实供述自己的罪行，依法可以从轻处罚，"
    "辩护人的该项意见予以采纳。被告人钱立新归案后如实供述自己的罪行，系坦白，依法可以从轻处罚。"
    "二被告人自愿认罪认罚，依法可以从宽处理。公诉机关对被告人赵宏远的量刑建议不当，本院不予采纳。"
    "根据被告人钱立新的犯罪情节和悔罪表现，没有再犯罪的危险，宣告缓刑对所居住社区没有重大不良"
    "影响，依法可以宣告缓刑。",
    "据此，依照《中华人民共和国刑法》第二百六十四条、第三百一十二条第一款、第六十五条第一款、第"
    "六十七条第三款、第七十二条第一款、第三款、第七十三条第二款、第三款、第五十二条、第五十三条、"
    "第六十四条，《中华人民共和国刑事诉讼法》第十五条之规定，判决如下：",
    "一、被告人赵宏远犯盗窃罪，判处有期徒刑一年八个月，并处罚金人民币四千元。",
    "（刑期从判决执行之日起计算。判决执行以前先行羁押的，羁押一日折抵刑期一日，即自2024年3月11日"
    "起至2025年12月10日止。罚金于本判决生效之日起十日内缴纳。）",
    "二、被告人钱立新犯掩饰、隐瞒犯罪所得罪，判处有期徒刑六个月，缓刑一年，并处罚金人民币二千元。",
    "（缓刑考验期限，从判决确定之日起计算。罚金于本判决生效之日起十日内缴纳。）",
    "三、责令被告人赵宏远退赔被害人郑秀兰人民币3280元、被害人邹文涛人民币5460元；责令被告人赵宏远、"
    "钱立新共同退赔宏运物流人民币4120元。",
    "如不服本判决，可在接到判决书的第二日起十日内，通过本院或者直接向临江市中级人民法院提出上诉。"
    "书面上诉的，应当提交上诉状正本一份，副本二份。",
)
JUDGMENT_SIGNATURE = (
    "审判长 蒋文斌",
    "人民陪审员 沈月华",
    "人民陪审员 韩国强",
    "二〇二四年八月二十日",
    "书记员 杨可欣",
)

FONT = "china-s"
SIZE = 12.5
LEADING = 20.5
LEFT, TOP, WIDTH, BOTTOM = 72.0, 72.0, 451.0, 785.0
CLOSERS = "，。；：、）〕》！？"


def _wrap(text: str, size: float, width: float, indent: float) -> list[str]:
    """Lines no wider than `width`; no line begins with closing punctuation."""
    lines, line, room = [], "", width - indent
    for character in text:
        advance = pymupdf.get_text_length(line + character, fontname=FONT, fontsize=size)
        if advance > room and character not in CLOSERS:
            lines.append(line)
            line, room = "", width
        line += character
    return [*lines, line]


class _Sheet:
    """A page being written from the top down."""

    def __init__(self, document: pymupdf.Document) -> None:
        self.page = document.new_page(width=595, height=842)
        self.y = TOP

    def line(self, text: str, x: float, size: float = SIZE) -> None:
        if self.y > BOTTOM:
            raise ValueError("the page is full; shorten the sample")
        self.page.insert_text((x, self.y), text, fontname=FONT, fontsize=size)
        self.y += LEADING if size == SIZE else size * 1.9

    def centred(self, text: str, size: float) -> None:
        width = pymupdf.get_text_length(text, fontname=FONT, fontsize=size)
        self.line(text, (595 - width) / 2, size)

    def right(self, text: str) -> None:
        width = pymupdf.get_text_length(text, fontname=FONT, fontsize=SIZE)
        self.line(text, LEFT + WIDTH - width - 24, SIZE)

    def paragraph(self, text: str, indent: bool = True) -> None:
        first = 2 * SIZE if indent else 0.0
        for number, line in enumerate(_wrap(text, SIZE, WIDTH, first)):
            self.line(line, LEFT + (first if number == 0 else 0.0))

    def number(self, text: str) -> None:
        self.page.insert_text((283, 815), text, fontname=FONT, fontsize=10)


def build_indictment(path: Path) -> None:
    """Page 1 with a text layer, page 2 as a skewed, stamped scan."""
    document = pymupdf.open()
    first = _Sheet(document)
    first.centred(INDICTMENT_HEAD[0], 17)
    first.centred(INDICTMENT_HEAD[1], 22)
    first.right(INDICTMENT_HEAD[2])
    first.y += 6
    for text in INDICTMENT_PAGE_1:
        first.paragraph(text)
    first.number("— 1 —")
    second = _Sheet(document)
    for text in INDICTMENT_PAGE_2:
        second.paragraph(text, indent=text != "临江市青岩区人民法院")
    for text in INDICTMENT_SIGNATURE:
        second.right(text)
    for text in INDICTMENT_ATTACHMENTS:
        second.paragraph(text)
    second.number("— 2 —")

    with TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.pdf"
        document.save(plain)
        scan = render_scan(plain, dpi=200, skew=0.4, blur=0.5, noise=5, stamp=True, seed=7)[1]
    picture = io.BytesIO()
    scan.convert("L").save(picture, "JPEG", quality=70)
    document.delete_page(1)
    page = document.new_page(width=595, height=842)
    page.insert_image(page.rect, stream=picture.getvalue())
    document.set_metadata({})
    document.save(path, garbage=4, deflate=True, no_new_id=True)


def _style(document: docx.document.Document) -> None:
    normal = document.styles["Normal"]
    normal.font.name = "仿宋"
    normal.font.size = Pt(15)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋")
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)


def build_judgment(path: Path) -> None:
    document = docx.Document()
    _style(document)
    for text, size in (("临江市青岩区人民法院", 20), ("刑 事 判 决 书", 24)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run.bold = True
    number = document.add_paragraph("（2024）云9902刑初318号")
    number.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text in JUDGMENT:
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.first_line_indent = Pt(30)
    for text in JUDGMENT_SIGNATURE:
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.save(str(path))


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    build_indictment(TARGET / "indictment.pdf")
    build_judgment(TARGET / "judgment.docx")


if __name__ == "__main__":
    main()
