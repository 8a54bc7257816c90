"""How one name comes to be spelled in many ways: the customs, each with its language and an example.

Only what is known about languages stands here, no list of names. A test reads every row and checks its example.
"""

from typing import NamedTuple


class Spelling(NamedTuple):
    """A way of writing that is read like another: `pattern` becomes `reading`; `example` is read like `like`."""

    pattern: str
    reading: str
    language: str
    example: str
    like: str


class Near(NamedTuple):
    """Two letters that write sounds which are taken for each other: what one for the other costs, 0 to 1."""

    letters: str
    cost: float
    language: str
    example: str
    like: str


# Rules on one word, in this order. H is the throat sound of German "ach", S the sound of "Schule".
SPELLINGS = (
    Spelling(r"dsch|dzh", "j", "German, Russian", "Dschamal", "Jamal"),
    Spelling(r"tsch|tch", "ch", "German, French", "Tschalabi", "Chalabi"),
    Spelling(r"sch", "sh", "German", "Schadi", "Shadi"),
    Spelling(r"dj", "j", "French", "Djamal", "Jamal"),
    Spelling(r"^x(?=[aeiou])", "kh", "Kurdish kh", "Xelil", "Khelil"),
    Spelling(r"^ey(?=[aou])", "iy", "English, Tigrinya", "Eyad", "Iyad"),
    Spelling(r"iy?eh$", "ia", "Persian ending", "Marziyeh", "Marzia"),
    Spelling(r"(?<=[^aeiouy]in)e$", "", "French silent e", "Yasmine", "Yasmin"),
    Spelling(r"(?<=[kh])iel$", "ael", "Tigrinya", "Mikiel", "Mikael"),
    Spelling(r"yesu$", "yesus", "Tigrinya: Jesus", "Gebreyesu", "Gebreyesus"),
    Spelling(r"kh|ch", "H", "English kh, German ch (French ch is sh)", "Chaled", "Khaled"),
    Spelling(r"sh", "S", "one sound, one letter", "Rashid", "Raschid"),
    Spelling(r"th", "t", "Arabic as spoken in Syria", "Othman", "Otman"),
    Spelling(r"(?<!\bab)dh", "d", "Arabic dh (not in Abdulhamid)", "Dhia", "Dia"),
    Spelling(r"gh", "g", "Arabic ghain, Tigrinya g", "Ghebre", "Gebre"),
    Spelling(r"zh", "j", "Russian zh", "Zhanna", "Janna"),
    Spelling(r"ph", "f", "Greek spelling in Tigrinya names", "Philmon", "Filmon"),
    Spelling(r"c(?=[eiy])", "s", "French soft c", "Youcef", "Yusef"),
    Spelling(r"ck|q|c", "k", "one k", "Tariq", "Tarick"),
    Spelling(r"x", "ks", "one letter for two sounds", "Alexan", "Aleksan"),
    Spelling(r"(?<=[a-z][oe])[vw]a$", "w", "Russian family names of women", "Umarova", "Umarow"),
    Spelling(r"sk(?:aya|aja|aia)$", "ski", "Slavic family names of women", "Zelenskaja", "Zelenski"),
    Spelling(r"(?:o[vw]|off)$", "uw", "Russian family names", "Umaroff", "Umarow"),
    Spelling(r"(?<=[aeiou])[jy]?e(?:[vw]|ff)$", "eu", "Russian family names", "Dudajew", "Dudaev"),
    Spelling(r"ts|tz", "z", "Tigrinya ts, German z", "Tsehay", "Zehay"),
    Spelling(r"(?<=[tlnrskmh])j(?=[au])", "i", "German j after a consonant", "Tatjana", "Tatiana"),
    Spelling(r"(?<=[eiy])j$", "", "German spelling of Russian endings", "Dmitrij", "Dmitri"),
    Spelling(r"^ou(?=[aei])", "w", "French w", "Oualid", "Walid"),
    Spelling(r"oui|owi|awi$", "wi", "French wi", "Hamoui", "Hamwi"),
    Spelling(r"ou|oo|o", "u", "French ou, English oo, Persian o", "Yousef", "Yusef"),
    Spelling(r"([aeiu])w(?=[^aeiuy]|$)|uw", r"\1u", "Tigrinya w as a vowel", "Luwam", "Luam"),
    Spelling(r"v", "w", "German w, Russian v", "Parvin", "Parwin"),
    Spelling(r"ee|ie|iy|y$", "i", "English ee, a long i", "Kareem", "Karim"),
    Spelling(r"[ae][iy](?:e$|(?![aeu]))", "ai", "ei, ai, ay, ey", "Hüseyin", "Husain"),
    Spelling(r"(?<=[^aeiu])y(?=[^aeiu]|a)|(?<=i)y(?=a)", "i", "y as a vowel", "Nadya", "Nadia"),
    Spelling(r"(.)\1+", r"\1", "doubled letters", "Mohammed", "Mohamed"),
    Spelling(r"(?<=[aeiu])h$", "", "silent h at the end", "Fatimah", "Fatima"),
)

# A second way to read a word, tried beside the first: the same letter writes another sound elsewhere.
SECOND_READINGS = (
    Spelling(r"c(?=[aeiouy])", "j", "Turkish and Kurdish c", "Cemil", "Jemil"),
    Spelling(r"^c(?=[aiu])", "", "Somali c, the Arabic ain", "Cabdi", "Abdi"),
    Spelling(r"x", "h", "Somali h", "Faarax", "Farah"),
    Spelling(r"(?<=[aeiou])j(?=[aeou])", "y", "German j", "Rijad", "Riyad"),
    Spelling(r"(?<=[a-z])dj(?=a)", "di", "German and Slavic j", "Nadja", "Nadia"),
    Spelling(r"^ch|(?<=[aeiou])ch(?=[aeiou])", "sh", "French ch", "Chadi", "Shadi"),
)

# Halves that many names share, in their folded form. They tell little: Shafiqullah is not Rafiqullah.
SHARED_BEGINNINGS = ("abd", "gebre", "tesfa", "welde", "haile", "habte", "tekle")
SHARED_ENDINGS = ("ulah", "ula", "din", "zai", "zada", "zade", "jan")

NEAR = (
    Near("ae", 0.2, "Arabic short a", "Ahmad", "Ahmed"),
    Near("ei", 0.2, "Arabic short i", "Khaled", "Khalid"),
    Near("eu", 0.5, "Tigrinya short vowel", "Hiwet", "Hiwot"),
    Near("iy", 0.2, "y as a vowel", "Ibrahim", "Ybrahim"),
    Near("ey", 0.3, "y as a vowel", "Elena", "Ylena"),
    Near("jy", 0.2, "German j", "Yusuf", "Jusuf"),
    Near("sz", 0.12, "German s for z", "Hamza", "Hamsa"),
    Near("gk", 0.35, "Persian and Tigrinya q", "Ghorbani", "Qorbani"),
    Near("gh", 0.5, "Ukrainian and Chechen g", "Magomedov", "Mahomedov"),
    Near("hH", 0.1, "kh written h", "Akhmadov", "Ahmadov"),
    Near("HS", 0.25, "French ch", "Aschraf", "Achraf"),
    Near("Hk", 0.4, "Greek and Hebrew names", "Michael", "Mikael"),
    Near("Hg", 0.5, "throat sounds", "Khassan", "Ghassan"),
    Near("Ss", 0.5, "s for sh", "Shamil", "Samil"),
    Near("gj", 0.3, "Egyptian g", "Gamal", "Jamal"),
    Near("st", 0.45, "Arabic th", "Osman", "Othman"),
    Near("dt", 0.4, "Turkish ending", "Ahmed", "Ahmet"),
    Near("dz", 0.5, "Persian and Turkish z for an Arabic d", "Ramadan", "Ramazan"),
    Near("ds", 0.6, "German s for such a z", "Ramadan", "Ramasan"),
    Near("bp", 0.5, "Turkish ending", "Zeinab", "Zeynap"),
    Near("fw", 0.5, "Russian v", "Yusuf", "Yusuv"),
    Near("jz", 0.6, "zh", "Zhamal", "Zamal"),
)

# Letters of the Arabic script and the folded Latin letters that write them, the usual one first. A digit behind a
# letter is what that reading costs, in tenths. Arabic writes no short vowels: what they cost stands in matching.py.
ARABIC_SOUNDS = {
    "ا": "a e2", "و": "w u", "ي": "i y e4 j2", "ى": "a i1 e1", "ة": "a e t3", "ه": "h a1 e1", "ع": "a e",
    "ب": "b p5", "پ": "p b3", "ت": "t d4", "ط": "t", "ث": "t s1", "ج": "j g3 y6", "چ": "H S1", "ح": "h H1",
    "خ": "H h2 k3", "د": "d t4", "ذ": "d z s1", "ر": "r", "ز": "z s1", "ژ": "j z3", "س": "s z5", "ش": "S H2 s5",
    "ص": "s z5", "ض": "d z s1", "ظ": "z d1 s1", "غ": "g k3 r5", "ف": "f w4", "ق": "k g3", "ك": "k g5", "گ": "g k4",
    "ل": "l", "م": "m", "ن": "n",
}  # fmt: skip
