"""Closed lists of English words that the rules go by. Grammar, not knowledge of the world: that is in the gazetteer."""

from __future__ import annotations


def word_list(text: str) -> frozenset[str]:
    """The words of a list written as a text."""
    return frozenset(text.split())


MALE = word_list("mr sir lord king prince father brother mister congressman chairman spokesman senor monsieur")
FEMALE = word_list("mrs ms miss madam madame lady queen princess sister dame congresswoman chairwoman spokeswoman mme mlle")

MODIFIERS = word_list(
    "former then ex acting interim incoming outgoing deputy vice assistant associate senior junior chief first second special executive "
    "managing state federal lead retired newly elected current district county city press supreme high opposition shadow permanent joint "
    "staff presiding pro prime foreign defense defence finance interior home police fire the us u.s. american general attorney national party house"
)
HEADS = word_list(
    "president premier chancellor minister secretary senator congressman congresswoman representative governor mayor councilman councilwoman "
    "councillor councilor alderman commissioner ambassador envoy consul attorney solicitor prosecutor sheriff deputy judge justice magistrate "
    "chief director chairman chairwoman chairperson chair ceo cfo coo officer spokesman spokeswoman spokesperson speaker leader whip lawmaker "
    "delegate treasurer comptroller auditor inspector detective agent trooper constable superintendent general colonel major captain lieutenant "
    "sergeant corporal admiral commander commodore marshal brigadier coach manager professor doctor reverend pastor bishop archbishop cardinal "
    "pope rabbi imam ayatollah sheikh king queen prince princess emperor empress duke duchess baron baroness sultan emir lord lady dame sir "
    "madam mister miss analyst editor economist striker midfielder defender goalkeeper quarterback actor actress singer author candidate mp mep "
    "msp pm founder co-founder administrator coordinator dean provost counsel advocate activist lawyer aide adviser advisor diplomat patrolman "
    "tem tempore"
)
ABBREVIATED = word_list(
    "mr mrs ms dr prof gen col lt sgt capt cpl maj adm cmdr sen sens rep reps gov rev hon pres atty insp det supt messrs mme mlle sgts dets "
    "brig pvt ofc amb msgr asst"
)
TITLES = HEADS | ABBREVIATED
OFFICES = word_list(
    "state defense defence homeland security health human services labor labour commerce agriculture education energy transportation interior "
    "treasury justice foreign home affairs veterans housing urban development finance staff house police trade culture tourism environment "
    "army navy air force information economy science technology national intelligence and the & public safety operations communications "
    "elections revenue representatives commons"
)
SUFFIXES = word_list("jr sr ii iii iv esq phd md jnr snr")
LINKING = word_list("of the and for in on at de la le du des del der den van von al el bin ibn & y e di da dos")

LOCATION_WORDS = word_list(
    "river rivers lake lakes sea seas ocean mountain mountains mount mt mtns valley island islands isle isles bay gulf strait straits desert "
    "peninsula coast cape basin forest canyon plateau region hills hill creek delta archipelago reef glacier volcano falls beach plain plains "
    "highlands channel lagoon continent hemisphere wilderness watershed north south east west northeast northwest southeast southwest midwest "
    "indo-pacific asia-pacific pacific atlantic arctic antarctic mediterranean caribbean balkans sahel sahara himalayas middle"
)
FACILITY_WORDS = word_list(
    "airport bridge street avenue road highway boulevard lane drive building tower towers stadium arena hospital prison jail palace square "
    "station port dam house hall mosque cathedral church temple park base plaza center centre museum theatre theater interstate route motorway "
    "freeway expressway courthouse school library hotel mall tunnel pier harbor harbour terminal barracks camp cemetery zoo garden gardens "
    "penitentiary clinic basilica abbey monastery synagogue observatory velodrome gymnasium aquarium racecourse ballpark raceway speedway "
    "monument memorial castle fort shrine st ave rd blvd hwy runway spaceport crossing turnpike parkway"
)
PLACE_WORDS = word_list(
    "city county province state republic town village district township parish prefecture oblast kingdom borough municipality krai canton"
)

ORGANISATION_WORDS = word_list(
    "department ministry university college party association union committee commission council agency bureau office court bank company "
    "corporation inc corp ltd llc group foundation institute society organization organisation federation league club police army navy force "
    "community service authority board senate congress parliament assembly guard times post news network church hospital school team "
    "confederation"
)
PAPERS = word_list(
    "post times journal mail herald tribune guardian telegraph star globe chronicle gazette courier observer independent examiner inquirer "
    "dispatch mirror sun express"
)  # by what a newspaper is called in short
CURRENCY_CODES = word_list(
    "USD EUR GBP JPY CNY RMB CHF CAD AUD NZD HKD SGD INR PKR BDT LKR KES UGX TZS NGN ZAR GHS AED QAR KWD EGP TRY RUB UAH PLN CZK HUF SEK NOK DKK "
    "BRL MXN ARS CLP IDR THB VND KRW MYR"
)
CURRENCY_SIGNS = "$€£¥₹₦₱₩₪₽₴₫"
COMPANY_SUFFIXES = word_list("inc corp corporation co ltd llc plc company group holdings ag sa nv limited incorporated se gmbh")

SAID = (
    "said|says|say|told|added|adds|stated|states|explained|explains|noted|notes|wrote|writes|tweeted|announced|declared|insisted|insists|argued|"
    "argues|claimed|claims|warned|warns|commented|comments|remarked|replied|responded|continued|concluded|recalled|recalls|asked|asks|answered|"
    "admitted|acknowledged|confirmed|denied|reported|reports|observed|emphasized|emphasised|stressed|urged|vowed|testified|pleaded|quipped|joked|"
    "exclaimed|opined|posted|lamented|complained|cautioned|reiterated|described|called|suggested|promised|pledged|predicted|shouted|boasted|"
    "indicated|revealed|maintained|maintains|conceded|asserted|asserts|estimated|contended|speculated|elaborated|affirmed|read|reads|echoed|"
    "joking|saying|adding|put it|puts it"
)
