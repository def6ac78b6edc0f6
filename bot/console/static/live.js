// A part of the page is fetched again when the server says that something has changed. Without this script the page stands as it was.
(() => {
  const root = document.querySelector("[data-live]");
  if (!root || !window.EventSource) return;
  const told = root.querySelector("[data-told]");
  const say = (words) => { if (told) told.textContent = words; };
  let waiting = 0;

  const busy = () => {
    const active = document.activeElement;
    return active && root.contains(active) && active.closest("[data-fresh]") && /^(INPUT|TEXTAREA|SELECT)$/.test(active.tagName);
  };

  const fetchAgain = async () => {
    // Nobody looks at it: it is fetched when somebody does.
    if (document.hidden) { document.addEventListener("visibilitychange", fetchAgain, { once: true }); return; }
    if (busy()) { waiting = setTimeout(fetchAgain, 2000); return; }
    waiting = 0;
    try {
      const answer = await fetch(root.dataset.at || location.href, { headers: { "X-Part": "1" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      let changed = false;
      for (const old of root.querySelectorAll("[data-fresh]")) {
        const fresh = page.getElementById(old.id);
        if (!fresh || fresh.innerHTML === old.innerHTML) continue;
        // What is the same stays as it is: a picture that stands there is not asked for again, nor is speech cut off.
        document.adoptNode(fresh);
        for (const kept of old.querySelectorAll("[data-still]")) {
          const next = fresh.querySelector(`#${kept.id}`);
          if (next && next.isEqualNode(kept)) next.replaceWith(kept);
        }
        const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
        old.replaceChildren(...fresh.childNodes);
        if (focused) document.getElementById(focused)?.focus();
        // A part of which only the forms are new is nothing to be told of.
        changed ||= !("quiet" in old.dataset);
      }
      if (changed) say(root.dataset.changed);
    } catch { say(root.dataset.offline); }
  };

  const source = new EventSource(`/console/live?topics=${encodeURIComponent(root.dataset.live)}`);
  source.addEventListener("changed", () => {
    // Several topics of this page may have changed: it is fetched once.
    if (!waiting) waiting = setTimeout(fetchAgain, 100);
  });
  source.addEventListener("error", () => say(root.dataset.offline));
  source.addEventListener("open", () => { if (told && told.textContent === root.dataset.offline) say(""); });
  addEventListener("pagehide", () => source.close());
})();
