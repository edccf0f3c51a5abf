"""A bank of invented cases with the default embedding, and one that has words alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.similar.stored import case_of_facts
from knowledge_base.casebank import Bank
from knowledge_base.embedding import Embedder

CASES: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "2021年3月5日夜，被告人柯某翻窗进入居民楼三楼一住宅，窃得黄金项链一条、现金八千元，"
        "赃物价值人民币二万一千元。被告人到案后如实供述，并退赔全部损失，取得谅解。",
        ("盗窃罪",),
    ),
    (
        "2020年8月，被告人伍某在汽车站候车室扒窃旅客手机一部，价值人民币二千三百元，"
        "被当场抓获，手机已发还被害人。",
        ("盗窃罪",),
    ),
    (
        "2022年1月9日晚，被告人饮酒后驾驶小型轿车行驶至滨河路，被执勤民警查获，"
        "经鉴定血液酒精含量为168mg/100ml，属醉酒驾驶机动车。",
        ("危险驾驶罪",),
    ),
    (
        "被告人驾驶重型货车超速行驶，与横过道路的行人相撞，致行人当场死亡，"
        "被告人负事故主要责任，事故后在现场等候处理。",
        ("交通肇事罪",),
    ),
    (
        "被告人在饭店与邻桌客人因琐事发生口角，持啤酒瓶击打对方头部，经鉴定构成轻伤二级。",
        ("故意伤害罪",),
    ),
    (
        "被告人明知电缆线系他人盗窃所得，仍以低价收购三百公斤，后转卖获利四千元。",
        ("掩饰、隐瞒犯罪所得、犯罪所得收益罪",),
    ),
    (
        "被告人以投资养老项目为名，虚构高额回报，骗取十二名老人共计人民币四十六万元，用于挥霍。",
        ("诈骗罪",),
    ),
    (
        "被告人将甲基苯丙胺0.8克以四百元卖给吸毒人员石某，交易后被民警当场抓获。",
        ("走私、贩卖、运输、制造毒品罪",),
    ),
)


def _filled(bank: Bank) -> Bank:
    bank.add([case_of_facts(text, charges, f"{n}.txt") for n, (text, charges) in enumerate(CASES)])
    return bank


@pytest.fixture(scope="session")
def bank(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    with Bank(tmp_path_factory.mktemp("bank") / "b", embedder, create=True) as made:
        yield _filled(made)


@pytest.fixture(scope="session")
def words_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    with Bank(tmp_path_factory.mktemp("words") / "b", None, create=True) as made:
        yield _filled(made)
