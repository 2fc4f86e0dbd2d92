"""What sites tell their visitors is no text of the article, in twelve languages; what articles tell of cookies, scripts and subscribers is."""

from __future__ import annotations

import pytest

from copydesk.services.cleaner.classify import CERTAIN
from copydesk.services.cleaner.lines import blocks_of
from copydesk.services.cleaner.rules import Surroundings


def _known(line: str) -> str | None:
    rule = CERTAIN.first(Surroundings(blocks_of([line])).place(0))
    return rule.name if rule else None


@pytest.mark.parametrize(
    "line",
    [
        "This website uses cookies to make it work and to count visits.",
        "Diese Website verwendet Cookies, damit Sie sie bequem nutzen können.",
        "Ce site utilise des cookies pour mesurer son audience.",
        "Este sitio web utiliza cookies para medir las visitas.",
        "Questo sito utilizza cookie tecnici e di terze parti.",
        "Este site utiliza cookies para medir as visitas.",
        "Deze website gebruikt cookies om bezoeken te tellen.",
        "На сайте используются файлы cookie, чтобы считать посещения.",
        "Цей сайт використовує файли cookie, щоб рахувати відвідування.",
        "يستخدم هذا الموقع ملفات تعريف الارتباط لقياس الزيارات.",
        "本网站使用Cookie以统计访问量。",
        "このサイトではCookieを使用しています。",
        "Please turn on JavaScript in your browser to see the comments.",
        "Um diese Seite zu lesen, bitte JavaScript im Browser aktivieren: ohne JavaScript ist der Inhalt deaktiviert.",
        "JavaScript est désactivé dans votre navigateur.",
        "Para ver el contenido, habilite JavaScript en su navegador.",
        "JavaScript è disattivato nel tuo browser.",
        "Por favor, ative o JavaScript para ver o conteúdo desta página.",
        "JavaScript is uitgeschakeld in uw browser.",
        "JavaScript отключен в вашем браузере.",
        "JavaScript вимкнено у вашому браузері.",
        "يرجى تفعيل جافا سكريبت لعرض الموقع.",
        "您的浏览器已禁用JavaScript。",
        "ブラウザのJavaScriptが無効になっています。",
        "Your browser doesn’t support HTML5 video.",
        "Dein Browser unterstützt dieses Video nicht.",
        "Pour afficher ce contenu, vous devez accepter les cookies.",
        "Este vídeo no está disponible en tu país.",
        "You’ve reached your limit of free articles this month.",
        "Dit artikel is exclusief voor abonnees.",
        "Contenido exclusivo para suscriptores",
        "この記事は有料会員限定です。残り1200文字",
        "Subscribe now for full access to all our articles.",
        "Um weiterzulesen, schließen Sie bitte ein Abo ab.",
        "Weiterlesen mit Kurier Plus",
        "Pour lire la suite de cet article, connectez-vous à votre compte.",
        "Il vous reste 63.2% de l'article à découvrir.",
        "Para seguir leyendo, suscríbete por solo 1 euro al mes.",
        "Per continuare a leggere, abbonati a 1 euro al mese.",
        "Para continuar a ler, faça login ou assine por 1 euro.",
        "Om verder te lezen heb je een abonnement nodig.",
        "Чтобы дочитать, оформите подписку за 1 рубль.",
        "Щоб читати далі, оформіть передплату.",
        "続きを読むには会員登録が必要です。",
        "Topics: harbour, climate change, Elwick",
        "Etiquetas: puerto, cambio climático",
        "Image 3 of 12",
        "Foto 4 von 9",
        "Photo 2 sur 7",
        "Фото 1 из 5",
        "صورة 3 من 8",
        "第2张/共8张",
        "https://img.example.org/a/1200x630/bridge.webp?x=1",
    ],
)
def test_notices_go(line: str) -> None:
    assert _known(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "Cookies sold for charity raised four thousand pounds at the school fair.",
        "“We value your privacy,” said the minister, who presented the bill on Monday in parliament.",
        "„Wir verwenden Cookies nur, wenn es sein muss“, sagte die Sprecherin des Unternehmens am Dienstag.",
        "Regulators fined the company because its site used cookies without asking its visitors first.",
        "The virus was hidden in a script that ran when readers opened the page, researchers said.",
        "JavaScript remains the most widely used language on the web, a survey of developers found.",
        "JavaScript developers of the regional paper, whose site was hacked in May, have turned off comments and left the office for good.",
        "JavaScript und Python sind am meisten gefragt; auf der Seite der Agentur stehen dreihundert Stellen, und alle Bewerber müssen aktiv sein.",
        "JavaScript y Python son los más buscados; la página de la agencia anuncia trescientos puestos para quienes tengan cuenta activa.",
        "Subscribers of the theatre will be refunded, the director said on Tuesday.",
        "Le site utilise des données de la police, a précisé la ministre lors de la séance.",
        "Image 3 of 12 shows how the river has moved since the bridge was built.",
        "Photo 51 by Rosalind Franklin was taken in 1952.",
        "4/5",
        "Um weiterzulesen, musste der Richter die Lupe aus der Schublade holen, denn die Schrift war zu klein.",
        "Pour lire la suite de la saga, les lecteurs devront attendre le mois de mars, a annoncé l'éditeur.",
        "Il vous reste 20 % de chances de gagner, dit le croupier au joueur avant de lancer la boule.",
        "Para seguir leyendo las actas del juicio, el abogado pidió una semana más al tribunal de la ciudad.",
        "Per continuare a leggere i classici, dice la professoressa, servono biblioteche aperte anche la sera.",
        "Para continuar a ler os contadores, a empresa vai contratar mais quarenta trabalhadores este ano.",
        "Om verder te lezen in het dossier had de rechter toestemming nodig van de familie van het slachtoffer.",
        "Чтобы дочитать приговор, судье понадобилось почти три часа, и в зале за это время никто не встал.",
        "Щоб читати далі, школярам потрібні нові книжки, сказала директорка бібліотеки.",
        "続きを読むには図書館に足を運ばなければならなかったと、作家は子供のころを振り返った。",
        "Topics: what the harbour needs and who will pay for it",
        "Etiquetas: lo que dicen los envases y lo que callan",
        "Метки: что они значат и кто их ставит на улицах города",
        "Tag: ein guter Tag für die Stadt",
    ],
)
def test_articles_stay(line: str) -> None:
    assert _known(line) is None
