// Judging by keys, in place. A page works without this: every key presses a button or follows a link that is there, and
// what is sent is the form as it stands. The page that comes back takes the place of this one without being loaded anew.
"use strict";

(() => {
  const OFF = "watchlist-keys-off";
  const waiting = [];
  let busy = false;

  const main = () => document.getElementById("main");
  const isField = (node) => node instanceof HTMLElement && node.matches("input:not([type=checkbox]), textarea, select");
  const keysAreOff = () => {
    try { return localStorage.getItem(OFF) === "yes"; } catch { return false; }
  };

  // What is ready once a page is there, also one that took the place of another.
  function prepare() {
    for (const each of main().querySelectorAll(".needs-script")) each.hidden = false;
    for (const each of main().querySelectorAll("[data-keys-on]")) each.checked = !keysAreOff();
    document.dispatchEvent(new CustomEvent("watchlist:page"));
  }

  // Put the page that came back in the place of this one.
  function swap(text, url) {
    const come = new DOMParser().parseFromString(text, "text/html");
    const fresh = come.getElementById("main");
    if (!fresh) return false;
    const here = document.querySelector(".alert-row.is-here")?.dataset.alert;
    main().replaceChildren(...fresh.childNodes);
    document.title = come.title;
    if (url) history.pushState({}, "", url);
    document.dispatchEvent(new CustomEvent("watchlist:swapped", { detail: { here } }));
    prepare();
    return true;
  }

  async function load(url, options) {
    busy = true;
    main().setAttribute("aria-busy", "true");
    try {
      const reply = await fetch(url, { credentials: "same-origin", ...options });
      const own = new URL(reply.url).origin === location.origin;
      const shown = reply.redirected || !options ? reply.url : null;
      if (!own || !swap(await reply.text(), shown)) location.assign(own ? reply.url : "/");
      else if (!document.querySelector(".alert-row")) { scrollTo(0, 0); main().focus({ preventScroll: true }); }
    } catch {
      tell("The server cannot be reached. Nothing was done; try again.");
      waiting.length = 0;
    } finally {
      busy = false;
      main().removeAttribute("aria-busy");
      next();
    }
  }

  function tell(words) {
    const notice = document.createElement("div");
    notice.className = "notice notice-bad";
    notice.setAttribute("role", "alert");
    const line = document.createElement("p");
    line.textContent = words;
    notice.append(line);
    main().prepend(notice);
  }

  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter;
    if (!(form instanceof HTMLFormElement) || !form.hasAttribute("data-swap") || button?.hasAttribute("data-plain")) return;
    event.preventDefault();
    if (busy) return;
    const data = new URLSearchParams(new FormData(form));
    if (button?.name) data.append(button.name, button.value);
    // Not `form.action`: a button is called so.
    load(form.getAttribute("action"), { method: "POST", body: data });
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens]");
    if (opener) document.getElementById(opener.dataset.opens).showModal();
    const closer = event.target.closest?.("[data-closes]");
    if (closer) closer.closest("dialog").close();
    const link = event.target.closest?.("a[data-go]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      if (!busy) load(link.href);
    }
  });

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-keys-on]")) return;
    try { localStorage.setItem(OFF, event.target.checked ? "no" : "yes"); } catch { /* Then they stay on. */ }
  });

  window.addEventListener("popstate", () => load(location.href));

  // Within a field: Escape leaves it, Enter in a reason leaves it as well, and whose it is to be is sent.
  function inField(event) {
    const field = event.target;
    const form = field.form;
    if (event.key === "Escape") { field.blur(); return true; }
    if (event.key !== "Enter" || !form?.hasAttribute("data-swap")) return false;
    event.preventDefault();
    if (field.name === "to" && field.value.trim()) press(form.querySelector('[name=action][value="assign"]'));
    else field.blur();
    return true;
  }

  function press(button) {
    if (!button) return;
    if (button.form && button.name === "action") {
      const asked = new CustomEvent("watchlist:act", { detail: { form: button.form }, cancelable: true });
      if (!document.dispatchEvent(asked)) return;
    }
    button.click();
  }

  function act(key) {
    const taken = new CustomEvent("watchlist:key", { detail: { key }, cancelable: true });
    if (!document.dispatchEvent(taken)) return true;
    const found = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((each) => each.offsetParent !== null);
    if (!found) {
      if (key === "/") { location.assign("/#text"); return true; }
      return false;
    }
    if (isField(found)) { found.focus(); found.select?.(); } else press(found);
    return true;
  }

  function next() {
    while (!busy && waiting.length) act(waiting.shift());
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isField(event.target)) { inField(event); return; }
    if (keysAreOff() || document.querySelector("dialog[open]") || event.key.length !== 1 || event.key === " ") return;
    // What is typed ahead is kept.
    if (busy) { waiting.push(event.key); event.preventDefault(); return; }
    if (act(event.key)) event.preventDefault();
  });

  window.addEventListener("DOMContentLoaded", () => {
    prepare();
    if (location.hash === "#text") document.getElementById("text")?.focus();
  });
})();
