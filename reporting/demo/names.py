"""Names for invented people, by country of origin, with the spelling in their own script where it is certain.

They are common names drawn at random; nobody of the real network stands behind them.
"""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Origin:
    """One country of origin in the demo world.

    Attributes:
        nationality: ISO 3166 alpha-3.
        weight: share among the invented people.
        family, male, female: Latin spelling mapped to the original script ("" where it has none of its own).
        statuses: residence statuses that occur, most frequent first.
    """

    nationality: str
    weight: int
    family: dict[str, str]
    male: dict[str, str]
    female: dict[str, str]
    statuses: tuple[str, ...]


ORIGINS = (
    Origin(
        "SYR",
        34,
        {"Al Khatib": "الخطيب", "Haddad": "حداد", "Al Ahmad": "الأحمد", "Darwish": "درويش", "Sabbagh": "صباغ",
         "Al Masri": "المصري", "Kabbani": "قباني", "Najjar": "نجار", "Shami": "شامي", "Al Hamwi": "الحموي"},
        {"Ahmad": "أحمد", "Khaled": "خالد", "Omar": "عمر", "Yousef": "يوسف", "Mahmoud": "محمود", "Tarek": "طارق",
         "Bilal": "بلال", "Samer": "سامر", "Anas": "أنس"},
        {"Rania": "رانيا", "Hala": "هالة", "Nour": "نور", "Samira": "سميرة", "Lina": "لينا", "Amal": "أمل"},
        ("AE_25_2F", "GEST", "AE_25_2S"),
    ),
    Origin(
        "AFG",
        18,
        {"Karimi": "کریمی", "Rahimi": "رحیمی", "Sadat": "سادات", "Nazari": "نظری", "Azizi": "عزیزی",
         "Mohammadi": "محمدی", "Haidari": "حیدری", "Stanekzai": "ستانکزی"},
        {"Ali": "علی", "Reza": "رضا", "Hamid": "حمید", "Jawad": "جواد", "Mirwais": "میرویس", "Farid": "فرید"},
        {"Fereshta": "فرشته", "Maryam": "مریم", "Shabnam": "شبنم", "Laila": "لیلا", "Nasrin": "نسرین"},
        ("GEST", "AE_25_3", "DUL_A2"),
    ),
    Origin(
        "ERI",
        14,
        {"Tekle": "ተክለ", "Haile": "ሃይለ", "Gebremariam": "ገብረማርያም", "Kidane": "ኪዳነ", "Habte": "ሃብተ",
         "Woldu": "ወልዱ", "Mebrahtu": "መብራህቱ"},
        {"Filmon": "ፊልሞን", "Yonas": "ዮናስ", "Samuel": "ሳሙኤል", "Dawit": "ዳዊት", "Abel": "ኣቤል", "Robel": "ሮቤል"},
        {"Selam": "ሰላም", "Luwam": "ልዋም", "Helen": "ሄለን", "Feven": "ፌቨን", "Rahwa": "ራህዋ"},
        ("GEST", "AE_25_2F", "AE_25_3"),
    ),
    Origin(
        "IRQ",
        10,
        {"Jassim": "جاسم", "Hussein": "حسين", "Al Jubouri": "الجبوري", "Barzani": "بارزاني", "Saleh": "صالح"},
        {"Ammar": "عمار", "Haider": "حيدر", "Mustafa": "مصطفى", "Karwan": "كاروان"},
        {"Zainab": "زينب", "Shirin": "شيرين", "Hanan": "حنان"},
        ("GEST", "AE_25_2F", "DUL_A2"),
    ),
    Origin(
        "IRN",
        7,
        {"Hosseini": "حسینی", "Moradi": "مرادی", "Rostami": "رستمی", "Jafari": "جعفری"},
        {"Arash": "آرش", "Behnam": "بهنام", "Kian": "کیان"},
        {"Parisa": "پریسا", "Negar": "نگار", "Mina": "مینا"},
        ("GEST", "AE_25_2F"),
    ),
    Origin(
        "SOM",
        5,
        {"Abdi Warsame": "", "Hassan Jama": "", "Mohamud Ali": ""},
        {"Abdirahman": "", "Liban": "", "Mahad": ""},
        {"Hodan": "", "Sagal": "", "Ifrah": ""},
        ("GEST", "AE_25_2S"),
    ),
    Origin(
        "RUS",
        4,
        {"Magomadow": "Магомадов", "Dadajew": "Дадаев", "Umarow": "Умаров"},
        {"Adam": "Адам", "Ruslan": "Руслан"},
        {"Zarema": "Зарема", "Madina": "Мадина"},
        ("DUL_A2", "GEST"),
    ),
    Origin(
        "VEN",
        3,
        {"Núñez Peña": "", "Marañón": ""},
        {"José Ángel": "", "Andrés": ""},
        {"Belén": "", "Inés María": ""},
        ("GEST",),
    ),
    Origin(
        "TUN",
        3,
        {"Ben Salah": "بن صالح", "Trabelsi": "الطرابلسي"},
        {"Aymen": "أيمن", "Walid": "وليد"},
        {"Ons": "أنس", "Yosra": "يسرى"},
        ("GEST", "DUL_A2"),
    ),
    Origin(
        "XKX",
        2,
        {"Berisha": "", "Gashi": "", "Đorđević-Šarić": ""},
        {"Arben": "", "Driton": ""},
        {"Živana": "", "Vjosa": ""},
        ("DUL_A2", "GEST"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class InventedName:
    """A drawn name with its spellings."""

    origin: Origin
    family: str
    given: str
    script: str
    other: tuple[str, ...]


_RESPELLINGS = (("Al ", "El-"), ("ou", "u"), ("kh", "ch"), ("ee", "i"), ("ss", "s"), ("y", "j"), ("w", "v"), ("q", "k"))


# Parts of family names that nobody bears: a hundred thousand people need more names than the lists above give.
_BEGINNINGS = (
    "Ab", "Am", "Ar", "Bar", "Ber", "Dar", "Ek", "Far", "Gul", "Ham", "Is", "Jal", "Kar", "Kel", "Lam", "Mar", "Nar",
    "Om", "Par", "Qas", "Rah", "Sal", "Tar", "Um", "Was", "Yar", "Zah",
)  # fmt: skip
_MIDDLES = ("a", "ama", "ari", "edi", "eta", "iba", "ida", "ola", "omi", "osa", "uda", "una", "ani", "ori")
_ENDINGS = (
    "bani", "dan", "far", "gari", "hadi", "jan", "kidan", "lani", "mand", "nouri", "pour", "rashi", "saleh", "tash",
    "wali", "yan", "zai", "zadeh",
)  # fmt: skip
_MADE_UP = 0.7  # of the people in a large world


def draw_name(rng: Random, *, female: bool, from_parts: bool = False) -> InventedName:
    """Draw an invented name; about every third person was also met under another spelling.

    Args:
        rng: source of chance.
        female: whether it is a woman's.
        from_parts: most family names are put together from parts, so that many people have different ones.
    """
    origin = rng.choices(ORIGINS, weights=[origin.weight for origin in ORIGINS])[0]
    givens = origin.female if female else origin.male
    given = rng.choice(list(givens))
    if from_parts and rng.random() < _MADE_UP:
        family, scripts = rng.choice(_BEGINNINGS) + rng.choice(_MIDDLES) + rng.choice(_ENDINGS), ()
    else:
        family = rng.choice(list(origin.family))
        scripts = (givens[given], origin.family[family])
    script = " ".join(part for part in scripts if part)
    return InventedName(origin, family, given, script, _other_spellings(rng, f"{given} {family}"))


def respelled(rng: Random, name: str) -> str:
    """Return how somebody else might write a name; at times the same."""
    old, new = rng.choice(_RESPELLINGS)
    return name.replace(old, new)


def _other_spellings(rng: Random, name: str) -> tuple[str, ...]:
    if rng.random() > 0.35:
        return ()
    other = respelled(rng, name)
    if other == name:
        given, _, family = name.partition(" ")
        other = f"{family} {given}"
    return (other,)
