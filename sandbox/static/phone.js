// One phone: its chat, its bar, its menus.

import { drawEntry, timeLine } from "./chat.js";
import { ask, el, icon } from "./element.js";
import { Inspector } from "./inspector.js";

let drawn = 0;

export class Phone {
  constructor(page, data) {
    this.page = page;
    this.data = data;
    this.initial = [...data.nickname][0];
    this.entries = new Map();
    this.rows = new Map();
    this.sending = new Map();
    this.last = null;
    this.unread = 0;
    this.inspector = new Inspector();
    this.build();
    this.load(data);
  }

  get base() {
    return `/sandbox/phones/${encodeURIComponent(this.page.account)}/${encodeURIComponent(this.data.openid)}`;
  }

  // A member of WeCom writes to the app, the others to the official account.
  get member() {
    return this.data.channel === "wecom";
  }

  // In the official account a link opens in this phone's own browser; WeCom's is any browser.
  browse(href) {
    return this.member ? href : `${this.page.origin}${this.base}/open?url=${encodeURIComponent(href)}`;
  }

  get account() {
    return this.member ? this.page.app : this.page.title;
  }

  build() {
    const { nickname, title, role, openid } = this.data;
    this.badge = el("span", { class: "badge", hidden: true });
    this.options = el("div", { class: "sheet options", hidden: true, role: "menu" });
    this.optionsButton = el("button", { type: "button", class: "icon", "aria-label": `${nickname} 的更多操作`, onclick: (event) => this.openOptions(event) }, icon("more"));
    this.header = el("header", {}, el("span", { class: "title" }, this.account), el("span", { class: "typing", hidden: true }, "对方正在输入…"));
    this.chat = el("div", { class: "chat", role: "log", "aria-label": `${nickname} 的会话`, tabindex: "0" });
    this.input = el("textarea", { rows: "1", maxlength: "2000", "aria-label": `${nickname} 的消息`, enterkeyhint: "send", autocomplete: "off" });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("input", () => this.grow());
    this.send = el("button", { type: "submit", class: "send" }, "发送");
    this.plus = el("button", { type: "button", class: "icon", "aria-label": "照片、文件、位置", onclick: () => this.toggleTools() }, icon("plus"));
    this.tools = el("div", { class: "tools", hidden: true }, ...this.toolButtons());
    this.menu = el("nav", { class: "menu", "aria-label": "公众号菜单", hidden: true });
    this.bar = el("form", { class: "bar", onsubmit: (event) => this.submit(event) }, this.plus, this.input, this.send);
    this.join = el("div", { class: "join" },
      el("p", {}, this.account), el("button", { type: "button", onclick: () => this.act("follow") }, this.member ? "加入可见范围" : "关注公众号"));
    this.node = el("article", { class: `phone ${role}`, "data-openid": openid },
      el("div", { class: "caption" }, el("b", {}, nickname), el("span", {}, title), this.badge, el("code", {}, openid), this.optionsButton),
      el("div", { class: "screen" }, this.header, this.chat, this.join, this.bar, this.tools, this.menu),
      this.options, this.inspector.node);
    // A sheet or the inspector opening must not hide the last message.
    new ResizeObserver(() => this.bottom()).observe(this.chat);
    this.node.addEventListener("focusin", () => this.read());
    this.node.addEventListener("pointerdown", () => this.read());
    this.chip = el("button", { type: "button", class: "chip", onclick: () => this.page.choose(this) }, nickname, this.chipBadge = el("span", { class: "badge", hidden: true }));
  }

  load(data) {
    this.entries.clear();
    this.rows.clear();
    this.last = null;
    this.chat.replaceChildren();
    for (const entry of data.entries) this.place(entry);
    this.inspector.show(data.push, data.quota, data.opt_ins);
    this.update(data);
    this.drawMenu();
    this.bottom();
  }

  update(data) {
    this.data = { ...this.data, ...data };
    this.node.classList.toggle("following", this.data.following);
    for (const part of [this.bar, this.menu, this.tools]) part.inert = !this.data.following;
    this.inspector.show(null, this.data.quota, this.data.opt_ins);
  }

  add(entry) {
    if (this.entries.has(entry.id)) return;
    this.place(entry);
    this.bottom();
    if (entry.side === "them") {
      this.showTyping(0);
      if (this.page.active !== this || document.hidden) this.count(this.unread + 1);
    }
  }

