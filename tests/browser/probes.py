"""What is asked of a page in the browser itself: scripts run by the test, none of the program's."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# Texts whose contrast is below WCAG's AA, as [ratio, wanted, text].
_CONTRAST = """() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number);
    return c.startsWith('color(srgb') ? [m[0]*255, m[1]*255, m[2]*255, m[3] ?? 1]
      : [m[0], m[1], m[2], m[3] ?? 1]; };
  const over = (a, b) => [0, 1, 2].map(i => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
  const ground = e => { const above = [];
    for (let n = e; n; n = n.parentElement) {
      const c = parse(getComputedStyle(n).backgroundColor); above.push(c); if (c[3] === 1) break; }
    return above.reduceRight((under, c) => over(c, under), [255, 255, 255, 1]); };
  const light = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255;
      return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const low = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const e = node.parentElement, text = node.textContent.trim();
    if (!text || !e.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    if (e.closest(':disabled, script, style, noscript, option, svg, [aria-hidden=true]')) continue;
    const range = document.createRange(); range.selectNodeContents(node);
    const box = range.getBoundingClientRect(); if (box.width < 2 || box.height < 2) continue;
    const style = getComputedStyle(e), back = ground(e);
    const a = light(over(parse(style.color), back)), b = light(back);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize), bold = parseInt(style.fontWeight) >= 700;
    const wanted = size >= 24 || (size >= 18.66 && bold) ? 3 : 4.5;
    if (ratio < wanted) low.push([Math.round(ratio * 100) / 100, wanted, text.slice(0, 40)]);
  }
  return low; }"""

# Marks what the Tab key must reach: one of each group of radio buttons is enough.
_MARK = """() => {
  const seen = new Set(); let n = 0;
  const wanted = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]';
  for (const e of document.querySelectorAll(wanted)) {
    if (e.matches(':disabled, [tabindex="-1"], input[type=hidden]')) continue;
    if (e.tagName === 'SUMMARY' && e !== e.parentElement.querySelector(':scope > summary')) continue;
    if (!e.checkVisibility({visibilityProperty: true})) continue;
    const box = e.getBoundingClientRect(); if (!box.width || !box.height) continue;
    if (e.type === 'radio') { const group = e.form?.id + e.name;
      if (seen.has(group)) continue; seen.add(group); }
    e.dataset.tab = n++;
  }
  return n; }"""

# Notes down where the focus goes, and whether it is to be seen there.
_FOLLOW = """() => {
  const ring = n => { const s = getComputedStyle(n);
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; };
  window.wentTo = [];
  document.activeElement?.blur();
  document.addEventListener('focusin', event => {
    const e = event.target;
    const first = e.type === 'radio'
      ? [...document.getElementsByName(e.name)].find(r => r.dataset.tab !== undefined) ?? e : e;
    window.wentTo.push({tab: first.dataset.tab, tag: e.outerHTML.slice(0, 120),
      seen: ring(e) || (e.parentElement && ring(e.parentElement))
        || [...(e.labels ?? [])].some(ring)}); });
  }"""
_TAGS = """wanted => wanted.map(
  n => document.querySelector(`[data-tab="${n}"]`).outerHTML.slice(0, 120))"""


def low_contrast(page: Page) -> list[Any]:
    """Texts below AA (4.5:1, large ones 3:1), each as [ratio, wanted, text]."""
    found: list[Any] = page.evaluate(_CONTRAST)
    return found


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    wide: int = page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


def tab_round(page: Page) -> tuple[list[str], list[str]]:
    """Goes through the page by the Tab key: what it never reached, what showed no focus there."""
    count: int = page.evaluate(_MARK)
    page.evaluate(_FOLLOW)
    # Each date takes the key several times: year, month, day, calendar.
    dates = page.locator("input[type=date]").count()
    for _ in range(count + 4 * dates + 5):
        page.keyboard.press("Tab")
    went = [at for at in page.evaluate("() => window.wentTo") if at["tab"] is not None]
    reached = {int(at["tab"]) for at in went}
    missed: list[str] = page.evaluate(_TAGS, [n for n in range(count) if n not in reached])
    return missed, [at["tag"] for at in went if not at["seen"]]
