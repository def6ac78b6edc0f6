// Keys are the same in every browser: Alt with a letter does what stands beside it. Without this script the browser's own way to them works.
addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) {
    const register = document.querySelector("#register, [data-enter]");
    if (!register) return;
    event.preventDefault();
    register.click();
    return;
  }
  if (!event.altKey || event.ctrlKey || event.metaKey || !/^[a-z0-9]$/i.test(event.key)) return;
  const found = document.querySelector(`[accesskey="${event.key.toLowerCase()}"]`);
  if (!found) return;
  event.preventDefault();
  if (/^(A|BUTTON)$/.test(found.tagName)) found.click(); else found.focus();
});
