/* Finds leaflets and sections by their words. The list is in the page; the script sorts and hides. */
(() => {
"use strict";
const index = JSON.parse(document.getElementById("search-index").textContent);
const form = document.getElementById("search");
const field = document.getElementById("search-field");
const status = document.getElementById("search-status");
const list = document.getElementById("leaflets");
const leaflets = [...list.children];
const owner = [], links = [];
leaflets.forEach((leaflet, number) => leaflet.querySelectorAll("a[data-section]").forEach((link) => { owner.push(number); links.push(link); }));

/* As in pipeline/formats/search.py. */
const marks = /[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u09bc\u200c\u200d\u2060\u00ad\ufe0f]/g;
const same = new Map(Object.entries({ "đ": "d", "ø": "o", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ς": "σ", "ʼ": "'" }));
["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯"].forEach((row) => [...row].forEach((digit, value) => same.set(digit, String(value))));
[..."ىیےکہۃةھٱ"].forEach((letter, n) => same.set(letter, "يييكهههها"[n]));
const wide = /([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+)/;
const fold = (text) => [...text.normalize("NFKD").toLowerCase().replace(marks, "").normalize("NFC")].map((c) => same.get(c) ?? c).join("");
function words(text) {
  const found = [];
  for (const token of fold(text).match(/[\p{L}\p{N}\p{M}]+/gu) ?? []) {
    for (const piece of token.split(wide)) {
      const letters = [...piece];
      if (wide.test(piece)) {
        if (letters.length === 1) found.push(piece);
        for (let n = 1; n < letters.length; n++) found.push(letters[n - 1] + letters[n]);
      } else if (piece) {
        const prefix = index.prefixes.find((p) => piece.startsWith(p) && piece.length > p.length + 2);
        found.push(prefix ? piece.slice(prefix.length) : piece);
      }
    }
  }
  return found;
}

/* Whether two words differ in one letter: one more, one less, another, or two that changed places. */
function near(a, b) {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.length - start - end, right = b.length - start - end;
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

/* How well a word of the text answers a word of the reader; 0 for not at all. Endings may differ. */
function likeness(asked, word) {
  if (word === asked) return 1;
  if (word.startsWith(asked)) return 0.7;
  if (asked.length > 3 && word.length > 3 && asked.startsWith(word) && asked.length - word.length < 4) return 0.5;
  let shared = 0;
  while (shared < asked.length && asked[shared] === word[shared]) shared++;
  return shared > 4 && asked.length - shared < 4 && word.length - shared < 4 ? 0.3 : 0;
}

const vocabulary = Object.keys(index.words);
const titles = links.map((link) => new Set(words(link.textContent)));
/* Section -> how well it answers one word of the reader. */
function answers(asked) {
  let found = vocabulary.map((word) => [word, likeness(asked, word)]).filter((pair) => pair[1]);
  if (!found.length && asked.length > 3) found = vocabulary.filter((word) => near(asked, word)).map((word) => [word, 0.3]);
  const scores = new Map();
  for (const [word, worth] of found) {
    const places = index.words[word].split(" ").map((number) => parseInt(number, 36));
    const rare = Math.log(1 + links.length / places.length);
    for (const place of places) {
      const weight = titles[place].has(word) ? (links[place].dataset.section === "title" ? 8 : 4) : 1;
      scores.set(place, Math.max(scores.get(place) ?? 0, worth * rare * weight));
    }
  }
  return scores;
}

function search() {
  const asked = [...new Set(words(field.value))];
  list.classList.toggle("searched", asked.length > 0);
  const results = leaflets.map(() => ({ terms: 0, score: 0, sections: new Map() }));
  for (const word of asked) {
    const best = new Map();
    for (const [place, score] of answers(word)) {
      const leaflet = owner[place];
      best.set(leaflet, Math.max(best.get(leaflet) ?? 0, score));
      results[leaflet].sections.set(place, (results[leaflet].sections.get(place) ?? 0) + score);
    }
    for (const [leaflet, score] of best) { results[leaflet].terms++; results[leaflet].score += score; }
  }
  const most = Math.max(...results.map((result) => result.terms));
  const order = leaflets.map((_, n) => n).sort((a, b) => results[b].terms - results[a].terms || results[b].score - results[a].score || a - b);
  let count = 0;
  for (const number of order) {
    const leaflet = leaflets[number], result = results[number];
    leaflet.hidden = asked.length > 0 && (!result.terms || result.terms < most);
    if (!leaflet.hidden) count++;
    list.append(leaflet);
    const shown = new Set([...result.sections].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 3).map((pair) => pair[0]));
    links.forEach((link, place) => {
      if (owner[place] === number && link.dataset.section === "part") link.parentElement.hidden = asked.length > 0 && !shown.has(place);
    });
  }
  status.textContent = !asked.length ? "" : count ? status.dataset.found.replace("{number}", count) : status.dataset.none;
  try { history.replaceState(null, "", field.value ? "#" + encodeURIComponent(field.value) : location.pathname + location.search); } catch { /* Some browsers forbid it in the file system. */ }
}

let waiting = 0;
field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 150); });
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); search(); });
form.hidden = false;
list.classList.add("scripted");
const given = location.hash.length > 1 ? location.hash.slice(1) : "";
if (given) { try { field.value = decodeURIComponent(given); search(); } catch { /* Not ours. */ } }
})();
