// The SMS that went out by the stand-in gateway: to numbers, not to phones of this page.

import { ask, el } from "./element.js";

const WHEN = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false,
});

export class Texts {
  constructor(button, dialog) {
    this.button = button;
    this.list = dialog.querySelector("ol");
    this.seen = new Set();
    button.addEventListener("click", () => dialog.showModal());
  }

  async load() {
    for (const message of (await ask("/sandbox/sms")).messages) this.add(message);
  }

  add(message) {
    if (this.seen.has(message.id)) return;
    this.seen.add(message.id);
    this.button.textContent = `短信 ${this.seen.size}`;
    this.list.prepend(el("li", {},
      el("h4", {}, `${message.mobile} · ${WHEN.format(message.at * 1000)} · ${message.segments} 条`),
      el("p", {}, message.content)));
  }
}
