// Elements are built, never parsed: whatever a person or the product wrote stays text.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const paths = {
    plus: "M12 7v10M7 12h10M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18",
    more: "M6 12h.01M12 12h.01M18 12h.01",
    photo: "M4 6h16v12H4zM4 16l5-5l4 4l3-2l4 3M15.5 9.5h.01",
    file: "M7 3h7l4 4v14H7zM14 3v4h4M10 13h5M10 16h5",
    place: "M12 21c4-5 6-8 6-11a6 6 0 1 0-12 0c0 3 2 6 6 11zM12 10.5h.01",
    voice: "M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4zM6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3",
  };
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

// Throws an Error whose message is fit for the person at the page.
export async function ask(path, body) {
  let response;
  try {
    const form = body instanceof FormData;
    response = await fetch(path, body === undefined ? {} : {
      method: "POST",
      body: form ? body : JSON.stringify(body),
      headers: form ? {} : { "Content-Type": "application/json" },
    });
  } catch {
    throw new Error("沙箱没有回应");
  }
  if (response.status === 413) throw new Error("文件太大，沙箱收不下");
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error || `沙箱回应 ${response.status}`);
  return answer;
}
