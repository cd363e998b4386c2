"""What the words before a day say that it is: the day of a publication, or of a visit, a change, a term."""

from __future__ import annotations

from litdb.text.names import ORGANISATION_WORDS, PARTICLES

_OTHER_DAYS = frozenset(
    """
    access accessed browsed fetched retrieved visit visited viewed read reread skimmed seen watched rewatched listened
    heard found discovered noticed checked
    added archived bookmarked captured clipped downloaded logged noted saved shared stored
    changed corrected edited fixed modified refreshed revised reviewed update updated
    deadline due expires expired todo until meeting planned started finished completed done last told recommended
    abgerufen aufgerufen besucht zugriff zugegriffen gelesen gesehen gehört gefunden geprüft entdeckt zuletzt
    archiviert gemerkt gespeichert heruntergeladen hinzugefügt
    aktualisiert bearbeitet geändert korrigiert überarbeitet stand fällig frist abgabe erledigt
    consulté consultée consultation visité visitée trouvé trouvée dernier dernière archivé archivée enregistré
    téléchargé ajouté actualisé modifié modifiée corrigé révisé échéance délai
    consultado consultada consulta accedido acceso visitado visitada leído visto encontrado última último
    archivado guardado descargado añadido actualizado actualizada modificado editado revisado plazo vencimiento
    consultato consultata accesso visitato visitata trovato ultimo ultima archiviato salvato aggiornato aggiornata
    modificato modificata scadenza
    acessado acessada acesso acedido arquivado atualizado atualizada prazo
    geraadpleegd bezocht bekeken gelezen gezien gevonden laatst gearchiveerd opgeslagen bijgewerkt gewijzigd
    hämtad besökt uppdaterad sparad ändrad senast hentet hentad besøgt besøkt oppdatert opdateret endret ændret lagret
    sist senest
    dostęp odczytano przeczytano zaktualizowano zmieniono zapisano termin ostatnio
    обращения обновлено прочитано просмотрено изменено сохранено срок
    """.split()
)
"""Words for a visit, for keeping or changing what was read, for terms and for hearsay, in the languages of
`litdb.text.months.MONTHS`."""

_WORK_WORDS = frozenset(
    """
    arxiv article book chapter conference course draft edition essay interview keynote lecture letter manuscript memo
    note paper post poster preprint press proceedings report sequence site slides song story symposium talk thesis
    thread tutorial tweet video webinar website workshop
    accepted appeared first forthcoming originally posted published release released submitted written
    artikel aufsatz beitrag buch vortrag veröffentlicht erschienen publié parue paru livre publicado libro pubblicato
    """.split()
)
"""Words in small letters that a date of publication stands beside: what a work is, that it came out."""

_JOINING_WORDS = PARTICLES | frozenset(
    "a an and at by for from of on others the to via with al ed eds et no pp vol cf see und für der die das auf bei y "
    "e i o en och og oraz et pour par sur aux au por para per voor het".split()
)
"""Words in small letters that stand within names and the names of venues."""

_WELCOME = ORGANISATION_WORDS | _WORK_WORDS | _JOINING_WORDS
_MARKS = ".:;*_\"'“”‘’()[]–—-"


def names_a_publication(words: str) -> bool:
    """Whether a day behind these words can be a date of publication: they name people, a venue, or what a work is.

    Words in small letters that do neither are welcome only in the name of a venue that shows to be one by another.

    >>> [names_a_publication(words) for words in ("", "Leike et al.", "MIT press", "blog post", "Herbert Read")]
    [True, True, True, True, True]
    >>> [names_a_publication(words) for words in ("accessed", "Last visited", "Smith, read", "Bob told me", "for fun")]
    [False, False, False, False, False]
    """
    parts = [[word.strip(_MARKS) for word in part.split()] for part in words.split(",")]
    if any(map(_says_another_day, parts)):
        return False
    said = [word for part in parts for word in part]
    if any(word.lower() in ORGANISATION_WORDS and not word.islower() for word in said):
        return True
    return all(word in _WELCOME for word in said if word.isalpha() and word.islower())


def _says_another_day(part: list[str]) -> bool:
    """Whether a word in small letters says so, or the first one where no name goes on from it (`Last Week in AI`)."""
    first, second = [*part, "", ""][:2]
    goes_on = second[:1].isupper() and second.lower() not in _OTHER_DAYS
    return any(word in _OTHER_DAYS for word in part) or (first.lower() in _OTHER_DAYS and not goes_on)
