// Follows a batch: asks for what has changed and puts only that into the table.
"use strict";
(() => {
  const EVERY = 2000;
  const here = document.getElementById("batch");

  // What reads the same is left alone, and a link that has the focus keeps it.
  function renew(old, now) {
    if (!old || old.outerHTML === now.outerHTML) return;
    const at = [...old.querySelectorAll("a")].indexOf(document.activeElement);
    old.replaceWith(now);
    if (at >= 0) now.querySelectorAll("a")[at]?.focus();
  }

  async function follow() {
    try {
      const answer = await fetch(`?${new URLSearchParams({ since: here.dataset.at })}`);
      if (answer.ok) {
        const text = await answer.text();
        const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("batch");
        if (!fresh) { location.reload(); return; }
        fresh.querySelectorAll("tr[id]").forEach((row) => {
          renew(document.getElementById(row.id), row);
        });
        for (const part of ["[role=status]", "tfoot"]) {
          renew(here.querySelector(part), fresh.querySelector(part));
        }
        here.dataset.at = fresh.dataset.at;
        if (!fresh.dataset.open) return;
      }
    } catch {
      // The server is away for a moment: asked again.
    }
    setTimeout(follow, EVERY);
  }
  setTimeout(follow, EVERY);
})();
