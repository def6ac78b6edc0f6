// What was filled in stays on this phone until the server has said that it is kept: the opinion, its words and the surveyor's own name and
// signature, nothing of the applicant. It is handed in again by itself when there is a signal; the code in the address makes it happen once.
(() => {
  const key = `lianban-sign:${location.pathname}`;
  const keep = (value) => { try { value ? localStorage.setItem(key, JSON.stringify(value)) : localStorage.removeItem(key); } catch { /* full, or not allowed */ } };
  const kept = () => { try { return JSON.parse(localStorage.getItem(key)) || null; } catch { return null; } };
  const form = document.getElementById("sign");
  if (!form) { keep(null); return; } // the page that says it is kept

  const status = document.getElementById("status");
  const pad = document.getElementById("pad");
  const typed = document.getElementById("typed");
  const names = ["opinion", "remark", "basis", "due", "surveyor"];
  let strokes = [];
  let waiting = false;
  let sending = false;
  let again = 0;

  const chosen = () => form.querySelector("[name=opinion]:checked");
  const show = () => {
    const one = chosen();
    for (const part of form.querySelectorAll("[data-for]")) {
      const needed = one?.dataset[part.dataset.for] === "1";
      part.hidden = !needed;
      const field = part.querySelector("textarea");
      if (field) field.required = needed;
    }
  };
  const save = () => {
    const said = { strokes, waiting, typed: typed.checked };
    for (const name of names) said[name] = name === "opinion" ? chosen()?.value || "" : form.elements[name].value;
    keep(said);
  };

  const pen = pad.getContext("2d");
  const draw = () => {
    pen.clearRect(0, 0, pad.width, pad.height);
    pen.lineWidth = 3; pen.lineCap = "round"; pen.lineJoin = "round"; pen.strokeStyle = "#111";
    for (const line of strokes) {
      pen.beginPath();
      line.forEach(([x, y], place) => (place ? pen.lineTo(x * pad.width, y * pad.height) : pen.moveTo(x * pad.width, y * pad.height)));
      if (line.length === 1) pen.lineTo(line[0][0] * pad.width + 1, line[0][1] * pad.height);
      pen.stroke();
    }
  };
  const size = () => { pad.width = Math.min(800, Math.round(pad.clientWidth)) || 320; pad.height = 180; draw(); };
  const place = (event) => {
    const box = pad.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height].map((one) => Math.round(one * 1000) / 1000);
  };
  let line = null;
  pad.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    line = [place(event)];
    strokes.push(line);
    draw();
  });
  pad.addEventListener("pointermove", (event) => { if (line) { line.push(place(event)); draw(); } });
  for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => { if (!line) return; line = null; typed.checked = false; status.textContent = ""; save(); });
  document.getElementById("clear").addEventListener("click", () => { strokes = []; draw(); save(); });
  addEventListener("resize", size);

  const send = async () => {
    if (sending) return;
    clearTimeout(again);
    sending = true; waiting = true; save();
    status.textContent = form.dataset.sending;
    const body = new FormData(form);
    if (strokes.length && !typed.checked) body.set("drawn", await new Promise((made) => pad.toBlob(made, "image/png")), "signature.png");
    try {
      const answer = await fetch(form.action, { method: "POST", body, signal: AbortSignal.timeout?.(30000) });
      if (answer.status === 429 || answer.status >= 500) throw new Error(String(answer.status));
      waiting = false;
      if (answer.headers.get("X-Kept")) keep(null); else save();
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.title = page.title;
      if (page.getElementById("sign")) { // something is to be put right: what he wrote stays, with the word for it
        form.parentNode.querySelector("#wrong")?.remove();
        for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
        const wrong = page.getElementById("wrong");
        status.textContent = "";
        if (wrong) { form.before(wrong); wrong.tabIndex = -1; wrong.focus(); }
      } else {
        const main = document.getElementById("main");
        main.replaceChildren(...page.getElementById("main").childNodes);
        main.focus();
      }
    } catch {
      status.textContent = form.dataset.offline;
      again = setTimeout(send, 15000);
    } finally { sending = false; }
  };
  addEventListener("online", () => { if (waiting && form.isConnected) send(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!strokes.length && !typed.checked) { status.textContent = form.dataset.empty; typed.focus(); return; }
    send();
  });
  form.addEventListener("input", () => { show(); save(); });

  const before = kept();
  if (before) {
    for (const name of names) {
      if (name === "opinion") { for (const one of form.querySelectorAll("[name=opinion]")) one.checked = one.value === before.opinion; }
      else if (before[name]) form.elements[name].value = before[name];
    }
    strokes = Array.isArray(before.strokes) ? before.strokes : [];
    typed.checked = Boolean(before.typed);
    if (before.waiting) send(); else status.textContent = form.dataset.restored;
  }
  document.querySelector(".pad").hidden = false;
  size();
  show();
})();
