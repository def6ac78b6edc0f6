// Fields that only some options ask for are there when one of these is chosen. Without this script all of them are.
(() => {
  const parts = [...document.querySelectorAll("[data-when]")];
  const follow = () => parts.forEach((one) => {
    const chosen = document.querySelector(`input[name="${one.dataset.of}"]:checked`);
    one.hidden = !chosen || !one.dataset.when.split("|").includes(chosen.value);
  });
  document.querySelectorAll("[data-when] .only").forEach((one) => one.remove());
  addEventListener("change", follow);
  addEventListener("restored", follow);
  follow();
})();
