// What waits leads to its form, which is opened; a form is sent once, however often it is clicked (the server holds that too).
(() => {
  const show = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || target.tagName !== "DETAILS") return;
    target.open = true;
    target.querySelector("input:not([type=hidden]), select, textarea, button")?.focus();
  };
  addEventListener("hashchange", show);
  show();
  const problem = document.getElementById("problem");
  if (problem) problem.scrollIntoView({ block: "center" });
  addEventListener("submit", (event) => { // also of a form that came with a part that was fetched again
    const form = event.target;
    if (!("once" in form.dataset)) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) for (const form of document.querySelectorAll("form[data-once]")) delete form.dataset.sent;
  });
})();
