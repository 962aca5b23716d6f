// Where work goes on that the page did not wait for: look again until it is done, then show the page as it is then.
"use strict";

(() => {
  const EVERY = 1500;
  const look = async () => {
    const place = document.getElementById("work");
    if (!place || !("running" in place.dataset)) return;
    try {
      const answer = await fetch(location.pathname + location.search, { credentials: "same-origin" });
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("work");
      if (answer.ok && found && !("running" in found.dataset)) {
        location.replace(location.pathname);
        return;
      }
      if (found) place.replaceChildren(...found.childNodes);
    } catch {
      // The server is away for a moment.
    }
    setTimeout(look, EVERY);
  };
  setTimeout(look, EVERY);
})();
