"""The words and sentence frames that the articles of a made-up library are written with: plain English."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", " ").split(",") if part.strip())


WORDS: dict[str, tuple[str, ...]] = {
    "part": _words(
        """arm, leg, hand, foot, back, neck, knee, hip, ankle, wrist, elbow, shoulder, thumb, toe, heel, chest, belly,
        throat, mouth, tongue, nose, ear, eye, jaw, cheek, chin, skin, scalp, face, head, brain, lung, liver, kidney,
        bladder, bowel, stomach, spine, muscle, bone, joint, nerve, gum, tooth, nail, thigh, calf, waist, finger, rib"""
    ),
    "sign": _words(
        """pain, swelling, a rash, an itch, a cough, a fever, a headache, a cramp, a bruise, a lump, a blister, a sore,
        a burn, bleeding, redness, weakness, numbness, a tight feeling, a dull ache, a sharp pain, a stiff joint,
        a dry mouth, a runny nose, a blocked nose, a sore throat, itchy skin, dry skin, cold hands, swollen feet,
        hiccups, a poor appetite, poor sleep, low mood, a racing mind, a ringing sound, blurred sight"""
    ),
    "thing": _words(
        """a blanket, a pillow, a chair, a towel, a spoon, a cup, a bowl, a cloth, a bandage, a plaster, a cream,
        an ointment, a spray, a syrup, a lotion, a splint, a brace, a stick, a rail, a ramp, a lamp, a clock, a diary,
        a chart, a notebook, a phone, a bag, a box, a bottle, a basin, a mirror, a brush, a comb, a sponge, a mask,
        a glove, a sock, a shoe, a hat, a scarf, a coat, a belt, a cushion, a mat, a bell, a card, a list, a letter,
        a leaflet, a bucket"""
    ),
    "food": _words(
        """rice, bread, pasta, beans, lentils, eggs, fish, chicken, milk, cheese, yogurt, apples, bananas, oranges,
        grapes, berries, carrots, potatoes, onions, tomatoes, spinach, cabbage, peas, corn, oats, nuts, seeds, soup,
        broth, porridge, honey, butter, salt, sugar, tea, coffee, juice, water, melon, pears, plums, lemons, garlic,
        ginger, mushrooms, peppers, pumpkin, toast, noodles, olive oil"""
    ),
    "person": _words(
        """your doctor, your nurse, your midwife, your dentist, your pharmacist, your surgeon, your carer, your family,
        a friend, a neighbour, your care team, your clinic, a relative, your partner, your child, your teacher,
        your boss, your health visitor, the ward staff, the clinic staff, a helper, a trained worker"""
    ),
    "place": _words(
        """at home, at work, at school, in the clinic, on the ward, in the garden, in the kitchen, in the bathroom,
        in bed, outdoors, on the bus, in the car, at the shop, in the park, at the gym, on the stairs, in the shower,
        by the window, in the hall, at the table, near the door, in the shade, in the sun, on a train"""
    ),
    "act": _words(
        """rest, walk, sleep, stretch, breathe, bend, kneel, sit, stand, lie down, climb, lift, reach, turn, cough,
        swallow, chew, drink, eat, bathe, wash, dress, read, write, drive, ride, swim, dance, cook, clean, work, travel,
        talk, listen, play, garden, shop, relax"""
    ),
    "use": _words(
        """use, hold, clean, rinse, wash, dry, change, check, keep, bring, carry, store, pack, buy, borrow, find, fill,
        empty, lift, move, wrap, fold, press, shake, label, share, open, close, replace, mend"""
    ),
    "kind": _words(
        """mild, severe, sudden, slow, common, rare, short, long, warm, cool, dry, wet, soft, hard, clean, fresh, plain,
        safe, gentle, strong, weak, steady, quick, small, large, light, heavy, loose, tight, deep, calm, bright,
        dark, early, late, simple, useful, normal, helpful, painful, tender, swollen, sore"""
    ),
    "cause": _words(
        """a germ, a virus, a fall, a knock, a cut, an insect bite, a burn, dust, smoke, pollen, cold air, hot weather,
        loud noise, stress, worry, poor sleep, hard work, heavy lifting, long hours, bright light, strong soap,
        a new medicine, an old injury, a change of diet, a long journey, a rough towel, tight shoes, damp rooms,
        old age, a family history"""
    ),
    "term": _words("a stroke, a fever, endocarditis, a pacemaker, a blood clot, anaemia, a blood thinner"),
    "unit": _words("minutes, hours, days, weeks, months"),
    "time": _words(
        """in the morning, in the evening, at night, after meals, before meals, after a walk, before bed, at noon,
        each day, each week, most days, when you wake, after a bath, on cold days, on hot days, at the weekend"""
    ),
}

SENTENCES = (
    "You may feel {sign} in your {part}.",
    "The {part} can be {kind} or {kind} {time}.",
    "Ask {person} about {sign}.",
    "Most people feel better after {n} {unit}.",
    "It can last for {n} to {m} {unit}.",
    "Often {cause} is the cause.",
    "It can start with {sign} and {sign}.",
    "Some people also have {sign} {time}.",
    "Tell {person} if you have {sign}.",
    "You can {act} {place}.",
    "Try to {act} {time}.",
    "{use^} {thing} {time}.",
    "It helps to {act} and to {act}.",
    "Your {part} may feel {kind} {place}.",
    "Eat {food} and {food} {time}.",
    "You may need {thing} or {thing}.",
    "It is **not** a sign of {term}.",
    "This is {kind}, and it does not come from {cause}.",
    "Do not {act} if you feel {sign}.",
    "Your {part} needs about {n} {unit} to heal.",
    "It can come back after {cause}.",
    "If it is {kind}, ask {person} for {thing}.",
    "{person^} may look at your {part} and your {part}.",
    "You may hear that {cause} makes it worse.",
    "A {kind} {part} is common {time}.",
)
ITEMS = (
    "{sign} in your {part}",
    "{sign} that lasts more than {n} {unit}",
    "{sign} when you {act}",
    "{sign} or {sign} {time}",
    "a {kind} {part}",
    "you cannot {act} {place}",
    "you feel {sign} {time}",
    "{cause}",
    "{cause} or {cause}",
    "{cause} {place}",
    "your {part} feels {kind} and {kind}",
    "you have had {term} before",
)
STEPS = (
    "{use^} {thing} {place}.",
    "Sit down and {act} for {n} minutes.",
    "Drink {food} or {food} {time}.",
    "Ask {person} to {use} {thing}.",
    "Eat some {food} with {food}.",
    "Try to {act} {place} {time}.",
    "Keep your {part} {kind} and {kind}.",
    "Do not {act} {place} for {n} {unit}.",
    "Write down when you have {sign}.",
)
QUESTIONS = (
    "Can I {act} {place}?",
    "How long will my {part} be {kind}?",
    "Do I need {thing}?",
    "When can I {act}?",
    "Is it safe to eat {food} or {food}?",
    "What should I do if I have {sign}?",
)
TITLES = ("{kind^} {part} and {sign}", "{sign^} in the {part}", "{sign^} after {cause}", "A {kind} {part} {time}")
ALTS = ("A person sits {place} and holds {thing}. The {part} looks {kind}.",)
HEADINGS = (
    "What it is",
    "Symptoms",
    "When to get help",
    "Causes",
    "How it is found",
    "Treatment",
    "Looking after yourself",
    "Complications",
)
INTROS = {
    "Symptoms": "You may notice:",
    "Causes": "It may be linked to:",
    "Treatment": "Your treatment may be:",
    "Questions": "You may want to ask:",
}
TOPICS = (
    "bones",
    "brain",
    "breathing",
    "children",
    "eyes",
    "food",
    "mind",
    "muscles",
    "skin",
    "sleep",
    "stomach",
    "teeth",
)
