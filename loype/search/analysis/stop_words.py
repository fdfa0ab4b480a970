"""Words so common that they tell nothing about what a text is about, by language."""

from __future__ import annotations

_EVERYWHERE = "i og at en et er av for til på om med som de den det du vi ut upp opp se"

STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(f"{_EVERYWHERE} {words}".split() if language != "en" else words.split())
    for language, words in {
        "da": """
            af alle allerede alt altid andet andre bare blev blive bliver burde bør da deres dem
            denne dens der derfor desuden det dette dig din dine disse dit dog dem efter eller
            ej end ene enten et fik fleste flere fordi fra få får før gennem godt gør gøre ham han
            hans har have havde hen hende hendes her hos hun hvad hver hvilke hvilken hvilket hvis
            hvor hvordan hvorfor ikke ind indtil ingen jeg jer jo kan kom kommer kun kunne lige
            lidt man mange med meget mellem men mens mere mest mig min mine mit mod må måtte måske
            ned nogen noget nogle nu når nye ny også op os over sammen selv sig sin sine sit skal
            skulle som stadig så sådan samt tage tager under uden var ved vil ville vores være
            været
        """,
        "nb": """
            alle allerede alt alltid andre annet bare ble bli blir blitt burde bør da dem dens der
            deres derfor dessuten dette din dine disse ditt dit dog eller ei enn enten etter fikk
            flere fleste fordi fra få får før gjennom gjør gjøre godt ha hadde ham han hans har
            henne hennes her hos hun hva hver hvem hvilke hvilken hvilket hvis hvor hvordan
            hvorfor ikke ingen inn inntil ja jeg jo kan kom kommer kun kunne like litt man mange
            med meg meget mellom men mens mer mest min mine mitt mot må måtte ned noe noen nok nye
            ny nå når også oss over samme sammen seg selv sin sine sitt skal skulle slik slike
            som stadig så samt ta tar under uten var ved vil ville vår våre være vært
        """,
        "nn": """
            alle allereie alt alltid andre anna ble blei bli blir blitt berre burde bør då dei
            deira dens der derfor desse dessutan dette din dine ditt dykk eg ein eit eller ei elles
            enn enten etter fekk fleire fleste fordi frå få får før gjennom gjer gjere godt ha
            hadde han hans har henne her ho hjå hos dykkar ikkje ingen inn ja jo kan kjem kom
            korleis kor kva kvar kven kvifor kunne litt man mange me med meg mellom men mens meir
            mest min mine mitt mot må måtte ned noko nokon nokre nok no ny nye når også oss over
            same saman seg sidan sin sine sitt sjølv skal skulle slik slike som stadig så samt ta
            tar under utan var ved vere vert vil ville vore vår våre
        """,
        "sv": """
            alla allt alltid andra annan annat att av bara bli blir blev blivit borde bör dem den
            denna deras dess dessa dessutom det detta dig din dina ditt dock där därför då efter
            eller ej ett en enligt era ert ett fler flera flesta fram från får få för före genom
            gör göra ha hade han hans har hellre henne hennes hon honom hos hur här icke in inga
            ingen inget inom inte ja jag ju kan kom kommer kunde lite man med medan mellan men mer
            mest mig min mina mitt mot mycket måste många ned ner ni nog nu ny nya nytt när något
            någon några och också om oss på redan sig samma samt sedan sin sina sitt själv ska
            skall skulle som så sådan sådana ta tar till tills under utan vad var vara varit varje
            varför vars vem vid vilka vilken vilket vill ville vår våra åt än är även över
        """,
        "en": """
            a about above after again against all also am an and any are as at be because been
            before being below between both but by can could did do does doing down during each
            every few for from further get had has have having he her here hers him his how i if
            in into is it its itself just let many may me might more most much must my no nor not
            now of off on once only or other our ours out over own per same shall she should so
            some such than that the their theirs them then there these they this those through to
            too under until up upon us very via was we were what when where which while who whom
            whose why will with within without would you your yours
        """,
    }.items()
}
