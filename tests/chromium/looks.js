// What is wrong with how a page looks: text beyond the window, text squeezed into a sliver, controls over each other.
() => {
  const faults = [];
  const shown = [...document.querySelectorAll('main *, header *, footer *')].filter((each) =>
    each.checkVisibility({visibilityProperty: true}) && !each.closest('.unseen, .skip, svg'));
  const say = (what, each) => faults.push(`${what}: <${each.tagName.toLowerCase()}> ${each.textContent.trim().slice(0, 60)}`);
  const scrolls = (each) => each && (/auto|scroll/.test(getComputedStyle(each).overflowX) || scrolls(each.parentElement));
  const lines = (each) => {
    const range = document.createRange();
    range.selectNodeContents(each);
    return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
  };
  for (const each of shown) {
    const own = [...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.textContent.trim()).join('');
    const box = each.getBoundingClientRect();
    if (own && !scrolls(each) && (box.right > innerWidth + 1 || box.left < -1)) say('cut by the window', each);
    if (!each.matches('input, select') && /hidden|clip/.test(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth + 1) say('cut', each);
    if (each.matches('.count, time') && lines(each) > 1) say('broken', each);
    if (own.replace(/\p{M}/gu, '').length > 40 && box.width < 80) say('squeezed', each);
  }
  const controls = shown.filter((each) => each.matches('a, button, input, select, textarea, summary') && each.type !== 'hidden');
  const boxes = controls.flatMap((each) => [...each.getClientRects()].map((box) => [each, box]));
  boxes.sort((one, other) => one[1].top - other[1].top);
  boxes.forEach(([one, a], place) => {
    for (let next = place + 1; next < boxes.length && boxes[next][1].top < a.bottom - 2; next += 1) {
      const [other, b] = boxes[next];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 2 && down > 5 && !one.contains(other) && !other.contains(one)) say(`overlaps “${other.textContent.trim().slice(0, 30)}”`, one);
    }
  });
  return [...new Set(faults)];
}
