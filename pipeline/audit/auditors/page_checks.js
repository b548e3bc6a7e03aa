// What can be told only of a page as it is shown. Run in the page; each function gives a list of faults.
(() => {
  const text = (e) => (e.innerText || e.getAttribute("alt") || "").trim().replace(/\s+/g, " ").slice(0, 400);
  const describe = (e, more) => ({
    html: e.outerHTML.slice(0, 200),
    text: text(e),
    image: e.tagName === "IMG" ? [...document.images].indexOf(e) + 1 : 0,
    ...more,
  });
  const scrolls = (e) => {
    for (let at = e.parentElement; at && at !== document.body; at = at.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  const isShown = (e) => {
    const box = e.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && getComputedStyle(e).visibility !== "hidden";
  };
  window.__plainleaf = {
    axe: async (options) => {
      const result = await axe.run(options);
      const rows = (found) =>
        found.flatMap((rule) =>
          rule.nodes.map((node) => {
            let element = null;
            try {
              element = document.querySelector(node.target[0]);
            } catch {
              // A target within a frame has no selector of this document.
            }
            const about = (node.any.concat(node.all, node.none)[0] || {}).message || "";
            const more = { rule: rule.id, tags: rule.tags, impact: rule.impact, help: rule.help, about };
            return element ? describe(element, more) : { html: node.html.slice(0, 200), text: "", image: 0, ...more };
          }),
        );
      const tags = ["passes", "violations", "incomplete"].flatMap((kind) => result[kind].map((rule) => rule.tags));
      return { violations: rows(result.violations), incomplete: rows(result.incomplete), tags: tags.flat() };
    },
    reflow: () => {
      const width = document.documentElement.clientWidth;
      if (document.scrollingElement.scrollWidth <= width + 1) return [];
      const wide = [...document.body.querySelectorAll("*")].filter((e) => {
        const box = e.getBoundingClientRect();
        return isShown(e) && (box.right > width + 1 || box.left < -1) && !scrolls(e);
      });
      const inner = wide.filter((e) => ![...e.children].some((child) => wide.includes(child)));
      const two = (e) => Boolean(e.closest("table, img, svg, video, pre, canvas, iframe"));
      return (inner.length ? inner : [document.body]).slice(0, 5).map((e) => describe(e, { two: two(e) }));
    },
    spacing: () => {
      const style = document.createElement("style");
      style.textContent =
        "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}" +
        "p{margin-bottom:2em!important}";
      document.head.append(style);
      const cut = [...document.body.querySelectorAll("*")].filter((e) => {
        const has = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
        const hides = /hidden|clip/.test(getComputedStyle(e).overflowX + getComputedStyle(e).overflowY);
        return has && hides && isShown(e) && (e.scrollWidth > e.clientWidth + 2 || e.scrollHeight > e.clientHeight + 2);
      });
      const faults = cut.slice(0, 5).map((e) => describe(e, {}));
      style.remove();
      return faults;
    },
    look: (e) => {
      const s = getComputedStyle(e);
      const outline = s.outlineStyle === "none" ? "" : [s.outlineStyle, s.outlineWidth, s.outlineColor].join();
      return [outline, s.boxShadow, s.borderTopColor, s.borderTopWidth, s.backgroundColor, s.color,
        s.textDecorationLine, s.textDecorationThickness].join("|");
    },
    remember: () => {
      const focusable = document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]");
      window.__looks = new Map([...focusable].map((e) => [e, window.__plainleaf.look(e)]));
    },
    focused: () => {
      const e = document.activeElement;
      if (!e || e === document.body || window.__seen?.has(e)) return { done: true };
      (window.__seen ||= new Set()).add(e);
      const same = window.__looks.get(e) === window.__plainleaf.look(e);
      return { done: false, fault: same && isShown(e) ? describe(e, {}) : null };
    },
  };
})();
