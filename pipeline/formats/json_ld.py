"""schema.org's view of a page, for search engines: only what the front matter and the catalogue say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from pipeline.formats import Leaflet, Link, web
from pipeline.model import Role

CODING_SYSTEMS = {"mesh": "MeSH", "icd10": "ICD-10", "icd11": "ICD-11", "snomed": "SNOMED CT", "loinc": "LOINC"}


def page_data(leaflet: Leaflet, facts: web.Facts) -> Markup:
    """The content of the page's ``application/ld+json`` element.

    A review of the English article is no review of its translation, so it stands at the work that was
    translated. What is not known is left out.
    """
    meta, settings = leaflet.article.meta, leaflet.settings
    others = [link for link in leaflet.other_languages if link.language.code != leaflet.source_language.code]
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": facts.title,
        "alternateName": [web.text_of(name) for name in web.list_of(meta.get("also_called"))],
        "description": facts.summary,
        "inLanguage": leaflet.language.tag,
        "url": leaflet.url and f"{leaflet.url}.html",
        "creativeWorkStatus": "Draft" if leaflet.notice else "",
        "datePublished": web.text_of(meta.get("published")),
        "version": facts.version,
        "license": facts.licence_url,
        "publisher": settings.publisher and {"@type": "Organization", "name": settings.publisher},
        "isPartOf": _known({"@type": "WebSite", "name": settings.name, "url": settings.web_address}),
        "audience": {"@type": "Patient"} if meta.get("audience") == "patients" else None,
        "about": _about(meta, facts),
    }
    if leaflet.is_translation:
        data |= _signed(leaflet)
        data["translationOfWork"] = _original(leaflet)
    else:
        data |= _review(meta)
        data["workTranslation"] = [_edition(link) for link in others if link.url]
    text = json.dumps(_known(data), ensure_ascii=False, sort_keys=False)
    # Within a script element only "<" could end it.
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def _known(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}


def _about(meta: Mapping[str, Any], facts: web.Facts) -> dict[str, Any] | None:
    codes = meta.get("codes")
    known = [
        {
            "@type": "MedicalCode",
            "codingSystem": CODING_SYSTEMS.get(str(system), str(system)),
            "codeValue": web.text_of(value),
        }
        for system, value in (codes.items() if isinstance(codes, dict) else ())
        if web.text_of(value)
    ]
    # Whether it is a condition, a test or a medicine, nobody has said.
    return {"@type": "MedicalEntity", "name": facts.title, "code": known} if known else None


def _review(meta: Mapping[str, Any]) -> dict[str, Any]:
    people = [
        _known(
            {"@type": "Person", "name": web.text_of(person.get("name")), "jobTitle": web.text_of(person.get("role"))}
            if isinstance(person, Mapping)
            else {"name": web.text_of(person)}
        )
        for person in web.list_of(meta.get("reviewers"))
    ]
    named = [person for person in people if person.get("name")]
    return _known({"lastReviewed": web.text_of(meta.get("last_reviewed")), "reviewedBy": named})


def _signed(leaflet: Leaflet) -> dict[str, Any]:
    """Who answers for a translation that is signed as a whole."""

    def people(role: Role) -> list[dict[str, Any]]:
        signed = (s for s in leaflet.signatures if s.role is role)
        return [_known({"@type": "Person", "name": s.name, "jobTitle": s.credential}) for s in signed]

    checked = [s.date.isoformat() for s in leaflet.signatures if s.role is Role.CHECKER]
    return {
        "translator": people(Role.TRANSLATOR),
        "reviewedBy": people(Role.CHECKER),
        "lastReviewed": max(checked, default=""),
    }


def _original(leaflet: Leaflet) -> dict[str, Any]:
    links = (link.url for link in leaflet.other_languages if link.language.code == leaflet.source_language.code)
    url = next(links, "")
    return _known(
        {
            "@type": "MedicalWebPage",
            "name": leaflet.source.title,
            "inLanguage": leaflet.source_language.tag,
            "url": url and f"{url}.html",
            **_review(leaflet.source.meta),
        }
    )


def _edition(link: Link) -> dict[str, Any]:
    return {
        "@type": "MedicalWebPage",
        "name": link.title,
        "inLanguage": link.language.tag,
        "url": f"{link.url}.html",
    }
