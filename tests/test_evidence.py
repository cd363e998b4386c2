"""Every value has somebody behind it."""

import shutil

UNPROVEN = """
    WITH said (work, field, value) AS (
        SELECT id, 'title', title FROM works UNION ALL SELECT id, 'authors', people FROM works
        UNION ALL SELECT id, 'date', date FROM works UNION ALL SELECT id, 'type', type FROM works
        UNION ALL SELECT id, 'container', container FROM works UNION ALL SELECT id, 'publisher', publisher FROM works
        UNION ALL SELECT id, 'url', url FROM works UNION ALL SELECT id, 'abstract', abstract FROM works
        UNION ALL SELECT id, 'language', language FROM works UNION ALL SELECT id, 'volume', volume FROM works
        UNION ALL SELECT id, 'issue', issue FROM works UNION ALL SELECT id, 'pages', pages FROM works
        UNION ALL SELECT id, 'number', number FROM works UNION ALL SELECT id, 'archive_class', archive_class FROM works
        UNION ALL SELECT id, 'version', version FROM works UNION ALL SELECT id, 'note', note FROM works)
    SELECT works.identifier, said.field, said.value FROM said JOIN works ON works.id = said.work
     WHERE said.value IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claims JOIN records ON records.id = claims.record
         WHERE claims.work = said.work AND claims.chosen
               AND (claims.field = said.field OR (said.field = 'authors' AND claims.field = 'editors'))
               AND (records.answer IS NOT NULL OR records.place IS NOT NULL))"""


def test_every_field_has_a_claim_with_an_answer_a_note_or_a_correction_behind_it(litdb, tmp_path, crawled_seeds):
    shutil.copytree(crawled_seeds, tmp_path, dirs_exist_ok=True)
    litdb("set", "https://arxiv.org/abs/1712.05812", "date", "2017-12-16")
    assert litdb.rows(UNPROVEN) == []
    assert litdb.rows("SELECT count(*) FROM works WHERE cited")[0] == (35,)
