"""Words around and in printed dates, by language: months, days of the week, "published", "updated", what stands between them. In lower case."""

# Twelve texts, one a month: every form in which its name is printed (ru, uk: also in the genitive, which dates need).
MONTHS = {
    "en": ("january; jan", "february; feb", "march; mar", "april; apr", "may", "june; jun", "july; jul", "august; aug", "september; sept; sep",
           "october; oct", "november; nov", "december; dec"),
    "de": ("januar; jänner; jän", "februar; feber", "märz; mrz; mär", "april", "mai", "juni", "juli", "august", "september", "oktober; okt",
           "november", "dezember; dez"),
    "fr": ("janvier; janv", "février; févr; fév", "mars", "avril; avr", "mai", "juin", "juillet; juil", "août; aout", "septembre", "octobre",
           "novembre", "décembre; déc"),
    "es": ("enero; ene", "febrero", "marzo", "abril; abr", "mayo", "junio", "julio", "agosto; ago", "septiembre; setiembre", "octubre",
           "noviembre", "diciembre; dic"),
    "it": ("gennaio; gen", "febbraio; febbr", "marzo", "aprile", "maggio; mag", "giugno; giu", "luglio; lug", "agosto", "settembre; sett; set",
           "ottobre; ott", "novembre", "dicembre"),
    "pt": ("janeiro", "fevereiro; fev", "março", "abril", "maio", "junho", "julho", "agosto", "setembro; set", "outubro; out", "novembro",
           "dezembro; dez"),
    "nl": ("januari", "februari; febr", "maart; mrt", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"),
    "ru": ("января; январь; янв", "февраля; февраль; февр; фев", "марта; март; мар", "апреля; апрель; апр", "мая; май", "июня; июнь; июн",
           "июля; июль; июл", "августа; август; авг", "сентября; сентябрь; сент; сен", "октября; октябрь; окт", "ноября; ноябрь; нояб; ноя",
           "декабря; декабрь; дек"),
    "uk": ("січня; січень; січ", "лютого; лютий; лют", "березня; березень; бер", "квітня; квітень; квіт", "травня; травень; трав",
           "червня; червень; черв", "липня; липень; лип", "серпня; серпень; серп", "вересня; вересень; верес", "жовтня; жовтень; жовт",
           "листопада; листопад", "грудня; грудень; груд"),
    "ar": ("يناير; كانون الثاني; جانفي", "فبراير; شباط; فيفري", "مارس; آذار; اذار", "أبريل; ابريل; إبريل; نيسان; أفريل", "مايو; أيار; ايار; ماي",
           "يونيو; حزيران; جوان; يونيه", "يوليو; تموز; جويلية; يوليه", "أغسطس; اغسطس; آب; أوت; غشت", "سبتمبر; أيلول; ايلول; شتنبر",
           "أكتوبر; اكتوبر; تشرين الأول; تشرين الاول", "نوفمبر; تشرين الثاني; نونبر", "ديسمبر; كانون الأول; كانون الاول; دجنبر"),
    "pl": ("stycznia; sty", "lutego; lut", "marca", "kwietnia; kwi", "maja", "czerwca; cze", "lipca; lip", "sierpnia; sie", "września; wrz",
           "października; paź", "listopada; lis", "grudnia; gru"),
    "sv": ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"),
    "tr": ("ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim", "kasım", "aralık"),
    "da": ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"),
    "no": ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember; des"),
    "fi": ("tammikuuta", "helmikuuta", "maaliskuuta", "huhtikuuta", "toukokuuta", "kesäkuuta", "heinäkuuta", "elokuuta", "syyskuuta",
           "lokakuuta", "marraskuuta", "joulukuuta"),
    "cs": ("ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu", "prosince"),
}  # fmt: skip

# Seven texts, Monday first.
WEEKDAYS = {
    "en": ("monday; mon", "tuesday; tues; tue", "wednesday; wed", "thursday; thurs; thur; thu", "friday; fri", "saturday; sat", "sunday; sun"),
    "de": ("montag; mo", "dienstag; di", "mittwoch; mi", "donnerstag; do", "freitag; fr", "samstag; sonnabend; sa", "sonntag; so"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "es": ("lunes; lun", "martes", "miércoles; mié", "jueves; jue", "viernes; vie", "sábado; sáb", "domingo; dom"),
    "it": ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
    "pt": ("segunda-feira; segunda", "terça-feira; terça", "quarta-feira; quarta", "quinta-feira; quinta", "sexta-feira; "
    "sexta", "sábado", "domingo"),
    "nl": ("maandag; ma", "dinsdag", "woensdag; wo", "donderdag", "vrijdag; vr", "zaterdag; za", "zondag; zo"),
    "ru": ("понедельник; пн", "вторник; вт", "среда; среду; ср", "четверг; чт", "пятница; пятницу; пт", "суббота; субботу; сб", "воскресенье; "
    "вс"),
    "uk": ("понеділок", "вівторок", "середа; середу", "четвер", "п'ятниця; п’ятниця; п'ятницю; п’ятницю", "субота; суботу", "неділя; неділю; нд"),
    "ar": ("الاثنين; الإثنين", "الثلاثاء", "الأربعاء; الاربعاء", "الخميس", "الجمعة", "السبت", "الأحد; الاحد"),
    "pl": ("poniedziałek", "wtorek", "środa; środę", "czwartek", "piątek", "sobota; sobotę", "niedziela; niedzielę"),
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "tr": ("pazartesi", "salı", "çarşamba", "perşembe", "cuma", "cumartesi", "pazar"),
    "da": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "no": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "fi": ("maanantai; maanantaina", "tiistai; tiistaina", "keskiviikko; keskiviikkona", "torstai; torstaina", "perjantai; perjantaina",
           "lauantai; lauantaina", "sunnuntai; sunnuntaina"),
    "cs": ("pondělí", "úterý", "středa; středu", "čtvrtek", "pátek", "sobota; sobotu", "neděle; neděli"),
    "ko": ("월요일; (월)", "화요일; (화)", "수요일; (수)", "목요일; (목)", "금요일; (금)", "토요일; (토)", "일요일; (일)"),
    "zh": ("星期一; 周一; 週一", "星期二; 周二; 週二", "星期三; 周三; 週三", "星期四; 周四; 週四", "星期五; 周五; 週五", "星期六; 周六; 週六",
           "星期日; 星期天; 周日; 週日"),
    "ja": ("月曜日; 月曜; (月); （月）", "火曜日; 火曜; (火); （火）", "水曜日; 水曜; (水); （水）", "木曜日; 木曜; (木); （木）",
           "金曜日; 金曜; (金); （金）", "土曜日; 土曜; (土); （土）", "日曜日; 日曜; (日); （日）"),
}  # fmt: skip

PUBLISHED = {
    "en": "published; published on; first published; originally published; publication date; date published; posted; posted on; created; "
    "issued; released; uploaded; date; filed; aired",
    "de": "veröffentlicht; veröffentlicht am; erstveröffentlicht; erstveröffentlichung; erstmals veröffentlicht; "
    "veröffentlichung; erschienen; erschienen am; erstellt; "
    "erstellt am; publiziert; datum",
    "fr": "publié; publiée; publié le; publication; date de publication; mis en ligne; mise en ligne; paru; parue; posté; créé; rédigé",
    "es": "publicado; publicada; publicación; fecha de publicación; fecha; creado; creada",
    "it": "pubblicato; pubblicata; pubblicazione; data di pubblicazione; data; creato; inserito; inserita",
    "pt": "publicado; publicada; publicação; data de publicação; data; criado; criada; postado; postada",
    "nl": "gepubliceerd; geplaatst; verschenen; publicatiedatum; datum; geschreven",
    "ru": "опубликовано; опубликована; опубликован; публикация; дата публикации; дата; размещено; добавлено; создано; вышло; время публикации",
    "uk": "опубліковано; опублікована; опублікований; публікація; дата публікації; дата; розміщено; додано; створено",
    "ar": "نشر; نُشر; نُشِر; نشرت; نُشرت; تاريخ النشر; تم النشر; تم نشره; تاريخ; وقت النشر; نشر بتاريخ; نشر في; نُشر في; أضيف",
    "zh": "发布; 发布于; 发布时间; 发布日期; 发表; 发表于; 发表时间; 发稿时间; 发稿; 刊登; 刊登时间; 日期; 时间; "
    "發布; 發佈; 發布時間; 發佈時間; 發布於; 發表; 發表時間; 刊出; 時間; 出版",
    "ja": "公開; 公開日; 公開日時; 掲載; 掲載日; 掲載日時; 配信; 配信日; 配信日時; 投稿; 投稿日; 投稿日時; 発行; 発行日; 発信; 初出; 日付",
    "pl": "opublikowano; opublikowany; data publikacji; publikacja; data; dodano; utworzono",
    "sv": "publicerad; publicerat; publicerades; först publicerad; skapad",
    "tr": "yayınlanma; yayınlanma tarihi; yayınlandı; yayımlanma; yayımlanma tarihi; yayın tarihi; giriş; eklenme; tarih",
    "da": "publiceret; offentliggjort; udgivet; oprettet",
    "no": "publisert; først publisert; opprettet",
    "fi": "julkaistu; julkaistiin",
    "cs": "publikováno; zveřejněno; vydáno; vytvořeno; datum",
    "ko": "입력; 기사입력; 기사 입력; 최초입력; 최초 입력; 등록; 승인; 게재; 작성; 발행; 송고; 입력시간; 등록일; 작성일; 게시일; 게시",
}

UPDATED = {
    "en": "updated; updated on; last updated; last update; modified; last modified; edited; last edited; revised; reviewed; last reviewed; "
    "amended; changed",
    "de": "aktualisiert; aktualisiert am; zuletzt aktualisiert; letzte aktualisierung; aktualisierung; geändert; zuletzt geändert; bearbeitet; "
    "überarbeitet; update; stand",
    "fr": "mis à jour; mise à jour; mis à jour le; dernière mise à jour; modifié; modifiée; modifié le; actualisé; actualisée; maj",
    "es": "actualizado; actualizada; actualizado a; última actualización; actualización; modificado; modificada; última modificación; act.",
    "it": "aggiornato; aggiornata; ultimo aggiornamento; aggiornamento; modificato; modificata; ultima modifica; agg.",
    "pt": "atualizado; atualizada; última atualização; atualização; actualizado; actualizada; última actualização; modificado; modificada",
    "nl": "bijgewerkt; laatst bijgewerkt; laatste update; update; gewijzigd; laatst gewijzigd; aangepast; laatst aangepast; geüpdatet",
    "ru": "обновлено; обновлена; обновлён; последнее обновление; обновление; дата обновления; изменено; отредактировано; изменён",
    "uk": "оновлено; оновлена; останнє оновлення; оновлення; дата оновлення; змінено; відредаговано",
    "ar": "آخر تحديث; اخر تحديث; تحديث; تم التحديث; حُدّث; حُدِّث; حدث; عُدّل; عُدِّل; تعديل; آخر تعديل",
    "zh": "更新; 更新于; 更新时间; 更新日期; 更新時間; 更新於; 最后更新; 最後更新; 最近更新; 修改; 修改时间; 修訂",
    "ja": "更新; 更新日; 更新日時; 最終更新; 最終更新日; 最終更新日時; 改訂; 修正",
    "pl": "aktualizacja; zaktualizowano; ostatnia aktualizacja; zmodyfikowano",
    "sv": "uppdaterad; uppdaterat; senast uppdaterad",
    "tr": "güncelleme; güncelleme tarihi; güncellendi; son güncelleme; son güncelleme tarihi; güncellenme",
    "da": "opdateret; sidst opdateret; senest opdateret; ændret",
    "no": "oppdatert; sist oppdatert; endret",
    "fi": "päivitetty; viimeksi päivitetty; muokattu",
    "cs": "aktualizováno; aktualizace; poslední aktualizace; upraveno",
    "ko": "수정; 최종수정; 최종 수정; 기사수정; 기사 수정; 업데이트; 마지막 업데이트; 최종업데이트; 수정일; 수정시간",
}

# What else a line may hold that only tells when: prepositions, articles, words of the clock.
BETWEEN = {
    "en": "on; at; the; of; and; in; am; pm; a.m.; p.m.; a.m; p.m; hrs; hours; local time; noon; midnight; ago; minutes; minute; mins; hour; "
    "days; "
    "day; weeks; week; months; month; today; yesterday; time; just now; t",
    "de": "am; um; uhr; den; der; vom; und; seit; vor; stunden; stunde; minuten; minute; tagen; tag; heute; gestern; wochen; ortszeit",
    "fr": "le; la; à; a; h; et; du; il y a; heures; heure; minutes; min; jours; jour; hier; aujourd'hui; aujourd’hui; heure de paris",
    "es": "el; a; las; la; de; del; y; h; hs; hrs; horas; hora; en; hace; minutos; min; días; día; hoy; ayer; cest; cet",
    "it": "il; alle; ore; ora; del; e; h; dalle; le; l'; l’; dell'; dell’; fa; minuti; giorni; giorno; oggi; ieri; in data",
    "pt": "em; às; as; à; no; dia; de; e; h; há; horas; hora; minutos; min; dias; hoje; ontem; h:m",
    "nl": "op; om; uur; de; en; van; geleden; uren; minuten; dagen; dag; vandaag; gisteren",
    "ru": "в; от; г; г.; года; год; и; на; часов; часа; час; назад; минут; минуты; минуту; дней; дня; сегодня; вчера; по московскому времени; время",
    "uk": "о; об; в; у; від; р; р.; року; рік; і; та; годин; години; тому; хвилин; хвилини; днів; сьогодні; вчора; за київським часом; час",
    "ar": "في; الساعة; يوم; و; من; بتوقيت; غرينتش; جرينتش; بتوقيت غرينتش; مساء; صباحا; صباحًا; مساءً; صباحاً; ص; م; ه; هـ; بتاريخ; عند; على; "
    "قبل; منذ; "
    "ساعات; ساعة; دقائق; دقيقة; أيام; اليوم; أمس",
    "zh": "于; 於; 在; 上午; 下午; 晚上; 凌晨; 北京时间; 小时前; 分钟前; 天前; 今天; 昨天; 小時前; 分鐘前",
    "ja": "午前; 午後; 付; 付け; 時間前; 分前; 日前; 今日; 昨日; 日本時間",
    "pl": "o; godz; godz.; godzina; godzinie; dnia; w; r; r.; i; temu; minut; minuty; godzin; godziny; dni; dzisiaj; dziś; wczoraj",
    "sv": "kl; kl.; den; klockan; i; för; sedan; minuter; timmar; timme; dagar; dag; idag; igår",
    "tr": "saat; günü; önce; dakika; gün; bugün; dün; tarihinde",
    "da": "kl; kl.; den; klokken; for; siden; minutter; timer; time; dage; dag; i dag; i går",
    "no": "kl; kl.; den; klokken; for; siden; minutter; timer; time; dager; dag; i dag; i går",
    "fi": "klo; klo.; tuntia; sitten; minuuttia; päivää; tänään; eilen",
    "cs": "v; ve; dne; hod; hod.; hodin; před; minutami; hodinami; dny; dnes; včera",
    "ko": "오전; 오후; 전; 시간; 분; 시; 일; 오늘; 어제",
}

# Languages that print the day before the month in numbers. English decides by country; Chinese and Japanese begin with the year.
_DAY_FIRST = "de fr es it pt nl ru uk ar pl sv tr da no nb nn fi cs sk ro el bg hr sr sl et lv ca gl he hi bn id ms vi th fa ur"
# Countries where English is printed too: the month first, and the day first.
_MONTH_FIRST_COUNTRIES = "us ph pr gu fm mh"
_DAY_FIRST_COUNTRIES = (
    "gb uk ie au nz in za ng ke gh zw ug tz zm bw mw na pk bd lk np mt cy sg my hk jm tt bb gi fj de fr es it pt nl ru ua eg sa ae qa be at ch "
    "mx ar co cl pe ve ec bo py uy br ao mz dk no se fi pl cz sk ro gr tr il jo lb ma tn dz iq kw om bh id vn th lu bg hr rs si ee lv lt hu"
)
DAY_FIRST = frozenset(_DAY_FIRST.split())
MONTH_FIRST_COUNTRIES = frozenset(_MONTH_FIRST_COUNTRIES.split())
DAY_FIRST_COUNTRIES = frozenset(_DAY_FIRST_COUNTRIES.split())
