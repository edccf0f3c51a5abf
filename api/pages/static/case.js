// The case page: a click on a finding or on its place in the document moves both.
"use strict";
(() => {
  const panes = document.querySelector(".panes");
  const view = document.querySelector(".view");
  const cards = [...document.querySelectorAll(".list .card")];
  const keys = document.getElementById("keys");
  let asked = 0;

  const chosen = () => cards.findIndex((card) => card.classList.contains("chosen"));

  async function open(href) {
    const mine = ++asked;
    const url = new URL(href, location.href);
    url.searchParams.set("part", "true");
    view.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const text = await answer.text();
      if (mine !== asked) return;
      view.innerHTML = text;
      reveal();
    } catch {
      if (mine === asked) location.assign(href);
    } finally {
      if (mine === asked) view.removeAttribute("aria-busy");
    }
  }

  // Scrolls the pane alone: the page stays where it is.
  function reveal() {
    const place = view.querySelector("#here");
    if (!place) { view.scrollTop = 0; return; }
    const inner = place.getBoundingClientRect(), outer = view.getBoundingClientRect();
    view.scrollTop += inner.top - outer.top - view.clientHeight / 3;
  }

  function choose(card, show = true) {
    cards.forEach((one) => one.classList.toggle("chosen", one === card));
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    history.replaceState(null, "", `?finding=${card.dataset.number}#${card.id}`);
    if (show && card.dataset.href) open(card.dataset.href);
  }

  async function copy(card) {
    const told = card && card.querySelector(".suggestion");
    if (!told) return;
    const button = card.querySelector(".copy");
    try {
      await navigator.clipboard.writeText(told.textContent);
      button.textContent = "已复制";
    } catch {
      getSelection().selectAllChildren(told);
      button.textContent = "已选中，请按 Ctrl+C";
    }
    setTimeout(() => { button.textContent = "复制"; }, 2000);
  }

  document.querySelectorAll(".copy, [data-keys]").forEach((one) => { one.hidden = false; });
  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const button = event.target.closest(".copy");
    if (button) { copy(button.closest(".card")); return; }
    const link = event.target.closest("a[data-finding], a[data-view]");
    if (!link || !panes) return;
    event.preventDefault();
    if (link.hasAttribute("data-view")) {
      const card = link.closest(".card");
      if (card) choose(card, false);
      open(link.getAttribute("href"));
      return;
    }
    const card = document.getElementById(`f${link.dataset.finding}`);
    if (card) choose(card, !view.contains(link) || !card.classList.contains("chosen"));
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    if (field || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = chosen();
    if (event.key === "j" && at < cards.length - 1) choose(cards[at + 1]);
    else if (event.key === "k" && at > 0) choose(cards[at - 1]);
    else if (event.key === "c") copy(cards[at]);
    else if (event.key === "Enter" && event.target === cards[at]) choose(cards[at]);
    else if (event.key === "?") { if (keys.open) keys.close(); else keys.showModal(); }
    else return;
    event.preventDefault();
  });
  // Back from a decision: both panes in view, the decided finding in the list.
  if (panes && location.hash && chosen() >= 0) {
    scrollTo(0, panes.offsetTop - 8);
    cards[chosen()].scrollIntoView({ block: "nearest" });
  }
  reveal();
})();
