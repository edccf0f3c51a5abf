// Adding a finding: the key `a` opens the form; words marked in the document go into it.
"use strict";
(() => {
  const box = document.getElementById("add");
  const view = document.querySelector(".view");
  if (!box || !view) return;
  const form = box.querySelector("form");
  const field = (name) => form.elements[name];
  const MOST = 1000;

  function take(role, quote, start) {
    if (!quote) return;
    field("quote").value = quote.slice(0, MOST);
    field("role").value = role;
    field("start").value = start;
  }

  const role = () => view.querySelector(".tabs [aria-current]")?.dataset.role ?? "";

  // Text: what is selected, and how many letters stand before it.
  document.addEventListener("selectionchange", () => {
    const text = view.querySelector(".text"), chosen = getSelection();
    if (!box.open || !text || !chosen.rangeCount || chosen.isCollapsed) return;
    const range = chosen.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    take(role(), range.toString().trim(), [...before.toString()].length);
  });

  // A page's picture: a box drawn over it; the server tells which words it goes round.
  let from = null, drawn = null;
  const point = (sheet, event) =>
    new DOMPoint(event.clientX, event.clientY).matrixTransform(sheet.getScreenCTM().inverse());
  view.addEventListener("pointerdown", (event) => {
    const sheet = event.target.closest(".sheet");
    if (!box.open || !sheet || event.button) return;
    event.preventDefault();
    sheet.querySelector(".drawn")?.remove();
    from = point(sheet, event);
    drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    drawn.setAttribute("class", "drawn");
    sheet.append(drawn);
  });
  const edges = (to) => [
    Math.min(from.x, to.x), Math.min(from.y, to.y), Math.max(from.x, to.x), Math.max(from.y, to.y),
  ];
  view.addEventListener("pointermove", (event) => {
    if (!from) return;
    const [x0, y0, x1, y1] = edges(point(drawn.ownerSVGElement, event));
    Object.entries({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 })
      .forEach(([name, value]) => drawn.setAttribute(name, value));
  });
  // A box that ends on a mark does not follow it.
  view.addEventListener("click", (event) => {
    if (drawn && Number(drawn.getAttribute("width")) > 2) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  addEventListener("pointerup", async (event) => {
    if (!from) return;
    const sheet = drawn.ownerSVGElement;
    const asked = new URLSearchParams(edges(point(sheet, event)).map((value) => ["box", value]));
    from = null;
    const mine = role();
    const paper = `/api/v1/cases/${view.dataset.case}/documents/${mine}`;
    const answer = await fetch(`${paper}/pages/${sheet.dataset.page}/words?${asked}`);
    if (!answer.ok) return;
    const told = await answer.json();
    take(mine, told.quote, told.start ?? "");
  });

  box.querySelectorAll("[data-pick]").forEach((one) => { one.hidden = false; });
  document.addEventListener("keydown", (event) => {
    const busy = event.target.closest("input, textarea, select, [contenteditable]");
    if (busy || event.key !== "a" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.open = true;
    field("message").focus();
  });
})();
