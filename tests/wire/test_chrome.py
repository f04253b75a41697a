from __future__ import annotations

import re

import pytest

from dateline.wire import chrome, tables

FURNITURE = [
    "by -710 Views", "1,234 views", "12K shares", "Views: 1.204", "5 min read", "3 Comments",
    "Share", "Tweet", "Facebook | Twitter | WhatsApp", "Share on Facebook", "Share 12 Tweet 3",
    "No More Posts Available.", "No more pages to load.", "Advertisement", "ADVERTISEMENT:",
    "Read more", "READ MORE »", "Related articles", "You may also like", "Skip to content",
    "Sign up for our newsletter", "Subscribe to our weekly newsletter",
    "This site uses cookies to improve your experience", "We use cookies.",
    "© 2023 Norland Times", "Copyright 2023 Norland Times. All rights reserved.",
    "All rights reserved.", "Leave a Reply", "Published: 21 December 2022",
    "Updated 3 hours ago", "December 21, 2022", "2022-12-21 10:30", "Photo: Jo Berg",
    "https://norlandtimes.example/a", "#norland #floods", "***", "Home > World > Asia",
    "Baca juga: Banjir menutup pelabuhan", "Dibaca: 710 kali", "Bagikan", "Iklan",
    "Berita terkait", "Compartir", "Publicidad", "Lea también: El puerto cierra",
    "Noticias relacionadas", "1.234 vistas", "Partager", "Publicité",
    "Lire aussi : Le port ferme", "Sur le même sujet", "Tous droits réservés.", "Teilen",
    "Anzeige", "Mehr zum Thema", "Lesen Sie auch: Hafen schließt", "Alle Rechte vorbehalten.",
    "Compartilhar", "Publicidade", "Leia também", "Notícias relacionadas", "Condividi",
    "Pubblicità", "Leggi anche: Il porto chiude", "Articoli correlati", "Paylaş", "Reklam",
    "İlgili haberler", "Tüm hakları saklıdır.", "Поделиться", "Реклама", "Читайте также:",
    "Похожие новости", "Все права защищены.", "شارك", "إعلان", "اقرأ أيضا", "مقالات ذات صلة",
    "جميع الحقوق محفوظة",
]  # fmt: skip


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_known(line: str) -> None:
    assert chrome.kind(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "The army left the town.",
        "Facebook was fined by Norland.",
        "Share prices fell in Varna",
        "Twitter, Facebook banned in Norland",
        "Home secretary resigns",
        "World leaders meet in Varna",
        "Norland closes its ports",
        "By air and by sea",
    ],
)
def test_news_is_not(line: str) -> None:
    assert chrome.kind(line) is None


def test_a_list_of_other_reports_is_opened_by_its_header_alone() -> None:
    assert chrome.opens_list("Related Articles:")
    assert not chrome.opens_list("Advertisement")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("chrome", ("kind", "language", "pattern")),
        ("credits", ("kind", "place", "language", "pattern")),
        ("origin_marks", ("kind", "language", "mark")),
        ("page_hints", ("kind", "pattern")),
        ("platforms", ("host",)),
        ("sources", ("name", "host", "kind")),
    ],
)
def test_data_files_are_sorted_whole_and_without_doubles(name: str, fields: tuple[str]) -> None:
    rows = [tuple(row.values()) for row in tables.rows(name)]
    assert tuple(tables.rows(name)[0]) == fields
    assert rows == sorted(set(rows))
    assert all(all(row) for row in rows)


def test_every_pattern_compiles() -> None:
    for row in tables.rows("chrome"):
        if row["kind"] != "share":
            re.compile(row["pattern"])
