// Links within the page: what they lead to may be folded, and unfolds before the window goes there.

const unfold = (element) => {
  let folded = false;
  for (let box = element && element.closest("details"); box; box = box.parentElement.closest("details")) {
    folded = folded || !box.open;
    box.open = true;
  }
  return folded;
};
const targetOf = (hash) => document.getElementById(decodeURIComponent(hash.slice(1)));
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  if (link) unfold(targetOf(link.getAttribute("href")));
});
const arrive = () => {
  const target = targetOf(location.hash);
  if (unfold(target)) target.scrollIntoView();
};
window.addEventListener("hashchange", arrive);
arrive();
