// The page looks now and then whether a case has changed, while somebody looks at it; without this script it is reloaded by hand.
"use strict";

const page = document.getElementById("progress");
const EVERY = 30000;

async function look() {
  if (document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(page.dataset.ask, { cache: "no-store", redirect: "error" });
    if (!answer.ok) return;
    if ((await answer.text()) !== page.dataset.mark) location.replace(page.dataset.here);
  } catch {
    // The line is down: the next time will do.
  }
}

setInterval(look, EVERY);
document.addEventListener("visibilitychange", look);
