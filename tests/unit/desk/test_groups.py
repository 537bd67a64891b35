"""Every kind of row that the admin registers stands in one group, with a sentence."""

from collections import Counter

from bcf.admin import REGISTER
from bcf.desk.groups import GROUPS


def test_every_registered_kind_of_row_is_in_one_group() -> None:
    grouped = Counter(model for group in GROUPS for model in group.kinds)

    assert set(grouped) == set(REGISTER)
    assert {model for model, times in grouped.items() if times > 1} == set()


def test_the_groups_come_in_the_order_of_the_work() -> None:
    keys = [group.key for group in GROUPS]

    assert keys[:5] == ["money", "schemes", "metrics", "agreements", "governance"]
    assert len(set(keys)) == len(keys)


def test_every_kind_has_a_sentence_of_its_own() -> None:
    sentences = [sentence for group in GROUPS for sentence in group.kinds.values()]

    assert all(sentence.endswith(".") and len(sentence) < 80 for sentence in sentences)
    assert len(set(sentences)) == len(sentences)
