// Pictures by mouse and keys: zoom by + - 0 or the buttons, drag to move, arrows from mark to mark.
// Without a script every mark is a link in its turn, and the browser zooms.
"use strict";

const STEP = 1.4;

function zoomable(figure, drawing) {
  const whole = drawing.viewBox.baseVal;
  const [left, top, width, height] = [whole.x, whole.y, whole.width, whole.height];
  const show = (x, y, across) => {
    const share = Math.min(1, Math.max(0.02, across / width));
    const within = (value, low, room) => Math.min(low + room * (1 - share), Math.max(low, value));
    const box = [within(x, left, width), within(y, top, height), width * share, height * share];
    drawing.setAttribute("viewBox", box.join(" "));
    drawing.classList.toggle("zoomed", share < 1);
  };
  const zoom = (by, x = whole.x + whole.width / 2, y = whole.y + whole.height / 2) =>
    show(x - (x - whole.x) / by, y - (y - whole.y) / by, whole.width / by);
  const said = { in: () => zoom(STEP), out: () => zoom(1 / STEP), whole: () => show(left, top, width) };
  const keys = { "+": "in", "=": "in", "-": "out", 0: "whole" };

  for (const button of figure.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => said[button.dataset.zoom]());
  }
  figure.addEventListener("keydown", (event) => {
    if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      said[keys[event.key]]();
      event.preventDefault();
    }
  });
  drawing.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
      zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1, at.x, at.y);
      event.preventDefault();
    }
  }, { passive: false });
  drawing.addEventListener("pointerdown", (event) => {
    if (event.button || !drawing.classList.contains("zoomed") || event.target.closest("a")) return;
    const { x, y } = whole;
    const pixels = drawing.getBoundingClientRect().width / whole.width;
    const move = (to) => show(x - (to.clientX - event.clientX) / pixels, y - (to.clientY - event.clientY) / pixels, whole.width);
    drawing.setPointerCapture(event.pointerId);
    drawing.addEventListener("pointermove", move);
    drawing.addEventListener("pointerup", () => drawing.removeEventListener("pointermove", move), { once: true });
  });
  figure.querySelector(".zoom").hidden = false;
}

// One mark is in the order of Tab, the arrows lead to the nearest in their direction.
function walkable(drawing) {
  const marks = [...drawing.querySelectorAll("a")];
  const middle = (mark) => {
    const box = mark.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
  };
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  const go = (mark) => {
    for (const each of marks) each.setAttribute("tabindex", each === mark ? "0" : "-1");
  };
  const nearest = (from, [right, down]) => {
    const [x, y] = middle(from);
    let best = null;
    let least = Infinity;
    for (const mark of marks) {
      const [a, b] = middle(mark);
      const ahead = (a - x) * right + (b - y) * down;
      const aside = Math.abs((a - x) * down) + Math.abs((b - y) * right);
      if (mark !== from && ahead > 0.5 && ahead + 2.5 * aside < least) [best, least] = [mark, ahead + 2.5 * aside];
    }
    return best;
  };
  drawing.addEventListener("focusin", (event) => go(event.target.closest("a")));
  drawing.addEventListener("keydown", (event) => {
    const mark = ways[event.key] && nearest(document.activeElement, ways[event.key]);
    if (ways[event.key]) event.preventDefault();
    if (mark) mark.focus();
  });
  if (marks.length) go(marks[0]);
}

// A small picture in a page is an image; once it is there, its marks become links.
async function opened(figure) {
  const link = figure.querySelector("a");
  const answer = await fetch(figure.querySelector("img").src);
  const bare = (await answer.text()).replace(/<style>[^]*?<\/style>/, "");
  const drawing = new DOMParser().parseFromString(bare, "image/svg+xml").documentElement;
  const canvas = document.createElement("div");
  canvas.className = "canvas";
  canvas.append(drawing);
  link.replaceWith(canvas);
  walkable(drawing);
}

for (const figure of document.querySelectorAll("[data-picture]")) {
  const drawing = figure.querySelector("svg.drawing");
  if (drawing) {
    const canvas = drawing.parentElement;
    canvas.scrollLeft = (canvas.scrollWidth - canvas.clientWidth) * (figure.dataset.picture === "end" ? 1 : 0.5);
    zoomable(figure, drawing);
    walkable(drawing);
  }
}
for (const figure of document.querySelectorAll("[data-small]")) {
  const image = figure.querySelector("img");
  const open = () => opened(figure).catch(() => {}); // then it stays an image
  if (image.complete && image.naturalWidth) open();
  else image.addEventListener("load", open, { once: true });
}
