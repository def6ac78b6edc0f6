// How one chat entry looks.

import { el, icon } from "./element.js";

const CHINA = { timeZone: "Asia/Shanghai" };
const clock = new Intl.DateTimeFormat("zh-CN", { ...CHINA, hour: "2-digit", minute: "2-digit", hour12: false });
const day = new Intl.DateTimeFormat("zh-CN", { ...CHINA, month: "long", day: "numeric" });
const weekday = new Intl.DateTimeFormat("zh-CN", { ...CHINA, weekday: "short" });
const QUIET_GAP = 300;

export function timeLine(entry, before, now) {
  if (before && entry.at - before.at < QUIET_GAP && entry.at >= before.at) return null;
  const at = new Date(entry.at * 1000);
  const date = day.format(at) === day.format(new Date(now)) ? "" : `${day.format(at)} ${weekday.format(at)} `;
  return el("div", { class: "line time" }, date + clock.format(at));
}

export function drawEntry(entry, phone) {
  if (entry.side === "system") {
    return el("div", { class: `line notice ${entry.origin || ""}`, "data-kind": entry.kind }, entry.content);
  }
  const row = el("div", { class: `row ${entry.side} ${entry.origin || ""}`, "data-kind": entry.kind });
  if (entry.client_id) row.dataset.client = entry.client_id;
  if (entry.kind === "template") {
    row.append(card(entry, phone));
    return row;
  }
  if (entry.kind === "buttons") {
    row.append(buttons(entry.card, phone));
    return row;
  }
  const face = el("span", { class: "face", "aria-hidden": "true" }, entry.side === "me" ? phone.initial : "联");
  const body = el("div", { class: "body" }, bubble(entry, phone));
  if (entry.origin === "custom") body.append(el("small", {}, "客服消息"));
  row.append(...(entry.side === "me" ? [body, face] : [face, body]));
  return row;
}

function bubble(entry, phone) {
  switch (entry.kind) {
    case "image": return picture(entry);
    case "file": return file(entry);
    case "location": return place(entry);
    case "news": return news(entry, phone);
    case "voice": return el("div", { class: "bubble voice" }, icon("voice"), "语音 2″");
    default: return el("div", { class: "bubble" }, ...words(entry, phone));
  }
}

function words(entry, phone) {
  if (!entry.spans) return [entry.content];
  return entry.spans.map((span) => {
    if (span.menu_content) {
      const tap = () => phone.tap(span.menu_content, span.menu_id || "");
      return el("button", { type: "button", class: "choice", onclick: tap }, span.text);
    }
    return span.href ? link(phone.browse(span.href), span.text) : span.text;
  });
}

function link(href, ...children) {
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

function mediaPath(id) {
  return `/sandbox/media/${encodeURIComponent(id)}`;
}

function picture(entry) {
  const image = el("img", { alt: "照片", class: "picture" });
  image.src = entry.local || mediaPath(entry.media);
  return entry.media ? link(mediaPath(entry.media), image) : image;
}

function file(entry) {
  const size = entry.size === undefined ? "" : entry.size < 1024 ? `${entry.size} B` : `${Math.ceil(entry.size / 1024)} KB`;
  const body = el("div", { class: "bubble file" },
    el("span", {}, el("b", {}, entry.title), el("small", {}, size)), icon("file"));
  return entry.media ? link(mediaPath(entry.media), body) : body;
}

function place(entry) {
  return el("div", { class: "bubble place" },
    el("b", {}, entry.content || "位置"),
    el("small", {}, `${entry.lat}, ${entry.lon}`),
    el("span", { class: "map" }, icon("place")));
}

function news(entry, phone) {
  const parts = [el("b", {}, entry.title)];
  if (entry.content) parts.push(el("span", {}, entry.content));
  if (/^https?:/.test(entry.picture || "")) {
    const image = el("img", { alt: "" });
    image.src = entry.picture;
    parts.unshift(image);
  }
  const body = el("div", { class: "bubble news" }, ...parts);
  return /^https?:/.test(entry.url || "") ? link(phone.browse(entry.url), body) : body;
}

// A WeCom card: its buttons make way for what was chosen.
function buttons(card, phone) {
  const rows = card.lines.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)));
  const parts = [el("h3", {}, card.title)];
  if (card.desc) parts.push(el("p", { class: "desc" }, card.desc));
  if (card.text) parts.push(el("p", {}, card.text));
  if (rows.length) parts.push(el("dl", {}, ...rows));
  const press = (button) => phone.act("press", { content: button.text, task_id: card.task_id });
  parts.push(el("div", { class: "press" }, ...(card.said === undefined
    ? card.buttons.map((button) => el("button", { type: "button", class: `style-${button.style}`, onclick: () => press(button) }, button.text))
    : [el("button", { type: "button", disabled: true }, card.said)])));
  return el("article", { class: "card buttons" }, ...parts);
}

function card(entry, phone) {
  const rows = entry.fields.map((field) =>
    el("div", {}, el("dt", {}, field.label), el("dd", {}, field.value)));
  const parts = [el("h3", {}, entry.title), el("dl", {}, ...rows)];
  if (entry.url) parts.push(el("div", { class: "more" }, link(phone.browse(entry.url), "查看详情")));
  return el("article", { class: "card" }, ...parts);
}
