// A stand-in for the platform's JS-SDK: wx.config, wx.ready, wx.error and the tag wx-open-subscribe. It asks the stand-in platform,
// by scripts, whether the page's signature is good; outside a phone's browser it stays silent, as the real one does without the app.
(() => {
  const base = new URL(document.currentScript.src).origin;
  const TAG = "wx-open-subscribe";
  let asked = 0;
  let state = null;
  const waiting = { ready: [], error: [] };

  function call(path, query) {
    return new Promise((resolve, reject) => {
      const name = `wxcb${asked += 1}`;
      const script = document.createElement("script");
      const done = () => { delete window[name]; script.remove(); };
      window[name] = (answer) => { done(); resolve(answer); };
      script.onerror = () => { done(); reject(new Error(path)); };
      script.src = `${base}/sandbox/jssdk/${path}?${new URLSearchParams({ callback: name, ...query })}`;
      document.head.append(script);
    });
  }

  function tell(name, answer) {
    state = { name, answer };
    for (const one of waiting[name]) one(answer);
  }

  function listen(name, hear) {
    if (state && state.name === name) hear(state.answer);
    else waiting[name].push(hear);
  }

  function sheet(text) {
    const made = new CSSStyleSheet();
    made.replaceSync(text);
    return made;
  }

  const POPUP = `
    :host { position: fixed; inset: 0; z-index: 9999; display: grid; align-items: end; background: rgb(0 0 0 / .5); }
    section { background: #fff; color: #1c1d1f; border-radius: 12px 12px 0 0; padding: 24px 24px 32px; font: 16px/1.6 system-ui, sans-serif; }
    h2 { font-size: 17px; margin: 0 0 12px; } ul { margin: 0 0 20px; padding: 0; list-style: none; } li { padding: 8px 0; }
    div { display: flex; gap: 16px; justify-content: center; }
    button { font: inherit; border: 0; border-radius: 8px; min-height: 44px; padding: 0 28px; background: #f2f2f2; color: #067a43; }
    button.yes { background: #067a43; color: #fff; }`;

  function popup(about, choose) {
    const host = document.createElement("div");
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet(POPUP)];
    const node = (tag, text, name) => {
      const made = document.createElement(tag);
      made.textContent = text;
      if (name) made.className = name;
      return made;
    };
    const box = node("section", "");
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", "订阅通知");
    const list = node("ul", "");
    list.append(...about.titles.map((title) => node("li", title)));
    const row = node("div", "");
    for (const [text, accept] of [["取消", false], ["允许", true]]) {
      const button = node("button", text, accept ? "yes" : "");
      button.addEventListener("click", () => { host.remove(); choose(accept); });
      row.append(button);
    }
    box.append(node("h2", `${about.account} 申请给你发送以下通知`), list, row);
    root.append(box);
    document.body.append(host);
    row.lastChild.focus();
  }

  function define(key) {
    if (customElements.get(TAG)) return;
    customElements.define(TAG, class extends HTMLElement {
      connectedCallback() {
        const root = this.attachShadow({ mode: "open" });
        const parts = [...this.querySelectorAll('script[type="text/wxtag-template"]')].map((one) => one.textContent);
        // Styles are made by script: a strict policy of the page keeps <style> elements out.
        const styles = parts.flatMap((one) => [...one.matchAll(/<style>([^]*?)<\/style>/g)].map(([, text]) => sheet(text)));
        root.adoptedStyleSheets = styles;
        for (const one of parts) {
          root.append(...new DOMParser().parseFromString(one.replace(/<style>[^]*?<\/style>/g, ""), "text/html").body.childNodes);
        }
        this.addEventListener("click", () => this.ask());
      }

      async ask() {
        const query = { key, templates: this.getAttribute("template") || "" };
        const about = await call("ask", query);
        if (about.errCode) return this.tell("error", about);
        return popup(about, async (accept) => {
          const answer = await call("subscribe", { ...query, accept: accept ? "1" : "0" });
          this.tell(answer.errCode ? "error" : "success", answer);
        });
      }

      tell(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { detail }));
      }
    });
  }

  async function config(given) {
    const answer = await call("config", {
      appid: given.appId, timestamp: given.timestamp, nonce: given.nonceStr, signature: given.signature,
      url: location.href.split("#")[0], tags: (given.openTagList || []).join(","),
    });
    if (answer.outside) return;
    if (answer.errMsg !== "config:ok") {
      tell("error", { errMsg: answer.errMsg });
      return;
    }
    if (answer.tags.includes(TAG)) define(answer.key);
    tell("ready", undefined);
  }

  window.wx = { config: (given) => { config(given); }, ready: (hear) => listen("ready", hear), error: (hear) => listen("error", hear) };
})();
