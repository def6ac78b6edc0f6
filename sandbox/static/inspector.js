// What went over the wire, for whoever builds the product.

import { el } from "./element.js";

const GRANTS = { message: "发消息", click: "点击", follow: "关注", scan: "扫码" };

export class Inspector {
  constructor() {
    this.summary = el("summary", {}, "检查器");
    this.content = el("div", { class: "wire" }, el("p", {}, "还没有推送"));
    this.node = el("details", { class: "inspector" }, this.summary, this.content);
    this.push = null;
    this.quota = [];
    this.optIns = null;
    this.node.addEventListener("toggle", () => this.draw());
  }

  show(push, quota, optIns) {
    this.push = push ?? this.push;
    this.quota = quota ?? this.quota;
    this.optIns = optIns ?? this.optIns;
    this.draw();
  }

  draw() {
    const last = this.push?.attempts.at(-1);
    const state = !this.push ? "" : !last ? "投递中…" : last.error || `${last.status} · ${last.ms} ms`;
    const bad = Boolean(this.push?.note || last?.error);
    this.summary.replaceChildren("检查器 ", el("span", { class: bad ? "bad" : "" }, this.push?.note || state));
    if (!this.node.open) return;
    const parts = [el("p", {}, `客服消息额度：${this.quota.map(grant).join("；") || "窗口未打开"}`)];
    const left = Object.entries(this.optIns?.left ?? {}).map(([id, many]) => `${id} ${many} 条`);
    const standing = (this.optIns?.standing ?? []).map((id) => `${id} 一直`);
    if (left.length || standing.length) parts.push(el("p", {}, `订阅通知：${[...left, ...standing].join("；")}`));
    if (this.push) {
      if (this.push.note) parts.push(el("p", { class: "bad" }, this.push.note));
      parts.push(el("h4", {}, `推送 ${this.push.kind} · ${this.push.message_id}`), el("pre", {}, indent(this.push.xml)));
      this.push.attempts.forEach((attempt, index) => {
        const status = attempt.error || attempt.status;
        parts.push(el("h4", { class: attempt.error ? "bad" : "" }, `第 ${index + 1} 次 · ${status} · ${attempt.ms} ms`));
        if (attempt.status) parts.push(el("pre", {}, indent(attempt.body) || "（空）"));
      });
    }
    this.content.replaceChildren(...parts);
  }
}

function grant(item) {
  const until = new Date(item.until * 1000).toLocaleString("zh-CN", {
    timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit",
  });
  return `${GRANTS[item.kind] || item.kind}后剩 ${item.left} 条，至 ${until}`;
}

function indent(xml) {
  return xml.replace(/^<xml>(?=<)/, "<xml>\n").replace(/(\]\]>|\d)(<\/\w+>)(?=<)/g, "$1$2\n");
}
