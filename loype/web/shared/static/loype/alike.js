// While one writes: what others have is asked for from a few words on, and told once when it changes.

const found = () => document.querySelector("#similar [data-said]");

// Too few words say nothing yet; an older answer that no longer fits is still taken away.
document.addEventListener("htmx:before:request", (event) => {
  const box = event.target;
  const fewest = Number(box.dataset?.fewest);
  if (fewest && box.value.trim().length < fewest && !found()) event.preventDefault();
});

// A screen reader speaks when the words of the region change: so they change only with the answer,
// and only once one pauses.
const PAUSE = 700;
let pause = 0;
const tell = () => {
  pause = 0;
  const region = document.getElementById("similar-said");
  const words = found()?.dataset.said ?? region?.dataset.hint ?? "";
  if (region && region.textContent !== words) region.textContent = words;
  region?.parentElement.toggleAttribute("data-found", Boolean(document.querySelector("#similar :is(.alike, .alike__hint)")));
};
const tellSoon = () => {
  clearTimeout(pause);
  pause = setTimeout(tell, PAUSE);
};
document.addEventListener("htmx:after:swap", tellSoon);
document.addEventListener("input", () => pause && tellSoon());
