"""The phrase language does what its documentation says, in every spelling that people use."""

from collections.abc import Callable

import pytest

from pushlint.phrases import PhraseError

Find = Callable[[str, str], list[str]]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        # A word stands for all its forms, regular and irregular.
        ("close", "She closes, we closed, I am closing, to close.", ["closes", "closed", "closing", "close"]),
        ("go", "He goes and went and has gone.", ["goes", "went", "gone"]),
        ("reply", "Replies, replied, replying.", ["Replies", "replied", "replying"]),
        ("plan", "Plans are planned in planning.", ["Plans", "planned", "planning"]),
        ("thing", "One thing, two things.", ["thing", "things"]),
        ("bring", "She brings it, we brought it.", ["brings", "brought"]),
        ("be ready", "I am ready, they were ready.", ["am ready", "were ready"]),
        ("us", "We used it; it is for us.", ["us"]),
        # In quotation marks it stands for itself alone, in any case.
        ('"close"', "She closes, we closed; CLOSE it.", ["CLOSE"]),
        # As one part of speech.
        ("close:verb", "The close of the day; we close the shop.", ["close"]),
        ("(save|cut):verb", "A cut in costs; they cut the price.", ["cut"]),
        # Choice, optional, empty choice, nested.
        ("(seal|close) (the|this)? deal", "Close the deal, seal this deal, close deal.",
         ["Close the deal", "seal this deal", "close deal"]),
        ("(wrap (it|this) up|end it)", "Wrap this up. Then end it.", ["Wrap this up", "end it"]),
        ("a (very)? (big)? deal", "A deal, a big deal, a very big deal.", ["A deal", "a big deal", "a very big deal"]),
        # A gap takes up to five words, hyphens counted, and no other punctuation.
        ("close ... deal", "Close one two three four five deal.", ["Close one two three four five deal"]),
        ("close ... deal", "Close deal.", ["Close deal"]),
        ("close ... deal", "Close one two three four five six deal.", []),
        ("close ... deal", "Close our two-seat deal.", ["Close our two-seat deal"]),
        ("close ... deal", "Close it, the deal.", []),
        # Bound to the sentence's first or last word, whatever marks stand around it.
        ("^ close", "Close it, we close. “Close the shop.”", ["Close", "Close"]),
        ("deal $", "A deal is a deal! This deal is on.", ["deal"]),
        # Vocabularies, in each other.
        ("a @fruit", "An apple, a passion fruit, a green grape, a bread.", ["a passion fruit", "a green grape"]),
        ("buy @basket", "Buy bread, buy passion fruits.", ["Buy bread", "buy passion fruits"]),
        # Never across the end of a sentence or paragraph.
        ("close the deal", "We close\n\nthe deal", []),
        # Any case.
        ("close the deal", "CLOSE THE DEAL", ["CLOSE THE DEAL"]),
        # The longest where several overlap.
        ("close the (deal|deal now)", "Close the deal now.", ["Close the deal now"]),
        ("^ close ... the deal", "Close the deal before the deal closes the deal.", ["Close the deal before the deal"]),
        # However many ways there are to say it.
        ("(a b|c d|e f)? " * 40 + "deal", "A b c d e f deal.", ["A b c d e f deal"]),
    ],
)  # fmt: skip
def test_phrase_finds(find: Find, phrase: str, text: str, found: list[str]) -> None:
    assert find(phrase, text) == found


