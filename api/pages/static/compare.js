// The compare page: the checkboxes take effect at once, without asking the server.
"use strict";
(() => {
  const form = document.querySelector("form[data-lines]");
  if (!form) return;
  const boxes = [...form.querySelectorAll("input[name=show]")];
  const missing = boxes.some((box) => !box.checked);
  form.addEventListener("change", (event) => {
    // What the server left out of the page has to be asked for.
    if (missing || event.target.name !== "show") { form.submit(); return; }
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    document.querySelectorAll("tr[data-relation]").forEach((row) => {
      row.hidden = !wanted.has(row.dataset.relation);
    });
  });
})();