  amend(entry) {
    const row = this.rows.get(entry.id);
    if (!row) return;
    const drawn = drawEntry(entry, this);
    row.replaceWith(drawn);
    this.rows.set(entry.id, drawn);
  }

  place(entry) {
    this.entries.set(entry.id, entry);
    const ahead = entry.client_id && this.sending.get(entry.client_id)?.row;
    const row = drawEntry(entry, this);
    this.rows.set(entry.id, row);
    if (ahead?.isConnected) {
      row.classList.add("sending");
      this.sending.get(entry.client_id).row = row;
      ahead.replaceWith(row);
    } else {
      const time = timeLine(entry, this.last, this.page.now());
      this.chat.append(...(time ? [time, row] : [row]));
    }
    this.last = entry;
  }

  bottom() {
    requestAnimationFrame(() => { this.chat.scrollTop = this.chat.scrollHeight; });
  }

  count(unread) {
    this.unread = unread;
    for (const badge of [this.badge, this.chipBadge]) {
      badge.hidden = unread === 0;
      badge.textContent = unread > 99 ? "99+" : String(unread);
    }
  }

  read() {
    this.page.activate(this);
    this.count(0);
  }

  // The bubble is drawn before the sandbox answers; its own entry replaces it.
  async act(name, body = {}, preview = null) {
    const client = preview ? `c${Date.now()}-${drawn += 1}` : null;
    if (client) {
      const entry = { ...preview, side: "me", client_id: client, at: Math.floor(this.page.now() / 1000) };
      const row = drawEntry(entry, this);
      row.classList.add("sending");
      const time = timeLine(entry, this.last, this.page.now());
      this.chat.append(...(time ? [time, row] : [row]));
      this.last = entry;
      this.sending.set(client, { row });
      this.bottom();
      if (body instanceof FormData) body.append("client_id", client);
      else body = { ...body, client_id: client };
    }
    try {
      const outcome = await ask(`${this.base}/${name}`, body);
      this.sending.get(client)?.row.classList.remove("sending");
      return outcome;
    } catch (error) {
      const row = this.sending.get(client)?.row;
      row?.classList.replace("sending", "failed");
      this.page.toast(error.message);
      return null;
    } finally {
      this.sending.delete(client);
    }
  }

  tap(content, menuId) {
    return this.act("tap", { content, menu_id: menuId }, { kind: "text", content });
  }

  submit(event) {
    event.preventDefault();
    const content = this.input.value;
    if (!content.trim()) return;
    this.input.value = "";
    this.grow();
    this.input.focus();
    this.act("text", { content }, { kind: "text", content });
  }

