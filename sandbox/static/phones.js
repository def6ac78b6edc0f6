// The page: which account, which time, which phones; all of it live.

import { ask, el } from "./element.js";
import { Phone } from "./phone.js";
import { Texts } from "./sms.js";

const CHINA = { timeZone: "Asia/Shanghai" };
const DATE = new Intl.DateTimeFormat("zh-CN", { ...CHINA, year: "numeric", month: "long", day: "numeric" });
const WEEKDAY = new Intl.DateTimeFormat("zh-CN", { ...CHINA, weekday: "short" });
const TIME = new Intl.DateTimeFormat("zh-CN", { ...CHINA, hour: "2-digit", minute: "2-digit", hour12: false });

const byId = (id) => document.getElementById(id);

class Page {
  constructor() {
    this.account = "";
    this.title = "";
    this.menu = [];
    this.scenes = [];
    this.subscriptions = new Map();
    this.place = {};
    this.phones = new Map();
    this.active = null;
    this.ahead = 0;
    this.offset = 0;
  }

  async start() {
    this.accounts = await ask("/sandbox/accounts");
    byId("tabs").replaceChildren(...this.accounts.map((account) =>
      el("button", { type: "button", role: "tab", "data-account": account.id, onclick: () => this.open(account.id) }, account.county)));
    for (const button of document.querySelectorAll("[data-move]")) {
      button.addEventListener("click", () => this.move(button));
    }
    for (const button of document.querySelectorAll("[data-close]")) {
      button.addEventListener("click", () => button.closest("dialog").close());
    }
    byId("clock").addEventListener("click", () => this.toggleMoves());
    byId("add").addEventListener("click", () => this.addPhone());
    document.addEventListener("click", (event) => { if (!event.target.closest(".sheet")) this.closeSheets(); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") this.closeSheets(); });
    this.texts = new Texts(byId("texts"), byId("texts-dialog"));
    setInterval(() => this.tick(), 1000);
    const wanted = decodeURIComponent(location.hash.slice(1));
    await this.open(this.accounts.some((account) => account.id === wanted) ? wanted : this.accounts[0].id);
  }

  async open(id) {
    this.account = id;
    history.replaceState(null, "", `#${encodeURIComponent(id)}`);
    for (const tab of byId("tabs").children) tab.setAttribute("aria-selected", String(tab.dataset.account === id));
    this.phones.clear();
    this.active = null;
    this.source?.close();
    this.source = new EventSource(`/sandbox/events?account=${encodeURIComponent(id)}`);
    // What arrives while the snapshot is on its way is applied after it.
    const listen = (name, run) => this.source.addEventListener(name, (event) => {
      const data = JSON.parse(event.data);
      if (this.waiting) this.waiting.push(() => run(data));
      else run(data);
    });
    this.waiting = [];
    const phone = (data, run) => { const found = this.phones.get(data.openid ?? data.phone?.openid); if (found) run(found); };
    // Whatever was missed while the line was down is in the snapshot.
    this.source.addEventListener("open", () => this.load(id));
    this.source.addEventListener("error", () => this.toast("与沙箱的连接断开，正在重连"));
    listen("entry", (data) => phone(data, (found) => found.add(data.entry)));
    listen("amended", (data) => phone(data, (found) => found.amend(data.entry)));
    listen("push", (data) => phone(data, (found) => found.inspector.show(data.push, null)));
    listen("phone", (data) => phone(data, (found) => found.update(data.phone)));
    listen("typing", (data) => phone(data, (found) => found.showTyping(data.seconds)));
    listen("added", (data) => { if (!this.phones.has(data.phone.openid)) this.placePhone(data.phone); });
    listen("menu", (data) => { this.menu = data.menu; this.phones.forEach((found) => found.drawMenu()); });
    listen("scenes", (data) => { this.scenes = data.scenes; });
    listen("sms", (data) => this.texts.add(data.message));
    listen("clock", (data) => this.setClock(data));
  }

  async load(id) {
    this.waiting ??= [];
    let state;
    try {
      state = await ask(`/sandbox/phones/${encodeURIComponent(id)}`);
      await this.texts.load();
    } catch (error) {
      this.toast(error.message);
      if (id === this.account) setTimeout(() => this.load(id), 2000);
      return;
    }
    if (id !== this.account) return;
    Object.assign(this, { title: state.account.title, app: state.account.app, menu: state.menu, scenes: state.scenes, place: state.place, origin: state.origin });
    this.subscriptions = new Map(Object.entries(state.account.subscriptions));
    this.setClock(state.clock);
    if (this.phones.size === 0) for (const node of [byId("applicants"), byId("stewards"), byId("strip")]) node.replaceChildren();
    for (const data of state.phones) this.placePhone(data);
    const { waiting } = this;
    this.waiting = null;
    for (const run of waiting ?? []) run();
    if (!this.active) this.choose(this.phones.values().next().value);
  }

  placePhone(data) {
    const known = this.phones.get(data.openid);
    if (known) return known.load(data);
    const phone = new Phone(this, data);
    this.phones.set(data.openid, phone);
    byId(data.role === "applicant" ? "applicants" : "stewards").append(phone.node);
    byId("strip").append(phone.chip);
  }

  activate(phone) {
    if (this.active === phone) return;
    this.active = phone;
    for (const other of this.phones.values()) {
      other.node.classList.toggle("active", other === phone);
      other.chip.setAttribute("aria-pressed", String(other === phone));
    }
  }

  choose(phone) {
    if (!phone) return;
    phone.read();
    phone.chip.scrollIntoView({ block: "nearest", inline: "center" });
    phone.bottom();
  }

  now() {
    return Date.now() + this.ahead;
  }

  setClock(clock) {
    this.ahead = Date.parse(clock.now) - Date.now();
    this.offset = clock.offset;
    this.tick();
  }

  tick() {
    const at = new Date(this.now());
    byId("now").textContent = `${DATE.format(at)} ${WEEKDAY.format(at)} ${TIME.format(at)}`;
    byId("now").dateTime = at.toISOString();
    byId("shift").hidden = Math.abs(this.offset) < 1;
    byId("shift").textContent = shift(this.offset);
  }

  async move(button) {
    const buttons = document.querySelectorAll("[data-move]");
    buttons.forEach((other) => { other.disabled = true; });
    try {
      const clock = await ask("/sandbox/clock", JSON.parse(button.dataset.move));
      this.setClock(clock);
      const { status, error } = clock.product;
      if (status !== 200 && status !== 204) this.toast(`时间已调整，但产品没有跟上（${error || status}）`);
    } catch (error) {
      this.toast(error.message);
    } finally {
      buttons.forEach((other) => { other.disabled = false; });
    }
  }

  async addPhone() {
    const values = await this.dialog("add-dialog", { nickname: "", openid: "" });
    if (!values) return;
    try {
      const data = await ask(`/sandbox/phones/${encodeURIComponent(this.account)}`, {
        ...values, title: values.role === "steward" ? "服务管家" : "申请人",
      });
      this.placePhone(data);
      this.choose(this.phones.get(data.openid));
      this.phones.get(data.openid).node.scrollIntoView({ block: "nearest" });
    } catch (error) {
      this.toast(error.message);
    }
  }

  dialog(id, values) {
    const dialog = byId(id);
    const form = dialog.querySelector("form");
    for (const [name, value] of Object.entries(values)) if (form.elements[name]) form.elements[name].value = value;
    if (id === "scan-dialog") {
      byId("scenes").replaceChildren(...this.scenes.map(({ scene }) =>
        el("button", { type: "button", onclick: () => { form.elements.scene.value = scene; } }, scene)));
    }
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        resolve(dialog.returnValue === "ok" ? Object.fromEntries(new FormData(form)) : null);
      }, { once: true });
    });
  }

  async askOptIn({ opt_ins: optIns }) {
    const has = (id) => (optIns.standing.includes(id) ? "一直能发" : `还能发 ${optIns.left[id] ?? 0} 条`);
    const choice = (id, value, name, checked) => el("label", { class: "line" }, el("input", { type: "radio", name: id, value, checked }), name);
    byId("asked").replaceChildren(...[...this.subscriptions].map(([id, name], at) => el("fieldset", {}, el("legend", {}, `${name}（${has(id)}）`),
      id in optIns.kept ? el("p", {}, `照以前选的：${optIns.kept[id] ? "允许" : "拒绝"}`) : null,
      ...(id in optIns.kept ? [el("input", { type: "hidden", name: id, value: optIns.kept[id] ? "yes" : "no" })]
        : [choice(id, "yes", "允许", at < 3), choice(id, "no", "拒绝", false), choice(id, "", "不问这个", at >= 3)]))));
    const values = await this.dialog("opt-in-dialog", {});
    if (!values) return null;
    const { keep, ...said } = values;
    const choices = Object.fromEntries(Object.entries(said).filter(([, word]) => word).map(([id, word]) => [id, word === "yes"]));
    return Object.keys(choices).length ? { choices, keep: keep === "on" } : null;
  }

  // On a small screen the buttons that move the clock wait behind it.
  toggleMoves() {
    const open = byId("moves").classList.toggle("open");
    byId("clock").setAttribute("aria-expanded", String(open));
  }

  closeSheets() {
    for (const sheet of document.querySelectorAll(".sheet")) sheet.hidden = true;
  }

  toast(words) {
    const toast = byId("toast");
    toast.textContent = words;
    toast.classList.add("shown");
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => toast.classList.remove("shown"), 4000);
  }
}

function shift(seconds) {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const parts = [[Math.floor(minutes / 1440), "天"], [Math.floor(minutes / 60) % 24, "小时"], [minutes % 60, "分"]];
  const text = parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(" ");
  return `${seconds < 0 ? "慢" : "快"} ${text || "不到 1 分"}`;
}

const page = new Page();
page.start().catch((error) => page.toast(error.message));
