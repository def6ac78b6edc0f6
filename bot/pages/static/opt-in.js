// Lets the platform's SDK in, shows its tag, and says what the person chose. All words come with the page.
(() => {
  const ask = document.getElementById("ask");
  const told = document.getElementById("told");
  const waiting = document.getElementById("waiting");
  const said = JSON.parse(ask.dataset.said);

  function tell(...lines) {
    told.replaceChildren(...lines.flatMap((line, index) => (index ? [document.createElement("br"), line] : [line])));
    waiting.hidden = true;
  }

  const tags = [...ask.querySelectorAll("wx-open-subscribe")];

  function show(shown) {
    for (const tag of tags) tag.hidden = !shown;
  }

  function refuse(line) {
    show(false);
    tell(line);
  }

  // Platform rule: a JSON text of JSON texts; what cannot be read counts as nothing chosen.
  function chosen(detail) {
    try {
      const found = Object.entries(JSON.parse(detail.subscribeDetails));
      return found.map(([template, one]) => [template, (typeof one === "string" ? JSON.parse(one) : one).status]);
    } catch {
      return [];
    }
  }

  function succeeded(event) {
    const found = chosen(event.detail || {});
    const accepted = found.filter(([, status]) => status === "accept").map(([template]) => said.about[template]).filter(Boolean);
    if (accepted.length) tell(said.accepted, [...new Set(accepted)].join("；"), said.back);
    else if (found.some(([, status]) => status === "reject")) tell(said.declined, said.back);
    else tell(said.cancelled, said.back);
  }

  function failed(event) {
    const SWITCHED_OFF = 20004; // platform rule: the person has closed the main switch
    tell((event.detail || {}).errCode === SWITCHED_OFF ? said.switched_off : said.failed);
  }

  // The signature may have been made with a ticket that is over. We are told, and the page is tried once more with another.
  async function notLetIn(answer) {
    const [navigation] = performance.getEntriesByType("navigation");
    if (/signature/.test((answer || {}).errMsg)) {
      const body = new URLSearchParams({ mark: ask.dataset.mark, proof: ask.dataset.proof });
      const heard = await fetch(`${location.pathname}/not-let-in`, { method: "POST", body }).catch(() => ({}));
      if (heard.status === 204 && navigation && navigation.type !== "reload") {
        location.reload();
        return;
      }
    }
    refuse(said.not_let_in);
  }

  if (!window.wx || !window.wx.config) {
    refuse(said.failed);
    return;
  }
  document.addEventListener("WeixinOpenTagsError", () => refuse(said.too_old));
  for (const tag of tags) {
    tag.addEventListener("success", succeeded);
    tag.addEventListener("error", failed);
  }
  window.wx.error(notLetIn);
  window.wx.ready(() => {
    waiting.hidden = true;
    show(true);
  });
  window.wx.config(JSON.parse(ask.dataset.config));
})();
