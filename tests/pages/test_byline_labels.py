"""The labels of bylines in the languages of the table, each with the name that follows."""

from __future__ import annotations

import pytest

from litdb.pages.byline_labels import label_of

LABELS = """
by|authors|author|writer|contributors|from the desk of|post by|posted by|written by|published by|words by|story by
article by|text by|reported by|reporting by|created by|shared by|submitted by|started by|asked by|interview by
essay by|commentary by|guest post by|a guest post by|a story by|this post was written by
geschrieben von|verfasst von|veröffentlicht von|publiziert von|gepostet von|erstellt von|eingestellt von|text von
ein beitrag von|gastbeitrag von|beitrag von|artikel von|kommentar von|von|autor|autorin|verfasser
écrit par|publié par|rédigé par|posté par|propos recueillis par|par|auteur|autrice
escrito por|publicado por|postado por|redactado por|redigido por|por|autora
scritto da|pubblicato da|postato da|a cura di|autore|di|geschreven door|gepubliceerd door|geplaatst door|door
skriven av|skrevet af|publicerad av|publisert av|publiceret af|av|af|autorka|autorzy|napisał|napsal
scris de|publicat de|postat de|автор|авторы|автори|text:|texte:|texto:|testo:|tekst:|teksti:|words:
作者：|撰文：|记者：|記者：|著者：|執筆：|筆者：|文責：|文/|penulis:|oleh:|yazar:|yazan:|szerző:|írta:|kirjoittaja:
συντάκτης:|συγγραφέας:|tác giả:|بقلم:|מאת:
"""


@pytest.mark.parametrize("label", LABELS.strip().replace("\n", "|").split("|"))
def test_a_label_ends_where_the_name_begins(label):
    for written in (label, label.capitalize()):
        found = label_of(f"{written} Ann Bee")
        assert found is not None
        assert found.string[found.end() :] == "Ann Bee"


@pytest.mark.parametrize(
    "text", ["Byte by byte", "Average loss", "Text: 12 pages", "Door 12", "Par exemple", "Authority"]
)
def test_other_texts_have_no_label(text):
    assert label_of(text) is None
