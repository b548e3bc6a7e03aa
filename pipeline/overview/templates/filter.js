"use strict";
(() => {
  const form = document.querySelector(".filters"), table = document.querySelector(".grid");
  if (!form || !table) return;
  const body = table.tBodies[0], rows = [...body.rows], status = document.getElementById("shown");
  const names = ["topic", "language", "severity", "check", "sort"];
  const keys = {
    title: (row) => row.dataset.title,
    review: (row) => row.dataset.review,
    level: (row) => -Number(row.dataset.level),
  };
  const fits = (cell, want) => {
    if (want.language && cell.dataset.language !== want.language) return false;
    if (!want.severity && !want.check) return true;
    return cell.dataset.found.split(" ").some((found) => {
      const [check, severity] = found.split(":");
      return found && (!want.check || check === want.check) && (!want.severity || severity === want.severity);
    });
  };
  const show = () => {
    const want = Object.fromEntries(names.map((name) => [name, form.elements[name].value]));
    let number = 0;
    for (const row of rows) {
      const cells = [...row.querySelectorAll("td[data-language]")];
      row.hidden = Boolean(want.topic && row.dataset.topic !== want.topic) || !cells.some((cell) => fits(cell, want));
      number += row.hidden ? 0 : 1;
    }
    for (const cell of table.querySelectorAll("[data-language]"))
      cell.hidden = Boolean(want.language && cell.dataset.language !== want.language);
    const key = keys[want.sort];
    const compare = (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
    body.append(...(key ? [...rows].sort(compare) : rows));
    status.textContent = status.dataset.text.replace("{shown}", number).replace("{all}", rows.length);
    const chosen = new URLSearchParams(Object.entries(want).filter(([, value]) => value));
    const hash = chosen.size ? "#" + chosen : "";
    if (location.hash !== hash && (hash || location.hash.includes("=")))
      history.replaceState(null, "", hash || location.pathname + location.search);
  };
  const read = () => {
    const wanted = new URLSearchParams(location.hash.slice(1));
    for (const name of names) {
      const field = form.elements[name], value = wanted.get(name) || "";
      field.value = [...field.options].some((option) => option.value === value) ? value : "";
    }
    show();
  };
  form.hidden = false;
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(show));
  window.addEventListener("hashchange", read);
  read();
})();
