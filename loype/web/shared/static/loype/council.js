// Helps on the case page and in the live meeting; everything is there without it.

// data-when="outcome=go_on course=a,b" shows a part only while every named choice has such a value.
// A bare word after the first value list ("outcome=go_on park return") is another value of it.
const wishes = (text) => {
  const found = [];
  for (const word of text.split(/\s+/)) {
    if (word.includes("=")) {
      const [name, values] = word.split("=");
      found.push({ name, values: values.split(",") });
    } else if (found.length) found[found.length - 1].values.push(word);
  }
  return found;
};

for (const form of document.querySelectorAll("form[data-decision]")) {
  const parts = [...form.querySelectorAll("[data-when]")].map((part) => ({ part, wanted: wishes(part.dataset.when) }));
  const show = () => {
    for (const { part, wanted } of parts) {
      const faulty = part.querySelector("[aria-invalid]");
      part.hidden = !faulty && !wanted.every(({ name, values }) => values.includes(form.elements[name]?.value));
    }
  };
  form.addEventListener("change", show);
  show();
}

// The keys n and p turn to the next and the previous case, unless one types or has turned it off.
const box = document.querySelector("[data-keys]");
if (box) {
  const kept = "loype-live-keys";
  box.checked = localStorage.getItem(kept) !== "off";
  box.closest("label").hidden = false;
  box.addEventListener("change", () => localStorage.setItem(kept, box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea, [contenteditable]");
    if (!box.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    document.querySelector(`a[data-key="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
  });
}
