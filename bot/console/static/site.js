// What is entered at the site stays on this phone until the server has said that it has it: the signal there comes and goes.
// Without this script the form is sent as any other, and a name is written instead of the signature.
(() => {
  const form = document.querySelector("form[data-site]");
  const done = document.querySelector("[data-site-done]");
  if (done) { // it is there, though its answer may never have come through
    Object.keys(localStorage).filter((one) => one.startsWith("lianban.site.") && one.includes(done.dataset.siteDone)).forEach((one) => localStorage.removeItem(one));
  }
  if (!form) return;
  const told = form.querySelector("[data-told]"); // beside the button: the top of the page is out of sight there
  const list = form.querySelector("[data-photos]");
  const files = form.querySelector("#photo");
  const canvas = form.querySelector("canvas");
  const signature = form.querySelector("[name=signature]");
  const key = `lianban.site.${form.dataset.site}`;
  const OURS = new Set(["proof", "about", "act", "photo"]);
  const WIDEST = 1280;
  let photos = [];
  let sending = false;

  const say = (words) => { told.textContent = words; };
  const kept = () => { try { return JSON.parse(localStorage.getItem(key) || "null"); } catch { return null; } };
  const keep = () => {
    const fields = [...new FormData(form)].filter(([name, value]) => !OURS.has(name) && typeof value === "string");
    try { localStorage.setItem(key, JSON.stringify({ fields, photos, waits: sending })); return true; } catch { say(form.dataset.saidFull); return false; }
  };

  const draw = () => {
    list.replaceChildren(...photos.map((data, at) => {
      const item = document.createElement("li"), image = new Image(), button = document.createElement("button");
      image.src = data; image.alt = "";
      button.type = "button"; button.className = "second"; button.textContent = form.dataset.remove.replace("0", String(at + 1));
      button.addEventListener("click", () => { photos.splice(at, 1); draw(); keep(); files.focus(); });
      item.append(image, button);
      return item;
    }));
  };

  // Smaller, so that several fit on the phone and through a weak signal; nothing of where and when the phone wrote into them is left.
  const smaller = async (file) => {
    const bitmap = await createImageBitmap(file);
    const share = Math.min(1, WIDEST / Math.max(bitmap.width, bitmap.height));
    const paper = document.createElement("canvas");
    paper.width = Math.round(bitmap.width * share); paper.height = Math.round(bitmap.height * share);
    paper.getContext("2d").drawImage(bitmap, 0, 0, paper.width, paper.height);
    return paper.toDataURL("image/jpeg", 0.75);
  };
  files.addEventListener("change", async () => {
    const left = [];
    for (const file of files.files) {
      if (photos.length >= Number(form.dataset.most)) { say(form.dataset.saidMany); break; }
      try { photos.push(await smaller(file)); } catch { left.push(file); } // of a kind this browser cannot draw: it goes as it is
    }
    const rest = new DataTransfer();
    left.forEach((one) => rest.items.add(one));
    files.files = rest.files;
    draw();
    keep();
  });

  const pad = form.querySelector("[data-pad]");
  const pen = canvas.getContext("2d");
  pen.lineWidth = 4; pen.lineCap = "round"; pen.lineJoin = "round"; pen.strokeStyle = "#1c1d1f";
  pad.hidden = false;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  };
  let down = false;
  canvas.addEventListener("pointerdown", (event) => { down = true; canvas.setPointerCapture(event.pointerId); pen.beginPath(); pen.moveTo(...at(event)); event.preventDefault(); });
  canvas.addEventListener("pointermove", (event) => { if (down) { pen.lineTo(...at(event)); pen.stroke(); } });
  const up = () => { if (!down) return; down = false; signature.value = canvas.toDataURL("image/png"); keep(); };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  form.querySelector("[data-clear]").addEventListener("click", () => { pen.clearRect(0, 0, canvas.width, canvas.height); signature.value = ""; keep(); });

  const blob = (data) => {
    const [head, body] = data.split(","), bytes = atob(body);
    return new Blob([Uint8Array.from(bytes, (one) => one.charCodeAt(0))], { type: head.slice(5, head.indexOf(";")) });
  };
  const send = async () => {
    if (sending) return;
    sending = true;
    keep();
    say(form.dataset.saidSending);
    const data = new FormData(form);
    photos.forEach((one, number) => data.append("photo", blob(one), `${number + 1}.jpg`));
    try {
      const answer = await fetch(form.action, { method: "POST", body: data });
      if (answer.redirected && new URL(answer.url).searchParams.has("did")) {
        localStorage.removeItem(key);
        location.assign(answer.url);
        return;
      }
      sending = false;
      keep();
      if (answer.redirected || answer.status === 401 || answer.status === 403) { say(form.dataset.saidOut); return; }
      show(await answer.text());
    } catch {
      keep(); // waits: it is sent by itself once there is a signal
      sending = false;
      say(form.dataset.saidOffline);
    }
  };
  // What the server says is wrong takes the place of the page; what was entered is put back from the phone.
  const show = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector("form[data-site]");
    const alerts = [...page.querySelectorAll("main [role=alert]")];
    document.querySelectorAll("main [role=alert]").forEach((one) => one.remove());
    form.before(...alerts);
    if (fresh) {
      const part = form.querySelector("[data-fields]"), other = fresh.querySelector("[data-fields]");
      for (const one of part.querySelectorAll("[id^=field-]")) {
        const now = [...other.querySelectorAll("[id^=field-]")].find((each) => each.id === one.id);
        if (now) one.replaceWith(now);
      }
      form.elements.request.value = fresh.elements.request.value;
      restore(kept());
      keep();
    }
    say("");
    (alerts[0] || form.querySelector("[aria-invalid=true]"))?.scrollIntoView({ block: "center" });
  };

  const restore = (state) => {
    if (!state) return;
    photos = state.photos;
    const named = new Map();
    state.fields.forEach(([name, value]) => named.set(name, [...(named.get(name) || []), value]));
    for (const one of form.elements) {
      if (!one.name || OURS.has(one.name) || one.name.startsWith("seen.") || one.name === "request" || !named.has(one.name)) continue;
      if (one.type === "radio" || one.type === "checkbox") one.checked = named.get(one.name).includes(one.value);
      else one.value = named.get(one.name)[0];
    }
    if (signature.value) {
      const image = new Image();
      image.addEventListener("load", () => pen.drawImage(image, 0, 0));
      image.src = signature.value;
    }
    draw();
    dispatchEvent(new Event("restored"));
  };

  const before = kept();
  if (before) {
    restore(before);
    // The same entry of the same state of the case: sent twice, it is one.
    const request = before.fields.find(([name]) => name === "request");
    if (request && before.waits) form.elements.request.value = request[1];
    document.querySelector("[data-found]").textContent = form.dataset.saidKept;
    if (before.waits && navigator.onLine) send();
  }
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  addEventListener("online", () => { if (kept()?.waits) send(); });
})();
