// The waterfall: a switch takes effect at once; the server works it out.
"use strict";
(() => {
  const form = document.querySelector("form[data-switches]");
  const outcome = document.getElementById("outcome");
  if (!form) return;
  let asked = 0;
  form.addEventListener("change", async () => {
    const mine = ++asked;
    const query = new URLSearchParams(new FormData(form));
    outcome.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${form.action}?${query}&part=true`);
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      if (mine === asked) outcome.innerHTML = text;
    } catch {
      if (mine === asked) form.submit();
    } finally {
      if (mine === asked) outcome.removeAttribute("aria-busy");
    }
  });
})();