  key(event) {
    // An Enter that ends a pinyin composition must not send.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.bar.requestSubmit();
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 96)}px`;
    this.bar.classList.toggle("filled", this.input.value.trim() !== "");
  }

  toggleTools() {
    this.tools.hidden = !this.tools.hidden;
    this.plus.setAttribute("aria-expanded", String(!this.tools.hidden));
    this.bottom();
  }

  toolButtons() {
    const tool = (name, picture, run) => el("button", { type: "button", onclick: () => { this.toggleTools(); run(); } }, icon(picture), name);
    return [
      tool("照片", "photo", () => this.pick("image/jpeg,image/png,image/gif", "photo")),
      tool("PDF", "file", () => this.pick("application/pdf", "file")),
      tool("位置", "place", () => this.sendPlace()),
      tool("语音", "voice", () => this.act("voice", {}, { kind: "voice" })),
      tool("示例照片", "photo", () => this.act("photo")),
      tool("示例身份证", "photo", () => this.act("photo", { card: { kind: "idcard" } })),
      tool("示例执照", "photo", () => this.act("photo", { card: { kind: "bizlicense" } })),
      tool("示例 PDF", "file", () => this.act("file")),
    ];
  }

  pick(accept, name) {
    const chooser = el("input", { type: "file", accept });
    chooser.addEventListener("change", async () => {
      const [file] = chooser.files;
      if (!file) return;
      const form = new FormData();
      form.append("file", file, file.name);
      const local = name === "photo" ? URL.createObjectURL(file) : null;
      const preview = local ? { kind: "image", local } : { kind: "file", title: file.name, size: file.size };
      await this.act(name, form, preview);
      if (local) URL.revokeObjectURL(local);
    });
    chooser.click();
  }

  async sendPlace() {
    const values = await this.page.dialog("place-dialog", this.page.place);
    if (!values) return;
    const place = { lat: Number(values.lat), lon: Number(values.lon), label: values.label };
    this.act("location", place, { kind: "location", content: place.label, ...place });
  }

  async scan() {
    const values = await this.page.dialog("scan-dialog", { scene: "" });
    if (values?.scene) this.act("scan", { scene: values.scene });
  }

  stops(id) {
    return this.data.opt_ins.kept[id] === false;
  }

  // What a page's wx-open-subscribe would pop up: each template is allowed or declined by itself. What was kept is not asked.
  async askOptIn() {
    const asked = await this.page.askOptIn(this.data);
    if (asked) this.act("subscribe", asked);
  }

  openOptions(event) {
    event.stopPropagation();
    const { following, blocks_templates: blocks, blacklisted } = this.data;
    const option = (name, run) => el("button", { type: "button", role: "menuitem", onclick: () => { this.options.hidden = true; run(); } }, name);
    const common = [option("重发上一条", () => this.again(1)), option("重发三次", () => this.again(3))];
    this.options.replaceChildren(...(this.member ? [
      following ? option("移出可见范围", () => this.act("unfollow")) : option("加入可见范围", () => this.act("follow")),
      ...common,
    ] : [
      following ? option("取消关注", () => this.act("unfollow")) : option("关注", () => this.act("follow")),
      option("扫码…", () => this.scan()),
      ...(this.page.subscriptions.size ? [
        option("订阅通知…", () => this.askOptIn()),
        ...[...this.page.subscriptions].map(([id, name]) => this.stops(id)
          ? option(`设置里打开“${name}”`, () => this.act("manage", { templates: [id], on: true }))
          : option(`设置里关掉“${name}”`, () => this.act("manage", { templates: [id], on: false }))),
      ] : []),
      ...common,
      option(blocks ? "恢复接收模板消息" : "拒收模板消息", () => this.act("block_templates", { on: !blocks })),
      option(blacklisted ? "移出黑名单" : "公众号拉黑他", () => this.act("blacklist", { on: !blacklisted })),
    ]));
    const open = this.options.hidden;
    this.page.closeSheets();
    this.options.hidden = !open;
    if (open) this.options.querySelector("button").focus();
  }

  async again(times) {
    const outcome = await this.act("redeliver", { times });
    if (!outcome) return;
    const said = (attempt) => attempt.body.replace(/<CreateTime>\d+<\/CreateTime>/, ""); // a second may have passed
    const kinds = new Set(outcome.attempts.map(said)).size;
    const failed = outcome.attempts.filter((attempt) => attempt.error).length;
    const state = failed ? `${failed} 次失败` : kinds > 1 ? "回复不一致" : "回复一致";
    this.page.toast(`已重发 ${times} 次，${state}，详见检查器`);
  }

  showTyping(seconds) {
    clearTimeout(this.typingTimer);
    const line = this.header.querySelector(".typing");
    line.hidden = seconds === 0;
    if (seconds) this.typingTimer = setTimeout(() => { line.hidden = true; }, seconds * 1000);
  }

  drawMenu() {
    const menu = this.member ? [] : this.page.menu;
    this.menu.hidden = menu.length === 0;
    this.menu.replaceChildren(...menu.map((button, index) => this.menuButton(button, index)));
  }

  menuButton(button, index) {
    const shown = (name, limit) => ([...name].length > limit ? `${[...name].slice(0, limit).join("")}…` : name);
    if (!button.sub_button) {
      return el("div", {}, el("button", { type: "button", onclick: () => this.press(button, [index]) }, shown(button.name, 4)));
    }
    const sheet = el("div", { class: "sheet subs", hidden: true, role: "menu" }, ...button.sub_button.map((sub, at) =>
      el("button", { type: "button", role: "menuitem", onclick: () => { sheet.hidden = true; this.press(sub, [index, at]); } }, shown(sub.name, 8))));
    const toggle = (event) => {
      event.stopPropagation();
      const open = sheet.hidden;
      this.page.closeSheets();
      sheet.hidden = !open;
    };
    return el("div", {}, el("button", { type: "button", class: "has-subs", "aria-haspopup": "menu", onclick: toggle }, shown(button.name, 4)), sheet);
  }

  press(button, path) {
    if (button.type === "view") window.open(this.browse(button.url), "_blank", "noopener,noreferrer");
    this.act("menu", { path });
  }
}
