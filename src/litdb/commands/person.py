"""litdb person: who stands behind a name."""

from __future__ import annotations

from contextlib import closing

import click

from litdb.commands.options import own_db_option
from litdb.commands.printing import say
from litdb.files.place import Place


@click.command("person")
@click.argument("spelled", metavar="NAME")
@click.argument("full", metavar="FULL NAME", default="")
@click.option("--undo", is_flag=True, help="Take it back.")
@own_db_option
def command(spelled: str, full: str, undo: bool, place: Place) -> None:
    """Say who stands behind a NAME as a site spells it. A scheme before a colon limits it to that kind of site.

    Works of people with equal names are one person's only where an ORCID or you say so: a full name may have its ORCID
    behind it, and a name can be said to be itself.

    \b
    Examples:
      litdb person evhub "Evan Hubinger"
      litdb person "J. Carberry" "Josiah Carberry 0000-0002-1825-0097"
      litdb person "Jan Leike" "Jan Leike"
      litdb person tweet:@goodside "Riley Goodside"
      litdb person tweet:@goodside --undo
    """
    from litdb.commands.correcting import Corrector
    from litdb.commands.session import update
    from litdb.corrections import person
    from litdb.errors import UsageError
    from litdb.model import Correction

    correction = Correction("person", field=spelled, value=full)
    name = None if undo else person(spelled, full)
    with closing(Corrector(place)) as corrector:
        if undo and not corrector.like(correction):
            raise UsageError(f"{corrector.path} does not say who {spelled} is, so there is nothing to take back.")
        if name:
            corrector.say(correction)
        else:
            corrector.unsay(corrector.like(correction))
        before = corrector.people()
    update(place)
    with closing(Corrector(place)) as corrector:
        after = corrector.people()
    changed = sum(after.get(identifier) != names for identifier, names in before.items())
    said = f"{spelled} is {name.display} {name.orcid}".rstrip() if name else f"{spelled} is nobody else any more"
    say(f"{said}; that changed the people of {changed} work{'' if changed == 1 else 's'}")
