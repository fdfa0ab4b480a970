"""Ideas of several organisations that search has read, for tests of finding."""

from __future__ import annotations

from loype.ideas.actions import change_visibility
from loype.ideas.models import Idea
from loype.search.indexing import index_waiting
from tests.cast import TODAY, World
from tests.trail_world import idea_of

NIGHT = {
    "da": "Nattevagten åbner døren hver time\nBeboerne vågner, når vi går rundt og ser efter dem.",
    "nb": "Tilsyn uten å vekke\nEt kamera sier fra til nattevakta når en pasient står opp, så ingen"
    " blir vekket.",
    "sv": "Larm från sängen på natten\nPersonalen får en signal i mobilen när någon kliver upp ur"
    " sängen på äldreboendet.",
}
OTHERS = (
    "Flere ladestolper ved rådhuset\nElbilene i kjemikalieavdelingen står i kø for strøm.",
    "Skolemat som ikke blir kastet\nVei restene, så kjøkkenet lager passe mye.",
    "Byggesak på nett\nSøkeren ser selv hvor saken ligger, uten å ringe.",
    "Brøyting av gangveien\nSyklister og skolebarn kommer ikke fram når det snør.",
)


def read_all() -> None:
    """Let search read everything that waits."""
    while index_waiting(at=TODAY):
        pass


def hand_in_needs(world: World) -> dict[str, Idea]:
    """The same need in three languages, by two organisations that work together; and others."""
    by = {"da": "ada", "nb": "dee", "sv": "dee"}
    ideas = {
        language: idea_of(world, text=text, by=by[language], language=language)
        for language, text in NIGHT.items()
    }
    for idea in ideas.values():
        giver = "ada" if idea.organisation_id == world.fjordvik.pk else "dee"
        change_visibility(idea, visibility="federation", actor=world.actor(giver), at=TODAY)
    for text in OTHERS:
        idea_of(world, text=text)
    return ideas
