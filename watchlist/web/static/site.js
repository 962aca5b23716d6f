// On every page: times in the reader's zone. The server writes them in the zone of the cookie; where that is not the
// reader's (yet), the cookie is set for later pages and the times of this one are written anew.
"use strict";

(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  const known = document.cookie.split("; ").find((each) => each.startsWith("zone="));
  if (known === `zone=${encodeURIComponent(zone)}`) return;
  const year = 365 * 24 * 60 * 60;
  document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=${year}; samesite=lax`;
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const write = (time) => {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) return;
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    time.textContent = `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}`;
  };
  for (const time of document.querySelectorAll("time[data-moment]")) write(time);
  for (const said of document.querySelectorAll("[data-zone]")) said.textContent = zone;
})();