@pytest.mark.parametrize(
    ("phrase", "texts"),
    [
        ("we will call", ["We will call", "We'll call", "We’ll call", "we'll call"]),
        ("do not wait", ["Do not wait", "Don't wait", "Don’t wait", "dont wait", "don't wait"]),
        ("do n't wait", ["Don't wait", "do not wait"]),
        ("don't wait", ["Do not wait", "Don't wait", "Don’t wait", "dont wait"]),
        ("will not wait", ["I won't wait", "I won’t wait", "I wont wait", "I will not wait"]),
        ("can not wait", ["I can't wait", "I can’t wait", "I cant wait", "I cannot wait", "I can not wait"]),
        ("two email", ["two emails", "two e-mails", "two mails"]),
        ("email you", ["emailed you", "e-mailed you", "e-mailing you"]),
        ("i have seen", ["I have seen", "I've seen", "I’ve seen"]),
        ("you are late", ["You are late", "You're late", "You’re late"]),
        ("i am late", ["I am late", "I'm late", "I’m late"]),
        ("it is late", ["It is late", "It's late", "It’s late"]),
        ("i would like", ["I would like", "I'd like", "I’d like"]),
        ("let us close", ["Let us close", "Let's close", "Let’s close", "let's close"]),
        ("let's close", ["Let us close", "Let's close", "Let’s close"]),
        ("going to call", ["going to call", "gonna call"]),
        ("send your email", ["Send ur e-mail", "send your email"]),
    ],
)
def test_one_phrase_finds_every_way_to_write_it(find: Find, phrase: str, texts: list[str]) -> None:
    for text in texts:
        assert find(phrase, f"{text} now."), text


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("for <money>", "It is for $99, for €1,200.", ["for $99", "for €1,200"]),
        ("save <percent>", "Save 20%, save 20 percent.", ["Save 20%", "save 20 percent"]),
        ("by <when>", "By Friday or by 10am.", ["By Friday", "by 10am"]),
        ("for <duration>", "For two weeks, for 15-minutes.", ["For two weeks", "for 15-minutes"]),
        ("<number> seat", "Three seats, 3 seats.", ["Three seats", "3 seats"]),
        ("hi <person>", "Hi {{first_name}}, hi there.", ["Hi Alex"]),
        ("at <company>", "The team at {{company}}.", ["at Acme"]),
        ("the <tag> team", "The {{product}} team and the sales team.", ["The Orbit team"]),
        ("<sender> call", "We call, you call, I call.", ["We call", "I call"]),
        ("<reader> call", "We call, you call.", ["you call"]),
        ("<my> <noun>", "Our quarter, your quarter.", ["Our quarter"]),
        ("<plural> lose", "Teams lose a day; my team lost it.", ["Teams lose"]),
        ("<your> <noun>", "Our quarter, your quarter.", ["your quarter"]),
        ("a <adjective> deal", "A good deal, a the deal.", ["A good deal"]),
        ("close <the> deal", "Close the deal, close our deal, close deal.", ["Close the deal", "close our deal"]),
    ],
)
def test_class_finds(find: Find, phrase: str, text: str, found: list[str]) -> None:
    assert find(phrase, text) == found


def test_what_classes_gaps_and_vocabularies_took_is_known(
    captures: Callable[[str, str], list[tuple[str, dict[str, str]]]],
) -> None:
    ((_, taken),) = captures("send ... @fruit by <date>", "Send me a green grape by Monday.")
    assert taken == {"...": "me a", "fruit": "green grape", "date": "Monday"}


@pytest.mark.parametrize(
    ("phrase", "text", "taken"),
    [
        # Classes and lists take as much as they can, any words as little.
        ("send ... @fruit", "Send me a green grape.", {"...": "me a", "fruit": "green grape"}),
        ("send (<word>)? <money>", "Send $ 99.", {"money": "$ 99"}),
        ("send <np> ...", "Send my old plan over.", {"np": "my old plan", "...": "over"}),
        ("(send <money>|send ...) now", "Send it now.", {"...": "it"}),
    ],
)
def test_who_takes_which_words(
    captures: Callable[[str, str], list[tuple[str, dict[str, str]]]], phrase: str, text: str, taken: dict[str, str]
) -> None:
    ((_, found),) = captures(phrase, text)
    assert found == taken


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("(close|seal the deal", 'a ")" is missing in the phrase "(close|seal the deal"'),
        ("close) the deal", 'unexpected ")" in the phrase "close) the deal"'),
        ("close | seal", 'unexpected "|" in the phrase "close | seal"'),
        ("? close", 'unexpected "?" in the phrase "? close"'),
        ('close the "deal', 'cannot read ""deal" in the phrase "close the "deal"'),
        ("pay <mony>", 'no class "<mony>" in the phrase "pay <mony>"; there are: money, price'),
        ("a @fruits", 'no vocabulary "@fruits" for the phrase "a @fruits"'),
        ("close:verbs it", 'no part of speech ":verbs" in the phrase "close:verbs it"; there are: adj, adp'),
        ("  ", 'the phrase "  " is empty'),
        ("^ $", 'the phrase "^ $" is empty'),
        ("(a|b)? <noun> ...", 'the phrase "(a|b)? <noun> ..." needs at least one word, vocabulary or entity class'),
        ("(" * 60 + "a" + ")" * 60, 'unexpected "(" in the phrase "(((('),
    ],
)
def test_bad_phrase_is_refused_with_what_to_mend(find: Find, phrase: str, message: str) -> None:
    with pytest.raises(PhraseError) as raised:
        find(phrase, "Close the deal.")
    assert message in str(raised.value)
