// The inbox by keys: where one is in it, what is marked, and how many have come since.
"use strict";

(() => {
  const EVERY = 20_000;
  const rows = () => [...document.querySelectorAll(".alert-row")];
  const here = () => document.querySelector(".alert-row.is-here");
  let place = 0;

  function go(row, focus = true) {
    if (!row) return;
    here()?.classList.remove("is-here");
    row.classList.add("is-here");
    place = rows().indexOf(row);
    if (focus) row.querySelector(".alert-link").focus();
  }

  document.addEventListener("watchlist:key", (event) => {
    const { key } = event.detail;
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(here());
    if (key === "j" || key === "k") {
      const to = at < 0 ? 0 : key === "j" ? at + 1 : at - 1;
      if (to >= all.length) document.querySelector("a[rel=next]")?.focus();
      else go(all[Math.max(0, to)]);
    } else if (key === "x" && at >= 0) {
      all[at].querySelector("[type=checkbox]").click();
    } else if (key === "o" && at >= 0) {
      all[at].querySelector('[data-key="o"]')?.click();
    } else return;
    event.preventDefault();
  });

  // A judgement is of what is marked; where nothing is, of where one is.
  document.addEventListener("watchlist:act", (event) => {
    const { form } = event.detail;
    if (!form.hasAttribute("data-inbox") || form.querySelector("[name=id]:checked")) return;
    const row = here();
    if (!row) { event.preventDefault(); go(rows()[0]); return; }
    row.querySelector("[name=id]").checked = true;
  });

  // Afterwards one is where one was: at the same alert, or at the one that took its place.
  document.addEventListener("watchlist:swapped", () => {
    const all = rows();
    const told = document.querySelector("[data-told]");
    if (all.length && told) go(all[Math.min(place, all.length - 1)]);
  });

  document.addEventListener("focusin", (event) => {
    const row = event.target.closest?.(".alert-row");
    if (row && row !== here()) go(row, false);
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-all]")) return;
    for (const row of rows()) row.querySelector("[name=id]").checked = event.target.checked;
  });

  async function look() {
    const notice = document.querySelector("[data-new]");
    if (!notice || document.hidden) return;
    try {
      const reply = await fetch(notice.dataset.new, { headers: { Accept: "application/json" } });
      if (!reply.ok) return;
      const { open, new: come } = await reply.json();
      for (const each of document.querySelectorAll("[data-open-count]")) each.textContent = open;
      document.title = document.title.replace(/^(\(\d+\) )?/, open ? `(${open}) ` : "");
      const words = come ? `${come} new` : "";
      const said = notice.querySelector("[data-new-words]");
      if (said.textContent !== words) said.textContent = words;
      notice.hidden = !come;
    } catch { /* It is asked again. */ }
  }
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
})();
