// What was typed and not yet sent stays in this tab: a lost signal, an expired session or a reload takes nothing away. It is gone once the
// server has said that it is done, with the tab, or with signing out. Without this script the form is sent as any other.
(() => {
  const PREFIX = "lianban.kept.";
  const forms = [...document.querySelectorAll("form[data-keep]")];
  const keyOf = (form) => `${PREFIX}${form.dataset.keep}.${new URL(form.action).pathname}`;
  const forget = (start) => Object.keys(sessionStorage).filter((one) => one.startsWith(start)).forEach((one) => sessionStorage.removeItem(one));
  document.querySelector('form[action="/console/sign-out"]')?.addEventListener("submit", () => forget(PREFIX));
  const done = document.querySelector("[data-kept-done]");
  if (done) forget(`${PREFIX}${done.dataset.keptDone}.`);

  const inputs = (form) => [...form.elements].filter((one) => one.name && !["hidden", "file", "password", "submit"].includes(one.type));
  const chosen = (one) => one.type === "checkbox" || one.type === "radio";
  const entries = (form) => inputs(form).filter((one) => (chosen(one) ? one.checked : one.value)).map((one) => [one.name, one.value]);

  for (const form of forms) {
    const key = keyOf(form), told = form.querySelector("[data-kept-told]"), request = form.elements.request, fresh = request.value;
    const say = (words) => { told.textContent = words; };
    const keep = (sent) => {
      try { sessionStorage.setItem(key, JSON.stringify({ entries: entries(form), request: sent ? request.value : "" })); } catch { /* full: as without this script */ }
    };
    const restore = () => {
      const state = JSON.parse(sessionStorage.getItem(key) || "null");
      if (!state) return;
      let back = false;
      // What the server has filled in itself is newer.
      const answered = new Set(inputs(form).filter((one) => (chosen(one) ? one.checked : one.tagName !== "SELECT" && one.value)).map((one) => one.name));
      for (const [name, value] of state.entries) {
        if (answered.has(name)) continue;
        const named = inputs(form).filter((one) => one.name === name);
        const pick = named.find((one) => chosen(one) && one.value === value);
        const plain = named.find((one) => !chosen(one) && !one.dataset.back && (one.tagName !== "SELECT" || [...one.options].some((each) => each.value === value)));
        if (pick) { pick.checked = true; back = true; }
        else if (plain && plain.value !== value) { plain.value = value; plain.dataset.back = "1"; back = true; }
      }
      if (!back) { sessionStorage.removeItem(key); return; }
      // Sent before and not changed since: were it done after all, the server sees that it is the same.
      if (state.request) request.value = state.request;
      say(form.dataset.saidKept);
      const fold = form.closest("details");
      if (fold) fold.open = true;
    };
    if (!done) restore();
    form.addEventListener("input", () => { request.value = fresh; keep(false); });
    form.addEventListener("submit", (event) => {
      keep(true);
      if (navigator.onLine) return;
      event.preventDefault();
      delete form.dataset.sent;
      say(form.dataset.saidOffline);
    });
    addEventListener("online", () => { if (told.textContent === form.dataset.saidOffline) say(form.dataset.saidOnline); });
  }
})();
