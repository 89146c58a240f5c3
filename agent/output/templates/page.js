"use strict";
// Without this script a citation jumps to its source at the foot of the page. With it, the passage opens beside the text.
(() => {
  document.documentElement.dataset.script = "on";
  const reader = document.getElementById("reader");
  if (!reader) return;
  const body = reader.querySelector(".body");
  const title = reader.querySelector("h2");
  const last = document.querySelectorAll(".sources > li").length;
  let opener = null;
  let shown = 0;

  const mark = (number) => {
    for (const link of document.querySelectorAll(".cite a[aria-current]")) link.removeAttribute("aria-current");
    if (opener && number) opener.setAttribute("aria-current", "true");
  };

  const show = (number) => {
    const source = document.getElementById("source-" + number);
    if (!source) return false;
    shown = number;
    title.textContent = "Source " + number + " of " + last;
    const where = source.querySelector(".where").cloneNode(true);
    const passage = source.querySelector(".passage").cloneNode(true);
    body.replaceChildren(where, passage);
    reader.hidden = false;
    document.body.classList.add("reading");
    const quote = passage.querySelector("mark");
    body.scrollTop = quote ? Math.max(0, quote.offsetTop - body.offsetTop - body.clientHeight / 3) : 0;
    return true;
  };

  const close = () => {
    reader.hidden = true;
    document.body.classList.remove("reading");
    mark(0);
    if (opener && opener.isConnected) opener.focus();
    opener = null;
  };

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest(".cite a, .open a");
    if (link) {
      opener = link;
      const number = Number(link.hash.slice("#source-".length));
      const top = link.getBoundingClientRect().top;
      if (show(number)) {
        event.preventDefault();
        // The page makes room for the passage; keep the line being read where it is.
        window.scrollBy({ top: link.getBoundingClientRect().top - top, behavior: "instant" });
        mark(number);
        reader.focus({ preventScroll: true });
      }
      return;
    }
    const button = event.target.closest("#reader button");
    if (!button) return;
    if (button.dataset.step) show(Math.min(last, Math.max(1, shown + Number(button.dataset.step))));
    else close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !reader.hidden) close();
  });
})();
