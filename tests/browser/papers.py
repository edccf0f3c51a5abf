"""The files that people bring in the journeys, written when a test begins; all of it invented."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from samples import INDICTMENT, JUDGMENT, OPINION

from eval_sets.own.papers import write_pdf
from eval_sets.scans import CLEAN, scan_of

DRAFT = (
    INDICTMENT.replace("足以认定", "足已认定")
    .replace("第一百三十三条之一第一款第二项", "第一百三十三条第一款")
    .replace("公民身份号码539902198806090034", "公民身份号码539902198806190034")
)
# Typo and number are mended, the article of the charge still is not, and a new slip came in.
MENDED = INDICTMENT.replace("第一百三十三条之一第一款第二项", "第一百三十三条第一款").replace(
    "第一百七十六条", "第一百七十二条"
)
DRIVING_OPINION = (
    OPINION.replace("涉嫌盗窃罪", "涉嫌危险驾驶罪")
    .replace("涉嫌盗窃一案", "涉嫌危险驾驶一案")
    .replace(
        "2023年4月15日，犯罪嫌疑人罗庆生谎称代办证件，骗取梁秋实人民币8000元。",
        "2023年4月15日21时许，犯罪嫌疑人罗庆生饮酒后驾驶小型轿车沿环城北路行驶，"
        "被执勤民警查获。经鉴定，罗庆生血液中乙醇含量为123.5mg/100ml。",
    )
    .replace("第二百六十六条，涉嫌诈骗罪", "第一百三十三条之一第一款第二项，涉嫌危险驾驶罪")
)


@dataclass(frozen=True)
class Papers:
    """One case on the desk: the drafts as texts, a printed one, a scanned one."""

    draft: Path
    mended: Path
    printed: Path
    opinion: Path
    scan: Path
    judgment: Path


def written(folder: Path) -> Papers:
    """Write them all into `folder`."""

    def text(name: str, content: str) -> Path:
        path = folder / name
        path.write_text(content, encoding="utf-8")
        return path

    printed = write_pdf(DRAFT, folder / "起诉书（打印）.pdf")
    opinion = write_pdf(DRIVING_OPINION, folder / "起诉意见书（打印）.pdf")
    scan = folder / "起诉意见书（扫描）.pdf"
    scan_of(opinion, scan, dpi=150, wear=CLEAN, seal="青岩分局", first=1, seed=7)
    return Papers(
        draft=text("起诉书（送审稿）.txt", DRAFT),
        mended=text("起诉书（改后）.txt", MENDED),
        printed=printed,
        opinion=opinion,
        scan=scan,
        judgment=text("判决书.txt", JUDGMENT),
    )


_CONVICTED = [
    "卢承安",
    "单卫东",
    "顾思齐",
    "聂文远",
    "简立新",
    "邵佩章",
    "覃宏图",
    "项书言",
    "莫长清",
    "施庆丰",
    "曹玉衡",
    "温子昂",
]
_MONTHS = "一一二二一二三一二一三二"
_PROBATION = "二三四四二四五三四二六四"


def bank(folder: Path) -> Path:
    """Earlier judgments of the same kind, for the case bank: enough of them to draw a chart."""
    for n, name in enumerate(_CONVICTED):
        text = (
            JUDGMENT.replace("罗庆生", name)
            .replace("刑初97号", f"刑初{200 + n}号")
            .replace("〔2023〕52号", f"〔2023〕{150 + n}号")
            .replace("132.5mg", f"{100 + 9 * n}.5mg")
            .replace("拘役一个月，缓刑二个月", f"拘役{_MONTHS[n]}个月，缓刑{_PROBATION[n]}个月")
        )
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder
