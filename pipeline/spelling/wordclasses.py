"""Closed classes of words that the rules lean on. Own work, from grammar and not from any text."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PREFIXES = _words(
    """
    alpha beta gamma anti auto bio broncho cardio co counter de dis electro extra fore gastro haemato hemato haemo hemo
    hepato hyper hypo immuno inter intra macro mega meta micro mid mini mis mono multi musculo myo nephro
    neuro non omni ortho osteo out over para peri pharmaco photo physio pneumo poly post pre proto pseudo
    psycho pyo quasi radio re retro semi sub super supra tele thermo thrombo trans tri ultra un under uni
    uro vaso bi
    """
)
"""Prefixes that any word of health writing may take."""
NEVER_ALONE = frozenset(
    _words(
        """
        anti bio broncho cardio dis electro gastro haemo hemo hyper hypo immuno micro mis multi neuro ortho
        osteo peri poly psycho re semi tele thrombo tran trans ultra un vaso
        """
    )
)
"""Prefixes that are words of their own only by accident."""
COMPOUND_ENDS = frozenset(
    _words(
        """
        worm worms stream borne bound proof site sites line lines work works ware house land berry fish wort
        weed flower seed bird ball board book box card case day down field fire fold guard head holder keeper
        less light like load long mate maker paper park piece point pool port power room screen sheet ship shop
        side skin stone storm time tree type walk wall ward wards wash watch water way ways wear wood word yard
        up out off on over giver givers goer goers cell cells gene genes tooth bone blood bite bites free wide
        wise based related specific
        """
    )
)
"""Second halves of compounds that English goes on making; lists lag behind."""
FUNCTION_WORDS = frozenset(
    _words(
        """
        a an and are as at be but by can do for from had has have he her his how i if in into is it its may more
        my no not of on one or our she should so some than that the their them then there these they this to up
        was we were what when where which who will with would you your after before during also any all been
        being other such very through against because between both each every whether while whom whose those until
        without within
        """
    )
)
"""Words that a compound never holds, so that a split with one of them is trustworthy."""
SHORT_WORDS = frozenset(
    _words(
        """
        a i an as at be by do he if in is it me my no of on or so to up us we am go ill sun eye ear leg arm lip
        gut toe hip rib the and for are but not you all any can had her was one our out day get has him his how
        its may new now old see two way who did let put say she too use act add age ago air aid ask bad bag bed
        big bit box boy buy car cold cut dry due eat end far fat few fit flu fun gas got gp hot ice job key kit
        lab law lay lie lot low man men mix nor off own pay per pin pus raw red run sex sit six son ten tip top
        try via war wet why yes yet
        """
    )
)
"""The only words of up to three letters that a run-together word may be split into."""
SUFFIXES = ("like", "less", "free", "fold", "wide", "ness", "s")
"""Endings that any longer noun or adjective may take."""
NO_PLURAL = ("al", "ic", "ous", "ful", "ive", "ent", "ant", "ly", "ed", "able", "ible", "y")
"""Endings of words that take no plural s."""
LOOSE_ENDS = frozenset(_words("al ed er ers ic ical ing ings ity ly ment ness ous tion tions ted"))
"""Endings that are words of their own only by accident."""
