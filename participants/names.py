"""Names as keys: many spellings of one name fold to the same letters, so that people find each other.

The rules stand in name_rules.py, each with its language and an example. `fold` keeps vowels and serves
the search over near matches; `skeleton` keeps consonants only and meets names written in Arabic script,
which writes no short vowels.
"""

import re
import unicodedata

from anyascii import anyascii

from participants.name_rules import SECOND_READINGS, SPELLINGS

LONGEST = 260  # characters, width of the columns that hold keys

# Whole words that only bind names together. Arabic article and its assimilated forms: "Al-Hamwi", "Es-Said".
_ARTICLES = frozenset(
    {"al", "el", "ul", "ad", "ed", "ud", "an", "en", "ar", "er", "ur", "as", "es", "us", "az", "at",
     "ash", "asch"}
)  # fmt: skip
# First halves that are written apart or together: Ge'ez theophoric names ("Gebre Meskel"), Persian ("Gol Bahar").
_FIRST_HALVES = frozenset(
    {
        "gebre", "ghebre", "gebra", "tesfa", "welde", "wolde", "weldu", "haile", "hayle", "kidane", "habte", "tekle",
        "okba", "gol", "gul", "gholam", "ghulam", "golam", "sher", "shir", "mir", "abu", "abd", "bint", "umm",
    }
)  # fmt: skip

_COMPILED = [(re.compile(rule.pattern), rule.reading) for rule in SPELLINGS]
_SECOND = [(re.compile(rule.pattern), rule.reading) for rule in SECOND_READINGS]

# "Abd" and the attribute that follows: Abd al-Rahman, Abdel Rahman, Abdurrahman are one name.
_ABD = re.compile(r"\babd(?:\s+(?=al|el|ul)|(?=[aeu][lr])|(?=\s))(?:[aeu]?l?(?=\s?r)|[aeu]r(?=r)|[aeu]l)?\s*")
_ULLAH = re.compile(r"\s*\b(?:ullah|ollah|allah|ulla|olla)\b|(?<=[a-z])(?:ullah|ollah|allah)\b")
_DIN = re.compile(r"\s*\b(?:[aeu]l|[aeu]d)?\s*(?:uddin|eddin|ddin|din|deen)\b")
# Arabic article grown together with the name: "Alhamwi". Not in short names, not before a vowel ("Ali", "Elias").
_GROWN_ARTICLE = re.compile(r"^[ae]l(?=[^aeiouy][a-z]{3,})(?!l)")
_ARABIC_ARTICLE = re.compile("^(?:\u0627\u0644)(?=\\w{3,})")
# Arabic letters that are one letter to a reader: hamza seats, Persian yeh and kaf, final forms; tatweel.
_ARABIC_SEATS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ئ": "ي",
        "ؤ": "و",
        "ک": "ك",
        "ـ": "",
        "ء": "",
        "\u200c": " ",
        "\u200d": "",
    }
)
_ARABIC = str.maketrans({"ى": "ا", "ی": "ي", "ة": "", "ۀ": ""})
_ARABIC_FORMS = str.maketrans({"ی": "ي", "ۀ": "ة", "ې": "ي", "ۍ": "ي", "ګ": "گ", "ڭ": "گ", "ھ": "ه", "ە": "ة"})
_SCRIPTS = {"ARABIC": "arabic", "ETHIOPIC": "ethiopic", "CYRILLIC": "cyrillic"}
# Letters that German, Turkish and South Slavic alphabets write with marks that carry a sound.
_LATIN = str.maketrans(
    {"ß": "ss", "ş": "sh", "š": "sh", "ç": "ch", "č": "ch", "ć": "ch", "ž": "zh", "đ": "dj", "ğ": "g", "ı": "i"}
)


def script_of(text: str) -> str:
    """Return "arabic", "ethiopic", "cyrillic" or "latin" by the first letter that tells."""
    for letter in text:
        if letter.isalpha():
            return _SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "latin")
    return "latin"


def tidy(text: str) -> str:
    """Return a name as it is stored: composed letters, single blanks, no control characters."""
    visible = "".join(" " if unicodedata.category(letter) in {"Cc", "Zl", "Zp"} else letter for letter in text)
    return " ".join(unicodedata.normalize("NFC", visible).split())


def _latin_words(text: str) -> list[str]:
    plain = anyascii(text.casefold().translate(_LATIN)).lower()
    plain = re.sub(r"['`’ʿʾ.]", "", plain)
    plain = " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())
    plain = _ABD.sub("abd", plain)
    plain = _ULLAH.sub("ulah", plain)
    plain = _DIN.sub("din", plain)
    words = plain.split()
    named = [word for word in words if word not in _ARTICLES] or words
    joined: list[str] = []
    for word in named:
        if joined and joined[-1] in _FIRST_HALVES:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


