"""What plugs in: llama-index's retriever over the search, a cross-encoder behind it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.similar.stored import case_of_facts
from knowledge_base.casebank import Bank
from knowledge_base.retrieval.cross import CrossEncoderReranker, RerankerMissing
from knowledge_base.retrieval.search import search

FACTS = "被告人撬锁进入住宅盗窃金饰，价值人民币三万元，案发后退赔并取得谅解。"


def test_the_retriever_gives_passages_with_reasons(words_bank: Bank) -> None:
    from knowledge_base.retrieval.llama import SimilarCaseRetriever

    retriever = SimilarCaseRetriever(words_bank, lambda text: case_of_facts(text, (), "q"), k=2)
    nodes = retriever.retrieve(FACTS)
    assert len(nodes) == 2
    assert nodes[0].metadata["charges"] == ["盗窃罪"]
    assert nodes[0].text in words_bank.case(int(nodes[0].node.node_id)).facts
    assert nodes[0].metadata["reason"]
    assert (nodes[0].score or 0) >= (nodes[1].score or 0)


@pytest.fixture(scope="module")
def tiny_cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of two small layers with random weights, as a directory."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path_factory.mktemp("cross")
    letters = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(FACTS))]
    (folder / "vocab.txt").write_text("\n".join(letters), "utf-8")
    torch.manual_seed(1)
    config = BertConfig(
        vocab_size=len(letters),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt"), model_max_length=256).save_pretrained(folder)
    return folder


def test_a_cross_encoder_reads_the_first_cases_again(
    tiny_cross_encoder: Path, words_bank: Bank
) -> None:
    query = case_of_facts(FACTS, ("盗窃罪",), "q")
    reranker = CrossEncoderReranker(tiny_cross_encoder)
    plain = search(words_bank, query, 8)
    again = search(words_bank, query, 8, reranker=reranker)
    assert {one.case.id for one in again.found} == {one.case.id for one in plain.found}
    scores = reranker.scores(FACTS, ["盗窃金饰", "价值三万元"])
    assert len(scores) == 2
    assert scores[0] != scores[1]


def test_a_directory_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RerankerMissing, match="无法载入"):
        CrossEncoderReranker(tmp_path)
