"""Words with which a paper says who said something, by language, in lower case. With them a line reports, whatever it begins with."""

# Behind a comma, a dash or a closing quotation mark: "…, said the editor".
SAID = {
    "en": "said; says; told; wrote; recalled; warned; explained; joked; argued; added the; who said",
    "de": "sagte; sagt; sagten; riet; erklärte; meinte; betonte; hieß es; so der; so die; erinnerte sich; scherzte",
    "fr": "a dit; a déclaré; a lancé; a expliqué; a affirmé; a estimé; a raconté; a-t-il; a-t-elle; ont dit; dit le; dit la; déclare; estime",
    "es": "dijo; dijeron; afirmó; explicó; advirtió; aseguró; señaló; declaró; recordó; según dijo",
    "it": "ha detto; hanno detto; dice; disse; ha spiegato; ha dichiarato; ha raccontato; afferma; racconta; ricorda",
    "pt": "disse; disseram; diz; afirmou; explicou; declarou; contou; recordou",
    "nl": "zei; zegt; zeiden; aldus; vertelde; verklaarde; waarschuwde",
    "sv": "säger; sade; berättar; menar; förklarar",
    "da": "siger; sagde; fortæller; forklarer",
    "no": "sier; sa; forteller; forklarer",
    "pl": "powiedział; powiedziała; mówi; stwierdził; stwierdziła; wyjaśnił; wyjaśniła; dodał; dodała; ostrzegł",
    "cs": "řekl; řekla; uvedl; uvedla; dodal; dodala",
    "ru": "сказал; сказала; заявил; заявила; говорит; сообщил; сообщила; рассказал; рассказала; считает; пояснил; предупредил",
    "uk": "сказав; сказала; заявив; заявила; каже; повідомив; повідомила; розповів; розповіла; вважає; пояснив; попередив",
    "tr": "dedi; diyor; söyledi; belirtti; açıkladı; anlattı",
    "ar": "قال; قالت; وقال; وقالت; يقول; تقول",
}

# At the end of a sentence in scripts without spaces, or between two of its parts.
SAID_UNSPACED = "说道; 他说; 她说; 市长说; と話した; と述べた; と語った; と話す; と語る; 말했다; 밝혔다; 전했다; 설명했다; 說道; 他說; 她說"