def readings(text: str) -> list[tuple[str, ...]]:
    """Return, for each word of a name in Latin letters, its folded form and what else it may be read as."""
    found = []
    for word in _latin_words(text):
        others = (_sounds(pattern.sub(reading, word)) for pattern, reading in _SECOND if pattern.search(word))
        forms = dict.fromkeys(form for form in (_sounds(word), *others) if form)
        found += [tuple(forms)] if forms else []
    return found


def _sounds(word: str) -> str:
    word = _GROWN_ARTICLE.sub("", word)
    for pattern, replacement in _COMPILED:
        word = pattern.sub(replacement, word)
    return word


def arabic_letters(text: str) -> list[str]:
    """Return the words of a name in Arabic script: without articles, one letter for what readers take as one.

    The end of a word stays as it is written ("ة", "ى"). "Abd" and what follows are one word, and so are a name and
    the "Allah" or "al-Din" behind it.
    """
    bare = _without_marks(text).translate(_ARABIC_FORMS)
    bare = re.sub(r"(?<=\w)\s+الله\b", "لا", bare)
    bare = re.sub(r"(?<=\w)\s+الدين\b", "دين", bare)
    return [_ARABIC_ARTICLE.sub("", word) for word in re.findall(r"\w+", bare)]


def _without_marks(text: str) -> str:
    """Return a name in Arabic script without vowel signs, "Abd" bound to what follows."""
    letters = unicodedata.normalize("NFKC", text).translate(_ARABIC_SEATS)
    letters = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub("عبد\\s+(?:ال)?", "عبد", letters)


def _arabic_words(text: str) -> list[str]:
    """Letters of names in Arabic script, long vowels kept: they tell حسن (Hassan) from حسين (Hussein)."""
    bare = _without_marks(text).translate(_ARABIC)
    return [_arabic_word(_ARABIC_ARTICLE.sub("", word)) for word in re.findall(r"\w+", bare)]


def _arabic_word(word: str) -> str:
    # Ain is a letter of its own that Latin spellings leave out; at the front it sounds like a vowel.
    plain = anyascii(word.replace("ع", "a") if word.startswith("ع") else word).lower()
    folded = re.sub(r"[^a-zSH]", "", _sounds(re.sub("[^a-z]", "", plain)))
    return ("a" + folded if word.startswith("ا") and not folded.startswith("a") else folded).removesuffix("h")


# Consonants that customs of writing mix up are one in the skeleton: French ch is sh or kh, Persian q is gh.
_BONES = str.maketrans({"S": "h", "H": "h", "g": "k"})


def skeleton_of_word(word: str) -> str:
    """Return the consonants of a folded word; a vowel at the front stays as "a", a y there is the German j."""
    front = {"y": "j"}.get(word[:1], word[:1])
    bones = ("a" if front in "aeiu" else front) + re.sub(r"[aeiuyw]", "", word[1:])
    return bones.translate(_BONES)


def words(text: str) -> list[str]:
    """Return the folded words of a name in the order in which they were written."""
    if script_of(text) == "arabic":
        return [word for word in _arabic_words(text) if word]
    return [folded for word in _latin_words(text) if (folded := _sounds(word))]


def fold(text: str) -> str:
    """Return the ASCII key of a name: folded words in alphabetical order, so that order does not matter.

    "Mohamad Al-Hussein", "alhusain muhamad" and "Hossein, Mohammed" come close to each other or meet. Names in
    Arabic script fold to their written letters and are compared with each other, and with skeletons of Latin names.
    """
    return _key(words(text))


def skeleton(text: str) -> str:
    """Return the consonants of a name, words in alphabetical order: "Mohamad Al Husain" -> "hsn mhmd"."""
    return _key([skeleton_of_word(word) for word in words(text)])


def _key(parts: list[str]) -> str:
    # German writes s for z, so the key does not tell them apart; the score (matching.py) does.
    return " ".join(sorted(part.replace("z", "s") for part in parts))[:LONGEST].lower()


def sort_key(family: str, given: str) -> str:
    """Return the key by which lists sort: family name, then given name, without marks and case.

    A single name sorts under itself, wherever it was entered.
    """
    parts = [anyascii(tidy(part)).lower().strip() for part in (family, given) if part.strip()]
    return ", ".join(parts)[:LONGEST]
