// A call is filled in without the page being loaded anew: each form is sent as it would be, and the parts of the answer take the place of
// those on the page. While somebody types, what is understood so far is shown; nothing is kept before Enter.
(() => {
  const root = document.querySelector("[data-quick]");
  if (!root || !window.fetch) return;
  const PARTS = ["next", "told", "understood", "ready", "alike", "whole"];
  const SEEN = ["understood"];
  const line = document.getElementById("text");
  const kept = `lianban.line.${location.pathname}`;
  let turn = 0;
  let pause = 0;

  // What was typed when the session had ended is there again after signing in, in this tab alone.
  if (!line.value) line.value = sessionStorage.getItem(kept) || "";
  sessionStorage.removeItem(kept);

  const open = () => new Set([...document.querySelectorAll("#whole details[open]")].map((one) => one.id));

  const take = (page, parts) => {
    const unfolded = open();
    for (const id of parts) {
      const fresh = page.getElementById(id);
      const old = document.getElementById(id);
      if (fresh && old && old.innerHTML !== fresh.innerHTML) old.replaceChildren(...fresh.childNodes);
    }
    for (const id of unfolded) document.getElementById(id)?.setAttribute("open", "");
  };

  const sent = async (action, body) => {
    const answer = await fetch(action, { method: "POST", body });
    if (answer.redirected) { location.assign(answer.url); return null; }
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  };

  root.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.closest(".plain")) return;
    event.preventDefault();
    clearTimeout(pause);
    const mine = ++turn;
    const body = new URLSearchParams(new FormData(form, event.submitter));
    try {
      const page = await sent(form.action, body);
      if (!page || mine !== turn) return;
      if (!page.getElementById("understood")) {
        if (form.id === "line") sessionStorage.setItem(kept, line.value);
        location.reload();
        return;
      }
      take(page, PARTS);
      if (form.id === "line") line.value = page.getElementById("text").value;
      const wrong = form.closest("details") && document.querySelector("#whole .told.wrong");
      (wrong ? document.querySelector("#whole .wrong a") : line).focus();
    } catch {
      document.getElementById("told").textContent = root.dataset.failed;
    }
  });

  line.addEventListener("input", () => {
    clearTimeout(pause);
    const mine = ++turn;
    pause = setTimeout(async () => {
      if (!line.value.trim() || mine !== turn) return;
      const body = new URLSearchParams(new FormData(line.form));
      body.set("preview", "1");
      try {
        const page = await sent(line.form.action, body);
        if (page && mine === turn) take(page, SEEN);
      } catch { /* it is understood on Enter */ }
    }, 400);
  });
})();
