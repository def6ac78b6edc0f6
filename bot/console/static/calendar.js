// A visit may be dragged to another half hour: the page that moves it opens with that time chosen, and says what it means.
(() => {
  const hint = document.querySelector(".drag");
  if (hint && matchMedia("(pointer: fine)").matches) hint.hidden = false;
  let to = "";
  const cell = (event) => event.target instanceof Element ? event.target.closest("td[data-at]") : null;
  const ready = () => document.querySelectorAll(".week [data-move]").forEach((one) => { one.draggable = true; });
  ready();
  new MutationObserver(ready).observe(document.body, { childList: true, subtree: true });
  addEventListener("dragstart", (event) => {
    const visit = event.target instanceof Element ? event.target.closest("[data-move]") : null;
    to = visit ? visit.dataset.move : "";
    if (visit) event.dataTransfer.setData("text/plain", to);
  });
  addEventListener("dragover", (event) => {
    const over = to && cell(event);
    document.querySelectorAll("td.over").forEach((one) => { if (one !== over) one.classList.remove("over"); });
    if (!over) return;
    event.preventDefault();
    over.classList.add("over");
  });
  addEventListener("drop", (event) => {
    const over = to && cell(event);
    if (!over) return;
    event.preventDefault();
    location.assign(`${to}?at=${encodeURIComponent(over.dataset.at)}`);
  });
  addEventListener("dragend", () => {
    to = "";
    document.querySelectorAll("td.over").forEach((one) => one.classList.remove("over"));
  });
})();
