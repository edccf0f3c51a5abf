// Renews the table of a batch while its cases are checked.
"use strict";
(() => {
  const EVERY = 2000;
  const renew = async () => {
    const answer = await fetch(location.href);
    if (answer.ok) {
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = fresh.getElementById("batch");
      if (now) document.getElementById("batch").replaceWith(now);
    }
    if (document.getElementById("batch").dataset.open) setTimeout(renew, EVERY);
  };
  setTimeout(renew, EVERY);
})();
