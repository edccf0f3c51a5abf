// The queue by keyboard: j and k move, c confirms, e opens the edit, r asks for the reason.
"use strict";
(() => {
  const links = [...document.querySelectorAll("a[data-item]")];
  const at = links.findIndex((link) => link.closest("tr").classList.contains("chosen"));
  const field = (id) => document.getElementById(id);

  function go(step) {
    const next = links[at + step];
    if (next) location.assign(next.href);
  }

  function edit() {
    const box = field("edit");
    if (!box) return;
    box.open = true;
    box.querySelector("textarea").focus();
  }

  document.querySelectorAll("[data-keys]").forEach((one) => { one.hidden = false; });
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (event.key === "Escape" && busy) { busy.blur(); return; }
    if (busy || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.key === "c" && field("confirm")) field("confirm").click();
    else if (event.key === "e") edit();
    else if (event.key === "r" && field("reject")) field("reject").focus();
    else return;
    event.preventDefault();
  });
  if (at > 0) links[at].closest("tr").scrollIntoView({ block: "nearest" });
})();
