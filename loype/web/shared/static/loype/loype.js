// Small helps on top of pages that already work without any of this.

const closest = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

// A menu closes when one looks elsewhere, and with Escape, which gives the focus back.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && closest(event, "details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// <form data-confirm="Withdraw this idea?"> asks once more before it is sent.
document.addEventListener("submit", (event) => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// A button that is pressed twice in one go sends its form once.
const sentAt = new WeakMap();
const IN_ONE_GO = 3000; // milliseconds
document.addEventListener("submit", (event) => {
  const form = event.target; // a form may have a field called "method"
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (event.timeStamp - (sentAt.get(form) ?? -IN_ONE_GO) < IN_ONE_GO) event.preventDefault();
  else sentAt.set(form, event.timeStamp);
});

// <form data-send-on-change> is sent when a choice changes; its button is for those without this.
document.addEventListener("change", (event) => {
  const form = closest(event, "form[data-send-on-change]");
  if (form) form.requestSubmit();
});

// <button data-copy="https://…" data-copied="Copied"> copies an address and says so.
document.addEventListener("click", async (event) => {
  const button = closest(event, "[data-copy]");
  if (!button) return;
  event.preventDefault();
  await navigator.clipboard.writeText(new URL(button.dataset.copy, location.href).href);
  say(button.dataset.copied);
});

// On a board, Alt with an arrow moves the card one column by sending the card's own form:
// <article data-card tabindex="0"> … <form data-move> with a <select>.
document.addEventListener("keydown", (event) => {
  const steps = { ArrowLeft: -1, ArrowRight: 1 };
  const card = event.altKey && event.key in steps && closest(event, "[data-card]");
  const form = card && card.querySelector("form[data-move]");
  const select = form && form.querySelector("select");
  const option = select && select.options[select.selectedIndex + steps[event.key]];
  if (!option || option.disabled) return;
  event.preventDefault();
  option.selected = true;
  form.requestSubmit();
});

// The same with the mouse: a card that is dragged to a column of its own board sends its form.
const columnUnder = (event) => {
  const card = document.querySelector("[data-card][data-dragged]");
  const column = card && closest(event, "[data-column]");
  return column && column.dataset.board === card.dataset.board ? { card, column } : null;
};
document.addEventListener("dragstart", (event) => {
  const card = closest(event, "[data-card][draggable]");
  if (!card) return;
  card.dataset.dragged = "";
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.id);
});
document.addEventListener("dragover", (event) => {
  for (const column of document.querySelectorAll("[data-over]")) delete column.dataset.over;
  const under = columnUnder(event);
  if (!under) return;
  event.preventDefault();
  under.column.dataset.over = "";
});
document.addEventListener("drop", (event) => {
  const under = columnUnder(event);
  const form = under && under.card.querySelector("form[data-move]");
  if (!form) return;
  event.preventDefault();
  const select = form.querySelector("select");
  if (select.value === under.column.dataset.column) return;
  select.value = under.column.dataset.column;
  form.requestSubmit();
});
document.addEventListener("dragend", () => {
  for (const card of document.querySelectorAll("[data-dragged]")) delete card.dataset.dragged;
  for (const column of document.querySelectorAll("[data-over]")) delete column.dataset.over;
});

// After a move the page comes back at the card: it keeps the focus, so that one may move it on.
if (location.hash.length > 1) {
  document.querySelector(`[data-card]#${CSS.escape(location.hash.slice(1))}`)?.focus();
}

// A link to something inside a fold opens the fold.
const openFold = () => {
  const place = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (place instanceof HTMLDetailsElement) place.open = true;
};
openFold();
window.addEventListener("hashchange", openFold);

// Says something to screen readers, and shows it for those who look, in the page's message region.
export function say(words) {
  const region = document.querySelector(".messages");
  if (!region || !words) return;
  const line = document.createElement("p");
  line.className = "ds-alert";
  line.dataset.color = "success";
  line.textContent = words;
  region.replaceChildren(line);
}
