// The pages work without this script, but for findings as one types, swaps, and the view that follows each save.
(() => {
  "use strict";
  document.documentElement.classList.add("js");
  const bench = document.querySelector("[data-live]");
  const token = bench ? bench.dataset.token : "";
  const PAUSE = 120; // Milliseconds without a key before a text is checked.

  async function send(address, fields) {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "X-Plainleaf-Token": token, Accept: "application/json" },
      body: new URLSearchParams(fields),
    });
    if (!answer.ok && answer.status !== 204) throw new Error((await answer.json()).error);
    return answer.status === 204 ? {} : answer.json();
  }

  async function ask(address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error((await answer.json()).error);
    return answer.json();
  }

  function paused(action) {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(action, PAUSE);
    };
  }

  // A text box with marks behind it, and the findings beside it.
  function textBox() {
    const box = bench.querySelector(".box");
    const area = box.querySelector("textarea");
    const behind = box.querySelector(".behind");
    const panel = document.getElementById("panel");
    const language = document.getElementById("language");
    let checked = area.value;
    let asked = 0;

    // Where marks lie in one another, the shortest shows: a hard word in a long sentence.
    function draw(marks) {
      const edges = [...new Set([0, checked.length, ...marks.flatMap(([start, end]) => [start, end])])].sort((a, b) => a - b);
      const pieces = [];
      for (const [index, start] of edges.slice(0, -1).entries()) {
        const end = edges[index + 1];
        const over = marks.filter((mark) => mark[0] <= start && mark[1] >= end).sort((a, b) => a[1] - a[0] - b[1] + b[0]);
        const text = checked.slice(start, end);
        if (!over.length) {
          pieces.push(text);
          continue;
        }
        const mark = document.createElement("mark");
        mark.className = over[0][2];
        mark.dataset.numbers = over.map((one) => one[3]).join(" ");
        mark.textContent = text;
        pieces.push(mark);
      }
      behind.replaceChildren(...pieces, "\n");
      behind.scrollTop = area.scrollTop;
      const count = document.getElementById("how-many");
      if (count) count.textContent = marks.length;
    }

    async function check() {
      const mine = ++asked;
      const text = area.value;
      const fields = { text };
      if (language) fields.language = language.value;
      try {
        const said = await send(bench.dataset.check, fields);
        if (mine !== asked) return;
        checked = text;
        panel.innerHTML = said.panel;
        if ("note" in said) document.getElementById("not-checked").textContent = said.note;
        draw(said.marks);
      } catch (error) {
        if (mine === asked) panel.textContent = String(error.message || error);
      }
    }

    const later = paused(check);
    area.addEventListener("input", later);
    area.addEventListener("scroll", () => { behind.scrollTop = area.scrollTop; });
    if (language) {
      language.addEventListener("change", () => {
        const { dir, tag } = language.selectedOptions[0].dataset;
        for (const one of [area, behind]) Object.assign(one, { dir, lang: tag });
        check();
      });
    }
    panel.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-start]");
      if (!button || area.value !== checked) return;
      const { start, end, swap, go } = button.dataset;
      area.focus();
      area.setSelectionRange(Number(start), Number(end));
      if (swap !== undefined) {
        // It can be taken back with Ctrl-Z; setRangeText cannot.
        if (!document.execCommand("insertText", false, swap)) area.setRangeText(swap, Number(start), Number(end), "end");
        area.dispatchEvent(new Event("input", { bubbles: true }));
        return;
      }
      let isFound = false;
      for (const mark of behind.querySelectorAll("mark")) {
        const is = mark.dataset.numbers.split(" ").includes(go);
        mark.classList.toggle("here", is);
        if (is && !isFound) area.scrollTop = mark.offsetTop - area.clientHeight / 3;
        isFound ||= is;
      }
    });
    draw(JSON.parse(box.dataset.marks));
    // The report leads to a place: #at-LINE-COLUMN, in characters from 1.
    const place = /^#at-(\d+)-(\d+)$/.exec(location.hash);
    if (place) {
      const lines = area.value.split("\n");
      const before = lines.slice(0, place[1] - 1).join("\n").length + (place[1] > 1 ? 1 : 0);
      const start = before + [...(lines[place[1] - 1] || "")].slice(0, place[2] - 1).join("").length;
      const found = panel.querySelector(`button[data-go][data-start="${start}"]`);
      if (found) found.click();
      else { area.focus(); area.setSelectionRange(start, start); }
    }
    return { area, show(text, said) { area.value = checked = text; panel.innerHTML = said.panel; draw(said.marks); } };
  }

  function keep(isDirty) {
    const told = document.getElementById("dirty");
    const tell = () => {
      if (told) told.textContent = isDirty() ? bench.dataset.unsaved : "";
    };
    bench.addEventListener("input", tell);
    window.addEventListener("beforeunload", (event) => { if (isDirty()) event.preventDefault(); });
    for (const form of bench.querySelectorAll("form")) {
      form.addEventListener("submit", () => { isDirty = () => false; });
    }
    tell();
  }

  function article() {
    const { area, show } = textBox();
    const was = bench.querySelector('input[name="was"]');
    const moved = document.getElementById("moved");
    let saved = area.value;
    let waiting = null;
    keep(() => area.value !== saved);
    if (document.querySelector(".versions")) saved = "";
    document.getElementById("take").addEventListener("click", () => {
      if (!waiting) return;
      was.value = waiting.was;
      saved = waiting.text;
      show(waiting.text, waiting);
      moved.hidden = true;
    });
    return async () => {
      const now = await ask(bench.dataset.look);
      if (now.was === was.value && area.value !== saved) return;
      if (area.value === saved || area.value === now.text) {
        was.value = now.was;
        saved = now.text;
        const { selectionStart, selectionEnd, scrollTop } = area;
        const text = area.value;
        show(now.text, now);
        if (text === now.text) area.setSelectionRange(selectionStart, selectionEnd);
        area.scrollTop = scrollTop;
        moved.hidden = true;
      } else {
        waiting = now;
        moved.hidden = false;
      }
    };
  }

  function translate() {
    const areas = [...bench.querySelectorAll(".segment textarea")];
    const dirty = () => areas.filter((area) => area.value !== area.dataset.was);
    let asked = 0;
    const changed = new Set();
    async function check() {
      const mine = ++asked;
      const fields = {};
      for (const area of changed) fields[area.name] = area.value;
      const said = await send(bench.dataset.check, fields);
      if (mine !== asked) return;
      for (const [id, html] of Object.entries(said.panels)) {
        document.getElementById(id).querySelector(".live").innerHTML = html;
      }
    }
    const later = paused(check);
    for (const area of areas) {
      area.addEventListener("input", () => { changed.add(area); later(); });
    }
    bench.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-take]");
      if (!button) return;
      const area = document.getElementById(button.dataset.take);
      area.focus();
      area.select();
      if (!document.execCommand("insertText", false, button.dataset.text)) area.value = button.dataset.text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
    keep(() => dirty().length > 0);
    return async () => {
      const now = await ask(bench.dataset.look);
      let isOther = false;
      for (const area of areas) {
        const [was, text] = now.units[area.name.slice(2)] || ["", null];
        const field = bench.querySelector(`input[name="w-${CSS.escape(area.name.slice(2))}"]`);
        if (was === field.value) continue;
        if (text !== null && area.value === area.dataset.was) {
          area.value = area.dataset.was = text;
          field.value = was;
          changed.add(area);
          later();
        } else {
          isOther = true;
        }
      }
      document.getElementById("moved").hidden = !isOther;
    };
  }

  // What readers will see. A frame's place in its page is kept when it is loaded again.
  function preview() {
    const section = document.querySelector(".preview");
    if (!section) return () => {};
    const { article: id, language } = section.dataset;
    const frame = section.querySelector("iframe");
    const tabs = [...section.querySelectorAll('[role="tab"]')];
    const paper = document.getElementById("pane-paper");
    let isPaper = false;
    async function sheets() {
      const top = paper.scrollTop;
      const said = await ask(`/sheets/${language}/${id}`);
      paper.innerHTML = said.panel;
      paper.scrollTop = top;
    }
    for (const tab of tabs) {
      document.getElementById(tab.getAttribute("aria-controls")).hidden = tab.getAttribute("aria-selected") !== "true";
    }
    function choose(tab) {
      isPaper = tab.id === "tab-paper";
      for (const one of tabs) {
        one.setAttribute("aria-selected", String(one === tab));
        one.tabIndex = one === tab ? 0 : -1;
        document.getElementById(one.getAttribute("aria-controls")).hidden = one !== tab;
      }
      if (isPaper) sheets();
    }
    for (const [index, tab] of tabs.entries()) {
      tab.addEventListener("click", () => choose(tab));
      tab.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const other = tabs[(index + step + tabs.length) % tabs.length];
        choose(other);
        other.focus();
      });
    }
    const isOfAnother = (path) => /\.(md|po)$/.test(path) && !path.includes(`/${id}.`) && !path.endsWith("/library.po");
    return (paths) => {
      if (paths.every(isOfAnother)) return;
      if (isPaper) sheets();
      let place = [0, 0];
      try { place = [frame.contentWindow.scrollX, frame.contentWindow.scrollY]; } catch { /* It shows an error. */ }
      frame.addEventListener("load", () => frame.contentWindow.scrollTo(...place), { once: true });
      frame.contentWindow.location.reload();
    };
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-open]");
    if (!button) return;
    const [line, column] = button.dataset.open.split(":");
    const { article: id, language } = button.dataset;
    try { await send("/open", { article: id, language, line, column }); } catch (error) { button.textContent = error.message; }
  });

  const refresh = preview();
  const kinds = { article, translate, try: () => { textBox(); return () => {}; } };
  const look = bench && kinds[bench.dataset.live] ? kinds[bench.dataset.live]() : () => {};
  const home = document.querySelector(".home");
  const again = paused(async () => {
    const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
    const fresh = page.querySelector(".home");
    if (!fresh) return;
    home.dataset.waiting = fresh.dataset.waiting;
    home.innerHTML = fresh.innerHTML;
  });
  if (bench && bench.dataset.live !== "try" || home) {
    const events = new EventSource("/events");
    // What happened before the page listened, or while it did not.
    events.addEventListener("open", () => {
      if (home && home.dataset.waiting === "yes") again();
      Promise.resolve(look()).catch(() => {});
    });
    events.addEventListener("message", (event) => {
      const told = JSON.parse(event.data);
      if (told.changed) {
        Promise.resolve(look()).catch(() => {});
        refresh(told.changed);
      }
      if (home && (told.changed || told.surveyed)) again();
    });
    window.addEventListener("pagehide", () => events.close());
  }
})();
