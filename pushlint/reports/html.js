"use strict";
const all = (selector, from = document) => [...from.querySelectorAll(selector)];
const card = document.getElementById("card");
const filters = document.getElementById("filters");
let at = null; // the mark that the card speaks of

// Filters: a note is shown while its level and its family are ticked, a mark while one of its notes is.
function filter() {
  const ticked = new Set(all("input:checked", filters).map((box) => `${box.name} ${box.value}`));
  let shown = 0, total = 0;
  for (const article of all("article")) {
    const notes = all(".note", article);
    let here = 0;
    for (const note of notes) {
      const on = ticked.has(`level ${note.dataset.level}`) && ticked.has(`family ${note.dataset.family}`);
      note.classList.toggle("off", !on);
      here += on;
    }
    for (const mark of all(".mark", article)) {
      const off = notesOf(mark).length === 0;
      mark.classList.toggle("off", off);
      mark.tabIndex = off ? -1 : 0;
    }
    article.hidden = here === 0;
    shown += here;
    total += notes.length;
  }
  const said = `${shown.toLocaleString("en")} of ${total.toLocaleString("en")} shown`;
  document.getElementById("shown").textContent = shown === total ? "" : said;
  hide();
}

function notesOf(mark) {
  return mark.dataset.notes.split(" ").map((id) => document.getElementById(id))
    .filter((note) => note && !note.classList.contains("off"));
}

// The card: what is said of the words under the pointer, in focus, or tapped, with the why.
function show(mark) {
  if (mark === at) return;
  hide();
  const notes = notesOf(mark);
  if (notes.length === 0) return;
  at = mark;
  const close = document.createElement("button");
  close.textContent = "×";
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", () => { const mark = at; hide(); mark.focus(); hide(); });
  card.replaceChildren(close, ...notes.map(told));
  card.hidden = false;
  const same = all(".mark", mark.closest("article")).filter((one) => notesOf(one).some((note) => notes.includes(note)));
  for (const one of [...same, ...notes]) one.classList.add("on");
  mark.setAttribute("aria-describedby", "card");
  place(mark);
}

function told(note) {
  const entry = document.createElement("div");
  entry.className = note.dataset.level;
  entry.append(...all(".what, .help", note).map((part) => part.cloneNode(true)));
  const rule = document.querySelector(note.querySelector(".rule").getAttribute("href"));
  for (const paragraph of rule ? all("p:not(.summary, .basis)", rule) : []) {
    const why = paragraph.cloneNode(true);
    why.className = "why";
    entry.append(why);
  }
  return entry;
}

function place(mark) {
  const gap = 8, words = mark.getBoundingClientRect();
  const below = window.innerHeight - words.bottom - 2 * gap, above = words.top - 2 * gap;
  card.style.maxHeight = "";
  const over = card.offsetHeight > below && above > below;
  if (card.offsetHeight > Math.max(below, above)) card.style.maxHeight = `${Math.max(below, above, 160)}px`;
  const top = over ? words.top - card.offsetHeight - gap : words.bottom + gap;
  const room = document.documentElement.clientWidth - card.offsetWidth - 16;
  card.style.left = `${window.scrollX + Math.max(16, Math.min(mark.getClientRects()[0].left, room))}px`;
  card.style.top = `${window.scrollY + top}px`;
}

function hide() {
  if (!at) return;
  at.removeAttribute("aria-describedby");
  for (const one of all(".on")) one.classList.remove("on");
  card.hidden = true;
  at = null;
}

const markOf = (event) => event.target.closest?.(".mark:not(.off)");
let leaving = 0;
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const mark = markOf(event);
  clearTimeout(leaving);
  if (mark) show(mark);
  else if (at && !card.contains(event.target)) leaving = setTimeout(hide, 250);
});
document.addEventListener("focusin", (event) => {
  const mark = markOf(event);
  if (mark) show(mark);
  else if (!card.contains(event.target)) hide();
});
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(".mark");
  if (mark) {
    event.preventDefault();
    show(mark);
  } else if (!card.contains(event.target)) hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});

if (filters) {
  filters.hidden = false;
  filters.addEventListener("change", filter);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filter();
}
