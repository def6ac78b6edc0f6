// What was being written is still there after the session ran out, or after a quick reply was sent in between; what was sent is not.
// It lies in this tab only, and without this script a browser keeps it as it keeps any form.
(() => {
  const text = document.getElementById("text");
  if (!text) return;
  const kept = `lianban.talk.${text.form.getAttribute("action")}`;
  const had = JSON.parse(sessionStorage.getItem(kept) || "null");
  const said = (request) => [...document.querySelectorAll("[data-said]")].some((one) => one.dataset.said.endsWith(`:${request}`));
  if (had && !text.value && !(had.request && said(had.request))) text.value = had.words;
  sessionStorage.removeItem(kept);
  text.form.addEventListener("submit", (event) => {
    const request = event.submitter?.name === "quick" ? "" : text.form.elements.request.value;
    if (text.value) sessionStorage.setItem(kept, JSON.stringify({ request, words: text.value }));
  });
})();
