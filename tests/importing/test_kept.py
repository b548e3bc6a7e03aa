"""Lines of an article that look like furniture, and stay: what is lost here is lost to a patient."""

from __future__ import annotations

import pytest
from labelling import labels

from pipeline.importing.vocabulary import furniture

ABOVE = "Ear pain\n\nEar pain is a pain in one ear or in both of them. Most ear pain goes by itself.\n\n"
BELOW = "\n\nMost people with ear pain are well again in three days, and need no medicine for it.\n"


@pytest.mark.parametrize(
    "line",
    [
        "Back to work",
        "Figure out what sets off the pain",
        "Illustration helps children to name the pain",
        "Treatments",
        "Pregnancy",
        "Dr Example's three rules for a sore ear",
        "Telephone calls with a sore ear",
        "Notes for the next visit",
        "COVID-19",
        "omega-3",
        "type-2",
    ],
)
def test_a_heading_or_an_item_that_looks_like_furniture_is_kept(line: str) -> None:
    assert labels(f"{ABOVE}{line}{BELOW}")[5] != "boilerplate"


@pytest.mark.parametrize(
    "line",
    [
        "Питание",
        "Беременность",
        "Nutrition",
        "Grossesse",
        "Retour au travail",
        "Volver al trabajo",
        "Nutrición",
        "Voltar ao trabalho",
        "Dinh dưỡng",
        "Theo dõi huyết áp",
        "الحمل والولادة",
        "العودة إلى العمل",
        "आहार",
        "योग",
        "饮食",
        "药品",
    ],
)
def test_words_for_parts_of_an_article_are_no_phrases_of_a_menu(line: str) -> None:
    match = furniture().look_up(line, len(line.split()))
    assert match is None or match.how == "starts"


@pytest.mark.parametrize(
    "sentence",
    [
        "Eat one cookie or a slice of bread if your blood sugar falls below four.",
        "A tablet is not intended to replace your inhaler, so carry both of them.",
        "Les plantes ne remplacent en aucun cas le traitement de votre cœur.",
        "Самолечение опасно: без врача отит может повредить слух ребёнка.",
        "Los suplementos nunca sustituyen a una comida con verdura y fruta.",
        "Thực phẩm chức năng không thay thế cho thuốc mà bác sĩ đã kê.",
        "الأعشاب ليست بديلا عن الدواء الذي وصفه لك طبيب القلب.",
        "Ces traceurs sont éliminés par les reins en une journée environ.",
    ],
)
def test_advice_is_no_notice_of_the_site(sentence: str) -> None:
    assert labels(f"{ABOVE}{sentence}{BELOW}")[5] == "body"


def test_a_line_that_announces_contents_does_not_take_a_list_of_the_article() -> None:
    page = "Earwax\n\nContents\nPeople with earwax may notice:\n- a dull ear\n- a ringing\n- an itch\n\n"
    page += "Care\nPut two drops of oil into the ear each night, and lie on your side.\n"
    got = labels(page)
    assert got[3] == "boilerplate"
    assert [got[line] for line in (4, 5, 6, 7)] == ["body", "list", "list", "list"]


def test_a_single_number_of_a_catalogue_is_no_fact_box() -> None:
    page = f"{ABOVE}Your letter may say ICD-10 code H92{BELOW}"
    assert labels(page)[5] != "boilerplate"


def test_the_title_above_a_heading_is_kept_when_the_prose_never_says_it() -> None:
    page = "Flu\n\nSymptoms of influenza\n\nInfluenza begins with fever. Influenza makes every muscle ache.\n"
    assert labels(page)[1] == "heading"


def test_text_cut_off_once_with_dots_is_kept() -> None:
    page = f"{ABOVE}Rest with your head raised on two pillows, and do not blow your nose too...\n"
    assert labels(page)[5] == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Schéma vaccinal",
        "Esquema de vacunación",
        "Схема приёма таблеток",
        "Hình thành cục máu đông",
        "صورة الدم الكاملة",
    ],
)
def test_a_plan_of_treatment_is_no_caption(line: str) -> None:
    assert labels(f"{ABOVE}{line}{BELOW}")[5] != "boilerplate"


def test_a_first_line_that_the_prose_speaks_of_is_kept_when_another_title_is_chosen() -> None:
    page = "Menu\n\nPictures of measles\n\nHow measles begins in small children\n\n"
    page += "Measles begins with fever in small children. Small children with measles cough a lot.\n"
    got = labels(page)
    assert got[1] == "boilerplate"
    assert got[3] == got[5] == "heading"


@pytest.mark.parametrize(
    "line",
    [
        "Ear pain has several causes.photo 2",
        "See your GP",
        "The fever began two days ago",
        "Take 5 ml three times a day",
        "Key facts",
        "Call your midwife",
        "Share with your doctor what helped",
        "Results for your blood come next week",
        "¿Estás en riesgo?",
        "Usted está en riesgo de una infección",
        "Compartir en casa las toallas",
        "Description",
        "Clinical trials",
        "Don't miss a dose",
    ],
)
def test_advice_and_signs_are_kept_wherever_they_stand(line: str) -> None:
    assert labels(f"{ABOVE}{line}{BELOW}")[5] != "boilerplate"
    assert labels(f"Ear pain\n\n{line}{BELOW}")[3] != "boilerplate"


def test_one_of_two_equal_sentences_is_kept() -> None:
    got = labels(f"{ABOVE}Rest helps most children.\n\nRest helps most children.{BELOW}")
    assert got[5] == "body"
