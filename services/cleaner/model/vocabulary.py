"""Kinds of words that tell lines apart. Function words are what sentences are full of and menus are not; the others are what furniture speaks of.

English first, with Spanish, Portuguese, German, Dutch, French and Italian where they matter most.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS = _words(
    """
    a aan aber about after al all alla als also am an anche and ao aos are as at au auch auf aus aux avec be because been bei bis
    but by can ce ces cette che chi ci comme como con could cui da dal dalla dans das dass dat de degli dei del della delle dem
    den der des desde deze di did die do does donde dos du durch e een ein eine einem einen einer el ela ele ella elle em en entre
    er era es est esta este et eux foi for from fue für gli ha had han has hat have hay he her het hij his ho how i ich if ihr il
    ils im in into is isso ist it its je just kann la las le les leur like lo los lui maar mais man mas may met mi mit more most
    muy my más même na naar nach nas ne nel nella ni nicht niet no noch nog non nos not nur não o oder of on one only ont ook or
    os other ou our out over où par para pas pela pelo per pero più plus por pour qu qual quando que questo qui sa said sans se
    sea sein sem ser ses seu she should si sich sie sin sind so sobre some son sono sont su sua such sulla sur sus são tambien
    también também te than that the their them then there these they this those through tiene to todo tout tra très uit um uma un
    una und uno unter up us van você vom von voor vor vous war was wat we wenn werden were what when where which while who wie
    will wir wird with would y ya you your ze zich zijn zo zu zum zur être über
    """
)
KINDS: dict[str, frozenset[str]] = {
    "function": FUNCTION_WORDS,
    "first_person": _words(
        """
        i i'm i’m i've i’ve i'd i’d me my mine we we're we’re us our ours ich mir mein wir uns yo mi nosotros je moi mon nous
        """
    ),
    "second_person": _words(
        """
        you you're you’re your yours du sie ihr ihre tú usted tu su vous votre
        """
    ),
    "author": _words(
        """
        writer writers editor editors editor-in-chief journalist reporter correspondent contributor contributors contributing
        author authors freelance freelancer blogger columnist covers covering biography bio bylines staff producer photographer
        graduated degree lives resides founder co-founder specialist manager autor autora redactor redakteur redakteurin
        journalistin journaliste auteur
        """
    ),
    "comment": _words(
        """
        reply replies comment comments commented commenter posted says thanks thank thread upvote moderated moderation respuesta
        comentario comentarios kommentar kommentare antworten commentaire commentaires répondre
        """
    ),
    "offer": _words(
        """
        subscribe subscribed subscription subscriber subscribers newsletter newsletters inbox email e-mail app download follow
        join membership register sign signup login log account suscríbete suscribirse abonnieren newsletter-anmeldung abonnez-vous
        """
    ),
    "network": _words(
        """
        facebook twitter instagram linkedin youtube pinterest whatsapp tiktok reddit telegram share shares tweet bluesky threads
        snapchat rss podcast podcasts
        """
    ),
    "legal": _words(
        """
        copyright rights reserved cookie cookies privacy terms policy policies disclaimer disclosure affiliate commission
        commissions consent licensed license trademark trademarks conditions accessibility liability derechos reservados rechte
        vorbehalten impressum datenschutz droits réservés
        """
    ),
    "related": _words(
        """
        related recommended trending popular latest recent read more also next previous posts articles stories headlines featured
        editor's editor’s picks most relacionadas relacionados más leer mehr lesen themen verwandte lire aussi
        """
    ),
    "shop": _words(
        """
        buy shop shopping price prices cart sale deal deals discount coupon amazon checkout shipping order quote demo free trial
        pricing
        """
    ),
    "time": _words(
        """
        january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct
        nov dec monday tuesday wednesday thursday friday saturday sunday ago min minutes updated published am pm hours days
        """
    ),
    "report": _words(
        """
        said says told added according reported announced stated explained wrote asked argued claimed warned confirmed dijo según
        afirmó sagte erklärte laut déclaré selon indiqué
        """
    ),
    "picture": _words(
        """
        photo photos image images picture credit courtesy getty shutterstock unsplash caption illustration video watch gallery
        screenshot photograph photographer foto
        """
    ),
}
